"""The opening: what was promised, what both sides count, what is decided, and what nobody has decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.report import wording
from ceasefire.report.document import Paragraph, Said, Section, words
from ceasefire.report.ledgers import figure_words, kind_words
from ceasefire.report.material import counted
from ceasefire.report.names import listed
from ceasefire.report.sections.decided import breaches, decided
from ceasefire.times_in_words import day_ranges, days_between, local_day, read_us
from ceasefire.visible import visible

if TYPE_CHECKING:
    from ceasefire.agreement.terms import Agreement
    from ceasefire.report.audience import Item
    from ceasefire.report.document import Words
    from ceasefire.report.ledgers import Kind, Ledgers
    from ceasefire.report.material import Material

_LEDGERS: Final = (
    "The ledgers are set side by side, never added or averaged. A count determines neither that an act was a "
    "breach nor who committed it."
)
#: How many promises of an agreement are named.
_MOST: Final = 3
_ENDED: Final = frozenset({"fulfilled", "lapsed", "released", "concluded"})


def opening(material: Material, ledgers: Ledgers) -> Section:
    """Return the opening paragraphs, the same ones for everybody."""
    paragraphs = (
        words(*(words(" " if n else "", *_promised(a, material)) for n, a in enumerate(material.agreements))),
        _counts(material, ledgers),
        words(*decided(material), *((" ", *found) if (found := breaches(material)) else ())),
        words(" ".join(s for s in (_overdue(material), _next(material)) if s)),
    )
    return Section(
        id="summary", title="In brief", blocks=tuple(Paragraph(text) for text in paragraphs if text)
    )


def _promised(agreement: Agreement, material: Material) -> Words:
    """Return where an agreement stands and what it promises: its summary, else its first promises."""
    state = next((r for r in material.rows("agreements") if r["agreement"] == agreement.id), None)
    owed = [c for c in agreement.commitments if c.duty != "declare"]
    stands = f" ({_state(state, material)})" if state else ""
    holds = f"“{material.names.agreement(agreement.id)}”{stands} holds {counted(len(owed), 'commitment')}"
    declared = len(agreement.commitments) - len(owed)
    beside = f" and {counted(declared, 'declaration')}" if declared else ""
    if agreement.summary:
        return words(f"{holds}{beside}. ", Said(agreement.summary))
    first = [c for c in owed if c.acts and not c.hortatory] or [c for c in owed if not c.hortatory]
    named = listed(f"“{visible(c.title or c.id)}”" for c in first[:_MOST])
    among = f" – among them {named}{' –' if beside else ''}" if named else ""
    return (f"{holds}{among}{beside}.",)


def _state(state: Item, material: Material) -> str:
    """Return the state of an agreement with its days: in force since 6 May 2017, until 6 November 2017."""
    life = material.lives[state["agreement"]]
    said = wording.PHASES.get(state["state"], wording.plain(state["state"])) + wording.again(life)
    for word, text in (("since", state["from"]), ("until", wording.until(state, material))):
        us = read_us(text, zone=material.timezone)
        if us is not None:
            said += (
                f"{'' if word == 'since' else ','} {word} {day_ranges([local_day(us, material.timezone)])}"
            )
    return said


def _counts(material: Material, ledgers: Ledgers) -> Words:
    held = ledgers.within(material.period)
    where = f"For {material.span(material.period)}" if material.period else "Until the date of this report"
    if not held.wholes:
        partly = material.period is not None and ledgers.across([material.period])
        none = "lies wholly within it" if partly else "is recorded"
        return (f"{where}, no published count {none}. That does not say that nothing happened.",)
    sentences = [
        _stated(kind, held.of_kind(kind), ledgers.of_kind(kind).sides, where, material) for kind in held.kinds
    ]
    sentences.append(_LEDGERS)
    return (" ".join(sentences),)


def _stated(kind: Kind, held: Ledgers, sides: tuple[str, ...], where: str, material: Material) -> str:
    said = []
    for side in sides:
        cell = held.cell(side, None)
        name = material.names.party(side)
        if cell.state == "stated":
            figures = figure_words(cell.counts, material)
            covering = _covering(held.days(side, material.timezone), material)
            said.append(f"{name} states {figures} – {covering}")
        else:
            said.append(f"{name} states no count for the whole")
    return f"{where}, of {kind_words(kind, material)}: {'. '.join(said)}."


def _covering(days: tuple[str, ...], material: Material) -> str:
    """Return how many days the counts of a side cover, of how many if there is a period."""
    if material.period is None:
        return f"covering {counted(len(days), 'day')}"
    of = len(days_between(material.period.first, material.period.last, material.timezone))
    return f"covering {len(days)} of {counted(of, 'day')}"


def _overdue(material: Material) -> str:
    """Return what is past its deadline, and who owes it still."""
    late: dict[tuple[str, str | None], list[str | None]] = {}
    for row in material.rows("commitments"):
        if row["compliance"] == "overdue":
            late.setdefault((row["commitment"], row["due"]), []).append(row["owed_by"])
    said = [
        material.names.promise(name)
        + f", owed by {listed(material.names.party(p) for p in owing)}"
        + (f", due by {_end(material.when(due))}" if due else "")
        for (name, due), owing in late.items()
    ]
    return f"Past the deadline, with no performance established: {'; '.join(said)}." if said else ""


def _end(when: str) -> str:
    """Return a deadline for a sentence that says `by`: the end of a day, or a day and its hour."""
    return f"the {when}" if when.startswith("end of") else when


def _next(material: Material) -> str:
    coming = []
    for number, row in enumerate(material.rows("commitments")):
        due = read_us(row["due"], end=True, zone=material.timezone)
        if due is not None and due > material.as_of and row["phase"] not in _ENDED:
            coming.append((due, number, row))
    if not coming:
        return ""
    row = min(coming, key=lambda item: item[:2])[2]
    what, owed = material.names.promise(row["commitment"]), material.names.party(row["owed_by"])
    return f"Next due: {what}, owed by {owed}, by {_end(material.when(row['due']))}."
