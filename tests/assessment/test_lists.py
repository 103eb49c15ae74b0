"""What the lists tell that their rows do not: spans of time beside each other, and stretches of time in words."""

from functools import partial

import pytest

import pen
from ceasefire.assessment import assess
from ceasefire.assessment.result.lists import elapsed
from ceasefire.clock import tzdata_version
from ceasefire.errors import Mistake
from ceasefire.record import Appraisal, RecordList

SECOND = 1_000_000
HOUR, DAY = 3600 * SECOND, 86_400 * SECOND

PROMISED = ("stop", "map", "report")


@pytest.fixture(scope="module")
def truce():
    """Return an agreement of one who owes and two who judge."""
    return pen.truce(*PROMISED)


act = partial(pen.incident, occurred="2020-02-10", recorded="2020-03-20T00:00:00Z", accused="blue")


def finding(number, on, outcome="confirmed", by="blue"):
    """Return a finding on a record."""
    attributed = "blue" if outcome == "confirmed" else None
    return pen.finding(number, on, outcome, by=by, recorded="2020-03-21T00:00:00Z", attributed_to=attributed)


def done(number, day, commitment="map", by="blue"):
    """Return a performance by blue."""
    return pen.performance(number, by, recorded="2020-03-20T00:00:00Z", commitment=commitment, occurred=day)


def test_what_was_asked_and_what_it_is_made_from_stands_at_the_head(truce):
    """The form of the object, who may see it, the question with its times in full, rules, files and records."""
    asked = {"as_of": "2020-03-31", "known_at": "2020-03-20T12:00:00+03:00", "since": "2020-03-01"}
    told = assess(truce, [act()], relays=True, **asked).to_dict()
    assert {name: value for name, value in told.items() if not isinstance(value, list)} == {
        "ceasefire": 1,
        "audience": "mechanism",
        "asked": {
            "agreements": ["truce"],
            "as_of": "2020-03-31T23:59:59.999999Z",
            "known_at": "2020-03-20T09:00:00Z",
            "since": "2020-03-01T00:00:00Z",
            "relays": True,
        },
        "made_from": {
            "rules": 2,
            "tzdata": tzdata_version(),
            "agreements": dict(truce.digests),
            "records": 1,
            "heads": {},
        },
    }


def test_what_falls_under_nothing_for_a_ground_is_told_with_the_ground(truce):
    """Decided, it is under no commitment, though it would be by rule; each answer is told as it was given."""
    going_on = act(occurred={"from": "2020-02-10"})
    said = {"recorded": "2020-03-21T00:00:00Z", "ground": "accident"}
    red = pen.finding(2, outcome=None, by="red", ended="2020-02-12T12:00:00+03:00", **said)
    blue = pen.finding(1, ended="2020-02-12", **said)
    open_one, decided = (assess(truce, [going_on, *on], as_of="2020-03-31") for on in ([], [red, blue]))
    assert open_one.claim("red/1")["under"] == ["truce/stop"]
    assert decided.claim("red/1")["under"] == []
    answers = [(r["member"], r["question"], r["answer"]) for r in decided.table("positions")]
    assert answers == [
        ("blue", "commitments", "accident"),
        ("blue", "ended", "2020-02-12"),
        ("blue", "outcome", "confirmed"),
        ("red", "attributed_to", "blue"),
        ("red", "commitments", "accident"),
        ("red", "ended", "2020-02-12T09:00:00Z"),
        ("red", "outcome", "confirmed"),
    ]


def test_what_is_said_of_equal_decisions_is_told_once(truce):
    """They are one claim: a finding on either is on it, and nothing is set aside."""
    same = {"does": "suspend", "agreement": "truce", "occurred": "2020-02-10"}
    taken = [pen.decision(n, recorded="2020-02-11T00:00:00Z", **same) for n in (1, 2)]
    status = assess(truce, [*taken, finding(1, "red/2", "refuted")], as_of="2020-03-31")
    rows = [(r["record"], r["member"], r["answer"], r["counted"]) for r in status.table("positions")]
    assert ("red/1", "blue", "refuted", True) in rows
    assert [row for row in rows if row[1] == "blue"] == [("red/1", "blue", "refuted", True)]


