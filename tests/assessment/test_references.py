"""Names in records that nothing defines, and what is told of each."""

from functools import partial

import pytest

import pen
from ceasefire.assessment import assess
from ceasefire.assessment.codes import Problem
from ceasefire.assessment.knowledge.references import fields_of
from ceasefire.record import (
    Appraisal,
    Correction,
    Decision,
    Finding,
    Membership,
    Performance,
    Response,
    Tally,
    Withdrawal,
)

OWED = (
    pen.commitment("stop", owed_by=["red", "blue"]),
    pen.commitment("map", owed_by="red"),
)


@pytest.fixture(scope="module")
def truce():
    """Return an agreement with a zone."""
    return pen.truce(*OWED, zone=[{"id": "north", "name": "The north", "codes": {"osm": "77"}}])


made = partial(pen.record, recorded="2020-01-02T00:00:00Z")


act = partial(pen.incident, recorded="2020-01-02T00:00:00Z", occurred="2020-01-01")


def problems(truce, *records):
    """Return the problems: record, code and what it is about."""
    found = assess(truce, records, as_of="2020-02-01").to_dict()["problems"]
    return [(p["record"], p["code"], p["what"]) for p in found]


@pytest.mark.parametrize(
    ("record", "about"),
    [
        (act(accused=("red", "reds")), "names the party 'reds', which no file defines – did you mean 'red'?"),
        (act(against="green"), "names the party 'green', which no file defines"),
        (act(zone="nord"), "names the zone 'nord', which no file defines – did you mean 'north'?"),
        (act(act="atack"), "names the act 'atack', which no file defines – did you mean 'attack'?"),
        (act(commitments="stopp"), "names the commitment 'stopp', which no file defines"),
        (act(commitments="other/stop"), "names the commitment 'other/stop', which no file defines"),
        (
            made(Performance, commitment="mop", performer="red", occurred="2020-01-01"),
            "names the commitment 'mop', which no file defines",
        ),
        (
            made(Performance, commitment="map", performer="green", occurred="2020-01-01"),
            "names the party 'green', which no file defines",
        ),
        (
            made(Decision, does="suspend", agreement="trucy", occurred="2020-01-01"),
            "names the agreement 'trucy', which no file defines – did you mean 'truce'?",
        ),
        (
            made(Decision, does="release", commitment="mop", occurred="2020-01-01"),
            "names the commitment 'mop', which no file defines",
        ),
        (
            made(Membership, actor="green", agreement="truce", occurred="2020-01-01"),
            "names the party 'green', which no file defines",
        ),
        (
            made(Membership, actor="red", group="green", occurred="2020-01-01"),
            "names the party 'green', which no file defines",
        ),
        (
            made(Membership, actor="red", agreement="other", occurred="2020-01-01"),
            "names the agreement 'other', which no file defines",
        ),
        (
            made(Appraisal, commitment="mop", period="2020-01", grade="full"),
            "names the commitment 'mop', which no file defines",
        ),
    ],
)
def test_a_name_of_the_agreements_world_that_no_file_defines_is_a_problem(truce, record, about):
    """With the nearest that one does define."""
    found = [what for name, code, what in problems(truce, record) if (name, code) == ("red/1", "unknown_id")]
    assert len(found) == 1
    assert found[0].startswith(f"red/1 {about}")


@pytest.mark.parametrize("attributed", ["unidentified", "red"])
def test_what_is_defined_or_nobody_is_no_problem(truce, attributed):
    """Somebody unidentified is no party, and that is known."""
    records = [
        act(accused="blue", against="red", zone="north", commitments=("stop", "truce/stop")),
        made(Finding, 2, on="red/1", outcome="confirmed", attributed_to=attributed, commitments="stop"),
        act(3, place={"name": "The north"}),
        act(4, place={"scheme": "osm", "code": "77"}),
        act(5, zone="north", place={"name": "nowhere"}),
    ]
    assert problems(truce, *records) == []


@pytest.mark.parametrize(
    ("place", "stated"),
    [
        ({"name": "the mill", "code": "9", "scheme": "osm"}, "the mill"),
        ({"code": "9", "scheme": "osm"}, "9"),
        ({"lat": "1.0", "lon": "2.0"}, "unnamed"),
    ],
)
def test_a_place_that_resolves_to_no_zone_is_a_problem(truce, place, stated):
    """Told by its name, else by its code; beside anything else that is odd in the record."""
    assert problems(truce, act(place=place)) == [
        ("red/1", "unknown_place", f"red/1 names a place that resolves to no zone: {stated}")
    ]
    both = [code for _, code, _ in problems(truce, act(place=place, accused="green"))]
    assert both == ["unknown_id", "unknown_place"]


