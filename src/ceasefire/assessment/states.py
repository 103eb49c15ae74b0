"""The life of an agreement: when it entered into force, was suspended, and ended (design §7, §8)."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from attrs import frozen

from ceasefire.assessment.order import id_key
from ceasefire.assessment.phases import AGREEMENT_STEPS, AT_ONE_INSTANT, step
from ceasefire.assessment.wordings import Problem
from ceasefire.clock import FOREVER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ceasefire.agreement.terms import Agreement
    from ceasefire.assessment.decisions import Effect
    from ceasefire.assessment.order import IdKey
    from ceasefire.clock import Duration, Moment


class Moved(NamedTuple):
    """One move of a phase: when, by which trigger, into what, by which record and why."""

    at: int
    trigger: str
    to: str
    record: str | None
    code: str


class Suspended(NamedTuple):
    """One suspension, [start, end); `end` is FOREVER while it is open."""

    start: int
    end: int
    record: str
    resumed_by: str | None


@frozen
class Life:
    """What became of an agreement up to the day asked about."""

    #: The first instant in force; None if it has not been.
    entry: int | None
    #: The date or instant it is counted from where only a date was given.
    entry_stated: Moment | None
    #: The instant it ended; FOREVER while it has not.
    end: int
    #: When it ended; while it has not, the end of the current term, where it has one.
    until: int | None
    suspensions: tuple[Suspended, ...]
    moves: tuple[Moved, ...]
    #: What it entered into force by, and ended by; None where the text alone says so.
    entered_by: str | None
    ended_by: Ended | None
    #: Whether somebody has objected to the renewal of the present term: it is the last.
    objected: bool = False

    @property
    def state(self) -> str:
        """The state it is in."""
        return self.moves[-1].to if self.moves else "not_in_force"


class Entry(NamedTuple):
    """When an agreement entered into force, by its text or by a decision, and as that stated it."""

    at: int
    stated: Moment | None
    record: str | None = None


class Ended(NamedTuple):
    """How an agreement ended: by which trigger, at which record, and by what rule."""

    at: int
    trigger: str
    record: str | None
    code: str


def entry_of(agreement: Agreement, effects: Iterable[Effect], as_of: int) -> Entry | None:
    """Return when an agreement entered into force, or None if it has not; `effects` are in order of time."""
    found = [Entry(e.at, e.stated, e.record) for e in effects if e.does == "enter_into_force"]
    if agreement.in_force is not None:
        found.insert(0, Entry(agreement.in_force.bounds(agreement.timezone)[0], agreement.in_force))
    ended = min((e.at for e in effects if e.does == "terminate"), default=FOREVER)
    entry = min(found, key=lambda e: e.at, default=None)
    return entry if entry is not None and entry.at <= min(as_of, ended) else None


def life(
    agreement: Agreement,
    effects: Sequence[Effect],
    replaced_by: Entry | None,
    as_of: int,
    problems: list[Problem],
) -> Life:
    """Return the life of an agreement up to `as_of`, from the decisions that have taken effect."""
    own = [e for e in effects if e.target == agreement.id]
    entry = entry_of(agreement, own, as_of)
    if entry is not None and replaced_by is not None and replaced_by.at < entry.at:
        entry = None
    ends = [Ended(e.at, "terminated", e.record, e.code) for e in own if e.does == "terminate"]
    term_ends = None
    if entry is not None:
        term_ends, expired = _term(agreement, own, entry.at, as_of, problems)
        ends += [] if expired is None else [expired]
    if replaced_by is not None:
        ends.append(Ended(replaced_by.at, "replaced", replaced_by.record, by_what(replaced_by.record)))
    end = min(ends, key=lambda e: (e.at, AT_ONE_INSTANT[e.trigger]), default=None)
    ended = FOREVER if end is None else end.at
    # Each is open from entry into force at the earliest.
    begun = FOREVER if entry is None else entry.at
    suspensions = [s._replace(start=max(s.start, begun)) for s in suspensions_of(own, ended, problems)]
    triggers = suspension_triggers(suspensions, as_of)
    triggers += [] if entry is None else [(entry.at, "in_force", entry.record, by_what(entry.record))]
    triggers += [] if end is None else [end]
    return Life(
        None if entry is None else entry.at,
        None if entry is None else entry.stated,
        ended,
        term_ends if end is None else ended,
        tuple(suspensions),
        run(AGREEMENT_STEPS, "not_in_force", triggers),
        None if entry is None else entry.record,
        end,
        agreement.renewal == "tacit" and any(e.does == "object" for e in own),
    )


def by_what(record: str | None) -> str:
    """Return by what something came at an instant: a decision, where one put it there, else the text."""
    return "by_date" if record is None else "by_decision"


def run(
    table: dict[tuple[str, str], str], state: str, triggers: Iterable[tuple[int, str, str | None, str]]
) -> tuple[Moved, ...]:
    """Step through a table in the order of time and, at one instant, of design §8; keep what moved."""
    moves = []
    for at, trigger, record, code in sorted(triggers, key=_in_order):
        to = step(table, state, trigger)
        if to != state:
            moves.append(Moved(at, trigger, to, record, code))
            state = to
    return tuple(moves)


def _in_order(trigger: tuple[int, str, str | None, str]) -> tuple[int, int, list[IdKey]]:
    at, name, record, _ = trigger
    return at, AT_ONE_INSTANT[name], [] if record is None else [id_key(record)]


def suspension_triggers(
    suspensions: Iterable[Suspended], as_of: int
) -> list[tuple[int, str, str | None, str]]:
    """Return what the union of several suspensions does: one is open as long as the last of them."""
    triggers: list[tuple[int, str, str | None, str]] = []
    for merged in union(suspensions):
        triggers.append((merged.start, "suspended", merged.record, "by_decision"))
        if merged.end <= as_of:
            triggers.append((merged.end, "resumed", merged.resumed_by, by_what(merged.resumed_by)))
    return triggers


def union(suspensions: Iterable[Suspended]) -> list[Suspended]:
    """Return the half-open union of suspensions: overlapping and adjoining ones become one."""
    merged: list[Suspended] = []
    for suspension in sorted(suspensions, key=lambda s: (s.start, s.end)):
        if suspension.end <= suspension.start:
            continue
        if merged and suspension.start <= merged[-1].end:
            if suspension.end > merged[-1].end:
                merged[-1] = merged[-1]._replace(end=suspension.end, resumed_by=suspension.resumed_by)
        else:
            merged.append(suspension)
    return merged


def suspensions_of(effects: Iterable[Effect], end: int, problems: list[Problem]) -> list[Suspended]:
    """Return what suspend and resume decisions on one target make: [start, end) for each suspension.

    A resumption ends the suspension it names, else all that began strictly before it
    (docs/rules/agreements.md, Suspension). `end` is when what they are on ends: one that
    begins at that very instant, or later, is none.
    """
    effects = list(effects)
    late = [e.record for e in effects if e.does == "suspend" and e.at >= end]
    what = "suspends what has ended by then: it changes nothing"
    problems += [Problem(name, "no_effect", f"{name} {what}") for name in late]
    suspends = [e for e in effects if e.does == "suspend" and e.at < end]
    open_until = {e.record: (closing(e.until, e.zone) if e.until else FOREVER) for e in suspends}
    never = [e.record for e in suspends if open_until[e.record] <= e.at]
    what = "would end before it begins: it suspends nothing"
    problems += [Problem(name, "no_effect", f"{name} {what}") for name in never]
    by_record = {e.record: e for e in suspends}
    by: dict[str, str | None] = {}
    begun: list[Effect] = []
    coming = 0
    for resume in (e for e in effects if e.does == "resume"):
        while coming < len(suspends) and suspends[coming].at < resume.at:
            begun.append(suspends[coming])
            coming += 1
        if resume.of is None:
            meant, begun = begun, []  # each of them is over now
        else:
            named = by_record.get(resume.of)
            meant = [named] if named is not None and named.at <= resume.at else []
        meant = [e for e in meant if resume.at < open_until[e.record] and resume.at <= end]
        if not meant:
            what = f"{resume.record} resumes what was not suspended: it changes nothing"
            problems.append(Problem(resume.record, "no_effect", what))
        for suspend in meant:
            open_until[suspend.record] = resume.at
            by[suspend.record] = resume.record
    return [Suspended(e.at, open_until[e.record], e.record, by.get(e.record)) for e in suspends]


def closing(moment: Moment, zone: str) -> int:
    """Return the instant at which a window closes: at an instant itself, after a date with its day (§8)."""
    first, last = moment.bounds(zone)
    return first if first == last else last + 1


def _term(
    agreement: Agreement, effects: Iterable[Effect], entry: int, as_of: int, problems: list[Problem]
) -> tuple[int | None, Ended | None]:
    """Return the end of the last term and, if it has expired by `as_of`, how."""
    moving = [e for e in effects if e.does in ("renew", "extend")]
    if agreement.duration is None:
        problems += [
            Problem(e.record, "no_effect", f"{e.record}: {agreement.id} has no end that could be moved")
            for e in moving
        ]
        return None, None
    objections = [e for e in effects if e.does == "object"]
    term = _Term(agreement.duration, agreement.timezone, agreement.renewal, entry, objections)
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
    return term.ends, term.expired


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
