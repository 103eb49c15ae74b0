"""What an assessment found: all of it, or as much as was asked for (docs/rules/index.md)."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from attrs import frozen

from ceasefire.assessment.incremental.reassess import with_more
from ceasefire.assessment.incremental.rows import AddedRows
from ceasefire.collecting import uncollected

if TYPE_CHECKING:
    from ceasefire.assessment.knowledge.asked import Asked, Told
    from ceasefire.assessment.lifecycle.agreements import AgreementLife
    from ceasefire.assessment.obligations.rows import Line
    from ceasefire.assessment.outcome import Evaluation, Outcome
    from ceasefire.instruments.together import Together


@frozen(slots=False, eq=False)
class LazyEvaluation:
    """What was found: in full, or with a few records more of which only the rows are known as yet."""

    first: Evaluation
    #: A few records more than that, which are found in full once more than the rows is asked for.
    fresh: AddedRows | None = None
    #: What a journal told of itself as these came.
    _told: Told | None = None

    @cached_property
    def whole(self) -> Evaluation:
        """Return what was asked and all that was found, made when it is first asked for."""
        if self.fresh is None:
            return self.first
        with uncollected():
            return with_more(self.first, self.fresh.records, self.told)

    @property
    def newest(self) -> AddedRows:
        """What further records are added to."""
        if self.fresh is None or "whole" in self.__dict__:
            return AddedRows(whole=self.whole)
        return self.fresh

    @property
    def lives(self) -> dict[str, AgreementLife]:
        """What became of each agreement, by its id: nothing that is added to rows alone changes it."""
        return self.first.outcome.lives

    @property
    def lines(self) -> list[Line]:
        """What is listed of each row."""
        return self.newest.lines()

    @property
    def told(self) -> Told:
        """What a journal told of itself beside its records."""
        return self._told or self.first.asked.told

    @property
    def asked(self) -> Asked:
        """The call: agreements, records and days."""
        return self.whole.asked

    @property
    def world(self) -> Together:
        """The agreements as read together."""
        return self.first.world

    @property
    def outcome(self) -> Outcome:
        """Everything that was found."""
        return self.whole.outcome
