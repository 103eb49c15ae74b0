"""Published counts: each ledger by itself, with its parts as published and what is odd in them."""

import pytest

import pen
from ceasefire.assessment import assess


@pytest.fixture(scope="module")
def truce():
    """Return an agreement with a prohibition in one of two zones, which no mechanism oversees."""
    stop = pen.commitment("stop", owed_by=["red", "blue"], zones=["north"])
    return pen.truce(stop, timezone="Asia/Damascus", zone=["north", "south"], mechanism=[])


def count(number=1, by="red", **more):
    """Return an author's count of 10 January."""
    fields = {"recorded": "2020-01-11T00:00:00Z"} | (
        {} if "answers" in more else {"period": "2020-01-10", "count": 3}
    )
    return pen.tally(number, by, **fields | more)


def rows(truce, *records, as_of="2020-02-01"):
    """Return the rows of the list."""
    return assess(truce, records, as_of=as_of).to_dict()["tallies"]


def problems(truce, *records):
    """Return what is odd: record, code and what it is about."""
    found = assess(truce, records, as_of="2020-02-01").to_dict()["problems"]
    return [(p["record"], p["code"], p["what"]) for p in found]


def test_a_count_is_told_as_it_was_published_and_its_parts_after_it(truce):
    """Nothing is added up, and a part answers nothing."""
    whole = count(act="attack", unit="cases of firing", zone="north", by_zone={"north": 2, "south": 1})
    first, *parts = rows(truce, whole)
    assert first == {
        "record": "red/1",
        "by": "red",
        "said_by": "red",
        "from": "2020-01-09T22:00:00Z",
        "until": "2020-01-10T21:59:59.999999Z",
        "zone": "north",
        "part_of": None,
        "act": "attack",
        "unit": "cases of firing",
        "count": 3,
        "answers": None,
        "confirmed": None,
        "not_confirmed": None,
        "not_covered": None,
        "accused": [],
        "against": [],
        "at_least": False,
        "cumulative": False,
        "ruled": False,
        "pending": None,
        "killed": None,
        "injured": None,
        "read": [],
        "through": None,
    }
    assert parts == [
        first | {"zone": "north", "part_of": "red/1", "count": 2},
        first | {"zone": "south", "part_of": "red/1", "count": 1},
    ]
    answer = count(answers="red/1", by="blue", confirmed=1, not_confirmed=2, not_covered=0)
    told = next(row for row in rows(truce, whole, answer) if row["record"] == "blue/1")
    assert [told[k] for k in ("answers", "confirmed", "not_confirmed", "not_covered")] == ["red/1", 1, 2, 0]
    both = count(2, count=1, by_zone={"north": 1}, answers="red/1", confirmed=1, period="2020-01-10")
    part = next(row for row in rows(truce, whole, both) if row["part_of"] == "red/2")
    assert [part[k] for k in ("answers", "confirmed", "not_confirmed", "not_covered")] == [None] * 4


def test_counts_come_by_their_periods_then_by_author_and_number(truce):
    """An answer without a period has that of the count it answers, in the zone in which that was written."""
    records = [
        count(10),
        count(2),
        count(3, period={"from": "2020-01-10", "to": "2020-01-12"}),
        count(4, period="2020-01-09"),
        count(5, by="blue"),
        count(6, period="2020-01-10", timezone="UTC"),
        count(7, by="blue", answers="red/4", confirmed=1),
        count(8, by="blue", answers="red/6", confirmed=1),
        count(9, by="blue", answers="red/77", confirmed=1),
    ]
    found = [(row["record"], row["from"]) for row in rows(truce, *records)]
    assert found == [
        ("blue/7", "2020-01-08T22:00:00Z"),
        ("red/4", "2020-01-08T22:00:00Z"),
        ("blue/5", "2020-01-09T22:00:00Z"),
        ("red/2", "2020-01-09T22:00:00Z"),
        ("red/10", "2020-01-09T22:00:00Z"),
        ("red/3", "2020-01-09T22:00:00Z"),
        ("blue/8", "2020-01-10T00:00:00Z"),
        ("red/6", "2020-01-10T00:00:00Z"),
    ]


def test_a_count_is_seen_from_the_end_of_its_period_and_while_it_stands(truce):
    """So is the answer to it."""
    answer = count(answers="red/1", by="blue", confirmed=1)
    end = "2020-01-10T21:59:59.999999Z"
    assert [r["record"] for r in rows(truce, count(), answer, as_of=end)] == ["blue/1", "red/1"]
    assert rows(truce, count(), answer, as_of="2020-01-10T21:59:59Z") == []
    back = pen.withdrawal(2, of="red/1")
    assert rows(truce, count(), back) == []
    other = pen.incident(9)
    assert rows(truce, other, count(answers="red/9", by="blue", confirmed=1)) == []


