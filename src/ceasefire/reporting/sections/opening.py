"""The opening: what was promised, what both sides count, what is decided, and what nobody has decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.reporting.document import Paragraph, Said, Section, words
from ceasefire.reporting.material.material import counted
from ceasefire.reporting.material.names import listed
from ceasefire.reporting.sections.decided import breaches, decided
from ceasefire.reporting.sections.upcoming import ends, upcoming
from ceasefire.reporting.words import wording
from ceasefire.reporting.words.counts import figure_words, kind_words
from ceasefire.times_in_words import day_ranges, days_between, local_day, read_us
from ceasefire.visible import visible

if TYPE_CHECKING:
    from ceasefire.assessment.result.entries import AgreementEntry
    from ceasefire.instruments.terms import Agreement
    from ceasefire.reporting.document import Words
    from ceasefire.reporting.material.ledgers import Kind, Ledgers
    from ceasefire.reporting.material.material import Material

_LEDGERS: Final = (
    "The ledgers are set side by side, never added or averaged. A count determines neither that an act was a "
    "breach nor who committed it."
)
#: How many promises of an agreement are named.
_MOST: Final = 3


def opening(material: Material, ledgers: Ledgers) -> Section:
    """Return the opening paragraphs, the same ones for everybody."""
    paragraphs = (
        words(*(words(" " if n else "", *_promised(a, material)) for n, a in enumerate(material.agreements))),
        _counts(material, ledgers),
        *decided(material),
        words(*(word for n, found in enumerate(breaches(material)) for word in (" " if n else "", *found))),
        words(" ".join(s for s in (*_overdue(material), next_due(material)) if s)),
    )
    return Section(
        id="summary", title="In brief", blocks=tuple(Paragraph(text) for text in paragraphs if text)
    )


def _promised(agreement: Agreement, material: Material) -> Words:
    """Return where an agreement stands and what it promises: its summary, else its first promises."""
    state = next((r for r in material.data.agreements if r.agreement == agreement.id), None)
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


def _state(state: AgreementEntry, material: Material) -> str:
    """Return the state of an agreement with its days: in force since 6 May 2017, until 6 November 2017."""
    life = material.lives[state.agreement]
    said = wording.PHASES.get(state.state, wording.plain(state.state)) + wording.again(life)
    for word, text in (("since", state.from_), ("until", wording.until(state, material))):
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
        none = "lies wholly within it" if partly else f"is {material.present}"
        return (f"{where}, no published count {none}. That does not say that nothing happened.",)
    sentences = [
        _stated(kind, held.of_kind(kind), ledgers.of_kind(kind).sides, where, material) for kind in held.kinds
    ]
    sentences.append(_LEDGERS)
    return (" ".join(sentences),)


def _stated(kind: Kind, held: Ledgers, sides: tuple[str, ...], where: str, material: Material) -> str:
    said = []
    for side in sides:
        name, figures = material.names.party(side), stated(side, held, material)
        published = _published(held.bulletins(side), material)
        none = f"no count of {name} is {material.present}"
        said.append(f"{name} states {'; '.join(figures)}{published}" if figures else none)
    return f"{where}, of {kind_words(kind, material)}: {'. '.join(said)}."


def stated(side: str, held: Ledgers, material: Material) -> list[str]:
    """Return the figures of a side for the whole, then those for one place only, or by place only."""
    whole = held.cell(side, None)
    told = [figure_words(whole.counts, material, whole.bulletins)] if whole.state == "stated" else []
    own = [c for c in held.wholes if c.side == side]
    zones = {c.zone: material.names.zone(c.zone) for c in own if c.zone is not None}
    for zone, name in sorted(zones.items(), key=lambda found: (found[1].casefold(), found[0])):
        figures = figure_words((c for c in own if c.zone == zone), material)
        told.append(f"for {name} alone {figures}")
    parts = {p.zone for c in own if c.figure is None for p in held.parts(c)}
    by_place = sorted((material.names.zone(zone).casefold(), zone or "") for zone in parts)
    for _, zone in by_place:
        figures = figure_words(
            (p for c in own if c.figure is None for p in held.parts(c) if p.zone == zone), material
        )
        told.append(f"without a total, for {material.names.zone(zone)} {figures}")
    return told


def _published(days: tuple[str, ...], material: Material) -> str:
    """Return on how many days a side published, of how many if there is a period."""
    if not days:
        return ""
    if material.period is None:
        return f" – published on {counted(len(days), 'day')}"
    of = len(days_between(material.period.first, material.period.last, material.timezone))
    return f" – published on {len(days)} of {counted(of, 'day')}"


def _overdue(material: Material) -> list[str]:
    """Return what is past its deadline, and who owes it still: since the period, and since before it."""
    late: dict[bool, dict[tuple[str, str | None], list[str | None]]] = {False: {}, True: {}}
    new = {(s.commitment, s.owed_by) for s in material.data.spans if s.span == "period" and s.overdue}
    for row in material.data.commitments:
        if row.compliance == "overdue":
            before = material.since is not None and (row.commitment, row.owed_by) not in new
            late[before].setdefault((row.commitment, row.due), []).append(row.owed_by)
    told = []
    for before, several in late.items():
        said = [
            material.names.promise(name)
            + f", owed by {listed(material.names.party(p) for p in owing)}"
            + (f", due by {_end(material.when(due))}" if due else "")
            for (name, due), owing in several.items()
        ]
        since = " since before this period" if before else ""
        none = f"Past the deadline{since}, with no established performance {material.present}"
        told += [f"{none}: {'; '.join(said)}."] if said else []
    return told


def _end(when: str) -> str:
    """Return a deadline for a sentence that says `by`: the end of a day, or a day and its hour."""
    return f"the {when}" if when.startswith("end of") else when


def next_due(material: Material) -> str:
    """Return all that is due next, each with every side that owes it."""
    first = [one for one in material.coming if one.due == material.coming[0].due]
    told = [f"{upcoming(one, material)}, by {_end(ends(one, material))}" for one in first]
    return f"Next due: {'; '.join(told)}." if told else ""
