"""A table in a file, CSV or a workbook, into a journal by a mapping (docs/imports.md)."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager  # noqa: TC003 - resolved at run time by readers of signatures
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ceasefire.errors import Mistake, RecordError, UnreadableFile, did_you_mean, nearest, path_named, reason
from ceasefire.exchange.adding import Imported, add_rows
from ceasefire.exchange.rows import Header, Row, opened_rows
from ceasefire.exchange.submissions import opened_submissions, repeated_in
from ceasefire.exchange.table.mapping import TableMapping, mapping_of, read_mapping
from ceasefire.exchange.table.records import RowReader, Source, registers
from ceasefire.exchange.table.tags import tag_names
from ceasefire.exchange.workbooks import WORKBOOKS, opened_workbook
from ceasefire.instruments.names import folded

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
    suffix = Path(path_named(path, "read")).suffix.lower()
    if how.repeat is not None or suffix == ".json":
        return opened_submissions(path, how.repeat or ())
    names = tag_names if how.tagged else None
    if suffix in WORKBOOKS:
        return opened_workbook(path, how.sheet, names)
    return opened_rows(path, (), how.read, how.encoding, names)


def unread_columns(path: str | os.PathLike[str], mapping: TableMapping) -> tuple[str, ...]:
    """Return the columns of a table that nothing reads; raises `RecordError` where it lacks one that is."""
    with opened_table(path, mapping) as (header, _):
        named = _known_columns(header, mapping)
        _refuse_lacking(os.fspath(path), header, mapping, named)
        known = {*mapping.read, *named}
        return tuple(column for column in header.columns if column and column not in known)


def read_table(
    path: str | os.PathLike[str],
    mapping: TableMapping | Mapping[str, Any] | str | os.PathLike[str],
    agreements: Iterable[Agreement] = (),
    obtained: str | None = None,
) -> Iterator[Read]:
    """Yield what comes of each row of a table: a record with its line, or a `Mistake`.

    `mapping` is one, the same as Python values, or the path of a TOML file. Names of places,
    parties and commitments of `agreements` are taken for their ids. `obtained` is when the file
    was retrieved. Raises `MappingError`, `UnreadableFile`, and `RecordError` for a table that
    lacks a column of the mapping.
    """
    how = mapping_given(mapping)
    file = os.fspath(path) if how.repeat is None else repeated_in(path, how.repeat)
    source = Source(file=file, sha256=_hash(file), obtained=obtained)
    reader = RowReader(mapping=how, source=source, registers=registers(agreements, geometry=how.geometry))
    with opened_table(path, how) as (header, rows):
        named = _known_columns(header, how)
        _refuse_lacking(os.fspath(path), header, how, named)
        yield from reader.read(_renamed(rows, named) if named else rows)


def import_table(  # noqa: PLR0913 – what can be asked of an import
    path: str | os.PathLike[str],
    journal: Journal,
    mapping: TableMapping | Mapping[str, Any] | str | os.PathLike[str],
    agreements: Iterable[Agreement] = (),
    *,
    obtained: str | None = None,
    progress: Callable[[int], None] | None = None,
) -> Imported:
    """Read a table into a journal and return what came of its rows; see `read_table` and `add_rows`."""
    return add_rows(read_table(path, mapping, agreements, obtained), journal, os.fspath(path), progress)


def mapping_given(mapping: TableMapping | Mapping[str, Any] | str | os.PathLike[str]) -> TableMapping:
    """Return a mapping from one, from Python values, or from the path of a file."""
    return read_mapping(mapping) if isinstance(mapping, str | os.PathLike) else mapping_of(mapping)


def _known_columns(header: Header, mapping: TableMapping) -> dict[str, str]:
    """Return columns that a format names in other letters, with its name for them: versions differ."""
    wanted = {folded(column): column for column in mapping.read if column not in header.columns}
    given = {} if not mapping.optional else {column: wanted.get(folded(column)) for column in header.columns}
    return {column: name for column, name in given.items() if name is not None}


def _renamed(rows: Iterator[Row | Mistake], named: Mapping[str, str]) -> Iterator[Row | Mistake]:
    for row in rows:
        if isinstance(row, Mistake):
            yield row
        else:
            yield Row(row.line, {named.get(column, column): cell for column, cell in row.cells.items()})


def _refuse_lacking(name: str, header: Header, mapping: TableMapping, named: Mapping[str, str]) -> None:
    needed = mapping.key if mapping.optional else mapping.read
    there = {*header.columns, *named.values()}
    lacking = [column for column in needed if column not in there]
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
