"""Rows that wait to be inserted: many at once cost SQLite less than one after the other.

They are inserted before anything is asked of the file, and before a transaction ends; nobody sees a
difference but in time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import define, field

from ceasefire.journal.chain.link import key_in, receipt

if TYPE_CHECKING:
    from ceasefire.journal.chain.link import Link
    from ceasefire.journal.stores.sqlite_file import Opened

#: By table, the statement that inserts a row.
_INSERT: Final = {
    "records": "INSERT INTO records (seq, author, number, hash, head, received, receipt) "
    "VALUES (?, ?, ?, ?, ?, ?, ?)",
    "bodies": "INSERT INTO bodies (seq, salt, body, target, key) VALUES (?, ?, ?, ?, ?)",
    "absences": "INSERT INTO absences VALUES (?, ?)",
}  # fmt: skip
#: So many wait at most.
_MANY: Final = 2_000


@define
class Waiting:
    """The rows of links that were added inside `writing()` and are not inserted yet."""

    file: Opened
    rows: dict[str, list[tuple[Any, ...]]] = field(factory=lambda: {table: [] for table in _INSERT})

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

    def add_body(self, seq: int, link: Link) -> None:
        """Add the row of a body."""
        self.rows["bodies"].append((seq, link.salt, link.body, link.target, key_in(link.body)))

    def insert(self) -> None:
        """Insert all that wait, records before what belongs to them."""
        for table, rows in self.rows.items():
            if rows:
                self.rows[table] = []
                self.file.run_many(_INSERT[table], rows)

    def forget(self) -> None:
        """Insert nothing of it."""
        self.rows = {table: [] for table in _INSERT}
