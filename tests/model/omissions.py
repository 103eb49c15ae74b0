"""An omission is a breach only by an established incident that names its commitment."""

from dataclasses import dataclass

from .book import Commitment
from .determination import Determination
from .history import History
from .jurisdiction import covers, named_commitments
from .lateness import is_performance, surely_in_time
from .performances import Performance
from .periods import Period, containing, lying, owed
from .wording import Record
from .world import World


@dataclass(frozen=True)
class Omission:
    """What became of one: as of when it counts, whether it is still open, whether a performance made it good."""

    at: int
    open: bool = False
    remedied: bool = False
    period: Period | None = None


def is_omission(record: Record) -> bool:
    return covers(record.fields.get("act") or "", "omission")


def not_done(record: Record, commitment: Commitment) -> bool:
    """An omission of what is owed by a day or in every period; of any other duty it is an act like others."""
    return is_omission(record) and commitment.duty in {"achieve", "recur"}


def concerns(world: World, record: Record, commitment: Commitment, found: Determination) -> bool:
    """Named by the record or put under it by a decided finding, on a duty to do something."""
    if not not_done(record, commitment) or found.ground:
        return False
    if found.commitments:
        return commitment.name in found.commitments
    return commitment in named_commitments(world, record)


def of_achieve(commitment: Commitment, row: History, performances: list[Performance]) -> Omission | None:
    """As of the instant the deadline passed."""
    passes = row.judged
    if passes is None:
        return None
    real = [p for p in performances if is_performance(commitment, row, p)]
    in_time = [p for p in real if surely_in_time(commitment, row, p, passes)]
    if any(p.established for p in in_time):
        return None
    done = any(p.established and (row.phase == "fulfilled" or p.moment.first < passes) for p in real)
    return Omission(passes, open=bool(in_time), remedied=done)


def period_of(world: World, record: Record, commitment: Commitment, row: History) -> Period | None:
    """The one that contains its latest instant."""
    when = world.when(record, commitment.agreement)
    latest = when.end.last if when.end else when.start.last
    return containing(owed(world, commitment, row), latest)


def owed_at(world: World, record: Record, commitment: Commitment, row: History) -> int | None:
    """When what was omitted was owed, done or not; None for an act, and for what is not owed yet."""
    if not not_done(record, commitment):
        return None
    if commitment.duty == "achieve":
        return row.judged
    period = period_of(world, record, commitment, row)
    return period.high if period else None


def of_recur(
    world: World, record: Record, commitment: Commitment, row: History, performances: list[Performance]
) -> Omission | None:
    """As of the end of the period that contains its latest instant."""
    period = period_of(world, record, commitment, row)
    if period is None:
        return None
    places = [(p, lying(commitment, row, period, p)) for p in performances]
    needed = commitment.raw.get("count", 1)
    sure = sum(p.established and place == "inside" for p, place in places)
    waiting = sum(not p.established and place == "inside" for p, place in places)
    unclear = sum(p.established and place == "unclear" for p, place in places)
    if sure >= needed:
        return None
    return Omission(period.high, sure + waiting >= needed, sure + unclear >= needed, period)


def omission(
    world: World, record: Record, commitment: Commitment, row: History, performances: list[Performance]
) -> Omission | None:
    """None where nothing was omitted (yet)."""
    if commitment.duty == "achieve":
        return of_achieve(commitment, row, performances)
    return of_recur(world, record, commitment, row, performances)
