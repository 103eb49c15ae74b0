"""The ids a journal knows: those its agreements define. A misspelt one is refused before it is written.

Ids of parties, zones, acts, roles, agreements and commitments are looked up; a
commitment may be named in short where one agreement has it, and is stored in
full. Not looked up are authors (an analyst is no party), the ids of records
(they may arrive later), and the names of places in a published count (`by_zone`).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve

from ceasefire.agreement.terms import Agreement
from ceasefire.agreement.together import Together, together
from ceasefire.errors import RecordError, UnknownId
from ceasefire.record.fields import identifiers
from ceasefire.record.kinds import KINDS, Correction, Record, Response

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: What the ids in a field name. `owed_by` may join several parties by `+`.
_FIELDS: Final = {
    "act": "act", "zone": "zone", "accused": "party", "against": "party", "commitments": "commitment",
    "commitment": "commitment", "performer": "party", "took_part": "party", "agreement": "agreement",
    "actor": "party", "group": "party", "role": "role", "owed_by": "party", "attributed_to": "party",
    "addressee": "party",
}  # fmt: skip
#: The fields above that a record of each kind has.
_OF_KIND: Final = {
    name: tuple(field for field in _FIELDS if hasattr(cls, field)) for name, cls in KINDS.items()
}
#: Stands for a party nobody could name (design §4).
_NOBODY: Final = "unidentified"


class Names:
    """The ids of agreements used together."""

    def __init__(self, world: Together) -> None:
        #: The one time zone in which these agreements read dates.
        self.timezone = world.timezone
        #: The keys with which parties seal.
        self.keys = world.keys
        self._known: dict[str, frozenset[str]] = {
            "party": frozenset({*world.parties, _NOBODY}),
            "zone": frozenset(world.zones),
            "act": frozenset(world.acts),
            "agreement": frozenset(a.id for a in world.agreements),
            "role": frozenset(role for a in world.agreements for role in a.roles)
            | {term.role for party in world.parties.values() for term in party.roles},
            "commitment": frozenset(world.commitments),
        }
        self._short: defaultdict[str, list[str]] = defaultdict(list)
        for name, commitment in world.commitments.items():
            self._short[commitment.id].append(name)

    def settled(self, record: Record, target: Record | None = None) -> Record:
        """Return the record with its commitments named in full.

        `target` is what a correction is of: its fields say what the new values name.
        Raises `UnknownId` with the nearest id that exists, and `RecordError` for a
        short name that several agreements have.
        """
        if isinstance(record, Correction):
            kind = target.kind if target is not None else ""
            changed = self._changes(kind, record.set)
            return evolve(record, set=dict(record.set) | changed) if changed else record
        changes = self._changes(record.kind, {name: getattr(record, name) for name in _OF_KIND[record.kind]})
        if isinstance(record, Response) and record.to is not None and (record.owed_by or record.period):
            changes["to"] = self._settled("commitment", record.to)
        return evolve(record, **changes) if changes else record

    def _changes(self, kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values that are written otherwise in full."""
        changes: dict[str, Any] = {}
        for name in _OF_KIND.get(kind, ()):
            if not (value := values.get(name)):
                continue
            given = (
                tuple(value.split("+"))
                if name == "owed_by" and isinstance(value, str)
                else identifiers(value)
            )
            full = tuple(self._settled(_FIELDS[name], one) for one in given)
            if full != given:
                changes[name] = list(full) if not isinstance(value, str) else full[0]
        return changes

    def _settled(self, kind: str, name: str) -> str:
        if name in self._known[kind]:
            return name
        several = self._short.get(name, ()) if kind == "commitment" else ()
        if len(several) > 1:
            raise RecordError(f"{name!r} is a commitment of several agreements: write {' or '.join(several)}")
        if several:
            return several[0]
        raise UnknownId(kind, name, [*self._known[kind], *(self._short if kind == "commitment" else ())])


def names(agreements: Agreement | Iterable[Agreement] | None) -> Names | None:
    """Return the ids of agreements, or None where there is no agreement: then nothing is looked up."""
    given = agreements if isinstance(agreements, Agreement | str) else tuple(agreements or ())
    return Names(together(given)) if given else None
