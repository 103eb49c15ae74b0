"""Decisions, events and memberships of equal own fields are one claim."""

from .book import Agreement, listed
from .instants import read
from .occurrence import occurred, zone_of
from .wording import Record, id_order
from .world import World

GROUPED = ("decision", "event", "membership")
NOT_OWN = {"text", "evidence", "release", "same_as", "timezone"}
TIMES = ("until",)


def own_fields(world: World, record: Record, agreement: Agreement) -> tuple:
    """The own fields in a form that does not depend on how an instant or a list was written."""
    found: list[tuple] = [("kind", record.kind)]
    for name, value in record.fields.items():
        if name in NOT_OWN or name == "effective":
            continue
        if name in TIMES:
            found.append((name, repr(read(value, zone_of(record, agreement)))))
        elif name == "commitment":
            commitment = world.book.commitment(value)
            found.append((name, commitment.name if commitment else value))
        elif name == "of":  # each author points at its own record of a suspension
            target = next((r for r in world.claims("decision") if r.id == value), None)
            alone = target is None or target.fields.get("of") is not None
            found.append((name, repr(value if alone else own_fields(world, target, agreement))))
        elif name != "occurred":
            shown = sorted(map(repr, value)) if isinstance(value, list | tuple) else value
            found.append((name, repr(shown)))
    taken = written_time(record, agreement)
    effective = record.fields.get("effective")  # default: when it was taken
    found.append(
        ("effective", taken[2] if effective is None else repr([read(effective, zone_of(record, agreement))]))
    )
    return (*sorted(found), taken)


def written_time(record: Record, agreement: Agreement) -> tuple:
    """`occurred` as written, before its `recorded` narrows it."""
    value = record.fields.get("occurred")
    ends = [value.get("from"), value.get("to")] if isinstance(value, dict) else listed(value)
    zone = zone_of(record, agreement)
    return ("occurred", isinstance(value, dict), repr([e if e is None else read(e, zone) for e in ends]))


def equals(world: World, record: Record, agreement: Agreement) -> list[Record]:
    """The records that are one claim with this one, itself included, withdrawn ones too, the least id first."""
    if record.kind not in GROUPED:
        return [record]

    def work() -> list[Record]:
        key = own_fields(world, record, agreement)
        same = [r for r in world.claims(record.kind) if own_fields(world, r, agreement) == key]
        return sorted(same, key=lambda r: id_order(r.id))

    return world.remembered(("equals", record.id, agreement.id), work)


def spokesman(world: World, record: Record, agreement: Agreement) -> Record:
    """The least id of those not withdrawn; of those withdrawn if all are."""
    group = equals(world, record, agreement)
    return next((r for r in group if not r.withdrawn), group[0])


def earliest(world: World, record: Record, agreement: Agreement) -> Record:
    """The record of the claim that narrows an imprecise occurrence most."""
    group = [r for r in equals(world, record, agreement) if not r.withdrawn] or [record]
    return min(group, key=lambda r: (occurred(r, agreement).start.last, id_order(r.id)))


def claim_visible(world: World, record: Record, agreement: Agreement) -> bool:
    if occurred(record, agreement) is None:
        return False
    return world.visible(earliest(world, record, agreement), agreement)
