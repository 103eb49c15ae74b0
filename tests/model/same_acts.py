"""Several reports of one act: which record counts. Asked per agreement, since each mechanism decides its own."""

from .book import Agreement
from .equals import claim_visible, equals, spokesman
from .jurisdiction import agreements_of, mechanism_of
from .positions import direct, position
from .rules import decided_value
from .wording import Record, id_order
from .world import World


def is_gone(world: World, record: Record, agreement: Agreement) -> bool:
    """Withdrawn, and confirmed by no other member."""
    if not spokesman(world, record, agreement).withdrawn:
        return False
    mechanism = mechanism_of(world, record, agreement)
    sources = direct(world, record, agreement)
    others = [m for m in (mechanism.members if mechanism else []) if m != record.by]
    return not any(position(world, sources, agreement, m, "outcome") == "confirmed" for m in others)


def decided_link(world: World, record: Record, agreement: Agreement) -> str | None:
    """The record that the mechanism says this one is the same as."""
    mechanism = mechanism_of(world, record, agreement)
    if mechanism is None:
        return None
    from .determination import counted_members  # who is counted is told there, what is one act here

    sources = direct(world, record, agreement)
    members = counted_members(world, record, agreement, mechanism, sources)
    rule = mechanism.rule_for(record.kind)
    if rule == "as-reported" and not mechanism.members:
        members = [sources.claim.said_by]  # the author of the claim decides alone
    answers = {m: position(world, sources, agreement, m, "same_as") for m in members}
    answers = {m: world.ledger.owner.get(x, x) if x else None for m, x in answers.items()}
    return decided_value(rule, members, answers)


def link(world: World, record: Record, agreement: Agreement) -> str | None:
    """What this record is said to be the same as; None if it reports an act of its own."""
    target = decided_link(world, record, agreement) or record.fields.get("same_as")
    if target is None:
        return None
    found = world.ledger.find(target)
    if found is not None and found.is_claim and not has_occurred(world, found):
        return None  # it stands alone until then
    if found is None or found.kind != record.kind:
        return target
    found = spokesman(world, found, agreement)
    return None if found is spokesman(world, record, agreement) else found.id


def has_occurred(world: World, record: Record) -> bool:
    """Whether it had by the day asked about, in the time zone that all the agreements share."""
    first = world.book.agreements[0]
    if record.kind == "response" and record.fields.get("occurred") is None:
        return record.said_when <= world.as_of
    return claim_visible(world, record, first)


def absent(world: World, ident: str, kind: str, agreement: Agreement) -> bool:
    """Gone, unknown, not judged under this agreement, or no claim of this kind."""
    found = world.ledger.find(ident)
    if found is None or found.kind != kind or agreement not in agreements_of(world, found):
        return True
    return is_gone(world, found, agreement)


def walk(world: World, record: Record, agreement: Agreement) -> tuple[str, object]:
    """Follow the links: ("last", id), ("circle", ids) or ("absent", (the id that is not there, who lead to it))."""
    path = [spokesman(world, record, agreement)]
    while True:
        target = link(world, path[-1], agreement)
        if target is None:
            return "last", path[-1].id
        if absent(world, target, record.kind, agreement):
            return "absent", (target, [r.id for r in path])
        found = world.ledger.find(target)
        if found in path:
            return "circle", [r.id for r in path[path.index(found) :]]
        path.append(found)


def standing(world: World, kind: str, agreement: Agreement) -> list[Record]:
    """Claims of one kind that are there, one for each group of equal ones."""
    found = [r for r in world.claims(kind) if agreement in agreements_of(world, r)]
    found = [r for r in found if claim_visible(world, r, agreement)]
    found = [r for r in found if spokesman(world, r, agreement) is r]
    return [r for r in found if not is_gone(world, r, agreement)]


def counts_as(world: World, record: Record, agreement: Agreement) -> str | None:
    """The record this one is counted under; None if it is gone."""

    def work() -> str | None:
        if is_gone(world, record, agreement):
            return None
        how, end = walk(world, record, agreement)
        if how == "last":
            return end
        if how == "circle":
            return min(end, key=id_order)
        walks = [walk(world, r, agreement) for r in standing(world, record.kind, agreement)]
        leading = [found[1] for found_how, found in walks if found_how == "absent" and found[0] == end[0]]
        return min({ident for path in leading for ident in path}, key=id_order)

    return world.remembered(("counts_as", record.id, agreement.id), work)


def duplicates(world: World, record: Record, agreement: Agreement) -> list[Record]:
    """The reports that this record counts for, itself and its equals apart."""
    own = equals(world, record, agreement)
    found = []
    for other in standing(world, record.kind, agreement):
        if other not in own and counts_as(world, other, agreement) == record.id:
            found += equals(world, other, agreement)
    return found
