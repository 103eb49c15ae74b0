"""One claim after the other: what a mechanism makes of each (docs/rules/claims.md, "Determinations")."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from ceasefire.assessment.determination.claims import DeterminedClaim, Proceedings
from ceasefire.assessment.determination.members import members_counted, parties_counted, speakers_counted
from ceasefire.assessment.determination.plain import alike
from ceasefire.assessment.determination.positions import latest, positions
from ceasefire.assessment.determination.rules import decided_answer
from ceasefire.assessment.determination.rulings import CLOSED, Matter, ruling_on
from ceasefire.assessment.determination.same_acts import (
    involved_claims,
    same_acts_among,
    taken_back,
)
from ceasefire.assessment.determination.silence import with_silence
from ceasefire.assessment.knowledge.statements import ATTRIBUTED_TO, ENDED, OUTCOME
from ceasefire.record import Decision, Finding, Incident, Membership, Tally
from ceasefire.record.order import id_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ceasefire.assessment.codes import Problem
    from ceasefire.assessment.determination.reuse import Earlier
    from ceasefire.assessment.knowledge.statements import Statement, Values
    from ceasefire.assessment.knowledge.wordings import Worded
    from ceasefire.assessment.world.membership import Groups
    from ceasefire.assessment.world.occurrence import Times
    from ceasefire.instruments.terms import Mechanism


#: Grounds which, found by anyone, make an incident unclear where a commitment excepts circumstances
#: (docs/rules/scope.md, "The circumstances").
CIRCUMSTANCES: Final = frozenset({"self_defence", "exempt_act", "exercise"})


def determine(
    proceedings: Proceedings,
    entries: Sequence[Worded],
    groups: Groups | None,
    earlier: Earlier | None = None,
) -> tuple[list[DeterminedClaim], list[Problem]]:
    """Determine claims of one agreement, in the order given, and what is odd; without `groups` all is flat.

    What `earlier` determined in the same way is not determined again.
    """
    if not entries:
        return [], []
    involved = involved_claims(proceedings, entries)
    equal = {name: proceedings.equal[name] for name in involved if name in proceedings.equal}
    gone = taken_back(proceedings, involved, equal)
    standing = {name: entry for name, entry in involved.items() if name not in gone}
    same, problems = same_acts_among(proceedings, standing, equal, groups)
    reports: dict[str, list[str]] = {}
    for name in involved:
        # A finding on any of several equal records is on the claim, also on one that was taken back.
        counts = same.get(equal.get(name, name))
        if counts is not None and counts != name:
            reports.setdefault(counts, []).append(name)
    known = earlier.determined(proceedings, entries, involved) if earlier is not None else {}
    result = []
    for entry in entries:
        name = entry.id
        if name not in involved:
            result.append(known.get(name) or counted_claim(proceedings, entry, (), groups))
            continue
        found, counts = None, same.get(name, name)
        others = tuple(involved[report] for report in sorted(reports.get(name, ()), key=id_key))
        if earlier is not None:
            found = earlier.reported(proceedings, entry, counts, others, gone=name in gone)
        if found is None and (name in gone or counts != name):
            found = _closed(proceedings, entry, "withdrawn" if name in gone else "duplicate", counts)
        result.append(found or counted_claim(proceedings, entry, others, groups))
    return result, problems


def _closed(proceedings: Proceedings, entry: Worded, determination: str, counts_as: str) -> DeterminedClaim:
    times, mechanism = proceedings.times[entry.id], proceedings.mechanism_of(entry)
    return DeterminedClaim(
        proceedings.agreement.id, entry, times, mechanism, CLOSED[determination], counts_as
    )


def counted_claim(
    proceedings: Proceedings, entry: Worded, others: tuple[Worded, ...], groups: Groups | None
) -> DeterminedClaim:
    """Determine a claim that stands and counts itself, from the answers on it and its authors' elsewhere."""
    mechanism, times = proceedings.mechanism_of(entry), proceedings.times[entry.id]
    key = None if others else alike(proceedings, entry, mechanism, groups)
    ruling = None if key is None else proceedings.alike.get(key)
    if ruling is not None:
        return DeterminedClaim(proceedings.agreement.id, entry, times, mechanism, ruling, entry.id)
    claim = _determined(proceedings, entry, others, groups, mechanism)
    if key is not None:
        proceedings.alike[key] = claim.ruling
    return claim


