"""What was asked and what was found, as lists and sentences ask for it; users hold an `Assessment` of it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from attrs import field, frozen

from ceasefire.assessment.incremental.lazy import LazyEvaluation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ceasefire.instruments.terms import Agreement
    from ceasefire.record import Record


@frozen(slots=False, eq=False)
class View(LazyEvaluation):
    """What was found, with the questions that lists and sentences ask of it."""

    #: For whom it was made, where that was asked for: what is not there is then told as not released to it.
    shown_to: str | None = field(default=None, kw_only=True)

    @property
    def agreements(self) -> tuple[Agreement, ...]:
        """The agreements assessed, in the order of the call."""
        return self.first.asked.agreements

    @property
    def timezone(self) -> str:
        """The IANA time zone in which dates are read."""
        return self.world.timezone

    @property
    def as_of(self) -> int:
        """The last instant looked at, in microseconds of UTC."""
        return self.first.asked.as_of

    @property
    def since(self) -> int | None:
        """The first instant of the period, in microseconds of UTC, or None."""
        return self.first.asked.since

    @property
    def relays(self) -> bool:
        """Whether relayed statements count as their speakers'."""
        return self.first.asked.relays

    @property
    def audience(self) -> str:
        """For whom it was made, else who may see all: `author` with records for the author's eyes alone."""
        if self.shown_to is not None:
            return self.shown_to
        return "author" if any(r.release == "author" for r in self.asked.records) else "mechanism"

    @cached_property
    def records(self) -> Mapping[str, Record]:
        """The newest wording of each record looked at, by its id."""
        return {name: entry.record for name, entry in self.outcome.known.wordings.by_id.items()}

    @cached_property
    def looked_at(self) -> int:
        """How many records tell of what had occurred by the day asked about, or are on such a record."""
        return self.outcome.known.looked_at()
