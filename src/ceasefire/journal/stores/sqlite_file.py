"""Opening the file of a journal: making it, bringing it up to date, and telling why it cannot be opened.

The tables are made by numbered steps (`steps/1.sql` and so on). A new file goes
through all of them, an old one through those it lacks; each step is one
transaction, and is entered in the file by it. A step is never edited once it is
out. A file that cannot be written is read as it is, whatever its step.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from ceasefire.errors import (
    ClosedJournal,
    DamagedJournal,
    DiskFull,
    InheritedJournal,
    JournalBusy,
    JournalError,
    JournalGone,
    LinkedJournal,
    NewerJournal,
    NotAJournal,
    OtherThread,
    ReadOnlyJournal,
    UnreadableFile,
    quoted,
)
from ceasefire.journal.chain.link import receipt
from ceasefire.journal.stores.sqlite_beside import together
from ceasefire.packaged import folder_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ceasefire.journal.stores.sqlite_beside import Together

#: "CFJL", in the header of the file: what tells a journal from other databases.
APPLICATION: Final = 0x43464A4C
#: The indexes that the steps make by name.
_INDEXES: Final = frozenset({"bodies_by_target", "bodies_by_key"})
#: The version of the tables this library writes: the number of its newest step.
SCHEMA: Final = 5


@frozen
class Opened:
    """An open file."""

    connection: sqlite3.Connection
    name: str
    path: Path
    #: Seconds to wait for another process.
    patience: float
    writable: bool
    #: The step its tables are at: `SCHEMA`, unless it is old and cannot be written.
    schema: int
    #: The file that was opened, and those beside it.
    opened: Together
    #: The process that opened it.
    process: int

    def check_still_there(self) -> None:
        """Raise `JournalGone` where the file, or one beside it, was deleted, moved or replaced."""
        if what := self.opened.changed():
            raise JournalGone(f"{self.name} {what}")

    def close(self) -> None:
        """Close it; in a process that was forked, leave it to the one that opened it."""
        if os.getpid() == self.process:
            if self.opened.of_others():
                self.connection.interrupt()  # closing would move this log over what others wrote to theirs
            self.connection.close()

    def pragma(self, name: str) -> Any:
        """Return the value of a setting."""
        return self.connection.execute(f"PRAGMA {name}").fetchone()[0]

    def run(self, statement: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """Run a statement and return the rows it gives; SQLite's errors become sentences.

        Raises `InheritedJournal` in a process that was forked from the one that opened the file:
        SQLite keeps there what the other one has changed since.
        """
        if os.getpid() != self.process:
            raise self._inherited()
        try:
            return self.connection.execute(statement, values).fetchall()
        except FAILURES as error:
            raise _situation(error, self.name, self.patience) from error

    def run_many(self, statement: str, rows: list[list[Any]]) -> None:
        """Run a statement for each of some rows, as `run` does."""
        if os.getpid() != self.process:
            raise self._inherited()
        try:
            self.connection.executemany(statement, rows)
        except FAILURES as error:
            raise _situation(error, self.name, self.patience) from error

    def each(self, query: str) -> Iterator[tuple[Any, ...]]:
        """Yield the rows that a query gives, one by one; SQLite's errors become sentences."""
        if os.getpid() != self.process:
            raise self._inherited()
        with told(self.name, self.patience):
            for row in self.connection.execute(query):  # noqa: UP028 - it would close the cursor of a closed file
                yield row

    def _inherited(self) -> InheritedJournal:
        what = f"{self.name} was opened by another process, from which this one was forked"
        return InheritedJournal(f"{what}: open it here")

    def in_transaction(self) -> bool:
        """Tell whether what is written now is not kept yet; raises `ClosedJournal` once it is closed."""
        try:
            return self.connection.in_transaction
        except FAILURES as error:
            raise _situation(error, self.name, self.patience) from error


def open_file(path: str | os.PathLike[str], patience: float, *, read_only: bool) -> Opened:
    """Open a journal's file, which is made when it is not there and may be written.

    A file that nobody may write, or in a folder where nothing can be made, is opened
    for reading. Raises a `JournalError` for whatever else keeps it from being opened.
    """
    where = _place(path)
    name = os.fspath(path)
    if not where.exists():
        if read_only:
            raise UnreadableFile(f"there is no journal {name}")
        if not os.access(where.parent, os.W_OK):
            raise ReadOnlyJournal(f"{name} cannot be made: its folder {where.parent} cannot be written")
    writable = not read_only and (not where.exists() or _may_be_written(where))
    if writable:
        _refuse_several_names(where, name)
    with told(name, patience):
        connection = sqlite3.connect(_address(where, name, writable=writable), timeout=patience, uri=True)
        connection.isolation_level = None
        try:
            schema = _prepare(connection, name, patience, writable=writable)
        except BaseException:
            connection.close()
            raise
    return Opened(connection, name, where, patience, writable, schema, together(where), os.getpid())


