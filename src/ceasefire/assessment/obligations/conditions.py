"""Conditions: what a conditional commitment waits for, and how it came true.

docs/rules/commitments.md, "Conditions".
"""

from __future__ import annotations

from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

from ceasefire.assessment.lifecycle.commitments import Condition, ConditionMet
from ceasefire.assessment.lifecycle.phases import COMMITMENT_FINAL
from ceasefire.assessment.world.acts import is_omission
from ceasefire.assessment.world.occurrence import latest
from ceasefire.clock import Instant, Lasting
from ceasefire.record import Event, Performance
from ceasefire.record.order import id_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ceasefire.assessment.determination.claims import DeterminedClaim
    from ceasefire.assessment.obligations.incidents import IncidentEffect
    from ceasefire.assessment.obligations.obligation import Obligation
    from ceasefire.clock import Moment, Occurrence
    from ceasefire.instruments.terms import Commitment


def in_order(commitments: Mapping[str, Commitment]) -> list[Commitment]:
    """Return the commitments so that each comes after those its condition names, else in file order."""
    graph: dict[str, list[str]] = {}
    for name, commitment in commitments.items():
        when = commitment.when
        named = (when.fulfilled, when.breach_of) if when is not None else ()
        graph[name] = [other for other in named if other is not None]
    return [commitments[name] for name in TopologicalSorter(graph).static_order()]


def condition(
    commitment: Commitment,
    entry: int | None,
    events: Iterable[DeterminedClaim],
    obligations: Mapping[str, Obligation],
) -> Condition | None:
    """Return what became of a commitment's condition; None for an unconditional one."""
    when = commitment.when
    if when is None:
        return None
    if when.event is not None:
        return Condition(_first_event(when.event, entry, events))
    named = (when.fulfilled, when.breach_of)
    other = next((obligations[name] for name in named if name is not None and name in obligations), None)
    if other is None:  # a declaration: it has no rows
        return Condition(None)
    return (
        _fulfilled(other) if when.fulfilled is not None else Condition(_breached(other, commitment.owed_by))
    )


def _first_event(name: str, entry: int | None, events: Iterable[DeterminedClaim]) -> ConditionMet | None:
    """Return the first established event of a name from entry into force on, seen from its latest instant."""
    if entry is None:
        return None
    found = [
        e
        for e in events
        if e.established
        and isinstance(e.entry.record, Event)
        and e.entry.record.name == name
        and e.times.last >= entry
    ]
    first = min(found, key=lambda e: (e.times.last, id_key(e.id)), default=None)
    if first is None:
        return None
    return ConditionMet(first.times.last, first.id, "by_event", _anchor(first, first.times.last))


def _anchor(claim: DeterminedClaim, at: int) -> Moment:
    """Return what durations are counted from: the act as it was stated, if that is what moved it then."""
    record, last = claim.entry.record, claim.times.last
    stated: Occurrence | None = getattr(record, "occurred", None)
    moment: Occurrence | None
    if isinstance(stated, Lasting) and isinstance(record, Performance):
        moment = stated.end if claim.times.end_last == at else None
    else:
        moment = stated.start if isinstance(stated, Lasting) else stated
        moment = moment if last == at else None
    return latest(moment) or Instant(at)


def _fulfilled(other: Obligation) -> Condition:
    """Return when all who owe another commitment had fulfilled it, or that some never can."""
    last = [moves[-1] for moves in other.moves.values() if moves]
    failed = next((move for move in last if move.to in COMMITMENT_FINAL and move.to != "fulfilled"), None)
    if failed is not None:  # whoever has not fulfilled it, it ended for all of them by the same
        return Condition(None, (failed.at, failed.record))
    done = other.fulfilled()
    if done is None:
        return Condition(None)
    at, record = done[-1].at, done[-1].record
    performed = (
        d.claim
        for performances in other.responsibility.performances.values()
        for d in performances.established
    )
    return Condition(
        ConditionMet(at, record, "by_condition", _anchor(next(c for c in performed if c.id == record), at))
    )


def _breached(other: Obligation, owed_by: Sequence[str]) -> ConditionMet | None:
    """Return the first breach by anyone who owes this one too, or by anyone with a row if none does."""
    first = first_breach(other, owed_by)
    if first is None:
        return None
    at, record = first.at, first.claim.id
    if is_omission(first.claim.entry.record, other.life.commitment):
        deadline = other.life.deadline
        return ConditionMet(at, record, "by_breach", Instant(at) if deadline is None else deadline.itself())
    return ConditionMet(at, record, "by_breach", _anchor(first.claim, at))


def first_breach(other: Obligation, owed_by: Sequence[str]) -> IncidentEffect | None:
    """Return the breach that meets a condition, and so the one that a repair makes good."""
    every = other.responsibility.parties
    shared = {row for row, parties in every.items() if any(party in owed_by for party in parties)}
    rows = shared or every.keys()
    breaches = (b for b in other.incident_effects if b.effect == "breach" and b.row in rows)
    return min(breaches, key=lambda b: (b.at, id_key(b.claim.id)), default=None)
