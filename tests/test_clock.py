"""What a span of time may say: its end is not before its start, in whatever time zone it is read."""

import pytest

from ceasefire.clock import occurrence
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