@pytest.mark.parametrize(
    ("fields", "alleged"),
    [
        ({"act": "attack"}, True),
        ({"act": "attack.shelling", "zone": "north"}, True),
        ({"act": "attack", "zone": "south"}, False),
        ({"act": "attack", "zone": "nowhere"}, True),
        ({"act": "attack", "count": 0}, False),
        ({"act": "movement"}, False),
        ({}, True),
        ({"zone": "south"}, False),
    ],
)
def test_a_count_above_zero_alleges_something_of_nobody_in_particular(truce, fields, alleged):
    """Where what was counted may fall under the commitment; zero alleges nothing."""
    status = assess(truce, [count(**fields)], as_of="2020-02-01")
    assert status["stop", None].compliance == ("alleged" if alleged else "none_recorded")
    assert status["stop", "red"].compliance == "none_recorded"
    told = [(r["record"], r["effect"], r["code"]) for r in status.to_dict()["reasons"] if r["record"]]
    assert told == ([("red/1", "alleged", "by_tally")] if alleged else [])


def test_what_is_odd_in_a_count_is_a_problem_and_is_kept(truce):
    """A total beside parts that give another; a place that no file defines; an answer to what is no count."""
    assert problems(truce, count(by_zone={"north": 2, "south": 1})) == []
    assert problems(truce, count(by_zone={"north": 2}, count=None)) == []
    (told,) = problems(truce, count(by_zone={"north": 2, "south": 2}))
    assert told[:2] == ("red/1", "does_not_add_up")
    assert "total is 3, its published parts sum to 4" in told[2]
    places = problems(truce, count(zone="there", by_zone={"here": 3}))
    assert [(name, code) for name, code, _ in places] == [("red/1", "unknown_place")] * 2
    assert ["'here'" in places[0][2], "'there'" in places[1][2]] == [True, True]
    other = pen.incident(9)
    answer = count(answers="red/9", by="blue", confirmed=1, period="2020-01-10")
    assert [p[:2] for p in problems(truce, other, answer)] == [("blue/1", "foreign_answer")]
    assert problems(truce, count(), count(answers="red/1", by="blue", confirmed=1)) == []


def test_a_count_or_an_appraisal_that_no_day_shows_is_told(truce):
    """Its period has no end, or it answers what has none; what it answers may still arrive, and then it is shown."""
    goes_on = {"period": {"from": "2020-01-10"}}
    graded = pen.appraisal(8, commitment="stop", grade="full", **goes_on)
    answer = count(2, answers="red/1", by="blue", confirmed=1)
    again = count(3, answers="blue/2", by="red", not_covered=1)
    other = pen.incident()
    told = problems(truce, count(**goes_on), graded)
    assert [p[:2] for p in told] == [("red/1", "no_period"), ("red/8", "no_period")]
    assert told[1][2].startswith("red/8, an appraisal, is of no period that ends")
    assert [p[:2] for p in problems(truce, count(**goes_on), answer)] == [
        ("blue/2", "no_period"),
        ("red/1", "no_period"),
    ]
    assert [p[:2] for p in problems(truce, count(), answer, again)] == [("red/3", "no_period")]
    assert [p[:2] for p in problems(truce, answer)] == [("blue/2", "unknown_record")]
    assert [p[:2] for p in problems(truce, other, answer)] == [("blue/2", "foreign_answer")]
    before = pen.incident(1, "blue")
    assert problems(truce, before, count(**goes_on)) == [
        (
            "red/1",
            "no_period",
            "red/1, a tally, is of no period that ends: no status shows it until it is corrected",
        )
    ]
    back = pen.withdrawal(9, of="red/8")
    assert problems(truce, graded, back) == []


def test_what_no_day_shows_is_told_also_where_it_came_later(truce):
    """The answer, or what it answers."""
    answer = count(answers="red/9", by="blue", confirmed=1)
    other = pen.incident(9)
    for records in ([other, answer], [answer, other], [answer, count(9)], [count(9), answer]):
        status = assess(truce, records[:1], as_of="2020-02-01").plus(records[1])
        assert status.to_dict() == assess(truce, records, as_of="2020-02-01").to_dict()


def test_a_count_that_is_not_seen_yet_is_no_problem(truce):
    """Nor is its place."""
    records = [count(zone="there", period="2020-03-01")]
    assert problems(truce, *records) == []
