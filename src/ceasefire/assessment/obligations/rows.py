"""The rows of an assessment: a commitment and one who owes it (docs/rules/compliance.md, "Rows").

First each obligation is found, after those its condition names: the life of the
commitment, what its bearers did, what incidents do on their rows. Then, when all are
known, what was made good, and the row that comes of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec.structs import replace

from ceasefire.assessment.lifecycle.phases import COMMITMENT_FINAL
from ceasefire.assessment.obligations.compliance import (
    Grounds,
    compliance,
    due,
    passed,
)
from ceasefire.assessment.obligations.lateness import Lateness, lateness, moves, settling_matters
from ceasefire.assessment.obligations.weighed import IncidentCounts
from ceasefire.assessment.world.acts import covers
from ceasefire.assessment.world.certainty import NO
from ceasefire.record import Tally
from ceasefire.values import Entity, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ceasefire.assessment.lifecycle.phases import Transition
    from ceasefire.assessment.obligations.incidents import IncidentEffect
    from ceasefire.assessment.obligations.obligation import Materials, Obligation
    from ceasefire.assessment.obligations.omissions import Cure
    from ceasefire.assessment.obligations.performances import Performances
    from ceasefire.assessment.obligations.remedies import Remedies


_NOTHING: Final = IncidentCounts()


class Aggregate(Value):
    """A ruling that so many acts were breaches: the tally, its count, and whether that is a lower bound."""

    record: str
    count: int
    at_least: bool


class Line(NamedTuple):
    """What is listed of a row (docs/rules/result.md)."""

    commitment: str
    owed_by: str | None
    phase: str
    #: Since when it is in that phase; None where it never left the first.
    phase_from: int | None
    compliance: str | None
    #: How many breaches, remedied ones included, and how many open claims that matter.
    breaches: int
    open: int
    ongoing: bool
    due: int | None
    late_by: int | None
    #: The rulings in aggregate that stand: beside the breaches, and never added to them or to each other.
    ruled: tuple[Aggregate, ...]


class Row(Entity, kw_only=True):
    """One row: where a commitment stands for one who owes it, and how it is kept."""

    commitment: str
    owed_by: str | None
    #: What is known of the commitment.
    obligation: Obligation
    moves: tuple[Transition, ...]
    compliance: str | None
    #: Breaches made good, with what made them good.
    remedied: dict[str, Cure]
    #: What made missed periods good by naming them.
    periods_remedied: tuple[Cure, ...]
    #: What these incidents come to.
    counts: IncidentCounts
    due: int | None
    late_by: int | None
    late: Lateness | None
    #: When each deadline or owed period that was missed (made good or not) passed.
    missed: tuple[int, ...]
    #: Of these, when those passed of which nothing is done and nothing made good.
    wanting: tuple[int, ...]
    #: When each passed of which it is open, or unclear, whether it was kept.
    unsettled: tuple[int, ...]
    performances: Performances | None
    #: Open performances that matter: settling them could change the row.
    open_performances: tuple[str, ...]
    #: The tallies that make it alleged, each with the end of its period.
    tallies: tuple[tuple[str, int], ...]

    @property
    def incident_effects(self) -> tuple[IncidentEffect, ...]:
        """What incidents do that count."""
        return self.obligation.by_row.get(self.owed_by, ())

    @property
    def phase(self) -> str:
        """The phase it is in."""
        return self.moves[-1].to if self.moves else "pending"

    @property
    def over(self) -> int | None:
        """When it came to its end, by whatever; None while it has not."""
        return self.moves[-1].at if self.phase in COMMITMENT_FINAL else None

    @property
    def cures(self) -> tuple[Cure, ...]:
        """Everything that made something good on it."""
        return (*self.remedied.values(), *self.periods_remedied)

    @property
    def breaches(self) -> int:
        """How many breaches are recorded, remedied ones included."""
        return self.counts.breaches

    @property
    def open(self) -> int:
        """How many open claims matter to it."""
        return self.counts.disputed + self.counts.alleged + len(self.open_performances)

    @property
    def ongoing(self) -> bool:
        """Whether a breach goes on, while the row is active."""
        return self.phase == "active" and self.counts.lasting > 0

    @property
    def ruled(self) -> tuple[Aggregate, ...]:
        """The rulings in aggregate that stand."""
        if not self.counts.ruled:  # mostly there is none: not to lay out what incidents do saves time
            return ()
        return tuple(
            Aggregate(incident.claim.id, record.count or 0, record.at_least)
            for incident in self.incident_effects
            if incident.effect == "ruled" and isinstance(record := incident.claim.entry.record, Tally)
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


def rows(obligation: Obligation, remedies: Remedies) -> list[Row]:
    """Return the rows of one commitment: bearers, members of bearers by id, nobody in particular."""
    keys: list[str | None] = [*obligation.responsibility.parties]
    if obligation.responsibility.nobody:
        keys.append(None)
    return [_row(obligation, remedies, key) for key in keys]


def _row(obligation: Obligation, remedies: Remedies, key: str | None) -> Row:
    life, as_of = obligation.life, obligation.materials.as_of
    found, together = _breaching(obligation, remedies, key), obligation.counts.get(key, _NOTHING)
    made_good = remedies.made_good(obligation, found, key)
    if made_good:
        good = sum(incident.effect == "breach" and incident.claim.id in made_good for incident in found)
        together = replace(together, remedied=good)
    own, late, matters, periods = None, None, [], []
    if key is None:
        moved = obligation.fulfilled() or moves(life, None)
    else:
        moved = obligation.moves[obligation.responsibility.members.get(key, key)]
        own = obligation.responsibility.performances.get(key)  # what its group has done is not a member's
    if key is not None and own is not None:
        if life.commitment.duty == "achieve":
            late = lateness(life, own, as_of)
        matters = settling_matters(life, own, as_of)
        periods = remedies.periods(obligation, key, [b for b in found if b.claim.id in made_good])
    tallies = _tallies(obligation, key)
    grounds = Grounds(together, late, tuple(one.state for one in periods), bool(tallies))
    return Row(
        commitment=life.commitment.name,
        owed_by=key,
        obligation=obligation,
        moves=moved,
        compliance=compliance(life, moved, grounds),
        remedied=made_good,
        periods_remedied=tuple(one.cure for one in periods if one.cure is not None),
        counts=together,
        due=due(life, own),
        late_by=late.late_by if late is not None else None,
        late=late,
        missed=passed(life, late, periods, ("missed", "late", "remedied")),
        wanting=passed(life, late, periods, ("missed",)),
        unsettled=passed(life, late, periods, ("disputed", "alleged")),
        performances=own,
        open_performances=tuple(d.claim.id for d in matters),
        tallies=tallies,
    )


def _breaching(obligation: Obligation, remedies: Remedies, key: str | None) -> Sequence[IncidentEffect]:
    """Return what incidents do on a row of which some may be made good; nothing where none can be."""
    known = obligation.counts.get(key)
    return obligation.by_row[key] if known and known.breaches and remedies.may_cure(obligation) else ()


def _tallies(obligation: Obligation, key: str | None) -> tuple[tuple[str, int], ...]:
    """Return the tallies that make a row alleged: of nobody in particular, and that accuse who owes it."""
    named = [(one.claim.id, one.at) for one in obligation.tallied if one.row == key]
    plain = () if key is not None else tallies_under(obligation, obligation.materials)
    return tuple(dict.fromkeys((*plain, *named)))  # of several parts of one tally each may


def tallies_under(obligation: Obligation, materials: Materials) -> tuple[tuple[str, int], ...]:
    """Return the tallies above zero whose act, time and zone may fall under the commitment.

    One that names no act may fall under every commitment with acts.
    """
    commitment, window = obligation.life.commitment, obligation.responsibility.window_of_nobody
    if window is None or commitment.ensures or not commitment.acts:
        return ()
    found: list[tuple[str, int]] = []
    for (act, zone), several in materials.tallies.items():
        if act is not None and covers(commitment.acts, act) == NO:
            continue
        place = None if zone is None else materials.zones.named(zone)
        if place is not None and materials.scoping.placed(place, commitment).value == NO:
            continue
        found += [
            (tally.id, tally.last)
            for tally in several
            if tally.last <= materials.as_of and window.meets(tally.first, tally.holds)
        ]
    return tuple(found)
