"""A report as a PDF: tagged for readers of screens (PDF/UA-1) and for archives (PDF/A-3a).

The data it was made from are attached as JSON, as the standard of archives allows since
its third part. Nothing is loaded, no font of the machine is used, no clock is read.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from ceasefire.errors import MissingExtra
from ceasefire.packaged import folder_of
from ceasefire.reporting.formats.pdf.blocks import set_document
from ceasefire.reporting.formats.pdf.fonts import folder_of_fonts
from ceasefire.reporting.formats.pdf.printed import for_paper

if TYPE_CHECKING:
    from datetime import datetime

    from ceasefire.reporting.document import Document

#: ISO 14289-1, and ISO 19005-3 at its level of full structure: the compiler holds a file to both.
STANDARDS: Final = ("ua-1", "a-3a")


def to_pdf(document: Document, data: str, made: datetime, *, whole: bool = False) -> bytes:
    """Return the report as a PDF of sheets of A4, with its data, a JSON text, attached.

    `made` is printed nowhere: it is the instant in the file's metadata. With `whole` no
    annex is left out. Raises `MissingExtra` without typst.
    """
    try:
        import typst
    except ImportError as error:
        raise MissingExtra("a PDF", "pdf") from error
    tree = set_document(for_paper(document, whole=whole)) | {
        "made": [made.year, made.month, made.day, made.hour, made.minute, made.second]
    }
    given = {"document": json.dumps(tree, ensure_ascii=False), "data": data}
    with folder_of_fonts() as fonts:
        compiler: Any = typst.Compiler(  # type: ignore[misc]
            _template(), font_paths=[str(fonts)], ignore_system_fonts=True, sys_inputs=given
        )
        made_file: bytes = compiler.compile(format="pdf", pdf_standards=list(STANDARDS), timestamp=0)
    return made_file


def _template() -> bytes:
    return folder_of("ceasefire.reporting").joinpath("templates", "report.typ").read_bytes()
