"""What a journal knows of an author's chain: its forks, gaps and heads, and what its records are called."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from attrs import frozen
from msgspec.structs import replace

from ceasefire.journal.chain.link import envelope, is_chained, previous_of, record_of
from ceasefire.journal.history.ancestry import path_to
from ceasefire.record.forks.branches import NO_SEALS, Sealing, branches, keeps, two_histories
from ceasefire.record.forks.tree import Node
from ceasefire.record.ids import DIGITS, Mark, ids, parse, told_apart
from ceasefire.record.kinds import Branch
from ceasefire.record.proof import IN_HEAD
from ceasefire.record.release import sets_release

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ceasefire.instruments.keys import Keyring
    from ceasefire.journal.chain.link import Link
    from ceasefire.journal.stores.store import Store
    from ceasefire.record.forks.branches import Branches, Division
    from ceasefire.record.kinds import Record


@frozen(kw_only=True)
class Fork:
    """A place where an author's chain divides: two records that follow the same one are the proof.

    It is most often an accident: a backup was restored, and written on.
    """

    author: str
    #: The number these records share.
    number: int
    #: The records, each with its id and its `proof`, by hash.
    records: tuple[Record, ...]
    #: The id of the one that stands, by its author's `branch` record or by its seal; None until then.
    kept: str | None
    #: Whether another record of this number is not here: one that records which are here follow,
    #: or that a seal vouches for.
    missing: bool = False
    #: The records that follow the one which is not here.
    followers: tuple[Record, ...] = ()
    #: Whether what stands, here or not, does by a seal.
    sealed: bool = False

    def __str__(self) -> str:
        """Return it as a sentence."""
        names, followers = (
            [record.own_id for record in several] for several in (self.records, self.followers)
        )
        said = two_histories(self.author, self.number, names, followers, missing=self.missing)
        if self.sealed:
            return f"{said}; {self.author} sealed {self.kept or 'the one that is not here'}"
        return f"{said}; {self.author} keeps {self.kept}" if self.kept else said


@frozen(kw_only=True, order=True)
class Gap:
    """Records of a chain that have not arrived: nothing is wrong, they are pending."""

    author: str
    #: The first and the last number that is missing.
    first: int
    last: int

    def __str__(self) -> str:
        """Return it as a sentence."""
        if self.first == self.last:
            return f"{self.author}/{self.first} has not arrived"
        return f"{self.author}/{self.first} to {self.author}/{self.last} have not arrived"


Same = Sequence[tuple["Link", "Mapping[str, Any]"]]


class Lineage:
    """One author's chain from the number on at which it divides.

    Links are given in the order of numbers. Until it divides nothing is kept but the
    links of the last number.
    """

    def __init__(self, author: str, seals: Sealing = NO_SEALS) -> None:
        self._author = author
        self._seals = seals
        self._nodes: list[Node] = []
        #: The links of numbers that several have, and those that do not follow the ones before, by number.
        self._proofs: dict[int, dict[bytes, Link]] = {}
        self._words: list[Branch] = []
        #: The place of arrival of each link that is kept, by hash.
        self._places: dict[bytes, int] = {}
        self._before: Same = ()

    def add(self, same: Same) -> None:
        """Take the links of one number, each with what its head says."""
        chained = [(link, said) for link, said in same if is_chained(said)]
        misfits = self._misfits(chained)
        if misfits and not self._nodes:
            self._keep(self._before)
        for link, _ in (*self._before, *misfits) if misfits else ():
            self._prove(link)
        if self._nodes or len(chained) > 1 or self._contradicted(chained):
            self._keep(chained)
            for link, _ in chained if len(chained) > 1 or self._contradicted(chained) else ():
                self._prove(link)
        self._before = chained or self._before

    def branches(self, seals: Sealing | None = None) -> Branches | None:
        """Return where the chain divides, or None where it does not."""
        words = keeps(self._words, [node.hash for node in self._nodes])
        return branches(self._nodes, words, self._seals if seals is None else seals)

    def written(self, came: Iterable[range]) -> Sealing:
        """Return what is known of seals, and which records did not come by merge: their words count here."""
        places = tuple(came)
        here = (h for h, seq in self._places.items() if not any(seq in merged for merged in places))
        return replace(self._seals, trusted=frozenset(here))

    def forks(self) -> tuple[Fork, ...]:
        """Return its forks, by number, each with the records that prove it."""
        found = self.branches()
        return tuple(self._fork(fork) for fork in (found.forks if found is not None else ()))

    def _misfits(self, chained: Same) -> Same:
        """Return the links that follow another one of the number before than is here."""
        if not self._before or not chained or self._before[0][0].number != chained[0][0].number - 1:
            return ()
        here = {link.hash for link, _ in self._before}
        return [(link, said) for link, said in chained if previous_of(said) not in here]

    def _contradicted(self, chained: Same) -> bool:
        """Tell whether a seal vouches for another record of a number than is here."""
        return bool(chained) and any(
            number == chained[0][0].number and all(link.hash != head for link, _ in chained)
            for number, head in self._seals.heads
        )

    def _keep(self, chained: Same) -> None:
        for link, said in chained:
            self._nodes.append(Node(link.number, link.hash, previous_of(said)))
            self._places[link.hash] = link.seq
            if said["kind"] == Branch.kind and link.body is not None:
                record = record_of(link)
                if isinstance(record, Branch):
                    self._words.append(record)

    def _prove(self, link: Link) -> None:
        self._proofs.setdefault(link.number, {})[link.hash] = link

    def _fork(self, fork: Division) -> Fork:
        known = self._records(fork.number, fork.sides)
        kept = known.get(fork.kept or b"")
        return Fork(
            author=self._author,
            number=fork.number,
            records=tuple(known[side] for side in fork.sides if side in known),
            kept=None if kept is None else kept.id,
            missing=bool(fork.missing),
            followers=tuple(self._records(fork.number + 1, fork.followers).values()),
            sealed=fork.sealed,
        )

    def _records(self, number: int, hashes: Iterable[bytes]) -> dict[bytes, Record]:
        """Return some of the records of one number that are here, by hash."""
        links = self._proofs.get(number, {})
        known = {link.hash: record_of(link, name) for link, name in seen(links.values())} if links else {}
        return {hashed: known[hashed] for hashed in hashes if hashed in known}


def sealing_of(store: Store, author: str, keys: Keyring | None) -> Sealing:
    """Return what is known of the seals of an author, by the keys that agreements declare.

    Of one who has declared none nothing is expected, and its seals vouch for nothing yet.
    """
    if keys is None or not keys.declared(author):
        return NO_SEALS
    good = (
        seal
        for seal in store.seals()
        if seal.author == author and not keys.objection(author, seal.key, seal.at) and seal.genuine
    )
    return Sealing(expected=True, heads=frozenset((seal.length, seal.head) for seal in good))


def first_division(store: Store, author: str, seals: Sealing = NO_SEALS) -> int | None:
    """Return the least number at which an author's chain may divide, or None.

    There several records have one number, or the one after it follows another, or a seal
    vouches for another.
    """
    found = [store.first_double(author)]
    for _, number, _ in store.awaiting(author):
        found += [number - 1] if store.first_two(author, number - 1, chained=True) else []
    for number, head in seals.heads:
        if held_chained(store, author, number, head) is None:
            found += [number] if store.first_two(author, number, chained=True) else []
    return min((number for number in found if number is not None), default=None)


def held_chained(store: Store, author: str, number: int, hashed: bytes) -> Link | None:
    """Return the link of this place if its author chained it, else None."""
    link = store.held(author, number, hashed)
    return link if link is not None and is_chained(envelope(link)) else None


def lineage_of(store: Store, author: str, keys: Keyring | None = None) -> Lineage | None:
    """Return an author's chain from where it may divide; None where it does not.

    Cheap where it does not; else the chain is read from there on.
    """
    seals = sealing_of(store, author, keys)
    first = first_division(store, author, seals)
    if first is None:
        return None
    lineage = Lineage(author, seals)
    for _, same in groupby(store.chain_from(author, first), key=lambda link: link.number):
        lineage.add([(link, envelope(link)) for link in same])
    return lineage


def forks_of(store: Store, author: str, keys: Keyring | None = None) -> tuple[Fork, ...]:
    """Return the forks of an author's chain, by number."""
    lineage = lineage_of(store, author, keys)
    return lineage.forks() if lineage is not None else ()


