"""Notice: one who may end an agreement alone says so, and it ends once the notice has run.

It needs nobody's agreement: what counts is that one of those named in the text says so
itself, in its own record, and has not taken that back (docs/rules/agreements.md, "Notice").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.assessment.determination.positions import positions
from ceasefire.assessment.knowledge.statements import OUTCOME
from ceasefire.assessment.world.occurrence import latest
from ceasefire.clock import Instant
from ceasefire.instruments.oversight import closing

if TYPE_CHECKING:
    from ceasefire.assessment.determination.claims import DeterminedClaim, Proceedings
    from ceasefire.instruments.terms import Termination
    from ceasefire.record import Decision


def notice(proceedings: Proceedings, claim: DeterminedClaim, record: Decision) -> Termination | None:
    """Return by which term of its text a decision ends the agreement alone; None where it does not."""
    term = proceedings.agreement.termination
    if term is None or record.does != "terminate" or record.agreement != proceedings.agreement.id:
        return None
    if not claim.counts_itself:
        return None
    entitled = tuple(party for party in term.by if party in proceedings.authors(claim))
    held = positions(entitled, proceedings.statements(claim.entry, claim.others), relays=proceedings.relays)
    return term if any(values[OUTCOME] == "confirmed" for values in held.values()) else None


def runs_until(term: Termination, claim: DeterminedClaim, record: Decision, zone: str) -> int:
    """Return when a notice has run, counted from when the decision was taken: of a date, with its day."""
    taken = claim.times.last
    if term.notice is None:
        return taken
    read_in = record.timezone or zone
    return closing(term.notice.after(latest(record.occurred) or Instant(taken), read_in), read_in)
