"""Chains with two histories: which records have no effect until their author says which stands (design §9).

Told by the records alone, whether they come from a journal or from a file. Two
records of one author and number with different hashes are a fork; so is an id with
`@` where a file says no more. From the first forked number on, the author's
findings, corrections and withdrawals have no effect on either branch, until a
branch record of that author names the one to keep; then those of the other branch
have none. Claims on both stay.

The names are settled here too: what records are called depends on which of them
are known together, and what was known of a fork may change with `known_at`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final, cast

from attrs import evolve, field, frozen

from ceasefire.assessment.order import id_key
from ceasefire.assessment.wordings import Problem
from ceasefire.clock import FOREVER
from ceasefire.errors import with_article
from ceasefire.record import KINDS, Absent, Branch, Correction, Finding, Record, Withdrawal
from ceasefire.record.branches import Node, branches, keeps
from ceasefire.record.kinds import REFERENCES
from ceasefire.record.naming import with_ids

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ceasefire.record.branches import Branches, Division

_POINTER: Final = re.compile(r"(.+)/([1-9]\d{0,17})@([0-9a-f]{12,64})", re.ASCII)
#: The fields by which a record of each kind points at another.
_POINTERS: Final = {
    kind: tuple(name for name in REFERENCES if hasattr(kind, name)) for kind in (*KINDS.values(), Absent)
}
#: The kinds that have no effect on a branch that does not stand.
_WITHOUT_EFFECT: Final = (Finding, Correction, Withdrawal)


@frozen
class Fork:
    """A place where a chain divides, by the ids of the records that are the proof."""

    author: str
    number: int
    ids: tuple[str, ...]
    kept: str | None


@frozen
class Chains:
    """What the chains of the records known together say of them."""

    forks: tuple[Fork, ...] = ()
    #: The findings, corrections and withdrawals without effect; True where another branch is kept.
    idle: Mapping[str, bool] = field(factory=dict)
    #: Whether each record has an id of its own, and none names a fork: what they are called is certain.
    plain: bool = False

    def problems(self, known: Mapping[str, Record]) -> list[Problem]:
        """Return a problem for each fork that is not settled, and for each record known without effect."""
        found = []
        told = set()
        for fork in self.forks:
            ids = [name for name in fork.ids if name in known]
            if fork.kept is None and ids:
                what = f"{fork.author} has two histories from number {fork.number} on: {' and '.join(ids)}"
                why = "it has not said which stands, so neither decides anything"
                found.append(Problem(ids[0], "fork", f"{what}; {why}"))
                told.add(ids[0])
        for name, discarded in self.idle.items():
            if name in known and name not in told:
                why = "on a branch that its author does not keep" if discarded else "on a forked chain"
                what = f"{name}, {with_article(known[name].kind)}, is {why}: no effect"
                found.append(Problem(name, "fork", what))
        return found


def chains(records: Sequence[Record], known: Callable[[Record], bool]) -> tuple[tuple[Record, ...], Chains]:
    """Return records under the ids they have together, and the forks among those that are known."""
    if len({r.id for r in records}) == len(records) and not any(map(names_a_fork, records)):
        return tuple(records), Chains(plain=True)
    named = _resolved(_named(records, known))
    forks: list[Fork] = []
    idle: dict[str, bool] = {}
    for author, chain in _forked(named, known).items():
        divided, standing = _divided(author, chain)
        forks += divided
        for record in chain:
            if isinstance(record, _WITHOUT_EFFECT) and (stands := standing.get(record.own_id)) is not True:
                idle[record.own_id] = stands is False
    return tuple(named), Chains(tuple(forks), idle)


def names_a_fork(record: Record) -> bool:
    """Tell whether a record's id, or one it points at, has `@` in it."""
    if record.id is not None and "@" in record.id:
        return True
    for name in _POINTERS[type(record)]:
        pointer = getattr(record, name)
        if pointer is not None and "@" in pointer:
            return True
    return False


def _named(records: Sequence[Record], known: Callable[[Record], bool]) -> list[Record]:
    """Return records under the ids that those known together have, each once.

    One that is alone of its number keeps `@` in its id: whoever gave it knew of another.
    """
    numbers: dict[tuple[str, int], list[Record]] = defaultdict(list)
    for record in records:
        if record.proof is not None:
            numbers[record.author, record.proof.number].append(record)
    ids: dict[tuple[str, int, bytes], str] = {}
    dropped: set[tuple[str, int, bytes]] = set()
    for (author, number), several in numbers.items():
        if len(several) == 1:
            continue
        hashes = {record.proof.hash for record in several if record.proof is not None}
        if len(hashes) == 1:
            given = max(record.own_id for record in several)
            ids |= {(author, number, hashed): given for hashed in hashes}
            continue
        together = [record for record in several if known(record)]
        own = with_ids(together) if together else {}
        ids |= {(author, number, hashed): record.own_id for hashed, record in own.items()}
        if own:
            held = {record.proof.hash for record in together if record.proof is not None}
            dropped |= {(author, number, hashed) for hashed in held - own.keys()}
    plain: list[Record] = []
    proven: dict[tuple[str, int, bytes], Record] = {}
    for record in records:
        place = _place(record)
        if place is None:
            plain.append(record)
        elif place not in dropped:
            other = proven.setdefault(place, record)
            proven[place] = min(other, record, key=_told)
    return [*plain, *(evolve(record, id=ids.get(place, record.id)) for place, record in proven.items())]


