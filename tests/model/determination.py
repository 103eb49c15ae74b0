"""What a mechanism makes of a claim: taken place, by whom, how gravely, under what."""

from dataclasses import dataclass

from . import membership, same_acts
from .book import Agreement, Mechanism, listed
from .equals import equals, spokesman
from .jurisdiction import mechanism_of
from .positions import (
    QUESTIONS,
    Sources,
    direct,
    findings_of,
    grounds_found,
    in_time,
    position,
    silence_end,
    silence_over,
)
from .rules import both_stand, decided_outcome, decided_value, settled
from .wording import Record
from .world import World

CLOSED = ("refuted", "withdrawn", "duplicate", "inconclusive")


@dataclass
class Determination:
    state: str
    mechanism: str | None = None
    counts_as: str | None = None
    attributed_to: frozenset = frozenset()  # decided; may be {"unidentified"}
    severity: str | None = None
    commitments: frozenset = frozenset()  # decided, full names, of this agreement
    ground: str | None = None
    ended: int | None = None
    named: frozenset = frozenset()  # parties that members attribute it to
    silence_ended: int | None = None  # set if it would not stand without the silence procedure
    grounds: frozenset = frozenset()  # found by anyone


def sides(world: World, agreement: Agreement, member: str) -> list[str]:
    return [member, *listed(world.book.parties.get(member, {}).get("guarantees"))]


def judges_itself(world: World, record: Record, agreement: Agreement, member: str) -> bool:
    """Its own performance, or that of somebody who may have belonged to its own side when it was done."""
    performer = record.fields.get("performer")
    if record.kind != "performance" or not performer:
        return False
    done = same_moment(world, record, agreement)
    own = sides(world, agreement, member)

    def belongs_to_it(at: int) -> frozenset:
        answers = [membership.belongs(world, agreement, performer, side, at) for side in own]
        return frozenset().union(*answers)

    return True in membership.throughout(world, agreement, done, belongs_to_it)


def same_moment(world: World, record: Record, agreement: Agreement):
    """The moment at which groups are looked at: a lasting act's start, a lasting performance's completion."""
    when = world.when(record, agreement)
    if record.kind == "performance" and when.lasting and when.end:
        return when.end
    return when.start


def counted_members(
    world: World, record: Record, agreement: Agreement, mechanism: Mechanism, sources: Sources
) -> list[str]:
    """Members left out: who took the claim back and says nothing else; who judges itself.

    Of a decision nobody is left out: who took it back has not consented.
    """
    members = []
    for m in mechanism.members:
        silent = all(position(world, sources, agreement, m, q) is None for q in QUESTIONS)
        gone = record.withdrawn and record.by == m and silent
        if record.kind == "decision" or not gone:
            members.append(m)
    rule = mechanism.rule_for(record.kind)
    if rule in {"majority", "any"}:
        others = [m for m in members if not judges_itself(world, record, agreement, m)]
        return others or members
    return members


def gather(world: World, record: Record, agreement: Agreement, mechanism: Mechanism | None) -> Sources:
    sources = direct(world, record, agreement)
    sources.duplicates = same_acts.duplicates(world, record, agreement)
    sources.silence_ended = silence_end(world, record, agreement, mechanism)
    return sources


def outcome_answers(world, sources: Sources, agreement: Agreement, members: list[str]) -> tuple[dict, set]:
    """Each member's answer to `outcome`, and the members that answered by silence."""
    answers = {m: position(world, sources, agreement, m, "outcome") for m in members}
    if not silence_over(world, sources):
        return answers, set()
    spoken = {r.by for r in sources.same if r.withdrawn and not r.relay}  # they took their own record back
    for m in members:
        heard = findings_of(world, sources, m, False)
        heard += findings_of(world, sources, m, True) if world.relays else []
        if any(in_time(finding, sources) for finding in heard):
            spoken.add(m)  # whatever it found: it has not been silent
    return answers, {m for m, said in answers.items() if said is None and m not in spoken}


