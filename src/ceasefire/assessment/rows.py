"""The rows of an assessment: a commitment and one who owes it (design §7).

First each commitment is weighed, after those its condition names: its course,
what its bearers did, how incidents bear on them. Then, when every commitment is
known, what was made good, and the row that comes of it.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from ceasefire.assessment.bearings import Bearing, bearings, every_bearing, member_rows
from ceasefire.assessment.bench import Bench
from ceasefire.assessment.compliance import (
    Borne,
    Lateness,
    borne,
    due,
    kept,
    lateness,
    moves,
    passed,
    settling_matters,
)
from ceasefire.assessment.contexts import COARSE, covers, not_done
from ceasefire.assessment.doings import Doings, doings, periods_of
from ceasefire.assessment.lines import Aggregate, Line
from ceasefire.assessment.phases import COMMITMENT_FINAL
from ceasefire.assessment.reuse import merged, standing
from ceasefire.assessment.scope import OUTSIDE
from ceasefire.record import Event, Performance, Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ceasefire.agreement.terms import Agreement
    from ceasefire.assessment.accusing import Accusation
    from ceasefire.assessment.courses import Course
    from ceasefire.assessment.determined import Determined
    from ceasefire.assessment.docket import Heard
    from ceasefire.assessment.remedies import Cure, Remedied
    from ceasefire.assessment.reuse import Same
    from ceasefire.assessment.scope import Scope, Scoping
    from ceasefire.assessment.states import Moved
    from ceasefire.assessment.tallies import Counted
    from ceasefire.assessment.zones import Map


@frozen(slots=False, eq=False)
class Weighed:
    """One commitment with everything that bears on its rows."""

    bench: Bench
    moves: dict[str, tuple[Moved, ...]]
    #: What incidents do that count: breaches, allegations, disputes.
    bearings: tuple[Bearing, ...]
    materials: Materials
    #: What published counts allege of those they accuse, and what those against somebody allege of nobody.
    counted: tuple[Bearing, ...] = ()

    @property
    def course(self) -> Course:
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
    def doings(self) -> Mapping[str, Doings]:
        """What each bearer has done."""
        return self.bench.doings

    @cached_property
    def every_bearing(self) -> dict[str | None, list[Bearing]]:
        """What all incidents do, row by row, also where they do not count: what reasons are made of."""
        several = self.materials.incidents_by_commitment.get(self.course.commitment.name, ())
        return every_bearing(self.bench, several)

    def omitted(self, record: str) -> bool:
        """Tell whether a breach is that something was not done when it was owed."""
        commitment = self.course.commitment
        return any(b.claim.id == record and not_done(b.claim.entry.record, commitment) for b in self.bearings)

    def made_good(self, found: Iterable[Bearing], row: str | None, remedied: Remedied) -> dict[str, Cure]:
        """Return the breaches of one row that were made good, with what made them good."""
        done = None if row is None else self.doings[self.members.get(row, row)]
        breaches = (bearing for bearing in found if bearing.effect == "breach")
        return {b.claim.id: by for b in breaches if (by := remedied.breach(self, row, b, done))}

    def fulfilled(self) -> tuple[Moved, ...] | None:
        """Return the moves of the last bearer to fulfil it, if all have; None otherwise."""
        ends = [self.moves[row] for row in self.bearers]
        if not ends or not all(m and m[-1].to == "fulfilled" for m in ends):
            return None
        return max(ends, key=lambda m: m[-1].at)


@frozen(kw_only=True, eq=False)
class Row:
    """One row: where a commitment stands for one who owes it, and how it is kept."""

    commitment: str
    owed_by: str | None
    #: What is known of the commitment.
    weighed: Weighed
    moves: tuple[Moved, ...]
    compliance: str | None
    #: What incidents do that count.
    bearings: tuple[Bearing, ...]
    #: Breaches made good, with what made them good.
    remedied: dict[str, Cure]
    #: What these incidents come to.
    borne: Borne
    due: int | None
    late_by: int | None
    late: Lateness | None
    #: When each deadline or owed period that was missed (made good or not) passed.
    missed: tuple[int, ...]
    #: When each passed of which it is open, or unclear, whether it was kept.
    unsettled: tuple[int, ...]
    doings: Doings | None
    #: Open performances that matter: settling them could change the row.
    open_performances: tuple[str, ...]
    #: The tallies that make it alleged, each with the end of its period.
    tallies: tuple[tuple[str, int], ...]

    @property
    def phase(self) -> str:
        """The phase it is in."""
        return self.moves[-1].to if self.moves else "pending"

    @property
    def over(self) -> int | None:
        """When it came to its end, by whatever; None while it has not."""
        return self.moves[-1].at if self.phase in COMMITMENT_FINAL else None

    @property
    def breaches(self) -> int:
        """How many breaches are recorded, remedied ones included."""
        return self.borne.breaches

    @property
    def open(self) -> int:
        """How many open claims matter to it."""
        return self.borne.disputed + self.borne.alleged + len(self.open_performances)

    @property
    def ongoing(self) -> bool:
        """Whether a breach goes on, while the row is active."""
        return self.phase == "active" and self.borne.lasting > 0

    @property
    def ruled(self) -> tuple[Aggregate, ...]:
        """The rulings in aggregate that stand."""
        return tuple(
            Aggregate(bearing.claim.id, record.count or 0, record.at_least)
            for bearing in self.bearings
            if bearing.effect == "ruled" and isinstance(record := bearing.claim.entry.record, Tally)
        )

    @property
    def line(self) -> Line:
        """What is listed of it."""
        return Line(
            commitment=self.commitment,
            owed_by=self.owed_by,
            phase=self.phase,
            phase_from=self.moves[-1].at if self.moves else None,
            compliance=self.compliance,
            breaches=self.breaches,
            open=self.open,
            ongoing=self.ongoing,
            due=self.due,
            late_by=self.late_by,
            ruled=self.ruled,
        )


@frozen(slots=False, eq=False)
class Materials:
    """What all commitments of one agreement are weighed with."""

    heard: Heard
    scoping: Scoping
    zones: Map
    #: By commitment's full name.
    performances: Mapping[str, Sequence[Determined]]
    #: The incidents that may count under each commitment, each with the static half of its scope.
    reached: Mapping[str, Sequence[tuple[Determined, Scope]]]
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
    def incidents(self) -> Sequence[Determined]:
        """Every incident judged in it, and every ruling in aggregate."""
        return self.heard.of_acts

    @cached_property
    def events(self) -> Sequence[Determined]:
        """The events that count themselves."""
        return self.heard.of_kind("event")

    @cached_property
    def incidents_by_commitment(self) -> dict[str, list[Determined]]:
        """The incidents that have an answer under each commitment, also where they do not count."""
        found: dict[str, list[Determined]] = {}
        for claim in self.incidents:
            for commitment in self.scoping.candidates(claim):
                found.setdefault(commitment.name, []).append(claim)
        return found


def reached(
    heard: Heard, scoping: Scoping, same: Same | None, before: Materials | None
) -> dict[str, list[tuple[Determined, Scope]]]:
    """Return the incidents that may count under each commitment, each with the static half of its scope."""
    known: frozenset[Determined] = frozenset() if same is None else same.claims
    fresh: dict[str, list[tuple[Determined, Scope]]] = {}
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
    course: Course, materials: Materials, same: Same | None = None, before: Weighed | None = None
) -> Weighed:
    """Weigh one commitment; what `before` found in the same way is not found again."""
    commitment = course.commitment
    owing = commitment.owed_by
    bearers: dict[str, tuple[str, ...]] = {party: (party,) for party in owing}
    if commitment.jointly and owing:
        bearers = {"+".join(owing): owing}
    every = commitment.every
    marks: list[int] = []
    if every is not None and every.event is not None:
        events = {
            e.times.last
            for e in materials.events
            if e.established and isinstance(e.entry.record, Event) and e.entry.record.name == every.event
        }
        marks = sorted(events)
    claims = materials.performances.get(commitment.name, ())
    bounds = periods_of(course, materials.agreement, marks, materials.as_of)
    done = {}
    for row, parties in bearers.items():
        own = [
            c
            for c in claims
            if isinstance(c.entry.record, Performance) and c.entry.record.performer in parties
        ]
        done[row] = doings(own, course, bounds, materials.as_of)
    bench = Bench(course, bearers, done, materials.scoping, materials.heard.groups, materials.as_of)
    several = materials.reached.get(commitment.name, ())
    counts = materials.accusing.get(commitment.name, ())
    bench = evolve(bench, members=member_rows(bench, [*several, *counts] if counts else several))
    known: list[Bearing] = []
    alike: frozenset[Determined] = frozenset()
    if same is not None and before is not None:
        known, alike = standing(same, before, bench)
    fresh = [
        bearing
        for claim, static in several
        if claim not in alike
        for bearing in counting(bench, claim, static)
    ]
    found = merged(known, fresh, lambda bearing: materials.heard.places[bearing.claim.id])
    moved = {row: moves(course, done[row]) for row in bearers}
    alleged = [bearing for count, static in counts for bearing in counting(bench, count, static)]
    return Weighed(bench, moved, tuple(found), materials, tuple(alleged))


def counting(bench: Bench, claim: Determined, static: Scope) -> list[Bearing]:
    """Return what an incident does on the rows where it counts: a breach, an allegation, a dispute."""
    if not (claim.open or claim.established):
        return []
    several = bearings(bench, claim, bench.bases(claim, static))
    return [bearing for bearing in several if bearing.effect != "not_counted"]


def rows(weighed: Weighed, materials: Materials, remedied: Remedied) -> list[Row]:
    """Return the rows of one commitment: bearers, members of bearers by id, nobody in particular."""
    by_row: dict[str | None, list[Bearing]] = {}
    for bearing in weighed.bearings:
        by_row.setdefault(bearing.row, []).append(bearing)
    result = [_row(weighed, materials, remedied, row, row, by_row.get(row, ())) for row in weighed.bearers]
    result += [
        _row(weighed, materials, remedied, member, bearer, by_row.get(member, ()))
        for member, bearer in weighed.members.items()
    ]
    if weighed.course.commitment.acts:
        result.append(_row(weighed, materials, remedied, None, None, by_row.get(None, ())))
    return result


def _row(  # noqa: PLR0913 – one row of one commitment
    weighed: Weighed,
    materials: Materials,
    remedied: Remedied,
    key: str | None,
    bearer: str | None,
    found: Sequence[Bearing],
) -> Row:
    course, as_of = weighed.course, materials.as_of
    moved = weighed.moves[bearer] if bearer is not None else weighed.fulfilled() or moves(course, None)
    done = None if bearer is None else weighed.doings[bearer]
    own = done if key == bearer else None  # what its group has done is not a member's
    late = lateness(course, own, as_of) if own is not None and course.commitment.duty == "achieve" else None
    breaches = [b for b in found if b.effect == "breach"]
    made_good = weighed.made_good(found, key, remedied)
    periods = (
        [] if own is None or bearer is None else remedied.periods(weighed, bearer, own, made_good, breaches)
    )
    named = [(bearing.claim.id, bearing.at) for bearing in weighed.counted if bearing.row == key]
    tallies = (*(tallies_under(weighed, materials) if key is None else ()), *named)
    matters = settling_matters(course, own, as_of) if own is not None else []
    together = borne(found, made_good, as_of)
    return Row(
        commitment=course.commitment.name,
        owed_by=key,
        weighed=weighed,
        moves=moved,
        compliance=kept(
            course, moved, together, late, [state for _, state in periods], tallied=bool(tallies)
        ),
        bearings=tuple(found),
        remedied=made_good,
        borne=together,
        due=due(course, own),
        late_by=late.late_by if late is not None else None,
        late=late,
        missed=passed(course, late, periods, ("missed", "late", "remedied")),
        unsettled=passed(course, late, periods, ("disputed", "alleged")),
        doings=own,
        open_performances=tuple(d.claim.id for d in matters),
        tallies=tallies,
    )


def tallies_under(weighed: Weighed, materials: Materials) -> tuple[tuple[str, int], ...]:
    """Return the tallies above zero whose act, time and zone may fall under the commitment.

    One that names no act may fall under every commitment with acts.
    """
    commitment, window = weighed.course.commitment, weighed.bench.window_of_nobody
    if window is None or commitment.ensures or not commitment.acts:
        return ()
    found: list[tuple[str, int]] = []
    for (act, zone), several in materials.tallies.items():
        if act is not None and covers(commitment.acts, act) < COARSE:
            continue
        place = None if zone is None else materials.zones.named(zone)
        if place is not None and materials.scoping.placed(place, commitment).value == OUTSIDE:
            continue
        found += [
            (tally.id, tally.last)
            for tally in several
            if tally.last <= materials.as_of and window.meets(tally.first, tally.holds)
        ]
    return tuple(found)
