r"""A report as Markdown that any reader of CommonMark with tables shows alike.

Whatever comes from records and agreements is escaped, so that none of it can
become a heading, a table cell, a link, HTML or an entity. Only addresses we
checked (http, https) are links.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from ceasefire.patterns import regex
from ceasefire.reporting.document import (
    At,
    Beside,
    Bullets,
    Card,
    Code,
    Facts,
    Figure,
    Fold,
    Item,
    Link,
    Mark,
    Note,
    Paragraph,
    Ref,
    Strong,
    Table,
    Tiles,
    Timeline,
)
from ceasefire.visible import safe_address, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ceasefire.reporting.document import Block, Document, Inline, Section, Tile, Words

#: What means something anywhere in a line; &, < and > become entities, so that no tag is spelt out.
_ANYWHERE: Final = regex(r"([\\`*_{}\[\]#|~!$@^=])")
_ENTITIES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
#: What starts a block at the start of a line: a list, a rule, a heading's underline.
_AT_START: Final = regex(r"[-+]|\d{1,9}[.)]", re.ASCII)
_AUTOLINK: Final = regex(r"(https?|ftp|mailto|xmpp|www)[:.]", re.ASCII | re.IGNORECASE)
_ALIGN: Final = {"start": "---", "end": "---:", "centre": ":---:"}
#: What the commitments tell already, and opinions: after the first two pages.
_LATER: Final = frozenset({"due", "appraisals"})
#: Figures by place and day: the page and the data file have them, a text would be a column of numbers.
_LEFT_TO_PAGES: Final = frozenset({"places", "trend"})


def to_markdown(document: Document, *, brief: bool = False) -> str:
    """Return the report as Markdown, ending in one newline; without its annexes where it is to be brief."""
    blocks = [
        f"*{escaped(document.band)}. {escaped(document.made_from)}.*",
        f"# {escaped(document.title)}",
        _line(document.line),
    ]
    first = (*document.front, *document.body)
    for section in first:
        if section.id not in _LATER | _LEFT_TO_PAGES:
            blocks += _section(_shortened(section), 2)
    if not brief:
        blocks.append("---")
        for section in (*_put_off(first), *document.annexes):
            blocks += _section(section, 2)
    return "\n\n".join(blocks) + "\n"


def _shortened(section: Section) -> Section:
    """Return a section as the first two pages have room for it: of what is decided, the titles."""
    shut = tuple(block for block in section.blocks if isinstance(block, Card) and not block.open)
    if not shut:
        return section
    titles = Bullets(items=tuple(Item(words=card.title) for card in shut))
    rest = tuple(b for b in section.blocks if b not in shut and not isinstance(b, Fold))
    return replace(section, blocks=(*rest, titles))


def _put_off(sections: Iterable[Section]) -> Iterator[Section]:
    """Yield what had no room on the first two pages: whole sections, and what is decided in full."""
    for section in sections:
        if section.id in _LATER:
            yield section
        elif _shortened(section) is not section:
            shut = (b for b in section.blocks if isinstance(b, Fold) or (isinstance(b, Card) and not b.open))
            yield replace(section, aside="", blocks=tuple(shut))


def escaped(text: str) -> str:
    """Return a text in which nothing is markup."""
    safe = _ANYWHERE.sub(r"\\\1", visible(text).translate(_ENTITIES))
    # Readers of GitHub's dialect make links of bare addresses; ours come from `Link` alone.
    return _AUTOLINK.sub(_last_as_entity, safe)


def _section(section: Section, level: int) -> Iterator[str]:
    aside = f" – {escaped(section.aside)}" if section.aside else ""
    yield f"{'#' * min(level, 6)} {escaped(section.title)}{aside}"
    tables = sum(isinstance(block, Table) for block in section.blocks)
    for block in section.blocks:
        if isinstance(block, Table):
            yield from _table(block, captioned=tables > 1)  # else its section is called what it holds
        else:
            yield from _block(block, level)
    for part in section.subsections:
        yield from _section(part, level + 1)


def _block(block: Block, level: int) -> Iterator[str]:  # noqa: C901, PLR0912 – a kind of block each
    match block:
        case Paragraph(words) | Note(words):
            yield _line(words)
        case Facts(pairs):
            yield _facts(pairs)
        case Bullets():
            yield "\n".join(f"- {_line(item.words)}" for item in block.items)
        case Tiles(tiles):
            yield "\n".join(f"- {escaped(tile.label)}: {_tile(tile)}" for tile in tiles)
        case Table():
            yield from _table(block)
        case Figure():
            if block.lines:
                yield "\n".join(f"- {_line(line)}" for line in block.lines)
        case Timeline():
            yield "\n".join(f"- {_line(said)}" for said, _ in block.rows)
        case Card():
            yield from _card(block, level)
        case Fold(printed=printed) if printed:
            yield _line(printed)
        case Fold():
            yield f"{'#' * min(level + 1, 6)} {_inline(block.summary)}"
            for inner in block.blocks:
                yield from _block(inner, level + 1)
        case Beside():
            for several in block.blocks:
                for inner in several:
                    yield from _block(inner, level)


def _facts(pairs: Iterable[tuple[str, Words]]) -> str:
    return "\n".join(f"- {escaped(term)}: {_inline(said)}" for term, said in pairs)


def _tile(tile: Tile) -> str:
    return " · ".join([f"**{_inline(tile.figure)}**", *(_inline(beside) for beside in tile.beside)])


def _card(card: Card, level: int) -> Iterator[str]:
    yield f"{'#' * min(level + 1, 6)} {_inline(card.title)}"
    yield _facts(card.facts)
    if card.steps:
        yield "\n".join(f"{number}. {_line(step)}" for number, step in enumerate(card.steps, 1))


def _table(table: Table, *, captioned: bool = True) -> Iterator[str]:
    if captioned:
        yield f"**{escaped(table.caption)}**"
    lines = [
        _cells(escaped(column.title) for column in table.columns),
        _cells(_ALIGN[column.align] for column in table.columns),
        *(_cells(_inline(cell) for cell in row.cells) for row in table.rows),
    ]
    yield "\n".join(lines)


def _cells(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _line(words: Words) -> str:
    """Return words that stand at the start of a line, where more characters mean something."""
    line = _inline(words)
    found = _AT_START.match(line)
    if found is None:
        return line
    if len(found[0]) == 1:
        return f"\\{line}"
    return _last_as_entity(found) + line[found.end() :]


def _last_as_entity(found: re.Match[str]) -> str:
    return f"{found[0][:-1]}&#{ord(found[0][-1])};"


def _inline(words: Words) -> str:
    return "".join(_piece(part) for part in words).strip()


def _piece(part: Inline) -> str:
    written = ""
    match part:
        case str():
            written = _spaced(part)
        case Ref(record, text):
            written = f"\\[{escaped(text or record)}\\]"
        case At(record, text):
            written = _code(text or record)
        case Link(url, text):
            written = _link(url, text)
        case Strong(text):
            written = f"**{escaped(text)}**" if visible(text) else ""
        case Code(text):
            written = _code(text)
        case Mark(text, tone):
            written = escaped(text) if tone == "plain" else f"*{escaped(text)}*"
        case _:
            written = escaped(part.text)
    return written


def _spaced(text: str) -> str:
    """Return words of ours with the blanks at their ends, which keep them apart from what follows."""
    return (
        (" " if text[:1] == " " else "") + escaped(text) + (" " if text[-1:] == " " and text.strip() else "")
    )


def _link(url: str, text: str) -> str:
    address = safe_address(url)
    label = escaped(text) or escaped(url)
    if address is None:
        return label if label == escaped(url) else f"{label} ({escaped(url)})"
    target = address.replace("(", "%28").replace(")", "%29").replace("&", "&amp;").replace("*", "%2A")
    return f"[{label}]({target})"


def _code(text: str) -> str:
    """Return a term in code type: fenced by more backticks than it holds, its bars escaped."""
    shown = visible(text)
    if not shown:
        return ""
    longest = max((len(run) for run in re.findall("`+", shown)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if "`" in shown else ""
    # A bar ends a cell even in code; GitHub's dialect reads \| in a table as a bar.
    return f"{fence}{pad}{shown.replace('|', chr(92) + '|')}{pad}{fence}"
