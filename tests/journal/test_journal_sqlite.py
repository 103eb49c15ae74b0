"""A journal in a file: what survives, what is refused, and who may write at one time."""

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing

import pytest
from attrs import evolve
from journal_contract import Clock, shelling

from ceasefire.errors import JournalError, UnknownAgreement
from ceasefire.journal import Journal
from ceasefire.journal.stores.sqlite import SqliteStore
from ceasefire.journal.stores.sqlite_file import APPLICATION, SCHEMA
from ceasefire.record import Correction, Finding, Withdrawal, from_json

#: Writes records one by one and tells each id once the journal has acknowledged it.
WRITER = """
    import sys
    from ceasefire.journal import Journal
    from ceasefire.record import Incident

    with Journal.open(sys.argv[1], author=sys.argv[2]) as journal:
        for n in range(int(sys.argv[3])):
            text = f"{sys.argv[4]}-{n}"
            (written,) = journal.record(Incident(occurred="2017-05-14", act="attack", text=text))
            print(written.id, flush=True)
"""
#: Writes batches until it is killed, and tells the number of records acknowledged.
BATCHES = """
    import sys
    from ceasefire.journal import Journal
    from ceasefire.record import Incident

    with Journal.open(sys.argv[1], author="russia") as journal:
        while True:
            written = journal.extend(Incident(occurred="2017-05-14", act="attack") for n in range(100))
            print(len(written), flush=True)
"""


@pytest.fixture
def path(tmp_path):
    """Return where a journal may be made."""
    return tmp_path / "journal.db"


def process(script, *arguments):
    """Start a script in a Python of its own."""
    command = [sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def tampered(path, *statements):
    """Change a journal behind its back, its triggers taken away."""
    with closing(sqlite3.connect(path)) as connection:
        names = [
            row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        ]
        for name in names:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


# What survives


def test_what_was_written_is_there_when_opened_again(path):
    """Numbers go on where they stopped."""
    with Journal.open(path, author="russia") as journal:
        written = journal.record(shelling(), shelling())
        heads = journal.heads()
    with Journal.open(path, author="russia") as journal:
        assert tuple(journal) == written
        assert journal.heads() == heads
        assert journal.record(shelling())[0].id == "russia/3"
        assert journal.verify() == ()


@pytest.mark.parametrize("after", [1, 7, 20])
def test_what_was_acknowledged_survives_a_kill(path, after):
    """A writer killed with SIGKILL has lost nothing it was told is kept."""
    with process(WRITER, path, "russia", 10_000, "w") as writer:
        acknowledged = [writer.stdout.readline().strip() for _ in range(after)]
        writer.send_signal(signal.SIGKILL)
        acknowledged += writer.stdout.read().split()
    with Journal.open(path, author="russia") as journal:
        held = [record.id for record in journal]
        assert held[: len(acknowledged)] == acknowledged
        assert len(held) - len(acknowledged) in (0, 1)  # one may be kept that could not be told any more
        assert journal.verify() == ()
        journal.record(shelling())


def test_a_batch_cut_by_a_kill_is_kept_whole_or_not_at_all(path):
    """No half of an `extend` is ever there."""
    with process(BATCHES, path) as writer:
        writer.stdout.readline()
        writer.stdout.readline()
        writer.send_signal(signal.SIGKILL)
    with Journal.open(path) as journal:
        assert len(journal) >= 200
        assert len(journal) % 100 == 0
        assert journal.verify() == ()


def test_several_processes_write_one_file(path):
    """Two write one chain, two their own: nothing is lost, and every chain is whole."""
    writers = [
        process(WRITER, path, author, 25, f"p{n}")
        for n, author in enumerate(["russia", "russia", "iran", "turkey"])
    ]
    told = [writer.communicate()[0].split() for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0, 0, 0]
    with Journal.open(path) as journal:
        assert [record.id for record in journal] == [
            *(f"iran/{n}" for n in range(1, 26)),
            *(f"russia/{n}" for n in range(1, 51)),
            *(f"turkey/{n}" for n in range(1, 26)),
        ]
        assert sorted(told[0] + told[1]) == sorted(f"russia/{n}" for n in range(1, 51))
        assert len({record.text for record in journal}) == 100
        assert journal.verify() == ()


def test_the_disk_is_waited_for(path):
    """The file is in write-ahead mode, and each commit waits until it is on the disk."""
    with closing(SqliteStore(path)) as store:
        assert store._file.pragma("journal_mode") == "wal"  # noqa: SLF001 - what SQLite was told
        assert store._file.pragma("synchronous") == 2  # noqa: SLF001 - FULL
        assert store._file.pragma("foreign_keys") == 1  # noqa: SLF001 - the same


def test_a_writer_that_waits_too_long_is_told(path):
    """Another process holds the file: one sentence, and nothing is written."""
    with Journal.open(path, author="russia") as journal:
        journal.record(shelling())
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with Journal(SqliteStore(path, patience=0.05), author="russia") as journal:
            with pytest.raises(JournalError, match="another process"):
                journal.record(shelling())
            assert len(journal) == 1


# What is refused


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE records SET received = 0",
        "UPDATE bodies SET body = x'00'",
        "DELETE FROM records",
        "DELETE FROM bodies",
        "DELETE FROM bodies WHERE seq = 2",
        "INSERT OR REPLACE INTO records SELECT * FROM records WHERE number = 1",
        "INSERT OR IGNORE INTO records SELECT * FROM records WHERE number = 1",
        (
            "REPLACE INTO records (author, number, hash, head, received, receipt) "
            "SELECT author, number, hash, head, 0, receipt FROM records WHERE number = 1"
        ),
        "INSERT INTO records SELECT * FROM records WHERE true ON CONFLICT DO UPDATE SET received = 0",
        "INSERT OR REPLACE INTO bodies SELECT * FROM bodies",
        "DELETE FROM absences",
        "UPDATE absences SET reason = 'withheld'",
        "INSERT OR REPLACE INTO absences VALUES (1, 'erased')",
        "INSERT INTO bodies (seq, salt, body, target) SELECT 1, salt, body, target FROM bodies WHERE seq = 2",
        "UPDATE steps SET records = 1",
        "DELETE FROM steps",
    ],
)
def test_nothing_is_changed_or_taken_away(path, statement):
    """The file itself refuses, whatever program writes to it."""
    with Journal.open(path, author="russia") as journal:
        journal.record(shelling(), shelling())
    with closing(sqlite3.connect(path)) as other:
        other.execute("INSERT INTO absences VALUES (1, 'erased')")
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            other.execute(statement)


