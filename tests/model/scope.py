"""Does an act concern a commitment? inside, outside or unclear, with the codes of what made it so."""

from dataclasses import dataclass

from . import membership
from .book import Commitment, listed
from .determination import Determination
from .history import History
from .instants import instant
from .jurisdiction import act_fit, named_commitments
from .occurrence import Occurrence, ended, place_in_time, touches
from .wording import Record
from .world import World
from .zones import place_fit, where

DEFENCES = ("self_defence", "exempt_act", "exercise")


@dataclass(frozen=True)
class Scope:
    value: str
    codes: tuple[str, ...] = ()


def joined(parts: list[tuple[str, str]]) -> Scope:
    """Outside if any part is, else unclear if any is, else inside."""
    for value in ("outside", "unclear"):
        codes = tuple(code for found, code in parts if found == value)
        if codes:
            return Scope(value, codes)
    return Scope("inside")


def occurrence_of(world: World, record: Record, commitment: Commitment, found: Determination) -> Occurrence:
    return ended(world.when(record, commitment.agreement), found.ended)


def act_part(world: World, record: Record, commitment: Commitment) -> str:
    """An incident that names commitments concerns those only; one that names none, those whose acts cover it."""
    named = named_commitments(world, record)
    if named and commitment not in named:
        return "outside"
    if commitment.influence and not named:
        return "outside"
    if not commitment.acts:
        return "inside" if named else "outside"
    return act_fit(record.fields.get("act"), commitment.acts)


def time_part(
    world: World, record: Record, commitment: Commitment, row: History, found: Determination
) -> str:
    """Between start and end, and not while suspended."""
    occurrence = occurrence_of(world, record, commitment, found)
    if record.kind == "tally":  # what was a breach lay where some of the period was in effect
        low, high = occurrence.start.first, occurrence.start.last + 1
        return "inside" if touches(low, high, row.windows("active")) else "outside"
    return place_in_time(occurrence, row.windows("active"), world.as_of)


def target_part(world: World, record: Record, commitment: Commitment) -> str:
    """Outside when every target named is excepted, or excluded and so not protected."""
    entries = listed(commitment.raw.get("except_against")) + listed(commitment.agreement.raw.get("excluded"))
    targets = listed(record.fields.get("against"))
    if not targets or not entries:
        return "inside"
    moment = world.when(record, commitment.agreement).start
    excepted = [
        membership.throughout(
            world,
            commitment.agreement,
            moment,
            lambda at, t=target: membership.is_listed(world, commitment.agreement, t, entries, at),
        )
        for target in targets
    ]
    if all(answer == membership.SURE for answer in excepted):
        return "outside"
    return "unclear" if all(True in answer for answer in excepted) else "inside"


def exemption_part(commitment: Commitment, found: Determination) -> str:
    """A finding by anyone that the act was self-defence, exempt or an exercise."""
    if not commitment.raw.get("except_when"):
        return "inside"
    return "unclear" if found.grounds & set(DEFENCES) else "inside"


def by_rule(
    world: World, record: Record, commitment: Commitment, row: History, found: Determination
) -> Scope:
    """The scope computed, the actor apart."""
    place = place_fit(world, commitment, where(world, record))
    return joined(
        [
            (act_part(world, record, commitment), "act"),
            (time_part(world, record, commitment, row, found), "time"),
            (place, "place"),
            (target_part(world, record, commitment), "target"),
            (exemption_part(commitment, found), "exemption"),
        ]
    )


def by_finding(
    world: World, record: Record, commitment: Commitment, row: History, found: Determination
) -> Scope | None:
    """Where the rule decides commitments or a ground, that is the scope; nothing brings in an act out of time."""
    if not found.ground and not found.commitments:
        return None
    if found.ground or commitment.name not in found.commitments:
        return Scope("outside", ("by_finding",))
    if time_part(world, record, commitment, row, found) == "outside":
        world.problem(record.id, "finding_out_of_time")
        return Scope("outside", ("time",))
    return Scope("inside", ("by_finding",))


def actor_part(
    world: World, record: Record, commitment: Commitment, bearer: tuple, actor: str, at: int | None
) -> list[tuple]:
    """Bound, not gone from the agreement, not excluded, when the act occurred, or what was omitted was owed (`at`)."""
    agreement = commitment.agreement
    moment = world.when(record, agreement).start if at is None else instant(at)
    excluded = listed(agreement.raw.get("excluded"))

    def bound(at: int) -> frozenset:
        answer = membership.NEVER
        for party in bearer:
            stays = frozenset(not left for left in membership.has_left(world, agreement, party, at))
            answer = membership.either(
                answer, membership.both(stays, membership.belongs(world, agreement, actor, party, at))
            )
        stays = frozenset(not left for left in membership.has_left(world, agreement, actor, at))
        return membership.both(answer, stays)

    def free(at: int) -> frozenset:
        out = membership.is_listed(world, agreement, actor, excluded, at)
        return frozenset(not one for one in out)

    words = {membership.SURE: "inside", membership.NEVER: "outside"}
    return [
        (words.get(membership.throughout(world, agreement, moment, bound), "unclear"), "not_bound"),
        (words.get(membership.throughout(world, agreement, moment, free), "unclear"), "excluded"),
    ]


def member_at(
    world: World, record: Record, commitment: Commitment, actor: str, bearer: tuple, at: int | None
) -> frozenset:
    """Whether the actor is a bearer, or belonged to one, when the act occurred, or what was omitted was owed."""
    moment = world.when(record, commitment.agreement).start if at is None else instant(at)

    def among(at: int) -> frozenset:
        answer = membership.NEVER
        for party in bearer:
            answer = membership.either(
                answer, membership.belongs(world, commitment.agreement, actor, party, at)
            )
        return answer

    return membership.throughout(world, commitment.agreement, moment, among)


def scope(
    world: World,
    record: Record,
    commitment: Commitment,
    row: History,
    found: Determination,
    bearer: tuple,
    actor: str | None,
) -> Scope:
    """The scope of one act for one row, done by one actor; without an actor, all but the actor."""
    decided = by_finding(world, record, commitment, row, found)
    plain = decided or by_rule(world, record, commitment, row, found)
    if actor is None or plain.value == "outside":
        return plain
    from .omissions import owed_at  # it asks for conditions, which ask for incidents

    at = owed_at(world, record, commitment, row)
    parts = actor_part(world, record, commitment, bearer, actor, at)
    if decided:
        if actor not in bearer and dict(parts).get("outside") == "excluded":
            return Scope("outside", ("excluded",))
        member = member_at(world, record, commitment, actor, bearer, at)
        return decided if member == membership.SURE else Scope("unclear", ("not_bound",))
    return joined([(plain.value, code) for code in plain.codes or ("inside",)] + parts)
