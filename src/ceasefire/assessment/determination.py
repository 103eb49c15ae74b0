"""What a mechanism makes of a claim: the determinations of design §5, agreement by agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import evolve, frozen

from ceasefire.assessment.contexts import judged_at
from ceasefire.assessment.groups import YES, Groups
from ceasefire.assessment.order import id_key
from ceasefire.assessment.positions import answers_on, earlier_answers, positions
from ceasefire.assessment.rules import OPEN, decided_answer, decided_names, determined
from ceasefire.assessment.same_acts import counting, equals
from ceasefire.assessment.wordings import Problem
from ceasefire.record import Decision, Incident, Membership, Performance

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ceasefire.agreement.terms import Agreement, Mechanism
    from ceasefire.assessment.contexts import Courts
    from ceasefire.assessment.positions import Answer, Judgement
    from ceasefire.assessment.times import Times
    from ceasefire.assessment.wordings import Worded

#: Grounds which, found by anyone, make an incident unclear where a commitment excepts circumstances (§6).
CIRCUMSTANCES: Final = frozenset({"self_defence", "exempt_act", "exercise"})

Held = dict[str, dict[str, "Answer"]]


@frozen(kw_only=True)
class Determined:
    """A claim as one agreement's mechanism determines it."""

    entry: Worded
    agreement: str
    times: Times
    mechanism: Mechanism | None
    rule: str | None
    #: The members whose answers count here; without a mechanism, nobody's decide.
    counted: tuple[str, ...]
    held: Held
    determination: str
    #: The id of the record that counts for it: its own, unless it is a duplicate.
    counts_as: str
    #: The ids of every report counted under it, its own first.
    reports: tuple[str, ...] = ()
    #: Parties decided, or ("unidentified",); empty while undetermined.
    attributed: tuple[str, ...] = ()
    #: Whom its author accuses or a member names; "unidentified" left out.
    accused: tuple[str, ...] = ()
    severity: str | None = None
    under: tuple[str, ...] = ()
    ground: str | None = None
    #: Whether anyone found circumstances that a commitment may except, on the newest wording.
    circumstances: bool = False
    #: Members that consented by silence, and when their silence ended (decisions only).
    silent: tuple[str, ...] = ()
    silence_ended: int | None = None
    #: Whether an established decision would not be established without the silent.
    by_silence: bool = False
    self_reported: bool = False
    #: Every answer on it, counted or not, and those on earlier wordings.
    answers: tuple[Answer, ...] = ()
    earlier: tuple[Answer, ...] = ()

    @property
    def id(self) -> str:
        """The id of the record."""
        return self.entry.id

    @property
    def open(self) -> bool:
        """Whether it is neither established nor closed."""
        return self.determination in OPEN

    @property
    def established(self) -> bool:
        """Whether the mechanism has established it."""
        return self.determination == "established"


@frozen
class Docket:
    """Everything one agreement needs to determine claims."""

    agreement: Agreement
    courts: Courts
    findings: Mapping[str, list[Judgement]]
    times: Mapping[str, Times]
    as_of: int
    known_at: int | None
    relays: bool

    def mechanism_of(self, entry: Worded) -> Mechanism | None:
        """Return the mechanism that determines a claim under this agreement."""
        return self.courts.mechanism(self.agreement.id, judged_at(entry.record, self.times[entry.id]))

    def findings_on(self, name: str) -> list[Judgement]:
        """Return the findings on a record, on whichever wording."""
        return self.findings.get(name, [])


def determine(
    docket: Docket, entries: Iterable[Worded], groups: Groups | None, problems: list[Problem]
) -> list[Determined]:
    """Determine claims of one agreement, in the order given; without `groups`, nothing nests."""
    known = {entry.id: entry for entry in entries}
    gone = {name for name, entry in known.items() if entry.withdrawn and not _kept_by_others(docket, entry)}
    standing = {name: entry for name, entry in known.items() if name not in gone}
    same = _same_acts(docket, standing, problems)
    reports: dict[str, list[str]] = {}
    for name, counts in same.items():
        if name != counts:
            reports.setdefault(counts, []).append(name)
    result = []
    for name, entry in known.items():
        counts = same.get(name, name)
        if name in gone or counts != name:
            result.append(_closed(docket, entry, "withdrawn" if name in gone else "duplicate", counts))
        else:
            others = [known[r] for r in sorted(reports.get(name, ()), key=id_key)]
            result.append(_counted(docket, entry, others, groups))
    return result


