"""Rows of an Excel workbook (.xlsx) by the names of their columns, each with its row number.

Read cell by cell with openpyxl (extra `xlsx`), as a spreadsheet program last saved it: of a
formula its value. A workbook that would unpack to more than a laptop holds is refused.
"""

from __future__ import annotations

import zipfile
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from unicodedata import normalize

from ceasefire.errors import (
    CeasefireError,
    MissingExtra,
    Mistake,
    RecordError,
    UnreadableFile,
    did_you_mean,
    nearest,
    path_named,
    reason,
)
from ceasefire.exchange.rows import NO_TAGS, Header, Names, Row, refuse_doubles
from ceasefire.exchange.table.tags import FIRST_ROWS

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Sequence

#: How the names of workbooks end.
WORKBOOKS: Final = (".xlsx", ".xlsm")
#: Bytes of all parts of a workbook, unpacked; a million rows of forty cells are about half of it.
LARGEST: Final = 4 * 1024**3
#: Of the part that has all texts, which is held in memory while a sheet is read.
LARGEST_TEXTS: Final = 256 * 1024**2
#: Times that a part may be larger than it is packed; text packs to a fortieth at most.
_PACKED: Final = 200
#: Bytes from which it matters.
_LARGE: Final = 64 * 1024**2
#: The last row that a sheet can have.
_LAST_ROW: Final = 1_048_576


@contextmanager
def opened_workbook(
    path: str | os.PathLike[str], sheet: str | None = None, names: Names | None = None
) -> Iterator[tuple[Header, Iterator[Row | Mistake]]]:
    """Open a sheet of a workbook, the first without a name: its header, and its rows one by one.

    The header is the first row with a word, or the first that `names` gives names for. Raises
    `UnreadableFile` for what is no workbook or is too large, `MissingExtra` without openpyxl, and
    `RecordError` for a sheet that there is not.
    """
    name = path_named(path, "read")
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise MissingExtra("reading a workbook", "xlsx") from error
    try:
        _refuse_large(path, name)
        book = load_workbook(Path(path), read_only=True, data_only=True)
    except CeasefireError:
        raise
    except Exception as error:
        why = reason(error) if isinstance(error, OSError) else "it is no workbook, or is damaged"
        raise UnreadableFile(f"{name} cannot be read: {why}") from error
    try:
        sheets = {one.title: one for one in book.worksheets}
        if sheet is not None and sheet not in sheets:
            known = ", ".join(sheets)
            guess = did_you_mean(nearest(sheet, sheets))
            raise RecordError(f"{name}: there is no sheet {sheet!r}{guess}: write one of {known}")
        found = sheets.get(sheet or "", next(iter(sheets.values()), None))
        if found is None:
            raise RecordError(f"{name}: there is no sheet with rows in it")
        found.reset_dimensions()  # what a sheet says of its size may be more than it has
        rows = enumerate(_readable(name, found.iter_rows(values_only=True)), start=1)
        header = _header(name, rows, names)
        yield header, _rows(name, header, rows)
    finally:
        book.close()


def _readable(name: str, rows: Iterator[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    """Yield rows as they are read; a sheet that is damaged farther down ends in a sentence."""
    for _ in range(_LAST_ROW + 1):
        try:
            row = next(rows)
        except StopIteration:
            return
        except Exception as error:
            raise UnreadableFile(f"{name} cannot be read farther: its sheet is damaged") from error
        yield row
    raise UnreadableFile(f"{name} has a sheet with more rows than a sheet can have")


def _refuse_large(path: str | os.PathLike[str], name: str) -> None:
    with zipfile.ZipFile(path) as packed:
        parts = packed.infolist()
    size = sum(part.file_size for part in parts)
    texts = max((part.file_size for part in parts if part.filename.endswith("sharedStrings.xml")), default=0)
    swollen = any(part.file_size > _LARGE and part.file_size > _PACKED * part.compress_size for part in parts)
    if size > LARGEST or texts > LARGEST_TEXTS or swollen:
        raise UnreadableFile(f"{name} would unpack to {size} bytes: save the sheet as CSV, and read that")


def _header(name: str, rows: Iterator[tuple[int, Sequence[Any]]], names: Names | None) -> Header:
    looked_at = 0
    for number, cells in rows:
        columns = [normalize("NFC", _text(cell)) for cell in cells]
        while columns and not columns[-1]:
            columns.pop()
        if not columns:
            continue
        looked_at += 1
        given = tuple(columns) if names is None else names(columns)
        if given is not None:
            refuse_doubles(name, number, given)
            return Header(number, given, ",")
        if looked_at == FIRST_ROWS:
            break
    what = "there is no header: name the columns in the first row" if names is None else NO_TAGS
    raise RecordError(f"{name}: {what}")


def _rows(name: str, header: Header, rows: Iterator[tuple[int, Sequence[Any]]]) -> Iterator[Row | Mistake]:
    width = len(header.columns)
    for number, cells in rows:
        texts = [_text(cell) for cell in cells]
        if not any(texts):
            continue
        if any(texts[width:]):
            what = f"a cell stands beyond the last column of the header ({header.columns[-1]!r})"
            yield Mistake(file=name, line=number, what=what, instead="name its column, or take it out")
            continue
        yield Row(number, dict(zip(header.columns, texts[:width], strict=False)))


def _text(cell: Any) -> str:
    """Return a cell as a table of text has it: dates in ISO 8601, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(timespec="seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
