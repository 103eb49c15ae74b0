"""What a mechanism makes of a claim: the determinations of design §5, agreement by agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import evolve

from ceasefire.assessment.determined import CIRCUMSTANCES, Determined, Docket, Held
from ceasefire.assessment.groups import YES, Groups
from ceasefire.assessment.order import id_key
from ceasefire.assessment.positions import answers_on, earlier_answers, positions
from ceasefire.assessment.rules import decided_answer, decided_names, determined
from ceasefire.assessment.same_acts import counting
from ceasefire.assessment.wordings import Problem
from ceasefire.record import Decision, Incident, Membership, Performance

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ceasefire.agreement.terms import Agreement, Mechanism
    from ceasefire.assessment.positions import Answer
    from ceasefire.assessment.times import Times
    from ceasefire.assessment.wordings import Worded


def determine(
    docket: Docket, entries: Iterable[Worded], groups: Groups | None, problems: list[Problem]
) -> list[Determined]:
    """Determine claims of one agreement, in the order given; without `groups`, nothing nests."""
    mine = {entry.id: entry for entry in entries}
    # Reports of one act are one act in every agreement, also where it judges only some of them.
    sorts = {isinstance(entry.record, Membership) for entry in mine.values()}
    known = mine | {e.id: e for e in docket.linked if isinstance(e.record, Membership) in sorts}
    equal = {name: docket.equal[name] for name in known if name in docket.equal}
    gone = _gone(docket, known, equal)
    standing = {name: entry for name, entry in known.items() if name not in gone}
    same = _same_acts(docket, standing, equal, problems)
    reports: dict[str, list[str]] = {}
    for name in known:
        # A finding on any of several equal records is on the claim, also on one that was taken back.
        counts = same.get(equal.get(name, name))
        if counts not in (None, name):
            reports.setdefault(counts or "", []).append(name)
    result = []
    for name, entry in mine.items():
        counts = same.get(name, name)
        if name in gone or counts != name:
            result.append(_closed(docket, entry, "withdrawn" if name in gone else "duplicate", counts))
        else:
            others = [known[r] for r in sorted(reports.get(name, ()), key=id_key)]
            result.append(_counted(docket, entry, others, equal, groups))
    return result


def _gone(docket: Docket, known: Mapping[str, Worded], equal: Mapping[str, str]) -> set[str]:
    """Return what was taken back: beside an equal record that stands, or with nobody else confirming it."""
    several: dict[str, list[Worded]] = {}
    for name, first in equal.items():
        several.setdefault(first, []).append(known[name])
    return {
        name
        for name, entry in known.items()
        if entry.withdrawn
        and (equal.get(name, name) != name or not _kept_by_others(docket, entry, several.get(name, [entry])))
    }


def _kept_by_others(docket: Docket, entry: Worded, equal: Iterable[Worded]) -> bool:
    """Tell whether a member other than its author confirms a claim its author took back."""
    mechanism = docket.mechanism_of(entry)
    if mechanism is None:
        return False
    answers = [a for one in equal for a in answers_on(one, docket.findings_on(one.id))]
    held = positions(mechanism.members, answers, relays=docket.relays)
    return any(
        member != entry.record.by and "outcome" in given and given["outcome"].value == "confirmed"
        for member, given in held.items()
    )


def _same_acts(
    docket: Docket, standing: Mapping[str, Worded], equal: Mapping[str, str], problems: list[Problem]
) -> dict[str, str]:
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
    return counting(standing, links, equal)


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


def _counted(
    docket: Docket, entry: Worded, others: list[Worded], equal: Mapping[str, str], groups: Groups | None
) -> Determined:
    """Determine a claim that stands and counts itself, from the answers on it and its authors' elsewhere."""
    mechanism = docket.mechanism_of(entry)
    rule = mechanism.rule_for(entry.record.kind) if mechanism else None
    answers = _answers(docket, entry, others, equal)
    speakers = _speakers(docket.agreement, entry, mechanism)
    if mechanism is None:
        speakers = _parties(speakers, answers, docket.times[entry.id], groups)
    held = positions(speakers, answers, relays=docket.relays)
    reviewed = any(member != entry.record.speaker for member in held)
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
        reviewed=reviewed,
        authors=tuple(
            one.record.speaker or ""
            for one in (entry, *(o for o in others if equal.get(o.id) == entry.id))
            if not one.withdrawn and (docket.relays or not one.record.relay)
        ),
        answers=tuple(answers),
        earlier=tuple(earlier_answers(docket.findings_on(entry.id))),
    )
    found = (j.finding.ground for j in docket.findings_on(entry.id) if j.current)
    result = evolve(result, circumstances=any(g in CIRCUMSTANCES for g in found))
    result = evolve(result, accused=_accused(entry, held if mechanism else {}, answers, relays=docket.relays))
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


