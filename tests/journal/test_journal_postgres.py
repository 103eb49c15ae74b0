"""A journal in PostgreSQL: who may do what, many writers at once, and what is told when something is wrong."""

import json
import re
import signal
import sys
from importlib import resources
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from click.testing import CliRunner
from journal_contract import Clock, shelling
from sealing_contract import RUSSIA, told
from test_journal_sqlite import BATCHES, WRITER, process

from ceasefire.cli import main
from ceasefire.errors import (
    ClosedJournal,
    JournalBusy,
    JournalError,
    MissingExtra,
    NewerJournal,
    NotAJournal,
    ReadOnlyJournal,
    UnreadableFile,
)
from ceasefire.journal import Journal, SigningKey
from ceasefire.journal.stores.address import shown
from ceasefire.journal.stores.postgres_server import STEP
from ceasefire.record import Erasure, Finding

PAGE = (Path(__file__).parents[2] / "docs" / "postgres.md").read_text(encoding="utf-8")


@pytest.fixture
def address(postgres):
    """Return the address of an empty schema, as its owner."""
    return postgres()


@pytest.fixture
def kept(address):
    """Return the address of the Russian side's journal: a record, one that erases it, and a seal."""
    with Journal.open(address, author="russia", clock=Clock()) as journal:
        journal.record(shelling(), Erasure(of="russia/1", reason="names a witness"))
        journal.seal(RUSSIA)
        with journal._store.writing():  # noqa: SLF001 - an erasure does this
            journal._store.erase(journal._store.find("russia", 1)[0])  # noqa: SLF001 - the same
    return address


