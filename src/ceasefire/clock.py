"""The only door to pendulum, and to time zones: aware instants, partial dates, calendar periods.

Inside the library an instant is an integer: microseconds since 1970 in UTC, so that comparing costs
nothing. Around that integer stand the three things people write down (docs/rules/time.md): an `Instant`
with its offset, a `PartialDate` (a day or a month, never made more precise than it was), and a `Lasting`
span of either. Local days and months are read with the time zone rules of the `tzdata` package, not the
system's, so that a report has the same bytes on every laptop.
"""

from __future__ import annotations

import re
from calendar import monthrange
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

import tzdata  # type: ignore[import-untyped]  # one constant of a package of data
from attrs import field, frozen

from ceasefire.errors import InvalidTime, NaiveTime, date_meant, quoted
from ceasefire.packaged import folder_of
from ceasefire.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Microseconds in a second and in a day of 24 hours.
SECOND: Final = 1_000_000
DAY: Final = 86_400 * SECOND
#: By how much the clocks of several computers may differ before it is told.
CLOCKS_DIFFER: Final = 3_600 * SECOND
#: Stands for "no bound": later than any instant a file can state.
FOREVER: Final = 2**62
#: The years a file may state; calendar arithmetic stays far from datetime's own limits.
FIRST_YEAR, LAST_YEAR = 1000, 2999

#: Whether what is read was kept before a day written 00 was refused: it is read as its month.
_KEPT: ContextVar[bool] = ContextVar("_KEPT", default=False)
_NAIVE, _EPOCH = datetime(1970, 1, 1), datetime(1970, 1, 1, tzinfo=UTC)  # noqa: DTZ001 – written with Z
_INSTANT = regex(r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)([Zz]|[+-]\d\d:?\d\d)?", re.ASCII)
_PARTIAL = regex(r"(\d{4})-(\d\d)(?:-(\d\d))?", re.ASCII)
#: One of a set, from the first to the last (ISO 8601-2, level 2).
_SET = regex(r"\[([^\[\]{},]+?)\.\.([^\[\]{},]+)\]")
_DURATION = regex(
    r"P(?=.)(?:(\d{1,4})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,6})D)?"
    r"(?:T(?=.)(?:(\d{1,7})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?",
    re.ASCII,
)


@frozen(order=True, weakref_slot=False)
class Instant:
    """A moment, aware, in whole microseconds of UTC.

    Two instants are equal when they are the same moment, in whatever zone they
    were written; the text is kept beside it, for print.
    """

    #: Microseconds since 1970-01-01T00:00:00Z.
    us: int
    #: As it was written, offset included.
    stated: str = field(default="", eq=False, order=False)

    def __str__(self) -> str:
        """Return it as written, else in UTC."""
        return self.stated or iso(self.us)

    def bounds(self, zone: str) -> tuple[int, int]:
        """Return its first and last microsecond: itself, twice."""
        del zone  # an instant is aware; nothing is read locally
        return self.us, self.us


@frozen(order=True)
class PartialDate:
    """A day (`2017-05-14`) or a month (`2017-05`): one instant somewhere in it."""

    year: int
    month: int
    #: None for a month; 0 where a journal has kept one that was once written so.
    day: int | None = None

    def __str__(self) -> str:
        """Return the ISO 8601 form it was written in."""
        text = f"{self.year:04d}-{self.month:02d}"
        return text if self.day is None else f"{text}-{self.day:02d}"

    def bounds(self, zone: str) -> tuple[int, int]:
        """Return its first and last microsecond, read in the time zone named."""
        return _date_bounds(self.year, self.month, self.day or None, zone)

    def last_day(self) -> PartialDate:
        """Return its last day: itself, unless it is a month."""
        if self.day:
            return self
        return PartialDate(self.year, self.month, monthrange(self.year, self.month)[1])


Moment = Instant | PartialDate


