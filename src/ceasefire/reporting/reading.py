"""What stands in a document: its blocks and words in the order of reading, and the ids that links lead to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ceasefire.patterns import regex
from ceasefire.reporting.document import (
    At,
    Beside,
    Bullets,
    Card,
    Counted,
    Facts,
    Figure,
    Fold,
    Note,
    Paragraph,
    Ref,
    Table,
    Tiles,
    Timeline,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ceasefire.reporting.document import Block, Document, Section, Words


def blocks_of(section: Section) -> Iterator[Block]:
    """Yield every block of a section in the order of reading, those within others too."""
    for block in section.blocks:
        yield from _within(block)
    for part in section.subsections:
        yield from blocks_of(part)


def _within(block: Block) -> Iterator[Block]:
    yield block
    inner: Iterable[Block] = ()
    if isinstance(block, Fold):
        inner = block.blocks
    elif isinstance(block, Beside):
        inner = (each for several in block.blocks for each in several)
    for each in inner:
        yield from _within(each)


_PLAIN: Final = regex(r"[A-Za-z0-9-]", re.ASCII)


def anchor(record: str) -> str:
    """Return the id of a record's place in a page: r-AUTHOR.NUMBER."""
    return f"r-{place(record)}"


def place(name: str) -> str:
    """Return the id of a section or commitment in a page, of which a part may come from a file."""
    return "".join(
        c
        if _PLAIN.fullmatch(c)
        else "."
        if c == "/"
        else "".join(f"_{b:02x}" for b in c.encode("utf-8", "replace"))
        for c in name
    )


def words_of(block: Block) -> Iterator[Words]:  # noqa: C901 – a kind of block each
    """Yield the words of a block itself, not of the blocks in it, in the order of reading."""
    match block:
        case Paragraph(said) | Note(said):
            yield said
        case Facts(pairs):
            yield from (said for _, said in pairs)
        case Bullets():
            yield from (item.words for item in block.items)
        case Tiles(tiles):
            for tile in tiles:
                yield from (tile.figure, *tile.beside)
        case Table():
            yield from (cell for row in block.rows for cell in row.cells)
        case Figure():
            yield from block.lines
        case Timeline():
            yield from (said for said, _ in block.rows)
        case Card():
            yield from (block.title, *(said for _, said in block.facts), *block.steps)
        case Fold():
            yield from (block.summary, block.printed)
        case Beside():
            pass


def texts_of(sections: Iterable[Section]) -> Iterator[str]:
    """Yield the text of every piece of some sections: headings, terms, labels, words, what drawings say."""
    for section in sections:
        yield from (section.title, section.aside)
        yield from texts_of(section.subsections)
        for block in blocks_of(section):
            match block:
                case Facts(pairs):
                    yield from (term for term, _ in pairs)
                case Tiles(tiles):
                    yield from (tile.label for tile in tiles)
                case Table():
                    yield from (block.caption, *(column.title for column in block.columns))
                case Figure():
                    yield from (block.caption, block.aside, *(drawing.label for drawing in block.drawings))
                case Card():
                    yield from (term for term, _ in block.facts)
            for said in words_of(block):
                yield from (part if isinstance(part, str) else part.text for part in said)


def records_of(said: Words) -> tuple[str, ...]:
    """Return the ids of the records that words refer to, in the order of reading, each once."""
    found: list[str] = []
    for part in said:
        if isinstance(part, Ref):
            found += part.records or (part.record,)
        elif isinstance(part, At | Counted):
            found.append(part.record)
    return tuple(dict.fromkeys(found))


def told(document: Document) -> frozenset[str]:
    """Return the ids of the records that are told somewhere in it, to which references lead."""
    return frozenset(
        part.record
        for section in document.sections
        for block in blocks_of(section)
        for said in words_of(block)
        for part in said
        if isinstance(part, At)
    )


def places(document: Document) -> frozenset[str]:
    """Return the ids of its sections and items, to which links lead."""
    found: set[str] = set()
    stack = list(document.sections)
    while stack:
        section = stack.pop()
        found.add(section.id)
        stack += section.subsections
        for block in blocks_of(section):
            if isinstance(block, Bullets):
                found |= {item.id for item in block.items if item.id}
    return frozenset(found)
