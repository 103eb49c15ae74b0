"""Rows that wait to be inserted: many at once cost SQLite less than one after the other.

They are inserted before anything is asked of the file, and before a transaction ends; nobody sees a
difference but in time.
"""

from __future__ import annotations

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


@define
class Waiting:
    """The rows of links that were added inside `writing()` and are not inserted yet."""

    file: Opened
    #: By table, the values of all rows, one after the other.
    values: dict[str, list[Any]] = field(factory=lambda: {table: [] for table in _COLUMNS})

    def add(self, seq: int, link: Link) -> None:
        """Add the rows of a link at a place of arrival."""
        fits = receipt(link.hash, link.received, seq)
        self.values["records"] += (seq, link.author, link.number, link.hash, link.head, link.received, fits)
        if link.body is None:
            self.values["absences"] += (seq, link.absent or "withheld")
        else:
            self.add_body(seq, link)
        self._insert_many()

    def add_new(self, seq: int, rows: list[New]) -> int:
        """Add the rows of records that were just written, after a place of arrival; return the last one's."""
        records, bodies = self.values["records"], self.values["bodies"]
        for author, number, hashed, head, salt, body, received, target in rows:
            seq += 1
            records += (seq, author, number, hashed, head, received, receipt(hashed, received, seq))
            bodies += (seq, salt, body, target, None if b'"key":' not in body else key_in(body))
        self._insert_many()
        return seq

    def add_body(self, seq: int, link: Link) -> None:
        """Add the row of a body."""
        self.values["bodies"] += (seq, link.salt, link.body, link.target, key_in(link.body))

    def insert(self) -> None:
        """Insert all that wait, records before what belongs to them."""
        for table, values in self.values.items():
            if values:
                self.values[table] = []
                one, several = len(_COLUMNS[table]), _TOGETHER * len(_COLUMNS[table])
                whole = len(values) - len(values) % several
                if whole:
                    self.file.run_many(_SEVERAL[table], _parted(values, several, 0, whole))
                if whole < len(values):
                    self.file.run_many(_ONE[table], _parted(values, one, whole, len(values)))

    def forget(self) -> None:
        """Insert nothing of it."""
        self.values = {table: [] for table in _COLUMNS}

    def _insert_many(self) -> None:
        if len(self.values["records"]) >= _MANY * len(_COLUMNS["records"]):
            self.insert()


def _parted(values: list[Any], width: int, first: int, end: int) -> list[list[Any]]:
    """Return values from a place up to another in parts of so many."""
    return [values[place : place + width] for place in range(first, end, width)]
