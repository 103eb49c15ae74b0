"""The life of an agreement, by stepping over its critical instants in order."""

from dataclasses import dataclass, field

from .book import Agreement
from .decisions import Effect, effects, objections, suspensions, union
from .instants import Moment, add_to_instant
from .world import World

FINAL = ("expired", "terminated", "replaced")


@dataclass
class AgreementLife:
    """What happened to an agreement up to `as_of`."""

    entered: int | None = None
    entry: Moment | None = None  # the entry as written, for deadlines counted from it
    ended: int | None = None
    final: str | None = None
    bound: int | None = None  # the end of the current duration
    suspended: list[tuple[int, int | None]] = field(default_factory=list)

    def state(self, at: int) -> str:
        """The state at an instant."""
        if self.ended is not None and at >= self.ended:
            return self.final or ""
        if self.entered is None or at < self.entered:
            return "not_in_force"
        return "suspended" if covered(self.suspended, at) else "in_force"


def covered(spans: list[tuple[int, int | None]], at: int) -> bool:
    return any(low <= at and (high is None or at < high) for low, high in spans)


def entry_of(world: World, agreement: Agreement) -> tuple[int, Moment] | None:
    """When it enters into force: the instant reached or decided, whichever is first."""
    found = [(e.at, e.moment) for e in effects(world, agreement.id, "enter_into_force")]
    written = agreement.raw.get("in_force", agreement.raw.get("adopted"))
    if written is not None and written != "by-decision":
        moment = agreement.moment(written)
        found.append((moment.begins, moment))
    found = [(at, moment) for at, moment in found if at <= world.as_of]
    return min(found, key=lambda pair: pair[0], default=None)


class Term:
    """The duration as it stands: an anchor and how many durations have been added to it."""

    def __init__(self, world: World, agreement: Agreement, entered: int):
        self.world, self.agreement = world, agreement
        self.duration = agreement.raw.get("duration")
        self.anchor, self.times = entered, 1

    @property
    def bound(self) -> int | None:
        if self.duration is None:
            return None
        return add_to_instant(self.anchor, self.duration, self.agreement.zone, self.times)

    def move(self, effect: Effect) -> None:
        """Renew adds one more duration; extend goes to `until`."""
        bound = self.bound
        if bound is None or effect.at >= bound:
            self.world.problem(effect.record, "too_late_or_no_bound")
        elif effect.does == "renew":
            self.times += 1
        elif effect.until is None or effect.until.ends <= effect.at:
            self.world.problem(effect.record, "until_already_past")
        else:
            self.anchor, self.times = effect.until.ends, 0

    def renews(self) -> bool:
        """Whether at the bound the agreement goes on of itself."""
        renewal = self.agreement.raw.get("renewal", "none")
        bound = self.bound
        if renewal == "tacit":
            return not any(at < bound for at in objections(self.world, self.agreement))
        return renewal == "automatic"


def expiry(world: World, agreement: Agreement, entered: int, until: int) -> tuple[int | None, int | None]:
    """(when its duration was over, the bound as it stands), looking no further than `until`."""
    term = Term(world, agreement, entered)
    moves = effects(world, agreement.id, "renew", "extend")
    while True:
        bound = term.bound
        following = moves[0].at if moves else None
        if following is not None and following <= until and (bound is None or following < bound):
            term.move(moves.pop(0))
        elif bound is None or bound > until:
            for late in moves:
                term.move(late)
            return None, bound
        elif not term.renews():
            for late in moves:
                world.problem(late.record, "too_late_or_no_bound")
            return bound, bound
        else:
            term.times += 1


def replacement(world: World, agreement: Agreement) -> int | None:
    """When an agreement that replaces this one enters into force."""
    entries = []
    for other in world.book.agreements:
        replaces = other.raw.get("replaces", [])
        if agreement.id in ([replaces] if isinstance(replaces, str) else replaces):
            entry = entry_of(world, other)
            if entry and enters(world, other, entry[0]):
                entries.append(entry[0])
    return min(entries, default=None)


def enters(world: World, agreement: Agreement, at: int) -> bool:
    """Not if it was terminated or replaced before."""
    ended = [e.at for e in effects(world, agreement.id, "terminate")]
    replaced = replacement(world, agreement)
    if replaced is not None:
        ended.append(replaced)
    return not any(end < at for end in ended)


def life(world: World, agreement: Agreement) -> AgreementLife:
    """The whole life up to `as_of`; of several ends at one instant the first in the table holds."""

    def work() -> AgreementLife:
        found = AgreementLife()
        entry = entry_of(world, agreement)
        if entry and enters(world, agreement, entry[0]):
            found.entered, found.entry = entry
        ends = [(e.at, 1, "terminated") for e in effects(world, agreement.id, "terminate")]
        replaced = replacement(world, agreement)
        if replaced is not None:
            ends.append((replaced, 2, "replaced"))
        horizon = min([at for at, _, _ in ends], default=world.as_of)
        if found.entered is not None:
            over, found.bound = expiry(world, agreement, found.entered, horizon)
            if over is not None:
                ends.append((over, 0, "expired"))
        if ends:
            found.ended, _, found.final = min(ends)
        spans = union(suspensions(world, agreement.id))
        found.suspended = [
            clip(span, found.ended) for span in spans if found.ended is None or span[0] < found.ended
        ]
        return found

    return world.remembered(("life", agreement.id), work)


def clip(span: tuple[int, int | None], end: int | None) -> tuple[int, int | None]:
    """An agreement's suspensions end with it."""
    low, high = span
    return (low, high if end is None else end if high is None else min(high, end))


def row(world: World, agreement: Agreement) -> dict:
    """The agreement's line in the result."""
    found = life(world, agreement)
    at = world.as_of
    state = found.state(at)
    changes = [found.entered, found.ended]
    changes += [edge for span in found.suspended for edge in span]
    since = [x for x in changes if x is not None and x <= at and found.state(x) == state]
    if found.ended is not None:
        since = [found.ended]
    elif state == "suspended":
        since = [max(low, found.entered) for low, high in found.suspended if covered([(low, high)], at)]
    elif state == "not_in_force":
        since = []
    return {"agreement": agreement.id, "state": state, "from": max(since, default=None), "until": found.bound}
