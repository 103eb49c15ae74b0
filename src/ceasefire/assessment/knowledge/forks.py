"""Chains with two histories: which records have no effect until their author says which stands.

The rules stand in docs/journals.md ("Forks") and docs/seals.md. Told by the records
alone, whether they come from a journal or from a file. Two
records of one author and number with different hashes are a fork; so is an id with
`@` where a file says no more. From the first forked number on, the author's
findings, corrections and withdrawals have no effect on either branch, until a
branch record of that author names the one to keep; then those of the other branch
have none. Claims on both stay. Where a record follows another one than is here, the
chain has a second history too, which is not here.

What a seal of a declared key vouches for stands against all else in its author's name:
no record of another history has any effect, whatever it says, and what is under no seal
changes nothing that is.

The names are settled here too: what records are called depends on which of them
are known together, and what was known of a fork may change with `known_at`.
"""

from __future__ import annotations

from collections import defaultdict
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, cast

from attrs import evolve
from msgspec import field

from ceasefire.assessment.codes import Problem
from ceasefire.assessment.knowledge.pointers import pointing_at_what_stands
from ceasefire.assessment.knowledge.unsealed import changing_what_is_sealed
from ceasefire.clock import FOREVER
from ceasefire.errors import with_article
from ceasefire.record import Absent, Branch, Correction, Finding, Record, Withdrawal
from ceasefire.record.forks.branches import NO_SEALS, branches, keeps, two_histories
from ceasefire.record.forks.tree import Node
from ceasefire.record.ids import of_a_fork, parse, with_ids
from ceasefire.record.kinds import pointers, pointing, repointed
from ceasefire.record.order import id_key
from ceasefire.values import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from ceasefire.record.forks.branches import Branches, Division, Sealing
    from ceasefire.record.proof import Proof

#: The kinds that have no effect on a branch that does not stand.
_WITHOUT_EFFECT: Final = (Finding, Correction, Withdrawal)


class Fork(Value):
    """A place where a chain divides, by the ids of the records that are the proof."""

    author: str
    number: int
    ids: tuple[str, ...]
    kept: str | None
    #: Whether another record of the number is not here, and the ids of those that follow it.
    missing: bool = False
    followers: tuple[str, ...] = ()
    #: Whether what stands, here or not, does by a seal.
    sealed: bool = False

    @property
    def settled(self) -> bool:
        """Whether it is known which stands, and that is here."""
        return self.kept is not None

    def told(self, known: Collection[str]) -> tuple[str, str] | None:
        """Return the record that is named, and the sentence; None where nothing of it is known."""
        ids = [name for name in self.ids if name in known]
        if not ids:
            return None
        followers = [name for name in self.followers if name in known]
        what = two_histories(self.author, self.number, ids, followers, missing=self.missing)
        if not self.missing:
            return ids[0], f"{what}; it has not said which stands, so neither decides anything"
        named = followers[0] if followers else ids[0]
        if self.sealed:
            return named, f"{what}; what is sealed stands, so what is here of it decides nothing"
        return named, f"{what}; {self.author} has not said which stands, so neither decides anything"


