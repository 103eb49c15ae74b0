"""Days across a figure, and what stands on them in every figure of counts: events, counts of several days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from ceasefire.reporting.figures.markup import element
from ceasefire.reporting.figures.medium import ALL, LINE, Medium, lanes, width_of, wrapped
from ceasefire.values import Value

if TYPE_CHECKING:
    from ceasefire.reporting.figures.counts import Counts, Event, SpanCount, Strip
    from ceasefire.reporting.figures.markup import Element
    from ceasefire.reporting.figures.medium import Anchor

_HATCH: Final = 8
#: Height of a row of counts of several days: words over a hatched band.
_ROW: Final = 26
#: Rows of counts of several days that have room for their words.
_MOST_ROWS: Final = 3
#: Room between the hatching of one run of days and the next.
_GAP: Final = 30


class Days(Value):
    """Where days stand: from a margin to the end of the width."""

    on: Medium
    first: date
    last: date
    margin: int = 0

    @property
    def number(self) -> int:
        """How many days are shown."""
        return (self.last - self.first).days + 1

    @property
    def pitch(self) -> int:
        """How wide a day is."""
        return (ALL - self.margin) // self.number

    def edge(self, day: date) -> int:
        """Return where a day begins, within what is shown."""
        gone = min(max((day - self.first).days, 0), self.number)
        return self.margin + gone * (ALL - self.margin) // self.number

    def middle(self, day: date) -> int:
        """Return the middle of a day."""
        return (self.edge(day) + self.edge(day + timedelta(1))) // 2

    def run(self, first: date, last: date) -> tuple[int, int]:
        """Return where days from a first to a last one are hatched."""
        start, end = self.edge(first), self.edge(last + timedelta(1))
        gap = min(_GAP, (end - start) // 4)
        return start + gap, end - gap


def shown_events(counts: Counts) -> list[Event]:
    """Return the events on days that are shown."""
    return [event for event in counts.events if counts.first <= event.day <= counts.last]


def event_words(counts: Counts, days: Days) -> tuple[list[Element], int]:
    """Return the words of events, each in lines of its own, and where they end."""
    parts: list[Element] = []
    top = 0
    for event in shown_events(counts):
        at = days.edge(event.day)
        anchor: Anchor = "start" if at < ALL // 3 else "end" if at > ALL * 2 // 3 else "middle"
        lines = wrapped(event.text, days.on.pixels * 2 // 3)
        text = days.on.lines(at, top + 11, lines, "muted", anchor=anchor)
        parts.append(days.on.linked(event.anchor, event.text, *text) if event.anchor else element("g", *text))
        top += LINE * len(lines)
    return parts, top + 2


def bands(strip: Strip, colour: int, days: Days, top: int) -> tuple[list[Element], int]:
    """Return a side's counts of several days, above the scale of its strip, and where they end.

    Where their words would take more than three rows, or be wider than all days, they stand only
    in the names of the marks.
    """
    spans = [span for span in strip.spans if days.first <= span.last and span.first <= days.last]
    worded = _rows(spans, days, words=True)
    widest = max((width_of(span.text, bold=True) for span in spans), default=0)
    words = max(worded, default=0) < _MOST_ROWS and widest <= days.on.pixels
    rows = worded if words else _rows(spans, days, words=False)
    height = _ROW if words else _HATCH + 2
    parts = [
        _band(span, colour, days, top + row * height, words=words)
        for span, row in zip(spans, rows, strict=True)
    ]
    return parts, top + (max(rows) + 1) * height if rows else top


def _rows(spans: list[SpanCount], days: Days, *, words: bool) -> list[int]:
    taken = []
    for span in spans:
        start, end = days.run(span.first, span.last)
        at, anchor = _words_at(span, days)
        wide = days.on.share(width_of(span.text, bold=True) + 8) if words else 0
        left = {"start": at, "middle": at - wide // 2, "end": at - wide}[anchor]
        taken.append((min(start, left), max(end, left + wide)))
    return lanes(taken)


def _words_at(span: SpanCount, days: Days) -> tuple[int, Anchor]:
    """Return where the words of a count of several days stand, within the figure."""
    start, end = days.run(span.first, span.last)
    middle, half = (start + end) // 2, days.on.share(width_of(span.text, bold=True)) // 2
    if middle < half:
        return start, "start"
    return (end, "end") if middle > ALL - half else (middle, "middle")


def _band(span: SpanCount, colour: int, days: Days, top: int, *, words: bool) -> Element:
    start, end = days.run(span.first, span.last)
    at, anchor = _words_at(span, days)
    y = top + (LINE + 5 if words else _HATCH // 2)
    hatch = days.on.level(start, end, y, f"ticks{colour}", thick=_HATCH)
    text = [days.on.text(at, top + 12, span.text, "bold", "ink", anchor=anchor)] if words else []
    return days.on.linked(span.anchor, span.label, hatch, *text, tip=not words)