def behind_its_back(address, *statements):
    """Change a journal as one who administers the server can: no trigger fires."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        for statement in statements:
            connection.execute(statement)


def as_role(address, name, password):
    """Return an address for another role, which finds its schema by itself."""
    return re.sub(r"//.*@", f"//{name}:{quote(password)}@", address).partition("?")[0]


# What is the same


def test_p44_a_database_gives_the_same_bytes(address, tmp_path):
    """The same records, times and salts make the same chain in memory, in a file, and here."""
    settings = {"author": "russia", "salt": lambda: bytes(16)}
    heads, proofs = [], []
    for opened in (
        Journal.in_memory,
        lambda **s: Journal.open(tmp_path / "f", **s),
        lambda **s: Journal.open(address, **s),
    ):
        with opened(clock=Clock(), **settings) as journal:
            journal.extend(shelling(zone=f"z{n}") for n in range(5))
            journal.record(Finding(on="russia/1", outcome="refuted"))
            heads.append(journal.heads())
            proofs.append([(record, record.proof, record.received) for record in journal])
    assert heads[0] == heads[1] == heads[2]
    assert proofs[0] == proofs[1] == proofs[2]


def test_journals_merge_wherever_they_are_kept(postgres, tmp_path):
    """A file with a database, a database with another, by their addresses."""
    with (
        Journal.open(tmp_path / "file.of-the-test", author="turkey") as file,
        Journal.open(postgres(), author="russia") as database,
    ):
        file.record(shelling())
        database.record(shelling())
        database.seal(RUSSIA)
        assert (file.merge(postgres()).added, len(file.seals())) == (1, 1)
        with Journal.open(postgres("other")) as other:
            assert other.merge(tmp_path / "file.of-the-test").added == 2
            assert other.heads() == file.heads()
            assert other.verify() == ()


def test_a_long_journal_is_read_in_pieces(address):
    """More records than one piece holds come in order, each once."""
    with Journal.open(address, author="russia") as journal:
        journal.extend(shelling() for _ in range(2_001))
        assert [record.id for record in journal] == [f"russia/{n}" for n in range(1, 2_002)]


# What survives


@pytest.mark.parametrize("after", [1, 7])
def test_what_was_acknowledged_survives_a_kill(address, after):
    """A writer killed with SIGKILL has lost nothing it was told is kept, and holds nothing up."""
    with process(WRITER, address, "russia", 10_000, "w") as writer:
        acknowledged = [writer.stdout.readline().strip() for _ in range(after)]
        writer.send_signal(signal.SIGKILL)
        acknowledged += writer.stdout.read().split()
    with Journal.open(address, author="russia") as journal:
        held = [record.id for record in journal]
        assert held[: len(acknowledged)] == acknowledged
        assert len(held) - len(acknowledged) in (0, 1)  # one may be kept that could not be told any more
        assert journal.verify() == ()
        journal.record(shelling())


def test_a_batch_cut_by_a_kill_is_kept_whole_or_not_at_all(address):
    """No half of an `extend` is ever there."""
    with process(BATCHES, address) as writer:
        writer.stdout.readline()
        writer.send_signal(signal.SIGKILL)
    with Journal.open(address) as journal:
        assert len(journal) >= 100
        assert len(journal) % 100 == 0
        assert journal.verify() == ()


def test_many_write_at_once(address):
    """Two write one chain, two their own, and nobody has made the tables: nothing is lost, every chain is whole."""
    writers = [
        process(WRITER, address, author, 25, f"p{n}")
        for n, author in enumerate(["russia", "russia", "iran", "turkey"])
    ]
    acknowledged = [writer.communicate()[0].split() for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0, 0, 0]
    with Journal.open(address) as journal:
        assert [record.id for record in journal] == [
            *(f"iran/{n}" for n in range(1, 26)),
            *(f"russia/{n}" for n in range(1, 51)),
            *(f"turkey/{n}" for n in range(1, 26)),
        ]
        assert sorted(acknowledged[0] + acknowledged[1]) == sorted(f"russia/{n}" for n in range(1, 51))
        assert len({record.text for record in journal}) == 100
        received = [link.received for link in journal._store.arrivals()]  # noqa: SLF001 - by arrival
        assert received == sorted(received)
        assert journal.verify() == ()


def test_a_writer_that_waits_too_long_is_told(kept):
    """Somebody else holds the journal: one sentence, nothing is written; who reads waits for nobody."""
    with Journal.open(kept) as other, Journal.open(kept, author="russia", patience=0.05) as journal:
        with other._store.writing():  # noqa: SLF001 - held open
            with pytest.raises(JournalBusy, match="another process"):
                journal.record(shelling())
            assert len(list(journal)) == 2
        assert journal.record(shelling()).id == "russia/3"


def test_a_lost_connection_is_told(kept):
    """What was being written is not there, and the next opening works."""
    with Journal.open(kept, author="russia") as journal:
        with psycopg.connect(kept, autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE application_name = 'ceasefire' AND datname = current_database()"
            )
        with pytest.raises(JournalError, match="open it again"):
            journal.record(shelling())
    with Journal.open(kept, author="russia") as journal:
        assert len(journal) == 2


# What is refused


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE records SET received = 0",
        "DELETE FROM records",
        "DELETE FROM records WHERE false",
        "TRUNCATE records CASCADE",
        "INSERT INTO records SELECT * FROM records ON CONFLICT (seq) DO UPDATE SET received = 0",
        "UPDATE bodies SET body = ''",
        "DELETE FROM bodies",
        "TRUNCATE bodies",
        "INSERT INTO bodies SELECT 1, salt, body, target FROM bodies",
        "UPDATE absences SET reason = 'withheld'",
        "DELETE FROM absences",
        "UPDATE seals SET length = 1",
        "DELETE FROM seals",
        "TRUNCATE seals",
        "DELETE FROM writes",
        "UPDATE writes SET records = 0",
        "DELETE FROM doubles",
        "UPDATE ceasefire_journal SET step = 0",
    ],
)
def test_nothing_is_changed_or_taken_away_by_its_owner(kept, statement):
    """Triggers refuse it to everybody, whatever their rights."""
    with (
        psycopg.connect(kept, autocommit=True) as owner,
        pytest.raises(psycopg.errors.RaiseException, match="append-only"),
    ):
        owner.execute(statement)


@pytest.mark.parametrize(
    ("statement", "faults"),
    [
        ("UPDATE records SET head = '\\x00' WHERE seq = 2", [("russia/2", "altered")]),
        ("UPDATE records SET received = received - 1 WHERE seq = 2", [("russia/2", "altered")]),
        ("UPDATE bodies SET body = '{}' WHERE seq = 2", [("russia/2", "altered")]),
        ("DELETE FROM bodies WHERE seq = 2", [("russia/2", "missing")]),
        ("DELETE FROM records WHERE seq = 1", [("russia/1", "missing")]),
        ("DELETE FROM records WHERE seq = 2", [("russia/2", "missing"), (None, "missing")]),
        ("UPDATE seals SET length = 1", [("russia/1", "bad_seal")]),
        ("DELETE FROM seals", [(None, "missing")]),
    ],
)
def test_what_was_changed_behind_its_back_is_named(kept, statement, faults):
    """As in a file: whoever administers the server can change it, and is found out."""
    behind_its_back(kept, statement)
    with Journal.open(kept) as journal:
        assert told(journal.verify()) == faults


def test_a_number_never_comes_back(kept):
    """A row taken off the end is missed even after others were written."""
    behind_its_back(kept, "DELETE FROM seals", "DELETE FROM bodies", "DELETE FROM records WHERE seq = 2")
    with Journal.open(kept, author="russia") as journal:
        journal.record(shelling())
        assert told(journal.verify()) == [(None, "missing"), (None, "missing")]


# Roles


@pytest.fixture
def roles(postgres_server, postgres):
    """Set a journal up as docs/postgres.md says, and return the addresses of a writer and of a reader."""
    before, after = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
    address = postgres_server
    with psycopg.connect(address, autocommit=True) as administrator:
        administrator.execute(before)
    Journal.open(as_role(address, "setting_up", "once") + "?options=-csearch_path%3Djournal").close()
    with psycopg.connect(address, autocommit=True) as administrator:
        administrator.execute(after)
    yield as_role(address, "reporter", "of their own"), as_role(address, "analyst", "of their own")
    with psycopg.connect(address, autocommit=True) as administrator:
        administrator.execute("DROP OWNED BY journal_owner, journal_writer, journal_reader CASCADE")
        administrator.execute("DROP SCHEMA IF EXISTS journal, bare CASCADE")
        administrator.execute("DROP ROLE reporter, analyst, journal_owner, journal_writer, journal_reader")


def russian():
    """Return a journal of the Russian side with three records."""
    russia = Journal.in_memory("russia", clock=Clock())
    russia.extend(shelling() for _ in range(3))
    return russia


def last_of(journal):
    """Return a journal that holds the newest record of another, and none before it."""
    part = Journal.in_memory()
    with part._store.writing():  # noqa: SLF001 - as a part of a file would bring it
        part._store.add(list(journal._store.arrivals())[-1])  # noqa: SLF001 - the same
    return part


#: What a writer has the right to try, and what the journal's own rules refuse.
MISUSED = [
    "SELECT erase_body(2)",
    "INSERT INTO writes VALUES (1000000, 0)",
    "INSERT INTO awaiting VALUES ('russia', 3, '\\x00')",
    "INSERT INTO awaiting SELECT author, number, hash FROM records WHERE number = 2",
]
FORBIDDEN = [
    *(f"UPDATE {table} SET received = 0" for table in ("records", "seals")),  # noqa: S608 - names of tables
    *(f"DELETE FROM {table}" for table in "records bodies absences seals writes doubles".split()),  # noqa: S608
    *(f"TRUNCATE {table}" for table in ("records", "bodies", "awaiting", "seals")),
    "UPDATE bodies SET body = ''",
    "INSERT INTO doubles VALUES ('russia', 1)",
    "UPDATE awaiting SET number = 1",
    "INSERT INTO ceasefire_journal VALUES (2, 0)",
    "ALTER TABLE records DISABLE TRIGGER ALL",
    "DROP TRIGGER append_only ON records",
    "DROP TABLE seals",
    "CREATE TABLE more (x int)",
    "CREATE OR REPLACE FUNCTION refused() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    "SET session_replication_role = replica",
]


def test_a_writer_can_add_and_nothing_else(roles):
    """All that a journal does works with the rights of the page; whatever else is denied by the server."""
    writer, reader = roles
    russia = russian()
    with Journal.open(writer, author="turkey") as journal:
        journal.record(shelling(), shelling())
        assert len(journal.merge(last_of(russia)).gaps) == 1
        assert journal.merge(russia).gaps == ()
        journal.seal(RUSSIA)
        journal.erase("turkey/1", "names a witness")
        assert journal.verify() == ()
    for address in (writer, reader):
        with psycopg.connect(address, autocommit=True) as connection:
            for statement in FORBIDDEN:
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(statement)
    with psycopg.connect(writer, autocommit=True) as connection:
        for statement in MISUSED:
            with pytest.raises(psycopg.errors.RaiseException):
                connection.execute(statement)
    with Journal.open(writer) as journal:
        assert journal.verify() == ()


def test_a_body_goes_only_with_a_record_of_its_erasure(roles):
    """A writer that enters an absence by itself takes no words away, and nobody is led to believe it."""
    writer, _ = roles
    with Journal.open(writer, author="turkey") as journal:
        journal.record(shelling(text="kept"))
        with psycopg.connect(writer, autocommit=True) as connection:
            for statement in ("INSERT INTO absences VALUES (1, 'erased')", "SELECT erase_body(1)"):
                with pytest.raises(psycopg.errors.RaiseException, match="without a record of its erasure"):
                    connection.execute(statement)
        assert journal.get("turkey/1").text == "kept"
        journal.erase("turkey/1", "names a witness")
        assert journal.get("turkey/1").kind == "absent"


#: A row as a writer's role may try to enter it past the library: place, author, number, head, received.
ROW = """INSERT INTO records SELECT {seq}, {author}, {number}, {hash}, convert_to({head}, 'UTF8'), {received},
substr(sha256({hash} || int8send({received}) || int8send({seq})), 1, 8)"""
#: What stands there in a row that is in order, by its head.
IN_ORDER = {
    "seq": "(SELECT max(seq) + 1 FROM records)", "author": "'iran'", "number": "1", "received": "1::bigint",
    "hash": "sha256(convert_to({head}, 'UTF8'))",
}  # fmt: skip
HEAD = {
    "body_digest": "ab" * 32, "by": "iran", "format": 1, "kind": "incident", "number": 1, "previous": None,
    "recorded": "2017-05-14T10:00:00Z", "release": "mechanism",
}  # fmt: skip
ABSENT = "INSERT INTO absences SELECT max(seq), 'withheld' FROM records"


def entered(writer, said, **changes):
    """Enter a row with a writer's role, and that its body is withheld, in one transaction."""
    head = "'" + json.dumps(HEAD | said) + "'"
    parts = {name: text.format(head=head) for name, text in IN_ORDER.items()} | changes
    with psycopg.connect(writer) as connection:
        connection.execute(ROW.format(**parts, head=head))
        connection.execute(ABSENT)


