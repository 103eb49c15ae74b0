"""Whether the actor was bound when the act occurred (docs/rules/scope.md, "Who is bound")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.assessment.scope.scope import BY_RULE, NOT_BOUND, Scope
from ceasefire.assessment.world.certainty import MAYBE, NO, YES

if TYPE_CHECKING:
    from ceasefire.assessment.world.membership import Tie


def bound(tie: Tie, bearer: str) -> Scope:
    """Return whether an actor was bound through a bearer when the act occurred."""
    if tie.belongs(bearer) == NO:
        return NOT_BOUND
    if tie.excluded == YES:
        return Scope(NO, "excluded")
    through = tie.bound(bearer)
    if through == NO:
        return NOT_BOUND
    return Scope(MAYBE, "unclear_membership") if MAYBE in (through, tie.excluded) else BY_RULE


def bound_by_finding(tie: Tie, bearer: str) -> Scope:
    """Return the same where the scope was decided: only whose act it was is still to be asked."""
    if tie.actor == bearer:
        return Scope(YES, "by_finding")
    belongs = tie.belongs(bearer)
    if belongs == NO:
        return NOT_BOUND
    if tie.excluded == YES:
        return Scope(NO, "excluded")
    return Scope(MAYBE, "unclear_membership") if belongs == MAYBE else Scope(YES, "by_finding")
