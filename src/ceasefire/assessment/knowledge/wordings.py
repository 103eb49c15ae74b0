"""Corrections and withdrawals: what each record says in its newest wording.

docs/rules/records.md, "Correction and withdrawal"; docs/rules/claims.md, "Wordings".

The first step of an assessment. A correction changes an own record; of any field
that says what happened it makes a new wording, which findings must name anew. A
withdrawal takes an own record back; of a correction, it brings the wording before
it back. Everything that cannot be applied is kept and becomes a problem.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, cast

from msgspec.structs import replace

from ceasefire.assessment.codes import Problem
from ceasefire.errors import CeasefireError, with_article
from ceasefire.record import Absent, Correction, Record, Withdrawal
from ceasefire.record.amendments import ABOUT_RECORDS, changed, corrected, flaw
from ceasefire.record.kinds import SAME_WORDING
from ceasefire.record.order import chain_key
from ceasefire.values import Entity, Value

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping


_AMENDING = frozenset({Correction, Withdrawal})


#: What has no wording of its own.
_UNWORDED = frozenset({*ABOUT_RECORDS, Absent})


class Worded(Value):
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


class Wordings(Entity):
    """All records as they now stand, by id, in the order of authors and numbers."""

    by_id: dict[str, Worded]
    #: id of a correction: (id of the record, wording).
    corrected: dict[str, tuple[str, str]]
    #: Every correction and withdrawal, and by its id what is odd in one that has no effect.
    amendments: tuple[Correction | Withdrawal, ...]
    flaws: dict[str, Problem]

    @cached_property
    def _by_kind(self) -> dict[type[Record], list[Worded]]:
        found: dict[type[Record], list[Worded]] = {}
        for worded in self.by_id.values():
            found.setdefault(type(worded.record), []).append(worded)
        return found

    def of_kind(self, *kinds: type[Record]) -> list[Worded]:
        """Return the records of some kinds, those of each in the order of authors and numbers."""
        return [worded for kind in kinds for worded in self._by_kind.get(kind, ())]

    def judged(self, name: str) -> tuple[str, str] | None:
        """Return the record and the wording that a finding judges which names this id, or None."""
        return (name, name) if name in self.by_id else self.corrected.get(name)

    def without(self, names: Collection[str]) -> Wordings:
        """Return the same without some of the records, which are worded: known, and not looked at."""
        return replace(
            self,
            by_id={name: worded for name, worded in self.by_id.items() if name not in names},
            corrected={name: judged for name, judged in self.corrected.items() if judged[0] not in names},
        )


def wordings(records: Mapping[str, Record], idle: Collection[str] = ()) -> Wordings:
    """Return every record in its newest wording; corrections and withdrawals are gone into them.

    Those that are `idle` have no effect (they stand on a forked chain, or under no seal). A record whose
    body is not here has no wording.
    """
    amendments = [
        cast("Correction | Withdrawal", r)
        for name, r in records.items()
        if type(r) in _AMENDING and name not in idle
    ]
    amendments.sort(key=lambda r: (r.author, chain_key(r)))
    withdrawn, corrections, flaws = _amended(amendments, records)
    by_id: dict[str, Worded] = {}
    correcting: dict[str, tuple[str, str]] = {}
    for name, record in records.items():
        if type(record) in _UNWORDED:
            continue
        made = corrections.get(name)
        if made is None:
            written, received = record.recorded, record.received
            dated = None if written is None else written.us
            if dated is not None and received is not None and received.us < dated:
                # it says that it was written after it came: as `Record.written` has it
                dated = received.us
            by_id[name] = Worded(record, name, name, dated, name in withdrawn)
            continue
        worded, invalid = _worded(name, record, made, withdrawn)
        by_id[name] = worded
        correcting |= {correction: (name, wording) for correction, wording in worded.corrections}
        flaws |= invalid
    return Wordings(by_id, correcting, tuple(amendments), flaws)


def _amended(
    amendments: Iterable[Correction | Withdrawal], records: Mapping[str, Record]
) -> tuple[set[str], dict[str, list[Correction]], dict[str, Problem]]:
    """Apply each author's withdrawals and corrections in the order of the author's chain.

    Return what is withdrawn, the corrections of each record, and why the others have no effect.
    """
    withdrawn: set[str] = set()
    corrections: dict[str, list[Correction]] = defaultdict(list)
    flaws: dict[str, Problem] = {}
    for record in amendments:
        if (problem := _flaw(record, records.get(record.of), withdrawn)) is not None:
            flaws[record.own_id] = problem
        elif isinstance(record, Withdrawal):
            withdrawn.add(record.of)
        else:
            corrections[record.of].append(record)
    standing = {
        name: kept
        for name, made in corrections.items()
        if (kept := [correction for correction in made if correction.id not in withdrawn])
    }
    return withdrawn, standing, flaws


def _flaw(
    record: Correction | Withdrawal, target: Record | None, withdrawn: Collection[str]
) -> Problem | None:
    """Return the problem of one without effect."""
    code = flaw(record, target, withdrawn=record.of in withdrawn)
    verb = "corrects" if isinstance(record, Correction) else "withdraws"
    if target is None:
        what = f"{record.id} {verb} {record.of}, which is not among the records known"
        return Problem(record.id, "unknown_record", what)
    if code is None:
        return None
    why = {
        "foreign": f"a record of {target.by}",
        "not_correctable": f"which is {with_article(target.kind)}",
        "already_withdrawn": "which was withdrawn before",
    }[code]
    return Problem(record.id, code, f"{record.id} by {record.by} {verb} {target.id}, {why}: no effect")


def _worded(
    name: str, record: Record, corrections: Iterable[Correction], withdrawn: Collection[str]
) -> tuple[Worded, dict[str, Problem]]:
    """Return a record once corrected, and what is odd in the corrections that make no record of it."""
    wording, dated, newest = name, record.written, record
    made: list[tuple[str, str]] = []
    invalid: dict[str, Problem] = {}
    for correction in corrections:
        try:
            newest = corrected(newest, correction)
        except CeasefireError as error:
            what = f"{correction.id} has no effect: {error}"
            invalid[correction.own_id] = Problem(correction.id, "invalid_correction", what)
            continue
        fields = changed(correction)
        if fields - SAME_WORDING:
            wording = correction.own_id
        if fields & {"occurred", "timezone", "period"}:
            dated = correction.written
        made.append((correction.own_id, wording))
    worded = Worded(newest, name, wording, dated.us if dated else None, name in withdrawn, tuple(made))
    return worded, invalid
