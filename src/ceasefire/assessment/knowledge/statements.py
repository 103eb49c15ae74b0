"""What one record says on each question about a claim: answers, not yet anybody's position.

docs/rules/claims.md, "Positions".
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from ceasefire.record import Finding, Incident, Tally
from ceasefire.record.order import chain_key, ordered_at
from ceasefire.values import Value

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from ceasefire.assessment.knowledge.wordings import Worded, Wordings
    from ceasefire.record import Record


#: The questions a finding answers, in the order in which they are printed.
QUESTIONS: Final = ("outcome", "same_as", "attributed_to", "severity", "commitments", "ended")


OUTCOME, SAME_AS, ATTRIBUTED_TO, SEVERITY, COMMITMENTS, ENDED = range(6)


#: By `QUESTIONS`: an outcome, an id, parties, a severity, commitments or ("ground", which), a moment;
#: None where nothing is said.
Values = tuple[Any, ...]


_NOTHING: Final[Values] = (None,) * len(QUESTIONS)


_CONFIRMED: Final[Values] = ("confirmed", *_NOTHING[1:])


class Statement(Value):
    """What one record says on all questions about a claim: a finding on it, or the claim itself."""

    speaker: str
    values: Values
    record: Record
    #: Whether it is on the newest wording, and not on a forked chain.
    current: bool = True

    @property
    def relayed(self) -> bool:
        """Whether its author passes on another's statement."""
        return self.record.relay

    @property
    def written(self) -> int | None:
        """When it was written down, in microseconds; None where the record does not say."""
        return self.record.written.us if self.record.written is not None else None

    @property
    def answered(self) -> bool:
        """Whether it answers any question: a finding may say no more than how sure somebody is."""
        return self.values != _NOTHING

    @property
    def order(self) -> tuple[bool, tuple[Any, ...]]:
        """Its place among its speaker's: relayed before own, then by the chain; relays of several by time."""
        if not self.relayed:
            return (True, chain_key(self.record))
        return (False, (ordered_at(self.record), chain_key(self.record)))

    def follows(self, claim: Statement) -> bool:
        """Tell whether a finding is a later word of its speaker than the claim that it is on.

        By the numbers in its author's chain; where one of them has none by when it was
        written, and at one instant whoever judges a claim has made it before.
        """
        if self.relayed != claim.relayed:
            return claim.relayed
        mine, its = chain_key(self.record), chain_key(claim.record)
        if not self.relayed and not mine[0] and not its[0]:
            return mine > its
        if self.written is None or claim.written is None:
            return True
        return ordered_at(self.record) >= ordered_at(claim.record)

    def answers(self) -> list[Answer]:
        """Return its answers, question by question."""
        speaker, record = self.speaker, self.record.own_id
        given = zip(QUESTIONS, self.values, strict=True)
        return [Answer(self, speaker, record, asked, value) for asked, value in given if value is not None]


class Answer(Value):
    """One answer of one speaker to one question."""

    statement: Statement
    #: Who gives it.
    speaker: str
    #: The id of the record that gives it.
    record: str
    question: str
    value: Any


def findings(
    entries: Iterable[Worded], wordings: Wordings, idle: Collection[str] = ()
) -> dict[str, list[Statement]]:
    """Return what the findings among some records say, if they stand, by the id of the record they are on.

    `entries` come in the order of chains, and so do the findings on each. Those that are
    `idle` are on a forked chain or under no seal, and are shown as those on an earlier wording are.
    """
    found: dict[str, list[Statement]] = defaultdict(list)
    for entry in entries:
        finding = entry.record
        if not isinstance(finding, Finding) or entry.withdrawn:
            continue
        named, said = wordings.judged(finding.on), stated(finding)
        if named is not None:
            target, wording = named
            current = wording == wordings.by_id[target].wording and entry.id not in idle
            found[target].append(said if current else replace(said, current=False))
    return dict(found)


def stated(finding: Finding) -> Statement:
    """Return what a finding on the newest wording says."""
    under = ("ground", finding.ground) if finding.ground else finding.commitments
    values = (
        finding.outcome,
        finding.same_as,
        finding.attributed_to,
        finding.severity,
        under,
        finding.ended,
    )
    return Statement(finding.speaker, values, finding)


def statements_on(entry: Worded, found: Iterable[Statement]) -> list[Statement]:
    """Return what is said on the newest wording of one record, by findings and by its author with it."""
    own = _stated(entry)
    said = []
    for finding in found:
        if not finding.current:
            continue
        if own is not None and finding.speaker == own.speaker and finding.follows(own):
            own = replace(own, values=_unanswered(own.values, finding.values))  # it says otherwise
        said.append(finding)
    if own is not None and own.values != _NOTHING:
        said.append(own)
    return said


def _stated(entry: Worded) -> Statement | None:
    """Return what the author of a claim says by the claim itself."""
    record = entry.record
    if entry.withdrawn:
        return None
    values = _CONFIRMED
    if isinstance(record, Incident | Tally) and record.accused:
        values = ("confirmed", None, record.accused, None, None, None)
    return Statement(record.speaker, values, record)


def _unanswered(values: Values, others: Values) -> Values:
    """Return the answers to those questions that others do not answer."""
    return tuple(v if others[question] is None else None for question, v in enumerate(values))
