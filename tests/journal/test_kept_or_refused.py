"""What a journal acknowledges is kept, in whatever way it was carried about; else it is refused, in words."""

import os
import pickle
import shutil
import subprocess
import sys
import threading
from enum import Enum, IntEnum
from pathlib import Path

import pytest
from journal_contract import Clock, shelling

from ceasefire import errors
from ceasefire.assessment import assess
from ceasefire.clock import instant
from ceasefire.errors import CeasefireError, JournalError, LinkedJournal, Mistake
from ceasefire.exchange.bulletins import import_bulletins
from ceasefire.journal import Journal
from ceasefire.record import Correction, Evidence, Finding, Incident, Place, Tally, Toll, to_json

FORKS = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
PAGE = (Path(__file__).parents[2] / "docs" / "journals.md").read_text(encoding="utf-8")


def in_a_fork(work):
    """Return what work says in a process that is forked from this one: a text, or the error's class."""
    answer, tell = os.pipe()
    if (child := os.fork()) == 0:
        try:
            said = str(work())
        except Exception as error:  # noqa: BLE001 - it is told to the parent
            said = type(error).__name__
        os.write(tell, said.encode())
        os._exit(0)
    os.waitpid(child, 0)
    return os.read(answer, 100).decode()


@FORKS
def test_a_journal_in_a_file_is_not_used_in_a_process_that_was_forked(tmp_path):
    """SQLite would keep what the parent has changed since; opened there anew it is a journal like any."""
    path = tmp_path / "j.db"
    with Journal.open(path, author="turkey", clock=Clock()) as journal:
        journal.record(shelling())
        assert in_a_fork(lambda: journal.record(shelling())) == "InheritedJournal"
        assert in_a_fork(lambda: len(journal)) == "InheritedJournal"
        assert in_a_fork(journal.close) == "None"

        def anew():
            with Journal.open(path, author="turkey", clock=Clock()) as other:
                return other.record(shelling()).id

        assert in_a_fork(anew) == "turkey/2"
        assert journal.record(shelling()).id == "turkey/3"
    with Journal.open(path, read_only=True) as journal:
        assert (len(journal), journal.verify(seals=False)) == (3, ())


@FORKS
def test_a_journal_in_a_database_is_not_used_in_a_process_that_was_forked(postgres):
    """Two processes cannot speak over one connection; the parent's goes on."""
    with Journal.open(postgres(), author="turkey", clock=Clock()) as journal:
        journal.record(shelling())
        assert in_a_fork(lambda: journal.record(shelling())) == "InheritedJournal"
        assert in_a_fork(lambda: len(journal)) == "InheritedJournal"
        assert in_a_fork(journal.close) == "None"
        assert journal.record(shelling()).id == "turkey/2"


@FORKS
def test_a_journal_in_memory_can_be_read_in_a_process_that_was_forked():
    """As workers do. What they wrote there the parent would never see."""
    journal = Journal.in_memory(author="turkey", clock=Clock())
    journal.record(shelling())
    assert in_a_fork(lambda: len(list(journal))) == "1"
    assert in_a_fork(lambda: journal.record(shelling())) == "InheritedJournal"


