"""How a commitment is kept: the table of design §7, the first that applies.

No record of a breach is "none recorded", never "compliant".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from attrs import frozen

from ceasefire.assessment.doings import MAYBE, YES, Doings
from ceasefire.assessment.order import id_key
from ceasefire.assessment.phases import COMMITMENT_STEPS
from ceasefire.assessment.states import run
from ceasefire.clock import FOREVER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ceasefire.assessment.bearings import Bearing
    from ceasefire.assessment.courses import Course
    from ceasefire.assessment.determined import Determined
    from ceasefire.assessment.doings import Done
    from ceasefire.assessment.states import Moved

#: In the order in which the first that applies holds.
COMPLIANCE: Final = ("breached", "overdue", "disputed", "alleged", "remedied", "none_recorded")


class Lateness(NamedTuple):
    """What became of a deadline: kept, missed, disputed, alleged or late (done, too late)."""

    state: str
    late_by: int | None = None


@frozen
class Borne:
    """What the incidents that count on a row come to: how many of them do what."""

    breaches: int = 0
    #: Of the breaches those made good, and those that go on.
    remedied: int = 0
    lasting: int = 0
    disputed: int = 0
    alleged: int = 0
    #: Rulings in aggregate: of a number of breaches, which stand beside the single ones and are not added.
    ruled: int = 0

    def with_(self, more: Borne, times: int) -> Borne:
        """Return this with more, so many times; -1 times is without it."""
        return Borne(
            self.breaches + times * more.breaches,
            self.remedied + times * more.remedied,
            self.lasting + times * more.lasting,
            self.disputed + times * more.disputed,
            self.alleged + times * more.alleged,
            self.ruled + times * more.ruled,
        )


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


def due(course: Course, own: Doings | None) -> int | None:
    """Return the last instant in time; None without a deadline, and while it waits for a resumption."""
    if own is None or course.deadline is None or course.deadline.passes >= FOREVER:
        return None
    return course.deadline.due


def passed(
    course: Course, late: Lateness | None, periods: Iterable[tuple[int, str]], states: Sequence[str]
) -> tuple[int, ...]:
    """Return when each deadline or owed period passed that is in one of these states; of a call, none is."""
    if course.commitment.hortatory:
        return ()
    found = [end for end, state in periods if state in states]
    if late is not None and late.state in states and course.deadline is not None:
        found.append(course.deadline.passes)
    return tuple(found)


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


def borne(bearings: Iterable[Bearing], remedied: Mapping[str, object], as_of: int) -> Borne:
    """Return what incidents come to that count on one row; `remedied` holds the breaches made good."""
    effects = {"breach": 0, "disputed": 0, "alleged": 0, "ruled": 0}
    good = lasting = 0
    for bearing in bearings:
        effects[bearing.effect] += 1
        if bearing.effect == "breach":
            good += bearing.claim.id in remedied
            lasting += _goes_on(bearing.claim, as_of)
    return Borne(effects["breach"], good, lasting, effects["disputed"], effects["alleged"], effects["ruled"])


def _goes_on(claim: Determined, as_of: int) -> bool:
    until = claim.times.until
    return claim.times.lasting and (until is None or until > as_of)


def kept(  # noqa: PLR0913 – the table has as many grounds
    course: Course,
    moved: Sequence[Moved],
    found: Borne,
    late: Lateness | None,
    periods: Iterable[str],
    *,
    tallied: bool,
) -> str | None:
    """Return the compliance; null for permits, hortatory commitments and what never started."""
    started = any(m.trigger in ("started", "started_suspended") for m in moved)
    if course.commitment.duty == "permit" or course.commitment.hortatory or not started:
        return None
    return verdict(found, late, periods, tallied=tallied)


def verdict(found: Borne, late: Lateness | None, periods: Iterable[str], *, tallied: bool) -> str:
    """Return the compliance of a row: the first line of the table that applies.

    `periods` holds the state of each period owed (kept, alleged, disputed, missed or
    remedied).
    """
    states = {late.state} if late is not None else set()
    states |= set(periods)
    if found.breaches > found.remedied or found.ruled:
        return "breached"
    if "missed" in states:
        return "overdue"
    if "disputed" in states or found.disputed:
        return "disputed"
    if tallied or "alleged" in states or found.alleged:
        return "alleged"
    if states & {"late", "remedied"} or found.breaches:
        return "remedied"
    return "none_recorded"
