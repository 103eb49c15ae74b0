"""Every claim determined, agreement by agreement: memberships first, then all that hangs on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

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


def determine_all(
    basis: Knowledge,
    seen: Ledger,
    asked: Asked,
    before: Mapping[str, Determinations],
) -> list[tuple[Determinations, Unchanged | None]]:
    """Determine every claim in each agreement in which it is judged.

    With each agreement come the claims that are determined as they were in one before.
    """
    entries, linked = basis.claims(seen), basis.linked(seen)
    heard = []
    for agreement in basis.world.agreements:
        proceedings = Proceedings(
            agreement=agreement,
            courts=basis.courts,
            findings=basis.findings,
            times=seen.times,
            equal=seen.equal,
            linked=linked,
            coming=seen.coming,
            as_of=asked.as_of,
            known_at=asked.known_at,
            relays=asked.relays,
        )
        heard.append(
            _determine_agreement(basis.world, proceedings, entries[agreement.id], before.get(agreement.id))
        )
    return heard


def _determine_agreement(
    world: Together,
    proceedings: Proceedings,
    entries: Sequence[Worded],
    before: Determinations | None,
) -> tuple[Determinations, Unchanged | None]:
    earlier = Earlier(before) if before is not None else None
    joined = [e for e in entries if type(e.record) is Membership]
    others = [e for e in entries if type(e.record) is not Membership] if joined else entries
    memberships, odd = determine(proceedings, joined, None, earlier)
    changes = tuple(_changes(proceedings, memberships))
    if before is not None and before.changes == changes:
        groups = before.groups
        proceedings = replace(proceedings, rulings=before.proceedings.rulings)
    else:
        groups = Groups(proceedings.agreement, world.parties, changes)
        earlier = Earlier(before, differ_from(changes, before.changes)) if before is not None else None
    rest, further = determine(proceedings, others, groups, earlier)
    determined = {claim.id: claim for claim in (*memberships, *rest)}
    problems = (*odd, *_without_evidence(proceedings, memberships), *further)
    # By the start of the act; of several at one instant in the order of the entries: author and number.
    claims = sorted([determined[entry.id] for entry in entries], key=lambda c: c.times.first)
    heard = Determinations(proceedings, tuple(claims), groups, changes, determined, problems)
    return heard, None if before is None else same(before, claims)


def _changes(proceedings: Proceedings, claims: Sequence[DeterminedClaim]) -> list[Change]:
    """Return what memberships, established or open, change; an open one is not settled."""
    changes = []
    several = [(claim, r) for claim in claims if isinstance(r := claim.entry.record, Membership)]
    for claim, record in several:
        if not (claim.established or claim.open):
            continue
        if record.agreement is not None and record.agreement != proceedings.agreement.id:
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


def _without_evidence(proceedings: Proceedings, claims: Sequence[DeterminedClaim]) -> list[Problem]:
    """Return a problem for each external listing that nobody gives evidence for."""
    shown = {c.id for c in claims if c.counts_itself and proceedings.by_evidence(c.entry, c.others)}
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