def _kept_by_others(docket: Docket, entry: Worded) -> bool:
    """Tell whether a member other than its author confirms a claim its author took back."""
    mechanism = docket.mechanism_of(entry)
    if mechanism is None:
        return False
    held = positions(mechanism.members, answers_on(entry, docket.findings_on(entry.id)), relays=docket.relays)
    return any(
        member != entry.record.speaker and "outcome" in given and given["outcome"].value == "confirmed"
        for member, given in held.items()
    )


def _same_acts(docket: Docket, standing: Mapping[str, Worded], problems: list[Problem]) -> dict[str, str]:
    links: dict[str, str] = {}
    for name, entry in standing.items():
        link = _link(docket, entry)
        if link is None or link == name:
            continue
        links[name] = link
        target = standing.get(link)
        if target is not None and target.record.kind != entry.record.kind:
            links[name] = f"{link} (other kind)"
            what = f"{name} is said to report the same act as {link}, which is a {target.record.kind}"
            problems.append(Problem(name, "other_kind", f"{what}: it is not followed"))
    records = {name: entry.record for name, entry in standing.items()}
    return counting(standing, links, equals(records, docket.agreement.timezone))


def _link(docket: Docket, entry: Worded) -> str | None:
    """Return what a record is the same as: what a mechanism decided replaces what the record says."""
    own: str | None = getattr(entry.record, "same_as", None)
    findings = docket.findings_on(entry.id)
    if not any(judgement.finding.same_as for judgement in findings):
        return own
    mechanism = docket.mechanism_of(entry)
    if mechanism is None:
        return own
    held = positions(mechanism.members, answers_on(entry, findings), relays=docket.relays)
    counted, _ = _members(mechanism, entry, docket.times[entry.id], held, None)
    said = {m: given["same_as"].value for m, given in held.items() if m in counted and "same_as" in given}
    return decided_answer(mechanism.rule_for(entry.record.kind), counted, said) or own


def _closed(docket: Docket, entry: Worded, determination: str, counts_as: str) -> Determined:
    mechanism = docket.mechanism_of(entry)
    return Determined(
        entry=entry,
        agreement=docket.agreement.id,
        times=docket.times[entry.id],
        mechanism=mechanism,
        rule=mechanism.rule_for(entry.record.kind) if mechanism else None,
        counted=(),
        held={},
        determination=determination,
        counts_as=counts_as,
    )


def _counted(docket: Docket, entry: Worded, others: list[Worded], groups: Groups | None) -> Determined:
    """Determine a claim that stands and counts itself, from the answers on it and its authors' elsewhere."""
    mechanism = docket.mechanism_of(entry)
    rule = mechanism.rule_for(entry.record.kind) if mechanism else None
    speakers = _speakers(docket.agreement, entry, mechanism)
    answers = _answers(docket, entry, others)
    held = positions(speakers, answers, relays=docket.relays)
    counted, self_reported = speakers, False
    if mechanism is not None:
        counted, self_reported = _members(mechanism, entry, docket.times[entry.id], held, groups)
    held = {m: given for m, given in held.items() if m in counted}
    result = Determined(
        entry=entry,
        agreement=docket.agreement.id,
        times=docket.times[entry.id],
        mechanism=mechanism,
        rule=rule,
        counted=counted if mechanism else (),
        held=held,
        determination="alleged",
        counts_as=entry.id,
        reports=(entry.id, *(other.id for other in others)),
        self_reported=self_reported,
        answers=tuple(answers),
        earlier=tuple(earlier_answers(docket.findings_on(entry.id))),
    )
    found = (j.finding.ground for j in docket.findings_on(entry.id) if j.current)
    result = evolve(result, circumstances=any(g in CIRCUMSTANCES for g in found))
    result = evolve(result, accused=_accused(entry, held if mechanism else {}, answers))
    if isinstance(entry.record, Decision) and mechanism is not None and mechanism.silence is not None:
        return _with_silence(docket, result, [entry, *others], answers)
    return _decided(result, docket, groups)


