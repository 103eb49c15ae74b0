"""One commitment with everything that bears on its rows: who owes it, what they did, what incidents do."""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from ceasefire.assessment.obligations.incidents import IncidentEffect, bearings, every_bearing, member_rows
from ceasefire.assessment.obligations.lateness import moves
from ceasefire.assessment.obligations.performances import Performances, doings
from ceasefire.assessment.obligations.periods import periods_of
from ceasefire.assessment.obligations.responsibility import Responsibility
from ceasefire.assessment.obligations.reuse import standing
from ceasefire.record import Event, Performance
from ceasefire.record.order import merged

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ceasefire.assessment.determination.claims import DeterminedClaim
    from ceasefire.assessment.determination.determinations import Determinations
    from ceasefire.assessment.determination.reuse import Unchanged
    from ceasefire.assessment.knowledge.tallies import Counted
    from ceasefire.assessment.lifecycle.commitments import CommitmentLife
    from ceasefire.assessment.lifecycle.phases import Transition
    from ceasefire.assessment.obligations.accusations import Accusation
    from ceasefire.assessment.scope.scope import Scope, Scoping
    from ceasefire.assessment.world.zones import Map
    from ceasefire.instruments.terms import Agreement, Commitment


@frozen(slots=False, eq=False)
class Obligation:
    """One commitment with everything that bears on its rows."""

    bench: Responsibility
    moves: dict[str, tuple[Transition, ...]]
    #: What incidents do that count: breaches, allegations, disputes.
    bearings: tuple[IncidentEffect, ...]
    materials: Materials
    #: What published counts allege of those they accuse, and what those against somebody allege of nobody.
    counted: tuple[IncidentEffect, ...] = ()

    @property
    def course(self) -> CommitmentLife:
        """The course of the commitment."""
        return self.bench.course

    @property
    def bearers(self) -> Mapping[str, tuple[str, ...]]:
        """Rows by key, with the parties that each stands for."""
        return self.bench.bearers

    @property
    def members(self) -> Mapping[str, str]:
        """Members of bearers that have a row, each with its bearer's."""
        return self.bench.members

    @property
    def doings(self) -> Mapping[str, Performances]:
        """What each bearer has done."""
        return self.bench.doings

    @cached_property
    def every_bearing(self) -> dict[str | None, list[IncidentEffect]]:
        """What all incidents do, row by row, also where they do not count: what reasons are made of."""
        several = self.materials.incidents_by_commitment.get(self.course.commitment.name, ())
        return every_bearing(self.bench, several)

    def fulfilled(self) -> tuple[Transition, ...] | None:
        """Return the moves of the last bearer to fulfil it, if all have; None otherwise."""
        ends = [self.moves[row] for row in self.bearers]
        if not ends or not all(m and m[-1].to == "fulfilled" for m in ends):
            return None
        return max(ends, key=lambda m: m[-1].at)


@frozen(slots=False, eq=False)
class Materials:
    """What all commitments of one agreement are weighed with."""

    heard: Determinations
    scoping: Scoping
    zones: Map
    #: By commitment's full name.
    performances: Mapping[str, Sequence[DeterminedClaim]]
    #: The incidents that may count under each commitment, each with the static half of its scope.
    reached: Mapping[str, Sequence[tuple[DeterminedClaim, Scope]]]
    #: Published counts above zero, by their act and zone, whenever their period ended.
    tallies: Mapping[tuple[str | None, str | None], Sequence[Counted]]
    #: The published counts of somebody's acts that may fall under each commitment.
    accusing: Mapping[str, Sequence[Accusation]]
    as_of: int

    @property
    def agreement(self) -> Agreement:
        """The agreement."""
        return self.heard.agreement

    @property
    def incidents(self) -> Sequence[DeterminedClaim]:
        """Every incident judged in it, and every ruling in aggregate."""
        return self.heard.of_acts

    @cached_property
    def events(self) -> Sequence[DeterminedClaim]:
        """The events that count themselves."""
        return self.heard.of_kind("event")

    @cached_property
    def incidents_by_commitment(self) -> dict[str, list[DeterminedClaim]]:
        """The incidents that have an answer under each commitment, also where they do not count."""
        found: dict[str, list[DeterminedClaim]] = {}
        for claim in self.incidents:
            for commitment in self.scoping.candidates(claim):
                found.setdefault(commitment.name, []).append(claim)
        return found


