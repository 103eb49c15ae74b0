"""What each member says on each claim, with dissent, and how others appraise what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, get_args

from ceasefire.clock import some_time
from ceasefire.record.choices import Ground
from ceasefire.reporting.document import Column, Note, Ref, Row, Section, Table, words
from ceasefire.reporting.material.audience import answers
from ceasefire.reporting.material.material import counted
from ceasefire.reporting.material.names import listed
from ceasefire.reporting.sections.claims import folded
from ceasefire.reporting.words import wording
from ceasefire.visible import visible

if TYPE_CHECKING:
    from ceasefire.assessment.result.entries import AppraisalEntry, PositionEntry
    from ceasefire.reporting.document import Words
    from ceasefire.reporting.material.material import Material


_GROUNDS: Final = frozenset(get_args(Ground))
_COUNTED: Final = (
    "Only the members of a mechanism are counted, each with its latest answer on the newest wording. "
    "“Differ” marks a question that counted members answer differently."
)


def positions(material: Material) -> Section:
    """Return the positions of each member: a part for each claim, a line for each question."""
    grouped: dict[tuple[str, str | None], dict[str, list[PositionEntry]]] = {}
    told: set[PositionEntry] = set()
    for row in material.data.positions:
        # One mechanism that oversees several agreements hears each answer once.
        same = row._replace(agreement="")
        if same in told:
            continue
        told.add(same)
        questions = grouped.setdefault((row.record, row.mechanism), {q: [] for q in wording.QUESTIONS})
        questions.setdefault(row.question, []).append(row)
    rows: list[Row] = []
    for (record, mechanism), questions in grouped.items():
        rows.append(Row(cells=(_heading(record, mechanism, material),), group=True))
        rows += [_row(question, several, material) for question, several in questions.items() if several]
    if not rows:
        return Section(id="positions", title="Positions")
    table = Table(
        caption="Positions of each member on each question",
        columns=(Column("Question"), Column("Members"), Column("Answers counted"), Column("Not counted")),
        rows=tuple(rows),
    )
    return Section(
        id="positions",
        title="Positions of each member, and dissent",
        blocks=(*folded(f"All positions ({counted(len(grouped), 'claim')})", table), Note((_COUNTED,))),
    )


def _heading(record: str, mechanism: str | None, material: Material) -> Words:
    several = [c for c in material.claims.get(record, ()) if c.mechanism == mechanism]
    determined = (", ", *wording.determinations(several, material)) if several else ()
    return words(Ref(record), *determined, f" – {material.names.mechanism(mechanism)}")


def _row(question: str, several: list[PositionEntry], material: Material) -> Row:
    counting = [p for p in several if p.counted]
    given = {answers(p) for p in counting}
    agree: Words = ("–",)
    if len(counting) > 1:
        agree = (wording.mark("disputed", "differ") if len(given) > 1 else "agree",)
    return Row(
        cells=(
            (wording.QUESTIONS.get(question, wording.plain(question)),),
            agree,
            _said(counting, material),
            _said([p for p in several if not p.counted], material),
        )
    )


def _said(several: list[PositionEntry], material: Material) -> Words:
    parts = [
        words(
            "; " if n else "",
            _answer(p, material),
            " ",
            Ref(p.finding or p.record),
            _superseded(p, material),
        )
        for n, p in enumerate(several)
    ]
    return words(*parts) or ("–",)


def _superseded(position: PositionEntry, material: Material) -> str:
    """Return on which wording an answer stands that is shown, and not counted.

    docs/rules/claims.md, "Wordings".
    """
    code = material.superseded.get(position.finding or "")
    return f" ({wording.SUPERSEDED[code]})" if code is not None and not position.counted else ""


def _answer(position: PositionEntry, material: Material) -> str:
    """Return what a position says and whose it is; a name never without whose view it is."""
    said, member = answers(position), material.names.party(position.member)
    if position.question == "attributed_to":
        return f"{listed(material.names.party(p) for p in said)} (in the view of {member})"
    if position.question == "commitments":
        told = listed(wording.plain(c) if c in _GROUNDS else material.names.commitment(c) for c in said)
    elif position.question == "same_as":
        told = listed(visible(a) for a in said)
    elif position.question == "ended":
        dated_in = getattr(material.record(position.finding), "timezone", None)
        told = material.occurred(some_time(position.answer), dated_in)
    else:
        told = listed(visible(wording.plain(a)) for a in said)
    return f"{member}: {told}"


def appraisals(material: Material) -> Section:
    """Return how far each duty was carried out in the view of each who says so, side by side."""
    rows = tuple(
        Row(
            anchor=row.record,
            cells=(
                (material.names.commitment(row.commitment),),
                (material.names.party(row.owed_by) if row.owed_by else "all who owe it",),
                (_period(row, material),),
                (material.names.party(row.by),),
                (wording.plain(row.grade),),
                (Ref(row.record),),
            ),
        )
        for row in material.data.appraisals
    )
    if not rows:
        return Section(id="appraisals", title="Appraisals")
    table = Table(
        caption="Appraisals: opinions with a name, side by side; they move nothing",
        columns=(
            Column("Commitment"), Column("Owed by"), Column("Period"), Column("In the view of"),
            Column("Carried out"), Column("Record"),
        ),
        rows=rows,
    )  # fmt: skip
    return Section(id="appraisals", title="Appraisals", blocks=folded(f"All appraisals ({len(rows)})", table))


def _period(row: AppraisalEntry, material: Material) -> str:
    """Return the period of an appraisal as its record states it."""
    record = material.record(row.record)
    stated = getattr(record, "period", None)
    if stated is not None:
        return material.occurred(stated, getattr(record, "timezone", None))
    return f"{material.when(row.from_)} to {material.when(row.until)}"
