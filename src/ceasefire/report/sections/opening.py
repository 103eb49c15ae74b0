"""The opening: what was promised, what both sides count, what is decided, and what nobody has decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.report import wording
from ceasefire.report.document import Paragraph, Section, words
from ceasefire.report.ledgers import figure_words, kind_words
from ceasefire.report.material import counted
from ceasefire.report.names import listed
from ceasefire.times_in_words import days_between, read_us

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
_NOTHING: Final = (
    "No claim – an incident, a performance, an event, a decision – is recorded, so there has been nothing to "
    "determine. Nothing recorded is not the same as nothing done."
)
_UNDECIDED: Final = ("alleged", "under_review", "disputed", "inconclusive")
_ASIDE: Final = ("withdrawn", "duplicate")
_ENDED: Final = frozenset({"fulfilled", "lapsed", "released", "concluded"})


def opening(material: Material, ledgers: Ledgers) -> Section:
    """Return the opening paragraphs, the same ones for everybody."""
    paragraphs = (
        words(" ".join(_promised(a, material) for a in material.agreements)),
        _counts(material, ledgers),
        _decided(material),
        words(" ".join(s for s in (_overdue(material), _next(material)) if s)),
    )
    return Section(
        id="summary", title="In brief", blocks=tuple(Paragraph(text) for text in paragraphs if text)
    )


def _promised(agreement: Agreement, material: Material) -> str:
    state = next((r for r in material.rows("agreements") if r["agreement"] == agreement.id), None)
    owed = [c for c in agreement.commitments if c.duty != "declare"]
    parts = [counted(len(owed), "commitment")]
    if declared := len(agreement.commitments) - len(owed):
        parts.append(counted(declared, "declaration"))
    is_ = (
        f"is {wording.PHASES.get(state['state'], wording.plain(state['state']))} and holds"
        if state
        else "holds"
    )
    return f"“{material.names.agreement(agreement.id)}” {is_} {listed(parts)}."


def _counts(material: Material, ledgers: Ledgers) -> Words:
    held = ledgers.within(material.period)
    where = f"For {material.span(material.period)}" if material.period else "Until the date of this report"
    if not held.wholes:
        return (f"{where}, no published count is recorded. That does not say that nothing happened.",)
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


def _decided(material: Material) -> Words:
    claims: dict[str, Item] = {}
    for claim in material.rows("claims"):
        claims.setdefault(claim["record"], claim)
    if not claims:
        return (_NOTHING,)
    codes = [c["determination"] for c in claims.values()]
    decided = [f"{codes.count(code)} {code}" for code in ("established", "refuted") if code in codes]
    sentences = [f"{counted(len(claims), 'claim')} {'is' if len(claims) == 1 else 'are'} recorded."]
    if decided:
        sentences.append(f"Decided: {listed(decided)}.")
    else:
        sentences.append("None has been established or refuted.")
    for label, some in (("Decided by nobody so far", _UNDECIDED), ("Set aside", _ASIDE)):
        said = [f"{codes.count(code)} {wording.DETERMINATIONS[code]}" for code in some if code in codes]
        if said:
            sentences.append(f"{label}: {listed(said)}.")
    return (" ".join(sentences),)


def _overdue(material: Material) -> str:
    first: dict[str, Item] = {}
    for row in material.rows("commitments"):
        if row["compliance"] == "overdue":
            first.setdefault(row["commitment"], row)
    said = [
        material.names.promise(name)
        + (f", due by the {_end(material.when(row['due']))}" if row["due"] else "")
        for name, row in first.items()
    ]
    return f"Past the deadline, with no performance established: {'; '.join(said)}." if said else ""


def _end(when: str) -> str:
    """Return a deadline for a sentence that says `by the`: the end of a day, or its hour."""
    return when if when.startswith("end of") else f"instant of {when}"


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
    return f"Next due: {what}, owed by {owed}, by the {_end(material.when(row['due']))}."
