"""What was asked and what was found: for lists and sentences, and the plain part of it for users."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from attrs import field, frozen

from ceasefire.assessment.codes import OMISSION
from ceasefire.assessment.incremental.lazy import LazyEvaluation
from ceasefire.assessment.knowledge.asked import before
from ceasefire.assessment.knowledge.release import missing
from ceasefire.assessment.result.cases import positions
from ceasefire.assessment.result.reasons import reasons, weighed, withheld
from ceasefire.collecting import uncollected
from ceasefire.instruments.catalogue import elsewhere
from ceasefire.record import Incident, Withdrawal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ceasefire.assessment.determination.claims import DeterminedClaim, Proceedings
    from ceasefire.assessment.knowledge.seals import Sealed
    from ceasefire.assessment.lifecycle.agreements import AgreementLife
    from ceasefire.assessment.lifecycle.effects import Effect
    from ceasefire.assessment.obligations.rows import Row
    from ceasefire.assessment.result.entries import PositionEntry
    from ceasefire.assessment.result.reasons import Reason
    from ceasefire.instruments.terms import Agreement
    from ceasefire.record import Record


@frozen(slots=False, eq=False)
class View(LazyEvaluation):
    """What was found, with the questions that lists and sentences ask of it."""

    #: For whom it was made, where that was asked for: what is not there is then told as not released to it.
    shown_to: str | None = field(default=None, kw_only=True)

    #: The reasons of rows that were asked for so far: a cache, which changes no answer.
    _reasons: dict[tuple[str, str | None], tuple[Reason, ...]] = field(init=False, factory=dict)

    def reasons_of(self, commitment: str, owed_by: str | None) -> tuple[Reason, ...]:
        """Return the reasons of a row, in the order of time and records; none of a row that is not there."""
        key = commitment, owed_by
        if key not in self._reasons:
            row = self.whole.rows.get(key)
            self._reasons[key] = () if row is None else tuple(reasons(row))
        return self._reasons[key]

    def grounds_of(self, row: Row) -> tuple[Reason, ...]:
        """Return the reasons of a row but those of incidents and findings that do not count there.

        What somebody says was not done is told in any case.
        """
        commitment, absent = row.obligation.life.commitment, self.outcome.known.absent.values()
        return (*weighed(row, self._omissions), *withheld(row, commitment, absent))

    @cached_property
    def _omissions(self) -> tuple[str, ...]:
        """The incidents that say of something that it was not done."""
        acts = ((name, entry.record) for name, entry in self.outcome.known.wordings.by_id.items())
        return tuple(name for name, record in acts if isinstance(record, Incident) and record.act == OMISSION)

    @property
    def agreements(self) -> tuple[Agreement, ...]:
        """The agreements assessed, in the order of the call."""
        return self.first.asked.agreements

    @property
    def timezone(self) -> str:
        """The IANA time zone in which dates are read."""
        return self.world.timezone

    @property
    def as_of(self) -> int:
        """The last instant looked at, in microseconds of UTC."""
        return self.first.asked.as_of

    @property
    def since(self) -> int | None:
        """The first instant of the period, in microseconds of UTC, or None."""
        return self.first.asked.since

    @property
    def relays(self) -> bool:
        """Whether relayed statements count as their speakers'."""
        return self.first.asked.relays

    @property
    def audience(self) -> str:
        """For whom it was made, else who may see all: `author` with records for the author's eyes alone."""
        if self.shown_to is not None:
            return self.shown_to
        return "author" if any(r.release == "author" for r in self.asked.records) else "mechanism"

    @cached_property
    def records(self) -> Mapping[str, Record]:
        """The newest wording of each record looked at, by its id."""
        return {name: entry.record for name, entry in self.outcome.known.wordings.by_id.items()}

    @cached_property
    def hearings(self) -> Mapping[str, Sequence[tuple[DeterminedClaim, Proceedings]]]:
        """Under each record the claims of which it is a report, in every agreement that judges them."""
        found: dict[str, list[tuple[DeterminedClaim, Proceedings]]] = {}
        for heard in self.outcome.heard:
            for claim in heard.claims:
                for report in (claim.entry, *claim.others):
                    found.setdefault(report.id, []).append((claim, heard.proceedings))
        return found

    @cached_property
    def looked_at(self) -> int:
        """How many records tell of what had occurred by the day asked about, or are on such a record."""
        return self.outcome.known.looked_at()


