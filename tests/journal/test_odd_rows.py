"""A column of a journal's file that holds what it cannot hold: told in a sentence, whatever is asked of it.

Whoever owns the file can take its guards away and write into it what he likes.
"""

import shutil
import sqlite3
from contextlib import closing

import pytest
from forging import read, write
from journal_contract import Clock, shelling
from thorough import THOROUGH
from truce_of_two import AGREEMENT

import ceasefire as cf
from ceasefire.journal import Journal, SigningKey
from ceasefire.record import Correction, Finding

LATER = Clock("2018-01-01T00:00:00Z")
#: What is put in a column: nothing, numbers at the edges, other types, other bodies, long and deep texts.
VALUES = (
    *(None, 0, -1, 1, 2**63 - 1, -(2**63), 1.5, float("inf")),
    *("", "x", "2017", "russia/1", "\u202e\x00é", "y" * 100_000),
    *(b"", b"\xff\xfe", b"{}", b'{"kind":"incident"}', bytes(32), b"[" * 5_000),
)
#: Unless all is tried, one value of so many for each column.
EVERY = 1 if THOROUGH else 23


def journal(folder):
    """Write a journal with all that a table can hold: a fork, a gap, an erasure, a correction, a seal."""
    for name, author, records in (("one", "turkey", 3), ("other", "turkey", 2), ("far", "iran", 3)):
        with Journal.open(folder / f"{name}.db", author=author, clock=Clock()) as journal:
            journal.extend(shelling(text=f"{name} {n}") for n in range(records))
            journal.copy(folder / f"{name}.jsonl")
    far = folder / "far.jsonl"
    write(far, [line for line in read(far) if line.get("proof", {}).get("number") != 1])
    path = folder / "journal.db"
    with Journal.open(path, author="russia", clock=Clock()) as journal:
        journal.extend(shelling(text=f"number {n}", key=f"k{n}") for n in range(5))
        journal.record(
            Correction(of="russia/1", set={"zone": "idlib"}), Finding(on="turkey/1", outcome="refuted")
        )
        journal.erase("russia/3", reason="asked for")
        journal.seal(SigningKey.new())
        for name in ("one", "other", "far"):
            journal.merge(folder / f"{name}.jsonl")
    with closing(sqlite3.connect(path)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("PRAGMA journal_mode = DELETE")
    return path


def columns(path):
    """Return table, column and number of rows for each column of a file."""
    with closing(sqlite3.connect(path)) as connection:
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return [
            (table, column[1], connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - its own
            for table in tables
            for column in connection.execute(f"PRAGMA table_info({table})")
        ]


def put(path, table, column, value):
    """Write a value into a column of the middle row of a table, or of all; tell whether SQLite took it."""
    one = f"WHERE rowid = (SELECT rowid FROM {table} LIMIT 1 OFFSET (SELECT count(*) / 2 FROM {table}))"  # noqa: S608 - the file's own names
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for which in (one, ""):
            try:
                connection.execute(f"UPDATE OR IGNORE {table} SET {column} = ? {which}", (value,))  # noqa: S608 - its own
            except sqlite3.Error:  # a table without rowids, or a column that takes no such value
                continue
            connection.commit()
            return connection.total_changes > 0
    return False


def asked(path, folder, agreement):
    """Yield what is done with a journal."""

    def opened(**settings):
        return Journal.open(path, read_only=True, **settings)

    def whole():
        with opened() as journal:
            faults = journal.verify()
            return faults, [(record, record.received) for record in journal]

    def reported():
        with opened(agreements=[agreement]) as journal:
            return cf.report(cf.assess(agreement, journal, as_of="2019-01-01")).to_markdown()

    def copied():
        (folder / "copy.jsonl").unlink(missing_ok=True)
        with opened() as journal:
            journal.copy(folder / "copy.jsonl")

    def merged():
        with Journal.in_memory(clock=LATER) as rescue:
            rescue.merge(path)
            return {fault.kind for fault in rescue.verify()}

    def went_on():
        with Journal.open(shutil.copy(path, folder / "more.db"), author="russia", clock=LATER) as journal:
            journal.record(shelling())

    return {"whole": whole, "reported": reported, "copied": copied, "merged": merged, "went_on": went_on}


def test_whatever_a_column_holds_is_told_and_no_call_ends_in_a_traceback(tmp_path):
    """For every column of every table: reading, assessing, copying, merging, writing end well or in one error."""
    path = journal(tmp_path)
    (tmp_path / "truce.toml").write_text(AGREEMENT, encoding="utf-8")
    agreement = cf.agreement(tmp_path / "truce.toml")
    whole = path.read_bytes()
    before = asked(path, tmp_path, agreement)["whole"]()
    every = columns(path)
    assert {table for table, _, rows in every if rows} >= {
        "records",
        "bodies",
        "absences",
        "doubles",
        "awaiting",
    }
    turns = [(table, column, value) for table, column, _ in every for value in VALUES]
    taken = 0
    for table, column, value in turns[::EVERY]:
        path.write_bytes(whole)
        taken += put(path, table, column, value)
        for name, call in asked(path, tmp_path, agreement).items():
            try:
                answer = call()
            except cf.CeasefireError:
                continue
            except Exception as error:  # noqa: BLE001 - which column it was is what has to be known
                pytest.fail(f"{table}.{column} = {value!r:.40}: {name} ended in {error!r:.200}")
            if name == "merged":  # what was let in is whole
                assert answer <= {"forked", "missing"}, f"{table}.{column} = {value!r:.40}"
            if name == "whole":
                assert answer[0] != before[0] or answer[1] == before[1], f"{table}.{column} = {value!r:.40}"
    assert taken > len(turns) // EVERY // 3