def _parties(
    parties: tuple[str, ...], answers: Iterable[Answer], times: Times, groups: Groups | None
) -> tuple[str, ...]:
    """Return the parties to an agreement, and of those who answer the ones that certainly belong to them."""
    if groups is None:
        return parties
    epochs = groups.epochs(times)
    members = [
        a.speaker for a in answers if any(groups.belongs(a.speaker, p, epochs) == YES for p in parties)
    ]
    return tuple(dict.fromkeys((*parties, *members)))


def _answers(docket: Docket, entry: Worded, others: list[Worded], equal: Mapping[str, str]) -> list[Answer]:
    """Return the answers on a claim: all on equal records, of other reports only their authors'."""
    answers = list(answers_on(entry, docket.findings_on(entry.id)))
    for other in others:
        found = answers_on(other, docket.findings_on(other.id))
        if equal.get(other.id) == entry.id:
            answers += found
        else:
            answers += [a for a in found if a.speaker == other.record.speaker]
    return answers


def _members(
    mechanism: Mechanism, entry: Worded, times: Times, held: Held, groups: Groups | None
) -> tuple[tuple[str, ...], bool]:
    """Return the members counted on a claim, and whether all are for want of a disinterested one."""
    record = entry.record
    members = mechanism.members or tuple(held)
    if entry.withdrawn and record.by not in held:
        members = tuple(m for m in members if m != record.by)
    if not isinstance(record, Performance) or mechanism.rule_for(record.kind) not in ("majority", "any"):
        return members, False
    others = tuple(m for m in members if not _judges_itself(m, record.performer or "", times, groups))
    return (others, False) if others else (members, True)


def _judges_itself(member: str, performer: str, times: Times, groups: Groups | None) -> bool:
    if member == performer:
        return True
    if groups is None:
        return False
    epochs = groups.epochs(times)
    return any(groups.belongs(performer, side, epochs) == YES for side in groups.guaranteed_by(member))


def _accused(entry: Worded, held: Held, answers: Iterable[Answer], *, relays: bool) -> tuple[str, ...]:
    """Return whom the author accuses (as it last said) and whom members name."""
    if not isinstance(entry.record, Incident):
        return ()
    own = [
        a
        for a in answers
        if a.speaker == entry.record.speaker
        and a.question == "attributed_to"
        and (relays or not a.relayed or a.record == entry.id)
    ]
    named = list(max(own, key=lambda a: a.order).value) if own else []
    for given in held.values():
        if "attributed_to" in given:
            named += given["attributed_to"].value
    return tuple(dict.fromkeys(party for party in named if party != "unidentified"))


def _decided(claim: Determined, docket: Docket, groups: Groups | None) -> Determined:
    """Decide every question of a claim from the answers held."""
    held, counted, rule = claim.held, claim.counted, claim.rule
    outcomes = {m: str(given["outcome"].value) for m, given in held.items() if "outcome" in given}
    determination = determined(rule, counted, outcomes, reviewed=claim.reviewed)
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
    if not said or claim.rule is None or not claim.times.goes_on:
        return claim.times
    bounds = {member: value.bounds(docket.agreement.timezone) for member, value in said.items()}
    decided: Any = decided_answer(claim.rule, claim.counted, bounds)
    return claim.times if decided is None else claim.times.ended_at(decided)


def _attributed(claim: Determined, groups: Groups | None) -> tuple[str, ...]:
    """Decide by whom, party by party; of a group and its member both decided, the member is printed."""
    said = _said(claim.held, "attributed_to")
    if not said or claim.rule is None:
        return ()
    epochs = groups.epochs(claim.times) if groups is not None else range(0)
    named = {}
    for member, parties in said.items():
        nested = (groups.ancestors(p, epochs) for p in parties) if groups is not None else ()
        named[member] = frozenset(parties).union(*nested)
    candidates = sorted(frozenset().union(*named.values()))
    decided = decided_names(claim.rule, claim.counted, named, candidates)
    parties = tuple(p for p in decided if p != "unidentified")
    if not parties or groups is None:
        return parties or decided
    directly = frozenset(p for parties in said.values() for p in parties)
    inner = frozenset(groups.innermost(sorted(parties, key=lambda p: p not in directly), epochs))
    return tuple(p for p in parties if p in inner)


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
