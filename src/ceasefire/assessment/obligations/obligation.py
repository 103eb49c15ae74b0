"""One commitment with everything that bears on its rows: who owes it, what they did, what incidents do."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ceasefire.assessment.obligations.incidents import (
    IncidentEffect,
    every_incident_effect,
    incident_effects,
    member_rows,
)
from ceasefire.assessment.obligations.lateness import moves
from ceasefire.assessment.obligations.performances import performances
from ceasefire.assessment.obligations.periods import periods_of
from ceasefire.assessment.obligations.responsibility import Responsibility
from ceasefire.assessment.obligations.reuse import standing
from ceasefire.assessment.obligations.weighed import Weighed
from ceasefire.assessment.scope.reached import answered
from ceasefire.assessment.world.certainty import NO
from ceasefire.record import Event, Performance
from ceasefire.values import Entity

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from ceasefire.assessment.determination.claims import DeterminedClaim
    from ceasefire.assessment.determination.determinations import Determinations
    from ceasefire.assessment.determination.reuse import Unchanged
    from ceasefire.assessment.knowledge.tallies import Counted
    from ceasefire.assessment.lifecycle.commitments import CommitmentLife
    from ceasefire.assessment.lifecycle.phases import Transition
    from ceasefire.assessment.obligations.accusations import Accusation
    from ceasefire.assessment.obligations.weighed import Doing, IncidentCounts
    from ceasefire.assessment.scope.reached import Reached
    from ceasefire.assessment.scope.scope import Scope, Scoping
    from ceasefire.assessment.world.zones import Map
    from ceasefire.instruments.terms import Agreement, Commitment


class Obligation(Entity):
    """One commitment with everything that bears on its rows."""

    responsibility: Responsibility
    #: The moves of each bearer's row.
    moves: dict[str, tuple[Transition, ...]]
    #: What incidents do that count: breaches, allegations, disputes.
    weighed: Weighed
    materials: Materials
    #: What published counts allege of those they accuse, and what those against somebody allege of nobody.
    tallied: tuple[IncidentEffect, ...] = ()

    @property
    def life(self) -> CommitmentLife:
        """The life of the commitment."""
        return self.responsibility.life

    @cached_property
    def incident_effects(self) -> tuple[IncidentEffect, ...]:
        """What incidents do that count, one by one."""
        return self.weighed.effects()

    @cached_property
    def by_row(self) -> dict[str | None, tuple[IncidentEffect, ...]]:
        """The same row by row."""
        return {row: tuple(several) for row, several in _by_row(self.incident_effects).items()}

    @cached_property
    def counts(self) -> dict[str | None, IncidentCounts]:
        """What they come to row by row, where nothing was made good."""
        return self.weighed.counts(self.materials.as_of)

    @cached_property
    def every_incident_effect(self) -> dict[str | None, list[IncidentEffect]]:
        """What all incidents do, row by row, also where they do not count: what reasons are made of."""
        under = self.materials.answered.get(self.life.commitment.name)
        several = () if under is None else _doing(self.responsibility, under, every_incident_effect).effects()
        return _by_row(several)

    def effects_of(self, records: Iterable[str]) -> dict[str | None, list[IncidentEffect]]:
        """Return the same of some records alone."""
        name, materials, found = self.life.commitment.name, self.materials, []
        for record in records:
            claim = materials.acts.get(record)
            static = None if claim is None else dict(materials.scoping.answering(claim)).get(name)
            if claim is not None and static is not None:
                found += every_incident_effect(self.responsibility, claim, static)
        return _by_row(found)

    def fulfilled(self) -> tuple[Transition, ...] | None:
        """Return the moves of the last bearer to fulfil it, if all have; None otherwise."""
        ends = list(self.moves.values())
        if not ends or not all(m and m[-1].to == "fulfilled" for m in ends):
            return None
        return max(ends, key=lambda m: m[-1].at)


class Materials(Entity):
    """What the obligations of one agreement are found with."""

    determinations: Determinations
    scoping: Scoping
    zones: Map
    #: By commitment's full name.
    performances: Mapping[str, Sequence[DeterminedClaim]]
    #: The incidents that may count under each commitment, each with the static half of its scope.
    reached: Mapping[str, Reached]
    #: Published counts above zero, by their act and zone, whenever their period ended.
    tallies: Mapping[tuple[str | None, str | None], Sequence[Counted]]
    #: The published counts of somebody's acts that may fall under each commitment.
    accusing: Mapping[str, Sequence[Accusation]]
    as_of: int

    @property
    def agreement(self) -> Agreement:
        """The agreement."""
        return self.determinations.agreement

    @property
    def incidents(self) -> Sequence[DeterminedClaim]:
        """Every incident judged in it, and every ruling in aggregate."""
        return self.determinations.of_acts

    @cached_property
    def events(self) -> Sequence[DeterminedClaim]:
        """The events that count themselves."""
        return self.determinations.of_kind("event")

    @cached_property
    def acts(self) -> dict[str, DeterminedClaim]:
        """The incidents by the ids of their records."""
        return {claim.id: claim for claim in self.incidents}

    @cached_property
    def answered(self) -> dict[str, Reached]:
        """The incidents that have an answer under each commitment, also where they do not count."""
        return answered(self.determinations, self.scoping)


def obligation(
    life: CommitmentLife,
    materials: Materials,
    same: Unchanged | None = None,
    before: Obligation | None = None,
) -> Obligation:
    """Return one commitment with all that bears on it; what `before` found so is not found again."""
    commitment = life.commitment
    bearers = _bearers(commitment)
    marks = _marks(commitment, materials.events)
    bounds = periods_of(life, materials.agreement, marks, materials.as_of)
    done = {}
    for row, parties in bearers.items():
        own = [
            c
            for c in materials.performances.get(commitment.name, ())
            if isinstance(c.entry.record, Performance) and c.entry.record.performer in parties
        ]
        done[row] = performances(own, life, bounds, materials.as_of)
    reached: Iterable[tuple[DeterminedClaim, Scope]] = materials.reached.get(commitment.name) or ()
    counts = materials.accusing.get(commitment.name, ())
    responsibility = Responsibility(
        life, bearers, done, materials.scoping, materials.determinations.groups, materials.as_of
    )
    responsibility = replace(responsibility, members=member_rows(responsibility, chain(reached, counts)))
    return Obligation(
        responsibility=responsibility,
        moves={row: moves(life, done[row]) for row in bearers},
        weighed=_weighed(responsibility, materials, same, before),
        materials=materials,
        tallied=tuple(one for count, static in counts for one in counting(responsibility, count, static)),
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


def _weighed(
    responsibility: Responsibility, materials: Materials, same: Unchanged | None, before: Obligation | None
) -> Weighed:
    """Return what incidents do that count; what was found in the same way before is not found again."""
    known: Weighed = Weighed([], [])
    alike: frozenset[DeterminedClaim] = frozenset()
    if same is not None and before is not None:
        known, alike = standing(same, before.weighed, before.responsibility, responsibility)
    under = materials.reached.get(responsibility.life.commitment.name)
    if under is None:
        return known
    fresh = _doing(responsibility, under, counting, alike)
    return known.merged(fresh, materials.determinations.places) if known.claims else fresh


def _by_row(effects: Iterable[IncidentEffect]) -> dict[str | None, list[IncidentEffect]]:
    found: dict[str | None, list[IncidentEffect]] = {}
    for incident in effects:
        found.setdefault(incident.row, []).append(incident)
    return found


def _doing(
    responsibility: Responsibility,
    under: Reached,
    effects: Callable[[Responsibility, DeterminedClaim, Scope], list[IncidentEffect]],
    known: Collection[DeterminedClaim] = (),
) -> Weighed:
    """Return what incidents do that are not known: of those that are alike found once (`alike`)."""
    found, marks = Weighed([], []), responsibility.marks
    take_claim, take_doing = found.claims.append, found.doing.append
    remembered: dict[tuple[int, ...], Doing] = {}
    for claim, static, sort in under.each():
        if claim in known:
            continue
        doing: Doing | None
        if sort is None:
            several = effects(responsibility, claim, static)
            doing = tuple([(one.row, one.effect, one.code, one.at) for one in several])
        else:
            first = last = 0
            if static.value != NO:  # what is outside is so whenever it was
                times = claim.times
                first = last = bisect_right(marks, times.last)
                if times.first != times.last:
                    first = bisect_right(marks, times.first)
            key = (id(static), sort, first, last)
            doing = remembered.get(key)
            if doing is None:
                several = effects(responsibility, claim, static)
                doing = tuple([(one.row, one.effect, one.code, None) for one in several])
                remembered[key] = doing
        if doing:
            take_claim(claim)
            take_doing(doing)
    return found


def counting(responsibility: Responsibility, claim: DeterminedClaim, static: Scope) -> list[IncidentEffect]:
    """Return what an incident does on the rows where it counts: a breach, an allegation, a dispute."""
    ruling = claim.ruling
    if not (ruling.open or ruling.established):
        return []
    several = incident_effects(responsibility, claim, responsibility.bases(claim, static))
    return [incident for incident in several if incident.effect != "not_counted"]
