"""What established decisions do, and from when (design §5, §8).

A decision takes effect when it says, never before it was taken: what was true
at a moment must not be changed afterwards by something decided later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from ceasefire.assessment.order import id_key
from ceasefire.assessment.positions import OUTCOME
from ceasefire.assessment.wordings import Problem
from ceasefire.clock import Lasting, iso
from ceasefire.record import Decision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ceasefire.assessment.determined import Determined, Docket
    from ceasefire.clock import Moment


@frozen
class Effect:
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


def effects(docket: Docket, decisions: Sequence[Determined], problems: list[Problem]) -> list[Effect]:
    """Return the decisions on one agreement that have taken effect by `as_of`, in order of time."""
    agreement = docket.agreement
    counting = {claim.id: claim.counts_as for claim in decisions}
    found = []
    several = [(claim, r) for claim in decisions if isinstance(r := claim.entry.record, Decision)]
    for claim, record in several:
        if not (objects(docket, claim) if record.does == "object" else claim.established):
            continue
        target = agreement.id if record.agreement else docket.courts.full_name(record.commitment)
        at, stated = _effective(record, claim, agreement.timezone, problems)
        if target is not None and at <= docket.as_of:
            of = record.of and counting.get(record.of, record.of)
            found.append(
                Effect(
                    claim.id,
                    record.does,
                    target,
                    at,
                    stated,
                    record.until,
                    record.timezone or agreement.timezone,
                    of,
                )
            )
    return sorted(found, key=lambda e: (e.at, id_key(e.record)))


def objects(docket: Docket, claim: Determined) -> bool:
    """Tell whether an objection counts: it needs nobody's agreement, but a member to make it.

    Where a mechanism has no members, nobody can object (docs/rules/claims.md).
    """
    return claim.mechanism is not None and any(
        member in claim.mechanism.members
        and member in docket.authors(claim)
        and values[OUTCOME] == "confirmed"
        for member, values in claim.ruling.said.items()
    )


def _effective(
    record: Decision, claim: Determined, zone: str, problems: list[Problem]
) -> tuple[int, Moment | None]:
    """Return the instant a decision takes effect, and the moment as stated where that is what decides it.

    A date that begins something begins with that day; one that ends something ends with it.
    """
    at = taken = claim.times.last
    stated = record.occurred if not isinstance(record.occurred, Lasting) else None
    if record.effective is not None:
        first, last = record.effective.bounds(record.timezone or zone)
        ends = record.does in ("terminate", "release")
        at = last + 1 if ends and first != last else first
        if last < taken:
            what = f"{claim.id} would take effect on {record.effective}, before it was taken"
            problems.append(Problem(claim.id, "early_effect", f"{what}: it counts from {iso(taken)}"))
        at, stated = (at, record.effective) if at >= taken else (taken, stated)
    ended = claim.ruling.silence_ended
    if claim.ruling.by_silence and ended is not None and record.does != "object":
        at, stated = (at, stated) if at >= ended else (ended, None)
    return at, stated