@pytest.mark.parametrize(
    ("said", "changes"),
    [
        ({}, {"seq": "1000000::bigint"}),
        ({}, {"seq": "9223372036854775807"}),
        ({}, {"hash": "sha256('another')"}),
        ({}, {"received": "9223372036854775807"}),
        ({}, {"author": "'turkey'"}),
        ({}, {"number": "2"}),
        ({"by": None}, {}),
        ({"by": 5}, {"author": "'5'"}),
        ({"by": ""}, {"author": "''"}),
        ({"number": 10**13, "previous": "ab" * 32}, {"number": str(10**13)}),
        ({"number": 2}, {"number": "2"}),
        ({"previous": "ab" * 32}, {}),
        ({"previous": "none"}, {}),
        ({"format": 2}, {}),
        ({"body_digest": None}, {}),
        ({"body_digest": 7}, {}),
        ({"more": 1}, {}),
    ],
)
def test_a_writer_enters_no_row_that_keeps_others_from_writing_or_reading(roles, said, changes):
    """Nothing is ever taken away: such a row would stand there for good."""
    writer, _ = roles
    with Journal.open(writer, author="turkey") as journal:
        journal.record(shelling())
        with pytest.raises(psycopg.Error):
            entered(writer, said, **changes)
        assert journal.record(shelling()).id == "turkey/2"
        assert journal.verify() == ()


