"""What a journal knows of an author's chain: its forks, its gaps, and where the next record goes."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from attrs import frozen

from ceasefire.journal.chain import envelope, is_chained, previous_of, record_of
from ceasefire.record.branches import Node, branches, keeps, named_hash
from ceasefire.record.kinds import Branch
from ceasefire.record.naming import Mark, digits_to_tell, ids
from ceasefire.record.proof import IN_HEAD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ceasefire.journal.chain import Link
    from ceasefire.journal.store import Store
    from ceasefire.record.branches import Branches, Division
    from ceasefire.record.kinds import Record

_NUMBER: Final = re.compile(r"([1-9]\d{0,17})(?:@([0-9a-f]{12,64}))?", re.ASCII)


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
    #: The id of the one that its author's `branch` record keeps; None until then.
    kept: str | None

    def __str__(self) -> str:
        """Return it as a sentence."""
        ids = " and ".join(record.id or "" for record in self.records)
        settled = f"; {self.author} keeps {self.kept}" if self.kept else ""
        return f"{self.author} has two histories from number {self.number} on: {ids}{settled}"


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


class Lineage:
    """One author's chain from the first number on that several of its records have.

    Links are given in the order of numbers. Until a number has two nothing is kept.
    """

    def __init__(self, author: str) -> None:
        self._author = author
        self._nodes: list[Node] = []
        #: The links of numbers that several have, by hash.
        self._doubles: dict[bytes, Link] = {}
        self._words: list[Branch] = []

    def add(self, same: Sequence[tuple[Link, Mapping[str, Any]]]) -> None:
        """Take the links of one number, each with what its head says."""
        chained = [(link, said) for link, said in same if is_chained(said)]
        if not self._nodes and len(chained) < 2:  # noqa: PLR2004 - one record: nothing divides yet
            return
        for link, said in chained:
            self._nodes.append(Node(link.number, link.hash, previous_of(said)))
            if len(chained) > 1:
                self._doubles[link.hash] = link
            if said["kind"] == Branch.kind and link.body is not None:
                record = record_of(link)
                self._words += [record] if isinstance(record, Branch) else []

    def branches(self) -> Branches | None:
        """Return where the chain divides, or None where it does not."""
        return branches(self._nodes, keeps(self._words, [node.hash for node in self._nodes]))

    def forks(self) -> tuple[Fork, ...]:
        """Return its forks, by number, each with the records that prove it."""
        found = self.branches()
        return tuple(self._fork(fork) for fork in (found.forks if found is not None else ()))

    def _fork(self, fork: Division) -> Fork:
        same = [link for link in self._doubles.values() if link.number == fork.number]
        known = {link.hash: record_of(link, name) for link, name in seen(same)}
        kept = None if fork.kept is None else known[fork.kept].id
        records = tuple(known[side] for side in fork.sides)
        return Fork(author=self._author, number=fork.number, records=records, kept=kept)


def lineage_of(store: Store, author: str) -> Lineage | None:
    """Return an author's chain from where it may divide; None where no number has two records.

    Cheap where none has; else the chain is read from there on.
    """
    first = store.first_double(author)
    if first is None:
        return None
    lineage = Lineage(author)
    for _, same in groupby(store.chain_from(author, first), key=lambda link: link.number):
        lineage.add([(link, envelope(link)) for link in same])
    return lineage


def forks_of(store: Store, author: str) -> tuple[Fork, ...]:
    """Return the forks of an author's chain, by number."""
    lineage = lineage_of(store, author)
    return lineage.forks() if lineage is not None else ()


def branches_of(store: Store, author: str) -> Branches | None:
    """Return where an author's chain divides, or None where it does not."""
    lineage = lineage_of(store, author)
    return lineage.branches() if lineage is not None else None


class Standing:
    """Which records of a store have effect: not the findings, corrections and withdrawals of a fork.

    Only those of the branch that its author keeps do (design §9). Made for one look: what
    it has learnt of an author it keeps.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._branches: dict[str, Branches | None] = {}

    def has_effect(self, record: Record) -> bool:
        """Tell whether a record stands on no fork, or on the branch that is kept."""
        author, proof = record.by or "", record.proof
        if author not in self._branches:
            self._branches[author] = branches_of(self._store, author)
        found = self._branches[author]
        if found is None or proof is None or not proof.chained or proof.number < found.first:
            return True
        return found.standing.get(proof.hash) is True


def gaps_of(store: Store) -> tuple[Gap, ...]:
    """Return what has not arrived of each chain, by author and number."""
    found: set[Gap] = set()
    for author, number, hashed in store.awaiting():
        here = next((link for link in store.find(author, number) if link.hash == hashed), None)
        if here is None:
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
    author, _, rest = name.rpartition("/")
    found = _NUMBER.fullmatch(rest)
    if not author or not found:
        return []
    number, digits = int(found[1]), found[2]
    links = store.find(author, number)
    same = seen(links) if links else []
    if digits is None:
        return [(link, own) for link, own in same if own == name]
    matching = [(link, own) for link, own in same if link.hash.hex().startswith(digits)]
    return matching if len(matching) == 1 else []


def _said(link: Link) -> tuple[object, ...] | None:
    """Return what a link says, its place in the chain left out; None without its body."""
    if link.body is None:
        return None
    said = envelope(link)
    return (link.body, *(said.get(name) for name in IN_HEAD))


class End(NamedTuple):
    """Which record an author's next one follows: number 0 and no hash before the first."""

    number: int
    hash: bytes | None
    #: Whether several records of the author have one number: a number alone names none then.
    divided: bool


def end_of(store: Store, author: str, keep: str | None = None) -> End:
    """Return which record an author's next one follows.

    On a forked chain that is the end of the side that is kept, else of the longest. With
    `keep`, as of a branch record, it is the end of the side that this names. No number is
    given that a record of a hand-written file has, where that is the newest.
    """
    tip = store.tip(author)
    if tip is None:
        return End(0, None, divided=False)
    found = branches_of(store, author) if tip.divided else None
    if found is None:
        chained = store.newest_chained(author) if tip.divided and not tip.chained else None
        last = chained[1] if chained is not None and chained[0] == tip.number else tip.hash
        return End(tip.number, last, tip.divided)
    hashed = named_hash(keep, found.standing)
    end = None if hashed is None else found.end_beyond(hashed)
    end = end or found.end()
    return End(end.number, end.hash, divided=True)


def heads_of(store: Store, author: str) -> dict[str, str]:
    """Return the hash of an author's newest record, by author.

    Of a forked chain the side that is kept has the bare name; every other end has `@`
    and the first digits of its hash, as its records have.
    """
    found = branches_of(store, author)
    if found is None:
        newest = store.newest_chained(author)
        return {} if newest is None else {author: newest[1].hex()}
    kept = found.end() if found.standing[found.end().hash] else None
    digits = digits_to_tell([node.hash for node in found.ends])
    return {
        author if node == kept else f"{author}@{node.hash.hex()[:digits]}": node.hash.hex()
        for node in found.ends
    }
