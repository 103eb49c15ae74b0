"""The silence procedure: no objection in time is consent (docs/rules/claims.md, "Silence")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from ceasefire.assessment.determination.members import speakers_counted
from ceasefire.assessment.determination.positions import positions
from ceasefire.assessment.determination.rules import determined
from ceasefire.assessment.determination.rulings import Matter, ruling_on
from ceasefire.assessment.knowledge.statements import OUTCOME

if TYPE_CHECKING:
    from ceasefire.assessment.determination.claims import DeterminedClaim, Proceedings
    from ceasefire.assessment.knowledge.statements import Values
    from ceasefire.instruments.terms import Mechanism


def with_silence(
    proceedings: Proceedings, claim: DeterminedClaim, matter: Matter, mechanism: Mechanism
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
        return claim, dict(matter.said)
    ends = mechanism.silence.after_us(min(written), proceedings.agreement.timezone)
    statements = proceedings.statements(claim.entry, claim.others, ends)
    held = positions(speakers_counted(mechanism, claim.entry), statements, relays=proceedings.relays)
    reviewed = len(held) > (claim.entry.record.speaker in held)
    held = {member: values for member, values in held.items() if member in matter.counted}
    matter = replace(matter, said=tuple(held.items()), reviewed=reviewed)
    spoken = replace(ruling_on(matter, None, proceedings.courts.full_name), silence_ended=ends)
    if ends > proceedings.as_of or (proceedings.known_at is not None and ends > proceedings.known_at):
        return replace(claim, ruling=spoken), held
    outcomes = {m: str(values[OUTCOME]) for m, values in held.items() if values[OUTCOME] is not None}
    heard = outcomes.keys() | proceedings.found_by(statements) | proceedings.taken_back_by(claim)
    silent = tuple(member for member in matter.counted if member not in heard)
    outcomes |= dict.fromkeys(silent, "confirmed")
    reviewed = matter.reviewed or any(member != claim.entry.record.speaker for member in silent)
    determination = determined(matter.rule, matter.counted, outcomes, reviewed=reviewed)
    needed = determination == "established" and not spoken.established
    ruling = replace(spoken, determination=determination, silent=silent, by_silence=needed)
    return replace(claim, ruling=ruling), held
