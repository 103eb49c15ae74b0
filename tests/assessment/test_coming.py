"""What is due after a day: deadlines, ends of periods, windows, terms, until when somebody may object, answers."""

import pytest

from ceasefire.assessment import assess
from ceasefire.assessment.result.falling_due import KINDS
from ceasefire.record import Correction, Decision, Finding, Incident, Performance, Response, Tally, Withdrawal
from ceasefire.reporting.sections.upcoming import _WHAT

ACCORD = """
ceasefire = 1
id = "accord"
adopted = 2020-01-01
timezone = "UTC"
duration = "P6M"
renewal = "tacit"

[[party]]
id = "red"
[[party]]
id = "blue"
[[party]]
id = "green"

[[mechanism]]
id = "panel"
members = ["green"]
rule = "any"

[[commitment]]
id = "withdraw"
summary = "Withdraw."
duty = "achieve"
owed_by = ["red", "blue"]
due = 2020-02-10

[[commitment]]
id = "lists"
summary = "Exchange lists every month."
duty = "recur"
owed_by = ["red", "blue"]
every = "P1M"

[[commitment]]
id = "quiet"
summary = "Refrain from attacks for the holidays."
duty = "refrain"
owed_by = "red"
acts = "attack"
until = 2020-03-20

[[commitment]]
id = "visit"
summary = "May visit until noon."
duty = "permit"
owed_by = "green"
until = 2020-03-21T12:00:00Z
"""
WRITTEN = "2020-01-12T00:00:00Z"


@pytest.fixture(scope="module")
def accord(written):
    """Return an agreement of six months that is renewed unless green objects."""
    return written(ACCORD)


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
    assert set(_WHAT) == set(KINDS), "each has its words in a report"


def test_what_is_past_done_or_over_is_no_longer_due(accord):
    """A deadline passed, a window closed; of one side that has withdrawn, nothing is owed any more."""
    done = Performance(id="green/1", by="green", recorded=WRITTEN, occurred="2020-01-10",
                       commitment="withdraw", performer="red")  # fmt: skip
    assert ("deadline", "withdraw", ("blue",), "2020-02-10T23:59:59.999999Z") in due(accord, done)
    kinds = {(kind, what) for kind, what, *_ in due(accord, as_of="2020-04-01")}
    assert kinds == {("period", "lists"), ("objection", "accord"), ("term", "accord")}


def test_a_side_that_has_done_what_the_running_period_asks_owes_it_by_the_next(accord):
    """The end of the period that runs is due of the other alone."""
    given = Performance(id="green/1", by="green", recorded=WRITTEN, occurred="2020-01-10",
                        commitment="lists", performer="red")  # fmt: skip
    found = [one for one in due(accord, given) if one[0] == "period"]
    assert found == [
        ("period", "lists", ("blue",), "2020-01-31T23:59:59.999999Z"),
        ("period", "lists", ("red",), "2020-02-29T23:59:59.999999Z"),
    ]


def test_a_period_that_ends_on_no_known_day_is_not_due(written):
    """One from event to event, one that the window of its duty cuts short, and any while suspended."""
    for cut in ('every = { event = "round" }', 'every = "P1M"\nuntil = 2020-01-20'):
        found = due(written(ACCORD.replace('every = "P1M"', cut)))
        assert "period" not in {kind for kind, *_ in found}
    stop = Decision(id="green/1", by="green", recorded=WRITTEN, occurred="2020-01-11", does="suspend",
                    commitment="lists")  # fmt: skip
    assert "period" not in {kind for kind, *_ in due(written(ACCORD), stop)}


