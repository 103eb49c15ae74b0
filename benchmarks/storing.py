"""The peers of a journal: raw `sqlite3`, and `eventsourcing` in an SQLite file, both at `synchronous=FULL`.

Raw is what SQLite itself can do: the rows of a journal, ready made, into tables with
the same columns and keys and none of its triggers; or all rows scanned, each piece put
through SHA-256 and decoded. `eventsourcing` keeps an event for each record, as in
`replaying`, in a file with the write-ahead log; its connections are set to
`synchronous=FULL`, and asked whether they are. Neither has a hash chain.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from eventsourcing.application import Application

from ceasefire.journal import Journal
from replaying import STREAMS, Stream, say

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from uuid import UUID

    from ceasefire.record import Record

_FULL: Final = 2
_RECORDS: Final = "seq, author, number, hash, head, received, receipt"
_BODIES: Final = "seq, salt, body, target"
#: A row of each table, as a journal writes them.
Row = tuple[tuple[Any, ...], tuple[Any, ...]]


def rows_of(path: Path) -> list[Row]:
    """Return the rows of a journal's file."""
    with closing(sqlite3.connect(path)) as connection:
        records = connection.execute(f"SELECT {_RECORDS} FROM records ORDER BY seq").fetchall()  # noqa: S608
        bodies = connection.execute(f"SELECT {_BODIES} FROM bodies ORDER BY seq").fetchall()  # noqa: S608
    return list(zip(records, bodies, strict=True))


def checked(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Set a connection to wait for the disk, as a journal's own does, and return it."""
    connection.execute("PRAGMA synchronous = FULL")
    if connection.execute("PRAGMA synchronous").fetchone()[0] != _FULL:
        raise AssertionError("a peer must wait for the disk as a journal does")
    return connection


class Raw:
    """Tables of a journal that are written with `sqlite3` alone."""

    def __init__(self, path: Path) -> None:
        Journal.open(path).close()
        self._connection = checked(sqlite3.connect(path, isolation_level=None))
        triggers = self._connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        for (name,) in triggers.fetchall():
            self._connection.execute(f"DROP TRIGGER {name}")

    def insert(self, row: Row) -> None:
        """Insert one row of each table, in a transaction of its own."""
        run = self._connection.execute
        run("BEGIN IMMEDIATE")
        run(f"INSERT INTO records ({_RECORDS}) VALUES (?, ?, ?, ?, ?, ?, ?)", row[0])  # noqa: S608
        run(f"INSERT INTO bodies ({_BODIES}) VALUES (?, ?, ?, ?)", row[1])  # noqa: S608
        run("COMMIT")

    def insert_all(self, rows: Iterable[Row]) -> None:
        """Insert many rows, in one transaction."""
        records, bodies = zip(*rows, strict=True)
        self._connection.execute("BEGIN IMMEDIATE")
        many = self._connection.executemany
        many(f"INSERT INTO records ({_RECORDS}) VALUES (?, ?, ?, ?, ?, ?, ?)", records)  # noqa: S608
        many(f"INSERT INTO bodies ({_BODIES}) VALUES (?, ?, ?, ?)", bodies)  # noqa: S608
        self._connection.execute("COMMIT")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


class Bare:
    """One column that is written with `sqlite3` alone: the least that keeps the bytes of a record."""

    def __init__(self, path: Path) -> None:
        self._connection = checked(sqlite3.connect(path, isolation_level=None))
        if self._connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
            raise AssertionError("it must be kept by the write-ahead log, as a journal is")
        self._connection.execute("CREATE TABLE kept (seq INTEGER PRIMARY KEY, bytes BLOB NOT NULL)")

    def insert(self, row: Row) -> None:
        """Insert head, salt and body of a record as one value, in a transaction of its own."""
        said = row[0][4] + row[1][1] + row[1][2]
        self._connection.execute("INSERT INTO kept (bytes) VALUES (?)", (said,))

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def floor(path: Path) -> int:
    """Scan a journal in the order of its chains, hash and decode all of it; return how many rows fit."""
    query = "SELECT hash, head, salt, body FROM records JOIN bodies USING (seq) ORDER BY author, number, hash"
    fitting = 0
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        for hashed, head, salt, body in connection.execute(query):
            said, _ = json.loads(head), json.loads(body)
            digest = sha256(salt + body).hexdigest()
            fitting += sha256(head).digest() == hashed and said["body_digest"] == digest
    return fitting


class Events:
    """An application of `eventsourcing` with its events in an SQLite file; with no new streams, as it is."""

    def __init__(self, path: Path, streams: int = STREAMS) -> None:
        environment = {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(path)}
        self._application: Application[UUID] = Application(environment)
        store: Any = self._application.factory
        with store.datastore.get_connection(commit=True) as connection:
            checked(connection._sqlite_conn)  # noqa: SLF001 – there is no setting for it
        self._streams = [Stream(name=f"stream-{number}") for number in range(streams)]
        self._application.save(*self._streams)

    def keep(self, record: Record) -> None:
        """Keep what one record says, durably."""
        say(self._streams[0], record)
        self._application.save(self._streams[0])

    def keep_all(self, records: Iterable[Record]) -> None:
        """Keep what many records say, in one transaction."""
        for place, record in enumerate(records):
            say(self._streams[place % len(self._streams)], record)
        self._application.save(*self._streams)

    def replay(self) -> int:
        """Replay every event and hold the streams; return how many there were beside those opening them."""
        notes = self._application.recorder.select_notifications(1, STREAMS)
        streams = {note.originator_id for note in notes}
        self._streams = [self._application.repository.get(stream) for stream in streams]
        return sum(stream.version - 1 for stream in self._streams)

    def close(self) -> None:
        """Close the file."""
        self._application.close()
