"""Five lines that say what a report comes to, from the lists the report was written from."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from ceasefire.report.ledgers import ledgers_of, with_period
from ceasefire.report.material import Window
from ceasefire.times_in_words import exactly, read_us, stated_words
from ceasefire.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ceasefire.record import Record
    from ceasefire.report.ledgers import Cell, Kind, Ledgers

Data = dict[str, Any]

#: In the order of design §7; what is not judged (permissions, calls, what has not begun) comes last.
COMPLIANCES: Final = {
    "breached": "breached",
    "overdue": "overdue",
    "disputed": "disputed",
    "alleged": "alleged",
    "remedied": "remedied",
    "none_recorded": "no breach recorded",
    None: "not judged",
}
#: More daily figures than this are given by their least and greatest.
_MOST_FIGURES: Final = 8


def summary(data: Mapping[str, Any], zone: str, records: Mapping[str, Record]) -> tuple[str, ...]:
    """Return five lines: what was asked, the counts of each side, the rows, what is due, the problems.

    `data` is the output object (design §11), `zone` the time zone of the agreements; `records`
    say how the periods of counts are stated.
    """
    asked = data["asked"]
    until = stated_words(asked["as_of"], zone)
    period = f"from {stated_words(asked['since'], zone)} to {until}" if asked["since"] else f"up to {until}"
    return (
        f"Asked: {', '.join(asked['agreements'])}, {period}; {data['made_from']['records']} records",
        f"Counts: {_counts(data, records, zone)} (side by side, never added)",
        f"Commitments: {_compliances(data['commitments'])}",
        f"Next due: {_next_due(data, zone)}",
        f"Problems: {_problems(data['problems'])}",
    )


def _counts(data: Mapping[str, Any], records: Mapping[str, Record], zone: str) -> str:
    """Return what each side states for the whole, as the report has it, kind by kind."""
    since = read_us(data["asked"]["since"])
    window = None if since is None else Window(since, exactly(data["asked"]["as_of"]))
    held = ledgers_of(data["tallies"], records, zone, data["claims"]).within(window)
    if not held.wholes:
        return "none published in the period"
    if len(held.kinds) == 1:
        return _stated(held)
    return ". ".join(f"{_kind(kind)}: {_stated(held.of_kind(kind))}" for kind in held.kinds)


def _stated(held: Ledgers) -> str:
    return "; ".join(f"{side} {_figures(held.cell(side, None), held.timezone)}" for side in held.sides)


def _figures(cell: Cell, zone: str) -> str:
    """Return figures in order of time; one of several days never stands without its period."""
    daily = [c.figure for c in cell.counts if c.figure is not None and c.day(zone) is not None]
    told = [c.number for c in cell.counts if c.figure is not None and c.day(zone) is not None]
    if len(daily) > _MOST_FIGURES:
        told = [f"{len(daily)} counts between {min(daily)} and {max(daily)}"]
    longer = [with_period(c, zone) for c in cell.counts if c.day(zone) is None]
    told += longer if len(longer) <= _MOST_FIGURES else [f"{len(longer)} counts of several days each"]
    return ", ".join(told) or "none for the whole"


def _kind(kind: Kind) -> str:
    said = kind.act or "of a kind not stated"
    if kind.unit:
        said = f"“{visible(kind.unit)}”" + (f" ({kind.act})" if kind.act else "")
    word = "alleged" if kind.ruled is None else f"ruled in aggregate, {kind.ruled}"
    return said + "".join(f", {visible(party)} ({word})" for party in kind.accused)


def _compliances(rows: Iterable[Data]) -> str:
    number = Counter(row["compliance"] for row in rows)
    return f"{number.total()} rows: " + ", ".join(
        f"{number[key]} {word}" for key, word in COMPLIANCES.items()
    )


def _next_due(data: Mapping[str, Any], zone: str) -> str:
    as_of = exactly(data["asked"]["as_of"])
    waiting = [
        (due, row)
        for row in data["commitments"]
        if row["phase"] in ("pending", "active", "suspended")
        and (due := read_us(row["due"], end=True, zone=zone)) is not None
        and due > as_of
    ]
    if not waiting:
        return "nothing"
    first = min(waiting, key=lambda found: found[0])[1]
    return f"{first['commitment']}, {first['owed_by']}, {stated_words(first['due'], zone)}"


def _problems(problems: Iterable[Data]) -> str:
    number = Counter(problem["code"] for problem in problems)
    if not number:
        return "none"
    return ", ".join(f"{count} {code}" for code, count in sorted(number.items()))
