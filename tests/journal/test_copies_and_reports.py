"""A copy for an audience holds the words of just those records that a report for it is made from."""

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from journal_contract import Clock, shelling
from merging_contract import restored

import ceasefire as cf
from ceasefire.assessment.result.view import view_of
from ceasefire.errors import CeasefireError
from ceasefire.journal import Journal
from ceasefire.record import Correction, Erasure, Finding, Withdrawal, read_records, write_records

RELEASES = ("author", "mechanism", "public")
releases = st.sampled_from(RELEASES)
targets = st.integers(1, 6).map(lambda n: f"russia/{n}")
records = st.one_of(
    st.builds(shelling, release=releases),
    st.builds(Finding, on=targets, outcome=st.just("confirmed"), release=releases),
    st.builds(Withdrawal, of=targets, release=st.none() | releases),
    st.builds(
        Correction,
        of=targets,
        set=st.one_of(
            releases.map(lambda r: {"release": r}),
            st.just({"zone": "idlib"}),
            releases.map(lambda r: {"release": r, "zone": "hama"}),
        ),
        release=releases,
    ),
    st.builds(Correction, of=targets, unset=st.just(["release"]), release=releases),
)


truce = cf.agreement("syria-moscow-2020")


def written(journal, drawn):
    """Write of some records those that a journal does not refuse: a correction has something to correct."""
    for record in drawn:
        try:
            journal.record(record)
        except CeasefireError:
            continue
    return journal


def assert_copy_is_what_a_report_is_made_from(journal, audience, folder):
    """Hold the words in a copy of a journal against the records of an assessment for the same audience."""
    journal.copy(folder / "copy.jsonl", audience)
    copied = {r.id for r in read_records(folder / "copy.jsonl") if r.kind != "absent"}
    assessment = cf.assess(truce, journal, as_of="2021-01-01").for_audience(audience)
    assert copied == {record.id for record in view_of(assessment).asked.records}


@pytest.mark.parametrize("audience", RELEASES)
@given(drawn=st.lists(records, min_size=1, max_size=12))
def test_what_is_withheld_from_a_copy_is_what_a_report_leaves_out(tmp_path_factory, audience, drawn):
    """Opened, closed and opened again by corrections that are withdrawn: the two always agree."""
    journal = written(Journal.in_memory("russia", clock=Clock()), drawn)
    assert_copy_is_what_a_report_is_made_from(journal, audience, tmp_path_factory.mktemp("copies"))


@pytest.mark.parametrize("audience", RELEASES)
@given(
    before=st.lists(records, max_size=4),
    one=st.lists(records, min_size=1),
    other=st.lists(records, min_size=1),
)
def test_of_a_chain_with_two_histories_too(tmp_path_factory, audience, before, one, other):
    """What stands on a fork opens nothing, and what it closes stays closed, for a copy and for a report."""
    start = written(Journal.in_memory("russia", clock=Clock()), before)
    branch = written(restored(start, len(list(start))), other)
    journal = Journal.in_memory("turkey", clock=Clock("2017-07-01T00:00:00Z"))
    journal.merge(written(start, one))
    journal.merge(branch)
    assert_copy_is_what_a_report_is_made_from(journal, audience, tmp_path_factory.mktemp("copies"))


def test_what_one_history_closes_by_number_is_closed_in_the_other_too(tmp_path):
    """A correction that names a number of two records was written before it had two: in doubt nothing is shown."""
    start = Journal.in_memory("russia", clock=Clock())
    branch = written(
        restored(start, 0),
        [shelling(release="author"), Correction(of="russia/1", set={"release": "author", "zone": "hama"})],
    )
    start.record(Finding(on="russia/1", outcome="confirmed", release="mechanism"))
    journal = Journal.in_memory("turkey", clock=Clock("2017-07-01T00:00:00Z"))
    journal.merge(start)
    journal.merge(branch)
    journal.copy(tmp_path / "copy.jsonl", "mechanism")
    shown = [r.id for r in read_records(tmp_path / "copy.jsonl") if r.kind in ("incident", "finding")]
    assert shown == []


@pytest.mark.parametrize("audience", RELEASES)
@given(drawn=st.data())
def test_of_amendments_of_each_other_and_of_what_is_not_held_too(tmp_path_factory, audience, drawn):
    """A file written by hand holds what no journal would write: amendments of anything, held or not, or in a ring."""
    folder = tmp_path_factory.mktemp("copies")
    names = st.sampled_from(("russia", "turkey")), st.integers(1, 8)
    anything = st.builds("{}/{}".format, *names)
    amendments = st.one_of(
        st.builds(Withdrawal, of=anything, release=st.none() | releases),
        st.builds(Correction, of=anything, set=releases.map(lambda r: {"release": r}), release=releases),
        st.builds(Erasure, of=anything, reason=st.just("asked"), release=releases),
    )
    several = drawn.draw(st.dictionaries(anything, st.one_of(records, amendments), min_size=1))
    recorded = "2017-05-15T00:00:00Z"
    write_records(
        folder / "by-hand.jsonl",
        [evolve(r, by=name.partition("/")[0], id=name, recorded=recorded) for name, r in several.items()],
    )
    journal = Journal.in_memory("iran", clock=Clock("2017-07-01T00:00:00Z"))
    journal.merge(folder / "by-hand.jsonl")
    assert_copy_is_what_a_report_is_made_from(journal, audience, folder)


def test_a_withdrawal_of_a_correction_whose_record_is_not_held_is_in_no_public_copy(tmp_path):
    """The public could not tell what is hidden from what was never here; the mechanism gets both."""
    amending = [
        Correction(by="russia", id="russia/2", of="russia/1", set={"zone": "idlib"}, release="public"),
        Withdrawal(by="russia", id="russia/3", of="russia/2"),
        Erasure(by="russia", id="russia/4", of="russia/3", reason="asked", release="public"),
    ]
    write_records(tmp_path / "by-hand.jsonl", [evolve(r, recorded="2017-05-15T00:00:00Z") for r in amending])
    journal = Journal.in_memory("iran", clock=Clock("2017-07-01T00:00:00Z"))
    journal.merge(tmp_path / "by-hand.jsonl")
    for audience, expected in (("public", []), ("mechanism", ["russia/2", "russia/3", "russia/4"])):
        journal.copy(tmp_path / f"{audience}.jsonl", audience)
        assert [r.id for r in read_records(tmp_path / f"{audience}.jsonl") if r.kind != "absent"] == expected
