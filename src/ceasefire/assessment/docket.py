"""All claims of one agreement, determined, with what follows from them for its world (design §12)."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from ceasefire.assessment.decisions import Effect, effects, objects
from ceasefire.assessment.determination import determine
from ceasefire.assessment.determined import Determined, Docket
from ceasefire.assessment.groups import Change, Groups
from ceasefire.assessment.reuse import Earlier, Same, differ_from, merged, same
from ceasefire.assessment.wordings import Problem
from ceasefire.record import Decision, Membership, Tally

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ceasefire.agreement.terms import Agreement
    from ceasefire.agreement.together import Together
    from ceasefire.assessment.basis import Basis
    from ceasefire.assessment.known import Known
    from ceasefire.assessment.whole import Asked, Outcome
    from ceasefire.assessment.wordings import Worded


@frozen(slots=False, eq=False)
class Heard:
    """The claims of one agreement as determined, the memberships and the decisions that follow."""

    docket: Docket
    claims: tuple[Determined, ...]
    groups: Groups
    #: The memberships, established or open, that `groups` was made from beside those of the files.
    changes: tuple[Change, ...]
    effects: tuple[Effect, ...]
    #: Notices by which it will end once they have run.
    running: tuple[Effect, ...]
    #: Every claim by the id of its record.
    by_id: Mapping[str, Determined]

    @property
    def agreement(self) -> Agreement:
        """The agreement."""
        return self.docket.agreement

    @cached_property
    def by_kind(self) -> dict[str, list[Determined]]:
        """Every claim by its kind."""
        found: dict[str, list[Determined]] = {}
        for claim in self.claims:
            found.setdefault(claim.entry.record.kind, []).append(claim)
        return found

    @cached_property
    def of_acts(self) -> list[Determined]:
        """The claims that are of acts: incidents, and rulings in aggregate on more acts than none."""
        incidents, several = self.by_kind.get("incident", []), self.by_kind.get("tally", ())
        rulings = [c for c in several if isinstance(c.entry.record, Tally) and c.entry.record.count]
        return merged(rulings, incidents, lambda claim: self.places[claim.id]) if rulings else incidents

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each claim among them all, by the id of its record."""
        return {claim.id: place for place, claim in enumerate(self.claims)}

    def of_kind(self, kind: str) -> list[Determined]:
        """Return the claims of one kind that count themselves."""
        return [claim for claim in self.by_kind.get(kind, ()) if claim.counts_as == claim.id]


def hear(
    basis: Basis, known: Known, asked: Asked, problems: list[Problem], before: Outcome | None
) -> list[tuple[Heard, Same | None]]:
    """Determine every claim in each agreement in which it is judged.

    With each agreement come the claims that are determined as they were in one before.
    """
    entries, linked = basis.claims(known), basis.linked(known)
    several = {one.agreement.id: one for one in before.heard} if before is not None else {}
    heard = []
    for agreement in basis.world.agreements:
        docket = Docket(
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
        heard.append(_hear(basis.world, docket, entries[agreement.id], problems, several.get(agreement.id)))
    return heard


def _hear(
    world: Together,
    docket: Docket,
    entries: Sequence[Worded],
    problems: list[Problem],
    before: Heard | None,
) -> tuple[Heard, Same | None]:
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
    decisions = [claim for claim in claims if isinstance(claim.entry.record, Decision)]
    done, running = effects(docket, decisions, problems)
    problems += _objections(docket, decisions)
    heard = Heard(docket, tuple(claims), groups, changes, tuple(done), tuple(running), determined)
    return heard, None if before is None else same(before, claims)


def _changes(docket: Docket, claims: Sequence[Determined], problems: list[Problem]) -> list[Change]:
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


def _without_evidence(docket: Docket, claims: Sequence[Determined]) -> list[Problem]:
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


def _objections(docket: Docket, decisions: Sequence[Determined]) -> list[Problem]:
    """Return a problem for each objection that does not count, also before it takes effect."""
    name = docket.agreement.id
    return [
        Problem(c.id, "not_a_member", f"{c.id}: an objection to {name} counts only by a member")
        for c in decisions
        if isinstance(c.entry.record, Decision)
        and c.entry.record.does == "object"
        and c.counts_itself
        and not objects(docket, c)
    ]
