"""Corrections and withdrawals: what each record says in its newest wording.

docs/rules/records.md, "Correction and withdrawal"; docs/rules/claims.md, "Wordings".

The first step of an assessment. A correction changes an own record; of any field
that says what happened it makes a new wording, which findings must name anew. A
withdrawal takes an own record back; of a correction, it brings the wording before
it back. Everything that cannot be applied is kept and becomes a problem.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from attrs import evolve, frozen

from ceasefire.assessment.codes import Problem
from ceasefire.errors import CeasefireError, with_article
from ceasefire.record import Absent, Branch, Correction, Erasure, Record, Withdrawal, from_json, to_json
from ceasefire.record.content import UNCHANGED
from ceasefire.record.fields import plain_json
from ceasefire.record.json.wire import TIMES
from ceasefire.record.kinds import SAME_WORDING
from ceasefire.record.order import chain_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping


#: Kinds that say something about other records, and are not corrected themselves.
_META = (Correction, Withdrawal, Erasure, Branch)


_AMENDING = (Correction, Withdrawal)


#: What has no wording of its own.
_UNWORDED = (*_META, Absent)


class Worded(NamedTuple):
    """A record as it now stands."""

    record: Record
    id: str
    #: The id of the record or correction that made the newest wording.
    wording: str
    #: When the record that says when it occurred was written, in microseconds.
    dated: int | None
    withdrawn: bool
    #: The corrections that have effect, each with the wording that stood after it.
    corrections: tuple[tuple[str, str], ...] = ()


@frozen
class Wordings:
    """All records as they now stand, by id, in the order of authors and numbers."""

    by_id: dict[str, Worded]
    #: id of a correction: (id of the record, wording).
    corrected: dict[str, tuple[str, str]]
    #: Every correction and withdrawal, and by its id what is odd in one that has no effect.
    amendments: tuple[Correction | Withdrawal, ...]
    flaws: dict[str, Problem]

    def judged(self, name: str) -> tuple[str, str] | None:
        """Return the record and the wording that a finding judges which names this id, or None."""
        return (name, name) if name in self.by_id else self.corrected.get(name)

    def without(self, names: Collection[str]) -> Wordings:
        """Return the same without some of the records, which are worded: known, and not looked at."""
        return evolve(
            self,
            by_id={name: worded for name, worded in self.by_id.items() if name not in names},
            corrected={name: judged for name, judged in self.corrected.items() if judged[0] not in names},
        )


def wordings(records: Mapping[str, Record], idle: Collection[str] = ()) -> Wordings:
    """Return every record in its newest wording; corrections and withdrawals are gone into them.

    Those that are `idle` have no effect (they stand on a forked chain, or under no seal). A record whose
    body is not here has no wording.
    """
    flaws: dict[str, Problem] = {}
    amendments = [r for name, r in records.items() if isinstance(r, _AMENDING) and name not in idle]
    amendments.sort(key=lambda r: (r.author, chain_key(r)))
    withdrawn, corrections = _amended(amendments, records, flaws)
    by_id: dict[str, Worded] = {}
    corrected: dict[str, tuple[str, str]] = {}
    for name, record in records.items():
        if isinstance(record, _UNWORDED):
            continue
        made = corrections.get(name)
        if made is None:
            dated = None if record.recorded is None else record.recorded.us
            by_id[name] = Worded(record, name, name, dated, name in withdrawn)
            continue
        worded = by_id[name] = _worded(name, record, made, withdrawn, flaws)
        corrected |= {correction: (name, wording) for correction, wording in worded.corrections}
    return Wordings(by_id, corrected, tuple(amendments), flaws)


def _amended(
    amendments: Iterable[Correction | Withdrawal], records: Mapping[str, Record], flaws: dict[str, Problem]
) -> tuple[set[str], dict[str, list[Correction]]]:
    """Apply each author's withdrawals and corrections in the order of the author's chain."""
    withdrawn: set[str] = set()
    corrections: dict[str, list[Correction]] = defaultdict(list)
    for record in amendments:
        flaw = _flaw(record, records.get(record.of), withdrawn)
        if flaw is not None:
            flaws[record.own_id] = flaw
        elif isinstance(record, Withdrawal):
            withdrawn.add(record.of)
        else:
            corrections[record.of].append(record)
    return withdrawn, {
        name: kept
        for name, made in corrections.items()
        if (kept := [correction for correction in made if correction.id not in withdrawn])
    }


def _unknown(record: Correction | Withdrawal) -> Problem:
    verb = "corrects" if isinstance(record, Correction) else "withdraws"
    what = f"{record.id} {verb} {record.of}, which is not among the records known"
    return Problem(record.id, "unknown_record", what)


def _flaw(record: Correction | Withdrawal, target: Record | None, gone: set[str]) -> Problem | None:
    """Return why it has no effect, or None where it has one."""
    if target is None:
        return _unknown(record)
    verb = "corrects" if isinstance(record, Correction) else "withdraws"
    allowed = () if isinstance(record, Correction) else (Correction,)
    if target.by != record.by:
        code = "foreign"
        why = f"a record of {target.by}"
    elif isinstance(target, _META) and not isinstance(target, allowed):
        code = "not_correctable"
        why = f"which is {with_article(target.kind)}"
    elif record.of in gone:
        code = "already_withdrawn"
        why = "which was withdrawn before"
    else:
        return None
    return Problem(record.id, code, f"{record.id} by {record.by} {verb} {target.id}, {why}: no effect")


def _worded(
    name: str,
    record: Record,
    corrections: Iterable[Correction],
    withdrawn: set[str],
    flaws: dict[str, Problem],
) -> Worded:
    wording, dated, newest = name, record.recorded, record
    fields = to_json(record)
    made: list[tuple[str, str]] = []
    for correction in corrections:
        changed = set(correction.set) | set(correction.unset)
        try:
            fields, newest = _corrected(fields, correction, changed)
        except CeasefireError as error:
            what = f"{correction.id} has no effect: {error}"
            flaws[correction.own_id] = Problem(correction.id, "invalid_correction", what)
            continue
        if changed - SAME_WORDING:
            wording = correction.own_id
        if changed & {"occurred", "timezone", "period"}:
            dated = correction.recorded
        made.append((correction.own_id, wording))
    return Worded(newest, name, wording, dated.us if dated else None, name in withdrawn, tuple(made))


def _corrected(
    fields: Mapping[str, Any], correction: Correction, changed: set[str]
) -> tuple[dict[str, Any], Record]:
    """Return the JSON fields of a record once corrected, and the record they make."""
    envelope = sorted(changed & UNCHANGED)
    if envelope:
        raise CeasefireError(f"{', '.join(envelope)} belongs to the envelope, which nobody changes")
    made = {**fields, **plain_json(correction.set)}
    made = {name: value for name, value in made.items() if name not in correction.unset}
    return made, from_json(made, kept=not TIMES & correction.set.keys())
