"""A claim as one agreement's mechanism determines it, and everything it is determined with."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import field

from ceasefire.assessment.determination.positions import answered, in_time
from ceasefire.assessment.knowledge.statements import statements_on
from ceasefire.assessment.world.jurisdiction import judged_at
from ceasefire.record import Finding, Membership
from ceasefire.values import Entity, Value

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from ceasefire.assessment.determination.rulings import Matter, Ruling
    from ceasefire.assessment.knowledge.statements import Answer, Statement
    from ceasefire.assessment.knowledge.wordings import Worded
    from ceasefire.assessment.world.jurisdiction import Jurisdiction
    from ceasefire.assessment.world.occurrence import Times
    from ceasefire.instruments.terms import Agreement, Mechanism


class DeterminedClaim(Value, eq=False):
    """A claim as one agreement's mechanism determines it: itself, whatever another one says."""

    #: The id of the agreement.
    agreement: str
    entry: Worded
    times: Times
    mechanism: Mechanism | None
    ruling: Ruling
    #: The id of the record that counts for it: its own, unless it is a duplicate.
    counts_as: str
    #: The other reports counted under it.
    others: tuple[Worded, ...] = ()

    @property
    def id(self) -> str:
        """The id of the record."""
        return self.entry.id

    @property
    def determination(self) -> str:
        """What is determined: established, refuted, alleged …."""
        return self.ruling.determination

    @property
    def open(self) -> bool:
        """Whether it is neither established nor closed."""
        return self.ruling.open

    @property
    def established(self) -> bool:
        """Whether the mechanism has established it."""
        return self.ruling.established

    @property
    def counts_itself(self) -> bool:
        """Whether it was neither taken back nor is counted under another record."""
        return self.ruling.determination not in ("withdrawn", "duplicate")

    @property
    def reports(self) -> tuple[str, ...]:
        """The ids of every report counted under it, its own first."""
        return (self.id, *(other.id for other in self.others)) if self.counts_itself else ()


class Proceedings(Entity, kw_only=True):
    """Everything one agreement needs to determine claims."""

    agreement: Agreement
    courts: Jurisdiction
    findings: Mapping[str, Sequence[Statement]]
    times: Mapping[str, Times]
    #: Decisions, events and memberships: the record that stands for all of equal fields.
    equal: Mapping[str, str]
    #: Every claim that is said to report the same act as another, and that other, by id.
    linked: Mapping[str, Worded]
    #: The records known of what occurs later than `as_of`, by id.
    coming: Collection[str]
    as_of: int
    known_at: int | None
    relays: bool
    #: What has been ruled so far, by matter. A cache, which changes no answer: a ruling hangs on its matter
    #: and on who belonged to whom alone, so that another day of the same memberships takes it over.
    rulings: dict[Matter, Ruling] = field(default_factory=dict)

    @cached_property
    def alike(self) -> dict[tuple[object, ...], Ruling]:
        """What has been ruled of plain incidents, by all that it hangs on (`plain`): a cache."""
        return {}

    @cached_property
    def _answers(self) -> dict[DeterminedClaim, tuple[tuple[Answer, bool], ...]]:
        """The answers on claims that were asked for so far: a cache."""
        return {}

    @cached_property
    def uncounted(self) -> dict[DeterminedClaim, Mapping[str, tuple[int | None, str]]]:
        """Findings on a claim that count for nothing, with when each was written and why: a cache."""
        return {}

    def mechanism_of(self, entry: Worded) -> Mechanism | None:
        """Return the mechanism that determines a claim under this agreement."""
        times = self.times[entry.id]
        if times.lasting:
            return self.courts.mechanism(self.agreement.id, *judged_at(entry.record, times))
        return self.courts.mechanism(self.agreement.id, times.first, times.last)  # as `judged_at` has it

    def findings_on(self, name: str) -> Sequence[Statement]:
        """Return what findings say of a record, on whichever wording."""
        return self.findings.get(name, ())

    def statements(
        self, entry: Worded, others: Sequence[Worded], silence_ended: int | None = None
    ) -> list[Statement]:
        """Return what is said of a claim: all on equal records, of other reports only by their authors.

        Where a silence ended, without the objections made after it.
        """
        said = statements_on(entry, in_time(self.findings_on(entry.id), silence_ended))
        for other in others:
            found = statements_on(other, in_time(self.findings_on(other.id), silence_ended))
            if self.equal.get(other.id) == entry.id:
                said += found
            else:
                said += [s for s in found if s.speaker == other.record.speaker]
        return said

    def authors(self, claim: DeterminedClaim) -> tuple[str, ...]:
        """Return whose statement a claim is: its author's, and that of the authors of equal records."""
        return tuple(
            one.record.speaker
            for one in self.equal_to(claim.entry, claim.others)
            if not one.withdrawn and (self.relays or not one.record.relay)
        )

    def equal_to(self, entry: Worded, others: Sequence[Worded]) -> list[Worded]:
        """Return a claim with those of its other reports whose own fields are equal, taken back or not."""
        return [entry, *(other for other in others if self.equal.get(other.id) == entry.id)]

    def taken_back_by(self, claim: DeterminedClaim) -> frozenset[str]:
        """Return who took back its own record of a claim; what it passed on of another is not its own."""
        return frozenset(
            one.record.author
            for one in self.equal_to(claim.entry, claim.others)
            if one.withdrawn and not one.record.relay
        )

    def found_by(self, statements: Iterable[Statement]) -> frozenset[str]:
        """Return who said some of these by findings, whatever they answer."""
        return frozenset(
            one.speaker
            for one in statements
            if isinstance(one.record, Finding) and (self.relays or not one.relayed)
        )

    def by_evidence(self, entry: Worded, others: Sequence[Worded]) -> bool:
        """Tell whether a membership stands by its evidence: an external listing that has some."""
        return any(
            isinstance(one.record, Membership)
            and one.record.basis == "external"
            and bool(one.record.evidence)
            and not one.withdrawn
            for one in self.equal_to(entry, others)
        )

    def answers(self, claim: DeterminedClaim) -> tuple[tuple[Answer, bool], ...]:
        """Return every answer on a claim's newest wording, each with whether it is a position that counts."""
        if claim not in self._answers:
            self._answers[claim] = tuple(self._answered(claim))
        return self._answers[claim]

    def _answered(self, claim: DeterminedClaim) -> list[tuple[Answer, bool]]:
        if not claim.counts_itself:
            return []
        silence_ended = claim.ruling.silence_ended
        counted = self.statements(claim.entry, claim.others, silence_ended)
        found = answered(claim.ruling.counted, counted, relays=self.relays)
        if silence_ended is not None:  # what was said after it is shown
            given = {(answer.record, answer.question) for answer, _ in found}
            shown = (a for one in self.statements(claim.entry, claim.others) for a in one.answers())
            found += [(answer, False) for answer in shown if (answer.record, answer.question) not in given]
        return found

    def aside(self, claim: DeterminedClaim) -> list[tuple[str, str, Statement]]:
        """Return the findings that are shown, and never counted: the record each is on, and why not.

        Those on superseded wordings and on forked chains; and what others than its author
        say on another report of the act, for that is not said on the one that counts.
        """
        if not claim.counts_itself:
            return []
        found = []
        for one in (claim.entry, *claim.others):
            authors = None if one is claim.entry or self.equal.get(one.id) == claim.id else one.record.speaker
            for finding in self.findings_on(one.id):
                if not finding.answered:
                    continue
                if not finding.current:
                    found.append((one.id, "earlier_wording", finding))
                elif authors not in (None, finding.speaker):
                    found.append((one.id, "duplicate", finding))
        return found
