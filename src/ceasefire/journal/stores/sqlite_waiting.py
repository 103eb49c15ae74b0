"""Rows that wait to be inserted: many at once cost SQLite less than one after the other.

They are inserted before anything is asked of the file, and before a transaction ends; nobody sees a
difference but in time.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from attrs import define, field

from ceasefire.journal.chain.link import key_in, receipt

if TYPE_CHECKING:
    from ceasefire.journal.chain.link import Link, New
    from ceasefire.journal.stores.sqlite_file import Opened

#: By table, the columns of a row.
_COLUMNS: Final = {
    "records": ("seq", "author", "number", "hash", "head", "received", "receipt"),
    "bodies": ("seq", "salt", "body", "target", "key"),
    "absences": ("seq", "reason"),
}
#: Rows of one statement: far fewer than SQLite has room for.
_TOGETHER: Final = 50
#: So many wait at most.
_MANY: Final = 2_000


def _insertion(table: str, number: int) -> str:
    """Return the statement that inserts so many rows."""
    columns = _COLUMNS[table]
    marks = f"({', '.join('?' * len(columns))})"
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([marks] * number)}"  # noqa: S608 - constants


_ONE: Final = {table: _insertion(table, 1) for table in _COLUMNS}
_SEVERAL: Final = {table: _insertion(table, _TOGETHER) for table in _COLUMNS}


def _joined(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Return the values of some rows for each statement."""
    several = (rows[first : first + _TOGETHER] for first in range(0, len(rows), _TOGETHER))
    return [tuple(chain.from_iterable(some)) for some in several]


@define
class Waiting:
    """The rows of links that were added inside `writing()` and are not inserted yet."""

    file: Opened
    rows: dict[str, list[tuple[Any, ...]]] = field(factory=lambda: {table: [] for table in _COLUMNS})

    def add(self, seq: int, link: Link) -> None:
        """Add the rows of a link at a place of arrival."""
        fits = receipt(link.hash, link.received, seq)
        records = self.rows["records"]
        records.append((seq, link.author, link.number, link.hash, link.head, link.received, fits))
        if link.body is None:
            self.rows["absences"].append((seq, link.absent or "withheld"))
        else:
            self.add_body(seq, link)
        if len(records) >= _MANY:
            self.insert()

    def add_new(self, seq: int, rows: list[New]) -> int:
        """Add the rows of records that were just written, after a place of arrival; return the last one's."""
        records, bodies = self.rows["records"], self.rows["bodies"]
        for author, number, hashed, head, salt, body, received, target in rows:
            seq += 1
            records.append((seq, author, number, hashed, head, received, receipt(hashed, received, seq)))
            bodies.append((seq, salt, body, target, None if b'"key":' not in body else key_in(body)))
        if len(records) >= _MANY:
            self.insert()
        return seq

    def add_body(self, seq: int, link: Link) -> None:
        """Add the row of a body."""
        self.rows["bodies"].append((seq, link.salt, link.body, link.target, key_in(link.body)))

    def insert(self) -> None:
        """Insert all that wait, records before what belongs to them."""
        for table, rows in self.rows.items():
            if rows:
                self.rows[table] = []
                whole = len(rows) - len(rows) % _TOGETHER
                if whole:
                    self.file.run_many(_SEVERAL[table], _joined(rows[:whole]))
                if rows[whole:]:
                    self.file.run_many(_ONE[table], rows[whole:])

    def forget(self) -> None:
        """Insert nothing of it."""
        self.rows = {table: [] for table in _COLUMNS}
