"""What was asked and what was found, as whoever reads an answer asks for it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from attrs import field, frozen

from ceasefire.assessment.incremental.lazy import LazyEvaluation
from ceasefire.assessment.knowledge.release import missing
from ceasefire.assessment.result.reasons import reasons

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ceasefire.assessment.knowledge.seals import Sealed
    from ceasefire.assessment.result.reasons import Reason
    from ceasefire.instruments.terms import Agreement
    from ceasefire.record import Record


@frozen(slots=False, eq=False)
class View(LazyEvaluation):
    """What was found, with the questions that lists, sentences and reports ask of it."""

    #: For whom it was made, where that was asked for: what is not there is then told as not released to it.
    shown_to: str | None = field(default=None, kw_only=True)

    #: The reasons of rows that were asked for so far: a cache, which changes no answer.
    _reasons: dict[tuple[str, str | None], tuple[Reason, ...]] = field(init=False, factory=dict)

    def reasons_of(self, commitment: str, owed_by: str | None) -> tuple[Reason, ...]:
        """Return the reasons of a row, in the order of time and records; none of a row that is not there."""
        key = commitment, owed_by
        if key not in self._reasons:
            row = self.whole.rows.get(key)
            self._reasons[key] = () if row is None else tuple(reasons(row))
        return self._reasons[key]

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
    def known_at(self) -> int | None:
        """The instant of knowledge, in microseconds of UTC, or None for all that is known."""
        return self.first.asked.known_at

    @property
    def since(self) -> int | None:
        """The first instant of the period, in microseconds of UTC, or None."""
        return self.first.asked.since

    @property
    def relays(self) -> bool:
        """Whether relayed statements count as their speakers'."""
        return self.first.asked.relays

    @property
    def sealed(self) -> tuple[Sealed, ...]:
        """How much of the records of each author with a declared key is under seal."""
        return self.outcome.sealed

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

    @cached_property
    def began(self) -> Mapping[str, int]:
        """The latest instant at which each act may have begun, by its record: periods count it by that."""
        return {name: times.last for name, times in self.outcome.known.times.items()}

    @cached_property
    def missing(self) -> frozenset[str]:
        """The ids of records that are pointed at and not among those given, or given without their bodies."""
        named = missing(self.asked.records, self.asked.known_at, self.records.values())
        gone = frozenset(name for name in named if self.outcome.full_name(name) is None)
        return gone | self.outcome.known.absent.keys()
