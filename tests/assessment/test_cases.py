"""Cases: which responses close one, what a response asks and whether it was met, and who has still to answer."""

from functools import partial

import pytest

import pen
from ceasefire.assessment import assess

STOP = pen.commitment("stop", owed_by=["red", "blue"])
PARTIES = {"timezone": "Asia/Damascus", "party": ["red", "blue", "green"]}


@pytest.fixture(scope="module")
def truce():
    """Return an agreement overseen by two who decide by consensus."""
    return pen.truce(STOP, **PARTIES)


#: An author's incident of 8 January, about noon in Damascus.
act = partial(pen.incident, recorded="2020-01-08T12:00:00Z", occurred="2020-01-08T10:00:00Z")


def response(number, to="red/1", by="red", step="note", recorded="2020-01-10T00:00:00Z", **more):
    """Return an author's response."""
    return pen.response(number, by, to=to, step=step, recorded=recorded, **more)


def states(truce, *records, as_of="2020-02-01"):
    """Return the state of each response by its id."""
    rows = assess(truce, [act(), *records], as_of=as_of).to_dict()["responses"]
    return {row["record"]: row["state"] for row in rows}


# What a response asks


RECOMMENDED = {"step": "recommendation", "addressee": "blue", "due": "2020-01-20"}


@pytest.mark.parametrize(
    ("remedy", "findings", "state"),
    [
        ({"to": "red/1", "by": "green"}, True, "met"),
        ({"to": "red/2", "by": "green"}, True, "met"),
        ({"to": "red/1", "by": "green"}, False, "overdue"),
        ({"to": "red/2", "by": "green"}, False, "overdue"),
        ({"to": "red/1", "by": "green", "recorded": "2020-01-09T00:00:00Z"}, True, "overdue"),
        ({"to": "red/1", "by": "green", "step": "note"}, True, "overdue"),
        ({"to": "red/1", "by": "blue"}, False, "met"),
    ],
)
def test_a_recommendation_that_was_followed_is_not_overdue(truce, remedy, findings, state):
    """An established later remedy says so, whoever reports it; what is only said by a third does not."""
    told = response(5, **{"step": "remedy"} | remedy)
    finds = [pen.finding(9, told.id, by=by) for by in ("red", "blue") if findings and told.step == "remedy"]
    found = states(truce, response(2, **RECOMMENDED), told, *finds)
    assert found["red/2"] == state


def test_who_was_told_what_to_do_there_reports_its_own_part(truce):
    """Of two to whom something was recommended, the remedy of one is not the other's."""
    two = response(3, **RECOMMENDED | {"addressee": "green"})
    told = response(5, to="red/1", by="green", step="remedy")
    finds = [pen.finding(9, told.id, by=by) for by in ("red", "blue")]
    found = states(truce, response(2, **RECOMMENDED), two, told, *finds)
    assert (found["red/2"], found["red/3"]) == ("overdue", "met")


def test_a_request_is_open_until_its_date_has_passed_and_then_overdue(truce):
    """To the last microsecond of that day in the zone in which it was written; without a date it stays open."""
    asked = response(2, due="2020-01-20")
    assert states(truce, asked, as_of="2020-01-20") == {"red/2": "open"}
    assert states(truce, asked, as_of="2020-01-21") == {"red/2": "overdue"}
    assert states(truce, response(2)) == {"red/2": "open"}
    (row,) = assess(truce, [act(), asked], as_of="2020-02-01").to_dict()["responses"]
    assert row["due"] == "2020-01-20T21:59:59.999999Z"
    (row,) = assess(
        truce, [act(), response(2, due="2020-01-20", timezone="UTC")], as_of="2020-02-01"
    ).to_dict()["responses"]
    assert row == {
        "record": "red/2",
        "to": "red/1",
        "step": "note",
        "by": "red",
        "addressee": None,
        "due": "2020-01-20T23:59:59.999999Z",
        "state": "overdue",
    }
    exact = response(2, due="2020-01-20T10:00:00Z")
    assert states(truce, exact, as_of="2020-01-20T10:00:00Z") == {"red/2": "open"}
    assert states(truce, exact, as_of="2020-01-20T10:00:00.000001Z") == {"red/2": "overdue"}


