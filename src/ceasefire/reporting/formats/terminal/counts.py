"""Daily counts for a terminal: a line a side, a column a day, a dot where no count is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.reporting.figures.counts import by_day
from ceasefire.reporting.formats.terminal.lines import filled, room, spoken, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ceasefire.reporting.figures import Counts, Strip

_NO_COUNT: Final = "·"
_BEFORE: Final = "│"


def days(counts: Counts, width: int) -> list[str]:
    """Return the strips of several sides over the same days; nothing where a line has no room for them."""
    cells = [[_cell(strip, day) for day in counts.days] for strip in counts.strips]
    broad = max((room(cell) for row in cells for cell in row), default=1)
    each = max(broad, 2) + 1
    names = [spoken(strip.name) for strip in counts.strips]
    start = max(map(room, names), default=0)
    if start + each * len(counts.days) + 1 > width:
        return []
    head = _row("", [str(day.day) for day in counts.days], counts, (start, each))
    rows = [_row(name, row, counts, (start, each)) for name, row in zip(names, cells, strict=True)]
    return [head, *rows, *(line for said in _spans(counts) for line in wrapped(said, width, rest="  "))]


def _cell(strip: Strip, day: date) -> str:
    """Return what a side published of a day: one figure, several of them, or that there is none."""
    return "/".join(str(count.value) for count in by_day(strip).get(day, ())) or _NO_COUNT


def _row(name: str, cells: list[str], counts: Counts, widths: tuple[int, int]) -> str:
    start, each = widths
    line = filled(name, start)
    for day, cell in zip(counts.days, cells, strict=True):
        line += _BEFORE if day == counts.since and day != counts.first else ""
        line += filled(cell, each, end=True)
    return line


def _spans(counts: Counts) -> Iterator[str]:
    """Yield the counts of several days, which belong to no one of them."""
    for strip in counts.strips:
        for span in strip.spans:
            if span.last >= counts.first and span.first <= counts.last:
                yield spoken(span.label)
