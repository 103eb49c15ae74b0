"""More records beside those that are known: what is found of them, and of those they bear on, and no more.

Everything else stands as it was found. What is rare is not told apart here, but found
anew from all records: forks and whatever names one, ids that two records have, records
without their bodies.
"""

from __future__ import annotations

from bisect import insort
from typing import TYPE_CHECKING, TypeVar

from attrs import evolve

from ceasefire.assessment.knowledge.forks import misfits, names_a_fork
from ceasefire.assessment.knowledge.knowledge import Knowledge, judging, linking
from ceasefire.assessment.knowledge.ledger import Ledger, is_known, timed
from ceasefire.assessment.knowledge.references import names
from ceasefire.assessment.knowledge.responses import responses
from ceasefire.assessment.knowledge.statements import Statement, findings
from ceasefire.assessment.knowledge.tallies import by_act_and_zone, counted, unseen
from ceasefire.assessment.knowledge.wordings import Worded, wordings
from ceasefire.record import (
    Absent,
    Appraisal,
    Branch,
    Correction,
    Decision,
    Erasure,
    Event,
    Finding,
    Membership,
    Record,
    Response,
    Tally,
    Withdrawal,
)
from ceasefire.record.order import chain_key, padded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from ceasefire.assessment.knowledge.asked import Asked
    from ceasefire.assessment.knowledge.equal_claims import FullName
    from ceasefire.assessment.knowledge.wordings import Wordings

T = TypeVar("T")

_EQUALLED = (Decision, Event, Membership)
_AMENDING = (Correction, Withdrawal)


def grown(basis: Knowledge, asked: Asked, more: Sequence[Record]) -> Knowledge | None:
    """Return the basis with more records; None where it is to be found anew."""
    held = basis.ledger.held
    if any(map(rare, more)) or not certain(asked, basis.ledger, more):
        return None
    new = {record.own_id: record for record in more if is_known(record, asked.known_at)}
    if len({record.id for record in more}) < len(more) or not held.keys().isdisjoint(new):
        return None
    ledger, touched = _ledger(basis.ledger, new, basis.world.timezone, basis.courts.full_name)
    return _basis(basis, ledger, touched, new)


def rare(record: Record) -> bool:
    """Tell whether a record may change how others are called, or is none that can be assessed."""
    unnamed = record.id is None or record.by is None
    return (
        unnamed
        or isinstance(record, Absent | Branch | Erasure)
        or names_a_fork(record)
        or padded(record.own_id)
    )


def certain(asked: Asked, ledger: Ledger, more: Sequence[Record]) -> bool:
    """Tell whether each record is called the same with the new ones as without them, and is like no other."""
    plain = asked.chains.plain
    if ledger.padded:
        return False
    if any(r.author in asked.chains.sealing and isinstance(r, (Finding, *_AMENDING)) for r in more):
        return False  # under no seal it changes nothing that is under one
    if any(record.proof is not None for record in more):
        # what is not known yet at `known_at` has a number in its chain all the same
        return plain and asked.known_at is None and _fit(asked, ledger.held, more)
    # Of a fork, one record at least is called so.
    return plain or not any("@" in name for name in ledger.held)


def _fit(asked: Asked, held: Mapping[str, Record], more: Sequence[Record]) -> bool:
    """Tell whether each new record follows the one before it, and no seal vouches for another."""
    new = {record.own_id: record for record in more}
    near = dict(new)
    heads = {(seal.author, seal.length): seal.head for seal in asked.vouched.seals}
    for record in more:
        if (proof := record.proof) is None:
            continue
        if heads.get((record.author, proof.number), proof.hash) != proof.hash:
            return False
        for number in (proof.number - 1, proof.number + 1):
            name = f"{record.by}/{number}"
            if name not in near and name in held:
                near[name] = held[name]
    return not misfits(near.values())


def _ledger(
    ledger: Ledger, new: dict[str, Record], zone: str, full_name: FullName
) -> tuple[Ledger, set[str]]:
    """Return the ledger with new records, and the ids of all records that are not as they were."""
    held = ledger.held | new
    concerned = _concerned(new, [*ledger.wordings.amendments, *new.values()], held)
    worded = wordings({name: held[name] for name in concerned if name in held})
    by_id = _in_order(ledger.wordings.by_id, worded.by_id)
    equalled = {*ledger.equal, *(n for n, e in worded.by_id.items() if isinstance(e.record, _EQUALLED))}
    again = equalled if not equalled.isdisjoint(worded.by_id) else set()
    times, equal, seen_from = timed({name: by_id[name] for name in (*worded.by_id, *again)}, zone, full_name)
    changed = {name for name in again if times[name] != ledger.times.get(name)}
    times |= {name: ledger.times[name] for name in again - changed}
    grown = evolve(
        ledger,
        held=held,
        wordings=ledger.wordings.amended(worded.by_id, worded, by_id),
        times=_but(ledger.times, worded.by_id) | times,
        equal=ledger.equal | equal,
        seen_from=_but(ledger.seen_from, worded.by_id) | seen_from,
        count=len(held),
    )
    return grown, {*worded.by_id, *changed}


