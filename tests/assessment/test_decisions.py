"""When a decision takes effect: when it says, never before it was taken, and by silence not before that ended."""

import pytest

import pen
from ceasefire.assessment import assess

MAP = pen.commitment("map", owed_by="red", due=None, within="P2D", after="in_force")
PARTIES = ["red", "blue", "green"]
BY_DECISION = {"party": PARTIES, "in_force": "by-decision"}


@pytest.fixture(scope="module")
def truce():
    """Return an agreement that enters into force by decision of either member."""
    return pen.truce(MAP, rule="any", **BY_DECISION)


@pytest.fixture(scope="module")
def renewed():
    """Return an agreement of a month that is renewed unless a member objects."""
    return pen.truce(MAP, party=PARTIES, silence="P3D", duration="P1M", renewal="tacit")


def decision(does="enter_into_force", occurred="2020-01-10T12:00:00Z", by="red", number=1, **more):
    """Return a decision on the agreement, or on what is named."""
    target = {} if "commitment" in more else {"agreement": "truce"}
    return pen.decision(
        number, by, recorded="2020-01-15T00:00:00Z", occurred=occurred, does=does, **target | more
    )


def begun(agreement, *records):
    """Return since when the agreement is in force, and until when the map is due."""
    status = assess(agreement, records, as_of="2020-03-01")
    return status.to_dict()["agreements"][0]["from"], status["map", "red"].due


@pytest.mark.parametrize(
    ("stated", "since", "due"),
    [
        ({"occurred": "2020-01-10T12:00:00Z"}, "2020-01-10T12:00:00Z", "2020-01-12T12:00:00Z"),
        ({"occurred": "2020-01-10"}, "2020-01-10T23:59:59.999999Z", "2020-01-12T23:59:59.999999Z"),
        (
            {"occurred": {"from": "2020-01-10", "to": "2020-01-11"}},
            "2020-01-10T23:59:59.999999Z",
            "2020-01-12T23:59:59.999999Z",
        ),
        ({"effective": "2020-01-20"}, "2020-01-20T00:00:00Z", "2020-01-22T23:59:59.999999Z"),
        ({"effective": "2020-01-20T08:00:00Z"}, "2020-01-20T08:00:00Z", "2020-01-22T08:00:00Z"),
        (
            {"occurred": "2020-01-10T00:00:00Z", "effective": "2020-01-10"},
            "2020-01-10T00:00:00Z",
            "2020-01-12T23:59:59.999999Z",
        ),
        (
            {"occurred": "2020-01-10T12:00:00Z", "effective": "2020-01-10"},
            "2020-01-10T12:00:00Z",
            "2020-01-12T12:00:00Z",
        ),
        (
            {"occurred": "2020-01-10T12:00:00Z", "effective": "2020-01-05"},
            "2020-01-10T12:00:00Z",
            "2020-01-12T12:00:00Z",
        ),
        (
            {"occurred": "2020-01-10T23:00:00Z", "effective": "2020-01-11", "timezone": "Asia/Damascus"},
            "2020-01-10T23:00:00Z",
            "2020-01-12T23:00:00Z",
        ),
    ],
)
def test_a_decision_takes_effect_when_it_says_and_never_before_it_was_taken(truce, stated, since, due):
    """What is counted from it is counted from the moment as it was stated, if that is what decides."""
    assert begun(truce, decision(**stated)) == (since, due)


@pytest.mark.parametrize(
    ("effective", "codes"),
    [
        ("2020-01-09", ["early_effect"]),
        ("2020-01-10T11:59:59Z", ["early_effect"]),
        ("2020-01-10", []),
        ("2020-01-10T12:00:00Z", []),
        ("2020-01-11", []),
    ],
)
def test_a_decision_that_would_take_effect_before_it_was_taken_is_a_problem(truce, effective, codes):
    """A date only where all of it lies before."""
    problems = assess(truce, [decision(effective=effective)], as_of="2020-03-01").to_dict()["problems"]
    assert [(p["record"], p["code"]) for p in problems] == [("red/1", code) for code in codes]


