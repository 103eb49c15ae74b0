"""Where a claim is judged, and by which mechanism."""

from .book import Agreement, Commitment, Mechanism, listed
from .occurrence import Occurrence
from .wording import Record
from .world import World


def named_commitments(world: World, record: Record) -> list[Commitment]:
    found = [world.book.commitment(name) for name in listed(record.fields.get("commitments"))]
    return [commitment for commitment in found if commitment]


def covers(act: str, wide: str) -> bool:
    return act == wide or act.startswith(wide + ".")


def act_fit(act: str | None, acts: list[str]) -> str:
    """Whether `acts` cover the act: inside, unclear where the act is too coarse to tell, outside."""
    if act is None:
        return "unclear"
    if any(covers(act, wide) for wide in acts):
        return "inside"
    return "unclear" if any(covers(narrow, act) for narrow in acts) else "outside"


def incident_agreements(world: World, record: Record) -> list[Agreement]:
    """Those it names, else those with an act that may cover it, else all."""
    named = {commitment.agreement.id for commitment in named_commitments(world, record)}
    if not named:
        for agreement in world.book.agreements:
            fits = [act_fit(record.fields.get("act"), c.acts) for c in agreement.commitments if c.acts]
            if any(fit != "outside" for fit in fits):
                named.add(agreement.id)
    return [a for a in world.book.agreements if a.id in named or not named]


def agreements_of(world: World, record: Record) -> list[Agreement]:
    """The agreements in which a claim is judged."""
    if record.kind in {"incident", "tally"}:
        return incident_agreements(world, record)
    if record.kind in {"event", "membership"}:
        return world.book.agreements
    if record.kind == "response":
        target = world.ledger.find(record.fields.get("to"))
        if target:
            # A remedy of a remedy makes nothing good; two that name each other have no end.
            return agreements_of(world, target) if target.is_claim and target.kind != "response" else []
        commitment = world.book.commitment(record.fields.get("to"))
    else:
        commitment = world.book.commitment(record.fields.get("commitment"))
    agreement = world.book.agreement(record.fields.get("agreement")) if record.kind == "decision" else None
    if commitment:
        agreement = commitment.agreement
    return [agreement] if agreement else []


def judged_when(record: Record, occurrence: Occurrence) -> tuple[int, int]:
    """The first and last instant at which it may be said to have occurred, for choosing mechanism and groups."""
    moment = occurrence.start
    if record.kind == "performance" and occurrence.lasting:
        moment = occurrence.end or occurrence.start
    return moment.first, moment.last


def mechanism_of(world: World, record: Record, agreement: Agreement) -> Mechanism | None:
    """The one that oversees when the act occurred; the later one if the occurrence spans a change."""
    from .equals import earliest

    first, last = judged_when(record, world.when(earliest(world, record, agreement), agreement))
    ours = [m for m in world.book.mechanisms if agreement.id in m.oversees]
    met = [m for m in ours if (m.begins is None or m.begins <= last) and (m.ends is None or first < m.ends)]
    return max(met, key=lambda m: m.begins if m.begins is not None else -(10**20), default=None)