@frozen(slots=False, eq=False, repr=False)
class Facts:
    """What an assessment says of its call, of its records and of its agreements."""

    #: What was asked and found: `view_of` gives it to whoever looks behind the face.
    _view: View

    @property
    def agreements(self) -> tuple[Agreement, ...]:
        """The agreements assessed, in the order of the call."""
        return self._view.agreements

    @property
    def timezone(self) -> str:
        """The IANA time zone in which dates are read."""
        return self._view.timezone

    @property
    def as_of(self) -> int:
        """The last instant looked at, in microseconds of UTC."""
        return self._view.as_of

    @property
    def known_at(self) -> int | None:
        """The instant of knowledge, in microseconds of UTC, or None for all that is known."""
        return self._view.first.asked.known_at

    @property
    def since(self) -> int | None:
        """The first instant of the period, in microseconds of UTC, or None."""
        return self._view.since

    @property
    def relays(self) -> bool:
        """Whether relayed statements count as their speakers'."""
        return self._view.relays

    @property
    def audience(self) -> str:
        """For whom it was made, else who may see all: `author` with records for the author's eyes alone."""
        return self._view.audience

    @property
    def previous(self) -> tuple[int, int] | None:
        """The span of equal length before the period, both ends included, in microseconds of UTC, or None."""
        return None if self.since is None else before(self.since, self.as_of)

    @property
    def sealed(self) -> tuple[Sealed, ...]:
        """How much of the records of each author with a declared key is under seal."""
        return self._view.outcome.sealed

    @property
    def lives(self) -> Mapping[str, AgreementLife]:
        """What became of each agreement, by its id: its states and the decisions that moved them."""
        return self._view.lives

    @property
    def notices(self) -> Mapping[str, tuple[Effect, ...]]:
        """The notices by which each agreement will end once they have run, by its id."""
        return self._view.outcome.running

    @property
    def records(self) -> Mapping[str, Record]:
        """The newest wording of each record looked at, by its id."""
        return self._view.records

    @property
    def looked_at(self) -> int:
        """How many records tell of what had occurred by the day asked about, or are on such a record."""
        return self._view.looked_at

    def positions_on(self, record: str) -> tuple[PositionEntry, ...]:
        """Return the rows of the list `positions` that are on one record."""
        heard = self._view.hearings.get(record, ())
        every = (one for claim, proceedings in heard for one in positions(claim, proceedings))
        return tuple(one for one in every if one.record == record)

    def answered(self, record: str) -> bool:
        """Tell whether anything else is said of a claim: by a finding on it, or in a report of its act."""
        heard = self._view.hearings.get(record, ())
        return any(claim.others or proceedings.findings_on(claim.id) for claim, proceedings in heard)

    def findings_on(self, record: str) -> Iterator[str]:
        """Yield the findings on a claim and on the other reports of its act, shown or not."""
        for claim, proceedings in self._view.hearings.get(record, ()):
            for report in (claim.entry, *claim.others):
                yield from (said.record.own_id for said in proceedings.findings_on(report.id))

    @cached_property
    def grounds(self) -> Mapping[tuple[str, str | None], tuple[Reason, ...]]:
        """The reasons of each row, by its commitment and who owes it, but those of what does not count there.

        Of performances, and of what somebody says was not done, they tell also where it does not.
        """
        with uncollected():
            return {
                (row.commitment, row.owed_by): self._view.grounds_of(row) for row in self._view.outcome.rows
            }

    @cached_property
    def began(self) -> Mapping[str, int]:
        """The latest instant at which each act may have begun, by its record: periods count it by that."""
        return {name: times.last for name, times in self._view.outcome.known.times.items()}

    @cached_property
    def withdrawn(self) -> frozenset[str]:
        """The ids of records that their authors took back."""
        worded = self._view.outcome.known.wordings.by_id
        return frozenset(name for name, entry in worded.items() if entry.withdrawn)

    @property
    def withdrawals(self) -> Mapping[str, Withdrawal]:
        """Each withdrawal among the records, by the id of what its author took back by it."""
        return {
            record.of: record
            for record in self._view.asked.records
            if isinstance(record, Withdrawal) and record.of in self.withdrawn
        }

    @property
    def corrections(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the corrections that have effect, in order, by the id of what they correct."""
        worded = self._view.outcome.known.wordings.by_id
        return {
            name: tuple(correction for correction, _ in entry.corrections)
            for name, entry in worded.items()
            if entry.corrections
        }

    @cached_property
    def superseded(self) -> Mapping[str, str]:
        """Findings that are shown and never counted, with why: `earlier_wording`, `fork` or `unsealed`."""
        idle = self._view.outcome.known.idle
        return {
            finding.record.own_id: idle.get(finding.record.own_id, code)
            for heard in self._view.outcome.heard
            for claim in heard.claims
            for _, code, finding in heard.proceedings.aside(claim)
            if not finding.current
        }

    @cached_property
    def missing(self) -> frozenset[str]:
        """The ids of records that are pointed at and not among those given, or given without their bodies."""
        named = missing(self._view.asked.records, self.known_at, self.records.values())
        given = {agreement.id for agreement in self.agreements}
        gone = frozenset(n for n in named if self.full_name(n) is None and not elsewhere(n, given))
        return gone | self._view.outcome.known.absent.keys()

    def full_name(self, commitment: str | None) -> str | None:
        """Return the full name of a commitment, also of an id that only one bears; None of any other."""
        return self._view.first.outcome.full_name(commitment) if isinstance(commitment, str) else None


def view_of(assessment: Facts) -> View:
    """Return what lies behind an assessment: for tests and measurements, which look where users need not."""
    return assessment._view  # noqa: SLF001 – the one door