def test_threads_write_one_journal_in_memory_one_after_another():
    """One chain without a fork, and nobody sees half of a call."""
    journal, halves = Journal.in_memory(author="turkey", clock=Clock()), []

    def write():
        for _ in range(25):
            journal.extend([shelling(), shelling()])
            halves.append(len(list(journal)) % 2)

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        threads = [threading.Thread(target=write) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(before)
    assert (len(journal), journal.forks(), journal.verify(), set(halves)) == (400, (), (), {0})


@pytest.mark.parametrize("kept", ["memory", "file", "database"])
def test_a_journal_is_not_written_while_it_is_written(kept, tmp_path, request):
    """A function that gives the records of a call may read, and records nothing itself."""
    opened = {
        "memory": Journal.in_memory,
        "file": lambda **s: Journal.open(tmp_path / "j.db", **s),
        "database": lambda **s: Journal.open(request.getfixturevalue("postgres")(), **s),
    }[kept]
    with opened(author="turkey", clock=Clock()) as journal:
        with pytest.raises(JournalError):
            journal.extend(lambda: [journal.record(shelling())[0]])
        assert len(journal) == 0
        assert journal.record(shelling()).id == "turkey/1"


def test_a_file_with_several_names_is_read_and_not_written(tmp_path):
    """Each name would have a log of its own: hard links, as backups of `cp -al` make."""
    path, other = tmp_path / "j.db", tmp_path / "backup.db"
    with Journal.open(path, author="turkey", clock=Clock()) as journal:
        journal.record(shelling())
    os.link(path, other)
    for name in (path, other):
        with pytest.raises(LinkedJournal, match="has several names"):
            Journal.open(name, author="turkey")
        with Journal.open(name, read_only=True) as journal:
            assert len(journal) == 1
    other.unlink()
    with Journal.open(path, author="turkey", clock=Clock()) as journal:
        assert journal.record(shelling()).id == "turkey/2"


def test_a_symbolic_link_is_the_file_that_it_leads_to(tmp_path):
    """Two programs, of which one follows a link, write one journal with one log; so is a link made first."""
    path, link = tmp_path / "j.db", tmp_path / "elsewhere" / "link.db"
    link.parent.mkdir()
    link.symlink_to(path)
    with Journal.open(link, author="turkey", clock=Clock()) as one:
        one.record(shelling())
        with Journal.open(path, author="turkey", clock=Clock()) as two:
            two.record(shelling())
            one.record(shelling())
            assert (len(one), len(two), one.verify(seals=False)) == (3, 3, ())
    assert sorted(p.name for p in link.parent.iterdir()) == ["link.db"]
    circle = tmp_path / "circle.db"
    circle.symlink_to(circle)
    with pytest.raises(JournalError):
        Journal.open(circle)


# Texts of a class of their own


class Side(str, Enum):  # noqa: UP042 - what scripts have, and not the newer StrEnum
    """An enum of texts, as many scripts have one."""

    TURKEY = "turkey"
    ACT = "attack.shelling"
    OUTCOME = "confirmed"
    RELEASE = "public"
    DAY = "2017-05-14"
    NOON = "2017-05-14T12:00:00Z"
    ZONE = "Asia/Damascus"
    DEGREES = "35.5"


class Many(IntEnum):
    """A number of a class of its own."""

    THREE = 3


def plain(value):
    """Tell whether a JSON value holds plain texts and numbers only, keys included."""
    if isinstance(value, dict):
        return all(type(key) is str and plain(item) for key, item in value.items())
    if isinstance(value, list | tuple):
        return all(map(plain, value))
    return value is None or type(value) in (str, int, bool)


def test_whatever_a_text_is_it_becomes_a_plain_one():
    """In every field that takes one: ids, texts, words of a list, times, coordinates, keys, nested values."""
    shared = {
        "by": Side.TURKEY,
        "id": Side.TURKEY,
        "recorded": Side.NOON,
        "timezone": Side.ZONE,
        "key": Side.ACT,
    }
    evidence = [Evidence(title=Side.ACT, url=Side.ACT, release=Side.RELEASE)]
    records = [
        Incident(
            occurred=Side.DAY, act=Side.ACT, accused=[Side.TURKEY], text=Side.ACT, release=Side.RELEASE,
            place=Place(name=Side.ACT, lat=Side.DEGREES, precision=Many.THREE), killed=Toll(best=Many.THREE),
            evidence=evidence, **shared,
        ),
        Finding(on=Side.TURKEY, outcome=Side.OUTCOME, attributed_to=Side.TURKEY, method=Side.ACT, **shared),
        Tally(
            period={"from": Side.DAY, "to": Side.NOON}, count=Many.THREE, by_zone={Side.ACT: Many.THREE},
            unit=Side.ACT, **shared,
        ),
        Correction(of=Side.TURKEY, set={Side.ACT: [Side.DAY, Many.THREE]}, unset=[Side.TURKEY], **shared),
    ]  # fmt: skip
    for record in records:
        assert plain(to_json(record)), to_json(record)
    assert records[0].killed.best == 3
    assert type(records[0].killed.best) is int


def test_an_author_from_an_enum_has_the_chain_of_that_name(memo):
    """What is returned is what is held, and a finding finds its record."""
    with Journal.in_memory(author=Side.TURKEY, agreements=[memo], clock=Clock()) as journal:
        said = journal.record(shelling(zone="idlib-area"))
        journal.record(Finding(on=said, outcome=Side.OUTCOME, attributed_to="ahrar-al-sham"))
        assert [record.id for record in journal] == ["turkey/1", "turkey/2"]
        assert said.id == "turkey/1"
        assert assess(memo, journal, as_of="2017-05-20").table("problems") == []


def test_two_ways_to_type_a_letter_are_one_id():
    """Ids are kept in NFC, whether a Mac typed them or not."""
    composed, decomposed = "\u1e25am\u0101h", "h\u0323ama\u0304h"
    journal = Journal.in_memory(author=decomposed, clock=Clock())
    assert journal.record(shelling(zone=decomposed)).id == f"{composed}/1"
    assert journal.get(f"{decomposed}/1").zone == composed


# Errors


def every_error(cls=CeasefireError):
    """Yield each class of error."""
    yield cls
    for other in cls.__subclasses__():
        if other.__module__ == errors.__name__:
            yield from every_error(other)


def made(cls):
    """Return an error of a class, with arguments as the library gives them."""
    known = {
        errors.AgreementError: (
            [Mistake(file="a.toml", line=3, what="no id"), Mistake(file="b", line=0, what="x")],
        ),
        errors.UnknownId: ("party", "turky", ["turkey"]),
        errors.KeyHeld: ("7", "turkey/1", "which says otherwise"),
        errors.MissingExtra: ("a seal", "signing"),
    }
    return cls(*known.get(cls, ("it is so: do this",)))


@pytest.mark.parametrize("cls", sorted(set(every_error()), key=lambda cls: cls.__name__))
@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_an_error_that_crosses_processes_says_what_it_said(cls, protocol):
    """With all that it knows, and its note."""
    error = made(cls)
    error.add_note("seen on Tuesday")
    back = pickle.loads(pickle.dumps(error, protocol))  # noqa: S301 - of our own
    assert (type(back), str(back), back.args) == (cls, str(error), error.args)
    assert vars(back) == vars(error)


# A clock that was ahead once


def test_a_clock_that_was_ahead_once_is_told(tmp_path, memo):
    """When something is written, by `verify`, and in the assessment: all that follows counts as of then."""
    path, late = tmp_path / "j.db", instant("2099-01-01T00:00:00Z")
    with Journal.open(path, author="turkey", clock=lambda: late) as journal:
        journal.record(shelling())
        assert journal.remarks() == ()  # that clock knows no better
    with Journal.open(path, author="turkey", clock=Clock()) as journal:
        written = journal.record(shelling(text="b"))
        assert written.received == late
        (told,) = written.remarks
        assert "2099-01-01T00:00:00Z, later than it is now" in told
        assert journal.remarks() == (told,)
        assert [(fault.kind, fault.what) for fault in journal.verify()] == [("clock_ahead", told)]
        for known_at in (None, "2050-01-01"):
            status = assess(memo, journal, as_of="2017-05-20", known_at=known_at)
            assert (None, "clock_ahead") in [(p["record"], p["code"]) for p in status.table("problems")]


def test_an_assessment_that_catches_up_with_a_journal_is_told_too(memo):
    """As one made anew is."""
    now = [instant("2018-01-01T00:00:00Z")]
    journal = Journal.in_memory(author="turkey", clock=lambda: now[0])
    journal.record(shelling())
    status = assess(memo, journal, as_of="2017-05-20")
    now[0] = instant("2099-01-01T00:00:00Z")
    journal.record(shelling(text="b"))
    now[0] = instant("2018-01-02T00:00:00Z")
    for later in (status.caught_up(journal), assess(memo, journal, as_of="2017-05-20")):
        assert [p["code"] for p in later.table("problems") if p["record"] is None] == ["clock_ahead"]


def test_clocks_that_differ_by_little_are_not_told():
    """Several computers write one database."""
    clocks = iter([instant("2018-01-01T00:59:00Z"), *[instant("2018-01-01T00:00:00Z")] * 9])
    journal = Journal.in_memory(author="turkey", clock=lambda: next(clocks))
    assert journal.record(shelling()).remarks == ()


def test_what_is_dated_later_than_it_was_received_is_told(memo):
    """As of another whose clock was ahead; and so is an act dated long after it was written down."""
    early = shelling(
        by="turkey", id="turkey/1", recorded="2017-05-10T00:00:00Z", received="2017-05-10T00:00:00Z"
    )
    late = shelling(
        by="russia", id="russia/1", recorded="2099-01-01T00:00:00Z", received="2017-06-01T00:00:00Z"
    )
    problems = assess(memo, [early, late], as_of="2017-05-12").table("problems")
    assert [(p["record"], p["code"]) for p in problems] == [
        ("russia/1", "clock_ahead"),
        ("turkey/1", "not_yet_occurred"),
    ]


# The same twice


def test_two_records_of_one_author_with_the_same_content_are_told(memo):
    """Not with keys, not of two authors, not where one was withdrawn or says which it is the same as."""
    turkey = Journal.in_memory(author="turkey", agreements=[memo], clock=Clock())

    def told():
        problems = assess(memo, turkey, as_of="2017-05-20").table("problems")
        return [p["record"] for p in problems if p["code"] == "possible_duplicate"]

    turkey.record(shelling(), shelling(key="1"), shelling(key="2"), shelling(text="b"))
    assert told() == []
    second = turkey.record(shelling())
    assert told() == [second.id]
    turkey.record(Correction(of=second, set={"same_as": "turkey/1"}))
    assert told() == []


BULLETINS = """date,period_days,source_of_count,province,count,confirmed_by_russia,url,note
2017-01-22,1,russia,,6,,{address},
"""


def test_a_bulletin_whose_address_is_written_otherwise_is_not_counted_again(tmp_path):
    """With https for http, www or a slash at the end: it is the same page."""
    journal = Journal.in_memory(author="desk", clock=Clock())
    path = tmp_path / "b.csv"
    for number, address in enumerate(("http://mil.example/b/1", "https://www.MIL.example/b/1/")):
        path.write_text(BULLETINS.format(address=address), encoding="utf-8")
        import_bulletins(path, journal)
        tallies = [record for record in journal if isinstance(record, Tally)]
        assert (len(tallies), len(journal)) == (1, 1 + number)
    (correction,) = [record for record in journal if isinstance(record, Correction)]
    assert set(correction.set) == {"evidence"}


def test_a_count_published_at_two_addresses_may_be_one(memo, tmp_path):
    """Another page with the same count of the same day is told."""
    journal = Journal.in_memory(author="desk", clock=Clock())
    path = tmp_path / "b.csv"
    for address in ("http://mil.example/b/1", "http://mirror.example/b/1"):
        path.write_text(BULLETINS.format(address=address), encoding="utf-8")
        import_bulletins(path, journal)
    problems = assess(memo, journal, as_of="2017-05-20").table("problems")
    assert ("desk/2", "possible_duplicate") in [(p["record"], p["code"]) for p in problems]


IMPORTER = """
import sys
from ceasefire.exchange.bulletins import read_bulletins
from ceasefire.exchange.tallies import add_tallies
from ceasefire.journal import Journal
read = read_bulletins(sys.argv[2], by="desk")
with Journal.open(sys.argv[1], author="desk") as journal:
    print("ready", flush=True)
    sys.stdin.readline()
    print(add_tallies(read, journal), flush=True)
"""


def test_the_same_import_by_several_programs_at_once_counts_once(tmp_path):
    """What is held is looked at when nobody else can write."""
    path = tmp_path / "b.csv"
    path.write_text(BULLETINS.format(address="http://mil.example/b/1"), encoding="utf-8")
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", IMPORTER, tmp_path / "j.db", path],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for _ in range(3)
    ]  # fmt: skip
    for run in runs:
        run.stdout.readline()
    for run in runs:
        run.stdin.write("go\n")
        run.stdin.flush()
    assert sorted(run.communicate()[0].strip() for run in runs) == ["0", "0", "1"]
    with Journal.open(tmp_path / "j.db", read_only=True) as journal:
        assert len(journal) == 1