def accused(world: World, agreement: Agreement, sources: Sources) -> set[str]:
    """Whom the reports of one act accuse: each author is asked for its last word, and none clears another's."""
    found: set[str] = set()
    for report in [*sources.same, *sources.duplicates]:
        said = position(world, sources, agreement, report.said_by, "attributed_to")
        if said is None and not report.withdrawn:  # a relay that is not counted still accuses
            said = listed(report.fields.get("accused"))
        found |= set(said or ())
    return found


def by_evidence(world: World, record: Record, agreement: Agreement) -> bool:
    """An external listing stands by its evidence, as long as somebody gives any for it."""
    if record.kind != "membership" or record.fields.get("basis") != "external":
        return False
    given = [r for r in equals(world, record, agreement) if r.fields.get("evidence")]
    return any(not r.withdrawn for r in given)


def is_party(world: World, agreement: Agreement, who: str, at: int | None) -> bool:
    """Party to the agreement: it has a standing there, owes something, or belongs to one who does."""
    stand = [t["party"] for t in agreement.raw.get("standing", []) if t["as"] != "named"]
    parties = {*stand, *(party for c in agreement.commitments for party in c.owed_by)}
    if at is None:
        return who in parties
    return any(
        membership.belongs(world, agreement, who, party, at) == membership.SURE for party in sorted(parties)
    )


def without_mechanism(world: World, record: Record, agreement: Agreement) -> str:
    """Alleged, or disputed where parties to the agreement contradict each other."""
    if by_evidence(world, record, agreement):
        return "established"
    sources = gather(world, record, agreement, None)
    # Who belongs to whom is itself what memberships say: of these only the parties themselves judge.
    at = None if record.kind == "membership" else same_moment(world, record, agreement).last
    people = sorted({r.said_by for r in world.ledger.records.values()})
    parties = [p for p in people if is_party(world, agreement, p, at)]
    answers = {p: position(world, sources, agreement, p, "outcome") for p in parties}
    return "disputed" if both_stand(parties, answers) else "alleged"


def reported_alone(
    record: Record, mechanism: Mechanism, world: World, sources: Sources, agreement: Agreement
):
    """as-reported without members: the claim's author decides."""
    alone = mechanism.rule_for(record.kind) == "as-reported" and not mechanism.members
    return [record.said_by] if alone else None


def state_of(rule: str, members: list[str], answers: dict, answered: bool) -> str:
    """The table of determinations, for a claim neither withdrawn nor a duplicate."""
    decided = decided_outcome(rule, members, answers)
    if decided in {"confirmed", "refuted"}:
        return "established" if decided == "confirmed" else "refuted"
    if decided is None and both_stand(members, answers):
        return "disputed"
    if decided == "inconclusive" or (members and all(answers.get(m) is not None for m in members)):
        return "inconclusive"
    return "under_review" if answered else "alleged"


def attribution(world: World, record: Record, agreement: Agreement, rule: str, answers: dict) -> frozenset:
    """Decided party by party; of a group and its member both decided, the member. Only what is of acts has one."""
    if record.kind not in {"incident", "tally"}:
        return frozenset()
    moment = same_moment(world, record, agreement)

    def is_of(party: str, group: str) -> bool:
        ask = lambda at: membership.belongs(world, agreement, party, group, at)  # noqa: E731
        return membership.throughout(world, agreement, moment, ask) == membership.SURE

    def names(member: str, party: str) -> bool:
        return any(is_of(named, party) for named in answers.get(member) or ())

    named = {party for said in answers.values() if said for party in said}
    candidates = named | {g for g in membership.names(world, "group") for p in named if is_of(p, g)}
    members = list(answers)
    decided = {
        party
        for party in candidates
        if settled(
            rule,
            members,
            lambda m, party=party: names(m, party),
            lambda m, party=party: rule == "as-reported" and bool(answers.get(m)) and not names(m, party),
        )
    }
    if len(decided) > 1:
        decided -= {"unidentified"}
    return frozenset(p for p in decided if not any(q != p and is_of(q, p) for q in decided))