def _determined(
    proceedings: Proceedings,
    entry: Worded,
    others: tuple[Worded, ...],
    groups: Groups | None,
    mechanism: Mechanism | None,
) -> DeterminedClaim:
    record, times = entry.record, proceedings.times[entry.id]
    statements = proceedings.statements(entry, others)
    if mechanism is None:
        counted = parties_counted(proceedings.agreement, statements, times, groups)
    else:
        counted = speakers_counted(mechanism, entry)
    held, self_reported = positions(counted, statements, relays=proceedings.relays), False
    reviewed = len(held) > (record.speaker in held)
    if mechanism is not None:
        members, self_reported = members_counted(mechanism, entry, times, held, groups)
        if members != counted:
            counted = members
            held = {member: values for member, values in held.items() if member in counted}
    matter = Matter(
        None if mechanism is None else mechanism.rule_for(record.kind),
        counted,
        tuple(held.items()),
        reviewed,
        self_reported=self_reported,
    )
    if groups is not None and isinstance(record, Incident | Tally):
        if isinstance(record, Tally):
            matter = replace(matter, said=_agreeing(record, matter.said))
        matter = _of_incident(matter, proceedings, (entry, *others), statements, groups)
    elif isinstance(record, Membership):
        matter = replace(matter, external=proceedings.by_evidence(entry, others))
    ruling = proceedings.rulings.get(matter)
    if ruling is None:
        ruling = proceedings.rulings[matter] = ruling_on(matter, groups, proceedings.courts.full_name)
    claim = DeterminedClaim(proceedings.agreement.id, entry, times, mechanism, ruling, entry.id, others)
    if isinstance(record, Decision) and mechanism is not None and mechanism.silence is not None:
        claim, held = with_silence(proceedings, claim, matter, mechanism)
    return replace(claim, times=_ended(proceedings, claim, held)) if times.goes_on else claim


def _of_incident(
    matter: Matter,
    proceedings: Proceedings,
    reports: Sequence[Worded],
    statements: Sequence[Statement],
    groups: Groups,
) -> Matter:
    """Return the matter of an incident, with what only incidents are asked: by whom it was, and under what.

    `reports` are all of its act, the one that counts first.
    """
    entry = reports[0]
    named: tuple[str, ...] = ()
    for _, values in matter.said:
        parties = values[ATTRIBUTED_TO]
        if parties is not None and parties != named:
            named = tuple(dict.fromkeys((*named, *parties)))
    return Matter(
        matter.rule,
        matter.counted,
        matter.said,
        matter.reviewed,
        True,
        _accusing(reports, statements, relays=proceedings.relays),
        groups.kinship(named, proceedings.times[entry.id]),
        circumstances=_circumstances(statements),
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


def _circumstances(statements: Iterable[Statement]) -> bool:
    """Tell whether anyone found, on the newest wording, circumstances that a commitment may except.

    Who found them on its own report of the act, which counts under another, found them too.
    """
    return any(isinstance(s.record, Finding) and s.record.ground in CIRCUMSTANCES for s in statements)


def _ended(proceedings: Proceedings, claim: DeterminedClaim, held: Mapping[str, Values]) -> Times:
    """Return the times of a claim that goes on, with the end a mechanism decided."""
    rule, zone = claim.ruling.rule, proceedings.agreement.timezone
    bounds = {m: values[ENDED].bounds(zone) for m, values in held.items() if values[ENDED] is not None}
    if not bounds or rule is None:
        return claim.times
    decided: Any = decided_answer(rule, claim.ruling.counted, bounds)
    return claim.times if decided is None else claim.times.ended_at(decided)