def test_a_row_of_a_writer_that_is_in_order_is_let_in(roles):
    """What is refused above is refused for what is wrong with it."""
    writer, _ = roles
    with Journal.open(writer, author="turkey") as journal:
        journal.record(shelling())
        entered(writer, {})
        assert [record.id for record in journal] == ["iran/1", "turkey/1"]
        assert journal.verify() == ()


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO bodies (seq, salt, body) SELECT 2, salt, body FROM bodies WHERE seq = 1",
        "INSERT INTO seals SELECT 1000000, 'iran', 1, hash, 'k', 1, hash || hash, 1, receipt FROM records",
        "INSERT INTO seals SELECT 1, 'iran', 1, hash, 'k', 9223372036854775807, hash || hash, 1, receipt FROM records",
    ],
)
def test_a_writer_enters_no_other_words_and_no_seal_of_no_time(roles, statement):
    """The body of a record that is withheld is the one that was hashed; of seals none is out of place."""
    writer, _ = roles
    with Journal.open(writer, author="turkey") as journal:
        journal.record(shelling())
        entered(writer, {})
        with (
            psycopg.connect(writer, autocommit=True) as connection,
            pytest.raises(psycopg.errors.RaiseException),
        ):
            connection.execute(statement)
        assert journal.verify() == ()
        assert journal.seal(RUSSIA).length == 1


