"""A journal in one SQLite file, which several processes may write.

Write-ahead log with `synchronous=FULL`: when a write returns, it is on the disk,
whatever happens to the process. A writer takes the lock before it looks at the
end of a chain, so two never give the same number.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ceasefire.errors import JournalError
from ceasefire.journal.chain import Link

if TYPE_CHECKING:
    from collections.abc import Iterator

#: "CFJL", in the header of the file: what tells a journal from other databases.
APPLICATION: Final = 0x43464A4C
#: The version of the tables this library writes.
SCHEMA: Final = 1
#: Seconds a writer waits for another one to finish.
PATIENCE: Final = 30.0
#: Links read in one go while iterating.
_CHUNK: Final = 2_000
_COLUMNS: Final = "author, number, hash, head, salt, body, received, receipt, target"
_FROM: Final = f"SELECT {_COLUMNS} FROM records LEFT JOIN bodies USING (seq)"  # noqa: S608 - constants only


class SqliteStore:
    """A store in an SQLite file, made when it is not there."""

    def __init__(self, path: str | os.PathLike[str], patience: float = PATIENCE) -> None:
        self._patience = patience
        where = _place(path)
        self.name = os.fspath(path)
        with self._told():
            self._connection = sqlite3.connect(where, timeout=patience, isolation_level=None)
        try:
            with self._told():
                self._prepare()
        except BaseException:
            self._connection.close()
            raise

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the right to add; all that was added is on the disk when the block ends, or none of it."""
        with self._told():
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            with self._told():
                self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def add(self, link: Link) -> None:
        """Add a link, inside `writing()`."""
        with self._told():
            seq = self._connection.execute(
                "INSERT INTO records (author, number, hash, head, received, receipt) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (link.author, link.number, link.hash, link.head, link.received, link.receipt),
            ).lastrowid
            if link.body is not None:
                self._connection.execute(
                    "INSERT INTO bodies (seq, salt, body, target) VALUES (?, ?, ?, ?)",
                    (seq, link.salt, link.body, link.target),
                )

    def newest(self, author: str) -> tuple[int, bytes] | None:
        """Return number and hash of an author's newest record, or None."""
        found = self._rows(
            "SELECT number, hash FROM records WHERE author = ? ORDER BY number DESC, hash DESC LIMIT 1",
            author,
        )
        return (found[0][0], found[0][1]) if found else None

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
        last = self._rows("SELECT coalesce(max(seq), 0) FROM records")[0][0]
        bound = 2**63 - 1 if known_at is None else known_at
        place: tuple[str, int, bytes] = ("", 0, b"")
        while True:
            rows = self._rows(
                f"{_FROM} WHERE (author, number, hash) > (?, ?, ?) AND seq <= ? AND received <= ? "
                f"ORDER BY author, number, hash LIMIT {_CHUNK}",
                *place,
                last,
                bound,
            )
            yield from map(_link, rows)
            if len(rows) < _CHUNK:
                return
            place = rows[-1][:3]

    def find(self, author: str, number: int) -> list[Link]:
        """Return the links of this number: none, one, or those of a fork, by hash."""
        found = self._rows(f"{_FROM} WHERE author = ? AND number = ? ORDER BY hash", author, number)
        return [_link(row) for row in found]

    def amending(self, target: str) -> list[Link]:
        """Return the links that are `of` this record, by author, number and hash."""
        return [
            _link(row)
            for row in self._rows(f"{_FROM} WHERE target = ? ORDER BY author, number, hash", target)
        ]

    def last_received(self) -> int | None:
        """Return when the link that arrived last was received."""
        found = self._rows("SELECT received FROM records ORDER BY seq DESC LIMIT 1")
        return int(found[0][0]) if found else None

    def lost(self) -> int:
        """Return how many links were added and are not there any more."""
        added = self._rows("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'records'")[0][0]
        return max(int(added) - len(self), 0)

    def __len__(self) -> int:
        return int(self._rows("SELECT count(*) FROM records")[0][0])

    def close(self) -> None:
        """Close the file; closing twice does no harm."""
        self._connection.close()

    def _rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with self._told():
            return self._connection.execute(query, values).fetchall()

    def _prepare(self) -> None:
        """Make sure the file is a journal of a schema this library knows; make one of an empty file."""
        if self._is_new():
            self._write_ahead()
            with self.writing():
                if self._is_new():  # another process may have been faster
                    self._create()
        self._check()
        self._write_ahead()
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute("PRAGMA foreign_keys = ON")
        self._connection.execute("PRAGMA recursive_triggers = ON")

    def _pragma(self, name: str) -> Any:
        return self._connection.execute(f"PRAGMA {name}").fetchone()[0]

    def _is_new(self) -> bool:
        return (self._pragma("application_id"), self._pragma("schema_version")) == (0, 0)

    def _create(self) -> None:
        schema = resources.files("ceasefire.journal").joinpath("schema.sql").read_text(encoding="utf-8")
        for statement in _statements(schema):
            self._connection.execute(statement)
        self._connection.execute(f"PRAGMA application_id = {APPLICATION}")
        self._connection.execute(f"PRAGMA user_version = {SCHEMA}")

    def _check(self) -> None:
        if self._pragma("application_id") != APPLICATION:
            raise JournalError(f"{self.name} is a database, but no journal: name another file")
        if (version := self._pragma("user_version")) > SCHEMA:
            raise JournalError(
                f"{self.name} was written by a newer version of ceasefire (schema {version}; "
                f"this one knows {SCHEMA}): update ceasefire"
            )

    def _write_ahead(self) -> None:
        """Switch to the write-ahead log; SQLite does not wait by itself for others doing the same."""
        until = time.monotonic() + self._patience
        while self._pragma("journal_mode") != "wal":
            try:
                self._connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > until:
                    raise
                time.sleep(0.01)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn SQLite's errors into sentences."""
        try:
            yield
        except sqlite3.Error as error:
            raise JournalError(f"{self.name} {_sentence(error, self._patience)}") from error


