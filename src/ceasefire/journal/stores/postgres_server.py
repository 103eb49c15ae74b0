"""Reaching a journal's schema in a PostgreSQL database: making its tables, and telling what went wrong.

What is told never holds the password of the address. The package `psycopg` comes
with the extra `postgres`.
"""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

from ceasefire.errors import (
    ClosedJournal,
    DamagedJournal,
    DiskFull,
    InheritedJournal,
    JournalBusy,
    JournalError,
    MissingExtra,
    NewerJournal,
    NotAJournal,
    ReadOnlyJournal,
    UnreadableFile,
)
from ceasefire.packaged import folder_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import psycopg

#: How the address of a database begins.
ADDRESSES: Final = ("postgresql://", "postgres://")
#: The steps that make the tables this library writes, in order.
_STEPS: Final = ("postgres.sql", "postgres_2.sql", "postgres_3.sql", "postgres_4.sql")
STEP: Final = len(_STEPS)
#: "CFJL", above the number of the schema: the lock of who makes the tables of one journal.
_LOCK: Final = 0x43464A4C << 32
_NO_TABLE: Final = "42P01"


class Server:
    """An open connection to the schema of one journal."""

    def __init__(self, address: str, patience: float, *, read_only: bool) -> None:
        try:
            import psycopg
        except ImportError as error:
            raise MissingExtra("a journal in PostgreSQL", "postgres") from error
        self.patience = patience
        #: The step that the tables are at: an earlier one than `STEP` until their owner opens the journal.
        self.step = 0
        #: Host, port, database and schema; never who connects, nor how.
        self.name = "the database"
        self._closed = False
        self._process = os.getpid()
        try:
            self._connection = psycopg.connect(
                address, autocommit=True, connect_timeout=max(int(patience), 2), application_name="ceasefire"
            )
        except psycopg.OperationalError as error:
            # what is behind it is not shown: it may name the password
            raise JournalError(
                f"the database cannot be reached: {_without_password(error, address)}"
            ) from None
        except psycopg.Error:
            raise JournalError(
                "this is no address of a database: write postgresql://role@server/database, special signs in "
                "it as %20 and the like"
            ) from None
        try:
            self._schema = self._enter()
            self._prepare(make=not read_only)
            #: Whether this journal can be written: asked for, and allowed to the role that is connected.
            self.writable = not read_only and bool(
                self.rows("SELECT has_table_privilege('records', 'INSERT')")[0][0]
            )
        except BaseException:
            self.close()
            raise

    def do(self, statement: str, *values: Any) -> None:
        """Run a statement."""
        with self.told():
            self._connection.execute(_sql(statement), values)

    def do_all(self, statement: str, several: Sequence[tuple[Any, ...]]) -> None:
        """Run a statement with several sets of values, sent in one go."""
        if several:
            with self.told(), self._connection.cursor() as cursor:
                cursor.executemany(_sql(statement), several)

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return what a query gives."""
        with self.told():
            return self._connection.execute(_sql(query), values, binary=True).fetchall()

    def _look_at_process(self) -> None:
        """Raise `InheritedJournal` in a process that was forked: two cannot speak over one connection."""
        if os.getpid() != self._process:
            raise InheritedJournal(
                f"{self.name} was opened by another process, from which this one was forked: open it here"
            )

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the journal alone until the block ends; all that was done is on the disk then, or none of it.

        The lock comes before the first look at anything, so that what is seen is what
        the writer before has left.
        """
        import psycopg

        self.do("BEGIN")
        try:
            self._lock()
            yield
            self.do("COMMIT")
        except BaseException:
            with suppress(psycopg.Error):  # a connection that is gone has taken everything back itself
                self._connection.rollback()
            raise

    @contextmanager
    def moment(self) -> Iterator[None]:
        """See until the block ends what was there when it began."""
        self.do("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            yield
        finally:
            self.do("ROLLBACK")

    def owned(self) -> bool:
        """Tell whether the role that is connected owns the tables."""
        query = "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'records'::regclass"
        return bool(self.rows(query)[0][0])

    def close(self) -> None:
        """Close the connection; closing twice does no harm, and in a process that was forked nothing."""
        if os.getpid() != self._process:
            return
        self._closed = True
        self._connection.close()

    @contextmanager
    def told(self) -> Iterator[None]:
        """Turn the errors of PostgreSQL into sentences."""
        import psycopg

        self._look_at_process()
        try:
            yield
        except psycopg.Error as error:
            raise self._situation(error) from error

    def _situation(self, error: psycopg.Error) -> JournalError:
        if self._closed:
            return ClosedJournal(f"{self.name} is closed: open it again")
        said = error.diag.message_primary
        if self._connection.closed:
            return JournalError(
                f"{self.name} was lost: what was not acknowledged may or may not be there; open it again"
            )
        for sign, situation, sentence in _SITUATIONS:
            if (error.sqlstate or "").startswith(sign):
                return situation(f"{self.name} {sentence.format(patience=self.patience, said=said)}")
        return JournalError(f"{self.name} cannot be used: {said or error}")

    def _enter(self) -> int:
        """Stay in the schema that the address leads to, and return its number."""
        info = self._connection.info
        self.name = f"postgresql://{info.host}:{info.port}/{info.dbname}"
        found = self.rows(
            "SELECT n.oid::bigint, n.nspname, current_setting('server_encoding'), current_setting('fsync') "
            "FROM pg_namespace n WHERE n.nspname = current_schema()"
        )
        if not found:
            raise JournalError(
                f"{self.name}: there is no such schema: make it, or name another by "
                "?options=-csearch_path%3Dname at the end of the address"
            )
        number, schema, encoding, fsync = found[0]
        self.name += "" if schema == "public" else f" (schema {schema})"
        if encoding != "UTF8":
            raise JournalError(f"{self.name} keeps text in {encoding}: make a database in UTF8")
        if fsync != "on":
            raise JournalError(f"{self.name} does not wait for its disk: what it acknowledges could be lost")
        self.do(
            "SELECT set_config('search_path', quote_ident(%s) || ', pg_temp', false), "
            "set_config('lock_timeout', %s, false), set_config('synchronous_commit', 'on', false), "
            "set_config('client_encoding', 'UTF8', false)",
            schema,
            str(max(int(self.patience * 1000), 1)),
        )
        return int(number)

    def _prepare(self, *, make: bool) -> None:
        """Make sure that the tables are those of a journal that this library knows."""
        if self._is_empty():
            if not make:
                raise UnreadableFile(f"there is no journal in {self.name}")
            with self._making():
                if self._is_empty():  # another process may have been faster
                    self._take_steps(0)
        self.step = self._step()
        if self.step > STEP:
            raise NewerJournal(
                f"{self.name} was written by a newer version of ceasefire (step {self.step}; this one knows "
                f"{STEP}): update ceasefire"
            )
        if self.step < STEP and make and self.owned():
            with self._making():
                self.do(  # what is made now is the owner's too, whoever may do as the owner does
                    "SELECT set_config('role', pg_get_userbyid(relowner), true) FROM pg_class "
                    "WHERE oid = 'records'::regclass"
                )
                self._take_steps(self._step())
            self.step = STEP

    def _step(self) -> int:
        return int(self.rows("SELECT max(step) FROM ceasefire_journal")[0][0])

    def require_newest(self) -> None:
        """Raise `ReadOnlyJournal` where the tables are of an earlier version, which its owner mends."""
        if self.step < STEP:
            self.step = self._step()  # their owner may have opened the journal meanwhile
        if self.step < STEP:
            raise ReadOnlyJournal(
                f"{self.name} was made by an earlier version of ceasefire, and is read as it is: let the "
                "role that owns its tables open it once with this version, and it can be written"
            )

    def _is_empty(self) -> bool:
        """Tell whether nothing is in the schema; raises `NotAJournal` where something else is."""
        names = {
            row[0] for row in self.rows("SELECT relname FROM pg_class WHERE relnamespace = %s", self._schema)
        }
        if names and "ceasefire_journal" not in names:
            raise NotAJournal(
                f"{self.name} holds other tables, and no journal: make a schema for it, and name that by "
                "?options=-csearch_path%3Dname at the end of the address"
            )
        return not names

    def _take_steps(self, before: int) -> None:
        """Take the steps that the tables lack."""
        for name in _STEPS[before:]:
            script = folder_of("ceasefire.journal.stores").joinpath(name).read_text(encoding="utf-8")
            with self.told():
                self._connection.execute(_sql(script))

    def _lock(self) -> None:
        """Wait for other writers. Who may only read may not take this lock, and so keeps nobody waiting."""
        self.do("LOCK TABLE awaiting IN EXCLUSIVE MODE")

    @contextmanager
    def _making(self) -> Iterator[None]:
        """Hold the schema alone, before there is a table to lock, until the tables are made."""
        import psycopg

        self.do("BEGIN")
        try:
            self.do("SELECT pg_advisory_xact_lock(%s)", _LOCK | self._schema)
            yield
            self.do("COMMIT")
        except BaseException:
            with suppress(psycopg.Error):
                self._connection.rollback()
            raise


#: How the states of SQL begin, the class of error that each is here, and the sentence.
_SITUATIONS: Final[tuple[tuple[str, type[JournalError], str], ...]] = (
    (
        "55P03",
        JournalBusy,
        "is being written by another process, which did not finish in {patience:g} seconds: try again",
    ),
    ("57014", JournalBusy, "did not answer in time: try again"),
    ("53100", DiskFull, "cannot be written: the disk of the server is full; nothing was written"),
    ("53", JournalBusy, "has no room for another connection: try again"),
    ("42501", ReadOnlyJournal, "cannot be used so by this role: {said}"),
    ("25006", ReadOnlyJournal, "cannot be written: it is read-only"),
    ("42P01", NotAJournal, "is no journal: {said}"),
    ("XX001", DamagedJournal, "is damaged: go back to a copy"),
    ("XX002", DamagedJournal, "is damaged: go back to a copy"),
)


def _without_password(error: Exception, address: str) -> str:
    """Return what the server or the network says, in one line."""
    text = " ".join(str(error).split())
    for secret in (urlsplit(address).password, parse_qs(urlsplit(address).query).get("password", [""])[0]):
        for written in (secret, unquote(secret or "")):
            text = text.replace(written, "…") if written else text
    return text


def _sql(text: str) -> bytes:
    """Return a statement of this library as psycopg takes it: nothing from outside is ever in it."""
    return text.encode()
