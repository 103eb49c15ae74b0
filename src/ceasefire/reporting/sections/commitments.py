"""The commitments of each agreement: who owes what, where it stands, how it is kept, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.clock import iso
from ceasefire.reporting.document import (
    Bullets,
    Code,
    Column,
    Fold,
    Note,
    Ref,
    Row,
    Said,
    Section,
    Strong,
    Table,
    words,
)
from ceasefire.reporting.material.material import references
from ceasefire.reporting.material.names import listed
from ceasefire.reporting.sections.upcoming import ends
from ceasefire.reporting.words import wording
from ceasefire.reporting.words.compliance import compliance
from ceasefire.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ceasefire.assessment.result.entries import ReasonEntry, RowEntry
    from ceasefire.instruments.terms import Agreement, Commitment
    from ceasefire.reporting.document import Block, Words
    from ceasefire.reporting.material.material import Material

Grouped = dict[tuple[str, str | None], list["ReasonEntry"]]

_COLUMNS: Final = (
    Column("Owed by"),
    Column("Standing"),
    Column("Phase"),
    Column("How it is kept"),
    Column("Due"),
    Column("Records"),
)
_READING: Final = (
    "The text states who owes a commitment, unless it says “implied”. “Nobody in particular” stands for acts "
    "of which nobody is named. “Records looked at” are those that this report was made from and that tell of "
    "what had occurred by its date: that none of them tells of a breach is no proof that there was none. A "
    "breach is only what a mechanism has established. A commitment is active since its agreement entered "
    "into force, unless it says otherwise. Bearers of whom everything is the same share a line."
)
#: What ends at a date that is no deadline.
_ENDS: Final = {
    "period": "the end of the period",
    "window": "the end of its time",
    "condition": "the end of the time in which it can start",
}
#: Commitments on which nothing is recorded are folded away if there are more than this.
_FEW: Final = 3


def commitments(material: Material) -> Section:
    """Return a part for each agreement, with a table of its commitments."""
    reasons: Grouped = {}
    for reason in material.data.reasons:
        reasons.setdefault((reason.commitment, reason.owed_by), []).append(reason)
    parts = tuple(part for a in material.agreements if not (part := _part(a, reasons, material)).empty)
    blocks: tuple[Block, ...] = (Note((_READING,)),) if parts else ()
    return Section(id="commitments", title="Commitments", blocks=blocks, subsections=parts)


def _part(agreement: Agreement, reasons: Grouped, material: Material) -> Section:
    standing: dict[str, list[RowEntry]] = {}
    for row in material.data.commitments:
        standing.setdefault(row.commitment, []).append(row)
    with_rows = [c for c in agreement.commitments if c.name in standing]
    quiet = [c for c in with_rows if all(_quiet(row, reasons, material) for row in standing[c.name])]
    if len(quiet) <= _FEW:
        quiet = []
    blocks: list[Block] = []
    if told := [c for c in with_rows if c not in quiet]:
        caption = "Who owes what, and where it stands"
        blocks.append(_table(agreement, told, caption, standing, reasons, material))
    if quiet:
        caption = f"Commitments without a deadline, on which nothing is {material.present}"
        table = _table(agreement, quiet, caption, standing, reasons, material)
        blocks.append(Fold(summary=f"{caption} ({len(quiet)})", blocks=(table,)))
    moved = [
        _reason(row, r, material)
        for c in with_rows
        for row in standing[c.name]
        for r in reasons.get((c.name, row.owed_by), [])
        if not _by_text(r)
    ]
    blocks += _folds(agreement, moved, material)
    title = material.names.agreement(agreement.id)
    return Section(id=f"commitments-{agreement.id}", title=title, blocks=tuple(blocks))


def _quiet(row: RowEntry, reasons: Grouped, material: Material) -> bool:
    """Tell whether a row says no more than that the commitment is there."""
    dated = row.due is not None or _further(row, material)
    if row.compliance not in (None, "none_recorded") or dated:
        return False
    return all(_by_text(r) for r in reasons.get((row.commitment, row.owed_by), []))


def _by_text(reason: ReasonEntry) -> bool:
    """Tell whether a reason only says that the text began to apply, as the phase beside it does."""
    return reason.record is None and reason.effect in ("started", "in_force")


def _table(  # noqa: PLR0913 – what a table of commitments is written from
    agreement: Agreement,
    some: list[Commitment],
    caption: str,
    standing: dict[str, list[RowEntry]],
    reasons: Grouped,
    material: Material,
) -> Table:
    rows: list[Row] = []
    for commitment in some:
        rows.append(Row(cells=(_heading(commitment, material),), group=True))
        rows += _rows(agreement, commitment, standing[commitment.name], reasons, material)
    return Table(caption=caption, columns=_COLUMNS, rows=tuple(rows))


def _rows(
    agreement: Agreement, commitment: Commitment, own: list[RowEntry], reasons: Grouped, material: Material
) -> Iterator[Row]:
    """Yield a line for each bearer, one for several where everything but the name is the same."""
    alike: dict[tuple[Words, ...], list[Words]] = {}
    rest: tuple[Words, ...]
    for row in own:
        why = reasons.get((commitment.name, row.owed_by), [])
        owed = row.owed_by
        rest = (
            ("–",) if owed is None else _standing(agreement, owed, material),
            _phase(agreement, row, material),
            compliance(commitment, row, why, material),
            _due(row, material),
            references(r.record for r in why) or ("–",),
        )
        alike.setdefault(rest, []).append(_bearer(commitment, owed, material))
    for rest, bearers in alike.items():
        several = words(*(words("; " if n else "", *bearer) for n, bearer in enumerate(bearers)))
        yield Row(cells=(words(*several, " – each" if len(bearers) > 1 else ""), *rest))


def _folds(agreement: Agreement, reasons: list[Row], material: Material) -> Iterator[Block]:
    if reasons:
        table = Table(
            caption="Every record and deadline that moved a row, or did not, and why",
            columns=(Column("Row"), Column("When"), Column("Record"), Column("Effect"), Column("Why")),
            rows=tuple(reasons),
        )
        yield Fold(summary=f"Reasons, row by row ({len(reasons)})", blocks=(table,))
    notes = [
        words(Strong(material.names.commitment(c.name)), ". ", Said(material.note(c)), *_deadline_note(c))
        for c in agreement.commitments
        if (material.note(c) or c.due_note) and c.duty != "declare"
    ]
    if notes:
        yield Fold(summary=f"Notes on the commitments ({len(notes)})", blocks=(Bullets(tuple(notes)),))
    declared = [c for c in agreement.commitments if c.duty == "declare"]
    if declared:
        bullets = Bullets(tuple(_declaration(c, material) for c in declared))
        yield Fold(
            summary=f"Declarations of the text, which have no status ({len(declared)})", blocks=(bullets,)
        )


def _deadline_note(commitment: Commitment) -> Words:
    return (" On the deadline: ", Said(commitment.due_note)) if commitment.due_note else ()


def _declaration(commitment: Commitment, material: Material) -> Words:
    return words(
        Strong(material.names.commitment(commitment.name)),
        *wording.unverified(commitment.unverified),
        *((". ", Said(commitment.summary)) if commitment.summary else ()),
        *((" Note: ", Said(note)) if (note := material.note(commitment)) else ()),
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
        ("to ensure: ", listed(_ensured(c, material) for c in commitment.ensures)),
    ):
        if text:
            kind.append(label + text)
    return words(
        Strong(names.commitment(commitment.name)),
        *wording.unverified(commitment.unverified),
        f" ({'; '.join(kind)})",
        *((". ", Said(commitment.summary)) if commitment.summary else ()),
    )


def _ensured(name: str, material: Material) -> str:
    """Return a commitment that another is to ensure, with those who owe it: it is theirs to keep."""
    owing = [r.owed_by for r in material.data.commitments if r.commitment == name and r.owed_by]
    known = material.names.commitments.get(name)
    parties = [p for p in owing if known is None or p in known.owed_by or p == "+".join(known.owed_by)]
    owed = f" (owed by {listed(material.names.party(p) for p in parties)})" if parties else ""
    return f"{material.names.commitment(name)}{owed}"


def _bearer(commitment: Commitment, owed: str | None, material: Material) -> Words:
    if owed is None:
        return ("Nobody in particular",)
    name = material.names.party(owed)
    if owed in commitment.owed_by or owed == "+".join(commitment.owed_by):
        return (name + (" (implied)" if commitment.bearer == "implied" else ""),)
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


def _phase(agreement: Agreement, row: RowEntry, material: Material) -> Words:
    """Return the phase, and since when if that is not the agreement's own beginning."""
    entry = material.lives[agreement.id].entry
    began = None if entry is None else iso(entry)
    if row.phase_from is None or (row.phase == "active" and row.phase_from == began):
        return (wording.phase(row.phase),)
    return words(wording.phase(row.phase), f" since {material.when(row.phase_from)}")


def _due(row: RowEntry, material: Material) -> Words:
    if row.due is None:
        return ("; ".join(_further(row, material)) or "–",)
    late = f"; late by {wording.late(row.late_by)}" if row.late_by is not None else ""
    return (f"{material.when(row.due)}{late}",)


def _further(row: RowEntry, material: Material) -> list[str]:
    """Return the end of the period in which something is owed, and of the time a commitment is for."""
    return [
        f"{ends(one, material)}, {_ENDS[one.kind]}"
        for one in material.coming
        if one.kind in _ENDS and one.commitment == row.commitment and row.owed_by in one.owed_by
    ]


def _reason(row: RowEntry, reason: ReasonEntry, material: Material) -> Row:
    name = f"{material.names.commitment(row.commitment)} – {material.names.party(row.owed_by)}"
    return Row(
        cells=(
            (name,),
            (material.when(reason.at),),
            (Ref(reason.record),) if reason.record is not None else ("the text",),
            (wording.plain(reason.effect),),
            words(wording.why(reason), " ", Code(reason.code)),
        )
    )