@pytest.mark.parametrize(
    "record",
    [
        made(Finding, on="blue/9", outcome="confirmed"),
        act(same_as="blue/9"),
        made(Response, to="blue/9", step="note"),
        made(Tally, answers="blue/9", confirmed=1),
        made(Correction, of="blue/9", set={"text": "words"}),
        made(Withdrawal, of="blue/9"),
    ],
)
def test_a_record_that_names_one_that_is_not_there_is_a_problem(truce, record):
    """Unless it is there, or what is named is a commitment."""
    assert [(name, code) for name, code, _ in problems(truce, record)] == [("red/1", "unknown_record")]
    codes = [code for _, code, _ in problems(truce, record, act(9, "blue"))]
    assert "unknown_record" not in codes
    assert problems(truce, made(Response, to="stop", step="note")) == []


def test_a_finding_on_what_is_not_judged_is_a_problem(truce):
    """A published count is a count; a finding is no claim; a demand is no act."""
    said = made(Tally, 1, period="2020-01-01", count=1)
    on_it = made(Finding, 2, on="red/1", outcome="confirmed")
    again = made(Finding, 3, on="red/2", outcome="confirmed")
    assert problems(truce, said, on_it, again) == [
        ("red/2", "not_a_claim", "red/2 judges red/1, which is a tally and is not judged"),
        ("red/3", "not_a_claim", "red/3 judges red/2, which is a finding and is not judged"),
    ]


def test_of_several_names_each_is_looked_at(truce):
    """One that is known does not hide one that is not."""
    found = problems(truce, act(commitments=("stop", "truce/mop", "map", "mip")))
    assert [what.partition(", which")[0] for _, _, what in found] == [
        "red/1 names the commitment 'mip'",
        "red/1 names the commitment 'truce/mop'",
    ]


def test_only_of_a_commitment_it_is_told_that_several_agreements_have_it(truce):
    """A place may be called as two commitments are."""
    other = pen.truce(*OWED, id="other")
    commitment, place = (
        assess([truce, other], [record], as_of="2020-02-01").table("problems")[0]["what"]
        for record in (act(commitments="stop"), act(zone="stop"))
    )
    assert commitment.endswith("several agreements have: write truce/stop or other/stop")
    assert place == "red/1 names the zone 'stop', which no file defines"


def test_a_finding_on_the_correction_of_a_count_judges_the_count(truce):
    """And a count is not judged, however it is worded."""
    said = made(Tally, 1, period="2020-01-01", count=1)
    corrected = made(Correction, 2, of="red/1", set={"count": 2})
    on_it = made(Finding, 3, on="red/2", outcome="confirmed")
    assert problems(truce, said, corrected, on_it) == [
        ("red/3", "not_a_claim", "red/3 judges red/1, which is a tally and is not judged")
    ]


def test_what_one_kind_names_well_another_may_name_wrongly(truce):
    """The act of a count is no commitment that could be released."""
    count = made(Tally, 1, period="2020-01-01", count=1, act="attack")
    release = made(Decision, 2, does="release", commitment="attack", occurred="2020-01-01")
    assert [(name, code) for name, code, _ in problems(truce, count, release)] == [("red/2", "unknown_id")]


def test_what_was_taken_back_names_nothing(truce):
    """Whatever it named."""
    back = made(Withdrawal, 2, of="red/1")
    assert problems(truce, act(accused="green", same_as="blue/9"), back) == []


def test_each_of_several_that_name_alike_is_told(truce):
    """Also where many records name the same."""
    found = problems(
        truce, act(1, accused="green", text="a"), act(2, accused="green", text="b"), act(3, accused="blue")
    )
    assert [name for name, _, _ in found] == ["red/1", "red/2"]


def test_what_a_record_names_that_had_not_occurred_yet_is_no_problem(truce):
    """That it is dated after it was recorded is one."""
    found = problems(truce, act(occurred="2020-03-01", accused="green", same_as="blue/9"))
    assert [(name, code) for name, code, _ in found] == [("red/1", "not_yet_occurred")]


# What is kept of names


def odd(name):
    """Return something odd in a record."""
    return (Problem(name, "unknown_id", name),)


def test_fields_of_a_record_are_had_together():
    """None, one, or several: always as many values."""
    record = act(zone="north")
    assert [fields_of(names)(record) for names in ([], ["zone"], ["zone", "act"], iter(["by"]))] == [
        (),
        ("north",),
        ("north", "attack"),
        ("red",),
    ]


@pytest.mark.parametrize(
    ("commitment", "codes"),
    [
        ("syria-sochi-2018/establish-dmz", set()),
        ("no-such-agreement/establish-dmz", {"unknown_id", "unknown_record"}),
        ("truce/establish-dmz", {"unknown_id", "unknown_record"}),
    ],
)
def test_what_is_of_an_agreement_that_ships_and_is_not_asked_about_is_not_odd(truce, commitment, codes):
    """A record of another agreement is no mistake in this one; an id that none of them has is."""
    records = [
        made(Performance, 1, commitment=commitment, performer="red", occurred="2020-01-01"),
        made(Response, 2, to=commitment, step="note"),
    ]
    status = assess(truce, records, as_of="2020-01-31")
    assert {problem.code for problem in status.lists.problems} == codes
    assert status.missing == ({commitment} if codes else frozenset())
