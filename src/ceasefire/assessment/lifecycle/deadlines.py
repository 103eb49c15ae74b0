"""Deadlines: when one is, and when it passes (docs/rules/time.md, "Suspension and deadlines").

A deadline *passes*: of an instant, one microsecond after it; of a date, at the next
local midnight. Done before that is in time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.clock import Instant
from ceasefire.values import Value

if TYPE_CHECKING:
    from ceasefire.assessment.lifecycle.effects import Effect
    from ceasefire.clock import Moment
    from ceasefire.instruments.terms import Agreement, Commitment


class Deadline(Value):
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


def passing(moment: Moment, zone: str) -> Deadline:
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
