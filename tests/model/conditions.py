"""What must come true before a commitment starts: `when`."""

from dataclasses import dataclass

from . import compliance, phases
from .agreement_states import life
from .book import Commitment
from .deadlines import Spans, shifted, written
from .determination import determination
from .equals import claim_visible, earliest, spokesman
from .instants import Moment, instant
from .wording import id_order
from .world import World


@dataclass(frozen=True)
class Condition:
    """When it was met (with the moment as written), or when it became certain that it never will be."""

    met: int | None = None
    moment: Moment | None = None
    hopeless: int | None = None


def events(world: World, commitment: Commitment, name: str) -> list[Moment]:
    """Established events of one name, each when it began, in order."""
    agreement, found = commitment.agreement, []
    for record in world.claims("event"):
        if record.fields.get("name") != name or not claim_visible(world, record, agreement):
            continue
        if spokesman(world, record, agreement) is not record:
            continue
        if determination(world, record, agreement).state == "established":
            found.append(world.when(earliest(world, record, agreement), agreement).start)
    return sorted(found, key=lambda moment: (moment.last, moment.first))


def window_closes(world: World, commitment: Commitment, spans: Spans) -> int | None:
    """When the condition's own window closes, moved by suspensions since in force and `starts` reached."""
    value = commitment.raw["when"].get("until")
    if value is None:
        return None
    closes = commitment.agreement.moment(value).ends
    entered = life(world, commitment.agreement).entered
    starts = written(commitment, "starts")
    base = None if entered is None else max(entered, starts.begins if starts else entered)
    moved = shifted(world, commitment, closes, base, spans, grace=0)
    return 10**30 if moved is None else moved


def on_event(world: World, commitment: Commitment, name: str) -> Condition:
    """An event counts from entry into force on."""
    entered = life(world, commitment.agreement).entered
    for moment in events(world, commitment, name):
        if entered is not None and moment.last >= entered:
            return Condition(moment.last, moment)
    return Condition()


def on_fulfilled(world: World, other: Commitment) -> Condition:
    """Fulfilled by all who owe it; hopeless once a row is final otherwise."""
    histories = [phases.history(world, other, bearer) for bearer in other.bearers()]
    lost = [h.final_at for h in histories if h.final_at is not None and h.phase != "fulfilled"]
    if lost:
        return Condition(hopeless=min(lost))
    if not histories or not all(h.phase == "fulfilled" for h in histories):
        return Condition()
    last = max(histories, key=lambda h: h.final_at)
    return Condition(last.final_at, last.fulfilled_moment or instant(last.final_at))


def triggering(world: World, commitment: Commitment, other: Commitment):
    """The first breach by anyone who owes this one too, or by anyone with a row of its own if none does."""
    found = compliance.all_breaches(world, other)
    shared = [b for b in found if set(b.bearer) & set(commitment.owed_by)]
    if not set(other.owed_by) & set(commitment.owed_by) and not shared:
        shared = found
    return min(shared, key=lambda b: (b.at, id_order(b.record)), default=None)


def first_breach(world: World, commitment: Commitment, other: Commitment) -> tuple[int, str] | None:
    first = triggering(world, commitment, other)
    return (first.at, first.record) if first else None


def on_breach(world: World, commitment: Commitment, other: Commitment) -> Condition:
    """Met when the act occurred."""
    first = triggering(world, commitment, other)
    return Condition(first.at, first.anchor) if first else Condition()


def condition(world: World, commitment: Commitment, spans: Spans) -> Condition | None:
    """None where the commitment is unconditional."""
    when = commitment.raw.get("when")
    if not when:
        return None
    near = commitment.agreement.id
    if "event" in when:
        found = on_event(world, commitment, when["event"])
    elif "fulfilled" in when:
        found = on_fulfilled(world, world.book.commitment(when["fulfilled"], near))
    else:
        found = on_breach(world, commitment, world.book.commitment(when["breach_of"], near))
    closes = window_closes(world, commitment, spans)
    if closes is not None and (found.met is None or found.met >= closes):
        hopeless = min(closes, found.hopeless if found.hopeless is not None else closes)
        return Condition(hopeless=hopeless if hopeless <= world.as_of else None)
    return found
