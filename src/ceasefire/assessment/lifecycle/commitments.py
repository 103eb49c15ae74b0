"""The life of a commitment: when it started, was suspended, released, ended.

docs/rules/commitments.md; docs/rules/time.md.

What all who owe it have in common; what each has done is added row by row.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ceasefire.assessment.codes import Problem
from ceasefire.assessment.lifecycle.deadlines import Deadline, stated
from ceasefire.assessment.lifecycle.phases import by_what
from ceasefire.assessment.lifecycle.postponements import deadline, window
from ceasefire.assessment.lifecycle.suspensions import suspension_triggers, suspensions_of, union
from ceasefire.assessment.lifecycle.tolling import Tolling, moved
from ceasefire.assessment.lifecycle.windows import Window
from ceasefire.clock import FOREVER, Instant
from ceasefire.instruments.oversight import closing
from ceasefire.values import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ceasefire.assessment.lifecycle.agreements import AgreementAsOf, AgreementLife
    from ceasefire.assessment.lifecycle.effects import Effect
    from ceasefire.assessment.lifecycle.precedence import Trigger
    from ceasefire.assessment.lifecycle.suspensions import Suspension
    from ceasefire.clock import Moment
    from ceasefire.instruments.terms import Commitment


class ConditionMet(Value):
    """How a condition was met: when, by which record, and what a duration is counted from."""

    at: int
    record: str | None
    code: str
    anchor: Moment


class Condition(Value):
    """What became of a condition: how it was met, and since when it can no longer be."""

    met: ConditionMet | None
    impossible: tuple[int, str | None] | None = None


class CommitmentLife(Value):
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


def commitment_life(
    commitment: Commitment, here: AgreementAsOf, condition: Condition | None, replaced: int
) -> tuple[CommitmentLife, list[Problem]]:
    """Return the life of a commitment up to the day, and a problem for each decision without effect.

    `replaced` is the instant at which another commitment takes its place.
    """
    own = [e for e in here.effects if e.target == commitment.name]
    postponed, immovable = _postponements(commitment, own)
    released = next((e for e in own if e.does == "release"), None)
    survives_end = "end" in commitment.survives and here.life.entry is not None
    end = min(FOREVER if survives_end else here.life.end, replaced)
    pauses, unfit = _pauses(commitment, here, own, end)
    tolling = Tolling(pauses, here.agreement.suspension == "tolls", here.as_of, end)
    ready = _ready(commitment, here)
    condition = _settled(condition, commitment, here, ready, tolling)
    start = _start(ready, condition, end if released is None else min(end, released.at), here.as_of)
    moment = stated(commitment, here.agreement, *_anchors(commitment, here, start, condition))
    closes, due = FOREVER, None
    moving: tuple[Effect, ...] = ()
    if commitment.duty == "achieve":
        due, unmoved = deadline(moment, here.agreement.timezone, postponed, start, tolling)
        moving = () if due is None else due.postponements
    else:
        closes, moving, unmoved = window(moment, here.agreement.timezone, postponed)
    if start is not None and (start >= closes or (due is not None and start > due.passes)):
        start = None
    found = CommitmentLife(
        commitment=commitment,
        start=start,
        end=end,
        closes=closes,
        released=FOREVER if released is None else released.at,
        deadline=due,
        pauses=tuple(pauses),
        triggers=(),
        postponements=moving,
        waits_until=_waits_until(start, condition, here.as_of),
    )
    found = replace(found, triggers=_triggers(found, here, condition, released))
    return found, [*immovable, *unfit, *unmoved]


def _postponements(
    commitment: Commitment, own: Sequence[Effect]
) -> tuple[list[tuple[Effect, Moment]], list[Problem]]:
    """Return what postpones the deadline or window of a commitment, if it has one, and to when."""
    found = [(e, e.until) for e in own if e.does == "postpone" and e.until is not None]
    if commitment.due or commitment.until or commitment.within:
        return found, []
    what = f"{commitment.name} has no deadline or window that could be moved"
    return [], [Problem(e.record, "no_effect", f"{e.record}: {what}") for e, _ in found]


def _ready(commitment: Commitment, here: AgreementAsOf) -> int | None:
    """Return when the agreement was in force and `starts` reached."""
    if here.life.entry is None:
        return None
    if commitment.starts is None:
        return here.life.entry
    return max(here.life.entry, commitment.starts.bounds(here.agreement.timezone)[0])


def _settled(
    condition: Condition | None,
    commitment: Commitment,
    here: AgreementAsOf,
    ready: int | None,
    tolling: Tolling,
) -> Condition | None:
    """Return what became of a condition, its window taken into account: met, impossible, or neither."""
    if condition is None:
        return None
    lost = condition.impossible
    if commitment.when is not None and commitment.when.until is not None:
        closes = Deadline(closing(commitment.when.until, here.agreement.timezone))
        closed = moved(closes, ready, tolling, grace=0).passes
        if lost is None or closed < lost[0]:
            lost = closed, None
    met = condition.met
    if lost is None or (met is not None and met.at < lost[0]):
        return Condition(met)
    return Condition(None, lost) if lost[0] < FOREVER else Condition(met)


def _start(ready: int | None, condition: Condition | None, before: int, as_of: int) -> int | None:
    """Return when it starts: when it can and its condition is met, if that is by a day and in time."""
    if ready is None:
        return None
    start = ready
    if condition is not None:
        if condition.met is None:
            return None
        start = max(ready, condition.met.at)
    return start if start <= as_of and start < before else None


def _waits_until(start: int | None, condition: Condition | None, as_of: int) -> int:
    """Return when the window of the condition closes that it waits for; FOREVER if it waits for none."""
    if start is not None or condition is None or condition.impossible is None:
        return FOREVER
    return condition.impossible[0] if condition.impossible[0] > as_of else FOREVER


def _anchors(
    commitment: Commitment, here: AgreementAsOf, start: int | None, condition: Condition | None
) -> tuple[Moment | None, Moment | None]:
    """Return what durations are counted from: entry into force, and becoming active.

    Each is a date where that is what was stated: of what met the condition last, of
    `starts`, or of entry into force.
    """
    life, agreement = here.life, here.agreement
    entry = agreement.in_force if life.entry is None else life.entry_stated or Instant(life.entry)
    if start is None:
        return entry, None
    met = condition.met if condition is not None else None
    if met is not None and start == met.at:
        return entry, met.anchor
    starts = commitment.starts
    own = starts is not None and starts.bounds(agreement.timezone)[0] == start
    return entry, starts if own else entry


def _pauses(
    commitment: Commitment, here: AgreementAsOf, own: Sequence[Effect], end: int
) -> tuple[list[Suspension], list[Problem]]:
    """Return the union of the suspensions that concern a commitment, up to a day."""
    life = here.life
    entry = FOREVER if life.entry is None else life.entry
    found = [] if "suspension" in commitment.survives else list(life.suspensions)
    if end > life.end:  # what survives the agreement is resumed when that ends, and its suspensions with it
        found = [replace(s, end=min(s.end, life.end)) for s in found]
    several, problems = suspensions_of(own, end)
    found += [replace(s, start=max(s.start, entry)) for s in several]
    # One that still lasts is open, also where it says until when; one open at the end is never resumed.
    last = min(here.as_of, end)
    together = union(s for s in found if s.start < end)
    return [s if s.end <= last else replace(s, end=FOREVER) for s in together], problems


def _started_by(start: int, condition: Condition | None, life: AgreementLife) -> tuple[str | None, str]:
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


def _triggers(
    found: CommitmentLife, here: AgreementAsOf, condition: Condition | None, released: Effect | None
) -> tuple[Trigger, ...]:
    """Return all that moves a commitment up to the day, whatever those who owe it have done."""
    start, due = found.start, found.deadline
    triggers = suspension_triggers(found.pauses, here.as_of)
    if start is not None:
        suspended = any(p.start <= start < p.end for p in found.pauses)
        name = "started_suspended" if suspended else "started"
        triggers.append((start, name, *_started_by(start, condition, here.life)))
    else:
        if condition is not None and condition.impossible is not None:
            at, record = condition.impossible
            triggers.append((at, "cannot_start", record, "by_condition"))
        if due is not None:
            triggers.append((due.passes, "cannot_start", due.postponed_by, "by_deadline"))
    if released is not None:
        triggers.append((released.at, "released", released.record, "by_decision"))
    triggers.append((found.end, "ended", *_ended_by(found.end, here.life)))
    by = found.postponements[-1].record if found.postponements else None
    closed = "window_closed" if start is not None else "cannot_start"
    triggers.append((found.closes, closed, by, by_what(by)))
    if found.commitment.hortatory and due is not None:
        triggers.append((due.passes, "deadline_passed", due.postponed_by, "by_deadline"))
    return tuple(trigger for trigger in triggers if trigger[0] <= here.as_of)
