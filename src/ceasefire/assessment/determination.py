"""What a mechanism makes of a claim: the determinations of design §5, agreement by agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import evolve

from ceasefire.assessment.contexts import judged_at
from ceasefire.assessment.determined import Determined, Docket
from ceasefire.assessment.groups import NO, YES, Groups
from ceasefire.assessment.order import id_key
from ceasefire.assessment.positions import (
    ATTRIBUTED_TO,
    ENDED,
    OUTCOME,
    SAME_AS,
    latest,
    positions,
)
from ceasefire.assessment.rules import decided_answer, determined
from ceasefire.assessment.rulings import CLOSED, Case, ruled
from ceasefire.assessment.same_acts import counting
from ceasefire.assessment.times import Times
from ceasefire.assessment.wordings import Problem
from ceasefire.errors import with_article
from ceasefire.record import Decision, Finding, Incident, Membership, Performance, Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ceasefire.agreement.terms import Agreement, Mechanism
    from ceasefire.assessment.positions import Statement, Values
    from ceasefire.assessment.reuse import Earlier
    from ceasefire.assessment.wordings import Worded

#: Grounds which, found by anyone, make an incident unclear where a commitment excepts circumstances (§6).
CIRCUMSTANCES: Final = frozenset({"self_defence", "exempt_act", "exercise"})


def determine(
    docket: Docket,
    entries: Sequence[Worded],
    groups: Groups | None,
    problems: list[Problem],
    earlier: Earlier | None = None,
) -> list[Determined]:
    """Determine claims of one agreement, in the order given; without `groups`, nothing nests.

    What `earlier` determined in the same way is not determined again.
    """
    if not entries:
        return []
    involved = _involved(docket, entries)
    equal = {name: docket.equal[name] for name in involved if name in docket.equal}
    gone = _gone(docket, involved, equal)
    standing = {name: entry for name, entry in involved.items() if name not in gone}
    same = _same_acts(docket, standing, equal, groups, problems)
    reports: dict[str, list[str]] = {}
    for name in involved:
        # A finding on any of several equal records is on the claim, also on one that was taken back.
        counts = same.get(equal.get(name, name))
        if counts is not None and counts != name:
            reports.setdefault(counts, []).append(name)
    known = earlier.determined(docket, entries, involved) if earlier is not None else {}
    result = []
    others: tuple[Worded, ...]
    for entry in entries:
        name = entry.id
        found, others = known.get(name), ()
        if name in involved:
            counts = same.get(name, name)
            others = tuple(involved[report] for report in sorted(reports.get(name, ()), key=id_key))
            if earlier is not None:
                found = earlier.reported(docket, entry, counts, others, gone=name in gone)
            if found is None and (name in gone or counts != name):
                found = _closed(docket, entry, "withdrawn" if name in gone else "duplicate", counts)
        result.append(found or counted_claim(docket, entry, others, groups))
    return result


def _closed(docket: Docket, entry: Worded, determination: str, counts_as: str) -> Determined:
    times, mechanism = docket.times[entry.id], docket.mechanism_of(entry)
    return Determined(docket.agreement.id, entry, times, mechanism, CLOSED[determination], counts_as)


def _involved(docket: Docket, entries: Iterable[Worded]) -> dict[str, Worded]:
    """Return the claims that another may count for, or that may be gone: any other stands for itself.

    A chain of reports is followed among the claims judged here; what another agreement
    alone judges is here as if unknown (docs/rules/claims.md).
    """
    linked = docket.linked
    return {e.id: e for e in entries if e.withdrawn or e.id in docket.equal or e.id in linked}


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
    statements = [statement for one in equal for statement in docket.statements(one, ())]
    said = positions(mechanism.members, statements, relays=docket.relays)
    return any(
        member != entry.record.by and values[OUTCOME] == "confirmed" for member, values in said.items()
    )


def _same_acts(
    docket: Docket,
    standing: Mapping[str, Worded],
    equal: Mapping[str, str],
    groups: Groups | None,
    problems: list[Problem],
) -> dict[str, str]:
    links: dict[str, str] = {}
    for name, entry in standing.items():
        link = _link(docket, entry, groups)
        if link is None:
            continue
        if link in docket.coming:
            continue  # what has not occurred yet is the same as nothing
        kind = entry.record.kind
        reached = standing.get(link)
        # What is not there is one thing for each kind of claim: no act is the same as one of another kind.
        links[name] = link if reached is not None and reached.record.kind == kind else f"{link}\0{kind}"
        target = docket.linked.get(link)
        if target is not None and target.record.kind != kind:
            kind = with_article(target.record.kind)
            what = f"{name} is said to report the same act as {link}, which is {kind}"
            problems.append(Problem(name, "other_kind", f"{what}: it is not followed"))
    return counting(standing, links, equal)


def _link(docket: Docket, entry: Worded, groups: Groups | None) -> str | None:
    """Return what a record is the same as: what a mechanism decided replaces what the record says.

    Where the author alone decides, its findings do (docs/rules/claims.md).
    """
    own: str | None = getattr(entry.record, "same_as", None)
    if not any(finding.values[SAME_AS] for finding in docket.findings_on(entry.id)):
        return own
    mechanism = docket.mechanism_of(entry)
    if mechanism is None:
        return own
    held = positions(_speakers(mechanism, entry), docket.statements(entry, ()), relays=docket.relays)
    counted, _ = _members(mechanism, entry, docket.times[entry.id], held, groups)
    said = {m: held[m][SAME_AS] for m in counted if m in held and held[m][SAME_AS] is not None}
    return decided_answer(mechanism.rule_for(entry.record.kind), counted, said) or own


def counted_claim(
    docket: Docket, entry: Worded, others: tuple[Worded, ...], groups: Groups | None
) -> Determined:
    """Determine a claim that stands and counts itself, from the answers on it and its authors' elsewhere."""
    record, times = entry.record, docket.times[entry.id]
    mechanism = docket.mechanism_of(entry)
    statements = docket.statements(entry, others)
    if mechanism is None:
        counted = _parties(docket.agreement, statements, times, groups)
    else:
        counted = _speakers(mechanism, entry)
    held, self_reported = positions(counted, statements, relays=docket.relays), False
    reviewed = len(held) > (record.speaker in held)
    if mechanism is not None:
        members, self_reported = _members(mechanism, entry, times, held, groups)
        if members != counted:
            counted = members
            held = {member: values for member, values in held.items() if member in counted}
    case = Case(
        None if mechanism is None else mechanism.rule_for(record.kind),
        counted,
        tuple(held.items()),
        reviewed,
        self_reported=self_reported,
    )
    if groups is not None and isinstance(record, Incident | Tally):
        if isinstance(record, Tally):
            case = case._replace(said=_agreeing(record, case.said))
        case = _of_incident(case, docket, (entry, *others), statements, groups)
    elif isinstance(record, Membership):
        case = case._replace(external=docket.by_evidence(entry, others))
    ruling = docket.rulings.get(case)
    if ruling is None:
        ruling = docket.rulings[case] = ruled(case, groups, docket.courts.full_name)
    claim = Determined(docket.agreement.id, entry, times, mechanism, ruling, entry.id, others)
    if isinstance(record, Decision) and mechanism is not None and mechanism.silence is not None:
        claim, held = _with_silence(docket, claim, case, mechanism)
    return claim._replace(times=_ended(docket, claim, held)) if times.goes_on else claim


