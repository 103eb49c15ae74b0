"""Daily counts: a strip a side, same days and same scale, one above the other.

Nothing is joined, added or averaged. A bar is a published count with its figure; zero is a
flat dash; a day without a count is hatched. A count of several days stands above the bars, outside
their scale.
"""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ceasefire.reporting.figures.counts import by_day, side, spanned
from ceasefire.reporting.figures.days import Days, bands, event_words, shown_events
from ceasefire.reporting.figures.markup import element
from ceasefire.reporting.figures.medium import ALL, LINE, SCREEN, lanes, width_of, wrapped
from ceasefire.reporting.figures.weeks import calendar
from ceasefire.reporting.figures.words import ENGLISH
from ceasefire.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ceasefire.reporting.figures.counts import Count, Counts, Strip
    from ceasefire.reporting.figures.markup import Element, Markup
    from ceasefire.reporting.figures.medium import Medium
    from ceasefire.reporting.figures.words import Words

#: More days than this are a calendar of weeks.
_MOST_DAYS: Final = 31
_BAR: Final = 40
_HATCH: Final = 8
#: From so many days without a count on, the words are printed.
_RUN: Final = 4
#: The share of a day that its bars take, in hundredths.
_BROAD: Final = 60


@lru_cache(maxsize=16)  # page one is planned by how high it is, before a format draws it
def daily_counts(counts: Counts, *, on: Medium = SCREEN, words: Words = ENGLISH) -> Markup:
    """Return the strips of all sides; of more than 31 days, a calendar of weeks."""
    if len(counts.days) > _MOST_DAYS:
        return calendar(counts, on=on, words=words)
    return _Drawing(counts=counts, on=on, words=words).drawn()


