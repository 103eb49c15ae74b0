"""The list of published counts: each tally, then its stated parts, never added up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ceasefire.assessment.knowledge.tallies import OF_THE_WHOLE, Counted, people
from ceasefire.clock import iso

if TYPE_CHECKING:
    from collections.abc import Iterable


def table(tallies: Iterable[Counted]) -> list[dict[str, Any]]:
    """Return the rows of the list `tallies`: each tally, then its stated parts."""
    rows = []
    for tally in tallies:
        record = tally.record
        whole: dict[str, Any] = {
            "record": tally.id,
            "by": record.by,
            "said_by": record.speaker,
            "from": iso(tally.first),
            "until": iso(tally.last),
            "zone": record.zone,
            "part_of": None,
            "act": record.act,
            "unit": record.unit,
            "count": record.count,
            "answers": record.answers,
            "confirmed": record.confirmed,
            "not_confirmed": record.not_confirmed,
            "not_covered": record.not_covered,
            "accused": list(record.accused),
            "against": list(record.against),
            "at_least": record.at_least,
            "cumulative": record.cumulative,
            "ruled": record.ruled,
            "pending": record.pending,
            "killed": people(record.killed),
            "injured": people(record.injured),
            "read": list(record.read),
            "through": record.through,
        }
        rows.append(whole)
        for zone, count in record.by_zone:
            part = {"zone": zone, "part_of": tally.id, "count": count, "at_least": False}
            rows.append(whole | OF_THE_WHOLE | part | {"read": [zone] if zone in record.read else []})
    return rows
