"""How a commitment is kept: the table of docs/rules/compliance.md, "The table", the first that applies.

No record of a breach is "none recorded", never "compliant".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.clock import FOREVER
from ceasefire.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ceasefire.assessment.determination.claims import DeterminedClaim
    from ceasefire.assessment.lifecycle.commitments import CommitmentLife
    from ceasefire.assessment.lifecycle.phases import Transition
    from ceasefire.assessment.obligations.incidents import IncidentEffect
    from ceasefire.assessment.obligations.lateness import Lateness
    from ceasefire.assessment.obligations.performances import Performances
    from ceasefire.assessment.obligations.remedies import OwedPeriod


#: In the order in which the first that applies holds.
COMPLIANCE: Final = ("breached", "overdue", "disputed", "alleged", "remedied", "none_recorded")


class IncidentCounts(Value):
    """What the incidents that count on a row come to: how many of them do what."""

    breaches: int = 0
    #: Of the breaches those made good, and those that go on.
    remedied: int = 0
    lasting: int = 0
    disputed: int = 0
    alleged: int = 0
    #: Rulings in aggregate: of a number of breaches, which stand beside the single ones and are not added.
    ruled: int = 0

    def with_(self, more: IncidentCounts, times: int) -> IncidentCounts:
        """Return this with more, so many times; -1 times is without it."""
        return IncidentCounts(
            self.breaches + times * more.breaches,
            self.remedied + times * more.remedied,
            self.lasting + times * more.lasting,
            self.disputed + times * more.disputed,
            self.alleged + times * more.alleged,
            self.ruled + times * more.ruled,
        )


class Grounds(Value):
    """What the compliance of a row hangs on."""

    incidents: IncidentCounts
    late: Lateness | None = None
    #: The state of each period owed: kept, alleged, disputed, missed or remedied.
    periods: Sequence[str] = ()
    #: Whether a published count makes it alleged.
    tallied: bool = False


def due(life: CommitmentLife, own: Performances | None) -> int | None:
    """Return the last instant in time; None without a deadline, and while it waits for a resumption."""
    if own is None or life.deadline is None or life.deadline.passes >= FOREVER:
        return None
    return life.deadline.due


def passed(
    life: CommitmentLife, late: Lateness | None, periods: Iterable[OwedPeriod], states: Sequence[str]
) -> tuple[int, ...]:
    """Return when each deadline or owed period passed that is in one of these states; of a call, none is."""
    if life.commitment.hortatory:
        return ()
    found = [period.end for period in periods if period.state in states]
    if late is not None and late.state in states and life.deadline is not None:
        found.append(life.deadline.passes)
    return tuple(found)


def incident_counts(
    effects: Iterable[IncidentEffect], remedied: Mapping[str, object], as_of: int
) -> IncidentCounts:
    """Return what incidents come to that count on one row; `remedied` holds the breaches made good."""
    counts = {"breach": 0, "disputed": 0, "alleged": 0, "ruled": 0}
    good = lasting = 0
    for incident in effects:
        counts[incident.effect] += 1
        if incident.effect == "breach":
            good += incident.claim.id in remedied
            lasting += _goes_on(incident.claim, as_of)
    return IncidentCounts(
        counts["breach"], good, lasting, counts["disputed"], counts["alleged"], counts["ruled"]
    )


def _goes_on(claim: DeterminedClaim, as_of: int) -> bool:
    until = claim.times.until
    return claim.times.lasting and (until is None or until > as_of)


def compliance(life: CommitmentLife, moved: Sequence[Transition], grounds: Grounds) -> str | None:
    """Return the compliance; null for permits, hortatory commitments and what never started."""
    started = any(m.trigger in ("started", "started_suspended") for m in moved)
    if life.commitment.duty == "permit" or life.commitment.hortatory or not started:
        return None
    return verdict(grounds)


def verdict(grounds: Grounds) -> str:
    """Return the compliance of a row: the first line of the table that applies."""
    found = grounds.incidents
    states = {*grounds.periods}
    if grounds.late is not None:
        states.add(grounds.late.state)
    if found.breaches > found.remedied or found.ruled:
        return "breached"
    if "missed" in states:
        return "overdue"
    if "disputed" in states or found.disputed:
        return "disputed"
    if grounds.tallied or "alleged" in states or found.alleged:
        return "alleged"
    if states & {"late", "remedied"} or found.breaches:
        return "remedied"
    return "none_recorded"
