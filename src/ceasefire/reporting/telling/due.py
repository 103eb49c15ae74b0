"""What falls due: what it is, who owes it, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.clock import DAY
from ceasefire.reporting.document import words
from ceasefire.reporting.telling.references import ref

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire.assessment.result.entries import DueEntry
    from ceasefire.reporting.document import Time, Words
    from ceasefire.reporting.material.material import Material


def what(one: DueEntry, material: Material) -> Words:
    """Return what is due, without who owes it."""
    names = material.names
    record = words(ref(one.record, material)) if one.record else ()
    return material.say(
        f"due.{one.kind}",
        title=names.title(one.commitment or ""),
        agreement=names.agreement(one.agreement or ""),
        record=record,
    )


def owing(one: DueEntry, material: Material) -> str:
    """Return every side that owes it, each once; told whether they owe it together or each for itself."""
    return owed_by(one.owed_by, material)


def owed_by(bearers: Iterable[str | None], material: Material) -> str:
    """Return who owes something: together, each for itself, or nobody in particular."""
    several = [bearer for bearer in bearers if bearer]
    sides = list(dict.fromkeys(side for bearer in several for side in bearer.split("+")))
    names = material.names.parties_listed(sides)
    if len(sides) > 1 and len(several) == 1:
        return material.text("owed.together", who=names)
    return material.text("owed.each", who=names) if len(sides) > 1 else names


def until(one: DueEntry, material: Material) -> Time:
    """Return until when it is in time."""
    return material.days.due(material.us(one.due))


def in_days(one: DueEntry, material: Material) -> int:
    """Return in how many local days it is due: the day of the report is day zero."""
    return material.days.days_until(material.as_of, material.us(one.due))


def within(material: Material, first: int, last: int) -> list[DueEntry]:
    """Return what falls due after so many days and until so many, counted from the instant of the report."""
    low, high = material.as_of + first * DAY, material.as_of + last * DAY
    return [one for one in material.coming if low < material.us(one.due) <= high]
