"""The course of a commitment: when it started, was suspended, released, ended.

docs/rules/commitments.md; docs/rules/time.md.

What all who owe it have in common; what each has done is added row by row.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from attrs import frozen

from ceasefire.assessment.codes import Problem
from ceasefire.assessment.lifecycle.deadlines import Deadline, deadline, moved, stated, waiting, window
from ceasefire.assessment.lifecycle.phases import by_what
from ceasefire.assessment.lifecycle.suspensions import suspension_triggers, suspensions_of, union
from ceasefire.assessment.lifecycle.windows import Window
from ceasefire.clock import FOREVER, Instant
from ceasefire.instruments.oversight import closing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ceasefire.assessment.lifecycle.agreements import AgreementLife
    from ceasefire.assessment.lifecycle.effects import Effect
    from ceasefire.assessment.lifecycle.suspensions import Suspension
    from ceasefire.clock import Moment
    from ceasefire.instruments.terms import Agreement, Commitment

Trigger = tuple[int, str, str | None, str]


class ConditionMet(NamedTuple):
    """How a condition was met: when, by which record, and what a duration is counted from."""

    at: int
    record: str | None
    code: str
    anchor: Moment


class Condition(NamedTuple):
    """What became of a condition: how it was met, and since when it can no longer be."""

    met: ConditionMet | None
    impossible: tuple[int, str | None] | None = None


@frozen
class CommitmentLife:
    """A commitment's life, but for what each who owes it has done."""

    commitment: Commitment
    #: None while it has not started.
    start: int | None
    #: When the agreement's end, or its replacement, ends it; FOREVER without one.
    end: int
    #: When its own window closes; FOREVER without one.
    closes: int
    released: int
    deadline: Deadline | None
    pauses: tuple[Suspension, ...]
    triggers: tuple[Trigger, ...]
    #: The decisions that postponed its deadline or the end of its window, in order of time.
    postponements: tuple[Effect, ...] = ()
    #: While it waits for its condition: when the window of that closes; FOREVER without one.
    waits_until: int = FOREVER

    @property
    def over(self) -> int:
        """The instant from which acts no longer concern it."""
        return min(self.end, self.closes, self.released)

    @property
    def window(self) -> Window | None:
        """When acts concern it; None before it has started."""
        if self.start is None:
            return None
        return Window(self.start, self.over, tuple((p.start, p.end) for p in self.pauses))

    @property
    def postponed_by(self) -> str | None:
        """The decision that postponed its deadline last."""
        return self.deadline.postponed_by if self.deadline is not None else None

    def pause_at(self, instant: int) -> Suspension | None:
        """Return the suspension in which an instant lies, or None."""
        begun = bisect_right(self.pauses, instant, key=lambda p: p.start)
        return self.pauses[begun - 1] if begun and instant < self.pauses[begun - 1].end else None

    def suspended_at(self, instant: int) -> bool:
        """Tell whether it was suspended at an instant."""
        return self.pause_at(instant) is not None

    def lateness_at(self, as_of: int) -> Deadline | None:
        """Return the deadline if it has passed and is judged: before release, at or before the end."""
        if self.deadline is None or self.start is None or self.deadline.passes > as_of:
            return None
        passes = self.deadline.passes
        return self.deadline if passes <= self.end + 1 and passes < self.released else None


