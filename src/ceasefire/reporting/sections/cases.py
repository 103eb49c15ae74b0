"""The open cases, what was done about them, and what is due next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.reporting.document import Column, Note, Paragraph, Ref, Row, Said, Section, Table, words
from ceasefire.reporting.material.material import references
from ceasefire.reporting.sections.claims import folded, waiting
from ceasefire.reporting.sections.upcoming import ends, owing, what_is_due
from ceasefire.reporting.words import wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire.assessment.result.entries import CaseEntry, ClaimEntry, DueEntry, ResponseEntry
    from ceasefire.reporting.document import Block, Words
    from ceasefire.reporting.material.material import Material

#: Determinations after which there is nothing left to answer.
_SETTLED: Final = frozenset({"established", "refuted", "inconclusive"})
_ASIDE: Final = frozenset({"withdrawn", "duplicate"})


def cases(material: Material) -> Section:
    """Return the open cases, the responses and the deadlines after the date of the report."""
    blocks: list[Block] = [*_cases(material), *_responses(material)]
    upcoming = _upcoming(material)
    if upcoming is not None:
        blocks.append(upcoming)
    return Section(id="cases", title="Cases and what is due next", blocks=tuple(blocks))


def _cases(material: Material) -> Iterable[Block]:
    """Yield the cases in which somebody has still to answer, and those that only wait to be closed."""
    open_ = [row for row in material.data.cases if row.open]
    if not open_:
        none = (
            "No case is open." if material.present == "recorded" else f"No open case is {material.present}."
        )
        return [Paragraph((none,))] if material.claims else []
    waits = [r for r in open_ if r.awaiting or not _settled(_judged(r.record, material))]
    rest = [r.record for r in open_ if r not in waits]
    blocks: list[Block] = []
    if waits:
        blocks.append(
            Table(
                caption=_open_cases(material),
                columns=(Column("Record"), Column("Determination"), Column(_heading(material.unanswered))),
                rows=tuple(_case(row, material) for row in waits),
            )
        )
    if rest:
        none = f"Decided, with no closing by those who must {material.present}: "
        blocks.append(Note(words(none, *references(rest, 12), ".")))
    return blocks


def _open_cases(material: Material) -> str:
    if material.present == "recorded":
        return "Open cases and who has still to answer"
    return f"Open cases and whose answer is not {material.present}"


def _heading(words_of_it: str) -> str:
    return words_of_it[:1].upper() + words_of_it[1:]


def _judged(record: str, material: Material) -> list[ClaimEntry]:
    """Return a claim as each agreement judges it in which it counts itself: there it has a case."""
    several = material.claims.get(record, [])
    return [c for c in several if c.determination not in _ASIDE] or several


def _settled(several: list[ClaimEntry]) -> bool:
    return bool(several) and all(claim.determination in _SETTLED for claim in several)


def _case(row: CaseEntry, material: Material) -> Row:
    several = _judged(row.record, material)
    told = wording.determinations(several, material) if several else ("–",)
    return Row(cells=((Ref(row.record),), told, (waiting(row.awaiting, material) or "–",)))


def _responses(material: Material) -> Iterable[Block]:
    rows = material.data.responses
    if not rows:
        return ()
    table = Table(
        caption="What was done about it",
        columns=(
            Column("Record"), Column("When"), Column("About"), Column("Step"), Column("By, and to whom"),
            Column("Due"), Column("In its own words"),
        ),
        rows=tuple(_response(row, material) for row in rows),
    )  # fmt: skip
    return folded(f"All that was done about it ({len(rows)})", table)


def _response(row: ResponseEntry, material: Material) -> Row:
    """Return what was done; the words of a reply in full, where this audience may read them.

    docs/rules/compliance.md, "Cases".
    """
    identifier = row.record
    hidden, mute = identifier is None, identifier in material.wordless
    record = material.record(identifier)
    made = getattr(record, "occurred", None) or getattr(record, "recorded", None)
    return Row(
        # A remedy is a claim, and has its row among the claims.
        anchor=identifier if identifier is not None and row.step != "remedy" else None,
        cells=(
            (Ref(identifier) if identifier is not None else "not released",),
            (material.occurred(made, getattr(record, "timezone", None)) if made is not None else "–",),
            _about(row.to, material),
            (wording.plain(row.step) + (", closing the case" if getattr(record, "closes", False) else ""),),
            _between(row, material, hidden=hidden),
            _due(row, material),
            (Said(record.text),) if record is not None and record.text and not mute else ("–",),
        ),
    )


def _due(row: ResponseEntry, material: Material) -> Words:
    """Return until when an answer was asked for, and whether one came, where this audience may read it."""
    if row.due is None:
        return ("–",)
    if row.state is None:
        return (f"{material.when(row.due)}: not released",)
    tone = {"overdue": "overdue", "met": "fulfilled"}.get(row.state, "")
    said = f"past its date, no answer {material.present}" if row.state == "overdue" else row.state
    return words(f"{material.when(row.due)}: ", wording.mark(tone, said))


def _about(target: str | None, material: Material) -> Words:
    if target is None:
        return ("a record not released",)
    return (Ref(target),) if target in material.records else (material.names.commitment(target),)


def _between(row: ResponseEntry, material: Material, *, hidden: bool) -> Words:
    """Return who did it, and to whom it is addressed."""
    if hidden:
        return ("not released",)
    to = f" to {material.names.party(row.addressee)}" if row.addressee is not None else ""
    return ((material.names.party(row.by) if row.by is not None else "not released") + to,)


def _upcoming(material: Material) -> Table | None:
    """Return what is due after the date of the report, each with every side that owes it."""
    if not material.coming:
        return None
    return Table(
        caption="Due after the date of this report, the nearest first",
        columns=(Column("Due"), Column("What"), Column("Owed by")),
        rows=tuple(
            Row(
                cells=(
                    (ends(one, material),),
                    _to_be_done(one, material),
                    (owing(one, material) or "–",),
                )
            )
            for one in material.coming
        ),
    )


def _to_be_done(one: DueEntry, material: Material) -> Words:
    """Return what is due, and under which agreement where that is not said by it."""
    if one.kind == "answer":
        return words("An answer to ", Ref(one.record or ""))
    told = what_is_due(one, material)
    under = f", {material.names.agreement(one.agreement or '')}" if one.commitment is not None else ""
    return (f"{told[:1].upper()}{told[1:]}{under}",)