def _of_incident(
    case: Case, docket: Docket, reports: Sequence[Worded], statements: Sequence[Statement], groups: Groups
) -> Case:
    """Return the case of an incident, with what only incidents are asked: by whom it was, and under what.

    `reports` are all of its act, the one that counts first.
    """
    entry = reports[0]
    named: tuple[str, ...] = ()
    for _, values in case.said:
        parties = values[ATTRIBUTED_TO]
        if parties is not None and parties != named:
            named = tuple(dict.fromkeys((*named, *parties)))
    return Case(
        case.rule,
        case.counted,
        case.said,
        case.reviewed,
        True,
        _accusing(reports, statements, relays=docket.relays),
        groups.stretch(named, docket.times[entry.id]),
        circumstances=_circumstances(docket.findings_on(entry.id)),
    )


def _agreeing(record: Tally, said: Iterable[tuple[str, Values]]) -> tuple[tuple[str, Values], ...]:
    """Return what members say of a ruling in aggregate: who confirms it and names nobody else agrees by whom.

    That a number of acts were breaches by somebody is one ruling, and is agreed to as a whole.
    """
    return tuple(
        (member, (*values[:ATTRIBUTED_TO], record.accused, *values[ATTRIBUTED_TO + 1 :]))
        if record.accused and values[OUTCOME] == "confirmed" and values[ATTRIBUTED_TO] is None
        else (member, values)
        for member, values in said
    )


def _speakers(mechanism: Mechanism, entry: Worded) -> tuple[str, ...]:
    """Return whose answers are looked at: the members; without members, the author's where that is enough."""
    record = entry.record
    if not mechanism.members and mechanism.rule_for(record.kind) == "as-reported" and record.speaker:
        return (record.speaker,)
    return mechanism.members


def _parties(
    agreement: Agreement, statements: Iterable[Statement], times: Times, groups: Groups | None
) -> tuple[str, ...]:
    """Return whose answers are looked at without a mechanism: parties, and who certainly belonged to one."""
    owing = [party for commitment in agreement.commitments for party in commitment.owed_by]
    joined = [s.party for s in agreement.standing if s.as_ != "named"]
    parties = tuple(dict.fromkeys((*owing, *joined)))
    if groups is None:
        return parties
    epochs = groups.epochs(times)
    speakers = dict.fromkeys(statement.speaker for statement in statements)
    members = [s for s in speakers if any(groups.belongs(s, p, epochs) == YES for p in parties)]
    return tuple(dict.fromkeys((*parties, *members)))


