"""What makes a breach or a missed period good."""

from . import conditions, phases
from .book import Commitment, listed
from .determination import determination
from .equals import claim_visible
from .incidents import Row, Stand
from .instants import Moment
from .jurisdiction import agreements_of
from .lateness import Missed, of_deadline
from .occurrence import occurred, touches
from .performances import by_bearer
from .same_acts import counts_as
from .wording import Record
from .world import World


def remedies(world: World, commitment: Commitment) -> list[Record]:
    """Established remedies judged in the commitment's agreement."""
    agreement, found = commitment.agreement, []
    for record in world.claims("response"):
        if agreement not in agreements_of(world, record) or not world.visible(record, agreement):
            continue
        if determination(world, record, agreement).state == "established":
            found.append(record)
    return found


def done_at(world: World, record: Record, commitment: Commitment) -> Moment | None:
    """When a remedy was complete, if it was by `as_of`."""
    complete = world.when(record, commitment.agreement).complete()
    return complete if complete is not None and complete.last <= world.as_of else None


def answers(world: World, remedy: Record, incident: str, commitment: Commitment) -> bool:
    """Whether a remedy is of this incident, or of another report of it."""
    target = world.ledger.find(remedy.fields.get("to"))
    if target is None or target.kind != "incident" or not claim_visible(world, target, commitment.agreement):
        return False
    return counts_as(world, target, commitment.agreement) == incident


def by_response(world: World, row: Row, breach: Stand) -> bool:
    """An established response of step `remedy`, not before the breach."""
    for remedy in remedies(world, row.commitment):
        moment = done_at(world, remedy, row.commitment)
        if moment and answers(world, remedy, breach.record, row.commitment):
            if moment.last >= breach.at:
                return True
            world.problem(remedy.id, "remedy_before_breach")
    return False


def by_repair(world: World, row: Row, breach: Stand) -> bool:
    """The fulfilment in time of a commitment whose condition this breach met."""
    for agreement in world.book.agreements:
        for repair in agreement.commitments:
            when = repair.raw.get("when") or {}
            if not when.get("repairs") or "breach_of" not in when:
                continue
            broken = world.book.commitment(when["breach_of"], agreement.id)
            if (
                broken is row.commitment
                and met_by(world, repair, broken, breach)
                and kept(world, repair, row)
            ):
                return True
    return False


def met_by(world: World, repair: Commitment, broken: Commitment, breach: Stand) -> bool:
    """Whether this is the breach that met the condition."""
    return conditions.first_breach(world, repair, broken) == (breach.at, breach.record)


def kept(world: World, repair: Commitment, row: Row) -> bool:
    """Fulfilled in time by the one who broke it, or by all where that one owes no repair."""
    mine = [bearer for bearer in repair.bearers() if set(bearer) & set(row.whose)]
    for bearer in mine or repair.bearers():
        found = phases.history(world, repair, bearer)
        late = of_deadline(repair, found, by_bearer(world, repair, bearer))
        if found.phase != "fulfilled" or (late and late.status != "kept"):
            return False
    return True


def of_period(world: World, row: Row, missed: Missed) -> bool:
    """A remedy of the commitment whose `period` meets the missed one, after it ended."""
    for remedy in remedies(world, row.commitment):
        fields = remedy.fields
        if (
            world.ledger.find(fields.get("to"))
            or world.book.commitment(fields.get("to")) is not row.commitment
        ):
            continue
        span = occurred(remedy, row.commitment.agreement, "period")
        moment = done_at(world, remedy, row.commitment)
        if span is None or row.commitment.duty != "recur":
            world.problem(remedy.id, "remedy_without_period")
            continue
        end = span.end.ends if span.end else world.as_of + 1 if span.lasting else span.start.last + 1
        meets = touches(span.start.first, end, [(missed.low or 0, missed.at)])
        owes = {name for named in listed(fields.get("owed_by")) for name in named.split("+")}
        if meets and moment and moment.last >= missed.at and owes & set(row.bearer):
            return True
    return False
