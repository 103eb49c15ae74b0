"""Whether what had to be done by a deadline, or in every period, was done in time."""

from dataclasses import dataclass

from .book import Commitment
from .history import History
from .performances import Performance
from .periods import owed, tell
from .world import World


@dataclass(frozen=True)
class Missed:
    """A deadline or period that passed at `at`: `low` is a period's start, None for a deadline."""

    at: int
    status: str  # kept, unclear, disputed, late or missed
    low: int | None = None


def is_performance(commitment: Commitment, row: History, done: Performance) -> bool:
    """Not before the start unless preemptive; not after release or end."""
    if row.start is None:
        return False
    if done.moment.last < row.start and not commitment.raw.get("preemptive"):
        return False
    if row.ended is None:
        return True
    return done.moment.first < row.ended if row.phase == "released" else done.moment.first <= row.ended


def surely_in_time(commitment: Commitment, row: History, done: Performance, passes: int) -> bool:
    started = commitment.raw.get("preemptive") or (row.start is not None and done.moment.first >= row.start)
    return bool(started) and done.moment.last < passes


def of_deadline(commitment: Commitment, row: History, performances: list[Performance]) -> Missed | None:
    """How an achieve stands towards its deadline, once that has passed."""
    if row.judged is None:
        return None
    real = [p for p in performances if is_performance(commitment, row, p)]
    done = [p for p in real if p.established]
    if any(surely_in_time(commitment, row, p, row.judged) for p in done):
        status = "kept"
    elif any(p.moment.first < row.judged for p in done):
        status = "unclear"
    elif any(p.moment.first < row.judged for p in real if not p.established):
        status = "disputed"
    elif row.phase == "fulfilled":
        status = "late"
    else:
        status = "missed"
    return Missed(row.judged, status)


def passed(
    world: World, commitment: Commitment, row: History, performances: list[Performance]
) -> list[Missed]:
    """Every deadline and owed period that has passed, and how it was kept."""
    found = [
        Missed(period.high, tell(commitment, row, period, performances), period.low)
        for period in owed(world, commitment, row)
    ]
    one = of_deadline(commitment, row, performances) if commitment.duty == "achieve" else None
    return found + ([one] if one else [])


def late_by(row: History) -> int | None:
    """By how many microseconds a late performance was late."""
    moment = row.fulfilled_moment
    if row.judged is None or moment is None or moment.first < row.judged:
        return None
    # A deadline that is a date is over at midnight; one that is an instant is met at that very instant.
    by_day = row.deadline is not None and row.deadline.moment.day is not None
    return moment.last - (row.judged if by_day else row.judged - 1)
