"""Nobody wins by a date: a record that says it was written after it was received orders nothing (docs/rules/time.md)."""

import tomllib

import pytest

from ceasefire.assessment import assess
from ceasefire.record import from_json
from ceasefire.testing import read

TRUCE = """
ceasefire = 1
id = "truce"
adopted = 2020-01-01
in_force = 2020-01-01
timezone = "UTC"

[[party]]
id = "red"
[[party]]
id = "blue"
[[party]]
id = "green"

[[mechanism]]
id = "committee"
members = ["red", "blue"]
silence = "P3D"

[[commitment]]
id = "quiet"
summary = "Nobody attacks."
duty = "refrain"
owed_by = ["red", "blue"]
acts = ["attack"]
"""
#: What a forger writes for the day; a week and centuries after.
AHEAD = ("2020-01-17T00:00:00Z", "2900-01-01T00:00:00Z")
ACT = {"kind": "incident", "act": "attack", "occurred": "2020-01-05T00:00:00Z", "accused": ["blue"]}
SUSPENDED = {"kind": "decision", "does": "suspend", "agreement": "truce", "occurred": "2020-01-10T00:00:00Z"}


@pytest.fixture
def truce():
    """Return a truce of two that decide by consensus, and by silence of three days."""
    return read(tomllib.loads(TRUCE))


def said(name, received, recorded=None, **fields):
    """Return a record that was received at the beginning of a day of January 2020; written then, where nothing else is said."""
    at = f"2020-01-{received:02d}T00:00:00Z"
    envelope = {"by": name.replace("-", "/").split("/")[0], "id": name, "received": at}
    return from_json(envelope | {"recorded": recorded or at} | fields)


def finding(outcome, on="green/1"):
    """Return what a finding on the act says."""
    return {"kind": "finding", "on": on, "outcome": outcome}


def determination(truce, *records, as_of="2020-02-01", **asked):
    """Return what is determined of the first of the records."""
    return assess(truce, records, as_of=as_of, **asked).claim(records[0].id).determination


@pytest.mark.parametrize("ahead", AHEAD)
def test_a_member_has_the_last_word_on_one_dated_ahead_in_its_name(truce, ahead):
    """Of hand-written findings without numbers the later one counts; the one in the future is the first."""
    act, blue = said("green/1", 6, **ACT), said("blue/1", 8, **finding("confirmed"))
    forged = said("red-x", 9, ahead, **finding("refuted"))
    true = said("red-y", 10, **finding("confirmed"))
    assert determination(truce, act, blue, true) == "established"
    assert determination(truce, act, blue, forged, true) == "established"
    assert determination(truce, act, blue, said("red-x", 9, **finding("refuted"))) == "disputed"


@pytest.mark.parametrize("ahead", AHEAD)
def test_the_latest_relay_is_not_the_one_dated_ahead(truce, ahead):
    """What others pass on as red's word counts by when they wrote it."""
    source = {"said_by": "red", "evidence": [{"title": "A letter"}]}
    act, blue = said("green/1", 6, **ACT), said("blue/1", 8, **finding("confirmed"))
    forged = said("owl/1", 9, ahead, **finding("refuted"), **source)
    true = said("green/2", 10, **finding("confirmed"), **source)
    assert determination(truce, act, blue, forged, true, relays=True) == "established"


@pytest.mark.parametrize("ahead", AHEAD)
def test_a_claim_dated_ahead_is_no_later_word_than_a_finding_on_it(truce, ahead):
    """Red says by hand that blue attacked, dated ahead, and then that it did not: it says so no more."""
    claim = said("red-x", 6, ahead, **ACT)
    true = said("red-y", 10, **finding("refuted", "red-x"))
    (one,) = [
        p
        for p in assess(truce, [claim, true], as_of="2020-02-01").table("positions")
        if p["question"] == "outcome"
    ]
    assert (one["answer"], one["record"]) == ("refuted", "red-x")


@pytest.mark.parametrize("ahead", AHEAD)
def test_a_silence_begins_at_the_latest_when_the_decision_is_received(truce, ahead):
    """Received on the tenth, it stands after three days, whatever date it bears."""
    decided = said("red/1", 10, ahead, **SUSPENDED)
    days = {day: determination(truce, decided, as_of=f"2020-01-{day}") for day in (12, 14)}
    assert days == {12: "alleged", 14: "established"}


@pytest.mark.parametrize("ahead", AHEAD)
def test_an_objection_that_came_in_time_counts_whatever_its_date(truce, ahead):
    """It was received a day after the decision: so it was written within the three days."""
    decided = said("red/1", 10, **SUSPENDED)
    objection = said("blue/1", 11, ahead, **finding("refuted", "red/1"))
    assert determination(truce, decided) == "established"
    assert determination(truce, decided, objection) == "disputed"


@pytest.mark.parametrize("ahead", AHEAD)
def test_an_answer_without_a_date_of_its_own_was_given_when_it_was_received(truce, ahead):
    """What was asked is answered as of the day after, and not only in centuries."""
    act = said("green/1", 6, **ACT)
    asks = {"kind": "response", "to": "green/1", "step": "recommendation", "addressee": "blue"}
    asked = said("red/1", 8, **asks, due="2020-01-12")
    answer = said("blue/1", 9, ahead, kind="response", to="red/1", step="reply")
    status = assess(truce, [act, asked, answer], as_of="2020-01-15")
    assert {r["record"]: r["state"] for r in status.table("responses")}["red/1"] == "met"


@pytest.mark.parametrize("ahead", AHEAD)
def test_an_imprecise_act_had_occurred_when_it_was_received(truce, ahead):
    """An attack some time in January, received on the sixth, is seen from then on."""
    act = said("green/1", 6, ahead, **ACT | {"occurred": "2020-01"})
    assert determination(truce, act, as_of="2020-01-07") == "alleged"


@pytest.mark.parametrize("ahead", AHEAD)
def test_a_correction_dated_ahead_is_not_the_newest_wording(truce, ahead):
    """Of two by hand the later one counts."""
    act = said("green/1", 6, **ACT)
    forged = said("green-x", 7, ahead, kind="correction", of="green/1", set={"accused": ["red"]})
    true = said("green-y", 8, kind="correction", of="green/1", set={"accused": ["owl"]})
    status = assess(truce, [act, forged, true], as_of="2020-02-01")
    assert status.records["green/1"].accused == ("owl",)


def test_clocks_that_differ_by_little_order_by_when_it_was_received(truce):
    """The clock of red's assistant is half an hour ahead: its second finding is the later one all the same."""
    act, blue = said("green/1", 6, **ACT), said("blue/1", 8, **finding("confirmed"))
    first = said("red-x", 9, **finding("refuted"))
    second = said("red-y", 10, "2020-01-10T00:30:00Z", **finding("confirmed"))
    third = said("red-z", 11, **finding("refuted"))
    assert determination(truce, act, blue, first, second) == "established"
    assert determination(truce, act, blue, first, second, third) == "disputed"
