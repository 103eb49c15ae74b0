"""A status that goes on from an open journal: only what has come is read, and the answer is that of reading all."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest
from attrs import evolve
from journal_contract import Clock, shelling
from merging_contract import restored, side
from sealing_contract import RUSSIA, TURKEY
from truce_of_two import AGREEMENT, act, confirmed

import ceasefire as cf
from ceasefire.assessment.result.view import view_of
from ceasefire.clock import instant
from ceasefire.errors import CeasefireError
from ceasefire.journal import Journal
from ceasefire.record import Decision, Finding, Incident, write_records

AS_OF = "2017-06-01"


@pytest.fixture
def path(tmp_path):
    """Return where a journal of three records is."""
    with Journal.open(tmp_path / "journal.db", author="turkey") as journal:
        journal.record(act(), act(text="another"), act(zone="idlib"))
    return tmp_path / "journal.db"


def only_rows(status):
    """Tell whether nothing was found beside the rows: all else is still to be found, once it is asked for."""
    return view_of(status).fresh is not None and "whole" not in vars(view_of(status))


def same(status, journal, agreement):
    """Tell whether a status says what the journal says when it is read anew."""
    return status.to_dict() == cf.assess(agreement, journal, as_of=AS_OF).to_dict()


@pytest.mark.parametrize("paused", [False, True], ids=["acts and findings", "a decision among them"])
def test_what_has_come_is_read(path, truce, paused):
    """From this program or from another; of acts and findings nothing that was found is found again."""
    with Journal.open(path) as journal, Journal.open(path, author="russia") as another:
        first = cf.assess(truce, journal, as_of=AS_OF)
        another.record(confirmed("turkey/1"))
        journal.record(
            Incident(by="iran", occurred="2017-05-20", act="attack.shelling", accused="government")
        )
        if paused:
            another.record(Decision(does="suspend", agreement="truce", occurred="2017-05-25"))
        anew = cf.assess(truce, journal, as_of=AS_OF).to_dict()
        status = first.caught_up(journal)
        assert only_rows(status) is not paused
        assert (view_of(status).first is view_of(first).first) is not paused
        assert status.to_dict() == anew
        assert anew["made_from"]["records"] == 5 + paused
        assert {*anew["made_from"]["heads"]} == {"iran", "russia", "turkey"}
        assert status.caught_up(journal).to_dict() == anew


def test_of_acts_and_findings_only_the_rows_are_found(path, truce):
    """Whatever else is asked for is found once it is asked for."""
    with Journal.open(path, author="turkey") as journal, Journal.open(path, author="russia") as another:
        status = cf.assess(truce, journal, as_of=AS_OF)
        for write in (
            lambda: journal.record(act(text="a fourth")),
            lambda: another.record(confirmed("turkey/4")),
        ):
            write()
            status = status.caught_up(journal)
            anew = cf.assess(truce, journal, as_of=AS_OF)
            assert status.table("commitments") == anew.table("commitments")
            assert only_rows(status)
        assert status["cease", "government"].breaches == 1
        assert status.to_dict() == anew.to_dict()


def test_records_written_are_added_to_a_status_of_the_same_journal(path, truce):
    """What `record` returned can be given to `plus`: chained records are nothing rare."""
    with Journal.open(path, author="turkey") as journal:
        status = cf.assess(truce, journal, as_of=AS_OF)
        new = journal.record(act(text="a third"), confirmed("turkey/2"))
        anew = cf.assess(truce, journal, as_of=AS_OF).to_dict()
        added = status.plus(*new)
        assert added.table("commitments") == cf.assess(truce, journal, as_of=AS_OF).table("commitments")
        assert only_rows(added)
        assert added.to_dict()["claims"] == anew["claims"]


def test_after_plus_a_status_knows_no_journal(path, truce):
    """A record added that the journal does not hold is not there any more once the status has caught up."""
    with Journal.open(path) as journal:
        status = cf.assess(truce, journal, as_of=AS_OF)
        added = status.plus(shelling(by="iran", id="iran/1", recorded="2017-05-20T00:00:00Z"))
        assert same(added.caught_up(journal), journal, truce)


def test_a_copy_put_in_its_place_is_read_anew(path, truce, tmp_path):
    """An older copy was restored and written on: other records have the places of those that were seen."""
    with Journal.open(path, author="turkey") as journal:
        journal.copy(tmp_path / "old.db")
        journal.record(act(text="lost"))
        status = cf.assess(truce, journal, as_of=AS_OF)
    with Journal.open(tmp_path / "old.db", author="turkey") as journal:
        journal.record(act(text="instead"), act(text="and more"))
        assert same(status.caught_up(journal), journal, truce)


def test_an_end_that_was_cut_off_and_grew_again_is_read_anew(path, truce):
    """Who owns the file can take rows away; what stands in their place later is not taken for them."""
    with Journal.open(path, author="turkey") as journal:
        status = cf.assess(truce, journal, as_of=AS_OF)
        with closing(sqlite3.connect(path)) as connection:
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
            ).fetchall():
                connection.execute(f"DROP TRIGGER {name}")
            connection.execute("DELETE FROM bodies WHERE seq = 3")
            connection.execute("DELETE FROM records WHERE seq = 3")
            connection.execute("UPDATE sqlite_sequence SET seq = 2 WHERE name = 'records'")
            connection.commit()
        assert same(status.caught_up(journal), journal, truce)
        journal.record(act(text="instead"), act(text="and more"))
        assert same(status.caught_up(journal), journal, truce)


def test_words_that_arrive_later_are_read(truce, tmp_path):
    """A record was merged without its words; when they come, no record arrives, and the answer changes."""
    turkish = side("turkey", act(release="mechanism"))
    turkish.copy(tmp_path / "public.jsonl", audience="public")
    ours = Journal.in_memory("russia", clock=Clock("2017-05-30T00:00:00Z"))
    ours.merge(tmp_path / "public.jsonl")
    status = cf.assess(truce, ours, as_of=AS_OF)
    assert ours.merge(turkish).filled == 1
    assert same(status.caught_up(ours), ours, truce)
    assert status.caught_up(ours).to_dict() != status.to_dict()


def test_a_fork_and_what_is_erased_are_read_anew(truce):
    """Records are called otherwise once a number has two, and one that was there is gone."""
    ours = side("turkey", act(), act(text="another"))
    other = restored(ours, 1)
    other.author = "turkey"
    other.record(Finding(on="turkey/1", outcome="refuted"))
    status = cf.assess(truce, ours, as_of=AS_OF)
    ours.erase("turkey/1", "a name")
    status = status.caught_up(ours)
    assert same(status, ours, truce)
    ours.merge(other)
    assert ours.forks()
    assert same(status.caught_up(ours), ours, truce)


def test_a_line_without_a_chain_and_the_chain_that_comes_later_are_one(truce, tmp_path):
    """The same words come by hand first, and in their author's chain later: they are read anew, as one record."""
    turkish = side("turkey", act())
    write_records(tmp_path / "by-hand.jsonl", [evolve(record, proof=None) for record in turkish])
    ours = Journal.in_memory("russia", clock=Clock("2017-05-30T00:00:00Z"))
    status = cf.assess(truce, ours, as_of=AS_OF)
    ours.merge(tmp_path / "by-hand.jsonl")
    status = status.caught_up(ours)
    assert same(status, ours, truce)
    ours.merge(turkish)
    assert same(status.caught_up(ours), ours, truce)