def _place(path: str | os.PathLike[str]) -> Path:
    """Return where a journal is or can be; raises `JournalError` where there can be none."""
    try:
        where = Path(path).absolute()
        if where.is_dir():
            raise JournalError(f"{path!s:.200} is a folder: name a file in it, such as journal.db")
        if not where.parent.is_dir():
            raise JournalError(f"{path!s:.200}: there is no folder {where.parent!s:.200}: make it first")
    except (OSError, ValueError, TypeError) as error:  # too long, with a null character, or no path at all
        raise JournalError(f"{path!r:.80} is no name of a file: write one such as journal.db") from error
    return where


def _link(row: tuple[Any, ...]) -> Link:
    author, number, hashed, head, salt, body, received, receipt, target = row
    return Link(
        author=author,
        number=number,
        hash=hashed,
        head=head,
        salt=salt,
        body=body,
        received=received,
        receipt=receipt,
        target=target,
    )


def _statements(script: str) -> Iterator[str]:
    """Yield the statements of a script one by one: `executescript` would commit before it begins."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


_BUSY: Final = "is being written by another process, which did not finish in {:g} seconds: try again"
#: What SQLite says, and what that means for who opened a journal.
_SENTENCES: Final = (
    ("locked", _BUSY),
    ("busy", _BUSY),
    ("not a database", "is no journal: name another file, or read records with read_records"),
    ("readonly", "cannot be written: it is read-only"),
    ("unable to open", "cannot be opened: look at its folder and at the rights to it"),
    ("closed database", "is closed: open it again"),
    ("disk is full", "cannot be written: the disk is full; nothing was written"),
    ("malformed", "is damaged: go back to a copy, and see what it lacks with verify"),
)


def _sentence(error: sqlite3.Error, patience: float) -> str:
    for sign, sentence in _SENTENCES:
        if sign in str(error):
            return sentence.format(patience)
    return f"cannot be used: {error}"
