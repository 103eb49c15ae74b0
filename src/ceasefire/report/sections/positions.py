"""What each member says on each claim, with dissent, and how others appraise what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.report import wording
from ceasefire.report.audience import Item, answers
from ceasefire.report.document import Column, Note, Ref, Row, Section, Strong, Table, words
from ceasefire.report.names import listed
from ceasefire.report.sections.claims import folded
from ceasefire.visible import visible

if TYPE_CHECKING:
    from ceasefire.report.document import Words
    from ceasefire.report.material import Material


_COUNTED: Final = (
    "Only the members of a mechanism are counted, each with its latest answer on the newest wording. "
    "“Differs” marks a question that counted members answer differently."
)


def positions(material: Material) -> Section:
    """Return the positions of each member, claim by claim and question by question."""
    grouped: dict[tuple[str, str | None], list[Item]] = {}
    for row in material.rows("positions"):
        grouped.setdefault((row["record"], row["mechanism"]), []).append(row)
    rows: list[Row] = []
    for (record, mechanism), several in grouped.items():
        rows.append(Row(cells=(_heading(record, mechanism, material),), group=True))
        rows += [_row(p, _dissents(p, several), material) for p in several]
    if not rows:
        return Section(id="positions", title="Positions")
    table = Table(
        caption="Positions of each member on each question",
        columns=(
            Column("Question"),
            Column("Member"),
            Column("Answer"),
            Column("Finding"),
            Column("Counted"),
        ),
        rows=tuple(rows),
    )
    return Section(
        id="positions",
        title="Positions of each member, and dissent",
        blocks=(*folded(f"All positions ({len(grouped)} claims)", table), Note((_COUNTED,))),
    )


def _heading(record: str, mechanism: str | None, material: Material) -> Words:
    claim = next(
        (c for c in material.rows("claims") if c["record"] == record and c["mechanism"] == mechanism), None
    )
    determined = (", ", wording.determination(claim["determination"])) if claim else ()
    return words(Ref(record), *determined, f" – {material.names.mechanism(mechanism)}")


def _row(position: Item, differs: bool, material: Material) -> Row:
    counts = "counted" if position["counted"] else "not counted"
    return Row(
        cells=(
            (wording.QUESTIONS.get(position["question"], wording.plain(position["question"])),),
            (material.names.party(position["member"]),),
            words(_answer(position, material), *((" ", Strong("differs")) if differs else ())),
            (Ref(position["finding"]),) if position["finding"] is not None else ("the claim itself",),
            (counts,),
        )
    )


def _answer(position: Item, material: Material) -> str:
    said = answers(position)
    if position["question"] == "attributed_to":
        named = listed(material.names.party(p) for p in said)
        return f"{named} (in the view of {material.names.party(position['member'])})"
    if position["question"] == "commitments":
        return listed(material.names.commitment(c) if "/" in c else wording.plain(c) for c in said)
    return listed(visible(wording.plain(a) if position["question"] != "same_as" else a) for a in said)


def _dissents(position: Item, several: list[Item]) -> bool:
    if not position["counted"]:
        return False
    given = {answers(p) for p in several if p["counted"] and p["question"] == position["question"]}
    return len(given) > 1


def appraisals(material: Material) -> Section:
    """Return how far each duty was carried out in the view of each who says so, side by side."""
    rows = tuple(
        Row(
            anchor=row["record"],
            cells=(
                (material.names.commitment(row["commitment"]),),
                (material.names.party(row["owed_by"]) if row["owed_by"] else "all who owe it",),
                (f"{material.when(row['from'])} to {material.when(row['until'])}",),
                (material.names.party(row["by"]),),
                (wording.plain(row["grade"]),),
                (Ref(row["record"]),),
            ),
        )
        for row in material.rows("appraisals")
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
