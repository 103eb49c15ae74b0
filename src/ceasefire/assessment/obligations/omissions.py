"""Duties not done: when an omission counts, and what makes it good.

docs/rules/compliance.md, "Omissions".
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from ceasefire.record.order import id_key
from ceasefire.values import Value

if TYPE_CHECKING:
    from ceasefire.assessment.determination.claims import DeterminedClaim
    from ceasefire.assessment.obligations.measured import MeasuredPerformance
    from ceasefire.assessment.obligations.performances import Performances
    from ceasefire.assessment.obligations.responsibility import Responsibility
    from ceasefire.instruments.terms import Commitment


def owed_omission(
    responsibility: Responsibility, claim: DeterminedClaim, performances: Performances
) -> tuple[int, bool, bool] | None:
    """Return when what was omitted was owed, whether it was certainly done in time, whether that is open.

    None where it was not owed, or not yet.
    """
    commitment = responsibility.life.commitment
    if commitment.duty == "achieve":
        late = responsibility.life.lateness_at(responsibility.as_of)
        if late is None:
            return None
        done, pending = performances.established, performances.open
        return late.passes, any(d.certain for d in done), any(d.certain for d in pending)
    latest = claim.times.last if claim.times.until is None else claim.times.until
    place = bisect_left(performances.periods, latest, key=lambda p: p.end)
    period = performances.periods[place] if place < len(performances.periods) else None
    if period is None or not period.owed or period.start >= latest:
        return None
    certain = len(period.certain)
    return period.end, certain >= commitment.count, certain + len(period.pending) >= commitment.count


class Cure(Value):
    """What made a breach good, and when."""

    record: str
    at: int


def cure_by(done: MeasuredPerformance) -> Cure:
    """Return a performance as what made a breach good."""
    return Cure(done.claim.id, done.at)


def done_after_all(commitment: Commitment, passed: int, own: Performances) -> Cure | None:
    """Return the performance that makes an omission good: late, or of which it is unclear whether in time."""
    if commitment.duty == "recur":
        period = next(p for p in own.periods if p.end == passed)
        if len(period.certain) + len(period.unclear) < commitment.count:
            return None
        done = [d for d in own.established if d.claim.id in period.unclear]
    else:
        done = [d for d in own.established if not d.certain]
    first = min(done, key=lambda d: (d.at, id_key(d.claim.id)), default=None)
    return None if first is None else cure_by(first)
