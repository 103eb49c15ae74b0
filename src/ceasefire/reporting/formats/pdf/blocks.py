"""A document as values for typst: what reporting/templates/report.typ sets on sheets of paper.

Widths are points. Each drawing is drawn for paper, as wide as it will stand, and comes
with the words that say what it shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

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
    plain,
)
from ceasefire.reporting.figures import Medium
from ceasefire.reporting.formats.drawings import drawings, in_words
from ceasefire.reporting.formats.pdf.fonts import FAMILIES, printable, with_glyphs
from ceasefire.reporting.formats.pdf.table_widths import widths
from ceasefire.reporting.formats.pdf.words import Setter, set_text
from ceasefire.reporting.reading import place
from ceasefire.values import Value

if TYPE_CHECKING:
    from ceasefire.reporting.document import Block, Document, Drawing, Frame, Row, Section, Words
    from ceasefire.reporting.formats.drawings import Drawings

#: A4 less its margins: 210 mm less 14 mm on each side.
WIDTH: Final = 515
_GUTTER: Final = 15
_AT_MOST_BESIDE: Final = 2
#: Fewer characters than stand on a line of a card, whatever they are, and fewer lines than stand on a sheet.
_SHORT_LINE: Final = 40
_FEW_LINES: Final = 25


def set_document(document: Document) -> dict[str, Any]:
    """Return the whole document as values that JSON can hold."""
    setter = _Blocks(setter=Setter(document), frame=document.frame)
    return {
        "language": document.frame.language,
        "direction": document.frame.direction,
        "fonts": list(FAMILIES),
        "title": printable(document.title),
        "line": setter.setter.words(document.line),
        "about": printable(f"{document.band}. {document.made_from}. {plain(document.line)}"),
        "band": printable(document.band),
        "made_from": printable(document.made_from),
        "front": [setter.section(section) for section in document.front],
        "body": [setter.section(section) for section in document.body],
        "annexes": [setter.section(section) for section in document.annexes],
    }


class _Blocks(Value, kw_only=True):
    setter: Setter
    frame: Frame
    width: int = WIDTH

    def section(self, section: Section) -> dict[str, Any]:
        return {
            "id": place(section.id),
            "title": set_text(section.title),
            "aside": set_text(section.aside),
            "quiet": section.quiet,
            "blocks": [self.block(block) for block in section.blocks],
            "parts": [self.section(part) for part in section.subsections],
        }

    def block(self, block: Block) -> dict[str, Any]:  # noqa: C901, PLR0911 – a kind of block each
        words = self.setter.words
        match block:
            case Paragraph(said):
                return {"kind": "paragraph", "words": words(said)}
            case Note(said):
                return {"kind": "note", "words": words(said)}
            case Facts(pairs):
                return {"kind": "facts", "pairs": self._facts(pairs)}
            case Bullets():
                return self._bullets(block)
            case Tiles(tiles):
                return {"kind": "tiles", "tiles": [self._tile(tile) for tile in tiles]}
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(block)
            case Timeline():
                return self._timeline(block)
            case Card():
                return {
                    "kind": "card",
                    "title": words(block.title),
                    "facts": self._facts(block.facts),
                    "steps": [words(step) for step in block.steps],
                    "long": _long(block),
                }
            case Fold():
                inner = [self.block(one) for one in block.blocks]
                return {"kind": "fold", "title": words(block.summary), "blocks": inner}
            case Beside():
                return self._beside(block)

    def _facts(self, pairs: tuple[tuple[str, Words], ...]) -> list[list[Any]]:
        return [[set_text(term), self.setter.words(said)] for term, said in pairs]

    def _bullets(self, block: Bullets) -> dict[str, Any]:
        items = [{"words": self.setter.words(item.words), "id": place(item.id)} for item in block.items]
        half = _half(block) if block.kind == "columns" else len(items)
        return {"kind": "bullets", "look": block.kind, "columns": [items[:half], items[half:]]}

    def _tile(self, tile: Any) -> dict[str, Any]:
        return {
            "label": set_text(tile.label),
            "figure": self.setter.words(tile.figure),
            "beside": [self.setter.words(one) for one in tile.beside],
        }

    def _table(self, table: Table) -> dict[str, Any]:
        return {
            "kind": "table",
            "look": table.kind,
            "caption": set_text(table.caption),
            "quiet": table.quiet,
            "gap": table.gap,
            "side": table.side % 3,
            "widths": widths(table, self.width),
            "columns": [[set_text(column.title), column.align] for column in table.columns],
            "rows": [self._row(row) for row in table.rows],
        }

    def _row(self, row: Row) -> dict[str, Any]:
        return {
            "cells": [self.setter.words(cell) for cell in row.cells],
            "shades": list(row.shades),
            "total": row.total,
        }

    def _figure(self, figure: Figure) -> dict[str, Any]:
        return {
            "kind": "figure",
            "caption": set_text(figure.caption),
            "aside": set_text(figure.aside),
            "drawings": [self._drawing(one) for one in figure.drawings],
            "key": self._key(figure.key),
        }

    def _timeline(self, timeline: Timeline) -> dict[str, Any]:
        head, rows, dates = self._draw.tracks(timeline)
        labels: list[Any] = [row for _, row in timeline.rows]
        return {
            "kind": "timeline",
            "head": with_glyphs(head),
            "rows": [
                [self.setter.words(said), {"svg": with_glyphs(svg), "alt": printable(row.label)}]
                for (said, svg), row in zip(rows, labels, strict=True)
            ],
            "dates": with_glyphs(dates),
            "key": self._key(timeline.key),
        }

    def _beside(self, block: Beside) -> dict[str, Any]:
        several = min(len(block.blocks), _AT_MOST_BESIDE)
        narrow = replace(self, width=(self.width - _GUTTER * (several - 1)) // several)
        return {
            "kind": "beside",
            "several": several,
            "blocks": [[narrow.block(one) for one in column] for column in block.blocks],
        }

    @property
    def _draw(self) -> Drawings:
        return drawings(self.frame, Medium(width=self.width, font=", ".join(FAMILIES)))

    def _drawing(self, drawing: Drawing) -> dict[str, str]:
        return {"svg": with_glyphs(self._draw.drawn(drawing)), "alt": printable(in_words(drawing))}

    def _key(self, key: tuple[tuple[Drawing, str], ...]) -> list[list[Any]]:
        return [[with_glyphs(self._draw.drawn(drawing)), set_text(said)] for drawing, said in key]


def _long(card: Card) -> bool:
    """Tell whether a card may be higher than a sheet, which has room for about fifty lines of its letters."""
    several = (card.title, *(said for _, said in card.facts), *card.steps)
    return sum(1 + len(plain(said)) // _SHORT_LINE for said in several) > _FEW_LINES


def _half(block: Bullets) -> int:
    """Return how many items fill the first of two columns."""
    lengths = [len(plain(item.words)) for item in block.items]
    return next((n for n in range(len(lengths)) if 2 * sum(lengths[:n]) >= sum(lengths)), len(lengths))
