"""A journal in one SQLite file, which several processes may write.

Write-ahead log with `synchronous=FULL`: when a write returns, it is on the disk,
whatever happens to the process. A writer takes the lock before it looks at the
end of a chain, so two never give the same number.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from ceasefire.errors import DamagedJournal, JournalError, ReadOnlyJournal
from ceasefire.journal.chain.link import NOT_CHAINED
from ceasefire.journal.stores.sql_rows import (
    SEALS,
    link_of_row,
    received_last,
    seal_of_row,
    selection,
    selection_of_rows,
)
from ceasefire.journal.stores.sqlite_asking import Asking
from ceasefire.journal.stores.sqlite_ends import Ends
from ceasefire.journal.stores.sqlite_file import open_file
from ceasefire.journal.stores.sqlite_purging import purge
from ceasefire.journal.stores.sqlite_salvage import salvaged
from ceasefire.journal.stores.store import PATIENCE, Tip, hashes_from_to

if TYPE_CHECKING:
    import os
    from collections.abc import Collection, Iterable, Iterator

    from ceasefire.journal.chain.link import Link, New
    from ceasefire.journal.chain.seal import Seal
    from ceasefire.journal.stores.store import Place, Row, Unreadable

_TIP: Final = (
    "SELECT number, hash, instr(head, ?) = 0, EXISTS (SELECT 1 FROM doubles WHERE author = records.author) "
    "OR EXISTS (SELECT 1 FROM awaiting WHERE author = records.author) "
    "FROM records WHERE author = ? ORDER BY number DESC, hash DESC LIMIT 1"
)
_NEWEST: Final = "SELECT number, hash FROM records WHERE author = ?"
#: The step of the tables that brought seals: a file that cannot be written may be at one before.
_WITH_SEALS: Final = 3
#: The step that brought keys, and how many are asked for at once.
_WITH_KEYS: Final = 4
_KEYS_AT_ONCE: Final = 500
#: The step that brought what came by merge.
_WITH_MERGES: Final = 5
#: Links read in one go while iterating.
_CHUNK: Final = 2_000


class SqliteStore(Asking):
    """A store in an SQLite file, made when it is not there and may be written."""

    def __init__(
        self, path: str | os.PathLike[str], patience: float = PATIENCE, *, read_only: bool = False
    ) -> None:
        super().__init__(open_file(path, patience, read_only=read_only))
        self._connection = self._file.connection
        self._row = selection(self._file.schema)
        #: The place of arrival given last, inside `writing()`.
        self._seq = 0

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the right to add; all that was added is on the disk when the block ends, or none of it."""
        if not self._file.writable:
            raise ReadOnlyJournal(f"{self.name} cannot be written: it was opened for reading only")
        if self._file.in_transaction():
            raise JournalError(f"{self.name} is being written: record when that is done")
        self._file.check_still_there()
        self._file.run("BEGIN IMMEDIATE")
        try:
            self._seq = self._remembered()
            yield
            self._waiting.insert()
            self._file.run("COMMIT")
        except BaseException:
            self._ends = Ends()
            self._waiting.forget()
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        finally:
            self._holds = False
        self._file.check_still_there()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Look at one moment, whatever other processes add until the block ends."""
        if self._file.in_transaction():
            yield
            return
        self._file.run("BEGIN")
        try:
            yield
        finally:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")  # nothing was written

    def add(self, link: Link) -> None:
        """Add a link, inside `writing()`."""
        self._ends = Ends()
        self._seq += 1
        self._waiting.add(self._seq, link)

    def add_new(self, rows: list[New]) -> None:
        """Add records that were just written, inside `writing()`."""
        self._ends.follow(rows)
        self._ends.seq = self._seq = self._waiting.add_new(self._seq, rows)

    def fill(self, held: Link, link: Link) -> None:
        """Add the body that a link held without one lacks, inside `writing()`."""
        self._ends = Ends()
        self._waiting.add_body(held.seq, link)

    def erase(self, held: Link) -> None:
        """Mark the body of a link as erased and take it away, inside `writing()`."""
        self._do("INSERT INTO absences VALUES (?, 'erased')", (held.seq,))
        self._do("DELETE FROM bodies WHERE seq = ?", (held.seq,))

    def purge(self) -> None:
        """Leave no trace of what was erased: neither in free pages nor in the log."""
        purge(self._file)

    def tip(self, author: str) -> Tip | None:
        """Return what an author's next record has to know of those before it, or None without any."""
        if self._file.schema == 1:
            return self._tip_at_step_1(author)
        if self._holds and author in self._ends.tips:
            return self._ends.tips[author]
        found = self._rows(_TIP, NOT_CHAINED, author)
        tip = Tip(*self._place(found[0]), bool(found[0][2]), bool(found[0][3])) if found else None
        if self._holds:
            self._ends.tips[author] = tip
        return tip

    def _tip_at_step_1(self, author: str) -> Tip | None:
        """Return the same of a file in which nothing is noted of numbers that several have."""
        found = self._rows(f"{_NEWEST} ORDER BY number DESC, hash DESC LIMIT 1", author)
        divided = self.first_double(author) is not None
        return Tip(*self._place(found[0]), True, divided) if found else None  # none merged yet

    def newest_chained(self, author: str) -> tuple[int, bytes] | None:
        """Return number and hash of the newest that the author chained: the first met from the end."""
        query = f"{_NEWEST} AND instr(head, ?) = 0 ORDER BY number DESC, hash DESC LIMIT 1"
        found = self._rows(query, author, NOT_CHAINED)
        return self._place(found[0]) if found else None

    def authors(self) -> list[str]:
        """Return all authors, sorted; each is found by one step in the index."""
        found: list[str] = []
        while row := self._rows(
            "SELECT author FROM records WHERE author > ? ORDER BY author LIMIT 1", found[-1] if found else ""
        ):
            found.append(row[0][0])
        return found

    def links(self, known_at: int | None = None) -> Iterator[Link]:
        """Yield the links held now, by author, number and hash, a chunk at a time.

        What is added meanwhile is not among them, so a loop may record.
        """
        bound = 2**63 - 1 if known_at is None else known_at
        return self._chunks("(author, number, hash)", ("", 0, b""), " AND received <= ?", (bound,))

    def rows(self) -> Iterator[Row]:
        """Yield the same links as rows that nobody has looked at, inside `reading()`."""
        query = f"{selection_of_rows(self._file.schema)} WHERE author > '' ORDER BY author, number, hash"
        self._waiting.insert()
        return self._file.each(query)

    def arrivals(self, after: int = 0) -> Iterator[Link]:
        """Yield the links held now in the order in which they arrived, of those after a place in it."""
        return self._chunks("(seq)", (after,), "", ())

    def chain_from(self, author: str, number: int) -> Iterator[Link]:
        """Yield an author's links from a number on, by number and hash."""
        return self._chunks("(author, number, hash)", (author, number, b""), " AND author = ?", (author,))

    def find(self, author: str, number: int) -> list[Link]:
        """Return the links of this number: none, one, or those of a fork, by hash."""
        found = self._rows(f"{self._row} WHERE author = ? AND number = ? ORDER BY hash", author, number)
        return [self._link(row) for row in found]

    def first_two(self, author: str, number: int, *, chained: bool = False) -> list[Link]:
        """Return the first two links of this number by hash, or of those that their author chained."""
        condition, bound = (" AND instr(head, ?) = 0", (NOT_CHAINED,)) if chained else ("", ())
        query = f"{self._row} WHERE author = ? AND number = ?{condition} ORDER BY hash LIMIT 2"
        return [self._link(row) for row in self._rows(query, author, number, *bound)]

    def starting(self, author: str, number: int, digits: str) -> list[Link]:
        """Return the links of this number whose hash begins with these hexadecimal digits, by hash."""
        query = f"{self._row} WHERE author = ? AND number = ? AND hash BETWEEN ? AND ? ORDER BY hash"
        return [self._link(row) for row in self._rows(query, author, number, *hashes_from_to(digits))]

    def held(self, author: str, number: int, hashed: bytes) -> Link | None:
        """Return the link of this place, or None."""
        query = f"{self._row} WHERE (author, number, hash) = (?, ?, ?)"
        found = self._rows(query, author, number, hashed)
        return self._link(found[0]) if found else None

    def number_before(self, author: str, number: int) -> int:
        """Return the greatest number below this one that an author's links have, or 0."""
        query = "SELECT coalesce(max(number), 0) FROM records WHERE author = ? AND number < ?"
        return self._whole(query, author, number)[0][0]

    def first_double(self, author: str) -> int | None:
        """Return the least number that several of an author's links have, or None."""
        if self._file.schema == 1:
            query = (
                "SELECT min(number) FROM "
                "(SELECT number FROM records WHERE author = ? GROUP BY number HAVING count(*) > 1)"
            )
        else:
            query = "SELECT min(number) FROM doubles WHERE author = ?"
        found: int | None = self._rows(query, author)[0][0]
        return found if found is None else self._place((found, b""))[0]

    def amending(self, target: str) -> list[Link]:
        """Return the links that are `of` this record, by author, number and hash."""
        found = self._rows(f"{self._row} WHERE target = ? ORDER BY author, number, hash", target)
        return [self._link(row) for row in found]

    def targets(self) -> set[str]:
        """Return the ids that any link is `of`."""
        return {row[0] for row in self._rows("SELECT DISTINCT target FROM bodies WHERE target IS NOT NULL")}

    def keyed(self, author: str, keys: Collection[str]) -> list[Link]:
        """Return an author's links whose bodies give them one of these keys, by number and hash."""
        if self._file.schema < _WITH_KEYS:
            return []
        found: list[Link] = []
        wanted = list(keys)
        for some in (wanted[n : n + _KEYS_AT_ONCE] for n in range(0, len(wanted), _KEYS_AT_ONCE)):
            marks = ", ".join("?" * len(some))
            seqs = f"SELECT seq FROM bodies INDEXED BY bodies_by_key WHERE key IN ({marks})"  # noqa: S608 - marks
            rows = self._rows(f"{self._row} WHERE seq IN ({seqs}) AND +author = ?", *some, author)
            found += [self._link(row) for row in rows]
        return sorted(found, key=lambda link: (link.number, link.hash))

    def await_before(self, places: Iterable[Place]) -> None:
        """Note that these links arrived before the ones they follow, inside `writing()`."""
        for place in places:
            self._do("INSERT OR IGNORE INTO awaiting VALUES (?, ?, ?)", place)

    def arrived_before(self, places: Iterable[Place]) -> None:
        """Note that the ones before these links are there now, inside `writing()`."""
        for place in places:
            self._do("DELETE FROM awaiting WHERE (author, number, hash) = (?, ?, ?)", place)

    def awaiting(self, author: str | None = None) -> list[Place]:
        """Return the links that arrived before the ones they follow, which have not come, sorted."""
        if self._file.schema == 1:
            return []
        query = "SELECT author, number, hash FROM awaiting WHERE ?1 IS NULL OR author = ?1 ORDER BY 1, 2, 3"
        if author is not None:  # a query of its own, which the index answers
            query = "SELECT author, number, hash FROM awaiting WHERE author = ?1 ORDER BY 1, 2, 3"
        found = self._rows(query, author)
        if not all(isinstance(row[0], str) for row in found):
            raise self._damaged()
        return [(row[0], *self._place(row[1:])) for row in found]

    def note_merged(self, places: range) -> None:
        """Note that the links of these places of arrival came by merge, inside `writing()`."""
        self._do("INSERT INTO merges (first, last) VALUES (?, ?)", (places.start, places.stop - 1))

    def merged(self) -> list[range]:
        """Return the places of arrival of what came by merge, in their order."""
        if self._file.schema < _WITH_MERGES:
            return []
        return [range(row[0], row[1] + 1) for row in self._whole("SELECT first, last FROM merges ORDER BY 1")]

    def add_seal(self, seal: Seal) -> None:
        """Add a seal that is not held, inside `writing()`."""
        kept = seal.kept(self._given("seals") + 1)
        self._do(
            "INSERT INTO seals (author, length, head, key, at, signature, received, seq, receipt) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (kept.author, kept.length, kept.head, kept.key, kept.at, kept.signature, kept.received, kept.seq,
             kept.receipt),
        )  # fmt: skip

    def seals(self) -> list[Seal]:
        """Return the seals held, sorted."""
        if self._file.schema < _WITH_SEALS:
            return []
        return sorted(seal_of_row(row, self.name) for row in self._rows(SEALS))

    def lost_seals(self) -> int:
        """Return how many seals were added and are not there any more."""
        if self._file.schema < _WITH_SEALS:
            return 0
        return max(self._given("seals") - int(self._rows("SELECT count(*) FROM seals NOT INDEXED")[0][0]), 0)

    def last_arrival(self) -> tuple[int, bytes] | None:
        """Return the place and the hash of the link that arrived last, or None."""
        found = self._rows("SELECT seq, hash FROM records ORDER BY seq DESC LIMIT 1")
        return (found[0][0], found[0][1]) if found else None

    def last_received(self) -> int | None:
        """Return when the link that arrived last was received."""
        if self._holds and self._ends.received is not None:
            return self._ends.received
        found = self._whole("SELECT received FROM records ORDER BY seq DESC LIMIT 1")
        last = received_last(found[0][0] if found else None, self.name)
        if self._holds:
            self._ends.received = last
        return last

    def counted(self) -> int:
        """Return how many links are held, counted one by one: no index is believed."""
        return int(self._rows("SELECT count(*) FROM records NOT INDEXED")[0][0])

    def lost(self) -> int:
        """Return how many links were added and are not there any more."""
        return max(self._given("records") - self.counted(), 0)

    def unfit(self) -> list[str]:
        """Return what does not fit in indexes and counters, a sentence each."""
        try:
            found = [str(row[0]) for row in self._rows("PRAGMA integrity_check(5)")]
            wrong = [f"{self.name} is damaged: {text}" for text in found if text != "ok"]
            self.awaiting()
            newest = self._rows("SELECT coalesce(max(seq), 0) FROM records NOT INDEXED")[0][0]
            if self._given("records") < newest:
                wrong.append(f"{self.name} counts fewer records than it holds: nothing more can be written")
            if any(places.stop - 1 > self._given("records") for places in self.merged()):
                wrong.append(f"{self.name} notes merges of records that it never held")
        except DamagedJournal as error:
            return [str(error)]
        return wrong

    def salvaged(self) -> Iterator[Link | Unreadable]:
        """Yield what can still be read, and what cannot."""
        return salvaged(self._file)

    def __len__(self) -> int:
        return int(self._rows("SELECT count(*) FROM records")[0][0])

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _chunks(
        self, key: str, after: tuple[Any, ...], condition: str, bounds: tuple[Any, ...]
    ) -> Iterator[Link]:
        """Yield the links beyond a key, by key, of those held now."""
        last = self._rows("SELECT coalesce(max(seq), 0) FROM records")[0][0]
        marks = ", ".join("?" * len(after))
        query = (
            f"{self._row} WHERE {key} > ({marks}) AND seq <= ?{condition} "
            f"ORDER BY {key.strip('()')} LIMIT {_CHUNK}"
        )
        while True:
            rows = self._rows(query, *after, last, *bounds)
            yield from map(self._link, rows)
            if len(rows) < _CHUNK:
                return
            after = rows[-1][1:4] if len(after) > 1 else rows[-1][:1]

    def _link(self, row: tuple[Any, ...]) -> Link:
        return link_of_row(row, self.name)
