"""A case as one card: what is said, who is named, positions, what is still to answer, the steps in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, get_args

from ceasefire.clock import FOREVER, Lasting, OneOf, PartialDate, some_time
from ceasefire.record.choices import Ground
from ceasefire.record.kinds import Incident, Tally
from ceasefire.reporting.document import Card, words
from ceasefire.reporting.material.audience import answers
from ceasefire.reporting.telling import happened as told
from ceasefire.reporting.telling.breaches import UNDECIDED
from ceasefire.reporting.telling.dissent import by_question, waiting
from ceasefire.reporting.telling.naming import determination, determinations, named
from ceasefire.reporting.telling.references import at
from ceasefire.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ceasefire.assessment.result.entries import ClaimEntry, PositionEntry, ResponseEntry
    from ceasefire.clock import Occurrence
    from ceasefire.reporting.document import Words
    from ceasefire.reporting.material.material import Material

_GROUNDS: Final = frozenset(get_args(Ground))


def card(record: str, several: list[ClaimEntry], material: Material) -> Card:
    """Return the card of a case."""
    return Card(
        title=material.say(
            "case.title",
            what=heading(record, several, material),
            when=told.when(several[0], material),
            determined=determinations(several, material),
            closed=_closed(record, material),
        ),
        facts=tuple(
            (material.text(f"case.{key}"), said) for key, said in _facts(record, several, material) if said
        ),
        steps=tuple(_steps(record, material)),
        open=any(c.determination in UNDECIDED for c in several),
    )


def heading(record: str, several: list[ClaimEntry], material: Material) -> Words:
    """Return what a case is of: an act with its place, or what else it is said that happened."""
    known = material.record(record)
    if known is None:
        return material.say("case.not_held", kind=material.vocabulary.code("kind", several[0].kind))
    return told.happened(known, material)


def _closed(record: str, material: Material) -> Words:
    case = material.cases.get(record)
    return material.say("case.closed") if case is not None and not case.open else ()


def _facts(record: str, several: list[ClaimEntry], material: Material) -> Iterator[tuple[str, Words]]:
    open_ = any(c.determination in UNDECIDED for c in several)
    brief = material.audience == "public" and open_
    yield "said", _said(record, several, material, brief=brief)
    yield "named", named(several, material)
    yield "determined", _determined(several, material)
    yield "positions", positions(record, material)
    yield "answered", _answered(record, material)
    if material.audience != "public":
        case = material.cases.get(record)
        entries = () if case is None else case.awaiting
        yield "unanswered" if material.of_a_party else "to_answer", waiting(entries, material)


def _said(record: str, several: list[ClaimEntry], material: Material, *, brief: bool) -> Words:
    """Return what is said: against whom, harm, words, author, place and evidence; who else reported it."""
    known = material.record(record)
    parts: list[Words] = []
    if isinstance(known, Incident | Tally):
        if whom := told.against(known, material):
            parts.append(material.say("case.against", who=whom))
        parts.append(told.harm(known, material))
    by = words(*told.said_by(several, material), " ", at(record, material))
    text = told.text_of(known, material)
    parts.append(material.say("case.words_of", text=text, by=by) if text else by)
    if isinstance(known, Incident) and not brief:
        parts.append(told.exactly_where(known, material))
    parts.append(told.evidence(known, material))
    others = [
        words(material.names.party(c.said_by or c.by), " ", at(c.record, material))
        for c in material.duplicates.get((record, several[0].agreement), ())
    ]
    if others:
        parts.append(material.say("case.also", who=material.vocabulary.listed(others)))
    return material.vocabulary.joined((p for p in parts if p), "list.semicolon")


def _determined(several: list[ClaimEntry], material: Material) -> Words:
    """Return who determined it and how grave it is, where no name beside it says so already."""
    parts = []
    for claim in several:
        settled = claim.determination in ("established", "refuted") and claim.mechanism
        grave = claim.severity not in (None, "undetermined")
        told_with_names = claim.kind in ("incident", "tally") and bool(claim.attributed_to)
        if settled and (grave or not told_with_names):
            said = material.say(
                "case.by", what=determination(claim.determination, material),
                mechanism=material.names.mechanism(claim.mechanism),
            )  # fmt: skip
            if grave:
                said = material.say(
                    "case.grave", what=said, how=material.vocabulary.code("severity", claim.severity)
                )
            if said not in parts:
                parts.append(said)
    return material.vocabulary.joined(parts, "list.semicolon")


def positions(record: str, material: Material) -> Words:
    """Return who answers what, question by question; the answers that are not counted are told as such.

    Of a decided claim the questions that all counted members answer alike share a part. What
    the author of a report said by it alone stands with the report, where it is not counted.
    """
    decided = not any(c.determination in UNDECIDED for c in material.claims.get(record, ()))
    parts: list[Words] = []
    agreed: dict[str, None] = {}
    who: dict[str, dict[str, None]] = {}
    for question, several in by_question(record, material).items():
        shown = [p for p in several if p.counted or p.finding]
        counted = [p for p in shown if p.counted]
        if decided and len({answers(p) for p in counted}) == 1:
            agreed[question] = None
            for p in counted:
                who.setdefault(p.member, {}).update({p.finding: None} if p.finding else {})
            shown = [p for p in shown if not p.counted]
        parts += _question(question, shown, material)
    return material.vocabulary.joined([*_agreed(agreed, who, material), *parts], "list.semicolon")


def _answered(record: str, material: Material) -> Words:
    """Return the words of the findings on a claim, each once with whose they are; the public reads none."""
    if material.audience == "public":
        return ()
    findings = {p.finding: p.member for p in material.positions_on(record) if p.finding}
    said = (
        material.say(
            "case.in_words", member=material.names.party(member), text=words(*text, " ", at(name, material))
        )
        for name, member in findings.items()
        if (text := told.text_of(material.record(name), material))
    )
    return material.vocabulary.joined(said, "list.semicolon")


def _agreed(
    questions: Iterable[str], who: Mapping[str, Iterable[str]], material: Material
) -> Iterator[Words]:
    """Yield which questions all counted members answer alike, each with its findings."""
    names = [material.vocabulary.code("question", question) for question in questions]
    if names:
        members = (
            words(material.names.party(member), *(w for name in findings for w in (" ", at(name, material))))
            for member, findings in who.items()
        )
        listed = material.vocabulary.listed
        yield material.say("case.agreed", questions=listed(names), members=listed(members))


def _question(question: str, several: list[PositionEntry], material: Material) -> Iterator[Words]:
    """Yield the answers to a question, those alike together."""
    alike: dict[tuple[Words, str], list[PositionEntry]] = {}
    for position in several:
        same = (words(_told(position, answers(position), material)), _aside(position, material))
        alike.setdefault(same, []).append(position)
    said = [_answer(question, answer, aside, given, material) for (answer, aside), given in alike.items()]
    if said:
        name = material.vocabulary.code("question", question)
        yield material.say(
            "case.question", question=name, answers=material.vocabulary.joined(said, "list.dot")
        )


def _aside(position: PositionEntry, material: Material) -> str:
    """Return why an answer is shown and not counted, as the key of the words for it."""
    if position.counted:
        return ""
    return material.superseded.get(position.finding or "") or "not_counted"


def _answer(
    question: str, answer: Words, aside: str, given: list[PositionEntry], material: Material
) -> Words:
    """Return an answer with all who give it; a name never without whose view it is."""
    several = dict.fromkeys((p.member, p.finding) for p in given)  # each once, whoever determines
    who = [
        words(material.names.party(member), *((" ", at(finding, material)) if finding else ()))
        for member, finding in several
    ]
    members = material.vocabulary.listed(who)
    key = "case.names" if question == "attributed_to" else "case.answers"
    said = material.say(key, members=members, answer=answer)
    return material.say(f"case.{aside}", answer=said) if aside else said


def _told(position: PositionEntry, said: tuple[str, ...], material: Material) -> str:
    question, names = position.question, material.names
    if question == "attributed_to":
        return names.parties_listed(said)
    if question == "commitments":
        told_ = (
            material.vocabulary.code("ground", c) if c in _GROUNDS else names.commitment(c) for c in said
        )
    elif question == "ended":
        dated_in = getattr(material.record(position.finding), "timezone", None)
        return material.occurred(some_time(position.answer), dated_in)
    elif question == "same_as":
        told_ = (visible(a) for a in said)
    else:
        told_ = (visible(material.vocabulary.code("answer", a)) for a in said)
    return material.text("as_is", what=material.vocabulary.listed(told_))


def steps_of(record: str, material: Material) -> list[ResponseEntry]:
    """Return what was done about a case, also about a step of it, in order of time."""
    found = list(material.responses_to.get(record, ()))
    told = {record}
    for row in found:  # which grows as steps have responses of their own
        if row.record is not None and row.record not in told:
            told.add(row.record)
            found += material.responses_to.get(row.record, ())
    return sorted(found, key=lambda row: made(row, material))


def made(row: ResponseEntry, material: Material) -> tuple[int, int]:
    """Return when a step was made, or began, and when it was recorded."""
    record = material.record(row.record)
    occurred = getattr(record, "occurred", None)
    recorded = record.recorded.us if record is not None and record.recorded is not None else FOREVER
    return (recorded if occurred is None else _began(occurred, material), recorded)


def _began(made: Occurrence, material: Material) -> int:
    """Return the first instant at which a step may have been made, or begun."""
    start = made.start if isinstance(made, Lasting) else made
    return start.bounds(material.timezone)[0]


def _steps(record: str, material: Material) -> Iterator[Words]:
    """Yield each step with its day, author, words, due date; who closed the case on one day share a step."""
    closing: dict[str, list[Words]] = {}
    for row in steps_of(record, material):
        known = material.record(row.record)
        if known is not None and getattr(known, "closes", False) and not known.text:
            who = words(material.names.party(row.by), " ", at(known.own_id, material))
            closing.setdefault(_day(known, material), []).append(who)
            continue
        yield step(row, material)
    for day, members in closing.items():
        yield material.say("step.closed_by", day=day, who=material.vocabulary.listed(members))


def _day(record: object, material: Material) -> str:
    """Return the day of a step, or its time as it is stated where that is no one day."""
    occurred = getattr(record, "occurred", None)
    made = occurred or getattr(record, "recorded", None)
    if isinstance(made, OneOf | Lasting) or (isinstance(made, PartialDate) and made.day is None):
        return material.occurred(made, getattr(record, "timezone", None))
    return "–" if made is None else material.days.of_instant(_began(made, material))


def step(row: ResponseEntry, material: Material, *, worded: bool = True) -> Words:
    """Return a step with its day, author and (if `worded`) words, what was asked by when, and its record."""
    known = material.record(row.record)
    done = material.vocabulary.code("step", row.step)
    who = material.names.party(row.by) if row.by is not None else material.text("naming.not_released")
    key = "step.to" if row.addressee is not None else "step.by"
    said = material.say(key, day=_day(known, material), who=who, step=done,
                        whom=material.names.party(row.addressee))  # fmt: skip
    parts = [
        said,
        told.text_of(known, material) if worded else (),
        _due(row, material),
        _remedy(row, material),
    ]
    shown = words(
        *(word for n, part in enumerate(p for p in parts if p) for word in (" " if n else "", *part))
    )
    return words(*shown, " ", at(row.record, material)) if row.record is not None else shown


def _due(row: ResponseEntry, material: Material) -> Words:
    """Return until when an answer was asked for, and whether one came, where this audience may read it."""
    if row.due is None:
        return ()
    due = material.days.due(material.us(row.due))
    return material.say(f"step.due_{row.state or 'not_released'}", due=due)


def _remedy(row: ResponseEntry, material: Material) -> Words:
    """Return what is determined of a remedy, and who said what on it."""
    if row.step != "remedy" or row.record not in material.claims:
        return ()
    determined = determinations(material.claims[row.record], material)
    said = positions(row.record, material)
    return material.say("step.remedy_made", determined=determined, positions=said) if said else determined
