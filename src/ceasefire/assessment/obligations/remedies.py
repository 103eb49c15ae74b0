"""What was made good: established remedies, and repairs done in time.

docs/rules/compliance.md, "What makes it good".

A remedy ends a breach, never its lateness; a breach that is remedied stays counted.
A missed period is made good only by a remedy that names the commitment, who owes
it and the period, or by one of an omission of that period.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.assessment.codes import Problem
from ceasefire.assessment.obligations.conditions import first_breach
from ceasefire.assessment.obligations.omissions import Cure, cure_by, done_after_all
from ceasefire.assessment.world.acts import OWED_IN_TIME, is_omission
from ceasefire.assessment.world.certainty import YES
from ceasefire.assessment.world.occurrence import times_of
from ceasefire.record import Response
from ceasefire.record.order import id_key
from ceasefire.values import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from ceasefire.assessment.determination.claims import DeterminedClaim
    from ceasefire.assessment.obligations.incidents import IncidentEffect
    from ceasefire.assessment.obligations.obligation import Obligation
    from ceasefire.assessment.obligations.performances import Performances


class OwedPeriod(Value):
    """A period owed: when it ended, how it stands, and the remedy that names it, if that made it good."""

    end: int
    #: kept, alleged, disputed, missed or remedied.
    state: str
    cure: Cure | None = None


class Repair(Value):
    """A commitment to repair breaches of another one, and the breach that called for it."""

    obligation: Obligation
    #: The incident that is that breach; None without one.
    of: str | None


class Remedies(Value):
    """Everything that makes breaches and missed periods good."""

    #: Established remedies by the id of the incident (any report of it) or the commitment they are of.
    remedies: Mapping[str, Sequence[DeterminedClaim]]
    #: Repairs by the full name of the commitment whose breach they repair.
    repairs: Mapping[str, Sequence[Repair]]
    zone: str

    def may_cure(self, obligation: Obligation) -> bool:
        """Tell whether anything may have made breaches of a commitment good."""
        commitment = obligation.life.commitment
        return bool(self.remedies) or commitment.name in self.repairs or commitment.duty in OWED_IN_TIME

    def made_good(
        self, obligation: Obligation, found: Iterable[IncidentEffect], row: str | None
    ) -> dict[str, Cure]:
        """Return the breaches of one row that were made good, with what made them good."""
        done = obligation.responsibility.performed_on(row)
        breaches = (incident for incident in found if incident.effect == "breach")
        return {b.claim.id: by for b in breaches if (by := self._cure(obligation, row, b, done))}

    def _cure(
        self, obligation: Obligation, row: str | None, breach: IncidentEffect, own: Performances | None
    ) -> Cure | None:
        """Return what made a breach good, or None."""
        if own is not None and is_omission(breach.claim.entry.record, obligation.life.commitment):
            done = done_after_all(obligation.life.commitment, breach.at, own)
            if done is not None:
                return done
        for report in breach.claim.reports:
            for remedy in self.remedies.get(report, ()):
                if remedy.times.last >= breach.at:
                    return Cure(remedy.id, remedy.times.last)
        return self._repaired(obligation, row, breach)

    def _repaired(self, obligation: Obligation, row: str | None, breach: IncidentEffect) -> Cure | None:
        """Return the performance in time of a repair that this breach called for."""
        for repair in self.repairs.get(obligation.life.commitment.name, ()):
            if repair.of != breach.claim.id:
                continue
            responsibility = repair.obligation.responsibility
            bearers, performances = responsibility.bearers, responsibility.performances
            mine = [r for r, parties in bearers.items() if row in (r, *parties)] or list(bearers)
            done = [d for r in mine if (d := performances[r].performed()) is not None and d.in_time == YES]
            if done and len(done) == len(mine):
                return cure_by(max(done, key=lambda d: (d.at, id_key(d.claim.id))))
        return None

    def periods(self, obligation: Obligation, row: str, good: Iterable[IncidentEffect]) -> list[OwedPeriod]:
        """Return each period owed and how it stands, a missed one that was made good as remedied.

        `good` are the breaches on the row that were made good: of an omission, its period is.
        """
        commitment = obligation.life.commitment
        omitted = {b.at for b in good if is_omission(b.claim.entry.record, commitment)}
        result = []
        for period in obligation.responsibility.performances[row].periods:
            if not period.owed:
                continue
            state, cure = period.state(commitment.count), None
            if state == "missed":
                if period.end not in omitted:
                    cure = self._period(commitment.name, row, obligation, period.start, period.end)
                if period.end in omitted or cure is not None:
                    state = "remedied"
            result.append(OwedPeriod(period.end, state, cure))
        return result

    def _period(self, commitment: str, row: str, obligation: Obligation, start: int, end: int) -> Cure | None:
        """Return the remedy that made a missed period good, or None."""
        for remedy in self.remedies.get(commitment, ()):
            record = remedy.entry.record
            if not isinstance(record, Response) or record.period is None or remedy.times.last < end:
                continue
            meant = times_of(record.period, record.timezone or self.zone, None)
            first, last = meant.period()
            mine = record.owed_by in (row, *obligation.responsibility.bearers[row])
            if mine and first < end and start <= last:
                return Cure(remedy.id, remedy.times.last)
        return None


def remedies_of(
    claims: Iterable[DeterminedClaim],
    obligations: Mapping[str, Obligation],
    full_name: Callable[[str], str | None],
    zone: str,
) -> Remedies:
    """Gather remedies and repairs."""
    remedies: dict[str, list[DeterminedClaim]] = {}
    for claim in claims:
        record = claim.entry.record
        if isinstance(record, Response) and claim.established:  # only remedies are claims
            remedies.setdefault(full_name(record.to) or record.to, []).append(claim)
    for several in remedies.values():
        several.sort(key=lambda c: (c.times.last, id_key(c.id)))
    repairs: dict[str, list[Repair]] = {}
    for one in obligations.values():
        when = one.life.commitment.when
        if when is not None and when.repairs and when.breach_of and when.breach_of in obligations:
            first = first_breach(obligations[when.breach_of], one.life.commitment.owed_by)
            of = None if first is None else first.claim.id
            repairs.setdefault(when.breach_of, []).append(Repair(one, of))
    return Remedies(remedies, repairs, zone)


def idle(claims: Iterable[DeterminedClaim], used: Collection[str]) -> list[Problem]:
    """Return a problem for each established remedy that makes nothing good; `used` are those that do."""
    problems = []
    for claim in claims:
        if claim.established and claim.id not in used:
            what = f"{claim.id} makes nothing good: no breach or missed period before it is what it names"
            problems.append(Problem(claim.id, "remedy_no_effect", what))
    return problems
