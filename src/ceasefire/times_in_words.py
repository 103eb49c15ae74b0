"""How times are written in a report: the local day for reading, UTC to the second for reckoning.

No locale is asked: months have their English names from here. Local means the
time zone of the agreements, which the head of every report names.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from ceasefire.clock import SECOND, Instant, Lasting, OneOf, PartialDate, iso, moment, read_iso, to_local

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire.clock import Moment, Occurrence

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_LAST: Final = (23, 59, 59)


def utc(us: int) -> str:
    """Return an instant in UTC to the second, ending in Z."""
    return iso(us - us % SECOND)


def day_words(year: int, month: int, day: int | None) -> str:
    """Return a day such as 14 May 2017, or a month such as May 2017."""
    name = f"{MONTHS[month - 1]} {year}"
    return f"{day} {name}" if day else name


def local_words(us: int, zone: str) -> str:
    """Return the local time of an instant, with seconds only if there are any."""
    local = to_local(us, zone)
    return f"{day_words(local.year, local.month, local.day)}, {clock_words(us, zone)}"


def clock_words(us: int, zone: str) -> str:
    """Return the local time of day of an instant, with seconds only if there are any."""
    local = to_local(us, zone)
    return f"{local.hour:02d}:{local.minute:02d}" + (f":{local.second:02d}" if local.second else "")


def instant_words(us: int, zone: str) -> str:
    """Return an instant in local time and in UTC; the last microsecond of a day as the end of that day."""
    local = to_local(us, zone)
    if ends_a_day(us, zone):
        return f"end of {day_words(local.year, local.month, local.day)} ({utc(us)})"
    return f"{local_words(us, zone)} ({utc(us)})"


def ends_a_day(us: int, zone: str) -> bool:
    """Tell whether an instant lies in the last second of a local day."""
    local = to_local(us, zone)
    return (local.hour, local.minute, local.second) == _LAST


def offset_words(us: int, zone: str) -> str:
    """Return how far local time is from UTC at an instant, such as UTC+03:00."""
    offset = to_local(us, zone).utcoffset() or timedelta()
    minutes = int(offset.total_seconds()) // 60
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def stated_words(text: str, zone: str) -> str:
    """Return a time of the output object, a date, a month or an instant, for reading."""
    value = _read(text)
    if isinstance(value, PartialDate):
        return day_words(value.year, value.month, value.day)
    return instant_words(value.us, zone)


def occurrence_words(value: Occurrence | None, zone: str, dated_in: str | None = None) -> str:
    """Return when something occurred, as precise as it was stated and no more.

    `dated_in` is the time zone in which its own dates are read, where a record names
    one: it stands beside them if it is not `zone`, for a day elsewhere is another day.
    """
    if value is None:
        return "not stated"
    if isinstance(value, PartialDate):
        return day_words(value.year, value.month, value.day) + elsewhere(zone, dated_in)
    if isinstance(value, Instant):
        return instant_words(value.us, zone)
    if isinstance(value, OneOf):
        first, last = (occurrence_words(end, zone, dated_in) for end in (value.first, value.last))
        return f"some time from {first} to {last}"
    if value.end is None:
        return f"from {occurrence_words(value.start, zone, dated_in)}, going on"
    return span_words(value, zone, dated_in)


def elsewhere(zone: str, dated_in: str | None) -> str:
    """Return the time zone in which a date is read, if it is not that of the report."""
    return "" if dated_in in (None, zone) else f" ({dated_in} time)"


def span_words(value: Lasting, zone: str, dated_in: str | None = None) -> str:
    """Return a span; two days of one month share its name."""
    start, end = value.start, value.end
    if isinstance(start, PartialDate) and isinstance(end, PartialDate) and start.day and end.day:
        read_in = elsewhere(zone, dated_in)
        last = day_words(end.year, end.month, end.day) + read_in
        if start == end:
            return last
        if (start.year, start.month) == (end.year, end.month):
            return f"{start.day}–{last}"
        if start.year == end.year:
            return f"{start.day} {MONTHS[start.month - 1]} – {last}"
    return f"{occurrence_words(start, zone, dated_in)} to {occurrence_words(end, zone, dated_in)}"


def local_day(us: int, zone: str) -> str:
    """Return the ISO date of the local day an instant lies in."""
    return to_local(us, zone).date().isoformat()


def days_between(first: int, last: int, zone: str) -> tuple[str, ...]:
    """Return the ISO dates of the local days from one instant to another, both included."""
    day, end = to_local(first, zone).date(), to_local(last, zone).date()
    found = []
    while day <= end:
        found.append(day.isoformat())
        day += timedelta(days=1)
    return tuple(found)


def window_words(first: int, last: int, zone: str) -> str:
    """Return the local days from one instant to another, both included, as words.

    With its hour where it begins or ends within a day: 01:00 on 24 March 2017 to 27 March 2017.
    """
    days = days_between(first, last, zone)
    if not cut_days(first, last, zone):
        return day_ranges(days)
    # The last microsecond before an hour is told as that hour.
    end = last + 1 if (last + 1) % SECOND == 0 else last
    begins, ends = day_ranges(days[:1]), day_ranges(days[-1:])
    begins = begins if _begins(first, zone) else f"{clock_words(first, zone)} on {begins}"
    ends = ends if _begins(last + 1, zone) else f"{clock_words(end, zone)} on {ends}"
    return f"{begins} to {ends}"


def cut_days(first: int, last: int, zone: str) -> tuple[str, ...]:
    """Return the local days, as ISO dates, of which only a part lies between two instants."""
    cut = [] if _begins(first, zone) else [local_day(first, zone)]
    cut += [] if _begins(last + 1, zone) else [local_day(last, zone)]
    return tuple(dict.fromkeys(cut))


def _begins(us: int, zone: str) -> bool:
    """Tell whether a local day begins at an instant: at midnight, or where the clocks skip midnight."""
    return local_day(us, zone) != local_day(us - 1, zone)


def day_ranges(days: Iterable[str]) -> str:
    """Return ISO dates as words, neighbours drawn together: 8–12 May 2017, 15 May 2017."""
    return "; ".join(_run_words(first, last) for first, last in runs_of_days(days))


def runs_of_days(days: Iterable[str]) -> list[tuple[date, date]]:
    """Return ISO dates, neighbours drawn together: the first and the last day of each run."""
    runs: list[tuple[date, date]] = []
    for day in map(date.fromisoformat, days):
        if runs and day - runs[-1][1] == timedelta(days=1):
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs


def read_us(text: str | None, *, end: bool = False, zone: str = "UTC") -> int | None:
    """Return the microseconds of a time of the output object: of a date its first, or its last if `end`."""
    if text is None:
        return None
    return _read(text).bounds(zone)[1 if end else 0]


def exactly(text: str) -> int:
    """Return the microseconds of an instant of the output object."""
    return read_iso(text)


def _read(text: str) -> Moment:
    return Instant(read_iso(text), text) if text.endswith("Z") else moment(text)


def _run_words(first: date, last: date) -> str:
    start, end = PartialDate(first.year, first.month, first.day), PartialDate(last.year, last.month, last.day)
    return span_words(Lasting(start, end), "UTC")
