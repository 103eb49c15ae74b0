"""Page one: always one printed sheet, always in one order; what does not fit goes to the body.

Cut are first rows of the line of obligations, then the line, then the strips; never the band,
the title, the bullets and the key figures (docs/reports.md, "Page one"). No format is asked
how high anything is: heights are estimated, on the safe side, in points of a sheet of A4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from ceasefire.patterns import regex
from ceasefire.reporting import figures
from ceasefire.reporting.document import Bullets, Figure, Note, Tiles, Timeline, plain
from ceasefire.reporting.sections.band import line as first_line
from ceasefire.reporting.sections.band import title
from ceasefire.reporting.sections.brief import brief
from ceasefire.reporting.sections.line import MOST, line, lined
from ceasefire.reporting.sections.strips import strips
from ceasefire.reporting.sections.tiles import tiles
from ceasefire.reporting.words.drawing import figure_words

if TYPE_CHECKING:
    from ceasefire.reporting.document import Block, Section, Words
    from ceasefire.reporting.material.ledgers import Ledgers
    from ceasefire.reporting.material.material import Material

#: What a sheet of A4 holds in these estimates: they are a fourteenth above what is printed.
_SHEET: Final = 800
_HEIGHT: Final = regex(r' height="(\d+)"')
#: Characters of a line: of the sheet in three sizes, of a bullet, of a tile.
_TITLE, _LINE, _SMALL, _BULLET, _TILE = 50, 105, 130, 58, 25
#: Fewer rows than this are no line.
_FEWEST: Final = 2


def front(material: Material, ledgers: Ledgers) -> tuple[tuple[Section, ...], tuple[Section, ...]]:
    """Return the sections of page one, and those that have no room there."""
    first = (brief(material, ledgers), tiles(material, ledgers))
    drawn = strips(material, ledgers)
    used = _head(material) + max(_height(section, material) for section in first)
    moved: list[Section] = []
    shown = [*first]
    if not drawn.empty:
        height = _height(drawn, material)
        fits = used + height <= _SHEET
        (shown if fits else moved).append(drawn)
        used += height if fits else 0
    found = lined(material)
    for most in range(MOST, 0, -1):
        rows = line(found, most, material)
        if rows.empty:
            break
        if used + _height(rows, material) <= _SHEET and (most >= _FEWEST or _all(rows)):
            shown.append(rows)
            break
    else:
        moved.append(line(found, MOST, material))
    return tuple(shown), tuple(moved)


def _all(section: Section) -> bool:
    """Tell whether a line shows every row there is."""
    return not any(isinstance(block, Note) for block in section.blocks)


def _lines(said: Words | str, width: int) -> int:
    text = said if isinstance(said, str) else plain(said)
    return max(1, -(-len(text) // width))


def _head(material: Material) -> int:
    return 34 + 18 * _lines(title(material), _TITLE) + 14 * _lines(first_line(material), _LINE)


def _height(section: Section, material: Material) -> int:
    """Return about how high a section is printed, in points."""
    heading = 0 if section.quiet else 20 if section.id in ("brief", "key-figures") else 32
    return heading + sum(_block(block, material) for block in section.blocks)


def _block(block: Block, material: Material) -> int:
    match block:
        case Bullets():
            return sum(5 + 14 * _lines(item.words, _BULLET) for item in block.items)
        case Tiles(several):
            heights = [
                25 + 15 * _lines(tile.figure, 16) + sum(11 * _lines(said, _TILE) for said in tile.beside)
                for tile in several
            ]
            return sum(max(pair) for pair in zip(heights[::2], [*heights[1::2], 0], strict=False))
        case Figure():
            return 24 + sum(_drawing(one.of, material) for one in block.drawings)
        case Timeline():
            rows = sum(13 + 13 * _lines(said, _LINE) for said, _ in block.rows)
            key = sum(len(said) + 5 for _, said in block.key)
            return 42 + rows + 13 * _lines("-" * key, _SMALL)
        case Note(said):
            return 6 + 11 * _lines(said, _SMALL)
        case _:
            return 20


def _drawing(counts: object, material: Material) -> int:
    """Return how high a drawing of counts is: it says so itself, in pixels, as a page draws it."""
    if not isinstance(counts, figures.Counts):
        return 0
    on = replace(figures.SCREEN, rtl=material.vocabulary.direction == "rtl")
    found = _HEIGHT.search(figures.daily_counts(counts, on=on, words=figure_words(material.days)))
    return 0 if found is None else int(found[1]) * 3 // 4