def test_what_an_audience_sees_and_what_was_known_then_are_asked_of_the_whole_journal(path, truce):
    """Neither goes on from less than all records: a status for an audience, and one with `known_at`, are made anew."""
    with Journal.open(path, author="turkey") as journal:
        journal.record(act(release="author", text="for us"))
        status = cf.assess(truce, journal, as_of=AS_OF)
        seen = status.for_audience("mechanism")
        assert len(view_of(seen).asked.records) == 3
        journal.record(act(text="later"))
        assert same(seen.caught_up(journal), journal, truce)
        then = cf.assess(truce, journal, as_of=AS_OF, known_at="2017-05-01")
        journal.record(act(text="later still"))
        assert (
            then.caught_up(journal).to_dict()
            == cf.assess(truce, journal, as_of=AS_OF, known_at="2017-05-01").to_dict()
        )


@pytest.mark.parametrize(
    ("known_at", "forked", "anew"), [(None, False, False), ("2017-06-01", False, True), (None, True, True)]
)
def test_what_has_a_number_in_a_chain_is_found_anew_where_others_may_be_called_otherwise(
    truce, known_at, forked, anew
):
    """Beside what was not known then, and beside a fork, nobody can tell what it is called."""
    first, *more = side("turkey", act(), act(text="another"))
    known = [first, evolve(first, id="turkey/9@00000000000a", proof=None)] if forked else [first]
    status = cf.assess(truce, known, as_of=AS_OF, known_at=known_at)
    whole = cf.assess(truce, [*known, *more], as_of=AS_OF, known_at=known_at)
    added = status.plus(*more)
    assert only_rows(added) is not anew
    assert added.to_dict() == whole.to_dict()


