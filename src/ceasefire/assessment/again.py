"""What goes on from an assessment: another day, more records, a journal as it is now (design §12).

Each is what assessing anew would say; what holds of what was found is taken over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from ceasefire.assessment.asking import ahead, first_of, given, heads, of_journal, seals
from ceasefire.assessment.assess import anew, assess, outcome
from ceasefire.assessment.forks import chains
from ceasefire.assessment.fresh import fresh
from ceasefire.assessment.growing import grown
from ceasefire.assessment.known import is_known
from ceasefire.assessment.result import Assessment
from ceasefire.assessment.sealing import Vouching, sealings
from ceasefire.assessment.whole import Told, Whole
from ceasefire.clock import Instant, last_instant
from ceasefire.collecting import uncollected

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from ceasefire.assessment.asking import Come
    from ceasefire.assessment.basis import Basis
    from ceasefire.assessment.whole import Asked
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
        return Assessment(Whole(asked, whole.world, outcome(asked, whole.outcome.basis, whole.outcome)))


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
                return Assessment(_going_on(whole, known, _asked(whole, more, told)))
        return assess(
            asked.agreements,
            journal,
            as_of=Instant(asked.as_of),
            known_at=None if asked.known_at is None else Instant(asked.known_at),
            since=None if asked.since is None else Instant(asked.since),
            relays=asked.relays,
        )


def with_more(whole: Whole, more: Sequence[Record], told: Told) -> Whole:
    """Return an assessment in full of the same records and some more."""
    asked = _asked(whole, more, told)
    known = grown(whole.outcome.basis, whole.asked, more)
    if known is not None:
        return _going_on(whole, known, asked)
    sealed = sealings(asked.vouched.seals, whole.world.keys, asked.known_at)
    several, divided = chains(asked.records, lambda record: is_known(record, asked.known_at), sealed)
    return anew(evolve(asked, records=several, chains=divided), whole.world)


def _going_on(whole: Whole, known: Basis, asked: Asked) -> Whole:
    """Return the same of more records, where what was found holds beside what is new."""
    return Whole(asked, whole.world, outcome(asked, known, whole.outcome))


def _asked(whole: Whole, more: Sequence[Record], told: Told) -> Asked:
    """Return the call with more records."""
    before = whole.asked
    records = (*before.records, *more)
    vouching = Vouching(records, told.seals, whole.world.keys, before.known_at)
    return evolve(
        before, records=records, heads=told.heads, mark=told.mark, ahead=told.ahead, vouched=vouching
    )


def _come(whole: Whole, mark: object, journal: Iterable[Record]) -> Come | None:
    """Return what has come to a journal since; None where that does not tell all that is different.

    A body that was absent may have come, too, and nothing in the order of arrival says so.
    """
    if mark is None or whole.bodies_absent:
        return None
    come: Come | None = of_journal(journal, "arrived", mark)
    return come
