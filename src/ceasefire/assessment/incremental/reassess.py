"""What goes on from an assessment: another day, more records, a journal as it is now (design §12).

Each is what assessing anew would say; what holds of what was found is taken over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from ceasefire.assessment.evaluate import outcome
from ceasefire.assessment.incremental.extend import asked_with, evaluated_with, with_more
from ceasefire.assessment.incremental.knowledge import grown
from ceasefire.assessment.incremental.rows import fresh
from ceasefire.assessment.knowledge.asked import Told, ahead, first_of, given, heads, of_journal, seals
from ceasefire.assessment.outcome import Evaluation
from ceasefire.assessment.result.assessment import Assessment, assess
from ceasefire.clock import Instant, last_instant
from ceasefire.collecting import uncollected

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from ceasefire.assessment.knowledge.asked import Come
    from ceasefire.clock import Moment
    from ceasefire.record import Record

    When = str | date | Moment


def another_day(status: Assessment, as_of: When, since: When | None) -> Assessment:
    """Return an assessment of the same records as of another day."""
    with uncollected():
        whole = status.whole
        zone = whole.world.timezone
        until = last_instant(as_of, zone)
        asked = evolve(whole.asked, as_of=until, since=first_of(since, until, zone))
        return Assessment(Evaluation(asked, whole.world, outcome(asked, whole.outcome.basis, whole.outcome)))


def more_records(status: Assessment, more: Sequence[Record]) -> Assessment:
    """Return an assessment of the same records and some more, as of the same day."""
    with uncollected():
        new, before, told = given(more), status.newest, Told(seals=status.told.seals, ahead=status.told.ahead)
        found = fresh(before, new)
        if found is not None:
            return Assessment(before.whole, found, told)
        return Assessment(with_more(before.whole, (*before.records, *new), told))


def caught_up(status: Assessment, journal: Iterable[Record]) -> Assessment:
    """Return an assessment of a journal as it is now, asked as before."""
    with uncollected():
        before = status.newest
        whole, asked = before.whole, before.whole.asked
        come = _come(whole, status.told.mark, journal)
        if come is not None:
            told = Told(heads(journal), seals(journal, asked.known_at), come.mark, ahead(journal))
            unsealed = told.seals == status.told.seals  # else what had no effect may have some
            found = fresh(before, come.records) if unsealed else None
            if found is not None:
                return Assessment(whole, found, told)
            more = (*before.records, *come.records)
            known = grown(whole.outcome.basis, asked, more) if unsealed else None
            if known is not None:
                return Assessment(evaluated_with(whole, known, asked_with(whole, more, told)))
        return assess(
            asked.agreements,
            journal,
            as_of=Instant(asked.as_of),
            known_at=None if asked.known_at is None else Instant(asked.known_at),
            since=None if asked.since is None else Instant(asked.since),
            relays=asked.relays,
        )


def _come(whole: Evaluation, mark: object, journal: Iterable[Record]) -> Come | None:
    """Return what has come to a journal since; None where that does not tell all that is different.

    A body that was absent may have come, too, and nothing in the order of arrival says so.
    """
    if mark is None or whole.bodies_absent:
        return None
    come: Come | None = of_journal(journal, "arrived", mark)
    return come
