"""How a commitment is kept: the table of docs/rules/compliance.md, "The table", the first that applies.

No record of a breach is "none recorded", never "compliant".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.clock import FOREVER
from ceasefire.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ceasefire.assessment.lifecycle.commitments import CommitmentLife
    from ceasefire.assessment.lifecycle.phases import Transition
    from ceasefire.assessment.obligations.lateness import Lateness
    from ceasefire.assessment.obligations.performances import Performances
    from ceasefire.assessment.obligations.remedies import OwedPeriod
    from ceasefire.assessment.obligations.weighed import IncidentCounts


#: In the order in which the first that applies holds.
COMPLIANCE: Final = ("breached", "overdue", "disputed", "alleged", "remedied", "none_recorded")


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
