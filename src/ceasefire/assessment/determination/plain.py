"""Plain claims ruled once for all that are alike (docs/rules/claims.md, "Determinations").

Most incidents and performances are one report of one act, with findings of others on it. What is
ruled of such a one hangs on few things, which very many share, whatever else differs: by whom it
is reported and whom that accuses, who found what, and the groups to which those named belonged
then. Where who performed something tells whose answers count, a performance is not plain. Equal to
`counted_claim` without this module, which a property holds (tests/assessment/test_alike.py); of
what is not plain nothing is told here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.assessment.determination.members import DISINTERESTED
from ceasefire.assessment.knowledge.statements import ATTRIBUTED_TO
from ceasefire.record import Incident, Performance

if TYPE_CHECKING:
    from ceasefire.assessment.determination.claims import Proceedings
    from ceasefire.assessment.knowledge.wordings import Worded
    from ceasefire.assessment.world.membership import Groups
    from ceasefire.instruments.terms import Mechanism
    from ceasefire.record import Record


def alike(
    proceedings: Proceedings, entry: Worded, mechanism: Mechanism | None, groups: Groups | None
) -> tuple[object, ...] | None:
    """Return all that the ruling on a claim without other reports hangs on; None where it is not plain."""
    record, name = entry.record, entry.id
    if entry.withdrawn or mechanism is None or groups is None:
        return None
    accused: tuple[str, ...] = ()
    if type(record) is Incident:
        accused = record.accused
    elif not _whoever_performed(record, mechanism):
        return None
    times = proceedings.times[name]
    if times.lasting:
        return None
    own = record.said_by or record.by
    named, said, relayed = accused, [], False
    for one in proceedings.findings.get(name, ()):
        if one.current:
            if one.speaker == own:  # it may say otherwise now: that hangs on its chain
                return None
            relayed = relayed or one.record.said_by is not None
            named += one.values[ATTRIBUTED_TO] or ()
            said.append((one.speaker, one.values, one.record.said_by is None))
    if relayed and len({speaker for speaker, _, _ in said}) < len(said):
        return None  # of several words by one chain the last counts; what is passed on is of other chains
    kinship = groups.kinship(named, times)
    return record.kind, id(mechanism), own, record.said_by is None, accused, kinship, *said


def _whoever_performed(record: Record, mechanism: Mechanism) -> bool:
    """Tell whether a claim is a performance of which those answer who would, whoever performed it."""
    return type(record) is Performance and mechanism.rule_for(record.kind) not in DISINTERESTED
