"""What each who owes a duty has done, and whether it was in time (design §7, §8).

An occurrence that may fall on either side of a bound is unclear, for performances
as for incidents: it is neither counted nor ignored, it keeps the row from being
called overdue.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from attrs import field, frozen

from ceasefire.assessment.order import id_key
from ceasefire.clock import FOREVER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ceasefire.agreement.terms import Agreement
    from ceasefire.assessment.courses import Course
    from ceasefire.assessment.determined import Determined

NO, MAYBE, YES = 0, 1, 2


class Done(NamedTuple):
    """A performance measured against a commitment: does it count, was it in time, when does it count."""

    claim: Determined
    counts: int
    in_time: int
    at: int
    #: Why it does not count, where it certainly does not.
    code: str


class Period(NamedTuple):
    """One period [start, end) of a recurring duty, and the performances that lie in it, or may."""

    start: int
    end: int
    owed: bool
    certain: tuple[str, ...]
    unclear: tuple[str, ...]
    open: tuple[str, ...]

    def kept(self, count: int) -> str:
        """Return kept, alleged, disputed or missed, for so many performances owed."""
        if len(self.certain) >= count:
            return "kept"
        if len(self.certain) + len(self.unclear) >= count:
            return "alleged"
        if len(self.certain) + len(self.unclear) + len(self.open) >= count:
            return "disputed"
        return "missed"


@frozen
class Doings:
    """What one bearer (or the joint debtors) did about one commitment, as determined."""

    established: tuple[Done, ...] = ()
    open: tuple[Done, ...] = ()
    #: Every performance that does not count, with its reason.
    idle: tuple[Done, ...] = ()
    periods: tuple[Period, ...] = field(default=())

    def performed(self) -> Done | None:
        """Return the established performance that fulfils first, or None."""
        counting = [d for d in self.established if d.counts == YES]
        return min(counting, key=lambda d: (d.at, id_key(d.claim.id)), default=None)


def measured(claim: Determined, course: Course, as_of: int) -> Done:
    """Measure a performance against the start, the end and the deadline of its commitment."""
    completed = claim.times.completed
    if completed is None or completed[1] > as_of:
        return Done(claim, NO, NO, claim.times.last, "not_complete")
    first, last = completed
    commitment = course.commitment
    start = course.start
    if start is None:
        return Done(claim, NO, NO, last, "too_early")
    begins = -FOREVER if commitment.preemptive else start
    # At the very end of an agreement it still counts; once released or its window closed, no more.
    stops = min(course.end + 1, course.released, course.closes)
    passes = course.deadline.passes if course.deadline is not None else FOREVER
    in_time = YES if last < passes else MAYBE if first < passes else NO
    at = max(last, start)
    if last < begins:
        return Done(claim, NO, in_time, at, "too_early")
    if first >= stops:
        return Done(claim, NO, in_time, at, "too_late")
    counts = YES if last < stops else MAYBE  # a phase moves at the latest instant of what moves it (§8)
    return Done(claim, counts, in_time, at, "unclear_time" if counts == MAYBE else "by_performance")


def doings(
    claims: Iterable[Determined], course: Course, agreement: Agreement, events: Sequence[int], as_of: int
) -> Doings:
    """Sort the performances of one bearer of one commitment."""
    done = [measured(claim, course, as_of) for claim in claims]
    established = tuple(d for d in done if d.counts and d.claim.established)
    still_open = tuple(d for d in done if d.counts and d.claim.open)
    idle = tuple(d for d in done if d not in established and d not in still_open)
    periods: tuple[Period, ...] = ()
    if course.commitment.duty == "recur":
        bounds = _bounds(course, agreement, events, as_of)
        periods = tuple(_period(a, b, course, established, still_open) for a, b in bounds)
    return Doings(established, still_open, idle, periods)


def _bounds(course: Course, agreement: Agreement, events: Sequence[int], as_of: int) -> list[tuple[int, int]]:
    """Return the periods that have ended by `as_of`: by the calendar from the start, or event to event."""
    every, start = course.commitment.every, course.start
    if every is None or start is None:
        return []
    last = min(as_of, course.over if course.over < FOREVER else as_of)
    if every.duration is None:
        marks = [instant for instant in events if start <= instant <= last]
        return list(pairwise(marks))
    bounds, number, begun = [], 1, start
    while (end := every.duration.after_us(start, agreement.timezone, number)) <= last:
        bounds.append((begun, end))
        begun, number = end, number + 1
    return bounds


def _period(
    start: int, end: int, course: Course, established: Iterable[Done], still_open: Iterable[Done]
) -> Period:
    """Return one period; it is owed unless it ends after the end, or suspended in its last microsecond."""
    owed = (
        end <= min(course.end, course.closes) and end < course.released and not course.suspended_at(end - 1)
    )
    certain, unclear = [], []
    for done in established:
        where = _lies(done, start, end)
        if where == YES and done.counts == YES:
            certain.append(done.claim.id)
        elif where:
            unclear.append(done.claim.id)
    possible = [done.claim.id for done in still_open if _lies(done, start, end)]
    return Period(start, end, owed, tuple(certain), tuple(unclear), tuple(possible))


def _lies(done: Done, start: int, end: int) -> int:
    """Tell whether a performance lies in [start, end): an act on the boundary belongs to the later period."""
    first, last = done.claim.times.completed or (FOREVER, FOREVER)
    if start <= first and last < end:
        return YES
    return MAYBE if first < end and start <= last else NO
