"""Dates as a table writes them: by a pattern that is told, never guessed.

A pattern has the signs of `strftime`: %d %m %Y %y %b %B %H %M %S. Names of months are
English, whatever the machine speaks, or those that a mapping tells. `iso` is 2017-05-14,
2017-05 or an instant, and what a cell states by itself of several days (`as_stated`); `excel`
is a serial number of a spreadsheet.
"""

from __future__ import annotations

import calendar
import json
import re
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ceasefire.clock import Instant, moment
from ceasefire.errors import CeasefireError, RecordError
from ceasefire.instruments.names import folded
from ceasefire.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Mapping

ISO: Final = "iso"
EXCEL: Final = "excel"
#: How well a date may be known: the table of docs/imports.md, "Dates".
KNOWN: Final = ("day", "week", "month", "year", "span", "some_day")

_MONTHS: Final = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
                  "october", "november", "december")  # fmt: skip
_NUMBER: Final = {name[:n]: n_ for n_, name in enumerate(_MONTHS, 1) for n in (3, len(name))} | {"sept": 9}
_SIGNS: Final = {
    "d": r"(?P<d>\d{1,2})",
    "m": r"(?P<m>\d{1,2})",
    "Y": r"(?P<Y>\d{4})",
    "y": r"(?P<y>\d{2})",
    "b": r"(?P<b>\D+?)\.?",
    "B": r"(?P<b>\D+?)\.?",
    "H": r"(?P<H>\d{1,2})",
    "M": r"(?P<M>\d{2})",
    "S": r"(?P<S>\d{2})",
    "%": "%",
}
#: Names of months beside those.
_NO_MORE: Final[Mapping[str, int]] = MappingProxyType({})
#: A two-digit year is of the hundred years that end with 2068, as POSIX has it.
_PIVOT: Final = 69
#: The day before the first of a spreadsheet's: it takes 1900 for a leap year.
_ZERO: Final = date(1899, 12, 30)
_SERIAL: Final = regex(r"(\d{1,7})(\.\d+)?", re.ASCII)
_ISO_TIME: Final = regex(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(:\d\d(\.\d+)?)?)", re.ASCII)
#: A database or a spreadsheet writes a day with it.
_MIDNIGHT: Final = "00:00:00"
_ISO_WEEK: Final = regex(r"(\d{4})-W(\d\d)", re.ASCII)
_ONE_OF: Final = regex(r"\[\d{4}-\d\d[^/]*\]", re.ASCII)
_LASTING: Final = regex(r"(\[?\d{4}-\d\d[^/]*)/(\[?\d{4}-\d\d[^/]*|\.\.)", re.ASCII)
#: Days of a week that lie before or behind one of its days, whichever day it begins on.
_WEEK: Final = timedelta(days=6)


class Days(NamedTuple):
    """The first and the last day that a cell means, with the times at which it states them."""

    first: date
    last: date
    #: A local time or an instant on the first day, and on the last, where they are stated.
    start: str | None = None
    end: str | None = None


class _NoDayError(RecordError):
    """What is written as a pattern says, and is no day that exists or is known by its month."""


def pattern_flaw(pattern: str) -> str | None:
    """Return what is wrong with a pattern for dates, or None."""
    if pattern in (ISO, EXCEL):
        return None
    signs = re.findall(r"%(.?)", pattern)
    unknown = [sign for sign in signs if sign not in _SIGNS]
    if unknown:
        return f"%{unknown[0]} is no sign of a date: write %d, %m, %Y, %y, %b, %H, %M or %S"
    groups = ["b" if sign == "B" else sign for sign in signs if sign != "%"]
    if len(set(groups)) < len(groups):
        return "one sign stands in it twice: write each once"
    if not {"Y", "y"} & set(groups):
        return "it has no year: write %Y"
    return None


def days_of(cell: str, pattern: str, months: Mapping[str, int] = _NO_MORE) -> Days:
    """Return the days that a cell states: one, those of a month, or those of a year.

    `months` are names of months (`month_name`) beside the English ones, with their numbers.
    Raises `RecordError` for a cell that is not written as the pattern says.
    """
    if pattern == ISO:
        return _iso(cell)
    if pattern == EXCEL:
        found = _SERIAL.fullmatch(cell)
        try:
            return _one(_ZERO + timedelta(days=int(found[1]))) if found else _iso(cell)
        except OverflowError as error:
            raise RecordError(f"{cell!r} is no day of a spreadsheet: write a date") from error
    found = _expression(pattern).fullmatch(cell)
    if found is None:
        raise RecordError(
            f"{cell!r} is not written as {pattern!r} says: write it so, or say how it is written"
        )
    parts = {name: value for name, value in found.groupdict().items() if value is not None}
    return _of_parts(cell, parts, months)


def as_stated(cell: str, patterns: tuple[str, ...]) -> Any | None:
    """Return the JSON form of what a cell states by itself of several days, if iso is among its patterns.

    One of some days, `[a..b]`, what lasted, `a/b`, or lasts, `a/..` (ISO 8601-2); None of any other cell.
    """
    if ISO not in patterns:
        return None
    if found := _LASTING.fullmatch(cell):
        return {"from": found[1]} | ({} if found[2] == ".." else {"to": found[2]})
    return cell if _ONE_OF.fullmatch(cell) else None