# A backup put back


def test_a_backup_put_back_beside_the_old_log_is_told_how_to_do_it(tmp_path):
    """The log of a program that was killed is not that of the backup: the page says so, and the error."""
    path, backup = tmp_path / "j.db", tmp_path / "backup.db"
    with Journal.open(path, author="turkey", clock=Clock()) as journal:
        journal.extend(shelling(text=str(n)) for n in range(300))
    shutil.copy(path, backup)
    killed = (
        "import os, sys\nfrom ceasefire.journal import Journal\nfrom ceasefire.record import Incident\n"
        "journal = Journal.open(sys.argv[1], author='turkey')\n"
        "for n in range(30): journal.record(Incident(occurred='2017-05-14', act='attack', text=str(n)))\n"
        "os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", killed, path], check=False)
    assert (tmp_path / "j.db-wal").stat().st_size > 0
    for name in ("j.db", "j.db-wal", "j.db-shm"):
        (tmp_path / name).unlink()
    shutil.copy(backup, path)
    with Journal.open(path, author="turkey", clock=Clock()) as journal:
        assert (len(journal), journal.verify(seals=False)) == (300, ())
    assert "-wal" in errors_of_a_damaged_file(tmp_path)
    assert "## Putting a backup back" in PAGE


def errors_of_a_damaged_file(tmp_path):
    """Return what is said of a file that is cut short."""
    path = tmp_path / "cut.db"
    with Journal.open(path, author="turkey", clock=Clock()) as journal:
        journal.extend(shelling(text="x" * 500) for _ in range(200))
    path.write_bytes(path.read_bytes()[:20_480])
    with pytest.raises(JournalError) as told, Journal.open(path, read_only=True) as journal:
        list(journal)
    return str(told.value)
