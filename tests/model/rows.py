"""The rows of a commitment: its bearers, their members that are accused, and nobody in particular."""

from . import membership
from .book import Commitment, listed
from .compliance import Standing, bearer_row, standing
from .counts import alleges, as_alleged, naming, rulings
from .determination import CLOSED, Determination, determination
from .incidents import Row, actors, is_judged, stand
from .instants import write
from .jurisdiction import act_fit
from .lateness import late_by
from .occurrence import occurred, touches
from .omissions import concerns, not_done, owed_at
from .scope import actor_part, joined, member_at, scope
from .wording import Record
from .world import World
from .zones import place_fit


def concerned(world: World, record: Record, row: Row, found: Determination, member: str) -> bool:
    """Whether an incident gives a member of the row's bearer a row of its own."""
    if stand(world, record, Row(row.commitment, row.bearer, row.history, row.performances, member)):
        return True
    if (
        not_done(record, row.commitment)
        and not row.history.never_started
        and concerns(world, record, row.commitment, found)
    ):
        at = owed_at(world, record, row.commitment, row.history)
        parts = actor_part(world, record, row.commitment, row.bearer, member, at)
        return joined(parts if not found.commitments else parts[1:]).value != "outside"
    args = (world, record, row.commitment, row.history, found, row.bearer, member)
    return found.state in {"refuted", "inconclusive", "established"} and scope(*args).value != "outside"


def belonged(world: World, record: Record, row: Row) -> bool:
    """Whether the member belonged to the bearer at some instant of what was counted."""
    at = member_at(world, record, row.commitment, row.of, row.bearer, None)
    return at != membership.NEVER


def counted(world: World, row: Row) -> dict[str, Row]:
    """The rows of members of a bearer that published counts accuse."""
    found = {}
    for record in naming(world):
        for actor in as_alleged(record).named - set(row.commitment.owed_by):
            one = Row(row.commitment, row.bearer, row.history, [], actor)
            if belonged(world, record, one) and alleges(world, record, one):
                found[actor] = one
    return found


def member_rows(world: World, commitment: Commitment) -> list[Row]:
    """A member of a bearer, only where it is accused or attributed, in the group's phase."""
    found: dict[str, Row] = {}
    if commitment.duty in {"declare", "permit"} or commitment.hortatory:
        return []
    for bearer in commitment.bearers():
        row = bearer_row(world, commitment, bearer)
        found |= {name: one for name, one in counted(world, row).items() if name not in found}
        for record in [*world.claims("incident"), *rulings(world)]:
            if not is_judged(world, record, row):
                continue
            judged = determination(world, record, commitment.agreement)
            if judged.state in {"withdrawn", "duplicate"}:
                continue
            stated = listed(record.fields.get("accused")) if judged.state in CLOSED else ()
            names = actors(world, record, judged) | set(stated) | judged.named
            for actor in sorted(names - set(commitment.owed_by) - {"unidentified"} - set(found)):
                at = owed_at(world, record, commitment, row.history)
                if member_at(world, record, commitment, actor, bearer, at) == membership.NEVER:
                    continue
                if concerned(world, record, row, judged, actor):
                    found[actor] = Row(commitment, bearer, row.history, [], actor)
    return [found[name] for name in sorted(found)]


def tallied(world: World, commitment: Commitment, row: Row) -> bool:
    """A published count above zero of what may fall under the commitment, there and then.

    One that names no act may fall under every commitment with acts. What is counted from
    one instant to another is counted without the second; to a date, with all of that day.
    """
    for record in world.ledger.records.values():
        if record.kind != "tally" or record.withdrawn or not record.fields.get("count"):
            continue
        if any(record.fields.get(name) for name in ("accused", "against", "ruled")):
            continue  # of somebody's acts, or a ruling
        act, zone = record.fields.get("act"), record.fields.get("zone")
        period = occurred(record, commitment.agreement, "period")
        if period is None or (act is not None and act_fit(act, commitment.acts) == "outside"):
            continue
        last = period.end.last if period.end else period.start.last
        until = period.end.ends if period.end else period.start.last + 1
        alive = touches(period.start.first, until, row.history.windows("active"))
        if (
            last <= world.as_of
            and alive
            and (zone not in world.book.zones or place_fit(world, commitment, zone) != "outside")
        ):
            return True
    return False


def standings(world: World, commitment: Commitment) -> list[Standing]:
    """Every row with where it stands."""
    if commitment.duty == "declare":
        return []
    rows = [bearer_row(world, commitment, bearer) for bearer in commitment.bearers()]
    rows += member_rows(world, commitment)
    found = [standing(world, row) for row in rows]
    if commitment.acts:
        nobody = standing(world, bearer_row(world, commitment, ()))
        if (
            not commitment.influence
            and nobody.compliance in {"none_recorded", "remedied"}
            and tallied(world, commitment, nobody.row)
        ):
            nobody.compliance = "alleged"
        found.append(nobody)
    for one in found:
        alleged = any(alleges(world, record, one.row) for record in naming(world))
        if alleged and one.compliance in {"none_recorded", "remedied"}:
            one.compliance = "alleged"
    return found


def opens(found: Standing) -> int:
    return len(found.open_incidents) + len(found.open_performances)


def line(world: World, found: Standing) -> dict:
    """The row in the result."""
    row, history = found.row, found.row.history
    deadline = None if row.of or not row.bearer else history.deadline
    late = None if row.of or not row.bearer or row.commitment.hortatory else late_by(history)
    return {
        "commitment": row.commitment.name,
        "owed_by": row.owed_by,
        "phase": history.phase,
        "phase_from": write(history.phase_from),
        "compliance": found.compliance,
        "breaches": len(found.breaches),
        "open": opens(found),
        "ongoing": any(b.ongoing for b in found.breaches),
        "due": write(deadline.due) if deadline else None,
        "late_by": None if late is None else late / 1_000_000,
        "ruled": [ruling(world, one.record) for one in found.rulings],
    }


def ruling(world: World, ident: str) -> dict:
    said = world.ledger.records[ident].fields
    return {"record": ident, "count": said["count"], "at_least": bool(said.get("at_least"))}
