"""Daily counts of more than a month: a calendar, a row a week, a cell a day with its figure.

Weeks are never summed. A side's cells stand beside those of the others while there is room,
else below them. A day without a count is hatched; a count of several days is hatched below
them in its side's colour, with its words under the week that holds most of them.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from ceasefire.reporting.figures.counts import by_day, side, spanned, tint
from ceasefire.reporting.figures.markup import element
from ceasefire.reporting.figures.medium import ALL, LINE, width_of, wrapped
from ceasefire.reporting.figures.words import filled
from ceasefire.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ceasefire.reporting.figures.counts import Count, Counts, SpanCount, Strip
    from ceasefire.reporting.figures.markup import Element, Markup
    from ceasefire.reporting.figures.medium import Medium
    from ceasefire.reporting.figures.words import Words

_DAYS: Final = 7
_ROW: Final = 16
#: The share of the width that the numbers of the rows take, and the gap between two sides.
_MARGIN: Final = 800
_GAP: Final = 300


def calendar(counts: Counts, *, on: Medium, words: Words) -> Markup:
    """Return the counts of all sides as weeks, from the period or the first count before it on."""
    counts = replace(counts, first=_begin(counts))
    beside = _beside(counts, on)
    parts: list[Element] = []
    top = 0
    for event in counts.events:
        if counts.first <= event.day <= counts.last:
            lines = on.lines(0, top + 11, wrapped(event.text, on.pixels), "muted")
            parts.append(
                on.linked(event.anchor, event.text, *lines) if event.anchor else element("g", *lines)
            )
            top += LINE * len(lines)
    for first in range(0, len(counts.strips), beside):
        block = _Block(counts=counts, first=first, beside=beside, on=on, words=words)
        drawn, top = block.drawn(top + 2)
        parts += drawn
    return on.svg(top + 4, counts.label, *parts)


def _begin(counts: Counts) -> date:
    """Return the first day shown: months before the period without any count would be empty sheets."""
    counted = [day for strip in counts.strips for day in (*by_day(strip), *spanned(strip))]
    return max(counts.first, min(counts.since, *counted)) if counted else counts.since


def _beside(counts: Counts, on: Medium) -> int:
    """Return how many sides have room beside each other."""
    cell = max(width_of(str(counts.most), bold=True), width_of("00")) + 4
    return max(1, min(len(counts.strips), on.pixels * (ALL - _MARGIN) // ALL // (_DAYS * cell)))


class _Block(Value, gc=True, dict=True, kw_only=True):
    """Some sides beside each other, over all weeks."""

    counts: Counts
    first: int
    beside: int
    on: Medium
    words: Words

    @property
    def _strips(self) -> tuple[Strip, ...]:
        return self.counts.strips[self.first : self.first + self.beside]

    @cached_property
    def _known(self) -> list[dict[date, list[Count]]]:
        """The counts of each side by their day."""
        return [by_day(strip) for strip in self._strips]

    @cached_property
    def _spanned(self) -> list[frozenset[date]]:
        """The days of each side that lie in its counts of several days."""
        return [spanned(strip) for strip in self._strips]

    @property
    def _cell(self) -> int:
        return ((ALL - _MARGIN) // self.beside - _GAP) // _DAYS

    def drawn(self, top: int) -> tuple[list[Element], int]:
        """Return all weeks from a height on, and where they end."""
        parts, top = self._head(top)
        for monday in self._mondays():
            begins = [d for d in self._shown(monday) if d.day == 1 or d == self.counts.first]
            if begins:
                month = filled(
                    self.words.month_year, month=self.words.month(begins[-1]), year=begins[-1].year
                )
                parts.append(self.on.text(0, top + 12, month, "muted", anchor="start"))
                top += LINE + 2
            parts.append(self.on.text(0, top + 12, str(self._shown(monday)[0].day), "muted", anchor="start"))
            shown = self._shown(monday)
            height = _ROW * max(len(known.get(d, ())) or 1 for known in self._known for d in shown)
            for number in range(len(self._strips)):
                parts += self._week(number, monday, top, height)
            parts += self._events(monday, top, height)
            top += height + 1 + self._below(monday)
        return parts, top

    def _below(self, monday: date) -> int:
        """Return the room below a week's cells, for counts of several days."""
        return max(sum(height for *_, height in self._lying(s, monday)) for s in self._strips)

    def _lying(self, strip: Strip, monday: date) -> list[tuple[SpanCount, list[date], int]]:
        """Return the counts of several days with their days in a week and their height, words included."""
        found = []
        for span in strip.spans:
            days = [day for day in self._shown(monday) if span.first <= day <= span.last]
            if days:
                fits = width_of(span.text, bold=True) <= self.on.pixels * (ALL - _MARGIN) // ALL
                worded = fits and monday == self._longest(span.first, span.last)
                found.append((span, days, LINE + 6 if worded else 6))
        return found

    def _head(self, top: int) -> tuple[list[Element], int]:
        """Return the sides' names over the names of the days."""
        names = [wrapped(s.name, self.on.pixels * self._cell * _DAYS // ALL, bold=True) for s in self._strips]
        parts: list[Element] = []
        for number, lines in enumerate(names):
            parts += self.on.lines(self._left(number), top + 12, lines, "bold", "ink")
        top += LINE * max(map(len, names))
        for number in range(len(names)):
            for day, name in enumerate(self.words.weekdays):
                at = self._left(number) + self._cell * day + self._cell // 2
                parts.append(self.on.text(at, top + 12, name, "muted"))
        return parts, top + LINE + 2

    def _mondays(self) -> list[date]:
        start = self.counts.first - timedelta(self.counts.first.weekday())
        return [start + timedelta(n) for n in range(0, (self.counts.last - start).days + 1, _DAYS)]

    def _shown(self, monday: date) -> list[date]:
        """Return the days of a week that the figure covers."""
        week = (monday + timedelta(n) for n in range(_DAYS))
        return [day for day in week if self.counts.first <= day <= self.counts.last]

    def _left(self, number: int) -> int:
        return _MARGIN + number * ((ALL - _MARGIN) // self.beside)

    def _week(self, number: int, monday: date, top: int, height: int) -> Iterator[Element]:
        colour = side(self.first + number)
        known, within = self._known[number], self._spanned[number]
        for day in self._shown(monday):
            start = self._left(number) + day.weekday() * self._cell
            end = start + self._cell - 20
            if day >= self.counts.since:
                yield self.on.rect(start, end + 20, top, height + 1, "soft")
            for place, count in enumerate(known.get(day, ())):
                yield self._count(count, start, end, top + place * _ROW, colour)
            if day not in known and day not in within:
                yield self.on.level(start + 20, end - 20, top + _ROW // 2, "ticks", thick=_ROW // 2)
        yield from self._spans(number, monday, top + height + 1)

    def _count(self, count: Count, start: int, end: int, top: int, colour: int) -> Element:
        """Return a figure in its cell; zero has a dash below it."""
        step = tint(count.value)
        if step:
            cell = self.on.rect(start, end, top, _ROW - 1, f"side{colour}", f"tint{step}")
        else:
            middle = (start + end) // 2
            cell = self.on.rect(middle - 120, middle + 120, top + _ROW - 3, 2, "ink")
        figure = self.on.text((start + end) // 2, top + 12, str(count.value), "bold", "ink")
        return self.on.linked(count.anchor, count.label, cell, figure)

    def _spans(self, number: int, monday: date, top: int) -> Iterator[Element]:
        """Yield the part of each count of several days that lies in a week, below its cells."""
        colour = side(self.first + number)
        for span, days, height in self._lying(self._strips[number], monday):
            start = self._left(number) + days[0].weekday() * self._cell
            end = self._left(number) + days[-1].weekday() * self._cell + self._cell - 20
            parts = [self.on.level(start, end, top + 2, f"ticks{colour}", thick=4)]
            if height > LINE:
                parts.append(self._worded(number, span.text, (start + end) // 2, top + LINE + 2))
            yield self.on.linked(span.anchor, span.label, *parts)
            top += height

    def _worded(self, number: int, text: str, middle: int, y: int) -> Element:
        """Return the words of a count of several days, within the side's own columns where they fit."""
        half = self.on.share(width_of(text, bold=True)) // 2
        left, right = self._left(number), self._left(number) + self._cell * _DAYS
        if middle - half < left and left + 2 * half <= ALL:
            return self.on.text(left, y, text, "bold", "ink", anchor="start")
        if middle + half > right:
            return self.on.text(right, y, text, "bold", "ink", anchor="end")
        return self.on.text(middle, y, text, "bold", "ink")

    def _longest(self, first: date, last: date) -> date:
        """Return the week that holds most days of a span, the first of several."""
        return max(self._mondays(), key=lambda m: sum(first <= day <= last for day in self._shown(m)))

    def _events(self, monday: date, top: int, height: int) -> Iterator[Element]:
        for event in self.counts.events:
            if event.day in self._shown(monday):
                for number in range(len(self._strips)):
                    at = self._left(number) + event.day.weekday() * self._cell - 10
                    yield self.on.upright(at, top - 1, top + height + 1, "event")
