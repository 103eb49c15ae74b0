"""The incidents that may count under each commitment, each with the half of its scope that is not time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.record.order import merged
from ceasefire.values import Entity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ceasefire.assessment.determination.claims import DeterminedClaim
    from ceasefire.assessment.determination.determinations import Determinations
    from ceasefire.assessment.determination.reuse import Unchanged
    from ceasefire.assessment.scope.scope import Scope, Scoping

    #: What takes a claim, the half of its scope, and its sort.
    Takes = tuple[
        Callable[[DeterminedClaim], None], Callable[[Scope], None], Callable[[int | None], None], Scope
    ]


class Reached(Entity):
    """The incidents that bear on one commitment, in the order of claims: three lists side by side."""

    claims: list[DeterminedClaim]
    #: The half of the scope of each that is not time.
    statics: list[Scope]
    #: The sort of each (`alike`); None of one that is not plain.
    sorts: list[int | None]

    def __iter__(self) -> Iterator[tuple[DeterminedClaim, Scope]]:
        """Yield each claim with the half of its scope."""
        return zip(self.claims, self.statics, strict=True)

    def each(self) -> Iterator[tuple[DeterminedClaim, Scope, int | None]]:
        """Yield each claim with the half of its scope and its sort."""
        return zip(self.claims, self.statics, self.sorts, strict=True)


def reached(
    determinations: Determinations,
    scoping: Scoping,
    same: Unchanged | None,
    before: tuple[Scoping, Mapping[str, Reached]] | None,
) -> dict[str, Reached]:
    """Return the incidents that may count under each commitment; what was reached so before is taken over."""
    known: frozenset[DeterminedClaim] = frozenset() if same is None else same.claims
    claims = [c for c in determinations.of_acts if c.counts_itself and c not in known]
    fresh = _gathered(claims, scoping.reached, scoping.sorts.of)
    if before is None:
        return fresh
    scoped, several = before
    renumber = None if scoped is scoping else scoping.sorts.of
    return _with(several, fresh, known, determinations.places, renumber)


def answered(determinations: Determinations, scoping: Scoping) -> dict[str, Reached]:
    """Return the incidents that have an answer under each commitment, also where they do not count."""
    return _gathered(determinations.of_acts, scoping.answering, scoping.sorts.with_accused)


def _gathered(
    claims: Iterable[DeterminedClaim],
    under: Callable[[DeterminedClaim], tuple[tuple[str, Scope], ...]],
    sort: Callable[[DeterminedClaim], int | None],
) -> dict[str, Reached]:
    """Return claims by the commitments under which they are, each with the half of its scope and its sort."""
    found: dict[str, Reached] = {}
    takers: dict[int, tuple[Takes, ...]] = {}
    for claim in claims:
        several = under(claim)  # which is kept there: its identity is its own
        if several:
            takes = takers.get(id(several))
            if takes is None:
                takes = takers[id(several)] = _takers(found, several)
            number = sort(claim)
            for take_claim, take_static, take_sort, static in takes:
                take_claim(claim)
                take_static(static)
                take_sort(number)
    return found


def _takers(found: dict[str, Reached], several: tuple[tuple[str, Scope], ...]) -> tuple[Takes, ...]:
    under = [(found.setdefault(name, Reached([], [], [])), static) for name, static in several]
    return tuple([(one.claims.append, one.statics.append, one.sorts.append, static) for one, static in under])


def _with(
    before: Mapping[str, Reached],
    fresh: Mapping[str, Reached],
    known: frozenset[DeterminedClaim],
    places: Mapping[str, int],
    renumber: Callable[[DeterminedClaim], int | None] | None,
) -> dict[str, Reached]:
    """Return what was reached before by claims that are as they were, and what is reached now, in order."""
    found = {}
    for name in {**before, **fresh}:
        old = [one for one in before[name].each() if one[0] in known] if name in before else []
        new = list(fresh[name].each()) if name in fresh else []
        several = merged(old, new, lambda one: places[one[0].id])
        claims = [claim for claim, _, _ in several]
        sorts = [sort for _, _, sort in several] if renumber is None else [*map(renumber, claims)]
        found[name] = Reached(claims, [static for _, static, _ in several], sorts)
    return found