def course(  # noqa: PLR0913 – everything a commitment's life hangs on
    commitment: Commitment,
    agreement: Agreement,
    life: AgreementLife,
    effects: Sequence[Effect],
    condition: Condition | None,
    replaced: int,
    as_of: int,
    problems: list[Problem],
) -> CommitmentLife:
    """Return the course of a commitment up to `as_of`."""
    own = [e for e in effects if e.target == commitment.name]
    postponed = _postponements(commitment, own, problems)
    released = next(((e.at, e.record) for e in own if e.does == "release"), (FOREVER, None))
    survives_end = "end" in commitment.survives and life.entry is not None
    end = min(FOREVER if survives_end else life.end, replaced)
    pauses = _pauses(commitment, life, own, end, as_of, problems)
    ready = _ready(commitment, agreement, life)
    lost = _lost(condition, agreement, ready, pauses, commitment, as_of)
    start = _start(ready, condition, lost, end, released[0], as_of)
    moment = stated(commitment, agreement, *_anchors(commitment, agreement, life, start, condition))
    closes, due = FOREVER, None
    moving: tuple[Effect, ...] = ()
    if commitment.duty == "achieve":
        due = _deadline(moment, agreement, postponed, start, pauses, end, as_of, problems)
        moving = () if due is None else due.postponements
    else:
        closes, moving = window(moment, agreement.timezone, postponed, problems)
    if start is not None and (start >= closes or (due is not None and start > due.passes)):
        start = None
    triggers = _triggers(start, _started_by(start, condition, life), lost, due, pauses, as_of)
    triggers += [(released[0], "released", released[1], "by_decision")] if released[0] <= as_of else []
    triggers += [(end, "ended", *_ended_by(end, life))] if end <= as_of else []
    if closes <= as_of:
        closed = "window_closed" if start is not None else "cannot_start"
        by = moving[-1].record if moving else None
        triggers.append((closes, closed, by, by_what(by)))
    if commitment.hortatory and due is not None and due.passes <= as_of:
        triggers.append((due.passes, "deadline_passed", due.postponed_by, "by_deadline"))
    waits_until = lost[0] if start is None and lost[0] > as_of else FOREVER
    return CommitmentLife(
        commitment, start, end, closes, released[0], due, tuple(pauses), tuple(triggers), moving, waits_until
    )


def _deadline(  # noqa: PLR0913 – all of it bears on when a deadline passes
    moment: Moment | None,
    agreement: Agreement,
    postponed: Sequence[tuple[Effect, Moment]],
    start: int | None,
    pauses: Sequence[Suspension],
    end: int,
    as_of: int,
    problems: list[Problem],
) -> Deadline | None:
    """Return when the deadline passes: never, if it had not when the commitment ended while suspended."""
    tolls = agreement.suspension == "tolls"
    due = deadline(
        moment, agreement.timezone, postponed, start, pauses, tolls=tolls, as_of=as_of, problems=problems
    )
    if due is None or end > as_of:
        return due
    at_the_end = next((p for p in pauses if p.end == FOREVER), None)
    return waiting(due) if at_the_end is not None and at_the_end.start <= due.passes else due


def _postponements(
    commitment: Commitment, own: Sequence[Effect], problems: list[Problem]
) -> list[tuple[Effect, Moment]]:
    """Return what postpones the deadline or window of a commitment, if it has one, and to when."""
    found = [(e, e.until) for e in own if e.does == "postpone" and e.until is not None]
    if commitment.due or commitment.until or commitment.within:
        return found
    what = f"{commitment.name} has no deadline or window that could be moved"
    problems += [Problem(e.record, "no_effect", f"{e.record}: {what}") for e, _ in found]
    return []


def _ready(commitment: Commitment, agreement: Agreement, life: AgreementLife) -> int | None:
    """Return when the agreement was in force and `starts` reached."""
    if life.entry is None:
        return None
    starts = -FOREVER if commitment.starts is None else commitment.starts.bounds(agreement.timezone)[0]
    return max(life.entry, starts)


def _lost(  # noqa: PLR0913 – the condition and what moves its window
    condition: Condition | None,
    agreement: Agreement,
    ready: int | None,
    pauses: Sequence[Suspension],
    commitment: Commitment,
    as_of: int,
) -> tuple[int, str | None]:
    """Return the instant from which the condition can no longer be met, and the record that says so."""
    if condition is None:
        return FOREVER, None
    lost = condition.impossible or (FOREVER, None)
    if commitment.when is not None and commitment.when.until is not None:
        closes = Deadline(closing(commitment.when.until, agreement.timezone))
        tolls = agreement.suspension == "tolls"
        closed = moved(closes, ready, pauses, tolls=tolls, as_of=as_of, grace=0)
        lost = min(lost, (closed.passes, None), key=lambda x: x[0])
    met = condition.met
    return (FOREVER, None) if met is not None and met.at < lost[0] else lost


