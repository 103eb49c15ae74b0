"""Where a commitment is in its life, by stepping over its critical instants in the order of docs/rules/time.md."""

from . import conditions
from .agreement_states import covered, life
from .book import Commitment, listed
from .deadlines import Deadline, Spans, deadline, window, written
from .decisions import effects, suspensions, union
from .history import History
from .instants import Moment, instant
from .performances import Performance, by_bearer
from .world import World

FINAL = ("fulfilled", "concluded", "lapsed", "released")
ORDER = ["suspended", "resumed", "released", "started", "performed", "deadline", "ended", "closed"]


def spans_of(world: World, commitment: Commitment) -> Spans:
    """When the commitment is suspended, itself or with its agreement."""
    entered = life(world, commitment.agreement).entered
    if entered is None:
        return []
    own = [(max(low, entered), high) for low, high in suspensions(world, commitment.name)]
    whole = [] if commitment.survives("suspension") else life(world, commitment.agreement).suspended
    whole = [(max(low, entered), high) for low, high in whole if high is None or high > entered]
    end = end_of(world, commitment)  # nothing starts at or after it
    return union([span for span in own + whole if end is None or span[0] < end])


def end_of(world: World, commitment: Commitment) -> int | None:
    """When its agreement's end ends it."""
    found = life(world, commitment.agreement)
    survives = commitment.survives("end") and found.entered is not None
    ends = [] if survives or found.ended is None else [found.ended]
    for agreement in world.book.agreements:
        entered = life(world, agreement).entered
        for other in agreement.commitments:
            replaced = [
                world.book.commitment(name, agreement.id) for name in listed(other.raw.get("replaces"))
            ]
            if entered is not None and commitment in replaced:
                ends.append(entered)
    return min(ends, default=None)


def start_of(world: World, commitment: Commitment, spans: Spans) -> tuple[int | None, Moment | None]:
    """When nothing is left that keeps it from starting, and the moment `within` is counted from."""
    entered = life(world, commitment.agreement).entered
    starts = written(commitment, "starts")
    begun = None if entered is None else max(entered, starts.begins if starts else entered)
    condition = conditions.condition(world, commitment, spans)
    if begun is None or begun > world.as_of:
        return None, None
    if condition is not None and condition.met is None:
        return None, None
    if condition is not None and condition.met >= begun:
        return condition.met, condition.moment
    return begun, as_stated(world, commitment, begun)


def as_stated(world: World, commitment: Commitment, begun: int) -> Moment:
    """What brought it to its start, as precisely as it was stated: its own `starts`, else entry into force."""
    starts = written(commitment, "starts")
    if starts is not None and starts.begins == begun:
        return starts
    return life(world, commitment.agreement).entry or instant(begun)


def barred(world: World, commitment: Commitment, spans: Spans) -> list[int]:
    """When it can no longer start, its own end, window and deadline apart."""
    condition = conditions.condition(world, commitment, spans)
    return [] if condition is None or condition.hopeless is None else [condition.hopeless]


def resumptions(world: World, commitment: Commitment, spans: Spans) -> list[int]:
    """When it is resumed; what is suspended still when it ends never is."""
    decided = suspensions(world, commitment.name) + suspensions(world, commitment.agreement.id)
    end = end_of(world, commitment)
    resumed = {high for _, high in union(decided)}
    return [high for _, high in spans if high is not None and (high != end or high in resumed)]


def happenings(world: World, commitment: Commitment, row: History, active: Moment | None) -> list[tuple]:
    """Everything that may move the row, performances apart, as (instant, trigger)."""
    spans = row.spans
    found = [(low, "suspended") for low, _ in spans]
    found += [(at, "resumed") for at in resumptions(world, commitment, spans)]
    found += [(e.at, "released") for e in effects(world, commitment.name, "release")]
    found += [(at, "barred") for at in barred(world, commitment, spans)]
    if row.start is not None:
        found.append((row.start, "started"))
    closes = window(world, commitment, active)
    if closes is not None:
        found.append((closes.ends, "closed"))
    end = end_of(world, commitment)
    if end is not None:
        found.append((end, "ended"))
    if row.deadline and row.deadline.passes is not None and row.deadline.passes <= world.as_of:
        at = row.deadline.passes
        resumed = end in resumptions(world, commitment, spans)
        never_resumed = end is not None and at >= end and covered(spans, end - 1) and not resumed
        if not never_resumed:
            found.append((at - 1 if at - 1 == end else at, "deadline"))
    return [(at, trigger) for at, trigger in found if at <= world.as_of]


