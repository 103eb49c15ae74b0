"""A small table of the rows of an assessment, for notebooks; needs no template and no extra."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from ceasefire.report.compliance import compliance
from ceasefire.report.document import Mark, Ref, Strong
from ceasefire.report.material import Material, material
from ceasefire.report.wording import phase
from ceasefire.visible import visible

if TYPE_CHECKING:
    from ceasefire.assessment.result import Assessment
    from ceasefire.report.audience import Item
    from ceasefire.report.document import Words

#: A notebook shows this many rows; the report has them all.
MOST = 100


def html_fragment(assessment: Assessment) -> str:
    """Return the rows of an assessment as a small HTML table: text escaped, no styles, no scripts."""
    shown = material(assessment, "mechanism", None)
    rows = shown.rows("commitments")
    head = "".join(
        f'<th scope="col">{title}</th>'
        for title in ("Commitment", "Owed by", "Phase", "How it is kept", "Due")
    )
    body = "".join(_row(row, shown) for row in rows[:MOST])
    names = ", ".join(escape(shown.names.agreement(a.id)) for a in shown.agreements)
    more = f"<p>{len(rows) - MOST} more rows.</p>" if len(rows) > MOST else ""
    as_of = escape(shown.when(shown.data["asked"]["as_of"]))
    return (
        f"<table><caption>{names}, as of {as_of}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table>{more}"
    )


def _row(row: Item, shown: Material) -> str:
    commitment = shown.names.commitments.get(row["commitment"])
    why = [
        r
        for r in shown.rows("reasons")
        if (r["commitment"], r["owed_by"]) == (row["commitment"], row["owed_by"])
    ]
    kept = compliance(commitment, row, why, shown) if commitment else ("–",)
    cells = (
        shown.names.party(row["owed_by"]),
        phase(row["phase"]).text,
        _text(kept),
        shown.when(row["due"]),
    )
    heading = f'<th scope="row">{escape(shown.names.commitment(row["commitment"]))}</th>'
    return f"<tr>{heading}{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"


def _text(words: Words) -> str:
    """Return words as text alone."""
    parts = []
    for part in words:
        match part:
            case str():
                parts.append(part)
            case Mark(text) | Strong(text):
                parts.append(text)
            case Ref(record):
                parts.append(f"[{record}]")
            case _:
                parts.append(getattr(part, "text", ""))
    return visible("".join(parts))