def test_a_record_without_body_and_without_a_word_why_is_not_entered(roles):
    """Nobody could read it."""
    writer, _ = roles
    with Journal.open(writer, author="turkey") as journal:
        journal.record(shelling())
        head = "'" + json.dumps(HEAD) + "'"
        parts = {name: text.format(head=head) for name, text in IN_ORDER.items()}
        with psycopg.connect(writer) as connection:
            connection.execute(ROW.format(**parts, head=head))
            with pytest.raises(psycopg.errors.RaiseException, match="its body, or says why it has none"):
                connection.commit()
        assert (len(journal), journal.verify()) == (1, ())


def test_a_reader_holds_nobody_up(roles):
    """Whatever locks a role that may only read can take, a writer goes on."""
    writer, reader = roles
    with Journal.open(writer, author="turkey", patience=1) as journal, psycopg.connect(reader) as connection:
        schema = connection.execute(
            "SELECT oid::bigint FROM pg_namespace WHERE nspname = 'journal'"
        ).fetchone()
        connection.execute("SELECT pg_advisory_lock(%s)", ((0x43464A4C << 32) | schema[0],))
        connection.execute("LOCK TABLE records, awaiting, bodies, seals IN ACCESS SHARE MODE")
        assert journal.record(shelling()).id == "turkey/1"
    for mode in ("ROW SHARE", "ROW EXCLUSIVE", "SHARE", "EXCLUSIVE", "ACCESS EXCLUSIVE"):
        with (
            psycopg.connect(reader, autocommit=True) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(f"BEGIN; LOCK TABLE awaiting IN {mode} MODE")


def test_the_tables_of_an_earlier_version_are_read_by_all_and_brought_up_to_date_by_their_owner(
    roles, postgres_server
):
    """A writer reads them and is told why it cannot write; once the owner has opened them, it can."""
    writer, _ = roles
    with Journal.open(writer, author="turkey") as journal:
        journal.record(shelling())
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute("SET search_path = journal; SET session_replication_role = replica")
        connection.execute(
            "DROP TABLE merges; DROP FUNCTION note_merged; DROP FUNCTION counted_rightly CASCADE"
        )
        connection.execute("DROP FUNCTION waits_rightly CASCADE; DROP FUNCTION still_waits")
        connection.execute("DROP TRIGGER gaps_stay ON awaiting; DELETE FROM ceasefire_journal WHERE step > 2")
        for function in ("enters", "says", "absent", "sealed"):
            connection.execute(f"DROP FUNCTION {function}_rightly CASCADE")
        connection.execute("DROP FUNCTION is_whole CASCADE; DROP FUNCTION has_erasure, is_instant")
    with Journal.open(writer, author="turkey") as journal:
        assert (len(list(journal)), journal.verify()) == (1, ())
        key = SigningKey.new()
        for write in (
            lambda: journal.record(shelling()),
            lambda: journal.extend([shelling(), shelling()]),
            lambda: journal.merge(last_of(russian())),
            lambda: journal.erase("turkey/1", "names a witness"),
            lambda: journal.seal(key),
        ):
            with pytest.raises(ReadOnlyJournal, match="the role that owns its tables open it once"):
                write()
        assert (len(journal), journal.seals()) == (1, ())
    Journal.open(f"{postgres_server}?options=-csearch_path%3Djournal").close()
    with Journal.open(writer, author="turkey") as journal:
        journal.merge(last_of(russian()))
        assert journal.record(shelling()).id == "turkey/2"
        assert journal.verify() == ()


def test_a_reader_reads(roles):
    """Everything, and writes nothing: the journal is open for reading only."""
    writer, reader = roles
    with Journal.open(writer, author="turkey") as journal:
        written = journal.record(shelling())
    with Journal.open(reader, author="turkey") as journal:
        assert list(journal) == list(written)
        assert journal.verify() == ()
        with pytest.raises(ReadOnlyJournal):
            journal.record(shelling())
    with psycopg.connect(reader, autocommit=True) as connection:
        for statement in ("INSERT INTO writes VALUES (9, 9)", "SELECT erase_body(1)", "DELETE FROM awaiting"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


def test_a_role_that_may_make_no_tables_is_told(roles, postgres_server):
    """An empty schema is for its owner to open first."""
    writer, _ = roles
    with psycopg.connect(postgres_server, autocommit=True) as administrator:
        administrator.execute("CREATE SCHEMA bare")
        administrator.execute("GRANT USAGE ON SCHEMA bare TO journal_writer")
    with pytest.raises(ReadOnlyJournal, match="permission denied"):
        Journal.open(f"{writer}?options=-csearch_path%3Dbare")


# What is no journal


def test_other_tables_are_left_alone(address):
    """Somebody else's schema is not ours to write into."""
    with psycopg.connect(address, autocommit=True) as owner:
        owner.execute("CREATE TABLE records (x int)")
        with pytest.raises(NotAJournal, match="holds other tables"):
            Journal.open(address)
        assert owner.execute(
            "SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
        ).fetchone() == (1,)


def test_a_newer_journal_is_refused(kept):
    """What a later version wrote is not guessed at."""
    behind_its_back(kept, f"INSERT INTO ceasefire_journal VALUES ({STEP + 1}, 2)")  # noqa: S608 - a number
    with pytest.raises(NewerJournal, match="update ceasefire"):
        Journal.open(kept)


def test_what_is_only_read_is_not_made(address):
    """No tables come of looking."""
    with pytest.raises(UnreadableFile, match="there is no journal"):
        Journal.open(address, read_only=True)
    with psycopg.connect(address) as owner:
        assert owner.execute("SELECT to_regclass('ceasefire_journal')").fetchone() == (None,)


def test_a_journal_opened_for_reading_is_never_written(kept):
    """Whatever the role may do."""
    with Journal.open(kept, author="russia", read_only=True) as journal:
        assert len(list(journal)) == 2
        with pytest.raises(ReadOnlyJournal):
            journal.record(shelling())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ((r"@127\.0\.0\.1:\d+", "@127.0.0.1:1"), "cannot be reached"),
        ((r"owner:\w+@", "owner:wr0ng-secret@"), "cannot be reached"),
        ((r"/postgres\?", "/nowhere?"), "cannot be reached"),
        ((r"%22.*%22", "nowhere"), "there is no such schema"),
        ((r"\?options.*", "?no_such_option=1"), "no address of a database"),
        ((r"owner:\w+@", "owner:wr0ng secret@"), "no address of a database"),
    ],
)
def test_what_cannot_be_reached_is_told_without_its_password(address, change, said):
    """The address may end in a log."""
    wrong = re.sub(*change, address)
    password = re.search(r":([\w -]+)@", wrong)[1]
    with pytest.raises(JournalError, match=said) as refused:
        Journal.open(wrong, patience=2)
    assert password not in str(refused.value)


