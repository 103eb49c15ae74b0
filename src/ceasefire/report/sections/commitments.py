"""The commitments of each agreement: who owes what, where it stands, how it is kept, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ceasefire.report import wording
from ceasefire.report.compliance import compliance
from ceasefire.report.document import (
    Bullets,
    Code,
    Column,
    Fold,
    Note,
    Paragraph,
    Ref,
    Row,
    Said,
    Section,
    Strong,
    Table,
    words,
)
from ceasefire.report.material import references
from ceasefire.report.names import listed
from ceasefire.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ceasefire.agreement.terms import Agreement, Commitment
    from ceasefire.report.audience import Item
    from ceasefire.report.document import Block, Words
    from ceasefire.report.material import Material

_COLUMNS = (
    Column("Owed by"),
    Column("Standing"),
    Column("Phase"),
    Column("How it is kept"),
    Column("Due"),
    Column("Records"),
)
_READING = (
    "“Nobody in particular” stands for acts of which nobody is named. “Records looked at” are those that name the "
    "commitment or an act it covers, and its bearer; none of them is no proof that it was kept. A breach is only "
    "what the mechanism has established."
)


def commitments(material: Material) -> Section:
    """Return a part for each agreement, with a table of its commitments."""
    parts = tuple(part for a in material.agreements if not (part := _part(a, material)).empty)
    blocks: tuple[Block, ...] = (Note((_READING,)),) if parts else ()
    return Section(id="commitments", title="Commitments", blocks=blocks, subsections=parts)


def _part(agreement: Agreement, material: Material) -> Section:
    rows: list[Row] = []
    reasons: list[Row] = []
    for commitment in agreement.commitments:
        own = [r for r in material.rows("commitments") if r["commitment"] == commitment.name]
        if not own:
            continue
        rows.append(Row(cells=(_heading(commitment, material),), group=True))
        for row in own:
            why = _reasons(row, material)
            rows.append(_row(agreement, commitment, row, why, material))
            reasons += [_reason(row, r, material) for r in why]
    blocks: list[Block] = []
    if rows:
        blocks.append(
            Table(
                caption=f"{material.names.agreement(agreement.id)}: commitments",
                columns=_COLUMNS,
                rows=tuple(rows),
            )
        )
    blocks += _folds(agreement, reasons, material)
    return Section(
        id=f"commitments-{agreement.id}", title=material.names.agreement(agreement.id), blocks=tuple(blocks)
    )


def _folds(agreement: Agreement, reasons: list[Row], material: Material) -> Iterator[Block]:
    if reasons:
        table = Table(
            caption="Every record that moved a row, or did not, and why",
            columns=(Column("Row"), Column("When"), Column("Record"), Column("Effect"), Column("Why")),
            rows=tuple(reasons),
        )
        yield Fold(summary=f"Reasons, row by row ({len(reasons)})", blocks=(table,))
    notes = [
        words(Strong(material.names.commitment(c.name)), ": ", Said(c.note), *_marks(c))
        for c in agreement.commitments
        if c.note and c.duty != "declare"
    ]
    if notes:
        yield Fold(summary=f"Notes on the commitments ({len(notes)})", blocks=(Bullets(tuple(notes)),))
    declared = [c for c in agreement.commitments if c.duty == "declare"]
    if declared:
        yield Paragraph(("Declarations of the text, which have no status:",))
        yield Bullets(tuple(_declaration(c, material) for c in declared))


def _declaration(commitment: Commitment, material: Material) -> Words:
    return words(
        Strong(material.names.commitment(commitment.name)),
        *wording.unverified(commitment.unverified),
        *((". ", Said(commitment.summary)) if commitment.summary else ()),
        *((" Note: ", Said(commitment.note)) if commitment.note else ()),
    )


def _heading(commitment: Commitment, material: Material) -> Words:
    kind = [wording.FORCES[commitment.force], wording.DUTIES[commitment.duty]]
    if commitment.jointly:
        kind.append("one debt of all who owe it")
    if commitment.addressed_to:
        kind.append(f"addressed to {listed(material.names.party(p) for p in commitment.addressed_to)}")
    if commitment.standard:
        kind.append(f"standard: {visible(commitment.standard)}")
    if commitment.except_when:
        kind.append(f"except: {visible(commitment.except_when)}")
    return words(
        Strong(material.names.commitment(commitment.name)),
        f" ({', '.join(kind)})",
        *wording.unverified(commitment.unverified),
        *((". ", Said(commitment.summary)) if commitment.summary else ()),
    )


def _marks(commitment: Commitment) -> Words:
    return (f" On the deadline: {visible(commitment.due_note)}",) if commitment.due_note else ()


def _row(agreement: Agreement, commitment: Commitment, row: Item, why: list[Item], material: Material) -> Row:
    owed = row["owed_by"]
    return Row(
        cells=(
            _bearer(commitment, owed, material),
            ("–",) if owed is None else _standing(agreement, owed, material),
            _phase(row, material),
            compliance(commitment, row, why, material),
            _due(row, material),
            references(r["record"] for r in why if r["record"] is not None) or ("–",),
        )
    )


def _bearer(commitment: Commitment, owed: str | None, material: Material) -> Words:
    if owed is None:
        return ("Nobody in particular",)
    stated = owed in commitment.owed_by or owed == "+".join(commitment.owed_by)
    if stated:
        return words(material.names.party(owed), f" (bearer {commitment.bearer})")
    groups = [
        material.names.party(g.group)
        for p in (material.names.parties.get(owed),)
        if p
        for g in p.member_of
        if g.group in commitment.owed_by
    ]
    return words(material.names.party(owed), f" (member of {listed(groups)})" if groups else " (as a member)")


def _standing(agreement: Agreement, owed: str, material: Material) -> Words:
    parts = owed.split("+")
    said = []
    for party in parts:
        known = material.names.standing(agreement.id, party)
        text = "; ".join(wording.STANDINGS[s.as_] + (" (unverified)" if s.unverified else "") for s in known)
        said.append((party, text or "standing not stated"))
    if len({text for _, text in said}) == 1:
        return (said[0][1],)
    return ("; ".join(f"{material.names.party(party)}: {text}" for party, text in said),)


def _phase(row: Item, material: Material) -> Words:
    since = f" since {material.when(row['phase_from'])}" if row["phase_from"] is not None else ""
    return words(wording.phase(row["phase"]), since)


def _due(row: Item, material: Material) -> Words:
    if row["due"] is None:
        return ("–",)
    late = f"; late by {late_words(row['late_by'])}" if row["late_by"] is not None else ""
    return (f"{material.when(row['due'])}{late}",)


def late_words(late: Any) -> str:
    """Return how late something was done, from an ISO 8601 duration or from seconds."""
    if isinstance(late, str):
        return visible(late)
    days, rest = divmod(int(late), 86_400)
    parts = [f"{days} {'day' if days == 1 else 'days'}"] if days else []
    hours, rest = divmod(rest, 3600)
    parts += [f"{hours} h"] if hours else []
    parts += [f"{rest // 60} min"] if rest >= 60 else []
    return " ".join(parts) or f"{rest} s"


def _reasons(row: Item, material: Material) -> list[Item]:
    return [
        r
        for r in material.rows("reasons")
        if r["commitment"] == row["commitment"] and r["owed_by"] == row["owed_by"]
    ]


def _reason(row: Item, reason: Item, material: Material) -> Row:
    name = f"{material.names.commitment(row['commitment'])} – {material.names.party(row['owed_by'])}"
    return Row(
        cells=(
            (name,),
            (material.when(reason["at"]),),
            (Ref(reason["record"]),) if reason["record"] is not None else ("the text",),
            (wording.plain(reason["effect"]),),
            words(visible(reason["why"] or ""), " ", Code(reason["code"])),
        )
    )
