"""How wide the columns of a table of words are on paper: as browsers share a width among columns.

Each column gets the room of its longest word, and the rest goes to those that would be
wider, by how much wider they would be (CSS 2.1, 17.5.2.2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.reporting.document import plain
from ceasefire.visible import visible

if TYPE_CHECKING:
    from ceasefire.reporting.document import Table

#: Estimated width of a character in points, at the size of tables; longer words may be broken.
_CHARACTER: Final = 4
_LONGEST_WORD: Final = 24
#: What names a row, such as a day, is not broken up to so many characters.
_LONGEST_NAME: Final = 16
#: The longest text that is given room for itself: nobody reads a longer line.
_LONGEST_LINE: Final = 160
#: The room left and right of a cell's words.
_PADDING: Final = 8


def widths(table: Table, width: int) -> list[int]:
    """Return the shares of the columns in a width in points; none where each has the room it would like."""
    cells = [[column.title] for column in table.columns]
    for row in table.rows:
        for texts, cell in zip(cells, row.cells, strict=True):
            texts.append(visible(plain(cell)))
    least = [_room(_words(texts, names=n == 0)) for n, texts in enumerate(cells)]
    most = [max(small, _wanted(texts)) for small, texts in zip(least, cells, strict=True)]
    spare, wish = width - sum(least), sum(most) - sum(least)
    if wish <= spare:
        return []
    return [
        small + max(spare, 0) * (large - small) // max(wish, 1)
        for small, large in zip(least, most, strict=True)
    ]


def _words(texts: list[str], *, names: bool) -> list[str]:
    """Return what is not broken in the cells of a column."""
    return [
        whole
        for text in texts
        for whole in ([text] if names and len(text) <= _LONGEST_NAME else text.split())
    ]


def _room(unbroken: list[str]) -> int:
    return min(max(map(len, unbroken), default=1), _LONGEST_WORD) * _CHARACTER + _PADDING


def _wanted(texts: list[str]) -> int:
    return min(max(map(len, texts)), _LONGEST_LINE) * _CHARACTER + _PADDING
