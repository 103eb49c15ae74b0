"""On which questions the members who are counted differ, and who has still to answer what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.reporting.material.audience import answers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire.assessment.result.entries import PositionEntry
    from ceasefire.reporting.document import Words
    from ceasefire.reporting.material.material import Material

QUESTIONS: Final = ("outcome", "same_as", "attributed_to", "severity", "commitments", "ended")


def by_question(record: str, material: Material) -> dict[str, list[PositionEntry]]:
    """Return the positions on a claim by question, each answer once though several agreements hear it.

    What counts under one of them is not told again as not counted under another.
    """
    found: dict[str, list[PositionEntry]] = {question: [] for question in QUESTIONS}
    several = material.positions_on(record)
    counted = {_answer(position) for position in several if position.counted}
    told: set[tuple[object, ...]] = set()
    for position in several:
        answer = _answer(position)
        same = (position.mechanism, position.counted, answer)
        if same not in told and (position.counted or answer not in counted):
            told.add(same)
            found.setdefault(position.question, []).append(position)
    return {question: several for question, several in found.items() if several}


def _answer(position: PositionEntry) -> tuple[object, ...]:
    return (position.member, position.question, answers(position), position.finding)


def differing(record: str, material: Material) -> list[str]:
    """Return the questions on a claim that counted members of one mechanism answer differently."""
    found = []
    for question, several in by_question(record, material).items():
        by_mechanism: dict[str | None, set[tuple[str, ...]]] = {}
        for position in several:
            if position.counted:
                by_mechanism.setdefault(position.mechanism, set()).add(answers(position))
        if any(len(given) > 1 for given in by_mechanism.values()):
            found.append(question)
    return found


def awaited(entries: Iterable[str] | None) -> dict[str, list[str]]:
    """Return who has still to answer, question by question, from entries `member: question`."""
    asked: dict[str, list[str]] = {}
    for entry in entries or ():
        member, _, question = entry.partition(":")
        asked.setdefault(question.strip(), []).append(member)
    return asked


def waiting(entries: Iterable[str] | None, material: Material) -> Words:
    """Return who has still to answer: those who have to answer the same questions share a part."""
    by_members: dict[tuple[str, ...], list[str]] = {}
    for question, members in sorted(awaited(entries).items(), key=lambda one: _place(one[0])):
        by_members.setdefault(tuple(members), []).append(question)
    return material.vocabulary.joined(
        (
            material.say(
                "case.awaited" if questions != [""] else "case.awaited_only",
                questions=material.vocabulary.listed(
                    material.vocabulary.code("question", question) for question in questions if question
                ),
                members=material.names.parties_listed(members),
            )
            for members, questions in by_members.items()
        ),
        "list.semicolon",
    )


def _place(question: str) -> tuple[int, str]:
    return (QUESTIONS.index(question) if question in QUESTIONS else len(QUESTIONS), question)
