"""The ids a journal knows: those its agreements define. A misspelt one is refused before it is written.

Ids of parties, zones, acts, roles, agreements and commitments are looked up
(`record.world_ids`); a commitment may be named in short where one agreement has it, and is
stored in full. What has a name, a short name or an alias may be written by it: its id is stored.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve

from ceasefire.errors import RecordError, UnknownId
from ceasefire.instruments.act_names import act_meant
from ceasefire.instruments.names import callings
from ceasefire.instruments.together import Together, some_agreements, together
from ceasefire.instruments.values import UNIDENTIFIED
from ceasefire.record.fields import identifiers
from ceasefire.record.kinds import Correction, Record, Response, Tally
from ceasefire.record.world_ids import NAMED, OF_KIND, given

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ceasefire.instruments.terms import Agreement
    from ceasefire.journal.stores.store import Store

#: What a count names that need not be in any agreement: places in published words, and who published it.
_OF_COUNTS: Final = ("by_zone", "read", "through")


class Names:
    """The ids of agreements used together."""

    def __init__(self, world: Together) -> None:
        #: The one time zone in which these agreements read dates.
        self.timezone = world.timezone
        #: The keys with which parties seal.
        self.keys = world.keys
        self.parties = frozenset(world.parties)
        self._known: dict[str, frozenset[str]] = {
            "party": frozenset({*world.parties, UNIDENTIFIED}),
            "zone": frozenset(world.zones),
            "act": frozenset(world.acts),
            "agreement": frozenset(a.id for a in world.agreements),
            "role": world.roles,
            "commitment": frozenset(world.commitments),
        }
        self._acts = tuple(world.acts.values())
        self._called = {
            "party": callings(world.parties.values()),
            "zone": callings(world.zones.values()),
            "commitment": callings(world.commitments.values()),
            "agreement": callings(world.agreements),
        }
        #: Those who may speak as themselves: parties, mechanisms and whoever sits in these.
        self._speakers = frozenset(world.parties).union(
            *((m.id, *m.members, *m.observers) for m in world.mechanisms)
        )
        self._world = world

    def knows(self, author: str) -> bool:
        """Tell whether an agreement knows an author: as a party, a mechanism or one who sits in one."""
        return author in self._speakers

    def author(self, name: str | None) -> str | None:
        """Return the id of the party that an author is named as, else the name: an analyst is no party.

        Raises `RecordError` for a name that several parties have.
        """
        return name if name is None or self.knows(name) else self._meant("party", name) or name

    def settled(self, record: Record, target: Record | None = None) -> Record:
        """Return the record with its commitments named in full, and ids for what people write by its name.

        `target` is what a correction is of: its fields say what the new values name.
        Raises `UnknownId` with the nearest id that exists, and `RecordError` for a
        name that several have.
        """
        if isinstance(record, Correction):
            kind = target.kind if target is not None else ""
            changed = self._changes(kind, record.set)
            return evolve(record, set=dict(record.set) | changed) if changed else record
        named = (*OF_KIND[record.kind], *(_OF_COUNTS if isinstance(record, Tally) else ()))
        changes = self._changes(record.kind, {name: getattr(record, name) for name in named})
        if isinstance(record, Response) and record.to is not None and (record.owed_by or record.period):
            changes["to"] = self._settled("commitment", record.to)
        return evolve(record, **changes) if changes else record

    def _changes(self, kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values that are written otherwise in full."""
        changes: dict[str, Any] = {}
        for name in OF_KIND.get(kind, ()):
            if not (value := values.get(name)):
                continue
            one_by_one = given(name, value) if isinstance(value, str) else identifiers(value)
            full = tuple(self._settled(NAMED[name], one) for one in one_by_one)
            if full != one_by_one:
                changes[name] = list(dict.fromkeys(full)) if not isinstance(value, str) else "+".join(full)
        return changes | self._of_count(values) if kind == "tally" else changes

    def _of_count(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the places of published parts, and who published them, that have an id of their own.

        What no agreement knows stays as it was published.
        """
        changes: dict[str, Any] = {}
        if parts := dict(values.get("by_zone") or ()):
            places = {place: self._meant("zone", place) or place for place in parts}
            if len(set(places.values())) < len(places):
                twice = next(one for one in places.values() if list(places.values()).count(one) > 1)
                same = [repr(name) for name, one in places.items() if one == twice]
                raise RecordError(f"by_zone: {' and '.join(same)} are one place, {twice!r}: write one figure")
            changes["by_zone"] = {places[place]: count for place, count in parts.items()}
        if read := identifiers(values.get("read") or ()):
            changes["read"] = [self._meant("zone", place) or place for place in read]
        if through := values.get("through"):
            changes["through"] = self.author(through)
        return changes

    def _settled(self, kind: str, name: str) -> str:
        if name in self._known[kind]:
            return name
        several = self._world.short_for(name) if kind == "commitment" else ()
        if len(several) > 1:
            raise RecordError(f"{name!r} is a commitment of several agreements: write {' or '.join(several)}")
        if several:
            return several[0]
        if (meant := self._meant(kind, name)) is not None:
            return meant
        meant = act_meant(name, self._acts) if kind == "act" else None
        short = (one.id for one in self._world.commitments.values()) if kind == "commitment" else ()
        known = [*self._known[kind], *dict.fromkeys(short)]
        raise UnknownId(kind, name, known, meant)

    def _meant(self, kind: str, name: str) -> str | None:
        """Return the id of what is called so, or None."""
        found = self._called[kind].meant(name) if kind in self._called else ()
        if len(found) > 1:
            several = "parties" if kind == "party" else f"{kind}s"
            raise RecordError(f"{name!r} may mean several {several}: write {' or '.join(found)}")
        return found[0] if found else None


def author_named(name: str | None, known: Names | None, store: Store) -> str | None:
    """Return the id of the party that an author is named as, unless there is a chain of that very name."""
    if name is None or known is None or store.tip(name) is not None:
        return name
    return known.author(name)


def names(agreements: Agreement | Iterable[Agreement] | None) -> Names | None:
    """Return the ids of agreements, or None where there is no agreement: then nothing is looked up."""
    if isinstance(agreements, Iterable) and not isinstance(agreements, str):
        agreements = some_agreements(agreements)
    return Names(together(agreements)) if agreements else None
