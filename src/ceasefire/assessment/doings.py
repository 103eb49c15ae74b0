"""What each who owes a duty has done, and whether it was in time (design §7, §8).

An occurrence that may fall on either side of a bound is unclear, for performances
as for incidents: it is neither counted nor ignored, it keeps the row from being
called overdue.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from attrs import field, frozen

from ceasefire.assessment.order import id_key
from ceasefire.clock import FOREVER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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

    @property
    def certain(self) -> bool:
        """Whether it certainly counts, and certainly was in time."""
        return self.counts == YES and self.in_time == YES


class Period(NamedTuple):
    """One period [start, end) of a recurring duty, and the performances that lie in it, or may."""

    start: int
    end: int
    owed: bool
    certain: tuple[str, ...]
    unclear: tuple[str, ...]
    open: tuple[str, ...]
    #: Those of the open ones that certainly lie in it.
    pending: tuple[str, ...]

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
    counts = YES if begins <= first and last < stops else MAYBE
    return Done(claim, counts, in_time, at, "unclear_time" if counts == MAYBE else "by_performance")


def doings(
    claims: Iterable[Determined], course: Course, bounds: Sequence[tuple[int, int]], as_of: int
) -> Doings:
    """Sort the performances of one bearer of one commitment; `bounds` are its periods that have ended."""
    established, still_open, idle = [], [], []
    for claim in claims:
        done = measured(claim, course, as_of)
        if done.counts and claim.established:
            established.append(done)
        elif done.counts and claim.open:
            still_open.append(done)
        else:
            idle.append(done)
    periods = _periods(bounds, course, established, still_open)
    return Doings(tuple(established), tuple(still_open), tuple(idle), tuple(periods))


def periods_of(
    course: Course, agreement: Agreement, events: Sequence[int], as_of: int
) -> list[tuple[int, int]]:
    """Return the periods that have ended by `as_of`: by the calendar from the start, or event to event."""
    every, start = course.commitment.every, course.start
    if every is None or start is None:
        return []
    last = min(as_of, course.over)
    if every.duration is None:
        marks = [instant for instant in events if start <= instant <= last]
        return list(pairwise(marks))
    bounds, number, begun = [], 1, start
    while (end := every.duration.after_us(start, agreement.timezone, number)) <= last:
        bounds.append((begun, end))
        begun, number = end, number + 1
    return bounds


def running(own: Doings, course: Course, agreement: Agreement, as_of: int) -> int | None:
    """Return the end of the first period in which a recurring duty is still owed something.

    The period that runs at `as_of` or, where as much as is owed in it is already
    established, the next one. None where periods run from event to event, and where the
    duty is over before the period is.
    """
    every, start = course.commitment.every, course.start
    if every is None or every.duration is None or start is None or start > as_of:
        return None
    bounds = periods_of(course, agreement, (), as_of)
    begun, number = (bounds[-1][1] if bounds else start), len(bounds) + 1
    end = every.duration.after_us(start, agreement.timezone, number)
    done = sum(
        where == YES
        for one in own.established
        for place, where in _lies(one, [*bounds, (begun, end)], course)
        if place == len(bounds)
    )
    if done >= course.commitment.count:
        end = every.duration.after_us(start, agreement.timezone, number + 1)
    return end if end <= course.over else None


def _periods(
    bounds: Sequence[tuple[int, int]],
    course: Course,
    established: Iterable[Done],
    still_open: Iterable[Done],
) -> list[Period]:
    """Return the periods with the performances that lie in them, or may."""
    certain: list[list[str]] = [[] for _ in bounds]
    unclear: list[list[str]] = [[] for _ in bounds]
    possible: list[list[str]] = [[] for _ in bounds]
    pending: list[list[str]] = [[] for _ in bounds]
    for done in established:
        for place, where in _lies(done, bounds, course):
            (certain if where == YES else unclear)[place].append(done.claim.id)
    for done in still_open:
        for place, where in _lies(done, bounds, course):
            possible[place].append(done.claim.id)
            if where == YES:
                pending[place].append(done.claim.id)
    found = zip(bounds, certain, unclear, possible, pending, strict=True)
    return [Period(*bound, _owed(course, bound[1]), *map(tuple, lists)) for bound, *lists in found]


def _owed(course: Course, end: int) -> bool:
    """Tell whether a period that has ended is owed: unless released at its end, or suspended just before."""
    return end < course.released and not course.suspended_at(end - 1)


def _lies(done: Done, bounds: Sequence[tuple[int, int]], course: Course) -> Iterator[tuple[int, int]]:
    """Yield the periods [start, end) in which a performance lies, or may, by their place.

    An act on the boundary belongs to the later period, a preemptive one to the first.
    """
    completed = done.claim.times.completed or (FOREVER, FOREVER)
    first, last = (max(instant, course.start or 0) for instant in completed)
    place = bisect_right(bounds, first, key=lambda bound: bound[1])
    while place < len(bounds) and bounds[place][0] <= last:
        start, end = bounds[place]
        yield place, YES if start <= first and last < end and done.counts == YES else MAYBE
        place += 1
