"""The rows of an assessment: a commitment and one who owes it (docs/rules/compliance.md, "Rows").

First each commitment is weighed, after those its condition names: its course,
what its bearers did, how incidents bear on them. Then, when every commitment is
known, what was made good, and the row that comes of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from attrs import frozen

from ceasefire.assessment.lifecycle.phases import COMMITMENT_FINAL
from ceasefire.assessment.obligations.compliance import IncidentCounts, borne, due, kept, passed
from ceasefire.assessment.obligations.lateness import Lateness, lateness, moves, settling_matters
from ceasefire.assessment.obligations.published import tallies_under
from ceasefire.record import Tally

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ceasefire.assessment.lifecycle.phases import Transition
    from ceasefire.assessment.obligations.incidents import IncidentEffect
    from ceasefire.assessment.obligations.obligation import Materials, Obligation
    from ceasefire.assessment.obligations.omissions import Cure
    from ceasefire.assessment.obligations.performances import Performances
    from ceasefire.assessment.obligations.remedies import Remedies


@frozen
class Aggregate:
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


@frozen(kw_only=True, eq=False)
class Row:
    """One row: where a commitment stands for one who owes it, and how it is kept."""

    commitment: str
    owed_by: str | None
    #: What is known of the commitment.
    weighed: Obligation
    moves: tuple[Transition, ...]
    compliance: str | None
    #: What incidents do that count.
    bearings: tuple[IncidentEffect, ...]
    #: Breaches made good, with what made them good.
    remedied: dict[str, Cure]
    #: What made missed periods good by naming them.
    periods_remedied: tuple[Cure, ...]
    #: What these incidents come to.
    borne: IncidentCounts
    due: int | None
    late_by: int | None
    late: Lateness | None
    #: When each deadline or owed period that was missed (made good or not) passed.
    missed: tuple[int, ...]
    #: Of these, when those passed of which nothing is done and nothing made good.
    wanting: tuple[int, ...]
    #: When each passed of which it is open, or unclear, whether it was kept.
    unsettled: tuple[int, ...]
    doings: Performances | None
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
    def cures(self) -> tuple[Cure, ...]:
        """Everything that made something good on it."""
        return (*self.remedied.values(), *self.periods_remedied)

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


def rows(weighed: Obligation, materials: Materials, remedied: Remedies) -> list[Row]:
    """Return the rows of one commitment: bearers, members of bearers by id, nobody in particular."""
    by_row: dict[str | None, list[IncidentEffect]] = {}
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
    weighed: Obligation,
    materials: Materials,
    remedied: Remedies,
    key: str | None,
    bearer: str | None,
    found: Sequence[IncidentEffect],
) -> Row:
    course, as_of = weighed.course, materials.as_of
    moved = weighed.moves[bearer] if bearer is not None else weighed.fulfilled() or moves(course, None)
    done = None if bearer is None else weighed.doings[bearer]
    own = done if key == bearer else None  # what its group has done is not a member's
    late = lateness(course, own, as_of) if own is not None and course.commitment.duty == "achieve" else None
    breaches = [b for b in found if b.effect == "breach"]
    made_good = remedied.made_good(weighed, found, key)
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
        compliance=kept(course, moved, together, late, [one.state for one in periods], tallied=bool(tallies)),
        bearings=tuple(found),
        remedied=made_good,
        periods_remedied=tuple(one.cure for one in periods if one.cure is not None),
        borne=together,
        due=due(course, own),
        late_by=late.late_by if late is not None else None,
        late=late,
        missed=passed(course, late, periods, ("missed", "late", "remedied")),
        wanting=passed(course, late, periods, ("missed",)),
        unsettled=passed(course, late, periods, ("disputed", "alleged")),
        doings=own,
        open_performances=tuple(d.claim.id for d in matters),
        tallies=tallies,
    )
