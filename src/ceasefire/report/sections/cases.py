"""The open cases, what was done about them, and what is due next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.report import wording
from ceasefire.report.document import Column, Paragraph, Ref, Row, Section, Table, words
from ceasefire.report.names import listed
from ceasefire.report.sections.claims import awaited
from ceasefire.times_in_words import read_us

if TYPE_CHECKING:
    from ceasefire.report.document import Block, Words
    from ceasefire.report.material import Material


def cases(material: Material) -> Section:
    """Return the open cases, the responses and the deadlines after the date of the report."""
    parts = (_cases(material), _responses(material), _upcoming(material))
    blocks: list[Block] = [part for part in parts if part is not None]
    return Section(id="cases", title="Cases and what is due next", blocks=tuple(blocks))


def _cases(material: Material) -> Table | Paragraph | None:
    determined = {c["record"]: c["determination"] for c in material.rows("claims")}
    open_ = [row for row in material.rows("cases") if row["open"]]
    if not open_:
        return Paragraph(("No case is open.",)) if determined else None
    return Table(
        caption="Open cases and who has still to answer",
        columns=(Column("Record"), Column("Determination"), Column("Still to answer")),
        rows=tuple(
            Row(
                cells=(
                    (Ref(row["record"]),),
                    (wording.determination(determined[row["record"]]),)
                    if row["record"] in determined
                    else ("–",),
                    (listed(awaited(a, material) for a in row["awaiting"] or ()) or "nobody",),
                )
            )
            for row in open_
        ),
    )


def _responses(material: Material) -> Table | None:
    rows = material.rows("responses")
    if not rows:
        return None
    return Table(
        caption="What was done about it",
        columns=(
            Column("Record"), Column("About"), Column("Step"), Column("By"), Column("Addressed to"),
            Column("Due"), Column("State"),
        ),
        rows=tuple(
            Row(
                cells=(
                    (Ref(row["record"]) if row["record"] else "not released",),
                    _about(row["to"], material),
                    (wording.plain(row["step"]),),
                    _party(row["by"], material, hidden=row["record"] is None),
                    _party(row["addressee"], material, hidden=row["record"] is None),
                    (material.when(row["due"]),),
                    (wording.plain(row["state"]),),
                )
            )
            for row in rows
        ),
    )  # fmt: skip


def _about(target: str | None, material: Material) -> Words:
    if target is None:
        return ("a record not released",)
    return (Ref(target),) if target in material.records else (material.names.commitment(target),)


def _party(party: str | None, material: Material, *, hidden: bool) -> Words:
    if hidden:
        return ("not released",)
    return ("–",) if party is None else (material.names.party(party),)


def _upcoming(material: Material) -> Table | None:
    """Return the deadlines of commitments and the ends of agreements that are still to come."""
    found: list[tuple[int, int, Words, Words, str]] = []
    for row in material.rows("commitments"):
        due = read_us(row["due"], end=True, zone=material.timezone)
        if (
            due is None
            or due <= material.as_of
            or row["phase"] in ("fulfilled", "lapsed", "released", "concluded")
        ):
            continue
        what = words(
            material.names.commitment(row["commitment"]),
            ", ",
            material.names.agreement(row["commitment"].partition("/")[0]),
        )
        found.append((due, len(found), what, (material.names.party(row["owed_by"]),), row["due"]))
    for row in material.rows("agreements"):
        end = read_us(row["until"], zone=material.timezone)
        if end is not None and end > material.as_of and row["state"] in ("in_force", "suspended"):
            what = words("End of the present term: ", material.names.agreement(row["agreement"]))
            found.append((end, len(found), what, ("–",), row["until"]))
    if not found:
        return None
    return Table(
        caption="Due after the date of this report, the nearest first",
        columns=(Column("Due"), Column("What"), Column("Owed by")),
        rows=tuple(
            Row(cells=((material.when(text),), what, owed))
            for _, _, what, owed, text in sorted(found, key=lambda item: item[:2])
        ),
    )