class _Drawing(Value, kw_only=True):
    counts: Counts
    on: Medium
    words: Words

    @property
    def days(self) -> Days:
        return Days(self.on, self.counts.first, self.counts.last)

    def drawn(self) -> Markup:
        events, head = event_words(self.counts, self.days)
        top, strips = head, []
        for number, strip in enumerate(self.counts.strips):
            parts, top = self._strip(strip, side(number), top)
            strips += parts
        since = self.days.edge(self.counts.since)
        shade = [self.on.rect(since, ALL, head, top - head, "soft")] if since < ALL else []
        edges = [self.days.edge(event.day) for event in shown_events(self.counts)]
        lines = [self.on.upright(at, head, top, "event") for at in edges]
        axis, height = self._axis(top)
        return self.on.svg(height, self.counts.label, *shade, *lines, *events, *strips, *axis)

    def _strip(self, strip: Strip, colour: int, top: int) -> tuple[list[Element], int]:
        """Return one side's strip, and where it ends."""
        name = wrapped(strip.name, self.on.pixels, bold=True)
        parts = self.on.lines(0, top + 12, name, "bold", "ink", "halo")
        top += LINE * len(name)
        above, top = bands(strip, colour, self.days, top)
        parts += above
        room = max((_height(self._labels(day)) for day in by_day(strip).values()), default=LINE)
        base = top + max(room, LINE) + 4 + _BAR
        parts += self._hatched(strip, base)
        parts.append(self.on.level(0, ALL, base, "axis"))
        for day, several in by_day(strip).items():
            if self.counts.first <= day <= self.counts.last:
                parts += self._bars(several, colour, base)
        return parts, base + 4

    def _hatched(self, strip: Strip, base: int) -> Iterator[Element]:
        """Yield the days without a count, run by run."""
        known = by_day(strip).keys() | spanned(strip)
        run: list[date] = []
        for day in (*self.counts.days, None):
            if day is not None and day not in known:
                run.append(day)
                continue
            if run:
                start, end = self.days.run(run[0], run[-1])
                yield self.on.level(start, end, base - 1 - _HATCH // 2, "ticks", thick=_HATCH)
                if len(run) >= _RUN:
                    middle = (start + end) // 2
                    yield self.on.text(middle, base - _HATCH - 4, self.words.no_count, "muted")
            run = []

    def _upright(self) -> bool:
        """Tell whether figures are turned, as two of days side by side have no room."""
        room = self.on.pixels // len(self.counts.days)
        for strip in self.counts.strips:
            wide = {
                day: max(width_of(str(count.value), bold=True) for count in several)
                for day, several in by_day(strip).items()
            }
            if any((wide[d] + wide.get(d + timedelta(1), 0)) // 2 > room for d in wide):
                return True
        return False

    def _labels(self, several: list[Count]) -> list[tuple[int, int]]:
        """Return for each bar its height, and how far above the line its figure stands clear of others."""
        tall = [self._tall(count) for count in several]
        size = self._size(several)
        wide = self.on.pixels * _BROAD // (100 * len(self.counts.days) * len(several))
        narrow = len(several) > 1 and any(width_of(str(c.value), bold=True) > wide for c in several)
        found: list[tuple[int, int]] = []
        for height in tall:
            above = (max(tall) if narrow else height) + 3  # a figure wider than its bar would lie on the next
            for _, other in sorted(found, key=lambda pair: pair[1]):
                if abs(above - other) < size:
                    above = other + size
            found.append((height, above))
        return found

    def _tall(self, count: Count) -> int:
        return max(count.value * _BAR // self.counts.most, 2) if count.value else 2

    def _size(self, several: list[Count]) -> int:
        """Return how high the figures of a day are."""
        if not self._upright():
            return LINE - 3
        return max(width_of(str(count.value), bold=True) for count in several) + 3

    def _bars(self, several: list[Count], colour: int, base: int) -> Iterator[Element]:
        """Yield a day's bars: more than one are thin, side by side."""
        wide = self.days.pitch * _BROAD // 100 // len(several)
        left = self.days.middle(several[0].day) - wide * len(several) // 2
        gap = min(wide // 8, 15) if len(several) > 1 else 0
        for number, (count, (tall, above)) in enumerate(zip(several, self._labels(several), strict=True)):
            start = left + number * wide
            filling = f"side{colour}" if count.value else "ink"
            bar = self.on.rect(start + gap, start + wide - gap, base - tall, tall, filling)
            figure = self._figure(start + wide // 2, base - above, str(count.value))
            yield self.on.linked(count.anchor, count.label, bar, figure)

    def _figure(self, at: int, y: int, value: str) -> Element:
        if not self._upright():
            return self.on.text(at, y, value, "bold", "ink")
        text = element(
            "text", value, transform="rotate(-90)", x=0, y=4, direction="ltr", **self.on.role("bold", "ink")
        )
        return self.on.glyph(at, y, text)

    def _axis(self, top: int) -> tuple[list[Element], int]:
        """Return the numbers of the days, below them the months, and where all ends."""
        days = self.counts.days
        step = -(-(width_of("30") + 3) * len(days) // self.on.pixels)
        parts = [self.on.text(self.days.middle(d), top + 12, str(d.day), "muted") for d in days[::step]]
        months = [d for n, d in enumerate(days) if n == 0 or d.day == 1]
        spans = []
        for day in months:
            wide = self.on.share(width_of(self.words.month(day)) + 8)
            start = max(min(self.days.middle(day) - self.on.share(7), ALL - wide), 0)
            spans.append((start, start + wide))
        placed = lanes(spans[::-1])[::-1]  # where two do not fit, the later month, of which more is to come
        for (start, _), lane, day in zip(spans, placed, months, strict=True):
            if lane == 0:
                parts.append(
                    self.on.text(start, top + 12 + LINE, self.words.month(day), "muted", anchor="start")
                )
        return parts, top + 2 * LINE + 4


def _height(labels: list[tuple[int, int]]) -> int:
    """Return how much room the figures above the highest bar need."""
    return max(above for _, above in labels) - _BAR + LINE