def first_read(cell: str, patterns: tuple[str, ...], months: Mapping[str, int] = _NO_MORE) -> Days:
    """Return what a cell states by the first pattern that it is written by; raises `RecordError` for none.

    `months` as in `days_of`.
    """
    told: list[CeasefireError] = []
    for pattern in patterns:
        try:
            return days_of(cell, pattern, months)
        except CeasefireError as error:
            told.append(error)
    if len(told) > 1 and not any(isinstance(error, _NoDayError) for error in told):
        written = ", ".join(map(repr, patterns))
        raise RecordError(
            f"{cell!r} is written in none of the ways {written}: write it so, or say how it is written"
        )
    raise next((error for error in told if isinstance(error, _NoDayError)), told[-1])


@lru_cache(maxsize=32)
def _expression(pattern: str) -> re.Pattern[str]:
    parts = re.split(r"%(.)", pattern)
    made = [re.escape(part) if n % 2 == 0 else _SIGNS[part] for n, part in enumerate(parts)]
    return re.compile("".join(made), re.ASCII)


def _iso(cell: str) -> Days:
    if found := _ISO_TIME.fullmatch(cell):
        day = _one(_day(cell, *map(int, found[1].split("-"))))
        # a database or a spreadsheet writes a day so
        return day if found[2].strip("0:.") == "" else _at(day, f"{found[1]}T{found[2]}")
    if found := _ISO_WEEK.fullmatch(cell):
        return _week(cell, int(found[1]), int(found[2]))
    stated = moment(cell)
    if isinstance(stated, Instant):
        return _at(_one(date.fromisoformat(cell[:10])), str(stated))
    return _span(cell, stated.year, stated.month, stated.day)


def _week(cell: str, year: int, number: int) -> Days:
    try:
        return lasted(_one(date.fromisocalendar(year, number, 1)), 7)
    except ValueError as error:
        raise _NoDayError(f"{cell!r} is no week that exists: {error}") from error


def lasted(days: Days, number: int) -> Days:
    """Return so many days from the first; raises `RecordError` beyond the last day that there is."""
    try:
        return Days(days.first, days.first + timedelta(days=number - 1))
    except OverflowError as error:
        raise RecordError(f"{days.first.isoformat()} is too near the end of all calendars") from error


def _at(day: Days, time: str) -> Days:
    return day._replace(start=time, end=time)


def _of_parts(cell: str, parts: dict[str, str], months: Mapping[str, int]) -> Days:
    year = int(parts["Y"]) if "Y" in parts else _century(int(parts["y"]))
    month = int(parts["m"]) if "m" in parts else None
    if "b" in parts:
        name = month_name(parts["b"])
        month = months.get(name) or _NUMBER.get(name)
        if month is None:
            raise _NoDayError(
                f"{cell!r} names no month of the year in English: write it as a number, or say it in the "
                f"mapping, such as months = {{ {json.dumps(name, ensure_ascii=False)} = 5 }}"
            )
    found = _span(cell, year, month, int(parts["d"]) if "d" in parts else None)
    if "H" not in parts:
        return found
    clock = ":".join(f"{int(parts.get(sign, 0)):02}" for sign in "HMS")
    if clock == _MIDNIGHT:
        return found
    return _at(found, f"{found.first.isoformat()}T{clock}")


def month_name(name: str) -> str:
    """Return the name of a month without regard to case, to blanks, and to the point of an abbreviation."""
    return folded(name).rstrip(". ")


def _century(year: int) -> int:
    return year + (1900 if year >= _PIVOT else 2000)


def _span(cell: str, year: int, month: int | None, day: int | None) -> Days:
    if month is None:
        return Days(_day(cell, year, 1, 1), _day(cell, year, 12, 31))
    if day is None:
        first = _day(cell, year, month, 1)
        return Days(first, first.replace(day=calendar.monthrange(year, month)[1]))
    return _one(_day(cell, year, month, day))


def _one(day: date) -> Days:
    return Days(day, day)


def _day(cell: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise _NoDayError(f"{cell!r} is no day that exists: {error}") from error


def widened(days: Days, known: str) -> Days:
    """Return the days among which it was, at no stated time, where a date is for a week, a month or a year.

    Raises `RecordError` where a week goes beyond the first or the last day that there is.
    """
    first = days.first
    match known:
        case "week":
            try:
                return Days(first - _WEEK, days.last + _WEEK)
            except OverflowError as error:
                raise RecordError(f"{first.isoformat()} is too near the end of all calendars") from error
        case "month":
            return _span(first.isoformat(), first.year, first.month, None)
        case "year":
            return _span(first.isoformat(), first.year, None, None)
    return days


def stated(days: Days, *, lasting: bool) -> Any:
    """Return what a record states: a day, one of several days, or what lasted from the first to the last."""
    first, last = days.start or days.first.isoformat(), days.end or days.last.isoformat()
    if first == last:
        return first
    return {"from": first, "to": last} if lasting else f"[{first}..{last}]"
