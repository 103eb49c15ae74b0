"""Conditions: what a conditional commitment waits for, and how it came true (design §7, `when`)."""

from __future__ import annotations

from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

from ceasefire.assessment.courses import Condition, Met
from ceasefire.assessment.order import id_key
from ceasefire.assessment.phases import COMMITMENT_FINAL
from ceasefire.clock import Instant, Lasting
from ceasefire.record import Performance

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ceasefire.agreement.terms import Commitment
    from ceasefire.assessment.determined import Determined
    from ceasefire.assessment.rows import Weighed
    from ceasefire.clock import Moment, Occurrence


def in_order(commitments: Mapping[str, Commitment]) -> list[Commitment]:
    """Return the commitments so that each comes after those its condition names, else in file order."""
    graph: dict[str, list[str]] = {}
    for name, commitment in commitments.items():
        when = commitment.when
        named = (when.fulfilled, when.breach_of) if when is not None else ()
        graph[name] = [other for other in named if other is not None and other in commitments]
    return [commitments[name] for name in TopologicalSorter(graph).static_order()]


def condition(
    commitment: Commitment, entry: int | None, events: Iterable[Determined], weighed: Mapping[str, Weighed]
) -> Condition | None:
    """Return what became of a commitment's condition; None for an unconditional one."""
    when = commitment.when
    if when is None:
        return None
    if when.event is not None:
        return Condition(_first_event(when.event, entry, events))
    if when.fulfilled is not None:
        other = weighed.get(when.fulfilled)
        return Condition(None) if other is None else _fulfilled(other)
    other = weighed.get(when.breach_of or "")
    return Condition(None if other is None else _breached(other, commitment.owed_by))


def _first_event(name: str, entry: int | None, events: Iterable[Determined]) -> Met | None:
    """Return the first established event of a name from entry into force on, seen from its latest instant."""
    if entry is None:
        return None
    found = [
        e
        for e in events
        if e.established and getattr(e.entry.record, "name", None) == name and e.times.last >= entry
    ]
    first = min(found, key=lambda e: (e.times.last, id_key(e.id)), default=None)
    if first is None:
        return None
    return Met(first.times.last, first.id, "by_event", _anchor(first, first.times.last))


def _anchor(claim: Determined, at: int) -> Moment:
    """Return what durations are counted from: the act as it was stated, if that is what moved it then."""
    record, times = claim.entry.record, claim.times
    stated: Occurrence | None = getattr(record, "occurred", None)
    if isinstance(record, Performance) and times.completed is not None:
        latest = times.completed[1]
        stated = stated.end if isinstance(stated, Lasting) else stated
    else:
        latest = times.last
        stated = stated.start if isinstance(stated, Lasting) else stated
    if stated is not None and not isinstance(stated, Lasting) and latest == at:
        return stated
    return Instant(at)


def _fulfilled(other: Weighed) -> Condition:
    """Return when all who owe another commitment had fulfilled it, or that some never can."""
    ends = [
        (moves[-1].at, moves[-1].to, moves[-1].record) for r in other.bearers if (moves := other.moves[r])
    ]
    failed = [(at, record) for at, to, record in ends if to in COMMITMENT_FINAL and to != "fulfilled"]
    if failed:
        return Condition(None, min(failed, key=lambda f: (f[0], f[1] or "")))
    done = [(at, record) for at, to, record in ends if to == "fulfilled"]
    if not done or len(done) < len(other.bearers):
        return Condition(None)
    at, record = max(done, key=lambda d: (d[0], d[1] or ""))
    performed = (d.claim for row in other.bearers for d in other.doings[row].established)
    last = next(claim for claim in performed if claim.id == record)
    return Condition(Met(at, record, "by_condition", _anchor(last, at)))


def _breached(other: Weighed, owed_by: Sequence[str]) -> Met | None:
    """Return the first breach by anyone who owes this one too, or by anyone with a row if none does."""
    first = min(first_breaches(other, owed_by), key=lambda b: (b[0], b[1]), default=None)
    if first is None:
        return None
    at, record = first
    deadline = other.course.deadline
    if deadline is not None and other.omitted(record):
        return Met(at, record, "by_breach", deadline.itself())
    breached = next(b.claim for b in other.bearings if b.claim.id == record)
    return Met(at, record, "by_breach", _anchor(breached, at))


def first_breaches(other: Weighed, owed_by: Sequence[str]) -> list[tuple[int, str]]:
    """Return the instants and records of the breaches that can meet a condition."""
    shared = {
        row
        for row, parties in (*other.bearers.items(), *((m, (m,)) for m in other.members))
        if any(party in owed_by for party in parties)
    }
    rows = shared or {*other.bearers, *other.members}
    return [(b.at, b.claim.id) for b in other.bearings if b.effect == "breach" and b.row in rows]