def deeds(commitment: Commitment, row: History, performances: list[Performance]) -> list[tuple]:
    """Established performances as (instant, trigger, performance); an early one counts at the start."""
    found = []
    for done in performances:
        if not done.established:
            continue
        preemptive, start = commitment.raw.get("preemptive"), row.start
        if start is not None and done.moment.first < start and not preemptive:
            continue  # it may have come before there was anything to do
        early = preemptive and start is not None and done.moment.last < start
        found.append((row.start if early else done.moment.last, "performed", done))
    return found


def next_phase(commitment: Commitment, phase: str, trigger: str, at: int, row: History) -> str | None:
    """The table of docs/rules/compliance.md; None where the trigger is refused."""
    suspended = covered(row.spans, at)
    ending = "lapsed" if commitment.duty in {"achieve", "permit"} else "concluded"
    once = commitment.duty == "permit" and commitment.raw.get("once")
    if phase in FINAL or (trigger == "performed" and row.closes is not None and at >= row.closes):
        return None
    if trigger == "released":
        return "released"
    if phase == "pending":
        if trigger == "started":
            return "suspended" if suspended else "active"
        return "lapsed" if trigger in {"ended", "closed", "barred", "deadline"} else None
    if trigger == "performed":
        return "fulfilled" if commitment.duty == "achieve" or (once and phase == "active") else None
    if trigger in {"ended", "closed"}:
        return ending
    if trigger == "deadline":
        return "lapsed" if commitment.hortatory and phase == "active" else None
    if trigger == "suspended" and phase == "active":
        return "suspended"
    return "active" if trigger == "resumed" and phase == "suspended" and not suspended else None


def take(commitment: Commitment, row: History, at: int, trigger: str, done: Performance | None) -> None:
    """One step, if the table has it."""
    before = row.phase
    after = next_phase(commitment, before, trigger, at, row)
    # Done at the very instant at which the deadline passes is late (docs/rules/time.md), though it comes first there.
    just_done = before == "fulfilled" and row.final_at == at
    if trigger == "deadline" and (before == "active" or just_done) and row.deadline:
        row.judged = row.deadline.passes
    if trigger in {"ended", "released"} and row.ended is None:
        row.ended = at
    if after is None:
        return
    row.steps.append((at, trigger, after))
    if after in FINAL:
        row.final_at = at
    if after == "fulfilled" and done:
        row.fulfilled_moment, row.fulfilled_by = done.moment, done.record


def rank(trigger: str) -> int:
    return ORDER.index({"barred": "ended"}.get(trigger, trigger))


def trace(world: World, commitment: Commitment, performances: list[Performance]) -> History:
    """The history of a row whose performances these are."""
    row = History(spans=spans_of(world, commitment))
    row.start, active = start_of(world, commitment, row.spans)
    row.deadline = due_of(world, commitment, row, active)
    found = [(at, trigger, None) for at, trigger in happenings(world, commitment, row, active)]
    found += deeds(commitment, row, performances)
    end = end_of(world, commitment)
    closes = window(world, commitment, active)
    row.closes = closes.ends if closes else None
    limits = [at for at in (end, row.closes) if at is not None]
    if row.start is not None and limits and row.start >= min(limits):
        found = [step for step in found if step[1] != "started"]
    for at, trigger, done in sorted(found, key=lambda step: (step[0], rank(step[1]))):
        take(commitment, row, at, trigger, done)
    if not any(trigger == "started" for _, trigger, _ in row.steps):
        row.start = None
        row.deadline = due_of(world, commitment, row, None)  # nothing is counted from a start that never was
    return row


def due_of(world: World, commitment: Commitment, row: History, active: Moment | None) -> Deadline | None:
    """Its deadline, unless it ended while suspended and that had not passed before."""
    row.deadline = deadline(world, commitment, row.start, active, row.spans)
    return None if row.deadline is not None and never_reached(world, commitment, row) else row.deadline


def never_reached(world: World, commitment: Commitment, row: History) -> bool:
    """Whether the commitment ended while suspended, and its deadline had not passed before that began."""
    end = end_of(world, commitment)
    if end is None or end > world.as_of or end in resumptions(world, commitment, row.spans):
        return False
    last = [low for low, high in row.spans if low < end and (high is None or high >= end)]
    passes = row.deadline.passes if row.deadline else None
    return bool(last) and (passes is None or passes >= last[0])


def history(world: World, commitment: Commitment, bearer: tuple[str, ...]) -> History:
    """The history of a bearer's row; of nobody's with an empty bearer."""

    def work() -> History:
        return trace(world, commitment, by_bearer(world, commitment, bearer))

    return world.remembered(("history", commitment.name, bearer), work)
