"""How instants are written: what many of them share, kept once in the place of their texts.

A text of a regular instant – a day, a time to the second or the microsecond, an offset – says nothing but its
microseconds, its offset and how fine it is. So an instant that was read keeps what writes it, which thousands
of others keep too, and has its text when it is asked for it.

Equal to keeping each text; tests/record/test_plain.py holds it. Without this module each is kept.
"""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from ceasefire.clock import DAY, SECOND

if TYPE_CHECKING:
    from collections.abc import Callable

_FIRST_DAY: Final = date(1970, 1, 1).toordinal()


@cache
def writer(ahead: int, offset: str, *, fine: bool) -> Callable[[int], str]:
    """Return what writes instants at an offset, so many microseconds ahead of UTC and written so.

    `fine` ones are written to the microsecond, others to the second.
    """

    def written(us: int) -> str:
        day, rest = divmod(us + ahead, DAY)
        seconds, rest = divmod(rest, SECOND)
        minutes, seconds = divmod(seconds, 60)
        if fine:
            return _day(day) + _minute(minutes) + _second(seconds) + f".{rest:06}" + offset
        return _day(day) + _minute(minutes) + _second(seconds) + offset

    return written


@lru_cache(maxsize=4_096)
def _day(number: int) -> str:
    """Return the day that is so many after the first of 1970."""
    return date.fromordinal(_FIRST_DAY + number).isoformat()


@cache
def _minute(number: int) -> str:
    """Return the minute of a day that is so many after midnight."""
    return f"T{number // 60:02}:{number % 60:02}"


@cache
def _second(number: int) -> str:
    """Return the second of a minute."""
    return f":{number:02}"
