"""One member, one position on each question: its latest answer on the newest wording.

docs/rules/claims.md, "Positions".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.assessment.knowledge.statements import OUTCOME, QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from ceasefire.assessment.knowledge.statements import Answer, Statement, Values


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
    said = _said(members, statements, relays)
    return {member: latest(said[member]) for member in members if member in said}


def _said(
    members: Collection[str], statements: Iterable[Statement], relays: bool
) -> dict[str, list[Statement]]:
    """Return the statements of members that answer anything, by who speaks."""
    said: dict[str, list[Statement]] = {}
    for statement in statements:
        speaker = statement.speaker
        if speaker in members and (relays or not statement.relayed) and statement.answered:
            if speaker in said:
                said[speaker].append(statement)
            else:
                said[speaker] = [statement]
    return said


def latest(statements: Sequence[Statement]) -> Values:
    """Return the latest answer to each question that statements of one speaker give."""
    if len(statements) == 1:
        return statements[0].values
    newest_first = _newest_first(statements)
    return tuple(
        next((one.values[question] for one in newest_first if one.values[question] is not None), None)
        for question in range(len(QUESTIONS))
    )


def answered(
    members: Collection[str], statements: Collection[Statement], *, relays: bool
) -> list[tuple[Answer, bool]]:
    """Return every answer that statements give, each with whether it is the position of a member."""
    said = _said(members, statements, relays)
    alone = {several[0].record.own_id for several in said.values() if len(several) == 1}
    newest: dict[tuple[str, str], str] = {}
    for several in said.values():
        if len(several) > 1:
            for statement in _newest_first(several):
                for answer in statement.answers():
                    newest.setdefault((answer.speaker, answer.question), answer.record)
    return [
        (a, a.record in alone or newest.get((a.speaker, a.question)) == a.record)
        for statement in statements
        for a in statement.answers()
    ]


def _newest_first(statements: Iterable[Statement]) -> list[Statement]:
    return sorted(statements, key=lambda s: s.order, reverse=True)
