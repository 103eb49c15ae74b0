"""What is odd in how records came to be: who wrote them, and whether twice."""

import pytest

import pen
from ceasefire.assessment import assess


@pytest.fixture(scope="module")
def truce():
    """Return an agreement of two, whom a third observes."""
    return pen.truce("stop", party=["red", "blue", "envoy"], members=["blue"], observers=["envoy"])


def act(number=1, by="red", **more):
    """Return an author's report of one and the same attack."""
    said = {"occurred": "2020-01-05", "accused": "blue"} | more
    return pen.incident(number, by, recorded="2020-01-06T00:00:00Z", **said)


def odd(truce, *records):
    """Return the problems: record and code."""
    found = assess(truce, records, as_of="2020-02-01").to_dict()["problems"]
    return [(p["record"], p["code"]) for p in found]


def test_one_author_who_says_the_same_twice_may_have_meant_it_once(truce):
    """Each after the first is told, whatever else it was recorded with; another author says it for itself."""
    assert odd(truce, act(1), act(2), act(3, by="blue")) == [("red/2", "possible_duplicate")]
    assert odd(truce, act(1), act(2), act(3)) == [
        ("red/2", "possible_duplicate"),
        ("red/3", "possible_duplicate"),
    ]


@pytest.mark.parametrize("other", [{"text": "another"}, {"occurred": "2020-01-04"}, {"key": "second"}])
def test_who_says_something_else_or_gives_it_a_key_means_another(truce, other):
    """A key is its author's word that a record is one of its own."""
    assert odd(truce, act(1), act(2, **other)) == []


def test_two_records_of_one_key_are_told_until_one_is_withdrawn(truce):
    """A journal refuses the second, but another program may have written it; a key is one author's."""
    twice = act(1, key="7"), act(2, key="7", text="other words")
    assert odd(truce, *twice) == [("red/2", "key_twice")]
    assert odd(truce, act(1, key="7"), act(2, by="blue", key="7", text="other words")) == []
    back = pen.withdrawal(3, recorded="2020-01-07T00:00:00Z", of="red/1")
    assert odd(truce, *twice, back) == []


def test_a_correction_has_a_key_like_any_record(truce):
    """It is a record of its own, beside the one that it corrects."""
    better = pen.correction(2, recorded="2020-01-07T00:00:00Z", of="red/1", key="7", set={"text": "better"})
    assert odd(truce, act(1, key="7"), better) == [("red/2", "key_twice")]
    assert odd(truce, act(1, key="8"), better) == []


def test_an_author_whom_no_agreement_knows_is_told_once(truce):
    """With the first of its records; who observes a mechanism is known."""
    assert odd(truce, act(1, by="rad"), act(2, by="rad", text="more"), act(1, by="envoy")) == [
        ("rad/1", "unknown_author")
    ]
