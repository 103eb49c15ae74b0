"""Words of a document as values for typst: lists of kinds and texts, never markup.

What the template reporting/templates/report.typ gets is JSON. It puts each text on the
page as a text and each address behind it as an address, so that nothing somebody wrote
is ever read as code.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from msgspec import field

from ceasefire.patterns import regex
from ceasefire.reporting.document import (
    At,
    Code,
    Counted,
    Link,
    Mark,
    Place,
    Ref,
    Said,
    Strong,
    plain,
)
from ceasefire.reporting.formats.pdf.fonts import printable, with_glyphs
from ceasefire.reporting.reading import anchor, place, places, told
from ceasefire.values import Entity
from ceasefire.visible import safe_address, visible

if TYPE_CHECKING:
    from ceasefire.reporting.document import Document, Inline, Words

#: A text, or a kind with its text and what it needs beside it.
Piece = str | list[Any]

#: A word that may be wider than a column, and where it may be broken: after so many characters.
_LONG_WORD: Final = regex(r"\S{24,}")
_PART: Final = regex(r"\S{1,12}")
_FIRST_STRONG, _POP = "\u2068", "\u2069"


def set_text(text: str) -> Piece:
    """Return a text as it is set: as it is, or in parts between which a line may end."""
    return _breakable(printable(text))


def _breakable(text: str) -> Piece:
    if not _LONG_WORD.search(text):
        return text
    parts: list[str] = [""]
    for piece in re.split(r"(\S{24,})", text):
        if _LONG_WORD.fullmatch(piece):
            first, *rest = _PART.findall(piece)
            parts[-1] += first
            parts += rest
        else:
            parts[-1] += piece
    return ["parts", parts]


class Setter(Entity):
    """Sets the words of one document: knows which records are told in it, and where first."""

    document: Document
    _first: set[str] = field(default_factory=set)

    @cached_property
    def _told(self) -> frozenset[str]:
        return told(self.document)

    @cached_property
    def _places(self) -> frozenset[str]:
        return frozenset(place(one) for one in places(self.document))

    def words(self, said: Words) -> list[Piece]:
        """Return words as pieces, with no blank before the first."""
        if said and isinstance(said[0], str):
            said = (said[0].lstrip(), *said[1:])
        return [self._piece(part) for part in said]

    def _piece(self, part: Inline) -> Piece:  # noqa: C901, PLR0911 – a kind of inline each
        match part:
            case str():
                return _spaced(part)
            case Ref(record, text, section):
                shown = set_text(f"[{visible(text or record)}]")
                return ["ref", shown, self._to_place(section) or self._to_record(record)]
            case At(record, text):
                return self._at(record, text)
            case Counted(text, record):
                return ["link", set_text(text), self._to_record(record)]
            case Place(id, text):
                return ["link", set_text(text), self._to_place(id)]
            case Link(url, text):
                return self._link(url, text)
            case Strong(text):
                return ["strong", set_text(text)]
            case Said(text):
                return self._apart(text)
            case Code(text):
                return ["code", set_text(text)]
            case Mark(text, tone):
                return ["mark", printable(text), tone]
            case _:
                return set_text(plain((part,)))

    def _at(self, record: str, text: str) -> Piece:
        shown = set_text(text or record)
        if record in self._first:
            return ["code", shown, self._to_record(record)]
        self._first.add(record)
        return ["at", shown, anchor(record)]

    def _apart(self, text: str) -> Piece:
        """Return what somebody wrote, isolated as <bdi> does it: its direction orders nothing outside it."""
        shown = printable(text)
        same = shown.isascii() and self.document.frame.direction == "ltr"
        return _breakable(shown if same else f"{_FIRST_STRONG}{shown}{_POP}")

    def _link(self, url: str, text: str) -> Piece:
        address = safe_address(url)
        if address is not None:
            return ["url", self._apart(text or url), address]
        return self._apart(f"{visible(text)} ({visible(url)})" if text else url)

    def _to_record(self, record: str) -> str | None:
        return anchor(record) if record in self._told else None

    def _to_place(self, id_: str) -> str | None:
        return place(id_) if id_ and place(id_) in self._places else None


def _spaced(text: str) -> Piece:
    """Return words of ours with the blanks at their ends, which keep them apart from what follows."""
    shown = visible(text)
    start = " " if text[:1].isspace() else ""
    end = " " if text[-1:].isspace() and shown else ""
    return _breakable(with_glyphs(start + shown + end))
