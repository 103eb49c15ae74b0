"""What established decisions do, and from when."""

from dataclasses import dataclass

from . import determination as judged
from . import same_acts
from .book import Agreement, listed
from .equals import claim_visible, earliest, equals, spokesman
from .instants import Moment, add, instant, read
from .jurisdiction import agreements_of, mechanism_of
from .occurrence import zone_of
from .positions import direct, position
from .wording import Record, id_order
from .world import World

ENDING = ("terminate", "release")
UNTIL = ("extend", "postpone")


@dataclass(frozen=True)
class Effect:
    """One established decision; `moment` is as written, `at` the instant from which it works."""

    record: str
    does: str
    target: str
    at: int
    moment: Moment
    until: Moment | None
    of: str | None
    ids: tuple[str, ...]


def law(world: World, record: Record, agreement: Agreement) -> tuple[int, Moment]:
    """`effective`, never earlier than the decision was taken."""
    taken = world.when(earliest(world, record, agreement), agreement).start
    value = record.fields.get("effective")
    if value is None:
        return taken.last, taken
    moment = read(value, zone_of(record, agreement))
    at = moment.ends if record.fields["does"] in ENDING else moment.begins
    if at >= taken.last:
        return at, moment
    if moment.last < taken.last:
        world.problem(record.id, "effective_before_taken")
    return taken.last, taken


def target_of(world: World, record: Record) -> str | None:
    """The full name of the agreement or commitment it concerns."""
    commitment = world.book.commitment(record.fields.get("commitment"))
    agreement = world.book.agreement(record.fields.get("agreement"))
    return commitment.name if commitment else agreement.id if agreement else None


def gives_notice(world: World, record: Record, agreement: Agreement) -> bool:
    """Whether one who may end the agreement alone says in a record of its own that it does, and still does."""
    entitled = listed(agreement.raw.get("termination", {}).get("by"))
    if record.fields.get("does") != "terminate" or record.fields.get("agreement") != agreement.id:
        return False
    if judged.determination(world, record, agreement).state in {"withdrawn", "duplicate"}:
        return False
    own = [r for r in equals(world, record, agreement) if not r.withdrawn and (world.relays or not r.relay)]
    sources = direct(world, record, agreement)
    sources.duplicates = same_acts.duplicates(world, record, agreement)
    return any(
        r.said_by in entitled
        and position(world, sources, agreement, r.said_by, "outcome") not in {"refuted", "inconclusive"}
        for r in own
    )


def notice_over(world: World, record: Record, agreement: Agreement) -> int:
    """When the notice has run: from an instant to the instant, from a day through the day it leads to."""
    taken = world.when(earliest(world, record, agreement), agreement)
    begun = instant(taken.start.last) if taken.lasting or taken.start.day is None else taken.start
    lasts = agreement.raw["termination"].get("notice")
    if lasts is None:
        return taken.start.last
    return add(begun, lasts, zone_of(record, agreement)).ends


def effect(world: World, record: Record, agreement: Agreement) -> Effect | None:
    """What the decision does, if it stands and has taken effect by `as_of`: the earlier of its two ways."""
    found = judged.determination(world, record, agreement)
    ways = []
    lawful, stated = law(world, record, agreement)
    if found.state == "established":
        ends = found.silence_ended
        late = ends is not None and lawful < ends
        ways.append((ends, instant(ends)) if late else (lawful, stated))
    if gives_notice(world, record, agreement):
        over = max(lawful, notice_over(world, record, agreement))
        ways.append((over, instant(over)))
    if not ways:
        return None
    at, moment = min(ways, key=lambda way: way[0])
    until = record.fields.get("until")
    if until is not None:
        until = read(until, zone_of(record, agreement))
    ids = tuple(r.id for r in equals(world, record, agreement))
    target = target_of(world, record)
    if at > world.as_of or target is None:
        return None
    return Effect(record.id, record.fields["does"], target, at, moment, until, record.fields.get("of"), ids)


def effects(world: World, target: str, *does: str) -> list[Effect]:
    """Established decisions on one agreement or commitment, in order of time."""

    def work() -> list[Effect]:
        found = []
        for record in world.claims("decision"):
            for agreement in agreements_of(world, record):
                if claim_visible(world, record, agreement) and spokesman(world, record, agreement) is record:
                    found.append(effect(world, record, agreement))
        return sorted((e for e in found if e), key=lambda e: (e.at, id_order(e.record)))

    everything = world.remembered(("effects",), work)
    return [e for e in everything if e.target == target and (not does or e.does in does)]


def objections(world: World, agreement: Agreement) -> list[int]:
    """When members objected to a tacit renewal: each counts alone, by a member."""
    found = []
    for record in world.claims("decision"):
        fields = record.fields
        if fields.get("does") != "object" or world.book.agreement(fields.get("agreement")) is not agreement:
            continue
        if record.withdrawn or not claim_visible(world, record, agreement):
            continue
        mechanism = mechanism_of(world, record, agreement)
        member = mechanism is not None and record.said_by in mechanism.members
        sources = judged.gather(world, record, agreement, mechanism)
        still = position(world, sources, agreement, record.said_by, "outcome") == "confirmed"
        if member and still and (not record.relay or world.relays):
            found.append(law(world, record, agreement)[0])
        else:
            world.problem(record.id, "objection_by_no_member")
    return sorted(found)


def suspensions(world: World, target: str) -> list[tuple[int, int | None]]:
    """Every suspension of a target as [from, until): what opens it and what closes it."""
    starts = effects(world, target, "suspend")
    resumes = effects(world, target, "resume")
    found = []
    for start in starts:
        ends = [r.at for r in resumes if closes(world, r, start)]
        if start.until is not None and start.until.ends <= world.as_of:
            ends.append(start.until.ends)
        found.append((start.at, min(ends, default=None)))
    return [(low, high) for low, high in found if high is None or high > low]


def closes(world: World, resume: Effect, start: Effect) -> bool:
    """With `of`, the suspension it names; without, all that began strictly before it."""
    if resume.of is not None:
        return world.ledger.owner.get(resume.of) in start.ids and resume.at >= start.at
    return start.at < resume.at


def union(spans: list[tuple[int, int | None]]) -> list[tuple[int, int | None]]:
    """Adjoining or overlapping spans as one."""
    far = 10**30
    merged: list[list[int]] = []
    for low, high in sorted((low, far if high is None else high) for low, high in spans):
        if merged and low <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], high)
        else:
            merged.append([low, high])
    return [(low, None if high == far else high) for low, high in merged]
