"""Which agreements judge a claim, and which mechanism determines it when; from when a record is seen."""

from functools import partial

import pytest

import pen
from ceasefire.assessment import assess
from ceasefire.assessment.world.jurisdiction import Jurisdiction
from ceasefire.clock import instant, iso
from ceasefire.instruments.together import together
from ceasefire.record import Decision, Event, Incident, Membership, Performance, Response


@pytest.fixture(scope="module")
def both():
    """Return two agreements, one about attacks and one about movements, each with a mechanism and then another."""
    return [
        pen.truce(
            pen.commitment(f"stop-{name}", duty="refrain", owed_by="red", acts=act),
            pen.commitment(f"map-{name}", duty="achieve", owed_by="red", due="2020-06-01"),
            id=name,
            party=["red", "blue", "front"],
            mechanism=[
                {"id": f"{name}-early", "members": ["red"], "until": "2020-02-01"},
                {"id": f"{name}-late", "members": ["blue"], "from": "2020-03-01"},
            ],
        )
        for name, act in (("one", "attack"), ("two", "movement"))
    ]


made = partial(pen.record, recorded="2020-04-01T00:00:00Z", occurred="2020-01-10")


def act(number=1, name="attack", **more):
    """Return an incident."""
    return made(Incident, number, act=name, **more)


def judging(both, *records, name="red/1"):
    """Return the agreements in which a claim is judged."""
    claims = assess(both, records, as_of="2020-05-01").to_dict()["claims"]
    return [claim["agreement"] for claim in claims if claim["record"] == name]


@pytest.mark.parametrize(
    ("record", "agreements"),
    [
        (act(name="attack.sniper"), ["one"]),
        (act(name="movement"), ["two"]),
        (act(name="infrastructure"), ["one", "two"]),
        (act(commitments="stop-two"), ["two"]),
        (act(commitments=("map-two", "stop-one")), ["one", "two"]),
        (act(commitments="nothing"), ["one"]),
        (made(Performance, commitment="map-two", performer="red"), ["two"]),
        (made(Performance, commitment="nothing", performer="red"), []),
        (made(Decision, does="suspend", agreement="two"), ["two"]),
        (made(Decision, does="suspend", commitment="stop-one"), ["one"]),
        (made(Decision, does="suspend", agreement="three"), []),
        (made(Event, name="meeting"), ["one", "two"]),
        (made(Membership, actor="red", group="front"), ["one", "two"]),
        (made(Response, to="stop-two", step="remedy"), ["two"]),
        (made(Response, to="nothing", step="remedy"), ["one", "two"]),
    ],
)
def test_a_claim_is_judged_where_what_it_names_or_is_belongs(both, record, agreements):
    """An act where a commitment covers it, else everywhere; what is about a commitment where that is."""
    assert judging(both, record) == agreements


def test_a_remedy_is_judged_where_the_act_is_that_it_remedies(both):
    """Of anything else that is a record, everywhere."""
    remedy = made(Response, 2, to="red/1", step="remedy")
    assert judging(both, act(name="movement"), remedy, name="red/2") == ["two"]
    assert judging(both, act(), remedy, name="red/2") == ["one"]
    assert judging(both, made(Event, name="meeting"), remedy, name="red/2") == ["one", "two"]


def test_what_covers_an_act_is_found_once(both):
    """Few acts are named, in many records."""
    jurisdiction = Jurisdiction(together(both))
    found = jurisdiction.commitments_for("attack.sniper")
    assert [commitment.name for commitment in found] == ["one/stop-one"]
    assert jurisdiction.commitments_for("attack.sniper") is found
    assert jurisdiction.commitments_for("movement") is not found


def test_a_name_may_be_short_for_one_commitment_or_for_none(both):
    """The full name always will do."""
    world = together(both)
    assert world.full_name("stop-two") == world.full_name("two/stop-two") == "two/stop-two"
    assert (world.full_name("stop"), world.full_name(None)) == (None, None)
    assert (world.short_for("stop-two"), world.short_for("stop")) == (("two/stop-two",), ())


@pytest.mark.parametrize(
    ("occurred", "mechanism"),
    [
        ("2020-01-10", "one-early"),
        ("2020-02-01T23:59:59.999999Z", "one-early"),
        ("2020-02-02T00:00:00Z", None),
        ("2020-02-29T23:59:59.999999Z", None),
        ("2020-03-01T00:00:00Z", "one-late"),
        ("2020-02", "one-early"),
        ({"from": "2020-02-15", "to": "2020-03-15"}, None),
    ],
)
def test_a_claim_is_determined_by_the_mechanism_of_its_time(both, occurred, mechanism):
    """From the beginning of its first day to the end of its last; a lasting act by that of its start."""
    assert assess(both[0], [act(occurred=occurred)], as_of="2020-05-01").claim("red/1").mechanism == mechanism


@pytest.mark.parametrize(
    ("occurred", "mechanism"),
    [
        ("2020-01-10", "one-early"),
        ({"from": "2020-01-10", "to": "2020-03-10"}, "one-late"),
        ({"from": "2020-01-10"}, "one-early"),
    ],
)
def test_a_performance_is_determined_by_the_mechanism_of_its_completion(both, occurred, mechanism):
    """While it is not complete, by that of its start."""
    record = made(Performance, commitment="map-one", performer="red", occurred=occurred)
    assert assess(both[0], [record], as_of="2020-05-01").claim("red/1").mechanism == mechanism


@pytest.mark.parametrize(
    ("record", "first"),
    [
        (act(occurred="2020-01-10", recorded="2020-04-01T00:00:00Z"), "2020-01-10T23:59:59.999999Z"),
        (act(occurred="2020-01-10", recorded="2020-01-10T12:00:00Z"), "2020-01-10T12:00:00Z"),
        (act(occurred={"from": "2020-01-10", "to": "2020-03-01"}), "2020-01-10T23:59:59.999999Z"),
        (made(Membership, actor="red", group="front", occurred="2020-01"), "2020-01-01T00:00:00Z"),
        (made(Event, name="meeting", occurred="2020-01"), "2020-01-31T23:59:59.999999Z"),
        (made(Response, to="red/9", step="remedy", occurred="2020-01-10"), "2020-01-10T23:59:59.999999Z"),
        (
            made(Response, to="red/9", step="remedy", recorded="2020-01-10T12:00:00Z", occurred="2020-01-10"),
            "2020-01-10T12:00:00Z",
        ),
        (
            made(Response, to="red/9", step="remedy", recorded="2020-01-10T12:00:00Z", occurred=None),
            "2020-01-10T12:00:00Z",
        ),
    ],
)
def test_a_claim_is_seen_from_its_latest_instant_and_a_membership_from_its_earliest(both, record, first):
    """Not a microsecond before."""
    before = iso(instant(first).us - 1)
    seen = [bool(assess(both, [record], as_of=day).to_dict()["claims"]) for day in (before, first)]
    assert seen == [False, True]
