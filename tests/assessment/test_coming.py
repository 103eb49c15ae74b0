"""What is due after a day: deadlines, ends of periods, windows, terms, until when somebody may object, answers."""

import pytest

import pen
from ceasefire.assessment import assess
from ceasefire.assessment.result.falling_due import KINDS
from ceasefire.record import Correction, Tally, Withdrawal
from ceasefire.reporting.words.vocabulary import vocabulary

BOTH = ["red", "blue"]
WITHDRAW = pen.commitment("withdraw", duty="achieve", owed_by=BOTH, due="2020-02-10")
LISTS = pen.commitment("lists", duty="recur", owed_by=BOTH, every="P1M")
QUIET = pen.commitment("quiet", duty="refrain", owed_by="red", acts="attack", until="2020-03-20")
VISIT = pen.commitment("visit", duty="permit", owed_by="green", until="2020-03-21T12:00:00Z")


def an_accord(*more, lists=LISTS, **terms):
    """Return an agreement of six months that is renewed unless green objects, or one of other terms."""
    six_months = {"duration": "P6M", "renewal": "tacit", "members": ["green"], "rule": "any"}
    fields = {"id": "accord", "party": ["red", "blue", "green"], **six_months, **terms}
    return pen.truce(WITHDRAW, lists, QUIET, VISIT, *more, **fields)


@pytest.fixture(scope="module")
def accord():
    """Return the agreement of six months."""
    return an_accord()


def due(agreement, *records, as_of="2020-01-15"):
    """Return what is due: kind, what or of which agreement, who owes it, and until when."""
    return [
        (one["kind"], (one["commitment"] or one["record"] or "accord").removeprefix("accord/"),
         tuple(one["owed_by"]), one["due"])
        for one in assess(agreement, records, as_of=as_of).coming
    ]  # fmt: skip


def test_everything_that_is_due_stands_in_one_list_the_nearest_first(accord):
    """Each with all who owe it; a period, a window and a day end with their last microsecond."""
    assert due(accord) == [
        ("period", "lists", ("red", "blue"), "2020-01-31T23:59:59.999999Z"),
        ("deadline", "withdraw", ("red", "blue"), "2020-02-10T23:59:59.999999Z"),
        ("window", "quiet", ("red",), "2020-03-20T23:59:59.999999Z"),
        ("window", "visit", ("green",), "2020-03-21T11:59:59.999999Z"),
        ("objection", "accord", (), "2020-06-30T23:59:59.999999Z"),
        ("term", "accord", (), "2020-07-01T00:00:00Z"),
    ]
    assert {kind for kind, *_ in due(accord)} < set(KINDS)
    assert all(vocabulary().has(f"due.{kind}") for kind in KINDS), "each has its words in a report"


def test_what_is_past_done_or_over_is_no_longer_due(accord):
    """A deadline passed, a window closed; of one side that has withdrawn, nothing is owed any more."""
    done = pen.performance(1, "green", occurred="2020-01-10", commitment="withdraw", performer="red")
    assert ("deadline", "withdraw", ("blue",), "2020-02-10T23:59:59.999999Z") in due(accord, done)
    kinds = {(kind, what) for kind, what, *_ in due(accord, as_of="2020-04-01")}
    assert kinds == {("period", "lists"), ("objection", "accord"), ("term", "accord")}


def test_a_side_that_has_done_what_the_running_period_asks_owes_it_by_the_next(accord):
    """The end of the period that runs is due of the other alone."""
    given = pen.performance(1, "green", occurred="2020-01-10", commitment="lists", performer="red")
    found = [one for one in due(accord, given) if one[0] == "period"]
    assert found == [
        ("period", "lists", ("blue",), "2020-01-31T23:59:59.999999Z"),
        ("period", "lists", ("red",), "2020-02-29T23:59:59.999999Z"),
    ]


