"""Published counts that may fall under a commitment (docs/rules/compliance.md, "Nobody in particular")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.assessment.scope.scope import OUTSIDE
from ceasefire.assessment.world.acts import COARSE, covers

if TYPE_CHECKING:
    from ceasefire.assessment.obligations.obligation import Materials, Obligation


def tallies_under(weighed: Obligation, materials: Materials) -> tuple[tuple[str, int], ...]:
    """Return the tallies above zero whose act, time and zone may fall under the commitment.

    One that names no act may fall under every commitment with acts.
    """
    commitment, window = weighed.course.commitment, weighed.bench.window_of_nobody
    if window is None or commitment.ensures or not commitment.acts:
        return ()
    found: list[tuple[str, int]] = []
    for (act, zone), several in materials.tallies.items():
        if act is not None and covers(commitment.acts, act) < COARSE:
            continue
        place = None if zone is None else materials.zones.named(zone)
        if place is not None and materials.scoping.placed(place, commitment).value == OUTSIDE:
            continue
        found += [
            (tally.id, tally.last)
            for tally in several
            if tally.last <= materials.as_of and window.meets(tally.first, tally.holds)
        ]
    return tuple(found)