@frozen
class OneOf:
    """One instant, not known which, from the beginning of a first moment to the end of a last."""

    first: Moment
    last: Moment

    def __str__(self) -> str:
        """Return the ISO 8601-2 form it was written in, `[2017-05-04..2017-05-08]`."""
        return f"[{self.first}..{self.last}]"

    def bounds(self, zone: str) -> tuple[int, int]:
        """Return its first and last microsecond, read in the time zone named."""
        first = self.first.bounds(zone)[0]
        return first, max(first, self.last.bounds(zone)[1])


@frozen
class Lasting:
    """An act that lasted all the time between two moments; without `end` it still goes on."""

    start: Moment | OneOf
    end: Moment | OneOf | None = None


Occurrence = Instant | PartialDate | OneOf | Lasting


@frozen
class Duration:
    """A calendar duration (ISO 8601): months and days by the calendar, the rest elapsed."""

    months: int
    days: int
    us: int
    stated: str = field(default="", eq=False)

    def __str__(self) -> str:
        """Return it as written."""
        return self.stated

    def after(self, anchor: Moment, zone: str, times: int = 1) -> Moment:
        """Return the anchor moved on `times` durations, counted from the anchor in one step.

        From a date a date, from an instant an instant, from a month its last day
        (docs/agreement-files.md). 31 January + P1M is 28 February, + P2M is 31 March (docs/rules/time.md).
        """
        try:
            if isinstance(anchor, PartialDate):
                return self._after_day(anchor.last_day(), times)
            return Instant(self.after_us(anchor.us, zone, times))
        except (OverflowError, ValueError) as error:
            raise InvalidTime(f"{self} after {anchor} lies beyond the year {LAST_YEAR}") from error

    def after_us(self, us: int, zone: str, times: int = 1) -> int:
        """Return the instant `times` durations after an instant, by the local calendar of `zone`."""
        if not self.months and not self.days:
            return us + self.us * times
        local = to_local(us, zone)
        day = _moved(local.date(), self.months * times, self.days * times)
        return from_local(datetime.combine(day, local.time()), zone) + self.us * times

    def _after_day(self, day: PartialDate, times: int) -> PartialDate:
        # Hours after a date: a date has no hour to count from, so a begun day counts whole.
        hours = -(-self.us * times // DAY)
        first = date(day.year, day.month, day.day or 1)
        moved = _moved(first, self.months * times, self.days * times + hours)
        return PartialDate(moved.year, moved.month, moved.day)


def _moved(day: date, months: int, days: int) -> date:
    """Return the plain day so many months and days later. Most of an import would be that of pendulum."""
    import pendulum

    moved = pendulum.date(day.year, day.month, day.day).add(months=months, days=days)
    return date(moved.year, moved.month, moved.day)


@contextmanager
def as_kept() -> Iterator[None]:
    """Read times as journals have kept them: a day written 00, which no new record may state, is a month."""
    token = _KEPT.set(True)
    try:
        yield
    finally:
        _KEPT.reset(token)


def instant(value: object) -> Instant:
    """Return an `Instant` from one, from an aware datetime or from its ISO 8601 text.

    A datetime goes the way of its text, so that whatever is taken can be read again.
    Raises `NaiveTime` for a time without an offset and `InvalidTime` for anything else.
    """
    if isinstance(value, Instant):
        return value
    if isinstance(value, datetime):
        value = _written(value)
    found = _INSTANT.fullmatch(value) if isinstance(value, str) else None
    if not isinstance(value, str) or not found:
        raise InvalidTime(f"{quoted(value)} is no instant: write one like 2017-05-14T10:00:00+03:00")
    if not found[3]:
        raise NaiveTime(f"{quoted(value)} has no UTC offset: write {value}+03:00 or {value}Z")
    try:
        parsed = datetime.fromisoformat(value.upper())
        return Instant(_in_range(parsed, _to_us(parsed)), str.__str__(value))
    except (ValueError, OverflowError) as error:
        why = "its offset is of a day or more" if "timedelta" in str(error) else error
        raise InvalidTime(f"{quoted(value)} is no instant that exists: {why}") from error


def moment(value: object) -> Moment:
    """Return an instant, a day or a month from its ISO 8601 text (or a date, or a datetime)."""
    if isinstance(value, Instant | PartialDate):
        return value
    if isinstance(value, date) and not isinstance(value, datetime):
        return _partial(value.year, value.month, value.day, value)
    if isinstance(value, str) and (found := _PARTIAL.fullmatch(value)):
        return _partial(int(found[1]), int(found[2]), int(found[3]) if found[3] else None, str.__str__(value))
    if isinstance(value, str) and not _INSTANT.fullmatch(value):
        what = f"{quoted(value)} is no date: write {date_meant(value)}"
        raise InvalidTime(f"{what}, or with a time and its offset, such as 2018-12-20T10:00:00+03:00")
    return instant(value)


def some_time(value: object) -> Moment | OneOf:
    """Return one instant as far as it is known: a moment, or one of those from a first to a last."""
    if isinstance(value, OneOf):
        return value
    if not isinstance(value, str) or value[:1] not in ("[", "{"):
        return moment(value)
    if not (found := _SET.fullmatch(value)):
        what = f"{quoted(value)} is not one of a first and a last"
        raise InvalidTime(f'{what}: write "[2017-05-04..2017-05-08]"')
    one = OneOf(moment(found[1]), moment(found[2]))
    if _certainly_before(one.last, one.first):
        raise InvalidTime(f"{quoted(value)} ends before it begins: write the earlier one first")
    return one


def occurrence(value: object) -> Occurrence:
    """Return what `occurred` states: some time, or `{"from": …, "to": …}` for what lasted."""
    if isinstance(value, Lasting):
        return value
    if not isinstance(value, dict):
        return some_time(value)
    if "from" not in value or set(value) - {"from", "to"}:
        what = f"{quoted(value)} is no span"
        raise InvalidTime(f'{what}: write {{"from": …, "to": …}}, without "to" if it goes on')
    end = value.get("to")
    span = Lasting(some_time(value["from"]), None if end is None else some_time(end))
    if span.end is not None and _certainly_before(span.end, span.start):
        written = quoted(occurrence_json(span))
        raise InvalidTime(f"{written} ends before it begins: write the earlier one first")
    return span


def duration(value: object) -> Duration:
    """Return a `Duration` from its ISO 8601 text, such as P6M, P2W or PT72H."""
    if isinstance(value, Duration):
        return value
    found = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if not found:
        raise InvalidTime(f"{quoted(value)} is no duration: write one like P6M, P2W, P10D or PT72H")
    years, months, weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    elapsed = ((hours * 60 + minutes) * 60 + seconds) * SECOND
    result = Duration(years * 12 + months, weeks * 7 + days, elapsed, str.__str__(value))
    if not (result.months or result.days or result.us):
        raise InvalidTime(f"{quoted(value)} is no time at all: a duration must be longer than nothing")
    return result


def occurrence_json(value: Occurrence) -> Any:
    """Return the JSON form of an occurrence: the text as it was written."""
    if not isinstance(value, Lasting):
        return str(value)
    return {"from": str(value.start)} | ({} if value.end is None else {"to": str(value.end)})


def last_instant(value: object, zone: str) -> int:
    """Return what `as_of` or `known_at` means: an instant, or the last microsecond of a date."""
    return moment(value).bounds(zone)[1]


@lru_cache(maxsize=65_536)
def iso(us: int) -> str:
    """Return an instant in UTC, ending in Z, with microseconds only if not zero."""
    return (_NAIVE + timedelta(microseconds=us)).isoformat() + "Z"


def read_iso(text: str) -> int:
    """Return the instant that `iso` wrote: a reckoned one may lie beyond the years a file can state."""
    return _to_us(datetime.fromisoformat(text))


def to_local(us: int, zone: str) -> datetime:
    """Return the local time of an instant in the time zone named."""
    return (_EPOCH + timedelta(microseconds=us)).astimezone(time_zone(zone))


def from_local(local: datetime, zone: str) -> int:
    """Return the instant of a naive local time.

    One that the clocks skip is read with the offset before the change, one that occurs twice as its
    first occurrence (PEP 495, fold=0): a day may begin at 01:00, as Damascus changes at midnight.
    """
    return _to_us(local.replace(tzinfo=time_zone(zone), fold=0))


def now() -> Instant:
    """Read the clock. Only the edge of a journal and the command line call this."""
    return Instant(_to_us(datetime.now(UTC)))


def tzdata_version() -> str:
    """Return the release of the time zone rules in use, such as 2026b."""
    return str(tzdata.IANA_VERSION)


@lru_cache(maxsize=64)
def time_zone(name: str) -> ZoneInfo:
    """Return the rules of an IANA time zone, such as Asia/Damascus, from the `tzdata` package."""
    parts, refused = name.split("/"), f"{quoted(name)} is no time zone: write one like Asia/Damascus"
    if not all(re.fullmatch(r"[A-Za-z0-9_+-]+", part, re.ASCII) for part in parts):
        raise InvalidTime(refused)
    try:
        with folder_of("tzdata").joinpath("zoneinfo", *parts).open("rb") as rules:
            return ZoneInfo.from_file(rules, key=name)
    except (OSError, ValueError) as error:
        raise InvalidTime(refused) from error


@lru_cache(maxsize=65_536)
def _date_bounds(year: int, month: int, day: int | None, zone: str) -> tuple[int, int]:
    first = date(year, month, day or 1)
    after = first + timedelta(days=monthrange(year, month)[1] if day is None else 1)
    start, end = (from_local(datetime(d.year, d.month, d.day), zone) for d in (first, after))  # noqa: DTZ001 – made aware by from_local
    return start, end - 1


def _partial(year: int, month: int, day: int | None, value: object) -> PartialDate:
    # As some data write what is not known; the first of the month is made up.
    if not month or (day == 0 and not _KEPT.get()):
        whole = f"{year:04d}-{month:02d}" if month else f"[{year:04d}-01..{year:04d}-12]"
        other = f", or one of a first and a last day: [{whole}-04..{whole}-08]" if month else ""
        raise InvalidTime(f"{value!r} leaves open which {'day' if month else 'month'}: write {whole}{other}")
    try:
        date(year, month, day or 1)
    except ValueError as error:
        raise InvalidTime(f"{quoted(value)} is no date that exists: {error}") from error
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidTime(f"{quoted(value)} lies outside the years {FIRST_YEAR} to {LAST_YEAR}")
    return PartialDate(year, month, day)


def _written(value: datetime) -> str:
    """Return the text of a datetime: in UTC where its offset has seconds, which ISO 8601 cannot write.

    The local mean time of a zone is such an offset: +02:25:12 in Damascus until 1920.
    """
    try:
        text = value.isoformat()
        if value.utcoffset() is None or _INSTANT.fullmatch(text):
            return text
        return value.astimezone(UTC).isoformat()
    except (ValueError, TypeError, NotImplementedError) as error:  # pandas.NaT, which stands for no time
        raise InvalidTime(
            f"{quoted(value, 60)} is no instant: leave the field out where no time is known"
        ) from error
    except OverflowError as error:
        raise InvalidTime(f"{text!r} lies outside the years {FIRST_YEAR} to {LAST_YEAR}") from error


def _in_range(parsed: datetime, us: int) -> int:
    if not FIRST_YEAR <= parsed.year <= LAST_YEAR:
        raise ValueError(f"outside the years {FIRST_YEAR} to {LAST_YEAR}")
    return us


def _to_us(aware: datetime) -> int:
    if aware.utcoffset() is None:
        raise NaiveTime(f"{aware.isoformat()} has no UTC offset")
    since: timedelta = datetime.__sub__(aware, _EPOCH)  # pendulum's own counts in months and years
    return (since.days * 86_400 + since.seconds) * SECOND + since.microseconds


def _certainly_before(end: Moment | OneOf, start: Moment | OneOf) -> bool:
    """Tell whether an end lies before a start whatever the time zone of their dates.

    Two instants, and two dates, are read alike; only a date beside an instant leaves a doubt.
    """
    end = end.last if isinstance(end, OneOf) else end
    start = start.first if isinstance(start, OneOf) else start
    doubt = 0 if isinstance(end, Instant) == isinstance(start, Instant) else DAY
    return end.bounds("UTC")[1] + doubt < start.bounds("UTC")[0]