def test_a_period_that_ends_on_no_known_day_is_not_due(accord):
    """One from event to event, one that the window of its duty cuts short, and any while suspended."""
    for cut in ({"every": {"event": "round"}}, {"until": "2020-01-20"}):
        found = due(an_accord(lists=LISTS | cut))
        assert "period" not in {kind for kind, *_ in found}
    stop = pen.decision(1, "green", occurred="2020-01-11", does="suspend", commitment="lists")
    assert "period" not in {kind for kind, *_ in due(accord, stop)}


def test_the_window_of_a_condition_closes():
    """What a commitment waits for is due until then; met, or too late, it is due no more."""
    met = {"fulfilled": "withdraw", "until": "2020-02-20"}
    accord = an_accord(pen.commitment("return", duty="maintain", owed_by="red", when=met))
    assert ("condition", "return", ("red",), "2020-02-20T23:59:59.999999Z") in due(accord)
    assert "condition" not in {kind for kind, *_ in due(accord, as_of="2020-02-21")}
    done = [
        pen.performance(n, "green", occurred="2020-01-10", commitment="withdraw", performer=who)
        for n, who in ((1, "red"), (2, "blue"))
    ]
    assert "condition" not in {kind for kind, *_ in due(accord, *done)}


def test_after_an_objection_and_without_members_nobody_can_object_any_more(accord):
    """The term is then the last; a renewal by decision has a last instant of its own."""
    objects = pen.decision(1, "green", occurred="2020-01-11", does="object", agreement="accord")
    assert "objection" not in {kind for kind, *_ in due(accord, objects)}
    bare = an_accord(members=[], rule="as-reported")
    assert "objection" not in {kind for kind, *_ in due(bare)}
    decided = due(an_accord(renewal="by-decision"))
    assert ("renewal", "accord", (), "2020-06-30T23:59:59.999999Z") in decided


def test_what_is_asked_of_somebody_is_due_until_it_is_answered(accord):
    """A response with a date, whose addressee has not answered."""
    act = pen.incident(1, "green")
    asks = pen.response(2, "green", to="green/1", step="inquiry", addressee="red", due="2020-01-20")
    assert due(accord, act, asks)[0] == ("answer", "green/2", ("red",), "2020-01-20T23:59:59.999999Z")
    answer = pen.response(recorded="2020-01-13T00:00:00Z", to="green/2", step="reply")
    assert "answer" not in {kind for kind, *_ in due(accord, act, asks, answer)}


def test_of_an_agreement_that_is_not_in_force_or_has_no_end_nothing_is_due(accord):
    """No term, and so no end of one."""
    endless = an_accord(duration=None, renewal=None)
    for agreement, as_of in ((endless, "2020-01-15"), (accord, "2019-12-01")):
        found = {kind for kind, *_ in due(agreement, as_of=as_of)}
        assert not found & {"term", "objection", "renewal"}


def test_records_of_what_lies_after_the_day_are_not_among_those_looked_at(accord):
    """A later act is not looked at by the day, nor what judges, corrects, takes back or answers it."""
    then, later = {"recorded": "2020-03-01T00:00:00Z"}, {"recorded": "2020-03-02T00:00:00Z"}
    several = []
    for n, day in ((1, "2020-01-10"), (2, "2020-02-10")):
        several += [
            pen.incident(n, occurred=day, **then),
            Tally(id=f"red/{n}9", by="red", period=day, count=3, **then),
            pen.finding(n, f"red/{n}", by="green", **later),
            Correction(id=f"red/{n}1", by="red", of=f"red/{n}", set={"text": "x"}, **later),
            Withdrawal(id=f"red/{n}2", by="red", of=f"red/{n}1", **later),
            pen.tally(n, "blue", answers=f"red/{n}9", confirmed=1, **later),
        ]
    early, late = (assess(accord, several, as_of=day) for day in ("2020-01-15", "2020-02-15"))
    assert (early.looked_at, late.looked_at) == (6, 12)
    assert early.to_dict()["made_from"]["records"] == 12
    assert set(early.began) == {"red/1"}
