"""What each incident does on each row: a breach, an allegation, a dispute, or nothing – and why.

docs/rules/compliance.md, "The table".

An open incident matters to a row when its scope is not outside and the bearer, or
a member of it, is accused by its author or named by a member; to the row of nobody
in particular, when nobody is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.assessment.codes import IN_AGGREGATE
from ceasefire.assessment.obligations.omissions import owed_omission
from ceasefire.assessment.obligations.responsibility import NOBODY
from ceasefire.assessment.world.acts import is_omission
from ceasefire.assessment.world.certainty import MAYBE, NO, YES
from ceasefire.assessment.world.occurrence import Times
from ceasefire.instruments.values import UNIDENTIFIED
from ceasefire.record import Incident, Tally
from ceasefire.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire.assessment.determination.claims import DeterminedClaim
    from ceasefire.assessment.determination.rulings import Ruling
    from ceasefire.assessment.obligations.responsibility import Bases, Responsibility, Ties
    from ceasefire.assessment.scope.scope import Scope


class IncidentEffect(Value):
    """What one incident, or one ruling in aggregate, does on one row."""

    claim: DeterminedClaim
    row: str | None
    #: breach, ruled (a number of breaches, in aggregate), disputed, alleged or not_counted.
    effect: str
    code: str
    at: int


def member_rows(
    responsibility: Responsibility, claims: Iterable[tuple[DeterminedClaim, Scope]]
) -> dict[str, str]:
    """Return the members of bearers accused or attributed, each with the row whose phase it shares.

    `claims` are the incidents that may count, each with the half of its scope that is not time.
    """
    found: dict[str, str] = {}
    known = _no_members(responsibility)
    settled: set[Ruling] = set()  # all whom they name are known
    for claim, static in claims:
        ruling = claim.ruling
        if ruling in settled:
            continue
        others = [party for party in (*ruling.accused, *ruling.attributed) if party not in known]
        for party in others:
            row = _row_of(responsibility, claim, static, party)
            if row is not None:
                found[party] = row
                known.add(party)
        if known.issuperset(others):
            settled.add(ruling)
    return dict(sorted(found.items()))


def _no_members(responsibility: Responsibility) -> set[str]:
    """Return who is no member of a bearer: the bearers themselves, and whoever is unidentified."""
    return {UNIDENTIFIED, *(party for parties in responsibility.bearers.values() for party in parties)}


def members_named(
    responsibility: Responsibility, claim: DeterminedClaim, static: Scope
) -> set[tuple[str, str]]:
    """Return the members of bearers that one incident names, each with the row to which it belonged then."""
    known = _no_members(responsibility)
    others = {*claim.ruling.accused, *claim.ruling.attributed} - known
    return {
        (party, row) for party in others if (row := _row_of(responsibility, claim, static, party)) is not None
    }


def _row_of(responsibility: Responsibility, claim: DeterminedClaim, static: Scope, party: str) -> str | None:
    """Return the row of the bearer to which somebody named belonged, if the incident concerns it there."""
    tie = responsibility.groups.tie(party, _times(responsibility, claim))
    return responsibility.row_of(tie, responsibility.bases(claim, static))


def incident_effects(
    responsibility: Responsibility, claim: DeterminedClaim, bases: Bases
) -> list[IncidentEffect]:
    """Return what one open or established incident does on the rows of those it names."""
    if not claim.ruling.named:
        return [_nobodys(responsibility, claim, bases)] if responsibility.nobody else []
    if responsibility.nobodys(bases).code == "outside_act" and not _names(claim):
        return []
    at, omitted = _at(responsibility, claim), is_omission(claim.entry.record, responsibility.life.commitment)
    found = []
    for concern in responsibility.concerned(_ties(responsibility, claim, claim.ruling.named), bases):
        key, scope = concern.key, concern.scope
        if omitted and scope.value != NO:
            found.append(_omission(responsibility, claim, key, concern.row, scope))
        else:
            effect, code = _effect(claim, scope)
            found.append(IncidentEffect(claim, key, effect, code, at))
    return found


def every_incident_effect(
    responsibility: Responsibility, claim: DeterminedClaim, static: Scope
) -> list[IncidentEffect]:
    """Return what an incident that may concern a commitment does on its rows, also where that is nothing."""
    if not (claim.open or claim.established):
        return _closed(responsibility, claim, static)
    bases = responsibility.bases(claim, static)
    return [*incident_effects(responsibility, claim, bases), *_elsewhere(responsibility, claim, bases)]


def _elsewhere(responsibility: Responsibility, claim: DeterminedClaim, bases: Bases) -> list[IncidentEffect]:
    """Return that an incident does not count on the rows of those accused, as it is attributed to others."""
    named, accused = claim.ruling.named, claim.ruling.accused
    if not named or named == accused:
        return []
    at = _at(responsibility, claim)
    several = responsibility.concerned(_ties(responsibility, claim, named), bases)
    concerned = {concern.key for concern in several}
    return [
        IncidentEffect(claim, key, "not_counted", "attributed_elsewhere", at)
        for key in responsibility.accused(_ties(responsibility, claim, accused))
        if key not in concerned
    ]


def _effect(claim: DeterminedClaim, scope: Scope) -> tuple[str, str]:
    """Return what an incident does on a row where its scope is this, and the code of the reason."""
    if scope.value == NO:
        return "not_counted", scope.code
    if claim.ruling.settled and scope.value == YES:
        aggregate = isinstance(claim.entry.record, Tally)
        return ("ruled", IN_AGGREGATE) if aggregate else ("breach", scope.code)
    effect = "disputed" if claim.determination == "disputed" else "alleged"
    return effect, scope.code if scope.value == MAYBE else "open"


def _omission(
    responsibility: Responsibility, claim: DeterminedClaim, key: str, row: str, scope: Scope
) -> IncidentEffect:
    """Return what a duty not done does: it counts once its deadline or period passed, unless done in time."""
    owed = owed_omission(responsibility, claim, responsibility.performances[row])
    if owed is None:
        return IncidentEffect(claim, key, "not_counted", "omission_not_due", claim.times.last)
    passed, kept, pending = owed
    if kept:
        return IncidentEffect(claim, key, "not_counted", "omission_done", passed)
    effect, code = _effect(claim, scope)
    if effect == "breach" and pending:
        effect, code = "alleged", "open"
    return IncidentEffect(claim, key, effect, code, passed)


def _nobodys(responsibility: Responsibility, claim: DeterminedClaim, bases: Bases) -> IncidentEffect:
    """Return what an incident does on the row of nobody in particular."""
    base = responsibility.nobodys(bases)
    effect, code = _effect(claim, base)
    if base.value != NO and is_omission(claim.entry.record, responsibility.life.commitment):
        effect, code = "not_counted", "unclear_actor"  # who owes a duty is known: it is never nobody's
    elif claim.established and code == "open":
        code = "unclear_actor"
    return IncidentEffect(claim, NOBODY, effect, code, _at(responsibility, claim))


def _closed(responsibility: Responsibility, claim: DeterminedClaim, static: Scope) -> list[IncidentEffect]:
    """Return why a closed claim does not count, on the rows of those its record accuses."""
    record = claim.entry.record
    if not isinstance(record, Incident | Tally) or (static.code == "outside_act" and not _names(claim)):
        return []
    accused = claim.ruling.accused or record.accused
    rows = responsibility.accused(_ties(responsibility, claim, accused))
    nobody = [NOBODY] if responsibility.nobody and not accused else []
    at = _at(responsibility, claim)
    return [IncidentEffect(claim, key, "not_counted", claim.determination, at) for key in (*rows, *nobody)]


def _ties(responsibility: Responsibility, claim: DeterminedClaim, parties: Iterable[str]) -> Ties:
    """Return how parties stood to groups when an incident was."""
    times = _times(responsibility, claim)
    return tuple([responsibility.groups.tie(party, times) for party in parties])


def _times(responsibility: Responsibility, claim: DeterminedClaim) -> Times:
    """Return when it is asked who was bound: at the act, of an omission when what was owed was.

    docs/rules/compliance.md, "The table".
    """
    if not is_omission(claim.entry.record, responsibility.life.commitment):
        return claim.times
    # All who owe it have the same deadline, or the same periods.
    first = next(iter(responsibility.performances.values()), None)
    owed = None if first is None else owed_omission(responsibility, claim, first)
    return claim.times if owed is None else Times(owed[0], owed[0])


def _names(claim: DeterminedClaim) -> bool:
    """Tell whether an incident names the commitment: it is then answered there, covered or not."""
    record = claim.entry.record
    return isinstance(record, Incident) and bool(record.commitments)


def _at(responsibility: Responsibility, claim: DeterminedClaim) -> int:
    """Return when an act counts: at its latest instant, a lasting one from when it lay inside."""
    start = responsibility.life.start
    if not claim.times.lasting or start is None:
        return claim.times.last
    at = max(claim.times.last, start)
    pause = responsibility.life.pause_at(at)
    at = at if pause is None else pause.end
    return at if at < responsibility.life.over else claim.times.last