def _speakers(agreement: Agreement, entry: Worded, mechanism: Mechanism | None) -> tuple[str, ...]:
    """Return whose answers are looked at: the members; with no mechanism, the parties to the agreement."""
    if mechanism is None:
        owing = [party for commitment in agreement.commitments for party in commitment.owed_by]
        joined = [s.party for s in agreement.standing if s.as_ != "named"]
        return tuple(dict.fromkeys((*owing, *joined)))
    if (
        not mechanism.members
        and mechanism.rule_for(entry.record.kind) == "as-reported"
        and entry.record.speaker
    ):
        return (entry.record.speaker,)
    return mechanism.members


def _answers(docket: Docket, entry: Worded, others: list[Worded]) -> list[Answer]:
    answers = list(answers_on(entry, docket.findings_on(entry.id)))
    equal = isinstance(entry.record, Decision) or entry.record.kind in ("event", "membership")
    for other in others:
        if other.withdrawn:
            continue
        own = other.record.speaker
        answers += [a for a in answers_on(other, docket.findings_on(other.id)) if equal or a.speaker == own]
    return answers


def _members(
    mechanism: Mechanism, entry: Worded, times: Times, held: Held, groups: Groups | None
) -> tuple[tuple[str, ...], bool]:
    """Return the members counted on a claim, and whether all are for want of a disinterested one."""
    record = entry.record
    members = mechanism.members or tuple(held)
    if entry.withdrawn and not record.relay and record.speaker not in held:
        members = tuple(m for m in members if m != record.speaker)
    if not isinstance(record, Performance) or mechanism.rule_for(record.kind) not in ("majority", "any"):
        return members, False
    others = tuple(m for m in members if not _judges_itself(m, record.performer or "", times, groups))
    return (others, False) if others else (members, True)


def _judges_itself(member: str, performer: str, times: Times, groups: Groups | None) -> bool:
    if member == performer:
        return True
    if groups is None:
        return False
    return any(groups.belongs(performer, side, times) == YES for side in groups.guaranteed_by(member))


def _accused(entry: Worded, held: Held, answers: Iterable[Answer]) -> tuple[str, ...]:
    """Return whom the author accuses (as it last said) and whom members name."""
    if not isinstance(entry.record, Incident):
        return ()
    own = [a for a in answers if a.speaker == entry.record.speaker and a.question == "attributed_to"]
    named = list(max(own, key=lambda a: a.order).value) if own else []
    for given in held.values():
        if "attributed_to" in given:
            named += given["attributed_to"].value
    return tuple(dict.fromkeys(party for party in named if party != "unidentified"))


def _decided(claim: Determined, docket: Docket, groups: Groups | None) -> Determined:
    """Decide every question of a claim from the answers held."""
    held, counted, rule = claim.held, claim.counted, claim.rule
    outcomes = {m: str(given["outcome"].value) for m, given in held.items() if "outcome" in given}
    author = claim.entry.record.speaker
    reviewed = any(m != author for m in held)
    determination = determined(rule, counted, outcomes, reviewed=reviewed)
    record = claim.entry.record
    if isinstance(record, Membership) and record.basis == "external" and record.evidence:
        determination = "established"
    if rule is None or not isinstance(record, Incident):
        return evolve(claim, determination=determination, times=_ended(claim, docket))
    under, ground = _under(claim, docket)
    return evolve(
        claim,
        determination=determination,
        times=_ended(claim, docket),
        attributed=_attributed(claim, groups),
        severity=decided_answer(rule, counted, _said(held, "severity")),
        under=under,
        ground=ground,
    )


def _said(held: Held, question: str) -> dict[str, Any]:
    return {member: given[question].value for member, given in held.items() if question in given}