def test_a_date_that_ends_something_ends_with_it(truce):
    """The agreement is over when the next day begins; of an instant, at that very one."""
    start = decision()
    for effective, ended in (
        ("2020-02-10", "2020-02-11T00:00:00Z"),
        ("2020-02-10T08:00:00Z", "2020-02-10T08:00:00Z"),
    ):
        over = decision("terminate", "2020-01-12T00:00:00Z", number=2, effective=effective)
        (row,) = assess(truce, [start, over], as_of="2020-03-01").to_dict()["agreements"]
        assert (row["state"], row["from"]) == ("terminated", ended)


def test_what_a_decision_ends_is_seen_from_then_on(truce):
    """A release by a date holds from when the next day begins: here just before the deadline."""
    free = decision("release", "2020-01-11T00:00:00Z", number=2, effective="2020-01-11", commitment="map")
    row = assess(truce, [decision(), free], as_of="2020-03-01")["map", "red"]
    assert (row.phase, row.phase_from) == ("released", "2020-01-12T00:00:00Z")


def test_a_decision_by_silence_takes_effect_when_the_silence_ended():
    """Three days after it was written down; later, if it says so; as stated only where that decides."""
    silent = pen.truce(MAP, silence="P3D", **BY_DECISION)
    assert begun(silent, decision()) == ("2020-01-18T00:00:00Z", "2020-01-20T00:00:00Z")
    assert begun(silent, decision(effective="2020-01-12")) == ("2020-01-18T00:00:00Z", "2020-01-20T00:00:00Z")
    for day, due in (("2020-01-18", "2020-01-20"), ("2020-01-19", "2020-01-21")):
        found = begun(silent, decision(effective=day))
        assert found == (f"{day}T00:00:00Z", f"{due}T23:59:59.999999Z")
    agreed = pen.finding(1, "red/1", recorded="2020-01-16T00:00:00Z")
    assert begun(silent, decision(), agreed) == ("2020-01-10T12:00:00Z", "2020-01-12T12:00:00Z")


def test_an_objection_needs_nobody_to_agree_and_no_silence(renewed):
    """A member makes it on the day before the end: the term is not renewed."""
    assert assess(renewed, [], as_of="2020-02-10").to_dict()["agreements"][0]["state"] == "in_force"
    late = decision("object", "2020-01-31T12:00:00Z")
    (row,) = assess(renewed, [late], as_of="2020-02-10").to_dict()["agreements"]
    assert (row["state"], row["from"]) == ("expired", "2020-02-01T00:00:00Z")


def test_an_objection_by_one_who_is_no_member_does_not_count(renewed):
    """Nor where a member says that it was made."""
    objection = decision("object", "2020-01-20T12:00:00Z", by="green")
    for by in ("red", "blue"):
        said = pen.finding(1, "green/1", by=by, recorded="2020-01-21T00:00:00Z")
        found = assess(renewed, [objection, said], as_of="2020-02-10").to_dict()
        assert found["agreements"][0]["state"] == "in_force"
        assert ("green/1", "not_a_member") in [(p["record"], p["code"]) for p in found["problems"]]


def test_an_objection_that_its_author_no_longer_confirms_does_not_count(renewed):
    """The latest word of a member counts."""
    objection = decision("object", "2020-01-20T12:00:00Z")
    back = pen.finding(2, "red/1", "refuted", by="red", recorded="2020-01-17T00:00:00Z")
    assert (
        assess(renewed, [objection, back], as_of="2020-02-10").to_dict()["agreements"][0]["state"]
        == "in_force"
    )


def test_decisions_are_carried_out_in_order_of_time_then_of_author_and_number(truce):
    """Two suspensions at one instant: the row names the one that comes first."""
    one = decision("suspend", "2020-01-11T00:00:00Z", number=10, commitment="map")
    two = decision(
        "suspend", "2020-01-11T00:00:00Z", number=2, commitment="map", until="2020-01-12T00:00:00Z"
    )
    rows = assess(truce, [decision(), one, two], as_of="2020-01-11").to_dict()["reasons"]
    assert [r["record"] for r in rows if r["effect"] == "suspended"] == ["red/2"]
