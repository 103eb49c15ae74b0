"""Deadlines and windows: what they are counted from, and how suspensions and postponements move them."""

from dataclasses import dataclass

from .agreement_states import life
from .book import Commitment
from .decisions import effects
from .instants import Moment, add, instant
from .world import World

Spans = list[tuple[int, int | None]]


@dataclass(frozen=True)
class Deadline:
    """When it passes (None while a suspension keeps it open) and the moment it was written or counted as."""

    passes: int | None
    moment: Moment
    moved: bool = False

    @property
    def due(self) -> int | None:
        return None if self.passes is None else self.passes - 1

    @property
    def as_anchor(self) -> Moment:
        """What `within` of a repair is counted from."""
        return instant(self.due or 0) if self.moved else self.moment


def written(commitment: Commitment, field: str) -> Moment | None:
    value = commitment.raw.get(field)
    if isinstance(value, dict):
        value = value.get("at")
    return None if value is None else commitment.agreement.moment(value)


def anchor(world: World, commitment: Commitment, active: Moment | None) -> Moment | None:
    """What `within` is counted from."""
    after = commitment.raw.get("after", "active")
    if after == "adopted":
        return written_adoption(commitment)
    if after == "in_force":
        entry = commitment.agreement.raw.get("in_force", commitment.agreement.raw.get("adopted"))
        given = None if entry in (None, "by-decision") else commitment.agreement.moment(entry)
        return life(world, commitment.agreement).entry or given
    return active


def written_adoption(commitment: Commitment) -> Moment | None:
    value = commitment.agreement.raw.get("adopted")
    return None if value is None else commitment.agreement.moment(value)


def bound(world: World, commitment: Commitment, active: Moment | None) -> Moment | None:
    """The deadline of an achieve, or the window of another duty, before anything moves it."""
    field = "due" if commitment.duty == "achieve" else "until"
    direct = written(commitment, field)
    within = commitment.raw.get("within")
    if direct is not None or within is None:
        return direct
    start = anchor(world, commitment, active)
    return None if start is None else add(start, within, commitment.agreement.zone)


def toll(passes: int, base: int, spans: Spans) -> int | None:
    """Moved by the time suspended since `base`; None while a suspension is open."""
    for begun, high in spans:
        low = max(begun, base)
        if high is not None and high <= low:
            continue
        if passes < low:
            return passes
        if high is None:
            return None
        passes += high - low
    return passes


def wait(passes: int, spans: Spans, grace: int, as_of: int) -> int | None:
    """A deadline inside a suspension is due at the instant it is resumed, and passes `grace` later."""
    for low, high in spans:
        if low <= passes and (high is None or passes < high):
            return high + grace if high is not None else passes if passes > as_of else None
    return passes


def shifted(
    world: World, commitment: Commitment, passes: int, base: int | None, spans: Spans, grace: int = 1
) -> int | None:
    """As the agreement's `suspension` says; while pending (`base` None) nothing tolls."""
    if not commitment.agreement.tolls or base is None:
        return wait(passes, spans, grace, world.as_of)
    return toll(passes, base, spans)


def has_bound(commitment: Commitment) -> bool:
    """Whether the text gives it a deadline or a window, be it one that cannot be told yet."""
    return any(commitment.raw.get(field) is not None for field in ("due", "until", "within"))


def last_in_time(world: World, commitment: Commitment, moment: Moment, base: int | None, spans: Spans):
    """The instant from which a deadline can be moved no more; None while a suspension keeps it open."""
    now = shifted(world, commitment, moment.passes, base, spans)
    if now is None:
        return None
    return now if moment.day is not None and now == moment.passes else now - 1


def takes_effect(world: World, effect, latest: int | None) -> bool:
    """In time, and to a moment that is not over at the very instant at which the decision takes effect.

    `latest` is None where the bound lies open, or is not known yet.
    """
    if latest is not None and effect.at >= latest:
        world.problem(effect.record, "too_late_or_no_bound")
        return False
    if effect.until is None or effect.until.ends <= effect.at:
        world.problem(effect.record, "until_already_past")
        return False
    return True


def deadline(
    world: World, commitment: Commitment, start: int | None, active: Moment | None, spans: Spans
) -> Deadline | None:
    """The deadline of an achieve with every postponement and suspension.

    A decision may fix it before there is anything that it could be counted from.
    """
    if commitment.duty != "achieve" or not has_bound(commitment):
        return None
    moment, base = bound(world, commitment, active), start
    for effect in effects(world, commitment.name, "postpone"):
        latest = None if moment is None else last_in_time(world, commitment, moment, base, spans)
        if takes_effect(world, effect, latest):
            moment = effect.until
            base = None if start is None else max(start, effect.at)
    if moment is None:
        return None
    passes = shifted(world, commitment, moment.passes, base, spans)
    return Deadline(passes, moment, passes != moment.passes)


def window(world: World, commitment: Commitment, active: Moment | None) -> Moment | None:
    """When the window of a maintain, refrain, recur or permit closes; only postponements move it."""
    if commitment.duty == "achieve" or not has_bound(commitment):
        return None
    moment = bound(world, commitment, active)
    for effect in effects(world, commitment.name, "postpone"):
        if takes_effect(world, effect, None if moment is None else moment.ends):
            moment = effect.until
    return moment