def reached(
    heard: Determinations, scoping: Scoping, same: Unchanged | None, before: Materials | None
) -> dict[str, list[tuple[DeterminedClaim, Scope]]]:
    """Return the incidents that may count under each commitment, each with the static half of its scope."""
    known: frozenset[DeterminedClaim] = frozenset() if same is None else same.claims
    fresh: dict[str, list[tuple[DeterminedClaim, Scope]]] = {}
    for claim in heard.of_acts:
        if claim not in known and claim.counts_itself:
            for name, static in scoping.reached(claim):
                fresh.setdefault(name, []).append((claim, static))
    if before is None:
        return fresh
    found = {name: [pair for pair in pairs if pair[0] in known] for name, pairs in before.reached.items()}
    for name, pairs in fresh.items():
        found[name] = merged(found.get(name, []), pairs, lambda pair: heard.places[pair[0].id])
    return found


def weigh(
    course: CommitmentLife,
    materials: Materials,
    same: Unchanged | None = None,
    before: Obligation | None = None,
) -> Obligation:
    """Weigh one commitment; what `before` found in the same way is not found again."""
    commitment = course.commitment
    bearers = _bearers(commitment)
    marks = _marks(commitment, materials.events)
    bounds = periods_of(course, materials.agreement, marks, materials.as_of)
    done = {}
    for row, parties in bearers.items():
        own = [
            c
            for c in materials.performances.get(commitment.name, ())
            if isinstance(c.entry.record, Performance) and c.entry.record.performer in parties
        ]
        done[row] = doings(own, course, bounds, materials.as_of)
    reached = materials.reached.get(commitment.name, ())
    counts = materials.accusing.get(commitment.name, ())
    bench = Responsibility(course, bearers, done, materials.scoping, materials.heard.groups, materials.as_of)
    bench = evolve(bench, members=member_rows(bench, chain(reached, counts)))
    return Obligation(
        bench=bench,
        moves={row: moves(course, done[row]) for row in bearers},
        bearings=_bearings(bench, materials, same, before),
        materials=materials,
        counted=tuple(one for count, static in counts for one in counting(bench, count, static)),
    )


def _bearers(commitment: Commitment) -> dict[str, tuple[str, ...]]:
    """Return the rows of those who owe a commitment, each with the parties that it stands for."""
    owing = commitment.owed_by
    if commitment.jointly and owing:
        return {"+".join(owing): owing}
    return {party: (party,) for party in owing}


def _marks(commitment: Commitment, events: Iterable[DeterminedClaim]) -> list[int]:
    """Return the instants that part its periods, where these run from event to event."""
    every = commitment.every
    if every is None or every.event is None:
        return []
    instants = {
        e.times.last
        for e in events
        if e.established and isinstance(e.entry.record, Event) and e.entry.record.name == every.event
    }
    return sorted(instants)


def _bearings(
    bench: Responsibility, materials: Materials, same: Unchanged | None, before: Obligation | None
) -> tuple[IncidentEffect, ...]:
    """Return what incidents do that count; what was found in the same way before is not found again."""
    known: list[IncidentEffect] = []
    alike: frozenset[DeterminedClaim] = frozenset()
    if same is not None and before is not None:
        known, alike = standing(same, before.bearings, before.bench, bench)
    fresh = [
        bearing
        for claim, static in materials.reached.get(bench.course.commitment.name, ())
        if claim not in alike
        for bearing in counting(bench, claim, static)
    ]
    return tuple(merged(known, fresh, lambda bearing: materials.heard.places[bearing.claim.id]))


def counting(bench: Responsibility, claim: DeterminedClaim, static: Scope) -> list[IncidentEffect]:
    """Return what an incident does on the rows where it counts: a breach, an allegation, a dispute."""
    if not (claim.open or claim.established):
        return []
    several = bearings(bench, claim, bench.bases(claim, static))
    return [bearing for bearing in several if bearing.effect != "not_counted"]