def _members(
    mechanism: Mechanism, entry: Worded, times: Times, held: Mapping[str, Values], groups: Groups | None
) -> tuple[tuple[str, ...], bool]:
    """Return the members counted on a claim, and whether all are for want of a disinterested one.

    Who took back its record of a decision is still asked: it has not consented.
    """
    record = entry.record
    members = mechanism.members or tuple(held)
    if entry.withdrawn and record.by not in held and not isinstance(record, Decision):
        members = tuple(m for m in members if m != record.by)
    rule = mechanism.rule_for(record.kind)
    if groups is None or rule not in ("majority", "any") or not isinstance(record, Performance):
        return members, False
    done = Times(*judged_at(record, times))
    others = tuple(m for m in members if not _judges_itself(m, record.performer, done, groups))
    return (others, False) if others else (members, True)


def _judges_itself(member: str, performer: str, times: Times, groups: Groups) -> bool:
    """Tell whether the performer was a member, or may have belonged to it or to a side it guarantees."""
    epochs = groups.epochs(times)
    sides = (member, *groups.guaranteed_by(member))
    return any(groups.belongs(performer, side, epochs) != NO for side in sides)


def _accusing(reports: Sequence[Worded], statements: Sequence[Statement], *, relays: bool) -> tuple[str, ...]:
    """Return whom the authors of the reports of an incident accuse, each as it last said.

    All of them are asked: a report that accuses nobody clears nobody (docs/rules/claims.md).
    """
    own: dict[str, list[Statement]] = {one.record.speaker: [] for one in reports}
    records = {one.record.own_id for one in reports}
    for statement in statements:
        said = own.get(statement.speaker)
        if said is not None and (relays or not statement.relayed or statement.record.own_id in records):
            said.append(statement)
    accused = (party for said in own.values() for party in latest(said)[ATTRIBUTED_TO] or ())
    return tuple(dict.fromkeys(accused))


def _circumstances(findings: Iterable[Statement]) -> bool:
    """Tell whether anyone found, on the newest wording, circumstances that a commitment may except."""
    return any(
        f.current and isinstance(f.record, Finding) and f.record.ground in CIRCUMSTANCES for f in findings
    )


def _ended(docket: Docket, claim: Determined, held: Mapping[str, Values]) -> Times:
    """Return the times of a claim that goes on, with the end a mechanism decided."""
    rule, zone = claim.ruling.rule, docket.agreement.timezone
    bounds = {m: values[ENDED].bounds(zone) for m, values in held.items() if values[ENDED] is not None}
    if not bounds or rule is None:
        return claim.times
    decided: Any = decided_answer(rule, claim.ruling.counted, bounds)
    return claim.times if decided is None else claim.times.ended_at(decided)


def _with_silence(
    docket: Docket, claim: Determined, case: Case, mechanism: Mechanism
) -> tuple[Determined, dict[str, Values]]:
    """Count members that have not objected in time as consenting; return the positions that count, too.

    The silence procedure (docs/rules/claims.md). Silent is who has made no finding in time
    and has not taken back its own record of the decision. An objection made after it counts
    on no day, also not on one before: what is so as of a day is not changed by what comes
    too late.
    """
    reports = [one.record for one in (claim.entry, *claim.others) if not one.withdrawn]
    recorded = [record.recorded.us for record in reports if record.recorded is not None]
    if mechanism.silence is None or not recorded:
        return claim, dict(case.said)
    ends = mechanism.silence.after_us(min(recorded), docket.agreement.timezone)
    statements = docket.statements(claim.entry, claim.others, ends)
    held = positions(_speakers(mechanism, claim.entry), statements, relays=docket.relays)
    reviewed = len(held) > (claim.entry.record.speaker in held)
    held = {member: values for member, values in held.items() if member in case.counted}
    case = case._replace(said=tuple(held.items()), reviewed=reviewed)
    spoken = evolve(ruled(case, None, docket.courts.full_name), silence_ended=ends)
    if ends > docket.as_of or (docket.known_at is not None and ends > docket.known_at):
        return claim._replace(ruling=spoken), held
    outcomes = {m: str(values[OUTCOME]) for m, values in held.items() if values[OUTCOME] is not None}
    heard = outcomes.keys() | docket.found_by(statements) | docket.taken_back_by(claim)
    silent = tuple(member for member in case.counted if member not in heard)
    outcomes |= dict.fromkeys(silent, "confirmed")
    reviewed = case.reviewed or any(member != claim.entry.record.speaker for member in silent)
    determination = determined(case.rule, case.counted, outcomes, reviewed=reviewed)
    needed = determination == "established" and not spoken.established
    ruling = evolve(spoken, determination=determination, silent=silent, by_silence=needed)
    return claim._replace(ruling=ruling), held
