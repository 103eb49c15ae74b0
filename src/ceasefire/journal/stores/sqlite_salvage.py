"""Reading what is left of a damaged file: row by row where a whole piece cannot be read.

No index is used, for an index may be what is damaged. Whatever SQLite says of a
row, the row is told as unreadable and the next one is tried.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import evolve

from ceasefire.errors import DamagedJournal
from ceasefire.journal.stores.sql_rows import link_of_row, selection_without_bodies
from ceasefire.journal.stores.sqlite_file import FAILURES
from ceasefire.journal.stores.store import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ceasefire.journal.chain.link import Link
    from ceasefire.journal.stores.sqlite_file import Opened

#: Rows tried in one go; where that fails, halves.
_PIECE: Final = 1_024
#: Bytes below which no row is: how many there can be at most in a file of a given size.
_LEAST_ROW: Final = 128


def salvaged(file: Opened) -> Iterator[Link | Unreadable]:
    """Yield each link that can be read, by order of arrival, and what cannot be."""
    last = _last(file)
    for first in range(1, last + 1, _PIECE):
        for found in _rows(file, first, min(first + _PIECE - 1, last)):
            if isinstance(found, Unreadable):
                yield found
                continue
            try:
                link = link_of_row(found, file.name)
            except DamagedJournal:
                yield Unreadable(record=None, what=f"row {found[0]} holds what no record is")
                continue
            yield from _with_body(file, link)


def _rows(file: Opened, first: int, last: int) -> Iterator[tuple[Any, ...] | Unreadable]:
    """Yield the rows of records from one place of arrival to another."""
    query = f"{selection_without_bodies(file.schema)} WHERE seq BETWEEN ? AND ?"
    try:
        found = file.connection.execute(query, (first, last)).fetchall()
    except FAILURES as error:
        if first == last:
            yield Unreadable(record=None, what=f"row {first} cannot be read: {error}")
            return
        middle = (first + last) // 2
        yield from _rows(file, first, middle)
        yield from _rows(file, middle + 1, last)
    else:
        yield from found


def _with_body(file: Opened, link: Link) -> Iterator[Link | Unreadable]:
    """Yield a link with its body, or with why it has none, as far as either can be read."""
    try:
        body = _one(file, "SELECT salt, body, target FROM bodies WHERE seq = ?", link.seq)
        absent = None if body else _one(file, "SELECT min(reason) FROM absences WHERE seq = ?", link.seq)
    except FAILURES as error:
        yield Unreadable(record=link.id, what=f"the body of {link.id} cannot be read: {error}")
        yield link.without_body("withheld")  # its envelope is looked at all the same
        return
    if body is None:
        yield evolve(link, absent=absent[0] if absent else None)
    elif isinstance(body[0], bytes) and isinstance(body[1], bytes) and isinstance(body[2], str | None):
        yield evolve(link, salt=body[0], body=body[1], target=body[2])
    else:
        yield Unreadable(record=link.id, what=f"the body of {link.id} holds what no body is")
        yield link.without_body("withheld")


def _one(file: Opened, query: str, seq: int) -> tuple[Any, ...] | None:
    found: tuple[Any, ...] | None = file.connection.execute(query, (seq,)).fetchone()
    return found


def _last(file: Opened) -> int:
    """Return the greatest place of arrival there can be."""
    for query in (
        "SELECT seq FROM sqlite_sequence WHERE name = 'records'",
        "SELECT max(seq) FROM records NOT INDEXED",
    ):
        try:
            found = file.connection.execute(query).fetchone()
        except FAILURES:
            continue
        if found and isinstance(found[0], int):
            return min(found[0], file.path.stat().st_size // _LEAST_ROW + 1)
    return file.path.stat().st_size // _LEAST_ROW + 1
