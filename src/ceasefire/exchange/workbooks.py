"""Rows of an Excel workbook (.xlsx) by the names of their columns, each with its row number.

Read cell by cell with openpyxl (extra `xlsx`), as a spreadsheet program last saved it: of a
formula its value. A workbook that would unpack to more than a laptop holds is refused.
"""

from __future__ import annotations

import warnings
import zipfile
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final
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
from ceasefire.exchange.formulas import reckoned
from ceasefire.exchange.headers import NO_TAGS, Names, Sought, numbered
from ceasefire.exchange.rows import Header, Row
from ceasefire.exchange.table.tags import FIRST_ROWS, tag_names

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
#: Rows that are read together.
_TOGETHER: Final = 256
#: The last row that a sheet can have.
_LAST_ROW: Final = 1_048_576


@contextmanager
def opened_workbook(
    path: str | os.PathLike[str], sheet: str | None = None, names: Names | None = None
) -> Iterator[tuple[Header, Iterator[Row | Mistake]]]:
    """Open a sheet of a workbook, without a name the first that is shown: its header, and its rows.

    The header is the first row with a word, or what `names` makes of it (`opened_rows`). Raises
    `UnreadableFile` for what is no workbook or is too large, `MissingExtra` without openpyxl, and
    `RecordError` for a sheet that there is not.
    """
    name = path_named(path, "read")
    with _book(path, name) as book:
        found = _sheet(name, book, sheet)
        found.reset_dimensions()  # what a sheet says of its size may be more than it has
        part = found._get_source  # noqa: SLF001 – openpyxl has no other way to what a sheet is written as
        values = reckoned(part, found.iter_rows(values_only=True))
        rows = enumerate(_readable(name, values), start=1)
        header = _header(name, rows, names)
        yield header, _rows(name, header, rows)


def sheet_names(path: str | os.PathLike[str]) -> tuple[str, ...]:
    """Return the names of the sheets of a workbook that are shown; raises as `opened_workbook` does."""
    with _book(path, path_named(path, "read")) as book:
        return tuple(one.title for one in book.worksheets if one.sheet_state == "visible")


@contextmanager
def _book(path: str | os.PathLike[str], name: str) -> Iterator[Any]:
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise MissingExtra("reading a workbook", "xlsx") from error
    with ExitStack() as stack:
        try:
            file = stack.enter_context(Path(path).open("rb"))
            _refuse_large(file, name)
            with _quiet():
                book = load_workbook(file, read_only=True, data_only=True)
            stack.callback(book.close)
        except CeasefireError:
            raise
        except Exception as error:
            why = reason(error) if isinstance(error, OSError) else "it is no workbook, or is damaged"
            raise UnreadableFile(f"{name} cannot be read: {why}") from error
        yield book


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep openpyxl from warning of styles and the like that it does not know: nothing of them is read."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _sheet(name: str, book: Any, sheet: str | None) -> Any:
    sheets = {one.title: one for one in book.worksheets}
    if sheet is not None and sheet not in sheets:
        guess = did_you_mean(nearest(sheet, sheets))
        raise RecordError(f"{name}: there is no sheet {sheet!r}{guess}: write one of {', '.join(sheets)}")
    if not sheets:
        raise RecordError(f"{name}: there is no sheet with rows in it")
    shown = (one for one in sheets.values() if one.sheet_state == "visible")
    return next(shown, next(iter(sheets.values()))) if sheet is None else sheets[sheet]


def _readable(name: str, rows: Iterator[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    """Yield rows as they are read; a sheet that is damaged farther down ends in a sentence."""
    for _ in range(0, _LAST_ROW + 1, _TOGETHER):
        read, error = _some(rows)
        yield from read
        if error is not None:
            raise UnreadableFile(f"{name} cannot be read farther: its sheet is damaged") from error
        if len(read) < _TOGETHER:
            return
    raise UnreadableFile(f"{name} has a sheet with more rows than a sheet can have")


def _some(rows: Iterator[Sequence[Any]]) -> tuple[list[Sequence[Any]], Exception | None]:
    """Return the rows that follow, some at a time, and what kept the next one from being read."""
    read: list[Sequence[Any]] = []
    try:
        with _quiet():
            for row in islice(rows, _TOGETHER):
                read.append(row)  # noqa: PERF402 – those read before an error are kept
    except Exception as error:  # noqa: BLE001 – openpyxl meets a damaged sheet with whatever it trips over
        return read, error
    return read, None


def _refuse_large(file: IO[bytes], name: str) -> None:
    with zipfile.ZipFile(file) as packed:
        parts = packed.infolist()
    size = sum(part.file_size for part in parts)
    texts = max((part.file_size for part in parts if part.filename.endswith("sharedStrings.xml")), default=0)
    swollen = any(part.file_size > _LARGE and part.file_size > _PACKED * part.compress_size for part in parts)
    if size > LARGEST or texts > LARGEST_TEXTS or swollen:
        raise UnreadableFile(f"{name} would unpack to {size} bytes: save the sheet as CSV, and read that")


def _header(name: str, rows: Iterator[tuple[int, Sequence[Any]]], names: Names | None) -> Header:
    looked_at = 0
    fullest: Header | None = None
    for number, cells in rows:
        columns = [normalize("NFC", _text(cell)) for cell in cells]
        while columns and not columns[-1]:
            columns.pop()
        if not columns:
            continue
        looked_at += 1
        given = numbered(columns) if names is None else names(columns)
        if given is not None:
            return Header(number, given, ",")
        here = Header(number, numbered(columns), ",")
        fullest = here if fullest is None or here.named > fullest.named else fullest
        if looked_at == FIRST_ROWS:
            break
    if fullest is not None and isinstance(names, Sought):
        return fullest
    no_header = "there is no header: name the columns in the first row"
    what = NO_TAGS if names is tag_names else no_header
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
