"""The term of an agreement: renewed, extended, over (docs/rules/agreements.md, "Duration and renewal")."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from ceasefire.assessment.codes import Problem
from ceasefire.assessment.lifecycle.phases import by_what
from ceasefire.instruments.oversight import closing
from ceasefire.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ceasefire.assessment.lifecycle.effects import Effect
    from ceasefire.clock import Duration
    from ceasefire.instruments.terms import Agreement


class Ended(Value):
    """How an agreement ended: by which trigger, at which record, and by what rule."""

    at: int
    trigger: str
    record: str | None
    code: str


def term_of(
    agreement: Agreement, effects: Iterable[Effect], entry: int, as_of: int
) -> tuple[int | None, Ended | None, list[Problem]]:
    """Return the end of the last term; if it has expired by `as_of`, how; and what moves no end of it."""
    moving = [e for e in effects if e.does in ("renew", "extend")]
    if agreement.duration is None:
        what = f"{agreement.id} has no end that could be moved"
        return None, None, [Problem(e.record, "no_effect", f"{e.record}: {what}") for e in moving]
    objections = [e for e in effects if e.does == "object"]
    term = _Term(agreement.duration, agreement.timezone, agreement.renewal, entry, objections)
    problems = []
    for effect in moving:
        term.roll(effect.at)
        until = effect.until if effect.does == "extend" else None
        target = None if until is None else closing(until, effect.zone)
        if term.expired is not None or (target is not None and target <= effect.at):
            what = f"{effect.record} moves the end of {agreement.id} too late, or to an instant already past"
            problems.append(Problem(effect.record, "no_effect", f"{what}: no effect"))
        else:
            term.moved_by = effect.record
            if target is None:
                term.times += 1
            else:
                term.anchor, term.times = target, 0
    term.roll(as_of)
    return term.ends, term.expired, problems


class _Term:
    """The running term of an agreement with a duration, counted from one anchor in whole durations."""

    def __init__(
        self, duration: Duration, zone: str, renewal: str, entry: int, objections: Sequence[Effect]
    ) -> None:
        self.duration, self.zone, self.renewal = duration, zone, renewal
        self.anchor, self.times = entry, 1
        #: In order of time.
        self.objections = objections
        #: The decision that moved its end last.
        self.moved_by: str | None = None
        self.expired: Ended | None = None

    @property
    def ends(self) -> int:
        return self._end(self.times)

    def roll(self, instant: int) -> None:
        """Pass every end up to `instant`: renew by itself, or expire."""
        if self.expired is not None or self.ends > instant:
            return
        if self.renewal not in ("automatic", "tacit"):
            self.expired = Ended(self.ends, "expired", self.moved_by, by_what(self.moved_by))
            return
        if self.renewal == "tacit" and self.objections:
            # The first end after the first objection is the one that is not renewed.
            first = self.objections[0]
            last = self._first_after(first.at)
            if self._end(last) <= instant:
                self.times, self.expired = last, Ended(self._end(last), "expired", first.record, "by_date")
                return
        self.times = self._first_after(instant)

    def _first_after(self, instant: int) -> int:
        """Return the least number of durations, from the present one on, that ends after an instant."""
        high = self.times
        while self._end(high) <= instant:
            high += high + 1
        return bisect_right(range(high), instant, lo=self.times, key=self._end)

    def _end(self, times: int) -> int:
        return self.duration.after_us(self.anchor, self.zone, times)
