"""Names in records that nothing defines: a problem each, never an exception (design §12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.assessment.wordings import Problem
from ceasefire.errors import did_you_mean, nearest
from ceasefire.record import (
    KINDS,
    Appraisal,
    Decision,
    Finding,
    Incident,
    Membership,
    Performance,
    Record,
    Response,
    judged,
)
from ceasefire.record.kinds import field_names

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from ceasefire.agreement.together import Together
    from ceasefire.assessment.contexts import Courts
    from ceasefire.assessment.known import Known
    from ceasefire.assessment.wordings import Worded


def dangling(
    known: Known, world: Together, courts: Courts, placed: Callable[[Incident], str | None]
) -> list[Problem]:
    """Return a problem for every id in a record that stands and that nothing known bears."""
    found: list[Problem] = []
    defined: dict[str, Collection[str]] = {
        "party": world.parties,
        "zone": world.zones,
        "act": world.acts,
        "agreement": {agreement.id for agreement in world.agreements},
        "commitment": world.commitments,
    }
    sound: set[tuple[object, ...]] = set()
    for entry in known.wordings.by_id.values():
        if entry.withdrawn:
            continue
        record = entry.record
        names = tuple(getattr(record, field) for field, _ in _NAMING.get(type(record), ()))
        key = (type(record), names)
        if names and key not in sound:  # few records differ in all that they name
            unknown = list(_unknown(entry, courts, defined))
            found += unknown
            if not unknown:
                sound.add(key)
        if (
            isinstance(record, Incident)
            and record.zone is None
            and record.place is not None
            and placed(record) is None
        ):
            stated = record.place.name or record.place.code or "unnamed"
            what = f"{entry.id} names a place that resolves to no zone: {stated}"
            found.append(Problem(entry.id, "unknown_place", what))
        found += _records(entry, record, known, courts)
    return found


#: The fields in which each kind names something of the agreements' world, with the kind of thing named.
_NAMING: Final[dict[type[Record], tuple[tuple[str, str], ...]]] = {
    Incident: (
        ("accused", "party"),
        ("against", "party"),
        ("zone", "zone"),
        ("act", "act"),
        ("commitments", "commitment"),
    ),
    Performance: (("performer", "party"), ("commitment", "commitment")),
    Decision: (("agreement", "agreement"), ("commitment", "commitment")),
    Membership: (("actor", "party"), ("group", "party"), ("agreement", "agreement")),
    Finding: (("attributed_to", "party"), ("commitments", "commitment")),
    Appraisal: (("commitment", "commitment"),),
}


#: The fields in which each kind points at another record.
_POINTING: Final[dict[type[Record], tuple[str, ...]]] = {
    kind: tuple(name for name in ("same_as", "answers", "of", "on") if name in field_names(kind))
    for kind in KINDS.values()
}


def _unknown(entry: Worded, courts: Courts, defined: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """Yield a problem for every id of the agreements' world that a record names and that none defines."""
    for kind, name in _named(entry.record, courts):
        if name not in defined[kind]:
            several = courts.several(name) if kind == "commitment" else ()
            guess = did_you_mean(nearest(name, defined[kind]))
            why = f"several agreements have: write {' or '.join(several)}" if several else ""
            what = f"{entry.id} names the {kind} {name!r}, which {why or f'no file defines{guess}'}"
            yield Problem(entry.id, "unknown_id", what)


def _named(record: Record, courts: Courts) -> Iterator[tuple[str, str]]:
    """Yield every id of the agreements' world that a record names, with its kind."""
    for field, kind in _NAMING.get(type(record), ()):
        value = getattr(record, field)
        for name in (value,) if isinstance(value, str) else value or ():
            if kind == "commitment" and courts.full_name(name) is not None:
                continue
            if name != "unidentified":
                yield kind, name


def _records(entry: Worded, record: Record, known: Known, courts: Courts) -> Iterator[Problem]:
    """Yield a problem for every record it names that is not known, or is none that can be judged."""
    by_id: Mapping[str, Worded] = known.wordings.by_id
    pointers = [getattr(record, name) for name in _POINTING[type(record)]]
    if isinstance(record, Response) and record.to and courts.full_name(record.to) is None:
        pointers.append(record.to)
    if isinstance(record, Finding):
        target = known.wordings.judged(record.on)
        if target is not None and not judged(by_id[target[0]].record):
            what = (
                f"{entry.id} judges {record.on}, which is a {by_id[target[0]].record.kind} and is not judged"
            )
            yield Problem(entry.id, "not_a_claim", what)
    for pointer in pointers:
        if pointer and known.wordings.judged(pointer) is None and pointer not in known.absent:
            what = f"{entry.id} names {pointer}, which is not among the records of this assessment"
            yield Problem(entry.id, "unknown_record", what)
