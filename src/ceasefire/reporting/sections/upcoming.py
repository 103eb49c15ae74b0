"""What is due after the date of the report, and who owes it, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.clock import SECOND, iso
from ceasefire.reporting.material.names import listed
from ceasefire.times_in_words import exactly
from ceasefire.visible import visible

if TYPE_CHECKING:
    from ceasefire.assessment.result.entries import DueEntry
    from ceasefire.reporting.material.material import Material

#: What is said of each kind of thing that is due; of some, what there is to do is what the text asks.
_WHAT: Final = {
    "deadline": "{promise}",
    "period": "{promise}, for the period that then ends",
    "window": "the end of the time for {promise}",
    "condition": "the end of the time in which {promise} can start",
    "objection": "the last moment to object to the renewal of “{agreement}”",
    "renewal": "the last moment for a decision to renew “{agreement}”",
    "term": "the end of the present term of “{agreement}”",
    "notice": "the end of “{agreement}” by a notice that runs",
    "answer": "an answer to {record}",
    "silence": "the last moment to object to the decision {record}, before silence is consent",
}


def upcoming(one: DueEntry, material: Material) -> str:
    """Return one thing that is due, with every side that owes it."""
    owed = owing(one, material)
    verb = "asked of" if one.kind == "answer" else "owed by"
    return what_is_due(one, material) + (f", {verb} {owed}" if owed else "")


def what_is_due(one: DueEntry, material: Material) -> str:
    """Return what is due, without who owes it."""
    names = material.names
    return _WHAT[one.kind].format(
        promise=names.promise(one.commitment or ""),
        agreement=names.agreement(one.agreement or ""),
        record=visible(one.record or ""),
    )


def owing(one: DueEntry, material: Material) -> str:
    """Return every side that owes it, each once, empty where nobody in particular does."""
    sides = dict.fromkeys(side for several in one.owed_by for side in several.split("+"))
    return listed(material.names.party(side) for side in sides)


def ends(one: DueEntry, material: Material) -> str:
    """Return until when it is in time: the end of a day; within a day, the hour at which it ends."""
    last = exactly(one.due)
    told = material.when(one.due)
    if told.startswith("end of") or (last + 1) % SECOND:
        return told
    return material.when(iso(last + 1))
