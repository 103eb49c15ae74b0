"""Every claim determined, agreement by agreement: memberships first, then all that hangs on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from ceasefire.assessment.codes import Problem
from ceasefire.assessment.determination.claims import DeterminedClaim, Proceedings
from ceasefire.assessment.determination.determinations import Determinations
from ceasefire.assessment.determination.determine import determine
from ceasefire.assessment.determination.reuse import Earlier, Unchanged, differ_from, same
from ceasefire.assessment.world.membership import Change, Groups
from ceasefire.record import Membership

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ceasefire.assessment.knowledge.asked import Asked
    from ceasefire.assessment.knowledge.knowledge import Knowledge
    from ceasefire.assessment.knowledge.ledger import Ledger
    from ceasefire.assessment.knowledge.wordings import Worded
    from ceasefire.instruments.together import Together


def hear(
    basis: Knowledge,
    known: Ledger,
    asked: Asked,
    problems: list[Problem],
    before: Mapping[str, Determinations],
) -> list[tuple[Determinations, Unchanged | None]]:
    """Determine every claim in each agreement in which it is judged.

    With each agreement come the claims that are determined as they were in one before.
    """
    entries, linked = basis.claims(known), basis.linked(known)
    heard = []
    for agreement in basis.world.agreements:
        docket = Proceedings(
            agreement=agreement,
            courts=basis.courts,
            findings=basis.findings,
            times=known.times,
            equal=known.equal,
            linked=linked,
            coming=known.coming,
            as_of=asked.as_of,
            known_at=asked.known_at,
            relays=asked.relays,
        )
        heard.append(_hear(basis.world, docket, entries[agreement.id], problems, before.get(agreement.id)))
    return heard


def _hear(
    world: Together,
    docket: Proceedings,
    entries: Sequence[Worded],
    problems: list[Problem],
    before: Determinations | None,
) -> tuple[Determinations, Unchanged | None]:
    earlier = Earlier(before) if before is not None else None
    joined = [e for e in entries if isinstance(e.record, Membership)]
    others = [e for e in entries if not isinstance(e.record, Membership)]
    memberships = determine(docket, joined, None, problems, earlier)
    changes = tuple(_changes(docket, memberships, problems))
    if before is not None and before.changes == changes:
        groups = before.groups
        docket = evolve(docket, rulings=before.docket.rulings)
    else:
        groups = Groups(docket.agreement, world.parties, changes)
        earlier = Earlier(before, differ_from(changes, before.changes)) if before is not None else None
    determined = {c.id: c for c in (*memberships, *determine(docket, others, groups, problems, earlier))}
    # By the start of the act; of several at one instant in the order of the entries: author and number.
    claims = sorted([determined[entry.id] for entry in entries], key=lambda c: c.times.first)
    heard = Determinations(docket, tuple(claims), groups, changes, determined)
    return heard, None if before is None else same(before, claims)


def _changes(docket: Proceedings, claims: Sequence[DeterminedClaim], problems: list[Problem]) -> list[Change]:
    """Return what memberships, established or open, change; an open one is not settled."""
    changes = []
    problems += _without_evidence(docket, claims)
    several = [(claim, r) for claim in claims if isinstance(r := claim.entry.record, Membership)]
    for claim, record in several:
        if not (claim.established or claim.open):
            continue
        if record.agreement is not None and record.agreement != docket.agreement.id:
            continue
        sort, name = next(
            (s, n)
            for s, n in (("group", record.group), ("role", record.role), ("agreement", record.agreement))
            if n
        )
        changes.append(
            Change(
                record.actor,
                (sort, name),
                claim.times.first,
                claim.times.last,
                record.joins,
                claim.established,
            )
        )
    return changes


def _without_evidence(docket: Proceedings, claims: Sequence[DeterminedClaim]) -> list[Problem]:
    """Return a problem for each external listing that nobody gives evidence for."""
    shown = {c.id for c in claims if c.counts_itself and docket.by_evidence(c.entry, c.others)}
    return [
        Problem(
            c.id,
            "no_evidence",
            f"{c.id} is said to stand by its evidence and names none: it is determined like any other claim",
        )
        for c in claims
        if c.determination != "withdrawn"
        and isinstance(c.entry.record, Membership)
        and c.entry.record.basis == "external"
        and not c.entry.record.evidence
        and c.counts_as not in shown
    ]
