"""Which records are looked at: those known by then, each once, several equal ones as one act in time."""

import pytest
from attrs import evolve

import pen
from ceasefire.assessment.knowledge.forks import Chains
from ceasefire.assessment.knowledge.ledger import is_known, ledger
from ceasefire.clock import instant, iso
from ceasefire.errors import RecordError
from ceasefire.record import Absent, Event


def at(text):
    """Return an instant in microseconds."""
    return instant(text).us


def event(number=1, by="red", **more):
    """Return an author's event of January."""
    fields = {"recorded": "2020-02-10T00:00:00Z", "occurred": "2020-01", "name": "meeting"}
    return pen.event(number, by, **fields | more)


def held(*records, known_at=None, zone="UTC"):
    """Return what is known of records."""
    return ledger(records, Chains(), known_at, zone, lambda name: name)


def odd(found):
    """Return the problems: record and code."""
    return [(problem.record, problem.code) for problem in found.problems]


def times(found):
    """Return when each occurred."""
    return {name: (iso(t.first), iso(t.last)) for name, t in found.times.items()}


# Each once


def test_a_record_is_known_from_when_it_was_received():
    """In a file, from when it was recorded; one that says neither always was."""
    received = event(received="2020-03-01T00:00:00Z")
    day = at("2020-03-01T00:00:00Z")
    assert [is_known(received, known) for known in (None, day, day - 1)] == [True, True, False]
    written = event(recorded="2020-03-01T00:00:00Z")
    assert [is_known(written, known) for known in (None, day, day - 1)] == [True, True, False]
    assert is_known(event(recorded=None), 0)


def test_what_was_not_known_is_not_there():
    """Nor is it counted."""
    early, late = event(1), event(2, recorded="2020-03-01T00:00:00Z")
    found = held(early, late, known_at=at("2020-02-20T00:00:00Z"))
    assert (list(found.held), found.count) == (["red/1"], 1)
    assert held(early, late).count == 2
    twice = held(
        early, event(1, name="other", recorded="2020-03-01T00:00:00Z"), known_at=at("2020-02-20T00:00:00Z")
    )
    assert odd(twice) == []


def test_the_same_record_twice_is_one_and_two_of_one_id_are_a_problem():
    """Which of them is looked at does not hang on which came first."""
    assert odd(held(event(), event())) == []
    one, two = event(name="ambush"), event(name="zeal")
    for records in ((one, two), (two, one), (one, two, one)):
        found = held(*records)
        assert set(odd(found)) == {("red/1", "duplicate_id")}
        assert all("two different records have the id red/1" in problem.what for problem in found.problems)
        assert found.held["red/1"] == one
        assert found.count == 1


@pytest.mark.parametrize("missing", ["id", "by"])
def test_a_record_without_id_or_author_is_refused(missing):
    """Also beside others that have both."""
    fields = {"id": "red/1", "by": "red", "occurred": "2020-01-01", "name": "meeting"}
    with pytest.raises(RecordError, match="event has no id or no author"):
        held(event(2), Event(**{name: value for name, value in fields.items() if name != missing}))


def test_records_stand_in_the_order_of_authors_and_numbers():
    """However they came."""
    found = held(event(10), event(2), event(1, by="blue"), event(1))
    assert list(found.held) == list(found.wordings.by_id) == ["blue/1", "red/1", "red/2", "red/10"]


def test_a_record_without_its_body_is_a_problem_and_has_no_wording():
    """What it says is not known."""
    gone = Absent(by="red", id="red/2", recorded="2020-02-10T00:00:00Z", was="event")
    found = held(event(), gone)
    assert odd(found) == [("red/2", "withheld")]
    assert (list(found.absent), list(found.wordings.by_id), found.count) == (["red/2"], ["red/1"], 2)


# When


def test_equal_records_are_one_act_in_time():
    """It occurred by the earliest that says so; one that was taken back says nothing any more, unless all were."""
    early = event(1, recorded="2020-01-20T00:00:00Z")
    late = event(1, by="blue", recorded="2020-01-25T00:00:00Z")
    span = ("2020-01-01T00:00:00Z", "2020-01-20T00:00:00Z")
    assert times(held(early, late)) == {"blue/1": span, "red/1": span}
    assert held(early, late).equal == {"blue/1": "blue/1", "red/1": "blue/1"}
    back = pen.withdrawal(2, of="red/1", recorded="2020-02-01T00:00:00Z")
    later = ("2020-01-01T00:00:00Z", "2020-01-25T00:00:00Z")
    assert times(held(early, late, back)) == {"blue/1": later, "red/1": later}
    both = pen.withdrawal(2, "blue", of="blue/1", recorded="2020-02-01T00:00:00Z")
    assert times(held(early, late, back, both)) == {"blue/1": span, "red/1": span}
    other = event(3, name="truce")
    assert times(held(early, other))["red/3"] == ("2020-01-01T00:00:00Z", "2020-01-31T23:59:59.999999Z")