class Chains(Value):
    """What the chains of the records known together say of them."""

    forks: tuple[Fork, ...] = ()
    #: The findings, corrections and withdrawals without effect; True where another branch is kept.
    idle: Mapping[str, bool] = field(default_factory=dict)
    #: The records that a seal of their author excludes: it vouches for others of their numbers.
    excluded: frozenset[str] = frozenset()
    #: The findings, corrections and withdrawals under no seal that would change what is under one.
    unsealed: frozenset[str] = frozenset()
    #: Those who have sealed by a key that they declared.
    sealing: frozenset[str] = frozenset()
    #: Whether each record has an id of its own, and none names a fork: what they are called is certain.
    plain: bool = False

    @property
    def without_effect(self) -> Mapping[str, str]:
        """The findings, corrections and withdrawals that have no effect, each with the code of the reason."""
        return dict.fromkeys(self.idle, "fork") | dict.fromkeys(sorted(self.unsealed), "unsealed")

    def problems(self, known: Mapping[str, Record]) -> list[Problem]:
        """Return a problem for each fork that is not settled, and for each record known without effect."""
        found = []
        told = set()
        for fork in self.forks:
            if not fork.settled and (problem := fork.told(known)) is not None:
                found.append(Problem(problem[0], "fork", problem[1]))
                told.add(problem[0])
        on = {True: "on a branch that its author does not keep", False: "on a forked chain"}
        reasons = {name: on[discarded] for name, discarded in self.idle.items()}
        reasons |= dict.fromkeys(sorted(self.excluded), "of another history than its author sealed")
        for name, why in reasons.items():
            if name in known and name not in told:
                what = f"{name}, {with_article(known[name].kind)}, is {why}: no effect"
                found.append(Problem(name, "fork", what))
        for name in sorted(self.unsealed, key=id_key):
            if name in known:
                what = f"{name}, {with_article(known[name].kind)}, is under no seal, and would change what is"
                found.append(Problem(name, "unsealed", f"{what}: no effect until it is sealed"))
        return found


def chains(
    records: Sequence[Record],
    known: Callable[[Record], bool],
    seals: Mapping[str, Sealing] = MappingProxyType({}),
) -> tuple[tuple[Record, ...], Chains]:
    """Return records under the ids they have together, and the forks among those that are known.

    `seals` is what is known of those who have declared a key.
    """
    sealing = frozenset(author for author, its in seals.items() if its.heads)
    plain = len({r.id for r in records}) == len(records) and not any(map(names_a_fork, records))
    if plain and not misfits(records) and not _contradicted(records, seals):
        unsealed = (
            changing_what_is_sealed([r for r in records if known(r)], seals) if sealing else frozenset()
        )
        return tuple(records), Chains(unsealed=unsealed, sealing=sealing, plain=True)
    named = _resolved(_named(records, known))
    forks: list[Fork] = []
    idle: dict[str, bool] = {}
    excluded: set[str] = set()
    for author, chain in _forked(named, known, seals).items():
        divided, standing, out = _divided(author, chain, seals.get(author, NO_SEALS))
        forks += divided
        excluded |= out
        for record in chain:
            if isinstance(record, _WITHOUT_EFFECT) and (stands := standing.get(record.own_id)) is not True:
                idle[record.own_id] = stands is False
    named = pointing_at_what_stands(named, excluded)
    effective = [r for r in named if known(r) and r.own_id not in excluded and r.own_id not in idle]
    return tuple(named), Chains(
        tuple(forks), idle, frozenset(excluded), changing_what_is_sealed(effective, seals), sealing
    )


def misfits(records: Collection[Record]) -> list[tuple[str, int]]:
    """Return where records follow another one than is here, of those whose number before is here."""
    doubtful: list[tuple[str, Proof]] = []
    author, before = "", None
    for record in records:
        proof = record.proof
        if proof is None or not proof.chained:
            continue
        if proof.previous is not None and (before != proof.previous or record.author != author):
            doubtful.append((record.author, proof))
        author, before = record.author, proof.hash
    if not doubtful:
        return []
    held: dict[tuple[str, int], set[bytes]] = defaultdict(set)
    for record in records:
        if record.proof is not None and record.proof.chained:
            held[record.author, record.proof.number].add(record.proof.hash)
    return [
        (author, proof.number)
        for author, proof in doubtful
        if _misfit(proof, held.get((author, proof.number - 1)))
    ]


def _misfit(proof: Proof, before: Collection[bytes] | None) -> bool:
    return before is not None and proof.previous not in before


