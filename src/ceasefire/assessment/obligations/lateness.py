"""What became of a deadline on one row, and the moves of its phase (docs/rules/compliance.md, "Lateness")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.assessment.lifecycle.phases import COMMITMENT_STEPS, run
from ceasefire.assessment.obligations.performances import Performances
from ceasefire.assessment.world.certainty import MAYBE, YES
from ceasefire.record.order import id_key
from ceasefire.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire.assessment.lifecycle.commitments import CommitmentLife
    from ceasefire.assessment.lifecycle.phases import Transition
    from ceasefire.assessment.obligations.measured import MeasuredPerformance


class Lateness(Value):
    """What became of a deadline: kept, missed, disputed, alleged or late (done, too late)."""

    state: str
    late_by: int | None = None


def moves(life: CommitmentLife, performances: Performances | None) -> tuple[Transition, ...]:
    """Return the moves of one row: the commitment's own, and what its bearer has done."""
    triggers = list(life.triggers)
    duty = life.commitment.duty
    if performances is not None and (duty == "achieve" or (duty == "permit" and life.commitment.once)):
        done = [d for d in performances.established if d.counts == YES]
        triggers += [(d.at, "performed", d.claim.id, ground(d)) for d in done]
    return run(COMMITMENT_STEPS[duty], "pending", triggers)


def ground(done: MeasuredPerformance) -> str:
    """Return why something counts as done, so that it prints where only those concerned could judge it."""
    return "self_reported" if done.claim.ruling.self_reported else "by_performance"


def lateness(life: CommitmentLife, performances: Performances, as_of: int) -> Lateness:
    """Return what became of the deadline of an achieve."""
    hortatory = life.commitment.hortatory  # its deadline makes it lapse: it is never overdue, nor late
    passed = None if hortatory else life.lateness_at(as_of)
    counting = [d for d in performances.established if d.counts == YES]
    if passed is None or any(d.certain for d in performances.established):
        return Lateness("kept")
    first = min(counting, key=lambda d: (d.at, id_key(d.claim.id)), default=None)
    late_by = None if first is None or first.in_time == MAYBE else passed.lateness(first.at)
    if any(d.in_time for d in performances.established):
        return Lateness("alleged", late_by)
    if any(d.in_time for d in performances.open):
        return Lateness("disputed", late_by)
    return Lateness("late", late_by) if counting else Lateness("missed")


def settling_matters(life: CommitmentLife, own: Performances, as_of: int) -> list[MeasuredPerformance]:
    """Return the open performances of which settling one could change their performer's row."""
    commitment = life.commitment
    if commitment.duty == "recur":
        wanting = (
            period
            for period in own.periods
            if period.owed
            and len(period.certain) < commitment.count
            and period.state(commitment.count) != "missed"
        )
        matters = set() if commitment.hortatory else {name for period in wanting for name in period.open}
        return [done for done in own.open if done.claim.id in matters]
    # A phase that moves once, and lateness, hang on the first of each sort. What else is open bears on a
    # row only while nothing established does: it may stay as it is.
    established, still_open = own.established, _firsts(own.open)
    if commitment.duty != "permit":
        established = _firsts(established)
    now = _row(life, Performances(established, still_open), as_of)
    return [d for d in own.open if _row(life, Performances((*established, d), still_open), as_of) != now]


def _firsts(several: Iterable[MeasuredPerformance]) -> tuple[MeasuredPerformance, ...]:
    """Return the first performance of each sort: whether it counts, whether it was in time."""
    sorts: dict[tuple[int, int], MeasuredPerformance] = {}
    for done in sorted(several, key=lambda d: (d.at, id_key(d.claim.id))):
        sorts.setdefault((done.counts, done.in_time), done)
    return tuple(sorts.values())


def _row(life: CommitmentLife, performances: Performances, as_of: int) -> tuple[object, ...]:
    """Return what a row shows of what was done: its phases and its lateness, whoever reported it."""
    return [(m.at, m.to) for m in moves(life, performances)], lateness(life, performances, as_of)
