"""Appraisals: how far a duty was carried out in somebody's view, one line each, with the name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.reporting.document import Bullets, Item, Note, Section, words
from ceasefire.reporting.telling.references import at

if TYPE_CHECKING:
    from ceasefire.assessment.result.entries import AppraisalEntry
    from ceasefire.reporting.document import Words
    from ceasefire.reporting.material.ledgers import Ledgers
    from ceasefire.reporting.material.material import Material


def appraisals(material: Material, _: Ledgers) -> Section:
    """Return the views of one duty and period side by side."""
    grouped: dict[tuple[str, str], list[Words]] = {}
    for row in material.data.appraisals:
        who = material.names.party(row.owed_by) if row.owed_by else material.text("party.all")
        duty = material.text("appraisal.duty", commitment=material.names.commitment(row.commitment), who=who)
        view = material.say(
            "appraisal.view",
            who=material.names.party(row.by),
            grade=material.vocabulary.code("grade", row.grade),
        )
        grouped.setdefault((duty, _period(row, material)), []).append(
            words(*view, " ", at(row.record, material))
        )
    items = tuple(
        Item(
            words=material.say(
                "appraisal.line",
                duty=duty,
                period=period,
                views=material.vocabulary.joined(views, "list.dot"),
            )
        )
        for (duty, period), views in grouped.items()
    )
    title = material.text("title.appraisals")
    if not items:
        return Section(id="appraisals", title=title)
    note = Note(material.say("appraisal.note"))
    return Section(id="appraisals", title=title, blocks=(Bullets(items=items), note))


def _period(row: AppraisalEntry, material: Material) -> str:
    """Return the period of an appraisal as its record states it."""
    record = material.record(row.record)
    stated = getattr(record, "period", None)
    if stated is not None:
        return material.occurred(stated, getattr(record, "timezone", None))
    return material.days.window(material.us(row.from_), material.us(row.until, end=True))
