"""The document a report is, before it is Markdown or HTML: a tiny vocabulary of frozen values.

A document is sections of blocks, a block holds words, and words are plain data:
texts, figures with the records they come from, references, links. Nothing here
is markup, so a renderer cannot mistake what somebody wrote for what we wrote.
"""

from __future__ import annotations

from typing import Literal

from attrs import field, frozen

Align = Literal["left", "right", "centre"]


@frozen
class Ref:
    """A reference to a record, by its id."""

    record: str


@frozen
class Link:
    """A web address. Only http and https become a link; anything else is printed as text."""

    url: str
    text: str = ""


@frozen
class Strong:
    """Words of ours that stand out."""

    text: str


@frozen
class Said:
    """Free text of a record or an agreement, set apart as somebody's words."""

    text: str


@frozen
class Code:
    """A term of the machine: an id, a hash, a command."""

    text: str


@frozen
class Mark:
    """A word that gives a standing, with a tone that only adds to what the word says."""

    text: str
    tone: Literal["plain", "open", "breach", "done"] = "plain"


Inline = str | Ref | Link | Strong | Said | Code | Mark
Words = tuple[Inline, ...]


def words(*parts: Inline | Words) -> Words:
    """Return words from inlines and from words, in order, without the empty ones."""
    flat: list[Inline] = []
    for part in parts:
        flat.extend(part if isinstance(part, tuple) else (part,))
    return tuple(part for part in flat if part != "")


@frozen
class Paragraph:
    """A paragraph of running text."""

    words: Words


@frozen
class Note:
    """A smaller paragraph that explains what stands above it."""

    words: Words


@frozen
class Facts:
    """A list of terms, each with what it stands for."""

    pairs: tuple[tuple[str, Words], ...]


@frozen
class Bullets:
    """A list in which each item stands for itself."""

    items: tuple[Words, ...]


@frozen
class Column:
    """A column of a table: its heading and how its cells are set."""

    title: str
    align: Align = "left"
    #: A heading that this column shares with its neighbours.
    over: str = ""


@frozen(kw_only=True)
class Row:
    """One row. `anchor` is the id of a record that this row is about, so that references find it."""

    cells: tuple[Words, ...]
    anchor: str | None = None
    #: A row that heads the rows below it; its one cell spans the table.
    group: bool = False


@frozen(kw_only=True)
class Table:
    """Rows under columns, with a caption. The first cell of each row names the row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@frozen(kw_only=True)
class Series:
    """One side's daily figures: pairs of an ISO date and a count. A day without a count is left out."""

    name: str
    points: tuple[tuple[str, int], ...]


@frozen(kw_only=True)
class Chart:
    """Daily counts of several sides, each for itself; the table with the same figures stands beside it."""

    title: str
    #: What is to be seen, for those who cannot see it.
    description: str
    unit: str
    series: tuple[Series, ...]


@frozen(kw_only=True)
class Fold:
    """A long part that a reader opens when it is wanted."""

    summary: str
    blocks: tuple[Block, ...]


Block = Paragraph | Note | Facts | Bullets | Table | Chart | Fold


@frozen(kw_only=True)
class Section:
    """A part of the report with its heading; parts of it stand in `subsections`."""

    id: str
    title: str
    blocks: tuple[Block, ...] = ()
    subsections: tuple[Section, ...] = field(default=())

    @property
    def empty(self) -> bool:
        """Whether there is nothing in it to print."""
        return not self.blocks and not self.subsections


@frozen(kw_only=True)
class Document:
    """The whole report: title, head, sections."""

    title: str
    subtitle: str
    #: Printed above everything: who may read it.
    banner: str
    sections: tuple[Section, ...]


def anchors(document: Document) -> frozenset[str]:
    """Return the ids of the records that have a row of their own, to which references lead."""
    found: set[str] = set()
    stack: list[Section | Block] = list(document.sections)
    while stack:
        part = stack.pop()
        if isinstance(part, Section):
            stack += [*part.blocks, *part.subsections]
        elif isinstance(part, Fold):
            stack += part.blocks
        elif isinstance(part, Table):
            found |= {row.anchor for row in part.rows if row.anchor is not None}
    return frozenset(found)
