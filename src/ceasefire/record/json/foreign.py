"""Files that are no text in UTF-8, by how they begin: each is named once, with what to do about it.

A spreadsheet or a file in UTF-16 is an easy mistake, and read as text it would be a
mistake on every line.
"""

from __future__ import annotations

from typing import Final

#: Enough of a file's beginning to tell what it is.
_LOOKED_AT: Final = 8
_UTF_16: Final = "is in UTF-16: save it as UTF-8"
#: What to do about it is for whoever wanted another kind of file to say.
_SPREADSHEET: Final = (
    "is a zip file (unpack it), or a spreadsheet or document of an office program (.xlsx, .ods, .docx)"
)
_FOREIGN: Final = {
    b"SQLite format 3\0"[:_LOOKED_AT]: "is a database: open a journal with Journal.open",
    b"\xff\xfe": _UTF_16,
    b"\xfe\xff": _UTF_16,
    b"\x1f\x8b": "is compressed: unpack it first",
    b"BZh": "is compressed: unpack it first",
    b"\xfd7zXZ": "is compressed: unpack it first",
    b"PK\x03\x04": _SPREADSHEET,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "is a spreadsheet or document of an old office program (.xls, .doc)",
    b"%PDF-": "is a PDF",
}


def foreign(start: bytes, instead: str) -> str:
    """Return what a file is that begins so, and what to do about it; empty for what may be text in UTF-8.

    `instead` is what to save a spreadsheet or a document as.
    """
    for beginning, what in _FOREIGN.items():
        if start.startswith(beginning):
            return what if ": " in what else f"{what}: {instead}"
    first = [byte == 0 for byte in start[:4]]  # plain letters in UTF-16 without a mark: every other byte is 0
    return _UTF_16 if first in ([False, True, False, True], [True, False, True, False]) else ""
