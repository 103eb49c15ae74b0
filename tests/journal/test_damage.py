"""Damaged files: what can still be read is read, what cannot is named, and nothing ends in a traceback."""

import random
import sqlite3
from contextlib import closing

import pytest
from journal_contract import Clock, shelling
from thorough import THOROUGH

from ceasefire.errors import CeasefireError, DamagedJournal, JournalError, NotAJournal
from ceasefire.journal import Journal, SigningKey
from ceasefire.record import Correction, Finding

#: Bytes of a page of the files made here: as small as SQLite allows, so that there are many.
PAGE = 512


def written(path, records=40):
    """Write a journal of many small pages, and return what it held."""
    with Journal.open(path, author="russia", clock=Clock()) as journal:
        journal.extend(shelling(text=f"number {n}") for n in range(records))
        journal.record(Correction(of="russia/1", set={"zone": "idlib"}), Finding(on="x/1", outcome="refuted"))
        held = list(journal)
    with closing(sqlite3.connect(path)) as connection:
        for statement in (
            "PRAGMA journal_mode = DELETE",
            f"PRAGMA page_size = {PAGE}",
            "VACUUM",
            "PRAGMA journal_mode = WAL",
        ):
            connection.execute(statement)
    return held


def looked_at(path):
    """Return the faults of a damaged file, and what another journal can still take from it."""
    with Journal.open(path, read_only=True) as journal:
        faults = journal.verify()
    with Journal.in_memory(clock=Clock("2018-01-01T00:00:00Z")) as rescue:
        merged = rescue.merge(path)
        assert rescue.verify() == ()
        return faults, list(rescue), merged


@pytest.mark.parametrize("damage", ["zeros", "noise", "neighbour"])
def test_every_page_lost_in_turn_is_told_and_the_rest_is_rescued(tmp_path, damage):
    """Whichever page of the file is overwritten: what verify tells, and what a merge still brings over."""
    path = tmp_path / "journal.db"
    before = written(path)
    whole = path.read_bytes()
    pages = len(whole) // PAGE
    noise = random.Random(7)  # noqa: S311 - the same noise each time
    rescued = 0
    turns = range(1, pages, 1 if THOROUGH else 4)
    for page in turns:
        bad = {
            "zeros": bytes(PAGE),
            "noise": noise.randbytes(PAGE),
            "neighbour": whole[(page - 1) * PAGE : page * PAGE] if page > 1 else bytes(PAGE),
        }[damage]
        path.write_bytes(whole[: page * PAGE] + bad + whole[(page + 1) * PAGE :])
        try:
            faults, held, _ = looked_at(path)
        except JournalError:  # the page held the tables themselves: nothing can be asked
            continue
        read = [record for record in held if record.kind != "absent"]
        assert all(record in before for record in read), "what is read is what was written"
        if held != before:
            assert faults, f"page {page}: records are lost, and verify says nothing"
        rescued += len(read)
    assert rescued > len(turns) * len(before) // 3, "most pages cost few records"