def _place(path: str | os.PathLike[str]) -> Path:
    """Return where a journal is or can be; raises a `JournalError` where there can be none.

    Of a symbolic link that is where it leads: the log stands beside the file itself.
    """
    try:
        where = Path(path).absolute()
        os.access(where, os.F_OK)  # which refuses a null character, where `is_dir` passes over it
        if where.is_dir():
            raise NotAJournal(f"{path!s:.200} is a folder: name a file in it, such as journal.db")
        where = where.resolve()
        if not where.parent.is_dir():
            raise JournalError(f"{path!s:.200}: there is no folder {where.parent!s:.200}: make it first")
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        # too long, with a null character, no path at all, or links that lead to each other
        raise JournalError(f"{quoted(path)} is no name of a file: write one such as journal.db") from error
    return where


def _refuse_several_names(where: Path, name: str) -> None:
    """Raise `LinkedJournal` for a file that has several names: each would get a log of its own."""
    if where.exists() and where.stat().st_nlink > 1:
        raise LinkedJournal(
            f"{name} has several names (hard links, as some backups make): what is written under one is lost "
            "under the other; copy it to a file of its own, and write that, or open it with read_only"
        )


def _may_be_written(where: Path) -> bool:
    return os.access(where, os.W_OK) and os.access(where.parent, os.W_OK)


def _address(where: Path, name: str, *, writable: bool) -> str:
    """Return how SQLite is to open a file.

    Beside a file that is read SQLite keeps notes, which it takes away again only where
    it might write: so it may, and is kept from it (`query_only`), unless somebody's
    records wait in the log, which closing would move into the file. Where nothing can
    be written the file must be one that nobody else changes, and that was closed properly.
    """
    if writable:
        return where.as_uri()
    log = where.with_name(f"{where.name}-wal")
    waiting = log.exists() and log.stat().st_size > 0
    if os.access(where.parent, os.W_OK):
        undone = where.with_name(f"{where.name}-journal").exists()  # a writer would take back what is there
        tidy = not waiting and not undone and os.access(where, os.W_OK)
        return f"{where.as_uri()}?mode={'rw' if tidy else 'ro'}"
    if waiting:
        raise ReadOnlyJournal(
            f"{name} was not closed properly, and cannot be read from where nothing can be written: copy it "
            f"with {log.name} into a folder that can be written, and open it there"
        )
    return f"{where.as_uri()}?mode=ro&immutable=1"


def _prepare(connection: sqlite3.Connection, name: str, patience: float, *, writable: bool) -> int:
    """Bring the tables up to date and return the step they are at."""
    connection.create_function("receipt_of", 4, _receipt_of, deterministic=True)
    schema = _schema(connection, name)
    if writable:
        connection.execute("PRAGMA secure_delete = ON")
        if schema < SCHEMA:
            _take_steps(connection, name)
            schema = SCHEMA
        _write_ahead(connection, patience)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()  # makes the log, where there was none
    elif schema == 0:
        raise NotAJournal(f"{name} is empty: it is no journal yet")
    else:
        connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA recursive_triggers = ON")
    return schema


def _schema(connection: sqlite3.Connection, name: str) -> int:
    """Return the step a file is at, 0 for one without tables; raises for what is no journal."""

    def pragma(which: str) -> int:
        return int(connection.execute(f"PRAGMA {which}").fetchone()[0])

    if (pragma("application_id"), pragma("schema_version")) == (0, 0):
        return 0
    if pragma("application_id") != APPLICATION:
        raise NotAJournal(f"{name} is a database, but no journal: name another file")
    _refuse_foreign(connection, name)
    if (version := pragma("user_version")) < 0:
        raise NotAJournal(f"{name} is no journal: its tables are of no step")
    if version > SCHEMA:
        raise NewerJournal(
            f"{name} was written by a newer version of ceasefire (schema {version}; "
            f"this one knows {SCHEMA}): update ceasefire"
        )
    return version


def _refuse_foreign(connection: sqlite3.Connection, name: str) -> None:
    """Raise `NotAJournal` for a file in which something else than tables of a journal stands for them.

    A view may never end, and a trigger of somebody else's would run with what is written.
    """
    found = connection.execute("SELECT type, name, sql, rootpage FROM sqlite_master").fetchall()
    tables = {row[1] for row in found if row[0] == "table" and row[3]}
    known, own = _triggers(), {*_INDEXES, *(row[1] for row in found if row[0] == "index" and row[2] is None)}
    for kind, what, sql, page in found:
        foreign = kind == "view" or (kind == "table" and not page) or (kind == "index" and what not in own)
        if foreign or (kind == "trigger" and " ".join(str(sql).split()) not in known):
            raise NotAJournal(f"{name} is no journal: {what!s:.40}, a {kind}, is none of its own")
    for table in sorted(tables):
        if any(row[6] > 1 for row in connection.execute("SELECT * FROM pragma_table_xinfo(?)", (table,))):
            raise NotAJournal(
                f"{name} is no journal: {table!s:.40} reckons its columns, and none of its own does"
            )
    if missing := sorted({"records", "bodies", "absences"} - tables):
        raise NotAJournal(f"{name} is no journal: it has no {', '.join(missing)}")


