"""Five lines that say what a report comes to, from the lists the report was written from."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from ceasefire.times_in_words import exactly, read_us, stated_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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
#: More figures than this are given by their least and greatest.
_MOST_FIGURES: Final = 8


def summary(data: Mapping[str, Any], zone: str) -> tuple[str, ...]:
    """Return five lines: what was asked, the counts of each side, the rows, what is due, the problems.

    `data` is the output object (design §11), `zone` the time zone of the agreements.
    """
    asked = data["asked"]
    until = stated_words(asked["as_of"], zone)
    period = f"from {stated_words(asked['since'], zone)} to {until}" if asked["since"] else f"up to {until}"
    return (
        f"Asked: {', '.join(asked['agreements'])}, {period}; {data['made_from']['records']} records",
        f"Counts: {_counts(data)} (side by side, never added)",
        f"Commitments: {_compliances(data['commitments'])}",
        f"Next due: {_next_due(data, zone)}",
        f"Problems: {_problems(data['problems'])}",
    )


def _counts(data: Mapping[str, Any]) -> str:
    figures: dict[str, list[int]] = {}
    since = read_us(data["asked"]["since"])
    for tally in data["tallies"]:
        whole = tally["zone"] is None and tally["part_of"] is None and tally["answers"] is None
        if whole and tally["count"] is not None and (since is None or exactly(tally["from"]) >= since):
            figures.setdefault(tally["said_by"], []).append(tally["count"])
    if not figures:
        return "none published in the period"
    return "; ".join(f"{side} {_figures(figures[side])}" for side in sorted(figures))


def _figures(counts: list[int]) -> str:
    if len(counts) > _MOST_FIGURES:
        return f"{len(counts)} counts between {min(counts)} and {max(counts)}"
    return ", ".join(map(str, counts))


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
