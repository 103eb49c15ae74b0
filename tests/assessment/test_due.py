"""The table of what has passed undone and what is due in the days to come."""

import pytest
from attrs import evolve

import pen
from ceasefire.assessment import assess
from ceasefire.assessment.result.due import as_entry
from ceasefire.errors import UnknownRow
from ceasefire.record import Decision, Finding, Incident, Performance, Response

BOTH = ["red", "blue"]
OWED = (
    pen.commitment("withdraw", duty="achieve", owed_by=BOTH, due="2020-02-10"),
    pen.commitment("lists", duty="recur", owed_by=BOTH, every="P1M"),
    pen.commitment("quiet", duty="refrain", owed_by="red", acts="attack", until="2020-03-20"),
    pen.commitment("later", duty="achieve", owed_by="blue", starts="2020-02-05", due="2020-02-12"),
)


@pytest.fixture(scope="module")
def accord():
    """Return an agreement with a deadline, a monthly duty, a window and a term."""
    parties = [*BOTH, "green"]
    term = {"duration": "P6M", "renewal": "tacit", "timezone": "Asia/Damascus"}
    return pen.truce(*OWED, id="accord", party=parties, members=parties, silence="PT72H", **term)


def told(agreement, *records, as_of, days=30):
    """Return what is due in short: days, window, kind, what, how it stands, who owes it."""
    return [
        (one.days, one.within, one.kind, (one.commitment or one.record or "accord").removeprefix("accord/"),
         one.state, one.owed_by)
        for one in assess(agreement, records, as_of=as_of).due(days)
    ]  # fmt: skip


def test_what_is_due_in_fourteen_days_and_in_thirty_stands_apart(accord):
    """The end of a monthly duty's period is due as a deadline is; days are local ones."""
    assert told(accord, as_of="2020-01-20") == [
        (11, 14, "period", "lists", "ahead", ("red", "blue")),
        (21, 30, "deadline", "withdraw", "ahead", ("red", "blue")),
        (23, 30, "deadline", "later", "not_begun", ("blue",)),
    ]
    assert told(accord, as_of="2020-01-20", days=11) == [
        (11, 11, "period", "lists", "ahead", ("red", "blue"))
    ]
    assert told(accord, as_of="2020-01-20", days=10) == []


def test_what_has_passed_undone_stays_until_it_is_done(accord):
    """Each missed period and the deadline, of those alone who have not done it in time, or not at all."""
    done = Performance(id="green/1", by="green", recorded="2020-02-06T00:00:00Z", occurred="2020-02-05",
                       commitment="withdraw", performer="red")  # fmt: skip
    agreed = [
        Finding(id=f"{by}/1", by=by, on="green/1", outcome="confirmed", recorded="2020-02-07T00:00:00Z")
        for by in ("red", "blue")
    ]
    found = [one for one in told(accord, done, *agreed, as_of="2020-02-15") if one[0] < 0]
    assert found == [
        (-15, None, "period", "lists", "not_established", ("red", "blue")),
        (-5, None, "deadline", "withdraw", "not_established", ("blue",)),
        (-3, None, "deadline", "later", "not_established", ("blue",)),
    ]
    open_still = [one for one in told(accord, done, as_of="2020-02-15") if one[3] == "withdraw"]
    assert open_still == [
        (-5, None, "deadline", "withdraw", "not_settled", ("red",)),
        (-5, None, "deadline", "withdraw", "not_established", ("blue",)),
    ]


def test_the_last_instants_of_a_window_and_of_a_term_are_due(accord):
    """Also until when somebody can object to the renewal of the term, and to a decision by silence."""
    assert (20, 30, "window", "quiet", "ahead", ("red",)) in told(accord, as_of="2020-02-29")
    ends = [one[:5] for one in told(accord, as_of="2020-06-10") if one[2] in ("objection", "term")]
    assert ends == [(20, 30, "objection", "accord", "ahead"), (20, 30, "term", "accord", "ahead")]
    stop = Decision(id="green/1", by="green", recorded="2020-02-15T10:00:00Z", occurred="2020-02-15",
                    does="suspend", commitment="quiet")  # fmt: skip
    silence = [one for one in told(accord, stop, as_of="2020-02-16") if one[2] == "silence"]
    assert silence == [(2, 14, "silence", "green/1", "ahead", ())]
    assert not [one for one in told(accord, stop, as_of="2020-02-18") if one[2] == "silence"]


def asked(**more):
    """Return an attack that is recorded, a recommendation on it to red by 20 January, and more."""
    act = Incident(id="green/1", by="green", recorded="2020-01-08T00:00:00Z", occurred="2020-01-07",
                   act="attack", accused=("red",))  # fmt: skip
    said = Response(id="green/2", by="green", recorded="2020-01-10T00:00:00Z", to="green/1",
                    step="recommendation", addressee="red", due="2020-01-20", **more)  # fmt: skip
    return [act, said]