def _but(known: Mapping[str, T], names: Collection[str]) -> dict[str, T]:
    return {name: value for name, value in known.items() if name not in names}


def _concerned(names: Iterable[str], amendments: Iterable[Record], held: Mapping[str, Record]) -> set[str]:
    """Return some records with all that amends them, directly or not, and all that this amends."""
    on: dict[str, list[str]] = {}
    for record in amendments:
        if isinstance(record, _AMENDING):
            on.setdefault(record.of, []).append(record.own_id)
    found: set[str] = set()
    frontier = list(names)
    while frontier:
        name = frontier.pop()
        if name not in found:
            found.add(name)
            frontier += on.get(name, ())
            amending = held.get(name)
            if isinstance(amending, _AMENDING):
                frontier.append(amending.of)
    return found


def _place(entry: Worded) -> tuple[object, ...]:
    return (entry.record.author, chain_key(entry.record))


def _in_order(known: Mapping[str, Worded], others: Mapping[str, Worded]) -> dict[str, Worded]:
    """Return records as they are worded, those that are new in the place of their author and number."""
    merged = {**known, **others}
    if len(merged) == len(known):
        return merged
    entries = [merged[name] for name in known]
    for name, entry in others.items():
        if name not in known:
            insort(entries, entry, key=_place)
    return {entry.id: entry for entry in entries}


def _basis(basis: Knowledge, ledger: Ledger, touched: set[str], new: Mapping[str, Record]) -> Knowledge:
    worded, courts, zone = ledger.wordings, basis.courts, basis.world.timezone
    by_id = worded.by_id
    entries = [by_id[name] for name in touched if name in by_id]
    # Who named an id that nothing bore until now, or a wording of a record that is worded anew.
    called = {*touched, *new, *(name for name, (target, _) in worded.corrected.items() if target in touched)}
    naming = [by_id[name] for name in {*basis.names.naming_one_of(called), *touched} if name in by_id]
    several = names(sorted(naming, key=_place), worded, basis.world, courts, basis.zones.resolve)
    found, judged_anew = _findings(basis, ledger, naming, touched)
    judged = {name: _without(listed, touched) for name, listed in basis.judged.items()}
    remedies = _without(basis.remedies, touched)
    for entry in entries:
        if entry.id in ledger.times:
            for listed in judging(entry, courts, judged, remedies):
                insort(listed, entry, key=_place)
    relinked = {*touched, *judged_anew}
    links = _but(basis.linking, relinked)
    links |= linking((by_id[n] for n in relinked if n in ledger.times), found)
    tallied = any(isinstance(entry.record, Tally) for entry in entries)
    dated = any(isinstance(entry.record, Tally | Appraisal) for entry in (*entries, *naming))
    counts = counted(by_id, zone) if tallied else basis.tallies
    answered = any(isinstance(entry.record, Response) for entry in entries)
    return evolve(
        basis,
        ledger=ledger,
        names=basis.names.with_({entry.id for entry in naming}, several),
        findings=found,
        judged=judged,
        remedies=remedies,
        linking=links,
        tallies=counts,
        unseen=unseen(by_id, zone) if dated else basis.unseen,
        tallies_by_act_and_zone=by_act_and_zone(counts) if tallied else basis.tallies_by_act_and_zone,
        responses=responses(by_id, zone) if answered else basis.responses,
    )


def _without(entries: Iterable[Worded], names: Collection[str]) -> list[Worded]:
    return [entry for entry in entries if entry.id not in names]


def _findings(
    basis: Knowledge, ledger: Ledger, naming: Iterable[Worded], touched: Collection[str]
) -> tuple[dict[str, list[Statement]], set[str]]:
    """Return what findings say, and the records that other findings are on than before."""
    worded: Wordings = ledger.wordings
    on = {one.record.own_id: name for name, several in basis.findings.items() for one in several}
    named = (entry.record.on for entry in naming if isinstance(entry.record, Finding))
    targets = {target[0] for name in named if (target := worded.judged(name))}
    targets |= {*touched, *(on[name] for name in touched if name in on)}
    sources = {one.record.own_id for name in targets for one in basis.findings.get(name, ())}
    sources |= {entry.id for entry in naming}
    several = sorted((worded.by_id[name] for name in sources), key=_place)
    anew = findings(several, worded)
    return _but(basis.findings, targets) | {
        name: said for name, said in anew.items() if name in targets
    }, targets
