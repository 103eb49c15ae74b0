"""Who belongs to whom, who plays which role and who has left, at an instant; three-valued where a record is open.

Every answer is the set of what may be true: {True}, {False} or both.
"""

from . import determination as judged
from .book import Agreement, listed
from .instants import Moment
from .world import World

SURE = frozenset({True})
NEVER = frozenset({False})
EITHER = frozenset({True, False})
OPEN = ("alleged", "under_review", "disputed")


def written(world: World, actor: str, field: str, key: str, agreement: Agreement) -> dict[str, list]:
    """What the file says: id of a group or role -> its [(from, until)]."""
    found: dict[str, list] = {}
    for entry in listed(world.book.parties.get(actor, {}).get(field)):
        table = entry if isinstance(entry, dict) else {key: entry}
        begins, ends = table.get("from"), table.get("until")
        span = (
            None if begins is None else agreement.moment(begins).begins,
            None if ends is None else agreement.moment(ends).ends,
        )
        found.setdefault(table[key], []).append(span)
    return found


def changes(world: World, agreement: Agreement, actor: str, key: str, name: str) -> list[tuple]:
    """Membership records on this: (first, last, joins, certain), in order of time."""
    found = []
    for record in world.claims("membership"):
        if record.fields.get("actor") != actor or record.fields.get(key) != name:
            continue
        if not world.visible(record, agreement):
            continue
        state = judged.determination(world, record, agreement).state
        if state != "established" and state not in OPEN:
            continue
        moment = world.when(record, agreement).start
        joins = bool(record.fields.get("joins", True))
        found.append((moment.first, moment.last, joins, state == "established"))
    return found


def holds(world: World, agreement: Agreement, actor: str, key: str, name: str, at: int) -> frozenset:
    """What may be true at `at` of actor and group, role or agreement."""
    field = {"group": "member_of", "role": "roles"}.get(key)
    spans = written(world, actor, field, key, agreement).get(name, []) if field else []
    steps = [(begins, begins, True, True) for begins, _ in spans if begins is not None]
    steps += [(ends, ends, False, True) for _, ends in spans if ends is not None]
    steps += changes(world, agreement, actor, key, name)
    state = SURE if any(begins is None for begins, _ in spans) else NEVER
    for first, last, joins, certain in sorted(steps, key=lambda step: (step[1], step[2], step[0])):
        if at < first:
            continue
        state = frozenset({joins}) if certain and last <= at else state | {joins}
    return state


def names(world: World, key: str) -> list[str]:
    """All groups or roles anybody may belong to."""
    field = {"group": "member_of", "role": "roles"}[key]
    found = {r.fields[key] for r in world.claims("membership") if r.fields.get(key)}
    for party in world.book.parties.values():
        found |= {e[key] if isinstance(e, dict) else e for e in listed(party.get(field))}
    return sorted(found)


def both(one: frozenset, other: frozenset) -> frozenset:
    return frozenset(a and b for a in one for b in other)


def either(one: frozenset, other: frozenset) -> frozenset:
    return frozenset(a or b for a in one for b in other)


def belongs(
    world: World, agreement: Agreement, actor: str, group: str, at: int, seen: tuple = ()
) -> frozenset:
    """Whether the actor is the group or, through whatever groups between, a member of it."""
    if actor == group:
        return SURE
    if actor in seen:
        return NEVER

    def work() -> frozenset:
        answer = NEVER
        for middle in names(world, "group"):
            step = holds(world, agreement, actor, "group", middle, at)
            if step != NEVER:
                answer = either(
                    answer, both(step, belongs(world, agreement, middle, group, at, (*seen, actor)))
                )
        return answer

    return work() if seen else world.remembered(("belongs", agreement.id, actor, group, at), work)


def plays(world: World, agreement: Agreement, actor: str, role: str, at: int) -> frozenset:
    """A role passes from a group to its members."""
    answer = NEVER
    for party in sorted({actor, *names(world, "group")}):
        own = holds(world, agreement, party, "role", role, at)
        if own != NEVER:
            answer = either(answer, both(own, belongs(world, agreement, actor, party, at)))
    return answer


def is_listed(world: World, agreement: Agreement, actor: str, entries: list[str], at: int) -> frozenset:
    """Whether a list of parties and `role:x` includes the actor, itself or through a group."""
    answer = NEVER
    for entry in entries:
        if entry.startswith("role:"):
            answer = either(answer, plays(world, agreement, actor, entry[5:], at))
        else:
            answer = either(answer, belongs(world, agreement, actor, entry, at))
    return answer


def has_left(world: World, agreement: Agreement, actor: str, at: int) -> frozenset:
    """Whether the actor had left the agreement and not come back."""
    state = NEVER
    steps = sorted(
        changes(world, agreement, actor, "agreement", agreement.id), key=lambda step: (step[1], step[2])
    )
    for first, last, joins, certain in steps:
        if at < first:
            continue
        state = frozenset({not joins}) if certain and last <= at else state | {not joins}
    return state


def critical(world: World, agreement: Agreement, moment: Moment) -> list[int]:
    """The instants within a moment at which some membership may change, and its ends."""
    found = {moment.first, moment.last}
    for record in world.claims("membership"):
        if world.visible(record, agreement):
            start = world.when(record, agreement).start
            found |= {start.first, start.last}
    for actor in world.book.parties:
        for field, key in (("member_of", "group"), ("roles", "role")):
            for spans in written(world, actor, field, key, agreement).values():
                found |= {at for span in spans for at in span if at is not None}
    return sorted(at for at in found if moment.first <= at <= moment.last)


def throughout(world: World, agreement: Agreement, moment: Moment, question) -> frozenset:
    """`question(at)` over all instants at which an imprecise act may have occurred."""
    answer: frozenset = frozenset()
    for at in critical(world, agreement, moment):
        answer |= question(at)
    return answer
