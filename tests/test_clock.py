"""Times as they come in: datetimes become texts that read back; a span does not end before it starts."""

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pendulum
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import ceasefire as cf
from ceasefire.clock import instant, iso, occurrence, occurrence_json, read_iso
from ceasefire.errors import InvalidTime, NaiveTime


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2017-05-14T10:00:00+03:00", "2017-05-14T06:59:59Z"),
        ("2017-05-02", "2017-05-01"),
        ("2017-05", "2017-04"),
        ("2017-05", "2017-04-30"),
        ("2017-05-01", "2017-04"),
        ("2017-05-14T10:00:00Z", "2017-05-12"),
        ("2017-05-14", "2017-05-12T23:00:00Z"),
    ],
)
def test_a_span_that_ends_before_it_begins_is_refused(start, end):
    """Two instants are compared to the microsecond, two dates by the calendar."""
    with pytest.raises(InvalidTime, match="ends before it begins"):
        occurrence({"from": start, "to": end})


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2017-05-14T10:00:00+03:00", "2017-05-14T07:00:00Z"),
        ("2017-05-14", "2017-05-14"),
        ("2017-05", "2017-05-03"),
        ("2017-05-14", "2017-05"),
        ("2017-05-14T02:00:00Z", "2017-05-13"),
        ("2017-05-14", "2017-05-13T13:00:00Z"),
        ("2017-05-14", None),
    ],
)
def test_a_span_that_may_be_in_order_is_kept(start, end):
    """A date beside an instant leaves open in which time zone the day is, so the doubt is left to it."""
    span = occurrence({"from": start, "to": end})
    assert (str(span.start), span.end and str(span.end)) == (start, end)


@pytest.mark.parametrize(
    "stated",
    [
        "[2017-05-04..2017-05-08]",
        "[2017-05..2017-06-03]",
        "[2017-05-04..2017-05-04]",
        "[2017-05-04T10:00:00.5+03:00..2017-05-08T10:00:00Z]",
        "[2017-05-04..2017-05-08T10:00:00Z]",
        "[2017-05-14T22:00:00Z..2017-05-14]",
    ],
)
def test_some_time_between_is_kept_as_it_was_written(stated):
    """It is one instant, from the beginning of the first to the end of the last, in whatever time zone."""
    for value in (stated, {"from": stated}, {"from": "2017-05-01", "to": stated}):
        assert occurrence_json(occurrence(value)) == value
    for zone in ("UTC", "Asia/Damascus", "Pacific/Kiritimati"):
        first, last = occurrence(stated).bounds(zone)
        assert first <= last
    assert cf.Incident(occurred=stated, act="attack").occurred == occurrence(occurrence(stated))


@pytest.mark.parametrize(
    ("stated", "instead"),
    [
        ("2017-05-00", "write 2017-05, or one of"),
        ("2017-00-00", r"\[2017-01..2017-12\]"),
        ("2017-00", r"\[2017-01..2017-12\]"),
        ("[2017-05-00..2017-05-08]", "write 2017-05, or one of"),
        ("[2017-05-08..2017-05-04]", "write the earlier one first"),
        ("[..2017-05-08]", r"write .\[2017-05-04..2017-05-08\]"),
        ("[2017-05-04..]", r"write .\[2017-05-04..2017-05-08\]"),
        ("[2017-05-04,2017-05-08]", r"write .\[2017-05-04..2017-05-08\]"),
        ("{2017-05-04..2017-05-08}", r"write .\[2017-05-04..2017-05-08\]"),
        ("[2017-05-04..[2017-05-05..2017-05-08]]", r"write .\[2017-05-04..2017-05-08\]"),
        ("[2017-05-04...2017-05-08]", "no date"),
        ("[2017-05-04..someday]", "no date"),
    ],
)
def test_a_day_that_is_not_known_is_never_made_up(stated, instead):
    """What is not known is refused where it cannot be read, and the message says how to write it."""
    for value in (stated, {"from": stated}, {"from": "2017-05-01", "to": stated}):
        with pytest.raises(InvalidTime, match=instead):
            occurrence(value)


@pytest.mark.parametrize(
    ("stated", "instead"),
    [
        ("13/12/2018", "write 2018-12-13,"),
        ("5/6/2017", "write 2017-06-05 or 2017-05-06,"),
        ("30/2/2019", "write 2018-12-20,"),
        ("31.4.2019", "write 2018-12-20,"),
        ("0.5.2019", "write 2018-12-20,"),
        ("29/2/2020", "write 2020-02-29,"),
    ],
)
def test_advice_names_only_days_that_exist(stated, instead):
    """Where what is meant is no day, an example shows the form."""
    with pytest.raises(InvalidTime, match=instead):
        occurrence(stated)


