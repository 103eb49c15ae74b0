"""A document as it is printed: without what a reader of sheets is not given, which the attached data hold.

Of a kind at most so many cards and rows are printed; what is beyond them is folded on a
page, and on paper one line says how many there are (docs/reports.md, "PDF").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from ceasefire.reporting.document import Fold, Note, Section, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ceasefire.reporting.document import Block, Document

#: Claims one by one, reasons, problems in the data: for those who ask for all annexes.
_ON_REQUEST: Final = frozenset({"annex-claims", "annex-reasons", "annex-problems"})


def for_paper(document: Document, *, whole: bool) -> Document:
    """Return a document as it is printed; `whole` with the annexes that are printed on request."""
    annexes = tuple(s for s in document.annexes if whole or s.id not in _ON_REQUEST)
    if annexes:
        all_printed = len(annexes) == len(document.annexes)
        said = document.frame.attached if all_printed else document.frame.left_to_data
        annexes = (*annexes[:-1], evolve(annexes[-1], blocks=(*annexes[-1].blocks, Note((said,)))))
    return evolve(
        document,
        body=tuple(_shortened(section, document) for section in document.body),
        annexes=tuple(_shortened(section, document) for section in annexes),
    )


def _shortened(section: Section, document: Document) -> Section:
    parts = tuple(_shortened(part, document) for part in section.subsections)
    return evolve(section, blocks=tuple(_blocks(section, document)), subsections=parts)


def _blocks(section: Section, document: Document) -> Iterator[Block]:
    before: Block | None = None
    for block in section.blocks:
        # More of the kind that stands above: what is beyond the most that is printed.
        if isinstance(block, Fold) and isinstance(before, type(block.blocks[0])):
            yield Note(words(block.summary, ". ", document.frame.attached))
        else:
            yield block
        before = block
