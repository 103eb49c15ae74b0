"""What is wrong with a record is told by its field, all at once; and values of tables are values like others."""

import json
from datetime import UTC, date, datetime, timedelta, timezone

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ceasefire as cf
from ceasefire.clock import to_local
from ceasefire.record import KINDS, from_json, to_json


def act(**fields):
    """Return an incident with these fields."""
    return cf.Incident(**({"occurred": "2017-05-14", "act": "attack.shelling"} | fields))


# ---------------------------------------------------------------- which field


@pytest.mark.parametrize(
    ("fields", "error", "field", "told"),
    [
        ({"act": 3}, cf.RecordError, "act", "act: 3 is no text"),
        ({"killed": {"best": "3"}}, cf.RecordError, "killed.best", "killed.best: '3' is no whole number"),
        ({"place": {"lat": 35.5}}, cf.RecordError, "place.lat", "place.lat: 35.5 is no coordinate"),
        (
            {"place": {"nam": "Hama"}},
            cf.RecordError,
            "place",
            "place: unknown field 'nam' – did you mean 'name'",
        ),
        ({"evidence": {"url": 3}}, cf.RecordError, "evidence.url", "evidence.url: 3 is no text"),
        (
            {"occurred": "20.12.2018"},
            cf.InvalidTime,
            "occurred",
            "occurred: '20.12.2018' is no date: write 2018-12-20, or",
        ),
        ({"recorded": "2017-05-14"}, cf.InvalidTime, "recorded", "recorded: '2017-05-14' is no instant"),
        (
            {"recorded": "2017-05-14T10:00:00+99:00"},
            cf.InvalidTime,
            "recorded",
            "its offset is of a day or more",
        ),
        (
            {"occurred": "2017-05-14T10:00"},
            cf.NaiveTime,
            "occurred",
            "+03:00 or 2017-05-14T10:00Z, or name the time zone",
        ),
        ({"timezone": "Damascus"}, cf.InvalidTime, "timezone", "timezone: 'Damascus' is no time zone"),
    ],
)
def test_a_mistake_names_its_field(fields, error, field, told):
    """Of a part, both names; the same from a file, where the sentence stands behind the line."""
    with pytest.raises(error) as refused:
        act(**fields)
    assert told in str(refused.value)
    assert [name for name, _ in refused.value.by_field] == [field]
    with pytest.raises(error, match=f"^{field}: "):
        from_json({"kind": "incident", "occurred": "2017-05-14", "act": "attack"} | fields)


def test_all_mistakes_of_a_record_are_told_at_once():
    """Whoever mends one need not come back for the next."""
    with pytest.raises(cf.InvalidTime) as refused:
        act(act=3, occurred="yesterday", killed={"best": -1, "high": "many"})
    fields = [name for name, _ in refused.value.by_field]
    assert fields == ["occurred", "act", "killed.best", "killed.high"]
    assert str(refused.value) == "; ".join(f"{name}: {what}" for name, what in refused.value.by_field)
    with pytest.raises(cf.RecordError, match="needs occurred, and act"):
        cf.Incident()


def test_a_mistake_in_a_file_has_line_and_field(tmp_path):
    """File, line, field, what is wrong and what to write instead."""
    path = tmp_path / "records.jsonl"
    line = {"kind": "incident", "by": "analyst", "recorded": "2017-05-14T10:00:00Z", "act": "attack"}
    path.write_text(json.dumps(line | {"occurred": "5/6/2017"}), encoding="utf-8")
    [mistake] = cf.read_records(path).mistakes
    assert str(mistake).startswith(
        f"{path}:1: occurred: '5/6/2017' is no date: write 2017-06-05 or 2017-05-06, or with a time"
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("20.12.2018", "2018-12-20"),
        ("12/20/2018", "2018-12-20"),
        ("31/12/2017", "2017-12-31"),
        ("2017/5/6", "2017-05-06"),
        ("2017-5-6", "2017-05-06"),
        ("3.4.2017", "2017-04-03"),
        ("3/4/2017", "2017-04-03 or 2017-03-04"),
        ("13.13.2017", "2018-12-20"),
        ("May 2017", "2018-12-20"),
    ],
)
def test_a_date_in_another_form_is_told_with_the_one_it_means(written, meant):
    """Of two numbers that may both be the month, both readings are given: nobody but the writer knows."""
    readings = meant.split(" or ")
    with pytest.raises(cf.InvalidTime) as refused:
        act(occurred=written)
    assert all(reading in str(refused.value) for reading in readings)


