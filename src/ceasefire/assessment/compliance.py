"""How a commitment is kept: the table of design §7, the first that applies.

No record of a breach is "none recorded", never "compliant".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from ceasefire.assessment.doings import MAYBE, YES, Doings
from ceasefire.assessment.order import id_key
from ceasefire.assessment.phases import COMMITMENT_STEPS
from ceasefire.assessment.states import run

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from ceasefire.assessment.bearings import Bearing
    from ceasefire.assessment.courses import Course
    from ceasefire.assessment.doings import Done
    from ceasefire.assessment.states import Moved

#: In the order in which the first that applies holds.
COMPLIANCE: Final = ("breached", "overdue", "disputed", "alleged", "remedied", "none_recorded")


class Lateness(NamedTuple):
    """What became of a deadline: kept, missed, disputed, alleged or late (done, too late)."""

    state: str
    late_by: int | None = None


def moves(course: Course, doings: Doings | None) -> tuple[Moved, ...]:
    """Return the moves of one row: the commitment's own, and what its bearer has done."""
    triggers = list(course.triggers)
    duty = course.commitment.duty
    if doings is not None and (duty == "achieve" or (duty == "permit" and course.commitment.once)):
        done = [d for d in doings.established if d.counts == YES]
        triggers += [(d.at, "performed", d.claim.id, ground(d)) for d in done]
    return run(COMMITMENT_STEPS[duty], "pending", triggers)


def ground(done: Done) -> str:
    """Return why something counts as done, so that it prints where only those concerned could judge it."""
    return "self_reported" if done.claim.ruling.self_reported else "by_performance"


def lateness(course: Course, doings: Doings, as_of: int) -> Lateness:
    """Return what became of the deadline of an achieve."""
    hortatory = course.commitment.hortatory  # its deadline makes it lapse: it is never overdue, nor late
    passed = None if hortatory else course.lateness_at(as_of)
    counting = [d for d in doings.established if d.counts == YES]
    if passed is None or any(d.certain for d in doings.established):
        return Lateness("kept")
    first = min(counting, key=lambda d: (d.at, id_key(d.claim.id)), default=None)
    late_by = None if first is None or first.in_time == MAYBE else passed.lateness(first.at)
    if any(d.in_time for d in doings.established):
        return Lateness("alleged", late_by)
    if any(d.in_time for d in doings.open):
        return Lateness("disputed", late_by)
    return Lateness("late", late_by) if counting else Lateness("missed")


def settling_matters(course: Course, doings: Doings, as_of: int) -> list[Done]:
    """Return the open performances of which settling one could change their performer's row."""
    commitment = course.commitment
    if commitment.duty == "recur":
        wanting = (
            period
            for period in doings.periods
            if period.owed
            and len(period.certain) < commitment.count
            and period.kept(commitment.count) != "missed"
        )
        matters = set() if commitment.hortatory else {name for period in wanting for name in period.open}
        return [done for done in doings.open if done.claim.id in matters]
    # A phase that moves once, and lateness, hang on the first of each sort. What else is open bears on a
    # row only while nothing established does: it may stay as it is.
    established = doings.established if commitment.duty == "permit" else _firsts(doings.established)
    still_open = _firsts(doings.open)
    now = _row(course, Doings(established, still_open), as_of)
    return [d for d in doings.open if _row(course, Doings((*established, d), still_open), as_of) != now]


def _firsts(several: Iterable[Done]) -> tuple[Done, ...]:
    """Return the first performance of each sort: whether it counts, whether it was in time."""
    sorts: dict[tuple[int, int], Done] = {}
    for done in sorted(several, key=lambda d: (d.at, id_key(d.claim.id))):
        sorts.setdefault((done.counts, done.in_time), done)
    return tuple(sorts.values())


def _row(course: Course, doings: Doings, as_of: int) -> tuple[object, ...]:
    """Return what a row shows of what was done: its phases and its lateness, whoever reported it."""
    return [(m.at, m.to) for m in moves(course, doings)], lateness(course, doings, as_of)


def verdict(
    bearings: Collection[Bearing],
    remedied: Collection[str],
    late: Lateness | None,
    periods: Iterable[str],
    *,
    tallied: bool,
) -> str:
    """Return the compliance of a row: the first line of the table that applies.

    `remedied` holds the breaches made good, `periods` the state of each period owed
    (kept, alleged, disputed, missed or remedied).
    """
    effects = {b.effect for b in bearings}
    breached = "breach" in effects
    states = {late.state} if late is not None else set()
    states |= set(periods)
    if breached and any(b.effect == "breach" and b.claim.id not in remedied for b in bearings):
        return "breached"
    if "missed" in states:
        return "overdue"
    if "disputed" in states or "disputed" in effects:
        return "disputed"
    if tallied or "alleged" in states or "alleged" in effects:
        return "alleged"
    if states & {"late", "remedied"} or breached:
        return "remedied"
    return "none_recorded"
