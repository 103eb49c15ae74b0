"""All claims of one agreement, determined, with what follows from them for its world (design §12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from ceasefire.assessment.decisions import Effect, effects
from ceasefire.assessment.determination import determine
from ceasefire.assessment.determined import Determined, Docket
from ceasefire.assessment.groups import Change, Groups
from ceasefire.assessment.positions import judgements
from ceasefire.assessment.wordings import Problem
from ceasefire.record import Decision, Membership, judged

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ceasefire.agreement.terms import Agreement
    from ceasefire.agreement.together import Together
    from ceasefire.assessment.contexts import Courts
    from ceasefire.assessment.known import Known
    from ceasefire.assessment.positions import Judgement
    from ceasefire.assessment.wordings import Worded


@frozen
class Heard:
    """The claims of one agreement as determined, the memberships and the decisions that follow."""

    agreement: Agreement
    claims: tuple[Determined, ...]
    groups: Groups
    effects: tuple[Effect, ...]

    def of_kind(self, kind: str) -> list[Determined]:
        """Return the claims of one kind that count themselves."""
        return [c for c in self.claims if c.entry.record.kind == kind and c.counts_as == c.id]


def hear(  # noqa: PLR0913 – one call's settings
    world: Together,
    courts: Courts,
    known: Known,
    as_of: int,
    known_at: int | None,
    *,
    relays: bool,
    problems: list[Problem],
) -> list[Heard]:
    """Determine every claim in each agreement in which it is judged."""
    by_id = known.wordings.by_id
    findings = judgements(by_id, known.wordings.named, known.idle)
    lists: dict[str, list[Worded]] = {agreement.id: [] for agreement in world.agreements}
    for entry in by_id.values():
        if judged(entry.record) and entry.id in known.times:
            for name in courts.agreements_of(entry.record, by_id):
                lists[name].append(entry)
    linked = _linked(known, findings)
    heard = []
    for agreement in world.agreements:
        docket = Docket(
            agreement=agreement,
            courts=courts,
            findings=findings,
            times=known.times,
            equal=known.equal,
            linked=linked,
            as_of=as_of,
            known_at=known_at,
            relays=relays,
        )
        heard.append(_hear(world, docket, lists[agreement.id], problems))
    return heard


def _linked(known: Known, findings: Mapping[str, list[Judgement]]) -> tuple[Worded, ...]:
    """Return every claim that it or a finding says reports the same act as another, and that other."""
    by_id, named = known.wordings.by_id, known.wordings.named
    found: dict[str, None] = {}
    for entry in by_id.values():
        links = [getattr(entry.record, "same_as", None)]
        links += [j.finding.same_as for j in findings.get(entry.id, ())]
        ends = [named[link][0] for link in links if link and link in named]
        found |= dict.fromkeys([entry.id, *ends] if any(links) else [])
    return tuple(by_id[name] for name in found if judged(by_id[name].record) and name in known.times)


def _hear(world: Together, docket: Docket, entries: Sequence[Worded], problems: list[Problem]) -> Heard:
    joined = [e for e in entries if isinstance(e.record, Membership)]
    others = [e for e in entries if not isinstance(e.record, Membership)]
    memberships = determine(docket, joined, None, problems)
    groups = Groups(docket.agreement, world.parties, _changes(docket.agreement, memberships, problems))
    claims = [*memberships, *determine(docket, others, groups, problems)]
    claims.sort(key=lambda c: (c.times.first, c.entry.record.by or "", c.entry.order))
    done = effects(docket.agreement, docket.courts, claims, docket.as_of, problems)
    problems += _objections(docket.agreement, claims, done)
    return Heard(docket.agreement, tuple(claims), groups, tuple(done))


def _changes(agreement: Agreement, claims: Sequence[Determined], problems: list[Problem]) -> list[Change]:
    """Return what memberships, established or open, change; an open one is not settled."""
    changes = []
    for claim in claims:
        record = claim.entry.record
        if not isinstance(record, Membership) or record.actor is None:
            continue
        if record.basis == "external" and not record.evidence:
            what = f"{claim.id} is said to stand by its evidence and names none"
            problems.append(
                Problem(claim.id, "no_evidence", f"{what}: it is determined like any other claim")
            )
        if not (claim.established or claim.open):
            continue
        if record.agreement is not None and record.agreement != agreement.id:
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


def _objections(agreement: Agreement, claims: Sequence[Determined], done: Sequence[Effect]) -> list[Problem]:
    counted = {effect.record for effect in done}
    return [
        Problem(c.id, "not_a_member", f"{c.id}: an objection to {agreement.id} counts only by a member")
        for c in claims
        if isinstance(c.entry.record, Decision)
        and c.entry.record.does == "object"
        and c.determination not in ("withdrawn", "duplicate")
        and c.id not in counted
    ]