@pytest.mark.parametrize(
    "cls", [*KINDS.values(), cf.Absent, cf.Place, cf.Toll, cf.Evidence], ids=lambda c: c.__name__
)
def test_a_misspelt_keyword_is_told_with_the_nearest(cls):
    """A record has no such field, whatever its kind; and it takes its fields by name."""
    known = attrs.fields(cls)[-1].name
    with pytest.raises(cf.RecordError, match=f"has no field '{known}x' – did you mean '{known}'"):
        cls(**{f"{known}x": "value"})
    with pytest.raises(cf.RecordError, match="takes its fields by name"):
        cls("value")


def test_a_field_of_ones_own_raises_what_its_author_made_it_raise():
    """Somebody may derive a kind of record from ours: an error of their code is not told as a misspelt field."""

    @attrs.frozen(kw_only=True)
    class Sighting(cf.Incident):
        metres: int = attrs.field(converter=int)

    assert Sighting(occurred="2017-05-14", act="attack", metres="300").metres == 300
    with pytest.raises(TypeError, match="int"):
        Sighting(occurred="2017-05-14", act="attack", metres=[300])


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"key": "x" * 201}, "^key: 'x+ is too long for a key: write at most 200 characters"),
        ({"place": "Hama"}, "^place: 'Hama' is no place: write an object in braces"),
    ],
)
def test_what_the_field_of_a_record_does_not_take_is_told(fields, said):
    """With what to write instead."""
    with pytest.raises(cf.RecordError, match=said):
        act(**fields)


def test_a_coordinate_is_kept_as_it_was_written():
    """No digit is added or lost: how many there are says how exactly the place is known."""
    place = {"name": "Hama", "lat": "35.50", "lon": "-0"}
    assert to_json(act(place=place))["place"] == place


def test_a_count_of_one_of_several_days_is_a_count_of_no_period():
    """What was counted in all of a month is not what was counted on some day of it."""
    with pytest.raises(cf.RecordError, match="is no period: write a day, a month or"):
        cf.Tally(period="[2017-05-01..2017-05-31]", count=3)


def test_a_changed_copy_is_told_alike():
    """`attrs.evolve` makes a record as a script does."""
    with pytest.raises(cf.RecordError, match="did you mean 'accused'"):
        attrs.evolve(act(), acused="turkey")


def test_a_number_of_people_is_the_best_estimate():
    """`killed=3` says what most people want to say; none is a number too."""
    assert act(killed=3, injured=0).killed == cf.Toll(best=3)
    assert to_json(act(killed=3, injured=0))["injured"] == {"best": 0}
    assert from_json(to_json(act()) | {"killed": 3}) == act(killed={"best": 3})
    for wrong in (True, -1, 3.0, "3", [3]):
        with pytest.raises(cf.RecordError, match=r"^killed"):
            act(killed=wrong)


# ---------------------------------------------------------------- values of tables


class Whole:
    """A whole number that is no int, as those of numpy are."""

    def __init__(self, number):
        self.number = number

    def __index__(self):
        return self.number


class Truth:
    """A truth value that is no bool, as that of numpy is."""

    ndim = 0
    dtype = type("dtype", (), {"kind": "b"})

    def __init__(self, value):
        self.value = value

    def __bool__(self):
        return self.value


