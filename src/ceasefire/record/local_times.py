"""Local times of a record that names its time zone, with the offset that the zone has then.

Where the clocks were put back, a local time occurs twice, and where they were put
forward, some do not occur: both are refused, for nobody but its author knows which
instant is meant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from ceasefire.clock import time_zone
from ceasefire.errors import InvalidTime, NaiveTime
from ceasefire.patterns import regex

#: A time of day without an offset, alone or in a set of two (ISO 8601-2).
_LOCAL: Final = regex(
    r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?![\d:.]|[Zz]|[+-]\d)", re.ASCII
)


def zone_or_none(name: object) -> str | None:
    """Return the name of a time zone, or None where it is none."""
    if not isinstance(name, str):
        return None
    try:
        return str(time_zone(name).key)
    except InvalidTime:
        return None


def in_zone(value: Any, zone: str) -> Any:
    """Return a value as a record states times, every local time in it with its offset in this zone.

    Raises `NaiveTime` for a local time that occurs twice there, and `InvalidTime` for one
    that does not occur.
    """
    if isinstance(value, datetime):
        return value if value.utcoffset() is not None else _with_offset(value.isoformat(), zone)
    if isinstance(value, str):
        return _LOCAL.sub(lambda found: _with_offset(found[0], zone), value)
    if isinstance(value, Mapping):
        return {name: in_zone(part, zone) for name, part in value.items()}
    return value


def _with_offset(text: str, zone: str) -> str:
    try:
        local = datetime.fromisoformat(text.upper())
        first, second = (local.replace(tzinfo=time_zone(zone), fold=fold) for fold in (0, 1))
        offsets = _offset(first), _offset(second)
        occurs = first.astimezone(UTC).astimezone(first.tzinfo).replace(tzinfo=None) == local
    except (ValueError, OverflowError) as error:
        raise InvalidTime(f"{text!r} is no time that exists: {error}") from error
    if not occurs:
        raise InvalidTime(
            f"{text!r} does not occur in {zone}, where the clocks were put forward over it: "
            f"write a time that does, or one with its offset, {text}{offsets[0]} or {text}{offsets[1]}"
        )
    if offsets[0] != offsets[1]:
        raise NaiveTime(
            f"{text!r} occurs twice in {zone}, where the clocks were put back: "
            f"write {text}{offsets[0]} for the first time, or {text}{offsets[1]} for the second"
        )
    if (
        first.utcoffset() or timedelta()
    ).seconds % 60:  # the mean time of a place, which has no offset to write
        return first.astimezone(UTC).isoformat()
    return f"{text}{offsets[0]}"


def _offset(aware: datetime) -> str:
    return aware.isoformat()[-6:]
