"""Tolling: what a suspension does to a deadline (docs/rules/time.md, "Suspension and deadlines").

Suspension that tolls moves a deadline by the time suspended. It never moves a window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from ceasefire.clock import FOREVER
from ceasefire.values import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ceasefire.assessment.lifecycle.deadlines import Deadline
    from ceasefire.assessment.lifecycle.suspensions import Suspension


class Tolling(Value):
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
    return base if passes == base.passes else replace(base, passes=passes, exact=exact, moment=None)


def waiting(deadline: Deadline) -> Deadline:
    """Return a deadline of which nobody knows when it passes: a suspension moves it on, or it never will."""
    return replace(deadline, passes=FOREVER, exact=True, moment=None)
