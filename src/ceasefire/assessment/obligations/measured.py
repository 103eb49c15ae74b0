"""One performance held against what is owed: whether it counts, and whether it was in time.

docs/rules/commitments.md, "What counts as done".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.assessment.world.certainty import MAYBE, NO, YES, Certainty
from ceasefire.clock import FOREVER
from ceasefire.values import Value

if TYPE_CHECKING:
    from ceasefire.assessment.determination.claims import DeterminedClaim
    from ceasefire.assessment.lifecycle.commitments import CommitmentLife


class MeasuredPerformance(Value):
    """A performance measured against a commitment: does it count, was it in time, when does it count."""

    claim: DeterminedClaim
    counts: Certainty
    in_time: Certainty
    at: int
    #: Why it does not count, where it certainly does not.
    code: str

    @property
    def certain(self) -> bool:
        """Whether it certainly counts, and certainly was in time."""
        return self.counts == YES and self.in_time == YES


def measured(claim: DeterminedClaim, life: CommitmentLife, as_of: int) -> MeasuredPerformance:
    """Measure a performance against the start, the end and the deadline of its commitment."""
    completed = claim.times.completed
    if completed is None or completed[1] > as_of:
        return MeasuredPerformance(claim, NO, NO, claim.times.last, "not_complete")
    first, last = completed
    commitment = life.commitment
    start = life.start
    if start is None:
        return MeasuredPerformance(claim, NO, NO, last, "too_early")
    begins = -FOREVER if commitment.preemptive else start
    # At the very end of an agreement it still counts; once released or its window closed, no more.
    stops = min(life.end + 1, life.released, life.closes)
    passes = life.deadline.passes if life.deadline is not None else FOREVER
    in_time = YES if last < passes else MAYBE if first < passes else NO
    at = max(last, start)
    if last < begins:
        return MeasuredPerformance(claim, NO, in_time, at, "too_early")
    if first >= stops:
        return MeasuredPerformance(claim, NO, in_time, at, "too_late")
    counts = YES if begins <= first and last < stops else MAYBE
    return MeasuredPerformance(
        claim, counts, in_time, at, "unclear_time" if counts == MAYBE else "by_performance"
    )
