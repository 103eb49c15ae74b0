"""Published counts: how many, of what, by whom they are said to be, and how they were come by.

A count is a count: it is not judged. Only one that is a ruling, and says that so many
acts were found to be breaches, is judged as any claim is (`docs/rules/records.md`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from ceasefire.clock import Lasting, Occurrence
from ceasefire.errors import RecordError, did_you_mean, nearest
from ceasefire.record.envelope import Record
from ceasefire.record.fields import (
    Toll,
    counts,
    identifier,
    identifiers,
    optional_period,
    optional_text,
    optional_whole,
    toll,
    true_if_true,
)

if TYPE_CHECKING:
    from collections.abc import Sequence


@frozen(kw_only=True, eq=False, repr=False)
class Tally(Record):
    """A published count, or the answer to another's; a count is a count, and only a ruling is judged."""

    kind = "tally"
    required = (("count", "by_zone", "answers", "pending", "killed", "injured"),)
    together = ("period", "at_least", "cumulative", "by_zone", "read", "ruled", "through")

    period: Occurrence | None = field(default=None, converter=optional_period)
    count: int | None = field(default=None, converter=optional_whole)
    #: Whether `count` is a lower bound: so many or more.
    at_least: bool = field(default=False, converter=true_if_true)
    #: Whether it is of everything since the start of the period, and so contains earlier counts.
    cumulative: bool = field(default=False, converter=true_if_true)
    #: Absent: the whole.
    zone: str | None = field(default=None, converter=identifier)
    #: Stated parts by zone, as pairs; never added up.
    by_zone: tuple[tuple[str, int], ...] = field(factory=tuple, converter=counts)
    #: Zones of `by_zone` whose figures the compiler inferred: nobody published them.
    read: tuple[str, ...] = field(factory=tuple, converter=identifiers)
    act: str | None = field(default=None, converter=identifier)
    #: The published word, such as "cases of firing".
    unit: str | None = field(default=None, converter=optional_text)
    of_which: tuple[tuple[str, int], ...] = field(factory=tuple, converter=counts)
    #: Party ids: whose acts are counted, and against whom; empty when nobody is named.
    accused: tuple[str, ...] = field(factory=tuple, converter=identifiers)
    against: tuple[str, ...] = field(factory=tuple, converter=identifiers)
    #: Whether so many acts were found to be breaches by those accused.
    ruled: bool = field(default=False, converter=true_if_true)
    #: How many are still under inquiry: beside the count, never a part of it.
    pending: int | None = field(default=None, converter=optional_whole)
    killed: Toll | None = field(default=None, converter=toll)
    injured: Toll | None = field(default=None, converter=toll)
    #: Who published it, if neither `by` nor `said_by`.
    through: str | None = field(default=None, converter=identifier)
    #: The id of the tally this one answers.
    answers: str | None = field(default=None, converter=identifier)
    confirmed: int | None = field(default=None, converter=optional_whole)
    not_confirmed: int | None = field(default=None, converter=optional_whole)
    not_covered: int | None = field(default=None, converter=optional_whole)

    def __attrs_post_init__(self) -> None:
        """Check that a count has a period, that an answer answers, and what a count alone may say."""
        super().__attrs_post_init__()
        if self.through is not None and self.through in (self.by, self.said_by):
            object.__setattr__(self, "through", None)
        counted = [value for value in (self.count, self.by_zone) if value not in (None, ())]
        figures = [*counted, *(v for v in (self.pending, self.killed, self.injured) if v is not None)]
        if self.period is None and (counted or (figures and self.answers is None)):
            raise RecordError('a count needs its period: a date, or {"from": …, "to": …}')
        self._check_answer(figures)
        for name in ("at_least", "ruled"):
            if getattr(self, name) and self.count is None:
                raise RecordError(f"{name} says something of a count: write count, or leave it out")
        if self.cumulative and not isinstance(self.period, Lasting):
            raise RecordError(
                'cumulative counts from a start: write the period as {"from": …, "to": …}, or leave it out'
            )
        places = [zone for zone, _ in self.by_zone]
        for zone in self.read:
            if zone not in places:
                guess = did_you_mean(nearest(zone, places))
                raise RecordError(
                    f"read names {zone!r}, which is no zone of by_zone{guess or ': add it there'}"
                )

    def _check_answer(self, figures: Sequence[object]) -> None:
        """Check that what answers a tally says which, and that it says something of it."""
        answered = [v for v in (self.confirmed, self.not_confirmed, self.not_covered) if v is not None]
        if self.answers is None and answered:
            raise RecordError(
                "confirmed, not_confirmed and not_covered answer a tally: write answers, its id"
            )
        if self.answers is not None and not (answered or figures):
            raise RecordError("an answer to a tally needs confirmed, not_confirmed or not_covered")
