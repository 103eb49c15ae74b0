"""Files that somebody made to be opened as journals, and files of earlier versions."""

import sqlite3
import threading
from contextlib import closing, suppress
from pathlib import Path

import pytest
from journal_contract import Clock, shelling

from ceasefire.errors import CeasefireError, DamagedJournal, JournalError, NotAJournal, OtherThread
from ceasefire.journal import Journal, SigningKey
from ceasefire.journal.stores.sqlite_file import APPLICATION
from ceasefire.record import Branch, Withdrawal

HERE = Path(__file__).parent
#: What the version before told of the journal of step 3.
HEADS = {
    "iran": "8e0a9f7178d15883b23adbec057a137bf7ae8b8af9e3ae2292c0d4c7e56ee573",
    "russia@3691199f6602": "3691199f6602f943e8f1d53b5782956992763e087d9b0ab35612bda8d31daf75",
    "russia@6beb15f6c138": "6beb15f6c13844e348e16433261cf7ba9d9ef9288c773b7b3c30f51a672282cd",
    "turkey": "22decc64aba9c6d3a10f0d573b4733c4847ebea3018aaca33c8aed8672d9bc4f",
}
FORK = "russia has two histories from number 3 on: russia/3@3691199f6602 and russia/3@6beb15f6c138"


#: A view that has the columns of the records, and no end.
ENDLESS = """CREATE VIEW records AS WITH RECURSIVE n(seq) AS (SELECT 1 UNION ALL SELECT seq + 1 FROM n)
SELECT seq, 'russia' AS author, seq AS number, zeroblob(32) AS hash, x'00' AS head, 0 AS received,
zeroblob(8) AS receipt FROM n"""


@pytest.fixture
def path(tmp_path):
    """Return the path of a journal with two records of russia, the second withdrawing the first, and a gap."""
    path = tmp_path / "journal.db"
    with Journal.open(path, author="russia", clock=Clock()) as journal:
        journal.record(shelling())
        journal.record(Withdrawal(of="russia/1"))
    return path


def changed(path, *statements):
    """Change a file behind the journal's back, its triggers aside."""
    with closing(sqlite3.connect(path)) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _, sql in triggers:
            connection.execute(sql)
        connection.commit()


