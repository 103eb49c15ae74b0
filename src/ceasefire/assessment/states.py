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

    agreement: str
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

    @property
    def state(self) -> str:
        """The state it is in."""
        return self.moves[-1].to if self.moves else "not_in_force"


class Entry(NamedTuple):
    """How an agreement entered into force: when, by which decision (None: by its text), and as stated."""

    at: int
    record: str | None
    stated: Moment | None


def entry_of(agreement: Agreement, effects: Iterable[Effect], as_of: int) -> Entry | None:
    """Return when an agreement entered into force and by which decision, or None if it has not."""
    found: list[Entry] = []
    if not agreement.by_decision and agreement.in_force is not None:
        found.append(Entry(agreement.in_force.bounds(agreement.timezone)[0], None, agreement.in_force))
    found += [Entry(e.at, e.record, e.stated) for e in effects if e.does == "enter_into_force"]
    ended = min((e.at for e in effects if e.does == "terminate"), default=FOREVER)
    entry = min(found, key=lambda f: (f.at, id_key(f.record or "")), default=None)
    return entry if entry is not None and entry.at <= min(as_of, ended) else None


def life(
    agreement: Agreement,
    effects: Sequence[Effect],
    replaced_at: tuple[int, str] | None,
    as_of: int,
    problems: list[Problem],
) -> Life:
    """Return the life of an agreement up to `as_of`, from the decisions that have taken effect."""
    own = [e for e in effects if e.target == agreement.id]
    entry = entry_of(agreement, own, as_of)
    if entry is not None and replaced_at is not None and replaced_at[0] < entry[0]:
        entry = None
    ends: list[tuple[int, str, str | None, str]] = []
    term_ends = None
    if entry is not None:
        term_ends, expired = _term(agreement, own, entry[0], as_of, problems)
        ends += [(expired, "expired", None, "by_date")] if expired is not None else []
    ends += [(e.at, "terminated", e.record, "by_decision") for e in own if e.does == "terminate"]
    if replaced_at is not None:
        ends.append((replaced_at[0], "replaced", None, "by_date"))
    end = min(ends, key=lambda e: (e[0], AT_ONE_INSTANT[e[1]], e[2] or ""), default=None)
    if end is None:
        end = (FOREVER, "", None, "")
    suspensions = _suspensions(own, FOREVER if entry is None else entry[0], end[0], problems)
    triggers: list[tuple[int, str, str | None, str]] = [end] if end[1] else []
    if entry is not None:
        triggers.append((entry[0], "in_force", entry[1], "by_decision" if entry[1] else "by_date"))
        triggers += suspension_triggers(suspensions, as_of)
    return Life(
        agreement.id,
        None if entry is None else entry[0],
        None if entry is None else entry.stated,
        end[0],
        term_ends if end[0] == FOREVER else end[0],
        tuple(suspensions),
        run(AGREEMENT_STEPS, "not_in_force", triggers),
    )


def run(
    table: dict[tuple[str, str], str], state: str, triggers: Iterable[tuple[int, str, str | None, str]]
) -> tuple[Moved, ...]:
    """Step through a table in the order of time and, at one instant, of design §8; keep what moved."""
    moves = []
    for at, trigger, record, code in sorted(triggers, key=lambda t: (t[0], AT_ONE_INSTANT[t[1]], t[2] or "")):
        to = step(table, state, trigger)
        if to != state:
            moves.append(Moved(at, trigger, to, record, code))
            state = to
    return tuple(moves)


def suspension_triggers(
    suspensions: Iterable[Suspended], as_of: int
) -> list[tuple[int, str, str | None, str]]:
    """Return what the union of several suspensions does: one is open as long as the last of them."""
    triggers: list[tuple[int, str, str | None, str]] = []
    for merged in union(suspensions):
        triggers.append((merged.start, "suspended", merged.record, "by_decision"))
        if merged.end <= as_of:
            code = "by_date" if merged.resumed_by is None else "by_decision"
            triggers.append((merged.end, "resumed", merged.resumed_by, code))
    return triggers


