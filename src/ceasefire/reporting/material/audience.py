"""What an audience may read of an assessment, before anything is written.

The assessment is made again from only the records that the audience may see
(`Assessment.for_audience`), so that nothing withheld shows, not even through a
count or a difference: a report is the same whether or not there are records beyond
it. What released records themselves point at, and the audience may not see or this
journal does not hold, is told as a number (`not_released`): nobody can tell the two
apart, and whoever released the pointer has said that there is something.

For the public, names are then taken from incidents that are not determined as to
who did it (`unnamed`).
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeVar

from attrs import evolve
from msgspec.structs import replace

from ceasefire.assessment.codes import AUDIENCES, PROBLEMS, no_audience
from ceasefire.errors import ReportError
from ceasefire.reporting.material.unnamed import unnamed
from ceasefire.values import Entity

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from ceasefire.assessment import Assessment
    from ceasefire.assessment.result.entries import ClaimEntry, Lists, PositionEntry, ProblemEntry
    from ceasefire.record.kinds import Record
    from ceasefire.reporting.material.incidents import Reasons

_Told = TypeVar("_Told", "ClaimEntry", "PositionEntry")
#: Claims that all agreements judge (docs/rules/claims.md, "Who determines").
_HEARD_BY_ALL: Final = ("event", "membership")
#: Problems whose sentence holds nothing but ids and figures of the record itself.
_PLAIN: Final = frozenset({"does_not_add_up"})


class Seen(Entity, kw_only=True):
    """The lists an audience may read of one assessment, and what of the records behind them it may not."""

    as_of: int
    known_at: int | None
    since: int | None
    records: Mapping[str, Record]
    data: Lists
    #: What gives the reasons of each row, once they are asked for.
    reasons: Callable[[], Reasons]
    #: What gives the positions on a record, and whether anybody else says anything of it.
    positions: Callable[[str], Sequence[PositionEntry]]
    #: What gives the findings that these may name, and more.
    findings: Callable[[str], Iterable[str]]
    answered: Callable[[str], bool]
    #: The reasons without those of acts and findings that do not count, where that spares to find them.
    grounds: Callable[[], Reasons]
    #: Incidents of which it may not know who is accused, each with the agreement that judges it.
    nameless: frozenset[tuple[str, str]]
    #: Incidents, and answers to them, whose free text it may not read, those above among them.
    wordless: frozenset[str]

    @cached_property
    def claims(self) -> dict[str, list[ClaimEntry]]:
        """The claims by their record, one for each agreement that judges it."""
        return claims_by_record(self.data.claims)

    @cached_property
    def grounds_of(self) -> Reasons:
        """The reasons that count, by their row: a commitment and who owes it."""
        return self.grounds()


def refuse_unknown(audience: object, parties: Collection[str]) -> None:
    """Refuse what is neither one of the audiences nor the id of a party; raises `ReportError`."""
    if not isinstance(audience, str) or audience not in (*AUDIENCES, *parties):
        raise ReportError(no_audience(audience, parties))


def seen_by(assessment: Assessment, audience: str) -> Assessment:
    """Return the assessment as this audience may see it; raises `ReportError` for an unknown one."""
    parties = {party.id for agreement in assessment.agreements for party in agreement.parties}
    refuse_unknown(audience, sorted(parties))
    return assessment.for_audience(audience)


def released(assessment: Assessment, audience: str) -> Seen:
    """Return what this audience may read, given the assessment as it may see it."""
    data = evolve(assessment.lists, audience=audience)
    seen = Seen(
        as_of=assessment.as_of,
        known_at=assessment.known_at,
        since=assessment.since,
        records=assessment.records,
        data=data,
        reasons=lambda: assessment.reasons,
        positions=assessment.positions_on,
        findings=assessment.findings_on,
        answered=assessment.answered,
        grounds=lambda: assessment.grounds,
        nameless=frozenset(),
        wordless=frozenset(),
    )
    if audience != "public":
        return seen
    data, reasons, nameless, wordless = unnamed(
        data, assessment.reasons, assessment.agreements, assessment.records
    )
    data = _without_ids(data, assessment.missing)
    several = by_record(data.positions)
    return replace(
        seen,
        data=data,
        reasons=lambda: reasons,
        grounds=lambda: reasons,
        positions=lambda record: several.get(record, ()),
        answered=several.__contains__,
        nameless=nameless,
        wordless=wordless,
    )


def _without_ids(data: Lists, missing: frozenset[str]) -> Lists:
    """Return the lists without the ids of records that the public may not see, and without free text."""
    return data.replaced(
        positions=tuple(
            replace(p, answer="not released") if p.question == "same_as" and p.answer in missing else p
            for p in data.positions
        ),
        responses=tuple(replace(r, to=None) if r.to in missing else r for r in data.responses),
        tallies=tuple(replace(t, answers=None) if t.answers in missing else t for t in data.tallies),
        problems=tuple(map(_plain, data.problems)),
    )


def _plain(problem: ProblemEntry) -> ProblemEntry:
    """Return a problem in the words of the closed list: its sentence may name anybody and anything."""
    return problem if problem.code in _PLAIN else replace(problem, what=PROBLEMS.get(problem.code))


def answers(position: PositionEntry) -> tuple[str, ...]:
    """Return what a position says, as ids or words."""
    return tuple(part for part in position.answer.split(";") if part)


def claims_by_record(rows: Iterable[ClaimEntry]) -> dict[str, list[ClaimEntry]]:
    """Return claims by their record, an event or a membership as those judge it who could.

    These every agreement hears. One that nobody oversaw at the time has nothing to say beside one that had a
    mechanism.
    """
    found = by_record(rows)
    for record, several in found.items():
        able = [c for c in several if c.mechanism is not None]
        if able and several[0].kind in _HEARD_BY_ALL:
            found[record] = able
    return found


def by_record(rows: Iterable[_Told]) -> dict[Any, list[_Told]]:
    """Return rows of a list by their record."""
    found: dict[Any, list[_Told]] = {}
    for row in rows:
        found.setdefault(row.record, []).append(row)
    return found