def test_problems_of_no_record_come_first(truce):
    """Then by author and number, by code and by what is wrong."""
    records = RecordList(
        [
            act(10, occurred="2020-02-11", zone="nowhere"),
            act(2, zone="nowhere"),
            act(1, "blue", zone="nowhere"),
        ],
        [Mistake(file="a.jsonl", line=1, what="no JSON")],
    )
    found = assess(truce, records, as_of="2020-03-31").table("problems")
    assert [p["record"] for p in found] == [None, "blue/1", "red/2", "red/10"]
    assert (found[0]["code"], found[0]["what"]) == ("unreadable", "a.jsonl:1: no JSON")


def test_what_is_said_where_nobody_judges_is_told_without_a_mechanism():
    """Positions as well as claims."""
    status = assess(pen.truce(*PROMISED, mechanism=[]), [act()], as_of="2020-03-31")
    assert [(r["record"], r["mechanism"]) for r in status.table("positions")] == [("red/1", None)] * 2
    assert status.claim("red/1")["mechanism"] is None


def spans(truce, *records, row="truce/stop", as_of="2020-03-31", since="2020-03-01"):
    """Return breaches, open claims and lateness in the period and in the span before it."""
    rows = assess(truce, records, as_of=as_of, since=since).to_dict()["spans"]
    return [
        (r["breaches"], r["open"], r["overdue"])
        for r in rows
        if (r["commitment"], r["owed_by"]) == (row, "blue")
    ]


def test_a_claim_is_counted_in_the_span_in_which_its_act_began(truce):
    """A breach where it is established; open where it is alleged, or where the members disagree."""
    assert spans(truce, act()) == [(0, 0, 0), (0, 1, 0)]
    assert spans(truce, act(), finding(1, "red/1")) == [(0, 0, 0), (1, 0, 0)]
    assert spans(truce, act(), finding(1, "red/1", "refuted")) == [(0, 0, 0), (0, 1, 0)]
    assert spans(truce, act(occurred="2020-03-10"), act(2)) == [(0, 1, 0), (0, 1, 0)]
    lasting = act(occurred={"from": "2020-02-10", "to": "2020-03-10"})
    assert spans(truce, lasting, finding(1, "red/1")) == [(0, 0, 0), (1, 0, 0)]


def test_the_spans_are_of_equal_length_and_adjoin(truce):
    """To the microsecond, both ends among them; without `since` there are none."""
    rows = assess(truce, [], as_of="2020-03-31", since="2020-03-01").to_dict()["spans"]
    assert [(r["span"], r["from"], r["until"]) for r in rows[:2]] == [
        ("period", "2020-03-01T00:00:00Z", "2020-03-31T23:59:59.999999Z"),
        ("previous", "2020-01-30T00:00:00Z", "2020-02-29T23:59:59.999999Z"),
    ]
    assert assess(truce, [], as_of="2020-03-31").to_dict()["spans"] == []
    for instant, found in (
        ("2020-03-01T00:00:00Z", [(0, 1, 0), (0, 0, 0)]),
        ("2020-02-29T23:59:59.999999Z", [(0, 0, 0), (0, 1, 0)]),
        ("2020-01-30T00:00:00Z", [(0, 0, 0), (0, 1, 0)]),
        ("2020-01-29T23:59:59.999999Z", [(0, 0, 0), (0, 0, 0)]),
    ):
        assert spans(truce, act(occurred=instant)) == found


def test_an_omission_is_counted_where_its_deadline_passed(truce):
    """Whenever it is said to have been: the map was due on the first of March."""
    omitted = act(act="omission", commitments="map", occurred="2020-03-15")
    asked = {"row": "truce/map", "as_of": "2020-03-31"}
    assert spans(truce, omitted, finding(1, "red/1"), since="2020-03-03", **asked) == [(0, 0, 0), (1, 0, 1)]
    assert spans(truce, omitted, finding(1, "red/1"), since="2020-03-02", **asked) == [(1, 0, 1), (0, 0, 0)]


def test_an_open_performance_is_counted_where_it_would_settle_something(truce):
    """What was done is open until it is established; once another one settles it, it matters no more."""
    early, late = done(1, "2020-02-10"), done(2, "2020-02-20")
    assert spans(truce, early, late, row="truce/map") == [(0, 0, 0), (0, 2, 0)]
    assert spans(truce, early, late, row="truce/map", since="2020-02-15") == [(0, 1, 0), (0, 1, 0)]
    settled = spans(truce, early, late, finding(1, "blue/1", by="red"), row="truce/map")
    assert settled == [(0, 0, 0), (0, 0, 0)]


