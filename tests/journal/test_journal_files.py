"""The file of a journal: its versions, media that take nothing, and other processes."""

import shutil
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing, contextmanager

import old_journal
import pytest
from journal_contract import shelling

from ceasefire.errors import (
    ClosedJournal,
    DiskFull,
    JournalBusy,
    JournalError,
    JournalGone,
    NewerJournal,
    NotAJournal,
    ReadOnlyJournal,
    UnreadableFile,
)
from ceasefire.journal import Journal
from ceasefire.journal.stores.sqlite import SqliteStore
from ceasefire.journal.stores.sqlite_file import SCHEMA

#: Holds the right to write until it is told to let go.
HOLDER = """
    import sqlite3, sys

    connection = sqlite3.connect(sys.argv[1], isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    print("held", flush=True)
    sys.stdin.readline()
    connection.execute("COMMIT")
"""
#: Writes until it is killed, and tells each id that is acknowledged.
ENDLESS = """
    import sys
    from ceasefire.journal import Journal
    from ceasefire.record import Incident

    with Journal.open(sys.argv[1], author="russia") as journal:
        while True:
            print(journal.record(Incident(occurred="2017-05-14", act="attack"))[0].id, flush=True)
"""
#: Writes one record for another author, and tells its id.
ANOTHER = """
import sys
from ceasefire.journal import Journal
from ceasefire.record import Incident

with Journal.open(sys.argv[1], author="turkey") as journal:
    print(journal.record(Incident(occurred="2017-05-14", act="attack"))[0].id)
"""
#: Writes one record as soon as it may.
WAITER = """
    import sys
    from ceasefire.journal import Journal
    from ceasefire.record import Incident

    with Journal.open(sys.argv[1], author="russia") as journal:
        print("waiting", flush=True)
        print(journal.record(Incident(occurred="2017-05-14", act="attack"))[0].id)
"""


