"""What is established, open and missed in the period, beside the span of equal length before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.reporting.document import Column, Note, Paragraph, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ceasefire.assessment.result.entries import SpanEntry
    from ceasefire.reporting.document import Block, Words
    from ceasefire.reporting.material.material import Material

#: What of a span is set beside the same of the other, and its heading.
_COLUMNS: Final = (
    ("breaches", "established breaches"),
    ("open", "open claims"),
    ("overdue", "deadlines missed"),
)
_READING: Final = (
    "Acts are counted by when they began, an omission by its deadline. An open claim determines nothing. "
    "Fewer claims may only mean fewer reports."
)


def conduct(material: Material) -> Iterator[Block]:
    """Yield the rows for which anything is counted in either span; without a period, nothing."""
    if material.period is None or material.previous is None:
        return
    rows: dict[tuple[str, str | None], dict[str, SpanEntry]] = {}
    for span in material.data.spans:
        rows.setdefault((span.commitment, span.owed_by), {})[span.span] = span
    shown = [(row, both) for row, both in rows.items() if any(_counts(span) for span in both.values())]
    if not shown:
        none = "No established breach, open claim or missed deadline of this period or the one before is"
        yield Paragraph((f"{none} {material.present}.",))
        return
    spans = (
        ("previous", f"before, {material.span(material.previous)}"),
        ("period", f"this period, {material.span(material.period)}"),
    )
    yield Table(
        caption="What is established, open and missed, by commitment",
        columns=(
            Column("Commitment"),
            Column("Owed by"),
            *(Column(title, "right", over=label) for _, label in spans for _, title in _COLUMNS),
        ),
        rows=tuple(
            Row(
                cells=(
                    (material.names.commitment(commitment),),
                    (material.names.party(owed),),
                    *(_cell(getattr(both.get(name), key, None)) for name, _ in spans for key, _ in _COLUMNS),
                )
            )
            for (commitment, owed), both in shown
        ),
    )
    hidden = any(span.open is None for span in material.data.spans)
    yield Note((_READING + (" –: open claims are not shown by name to the public." if hidden else ""),))


def _counts(span: SpanEntry) -> bool:
    return any(getattr(span, key) for key, _ in _COLUMNS)


def _cell(number: int | None) -> Words:
    return ("–" if number is None else f"{number:,}",)