@pytest.mark.parametrize(
    ("addressee", "answer", "state"),
    [
        (None, {"to": "red/2", "by": "green"}, "met"),
        (None, {"to": "red/1", "by": "blue"}, "open"),
        ("blue", {"to": "red/2", "by": "blue"}, "met"),
        ("blue", {"to": "red/1", "by": "blue"}, "met"),
        ("blue", {"to": "red/2", "by": "green"}, "open"),
        ("blue", {"to": "red/1", "by": "green"}, "open"),
        ("blue", {"to": "stop", "by": "blue"}, "open"),
        ("blue", {"to": "red/1", "by": "blue", "recorded": "2020-01-10T00:00:00Z"}, "met"),
        ("blue", {"to": "red/1", "by": "blue", "recorded": "2020-01-09T23:59:59Z"}, "open"),
        (
            "blue",
            {"to": "red/1", "by": "blue", "recorded": "2020-01-12T00:00:00Z", "occurred": "2020-01-08"},
            "open",
        ),
        ("red", {"to": "blue/7", "by": "red"}, "open"),
    ],
)
def test_what_is_asked_is_met_by_an_answer_or_by_the_addressee_on_the_same_record(
    truce, addressee, answer, state
):
    """Not before it was asked, not by somebody else, and never by the request itself."""
    asked = response(2, addressee=addressee)
    made = response(3, **{"recorded": "2020-01-12T00:00:00Z", **answer})
    assert states(truce, asked, made)["red/2"] == state


def test_a_response_is_made_when_it_says_else_when_it_was_recorded(truce):
    """A date that was written down on that day lies before the writing; responses come in that order."""
    day = response(2, recorded="2020-01-10T12:00:00Z", occurred="2020-01-10", addressee="blue")
    answer = response(1, by="blue", recorded="2020-01-10T12:00:00Z")
    assert states(truce, day, answer) == {"blue/1": "open", "red/2": "met"}
    early = response(1, by="blue", recorded="2020-01-10T11:59:59Z")
    assert states(truce, day, early) == {"blue/1": "open", "red/2": "open"}
    abroad = response(3, occurred="2020-01-09", recorded="2020-01-20T00:00:00Z", timezone="America/New_York")
    at_home = response(4, occurred="2020-01-09", recorded="2020-01-20T00:00:00Z")
    noted = response(5, recorded="2020-01-10T00:00:00Z")
    rows = assess(truce, [act(), abroad, at_home, noted], as_of="2020-02-01").to_dict()["responses"]
    assert [row["record"] for row in rows] == ["red/4", "red/5", "red/3"]


def test_a_response_is_seen_from_when_it_was_made(truce):
    """Not on the day before."""
    assert states(truce, response(2), as_of="2020-01-10T00:00:00Z") == {"red/2": "open"}
    assert states(truce, response(2), as_of="2020-01-09T23:59:59Z") == {}


def test_a_response_that_was_taken_back_asks_nothing(truce):
    """Nor is it told."""
    back = pen.withdrawal(3, of="red/2", recorded="2020-01-11T00:00:00Z")
    assert states(truce, response(2), back) == {}


def test_a_remedy_that_says_nothing_of_its_time_comes_before_all_times(truce):
    """As in a file that somebody wrote by hand."""
    remedy = response(2, step="remedy", recorded=None)
    claim = assess(truce, [act(), remedy], as_of="2020-02-01").claim("red/2")
    assert (claim["from"], claim["until"]) == ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z")
    dated = response(2, step="remedy", recorded="2020-01-20T00:00:00Z")
    claim = assess(truce, [act(), dated], as_of="2020-02-01").claim("red/2")
    assert (claim["from"], claim["until"]) == ("2020-01-20T00:00:00Z", "2020-01-20T00:00:00Z")


# Whether a case is open


def open_cases(truce, *records):
    """Return the cases that are open."""
    rows = assess(truce, records, as_of="2020-02-01").to_dict()["cases"]
    return [row["record"] for row in rows if row["open"]]


