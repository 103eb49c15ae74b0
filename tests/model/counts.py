"""Published counts: what they allege, and of whom; and those that are rulings."""

from .book import listed
from .determination import Determination
from .incidents import Row, nobodys, scopes
from .wording import Record
from .world import World


def rulings(world: World) -> list[Record]:
    """The counts that say that so many acts, more than none, were breaches."""
    return [record for record in world.claims("tally") if record.fields["count"]]


def naming(world: World) -> list[Record]:
    """The counts above zero that are no rulings and say whose acts they are of, or against whom."""
    found = []
    for record in world.ledger.records.values():
        says = record.fields.get("accused") or record.fields.get("against")
        if record.kind == "tally" and record.fields.get("count") and says and not record.is_claim:
            found.append(record)
    return [record for record in found if not record.withdrawn]


def as_alleged(record: Record) -> Determination:
    """Nobody judges a count: it is what its author says."""
    return Determination("alleged", named=frozenset(listed(record.fields.get("accused"))) - {"unidentified"})


def alleges(world: World, record: Record, row: Row) -> bool:
    """Whether a count that names somebody may be of breaches on this row."""
    if row.history.never_started or not world.visible(record, row.commitment.agreement):
        return False
    found = as_alleged(record)
    values = scopes(world, record, row, found, None) if row.bearer else nobodys(world, record, row, found)
    return any(value != "outside" for value in values)
