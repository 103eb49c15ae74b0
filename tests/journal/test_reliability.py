"""What is acknowledged is never lost, what is changed is seen: crashes, flipped bits, rows taken, many writers.

Each of these runs on a sample here, and in full with HYPOTHESIS_PROFILE=thorough;
docs/reliability.md has the figures of the last full run.
"""

# ruff: noqa: S608 - the statements are our own

import json
import os
import random
import sqlite3
import subprocess
import sys
import textwrap
import time
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
from attrs import evolve
from journal_contract import Clock, shelling
from thorough import THOROUGH

from ceasefire.journal import Journal
from ceasefire.journal.history.verification import faults
from ceasefire.record import Correction, Finding, Withdrawal

HERE = Path(__file__).parent
#: Writes so many records, one at a time.
WRITER = """
    import sys
    from ceasefire.journal import Journal
    from ceasefire.record import Incident

    with Journal.open(sys.argv[1], author=sys.argv[2], patience=600) as journal:
        for n in range(int(sys.argv[3])):
            journal.record(Incident(occurred="2017-05-14", act="attack", text=f"{sys.argv[4]}-{n}"))
"""


def fifty(journal):
    """Write fifty records of two authors into a journal, corrections and withdrawals among them."""
    for author, length in (("russia", 29), ("turkey", 15)):
        journal.extend(shelling(by=author, zone=f"zone-{n}") for n in range(length))
        journal.record(Correction(by=author, of=f"{author}/1", set={"zone": "idlib"}))
        journal.record(
            Withdrawal(by=author, of=f"{author}/2"), Finding(by=author, on="x/1", outcome="refuted")
        )
    assert len(journal) == 50
    return journal


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the writers are forked, which this system cannot")
def test_a_writer_killed_at_any_moment_loses_nothing_it_was_told_is_kept(tmp_path):
    """Round after round: everything acknowledged is there, nothing in part, every chain whole."""
    rounds = 1_000 if THOROUGH else 60
    command = [sys.executable, HERE / "crash_rounds.py", tmp_path / "journal.db", str(rounds), "7"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["wrong"] == []
    assert seen["rounds"] == rounds
    assert seen["acknowledged"] > 0, "no writer lived long enough to write"


@pytest.mark.parametrize("field", ["hash", "head", "salt", "body", "receipt", "received", "number", "seq"])
def test_p46_every_bit_of_every_stored_record_is_covered(field):
    """Flip any one, in a journal of fifty records: it is found, and blamed on that record and no other."""
    links = list(fifty(Journal.in_memory(clock=Clock()))._store.links())  # noqa: SLF001 - there is no other way to the bytes
    flips = [(n, bit) for n, link in enumerate(links) for bit in range(_bits(getattr(link, field)))]
    if not THOROUGH:
        flips = random.Random(5).sample(flips, min(len(flips), 60))  # noqa: S311 - the same each time
    for n, bit in flips:
        one = links[n]
        changed = [*links[:n], evolve(one, **{field: _flipped(getattr(one, field), bit)}), *links[n + 1 :]]
        changed.sort(key=lambda link: (link.author, link.number, link.hash))
        assert {fault.record for fault in faults(changed)} == {one.id}, (field, n, bit)


def _bits(value):
    return 8 * len(value) if isinstance(value, bytes) else 48


def _flipped(value, bit):
    if isinstance(value, int):
        return value ^ (1 << bit)
    return value[: bit // 8] + bytes([value[bit // 8] ^ (1 << bit % 8)]) + value[bit // 8 + 1 :]


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """Return the file of a journal of fifty records, without the triggers that guard it, and its ids by row."""
    path = tmp_path_factory.mktemp("fifty") / "journal.db"
    with Journal.open(path, clock=Clock()) as journal:
        fifty(journal)
        ids = [link.id for link in journal._store.arrivals()]  # noqa: SLF001 - in the order of rows
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in names:
            connection.execute(f"DROP TRIGGER {name}")
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path.read_bytes(), ids


def told(tmp_path, stored, *statements):
    """Return the faults of the journal after some statements behind its back."""
    path = tmp_path / "tampered.db"
    for name in ("tampered.db", "tampered.db-wal", "tampered.db-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    path.write_bytes(stored[0])
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    with Journal.open(path, read_only=True) as journal:
        return [(fault.record, fault.kind) for fault in journal.verify()]


def rows(ids):
    """Return the rows that are tampered with: all, or every fifth."""
    return range(1, len(ids) + 1) if THOROUGH else range(1, len(ids) + 1, 5)


def test_every_row_deleted_in_turn_is_missed(tmp_path, stored):
    """Record and words, or the words alone; of the end of a chain nothing tells which it was."""
    ids = stored[1]
    ends = {max(n for n, name in enumerate(ids, 1) if name.startswith(side)) for side in ("russia", "turkey")}
    for row in {*rows(ids), *ends}:
        gone = [f"DELETE FROM bodies WHERE seq = {row}", f"DELETE FROM records WHERE seq = {row}"]
        name = None if row in ends else ids[row - 1]
        assert told(tmp_path, stored, *gone) == [(name, "missing")], row
        assert told(tmp_path, stored, gone[0]) == [(ids[row - 1], "missing")], row


def test_every_two_rows_swapped_are_found(tmp_path, stored):
    """Wholly, with their words and all else; or one column of them, each is named."""
    ids = stored[1]
    pairs = list(pairwise(rows(ids)))
    for one, other in pairs:
        named = {ids[one - 1], ids[other - 1]}
        moves = [
            f"UPDATE {table} SET seq = {to} WHERE seq = {at}"
            for table in ("records", "bodies")
            for at, to in ((one, 1_000), (other, one), (1_000, other))
        ]
        whole = told(tmp_path, stored, "PRAGMA foreign_keys = OFF", *moves)
        assert sorted(whole) == sorted((name, "out_of_order") for name in named)
        for table, columns in (("records", "head"), ("records", "hash"), ("bodies", "body, salt")):
            first = columns.split(", ")[0]
            swap = [
                f"CREATE TEMP TABLE kept AS SELECT seq, {columns} FROM {table} WHERE seq IN ({one}, {other})",
                (
                    f"UPDATE {table} SET ({columns}) = (SELECT {columns} FROM kept WHERE kept.seq = "
                    f"{one} + {other} - {table}.seq) WHERE seq IN ({one}, {other})"
                ),
            ]
            found = told(tmp_path, stored, *swap)
            assert {record for record, _ in found} >= named, (table, first, one, other)


def test_every_row_duplicated_is_found(tmp_path, stored):
    """Under the same number, where the table no longer forbids it; under another; or with other bytes."""
    ids = stored[1]
    columns = "author, number, hash, head, received, receipt"
    bare = [
        "ALTER TABLE records RENAME TO guarded",
        "CREATE TABLE records AS SELECT * FROM guarded",
        "DROP TABLE guarded",
    ]
    for row in rows(ids):
        again = f"INSERT INTO records (seq, {columns}) SELECT 51, {columns} FROM records WHERE seq = {row}"
        assert (ids[row - 1], "duplicated") in told(
            tmp_path, stored, "PRAGMA foreign_keys = OFF", "PRAGMA legacy_alter_table = ON", *bare, again
        )
        moved = again.replace("SELECT 51, author, number", "SELECT 51, author, number + 70")
        assert ids[row - 1] in {record for record, _ in told(tmp_path, stored, moved)}


@pytest.fixture(params=["file", "database"])
def shared(request, tmp_path):
    """Return where a journal that many write is kept: in a file, and in PostgreSQL."""
    return str(tmp_path / "journal.db") if request.param == "file" else request.getfixturevalue("postgres")()


def test_many_processes_write_one_journal(shared):
    """Eight at once, two of them for each author: nothing is lost, and every chain is whole."""
    each = 10_000 if THOROUGH else 12
    command = [sys.executable, "-c", textwrap.dedent(WRITER)]
    sides = ["iran", "iran", "russia", "russia", "turkey", "turkey", "un", "un"]
    begun = time.perf_counter()
    writers = [subprocess.Popen([*command, shared, side, str(each), f"p{n}"]) for n, side in enumerate(sides)]
    assert [writer.wait() for writer in writers] == [0] * 8
    taken = time.perf_counter() - begun
    rate = f"{8 * each:,} records in {taken:.1f} s: {8 * each / taken:,.0f} a second"
    print(f"8 processes wrote {rate}")  # noqa: T201 - seen with -s: the figure in docs/reliability.md
    with Journal.open(shared) as journal:
        assert len(journal) == 8 * each
        assert {record.text for record in journal} == {f"p{n}-{i}" for n in range(8) for i in range(each)}
        numbers = dict.fromkeys(sides, 0)
        for record in journal:
            numbers[record.by] += 1
            assert record.id == f"{record.by}/{numbers[record.by]}"
        assert journal.verify() == ()