def test_a_body_goes_only_after_it_was_marked_as_erased(path):
    """The one way by which erasing works: first the mark, then the body; the chain still holds."""
    with Journal.open(path, author="russia") as journal:
        journal.record(shelling(), shelling())
    with closing(sqlite3.connect(path)) as other:
        other.execute("INSERT INTO absences VALUES (1, 'withheld')")
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            other.execute("DELETE FROM bodies WHERE seq = 1")
        other.execute("INSERT INTO absences VALUES (1, 'erased')")
        other.execute("DELETE FROM bodies WHERE seq = 1")
        other.commit()
    with Journal.open(path) as journal:
        assert journal.verify() == ()
        assert [getattr(record, "absent", None) for record in journal] == ["erased", None]


@pytest.mark.parametrize(
    ("statement", "record", "kind"),
    [
        (
            "UPDATE records SET head = CAST(replace(head, 'russia', 'iran') AS BLOB) WHERE seq = 3",
            "russia/3",
            "altered",
        ),
        ("UPDATE records SET head = x'00' WHERE seq = 3", "russia/3", "altered"),
        ("UPDATE records SET hash = zeroblob(32) WHERE seq = 3", "russia/3", "altered"),
        ("UPDATE records SET author = 'iran' WHERE seq = 3", "russia/3", "altered"),
        ("UPDATE records SET number = 30 WHERE seq = 3", "russia/3", "altered"),
        ("UPDATE records SET received = received - 1 WHERE seq = 3", "russia/3", "altered"),
        ("UPDATE bodies SET body = x'7b7d' WHERE seq = 3", "russia/3", "altered"),
        ("UPDATE bodies SET salt = zeroblob(16) WHERE seq = 3", "russia/3", "altered"),
        ("UPDATE bodies SET target = NULL WHERE seq = 4", "russia/4", "altered"),
        ("DELETE FROM bodies WHERE seq = 3", "russia/3", "missing"),
        ("DELETE FROM records WHERE seq = 3", "russia/3", "missing"),
        ("DELETE FROM records WHERE seq = 1", "russia/1", "missing"),
        ("DELETE FROM records WHERE seq = 4", None, "missing"),
    ],
)
def test_what_was_changed_behind_its_back_is_named(path, statement, record, kind):
    """verify() names the record that does not fit, and no other."""
    with Journal.open(path, author="russia") as journal:
        journal.record(*(shelling() for _ in range(3)))
        journal.record(Withdrawal(of="russia/2"))
    tampered(path, statement)
    with Journal.open(path) as journal:
        assert [(fault.record, fault.kind) for fault in journal.verify()] == [(record, kind)]