def test_a_lost_page_of_bodies_costs_only_those(tmp_path):
    """The records stand in their chain without their words; verify names each."""
    path = tmp_path / "journal.db"
    before = written(path)
    whole = path.read_bytes()
    page = next(n for n in range(1, len(whole) // PAGE) if b"number 20" in whole[n * PAGE : (n + 1) * PAGE])
    path.write_bytes(whole[: page * PAGE] + b"\xff" * PAGE + whole[(page + 1) * PAGE :])
    faults, held, merged = looked_at(path)
    assert faults[0].kind == "unreadable" or faults[-1].record is None
    named = {fault.record for fault in faults if fault.kind == "unreadable"} - {None}
    assert named
    assert len(held) == len(before)
    assert {record.id for record in held if record.kind == "absent"} == named
    assert len(merged.refused) >= len(named)


def test_reading_a_damaged_journal_is_one_error(tmp_path):
    """It points at verify."""
    path = tmp_path / "journal.db"
    written(path)
    whole = path.read_bytes()
    page = next(n for n in range(1, len(whole) // PAGE) if b"number 20" in whole[n * PAGE : (n + 1) * PAGE])
    path.write_bytes(whole[: page * PAGE] + b"\xff" * PAGE + whole[(page + 1) * PAGE :])
    with Journal.open(path) as journal, pytest.raises(DamagedJournal, match="verify"):
        list(journal)


def test_a_file_cut_short_is_told(tmp_path):
    """As by a stick that was pulled out while it was copied."""
    path = tmp_path / "journal.db"
    before = written(path)
    whole = path.read_bytes()
    for length in range(PAGE, len(whole), PAGE * 3):
        path.write_bytes(whole[:length])
        try:
            faults, held, _ = looked_at(path)
        except JournalError:
            continue
        assert faults
        assert all(record in before for record in held if record.kind != "absent")


def test_a_file_whose_beginning_is_lost_is_no_journal_any_more(tmp_path):
    """Nothing tells what it was."""
    path = tmp_path / "journal.db"
    written(path)
    path.write_bytes(bytes(PAGE) + path.read_bytes()[PAGE:])
    with pytest.raises(NotAJournal):
        Journal.open(path, read_only=True)


def test_a_damaged_index_hides_no_record(tmp_path):
    """An index that leaves records out is not believed: the rows themselves are counted."""
    path = tmp_path / "journal.db"
    written(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        [(root,)] = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_records_1'"
        )
    whole = bytearray(path.read_bytes())
    start = (root - 1) * PAGE
    assert whole[start] == 2, "the root of the index has pages below it"
    cells = int.from_bytes(whole[start + 3 : start + 5], "big")
    whole[start + 3 : start + 5] = (cells - 1).to_bytes(2, "big")  # one branch of the index is cut off
    path.write_bytes(bytes(whole))
    with Journal.open(path, read_only=True) as journal:
        assert [fault.kind for fault in journal.verify()] == ["unreadable"]
    _, held, _ = looked_at(path)
    assert len(held) <= 42


@pytest.mark.parametrize("flips", [20_000 if THOROUGH else 80])
def test_no_flipped_bit_of_the_file_ends_in_a_traceback_or_a_false_record(tmp_path, flips):
    """Any bit of the whole file: it is found, or nothing that is read has changed."""
    path = tmp_path / "journal.db"
    before = [(record, record.received) for record in written(path, 12)]
    whole = path.read_bytes()
    chance = random.Random(11)  # noqa: S311 - the same bits each time
    for _ in range(flips):
        place, bit = chance.randrange(100, len(whole)), chance.randrange(8)
        path.write_bytes(whole[:place] + bytes([whole[place] ^ (1 << bit)]) + whole[place + 1 :])
        try:
            with Journal.open(path, read_only=True) as journal:
                faults = journal.verify()
                held = [] if faults else [(record, record.received) for record in journal]
        except CeasefireError:
            continue
        assert faults or held == before, f"bit {bit} of byte {place}"


@pytest.mark.parametrize("time", [-(2**62), 2**62, 2**63 - 1])
@pytest.mark.parametrize("place", [1, 3])
def test_a_row_received_at_no_time_that_there_is_is_told_and_hides_no_other(tmp_path, time, place):
    """One flipped bit makes a year 265,000 of a year 2017: told on opening, and the others can be taken over."""
    path = tmp_path / "journal.db"
    with Journal.open(path, author="russia", clock=Clock()) as journal:
        journal.extend(shelling(text=f"number {n}") for n in range(3))
    with closing(sqlite3.connect(path)) as connection:
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE records SET received = ? WHERE seq = ?", (time, place))
        connection.commit()
    faults, rescued, _ = looked_at(path)
    assert [fault.record for fault in faults] == [f"russia/{place}"]
    assert {record.text for record in rescued} >= {f"number {n}" for n in range(3) if n + 1 != place}


@pytest.mark.parametrize("time", [-(2**62), 2**62, 2**63 - 1])
def test_a_seal_made_at_no_time_that_there_is_is_told(tmp_path, time):
    """Its records are read as before; verify says what it cannot read."""
    path = tmp_path / "journal.db"
    with Journal.open(path, author="russia", clock=Clock()) as journal:
        journal.record(shelling())
        journal.seal(SigningKey.new())
    with closing(sqlite3.connect(path)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE seals SET at = ?", (time,))
        connection.commit()
    with Journal.open(path, read_only=True) as journal:
        assert len(list(journal)) == 1
        [fault] = journal.verify()
        assert "made at no time that there is" in str(fault)
