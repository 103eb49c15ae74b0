"""The whole assessment: the design's `assess`, slowly."""

from . import agreement_states, instants, rows, spans
from .book import Agreement, read_book
from .determination import determination
from .equals import claim_visible, earliest
from .jurisdiction import agreements_of
from .wording import Record, id_order, read_ledger
from .world import World


def asked_instant(text: str | None, agreement: Agreement) -> int | None:
    """A date means the last microsecond of that day in the agreement's zone."""
    return None if text is None else agreement.moment(text).last


def claim_line(world: World, record: Record, agreement: Agreement) -> dict:
    found = determination(world, record, agreement)
    when = world.when(earliest(world, record, agreement), agreement)
    last = when.end.last if when.end else None if when.lasting else when.start.last
    return {
        "record": record.id,
        "wording": record.wording,
        "kind": record.kind,
        "by": record.by,
        "said_by": record.said_by,
        "from": instants.write(when.start.first),
        "until": instants.write(found.ended if found.ended and last is None else last),
        "agreement": agreement.id,
        "mechanism": found.mechanism,
        "determination": found.state,
        "counts_as": found.counts_as,
        "attributed_to": sorted(found.attributed_to),
        "severity": found.severity,
        "under": sorted(found.commitments),
    }


def claim_lines(world: World) -> list[dict]:
    """Every claim that had occurred, once for each agreement in which it is judged."""
    found = []
    for record in world.claims():
        for agreement in agreements_of(world, record):
            if claim_visible(world, record, agreement):
                found.append(
                    (world.when(record, agreement).start.first, id_order(record.id), record, agreement)
                )
    return [claim_line(world, r, a) for _, _, r, a in sorted(found, key=lambda one: one[:2])]


def check_targets(world: World) -> None:
    """Findings and claims that name nothing known."""
    for record in world.ledger.records.values():
        if record.kind == "finding" and world.ledger.find(record.fields.get("on")) is None:
            world.problem(record.id, "dangling")
        if record.is_claim and not agreements_of(world, record):
            world.problem(record.id, "dangling")


def assess(
    agreements: list[dict],
    records: list[dict],
    as_of: str,
    known_at: str | None = None,
    since: str | None = None,
    relays: bool = False,
) -> dict:
    """What the records add up to on a given day; the lists of docs/rules/result.md that this model has."""
    book = read_book(agreements)
    first = book.agreements[0]
    until, known = asked_instant(as_of, first), asked_instant(known_at, first)
    ledger = read_ledger(records, known)
    world = World(book, ledger, until, known, relays, list(ledger.problems))
    check_targets(world)
    commitments = [c for agreement in book.agreements for c in agreement.commitments]
    standings = [found for commitment in commitments for found in rows.standings(world, commitment)]
    lines = []
    if since is not None:
        begins = first.moment(since).begins
        lines = [line for found in standings for line in spans.lines(world, found, begins)]
    return {
        "agreements": [
            shown | {"from": instants.write(shown["from"]), "until": instants.write(shown["until"])}
            for shown in (agreement_states.row(world, a) for a in book.agreements)
        ],
        "commitments": [rows.line(world, found) for found in standings],
        "spans": lines,
        "claims": claim_lines(world),
        "problems": sorted(world.problems, key=lambda p: (str(p["record"]), p["code"])),
    }
