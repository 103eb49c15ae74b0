"""What is under no seal changes nothing that is under one (docs/seals.md).

A party that has declared a key, and sealed, is held to what it sealed: a correction or a
withdrawal of a sealed record, and a finding on what a sealed one judges, have no effect
until they are under a seal too. Nor does a correction open a record to more: what an
author keeps back nobody else opens in its name. Anybody who has a copy of the chain can write a record
that follows its newest one; nobody but the party can seal it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ceasefire.record import Correction, Finding, Withdrawal
from ceasefire.record.release import sets_release

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ceasefire.record import Record
    from ceasefire.record.forks.branches import Sealing


def changing_what_is_sealed(records: Sequence[Record], seals: Mapping[str, Sealing]) -> frozenset[str]:
    """Return the ids of records under no seal that would change what is under one of their author."""
    chains: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        if record.author in seals and seals[record.author].heads:
            chains[record.author].append(record)
    held = {record.own_id: record for record in records} if chains else {}
    found: set[str] = set()
    for author, chain in chains.items():
        found |= _of_one(chain, _sealed(chain, seals[author].heads), held)
    return frozenset(found)


def _sealed(chain: Iterable[Record], heads: Iterable[tuple[int, bytes]]) -> set[str]:
    """Return the ids of the records that seals vouch for: those they name, and all before, as far as here."""
    by_hash = {r.proof.hash: r for r in chain if r.proof is not None and r.proof.chained}
    numbers = {hashed: r.proof.number for hashed, r in by_hash.items() if r.proof is not None}
    found: set[str] = set()
    for number, head in heads:
        at = by_hash[head] if numbers.get(head) == number else None
        while at is not None and at.own_id not in found:
            found.add(at.own_id)
            at = by_hash.get(at.proof.previous or b"") if at.proof is not None else None
    return found


def _of_one(chain: Iterable[Record], sealed: set[str], held: Mapping[str, Record]) -> set[str]:
    several = tuple(chain)
    judged = {_judged(r.on, held) for r in several if isinstance(r, Finding) and r.own_id in sealed}
    found = set()
    for record in several:
        if record.own_id in sealed:
            continue
        amends = isinstance(record, Correction | Withdrawal) and record.of in sealed
        amends = amends or sets_release(record)
        if amends or (isinstance(record, Finding) and _judged(record.on, held) in judged):
            found.add(record.own_id)
    return found


def _judged(name: str | None, held: Mapping[str, Record]) -> str | None:
    """Return the record that a finding judges, whatever wording of it the finding names."""
    passed: set[str | None] = set()
    while name not in passed and isinstance(one := held.get(name or ""), Correction):
        passed.add(name)
        name = one.of
    return name