def written(path, script, step):
    """Write a file from the text of its tables and rows."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {step}")
        connection.commit()
    return path


def test_a_journal_of_step_3_opens_verifies_and_merges_as_before(tmp_path):
    """Its heads, its fork, its gap, its erased record, its seal; from the file and from its lines."""
    script = (HERE / "journal_of_step_3.sql").read_text(encoding="utf-8")
    path = written(tmp_path / "old.db", script, 3)
    with Journal.open(path, author="turkey") as journal:
        assert journal.heads() == HEADS
        assert [str(fork) for fork in journal.forks()] == [FORK]
        assert [str(gap) for gap in journal.gaps()] == ["iran/3 to iran/4 have not arrived"]
        assert [(fault.record, fault.kind) for fault in journal.verify()] == [("russia/3", "forked")]
        assert (len(journal), len(journal.seals())) == (15, 1)
        assert journal.get("turkey/2").absent == "erased"
        assert journal.get("russia/2").said_by == "a witness"
        lines = Journal.in_memory()
        merged = lines.merge(HERE / "journal_of_step_3.jsonl")
        assert (merged.added, merged.seals, merged.refused) == (15, 1, ())
        assert (lines.heads(), [str(fork) for fork in lines.forks()]) == (HEADS, [FORK])
        assert journal.merge(lines).added == 0
        assert journal.record(shelling()).id == "turkey/8"
        journal.merge(HERE / "journal_of_step_3.jsonl")
        assert [(fault.record, fault.kind) for fault in journal.verify()] == [("russia/3", "forked")]


def test_verify_looks_at_one_moment(path):
    """What another writes between two of its looks makes it cry over nothing."""
    with Journal.open(path) as journal, Journal.open(path, author="turkey") as other:
        store = journal._store  # noqa: SLF001 - to write between two of its looks
        looked = store.counted

        def counted():
            other.record(shelling())
            return looked()

        store.counted = counted
        assert journal.verify() == ()
        assert len(other) > 2


@pytest.mark.parametrize(
    "statements",
    [
        ("INSERT INTO doubles VALUES ('russia', 2)",),
        ("INSERT INTO awaiting SELECT author, number, hash FROM records WHERE number = 2",),
        ("INSERT INTO awaiting VALUES ('nobody', 9, x'00')",),
        ("INSERT INTO awaiting VALUES (7, 'x', 'y')",),
        ("UPDATE sqlite_sequence SET seq = 1 WHERE name = 'records'",),
        ("INSERT INTO merges VALUES (5, 900)",),
        (
            "PRAGMA writable_schema = ON",
            "UPDATE sqlite_master SET rootpage = 3 WHERE name = 'bodies_by_target'",
        ),
    ],
)
def test_what_other_calls_rely_on_is_looked_at(path, statements):
    """Side tables, counters and indexes: what does not fit the records is told."""
    with Journal.open(path) as journal:
        assert journal.verify() == ()
    changed(path, *statements)
    with Journal.open(path) as journal:
        assert journal.verify() != ()


@pytest.mark.parametrize(
    "statements",
    [
        (
            "DROP TABLE awaiting",
            "CREATE VIEW awaiting AS SELECT 'russia' AS author, 1 AS number, x'00' AS hash",
        ),
        (
            "DROP TABLE records",
            ENDLESS,
        ),
        ("CREATE TRIGGER mine AFTER INSERT ON records BEGIN DELETE FROM awaiting; END",),
        ("DROP TABLE bodies",),
        ("CREATE INDEX mine ON bodies (length(hex(zeroblob(100000000))))",),
        ("ALTER TABLE records ADD COLUMN mine BLOB AS (zeroblob(900000000)) VIRTUAL",),
        ("PRAGMA user_version = -1",),
    ],
)
def test_a_file_with_something_else_for_its_tables_is_no_journal(path, statements):
    """A view may have no end, a trigger does what somebody else wants, an index or a column reckons for ever."""
    with closing(sqlite3.connect(path)) as connection:
        if any("DROP" in statement for statement in statements):
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            ).fetchall():
                connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    for read_only in (True, False):
        with pytest.raises(NotAJournal, match="is no journal"):
            Journal.open(path, read_only=read_only)
    with pytest.raises(NotAJournal):
        Journal.in_memory().merge(path)


def test_a_number_that_is_none_is_damage(path):
    """A NULL where a time belongs: writing to such a file is one error that says so."""
    changed(
        path,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = replace(sql, 'received INTEGER NOT NULL CHECK (typeof(received) = ''integer'')', "
        "'received INTEGER') WHERE name = 'records'",
    )
    changed(path, "UPDATE records SET received = NULL WHERE seq = 2")
    with Journal.open(path, author="russia") as journal:
        with pytest.raises(DamagedJournal, match="is damaged"):
            journal.record(shelling())
        assert journal.verify() != ()


@pytest.mark.parametrize("time", [2**63 - 1, -(2**63), 253_402_300_800 * 10**6])
def test_a_time_beyond_all_calendars_is_damage(path, tmp_path, time):
    """Whoever writes one into a row: each call answers, or says in a sentence that the file is damaged."""
    with Journal.open(path, author="russia") as journal:
        journal.seal(SigningKey.new())
    for n, column in enumerate(("records SET received", "seals SET at")):
        changed(path, f"UPDATE {column} = {time}")
        with Journal.open(path, author="russia") as journal:
            for call in (list, Journal.seals, Journal.remarks, Journal.heads):
                with suppress(CeasefireError):
                    call(journal)
            if column.startswith("records"):
                with pytest.raises(DamagedJournal, match="is damaged"):
                    journal.record(shelling())
            with pytest.raises(CeasefireError):
                journal.copy(tmp_path / f"{n}.jsonl")
            assert journal.verify() != ()
            held = len(journal)
        merged = Journal.in_memory().merge(path)
        assert (merged.added, len(merged.refused), merged.seals) == (held, n, 1 - n)


def test_a_journal_of_another_thread_says_so_in_a_sentence(path):
    """And the one who opened it goes on."""
    found = []
    with Journal.open(path, author="russia") as journal:

        def elsewhere():
            for call in (
                lambda: list(journal),
                lambda: journal.record(shelling()),
                journal.verify,
                journal.heads,
            ):
                try:
                    call()
                except JournalError as error:
                    found.append(error)

        thread = threading.Thread(target=elsewhere)
        thread.start()
        thread.join()
        assert journal.record(shelling()).id == "russia/3"
    assert [type(error) for error in found] == [OtherThread] * 4
    assert "open it once in each thread" in str(found[0])


def test_a_branch_record_that_goes_on_from_a_record_leaves_behind_what_followed(path):
    """By number alone it names the record after which its author goes on; the readers see it settled."""
    with Journal.open(path, author="russia") as journal:
        [word] = journal.record(Branch(keep="russia/1"))
        assert word.keep.startswith("russia/1@")
        (fork,) = journal.forks()
        assert (fork.number, fork.kept) == (2, word.id)
        assert journal.verify() == ()
        other = Journal.in_memory()
        other.merge(journal)
        assert [one.kept for one in other.forks()] == [word.id]
