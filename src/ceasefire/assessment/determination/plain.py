"""Plain incidents ruled once for all that are alike (docs/rules/claims.md, "Determinations").

Most incidents are one report of one act, with at most one finding of each member on it. What is
ruled of such a one hangs on few things, which very many share, whatever else differs: by whom it
is reported and whom that accuses, who found what, and the stretch of time in which those named
belonged to the same groups. Equal to `counted_claim` without this module, which a property holds
(tests/assessment/test_alike.py); of what is not plain nothing is told here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.assessment.knowledge.statements import ATTRIBUTED_TO
from ceasefire.record import Incident

if TYPE_CHECKING:
    from ceasefire.assessment.determination.claims import Proceedings
    from ceasefire.assessment.knowledge.wordings import Worded
    from ceasefire.assessment.world.membership import Groups
    from ceasefire.instruments.terms import Mechanism


def alike(
    proceedings: Proceedings, entry: Worded, mechanism: Mechanism | None, groups: Groups | None
) -> tuple[object, ...] | None:
    """Return all that the ruling on a claim without other reports hangs on; None where it is not plain."""
    record = entry.record
    if type(record) is not Incident or entry.withdrawn or mechanism is None or groups is None:
        return None
    times = proceedings.times[entry.id]
    if times.lasting:
        return None
    own = record.said_by or record.by
    named, said = record.accused, []
    speakers = {own}  # whoever speaks twice, or of its own report: its latest word counts, by its chain
    for one in proceedings.findings.get(entry.id, ()):
        if one.current:
            if one.speaker in speakers:
                return None
            speakers.add(one.speaker)
            named += one.values[ATTRIBUTED_TO] or ()
            said.append((one.speaker, one.values, one.record.said_by is None))
    stretch = groups.stretch(named, times)
    return id(mechanism), own, record.said_by is None, record.accused, stretch, *said
