"""Names in records that nothing defines: a problem each, never an exception.

docs/rules/result.md, "problems".
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from ceasefire.assessment.codes import Problem
from ceasefire.errors import did_you_mean, nearest, with_article
from ceasefire.instruments.act_names import act_meant
from ceasefire.instruments.catalogue import elsewhere
from ceasefire.instruments.values import UNIDENTIFIED
from ceasefire.record import KINDS, Absent, Finding, Incident, Record, Response, Tally, judged
from ceasefire.record.kinds import pointers
from ceasefire.record.world_ids import NAMED, OF_KIND, given
from ceasefire.values import Entity

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from ceasefire.assessment.knowledge.ledger import Ledger
    from ceasefire.assessment.knowledge.wordings import Worded, Wordings
    from ceasefire.instruments.terms import Act
    from ceasefire.instruments.together import Together
    from ceasefire.record.fields import Place


class Names(Entity, kw_only=True):
    """What records that stand name, whether or not their acts had occurred."""

    #: What is odd in a record whatever else is known: ids that no file defines, places that are no zone.
    odd: dict[str, tuple[Problem, ...]]
    #: Records that name another, and beside each the id it names.
    naming: list[str]
    named: list[str]
    #: Findings on what is not judged, and that record.
    misplaced: dict[str, str]
    #: Records that say that something reports the same act as another, and that other.
    linking: dict[str, str]

    def dangling(self, known: Ledger, held: Mapping[str, Record]) -> list[Problem]:
        """Return a problem for every id in a record looked at that none of those held bears.

        What is held is known, also where it occurs later.
        """
        by_id = known.wordings.by_id
        found = [problem for name, several in self.odd.items() if name in by_id for problem in several]
        for name, target in self.misplaced.items():
            if target in by_id:
                kind = with_article(by_id[target].record.kind)
                what = f"{name} judges {target}, which is {kind} and is not judged"
                found.append(Problem(name, "not_a_claim", what))
        for name, target in self.linking.items():
            other = held.get(target)
            if name in by_id and other is not None and not isinstance(other, Absent) and not judged(other):
                what = f"{name} says of an act that {target} reports it, which is {with_article(other.kind)}"
                found.append(Problem(name, "other_kind", f"{what}: it is not followed"))
        pairs = zip(self.naming, self.named, strict=True)
        for name, pointer in pairs:
            if name in by_id and pointer not in held:
                what = f"{name} names {pointer}, which is not among the records of this assessment"
                found.append(Problem(name, "unknown_record", what))
        return found


def names(
    entries: Iterable[Worded],
    wordings: Wordings,
    world: Together,
    placed: Callable[[Incident], str | None],
) -> Names:
    """Return what those of these records name that stand, among all that are worded."""
    defined: dict[str, Collection[str]] = {
        "party": world.parties,
        "zone": world.zones,
        "act": world.acts,
        "agreement": {agreement.id for agreement in world.agreements},
        "commitment": world.commitments,
        "role": world.roles,
    }
    found = Names(odd={}, naming=[], named=[], misplaced={}, linking={})
    sound: set[tuple[object, ...]] = set()
    for entry in entries:
        if entry.withdrawn:
            continue
        record, name = entry.record, entry.id
        key = (type(record), _NAMED[type(record)](record))
        if key not in sound:  # few records differ in all that they name
            odd = tuple(_unknown(entry, world, defined, world.acts))
            if odd:
                found.odd[name] = odd
            else:
                sound.add(key)
        if isinstance(record, Incident) and record.zone is None and record.place and placed(record) is None:
            found.odd[name] = (*found.odd.get(name, ()), _unplaced(name, record.place))
        for pointer in _pointers(record, world):
            found.naming.append(name)
            found.named.append(pointer)
        if (linked := getattr(record, "same_as", None)) is not None:
            found.linking[name] = linked
        if isinstance(record, Finding):
            target = wordings.judged(record.on)
            if target is not None and not judged(wordings.by_id[target[0]].record):
                found.misplaced[name] = target[0]
    return found


def _unplaced(name: str, place: Place) -> Problem:
    stated = place.name or place.code or "unnamed"
    return Problem(name, "unknown_place", f"{name} names a place that resolves to no zone: {stated}")


def fields_of(names: Iterable[str]) -> Callable[[Record], tuple[Any, ...]]:
    """Return what gives the values of some fields of a record."""
    wanted = tuple(names)
    if not wanted:
        return lambda _: ()
    found = attrgetter(*wanted)
    return found if len(wanted) > 1 else lambda record: (found(record),)


#: What each kind names there.
_NAMED: Final = {cls: fields_of(OF_KIND[kind]) for kind, cls in KINDS.items()}
#: The fields in which each kind points at another record, whatever else they say.
_POINTING: Final = {
    kind: fields_of(name for name in pointers(kind) if name != "to") for kind in KINDS.values()
}


def _unknown(
    entry: Worded, world: Together, defined: Mapping[str, Collection[str]], acts: Mapping[str, Act]
) -> Iterator[Problem]:
    """Yield a problem for every id of the agreements' world that a record names and that none defines."""
    for kind, name, parts in _named(entry.record, world):
        if any(part not in defined[kind] for part in parts):
            several = world.short_for(name) if kind == "commitment" else ()
            meant = act_meant(name, acts.values()) if kind == "act" else None
            guess = did_you_mean(meant or nearest(name, defined[kind]))
            why = f"several agreements have: write {' or '.join(several)}" if several else ""
            what = f"{entry.id} names the {kind} {name!r}, which {why or f'no file defines{guess}'}"
            yield Problem(entry.id, "unknown_id", what)


def _named(record: Record, world: Together) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield every id of the agreements' world that a record names, with its kind and its parts."""
    given_ids = {agreement.id for agreement in world.agreements}
    for field in OF_KIND[record.kind]:
        kind = NAMED[field]
        if kind == "zone" and isinstance(record, Tally):
            continue  # told with the other places of a published count (`tallies`)
        value = getattr(record, field)
        for name in (value,) if isinstance(value, str) else value or ():
            if kind == "commitment" and world.full_name(name) is not None:
                continue
            if kind in ("commitment", "agreement") and elsewhere(name, given_ids):
                continue  # of an agreement that is not asked about
            if name != UNIDENTIFIED:
                yield kind, name, given(field, name)


def _pointers(record: Record, world: Together) -> list[str]:
    """Return the ids of other records that a record names."""
    pointers = [pointer for pointer in _POINTING[type(record)](record) if pointer]
    if isinstance(record, Response) and world.full_name(record.to) is None:
        given_ids = {agreement.id for agreement in world.agreements}
        pointers += [] if elsewhere(record.to, given_ids) else [record.to]
    return pointers