def _ended(claim: Determined, docket: Docket) -> Times:
    """Return the times of a claim, with the end a mechanism decided for what still goes on."""
    said = _said(claim.held, "ended")
    if not said or claim.rule is None or not claim.times.lasting:
        return claim.times
    bounds = {member: value.bounds(docket.agreement.timezone) for member, value in said.items()}
    decided: Any = decided_answer(claim.rule, claim.counted, bounds)
    return claim.times if decided is None else claim.times.ended_at(decided)


def _attributed(claim: Determined, groups: Groups | None) -> tuple[str, ...]:
    """Decide by whom, party by party; of a group and its member both decided, the member is printed."""
    said = _said(claim.held, "attributed_to")
    if not said or claim.rule is None:
        return ()
    named = {}
    for member, parties in said.items():
        nested = (a for p in parties for a in (groups.ancestors(p, claim.times) if groups else (p,)))
        named[member] = frozenset((*parties, *nested))
    candidates = sorted(frozenset().union(*named.values()))
    decided = decided_names(claim.rule, claim.counted, named, candidates)
    parties = [p for p in decided if p != "unidentified"]
    if not parties:
        return decided
    if groups is None:
        return tuple(parties)
    return tuple(
        p for p in parties if not any(q != p and groups.belongs(q, p, claim.times) == YES for q in parties)
    )


def _under(claim: Determined, docket: Docket) -> tuple[tuple[str, ...], str | None]:
    """Decide under what it falls, commitment by commitment, or the ground for which it falls under none."""
    said = _said(claim.held, "commitments")
    if not said or claim.rule is None:
        return (), None
    named: dict[str, frozenset[str]] = {}
    for member, value in said.items():
        if value[0] == "ground" and len(value) == 2:  # noqa: PLR2004 – ("ground", which)
            named[member] = frozenset([f"ground:{value[1]}"])
        else:
            named[member] = frozenset(docket.courts.full_name(name) or name for name in value)
    decided = decided_names(claim.rule, claim.counted, named, sorted(frozenset().union(*named.values())))
    grounds = [name.removeprefix("ground:") for name in decided if name.startswith("ground:")]
    commitments = tuple(name for name in decided if not name.startswith("ground:"))
    if grounds and (commitments or len(grounds) > 1):
        return (), None
    return commitments, (grounds[0] if grounds else None)


def _with_silence(
    docket: Docket, claim: Determined, reports: list[Worded], answers: list[Answer]
) -> Determined:
    """Count members that have not objected in time as consenting (design §5, silence procedure)."""
    mechanism = claim.mechanism
    recorded = [r.record.recorded.us for r in reports if r.record.recorded is not None and not r.withdrawn]
    plain = _decided(claim, docket, None)
    if mechanism is None or mechanism.silence is None or not recorded:
        return plain
    ends = mechanism.silence.after_us(min(recorded), docket.agreement.timezone)
    if ends > docket.as_of or (docket.known_at is not None and ends > docket.known_at):
        return plain
    in_time = [a for a in answers if a.value == "confirmed" or _recorded(docket, a, reports) <= ends]
    held = positions(mechanism.members, in_time, relays=docket.relays)
    held = {m: given for m, given in held.items() if m in claim.counted}
    spoken = _decided(evolve(claim, held=held), docket, None)
    silent = tuple(m for m in claim.counted if "outcome" not in held.get(m, {}))
    outcomes = {m: str(given["outcome"].value) for m, given in held.items() if "outcome" in given}
    outcomes |= dict.fromkeys(silent, "confirmed")
    determination = determined(claim.rule, claim.counted, outcomes, reviewed=bool(outcomes))
    needed = determination == "established" and not spoken.established
    return evolve(spoken, determination=determination, silent=silent, silence_ended=ends, by_silence=needed)


def _recorded(docket: Docket, answer: Answer, reports: list[Worded]) -> int:
    """Return when an answer was written down."""
    for report in reports:
        if report.id == answer.record and report.record.recorded is not None:
            return report.record.recorded.us
        for judgement in docket.findings_on(report.id):
            if judgement.id == answer.record and judgement.finding.recorded is not None:
                return judgement.finding.recorded.us
    return 0