def test_only_what_occurred_may_be_some_time_between():
    """A count has its period, and what a decision lays down its moment: those are stated, not found out."""
    some = "[2017-05-04..2017-05-08]"
    for wrong in (
        lambda: cf.Tally(period=some, count=3),
        lambda: cf.Tally(period={"from": some}, count=3),
        lambda: cf.Appraisal(commitment="c", period={"from": "2017-05-01", "to": some}, grade="full"),
        lambda: cf.Response(to="c", step="remedy", period=some),
        lambda: cf.Decision(does="suspend", agreement="a", occurred=some, until=some),
        lambda: cf.Decision(does="suspend", agreement="a", occurred=some, effective=some),
        lambda: cf.assess(cf.agreement("syria-de-escalation-2017"), [], as_of=some),
    ):
        with pytest.raises(cf.CeasefireError, match="write"):
            wrong()
    assert str(cf.Finding(on="a/1", ended=some).ended) == some


def test_what_is_reckoned_may_lie_beyond_what_can_be_stated():
    """A term that begins in the last year a file can state ends later, and can be read back."""
    us = instant("2999-12-31T23:59:59.999999-11:00").us
    assert iso(us) == "3000-01-01T10:59:59.999999Z"
    assert read_iso(iso(us)) == us
    with pytest.raises(InvalidTime, match="outside the years 1000 to 2999"):
        instant(iso(us))


def test_a_report_of_a_term_that_outlasts_the_years_a_file_can_state(tmp_path):
    """Whatever can be assessed can be reported."""
    path = tmp_path / "long.toml"
    path.write_text('ceasefire = 1\nid = "long"\nadopted = 2999-06-01\nduration = "P500Y"\n')
    status = cf.assess(cf.agreement(path), [], as_of="2999-12-31")
    assert status.to_dict()["agreements"][0]["until"] == "3499-06-01T00:00:00Z"
    assert "1 June 3499" in cf.report(status).to_markdown()


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
OFFSETS = st.timedeltas(timedelta(hours=-23, minutes=-59), timedelta(hours=23, minutes=59)).map(timezone)
AWARE = st.datetimes(timezones=st.one_of(st.timezones(), OFFSETS))


@given(AWARE | AWARE.map(pendulum.instance))
@example(datetime(1919, 7, 1, 12, tzinfo=ZoneInfo("Asia/Damascus")))
@example(pendulum.datetime(1919, 7, 1, 12, tz="Asia/Damascus"))
@example(datetime(2017, 10, 27, 0, 30, fold=1, tzinfo=ZoneInfo("Asia/Damascus")))
@example(datetime(2999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC))
@example(datetime.max.replace(tzinfo=timezone(timedelta(hours=-1, seconds=-1))))
@example(datetime.min.replace(tzinfo=timezone(timedelta(seconds=1))))
def test_what_a_datetime_says_reads_back_as_the_same_instant(value):
    """Whatever its offset, local mean time too; outside the years a file can state it is refused."""
    try:
        found = instant(value)
    except InvalidTime:
        assert not 1000 < value.year < 2999
        return
    assert found.us == datetime.__sub__(value, EPOCH) // timedelta(microseconds=1)
    assert instant(str(found)) == found


def test_a_datetime_is_printed_in_its_own_offset_where_that_can_be_written():
    """ISO 8601 writes offsets in hours and minutes: those of local mean time are written in UTC."""
    damascus = ZoneInfo("Asia/Damascus")
    assert str(instant(datetime(2017, 5, 14, 10, tzinfo=damascus))) == "2017-05-14T10:00:00+03:00"
    assert str(instant(datetime(1919, 7, 1, 12, tzinfo=damascus))) == "1919-07-01T09:34:48+00:00"


@pytest.mark.parametrize("year", [1, 999, 3000, 9999])
def test_a_datetime_outside_the_years_a_file_can_state_is_refused(year):
    """What is no time of a record can be written into none, and nothing is assessed as of it."""
    value = datetime(year, 12, 31, tzinfo=UTC)
    memo = cf.agreement("syria-de-escalation-2017")
    with cf.Journal.in_memory(author="russia") as journal:
        for call in (
            lambda: instant(value),
            lambda: cf.Incident(occurred=value, act="attack"),
            lambda: cf.Incident(occurred={"from": "2017-05-14", "to": value}, act="attack"),
            lambda: journal.record(cf.Incident(occurred="2017-05-14", act="attack"), at=value),
            lambda: cf.assess(memo, [], as_of=value),
            lambda: cf.report(cf.assess(memo, [], as_of=date(2017, 5, 14)), issued=value),
        ):
            with pytest.raises(InvalidTime, match="outside the years 1000 to 2999"):
                call()
        assert list(journal) == []


class _Unsaid(tzinfo):
    """A time zone that does not say its offset."""

    def utcoffset(self, _):
        return None


@pytest.mark.parametrize("zone", [None, _Unsaid()])
def test_a_datetime_without_an_offset_is_naive(zone):
    """It is never read in a time zone that nobody named."""
    with pytest.raises(NaiveTime, match="has no UTC offset"):
        instant(datetime(2017, 5, 14, 10, tzinfo=zone))


def test_a_journal_keeps_a_datetime_in_local_mean_time():
    """A record that is accepted can be read, and its chain verified."""
    noon = datetime(1919, 7, 1, 12, tzinfo=ZoneInfo("Asia/Damascus"))
    with cf.Journal.in_memory(author="russia") as journal:
        journal.record(cf.Incident(occurred=noon, act="attack"), at=noon)
        assert [record.occurred.us for record in journal] == [instant(noon).us]
        assert journal.verify() == ()
