"""What a span of time may say: its end is not before its start, in whatever time zone it is read."""

import pytest

import ceasefire as cf
from ceasefire.clock import instant, iso, occurrence, read_iso
from ceasefire.errors import InvalidTime


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