def _contradicted(records: Iterable[Record], seals: Mapping[str, Sealing]) -> dict[str, int]:
    """Return the least number, by author, of which a seal vouches for another record than is here."""
    heads = {(author, number, head) for author, its in seals.items() for number, head in its.heads}
    if not heads:
        return {}
    here: dict[tuple[str, int], set[bytes]] = defaultdict(set)
    sealed = {(author, number) for author, number, _ in heads}
    for record in records:
        if record.proof is not None and record.proof.chained:
            place = (record.author, record.proof.number)
            if place in sealed:
                here[place].add(record.proof.hash)
    wrong = [(a, n) for a, n, head in heads if (a, n) in here and head not in here[a, n]]
    return {author: min(number for by, number in wrong if by == author) for author, _ in wrong}


def names_a_fork(record: Record) -> bool:
    """Tell whether a record's id, or one it points at, is of a number that several have."""
    if record.id is not None and of_a_fork(record.id):
        return True
    for name in pointers(type(record)):
        pointer = getattr(record, name)
        if pointer is not None and of_a_fork(pointer):
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

    forked = {name for record in records for name in pointing(record).values() if of_a_fork(name)} - ids
    names: dict[str, str] = {}
    for name in forked:
        found = parse(name)
        held = by_number.get((found.author, found.number), ()) if found is not None and found.given else ()
        own = [own for digits, own in held if found is not None and digits.startswith(found.fork[1:])]
        if len(own) == 1:
            names[name] = own[0]
    return [repointed(record, names) for record in records] if names else records


def _forked(
    records: Iterable[Record], known: Callable[[Record], bool], seals: Mapping[str, Sealing]
) -> dict[str, list[Record]]:
    """Return, for each author with a forked number, the known records from the first of these on."""
    numbered: dict[str, list[Record]] = defaultdict(list)
    together = [record for record in records if known(record)]
    first = _contradicted(together, seals)
    for author, number in misfits(together):
        first[author] = min(first.get(author, FOREVER), number - 1)
    for record in together:
        author, number, digits, _ = id_key(record.own_id)
        if number < 0 or author != record.by:
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


def _divided(
    author: str, chain: list[Record], seals: Sealing
) -> tuple[list[Fork], dict[str, bool | None], set[str]]:
    """Return where an author's chain divides, whether each record stands, and those that a seal excludes."""
    nodes = _nodes(chain)
    other = _other_history(chain, nodes)
    words = [record for record in chain if isinstance(record, Branch)]
    ids = {node.hash: name for name, node in nodes.items()}
    # One number has two records here: those of this chain, or one of it and the other that its id tells of.
    divided = branches([*nodes.values(), *other], keeps(words, ids), seals)
    found = cast("Branches", divided)
    forks = [_fork(author, fork, ids) for fork in found.forks]
    standing = {ids[hashed]: stands for hashed, stands in found.standing.items() if hashed in ids}
    return forks, standing | _beyond(chain, forks, words), {ids[h] for h in found.excluded if h in ids}


def _fork(author: str, fork: Division, ids: Mapping[bytes, str]) -> Fork:
    return Fork(
        author,
        fork.number,
        tuple(ids[side] for side in fork.sides if side in ids),
        ids.get(fork.kept or b""),
        missing=bool(fork.missing),
        followers=tuple(ids[one] for one in fork.followers if one in ids),
        sealed=fork.sealed,
    )


def _other_history(chain: Iterable[Record], nodes: Mapping[str, Node]) -> list[Node]:
    """Return what stands for the other history where the first forked number has one record here."""
    first = next((record for record in chain if of_a_fork(record.own_id)), None)
    if first is None:
        return []
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
    forked = max((_number(record) for record in chain if of_a_fork(record.own_id)), default=0)
    start = max(min(settling), forked + 1)
    return {r.own_id: True for r in chain if r.proof is None and _number(r) >= start}


def _number(record: Record) -> int:
    return id_key(record.own_id)[1]


def _bytes(digits: str) -> bytes:
    try:
        return bytes.fromhex(digits)
    except ValueError:
        return b""