def union(suspensions: Iterable[Suspended]) -> list[Suspended]:
    """Return the half-open union of suspensions: overlapping and adjoining ones become one."""
    merged: list[Suspended] = []
    for suspension in sorted(suspensions):
        if suspension.end <= suspension.start:
            continue
        if merged and suspension.start <= merged[-1].end:
            if suspension.end > merged[-1].end:
                merged[-1] = merged[-1]._replace(end=suspension.end, resumed_by=suspension.resumed_by)
        else:
            merged.append(suspension)
    return merged


def _suspensions(effects: Iterable[Effect], entry: int, end: int, problems: list[Problem]) -> list[Suspended]:
    """Return each suspension of an agreement, open from entry into force at the earliest.

    One that is open when the agreement ends was never resumed: it stays open.
    """
    found = [s._replace(start=max(s.start, entry)) for s in suspensions_of(effects, problems)]
    return [s if s.end <= end else s._replace(end=FOREVER) for s in found if s.start < min(s.end, end)]


def suspensions_of(effects: Iterable[Effect], problems: list[Problem]) -> list[Suspended]:
    """Return what suspend and resume decisions on one target make: [start, end) for each suspension.

    A resumption ends the suspension it names, else all that began before it.
    """
    effects = list(effects)
    suspends = [e for e in effects if e.does == "suspend"]
    open_until = {e.record: (closing(e.until, e.zone) if e.until else FOREVER) for e in suspends}
    by_record = {e.record: e for e in suspends}
    by: dict[str, str | None] = {}
    begun: list[Effect] = []
    coming = 0
    for resume in (e for e in effects if e.does == "resume"):
        while coming < len(suspends) and suspends[coming].at <= resume.at:
            begun.append(suspends[coming])
            coming += 1
        named = by_record.get(resume.of) if resume.of is not None else None
        meant = begun if resume.of is None else [named] if named is not None and named.at <= resume.at else []
        meant = [e for e in meant if resume.at < open_until[e.record]]
        if resume.of is None:
            begun = []  # each of them is over now
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
) -> tuple[int | None, int | None]:
    """Return the end of the current term and, if it has expired by `as_of`, when."""
    moving = [e for e in effects if e.does in ("renew", "extend")]
    if agreement.duration is None:
        problems += [
            Problem(e.record, "no_effect", f"{e.record}: {agreement.id} has no end that could be moved")
            for e in moving
        ]
        return None, None
    objections = sorted(e.at for e in effects if e.does == "object")
    term = _Term(agreement.duration, agreement.timezone, agreement.renewal, entry, objections)
    for effect in moving:
        term.roll(effect.at)
        target = closing(effect.until, effect.zone) if effect.until else 0
        if term.expired is not None or (effect.does == "extend" and target <= effect.at):
            what = f"{effect.record} moves the end of {agreement.id} too late, or to an instant already past"
            problems.append(Problem(effect.record, "no_effect", f"{what}: no effect"))
        elif effect.does == "renew":
            term.times += 1
        else:
            term.anchor, term.times = target, 0
    term.roll(as_of)
    return (None if term.expired is not None else term.ends), term.expired


class _Term:
    """The running term of an agreement with a duration, counted from one anchor in whole durations."""

    def __init__(
        self, duration: Duration, zone: str, renewal: str, entry: int, objections: Sequence[int]
    ) -> None:
        self.duration, self.zone, self.renewal = duration, zone, renewal
        self.anchor, self.times = entry, 1
        self.objections = objections
        self.expired: int | None = None

    @property
    def ends(self) -> int:
        return self._end(self.times)

    def roll(self, instant: int) -> None:
        """Pass every end up to `instant`: renew by itself, or expire."""
        if self.expired is not None or self.ends > instant:
            return
        if self.renewal not in ("automatic", "tacit"):
            self.expired = self.ends
            return
        if self.renewal == "tacit" and self.objections:
            # The first end after the first objection is the one that is not renewed.
            last = self._first_after(self.objections[0])
            if self._end(last) <= instant:
                self.times, self.expired = last, self._end(last)
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