def test_a_record_that_cannot_be_read_any_more_is_an_error_with_its_name(path):
    """Reading stops at it with a sentence, and points at verify()."""
    with Journal.open(path, author="russia") as journal:
        journal.record(shelling(), shelling())
    tampered(path, "UPDATE bodies SET body = x'7b7d' WHERE seq = 2")
    with Journal.open(path) as journal, pytest.raises(JournalError, match=r"russia/2 .* verify"):
        list(journal)


def test_a_number_never_comes_back(path):
    """A row taken off the end is missed even after others were written."""
    with Journal.open(path, author="russia") as journal:
        journal.record(shelling(), shelling())
    tampered(path, "DELETE FROM bodies WHERE seq = 2", "DELETE FROM records WHERE seq = 2")
    with Journal.open(path, author="russia") as journal:
        journal.record(shelling())
        assert [fault.kind for fault in journal.verify()] == ["missing"]


# What is no journal


def test_a_folder_is_refused(tmp_path):
    """With the remedy."""
    with pytest.raises(JournalError, match="is a folder"):
        Journal.open(tmp_path)


def test_a_missing_folder_is_refused(tmp_path):
    """No folder is made on the way."""
    with pytest.raises(JournalError, match="make it first"):
        Journal.open(tmp_path / "no" / "journal.db")


def test_a_text_file_is_refused_and_left_alone(path):
    """A record file is no journal."""
    path.write_text('{"kind":"incident"}\n' * 100, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(JournalError, match="is no journal"):
        Journal.open(path)
    assert path.read_bytes() == before


def test_another_database_is_refused_and_left_alone(path):
    """Somebody else's tables are not ours to write beside."""
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE t (x)")
        other.commit()
    with pytest.raises(JournalError, match="no journal"):
        Journal.open(path)
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("t",)]


def test_a_newer_journal_is_refused(path):
    """What a later version wrote is not guessed at."""
    Journal.open(path).close()
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("PRAGMA application_id").fetchone() == (APPLICATION,)
        other.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    with pytest.raises(JournalError, match="newer version"):
        Journal.open(path)


def test_an_empty_file_becomes_a_journal(path):
    """As one made by a file dialogue."""
    path.touch()
    with Journal.open(path, author="russia") as journal:
        assert journal.record(shelling())[0].id == "russia/1"


def test_a_closed_journal_says_so(path):
    """Closing twice does no harm, using it afterwards is told."""
    journal = Journal.open(path, author="russia")
    journal.close()
    journal.close()
    with pytest.raises(JournalError, match="closed"):
        journal.record(shelling())
    with pytest.raises(JournalError, match="closed"):
        list(journal)


def test_a_wrong_call_leaves_no_file_open(path):
    """A journal that could not be opened is not held: an agreement that is none, a folder."""
    with pytest.raises(UnknownAgreement):
        Journal.open(path, agreements=5)
    os.remove(path)  # noqa: PTH107 - fails on systems where an open file cannot be removed


def test_a_long_journal_is_read_in_pieces(path):
    """More records than one piece holds come in order, each once."""
    with Journal.open(path, author="russia") as journal:
        journal.extend(shelling() for _ in range(4_001))
        assert [record.id for record in journal] == [f"russia/{n}" for n in range(1, 4_002)]


# Stores agree


def test_p44_two_stores_give_the_same_bytes(path):
    """The same records, times and salts make the same chain in memory and in a file."""
    settings = {"author": "russia", "salt": lambda: bytes(16)}
    with (
        Journal.open(path, clock=Clock(), **settings) as file,
        Journal.in_memory(clock=Clock(), **settings) as memory,
    ):
        for journal in (file, memory):
            journal.extend(shelling(zone=f"z{n}") for n in range(5))
            journal.record(
                Correction(of="russia/1", set={"zone": "idlib"}), Finding(on="russia/1", outcome="refuted")
            )
            journal.record(from_json({"kind": "withdrawal", "of": "russia/2"}))
        assert file.heads() == memory.heads()
        assert list(file) == list(memory)
        links = [[evolve(link, received=0) for link in journal._store.links()] for journal in (file, memory)]  # noqa: SLF001
        assert links[0] == links[1]
