"""What others say of a duty, each with a name: statements, and how far it was carried out in their view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.reporting.document import Bullets, Item, Note, Section, words
from ceasefire.reporting.sections.card import made, step
from ceasefire.reporting.telling import due
from ceasefire.reporting.telling.references import at
from ceasefire.reporting.telling.room import ROWS, roomed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ceasefire.assessment.result.entries import AppraisalEntry, ResponseEntry
    from ceasefire.reporting.document import Words
    from ceasefire.reporting.material.ledgers import Ledgers
    from ceasefire.reporting.material.material import Material


def statements(material: Material, _: Ledgers) -> Section:
    """Return what was said or done about commitments, not about a case: by commitment, in order of time.

    The public reads them without their words, which may name anybody.
    """
    several = [
        row
        for commitment in (c.name for agreement in material.agreements for c in agreement.commitments)
        for row in sorted(material.responses_to.get(commitment, ()), key=lambda row: made(row, material))
    ]
    title = material.text("title.statements")
    blocks = roomed(several, ROWS, lambda some: (_statements(some, material),), material, table="responses")
    return Section(id="statements", title=title, blocks=blocks)


def _statements(several: Sequence[ResponseEntry], material: Material) -> Bullets:
    return Bullets(items=tuple(Item(words=_statement(row, material)) for row in several))


def _statement(row: ResponseEntry, material: Material) -> Words:
    """Return one statement: on which duty of whom, when, whose, in which words."""
    owed_by = getattr(material.record(row.record), "owed_by", None)
    duty = material.names.commitment(row.to or "")
    if owed_by is not None:
        duty = material.text("appraisal.duty", commitment=duty, who=due.owed_by([owed_by], material))
    return words(duty, " – ", *step(row, material, worded=material.audience != "public"))


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