def _start(  # noqa: PLR0913 – everything that can keep it from starting
    ready: int | None,
    condition: Condition | None,
    lost: tuple[int, str | None],
    end: int,
    released: int,
    as_of: int,
) -> int | None:
    if ready is None:
        return None
    start = ready
    if condition is not None:
        if condition.met is None or lost[0] < FOREVER:
            return None
        start = max(ready, condition.met.at)
    return start if start <= as_of and start < end and start < released else None


def _anchors(
    commitment: Commitment,
    agreement: Agreement,
    life: AgreementLife,
    start: int | None,
    condition: Condition | None,
) -> tuple[Moment | None, Moment | None]:
    """Return what durations are counted from: entry into force, and becoming active.

    Each is a date where that is what was stated: of what met the condition last, of
    `starts`, or of entry into force.
    """
    entry = agreement.in_force if life.entry is None else life.entry_stated or Instant(life.entry)
    if start is None:
        return entry, None
    met = condition.met if condition is not None else None
    if met is not None and start == met.at:
        return entry, met.anchor
    starts = commitment.starts
    own = starts is not None and starts.bounds(agreement.timezone)[0] == start
    return entry, starts if own else entry


def _pauses(  # noqa: PLR0913 – the suspensions of the agreement and its own, up to a day
    commitment: Commitment,
    life: AgreementLife,
    own: Sequence[Effect],
    end: int,
    as_of: int,
    problems: list[Problem],
) -> list[Suspension]:
    """Return the union of the suspensions that concern a commitment."""
    entry = FOREVER if life.entry is None else life.entry
    found = [] if "suspension" in commitment.survives else list(life.suspensions)
    if end > life.end:  # what survives the agreement is resumed when that ends, and its suspensions with it
        found = [s._replace(end=min(s.end, life.end)) for s in found]
    found += [s._replace(start=max(s.start, entry)) for s in suspensions_of(own, end, problems)]
    # One that still lasts is open, also where it says until when; one open at the end is never resumed.
    last = min(as_of, end)
    return [s if s.end <= last else s._replace(end=FOREVER) for s in union(s for s in found if s.start < end)]


def _started_by(
    start: int | None, condition: Condition | None, life: AgreementLife
) -> tuple[str | None, str]:
    """Return by what a commitment starts: what met its condition, the decision that brought it into force."""
    met = condition.met if condition is not None else None
    if met is not None and met.at == start:
        return met.record, met.code
    record = life.entered_by if life.entry == start else None
    return record, by_what(record)


def _ended_by(end: int, life: AgreementLife) -> tuple[str | None, str]:
    """Return by what a commitment ends: as its agreement did, or by the text of one that replaces it."""
    ended = life.ended_by
    return (None, "by_date") if ended is None or ended.at != end else (ended.record, ended.code)


def _triggers(  # noqa: PLR0913 – everything that moves a commitment by itself
    start: int | None,
    started_by: tuple[str | None, str],
    lost: tuple[int, str | None],
    due: Deadline | None,
    pauses: Sequence[Suspension],
    as_of: int,
) -> list[Trigger]:
    triggers = suspension_triggers(pauses, as_of)
    if start is None:
        cannot = [(lost[0], lost[1], "by_condition")]
        cannot += [(due.passes, due.postponed_by, "by_deadline")] if due is not None else []
        return triggers + [(at, "cannot_start", record, code) for at, record, code in cannot if at <= as_of]
    suspended = any(p.start <= start < p.end for p in pauses)
    triggers.append((start, "started_suspended" if suspended else "started", *started_by))
    return triggers
