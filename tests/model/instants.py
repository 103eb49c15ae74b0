"""Instants, dates and months, durations, and how they are read and written.

An instant is a whole number of microseconds since 1970 in UTC. A `Moment` is something written down: an instant,
a date or a month, with the first and the last microsecond it may mean.
"""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MICRO = dt.timedelta(microseconds=1)
DURATION = re.compile(
    r"^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$"
)


@dataclass(frozen=True)
class Moment:
    """What was written: one instant from `first` to `last`.

    `day` is the date (of a month its last day, of one of several days the last); None where it ends with an
    instant.
    """

    first: int
    last: int
    day: dt.date | None = None

    @property
    def begins(self) -> int:
        """When something that begins then begins: a date begins with its day."""
        return self.first

    @property
    def ends(self) -> int:
        """When something that ends then is over: a date ends with its day."""
        return self.last if self.day is None else self.last + 1

    @property
    def passes(self) -> int:
        """When a deadline at this moment passes: an instant one microsecond later, a date at midnight."""
        return self.last + 1

    def capped(self, recorded: int) -> "Moment":
        """An imprecise act occurred by the instant it was recorded, if that lies within it."""
        if self.first <= recorded <= self.last:
            return Moment(self.first, recorded, self.day)
        return self


def micros(moment: dt.datetime) -> int:
    """An aware datetime as microseconds."""
    return (moment - EPOCH) // MICRO


def instant(at: int) -> Moment:
    """A known instant as a moment."""
    return Moment(at, at)


def midnight(day: dt.date, zone: ZoneInfo) -> int:
    """The first instant of a local day."""
    return micros(dt.datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(dt.UTC))


def of_day(day: dt.date, zone: ZoneInfo) -> Moment:
    """A local day as a moment."""
    return Moment(midnight(day, zone), midnight(day + dt.timedelta(days=1), zone) - 1, day)


def of_month(text: str, zone: ZoneInfo) -> Moment:
    """A local month as a moment."""
    year, month = int(text[:4]), int(text[5:7])
    last_day = dt.date(year, month, calendar.monthrange(year, month)[1])
    return Moment(midnight(dt.date(year, month, 1), zone), of_day(last_day, zone).last, last_day)


def read(value: object, zone: ZoneInfo) -> Moment:
    """Read a TOML date or datetime, or a string of a record; dates and naive TOML times are local to `zone`."""
    if isinstance(value, dt.datetime):
        aware = value if value.tzinfo else value.replace(tzinfo=zone)
        return instant(micros(aware.astimezone(dt.UTC)))
    if isinstance(value, dt.date):
        return of_day(value, zone)
    text = str(value)
    if text.startswith("["):  # some time from the beginning of a first to the end of a last
        first, last = (read(end, zone) for end in text.strip("[]").split(".."))
        return Moment(first.first, max(first.first, last.last), last.day)
    if re.fullmatch(r"\d{4}-\d{2}", text):
        return of_month(text, zone)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return of_day(dt.date.fromisoformat(text), zone)
    return read(dt.datetime.fromisoformat(text), zone)


def read_instant(text: str) -> int:
    """An instant that must be aware, such as `recorded`."""
    return read(text, ZoneInfo("UTC")).first


def write(at: int | None) -> str | None:
    """An instant as text that ends in Z, with microseconds only if not zero."""
    if at is None:
        return None
    return (EPOCH + at * MICRO).replace(tzinfo=None).isoformat() + "Z"


def parts(duration: str, times: int = 1) -> tuple[int, int, int]:
    """A duration as (months, days, microseconds), each taken `times` over."""
    found = DURATION.match(duration)
    if not found or duration in {"P", "PT"}:
        raise ValueError(duration)
    years, months, weeks, days, hours, minutes, seconds = (int(n or 0) for n in found.groups())
    whole = (hours * 3600 + minutes * 60 + seconds) * 1_000_000
    return (years * 12 + months) * times, (weeks * 7 + days) * times, whole * times


def add_to_day(day: dt.date, months: int, days: int) -> dt.date:
    """Calendar months from the anchor, clipped to the month's last day, then days."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    clipped = min(day.day, calendar.monthrange(year, month + 1)[1])
    return dt.date(year, month + 1, clipped) + dt.timedelta(days=days)


def add_to_instant(at: int, duration: str, zone: ZoneInfo, times: int = 1) -> int:
    """Months and days on the local calendar, then hours as elapsed time."""
    months, days, rest = parts(duration, times)
    local = (EPOCH + at * MICRO).astimezone(zone)
    if not months and not days:
        return at + rest
    day = add_to_day(local.date(), months, days)
    moved = dt.datetime.combine(day, local.time(), tzinfo=zone).replace(fold=local.fold)
    return micros(moved.astimezone(dt.UTC)) + rest


def add(anchor: Moment, duration: str, zone: ZoneInfo, times: int = 1) -> Moment:
    """From a date a date, from an instant an instant, from a month its last day's."""
    if anchor.day is None:
        return instant(add_to_instant(anchor.last, duration, zone, times))
    months, days, rest = parts(duration, times)
    # A date has no hour to count from: a day begun counts whole.
    day = add_to_day(anchor.day, months, days - (-rest // 86_400_000_000))
    return of_day(day, zone)