def branches_of(
    store: Store, author: str, keys: Keyring | None = None, *, writing: bool = False
) -> Branches | None:
    """Return where an author's chain divides, or None where it does not.

    For who writes on its words count that were written here, whether or not they are sealed yet.
    """
    lineage = lineage_of(store, author, keys)
    if lineage is None:
        return None
    return lineage.branches(lineage.written(store.merged()) if writing else None)


class Standing:
    """Which records of a store have effect: not the findings, corrections and withdrawals of a fork.

    Only those of the branch that stands do (docs/journals.md, "Forks"). Made for one look:
    what it has learnt of an author it keeps.
    """

    def __init__(self, store: Store, keys: Keyring | None = None) -> None:
        self._store = store
        self._keys = keys
        self._branches: dict[str, Branches | None] = {}
        self._sealed: dict[str, frozenset[bytes] | None] = {}

    def has_effect(self, record: Record) -> bool:
        """Tell whether a record stands on no fork, or on the branch that is kept."""
        author, proof = record.by or "", record.proof
        if author not in self._branches:
            self._branches[author] = branches_of(self._store, author, self._keys)
        found = self._branches[author]
        if proof is None or not proof.chained:
            return True
        if found is not None and proof.number >= found.first and found.standing.get(proof.hash) is not True:
            return False
        return not self._opens_unsealed(record, author, proof.hash)

    def _opens_unsealed(self, record: Record, author: str, hashed: bytes) -> bool:
        """Tell whether a correction under no seal would change who may see a record of one who seals."""
        if not sets_release(record):
            return False
        if author not in self._sealed:
            self._sealed[author] = self._under_seal(author)
        sealed = self._sealed[author]
        return sealed is not None and hashed not in sealed

    def _under_seal(self, author: str) -> frozenset[bytes] | None:
        """Return the hashes of an author's records under its seals; None where it has sealed nothing."""
        heads = sealing_of(self._store, author, self._keys).heads
        found: set[bytes] = set()
        for number, head in sorted(heads, reverse=True):
            if head not in found and self._store.held(author, number, head) is not None:
                found |= {link.hash for link in path_to(self._store, author, number, head).links}
        return frozenset(found) if heads else None