@cache
def _triggers() -> frozenset[str]:
    """Return the triggers that the steps make, blanks aside."""
    scripts = (
        folder_of("ceasefire.journal.stores").joinpath(f"steps/{step}.sql") for step in range(1, SCHEMA + 1)
    )
    return frozenset(
        " ".join(statement[statement.index("CREATE TRIGGER") :].split()).removesuffix(";")
        for script in scripts
        for statement in _statements(script.read_text(encoding="utf-8"))
        if "CREATE TRIGGER" in statement
    )


def _take_steps(connection: sqlite3.Connection, name: str) -> None:
    """Take the steps a file lacks, all in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        before = _schema(connection, name)  # another process may have been faster
        for step in range(before + 1, SCHEMA + 1):
            script = folder_of("ceasefire.journal.stores").joinpath(f"steps/{step}.sql")
            for statement in _statements(script.read_text(encoding="utf-8")):
                connection.execute(statement)
        if before < SCHEMA:
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
            connection.execute(f"PRAGMA user_version = {SCHEMA}")
            for step in range(before + 1, SCHEMA + 1):
                connection.execute("INSERT INTO steps SELECT ?, count(*) FROM records", (step,))
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _statements(script: str) -> Iterator[str]:
    """Yield the statements of a script one by one: `executescript` would commit before it begins."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _receipt_of(hashed: bytes, received: int, seq: int, first: bytes) -> bytes:
    """Return the receipt of a row whose receipt was made by step 1; a wrong one stays wrong."""
    made = receipt(hashed, received, seq)
    fits = first == sha256(hashed + received.to_bytes(8, "big", signed=True)).digest()[:8]
    return made if fits else bytes(byte ^ 0xFF for byte in made)


def _write_ahead(connection: sqlite3.Connection, patience: float) -> None:
    """Switch to the write-ahead log; SQLite does not wait by itself for others doing the same."""
    until = time.monotonic() + patience
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.01)


#: What a query may raise: a damaged file also has names that are no text.
FAILURES: Final = (sqlite3.Error, UnicodeDecodeError)
#: What to do about a damaged file; also where the damage is a log that is not the file's own.
DAMAGED: Final = (
    "is damaged: go back to a copy, and see what it lacks with verify. If a copy was put back just now, the "
    "log beside it (its name with -wal) is that of the file before: put both away, and the copy back alone"
)
#: What SQLite says, the class of error that it is here, and the sentence.
_SITUATIONS: Final[tuple[tuple[str, type[JournalError], str], ...]] = (
    (
        "SQLITE_BUSY",
        JournalBusy,
        "is being written by another process, which did not finish in {:g} seconds: try again",
    ),
    (
        "SQLITE_LOCKED",
        JournalBusy,
        "is being written by another process, which did not finish in {:g} seconds: try again",
    ),
    ("SQLITE_NOTADB", NotAJournal, "is no journal: name another file, or read records with read_records"),
    (
        "SQLITE_READONLY_DBMOVED",
        JournalGone,
        "was deleted or moved while it was open: what is written now would be lost",
    ),
    ("SQLITE_READONLY", ReadOnlyJournal, "cannot be written: it is read-only"),
    ("SQLITE_CANTOPEN", JournalError, "cannot be opened: look at its folder and at the rights to it"),
    ("SQLITE_FULL", DiskFull, "cannot be written: the disk is full; nothing of this was written"),
    ("SQLITE_CORRUPT", DamagedJournal, DAMAGED),
    ("SQLITE_IOERR", JournalError, "cannot be read or written: the disk reports an error"),
)


@contextmanager
def told(name: str, patience: float) -> Iterator[None]:
    """Turn SQLite's errors into sentences about a file."""
    try:
        yield
    except FAILURES as error:
        raise _situation(error, name, patience) from error


def _situation(error: Exception, name: str, patience: float) -> JournalError:
    code = getattr(error, "sqlite_errorname", None) or ""
    for sign, situation, sentence in _SITUATIONS:
        if code == sign or code.startswith(f"{sign}_"):
            return situation(f"{name} {sentence.format(patience)}")
    if "same thread" in str(error):
        return OtherThread(
            f"{name} was opened in another thread: open it once in each thread that uses it (docs/library.md)"
        )
    if "closed database" in str(error):
        return ClosedJournal(f"{name} is closed: open it again")
    if "decode" in str(error):
        return DamagedJournal(f"{name} {DAMAGED}")
    return JournalError(f"{name} cannot be used: {error}")
