"""Was a commitment in effect when an act occurred? (docs/rules/scope.md, "The time")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.assessment.scope.scope import BY_RULE, Scope, least
from ceasefire.assessment.world.acts import is_omission
from ceasefire.assessment.world.certainty import MAYBE, NO, YES
from ceasefire.record import Tally

if TYPE_CHECKING:
    from ceasefire.assessment.determination.claims import DeterminedClaim
    from ceasefire.assessment.lifecycle.windows import Window
    from ceasefire.instruments.terms import Commitment


def timing(claim: DeterminedClaim, commitment: Commitment, window: Window | None, as_of: int) -> Scope:
    """Return the scope by time alone; what was not done is timed by when it was owed."""
    if window is None:
        return Scope(NO, "outside_time")
    if is_omission(claim.entry.record, commitment) or _certainly(claim, window, as_of):
        return BY_RULE
    times = claim.times
    first, last = times.possible_part()
    if times.lasting and times.until is not None:
        last = max(first, last - 1)
    if window.meets(first, min(last, as_of)):
        return Scope(MAYBE, "unclear_time")
    inside_ends = window.start <= last and first < window.end
    return Scope(NO, "suspended" if inside_ends else "outside_time")


def timed(claim: DeterminedClaim, commitment: Commitment, static: Scope, time: Scope) -> Scope:
    """Return the scope that its two halves make: that which does not hang on time, and time."""
    if static.code == "by_finding":
        return time if time.value == NO else static
    both = least(static, time)
    if both.value == YES and commitment.except_when and claim.ruling.circumstances:
        return Scope(MAYBE, "unclear_exception")
    return both


def _certainly(claim: DeterminedClaim, window: Window, as_of: int) -> bool:
    """Tell whether an act certainly occurred, or some of a lasting one did, while a commitment was in effect.

    Of a count it is enough that some of its period was: what is a breach lay there.
    """
    times = claim.times
    if isinstance(claim.entry.record, Tally):
        return window.meets(times.first, times.last)
    if not times.lasting:
        return window.fills(times.first, times.last)
    certain = times.certain_part(as_of)
    return certain is not None and window.meets(*certain)
