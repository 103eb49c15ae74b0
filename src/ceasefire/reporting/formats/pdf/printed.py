"""A document as it is printed: without what a reader of sheets is not given, which the attached data hold.

What is folded on a page because there is more of it than there is room for is a line on
paper, which says how many there are (docs/reports.md, "PDF").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from ceasefire.reporting.document import Fold, Note, Section

if TYPE_CHECKING:
    from ceasefire.reporting.document import Block, Document

#: Claims one by one, reasons, problems in the data: for those who ask for all annexes.
_ON_REQUEST: Final = frozenset({"annex-claims", "annex-reasons", "annex-problems"})


def for_paper(document: Document, *, whole: bool) -> Document:
    """Return a document as it is printed; `whole` with the annexes that are printed on request."""
    annexes = tuple(s for s in document.annexes if whole or s.id not in _ON_REQUEST)
    if annexes:
        all_printed = len(annexes) == len(document.annexes)
        said = document.frame.attached if all_printed else document.frame.left_to_data
        annexes = (*annexes[:-1], replace(annexes[-1], blocks=(*annexes[-1].blocks, Note((said,)))))
    return replace(
        document,
        body=tuple(map(_shortened, document.body)),
        annexes=tuple(map(_shortened, annexes)),
    )


def _shortened(section: Section) -> Section:
    parts = tuple(map(_shortened, section.subsections))
    return replace(section, blocks=tuple(map(_printed, section.blocks)), subsections=parts)


def _printed(block: Block) -> Block:
    return Note(block.printed) if isinstance(block, Fold) and block.printed else block