def _told(record: Record) -> tuple[bool, int]:
    """Return which copy of one record is looked at: the one with its body, then the one received first."""
    received = record.received or record.recorded
    return isinstance(record, Absent), received.us if received is not None else -FOREVER


def _place(record: Record) -> tuple[str, int, bytes] | None:
    return None if record.proof is None else (record.author, record.proof.number, record.proof.hash)


def _resolved(records: list[Record]) -> list[Record]:
    """Return records that point by `@` and digits at the ids that these records have here."""
    ids = {record.id for record in records}
    by_number: dict[tuple[str, int], list[tuple[str, str]]] = defaultdict(list)
    for record in records:
        if record.proof is not None:
            place = (record.author, record.proof.number)
            by_number[place].append((record.proof.hash.hex(), record.own_id))

    def resolved(name: str) -> str:
        found = _POINTER.fullmatch(name)
        if found is None or name in ids:
            return name
        held = by_number.get((found[1], int(found[2])), ())
        own = [own for digits, own in held if digits.startswith(found[3])]
        return own[0] if len(own) == 1 else name

    result = []
    for record in records:
        pointers = {name: getattr(record, name) for name in _POINTERS[type(record)]}
        forked = {name: value for name, value in pointers.items() if value and "@" in value}
        changed = {name: new for name, value in forked.items() if (new := resolved(value)) != value}
        result.append(evolve(record, **changed) if changed else record)
    return result


def _forked(records: Iterable[Record], known: Callable[[Record], bool]) -> dict[str, list[Record]]:
    """Return, for each author with a forked number, the known records from the first of these on."""
    numbered: dict[str, list[Record]] = defaultdict(list)
    first: dict[str, int] = {}
    for record in records:
        author, number, digits, _ = id_key(record.own_id)
        if number < 0 or author != record.by or not known(record):
            continue
        if record.proof is not None and not record.proof.chained:
            continue
        numbered[author].append(record)
        if digits:
            first[author] = min(first.get(author, number), number)
    return {
        author: sorted((r for r in numbered[author] if _number(r) >= number), key=lambda r: id_key(r.own_id))
        for author, number in sorted(first.items())
    }


def _divided(author: str, chain: list[Record]) -> tuple[list[Fork], dict[str, bool | None]]:
    """Return where an author's chain divides, and whether each record stands."""
    nodes = _nodes(chain)
    other = _other_history(chain, nodes)
    words = [record for record in chain if isinstance(record, Branch)]
    ids = {node.hash: name for name, node in nodes.items()}
    # One number has two records here: those of this chain, or one of it and the other that its id tells of.
    divided = branches([*nodes.values(), *other], keeps(words, ids))
    found = cast("Branches", divided)
    forks = [
        Fork(author, fork.number, tuple(ids[s] for s in fork.sides if s in ids), _kept(fork, ids))
        for fork in found.forks
    ]
    standing = {ids[hashed]: stands for hashed, stands in found.standing.items() if hashed in ids}
    return forks, standing | _beyond(chain, forks, words)


def _kept(fork: Division, ids: Mapping[bytes, str]) -> str | None:
    return None if fork.kept is None else ids[fork.kept]


def _other_history(chain: Iterable[Record], nodes: Mapping[str, Node]) -> list[Node]:
    """Return what stands for the other history where the first forked number has one record here."""
    first = next(record for record in chain if "@" in record.own_id)
    node = nodes[first.own_id]
    if any(other.number == node.number and other is not node for other in nodes.values()):
        return []
    return [Node(node.number, b"\0" + node.hash, None)]


def _nodes(chain: Iterable[Record]) -> dict[str, Node]:
    """Return the place of each record in the chain, by its id.

    Without a proof the digits of the id stand for the hash, and nothing says what a
    record follows.
    """
    nodes = {}
    for record in chain:
        name = record.own_id
        if record.proof is not None:
            nodes[name] = Node(record.proof.number, record.proof.hash, record.proof.previous)
        else:
            digits = id_key(name)[2][1:]
            nodes[name] = Node(_number(record), _bytes(digits) or name.encode(), None)
    return nodes


def _beyond(chain: Iterable[Record], forks: Iterable[Fork], words: Iterable[Branch]) -> dict[str, bool]:
    """Return the records of a file without proofs that stand because they follow the word that settles all.

    Their numbers are beyond the forked ones, and the author had named its branch before.
    """
    settling = [_number(word) for word in words if word.proof is None]
    if not settling or any(fork.kept is None for fork in forks):
        return {}
    forked = max(_number(record) for record in chain if "@" in record.own_id)
    start = max(min(settling), forked + 1)
    return {r.own_id: True for r in chain if r.proof is None and _number(r) >= start}


def _number(record: Record) -> int:
    return id_key(record.own_id)[1]


def _bytes(digits: str) -> bytes:
    try:
        return bytes.fromhex(digits)
    except ValueError:
        return b""
