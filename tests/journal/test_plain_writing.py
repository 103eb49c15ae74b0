"""The quick way of writing a call and the careful one give the same rows, records and sentences."""

import sqlite3
from contextlib import closing
from tomllib import loads

import pytest
from hypothesis import given
from hypothesis import strategies as st
from journal_contract import Clock, shelling
from truce_of_two import AGREEMENT

from ceasefire.errors import CeasefireError
from ceasefire.journal import Journal
from ceasefire.journal.chain import link
from ceasefire.journal.writing import call, writer
from ceasefire.record import Correction, Event, Finding, Performance, Tally, Withdrawal
from ceasefire.testing import read

EVIDENCE = {"title": "Bulletin", "release": "public"}
AUTHORS = st.sampled_from(["russia", "turkey"])
#: Ids of records on both chains, some of which are not there, and names within a call.
NAMES = st.sampled_from(
    ["russia/1", "russia/2", "russia/3", "turkey/1", "turkey/2", "turkey/9", "first", "second"]
)
OWN = st.sampled_from([None, None, None, "first", "second", "russia/1"])
SAID = st.one_of(
    st.builds(shelling, by=AUTHORS, id=OWN, text=st.sampled_from([None, "", "\U0001f691"]), same_as=NAMES | st.none()),
    st.builds(shelling, by=AUTHORS, id=OWN, recorded=st.just("2017-05-14T10:00:00+03:00"), key=st.sampled_from([None, None, "k"])),
    st.builds(Finding, by=AUTHORS, id=OWN, on=NAMES, outcome=st.just("confirmed")),
    st.builds(Finding, by=AUTHORS, id=OWN, on=NAMES, outcome=st.just("refuted")),
    st.builds(Correction, by=AUTHORS, of=NAMES, set=st.sampled_from([{"zone": "idlib"}, {"count": 3}, {"evidence": [EVIDENCE]}])),
    st.builds(Withdrawal, by=AUTHORS, of=NAMES, release=st.sampled_from([None, "mechanism"])),
    st.builds(Event, by=AUTHORS, name=st.just("round-1"), occurred=st.just({"from": "2017-05-14"}), said_by=AUTHORS, evidence=st.just([EVIDENCE])),
    st.builds(Tally, by=AUTHORS, period=st.just("2017-05-14"), count=st.integers(0, 1), by_zone=st.just({"b": 1, "a": 0}), timezone=st.just("Asia/Damascus")),
    st.builds(Performance, by=AUTHORS, commitment=st.sampled_from(["cease", "seize"]), performer=st.just("turkey"), occurred=st.just("2017-05")),
)  # fmt: skip
WORLDS = st.sampled_from([(), read(loads(AGREEMENT))])


def written(calls, world, *, carefully, large):
    """Write calls one after the other; return what came of each, and every link as it is kept."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(call, "_LARGE", 1 if large else 10**6)
        if carefully:
            patch.setattr(writer, "written_plainly", lambda *_: None)
            patch.setattr(link, "plain_pieces", lambda *_: None)
        journal = Journal.in_memory(agreements=world, clock=Clock(), salt=lambda: bytes(16))
        told = []
        for records in calls:
            try:
                made = journal.extend(records)
                told.append([repr(record) + repr((record.received, record.proof)) for record in made])
            except CeasefireError as error:
                told.append(f"{type(error).__name__}: {error}")
        return told, list(journal._store.arrivals())  # noqa: SLF001 - as it is kept


@given(st.lists(st.lists(SAID, max_size=6), max_size=4), WORLDS, st.booleans())
def test_a_call_is_written_as_the_careful_way_writes_it(calls, world, large):
    """Whatever is said, and of whichever records: the same bytes and the same answer, or the same refusal."""
    careful = written(calls, world, carefully=True, large=False)
    assert written(calls, world, carefully=False, large=large) == careful


def test_many_rows_of_a_file_are_those_of_the_careful_way(tmp_path, monkeypatch):
    """Rows are inserted many at once: not one is another, and none is lost, whatever their number is a multiple of."""
    said = [shelling(by=by, text="a" * n) for n in range(60) for by in ("russia", "turkey")]
    said += [Finding(by="turkey", on=f"russia/{n}", outcome="confirmed") for n in range(1, 5)]
    rows = []
    for way in ("quick", "careful"):
        if way == "careful":
            monkeypatch.setattr(writer, "written_plainly", lambda *_: None)
        path = tmp_path / f"{way}.db"
        with Journal.open(path, clock=Clock(), salt=lambda: bytes(16)) as journal:
            assert len(journal.extend(said)) == len(said)
            assert journal.verify() == ()
        with closing(sqlite3.connect(path)) as file:
            rows.append(list(file.iterdump()))
    assert rows[0] == rows[1]


def test_what_a_writer_remembers_is_what_the_file_says(tmp_path):
    """Two programs write by turns; a call is refused, a journal merged, a record erased: all chains hold together."""
    path, clock = tmp_path / "journal.db", Clock()
    with Journal.in_memory(author="iran", clock=Clock("2016-01-01T00:00:00Z")) as other:
        other.record(shelling())
        with Journal.open(path, "russia", clock=clock) as one, Journal.open(path, clock=clock) as another:
            for journal in (one, one, another, one, another):
                journal.record(shelling(by="russia"))
                with pytest.raises(CeasefireError, match="no such record"):
                    journal.record(shelling(by="russia"), Withdrawal(by="russia", of="russia/99"))
            one.merge(other)
            one.record(shelling(), Finding(on="iran/1", outcome="confirmed"))
            another.record(shelling(by="iran"))
            one.erase("russia/1", "a name")
            for journal in (one, another, one):
                journal.record(shelling(by="russia"))
            assert one.verify() == ()
            assert [one.received for one in one] == [one.received for one in another]
            assert list(another.heads()) == ["iran", "russia"]
            assert [record.id for record in one] == [
                "iran/1",
                "iran/2",
                *(f"russia/{n}" for n in range(1, 12)),
            ]
            assert one._store.last_arrival()[0] == len(one)  # noqa: SLF001 - no place is given twice
