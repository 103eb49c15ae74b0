"""The claims of one agreement as determined, and who belonged to whom as that makes it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ceasefire.record import Tally
from ceasefire.record.order import merged
from ceasefire.values import Entity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ceasefire.assessment.codes import Problem
    from ceasefire.assessment.determination.claims import DeterminedClaim, Proceedings
    from ceasefire.assessment.world.membership import Change, Groups
    from ceasefire.instruments.terms import Agreement


class Determinations(Entity):
    """The claims of one agreement as determined, the memberships and the decisions that follow."""

    proceedings: Proceedings
    claims: tuple[DeterminedClaim, ...]
    groups: Groups
    #: The memberships, established or open, that `groups` was made from beside those of the files.
    changes: tuple[Change, ...]
    #: Every claim by the id of its record.
    by_id: Mapping[str, DeterminedClaim]
    #: What is odd in them.
    problems: tuple[Problem, ...]

    @property
    def agreement(self) -> Agreement:
        """The agreement."""
        return self.proceedings.agreement

    @cached_property
    def by_kind(self) -> dict[str, list[DeterminedClaim]]:
        """Every claim by its kind."""
        found: dict[str, list[DeterminedClaim]] = {}
        for claim in self.claims:
            found.setdefault(claim.entry.record.kind, []).append(claim)
        return found

    @cached_property
    def of_acts(self) -> list[DeterminedClaim]:
        """The claims that are of acts: incidents, and rulings in aggregate on more acts than none."""
        incidents, several = self.by_kind.get("incident", []), self.by_kind.get("tally", ())
        rulings = [c for c in several if isinstance(c.entry.record, Tally) and c.entry.record.count]
        return merged(rulings, incidents, lambda claim: self.places[claim.id]) if rulings else incidents

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each claim among them all, by the id of its record."""
        return {claim.id: place for place, claim in enumerate(self.claims)}

    def of_kind(self, kind: str) -> list[DeterminedClaim]:
        """Return the claims of one kind that count themselves."""
        return [claim for claim in self.by_kind.get(kind, ()) if claim.counts_as == claim.id]