def under_what(world: World, agreement: Agreement, rule: str, answers: dict) -> tuple[frozenset, str | None]:
    """The commitments of this agreement that are decided, or the ground."""
    here: dict = {}
    for member, said in answers.items():
        here[member] = said
        if isinstance(said, frozenset):
            found = {world.book.commitment(name, agreement.id) for name in said}
            here[member] = frozenset(c.name for c in found if c and c.agreement is agreement) or None
    lists = {m: said for m, said in here.items() if isinstance(said, frozenset)}
    grounds = {m: said for m, said in here.items() if isinstance(said, str)}
    decided = set()
    for name in {name for said in lists.values() for name in said}:
        against = set(grounds)
        if rule == "as-reported":
            against |= {m for m, said in lists.items() if name not in said}
        if settled(rule, list(here), lambda m, n=name: n in lists.get(m, ()), lambda m, a=against: m in a):
            decided.add(name)
    ground = decided_value(rule, list(here), here)
    return frozenset(decided), ground if isinstance(ground, str) else None


def judge(world: World, record: Record, agreement: Agreement, mechanism: Mechanism) -> Determination:
    """A claim that counts, judged by its mechanism."""
    sources = gather(world, record, agreement, mechanism)
    rule = mechanism.rule_for(record.kind)
    members = counted_members(world, record, agreement, mechanism, sources)
    members = reported_alone(record, mechanism, world, sources, agreement) or members
    said = {q: {m: position(world, sources, agreement, m, q) for m in members} for q in QUESTIONS}
    if record.kind == "tally" and listed(record.fields.get("accused")):
        # To confirm that so many acts were breaches by somebody is to agree by whom, unless another is named.
        for m in members:
            if said["outcome"][m] == "confirmed" and said["attributed_to"][m] is None:
                said["attributed_to"][m] = frozenset(listed(record.fields["accused"]))
    everyone = {m: [position(world, sources, agreement, m, q) for q in QUESTIONS] for m in mechanism.members}
    answered = any(m != record.said_by and any(a is not None for a in every) for m, every in everyone.items())
    answers, silent = outcome_answers(world, sources, agreement, members)
    silent &= set(mechanism.members)  # where nobody is a member, nobody consents by silence
    spoken = state_of(rule, members, answers, answered)
    state = state_of(
        rule,
        members,
        answers | dict.fromkeys(silent, "confirmed"),
        answered or bool(silent - {record.said_by}),
    )
    commitments, ground = under_what(world, agreement, rule, said["under"])
    # Accused by an author of its reports (as it last said), or attributed by a member.
    named = {
        p for m in mechanism.members for p in position(world, sources, agreement, m, "attributed_to") or ()
    }
    named |= accused(world, agreement, sources)
    if by_evidence(world, record, agreement):
        state = "established"
    only_silence = state == "established" and spoken != "established"
    return Determination(
        state,
        mechanism.id,
        record.id,
        attribution(world, record, agreement, rule, said["attributed_to"]),
        decided_value(rule, members, said["severity"]) if record.kind in {"incident", "tally"} else None,
        commitments,
        ground,
        decided_value(rule, members, said["ended"]),
        frozenset(named - {"unidentified"}),
        sources.silence_ended if only_silence else None,
        grounds_found(world, sources),
    )


def determination(world: World, record: Record, agreement: Agreement) -> Determination:
    """What `agreement`'s mechanism makes of a record, whether or not it is the one that counts."""

    def work() -> Determination:
        mechanism = mechanism_of(world, record, agreement)
        name = mechanism.id if mechanism else None
        counts = same_acts.counts_as(world, record, agreement)
        if counts is None:
            return Determination("withdrawn", name)
        if counts != record.id:
            alone = record.withdrawn and spokesman(world, record, agreement) is not record
            return Determination("withdrawn" if alone else "duplicate", name, None if alone else counts)
        if mechanism is None:
            state = without_mechanism(world, record, agreement)
            sources = gather(world, record, agreement, None)
            named = frozenset(accused(world, agreement, sources) - {"unidentified"})
            return Determination(state, None, record.id, named=named, grounds=grounds_found(world, sources))
        return judge(world, record, agreement, mechanism)

    return world.remembered(("determination", record.id, agreement.id), work)
