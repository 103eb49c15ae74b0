"""Performances of a commitment: which there are for a bearer, and how they lie towards start, deadline and end."""

from dataclasses import dataclass

from .book import Commitment
from .determination import CLOSED, determination
from .instants import Moment
from .world import World


@dataclass(frozen=True)
class Performance:
    """One report that a duty was done; `established`, else still open."""

    record: str
    performer: str
    moment: Moment
    established: bool


def performances(world: World, commitment: Commitment) -> list[Performance]:
    """All that are complete by `as_of` and neither refuted, withdrawn, inconclusive nor a second report."""
    found = []
    for record in world.claims("performance"):
        if world.book.commitment(record.fields.get("commitment")) is not commitment:
            continue
        if not world.visible(record, commitment.agreement):
            continue
        state = determination(world, record, commitment.agreement).state
        complete = world.when(record, commitment.agreement).complete()
        performer = record.fields.get("performer")
        if performer not in commitment.owed_by:
            world.problem(record.id, "performer_does_not_owe")
        elif state not in CLOSED and complete is not None and complete.last <= world.as_of:
            found.append(Performance(record.id, performer, complete, state == "established"))
    return sorted(found, key=lambda p: (p.moment.last, p.moment.first, p.record))


def by_bearer(world: World, commitment: Commitment, bearer: tuple[str, ...]) -> list[Performance]:
    """Those of one row; one of the joint debtors performs for all."""
    return [p for p in performances(world, commitment) if p.performer in bearer]


def towards(moment: Moment, start: int, end: int | None) -> str:
    """Whether it occurred in [start, end): inside, outside or unclear."""
    if moment.last < start or (end is not None and moment.first >= end):
        return "outside"
    return "inside" if moment.first >= start and (end is None or moment.last < end) else "unclear"
