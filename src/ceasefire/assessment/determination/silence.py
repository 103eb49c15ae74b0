"""The silence procedure: no objection in time is consent (docs/rules/claims.md, "Silence")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from ceasefire.assessment.determination.members import speakers_counted
from ceasefire.assessment.determination.positions import positions
from ceasefire.assessment.determination.rules import determined
from ceasefire.assessment.determination.rulings import Matter, ruled
from ceasefire.assessment.knowledge.statements import OUTCOME

if TYPE_CHECKING:
    from ceasefire.assessment.determination.claims import DeterminedClaim, Proceedings
    from ceasefire.assessment.knowledge.statements import Values
    from ceasefire.instruments.terms import Mechanism


def with_silence(
    docket: Proceedings, claim: DeterminedClaim, case: Matter, mechanism: Mechanism
) -> tuple[DeterminedClaim, dict[str, Values]]:
    """Count members that have not objected in time as consenting; return the positions that count, too.

    The silence procedure (docs/rules/claims.md). Silent is who has made no finding in time
    and has not taken back its own record of the decision. An objection made after it counts
    on no day, also not on one before: what is so as of a day is not changed by what comes
    too late.
    """
    reports = [one.record for one in (claim.entry, *claim.others) if not one.withdrawn]
    written = [record.written.us for record in reports if record.written is not None]
    if mechanism.silence is None or not written:
        return claim, dict(case.said)
    ends = mechanism.silence.after_us(min(written), docket.agreement.timezone)
    statements = docket.statements(claim.entry, claim.others, ends)
    held = positions(speakers_counted(mechanism, claim.entry), statements, relays=docket.relays)
    reviewed = len(held) > (claim.entry.record.speaker in held)
    held = {member: values for member, values in held.items() if member in case.counted}
    case = case._replace(said=tuple(held.items()), reviewed=reviewed)
    spoken = evolve(ruled(case, None, docket.courts.full_name), silence_ended=ends)
    if ends > docket.as_of or (docket.known_at is not None and ends > docket.known_at):
        return claim._replace(ruling=spoken), held
    outcomes = {m: str(values[OUTCOME]) for m, values in held.items() if values[OUTCOME] is not None}
    heard = outcomes.keys() | docket.found_by(statements) | docket.taken_back_by(claim)
    silent = tuple(member for member in case.counted if member not in heard)
    outcomes |= dict.fromkeys(silent, "confirmed")
    reviewed = case.reviewed or any(member != claim.entry.record.speaker for member in silent)
    determination = determined(case.rule, case.counted, outcomes, reviewed=reviewed)
    needed = determination == "established" and not spoken.established
    ruling = evolve(spoken, determination=determination, silent=silent, by_silence=needed)
    return claim._replace(ruling=ruling), held
