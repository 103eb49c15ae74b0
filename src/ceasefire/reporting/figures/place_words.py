"""The words of places on a map: in their shape where they have room, else in the margin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.reporting.figures.medium import width_of, wrapped
from ceasefire.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable

LINE_OF_MAP: Final = 12
_GAP: Final = 4


class Place(Value, kw_only=True):
    """A place as a side's counts name it."""

    name: str
    #: Ids of the outlines it consists of; none where it covers one only in part.
    outlines: tuple[str, ...]
    #: On how many days with a count it was named.
    named: int
    #: The counts, in order of days; they are not added.
    figures: tuple[int, ...] = ()
    #: The id of its row's place in the page.
    anchor: str = ""
    #: Name, days and figures, in words.
    label: str


class Label(Value, kw_only=True):
    """The words of a place, and where its shape has most room for them, in tenths of a pixel."""

    place: Place
    figures: tuple[str, ...]
    name: str
    x: int
    y: int
    room: int

    @property
    def fits(self) -> bool:
        """Whether the figures have room in the shape; the name may go over its border, as it has a halo."""
        return 10 * self._figures * 4 <= self.room * 5 and 10 * width_of(self.name) * 4 <= self.room * 9

    @property
    def _figures(self) -> int:
        return max((width_of(line, bold=True) for line in self.figures), default=0)

    @property
    def _width(self) -> int:
        return 10 * max(width_of(self.name), self._figures)

    def meets(self, other: Label) -> bool:
        """Tell whether these words would lie on those of another place."""
        tall = 5 * LINE_OF_MAP * (len(self.figures) + len(other.figures) + 2)
        return abs(self.y - other.y) < tall and 2 * abs(self.x - other.x) < self._width + other._width


def parted(labels: Iterable[Label]) -> tuple[list[Label], list[Label]]:
    """Return the labels that stand in their shapes, those with most room first, and those that do not."""
    inside: list[Label] = []
    beside: list[Label] = []
    for label in sorted(labels, key=lambda one: -one.room):
        clear = label.fits and not any(label.meets(other) for other in inside)
        (inside if clear else beside).append(label)
    return inside, beside


def in_margin(labels: Iterable[Label], width: int, height: int) -> list[tuple[Label, tuple[str, ...], int]]:
    """Return labels from the top, their lines, and where they begin: near their shapes, none on another.

    `width` and `height` are those of the margin, in pixels; where all take more, they go beyond.
    """
    ordered = sorted(labels, key=lambda label: (label.y, label.x))
    lines = [(*label.figures, *wrapped(label.name, width)) for label in ordered]
    heights = [LINE_OF_MAP * len(several) + _GAP for several in lines]
    tops: list[int] = []
    free = 0
    for label, tall in zip(ordered, heights, strict=True):
        tops.append(max(free, label.y // 10 - tall // 2))
        free = tops[-1] + tall
    limit = max(height, sum(heights))
    for number in reversed(range(len(tops))):  # what was pushed beyond the end goes up again
        tops[number] = min(tops[number], limit - heights[number])
        limit = tops[number]
    return list(zip(ordered, lines, tops, strict=True))