def test_no_sentence_holds_the_password(kept):
    """Nor does the name of the journal."""
    password = re.search(r":(\w+)@", kept)[1]
    with Journal.open(kept, author="russia") as journal:
        assert password not in repr(journal)
        assert "postgresql://127.0.0.1:" in repr(journal)
    with pytest.raises(ClosedJournal, match="is closed") as refused:
        journal.record(shelling())
    assert password not in str(refused.value)


def test_a_database_in_another_encoding_is_refused(postgres_server):
    """A text that comes back otherwise would have another hash."""
    with psycopg.connect(postgres_server, autocommit=True) as administrator:
        administrator.execute(
            "CREATE DATABASE bytes ENCODING 'SQL_ASCII' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'"
        )
        try:
            with pytest.raises(JournalError, match="in UTF8"):
                Journal.open(postgres_server.replace("/postgres", "/bytes"))
        finally:
            administrator.execute("DROP DATABASE bytes WITH (FORCE)")


def test_a_server_that_does_not_wait_for_its_disk_is_refused(address, monkeypatch):
    """What is acknowledged must be kept."""
    from ceasefire.journal.stores.postgres_server import Server

    rows = Server.rows

    def unsafe(self, query, *values):
        found = rows(self, query, *values)
        return [(*found[0][:-1], "off")] if "current_setting('fsync')" in query else found

    monkeypatch.setattr(Server, "rows", unsafe)
    with pytest.raises(JournalError, match="does not wait for its disk"):
        Journal.open(address)