def process(script, *arguments):
    """Start a script in a Python of its own."""
    command = [sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


@pytest.fixture
def path(tmp_path):
    """Return where a journal may be made."""
    return tmp_path / "journal.db"


def steps(path):
    """Return the version of a file's tables, and the steps entered in it."""
    with closing(sqlite3.connect(path)) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        return version, connection.execute("SELECT step, records FROM steps").fetchall()


def tables(path):
    """Return the tables, indices and triggers of a file, as they were defined."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    return {(kind, name): " ".join((sql or "").replace('"', "").split()) for kind, name, sql in rows}


def run(program, *arguments):
    """Run a program of the system."""
    return subprocess.run([shutil.which(program) or program, *arguments], capture_output=True, check=False)


@contextmanager
def disk(where, options="size=1m"):
    """Mount a small disk of its own, where that is allowed."""
    where.mkdir()
    if run("mount", "-t", "tmpfs", "-o", options, "tmpfs", where).returncode:
        pytest.skip("nothing can be mounted here: run as root to test with real disks")
    try:
        yield where
    finally:
        run("umount", "-l", where).check_returncode()


@contextmanager
def read_only_disk(where):
    """Make a mounted disk read-only for a while."""
    run("mount", "-o", "remount,ro", where).check_returncode()
    try:
        yield
    finally:
        run("mount", "-o", "remount,rw", where).check_returncode()


# Versions


def test_a_journal_of_the_first_version_opens(path):
    """Everything is there, as it was told then; the step is entered in the file, once."""
    old_journal.write(path)
    for _ in range(2):
        with Journal.open(path, author="russia") as journal:
            assert journal.heads() == old_journal.HEADS
            assert [record.id for record in journal] == [
                *(f"russia/{n}" for n in range(1, 5)), "turkey/1", "turkey/2",
            ]  # fmt: skip
            assert journal.get("russia/1").text == "«Idlib»"
            assert str(journal.get("turkey/2").received) == "2017-05-15T00:00:03Z"
            assert journal.verify() == ()
    assert steps(path) == (SCHEMA, [(step, 6) for step in range(2, SCHEMA + 1)])


def test_a_journal_of_the_first_version_is_written_on(path):
    """Its chains go on where they stopped."""
    old_journal.write(path)
    with Journal.open(path, author="russia") as journal:
        assert journal.record(shelling())[0].id == "russia/5"
        assert journal.verify() == ()


def test_a_journal_from_before_keys_opens_merges_and_verifies_as_before(path, tmp_path):
    """Read, it is not touched; written, it has keys; what it holds keeps its hashes and its instants."""
    old_journal.write_before_keys(path)
    before = path.read_bytes()
    with Journal.open(path, read_only=True) as journal:
        known = [(record.id, record.received, record) for record in journal]
        assert journal.heads() == old_journal.HEADS_BEFORE_KEYS
        assert [(fault.record, fault.kind) for fault in journal.verify()] == [("russia/3", "forked")]
    assert path.read_bytes() == before
    with Journal.open(tmp_path / "other.db") as other:
        assert other.merge(path).added == len(known)
        assert other.heads() == old_journal.HEADS_BEFORE_KEYS
    with Journal.open(path, author="turkey") as journal:
        assert [(record.id, record.received, record) for record in journal] == known
        assert journal.get("turkey/2").absent == "erased"
        assert journal.record(shelling(key="7"))[0].id == "turkey/8"
        assert journal.record(shelling(key="7")).new == ()
        assert [(fault.record, fault.kind) for fault in journal.verify()] == [("russia/3", "forked")]
    assert steps(path)[1][-2:] == [(4, len(known)), (5, len(known))]


def test_an_old_file_comes_to_have_the_tables_of_a_new_one(tmp_path):
    """There is one way to the newest tables, which every file goes."""
    old_journal.write(tmp_path / "old.db")
    for name in ("old.db", "new.db"):
        Journal.open(tmp_path / name).close()
    assert tables(tmp_path / "old.db") == tables(tmp_path / "new.db")
    assert steps(tmp_path / "new.db") == (SCHEMA, [(step, 0) for step in range(1, SCHEMA + 1)])


@pytest.mark.parametrize(
    ("change", "record", "kind"),
    [
        ("UPDATE records SET received = received + 1 WHERE seq = 3", "turkey/1", "altered"),
        ("UPDATE records SET receipt = zeroblob(8) WHERE seq = 3", "turkey/1", "altered"),
        ("UPDATE bodies SET body = x'7b7d' WHERE seq = 3", "turkey/1", "altered"),
        ("DELETE FROM records WHERE seq = 2", "russia/2", "missing"),
        ("DELETE FROM bodies WHERE seq = 2", "russia/2", "missing"),
    ],
)
@pytest.mark.parametrize("read_only", [False, True])
def test_an_old_file_stays_as_damaged_as_it_was(path, change, record, kind, read_only):
    """Bringing the tables up to date hides no fault, and adds none."""
    old_journal.write(path, change)
    with Journal.open(path, read_only=read_only) as journal:
        assert [(fault.record, fault.kind) for fault in journal.verify()] == [(record, kind)]


def test_an_old_file_that_is_only_read_is_not_touched(path):
    """Whoever looks at a journal changes nothing in it, not even its version."""
    old_journal.write(path)
    before = path.read_bytes()
    with Journal.open(path, read_only=True) as journal:
        assert journal.heads() == old_journal.HEADS
        assert journal.verify() == journal.forks() == journal.gaps() == ()
        assert journal.get("russia/4").count == 0
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_step_that_fails_leaves_the_old_file(path, monkeypatch):
    """All of a step is done, or nothing of it."""
    old_journal.write(path)
    before = tables(path)
    broken = "SELECT 1;\nDROP TRIGGER records_are_never_updated;\nSELECT no_such_function();\n"
    monkeypatch.setattr("pathlib.Path.read_text", lambda *_, **__: broken)
    with pytest.raises(JournalError, match="cannot be used"):
        Journal.open(path)
    monkeypatch.undo()
    assert tables(path) == before
    with Journal.open(path) as journal:
        assert journal.heads() == old_journal.HEADS


def test_a_newer_journal_is_refused(path):
    """What a later version wrote is not guessed at, not even for reading."""
    Journal.open(path).close()
    with closing(sqlite3.connect(path)) as other:
        other.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    for read_only in (False, True):
        with pytest.raises(NewerJournal, match="update ceasefire"):
            Journal.open(path, read_only=read_only)


# For reading only


def test_a_journal_opened_for_reading_is_never_written(path):
    """It gives what is there and refuses to write, in words."""
    with Journal.open(path, author="russia") as journal:
        journal.record(shelling())
    with Journal.open(path, author="russia", read_only=True) as journal:
        assert len(list(journal)) == 1
        with pytest.raises(ReadOnlyJournal, match="for reading only"):
            journal.record(shelling())


def test_what_is_only_read_is_as_it_was(path):
    """Neither its bytes nor what lies beside it have changed, and SQLite itself is kept from writing."""
    with Journal.open(path, author="russia") as journal:
        journal.record(shelling())
    before = path.read_bytes()
    with Journal.open(path, read_only=True) as journal:
        assert journal.verify() == ()
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            journal._store._connection.execute("DELETE FROM awaiting")  # noqa: SLF001 - past the library
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_what_is_only_read_is_not_made(path):
    """No file, or an empty one, is no journal to read."""
    with pytest.raises(UnreadableFile, match="no journal"):
        Journal.open(path, read_only=True)
    assert not path.exists()
    path.touch()
    with pytest.raises(NotAJournal, match="empty"):
        Journal.open(path, read_only=True)


def test_a_journal_being_written_can_be_read(path):
    """What was committed is seen by whoever reads beside the writer."""
    with Journal.open(path, author="russia") as writer:
        writer.record(shelling())
        with Journal.open(path, read_only=True) as reader:
            assert len(reader) == 1
            writer.record(shelling())
            assert [record.id for record in reader] == ["russia/1", "russia/2"]


def test_what_a_killed_writer_left_in_the_log_is_read(path):
    """Its newest records stand beside the file, and whoever only reads sees them too."""
    with process(ENDLESS, path) as writer:
        acknowledged = [writer.stdout.readline().strip() for _ in range(3)]
        writer.kill()
        acknowledged += writer.stdout.read().split()
    left = [path, path.with_name("journal.db-wal")]
    before = [file.read_bytes() for file in left]
    assert before[1]
    with Journal.open(path, read_only=True) as journal:
        assert [record.id for record in journal][: len(acknowledged)] == acknowledged
        assert journal.verify() == ()
    assert [file.read_bytes() for file in left] == before


def test_a_journal_on_a_read_only_disk_is_read(tmp_path):
    """As from a USB stick with its switch on: without being asked, it is opened for reading."""
    with disk(tmp_path / "stick") as stick:
        with Journal.open(stick / "journal.db", author="russia") as journal:
            journal.record(shelling())
        with read_only_disk(stick):
            with Journal.open(stick / "journal.db", author="russia") as journal:
                assert [record.id for record in journal] == ["russia/1"]
                assert journal.verify() == ()
                with pytest.raises(ReadOnlyJournal):
                    journal.record(shelling())
            with pytest.raises(ReadOnlyJournal, match="cannot be made"):
                Journal.open(stick / "new.db")


def test_a_journal_that_was_not_closed_is_not_read_in_half_from_a_read_only_disk(tmp_path):
    """Its newest records stand in the log beside it: it says what to copy, and loses none silently."""
    with Journal.open(tmp_path / "journal.db", author="russia") as journal:
        journal.record(shelling())
        with disk(tmp_path / "stick") as stick:
            for name in ("journal.db", "journal.db-wal"):
                shutil.copy(tmp_path / name, stick)
            with (
                read_only_disk(stick),
                pytest.raises(ReadOnlyJournal, match=r"copy it with journal\.db-wal"),
            ):
                Journal.open(stick / "journal.db")
            with Journal.open(stick / "journal.db") as copy:
                assert len(copy) == 1


# Media that take nothing more


def test_a_full_disk_is_one_error_and_nothing_is_written(tmp_path):
    """What does not fit is refused as a whole; what was there stays whole, and room lets it go on."""
    with disk(tmp_path / "small", "size=400k") as small:
        ballast = small / "ballast"
        ballast.write_bytes(bytes(100_000))
        with Journal.open(small / "journal.db", author="russia") as journal:
            journal.record(shelling())
            with pytest.raises(DiskFull, match="nothing of this was written"):
                journal.extend(shelling(text="x" * 5_000) for _ in range(200))
            assert [record.id for record in journal] == ["russia/1"]
            assert journal.verify() == ()
            ballast.unlink()
            assert journal.record(shelling())[0].id == "russia/2"


def test_a_file_that_may_not_grow_is_one_error(path):
    """The same without a disk of its own."""
    with Journal.open(path, author="russia") as journal:
        journal.record(shelling())
        journal._store._connection.execute("PRAGMA max_page_count = 20")  # noqa: SLF001 - a disk that is full
        with pytest.raises(DiskFull, match="nothing of this was written"):
            journal.extend(shelling(text="x" * 5_000) for _ in range(200))
        assert journal.verify() == ()


# Files that go away


@pytest.mark.parametrize("how", ["deleted", "moved", "replaced"])
def test_nothing_is_written_into_a_file_that_is_gone(tmp_path, how):
    """A file that was deleted, moved or replaced would take records to its grave."""
    path = tmp_path / "journal.db"
    with Journal.open(path, author="russia") as journal:
        journal.record(shelling())
        if how == "moved":
            path.rename(tmp_path / "elsewhere.db")
        else:
            path.unlink()
        if how == "replaced":
            path.write_bytes(b"something else")
        with pytest.raises(JournalGone, match="while it was open"):
            journal.record(shelling())


def test_a_file_deleted_while_it_is_written_is_not_acknowledged(path):
    """What went into a file that is gone is never told to be kept."""
    with (
        Journal.open(path, author="russia") as journal,
        pytest.raises(JournalGone),
        journal._store.writing(),  # noqa: SLF001 - the file goes between begin and commit
    ):
        path.unlink()


@pytest.mark.parametrize("ends", [["-wal"], ["-shm"], ["-wal", "-shm"]], ids=" ".join)
def test_nothing_is_acknowledged_once_a_file_beside_it_is_gone(path, ends):
    """Two who write with two logs would each be told that all is kept; what each was told before is kept."""
    with Journal.open(path, author="russia") as journal:
        journal.record(shelling(text="before"))
        for end in ends:
            path.with_name(path.name + end).unlink()
        with pytest.raises(JournalGone, match="merge the copy"):
            journal.record(shelling())
        journal.copy(path.with_name("held.jsonl"))
        other = subprocess.run(
            [sys.executable, "-c", ANOTHER, path], check=False, capture_output=True, text=True
        )
    with Journal.open(path, author="russia") as journal:
        journal.merge(path.with_name("held.jsonl"))
        assert {record.id for record in journal} == {"russia/1", *other.stdout.split()}
        assert journal.verify() == ()


def test_a_closed_journal_is_an_error_of_its_own(path):
    """Using it is told by what happened, not by what SQLite calls it."""
    journal = Journal.open(path, author="russia")
    journal.close()
    with pytest.raises(ClosedJournal, match="open it again"):
        list(journal)


# Others who write


def test_a_writer_waits_as_long_as_it_was_told(path):
    """Then it says how long it waited, and nothing is written."""
    with Journal.open(path, author="russia") as journal:
        journal.record(shelling())
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with Journal.open(path, author="russia", patience=0.05) as journal:
            with pytest.raises(JournalBusy, match=r"0\.05 seconds"):
                journal.record(shelling())
            assert len(journal) == 1
        other.execute("ROLLBACK")


def test_a_writer_that_finishes_in_time_is_waited_for(path):
    """The second one writes after the first, with the next number."""
    Journal.open(path).close()
    with process(HOLDER, path) as holder:
        assert holder.stdout.readline() == "held\n"
        with process(WAITER, path) as waiter:
            assert waiter.stdout.readline() == "waiting\n"
            holder.stdin.write("\n")
            holder.stdin.flush()
            assert waiter.stdout.read() == "russia/1\n"


def test_the_store_is_named_in_every_sentence(path):
    """Who has several journals open must know which one is meant."""
    with closing(SqliteStore(path)) as store:
        assert store.name == str(path)


@pytest.mark.parametrize("given", ["nowhere.jsonl", ".", "\0", "x" * 5000, None, 5, ["turkey/1"]])
def test_what_cannot_be_merged_is_told_in_a_sentence(given, tmp_path, monkeypatch):
    """A wrong path, or what is no path, is an error of this library; the journal stays as it was."""
    monkeypatch.chdir(tmp_path)
    journal = Journal.in_memory(author="turkey")
    with pytest.raises(UnreadableFile, match=r"cannot be read: [A-Zg]") as told:
        journal.merge(given)
    assert "Errno" not in str(told.value)
    assert len(journal) == 0


@pytest.mark.parametrize("given", ["a\0b", "a\ud800b", None, 3, b"\0"])
def test_what_is_no_name_of_a_file_opens_no_journal(given, tmp_path, monkeypatch):
    """A wrong path is told with one that could be written, and nothing is made."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(JournalError, match=r"is no name of a file: write one such as journal\.db"):
        Journal.open(given)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("patience", ["x", None, -1, float("nan"), float("inf")])
def test_a_patience_is_a_number_of_seconds(path, patience):
    """Nobody waits for ever, nor less than not at all."""
    with pytest.raises(JournalError, match="is no time to wait: write seconds, from 0 to 1000000"):
        Journal.open(path, patience=patience)
    assert not path.exists()


def test_progress_is_told_to_a_function(path):
    """What cannot be called is refused before anything is merged."""
    with Journal.open(path, author="russia") as journal:
        with pytest.raises(JournalError, match="progress=3 is no function: give one"):
            journal.merge(Journal.in_memory(author="turkey"), progress=3)
        assert len(journal) == 0
