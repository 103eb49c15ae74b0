"""Another day, more records, a journal as it is now: what goes on from an assessment.

Each is what assessing anew would say; what holds of what was found is taken over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from ceasefire.assessment.evaluate import anew, assessed, outcome
from ceasefire.assessment.incremental.rows import AddedRows, fresh
from ceasefire.assessment.knowledge.asked import Told, first_of, given, keeper, seals, told
from ceasefire.assessment.knowledge.forks import chains
from ceasefire.assessment.knowledge.ledger import is_known
from ceasefire.assessment.knowledge.seals import Vouching, sealings
from ceasefire.assessment.outcome import Evaluation
from ceasefire.clock import Instant, last_instant
from ceasefire.collecting import uncollected

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from ceasefire.assessment.knowledge.asked import Come, Keeper
    from ceasefire.clock import Moment
    from ceasefire.record import Record

    When = str | date | Moment

#: An assessment in full, a few records more of which only the rows are found, and what the journal told.
Parts = tuple[Evaluation, AddedRows | None, Told | None]


def another_day(whole: Evaluation, as_of: When, since: When | None) -> Evaluation:
    """Return an assessment of the same records as of another day."""
    with uncollected():
        zone = whole.world.timezone
        until = last_instant(as_of, zone)
        asked = replace(whole.asked, as_of=until, since=first_of(since, until, zone))
        return Evaluation(asked, whole.world, outcome(asked, whole.outcome.basis, whole.outcome))


def more_records(before: AddedRows, more: Sequence[Record], before_told: Told) -> Parts:
    """Return an assessment of the same records and some more, as of the same day."""
    with uncollected():
        new, still = given(more), Told(seals=before_told.seals, ahead=before_told.ahead)
        found = fresh(before, new)
        if found is not None:
            return before.whole, found, still
        return with_more(before.whole, (*before.records, *new), still), None, None


def caught_up(before: AddedRows, before_told: Told, journal: Iterable[Record]) -> Parts:
    """Return an assessment of a journal as it is now, asked as before."""
    with uncollected():
        whole, asked = before.whole, before.whole.asked
        kept = keeper(journal)
        come = _come(whole, before_told.mark, kept)
        if come is not None:
            now = told(kept, seals(kept, asked.known_at), come.mark)
            unsealed = now.seals == before_told.seals  # else what had no effect may have some
            found = fresh(before, come.records) if unsealed else None
            if found is not None:
                return whole, found, now
        anew_asked = assessed(
            asked.agreements,
            journal,
            as_of=Instant(asked.as_of),
            known_at=None if asked.known_at is None else Instant(asked.known_at),
            since=None if asked.since is None else Instant(asked.since),
            relays=asked.relays,
        )
        return anew_asked, None, None


def with_more(whole: Evaluation, more: Sequence[Record], kept: Told) -> Evaluation:
    """Return an assessment in full of the same records and some more."""
    before, keys = whole.asked, whole.world.keys
    records = (*before.records, *more)
    sealed = sealings(kept.seals, keys, before.known_at)
    several, divided = chains(records, lambda record: is_known(record, before.known_at), sealed)
    asked = replace(
        before,
        records=several,
        chains=divided,
        told=kept,
        vouched=Vouching(records, kept.seals, keys, before.known_at),
    )
    return anew(asked, whole.world)


def _come(whole: Evaluation, mark: object, journal: Keeper | None) -> Come | None:
    """Return what has come to a journal since; None where that does not tell all that is different.

    A body that was absent may have come, too, and nothing in the order of arrival says so.
    """
    if mark is None or journal is None or whole.bodies_absent:
        return None
    return journal.arrived(mark)
