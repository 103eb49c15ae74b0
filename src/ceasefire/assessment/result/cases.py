"""Cases: who said what about a claim, who has still to answer what, and what was done about it.

docs/rules/compliance.md, "Cases".
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from ceasefire.assessment.determination.rules import decides
from ceasefire.assessment.knowledge.responses import made_at
from ceasefire.assessment.result.entries import CaseEntry, PositionEntry, ResponseEntry
from ceasefire.clock import Instant, iso
from ceasefire.record import Incident, Response

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from ceasefire.assessment.determination.claims import DeterminedClaim, Proceedings
    from ceasefire.assessment.knowledge.statements import Answer
    from ceasefire.assessment.knowledge.wordings import Worded
    from ceasefire.assessment.outcome import Outcome


def awaiting(claim: DeterminedClaim) -> tuple[str, ...]:
    """Return who has still to answer which question, as `member: question`."""
    ruling = claim.ruling
    return ruling.awaiting_all if isinstance(claim.entry.record, Incident) else ruling.awaiting_outcome


def positions(claim: DeterminedClaim, proceedings: Proceedings) -> Iterator[PositionEntry]:
    """Yield who said what on which question about a claim, and whether it counted."""
    reports = frozenset(claim.reports)
    mechanism = claim.mechanism.id if claim.mechanism is not None else None
    seen = [(claim.id, answer, counted) for answer, counted in proceedings.answers(claim)]
    seen += [
        (on, answer, False) for on, _, finding in proceedings.aside(claim) for answer in finding.answers()
    ]
    if len({(answer.speaker, answer.question) for _, answer, _ in seen}) == len(seen):
        seen.sort(key=lambda s: (s[1].speaker, s[1].question))
    else:
        seen.sort(key=lambda s: (s[1].speaker, s[1].question, s[1].statement.order))
    agreement = claim.agreement
    for on, answer, counted in seen:
        record = answer.record
        finding = None if record in reports else record
        yield PositionEntry(
            on, agreement, mechanism, answer.speaker, answer.question, _answer(answer), finding, counted
        )
    for member in claim.ruling.silent:
        yield PositionEntry(
            record=claim.id,
            agreement=claim.agreement,
            mechanism=mechanism,
            member=member,
            question="outcome",
            answer="confirmed (silent)",
            finding=None,
            counted=True,
        )


def _answer(answer: Answer) -> str:
    value = answer.value
    if type(value) is str:
        return value
    if isinstance(value, tuple):
        return str(value[1]) if value[0] == "ground" else ";".join(value)
    return iso(value.us) if isinstance(value, Instant) else str(value)


def closed(claim: DeterminedClaim, closing: Mapping[str, Collection[str]]) -> bool:
    """Tell whether as many members as the rule needs have closed the case of a claim.

    `closing` holds, by record, who made a response to it that closes its case.
    """
    mechanism = claim.mechanism
    if mechanism is None:
        return False
    speakers = frozenset(speaker for report in claim.reports for speaker in closing.get(report, ()))
    if not speakers:
        return False
    members = mechanism.members or (claim.entry.record.speaker,)  # without members, the author of the claim
    saying = [member for member in members if member in speakers]
    return decides(str(claim.ruling.rule), members, saying, ())  # what a mechanism determines has a rule


def cases(claims: Iterable[DeterminedClaim], made: Sequence[Worded], *, relays: bool) -> Iterator[CaseEntry]:
    """Yield the list `cases`: one row for each claim that counts itself, over all agreements."""
    for name, several, still_open in _cases(claims, made, relays=relays):
        told = dict.fromkeys(chain.from_iterable(map(awaiting, several)))
        yield CaseEntry(record=name, open=still_open, awaiting=tuple(told))


def open_cases(claims: Iterable[DeterminedClaim], made: Sequence[Worded], *, relays: bool) -> dict[str, bool]:
    """Return whether the case of each claim is open, by its record."""
    return {name: still_open for name, _, still_open in _cases(claims, made, relays=relays)}


def _cases(
    claims: Iterable[DeterminedClaim], made: Sequence[Worded], *, relays: bool
) -> Iterator[tuple[str, list[DeterminedClaim], bool]]:
    """Yield each record with its claim in each agreement, and whether its case is open.

    That somebody is said to have closed it counts where relayed statements do.
    """
    closing: dict[str, list[str]] = {}
    for entry in made:
        response = entry.record
        if isinstance(response, Response) and response.closes and (relays or not response.relay):
            closing.setdefault(response.to, []).append(response.speaker)
    by_record: dict[str, list[DeterminedClaim]] = {}
    for claim in claims:
        if claim.counts_itself:
            by_record.setdefault(claim.id, []).append(claim)
    for name, several in by_record.items():
        yield name, several, not closing or not all(closed(c, closing) for c in several)


def table(outcome: Outcome, zone: str, as_of: int) -> Iterator[ResponseEntry]:
    """Yield each response with what is due of it and whether that is open, met or overdue."""
    several, answers = _answers(outcome.responses)
    remedies = _established(outcome)
    for entry, record in several:
        due = _due(record, zone)
        yield ResponseEntry(
            record=entry.id,
            to=record.to,
            step=record.step,
            by=record.speaker,
            addressee=record.addressee,
            due=None if due is None else iso(due),
            state=_state(entry, record, answers, zone, as_of, remedies),
        )


def _answers(made: Iterable[Worded]) -> tuple[list[tuple[Worded, Response]], dict[str, list[Worded]]]:
    """Return the responses, and by record those that are to it."""
    several = [(entry, record) for entry in made if isinstance(record := entry.record, Response)]
    answers: dict[str, list[Worded]] = {}
    for entry, record in several:
        answers.setdefault(record.to, []).append(entry)
    return several, answers


def _established(outcome: Outcome) -> frozenset[str]:
    """Return the remedies that are established."""
    return frozenset(c.id for heard in outcome.heard for c in heard.of_kind("response") if c.established)


def _due(record: Response, zone: str) -> int | None:
    return record.due.bounds(record.timezone or zone)[1] if record.due else None


def _state(  # noqa: PLR0913 – what was asked, and all that may answer it
    entry: Worded,
    record: Response,
    answers: Mapping[str, Sequence[Worded]],
    zone: str,
    as_of: int,
    remedies: Collection[str],
) -> str:
    """Return whether what a response asks was met by its addressee, is open, or overdue.

    It is met by an answer to it or, where it has an addressee, by the addressee's to the same
    record. A recommendation is also met by an established remedy, whoever reports it.
    """
    due = _due(record, zone)
    heard = [*_heard(entry, record, answers, zone), *_followed(entry, record, answers, remedies, zone)]
    if heard:
        return "met"
    return "overdue" if due is not None and due < as_of else "open"


def unanswered(outcome: Outcome, zone: str) -> dict[str, tuple[str, ...]]:
    """Return the responses that ask for something and that nobody has answered, by id.

    Each with the established remedies that say that it was followed: an answer is a word
    of whoever was asked, and none of them is recorded.
    """
    several, answers = _answers(outcome.responses)
    remedies = _established(outcome)
    return {
        entry.id: tuple(remedy.id for remedy in _followed(entry, record, answers, remedies, zone))
        for entry, record in several
        if record.due is not None and not _heard(entry, record, answers, zone)
    }


def _heard(
    entry: Worded, record: Response, answers: Mapping[str, Sequence[Worded]], zone: str
) -> list[Worded]:
    """Return the answers to what a response asks: to it or, of its addressee, to the same record."""
    heard: Iterable[Worded] = answers.get(entry.id, ())
    if record.addressee is not None:
        heard = [a for a in chain(heard, answers[record.to]) if a.record.speaker == record.addressee]
    return _later(entry, heard, zone)


def _later(entry: Worded, several: Iterable[Worded], zone: str) -> list[Worded]:
    """Return those of several that were not made before a response, without itself; each once."""
    since = made_at(entry, zone)
    found = {one.id: one for one in several if one.id != entry.id and made_at(one, zone) >= since}
    return list(found.values())


def _followed(
    entry: Worded,
    record: Response,
    answers: Mapping[str, Sequence[Worded]],
    remedies: Collection[str],
    zone: str,
) -> list[Worded]:
    """Return the later established remedies that say that a recommendation was followed.

    One that is to the recommendation, and one that is to the same record, unless something
    was recommended to its speaker there: then it tells of its own part.
    """
    if record.step != "recommendation":
        return []
    several = [a.record for a in answers[record.to] if isinstance(a.record, Response)]
    asked = {r.addressee for r in several if r.step == "recommendation"}
    own = [a for a in answers.get(entry.id, ()) if a.id in remedies]
    of_it = [a for a in answers[record.to] if a.id in remedies and a.record.speaker not in asked]
    return _later(entry, [*own, *of_it], zone)
