"""Five lines that say what a report comes to, from what the report was written from."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from ceasefire.reporting.document import plain
from ceasefire.reporting.material.ledgers import ledgers
from ceasefire.reporting.telling.counts import states
from ceasefire.reporting.telling.due import until
from ceasefire.times_in_words import stated_words
from ceasefire.visible import visible

if TYPE_CHECKING:
    from ceasefire.assessment.result.entries import DueEntry
    from ceasefire.reporting.material.ledgers import Kind, Ledgers
    from ceasefire.reporting.material.material import Material

#: In the order in which a row is called by them; what is not judged (permissions, calls, what has not begun)
#: comes last.
COMPLIANCES: Final = {
    "breached": "breached",
    "overdue": "overdue",
    "disputed": "disputed",
    "alleged": "alleged",
    "remedied": "remedied",
    "none_recorded": "no breach recorded",
    None: "not judged",
}


def summary(material: Material) -> tuple[str, ...]:
    """Return five lines: what was asked, the counts of each side, the rows, what is due, the problems."""
    asked, zone = material.data.asked, material.timezone
    until = stated_words(asked.as_of, zone)
    period = f"from {stated_words(asked.since, zone)} to {until}" if asked.since else f"up to {until}"
    return (
        f"Asked: {', '.join(asked.agreements)}, {period}; {material.looked_at} records",
        f"Counts: {_counts(material)} (side by side, never added)",
        f"Commitments: {_compliances(material)}",
        f"Next due: {_next_due(material)}",
        f"Problems: {_problems(material)}",
    )


def _counts(material: Material) -> str:
    """Return what each side states, as the report has it, kind by kind."""
    held = ledgers(material).within(material.period)
    if not held.wholes:
        return f"none {material.present} of the period"
    if len(held.kinds) == 1:
        return _sides(held, material)
    return ". ".join(f"{_kind(kind)}: {_sides(held.of_kind(kind), material)}" for kind in held.kinds)


def _sides(held: Ledgers, material: Material) -> str:
    return "; ".join(plain(states(side, held, material.period, material)) for side in held.sides)


def _kind(kind: Kind) -> str:
    said = kind.act or "of a kind not stated"
    if kind.unit:
        said = f"“{visible(kind.unit)}”" + (f" ({kind.act})" if kind.act else "")
    word = "alleged" if kind.ruled is None else f"ruled in aggregate, {kind.ruled}"
    return said + "".join(f", {visible(party)} ({word})" for party in kind.accused)


def _compliances(material: Material) -> str:
    number = Counter(row.compliance for row in material.data.commitments)
    public = material.present != "recorded"
    none = {"none_recorded": f"no report of a breach {material.present}"} if public else {}
    late = {"overdue": f"past the date (no established performance {material.present})"}
    told = COMPLIANCES | late | none
    return f"{number.total()} rows: " + ", ".join(f"{number[key]} {word}" for key, word in told.items())


def _next_due(material: Material) -> str:
    """Return all that is due next, each with every side that owes it."""
    first = [one for one in material.coming if one.due == material.coming[0].due]
    if not first:
        return f"nothing, by what is {material.present}"
    what = "; ".join(
        ", ".join((_due(one), *([" and ".join(one.owed_by)] if one.owed_by else []))) for one in first
    )
    return f"{what}, {until(first[0], material).text}"


def _due(one: DueEntry) -> str:
    """Return what is due by its id; what kind of thing it is, where that is no deadline."""
    name = visible(one.commitment or one.agreement or one.record)
    return name if one.kind == "deadline" else f"{one.kind} of {name}"


def _problems(material: Material) -> str:
    number = Counter(problem.code for problem in material.data.problems)
    if not number:
        return f"none {material.present}"
    return ", ".join(f"{count} {code}" for code, count in sorted(number.items()))
