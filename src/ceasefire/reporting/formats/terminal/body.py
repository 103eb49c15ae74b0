"""The body of a report as lines of text: headings, paragraphs, rows of tables as lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.reporting.document import (
    Beside,
    Bullets,
    Card,
    Facts,
    Figure,
    Fold,
    Note,
    Paragraph,
    Table,
    Tiles,
    Timeline,
)
from ceasefire.reporting.formats.terminal.lines import grid, room, spoken, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ceasefire.reporting.document import Block, Section, Words

_UNDER: Final = "─"


def body(sections: Iterable[Section], width: int) -> list[str]:
    """Return sections as lines, each with its heading."""
    return [line for section in sections for line in _section(section, width)]


def _section(section: Section, width: int) -> Iterator[str]:
    title = spoken(f"{section.title} – {section.aside}" if section.aside else section.title)
    lines = wrapped(title, width)
    yield from ("", *lines, _UNDER * min(width, max(map(room, lines))))
    for block in section.blocks:
        yield from lines_of(block, width)
    for part in section.subsections:
        yield from _section(part, width)


def lines_of(block: Block, width: int) -> list[str]:
    """Return a block as lines."""
    return list(_lines(block, width))


def _lines(block: Block, width: int) -> Iterator[str]:  # noqa: C901, PLR0912 – a kind of block each
    match block:
        case Paragraph(said) | Note(said):
            yield from wrapped(spoken(said), width)
        case Facts(pairs):
            yield from _facts(pairs, width)
        case Bullets():
            yield from _listed((item.words for item in block.items), width)
        case Tiles(tiles):
            yield from _facts(((tile.label, (*tile.figure, *sum(tile.beside, ()))) for tile in tiles), width)
        case Table():
            yield from _table(block, width)
        case Figure():
            yield from wrapped(spoken(block.caption), width)
            yield from _listed(block.lines, width)
        case Timeline():
            yield from _listed((said for said, _ in block.rows), width)
        case Card():
            yield from wrapped(spoken(block.title), width, first="■ ", rest="  ")
            yield from (f"  {line}" for line in _facts(block.facts, width - 2))
            for number, step in enumerate(block.steps, 1):
                yield from wrapped(spoken(step), width, first=f"  {number}. ", rest="     ")
        case Fold(printed=printed) if printed:
            yield from wrapped(spoken(printed), width)
        case Fold():
            yield from wrapped(spoken(block.summary), width)
            for inner in block.blocks:
                yield from _lines(inner, width)
        case Beside():
            for inner in (one for column in block.blocks for one in column):
                yield from _lines(inner, width)


def _facts(pairs: Iterable[tuple[str, Words]], width: int) -> Iterator[str]:
    for term, said in pairs:
        yield from wrapped(f"{spoken(term)}: {spoken(said)}", width, rest="  ")


def _listed(several: Iterable[Words], width: int) -> Iterator[str]:
    for said in several:
        yield from wrapped(spoken(said), width, first="- ", rest="  ")


def _table(table: Table, width: int) -> Iterator[str]:
    """Yield a table in columns where it has room, else each row as a list of what its cells say."""
    yield from wrapped(spoken(table.caption), width)
    titles = tuple(spoken(column.title) for column in table.columns)
    rows = [tuple(map(spoken, row.cells)) for row in table.rows]
    shown = grid([titles, *rows])
    if max(map(room, shown)) <= width and table.kind == "figures":
        yield from shown
        return
    for first, *others in rows:
        yield from wrapped(first, width, first="- ", rest="  ")
        for title, said in zip(titles[1:], others, strict=True):
            yield from wrapped(f"{title}: {said}", width, first="  ", rest="    ")
