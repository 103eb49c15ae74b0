"""Postponements: deadlines and windows as decisions move them.

docs/rules/time.md, "Suspension and deadlines".

A window *closes*: at its instant, or after its date. A postponement moves it as it does a deadline.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from ceasefire.assessment.codes import Problem
from ceasefire.assessment.lifecycle.deadlines import Deadline, passing
from ceasefire.assessment.lifecycle.tolling import Tolling, moved, waiting
from ceasefire.clock import FOREVER
from ceasefire.instruments.oversight import closing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire.assessment.lifecycle.effects import Effect
    from ceasefire.clock import Moment

#: What a deadline is while a suspension moves it on: nobody knows when it passes.
_UNKNOWN: Final = Deadline(FOREVER)


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
    anchor, current = started, _UNKNOWN if moment is None else passing(moment, zone)
    problems = []
    for postponed, until in postponements:
        new = passing(until, postponed.zone)
        if unfit := _unfit(postponed, moved(current, anchor, tolling).bound, new.bound):
            problems.append(unfit)
            continue
        current = replace(
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


def _unfit(postponed: Effect, bound: int, new: int) -> Problem | None:
    """Return a problem unless a bound is moved in time, to an instant after the decision takes effect."""
    if postponed.at < bound and new > postponed.at:
        return None
    what = f"{postponed.record} postpones too late, or to no later instant than its own: no effect"
    return Problem(postponed.record, "no_effect", what)
