"""Formulas of a workbook that were never reckoned: the file has no value of them (docs/imports.md).

A program that writes a workbook leaves that to the spreadsheet program that opens it. Read as they
stand, such cells would be blank, and a figure would be lost in silence.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from functools import reduce
from typing import TYPE_CHECKING, Any, Final

from ceasefire.exchange.table.cells import UNRECKONED
from ceasefire.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from typing import IO

#: A cell with a formula and no value; one whose value is the empty text says so by its type.
_NO_VALUE: Final = regex(
    r'<c\b(?![^>]*\bt="str")[^>]*\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)'
    r"\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>",
    re.ASCII,
)
#: Bytes that are read at a time, and so many that a cell with a formula has at most.
_READ: Final = 1024 * 1024
_LONGEST: Final = 64 * 1024
#: Such cells that are known of a sheet.
_MOST: Final = 100_000


def reckoned(
    sheet: Callable[[], AbstractContextManager[IO[bytes]]], rows: Iterator[Sequence[Any]]
) -> Iterator[Sequence[Any]]:
    """Yield the rows of a sheet with a mark in cells whose formulas have no value; `sheet` opens its XML."""
    try:
        with sheet() as part:
            marked = _unreckoned(part)
    except (OSError, EOFError, KeyError, NotImplementedError, zipfile.BadZipFile, zlib.error):
        marked = {}  # the sheet is damaged: that is told where its rows are read
    for number, cells in enumerate(rows, start=1):
        columns = marked.get(number)
        if columns is None:
            yield cells
        else:
            yield [UNRECKONED if n in columns else cell for n, cell in enumerate(cells, start=1)]


def _unreckoned(part: IO[bytes]) -> dict[int, set[int]]:
    """Return the columns of such cells by their rows."""
    found: dict[int, set[int]] = {}
    held, number = "", 0
    while (data := part.read(_READ)) and number < _MOST:
        held += data.decode("latin-1")  # of markup only letters are looked at
        end = 0
        for one in _NO_VALUE.finditer(held):
            end, number = one.end(), number + 1
            column = reduce(
                lambda made, letter: made * 26 + ord(letter) - 64, one[1], 0
            )  # A is 1, Z 26, AA 27
            found.setdefault(int(one[2]), set()).add(column)
        held = held[max(end, len(held) - _LONGEST) :]
    return found
