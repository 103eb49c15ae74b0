"""Which effects of incidents on rows hold on another day: while the commitment was in effect all the same."""

from __future__ import annotations

from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Final

from ceasefire.assessment.world.acts import OWED_IN_TIME
from ceasefire.clock import FOREVER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ceasefire.assessment.determination.claims import DeterminedClaim
    from ceasefire.assessment.determination.reuse import Unchanged
    from ceasefire.assessment.lifecycle.windows import Window
    from ceasefire.assessment.obligations.incidents import IncidentEffect
    from ceasefire.assessment.obligations.responsibility import Responsibility


NEVER: Final = -FOREVER


def standing(
    same: Unchanged, before: Sequence[IncidentEffect], earlier: Responsibility, responsibility: Responsibility
) -> tuple[list[IncidentEffect], frozenset[DeterminedClaim]]:
    """Return the effects of a commitment that are as they were, and the claims of which they all are."""
    until = alike_until(responsibility, earlier)
    if until == NEVER:
        return [], frozenset()
    alike = same.instant
    if until < FOREVER:
        alike = frozenset([claim for claim in alike if claim.times.last < until])
    return [incident for incident in before if incident.claim in alike], alike


def alike_until(responsibility: Responsibility, other: Responsibility) -> int:
    """Return the instant before which acts do the same on the rows of a commitment; NEVER where unknown.

    What was achieved or done in periods may bear on any omission.
    """
    same = responsibility.members == other.members and responsibility.bearers == other.bearers
    if responsibility.life.commitment.duty in OWED_IN_TIME or not same:
        return NEVER
    return _windows_until(responsibility.life.window, other.life.window)


def _windows_until(window: Window | None, other: Window | None) -> int:
    """Return the instant before which a commitment was in effect in both or in neither."""
    if window is None or other is None:
        return FOREVER if window is other else NEVER
    mine, theirs = ((one.start, *chain(*one.pauses)) for one in (window, other))
    bounds = [*zip_longest(mine, theirs, fillvalue=FOREVER), (window.end, other.end)]
    return min((min(pair) for pair in bounds if pair[0] != pair[1]), default=FOREVER)
