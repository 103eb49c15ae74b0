"""What each who owes a duty has done (docs/rules/commitments.md, "What counts as done")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.assessment.obligations.measured import MeasuredPerformance, measured
from ceasefire.assessment.obligations.periods import Period, lies, periods_of, periods_with
from ceasefire.assessment.world.certainty import YES
from ceasefire.record.order import id_key
from ceasefire.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ceasefire.assessment.determination.claims import DeterminedClaim
    from ceasefire.assessment.lifecycle.commitments import CommitmentLife
    from ceasefire.instruments.terms import Agreement


class Performances(Value):
    """What one bearer (or the joint debtors) did about one commitment, as determined."""

    established: tuple[MeasuredPerformance, ...] = ()
    open: tuple[MeasuredPerformance, ...] = ()
    #: Every performance that does not count, with its reason.
    idle: tuple[MeasuredPerformance, ...] = ()
    periods: tuple[Period, ...] = ()

    def performed(self) -> MeasuredPerformance | None:
        """Return the established performance that fulfils first, or None."""
        counting = [d for d in self.established if d.counts == YES]
        return min(counting, key=lambda d: (d.at, id_key(d.claim.id)), default=None)


def performances(
    claims: Iterable[DeterminedClaim], life: CommitmentLife, bounds: Sequence[tuple[int, int]], as_of: int
) -> Performances:
    """Sort the performances of one bearer of one commitment; `bounds` are its periods that have ended."""
    established, still_open, idle = [], [], []
    for claim in claims:
        done = measured(claim, life, as_of)
        if done.counts and claim.established:
            established.append(done)
        elif done.counts and claim.open:
            still_open.append(done)
        else:
            idle.append(done)
    periods = periods_with(bounds, life, established, still_open)
    return Performances(tuple(established), tuple(still_open), tuple(idle), tuple(periods))


def running(own: Performances, life: CommitmentLife, agreement: Agreement, as_of: int) -> int | None:
    """Return the end of the first period in which a recurring duty is still owed something.

    The period that runs at `as_of` or, where as much as is owed in it is already
    established, the next one. None where periods run from event to event, and where the
    duty is over before the period is.
    """
    every, start = life.commitment.every, life.start
    if every is None or every.duration is None or start is None or start > as_of:
        return None
    bounds = periods_of(life, agreement, (), as_of)
    begun, number = (bounds[-1][1] if bounds else start), len(bounds) + 1
    end = every.duration.after_us(start, agreement.timezone, number)
    done = sum(
        where == YES
        for one in own.established
        for place, where in lies(one, [*bounds, (begun, end)], life)
        if place == len(bounds)
    )
    if done >= life.commitment.count:
        end = every.duration.after_us(start, agreement.timezone, number + 1)
    return end if end <= life.over else None
