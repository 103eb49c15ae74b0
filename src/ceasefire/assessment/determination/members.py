"""Whose answers count on a claim, and who is left out (docs/rules/claims.md, "Positions")."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.assessment.world.certainty import NO, YES
from ceasefire.assessment.world.jurisdiction import judged_at
from ceasefire.assessment.world.occurrence import Times
from ceasefire.record import Decision, Performance

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ceasefire.assessment.knowledge.statements import Statement, Values
    from ceasefire.assessment.knowledge.wordings import Worded
    from ceasefire.assessment.world.membership import Groups
    from ceasefire.instruments.terms import Agreement, Mechanism


#: The rules under which nobody judges a performance of its own side, if somebody else can.
DISINTERESTED: Final = frozenset({"majority", "any"})


def speakers_counted(mechanism: Mechanism, entry: Worded) -> tuple[str, ...]:
    """Return whose answers are looked at: the members; without members, the author's where that is enough."""
    record = entry.record
    if not mechanism.members and mechanism.rule_for(record.kind) == "as-reported" and record.speaker:
        return (record.speaker,)
    return mechanism.members


def parties_counted(
    agreement: Agreement, statements: Iterable[Statement], times: Times, groups: Groups | None
) -> tuple[str, ...]:
    """Return whose answers are looked at without a mechanism: parties, and who certainly belonged to one."""
    owing = [party for commitment in agreement.commitments for party in commitment.owed_by]
    joined = [s.party for s in agreement.standing if s.as_ != "named"]
    parties = tuple(dict.fromkeys((*owing, *joined)))
    if groups is None:
        return parties
    epochs = groups.epochs(times)
    speakers = dict.fromkeys(statement.speaker for statement in statements)
    members = [s for s in speakers if any(groups.belongs(s, p, epochs) == YES for p in parties)]
    return tuple(dict.fromkeys((*parties, *members)))


def members_counted(
    mechanism: Mechanism, entry: Worded, times: Times, held: Mapping[str, Values], groups: Groups | None
) -> tuple[tuple[str, ...], bool]:
    """Return the members counted on a claim, and whether all are for want of a disinterested one.

    Who took back its record of a decision is still asked: it has not consented.
    """
    record = entry.record
    members = mechanism.members or tuple(held)
    if entry.withdrawn and record.by not in held and not isinstance(record, Decision):
        members = tuple(m for m in members if m != record.by)
    rule = mechanism.rule_for(record.kind)
    if groups is None or rule not in DISINTERESTED or not isinstance(record, Performance):
        return members, False
    done = Times(*judged_at(record, times))
    others = tuple(m for m in members if not _judges_itself(m, record.performer, done, groups))
    return (others, False) if others else (members, True)


def _judges_itself(member: str, performer: str, times: Times, groups: Groups) -> bool:
    """Tell whether the performer was a member, or may have belonged to it or to a side it guarantees."""
    epochs = groups.epochs(times)
    sides = (member, *groups.guaranteed_by(member))
    return any(groups.belongs(performer, side, epochs) != NO for side in sides)
