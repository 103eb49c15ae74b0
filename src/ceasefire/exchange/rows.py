"""Rows of a CSV file by the names of their columns, each with its line.

Every line is a row of its own: a quote that is never closed spoils its line, not
the rest of the file. What cannot be read is told and left out.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Final

from attrs import frozen

from ceasefire.errors import (
    CeasefireError,
    Mistake,
    RecordError,
    UnreadableFile,
    did_you_mean,
    nearest,
    path_named,
    reason,
)

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

#: Bytes of the longest line that is read.
LONGEST_LINE: Final = 1024 * 1024


@frozen
class Row:
    """One row: the cells by column, without blanks around them."""

    #: 1-based line of the file.
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def read_rows(path: str | os.PathLike[str], columns: Iterable[str]) -> tuple[list[Row], list[Mistake]]:
    """Return the rows of a CSV file in UTF-8, and the mistakes in lines that are none.

    Raises `UnreadableFile` when there is no such file, and `RecordError`, with the line of
    the header, when it lacks one of the columns.
    """
    name = path_named(path, "read")
    rows: list[Row] = []
    mistakes: list[Mistake] = []
    header: list[str] | None = None
    try:
        with Path(path).open("rb") as file:
            number = 0
            while data := file.readline(LONGEST_LINE):
                number += 1
                if not data.strip():
                    continue
                try:
                    cells = _cells(data, first=header is None)
                    if header is None:
                        header = _header(name, number, cells, columns)
                    else:
                        rows.append(Row(number, _named(header, cells)))
                except (csv.Error, UnicodeDecodeError, _NotARowError) as error:
                    mistakes.append(Mistake(file=name, line=number, what=_sentence(error)))
    except (OSError, ValueError) as error:
        if isinstance(error, CeasefireError):
            raise
        raise UnreadableFile(f"{name} cannot be read: {reason(error)}") from error
    if header is None:
        raise _no_table(name, 0, "there is no header", columns)
    return rows, mistakes


class _NotARowError(Exception):
    """A line whose cells do not fit the header."""


def _cells(data: bytes, *, first: bool) -> list[str]:
    text = data.decode("utf-8-sig" if first else "utf-8").rstrip("\r\n")
    if "\0" in text:
        raise _NotARowError("holds a character that is no text (NUL): take it out")
    return [cell.strip() for row in csv.reader([text], strict=True) for cell in row]


def _header(name: str, line: int, cells: list[str], columns: Iterable[str]) -> list[str]:
    for column in columns:
        if column not in cells:
            guess = did_you_mean(nearest(column, cells))
            raise _no_table(name, line, f"the header has no column {column!r}{guess}", columns)
    return cells


def _no_table(name: str, line: int, what: str, columns: Iterable[str]) -> RecordError:
    """Return the one mistake of a file whose rows cannot be understood."""
    instead = f"name the columns in the first line: {','.join(columns)}"
    return RecordError(str(Mistake(file=name, line=line, what=what, instead=instead)))


def _named(header: list[str], cells: list[str]) -> dict[str, str]:
    if len(cells) != len(header):
        raise _NotARowError(
            f"{len(cells)} cells where the header has {len(header)}: put a text with a comma in quotes"
        )
    return dict(zip(header, cells, strict=True))


def _sentence(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"not UTF-8 at byte {error.start + 1}: save the file as UTF-8"
    if isinstance(error, csv.Error):
        return f"no row of a CSV file ({error}): close every quote on its own line"
    return str(error)
