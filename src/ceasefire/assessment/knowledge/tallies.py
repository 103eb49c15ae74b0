"""Published counts, each ledger by itself: never summed, averaged or repaired.

docs/rules/records.md, "Tally"; docs/rules/result.md, "tallies".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.assessment.codes import Problem
from ceasefire.assessment.world.occurrence import times_of
from ceasefire.errors import with_article
from ceasefire.record import Appraisal, Tally
from ceasefire.record.order import id_key
from ceasefire.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ceasefire.assessment.knowledge.wordings import Worded, Wordings
    from ceasefire.clock import Occurrence
    from ceasefire.record import Record


class Counted(Value):
    """A tally that stands, with the bounds of its period as it states them."""

    id: str
    record: Tally
    first: int
    last: int
    #: The last microsecond that its period holds: one up to an instant does not hold that.
    holds: int


def plain(record: Tally) -> bool:
    """Tell whether a count names nobody and is no ruling: then it concerns nobody in particular."""
    return not (record.accused or record.against or record.ruled)


def above_zero(record: Tally) -> tuple[str | None, ...]:
    """Return where a count above zero was: in its zone or, without a total, where its parts above zero were.

    None is everywhere. Parts beside a total are never added up: it is the total that counts.
    """
    if record.count is not None:
        return (record.zone,) if record.count else ()
    return tuple(dict.fromkeys(zone for zone, count in record.by_zone if count))


def span(period: Occurrence, zone: str) -> tuple[int, int] | None:
    """Return the first and last microsecond that a stated period holds; None where it has no end."""
    times = times_of(period, zone, None)
    return None if times.goes_on else times.period()


def counted(wordings: Wordings, zone: str) -> list[Counted]:
    """Return the tallies that stand, by period, author and number.

    An answer without a period has that of the tally it answers, and is seen when that is.
    """
    found = []
    for entry in wordings.of_kind(Tally):
        record = entry.record
        if isinstance(record, Tally) and not entry.withdrawn:
            bounds = _period(record, wordings.by_id, zone)
            if bounds is not None:
                first, last, holds = bounds
                found.append(Counted(entry.id, record, first, last, holds))
    return sorted(found, key=lambda c: (c.first, c.last, c.record.author, id_key(c.id)))


def _period(
    record: Tally | Appraisal, worded: Mapping[str, Worded], zone: str
) -> tuple[int, int, int] | None:
    """Return the first and last instant of what is counted or graded, and the last that the period holds.

    None where it has no end.
    """
    stated: Record = record
    answered = _answered(record, worded)
    if record.period is None and answered is not None:
        stated = answered.record
    period = stated.period if isinstance(stated, Tally | Appraisal) else None
    if period is None:
        return None
    held, times = span(period, stated.timezone or zone), times_of(period, stated.timezone or zone, None)
    return None if held is None else (*times.possible_part(), held[1])


def _answered(record: Record, worded: Mapping[str, Worded]) -> Worded | None:
    """Return the record that a count answers, where that is known."""
    return worded.get(record.answers) if isinstance(record, Tally) and record.answers else None


def unseen(wordings: Wordings, zone: str) -> list[Problem]:
    """Return a problem for each count and appraisal that no day shows: its period never ends."""
    found, worded = [], wordings.by_id
    for entry in wordings.of_kind(Tally, Appraisal):
        record = entry.record
        if not isinstance(record, Tally | Appraisal) or entry.withdrawn:
            continue
        answers = record.answers if isinstance(record, Tally) else None
        answered = _answered(record, worded)
        if answered is not None and not isinstance(answered.record, Tally):
            what = f"{entry.id} answers {answered.id}, which is no tally"
            found.append(Problem(entry.id, "foreign_answer", what))
        elif _period(record, worded, zone) is None and (answers is None or answered is not None):
            what = f"{entry.id}, {with_article(record.kind)}, is of no period that ends"
            found.append(Problem(entry.id, "no_period", f"{what}: no status shows it until it is corrected"))
    return found


def by_act_and_zone(several: Iterable[Counted]) -> dict[tuple[str | None, str | None], list[Counted]]:
    """Return the tallies above zero that name nobody, by the act they name, if any, and where they were."""
    found: dict[tuple[str | None, str | None], list[Counted]] = {}
    for tally in several:
        if plain(tally.record):
            for zone in above_zero(tally.record):
                found.setdefault((tally.record.act, zone), []).append(tally)
    return found


def problems(tallies: Iterable[Counted], places: Iterable[str]) -> list[Problem]:
    """Return what is odd in published counts: totals against parts, places."""
    known = frozenset(places)
    found = []
    for tally in tallies:
        record = tally.record
        parts = sum(count for _, count in record.by_zone)
        odd = parts < (record.count or 0) if record.at_least else parts != record.count
        if record.count is not None and record.by_zone and odd:
            total = f"at least {record.count}" if record.at_least else record.count
            what = f"{tally.id}: the published total is {total}, its published parts sum to {parts}"
            found.append(Problem(tally.id, "does_not_add_up", f"{what}; both are kept"))
        named = (*((record.zone,) if record.zone else ()), *[zone for zone, _ in record.by_zone])
        for place in named:
            if place not in known:
                what = f"{tally.id} names the place {place!r}, which is no zone of these files"
                found.append(Problem(tally.id, "unknown_place", what))
    return found