def gaps_of(store: Store) -> tuple[Gap, ...]:
    """Return what has not arrived of each chain, by author and number."""
    found: set[Gap] = set()
    for author, number, hashed in store.awaiting():
        if store.held(author, number, hashed) is None:
            continue
        last = number - 1
        found.add(Gap(author=author, first=min(store.number_before(author, number) + 1, last), last=last))
    return tuple(sorted(found))


def seen(links: Iterable[Link]) -> list[tuple[Link, str]]:
    """Return the links of one number that are records of their own, each with its id, by hash.

    What was merged from a file without a chain, and came later as a link of its
    author's chain, is one record: the one that its author chained.
    """
    same = tuple(links)
    if len(same) == 1:
        return [(same[0], same[0].id)]
    marks = [Mark(link.hash, is_chained(envelope(link)), _said(link)) for link in same]
    own = ids(same[0].author, same[0].number, marks)
    return [(link, own[link.hash]) for link in same if link.hash in own]


def found_by(store: Store, name: str) -> list[tuple[Link, str]]:
    """Return the links an id may mean, each with its own id: one, or none.

    `author/number` means the record of that number where it is alone; with `@` and the
    first digits of its hash it means that record.
    """
    found = parse(name)
    if found is None or not found.given:
        return []
    if not found.fork and len(two := store.first_two(found.author, found.number)) < 2:  # noqa: PLR2004 - alone
        return [(link, link.id) for link in two]
    same = _named(store, found.author, found.number, found.fork[1:])
    if not found.fork:
        return [(link, own) for link, own in same if own == name]
    matching = [(link, own) for link, own in same if link.hash.hex().startswith(found.fork[1:])]
    return matching if len(matching) == 1 else []


def own_name(store: Store, link: Link) -> str | None:
    """Return the id of a link that is held; None where it is no record of its own."""
    found = _named(store, link.author, link.number, link.hash.hex())
    return next((name for held, name in found if held.hash == link.hash), None)


def _named(store: Store, author: str, number: int, digits: str) -> list[tuple[Link, str]]:
    """Return links of a number with their ids, among them all whose hashes begin with some digits.

    Where thousands have the number few are read: those, and as many as show whether one is alone.
    """
    near = store.starting(author, number, digits[:DIGITS]) if digits else []
    proven = store.first_two(author, number, chained=True)
    if proven and not all(is_chained(envelope(link)) for link in near):
        several = store.find(author, number)  # what is not chained may be what any chained one says
    else:
        by_hash = {link.hash: link for link in (*near, *proven, *store.first_two(author, number))}
        several = [by_hash[hashed] for hashed in sorted(by_hash)]
    return seen(several) if several else []


def _said(link: Link) -> tuple[object, ...] | None:
    """Return what a link says, its place in the chain left out; None without its body."""
    if link.body is None:
        return None
    said = envelope(link)
    return (link.body, *(said.get(name) for name in IN_HEAD))


def heads_of(store: Store, author: str, keys: Keyring | None = None) -> dict[str, str]:
    """Return the hash of an author's newest record, by author.

    Of a forked chain the side that is kept has the bare name; every other end has `@`
    and the first digits of its hash, as its records have. Where one of the two histories
    is not here, no head vouches for what is, and none is given.
    """
    found = branches_of(store, author, keys)
    if found is not None and not found.whole:
        return {}
    if found is None:
        newest = store.newest_chained(author)
        return {} if newest is None else {author: newest[1].hex()}
    kept = found.end() if found.standing[found.end().hash] else None
    digits = told_apart([node.hash for node in found.ends])
    return {
        author if node == kept else f"{author}@{digits[node.hash]}": node.hash.hex() for node in found.ends
    }
