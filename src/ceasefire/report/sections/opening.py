"""The opening: what was promised, what both sides count, what is decided, and what nobody has decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.report import wording
from ceasefire.report.document import Paragraph, Section, words
from ceasefire.report.ledgers import kind_words
from ceasefire.report.material import counted
from ceasefire.report.names import listed
from ceasefire.report.times import read_us, stated_words

if TYPE_CHECKING:
    from ceasefire.report.audience import Item
    from ceasefire.report.document import Words
    from ceasefire.report.ledgers import Ledgers
    from ceasefire.report.material import Material

_UNDECIDED: Final = ("alleged", "under_review", "disputed", "inconclusive")


def opening(material: Material, ledgers: Ledgers) -> Section:
    """Return the opening paragraphs."""
    paragraphs = [_promised(material), _counts(material, ledgers), _decided(material), _deadlines(material)]
    return Section(
        id="summary", title="In brief", blocks=tuple(Paragraph(text) for text in paragraphs if text)
    )


def _promised(material: Material) -> Words:
    sentences = []
    for agreement in material.agreements:
        state = next((r for r in material.rows("agreements") if r["agreement"] == agreement.id), None)
        owed = [c for c in agreement.commitments if c.duty != "declare"]
        declared = len(agreement.commitments) - len(owed)
        standing = f" ({wording.PHASES.get(state['state'], state['state'])})" if state else ""
        sentences.append(
            f"{material.names.agreement(agreement.id)}{standing} holds {counted(len(owed), 'commitment')}"
            + (f" and {counted(declared, 'declaration')}" if declared else "")
        )
    return words(". ".join(sentences) + ".")


def _counts(material: Material, ledgers: Ledgers) -> Words:
    held = ledgers.within(material.period)
    where = f"For {material.span(material.period)}" if material.period else "Until the date of this report"
    if not held.wholes:
        return words(f"{where}, no published count is recorded. That is no statement that nothing happened.")
    sentences = []
    for kind in held.kinds:
        some = held.of_kind(kind)
        said = []
        for side in ledgers.sides:
            own = [c for c in some.wholes if c.side == side and c.zone is None]
            cell = some.cell(side, None)
            if cell.state == "stated":
                days = counted(len(some.days(side, material.timezone)), "day")
                figure = f"{cell.figures[0]} in {counted(len(own), 'published count')} covering {days}"
            elif cell.state == "overlapping":
                figure = f"{counted(len(own), 'count')} with overlapping periods, which cannot be added"
            else:
                figure = "no count for the whole"
            said.append(f"{material.names.party(side)} {figure}")
        sentences.append(
            f"{where}, the stated counts of {kind_words(kind, material)} are: {'; '.join(said)}."
        )
    sentences.append(
        "The ledgers are set side by side, never added or averaged, and a count determines nothing: "
        "neither that an act was a breach, nor by whom."
    )
    return words(" ".join(sentences))


def _decided(material: Material) -> Words:
    claims: dict[str, Item] = {}
    for claim in material.rows("claims"):
        claims.setdefault(claim["record"], claim)
    if not claims:
        return words(
            "No claim – an incident, a performance, an event, a decision – is recorded, so the mechanism has had "
            "nothing to determine. Nothing recorded is not the same as nothing done."
        )
    codes = [c["determination"] for c in claims.values()]
    decided = [
        f"{counted(codes.count(code), 'is', 'are')} {code}"
        for code in ("established", "refuted")
        if code in codes
    ]
    open_ = [f"{codes.count(code)} {wording.DETERMINATIONS[code]}" for code in _UNDECIDED if code in codes]
    first = f"Of {counted(len(claims), 'claim')} recorded, {listed(decided) if decided else 'none has been decided by the mechanism'}."
    second = f" Nobody has decided {listed(open_)}." if open_ else ""
    return words(first + second)


def _deadlines(material: Material) -> Words:
    overdue: dict[str, list[Item]] = {}
    for row in material.rows("commitments"):
        if row["compliance"] == "overdue":
            overdue.setdefault(row["commitment"], []).append(row)
    sentences = []
    if overdue:
        items = [
            f"{material.names.commitment(name)} (due {material.when(rows[0]['due'])})"
            if rows[0]["due"]
            else material.names.commitment(name)
            for name, rows in overdue.items()
        ]
        sentences.append(f"Past their deadline with no performance established: {listed(items)}.")
    upcoming = sorted(
        (due, n, row)
        for n, row in enumerate(material.rows("commitments"))
        if row["phase"] in ("pending", "active", "suspended")
        and (due := read_us(row["due"], end=True, zone=material.timezone)) is not None
        and due > material.as_of
    )
    if upcoming:
        row = upcoming[0][2]
        due = stated_words(row["due"], material.timezone)
        sentences.append(
            f"Next due: {material.names.commitment(row['commitment'])}, owed by {material.names.party(row['owed_by'])}, {due}."
        )
    return words(" ".join(sentences))
