"""Every count of a day since the beginning, as points on stems: never joined, so no day is invented."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.reporting.figures.counts import side
from ceasefire.reporting.figures.days import Days, bands, event_words, shown_events
from ceasefire.reporting.figures.markup import element
from ceasefire.reporting.figures.medium import ALL, LINE, SCREEN, lanes, width_of, wrapped
from ceasefire.reporting.figures.words import ENGLISH
from ceasefire.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ceasefire.reporting.figures.counts import Count, Counts, Strip
    from ceasefire.reporting.figures.markup import Element, Markup
    from ceasefire.reporting.figures.medium import Medium
    from ceasefire.reporting.figures.words import Words

_TALL: Final = 56
#: Fewer lines than this are drawn across.
_LINES: Final = 4


def since_beginning(counts: Counts, *, on: Medium = SCREEN, words: Words = ENGLISH) -> Markup:
    """Return the strips of all sides from the first day on, the period of the report shaded."""
    margin = on.share(width_of(str(counts.most)) + 6)
    days = Days(on, counts.first, counts.last, margin)
    return _Drawing(counts=counts, days=days, on=on, words=words).drawn()


class _Drawing(Value, kw_only=True):
    counts: Counts
    days: Days
    on: Medium
    words: Words

    def drawn(self) -> Markup:
        events, head = event_words(self.counts, self.days)
        top, strips = head, []
        for number, strip in enumerate(self.counts.strips):
            parts, top = self._strip(strip, side(number), top)
            strips += parts
        since = self.days.edge(self.counts.since)
        shade = [self.on.rect(since, ALL, head, top - head, "soft")] if since < ALL else []
        months = [
            self.on.upright(self.days.edge(d), head, top, "grid") for d in self.counts.days if d.day == 1
        ]
        edges = [self.days.edge(event.day) for event in shown_events(self.counts)]
        lines = [self.on.upright(at, head, top, "event") for at in edges]
        height = top + 2 * LINE + 4
        return self.on.svg(
            height, self.counts.label, *shade, *months, *lines, *events, *strips, *self._axis(top)
        )

    def _strip(self, strip: Strip, colour: int, top: int) -> tuple[list[Element], int]:
        """Return one side's strip, and where it ends."""
        name = wrapped(strip.name, self.on.pixels, bold=True)
        parts = self.on.lines(0, top + 12, name, "bold", "ink", "halo")
        above, top = bands(strip, colour, self.days, top + LINE * len(name))
        base = top + _TALL + 8
        parts += [*above, *self._grid(base)]
        for count in strip.counts:
            if self.counts.first <= count.day <= self.counts.last:
                parts.append(self._point(count, colour, base))
        return parts, base + 6

    def _grid(self, base: int) -> Iterator[Element]:
        """Yield the line of zero, and lines at round figures."""
        yield self.on.level(self.days.margin, ALL, base, "axis")
        step = _step(self.counts.most)
        for value in range(0, self.counts.most + 1, step):
            y = base - self._tall(value)
            if value:
                yield self.on.level(self.days.margin, ALL, y, "grid")
            yield self.on.text(0, y + 4, str(value), "muted", anchor="start")

    def _tall(self, value: int) -> int:
        return value * _TALL // self.counts.most

    def _point(self, count: Count, colour: int, base: int) -> Element:
        """Return a point on its stem; zero is a flat dash."""
        at = self.days.middle(count.day)
        if not count.value:
            dash = element("rect", x=-3, y=-2, width=6, height=2, **self.on.role("ink"))
            return self.on.linked(count.anchor, count.label, self.on.glyph(at, base, dash), tip=True)
        y = base - max(self._tall(count.value), 2)
        stem = self.on.upright(at, y, base, f"stem{colour}")
        point = element("circle", cx=self.on.place(at), cy=y, r=3, **self.on.role(f"side{colour}"))
        return self.on.linked(count.anchor, count.label, stem, point, tip=True)

    def _axis(self, top: int) -> Iterator[Element]:
        """Yield the months that have room, and below them the years."""
        firsts = [day for n, day in enumerate(self.counts.days) if n == 0 or day.day == 1]
        years = [day for n, day in enumerate(firsts) if n == 0 or day.month == 1]
        for row, (days, name) in enumerate(((firsts, self.words.month), (years, lambda day: str(day.year)))):
            labels = [(self.days.edge(day), name(day)) for day in days]
            spans = [(at, at + self.on.share(width_of(text) + 8)) for at, text in labels]
            # The latest first: where two have no room, the later has more days.
            for (at, text), span, lane in zip(labels[::-1], spans[::-1], lanes(spans[::-1]), strict=True):
                if lane == 0 and span[1] <= ALL:
                    yield self.on.text(at, top + 12 + row * LINE, text, "muted", anchor="start")


def _step(most: int) -> int:
    """Return the least of 1, 2, 5, 10, … that makes fewer than four lines."""
    power = 1
    while True:
        for step in (power, 2 * power, 5 * power):
            if most // step < _LINES:
                return step
        power *= 10
