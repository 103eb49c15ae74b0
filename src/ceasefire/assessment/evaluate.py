"""`assess`: what the records add up to on a given day, under the agreements given.

docs/rules/index.md, "The order in which things are worked out".

A pure function: no clock, no input or output, no hidden state. Its steps are
wordings, same acts, positions and determinations, intervals, scope, phases and
compliance, and the reasons; each takes what the one before returns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.assessment.codes import Problem
from ceasefire.assessment.determination.by_agreement import determine_all
from ceasefire.assessment.knowledge.asked import (
    Asked,
    first_of,
    given,
    keeper,
    refuse_reversed,
    seals,
    told,
)
from ceasefire.assessment.knowledge.forks import chains
from ceasefire.assessment.knowledge.knowledge import basis
from ceasefire.assessment.knowledge.ledger import is_known
from ceasefire.assessment.knowledge.seals import Vouching, sealing, sealings
from ceasefire.assessment.lifecycle.agreements import AgreementAsOf, agreement_life, entry_of
from ceasefire.assessment.lifecycle.commitments import commitment_life
from ceasefire.assessment.lifecycle.effects import effects, running
from ceasefire.assessment.obligations.accusations import accusations, accusing
from ceasefire.assessment.obligations.conditions import condition, in_order
from ceasefire.assessment.obligations.obligation import Materials, Obligation, obligation
from ceasefire.assessment.obligations.remedies import remedies_of
from ceasefire.assessment.obligations.rows import rows
from ceasefire.assessment.outcome import Evaluation, Outcome
from ceasefire.assessment.scope.reached import reached
from ceasefire.assessment.scope.scope import Scoping
from ceasefire.clock import FOREVER, last_instant
from ceasefire.collecting import uncollected
from ceasefire.errors import MissingAgreement, Mistake
from ceasefire.instruments.together import Together, missing, together
from ceasefire.record import Branch, Erasure, Performance
from ceasefire.record.order import id_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from ceasefire.assessment.determination.claims import DeterminedClaim
    from ceasefire.assessment.determination.determinations import Determinations
    from ceasefire.assessment.determination.reuse import Unchanged
    from ceasefire.assessment.knowledge.knowledge import Knowledge
    from ceasefire.assessment.knowledge.ledger import Ledger
    from ceasefire.assessment.knowledge.seals import Sealed, Vouched
    from ceasefire.assessment.knowledge.tallies import Counted
    from ceasefire.assessment.lifecycle.effects import Effect
    from ceasefire.clock import Moment
    from ceasefire.instruments.terms import Agreement
    from ceasefire.record import Record

    When = str | date | Moment


def assessed(  # noqa: PLR0913 – the arguments of a call
    agreement: Agreement | Iterable[Agreement],
    records: Iterable[Record],
    *,
    as_of: When,
    known_at: When | None,
    since: When | None,
    relays: bool,
) -> Evaluation:
    """Return everything that a call of `assess` finds; it raises what that raises."""
    with uncollected():
        refuse_reversed(agreement, records)
        world = together(agreement)
        _refuse_missing(world)
        zone = world.timezone
        until = last_instant(as_of, zone)
        by = None if known_at is None else last_instant(known_at, zone)
        journal = keeper(records)
        mark = None if journal is None else journal.mark()
        sealed = seals(journal, by)
        several, divided = chains(
            given(records), lambda record: is_known(record, by), sealings(sealed, world.keys, by)
        )
        asked = Asked(
            agreements=world.agreements,
            records=several,
            chains=divided,
            as_of=until,
            known_at=by,
            since=first_of(since, until, zone),
            relays=bool(relays),
            mistakes=tuple(getattr(records, "mistakes", ())),
            vouched=Vouching(several, sealed, world.keys, by),
            told=told(journal, sealed, mark),
        )
        return anew(asked, world)


def anew(asked: Asked, world: Together) -> Evaluation:
    """Return everything an assessment finds that takes over nothing from an earlier one."""
    return Evaluation(asked, world, outcome(asked, basis(asked, world)))


def outcome(asked: Asked, basis: Knowledge, before: Outcome | None = None) -> Outcome:
    """Return everything an assessment finds, step by step.

    `before` is what one of the same agreements found, for another day or with fewer
    records: what holds of it is taken over, and changes nothing in the answer.
    """
    world, courts, zone = basis.world, basis.courts, basis.world.timezone
    look = basis.ledger.seen(asked.as_of)
    earlier = {one.agreement.id: one for one in before.heard} if before is not None else {}
    found = determine_all(basis, look, asked, earlier)
    heard, same = [one for one, _ in found], {one.agreement.id: claims for one, claims in found}
    changes = {one.agreement.id: effects(one) for one in heard}
    decided = {name: several for name, (several, _) in changes.items()}
    here, out_of_place = _as_of(world, decided, asked.as_of)
    counted = [tally for tally in basis.tallies if tally.last <= asked.as_of]
    naming = accusing(counted)
    materials = {
        h.agreement.id: _materials(h, basis, asked.as_of, same[h.agreement.id], before, naming) for h in heard
    }
    obligations, unfit = _obligations(world, here, materials, same, before)
    responses = (claim for one in heard for claim in one.by_kind.get("response", ()))
    made_good = remedies_of(responses, obligations, courts.full_name, zone)
    stated = [obligations[name] for name in world.commitments if name in obligations]
    made = [row for one in stated for row in rows(one, made_good)]
    sealed, unsealed = _sealing(asked, look)
    met = (
        *_unreadable(asked.mistakes),
        *_ahead(asked.told.ahead),
        *look.problems,
        *(problem for one in heard for problem in one.problems),
        *(problem for _, odd in changes.values() for problem in odd),
        *out_of_place,
        *unfit,
        *unsealed,
    )
    return Outcome(
        basis=basis,
        known=look,
        heard=tuple(heard),
        lives={name: one.life for name, one in here.items()},
        effects=decided,
        running={name: running(several, asked.as_of) for name, several in decided.items()},
        obligations=obligations,
        rows=tuple(made),
        tallies=tuple(counted),
        responses=tuple([entry for at, entry in basis.responses if at <= asked.as_of]),
        sealed=sealed,
        met=met,
        full_name=courts.full_name,
        materials=materials,
        made_good=made_good,
    )


def _sealing(asked: Asked, look: Ledger) -> tuple[tuple[Sealed, ...], tuple[Problem, ...]]:
    """Return what of all that is looked at is under seal, and what is odd in that."""
    looked_at = [entry.record for entry in look.wordings.by_id.values()]
    vouched = asked.vouched.found
    if more := _bare(asked, vouched):
        looked_at = sorted([*looked_at, *more], key=lambda record: id_key(record.own_id))
    return sealing(looked_at, vouched)


def _bare(asked: Asked, vouched: Sequence[Vouched]) -> list[Record]:
    """Return the records under no seal that are looked at for nothing else: who vouches for them is told."""
    covering = {one.author: one for one in vouched if one.expected}
    return (
        [
            record
            for record in asked.records
            if record.author in covering
            and (isinstance(record, Branch | Erasure) or record.own_id in asked.chains.excluded)
            and is_known(record, asked.known_at)
            and not covering[record.author].covers(record.own_id)
        ]
        if covering
        else []
    )


def _refuse_missing(world: Together) -> None:
    """Refuse a call that lacks agreements to which those given refer; all of them are told at once."""
    if found := missing(world):
        told = "; ".join(f"{other!r} ({who})" for who, other in found)
        raise MissingAgreement(f"agreements referred to were not given: {told}: assess them together")


def _unreadable(mistakes: Iterable[Mistake]) -> list[Problem]:
    return [Problem(None, "unreadable", str(mistake)) for mistake in mistakes]


def _ahead(told: Iterable[str]) -> list[Problem]:
    return [Problem(None, "clock_ahead", what) for what in told]


def _as_of(
    world: Together, decided: Mapping[str, Sequence[Effect]], as_of: int
) -> tuple[dict[str, AgreementAsOf], list[Problem]]:
    """Return each agreement as of a day, by its id, from the decisions that stand."""
    done = {name: [e for e in several if e.at <= as_of] for name, several in decided.items()}
    entries = {one.id: entry_of(one, done[one.id], as_of) for one in world.agreements}
    found, problems = {}, []
    for agreement in world.agreements:
        effects = done[agreement.id]
        successors = [
            entry
            for other in world.agreements
            if agreement.id in other.replaces and (entry := entries[other.id]) is not None
        ]
        replaced = min(successors, key=lambda entry: entry.at, default=None)
        life, unfit = agreement_life(agreement, effects, replaced, as_of)
        found[agreement.id] = AgreementAsOf(agreement, effects, life, as_of)
        problems += unfit
    return found, problems


def _materials(  # noqa: PLR0913 – all that obligations are found with
    heard: Determinations,
    basis: Knowledge,
    as_of: int,
    same: Unchanged | None,
    before: Outcome | None,
    naming: Sequence[Counted],
) -> Materials:
    performances: dict[str, list[DeterminedClaim]] = {}
    named = (
        (name, claim)
        for claim in heard.of_kind("performance")
        if isinstance(record := claim.entry.record, Performance)
        and (name := basis.courts.full_name(record.commitment))
    )
    for name, claim in named:
        performances.setdefault(name, []).append(claim)
    past = before.materials[heard.agreement.id] if before is not None else None
    scoping = Scoping(heard.agreement, heard.groups, basis.zones, basis.courts)
    if past is not None and past.scoping.hangs_on(heard.groups, basis.zones, basis.courts):
        scoping = past.scoping
    return Materials(
        determinations=heard,
        scoping=scoping,
        zones=basis.zones,
        performances=performances,
        reached=reached(heard, scoping, same, None if past is None else (past.scoping, past.reached)),
        tallies=basis.tallies_by_act_and_zone,
        accusing=accusations(heard.agreement.id, naming, scoping),
        as_of=as_of,
    )


def _obligations(
    world: Together,
    here: Mapping[str, AgreementAsOf],
    materials: Mapping[str, Materials],
    same: Mapping[str, Unchanged | None],
    before: Outcome | None,
) -> tuple[dict[str, Obligation], list[Problem]]:
    """Return each obligation after those its condition names: never iterated to a fixpoint."""
    replaced: dict[str, int] = {}
    for commitment in world.commitments.values():
        entry = here[commitment.agreement].life.entry
        if entry is not None:
            for other in commitment.replaces:
                replaced[other] = min(replaced.get(other, FOREVER), entry)
    obligations: dict[str, Obligation] = {}
    problems: list[Problem] = []
    for commitment in in_order(world.commitments):
        if commitment.duty == "declare":
            continue
        name, agreement = commitment.name, here[commitment.agreement]
        material = materials[commitment.agreement]
        met = condition(commitment, agreement.life.entry, material.events, obligations)
        life, unfit = commitment_life(commitment, agreement, met, replaced.get(name, FOREVER))
        problems += unfit
        past = before.obligations.get(name) if before is not None else None
        obligations[name] = obligation(life, material, same[commitment.agreement], past)
    return obligations, problems
