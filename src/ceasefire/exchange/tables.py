"""A table in a file, CSV or a workbook, into a journal by a mapping (docs/imports.md)."""

from __future__ import annotations

import os
from contextlib import (
    AbstractContextManager,
    suppress,
)
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ceasefire.errors import Mistake, RecordError, UnreadableFile, did_you_mean, nearest, path_named, reason
from ceasefire.exchange.adding import Imported, add_rows
from ceasefire.exchange.headers import Names, Sought, as_called, well_named
from ceasefire.exchange.rows import Header, Row, opened_rows
from ceasefire.exchange.submissions import opened_submissions, repeated_in
from ceasefire.exchange.table.mapping import TableMapping, mapping_of, read_mapping
from ceasefire.exchange.table.records import RowReader, Source
from ceasefire.exchange.table.registers import registers
from ceasefire.exchange.table.tags import tag_names
from ceasefire.exchange.workbooks import WORKBOOKS, opened_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ceasefire.exchange.table.records import Read
    from ceasefire.instruments import Agreement
    from ceasefire.journal import Journal


def opened_table(
    path: str | os.PathLike[str], mapping: TableMapping | None = None
) -> AbstractContextManager[tuple[Header, Iterator[Row | Mistake]]]:
    """Open a table as its file's name says: its header, and its rows one by one."""
    how = mapping or TableMapping(kind="incident", columns={})
    if how.repeat is not None:
        return opened_submissions(path, how.repeat)
    return _opened(path, how, tag_names if how.tagged else Sought(needed(how)))


def _opened(
    path: str | os.PathLike[str], how: TableMapping, names: Names
) -> AbstractContextManager[tuple[Header, Iterator[Row | Mistake]]]:
    """Open a table whose header is what `names` makes of a row."""
    suffix = Path(path_named(path, "read")).suffix.lower()
    if suffix == ".json":
        return opened_submissions(path)
    if suffix in WORKBOOKS:
        return opened_workbook(path, how.sheet, names)
    return opened_rows(path, (), how.read, how.encoding, names)


def opened_unmapped(
    path: str | os.PathLike[str], how: TableMapping
) -> AbstractContextManager[tuple[Header, Iterator[Row | Mistake]]]:
    """Open a table of which nobody says yet what its columns are: titles above them are passed over."""
    with suppress(RecordError), _opened(path, how, well_named):
        return _opened(path, how, well_named)
    return opened_table(path, how)


def unread_columns(path: str | os.PathLike[str], mapping: TableMapping) -> tuple[str, ...]:
    """Return the columns of a table that nothing reads; raises `RecordError` where it lacks one that is."""
    with opened_table(path, mapping) as (header, _):
        named = as_called(mapping.read, header.columns)
        _refuse_lacking(os.fspath(path), header, mapping, named)
        known = {*mapping.read, *named}
        return tuple(column for column in header.columns if column and column not in known)


def read_table(
    path: str | os.PathLike[str],
    mapping: TableMapping | Mapping[str, Any] | str | os.PathLike[str],
    agreements: Agreement | Iterable[Agreement] = (),
    obtained: str | None = None,
) -> Iterator[Read]:
    """Yield what comes of each row of a table: a record with its line, or a `Mistake`.

    `mapping` is one, the same as Python values, or the path of a TOML file. Names of places,
    parties and commitments of `agreements` are taken for their ids. `obtained` is when the file
    was retrieved. Raises `MappingError`, `UnreadableFile`, and `RecordError` for a table that
    lacks a column of the mapping.
    """
    how = mapping_given(mapping)
    file = path_named(path, "read") if how.repeat is None else repeated_in(path, how.repeat)
    source = Source(file=file, sha256=_hash(file), obtained=obtained)
    reader = RowReader(mapping=how, source=source, registers=registers(agreements, geometry=how.geometry))
    with opened_table(path, how) as (header, rows):
        named = as_called(how.read, header.columns)
        _refuse_lacking(os.fspath(path), header, how, named)
        yield from reader.read(_renamed(rows, named) if named else rows)


def import_table(  # noqa: PLR0913 – what can be asked of an import
    path: str | os.PathLike[str],
    journal: Journal,
    mapping: TableMapping | Mapping[str, Any] | str | os.PathLike[str],
    agreements: Agreement | Iterable[Agreement] = (),
    *,
    obtained: str | None = None,
    progress: Callable[[int], None] | None = None,
) -> Imported:
    """Read a table into a journal and return what came of its rows; see `read_table` and `add_rows`."""
    file = path_named(path, "read")
    return add_rows(read_table(path, mapping, agreements, obtained), journal, file, progress)


def mapping_given(mapping: TableMapping | Mapping[str, Any] | str | os.PathLike[str]) -> TableMapping:
    """Return a mapping from one, from Python values, or from the path of a file."""
    return read_mapping(mapping) if isinstance(mapping, str | os.PathLike) else mapping_of(mapping)


def needed(mapping: TableMapping) -> tuple[str, ...]:
    """Return the columns without which a table is not read by a mapping."""
    return mapping.key if mapping.optional else mapping.read


def _renamed(rows: Iterator[Row | Mistake], named: Mapping[str, str]) -> Iterator[Row | Mistake]:
    for row in rows:
        if isinstance(row, Mistake):
            yield row
        else:
            yield Row(row.line, {named.get(column, column): cell for column, cell in row.cells.items()})


def _refuse_lacking(name: str, header: Header, mapping: TableMapping, named: Mapping[str, str]) -> None:
    there = {*header.columns, *named.values()}
    lacking = [column for column in needed(mapping) if column not in there]
    if several := [column for column in lacking if f"{column} 1" in there]:
        which = several[0]
        what = f"the header names the column {which!r} twice, and nothing says which of the two counts"
        instead = f"write {which + ' 1'!r} or {which + ' 2'!r} in the mapping"
        raise RecordError(str(Mistake(file=name, line=header.line, what=what, instead=instead)))
    if lacking:
        which = ", ".join(f"{one!r}{did_you_mean(nearest(one, header.columns))}" for one in lacking)
        what = f"there is no column {which}, which the mapping reads"
        instead = f"the columns are {', '.join(filter(None, header.columns))}"
        raise RecordError(str(Mistake(file=name, line=header.line, what=what, instead=instead)))


def _hash(path: str | os.PathLike[str]) -> str:
    found = sha256()
    try:
        with Path(path).open("rb") as file:
            while data := file.read(1024 * 1024):
                found.update(data)
    except OSError as error:
        raise UnreadableFile(f"{path_named(path, 'read')} cannot be read: {reason(error)}") from error
    return found.hexdigest()
