"""Lines of a terminal: texts in columns, wrapped at blanks; nothing that steers it.

A sign of East Asia takes two columns, a mark on a letter none (Unicode Standard Annex 11).
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from ceasefire.reporting.document import plain
from ceasefire.visible import columns, isolates_closed, visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire.reporting.document import Words


def spoken(said: Words | str) -> str:
    """Return words on one line, as text alone."""
    return visible(said if isinstance(said, str) else plain(said))


def room(text: str) -> int:
    """Return how many columns a visible text takes."""
    if text.isascii():
        return len(text)
    broad = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return columns(text) + broad - sum(unicodedata.category(c) == "Mn" for c in text)


def filled(text: str, width: int, *, end: bool = False) -> str:
    """Return a text with blanks behind it, or before it, up to a width."""
    blanks = " " * (width - room(text))
    return blanks + text if end else text + blanks


def wrapped(text: str, width: int, *, first: str = "", rest: str = "") -> list[str]:
    """Return a text in lines no wider than so many columns; a longer word is broken.

    `first` stands before the first line, `rest` before all others.
    """
    lines, line = [], first
    begun = False
    for word in text.split():
        if begun and room(line) + 1 + room(word) > width:
            lines.append(line)
            line, begun = rest, False
        line += f" {word}" if begun else word
        begun = True
        while room(line) > width:
            at = _fits(line, width, max(len(rest), 1))
            lines.append(line[:at])
            line = rest + line[at:]
    before = [first, *(rest for _ in lines)]
    said = isolates_closed(one[len(start) :] for start, one in zip(before, (*lines, line), strict=True))
    return [start + one for start, one in zip(before, said, strict=True)]


def _fits(line: str, width: int, least: int) -> int:
    """Return how many characters of a line fit; always more than stand before every line."""
    taken = 0
    for at, character in enumerate(line):
        taken += room(character)
        if taken > width and at > least:
            return at
    return len(line)


def side_by_side(left: list[str], right: list[str], width: int) -> list[str]:
    """Return two lists of lines beside each other, the left one so wide."""
    count = max(len(left), len(right))
    pairs = zip(left + [""] * (count - len(left)), right + [""] * (count - len(right)), strict=True)
    return [f"{filled(one, width)}{other}".rstrip() for one, other in pairs]


def grid(rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Return rows in columns, the first from its start, figures to their end."""
    cells = list(rows)
    widths = [max(room(row[n]) for row in cells) for n in range(len(cells[0]))]
    return [
        " ".join(
            filled(text, wide, end=n > 0) for n, (text, wide) in enumerate(zip(row, widths, strict=True))
        )
        for row in cells
    ]
