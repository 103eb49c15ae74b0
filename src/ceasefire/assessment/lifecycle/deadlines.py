"""Deadlines and windows: when they pass, what moves them (docs/rules/time.md, Suspension and deadlines).

A deadline *passes*: of an instant, one microsecond after it; of a date, at the next
local midnight. Done before that is in time. A window *closes*: at its instant, or
after its date. Suspension that tolls moves a deadline by the time suspended; it
never moves a window, but a postponement moves either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from attrs import evolve, frozen

from ceasefire.assessment.codes import Problem
from ceasefire.clock import FOREVER, Instant
from ceasefire.instruments.oversight import closing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ceasefire.assessment.lifecycle.effects import Effect
    from ceasefire.assessment.lifecycle.suspensions import Suspension
    from ceasefire.clock import Moment
    from ceasefire.instruments.terms import Agreement, Commitment


@frozen
class Deadline:
    """When a deadline passes, and whether it was stated as (or moved to) an instant."""

    passes: int
    exact: bool = True
    #: As it was stated; None once suspensions have moved it.
    moment: Moment | None = None
    #: The decision that postponed it last, and all that did.
    postponed_by: str | None = None
    postponements: tuple[Effect, ...] = ()

    @property
    def due(self) -> int:
        """The last instant that is in time."""
        return self.passes - 1

    @property
    def bound(self) -> int:
        """The instant from which it can be moved no more: an instant itself, a date when its day is over."""
        return self.due if self.exact else self.passes

    def itself(self) -> Moment:
        """Return the deadline as it was stated, or the instant suspensions have moved it to."""
        return self.moment or Instant(self.due)

    def lateness(self, done: int) -> int:
        """Return by how many microseconds something done at an instant was late."""
        return done - self.bound


class Tolling(NamedTuple):
    """What moves the deadlines of a commitment: its suspensions up to a day, and whether they toll."""

    pauses: Sequence[Suspension]
    tolls: bool
    as_of: int
    #: When the commitment ends.
    end: int

    @property
    def halted(self) -> int:
        """When a suspension began that lasted as the commitment ended; FOREVER without one."""
        lasting = (pause.start for pause in self.pauses if pause.end == FOREVER)
        return FOREVER if self.end > self.as_of else next(lasting, FOREVER)


#: What a deadline is while a suspension moves it on: nobody knows when it passes.
_UNKNOWN: Final = Deadline(FOREVER)


def _passing(moment: Moment, zone: str) -> Deadline:
    """Return when a stated deadline passes."""
    return Deadline(moment.bounds(zone)[1] + 1, isinstance(moment, Instant), moment)


def stated(
    commitment: Commitment, agreement: Agreement, entry: Moment | None, active: Moment | None
) -> Moment | None:
    """Return the deadline or end of window a commitment states, or None while it cannot be told.

    `entry` is when the agreement entered into force, as precisely as it was stated,
    `active` when the commitment became active.
    """
    given = commitment.due or commitment.until
    if given is not None or commitment.within is None:
        return given
    adopted = agreement.adopted or entry
    anchor = {"adopted": adopted, "in_force": entry, "active": active}[commitment.after]
    return None if anchor is None else commitment.within.after(anchor, agreement.timezone)


def deadline(
    moment: Moment | None,
    zone: str,
    postponements: Iterable[tuple[Effect, Moment]],
    started: int | None,
    tolling: Tolling,
) -> tuple[Deadline | None, list[Problem]]:
    """Return when a deadline passes, moved as far as is known by the day; FOREVER while suspended.

    `moment` is None where it cannot be told yet: until then it may be later than anything,
    and a decision that fixes it does so from then on, whatever it would have been. It never
    passes if it had not when the commitment ended while suspended. With it comes a problem
    for each postponement that moves nothing.
    """
    anchor, current = started, _UNKNOWN if moment is None else _passing(moment, zone)
    problems = []
    for postponed, until in postponements:
        new = _passing(until, postponed.zone)
        if unfit := _unfit(postponed, moved(current, anchor, tolling).bound, new.bound):
            problems.append(unfit)
            continue
        current = evolve(
            new, postponed_by=postponed.record, postponements=(*current.postponements, postponed)
        )
        anchor = None if started is None else max(started, postponed.at)
    if current is _UNKNOWN:
        return None, problems
    due = moved(current, anchor, tolling)
    return waiting(due) if tolling.halted <= due.passes else due, problems


def window(
    moment: Moment | None, zone: str, postponements: Iterable[tuple[Effect, Moment]]
) -> tuple[int, tuple[Effect, ...], list[Problem]]:
    """Return when a window closes, FOREVER while that cannot be told; and the decisions that moved it.

    With them comes a problem for each of them that moves nothing.
    """
    closes = FOREVER if moment is None else closing(moment, zone)
    by, problems = [], []
    for postponed, until in postponements:
        new = closing(until, postponed.zone)
        if unfit := _unfit(postponed, closes, new):
            problems.append(unfit)
        else:
            closes = new
            by.append(postponed)
    return closes, tuple(by), problems


def moved(base: Deadline, anchor: int | None, tolling: Tolling, grace: int = 1) -> Deadline:
    """Move a deadline by the suspensions since `anchor`, the instant its time began to run.

    Where nothing tolls (`runs`, or while pending), a deadline inside a suspension
    is due at the instant it is resumed, and passes `grace` microseconds later: a
    window, which is half-open, closes at that instant itself.
    """
    passes, exact = base.passes, base.exact
    for pause in tolling.pauses:
        if pause.start > passes:
            break
        if tolling.tolls and anchor is not None and pause.end > anchor:
            if pause.end == FOREVER:
                return waiting(base)
            passes = max(passes + pause.end - max(pause.start, anchor), pause.end)
        elif pause.end > passes:
            if pause.end == FOREVER:
                return base if passes > tolling.as_of else waiting(base)
            passes, exact = pause.end + grace, True
    return base if passes == base.passes else evolve(base, passes=passes, exact=exact, moment=None)


def waiting(deadline: Deadline) -> Deadline:
    """Return a deadline of which nobody knows when it passes: a suspension moves it on, or it never will."""
    return evolve(deadline, passes=FOREVER, exact=True, moment=None)


def _unfit(postponed: Effect, bound: int, new: int) -> Problem | None:
    """Return a problem unless a bound is moved in time, to an instant after the decision takes effect."""
    if postponed.at < bound and new > postponed.at:
        return None
    what = f"{postponed.record} postpones too late, or to no later instant than its own: no effect"
    return Problem(postponed.record, "no_effect", what)
