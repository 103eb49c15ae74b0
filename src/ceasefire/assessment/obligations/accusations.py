"""Published counts that say whose acts they count, or against whom: allegations on the rows of those named.

See `docs/rules/compliance.md`. Such a count is no claim and nobody judges it: it counts
as an incident does of which only its author has said anything, over its whole period. A count
that is a ruling is a claim, and stands among the incidents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from ceasefire.assessment.determination.claims import DeterminedClaim
from ceasefire.assessment.determination.rulings import Ruling, identified
from ceasefire.assessment.knowledge.tallies import above_zero, plain
from ceasefire.assessment.knowledge.wordings import Worded
from ceasefire.assessment.world.occurrence import Times

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire.assessment.knowledge.tallies import Counted
    from ceasefire.assessment.scope.scope import Scope, Scoping

Accusation = tuple[DeterminedClaim, "Scope"]


def accusing(tallies: Iterable[Counted]) -> list[Counted]:
    """Return the counts above zero that name somebody and are no ruling."""
    return [
        one for one in tallies if above_zero(one.record) and not one.record.ruled and not plain(one.record)
    ]


def accusations(agreement: str, counts: Iterable[Counted], scoping: Scoping) -> dict[str, list[Accusation]]:
    """Return, by commitment, the counts that may fall under it, with all of their scope but time."""
    found: dict[str, list[Accusation]] = {}
    for one in counts:
        record = one.record
        ruling = Ruling(determination="alleged", accused=identified(record.accused))
        for zone in above_zero(record):
            stated = record if zone == record.zone else evolve(record, zone=zone)
            entry = Worded(stated, one.id, one.id, None, withdrawn=False)
            count = DeterminedClaim(agreement, entry, Times(one.first, one.holds), None, ruling, one.id)
            for name, static in scoping.reached(count):
                found.setdefault(name, []).append((count, static))
    return found
