"""The document a report is, before it is written in a format: a small vocabulary of frozen values.

A document is sections of blocks, a block holds words, and words are plain data:
texts, references to records, links. Nothing here is markup, so a renderer cannot
mistake what somebody wrote for what we wrote. Every format is written from this.
"""

from __future__ import annotations

from typing import Literal

from ceasefire.values import Value

Align = Literal["start", "end", "centre"]
Tone = Literal["plain", "warm", "cool", "dark"]


class Ref(Value):
    """A reference to records: what is printed in brackets, and the record or place it leads to."""

    record: str
    #: What stands in the brackets, where that is not the record's id alone: `52–60`.
    text: str = ""
    #: The id of a section that has every one of them, where a reference stands for many.
    section: str = ""
    #: Every record it stands for, where these are more than that one.
    records: tuple[str, ...] = ()


class At(Value):
    """The id of a record, where the record is told: references lead to the first such place."""

    record: str
    text: str = ""


class Counted(Value):
    """A published figure, which leads to its record."""

    text: str
    record: str


class Place(Value):
    """A link to a section or a commitment of the same document, by its id there."""

    id: str
    text: str


class Link(Value):
    """A web address. Only http and https become a link; anything else is printed as text."""

    url: str
    text: str = ""


class Time(Value):
    """An instant in local words, with the same instant in UTC for machines."""

    text: str
    utc: str


class Strong(Value):
    """Words of ours that stand out."""

    text: str


class Said(Value):
    """Free text of a record or an agreement, set apart as somebody's words."""

    text: str


class Code(Value):
    """A term of the machine: an id, a hash, a command."""

    text: str


class Mark(Value):
    """A word that gives a standing, with a tint that only adds to what the word says."""

    text: str
    tone: Tone = "plain"


Inline = str | Ref | At | Counted | Place | Link | Time | Strong | Said | Code | Mark
Words = tuple[Inline, ...]


def words(*parts: Inline | Words) -> Words:
    """Return words from inlines and from words, in order, without the empty ones."""
    flat: list[Inline] = []
    for part in parts:
        if isinstance(part, tuple):
            flat += [inner for inner in part if inner.__class__ is not str or inner]
        elif part.__class__ is not str or part:
            flat.append(part)
    return tuple(flat)


def plain(said: Words) -> str:
    """Return words as text alone, references in brackets."""
    return "".join(_plain(part) for part in said)


def _plain(part: Inline) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, Ref):
        return f"[{part.text or part.record}]"
    if isinstance(part, At):
        return part.text or part.record
    return (part.text or part.url) if isinstance(part, Link) else part.text


class Paragraph(Value):
    """A paragraph of running text."""

    words: Words


class Note(Value):
    """A smaller paragraph that explains what stands above it."""

    words: Words


class Facts(Value):
    """A list of terms, each with what it stands for."""

    pairs: tuple[tuple[str, Words], ...]


class Item(Value, kw_only=True):
    """An item of a list; a commitment or another thing that links lead to has its id here."""

    words: Words
    id: str = ""


class Bullets(Value, kw_only=True):
    """A list in which each item stands for itself: in brief, plain, in columns, or steps in order."""

    items: tuple[Item, ...]
    kind: Literal["brief", "plain", "columns", "steps"] = "plain"


class Tile(Value, kw_only=True):
    """A key figure: what it counts, the figure, and lines beside it, the earlier figure among them."""

    label: str
    figure: Words
    beside: tuple[Words, ...] = ()


class Tiles(Value):
    """The key figures."""

    tiles: tuple[Tile, ...]


class Column(Value):
    """A column of a table: its heading and how its cells are set."""

    title: str
    align: Align = "start"


class Row(Value, kw_only=True):
    """One row. `shades` gives a tint for each cell but the first: 0 none, 1 to 3."""

    cells: tuple[Words, ...]
    shades: tuple[int, ...] = ()
    #: A row that states the whole, above those that state parts.
    total: bool = False


class Table(Value, kw_only=True):
    """Rows under columns, with a caption. The first cell of each row names the row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    #: Of words, whose rows become blocks on a phone; or of figures by day, which stay a table.
    kind: Literal["words", "figures"] = "words"
    #: Whether its caption is only for those who hear it, as the heading above says what it holds.
    quiet: bool = False
    #: In a table of figures: the column left of which the period before lies, and whose colour it has.
    gap: int = 0
    side: int = 0


class Drawing(Value):
    """What a builder of `figures` draws: which one, and the values it takes."""

    kind: Literal["daily", "since", "squares", "square", "mark", "map"]
    of: object
    label: str = ""


class Figure(Value, kw_only=True):
    """A drawing, what it is called, what it says in words, and the same in lines for formats of text."""

    caption: str = ""
    aside: str = ""
    drawings: tuple[Drawing, ...] = ()
    lines: tuple[Words, ...] = ()
    #: What its signs mean.
    key: tuple[tuple[Drawing, str], ...] = ()


class Timeline(Value, kw_only=True):
    """Rows of words, each with a track below it, all over the same time."""

    #: The time that all tracks show, and each row's words with its track, as `figures` takes them.
    line: object
    rows: tuple[tuple[Words, object], ...]
    key: tuple[tuple[Drawing, str], ...] = ()


class Card(Value, kw_only=True):
    """A case: what it is, what is known of it as terms, and the steps in order."""

    title: Words
    facts: tuple[tuple[str, Words], ...]
    steps: tuple[Words, ...] = ()
    #: Whether something in it is undecided: where there is little room, others are told by their title.
    open: bool = True


class Fold(Value, kw_only=True):
    """A part that a reader opens when it is wanted."""

    summary: Words
    blocks: tuple[Block, ...]
    #: What is printed in its place, also in Markdown, where it holds more than there is room for.
    printed: Words = ()


class Beside(Value, kw_only=True):
    """Blocks that stand side by side where there is room."""

    blocks: tuple[tuple[Block, ...], ...]


Block = Paragraph | Note | Facts | Bullets | Tiles | Table | Figure | Timeline | Card | Fold | Beside


class Section(Value, kw_only=True):
    """A part of the report with its heading; parts of it stand in `subsections`."""

    id: str
    title: str
    #: What stands smaller beside the heading: how much there is of it.
    aside: str = ""
    blocks: tuple[Block, ...] = ()
    subsections: tuple[Section, ...] = ()
    #: Whether its heading is only for those who read a page by its headings, as its figure says what it is.
    quiet: bool = False

    @property
    def empty(self) -> bool:
        """Whether there is nothing in it to print."""
        return not self.blocks and not self.subsections


class Frame(Value, kw_only=True):
    """The words of the page itself: what links, regions and lists are called."""

    language: str
    #: ltr, or rtl for languages written from right to left.
    direction: Literal["ltr", "rtl"] = "ltr"
    skip: str
    audience: str
    contents: str
    foot: str
    #: The words a figure needs that no record brings, as `figures` takes them.
    figures: object = None
    #: In a file that has its data attached: where they are, and that the last annexes are left to them.
    attached: str = ""
    left_to_data: str = ""


class Document(Value, kw_only=True):
    """The whole report: for whom, of what, page one, body, annexes."""

    title: str
    #: Which days, as of when, compared with which.
    line: Words
    #: Who may read it: above everything, and at the foot of every sheet.
    band: str
    #: Beside it: how many records it is made from.
    made_from: str
    frame: Frame
    front: tuple[Section, ...]
    body: tuple[Section, ...]
    annexes: tuple[Section, ...]

    @property
    def sections(self) -> tuple[Section, ...]:
        """Every section, in order."""
        return self.front + self.body + self.annexes
