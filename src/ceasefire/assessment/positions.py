"""What each member says on each question about a claim (design §5, "Positions").

A member's position is its latest answer on the newest wording: its own finding,
or, for the author of the claim, the claim itself. The answers of the authors of
other reports of the same act are answers on the one that counts. A relayed
statement counts only when the assessment is asked to, and never against the
member's own.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from ceasefire.assessment.order import chain_key
from ceasefire.record import Finding, Incident

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from ceasefire.assessment.wordings import Worded
    from ceasefire.record import Record

#: The questions a finding answers, in the order in which they are printed.
QUESTIONS: Final = ("outcome", "same_as", "attributed_to", "severity", "commitments", "ended")


@frozen
class Answer:
    """One answer of one speaker to one question, with the record that gives it."""

    speaker: str
    question: str
    #: An outcome, a severity, an id; a tuple of ids; for `commitments` also ("ground", …).
    value: Any
    record: str
    #: When it was written down, in microseconds; None where the record does not say.
    written: int | None
    #: Later answers have a greater key: relayed before own, then by the speaker's chain.
    order: tuple[bool, tuple[Any, ...]]
    relayed: bool


@frozen
class Judgement:
    """A finding on a claim, on whichever wording it names."""

    finding: Finding
    id: str
    #: Whether it is on the newest wording, and not on a forked chain.
    current: bool


def judgements(
    worded: Mapping[str, Worded], named: Mapping[str, tuple[str, str]], idle: Collection[str]
) -> dict[str, list[Judgement]]:
    """Return the findings that stand, by the id of the record they are on, in the order of chains.

    Those that are `idle` are on a forked chain, and are shown as those on an earlier wording are.
    """
    found: dict[str, list[Judgement]] = defaultdict(list)
    for entry in worded.values():
        finding = entry.record
        if not isinstance(finding, Finding) or entry.withdrawn or (finding.on or "") not in named:
            continue
        target, wording = named[finding.on or ""]
        current = wording == worded[target].wording and entry.id not in idle
        found[target].append(Judgement(finding, entry.id, current))
    for several in found.values():
        several.sort(key=lambda j: (j.finding.by or "", chain_key(j.finding)))
    return dict(found)


def answers_on(entry: Worded, findings: Iterable[Judgement]) -> Iterator[Answer]:
    """Yield every answer on the newest wording of one record: its author's own, then the findings."""
    author = {a.question: a for a in _stated(entry)}
    for judgement in findings:
        if not judgement.current:
            continue
        for answer in _found(judgement):
            if answer.speaker == entry.record.speaker and answer.relayed <= entry.record.relay:
                author.pop(answer.question, None)
            yield answer
    yield from author.values()


def earlier_answers(findings: Iterable[Judgement]) -> Iterator[Answer]:
    """Yield the answers on superseded wordings and on forked chains: shown, never counted."""
    for judgement in findings:
        if not judgement.current:
            yield from _found(judgement)


def positions(
    members: Sequence[str], answers: Iterable[Answer], *, relays: bool
) -> dict[str, dict[str, Answer]]:
    """Return the latest answer of each member to each question: one member, one position."""
    held: dict[str, dict[str, Answer]] = {member: {} for member in members}
    for answer in answers:
        if answer.speaker not in held or (answer.relayed and not relays):
            continue
        known = held[answer.speaker].get(answer.question)
        if known is None or known.order < answer.order:
            held[answer.speaker][answer.question] = answer
    return {member: given for member, given in held.items() if given}


def _stated(entry: Worded) -> Iterator[Answer]:
    """Yield what the author of a claim says by the claim itself, until it says otherwise."""
    record = entry.record
    if entry.withdrawn or record.speaker is None:
        return
    order = _order(record)
    written = _written(record)
    yield Answer(record.speaker, "outcome", "confirmed", entry.id, written, order, record.relay)
    if isinstance(record, Incident) and record.accused:
        yield Answer(record.speaker, "attributed_to", record.accused, entry.id, written, order, record.relay)


def _found(judgement: Judgement) -> Iterator[Answer]:
    finding = judgement.finding
    order = _order(finding)
    for question in QUESTIONS:
        value: Any = getattr(finding, question)
        if question == "commitments" and finding.ground:
            value = ("ground", finding.ground)
        elif question == "ended" and finding.ended is not None:
            value = finding.ended
        if value is not None and value != ():
            yield Answer(
                finding.speaker or "", question, value, judgement.id, _written(finding), order, finding.relay
            )


def _written(record: Record) -> int | None:
    return record.recorded.us if record.recorded is not None else None


def _order(record: Record) -> tuple[bool, tuple[Any, ...]]:
    """Return the place of a statement among its speaker's; relays of several authors go by time."""
    if not record.relay:
        return (True, chain_key(record))
    return (False, (record.recorded.us if record.recorded else 0, chain_key(record)))
