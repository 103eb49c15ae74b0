"""Outlines as shapes on a sheet: projected, joined, hatched, and where words have room in them.

All arithmetic is of integers, tenths of a pixel, so that the same outlines give the same
drawing everywhere.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from ceasefire.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ceasefire.instruments.outlines import Outline, Point, Ring

#: The cosine of 35°, in ten-thousandths: how much shorter a degree of longitude is there.
_SHORTER: Final = 8192
_WHOLE: Final = 10_000
#: Height of the band that words need, and how finely a place for them is sought: tenths of a pixel.
_BAND: Final = 160
_FINE: Final = 40


class Sheet(Value):
    """What all maps of one set of outlines share, so that they can be laid side by side."""

    west: int
    north: int
    #: How many units of the ground are as wide as the map, and how many tenths of a pixel that is.
    across: int
    width: int
    height: int
    left: int

    def ring(self, ring: Ring) -> Ring:
        """Return a ring on the sheet."""
        return tuple(
            (
                self.left + (x * _SHORTER // _WHOLE - self.west) * self.width // self.across,
                (self.north - y) * self.width // self.across,
            )
            for x, y in ring
        )


def sheet(outlines: Iterable[Outline], width: int, left: int) -> Sheet:
    """Return a sheet on which all outlines have room: a width and a left margin in tenths of a pixel."""
    points = [(x * _SHORTER // _WHOLE, y) for one in outlines for ring in one.rings for x, y in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    across = max(east - west, 1)
    return Sheet(west, north, across, width, (north - south) * width // across, left)


def border(rings: Iterable[Ring]) -> list[list[Point]]:
    """Return the lines round several shapes as one: an edge that two of them share is none of it."""
    seen = Counter(frozenset(edge) for ring in rings for edge in pairwise(ring))
    lines: list[list[Point]] = []
    for ring in rings:
        for start, end in pairwise(ring):
            if seen[frozenset((start, end))] > 1:
                continue
            if lines and lines[-1][-1] == start:
                lines[-1].append(end)
            else:
                lines.append([start, end])
    return lines


def crossings(rings: Sequence[Ring], y: int) -> list[tuple[int, int]]:
    """Return the parts of a level line that lie inside, from the left."""
    found = []
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 <= y) != (y2 <= y):
                found.append(x1 + (x2 - x1) * (y - y1) // (y2 - y1))
    found.sort()
    return list(zip(found[::2], found[1::2], strict=False))


def roomiest(rings: Sequence[Ring]) -> tuple[int, int, int]:
    """Return where words have most room inside: the middle, across and down, and how wide it is."""
    levels = [y for ring in rings for _, y in ring]
    top, bottom = min(levels), max(levels)
    best = (0, -1, 0)
    for y in range(top + 1, bottom, _FINE):
        for part in crossings(rings, y):
            left, right = _narrowed(_narrowed(part, rings, y - _BAND // 2), rings, y + _BAND // 2)
            if right - left > best[2]:
                best = ((left + right) // 2, y, right - left)
    return best if best[1] >= 0 else _middle(rings, (top + bottom) // 2)


def _narrowed(part: tuple[int, int], rings: Sequence[Ring], y: int) -> tuple[int, int]:
    """Return what of a part of one level is inside at another level, too: the widest piece, or nothing."""
    left, right = part
    shared = [(max(a, left), min(b, right)) for a, b in crossings(rings, y) if a < right and left < b]
    return max(shared, key=lambda piece: piece[1] - piece[0], default=(left, left))


def _middle(rings: Sequence[Ring], y: int) -> tuple[int, int, int]:
    """Return the middle of a shape too flat for words."""
    left, right = max(crossings(rings, y), key=lambda part: part[1] - part[0], default=rings[0][0])
    return (left + right) // 2, y, 0


def path(lines: Iterable[Sequence[Point]], *, closed: bool = False) -> str:
    """Return lines as the data of a path."""
    end = "Z" if closed else ""
    return "".join("M" + "L".join(f"{tenths(x)} {tenths(y)}" for x, y in line) + end for line in lines)


def tenths(number: int) -> str:
    """Return a number of tenths as a decimal."""
    sign, number = ("-", -number) if number < 0 else ("", number)
    whole, rest = divmod(number, 10)
    return f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}"
