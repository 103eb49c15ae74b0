"""What does not fit once everything is determined: each is told, and moves nothing."""

from functools import partial

import pytest

import pen
from ceasefire.assessment import assess


@pytest.fixture(scope="module")
def truce():
    """Return an agreement of one who owes and of two who judge each for both."""
    thanks = pen.commitment("thanks", duty="declare")
    stop, the_map = pen.commitment("stop", until="2020-03-01"), pen.commitment("map", due="2020-06-01")
    return pen.truce(thanks, stop, the_map, party=["red", "blue", "green"], rule="any")


act = partial(pen.incident, occurred="2020-02-01", recorded="2020-04-01T00:00:00Z", accused="blue")
finding = partial(pen.finding, by="red", outcome=None, recorded="2020-04-02T00:00:00Z")


def done(by="red", **more):
    """Return a performance."""
    return pen.performance(1, by, **{"occurred": "2020-02-01", "recorded": "2020-02-02T00:00:00Z"} | more)


def odd(truce, *records, as_of="2020-05-01"):
    """Return the problems: record and code."""
    return [(p["record"], p["code"]) for p in assess(truce, records, as_of=as_of).to_dict()["problems"]]


def test_a_performance_by_one_who_does_not_owe_the_duty_moves_nothing(truce):
    """It is told, established or not; settled against, or on a name that nothing bears, it is not."""
    assert odd(truce, done()) == []
    assert odd(truce, done(performer="green")) == [("red/1", "not_owed")]
    assert odd(truce, done(by="green", performer="green")) == [("green/1", "not_owed")]
    refuted = finding(2, "green/1", outcome="refuted")
    assert odd(truce, done(by="green", performer="green"), refuted) == []
    assert odd(truce, done(by="green", performer="green"), refuted, done(performer="green")) == [
        ("red/1", "not_owed")
    ]
    assert odd(truce, done(commitment="mop", performer="green")) == [("red/1", "unknown_id")]
    assert assess(truce, [done(performer="green")], as_of="2020-05-01")["map", "blue"].phase == "active"


def test_what_a_finding_puts_under_a_commitment_that_was_not_in_effect_does_not_count_there(truce):
    """Out of its time: before it started, or after its window closed."""
    under = finding(2, "red/1", outcome="confirmed", commitments="stop")
    assert odd(truce, act(), under) == []
    assert odd(truce, act(occurred="2020-03-10"), under) == [("red/1", "out_of_time")]
    assert odd(truce, act(occurred="2019-12-10"), under) == [("red/1", "out_of_time")]
    assert odd(truce, act(occurred="2020-03-10")) == []
    refuted = finding(2, "red/1", outcome="refuted", commitments="stop")
    assert odd(truce, act(occurred="2020-03-10"), refuted) == []


def test_an_act_that_names_a_commitment_which_such_an_act_does_not_breach_is_told(truce):
    """Unless a finding decided under what it falls; a refuted one needs no telling."""
    assert odd(truce, act(commitments="stop")) == []
    assert odd(truce, act(commitments="stop", act="movement")) == [("red/1", "no_acts")]
    assert odd(truce, act(commitments="truce/stop", act="movement", by="green")) == [("green/1", "no_acts")]
    assert odd(truce, act(commitments="map", act="omission")) == []
    assert odd(truce, act(commitments="stop", act="omission")) == [("red/1", "no_acts")]
    assert odd(truce, act(commitments=("stop", "map"), act="omission")) == [("red/1", "no_acts")]
    assert odd(truce, act(commitments="thanks", act="movement")) == []
    refuted = finding(2, "green/1", outcome="refuted")
    assert odd(truce, act(commitments="stop", act="movement", by="green"), refuted) == []
    decided = finding(2, "red/1", outcome="confirmed", commitments="stop")
    assert odd(truce, act(commitments="stop", act="movement"), decided) == []


def test_several_acts_are_told_each_for_itself(truce):
    """What fits, or was refuted, stands beside what does not; so does a commitment that has no row."""
    records = [
        act(1, by="green", commitments="stop", act="movement"),
        finding(7, "green/1", outcome="refuted"),
        act(1),
        act(2, commitments="stop", act="movement"),
        act(3, commitments="thanks", act="movement"),
        act(4, occurred="2020-03-10"),
        finding(5, "red/4", outcome="confirmed", commitments="stop"),
        act(6, commitments=("thanks", "stop"), act="movement"),
    ]
    assert odd(truce, *records) == [("red/2", "no_acts"), ("red/4", "out_of_time"), ("red/6", "no_acts")]


def test_a_remedy_that_makes_nothing_good_is_told(truce):
    """As one of an act that is no breach."""
    remedy = pen.response(
        3, recorded="2020-02-10T00:00:00Z", occurred="2020-02-09", to="red/1", step="remedy"
    )
    confirmed = finding(2, "red/1", outcome="confirmed", attributed_to="blue")
    assert odd(truce, act(), confirmed, remedy) == []
    assert odd(truce, act(act="movement"), confirmed, remedy) == [("red/3", "remedy_no_effect")]
