"""The list of published counts: each tally, then its stated parts, never added up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from ceasefire.assessment.result.entries import EstimateEntry, TallyEntry
from ceasefire.clock import iso

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ceasefire.assessment.knowledge.tallies import Counted
    from ceasefire.record.fields import Toll


def table(tallies: Iterable[Counted]) -> Iterator[TallyEntry]:
    """Yield the rows of the list `tallies`: each tally, then its stated parts."""
    for tally in tallies:
        record = tally.record
        whole = TallyEntry(
            record=tally.id,
            by=record.author,
            said_by=record.speaker,
            from_=iso(tally.first),
            until=iso(tally.last),
            zone=record.zone,
            part_of=None,
            act=record.act,
            unit=record.unit,
            count=record.count,
            answers=record.answers,
            confirmed=record.confirmed,
            not_confirmed=record.not_confirmed,
            not_covered=record.not_covered,
            accused=tuple(record.accused),
            against=tuple(record.against),
            at_least=record.at_least,
            cumulative=record.cumulative,
            ruled=record.ruled,
            pending=record.pending,
            killed=_estimate(record.killed),
            injured=_estimate(record.injured),
            read=tuple(record.read),
            through=record.through,
        )
        yield whole
        of_whole = replace(whole, answers=None, confirmed=None, not_confirmed=None, not_covered=None)
        of_whole = replace(of_whole, pending=None, killed=None, injured=None)  # nor are these of any part
        for zone, count in record.by_zone:
            read = (zone,) if zone in record.read else ()
            yield replace(of_whole, zone=zone, part_of=tally.id, count=count, at_least=False, read=read)


def _estimate(people: Toll | None) -> EstimateEntry | None:
    return None if people is None else EstimateEntry(people.low, people.best, people.high)
