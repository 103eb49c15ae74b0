"""The periods of a recurring duty, and which of them were kept."""

from dataclasses import dataclass
from itertools import pairwise

from . import conditions
from .agreement_states import covered
from .book import Commitment
from .history import History
from .instants import Moment, add_to_instant
from .performances import Performance, towards
from .world import World


@dataclass(frozen=True)
class Period:
    """[low, high): one in which the duty is owed `count` times."""

    low: int
    high: int


def boundaries(world: World, commitment: Commitment, row: History) -> list[int]:
    """By duration from the start; or from one established event to the next."""
    every = commitment.raw.get("every")
    limit = world.as_of if row.final_at is None else min(world.as_of, row.final_at)
    if row.start is None or every is None:
        return []
    if isinstance(every, dict):
        found = [moment.last for moment in conditions.events(world, commitment, every["event"])]
        return sorted({at for at in found if row.start <= at <= limit})
    found, times = [], 0
    while True:
        at = add_to_instant(row.start, every, commitment.agreement.zone, times)
        if at > limit:
            return found
        found.append(at)
        times += 1


def owed(world: World, commitment: Commitment, row: History) -> list[Period]:
    """Periods that have ended, at or before the end, and not while suspended; a release at their end comes first."""
    if commitment.duty != "recur":
        return []
    edges = boundaries(world, commitment, row)
    found = [Period(low, high) for low, high in pairwise(edges)]
    if row.phase == "released":
        found = [period for period in found if period.high < (row.final_at or 0)]
    return [period for period in found if not covered(row.spans, period.high - 1)]


def containing(periods: list[Period], at: int) -> Period | None:
    """A boundary belongs to the period that ended."""
    return next((period for period in periods if period.low < at <= period.high), None)


def lying(commitment: Commitment, row: History, period: Period, done: Performance) -> str:
    """Whether it lies in a period; a preemptive one counts at the start, and lies where that does."""
    moment, start = done.moment, row.start or period.low
    if commitment.raw.get("preemptive"):
        moment = Moment(max(moment.first, start), max(moment.last, start))
    return towards(moment, period.low, period.high)


def tell(commitment: Commitment, row: History, period: Period, performances: list[Performance]) -> str:
    """kept, unclear, disputed or missed."""
    places = [(p, lying(commitment, row, period, p)) for p in performances]
    sure = sum(p.established and place == "inside" for p, place in places)
    unclear = sum(p.established and place == "unclear" for p, place in places)
    maybe = sum(not p.established and place != "outside" for p, place in places)
    needed = commitment.raw.get("count", 1)
    if sure >= needed:
        return "kept"
    if sure + unclear >= needed:
        return "unclear"
    return "disputed" if sure + unclear + maybe >= needed else "missed"
