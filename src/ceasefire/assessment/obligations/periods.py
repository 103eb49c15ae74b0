"""The periods of a recurring duty: owed, kept, missed (docs/rules/commitments.md, "Recurring duties")."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from ceasefire.assessment.world.certainty import MAYBE, YES, Certainty
from ceasefire.clock import FOREVER
from ceasefire.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ceasefire.assessment.lifecycle.commitments import CommitmentLife
    from ceasefire.assessment.obligations.measured import MeasuredPerformance
    from ceasefire.instruments.terms import Agreement


class Period(Value):
    """One period [start, end) of a recurring duty, and the performances that lie in it, or may."""

    start: int
    end: int
    owed: bool
    certain: tuple[str, ...]
    unclear: tuple[str, ...]
    open: tuple[str, ...]
    #: Those of the open ones that certainly lie in it.
    pending: tuple[str, ...]

    def state(self, count: int) -> str:
        """Return kept, alleged, disputed or missed, for so many performances owed."""
        if len(self.certain) >= count:
            return "kept"
        if len(self.certain) + len(self.unclear) >= count:
            return "alleged"
        if len(self.certain) + len(self.unclear) + len(self.open) >= count:
            return "disputed"
        return "missed"


def periods_of(
    life: CommitmentLife, agreement: Agreement, events: Sequence[int], as_of: int
) -> list[tuple[int, int]]:
    """Return the periods that have ended by `as_of`: by the calendar from the start, or event to event."""
    every, start = life.commitment.every, life.start
    if every is None or start is None:
        return []
    last = min(as_of, life.over)
    if every.duration is None:
        marks = [instant for instant in events if start <= instant <= last]
        return list(pairwise(marks))
    bounds, number, begun = [], 1, start
    while (end := every.duration.after_us(start, agreement.timezone, number)) <= last:
        bounds.append((begun, end))
        begun, number = end, number + 1
    return bounds


def periods_with(
    bounds: Sequence[tuple[int, int]],
    life: CommitmentLife,
    established: Iterable[MeasuredPerformance],
    still_open: Iterable[MeasuredPerformance],
) -> list[Period]:
    """Return the periods with the performances that lie in them, or may."""
    certain: list[list[str]] = [[] for _ in bounds]
    unclear: list[list[str]] = [[] for _ in bounds]
    possible: list[list[str]] = [[] for _ in bounds]
    pending: list[list[str]] = [[] for _ in bounds]
    for done in established:
        for place, where in lies(done, bounds, life):
            (certain if where == YES else unclear)[place].append(done.claim.id)
    for done in still_open:
        for place, where in lies(done, bounds, life):
            possible[place].append(done.claim.id)
            if where == YES:
                pending[place].append(done.claim.id)
    found = zip(bounds, certain, unclear, possible, pending, strict=True)
    return [Period(*bound, _owed(life, bound[1]), *map(tuple, lists)) for bound, *lists in found]


def _owed(life: CommitmentLife, end: int) -> bool:
    """Tell whether a period that has ended is owed: unless released at its end, or suspended just before."""
    return end < life.released and not life.suspended_at(end - 1)


def lies(
    done: MeasuredPerformance, bounds: Sequence[tuple[int, int]], life: CommitmentLife
) -> Iterator[tuple[int, Certainty]]:
    """Yield the periods [start, end) in which a performance lies, or may, by their place.

    An act on the boundary belongs to the later period, a preemptive one to the first.
    """
    completed = done.claim.times.completed or (FOREVER, FOREVER)
    first, last = (max(instant, life.start or 0) for instant in completed)
    place = bisect_right(bounds, first, key=lambda bound: bound[1])
    while place < len(bounds) and bounds[place][0] <= last:
        start, end = bounds[place]
        yield place, YES if start <= first and last < end and done.counts == YES else MAYBE
        place += 1
