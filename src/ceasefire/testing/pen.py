"""Writing records one after another, each under the next number of its author's chain."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeVar

from ceasefire.testing import universe
from ceasefire.testing.extra import choose, seldom
from ceasefire.testing.extra import strategies as st

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ceasefire.instruments import Agreement, Commitment

_T = TypeVar("_T")
#: Ids that no record of a history bears.
GHOSTS: Final = ("ghost/9", "ant/99")
_AUTHORS: Final = (*universe.MEMBERS, *universe.MEMBERS, *universe.SIDES, universe.ONLOOKER)


class Pen:
    """Writes records as JSON objects, so that they can point at each other, circles included."""

    def __init__(self, draw: st.DrawFn, agreements: Sequence[Agreement]) -> None:
        """Begin with no records, about these agreements."""
        self._draw = draw
        self.agreements = tuple(agreements)
        self.zone = agreements[0].timezone
        self.commitments = [c for a in agreements for c in a.commitments if c.duty != "declare"]
        self.records: list[dict[str, Any]] = []
        self._numbers: dict[str, int] = {}

    def write(self, by: str, kind: str, **fields: Any) -> str:
        """Add a record and return its id; fields that are None or empty are left out."""
        number = self._numbers[by] = self._numbers.get(by, 0) + 1
        name = f"{by}/{number}"
        recorded, relayed, keyed = self.choose(_WRITTEN)
        record = {"kind": kind, "by": by, "id": name, "recorded": recorded}
        if keyed:
            record["key"] = universe.KEYS[number % len(universe.KEYS)]
        record |= {field: value for field, value in fields.items() if value not in (None, [], {})}
        if relayed:
            self._relayed(record)
        self.records.append(record)
        return name

    def choose(self, options: Sequence[_T]) -> _T:
        """Return one of the options."""
        return choose(self._draw, options)

    def seldom(self, times: int) -> bool:
        """Return True once in so many times."""
        return seldom(self._draw, times)

    def author(self) -> str:
        """Return who writes: mostly a member."""
        return self.choose(_AUTHORS)

    def ids(self, *kinds: str) -> list[str]:
        """Return the ids of the records of these kinds (all, if none is named)."""
        return [r["id"] for r in self.records if not kinds or r["kind"] in kinds]

    def one_of(self, *kinds: str) -> str:
        """Return the id of one record of these kinds; seldom, or where there is none, one of nothing."""
        found = self.ids(*kinds)
        if not found or self.seldom(12):
            return self.choose(GHOSTS)
        return self.choose(found)

    def commitment(self, *duties: str) -> Commitment | None:
        """Return a commitment of one of these duties, where there is one; else any with a row, or None."""
        found = [c for c in self.commitments if c.duty in duties] or self.commitments
        return self.choose(found) if found else None

    def occurred(self) -> Any:
        """Return when something occurred: an instant, a date, a month, one of several of these, or a span."""
        return self.choose(_occurrences(self.zone))

    def some_time(self) -> str:
        """Return one instant as far as it is known: an instant, a date, or one of several days."""
        days = universe.DAYS
        return f"[{days[2]}..{days[4]}]" if self.seldom(6) else self.moment()

    def moment(self) -> str:
        """Return an instant or a date."""
        return self.choose(_moments(self.zone))

    def _relayed(self, record: dict[str, Any]) -> None:
        """Make a record another's statement, that its author passes on."""
        said_by = self.choose(universe.MEMBERS)
        if said_by != record["by"]:
            record |= {"said_by": said_by, "evidence": [{"title": "letter"}]}


#: When a record was written, whether it passes on what another said, and whether it has a key.
_WRITTEN: Final = tuple(
    (recorded, turn == 0, turn == 1)
    for turn in (2, 3, 4, 5, 6, 7, 1, 0)
    for recorded in (*universe.WRITTEN[:1], *universe.WRITTEN)
)


@lru_cache
def _occurrences(zone: str) -> tuple[Any, ...]:
    noons = universe.instants(zone)[3::4]
    days = [day.isoformat() for day in universe.DAYS]
    lasting: list[dict[str, str]] = [
        {"from": noons[2], "to": noons[3]},
        {"from": noons[1], "to": noons[5]},
        {"from": noons[3]},
        {"from": days[2], "to": days[4]},
        {"from": days[4]},
        {"from": noons[2], "to": days[3]},
        {"from": f"[{days[2]}..{days[3]}]", "to": f"[{noons[3]}..{days[5]}]"},
        {"from": f"[{noons[0]}..{noons[2]}]"},
    ]
    ends = ((days[1], days[3]), (noons[2], noons[4]), (days[2], noons[5]), ("2017-03", days[6]))
    several = [f"[{first}..{last}]" for first, last in ends]
    common = [*noons[2:6] * 8, *days[1:7], *universe.instants(zone)]
    return (*common, *lasting, *several, *universe.MONTHS)


@lru_cache
def _moments(zone: str) -> tuple[str, ...]:
    return (*universe.instants(zone)[3::4], *(d.isoformat() for d in universe.DAYS))


def moments(zone: str = "UTC") -> st.SearchStrategy[str]:
    """Return a strategy of instants and dates of the small world, for `as_of`, `known_at` and `since`.

    Among them are each local midnight with the microseconds before and after it, and
    a day after everything.
    """
    days = [day.isoformat() for day in universe.DAYS]
    after = (universe.DAYS[-1] + timedelta(days=30)).isoformat()
    return st.sampled_from((*(after,) * 16, *days, *universe.instants(zone), universe.WRITTEN[0]))
