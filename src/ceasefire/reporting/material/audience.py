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

from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from ceasefire.assessment.codes import AUDIENCES, PROBLEMS, no_audience
from ceasefire.errors import ReportError
from ceasefire.reporting.material.unnamed import unnamed

if TYPE_CHECKING:
    from collections.abc import Collection

    from ceasefire.assessment import Assessment
    from ceasefire.assessment.result.entries import Lists, PositionEntry, ProblemEntry

#: The lists that are not asked of what is compared with, where the records behind them may all be read.
_NOT_COMPARED: Final = ("reasons", "spans")
#: Problems whose sentence holds nothing but ids and figures of the record itself.
_PLAIN: Final = frozenset({"does_not_add_up"})


@frozen
class Seen:
    """The lists an audience may read, and what of the records behind them it may not."""

    data: Lists
    #: Incidents of which it may not know who is accused, each with the agreement that judges it.
    nameless: frozenset[tuple[str, str]]
    #: Incidents, and answers to them, whose free text it may not read, those above among them.
    wordless: frozenset[str]


def refuse_unknown(audience: object, parties: Collection[str]) -> None:
    """Refuse what is neither one of the audiences nor the id of a party; raises `ReportError`."""
    if not isinstance(audience, str) or audience not in (*AUDIENCES, *parties):
        raise ReportError(no_audience(audience, parties))


def seen_by(assessment: Assessment, audience: str) -> Assessment:
    """Return the assessment as this audience may see it; raises `ReportError` for an unknown one."""
    parties = {party.id for agreement in assessment.agreements for party in agreement.parties}
    refuse_unknown(audience, sorted(parties))
    return assessment.for_audience(audience)


def released(assessment: Assessment, audience: str, *, compared: bool = False) -> Seen:
    """Return what this audience may read, given the assessment as it may see it.

    Of an assessment that is only compared with, without the lists that nobody then asks.
    """
    if audience != "public":
        data = assessment.lists_without(*(_NOT_COMPARED if compared else ()))
        return Seen(evolve(data, audience=audience), frozenset(), frozenset())
    data = evolve(assessment.lists, audience=audience)
    data, nameless, wordless = unnamed(data, assessment.agreements, assessment.records)
    return Seen(_without_ids(data, assessment.missing), nameless, wordless)


def _without_ids(data: Lists, missing: frozenset[str]) -> Lists:
    """Return the lists without the ids of records that the public may not see, and without free text."""
    return evolve(
        data,
        positions=tuple(
            p._replace(answer="not released") if p.question == "same_as" and p.answer in missing else p
            for p in data.positions
        ),
        responses=tuple(r._replace(to=None) if r.to in missing else r for r in data.responses),
        tallies=tuple(t._replace(answers=None) if t.answers in missing else t for t in data.tallies),
        problems=tuple(map(_plain, data.problems)),
    )


def _plain(problem: ProblemEntry) -> ProblemEntry:
    """Return a problem in the words of the closed list: its sentence may name anybody and anything."""
    return problem if problem.code in _PLAIN else problem._replace(what=PROBLEMS.get(problem.code))


def answers(position: PositionEntry) -> tuple[str, ...]:
    """Return what a position says, as ids or words."""
    return tuple(part for part in position.answer.split(";") if part)
