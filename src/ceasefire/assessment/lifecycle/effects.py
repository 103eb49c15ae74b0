"""What established decisions do, and from when (docs/rules/agreements.md, "When a decision takes effect").

A decision takes effect when it says, never before it was taken: what was true
at a moment must not be changed afterwards by something decided later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.assessment.codes import Problem
from ceasefire.assessment.knowledge.statements import OUTCOME
from ceasefire.assessment.lifecycle.notices import notice, runs_until
from ceasefire.assessment.world.occurrence import latest
from ceasefire.clock import iso
from ceasefire.instruments.oversight import closing
from ceasefire.record import Decision
from ceasefire.record.order import id_key
from ceasefire.values import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ceasefire.assessment.determination.claims import DeterminedClaim, Proceedings
    from ceasefire.assessment.determination.determinations import Determinations
    from ceasefire.clock import Moment

    #: From when a decision stands, the moment as stated, and by what.
    Way = tuple[int, Moment | None, str]


class Effect(Value):
    """One decision that has taken effect: what it does to what, at which instant."""

    record: str
    does: str
    #: The agreement's id, or the commitment's full name.
    target: str
    at: int
    #: The moment it takes effect, as it was stated; None where silence or an earlier text delayed it.
    stated: Moment | None
    until: Moment | None
    #: The time zone in which `until` is read, if it is a date.
    zone: str
    #: The suspension a resume ends, by the id that counts; None for all on its target.
    of: str | None
    #: By what it stands: decided by the mechanism, or by notice of one who may end the agreement alone.
    code: str


def effects(determinations: Determinations) -> tuple[tuple[Effect, ...], list[Problem]]:
    """Return the decisions on one agreement that stand, in order of time, also what takes effect later.

    With it comes a problem for each that takes effect at another instant than it says, or counts for nothing.
    """
    proceedings, agreement = determinations.proceedings, determinations.agreement
    decisions = [claim for claim in determinations.claims if isinstance(claim.entry.record, Decision)]
    counting = {claim.id: claim.counts_as for claim in decisions}
    found = []
    problems: list[Problem] = []
    several = [(claim, r) for claim in decisions if isinstance(r := claim.entry.record, Decision)]
    for claim, record in several:
        target = agreement.id if record.agreement else proceedings.courts.full_name(record.commitment)
        ways, unfit = _ways(proceedings, claim, record)
        problems += unfit
        if target is None or not ways:
            continue
        at, stated, code = min(ways, key=lambda way: way[0])  # of two at one instant, the mechanism's
        of = record.of and counting.get(record.of, record.of)
        zone = record.timezone or agreement.timezone
        found.append(Effect(claim.id, record.does, target, at, stated, record.until, zone, of, code))
    problems += _objections_by_nobody(proceedings, decisions)
    return tuple(sorted(found, key=lambda e: (e.at, id_key(e.record)))), problems


def running(several: Sequence[Effect], as_of: int) -> tuple[Effect, ...]:
    """Return the notices among decisions that have not run yet: nothing has changed, but that is told."""
    return tuple(effect for effect in several if effect.at > as_of and effect.code == "by_notice")


def _ways(
    proceedings: Proceedings, claim: DeterminedClaim, record: Decision
) -> tuple[list[Way], list[Problem]]:
    """Return each way in which a decision stands: from when, as stated, and by what."""
    zone = proceedings.agreement.timezone
    established = objects(proceedings, claim) if record.does == "object" else claim.established
    term = notice(proceedings, claim, record)
    if not established and term is None:
        return [], []
    at, stated, problems = _effective(record, claim, zone)
    ways: list[Way] = []
    if established:
        ways.append((*_after_silence(record, claim, at, stated), "by_decision"))
    if term is not None:
        run = runs_until(term, claim, record, zone)
        if not established and record.effective is not None and at < run:
            what = f"{claim.id} would take effect on {record.effective}, before the notice has run"
            problems.append(Problem(claim.id, "short_notice", f"{what}: it takes effect at {iso(run)}"))
        ways.append((max(at, run), None, "by_notice"))
    return ways, problems


def objects(proceedings: Proceedings, claim: DeterminedClaim) -> bool:
    """Tell whether an objection counts: it needs nobody's agreement, but a member to make it.

    Where a mechanism has no members, nobody can object (docs/rules/claims.md).
    """
    return claim.mechanism is not None and any(
        member in claim.mechanism.members
        and member in proceedings.authors(claim)
        and values[OUTCOME] == "confirmed"
        for member, values in claim.ruling.said.items()
    )


def _effective(
    record: Decision, claim: DeterminedClaim, zone: str
) -> tuple[int, Moment | None, list[Problem]]:
    """Return the instant a decision takes effect, and the moment as stated where that is what decides it.

    A date that begins something begins with that day; one that ends something ends with it.
    """
    at = taken = claim.times.last
    stated, problems = latest(record.occurred), []
    if record.effective is not None:
        first, last = record.effective.bounds(record.timezone or zone)
        ends = record.does in ("terminate", "release")
        at = closing(record.effective, record.timezone or zone) if ends else first
        if last < taken:
            what = f"{claim.id} would take effect on {record.effective}, before it was taken"
            problems.append(Problem(claim.id, "early_effect", f"{what}: it counts from {iso(taken)}"))
        at, stated = (at, record.effective) if at >= taken else (taken, stated)
    return at, stated, problems


def _after_silence(
    record: Decision, claim: DeterminedClaim, at: int, stated: Moment | None
) -> tuple[int, Moment | None]:
    """Return when a decision takes effect that some consented to by silence: not before that ended."""
    ended = claim.ruling.silence_ended
    if claim.ruling.by_silence and ended is not None and record.does != "object" and at < ended:
        return ended, None
    return at, stated


def _objections_by_nobody(proceedings: Proceedings, decisions: Sequence[DeterminedClaim]) -> list[Problem]:
    """Return a problem for each objection that does not count, also before it takes effect."""
    name = proceedings.agreement.id
    return [
        Problem(c.id, "not_a_member", f"{c.id}: an objection to {name} counts only by a member")
        for c in decisions
        if isinstance(c.entry.record, Decision)
        and c.entry.record.does == "object"
        and c.counts_itself
        and not objects(proceedings, c)
    ]
