"""Seals in a file: every bit of them counts, none is changed or taken away unseen, and old files have none."""

import sqlite3
from contextlib import closing

import old_journal
import pytest
from attrs import evolve
from journal_contract import Clock, shelling
from sealing_contract import RUSSIA, sealed, told

from ceasefire.errors import ReadOnlyJournal
from ceasefire.journal import Journal
from ceasefire.journal.writing.sealing import admitted, seal_faults


@pytest.fixture
def path(tmp_path):
    """Return the journal of the Russian side: three records, sealed twice."""
    path = tmp_path / "russia.of-the-test"
    with Journal.open(path, author="russia", clock=Clock()) as journal:
        journal.extend(shelling() for _ in range(2))
        journal.seal(RUSSIA)
        journal.record(shelling())
        journal.seal(RUSSIA)
    return path


def behind_its_back(path, *statements):
    """Change a journal with its triggers taken away."""
    with closing(sqlite3.connect(path)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def flipped(seal):
    """Yield the seal with each single bit of each of its parts changed."""
    for name in ("author", "key"):
        data = getattr(seal, name).encode()
        for bit in range(7 * len(data)):  # the eighth makes no text
            changed = bytearray(data)
            changed[bit // 7] ^= 1 << bit % 7
            yield evolve(seal, **{name: changed.decode()})
    for name in ("head", "signature", "receipt"):
        for bit in range(8 * len(getattr(seal, name))):
            changed = bytearray(getattr(seal, name))
            changed[bit // 8] ^= 1 << bit % 8
            yield evolve(seal, **{name: bytes(changed)})
    for name in ("length", "at", "received", "seq"):
        for bit in range(40):
            yield evolve(seal, **{name: getattr(seal, name) ^ 1 << bit})


def test_every_single_bit_of_a_seal_counts():
    """In the author, the length, the head, the key, the time, the signature: bad; in what is local: altered."""
    journal = sealed()
    (seal,) = journal.seals()
    store = journal._store  # noqa: SLF001 - changed behind its back
    for changed in flipped(seal):
        store.seals = lambda held=changed: [held]
        faults = list(seal_faults(store, None))
        assert [fault.kind for fault in faults] == ["altered" if changed == seal else "bad_seal"], changed
        let_in = [found for found in admitted([(0, changed)], "x", None) if found == changed]
        assert let_in == ([changed] if changed == seal else []), changed


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE seals SET received = 0",
        "UPDATE seals SET length = 1 WHERE seq = 1",
        "DELETE FROM seals",
        "DELETE FROM seals WHERE seq = 2",
        "INSERT OR REPLACE INTO seals SELECT * FROM seals WHERE seq = 1",
        "INSERT OR IGNORE INTO seals SELECT * FROM seals WHERE seq = 1",
        "REPLACE INTO seals SELECT 9, author, length, head, key, at, signature, 0, receipt FROM seals WHERE seq = 1",
        "INSERT INTO seals SELECT * FROM seals WHERE true ON CONFLICT DO UPDATE SET received = 0",
    ],
)
def test_nothing_of_a_seal_is_changed_or_taken_away(path, statement):
    """The file itself refuses, whatever program writes to it."""
    with closing(sqlite3.connect(path)) as other, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        other.execute(statement)


@pytest.mark.parametrize(
    ("statement", "faults"),
    [
        ("DELETE FROM seals WHERE seq = 1", [(None, "missing")]),
        ("DELETE FROM seals WHERE seq = 2", [(None, "missing")]),
        ("DELETE FROM seals", [(None, "missing")]),
        ("UPDATE seals SET author = 'turkey' WHERE seq = 1", [("turkey/2", "bad_seal")]),
        ("UPDATE seals SET length = 3 WHERE seq = 1", [("russia/3", "bad_seal")]),
        ("UPDATE seals SET head = zeroblob(32) WHERE seq = 1", [("russia/2", "bad_seal")]),
        ("UPDATE seals SET key = 'no key' WHERE seq = 1", [("russia/2", "bad_seal")]),
        ("UPDATE seals SET at = at + 1 WHERE seq = 1", [("russia/2", "bad_seal")]),
        ("UPDATE seals SET signature = zeroblob(64) WHERE seq = 1", [("russia/2", "bad_seal")]),
        ("UPDATE seals SET received = received - 1 WHERE seq = 1", [("russia/2", "altered")]),
        ("UPDATE seals SET receipt = zeroblob(8) WHERE seq = 1", [("russia/2", "altered")]),
        ("UPDATE seals SET seq = 9 WHERE seq = 1", [("russia/2", "altered")]),
    ],
)
def test_what_was_changed_behind_its_back_is_named(path, statement, faults):
    """verify() names the seal by the record it says it is of; of one that is gone, only that it is."""
    behind_its_back(path, statement)
    with Journal.open(path) as journal:
        assert told(journal.verify()) == faults


def test_a_chain_cut_off_in_the_file_is_found_by_its_seal(path):
    """Even where the trace of what was cut off was wiped away too."""
    behind_its_back(
        path,
        "DELETE FROM bodies WHERE seq = 3",
        "DELETE FROM records WHERE seq = 3",
        "UPDATE sqlite_sequence SET seq = 2 WHERE name = 'records'",
    )
    with Journal.open(path) as journal:
        assert told(journal.verify()) == [("russia/3", "missing")]
    behind_its_back(
        path,
        "DELETE FROM bodies",
        "DELETE FROM records",
        "UPDATE sqlite_sequence SET seq = 0 WHERE name = 'records'",
    )
    with Journal.open(path) as journal:
        assert told(journal.verify()) == [("russia/2", "missing"), ("russia/3", "missing")]


def test_a_seal_that_is_none_is_told_as_damage(path):
    """A column that holds what it cannot hold: the seals cannot be read, and the records are looked at."""
    behind_its_back(
        path, "CREATE TABLE s AS SELECT * FROM seals", "DROP TABLE seals", "ALTER TABLE s RENAME TO seals"
    )
    behind_its_back(path, "UPDATE seals SET length = 'three' WHERE seq = 2")
    with Journal.open(path) as journal:
        assert told(journal.verify()) == [(None, "unreadable")]
        other = Journal.in_memory()
        merged = other.merge(journal)
        assert (merged.added, merged.seals, len(merged.refused)) == (3, 0, 1)


def test_a_journal_of_the_first_version_has_no_seals_and_can_be_sealed(tmp_path):
    """Opened for reading it is not touched; opened for writing it gets the table."""
    path = tmp_path / "old.of-the-test"
    old_journal.write(path)
    with Journal.open(path, read_only=True) as journal:
        assert journal.seals() == journal.verify() == ()
        assert Journal.in_memory().merge(journal).seals == 0
    with Journal.open(path, author="russia") as journal:
        seal = journal.seal(RUSSIA)
        assert (seal.length, seal.head.hex()) == (4, old_journal.HEADS["russia"])
        assert journal.verify() == ()


def test_a_seal_of_a_journal_opened_for_reading_is_not_made(path):
    """As nothing else is written there."""
    with Journal.open(path, author="russia", read_only=True) as journal, pytest.raises(ReadOnlyJournal):
        journal.seal(RUSSIA)
