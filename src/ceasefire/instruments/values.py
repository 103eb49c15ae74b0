"""What a file may write for each kind of value: texts, counts, moments, durations, words, lists.

TOML has types, and they are taken seriously: `true` is no number, `3` no text. A
moment may be a TOML date or time, or its text; a local time is read in the time
zone of its file, or refused where the file gives none (docs/agreement-files.md).
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final, get_args

from ceasefire.clock import (
    FIRST_YEAR,
    LAST_YEAR,
    Duration,
    Instant,
    Moment,
    duration,
    from_local,
    instant,
    moment,
    to_local,
)
from ceasefire.errors import InvalidTime, NaiveTime, did_you_mean, nearest, quoted
from ceasefire.instruments.toml_slips import slips

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Pairs = tuple[tuple[str, str], ...]
#: Stands for a party nobody could name (docs/rules/records.md, "Finding"): no party can be called that.
UNIDENTIFIED: Final = "unidentified"
#: The time zone in which the file being read states local times; None: it gives none.
_ZONE: ContextVar[str | None] = ContextVar("_ZONE", default=None)
#: No duty and no agreement lasts longer; so no later reckoning leaves the calendar.
_LONGEST_YEARS: Final = 500
_MOST: Final = 1_000_000
#: Characters of a value that a message shows.
_SHOWN: Final = 60


class Wrong(ValueError):
    """A value that does not fit its field: what it is, and what to write instead."""

    def __init__(self, what: str, instead: str) -> None:
        super().__init__(what)
        self.what, self.instead = what, instead


@contextmanager
def local_times_in(zone: str | None) -> Iterator[None]:
    """Read local times in this time zone while the block runs."""
    token = _ZONE.set(zone)
    try:
        yield
    finally:
        _ZONE.reset(token)


def shown(value: object) -> str:
    """Return a value as a message shows it, cut where it is long."""
    return quoted(value, _SHOWN)


def _text(value: Any, _: object = None) -> str:
    if type(value) is str:
        return value
    raise Wrong(f"is {shown(value)}, no text", "write it in quotes")


def _truth(value: Any, _: object = None) -> bool:
    if type(value) is bool:
        return value
    raise Wrong(f"is {shown(value)}", "write true or false, without quotes")


def _whole(value: Any, _: object = None) -> int:
    if type(value) is int and 1 <= value <= _MOST:
        return value
    raise Wrong(f"is {shown(value)}, no count", f"write a whole number from 1 to {_MOST}, without quotes")


def duration_of(value: Any, _: object = None) -> Duration:
    """Return a duration, if it is one and not beyond all agreements."""
    try:
        found = duration(value)
    except InvalidTime as error:
        raise Wrong(f"is {shown(value)}, no duration", "write one like P6M, P2W, P10D or PT72H") from error
    if found.months // 12 + found.days // 365 + found.us // 31_536_000_000_000 > _LONGEST_YEARS:
        raise Wrong(
            f"is {shown(value)}, longer than {_LONGEST_YEARS} years", "leave it out if there is no end"
        )
    return found


def moment_of(value: Any, _: object = None) -> Moment:
    """Return an instant, a day or a month; a local time is read in the time zone of its file."""
    if isinstance(value, time):
        raise Wrong(f"is {value.isoformat()}, a time of day without its day", "write 2017-05-06T00:00:00")
    if isinstance(value, date) and not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise Wrong(f"is {value.isoformat()}", f"write a year from {FIRST_YEAR} to {LAST_YEAR}")
    try:
        return moment(value)
    except NaiveTime:
        return _local(value)
    except InvalidTime as error:
        instead = 'write 2017-05-06, 2017-05-06T00:00:00, either with +03:00, or "2017-05"'
        if isinstance(value, str):
            instead = next((better for _, _, better in slips(value)), instead)
        raise Wrong(f"is {shown(value)}: no moment", instead) from error


def _local(value: Any) -> Instant:
    try:
        local = value if isinstance(value, datetime) else datetime.fromisoformat(value.upper())
    except ValueError as error:
        raise Wrong(f"is {shown(value)}: {error}", "write a time that exists") from error
    if not FIRST_YEAR <= local.year <= LAST_YEAR:
        raise Wrong(f"is {shown(value)}", f"write a year from {FIRST_YEAR} to {LAST_YEAR}")
    zone = _ZONE.get()
    if zone is None:
        raise Wrong(
            f"is {local.isoformat()}, a naive time: no time zone says how to read it",
            f'write {local.isoformat()}+03:00 or …Z, or give the file its timezone = "Asia/Damascus"',
        )
    try:
        return instant(to_local(from_local(local, zone), zone))
    except InvalidTime as error:
        what = f"is {local.isoformat()}, which in UTC lies in another year"
        raise Wrong(what, f"write a year from {FIRST_YEAR} to {LAST_YEAR}") from error


def in_force_of(value: Any, _: object = None) -> Any:
    """Return the moment of entry into force, or "by-decision"."""
    if value == "by-decision":
        return value
    if isinstance(value, str) and nearest(value, ("by-decision",)):
        raise Wrong(f"is {shown(value)}{did_you_mean('by-decision')}", 'write a moment, or "by-decision"')
    return moment_of(value)


def pairs(value: Any, _: object = None) -> Pairs:
    """Return pairs of scheme and code from a table of them, sorted, each once."""
    if not isinstance(value, dict):
        raise Wrong(f"is {shown(value)}, no table", 'write { scheme = "code" }')
    found = [
        (name, item)
        for name, items in value.items()
        for item in (items if isinstance(items, list) else [items])
    ]
    for name, item in found:
        if type(item) is not str or not item or not name:
            raise Wrong(
                f"has {shown(item)} for {name!r}", f'write {name or "scheme"} = "…", the code in quotes'
            )
    return tuple(sorted(dict.fromkeys(found)))


def one_of(literal: Any) -> Callable[..., Any]:
    """Return what reads one of the words of a `Literal`."""
    allowed = get_args(literal)

    def hook(value: Any, _: object = None) -> Any:
        if type(value) is str and value in allowed:
            return value
        guess = did_you_mean(nearest(value, allowed)) if isinstance(value, str) else ""
        raise Wrong(f"is {shown(value)}, not one of its words{guess}", f"write {', '.join(allowed)}")

    return hook


#: What reads a value of each of these kinds.
SIMPLE: Final[tuple[tuple[Any, Callable[..., Any]], ...]] = (
    (str, _text), (bool, _truth), (int, _whole), (Duration, duration_of), (Moment, moment_of),
    (Moment | None, moment_of),
)  # fmt: skip
