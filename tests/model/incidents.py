"""What one incident is to one row: a breach, an open question, or nothing."""

from dataclasses import dataclass, field

from . import membership
from .book import Commitment
from .determination import CLOSED, Determination, determination
from .history import History
from .instants import Moment, instant
from .jurisdiction import agreements_of
from .occurrence import goes_on
from .omissions import Omission, concerns, not_done, omission, owed_at
from .performances import Performance, by_bearer
from .scope import actor_part, exemption_part, joined, member_at, occurrence_of, scope
from .wording import Record
from .world import World

UNIDENTIFIED = frozenset({"unidentified"})


@dataclass
class Row:
    """Whose row it is: `bearer` is who owes, `of` the member it is about (None: the bearer itself)."""

    commitment: Commitment
    bearer: tuple[str, ...]  # empty: nobody in particular
    history: History
    performances: list[Performance] = field(default_factory=list)
    of: str | None = None

    @property
    def whose(self) -> tuple[str, ...]:
        return (self.of,) if self.of else self.bearer

    @property
    def owed_by(self) -> str | None:
        return "+".join(self.whose) or None


@dataclass(frozen=True)
class Stand:
    """What an incident is to a row."""

    record: str
    kind: str  # breach, ruling (of a number of breaches) or open
    state: str  # its determination
    at: int
    anchor: Moment
    remedied: bool = False
    ongoing: bool = False
    period: object = None


def actors(world: World, record: Record, found: Determination) -> frozenset:
    """Who matters: the decided, or as long as nothing is decided the accused and those members name."""
    if found.state == "established" and found.attributed_to:
        return found.attributed_to
    return found.named


def settled(found: Determination) -> bool:
    return found.state == "established" and bool(found.attributed_to)


def scopes(
    world: World, record: Record, row: Row, found: Determination, skipped: Omission | None
) -> list[str]:
    """The scope for every actor that may be the row's."""
    concerned = sorted(actors(world, record, found) - UNIDENTIFIED)
    values = []
    for actor in concerned:
        at = owed_at(world, record, row.commitment, row.history)
        if member_at(world, record, row.commitment, actor, row.whose, at) == membership.NEVER:
            continue
        if skipped:
            parts = actor_part(world, record, row.commitment, row.bearer, actor, at)
            apart = actor not in row.bearer and ("outside", "excluded") in parts
            parts.append((exemption_part(row.commitment, found), "exemption"))
            decided = "outside" if apart else "inside"
            values.append(decided if found.commitments else joined(parts).value)
        else:
            args = (world, record, row.commitment, row.history, found, row.bearer, actor)
            value = scope(*args).value
            sure = member_at(world, record, row.commitment, actor, row.whose, at) == membership.SURE
            values.append("unclear" if value == "inside" and not sure else value)
    return values


def nobodys(world: World, record: Record, row: Row, found: Determination) -> list[str]:
    """The scope for the row of nobody in particular: only where nobody is accused or attributed."""
    if actors(world, record, found) - UNIDENTIFIED:
        return []
    return [scope(world, record, row.commitment, row.history, found, row.bearer, None).value]


def is_judged(world: World, record: Record, row: Row) -> bool:
    agreement = row.commitment.agreement
    return agreement in agreements_of(world, record) and world.visible(record, agreement)


def when_of(world: World, record: Record, row: Row, found: Determination, skipped: Omission | None):
    """(the instant a breach counts from, the moment `within` of a repair is counted from)."""
    if skipped:
        moved = row.history.deadline.as_anchor if row.history.deadline else instant(skipped.at)
        return skipped.at, moved
    occurrence = occurrence_of(world, record, row.commitment, found)
    at = occurrence.start.last
    if occurrence.lasting:
        later = [low for low, high in row.history.windows("active") if high is None or high > at]
        at = max(at, min(later, default=at))
        return at, occurrence.start if at == occurrence.start.last else instant(at)
    return at, occurrence.start


def stand(world: World, record: Record, row: Row) -> Stand | None:
    """A breach where it is established, inside and attributed; open while any of that may still come out so."""
    if not is_judged(world, record, row) or row.history.never_started:
        return None
    found = determination(world, record, row.commitment.agreement)
    if found.state in CLOSED:
        return None
    skipped = None
    if not_done(record, row.commitment):
        if not concerns(world, record, row.commitment, found):
            return None
        done = by_bearer(world, row.commitment, row.bearer)
        skipped = omission(world, record, row.commitment, row.history, done)
        if skipped is None or not row.bearer:
            return None
    values = scopes(world, record, row, found, skipped) if row.bearer else nobodys(world, record, row, found)
    if all(value == "outside" for value in values):
        return None
    at, anchor = when_of(world, record, row, found, skipped)
    breach = settled(found) and "inside" in values and not (skipped and skipped.open)
    lasts = goes_on(occurrence_of(world, record, row.commitment, found), world.as_of)
    return Stand(
        record.id,
        ("ruling" if record.kind == "tally" else "breach") if breach else "open",
        found.state,
        at,
        anchor,
        remedied=bool(skipped and skipped.remedied),
        ongoing=breach and lasts and row.history.phase == "active",
        period=skipped.period if skipped else None,
    )


def stands(world: World, row: Row) -> list[Stand]:
    """All incidents that are something to the row."""
    if row.commitment.duty in {"permit", "declare"} or row.commitment.hortatory:
        return []
    from .counts import rulings  # which weighs counts as incidents are

    found = [stand(world, record, row) for record in [*world.claims("incident"), *rulings(world)]]
    return sorted((one for one in found if one), key=lambda one: (one.at, one.record))
