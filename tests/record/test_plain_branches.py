"""Each branch of the quick way to a record, on a line made for it; that both ways agree is in test_plain.py."""

import pytest

from ceasefire.clock import instant
from ceasefire.errors import InvalidValue
from ceasefire.record import Finding, Incident, Tally, canonical, from_json
from ceasefire.record.json import plain_records, plain_values
from ceasefire.record.json.plain_records import PlainKind, record_of_line
from ceasefire.record.json.plain_values import look_at_instant, plain_value, read_instant

SAID = {
    "kind": "incident",
    "by": "russia",
    "id": "russia/1",
    "recorded": "2017-05-14T18:00:00Z",
    "act": "attack",
}


def line(**more):
    """Return the canonical line of an incident with these fields."""
    return canonical(SAID | {"occurred": "2017-05-14"} | more)


@pytest.mark.parametrize(
    "occurred",
    ["2017-05-14", "2017-05", "2017-05-14T12:00:00Z", "2017-05-14T12:00Z", "[2017-05-04..2017-05-08]"],
)
def test_times_are_read_as_they_are_written(occurred):
    """A day, a month, an instant regular or not, one of several days: each is what the careful way makes of it."""
    for _ in range(2):  # the second time, what was kept of the first
        _, record = record_of_line(line(occurred=occurred))
        assert record.occurred == from_json(SAID | {"occurred": occurred}).occurred


def test_a_time_that_is_none_goes_the_careful_way():
    """Of regular shape and on no calendar, or of another shape: neither is answered here."""
    good = line(occurred="2017-05-14T12:00:00Z")
    for wrong in (b"2017-13-14T12:00:00Z", b"2017-05-14 12:00:00"):
        assert record_of_line(good.replace(b"2017-05-14T12:00:00Z", wrong)) is None
    for look in (look_at_instant, read_instant):
        with pytest.raises(InvalidValue):
            look("2017-13-14T12:00:00Z")
        with pytest.raises(InvalidValue):
            look("yesterday")
    look_at_instant("2017-05-14T12:00:00Z")
    assert read_instant("2017-05-14T12:00Z") == instant("2017-05-14T12:00Z")


def test_a_time_is_looked_at_as_it_is_read():
    """What is only looked at ends in the same."""
    look = plain_value(next(f for f in Incident.__attrs_attrs__ if f.name == "occurred").converter).look
    for good in ("2017-05-14T12:00:00Z", "2017-05-14"):
        look(good)
    for wrong in ("2017-13-14T12:00:00Z", "2017-05-99"):
        with pytest.raises(InvalidValue):
            look(wrong)


def test_a_day_without_a_number_is_not_kept(monkeypatch):
    """`-00` is a month in what a journal keeps and a mistake elsewhere; and no more is kept than has room."""
    monkeypatch.setattr(plain_values, "_kept_dates", {})
    assert record_of_line(line().replace(b"2017-05-14", b"2017-05-00", 1)) is None
    monkeypatch.setattr(plain_values, "_MANY", 0)
    assert record_of_line(line()) is not None
    assert plain_values._kept_dates == {}  # noqa: SLF001 - what is remembered


def test_a_line_without_a_required_field_is_left_to_the_careful_way():
    """Nor is one of no kind, of fields that there are not, or one that is not canonical."""
    good = line()
    assert record_of_line(good.replace(b'"occurred":"2017-05-14",', b"")) is None
    assert record_of_line(good.replace(b'"incident"', b'"omen"')) is None
    assert record_of_line(good.replace(b'"act"', b'"acts"')) is None
    assert record_of_line(good.replace(b",", b", ", 1)) is None


def test_no_more_is_remembered_than_has_room(monkeypatch):
    """Of sets of fields, and of values said together: what is not remembered is found again each time."""
    monkeypatch.setattr(plain_records, "_MANY", 0)
    kind = PlainKind(Finding, (), named=True)
    said = {"kind": "finding", "attributed_to": ["russia"], "on": "turkey/1", "outcome": "confirmed"}
    shape = kind.shape(said)
    assert kind.shape(said) is not shape
    assert shape.said_together(said) == (("russia",),)
    kind.remember(shape, shape.said_together(said))
    assert shape.in_order == set()


def test_what_is_said_together_is_looked_up_only_where_it_can_be():
    """A kind that does not tell which fields it looks at, and a field that holds an object, are looked at each time."""
    tallies, incidents = PlainKind(Tally, (), named=True), PlainKind(Incident, (), named=True)
    counted = {"kind": "tally", "by_zone": {"idlib": 1}, "period": "2017-05-14"}
    assert tallies.shape(counted).said_together(counted) is None
    shape = incidents.shape({"kind": "incident", "act": "attack", "occurred": "2017-05-14"})
    assert shape._replace(looked_at=None).said_together({}) is None
    tallies.remember(tallies.shape(counted), None)
    kept = shape._replace(in_order=set())
    incidents.remember(kept, ("once",))
    assert kept.in_order == {("once",)}


def test_evidence_is_read_once_for_all_that_say_the_same():
    """What it says is kept; where nothing is kept yet, it is read."""
    plain_values._evidence.cache_clear()  # noqa: SLF001 - what is remembered
    _, record = record_of_line(line(evidence=[{"title": "Bulletin", "url": "https://example.org/1"}]))
    assert [one.title for one in record.evidence] == ["Bulletin"]