def test_a_case_is_closed_by_as_many_members_as_the_rule_needs(truce):
    """Here by both; what does not close it, or is to another record, or by another, does not."""
    by_red, by_blue = response(2, closes=True), response(2, by="blue", closes=True)
    assert open_cases(truce, act()) == ["red/1"]
    assert open_cases(truce, act(), by_red) == ["red/1"]
    assert open_cases(truce, act(), by_red, by_blue) == []
    assert open_cases(truce, act(), by_red, response(2, by="blue")) == ["red/1"]
    assert open_cases(truce, act(), by_red, response(2, by="green", closes=True)) == ["red/1"]
    other = response(3, to="blue/1", closes=True)
    assert open_cases(truce, act(), act(1, "blue"), by_red, by_blue, other) == ["blue/1"]


def test_a_case_is_also_closed_on_another_report_of_the_act(truce):
    """The members may answer whichever report they know; only the one that counts has a case."""
    report = act(1, "blue", same_as="red/1")
    records = (act(), report, response(2, closes=True), response(2, to="blue/1", by="blue", closes=True))
    rows = assess(truce, records, as_of="2020-02-01").to_dict()["cases"]
    assert [(row["record"], row["open"]) for row in rows] == [("red/1", False)]


def test_that_somebody_is_said_to_have_closed_it_counts_where_relays_do(truce):
    """Who passes a statement on closes no case in the name of its speaker, unless relays are asked for."""
    passed_on = response(3, by="green", said_by="blue", closes=True, evidence=[{"title": "A statement"}])
    records = [act(), response(2, closes=True), passed_on]
    assert open_cases(truce, *records) == ["red/1"]
    (row,) = assess(truce, records, as_of="2020-02-01", relays=True).to_dict()["cases"]
    assert not row["open"]


def test_of_several_agreements_each_must_have_closed_it(truce):
    """A case is one over all agreements that judge the claim; who is awaited in both is named once."""
    other = pen.truce(STOP, id="other", rule="any", **PARTIES)
    records = (act(), response(2, closes=True))
    (row,) = assess([truce, other], records, as_of="2020-02-01").to_dict()["cases"]
    assert row["open"]
    assert row["awaiting"] == [
        "red: attributed_to",
        "red: severity",
        "blue: outcome",
        "blue: attributed_to",
        "blue: severity",
    ]
    (alone,) = assess(other, records, as_of="2020-02-01").to_dict()["cases"]
    assert not alone["open"]


def test_without_members_the_author_closes_the_case():
    """Nobody else is there to do it."""
    alone = pen.truce(STOP, members=[], rule="as-reported", **PARTIES)
    assert open_cases(alone, act()) == ["red/1"]
    assert open_cases(alone, act(), response(2, closes=True)) == []
    assert open_cases(alone, act(), response(2, by="blue", closes=True)) == ["red/1"]


def test_without_a_mechanism_no_case_is_closed_and_nobody_is_awaited():
    """There is no rule by which it could be."""
    later = {"id": "panel", "members": ["red", "blue"], "rule": "consensus", "from": "2021-01-01"}
    none = pen.truce(STOP, mechanism=[later], **PARTIES)
    (row,) = assess(none, [act(), response(2, closes=True)], as_of="2020-02-01").to_dict()["cases"]
    assert row == {"record": "red/1", "open": True, "awaiting": []}


# Who has still to answer


def test_each_member_is_awaited_for_each_question_it_has_not_answered(truce):
    """Of an incident whether, who and how gravely; the author has answered what it said."""
    accusing = act(occurred="2020-01-08", accused="green")
    answered = pen.finding(1, "red/1", recorded="2020-01-09T00:00:00Z", severity="minor")
    claim = assess(truce, [accusing, answered], as_of="2020-02-01").claim("red/1")
    assert claim.awaiting == ["red: severity", "blue: attributed_to"]
    (row,) = assess(truce, [accusing, answered], as_of="2020-02-01").to_dict()["cases"]
    assert row["awaiting"] == claim.awaiting


def test_a_published_count_has_no_case(truce):
    """It is not judged."""
    count = pen.tally(recorded="2020-01-08T12:00:00Z", period="2020-01-07", count=3)
    assert assess(truce, [count], as_of="2020-02-01").to_dict()["cases"] == []
