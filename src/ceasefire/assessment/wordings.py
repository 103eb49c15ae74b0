"""Corrections and withdrawals: what each record says in its newest wording (design §4, §5).

The first step of an assessment. A correction changes an own record; of any field
that says what happened it makes a new wording, which findings must name anew. A
withdrawal takes an own record back; of a correction, it brings the wording before
it back. Everything that cannot be applied is kept and becomes a problem.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from attrs import field, frozen

from ceasefire.assessment.order import chain_key
from ceasefire.errors import CeasefireError
from ceasefire.record import Absent, Branch, Correction, Erasure, Record, Withdrawal, from_json, to_json
from ceasefire.record.kinds import ENVELOPE, SAME_WORDING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

#: Kinds that say something about other records, and are not corrected themselves.
_META = (Correction, Withdrawal, Erasure, Branch)
#: What has no wording of its own.
_UNWORDED = (*_META, Absent)


@frozen
class Problem:
    """Something odd in the data, with the record it stands in."""

    record: str | None
    code: str
    what: str


@frozen
class Worded:
    """A record as it now stands."""

    record: Record
    id: str
    #: The id of the record or correction that made the newest wording.
    wording: str
    #: When the record that says when it occurred was written, in microseconds.
    dated: int | None
    withdrawn: bool
    #: Every id by which a finding may name this record, with the wording it then judges.
    names: tuple[tuple[str, str], ...]
    order: tuple[int, int, int, tuple[str, int, str]]


@frozen
class Wordings:
    """All records as they now stand, by id, in the order of authors and numbers."""

    by_id: dict[str, Worded]
    #: id of a record or a correction: (id of the record, wording).
    named: dict[str, tuple[str, str]]
    problems: tuple[Problem, ...] = field(default=())

    def judged(self, name: str | None) -> tuple[str, str] | None:
        """Return the record and the wording that a finding judges which names this id, or None."""
        return self.named.get(name or "")


def wordings(records: Mapping[str, Record], idle: Collection[str] = ()) -> Wordings:
    """Return every record in its newest wording; corrections and withdrawals are gone into them.

    Those that are `idle` have no effect (they stand on a forked chain). A record whose
    body is not here has no wording.
    """
    problems: list[Problem] = []
    withdrawn, corrections = _amendments(records, idle, problems)
    by_id: dict[str, Worded] = {}
    named: dict[str, tuple[str, str]] = {}
    for name, record in records.items():
        if isinstance(record, _UNWORDED):
            continue
        worded = _worded(name, record, corrections.get(name, ()), withdrawn, problems)
        by_id[name] = worded
        for alias, wording in worded.names:
            named[alias] = (name, wording)
    return Wordings(by_id, named, tuple(problems))


def _amendments(
    records: Mapping[str, Record], idle: Collection[str], problems: list[Problem]
) -> tuple[set[str], dict[str, list[Correction]]]:
    """Apply each author's withdrawals and corrections in the order of the author's chain."""
    withdrawn: set[str] = set()
    corrections: dict[str, list[Correction]] = defaultdict(list)
    amendments = [
        r for name, r in records.items() if isinstance(r, Correction | Withdrawal) and name not in idle
    ]
    for record in sorted(amendments, key=lambda r: (r.by or "", chain_key(r))):
        target = records.get(record.of or "")
        refusal = _refusal(record, target, withdrawn)
        if refusal:
            problems.append(Problem(record.id, *refusal))
        elif isinstance(record, Withdrawal):
            withdrawn.add(record.of or "")
        else:
            corrections[record.of or ""].append(record)
    return withdrawn, {
        name: kept
        for name, made in corrections.items()
        if (kept := [correction for correction in made if correction.id not in withdrawn])
    }


def _refusal(
    record: Correction | Withdrawal, target: Record | None, gone: set[str]
) -> tuple[str, str] | None:
    """Return the code and sentence of why it has no effect, or None where it has one."""
    verb = "corrects" if isinstance(record, Correction) else "withdraws"
    if target is None:
        return "unknown_record", f"{record.id} {verb} {record.of}, which is not among the records known"
    if target.by != record.by:
        return "foreign", f"{record.id} by {record.by} {verb} {target.id}, a record of {target.by}: no effect"
    allowed = () if isinstance(record, Correction) else (Correction,)
    if isinstance(target, _META) and not isinstance(target, allowed):
        return "not_correctable", f"{record.id} {verb} {target.id}, which is a {target.kind}: no effect"
    if record.of in gone:
        return "already_withdrawn", f"{record.id} {verb} {target.id}, which was withdrawn before: no effect"
    return None


def _worded(
    name: str,
    record: Record,
    corrections: Iterable[Correction],
    withdrawn: set[str],
    problems: list[Problem],
) -> Worded:
    wording, dated, newest = name, record.recorded, record
    names = [(name, name)]
    for correction in corrections:
        changed = set(correction.set) | set(correction.unset)
        try:
            newest = _corrected(newest, correction, changed)
        except CeasefireError as error:
            problems.append(
                Problem(correction.id, "invalid_correction", f"{correction.id} has no effect: {error}")
            )
            continue
        if changed - SAME_WORDING:
            wording = correction.id or wording
        if changed & {"occurred", "timezone", "period"}:
            dated = correction.recorded
        names.append((correction.id or "", wording))
    return Worded(
        newest, name, wording, dated.us if dated else None, name in withdrawn, tuple(names), chain_key(record)
    )


def _corrected(record: Record, correction: Correction, changed: set[str]) -> Record:
    envelope = sorted(changed & (set(ENVELOPE) - {"timezone", "release"}))
    if envelope:
        raise CeasefireError(f"{', '.join(envelope)} belongs to the envelope, which nobody changes")
    fields = to_json(record)
    fields.update(to_json(correction).get("set", {}))
    for gone in correction.unset:
        fields.pop(gone, None)
    return from_json(fields)