class Missing(datetime):
    """A time that is missing, as that of pandas is."""

    def utcoffset(self):
        raise ValueError("NaTType does not support utcoffset")

    def isoformat(self, *_, **__):
        return "NaT"


def test_whole_numbers_of_other_libraries_are_taken():
    """They come out of tables; what is kept is a number of Python's, which JSON can hold."""
    written = to_json(act(killed={"best": Whole(3)}, place={"precision": Whole(2)}))
    assert (written["killed"], written["place"]) == ({"best": 3}, {"precision": 2})
    assert act(killed=Whole(3)) == act(killed=3)
    tally = cf.Tally(period="2017-05-14", count=Whole(6), by_zone={"idlib": Whole(4)})
    assert json.loads(json.dumps(to_json(tally)))["by_zone"] == {"idlib": 4}
    changed = cf.Correction(of="turkey/1", set={"count": Whole(7)})
    assert json.loads(json.dumps(to_json(changed)))["set"] == {"count": 7}


def test_truth_values_of_other_libraries_are_taken():
    """Only what is one: a number is none."""
    joined = {"actor": "a", "group": "b", "occurred": "2017-05-14"}
    assert cf.Membership(joins=Truth(value=False), **joined).joins is False
    assert cf.Membership(joins=Truth(value=True), **joined).joins is True
    with pytest.raises(cf.RecordError, match=r"^joins: 1 is neither true nor false"):
        cf.Membership(joins=1, **joined)


class Unfinished(datetime):
    """A time whose zone is not finished."""

    def utcoffset(self):
        raise NotImplementedError


@pytest.mark.parametrize("field", ["occurred", "recorded"])
@pytest.mark.parametrize("cls", [Missing, Unfinished])
def test_a_time_that_is_missing_is_no_time(field, cls):
    """It is told by its field, and what to do: leave it out."""
    with pytest.raises(cf.InvalidTime, match=f"^{field}: .*leave the field out"):
        act(**{field: cls(2017, 1, 1)})


@pytest.mark.parametrize("field", ["text", "zone", "killed", "occurred", "accused"])
def test_what_tables_hold_where_nothing_is_known_is_told(field):
    """Not a number: it is neither a text nor a count nor a time."""
    with pytest.raises(cf.CeasefireError, match=rf"^{field}: .*nan"):
        act(**{field: float("nan")})


def test_what_a_journal_has_kept_is_read_as_it_was_when_it_was_written():
    """A day written 00 was once taken, as its month: nobody writes one now, and what was written is still read."""
    line = {"kind": "incident", "act": "attack", "occurred": "2017-05-00"}
    with pytest.raises(cf.InvalidTime, match=r"^occurred: .*leaves open which day"):
        from_json(line)
    read = from_json(line, kept=True)
    assert str(read.occurred) == "2017-05-00"
    assert read.occurred.bounds("UTC") == act(occurred="2017-05").occurred.bounds("UTC")
    with pytest.raises(cf.InvalidTime):
        from_json(line | {"occurred": "2017-13-00"}, kept=True)


# ---------------------------------------------------------------- local times


@pytest.mark.parametrize(
    "given",
    ["2017-05-14T10:00", "2017-05-14 10:00", datetime(2017, 5, 14, 10)],  # noqa: DTZ001 - the point
    ids=str,
)
def test_a_local_time_is_read_in_the_time_zone_of_the_record(given):
    """It is kept with the offset that the zone had then, so that nobody need look it up again."""
    read = act(occurred=given, timezone="Asia/Damascus").occurred
    assert read == cf.Incident(occurred="2017-05-14T10:00+03:00", act="attack").occurred
    assert str(read).endswith("+03:00")
    with pytest.raises(cf.NaiveTime):
        act(occurred=given)


