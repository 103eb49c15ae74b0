"""A report as lines for a terminal: page one at a glance, on at most 40 lines.

Without colours and without a package that draws: the words say all, and a pipe, a log
and an e-mail get the same lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from ceasefire.errors import ReportError, quoted
from ceasefire.reporting.document import Bullets, Figure, Tiles, Timeline
from ceasefire.reporting.figures import Counts
from ceasefire.reporting.formats.terminal.body import body, lines_of
from ceasefire.reporting.formats.terminal.counts import days
from ceasefire.reporting.formats.terminal.lines import room, side_by_side, spoken, wrapped
from ceasefire.values import Value

if TYPE_CHECKING:
    from ceasefire.reporting.document import Block, Document, Section, Tile

_MOST: Final = 40
_NARROWEST: Final = 40
_WIDEST: Final = 10_000
_GUTTER: Final = 2


class _Part(Value, kw_only=True):
    """Lines of a block: what stands above, and its items, of which the last may be left out."""

    above: tuple[str, ...] = ()
    items: tuple[tuple[str, ...], ...]
    #: How many of them always stay, and which part is shortened first.
    least: int
    turn: int = 0
    left_out: int = 0

    @property
    def lines(self) -> list[str]:
        if not self.items and not self.left_out:
            return []
        more = [f"… +{self.left_out}"] if self.left_out else []
        return [*self.above, *(line for item in self.items for line in item), *more]


def to_terminal(document: Document, width: int = 80, *, whole: bool = False) -> str:
    """Return the report as lines of text; with `whole` all of page one, and the body.

    A width under 40 columns is taken as 40.
    """
    if isinstance(width, bool) or not isinstance(width, int) or width > _WIDEST:
        raise ReportError(f"{quoted(width)} is no width in columns: write a whole number, such as 80")
    wide = max(width, _NARROWEST)
    head = _head(document, wide)
    parts = [_part(section, block, wide) for section in document.front for block in section.blocks]
    if not whole:
        parts = _shortened(parts, _MOST - len(head))
    lines = head + [line for part in parts for line in part.lines]
    if whole:
        lines += body(document.body, wide)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _head(document: Document, width: int) -> list[str]:
    title, band = spoken(document.title), spoken(document.band)
    between = width - room(title) - room(band)
    first = [title + " " * between + band] if between > 1 else [*wrapped(title, width), *wrapped(band, width)]
    return first + wrapped(spoken(document.line), width)


def _shortened(parts: list[_Part], most: int) -> list[_Part]:
    """Return parts of at most so many lines in all, if leaving out what may be left out allows it."""
    shown = list(parts)
    for turn in (1, 2, 3):
        for n in range(len(shown) - 1, -1, -1):
            while (
                sum(len(part.lines) for part in shown) > most
                and shown[n].turn == turn
                and len(shown[n].items) > shown[n].least
            ):
                part = shown[n]
                shown[n] = replace(part, items=part.items[:-1], left_out=part.left_out + 1)
    return shown


def _part(section: Section, block: Block, width: int) -> _Part:
    match block:
        case Bullets():
            items = (wrapped(spoken(item.words), width, first="● ", rest="  ") for item in block.items)
            return _Part(items=tuple(map(tuple, items)), least=3, turn=3)
        case Tiles(tiles):
            return _Part(items=tuple(map(tuple, _pairs(tiles, width))), least=0, turn=2)
        case Timeline():
            rows = (wrapped(spoken(said), width, first="  ", rest="    ") for said, _ in block.rows)
            above = (spoken(section.title),)
            return _Part(above=above, items=tuple(map(tuple, rows)), least=1, turn=1)
        case Figure():
            return _Part(items=(tuple(_figure(block, width)),), least=1)
        case _:
            return _Part(items=(tuple(lines_of(block, width)),), least=1)


def _pairs(tiles: tuple[Tile, ...], width: int) -> list[list[str]]:
    """Return the key figures in two columns, a pair of them an item."""
    half = (width - _GUTTER) // 2
    cells = [wrapped(_tile(tile), half, rest="  ") for tile in tiles]
    left, right = cells[::2], [*cells[1::2], *([[]] if len(cells) % 2 else [])]
    return [side_by_side(one, other, half + _GUTTER) for one, other in zip(left, right, strict=True)]


def _tile(tile: Tile) -> str:
    return f"{spoken(tile.label)}: {'; '.join(spoken(said) for said in (tile.figure, *tile.beside))}"


def _figure(figure: Figure, width: int) -> list[str]:
    """Return the strips as figures by day, where they have room; else as they are told in words."""
    strips = [line for one in figure.drawings if isinstance(one.of, Counts) for line in days(one.of, width)]
    return strips or lines_of(figure, width)
