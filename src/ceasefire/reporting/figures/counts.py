"""Published counts as a figure takes them: each side's own, as it stated them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from ceasefire.values import Value

_SIDES: Final = 3
#: Counts from which a cell is darker: the same for all sides and all reports.
_STEPS: Final = (1, 4, 8)


class Count(Value, kw_only=True):
    """One published count of one day."""

    day: date
    value: int
    #: The id of the record's place in the page; empty where nothing is led to.
    anchor: str = ""
    #: Who states what of which day, in words.
    label: str


class SpanCount(Value, kw_only=True):
    """One published count of several days, which says nothing of any one of them."""

    first: date
    last: date
    #: What is printed, such as "24 in 7 days".
    text: str
    anchor: str = ""
    label: str


class Strip(Value, kw_only=True):
    """What one side published, whatever others did."""

    #: Printed above it, such as "Russia states".
    name: str
    counts: tuple[Count, ...] = ()
    spans: tuple[SpanCount, ...] = ()


class Event(Value, kw_only=True):
    """Something that happened at the beginning of a day: entry into force, a suspension."""

    day: date
    text: str
    anchor: str = ""


class Counts(Value, kw_only=True):
    """The strips of several sides over the same days."""

    #: What the figure shows, in words, for those who cannot see it.
    label: str
    first: date
    last: date
    #: The first day of the period of the report, which is shaded until its last day.
    since: date
    strips: tuple[Strip, ...]
    events: tuple[Event, ...] = ()

    @property
    def days(self) -> tuple[date, ...]:
        """Every day shown."""
        return tuple(self.first + timedelta(n) for n in range((self.last - self.first).days + 1))

    @property
    def most(self) -> int:
        """The largest count of one day of any side, at least one: what all strips are scaled to."""
        values = (c.value for strip in self.strips for c in strip.counts if self.first <= c.day <= self.last)
        return max(values, default=1) or 1


def by_day(strip: Strip) -> dict[date, list[Count]]:
    """Return a side's counts by their day, those of one day in their order."""
    found: dict[date, list[Count]] = {}
    for count in strip.counts:
        found.setdefault(count.day, []).append(count)
    return found


def spanned(strip: Strip) -> frozenset[date]:
    """Return the days that lie in a count of several days."""
    return frozenset(
        span.first + timedelta(n) for span in strip.spans for n in range((span.last - span.first).days + 1)
    )


def side(number: int) -> int:
    """Return which of the three colours the side with this place in the file has."""
    return number % _SIDES + 1


def tint(value: int) -> int:
    """Return the step of a count's tint: 0 for zero, then three."""
    return sum(value >= step for step in _STEPS)