KEYS = f"""
[[key]]
party = "turkey"
key = "{TURKEY.public}"
[[key]]
party = "russia"
key = "{RUSSIA.public}"
from = 2017-06-20
"""


@pytest.mark.parametrize("known_at", [None, "2017-06-15", "2017-07-15"])
def test_what_seals_vouch_for_is_that_of_the_journal_as_it_is_now(tmp_path, known_at):
    """Seals come with and without records; those of a key, or received, after the day asked for vouch for nothing."""
    path = tmp_path / "truce.toml"
    path.write_text(AGREEMENT + KEYS, encoding="utf-8")
    truce = cf.agreement(path)
    clock = Clock("2017-06-01T00:00:00Z")
    ours = Journal.in_memory("turkey", clock=clock)
    ours.record(act(), act(text="another"))
    russian = Journal.in_memory("russia", clock=Clock("2017-06-25T00:00:00Z"))
    russian.record(act(text="theirs"))
    russian.seal(RUSSIA)

    def sealed_later():
        clock.us = instant("2017-07-20T00:00:00Z").us
        ours.seal(TURKEY)

    steps = [
        lambda: ours.seal(TURKEY),
        lambda: ours.record(act(text="a third")),
        sealed_later,
        lambda: ours.merge(russian),
        lambda: None,
    ]
    status = cf.assess(truce, ours, as_of=AS_OF, known_at=known_at)
    seen = [status.sealed]
    for step in steps:
        step()
        status = status.caught_up(ours)
        fresh = cf.assess(truce, ours, as_of=AS_OF, known_at=known_at)
        assert (status.to_dict(), status.sealed) == (fresh.to_dict(), fresh.sealed)
        seen.append(status.sealed)
    assert len(set(seen)) > 1


def test_a_fork_that_is_added_is_kept_from_those_who_may_not_see_it(truce):
    """The audience sees the records under the names they then have."""
    ours = side("turkey", act(), act(text="another"))
    other = restored(ours, 1)
    other.record(act(text="for us", release="author"))
    added = cf.assess(truce, ours, as_of=AS_OF).plus(*list(other)[1:])
    whole = cf.assess(truce, [*ours, *list(other)[1:]], as_of=AS_OF)
    assert any("@" in name for name in whole.records)
    for audience in ("author", "mechanism", "public"):
        seen, anew = added.for_audience(audience), whole.for_audience(audience)
        assert (seen.to_dict(), list(seen.records)) == (anew.to_dict(), list(anew.records))


def test_a_clock_may_say_a_time_in_any_way():
    """An aware datetime or a text will do; another thing is told in a sentence."""
    said = Journal.in_memory("iran", clock=lambda: datetime(2017, 6, 1, tzinfo=UTC))
    [record] = said.record(shelling())
    assert (str(record.received), said.ahead()) == ("2017-06-01T00:00:00Z", ())
    for wrong in (datetime(2017, 6, 1), None):  # noqa: DTZ001 - what is refused
        with pytest.raises(CeasefireError):
            Journal.in_memory("iran", clock=lambda wrong=wrong: wrong).record(shelling())
