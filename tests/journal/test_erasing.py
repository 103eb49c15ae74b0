"""An erased body is gone from the disk: every file beside the journal is searched for its bytes."""

import hashlib
import sqlite3
from contextlib import closing

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from journal_contract import shelling
from merging_contract import side

from ceasefire.errors import DiskFull, JournalBusy
from ceasefire.journal import Journal
from ceasefire.record import Finding, Withdrawal, write_records


def secret(number, size=60):
    """Return words of a given length that stand nowhere else."""
    words = hashlib.sha256(f"secret {number}".encode()).hexdigest()
    return (words * (size // len(words) + 1))[:size]


def traces(folder, words):
    """Return the files in which a piece of the words stands."""
    pieces = {words[start : start + 24].encode() for start in range(0, len(words) - 24, 16)}
    return [
        path.name
        for path in sorted(folder.iterdir())
        if any(piece in data for data in [path.read_bytes()] for piece in pieces)
    ]


@pytest.mark.parametrize("size", [60, 3_000, 9_000, 200_000])
def test_no_byte_of_an_erased_body_is_left(tmp_path, size):
    """Small ones, those on a page of their own, and those that fill many: while the journal is open."""
    with Journal.open(tmp_path / "journal.db", author="russia") as journal:
        journal.extend(shelling(text=secret(n, size)) for n in range(12))
        for n in (0, 5, 6, 11):
            assert traces(tmp_path, secret(n, size)) != []
            journal.erase(f"russia/{n + 1}", "a name")
            assert traces(tmp_path, secret(n, size)) == []
        for n in (1, 2, 3, 4, 7, 8, 9, 10):
            assert journal.get(f"russia/{n + 1}").text == secret(n, size)
        assert journal.verify() == ()


@settings(max_examples=15)
@given(
    st.lists(st.tuples(st.integers(1, 5_000), st.booleans(), st.booleans()), min_size=1, max_size=30),
    st.integers(1, 4),
)
def test_whatever_was_written_and_moved_before_nothing_is_left(tmp_path_factory, records, batches):
    """Bodies that arrive late stand between others, and pages were split for them: the same holds."""
    folder = tmp_path_factory.mktemp("erasing")
    russian = side("russia", *(shelling(text=secret(n, size)) for n, (size, _, _) in enumerate(records)))
    withheld = folder / "withheld.jsonl"
    russian.copy(withheld, "public")
    with Journal.open(folder / "journal.db", author="turkey") as journal:
        journal.merge(withheld)
        for batch in range(batches):
            part = [r for n, r in enumerate(russian) if n % batches == batch]
            write_records(folder / "part.jsonl", part)
            journal.merge(folder / "part.jsonl")
        (folder / "part.jsonl").unlink()
        for n, (_, erased, _) in enumerate(records):
            if erased:
                journal.erase(f"russia/{n + 1}", "a name")
        for n, (size, erased, _) in enumerate(records):
            if erased and size > 48:
                assert traces(folder, secret(n, size)) == []
            elif not erased:
                assert journal.get(f"russia/{n + 1}").text == secret(n, size)
        assert journal.verify() == ()


def test_what_an_erased_body_was_found_under_is_gone_too(tmp_path):
    """Also the id that a withdrawal is of: it stands in an index of its own."""
    hidden = "analyst-" + secret(1, 48)
    with Journal.open(tmp_path / "journal.db") as journal:
        journal.record(shelling(by="russia"), Finding(by="russia", on=f"{hidden}/1", outcome="confirmed"))
        with closing(sqlite3.connect(tmp_path / "journal.db")) as other:
            other.execute("UPDATE sqlite_sequence SET seq = seq")  # another program is at work too
        journal.record(shelling(by="x"), Withdrawal(by="x", of="x/1"))
        journal.author = "russia"
        journal.erase("russia/2", "a name")
        journal.erase("x/2", "a name")
        assert traces(tmp_path, secret(1, 48)) == []
        rows = journal._store._rows("SELECT seq FROM bodies WHERE target = 'x/1'")  # noqa: SLF001 - the index
        assert rows == []


def test_who_reads_meanwhile_is_waited_for_and_then_told_of(tmp_path):
    """Traces stay in the log as long as another process looks at the old state: erasing again removes them."""
    path = tmp_path / "journal.db"
    with Journal.open(path, author="russia", patience=0.05) as journal:
        journal.record(shelling(text=secret(1)))
        with closing(sqlite3.connect(path, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM records").fetchone()
            with pytest.raises(JournalBusy, match="erase it again"):
                journal.erase("russia/1", "a name")
            assert journal.get("russia/1").absent == "erased"
            reader.execute("COMMIT")
        journal.erase("russia/1", "a name")
        assert traces(tmp_path, secret(1)) == []
        assert len(journal) == 2


def test_a_disk_without_room_to_write_anew_is_told(tmp_path):
    """The record is erased; that traces may be left is an error, not a secret."""
    with Journal.open(tmp_path / "journal.db", author="russia") as journal:
        journal.record(shelling(text=secret(1)))

        class Full:
            """A connection on a disk that is full."""

            def execute(self, statement, *values):
                if statement == "VACUUM":
                    error = sqlite3.OperationalError("database or disk is full")
                    error.sqlite_errorname = "SQLITE_FULL"
                    raise error
                return connection.execute(statement, *values)

            def __getattr__(self, name):
                return getattr(connection, name)

        file = journal._store._file  # noqa: SLF001 - the disk fills up
        connection = file.connection
        journal._store._file = evolve(file, connection=Full())  # noqa: SLF001 - the same
        with pytest.raises(DiskFull):
            journal.erase("russia/1", "a name")
        journal._store._file = file  # noqa: SLF001 - the same
        assert journal.get("russia/1").absent == "erased"
        journal.erase("russia/1", "a name")
        assert traces(tmp_path, secret(1)) == []