def test_a_missed_period_is_counted_where_it_ended(truce):
    """A month each."""
    assert spans(truce, row="truce/report") == [(0, 0, 1), (0, 0, 1)]


def test_why_something_is_late_is_told_by_what_passed(truce):
    """The deadline of what is to be done once, the period of what is to be done in each."""
    rows = assess(truce, [], as_of="2020-03-31").to_dict()["reasons"]
    late = [(r["commitment"], r["at"], r["code"]) for r in rows if r["effect"] == "deadline_passed"]
    assert late == [
        ("truce/map", "2020-03-02T00:00:00Z", "by_deadline"),
        ("truce/report", "2020-02-01T00:00:00Z", "by_period"),
        ("truce/report", "2020-03-01T00:00:00Z", "by_period"),
    ]


@pytest.mark.parametrize(
    ("us", "text"),
    [
        (0, "PT0S"),
        (1, "PT0.000001S"),
        (SECOND, "PT1S"),
        (1_500_000, "PT1.5S"),
        (10 * SECOND, "PT10S"),
        (60 * SECOND, "PT1M"),
        (HOUR, "PT1H"),
        (HOUR + 61 * SECOND, "PT1H1M1S"),
        (23 * HOUR + 59 * 60 * SECOND + 59_000_001, "PT23H59M59.000001S"),
        (DAY, "P1D"),
        (10 * DAY + HOUR, "P10DT1H"),
    ],
)
def test_a_stretch_of_time_is_told_as_a_duration(us, text):
    """Days, hours, minutes and seconds of ISO 8601, each only where it is not nought."""
    assert elapsed(us) == text


def test_appraisals_are_told_in_the_order_of_their_periods(truce):
    """Then by author and number; what was taken back is not told; a short name is told in full."""
    one = pen.appraisal(10, recorded="2020-03-20T00:00:00Z", commitment="map", period="2020-02", grade="none")
    two = pen.appraisal(2, recorded="2020-03-20T00:00:00Z", commitment="map", period="2020-02", grade="full")
    first = pen.appraisal(
        11, recorded="2020-03-20T00:00:00Z", commitment="mop", period="2020-01", grade="full", owed_by="blue"
    )
    rows = assess(truce, [one, two, first], as_of="2020-03-31").to_dict()["appraisals"]
    assert [(r["record"], r["commitment"], r["owed_by"]) for r in rows] == [
        ("red/11", "mop", "blue"),
        ("red/2", "truce/map", None),
        ("red/10", "truce/map", None),
    ]


def test_no_appraisal_is_lost_whose_number_is_written_otherwise(truce):
    """Ids are told apart by how they are written, though they stand in one place."""
    same = {"commitment": "map", "period": "2020-02", "grade": "full", "recorded": "2020-03-20T00:00:00Z"}
    several = [Appraisal(by="red", id=name, **same) for name in ("red/1", "red/01")]
    rows = assess(truce, several, as_of="2020-03-31").table("appraisals")
    assert [r["record"] for r in rows] == ["red/01", "red/1"]


def test_a_number_of_people_is_three_columns_of_a_table(truce):
    """Lowest, best and highest, each empty where it was not said; the same columns where nobody counted them."""
    counts = [
        pen.tally(
            number,
            recorded="2020-03-20T00:00:00Z",
            period=f"2020-02-{number:02}",
            act="attack",
            count=1,
            **people,
        )
        for number, people in enumerate([{"killed": {"low": 2, "high": 5}}, {"injured": 3}], start=1)
    ]
    rows = assess(truce, counts, as_of="2020-03-31").table("tallies")
    columns = [f"{people}_{part}" for people in ("killed", "injured") for part in ("low", "best", "high")]
    assert [[row[column] for column in columns] for row in rows] == [
        [2, None, 5, None, None, None],
        [None, None, None, None, 3, None],
    ]


def test_each_list_is_read_by_its_name_and_is_what_the_object_lays_out(truce):
    """As typed rows, in the order of the object; a reason has the record that it is of."""
    status = assess(truce, [act(1)], as_of="2020-04-01", since="2020-02-01")
    laid_out = status.to_dict()
    for name in status.lists.make:
        assert len(getattr(status.lists, name)) == len(laid_out[name]), name
    assert [row.record for row in status.lists.reasons] == [row["record"] for row in laid_out["reasons"]]
    assert "red/1" in {row.record for row in status.lists.reasons} | {
        row.record for row in status.lists.claims
    }
