"""Tables of what the shipped record says of each commitment at the end of a year: made, never typed.

A cell is made of an assessment with what had been said by that day. Records are named by their ids, each
with the address where it was read; of many the newest stand, and how many more there are.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

import ceasefire as cf
from ceasefire.clock import read_iso, to_local
from ceasefire.times_in_words import day_words
from drawn import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

#: What is assessed together: the statement is a duty of influence over the ceasefire.
TOGETHER: Final = ("syria-ceasefire-2016", "syria-astana-2017-01-24", "syria-de-escalation-2017")
YEARS: Final = ("2017", "2019", "2024")
#: So many records of a sort are named in a cell.
_MOST: Final = 3
_STATES: Final = {
    "breached": "a breach is established",
    "disputed": "disputed",
    "alleged": "alleged, not determined",
    "remedied": "done late",
    "none_recorded": "no breach recorded",
}


@cache
def _texts() -> tuple[cf.Agreement, ...]:
    return tuple(cf.agreement(name) for name in TOGETHER)


@cache
def _records() -> dict[str, Any]:
    return {record.id or "": record for record in cf.shipped_records("syria-astana")}


@cache
def _status(year: str) -> cf.Assessment:
    """Return what the record adds up to at the end of a year, with what had been said by then."""
    day = f"{year}-12-31"
    return cf.assess(_texts(), _records().values(), as_of=day, known_at=day, relays=True)


def commitments(agreement: str) -> str:
    """Return the commitments of an agreement that somebody owes, each with what the record says of it."""
    text = cf.agreement(agreement)
    followed = [c for c in text.commitments if c.duty != "declare" and c.owed_by]
    rows = [(f"{c.clause}: {c.title} ({_owing(c, text)})", *_cells(c)) for c in followed]
    return table(("commitment", *(f"end of {year}" for year in YEARS)), rows)


def declared(agreement: str) -> str:
    """Return what an agreement declares or calls for, which nobody owes: there is nothing to follow."""
    several = [c.title for c in cf.agreement(agreement).commitments if c.duty == "declare" or not c.owed_by]
    return f"Declared, or a call on others, and so without a row: {'; '.join(several)}."


def _owing(commitment: cf.Commitment, text: cf.Agreement) -> str:
    names = _listed(_name(party, text) for party in commitment.owed_by)
    return f"{names} together" if commitment.jointly else names


def _name(party: str, text: cf.Agreement) -> str:
    return next((p.short or p.name for p in text.parties if p.id == party), party)


def _listed(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def _cells(commitment: cf.Commitment) -> list[str]:
    """Return the cells of a commitment, year by year; what is as it was is not told again."""
    cells = [_cell(commitment, year) for year in YEARS]
    return [cell if n == 0 or cell != cells[n - 1] else "as before" for n, cell in enumerate(cells)]


def _cell(commitment: cf.Commitment, year: str) -> str:
    """Return where a commitment stands, who is said to have done it, and what is said of it."""
    status = _status(year)
    stands: dict[str, list[str]] = {}
    named: dict[str, None] = {}
    for row in status.lists.commitments:
        if row.commitment == commitment.name:
            who = "nobody in particular" if row.owed_by is None else row.owed_by
            stands.setdefault(_stands(row), []).append(who)
            why = status.reasons[row.commitment, row.owed_by]
            named |= {r.record: None for r in why if r.record and r.effect != "not_counted"}
    parts = _told(stands, commitment)
    done = [c.record for c in status.lists.claims if _performs(c.record, commitment)]
    if shown := [name for name in named if name not in done]:
        parts.append(_refs(shown))
    if done:
        parts.append(f"reported as done: {_refs(done)}")
    said = [r.record for r in status.lists.responses if r.to == commitment.name and r.record]
    if said:
        parts.append(f"said of it: {_refs(said)}")
    return "; ".join(parts)


def _performs(name: str, commitment: cf.Commitment) -> bool:
    record = _records()[name]
    return isinstance(record, cf.Performance) and record.commitment == commitment.name


def _told(stands: dict[str, list[str]], commitment: cf.Commitment) -> list[str]:
    """Return each state with those whose rows are so, where not all are."""
    if len(stands) == 1:
        return list(stands)
    text = cf.agreement(commitment.agreement)
    return [
        f"{state} ({_listed(_name(party, text) for party in who)})"
        for state, who in stands.items()
        if state != _STATES["none_recorded"] or "nobody in particular" not in who
    ]


def _stands(row: Any) -> str:
    """Return where a row stands, in words that say no more than is known."""
    if row.phase == "fulfilled":
        return f"done on {_day(row.phase_from)}"
    if row.compliance == "overdue":
        return (
            f"past {_day(row.due)}, none established"
            if row.due
            else "none established in a period that ended"
        )
    if row.compliance == "disputed" and row.due:
        return f"past {_day(row.due)}, said to be done in time, not determined"
    return "a call or a power: never breached" if row.compliance is None else _STATES[row.compliance]


def _day(instant: str) -> str:
    """Return the local day of an instant."""
    local = to_local(read_iso(instant), _texts()[0].timezone)
    return day_words(local.year, local.month, local.day)


def _refs(names: list[str]) -> str:
    """Return records with their addresses, the newest first; what several say in one text is told once."""
    alike = {(_records()[name].evidence, _records()[name].text): name for name in reversed(names)}
    newest = sorted(alike.values(), key=lambda name: (_records()[name].recorded, name), reverse=True)
    told = [f"[{name}]({_records()[name].evidence[0].url})" for name in newest[:_MOST]]
    more = f" and {len(newest) - _MOST} more" if len(newest) > _MOST else ""
    return ", ".join(told) + more


RECORDED: Final[dict[str, Callable[..., str]]] = {"recorded": commitments, "declared": declared}
