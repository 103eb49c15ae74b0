"""What is asked of an assessment, and everything it finds, before it is laid out in lists.

docs/rules/index.md, "The order in which things are worked out".
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ceasefire.assessment.knowledge import tallies
from ceasefire.assessment.obligations.problems import problems_of
from ceasefire.collecting import uncollected
from ceasefire.record import Absent
from ceasefire.values import Entity

if TYPE_CHECKING:
    from collections.abc import Callable

    from ceasefire.assessment.codes import Problem
    from ceasefire.assessment.determination.determinations import Determinations
    from ceasefire.assessment.knowledge.asked import Asked
    from ceasefire.assessment.knowledge.knowledge import Knowledge
    from ceasefire.assessment.knowledge.ledger import Ledger
    from ceasefire.assessment.knowledge.seals import Sealed
    from ceasefire.assessment.knowledge.tallies import Counted
    from ceasefire.assessment.knowledge.wordings import Worded
    from ceasefire.assessment.lifecycle.agreements import AgreementLife
    from ceasefire.assessment.lifecycle.effects import Effect
    from ceasefire.assessment.obligations.obligation import Materials, Obligation
    from ceasefire.assessment.obligations.remedies import Remedies
    from ceasefire.assessment.obligations.rows import Row
    from ceasefire.assessment.scope.scope import Scoping
    from ceasefire.instruments.together import Together


class Outcome(Entity, kw_only=True):
    """Everything an assessment found, before it is laid out in lists."""

    #: What it rests on, whatever the day.
    basis: Knowledge
    known: Ledger
    heard: tuple[Determinations, ...]
    lives: dict[str, AgreementLife]
    #: By agreement, the decisions that stand, also those that take effect later, in order of time.
    effects: dict[str, tuple[Effect, ...]]
    #: By agreement, the notices by which it will end once they have run.
    running: dict[str, tuple[Effect, ...]]
    obligations: dict[str, Obligation]
    rows: tuple[Row, ...]
    tallies: tuple[Counted, ...]
    responses: tuple[Worded, ...]
    #: Of each author with a declared key, what is under seal.
    sealed: tuple[Sealed, ...]
    #: What was odd on the way to the rows.
    met: tuple[Problem, ...]
    full_name: Callable[[str | None], str | None]
    #: What the obligations of each agreement are found with, by its id.
    materials: dict[str, Materials]
    made_good: Remedies

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is odd, found when it is first asked for: no row hangs on it."""
        basis, world = self.basis, self.basis.world
        with uncollected():
            found = (
                *self.met,
                *basis.names.dangling(self.known, basis.ledger.held),
                *basis.unseen,
                *tallies.problems(self.tallies, world.zones),
                *problems_of(world, self.obligations, self.materials, self.rows, basis.courts),
            )
        return tuple(dict.fromkeys(found))

    def scoping(self, heard: Determinations) -> Scoping:
        """Return what the incidents of one agreement are scoped with."""
        return self.materials[heard.agreement.id].scoping


class Evaluation(Entity):
    """An assessment in full: what was asked, and all that was found."""

    asked: Asked
    world: Together
    outcome: Outcome

    @cached_property
    def rows(self) -> dict[tuple[str, str | None], Row]:
        """Each row by its commitment and who owes it, in their order."""
        return {(row.commitment, row.owed_by): row for row in self.outcome.rows}

    @cached_property
    def bodies_absent(self) -> bool:
        """Whether what some records say is not here."""
        return any(isinstance(record, Absent) for record in self.asked.records)

    @cached_property
    def unmet(self) -> frozenset[str]:
        """The ids that records point at and that none bears: when one comes, it changes more than itself."""
        basis = self.outcome.basis
        held = basis.ledger.held
        pointers = {*basis.names.named, *(a.of for a in basis.ledger.wordings.amendments)}
        pointers.update(*basis.linking.values())
        return frozenset(pointers - held.keys())

    @cached_property
    def linked(self) -> frozenset[str]:
        """The claims that are said to report the same act as others, and those others."""
        return frozenset(name for heard in self.outcome.heard for name in heard.proceedings.linked)

    @cached_property
    def waited_for(self) -> frozenset[str]:
        """The commitments, by full name, that what others wait for hangs on."""
        conditions = [c.when for c in self.world.commitments.values() if c.when is not None]
        return frozenset(n for when in conditions for n in (when.fulfilled, when.breach_of) if n is not None)
