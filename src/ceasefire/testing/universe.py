"""The small world the strategies draw from: few parties, few zones, few instants.

Everything is small so that things collide: records name the same commitment, acts
fall on the same boundary, members of a mechanism answer the same claim. The days
lie around the night of 31 March 2017, in which the clocks of Damascus skipped the
hour after midnight.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

#: Members of mechanisms, the sides that owe, a group within one of them, and an onlooker.
MEMBERS: Final = ("ant", "bee", "cat")
SIDES: Final = ("north", "south")
GROUP: Final = "reds"
#: A group within the group.
CELL: Final = "reds-cell"
ONLOOKER: Final = "owl"
#: The keys that records have. They are few, so that two of one author may have the same.
KEYS: Final = ("first report", "second report")
PARTIES: Final = (*MEMBERS, *SIDES, GROUP, CELL, ONLOOKER)
#: `plain` covers `town`, and a part of `river`; `hills` lie apart.
ZONES: Final = ("plain", "town", "river", "hills")
ACTS: Final = ("attack.shelling", "attack", "access.aid-blocked", "omission")
TIME_ZONES: Final = ("UTC", "Asia/Damascus")
RULES: Final = ("consensus", "majority", "any", "member:bee", "as-reported")
EVENT: Final = "round"

#: The days everything falls on; the first is that of adoption, the second that of entry into force.
DAYS: Final = tuple(date(2017, 3, 28) + timedelta(days=n) for n in range(8))
MONTHS: Final = ("2017-03", "2017-04")
#: When records were written: on the days themselves, or after all of them.
WRITTEN: Final = (
    "2017-04-06T09:00:00Z",
    "2017-03-29T15:00:00Z",
    "2017-03-31T15:00:00Z",
    "2017-04-02T15:00:00Z",
)
#: What is counted or appraised is of one of these.
PERIODS: Final[tuple[Any, ...]] = (
    "2017-03-30", "2017-03-31", {"from": "2017-03-30", "to": "2017-04-01"}, "2017-03",
    {"from": "2017-03-28T00:00:00Z", "to": "2017-03-29T00:00:00Z"},
)  # fmt: skip
_MICROSECOND: Final = timedelta(microseconds=1)


@lru_cache
def instants(zone: str) -> tuple[str, ...]:
    """Return the few instants of the small world: each midnight, just before and after it, and noon."""
    found: list[str] = []
    for day in DAYS:
        midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
        noon = midnight + timedelta(hours=12)
        found += [_text(i) for i in (midnight - _MICROSECOND, midnight, midnight + _MICROSECOND, noon)]
    return tuple(found)


def parties(group_from: date | None, designated: date | None) -> list[dict[str, Any]]:
    """Return the tables of the parties; the group may join its side late, and may be designated."""
    member = {"group": "south"} | ({} if group_from is None else {"from": group_from})
    roles = [] if designated is None else [{"role": "designated", "from": designated}]
    return [
        {"id": "ant", "guarantees": ["north"]},
        {"id": "bee"},
        {"id": "cat"},
        {"id": "north"},
        {"id": "south"},
        {"id": GROUP, "member_of": [member], "roles": roles},
        {"id": CELL, "member_of": [GROUP]},
        {"id": ONLOOKER},
    ]


def zones() -> list[dict[str, Any]]:
    """Return the tables of the zones."""
    return [
        {"id": "plain", "covers": ["town"], "covers_part": ["river"]},
        {"id": "town"},
        {"id": "river"},
        {"id": "hills"},
    ]


def _text(instant: datetime) -> str:
    return instant.replace(tzinfo=None).isoformat() + "Z"
