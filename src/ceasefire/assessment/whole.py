"""What is asked of an assessment, and everything it finds, before it is laid out in lists (design §12)."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from attrs import field, frozen

from ceasefire.record import Absent

if TYPE_CHECKING:
    from collections.abc import Callable

    from ceasefire.agreement.terms import Agreement
    from ceasefire.agreement.together import Together
    from ceasefire.assessment.basis import Basis
    from ceasefire.assessment.docket import Heard
    from ceasefire.assessment.forks import Chains
    from ceasefire.assessment.known import Known
    from ceasefire.assessment.remedies import Remedied
    from ceasefire.assessment.rows import Materials, Row, Weighed
    from ceasefire.assessment.scope import Scoping
    from ceasefire.assessment.sealing import Seal, Sealed, Vouching
    from ceasefire.assessment.states import Life
    from ceasefire.assessment.tallies import Counted
    from ceasefire.assessment.wordings import Problem, Worded
    from ceasefire.errors import Mistake
    from ceasefire.record import Record


@frozen(kw_only=True)
class Asked:
    """The call: agreements, records and days, times in microseconds of UTC."""

    agreements: tuple[Agreement, ...]
    records: tuple[Record, ...]
    as_of: int
    known_at: int | None
    since: int | None
    relays: bool
    #: Lines of the record file that could not be read.
    mistakes: tuple[Mistake, ...]
    #: Sentences of a journal whose newest records count as received later than it is.
    ahead: tuple[str, ...]
    #: The forks among the records given, those that an audience may not see included.
    chains: Chains
    #: The newest hash of each author's chain, where a journal was given.
    heads: tuple[tuple[str, str], ...]
    #: The seals of the records, those that an audience may not see included.
    vouched: Vouching
    #: How far the journal was filled that these are all the records of; None where they are not.
    mark: object = field(default=None, eq=False)


@frozen
class Told:
    """What a journal tells of itself beside its records, where there is one."""

    heads: tuple[tuple[str, str], ...] = ()
    seals: tuple[Seal, ...] = ()
    #: How far it was filled.
    mark: object = None
    #: What it said of records that count as received later than it was.
    ahead: tuple[str, ...] = ()


@frozen(kw_only=True)
class Outcome:
    """Everything an assessment found, before it is laid out in lists."""

    #: What it rests on, whatever the day.
    basis: Basis
    known: Known
    heard: tuple[Heard, ...]
    lives: dict[str, Life]
    weighed: dict[str, Weighed]
    rows: tuple[Row, ...]
    tallies: tuple[Counted, ...]
    responses: tuple[Worded, ...]
    #: Of each author with a declared key, what is under seal.
    sealed: tuple[Sealed, ...]
    problems: tuple[Problem, ...]
    full_name: Callable[[str | None], str | None]
    #: What the commitments of each agreement are weighed with, by its id.
    materials: dict[str, Materials]
    made_good: Remedied

    def scoping(self, heard: Heard) -> Scoping:
        """Return what the incidents of one agreement are scoped with."""
        return self.materials[heard.agreement.id].scoping


@frozen(slots=False, eq=False)
class Whole:
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
        return frozenset(name for heard in self.outcome.heard for name in heard.docket.linked)

    @cached_property
    def waited_for(self) -> frozenset[str]:
        """The commitments, by full name, that what others wait for hangs on."""
        conditions = [c.when for c in self.world.commitments.values() if c.when is not None]
        return frozenset(n for when in conditions for n in (when.fulfilled, when.breach_of) if n is not None)
