"""What each member has answered on a claim, question by question."""

from dataclasses import dataclass, field

from .book import Agreement, Mechanism, listed
from .equals import equals, spokesman
from .instants import Moment, add, instant, read
from .occurrence import zone_of
from .wording import Record, finding_order, id_order
from .world import World

QUESTIONS = ("outcome", "attributed_to", "severity", "under", "same_as", "ended")


@dataclass
class Sources:
    """The records whose answers are answers on one claim."""

    claim: Record
    same: list[Record]  # everybody's findings on these count
    duplicates: list[Record] = field(default_factory=list)  # of these only their authors' answers
    silence_ended: int | None = None


def answer(finding: Record, question: str, agreement: Agreement) -> object:
    """What a finding answers to a question; None if it does not answer it."""
    fields = finding.fields
    if question == "attributed_to":
        named = listed(fields.get("attributed_to"))
        return frozenset(named) if named else None
    if question == "under":
        if fields.get("ground"):
            return fields["ground"]
        return frozenset(listed(fields.get("commitments"))) or None
    if question == "ended" and fields.get("ended"):
        return read(fields["ended"], zone_of(finding, agreement)).last
    return fields.get(question)


def on_newest(world: World, record: Record) -> list[Record]:
    """Findings on the newest wording of a record."""
    found = []
    for finding in world.findings():
        named = finding.fields.get("on")
        if world.ledger.find(named) is record and record.wordings.get(named) == record.wording:
            found.append(finding)
    return found


def speaks(source: Sources, record: Record, finding: Record) -> bool:
    return record in source.same or finding.said_by == record.said_by


def findings_of(world: World, sources: Sources, who: str, relayed: bool) -> list[Record]:
    """One author's findings on the claim, the latest last; `relayed`: those written down by somebody else."""
    found = []
    for record in [*sources.same, *sources.duplicates]:
        for finding in on_newest(world, record):
            if finding.said_by == who and finding.relay == relayed and speaks(sources, record, finding):
                found.append(finding)
    if relayed:
        return sorted(found, key=lambda f: (f.recorded, id_order(f.id)))
    return finding_order(found)


def grounds_found(world: World, sources: Sources) -> frozenset:
    """The grounds that anyone found in an answer on the claim, member or not."""
    records = [*sources.same, *sources.duplicates]
    found = [f for r in records for f in on_newest(world, r) if speaks(sources, r, f)]
    return frozenset(f.fields["ground"] for f in found if f.fields.get("ground"))


def authored(world: World, sources: Sources, who: str, relayed: bool) -> list[Record]:
    """Reports of this claim by one author that still stand."""
    records = [r for r in [*sources.same, *sources.duplicates] if not r.withdrawn]
    return [r for r in records if r.said_by == who and r.relay == relayed]


def in_time(finding: Record, sources: Sources) -> bool:
    """Any finding but `confirmed` is an objection; one after the silence ended counts on no day."""
    if sources.silence_ended is None or finding.fields.get("outcome") == "confirmed":
        return True
    return finding.recorded <= sources.silence_ended


def of_author(record: Record, question: str) -> object:
    """The author of a claim has the position confirmed, attributed to the accused it names."""
    if question == "outcome":
        return "confirmed"
    if question == "attributed_to" and record.kind in {"incident", "tally"}:
        return frozenset(listed(record.fields.get("accused"))) or None
    return None


def position(world: World, sources: Sources, agreement: Agreement, who: str, question: str) -> object:
    """One member, one position on each question; None if it has none."""
    for relayed in (False, True) if world.relays else (False,):
        said = [*findings_of(world, sources, who, relayed), *authored(world, sources, who, relayed)]
        ordered = (
            finding_order(said) if not relayed else sorted(said, key=lambda f: (f.recorded, id_order(f.id)))
        )
        for one in reversed(ordered):
            if one.kind == "finding":
                given = answer(one, question, agreement) if in_time(one, sources) else None
            else:
                given = of_author(one, question)
            if given is not None:
                return given
    return None


def direct(world: World, record: Record, agreement: Agreement) -> Sources:
    """Answers on the record itself, whatever else reports the same act."""
    return Sources(spokesman(world, record, agreement), equals(world, record, agreement))


def silence_end(
    world: World, record: Record, agreement: Agreement, mechanism: Mechanism | None
) -> int | None:
    """When silence becomes consent; None where there is no such procedure."""
    silence = mechanism.silence_for(record.kind) if mechanism else None
    group = [r for r in equals(world, record, agreement) if not r.withdrawn]
    if not silence or not group:
        return None
    begun: Moment = instant(min(r.recorded for r in group))
    return add(begun, silence, agreement.zone).first


def silence_over(world: World, sources: Sources) -> bool:
    """Whether silence has become consent by the day asked about, as far as is known."""
    end = sources.silence_ended
    return end is not None and end <= world.as_of and (world.known_at is None or end <= world.known_at)