def test_every_time_of_a_record_may_be_local():
    """From and to, and when it was written; those with an offset stay as they are."""
    line = {"kind": "incident", "by": "analyst", "act": "attack", "timezone": "Asia/Damascus"}
    span = {"from": "2017-05-14T10:00", "to": "2017-05-14T09:00Z"}
    written = to_json(from_json(line | {"recorded": "2017-12-01T08:00", "occurred": span}))
    assert written["occurred"] == {"from": "2017-05-14T10:00+03:00", "to": "2017-05-14T09:00Z"}
    assert written["recorded"] == "2017-12-01T08:00+02:00"
    assert to_json(from_json(written)) == written


def test_the_local_time_of_a_span_may_stand_beside_a_day():
    """Only what is a time of day has an offset to be found."""
    span = {"from": "2017-05-14T10:00", "to": date(2017, 5, 16)}
    written = to_json(act(occurred=span, timezone="Asia/Damascus"))
    assert written["occurred"] == {"from": "2017-05-14T10:00+03:00", "to": "2017-05-16"}


def test_a_local_time_before_there_were_time_zones_is_kept_in_utc():
    """Until 1920 Damascus had the mean time of its place, 2:25:12 before Greenwich: no offset says so."""
    read = act(occurred="1919-05-14T10:00", timezone="Asia/Damascus").occurred
    assert str(read) == "1919-05-14T07:34:48+00:00"


def test_a_local_time_of_a_day_that_does_not_exist_is_refused():
    """The first of a set of two is read in the zone of the record, and the second is no time at all."""
    with pytest.raises(cf.InvalidTime, match=r"^occurred: '2017-02-30T10:00' is no time that exists"):
        act(occurred="[2017-02-01T10:00..2017-02-30T10:00]", timezone="Asia/Damascus")


def test_a_local_time_that_occurs_twice_is_refused_with_both():
    """In Damascus the clocks went back at midnight after 26 October 2017."""
    with pytest.raises(cf.NaiveTime) as refused:
        act(occurred="2017-10-26T23:30", timezone="Asia/Damascus")
    assert str(refused.value).startswith("occurred: '2017-10-26T23:30' occurs twice in Asia/Damascus")
    assert "2017-10-26T23:30+03:00" in str(refused.value)
    assert "2017-10-26T23:30+02:00" in str(refused.value)


def test_a_local_time_that_does_not_occur_is_refused():
    """In Damascus 31 March 2017 began at one o'clock."""
    with pytest.raises(cf.InvalidTime, match="does not occur in Asia/Damascus"):
        act(occurred="2017-03-31T00:30", timezone="Asia/Damascus")


@given(
    st.datetimes(min_value=datetime(1950, 1, 1), max_value=datetime(2030, 1, 1)),  # noqa: DTZ001 - local times
    st.sampled_from(["Asia/Damascus", "Europe/Paris", "Asia/Tehran", "Australia/Lord_Howe", "UTC"]),
)
def test_a_local_time_read_in_a_zone_is_that_local_time_there(local, zone):
    """Or it is refused, and then it occurs there twice or never: a day's hour further on either side it does not matter."""
    try:
        read = act(occurred=local, timezone=zone).occurred
    except (cf.NaiveTime, cf.InvalidTime):
        around = [to_local(us, zone).utcoffset() for us in instants_around(local)]
        assert len(set(around)) > 1
        return
    assert to_local(read.us, zone).replace(tzinfo=None) == local


def instants_around(local):
    """Return instants a day before and a day after a local time, wherever it is local."""
    at = int(local.replace(tzinfo=UTC).timestamp()) * 1_000_000
    return at - 86_400_000_000, at + 86_400_000_000


def test_dates_and_aware_times_go_their_own_way():
    """A zone changes nothing about them."""
    there = timezone(timedelta(hours=3))
    assert act(occurred=date(2017, 5, 14), timezone="Asia/Damascus") == act(timezone="Asia/Damascus")
    assert str(act(occurred=datetime(2017, 5, 14, 10, tzinfo=there), timezone="UTC").occurred).endswith(
        "+03:00"
    )
