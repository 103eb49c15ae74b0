"""One member, one position on each question: its latest answer on the newest wording.

docs/rules/claims.md, "Positions".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.assessment.knowledge.statements import (
    OUTCOME,
    QUESTIONS,
    Answer,
    Statement,
    Values,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from ceasefire.assessment.knowledge.statements import Answer, Statement


def in_time(statements: Sequence[Statement], silence_ended: int | None) -> list[Statement]:
    """Return statements without the objections made after a silence ended: these are shown, not counted."""
    if silence_ended is None:
        return list(statements)
    return [
        one
        for one in statements
        if one.written is None or one.written <= silence_ended or one.values[OUTCOME] == "confirmed"
    ]


def positions(members: Sequence[str], statements: Iterable[Statement], *, relays: bool) -> dict[str, Values]:
    """Return the latest answer of each member to each question: one member, one position."""
    said: dict[str, list[Statement]] = {}
    for statement in statements:
        speaker = statement.speaker
        if speaker in members and (relays or not statement.relayed) and statement.answered:
            if speaker in said:
                said[speaker].append(statement)
            else:
                said[speaker] = [statement]
    return {member: latest(said[member]) for member in members if member in said}


def latest(statements: Sequence[Statement]) -> Values:
    """Return the latest answer to each question that statements of one speaker give."""
    if len(statements) == 1:
        return statements[0].values
    newest_first = sorted(statements, key=lambda s: s.order, reverse=True)
    return tuple(
        next((one.values[question] for one in newest_first if one.values[question] is not None), None)
        for question in range(len(QUESTIONS))
    )


def held(members: Collection[str], statements: Iterable[Statement], *, relays: bool) -> list[Answer]:
    """Return the answers that are the members' positions."""
    found: dict[tuple[str, str], Answer] = {}
    for statement in sorted(statements, key=lambda s: s.order, reverse=True):
        if statement.speaker in members and (relays or not statement.relayed):
            for answer in statement.answers():
                found.setdefault((answer.speaker, answer.question), answer)
    return list(found.values())