def test_the_window_of_a_condition_closes(written):
    """What a commitment waits for is due until then; met, or too late, it is due no more."""
    waits = """
[[commitment]]
id = "return"
summary = "Let displaced persons return once both have withdrawn."
duty = "maintain"
owed_by = "red"
when = { fulfilled = "withdraw", until = 2020-02-20 }
"""
    accord = written(ACCORD + waits)
    assert ("condition", "return", ("red",), "2020-02-20T23:59:59.999999Z") in due(accord)
    assert "condition" not in {kind for kind, *_ in due(accord, as_of="2020-02-21")}
    done = [
        Performance(id=f"green/{n}", by="green", recorded=WRITTEN, occurred="2020-01-10",
                    commitment="withdraw", performer=who)
        for n, who in ((1, "red"), (2, "blue"))
    ]  # fmt: skip
    assert "condition" not in {kind for kind, *_ in due(accord, *done)}


def test_after_an_objection_and_without_members_nobody_can_object_any_more(accord, written):
    """The term is then the last; a renewal by decision has a last instant of its own."""
    objects = Decision(id="green/1", by="green", recorded=WRITTEN, occurred="2020-01-11", does="object",
                       agreement="accord")  # fmt: skip
    assert "objection" not in {kind for kind, *_ in due(accord, objects)}
    bare = written(ACCORD.replace('members = ["green"]', "members = []").replace('"any"', '"as-reported"'))
    assert "objection" not in {kind for kind, *_ in due(bare)}
    decided = due(written(ACCORD.replace('"tacit"', '"by-decision"')))
    assert ("renewal", "accord", (), "2020-06-30T23:59:59.999999Z") in decided


def test_what_is_asked_of_somebody_is_due_until_it_is_answered(accord):
    """A response with a date, whose addressee has not answered."""
    act = Incident(id="green/1", by="green", recorded=WRITTEN, occurred="2020-01-10", act="attack")
    asks = Response(id="green/2", by="green", recorded=WRITTEN, to="green/1", step="inquiry",
                    addressee="red", due="2020-01-20")  # fmt: skip
    assert due(accord, act, asks)[0] == ("answer", "green/2", ("red",), "2020-01-20T23:59:59.999999Z")
    answer = Response(id="red/1", by="red", recorded="2020-01-13T00:00:00Z", to="green/2", step="reply")
    assert "answer" not in {kind for kind, *_ in due(accord, act, asks, answer)}


def test_of_an_agreement_that_is_not_in_force_or_has_no_end_nothing_is_due(written):
    """No term, and so no end of one."""
    for text in (ACCORD.replace('duration = "P6M"\nrenewal = "tacit"\n', ""), ACCORD):
        agreement = written(text)
        found = {kind for kind, *_ in due(agreement, as_of="2019-12-01" if text == ACCORD else "2020-01-15")}
        assert not found & {"term", "objection", "renewal"}


def test_records_of_what_lies_after_the_day_are_not_among_those_looked_at(accord):
    """A later act is not looked at by the day, nor what judges, corrects, takes back or answers it."""
    then, later = {"recorded": "2020-03-01T00:00:00Z"}, {"recorded": "2020-03-02T00:00:00Z"}
    several = []
    for n, day in ((1, "2020-01-10"), (2, "2020-02-10")):
        several += [
            Incident(id=f"red/{n}", by="red", occurred=day, act="attack", **then),
            Tally(id=f"red/{n}9", by="red", period=day, count=3, **then),
            Finding(id=f"green/{n}", by="green", on=f"red/{n}", outcome="confirmed", **later),
            Correction(id=f"red/{n}1", by="red", of=f"red/{n}", set={"text": "x"}, **later),
            Withdrawal(id=f"red/{n}2", by="red", of=f"red/{n}1", **later),
            Tally(id=f"blue/{n}", by="blue", answers=f"red/{n}9", confirmed=1, **later),
        ]
    early, late = (assess(accord, several, as_of=day) for day in ("2020-01-15", "2020-02-15"))
    assert (early.looked_at, late.looked_at) == (6, 12)
    assert early.to_dict()["made_from"]["records"] == 12
    assert set(early.began) == {"red/1"}
