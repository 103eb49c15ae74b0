"""Responses that stand, and when each was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.assessment.world.occurrence import times_of
from ceasefire.record import Response
from ceasefire.record.order import id_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire.assessment.knowledge.wordings import Worded


def responses(entries: Iterable[Worded], zone: str) -> list[tuple[int, Worded]]:
    """Return those of these responses that stand, each with when it was made, in order of time."""
    found = {
        (made_at(entry, zone), id_key(entry.id), entry.id): entry for entry in entries if not entry.withdrawn
    }
    return [(place[0], found[place]) for place in sorted(found)]


def made_at(entry: Worded, zone: str) -> int:
    """Return when a response was made: when it says, else when it was recorded."""
    record = entry.record
    if not isinstance(record, Response) or record.occurred is None:
        return entry.dated or 0
    return times_of(record.occurred, record.timezone or zone, entry.dated).last