def test_of_equal_lasting_events_the_one_that_ended_first_says_when():
    """Where they began alike; one that is not over ends never."""
    over = event(
        1, by="blue", occurred={"from": "2020-01-05", "to": "2020-01"}, recorded="2020-01-20T00:00:00Z"
    )
    same = event(1, occurred={"from": "2020-01-05", "to": "2020-01"}, recorded="2020-01-25T00:00:00Z")
    for records in ((over, same), (same, over)):
        assert {iso(t.until) for t in held(*records).times.values()} == {"2020-01-20T00:00:00Z"}


@pytest.mark.parametrize(
    ("record", "seen_from"),
    [
        (event(), "2020-01-31T23:59:59.999999Z"),
        (pen.response(recorded="2020-02-10T00:00:00Z", to="blue/1", step="note"), "2020-02-10T00:00:00Z"),
        (
            pen.response(recorded="2020-02-10T00:00:00Z", to="blue/1", step="note", occurred="2020-02-01"),
            "2020-02-01T23:59:59.999999Z",
        ),
        (
            pen.tally(recorded="2020-02-10T00:00:00Z", period="2020-01-05", count=1),
            "2020-01-05T23:59:59.999999Z",
        ),
        (
            pen.appraisal(recorded="2020-02-10T00:00:00Z", commitment="map", period="2020-01", grade="full"),
            "2020-01-31T23:59:59.999999Z",
        ),
        (pen.tally(recorded="2020-02-10T00:00:00Z", answers="blue/1", confirmed=1), None),
        (pen.finding(1, "blue/1", by="red", recorded="2020-02-10T00:00:00Z"), None),
    ],
)
def test_each_kind_is_seen_from_its_own_time(record, seen_from):
    """An act when it had occurred, a count at the end of its period; findings are knowledge and always are."""
    found = held(record)
    assert {name: iso(us) for name, us in found.seen_from.items()} == (
        {} if seen_from is None else {"red/1": seen_from}
    )
    if seen_from is not None:
        assert list(found.seen(at(seen_from)).wordings.by_id) == ["red/1"]
        assert list(found.seen(at(seen_from) - 1).wordings.by_id) == []


def test_dates_are_read_in_the_zone_of_the_record_else_of_the_agreement():
    """Also those of a remedy and of a period."""
    remedy = pen.response(
        2, recorded="2020-02-10T00:00:00Z", to="blue/1", step="remedy", occurred="2020-01-05"
    )
    count = pen.tally(3, recorded="2020-02-10T00:00:00Z", period="2020-01-05", count=1)
    act = pen.incident(recorded="2020-02-10T00:00:00Z", occurred="2020-01-05")
    note = pen.response(4, recorded="2020-02-10T00:00:00Z", to="blue/1", step="note", occurred="2020-01-05")
    for zone, last in (
        ("UTC", "2020-01-05T23:59:59.999999Z"),
        ("Asia/Damascus", "2020-01-05T21:59:59.999999Z"),
    ):
        records = (act, remedy, count, note)
        found = held(*records, zone=zone)
        assert {iso(us) for us in found.seen_from.values()} == {last}
        assert len(found.seen_from) == 4
        own = held(*(evolve(record, timezone="Asia/Tehran") for record in records), zone=zone)
        assert {iso(us) for us in own.seen_from.values()} == {"2020-01-05T20:29:59.999999Z"}


def test_on_a_day_what_had_not_occurred_is_gone_with_all_that_is_of_it():
    """Its times and what it equals; it is known all the same, so what corrects it is no problem."""
    one, two = event(1), event(1, by="blue")
    later = event(3, occurred="2020-03")
    correction = pen.correction(4, of="red/3", recorded="2020-02-11T00:00:00Z", set={"text": "words"})
    found = held(one, two, later, correction)
    on = found.seen(at("2020-02-01T00:00:00Z"))
    assert set(on.times) == set(on.equal) == set(on.wordings.by_id) == {"blue/1", "red/1"}
    assert (odd(on), on.coming) == ([], {"red/3"})
    whole = found.seen(at("2020-05-01T00:00:00Z"))
    assert set(whole.times) == set(whole.equal) == {"blue/1", "red/1", "red/3"}
    assert (odd(whole), whole.coming, whole.count, on.count) == ([], frozenset(), 4, 4)
    assert whole.wordings is found.wordings