def test_without_the_extra_its_name_is_told(monkeypatch):
    """`postgres` brings the package in."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(MissingExtra, match=r"ceasefire\[postgres\]"):
        Journal.open("postgresql://nobody@127.0.0.1:1/none")


def test_the_program_takes_an_address_where_it_takes_a_journal(address, tmp_path):
    """Import, seal, verify and report, as with a file; what only reads makes nothing."""

    def run(*words):
        done = CliRunner().invoke(main, [str(word) for word in words])
        assert isinstance(done.exception, SystemExit | None), done.exception
        return done

    assert run("verify", address).exit_code == 2
    bulletins = resources.files("ceasefire") / "data" / "bulletins" / "syria_bulletins_2016_2018.csv"
    imported = run("import", "bulletins", bulletins, "--journal", address)
    assert imported.exit_code == 0, imported.output
    key = tmp_path / "analyst.pem"
    RUSSIA.write(key)
    assert run("seal", address, "--by", "analyst", "--key", key).exit_code == 0
    verified = run("verify", address)
    assert (verified.exit_code, "analyst sealed" in verified.stdout) == (0, True)
    told_of = run(
        "report", "syria-de-escalation-2017", "--journal", address, "--as-of", "2017-05-14", "--relays"
    )
    assert told_of.exit_code == 0
    assert "Made again with" in told_of.stdout
    password = re.search(r":(\w+)@", address)[1]
    assert not [done for done in (imported, verified, told_of) if password in done.output]


@pytest.mark.parametrize(
    ("address", "printed"),
    [
        (
            "postgresql://me:secret@server:5432/m?options=-csearch_path%3Dj",
            "postgresql://me@server:5432/m?options=-csearch_path%3Dj",
        ),
        ("postgres://me:se:cr@et@server/m", "postgres://me@server/m"),
        (
            "postgresql:///m?user=me&password=secret&host=server",
            "postgresql:///m?user=me&password=…&host=server",
        ),
        ("postgresql://me@server/m", "postgresql://me@server/m"),
        ("postgresql://server:5432/m", "postgresql://server:5432/m"),
        ("a:b@c.db", "a:b@c.db"),
    ],
)
def test_an_address_is_printed_without_its_password(address, printed):
    """Whichever way it is written in it; the path of a file is printed as it is."""
    assert shown(address) == printed
