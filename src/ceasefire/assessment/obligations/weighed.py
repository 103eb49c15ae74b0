"""What the incidents of a commitment do on its rows, kept once for all that do the same.

Equal to a list of effects, one for each incident and row, which is made when it is asked for.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ceasefire.assessment.obligations.incidents import IncidentEffect
from ceasefire.record.order import merged
from ceasefire.values import Entity, Value

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterator, Mapping

    from ceasefire.assessment.determination.claims import DeterminedClaim

#: By row: the effect, its code, and as of when it counts; None where that is the latest instant of the act.
Doing = tuple[tuple[str | None, str, str, int | None], ...]


class IncidentCounts(Value):
    """What the incidents that count on a row come to: how many of them do what."""

    breaches: int = 0
    #: Of the breaches those made good, and those that go on.
    remedied: int = 0
    lasting: int = 0
    disputed: int = 0
    alleged: int = 0
    #: Rulings in aggregate: of a number of breaches, which stand beside the single ones and are not added.
    ruled: int = 0

    def with_(self, more: IncidentCounts, times: int) -> IncidentCounts:
        """Return this with more, so many times; -1 times is without it."""
        return IncidentCounts(
            self.breaches + times * more.breaches,
            self.remedied + times * more.remedied,
            self.lasting + times * more.lasting,
            self.disputed + times * more.disputed,
            self.alleged + times * more.alleged,
            self.ruled + times * more.ruled,
        )


class Weighed(Entity):
    """The incidents that count on a row, in the order of claims, and what each does: lists side by side."""

    claims: list[DeterminedClaim]
    #: The same tuple for plain incidents that are alike.
    doing: list[Doing]

    def __iter__(self) -> Iterator[tuple[DeterminedClaim, Doing]]:
        """Yield each claim with what it does."""
        return zip(self.claims, self.doing, strict=True)

    def effects(self) -> tuple[IncidentEffect, ...]:
        """Return what each does on each row."""
        return tuple(
            [
                IncidentEffect(claim, row, effect, code, claim.times.last if at is None else at)
                for claim, doing in self
                for row, effect, code, at in doing
            ]
        )

    def counts(self, as_of: int) -> dict[str | None, IncidentCounts]:
        """Return, by row, what they come to where nothing was made good."""
        several = {id(doing): doing for doing in self.doing}
        found: dict[str | None, Counter[str]] = {}
        for one, times in Counter(map(id, self.doing)).items():
            for row, effect, _, _ in several[one]:
                found.setdefault(row, Counter())[effect] += times
        if any(at is not None for doing in several.values() for _, _, _, at in doing):
            for claim, doing in self:
                for row, effect, _, at in doing:
                    if at is not None and effect == "breach" and _goes_on(claim, as_of):
                        found[row]["lasting"] += 1
        return {
            row: IncidentCounts(n["breach"], 0, n["lasting"], n["disputed"], n["alleged"], n["ruled"])
            for row, n in found.items()
        }

    def of(self, claims: Collection[DeterminedClaim]) -> Weighed:
        """Return the same of some claims alone."""
        kept = [(claim, doing) for claim, doing in self if claim in claims]
        return Weighed([claim for claim, _ in kept], [doing for _, doing in kept])

    def merged(self, more: Weighed, places: Mapping[str, int]) -> Weighed:
        """Return the same with more, by the places of claims."""
        if not self.claims or not more.claims:
            return more if not self.claims else self
        both = merged(list(self), list(more), lambda pair: places[pair[0].id])
        return Weighed([claim for claim, _ in both], [doing for _, doing in both])


def counts_of(incident: IncidentEffect, remedied: Container[str], as_of: int) -> IncidentCounts:
    """Return what one incident that counts on a row comes to; `remedied` holds the breaches made good."""
    effect, claim = incident.effect, incident.claim
    breach = effect == "breach"
    return IncidentCounts(
        breaches=int(breach),
        remedied=int(breach and claim.id in remedied),
        lasting=int(breach and _goes_on(claim, as_of)),
        disputed=int(effect == "disputed"),
        alleged=int(effect == "alleged"),
        ruled=int(effect == "ruled"),
    )


def _goes_on(claim: DeterminedClaim, as_of: int) -> bool:
    until = claim.times.until
    return claim.times.lasting and (until is None or until > as_of)
