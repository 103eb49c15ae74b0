"""What plain incidents do on the rows of a commitment, found once for all that are alike.

Of an act at an instant, or within a span, it hangs on how it is ruled and whom it names, on the half
of its scope that is not time, on where it lies among the instants at which the commitment begins to
be in effect or ceases to be, and on the stretch of time in which those named belonged to the same
groups (docs/rules/compliance.md, "The table"). Equal to `incident_effects` for each by itself, which a
property holds (tests/assessment/test_alike.py); of what is not plain nothing is told here.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from ceasefire.assessment.world.acts import is_omission
from ceasefire.record import Incident

if TYPE_CHECKING:
    from ceasefire.assessment.determination.claims import DeterminedClaim
    from ceasefire.assessment.obligations.responsibility import Responsibility
    from ceasefire.assessment.scope.scope import Scope


def alike(responsibility: Responsibility, claim: DeterminedClaim, static: Scope) -> tuple[object, ...] | None:
    """Return all that the effects of a claim on the rows hang on; None where it is not plain."""
    record, times = claim.entry.record, claim.times
    plain = type(record) is Incident and not times.lasting and not record.commitments
    if not plain or is_omission(record, responsibility.life.commitment):
        return None
    marks, ruling = responsibility.marks, claim.ruling
    last = bisect_right(marks, times.last)
    first = last if times.first == times.last else bisect_right(marks, times.first)
    return ruling.bearing, static, first, last, responsibility.groups.stretch(ruling.named, times)
