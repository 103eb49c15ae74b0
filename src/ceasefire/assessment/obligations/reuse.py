"""Which effects of incidents on rows hold on another day: of commitments in effect at the same times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.assessment.obligations.weighed import Weighed
from ceasefire.assessment.world.acts import OWED_IN_TIME

if TYPE_CHECKING:
    from ceasefire.assessment.determination.claims import DeterminedClaim
    from ceasefire.assessment.determination.reuse import Unchanged
    from ceasefire.assessment.obligations.responsibility import Responsibility


def standing(
    same: Unchanged, before: Weighed, earlier: Responsibility, responsibility: Responsibility
) -> tuple[Weighed, frozenset[DeterminedClaim]]:
    """Return the effects of a commitment that are as they were, and the claims of which they all are."""
    if not alike(responsibility, earlier):
        return Weighed([], []), frozenset()
    return before.of(same.instant), same.instant


def alike(responsibility: Responsibility, other: Responsibility) -> bool:
    """Tell whether acts that are judged alike certainly do the same on the rows of a commitment.

    What was achieved or done in periods may bear on any omission.
    """
    return (
        responsibility.life.commitment.duty not in OWED_IN_TIME
        and responsibility.life.window == other.life.window
        and responsibility.members == other.members
        and responsibility.bearers == other.bearers
    )