def remedy(by="green"):
    """Return a remedy that is established, reported by somebody."""
    made = Response(id=f"{by}/3", by=by, recorded="2020-01-15T00:00:00Z", to="green/1", step="remedy")
    return [
        made,
        *(
            Finding(id=f"{one}/9", by=one, on=made.id, outcome="confirmed", recorded="2020-01-16T00:00:00Z")
            for one in ("red", "blue", "green")
            if one != by
        ),
    ]


def answers(agreement, *records, as_of):
    """Return what responses ask: how it stands, and the remedies that say that it was followed."""
    due = assess(agreement, records, as_of=as_of).due()
    return [(one.record, one.state, one.remedies) for one in due if one.kind == "answer"]


def test_a_recommendation_that_was_followed_is_told_as_unanswered_with_what_followed_it(accord):
    """Nobody is late with what is done; that the one asked has not answered is all that is known."""
    assert answers(accord, *asked(), as_of="2020-01-15") == [("green/2", "ahead", ())]
    assert answers(accord, *asked(), as_of="2020-01-25") == [("green/2", "no_answer", ())]
    assert answers(accord, *asked(), *remedy(), as_of="2020-01-25") == [
        ("green/2", "no_answer", ("green/3",))
    ]
    assert answers(accord, *asked(), *remedy("red"), as_of="2020-01-25") == []


def test_the_public_is_not_told_of_whom_something_is_asked(accord):
    """Who is asked for a remedy may be who is accused, and nothing is determined of that."""
    released = [evolve(record, release="public") for record in asked()]
    status = assess(accord, released, as_of="2020-01-25")
    (mine,) = (one for one in status.due() if one.kind == "answer")
    (theirs,) = (one for one in status.for_audience("public").due() if one.kind == "answer")
    assert (mine.owed_by, theirs.owed_by) == (("red",), ())
    ahead = assess(accord, released, as_of="2020-01-15").for_audience("public").due(14)
    assert [(one.kind, one.owed_by) for one in ahead] == [("answer", ())]
    later = assess(accord, released, as_of="2020-01-20").for_audience("public").due(11)
    assert [one.owed_by for one in later if one.kind == "period"] == [("red", "blue")]


def test_the_day_of_an_instant_is_that_of_the_instant_and_of_an_end_that_before_it():
    """What is due at midnight is due on the day that begins with it; a term that ends then ends with the day before."""
    sign = pen.commitment("sign", duty="achieve", owed_by=BOTH, due="2020-01-25T00:00:00Z")
    for begins, last in (("2020-01-01T00:00:00Z", 11), ("2020-01-01T00:00:00.000001Z", 12)):
        accord = pen.truce(sign, party=BOTH, duration="P1M", in_force=begins)
        found = [(one.kind, one.days) for one in assess(accord, [], as_of="2020-01-20").due()]
        assert found == [("deadline", 5), ("term", last)]


@pytest.mark.parametrize("days", [0, -1, 1.5, True, "30", None, 10**6])
def test_what_is_no_number_of_days_is_refused(accord, days):
    """In one sentence, with what to write instead."""
    with pytest.raises(UnknownRow, match="is no number of days: write a whole one from 1 to"):
        assess(accord, [], as_of="2020-01-20").due(days)


def test_the_table_of_what_is_due_is_flat(accord):
    """Lists are joined; days are asked for by name, and of no other table."""
    status = assess(accord, [], as_of="2020-01-20")
    first, *_ = status.table("due", days=14)
    assert first == {
        "due": "2020-01-31T21:59:59.999999Z", "days": 11, "within": 14, "kind": "period", "state": "ahead",
        "agreement": "accord", "commitment": "accord/lists", "owed_by": "red;blue", "record": None,
        "remedies": "",
    }  # fmt: skip
    assert len(status.table("due")) == 3
    (passed,) = (row for row in assess(accord, [], as_of="2020-02-12").table("due") if row["days"] == -2)
    assert passed == {
        "due": "2020-02-10T21:59:59.999999Z", "days": -2, "within": None, "kind": "deadline",
        "state": "not_established", "agreement": "accord", "commitment": "accord/withdraw",
        "owed_by": "red;blue", "record": None, "remedies": "",
    }  # fmt: skip
    with pytest.raises(UnknownRow, match="days is for the table due"):
        status.table("claims", days=14)


def test_what_is_due_has_lists_in_json(accord):
    """Who owes it is a list, for nothing is joined where it need not be."""
    first = as_entry(assess(accord, [], as_of="2020-01-20").due(14)[0])
    assert (first["owed_by"], first["remedies"], first["days"]) == (["red", "blue"], [], 11)


def test_several_remedies_stand_in_one_cell(accord):
    """Two say that a recommendation was followed, and nobody has answered it."""
    more = Response(id="blue/3", by="blue", recorded="2020-01-15T00:00:00Z", to="green/2", step="remedy")
    found = [
        Finding(id=f"{one}/8", by=one, on="blue/3", outcome="confirmed", recorded="2020-01-16T00:00:00Z")
        for one in ("red", "green")
    ]
    status = assess(accord, [*asked(), *remedy(), more, *found], as_of="2020-01-25")
    assert [row["remedies"] for row in status.table("due") if row["kind"] == "answer"] == ["blue/3;green/3"]
