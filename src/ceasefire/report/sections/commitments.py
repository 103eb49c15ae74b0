"""The commitments of each agreement: who owes what, where it stands, how it is kept, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

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
from ceasefire.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ceasefire.agreement.terms import Agreement, Commitment
    from ceasefire.report.audience import Item
    from ceasefire.report.document import Block, Words
    from ceasefire.report.material import Material

Grouped = dict[tuple[str, str | None], list["Item"]]

_COLUMNS: Final = (
    Column("Owed by"),
    Column("Standing"),
    Column("Phase"),
    Column("How it is kept"),
    Column("Due"),
    Column("Records"),
)
_READING: Final = (
    "“Nobody in particular” stands for acts of which nobody is named. “Records looked at” are all that this "
    "report was made from: that none of them tells of a breach is no proof that there was none. A breach is "
    "only what a mechanism has established. Bearers of whom everything is the same share a line."
)


def commitments(material: Material) -> Section:
    """Return a part for each agreement, with a table of its commitments."""
    reasons: Grouped = {}
    for reason in material.rows("reasons"):
        reasons.setdefault((reason["commitment"], reason["owed_by"]), []).append(reason)
    parts = tuple(part for a in material.agreements if not (part := _part(a, reasons, material)).empty)
    blocks: tuple[Block, ...] = (Note((_READING,)),) if parts else ()
    return Section(id="commitments", title="Commitments", blocks=blocks, subsections=parts)


def _part(agreement: Agreement, reasons: Grouped, material: Material) -> Section:
    rows: list[Row] = []
    listed_: list[Row] = []
    standing: dict[str, list[Item]] = {}
    for row in material.rows("commitments"):
        standing.setdefault(row["commitment"], []).append(row)
    for commitment in agreement.commitments:
        own = standing.get(commitment.name, [])
        if not own:
            continue
        rows.append(Row(cells=(_heading(commitment, material),), group=True))
        rows += _rows(agreement, commitment, own, reasons, material)
        for row in own:
            listed_ += [_reason(row, r, material) for r in reasons.get((commitment.name, row["owed_by"]), [])]
    blocks: list[Block] = []
    if rows:
        blocks.append(Table(caption="Who owes what, and where it stands", columns=_COLUMNS, rows=tuple(rows)))
    blocks += _folds(agreement, listed_, material)
    title = material.names.agreement(agreement.id)
    return Section(id=f"commitments-{agreement.id}", title=title, blocks=tuple(blocks))


def _rows(
    agreement: Agreement, commitment: Commitment, own: list[Item], reasons: Grouped, material: Material
) -> Iterator[Row]:
    """Yield a line for each bearer, one for several where everything but the name is the same."""
    alike: dict[tuple[Words, ...], list[Words]] = {}
    rest: tuple[Words, ...]
    for row in own:
        why = reasons.get((commitment.name, row["owed_by"]), [])
        owed = row["owed_by"]
        rest = (
            ("–",) if owed is None else _standing(agreement, owed, material),
            _phase(row, material),
            compliance(commitment, row, why, material),
            _due(row, material),
            references(r["record"] for r in why) or ("–",),
        )
        alike.setdefault(rest, []).append(_bearer(commitment, owed, material))
    for rest, bearers in alike.items():
        several = words(*(words("; " if n else "", *bearer) for n, bearer in enumerate(bearers)))
        yield Row(cells=(words(*several, " – each" if len(bearers) > 1 else ""), *rest))


def _folds(agreement: Agreement, reasons: list[Row], material: Material) -> Iterator[Block]:
    if reasons:
        table = Table(
            caption="Every record that moved a row, or did not, and why",
            columns=(Column("Row"), Column("When"), Column("Record"), Column("Effect"), Column("Why")),
            rows=tuple(reasons),
        )
        yield Fold(summary=f"Reasons, row by row ({len(reasons)})", blocks=(table,))
    notes = [
        words(Strong(material.names.commitment(c.name)), ". ", Said(c.note), *_deadline_note(c))
        for c in agreement.commitments
        if (c.note or c.due_note) and c.duty != "declare"
    ]
    if notes:
        yield Fold(summary=f"Notes on the commitments ({len(notes)})", blocks=(Bullets(tuple(notes)),))
    declared = [c for c in agreement.commitments if c.duty == "declare"]
    if declared:
        yield Paragraph(("Declarations of the text, which have no status:",))
        yield Bullets(tuple(_declaration(c, material) for c in declared))


def _deadline_note(commitment: Commitment) -> Words:
    return (" On the deadline: ", Said(commitment.due_note)) if commitment.due_note else ()


def _declaration(commitment: Commitment, material: Material) -> Words:
    return words(
        Strong(material.names.commitment(commitment.name)),
        *wording.unverified(commitment.unverified),
        *((". ", Said(commitment.summary)) if commitment.summary else ()),
        *((" Note: ", Said(commitment.note)) if commitment.note else ()),
    )


def _heading(commitment: Commitment, material: Material) -> Words:
    """Return the clause, the title, what kind of promise it is, and its summary."""
    names = material.names
    kind = [f"{wording.FORCES[commitment.force]}, {wording.DUTIES[commitment.duty]}"]
    for label, text in (
        ("", "one debt of all who owe it" if commitment.jointly else ""),
        ("addressed to ", listed(names.party(p) for p in commitment.addressed_to)),
        ("in ", listed(names.zone(z) for z in commitment.zones)),
        ("not in ", listed(names.zone(z) for z in commitment.except_zones)),
        ("standard: ", visible(commitment.standard)),
        ("except: ", visible(commitment.except_when)),
        ("to ensure: ", listed(names.commitment(c) for c in commitment.ensures)),
    ):
        if text:
            kind.append(label + text)
    return words(
        Strong(names.commitment(commitment.name)),
        *wording.unverified(commitment.unverified),
        f" ({'; '.join(kind)})",
        *((". ", Said(commitment.summary)) if commitment.summary else ()),
    )


def _bearer(commitment: Commitment, owed: str | None, material: Material) -> Words:
    if owed is None:
        return ("Nobody in particular",)
    name = material.names.party(owed)
    if owed in commitment.owed_by or owed == "+".join(commitment.owed_by):
        return (f"{name} (bearer {commitment.bearer})",)
    party = material.names.parties.get(owed)
    groups = {t.group: None for t in party.member_of if t.group in commitment.owed_by} if party else {}
    return (
        f"{name} (member of {listed(material.names.party(g) for g in groups)})"
        if groups
        else f"{name} (as a member)",
    )


def _standing(agreement: Agreement, owed: str, material: Material) -> Words:
    said = {}
    for party in owed.split("+"):
        known = material.names.standing(agreement.id, party)
        text = "; ".join(wording.STANDINGS[s.as_] + (" (unverified)" if s.unverified else "") for s in known)
        said[party] = text or "standing not stated"
    if len(set(said.values())) == 1:
        return (next(iter(said.values())),)
    return ("; ".join(f"{material.names.party(party)}: {text}" for party, text in said.items()),)


def _phase(row: Item, material: Material) -> Words:
    since = f" since {material.when(row['phase_from'])}" if row["phase_from"] is not None else ""
    return words(wording.phase(row["phase"]), since)


def _due(row: Item, material: Material) -> Words:
    if row["due"] is None:
        return ("–",)
    late = f"; late by {wording.late(row['late_by'])}" if row["late_by"] is not None else ""
    return (f"{material.when(row['due'])}{late}",)


def _reason(row: Item, reason: Item, material: Material) -> Row:
    name = f"{material.names.commitment(row['commitment'])} – {material.names.party(row['owed_by'])}"
    return Row(
        cells=(
            (name,),
            (material.when(reason["at"]),),
            (Ref(reason["record"]),) if reason["record"] is not None else ("the text",),
            (wording.plain(reason["effect"]),),
            words(wording.why(reason), " ", Code(reason["code"])),
        )
    )
