"""A chain with two histories: where it divides, and which side stands (docs/journals.md, "Forks").

A fork is most often an accident: a backup was restored, and written on. Both
histories are kept. From the first forked number on nothing says which of the two
its author means, until the author names one; then that side stands and the other
does not. Journals and assessments ask the same question of it, so the answer
stands here: it depends on the records alone, never on the order in which they came.

A record that names another one before it than the one that is here tells of a second
history as well: of one that is not here. And what a seal vouches for needs no word of
its author: every other history has no effect (docs/journals.md, "Forks").
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from msgspec import field

from ceasefire.record.forks.tree import ELSEWHERE, Node, Tree, missing_from, reach, tree_of
from ceasefire.record.ids import digits_named
from ceasefire.record.order import ordered_at
from ceasefire.record.proof import HASH
from ceasefire.values import Value

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from ceasefire.record.kinds import Branch


class Keep(Value):
    """An author's word on which branch stands: the hash it names, and what orders it among others."""

    hash: bytes
    #: The latest word counts: the one recorded last, of several then the one of the greater number.
    order: tuple[int, int]
    #: The hash of the branch record that says so; None where it has no proof.
    word: bytes | None = None


class Sealing(Value):
    """What is known of the seals of a chain's author."""

    #: Whether the author has declared a key: then a word of it settles a fork only if it is under a seal.
    expected: bool = False
    #: What seals vouch for that count, by a key declared for the author at their time: number and hash.
    heads: frozenset[tuple[int, bytes]] = frozenset()
    #: For who writes on, the records written here: their words count although no seal covers them.
    trusted: frozenset[bytes] | None = None


NO_SEALS: Final = Sealing()


class Division(Value):
    """A place where a chain divides: records of one number."""

    number: int
    #: The hashes of these records, sorted; of those that are not here too.
    sides: tuple[bytes, ...]
    #: The side that stands, by its author's word or by a seal; None until then.
    kept: bytes | None
    #: The hashes among `sides` that are not here: records that are here follow them.
    missing: frozenset[bytes] = frozenset()
    #: The hashes of the records here that follow the missing ones, sorted.
    followers: tuple[bytes, ...] = ()
    #: Whether the side that stands does by a seal.
    sealed: bool = False

    @property
    def settled(self) -> bool:
        """Whether it is known which side stands, and that side is here."""
        return self.kept is not None and self.kept not in self.missing


class Branches(Value):
    """A forked chain, from its first forked number on."""

    first: int
    forks: tuple[Division, ...]
    #: By hash: True on the side that is kept, False on another, None where nothing is settled.
    standing: Mapping[bytes, bool | None]
    #: The records that nothing follows, by number and hash.
    ends: tuple[Node, ...]
    #: The hashes of the records that follow each.
    children: Mapping[bytes | None, list[bytes]] = field(default_factory=dict)
    #: The hashes of the records that a seal of their author excludes: it vouches for others of their numbers.
    excluded: frozenset[bytes] = frozenset()
    #: The greatest number before a long gap: what lies beyond is not followed.
    reach: int = 0
    #: For who writes on, by hash, the number of the newest record on the way to it that is trusted.
    trusted: Mapping[bytes, int] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Whether no record is missing that the side which stands goes through."""
        return all(fork.settled or not fork.missing for fork in self.forks)

    def end(self) -> Node:
        """Return the record that the next one follows.

        On the side that is kept, else on the one that was written on here last, else on the longest.
        """
        rank = {True: 0, None: 1, False: 2}
        near = [node for node in self.ends if node.number <= self.reach] or self.ends
        return min(near, key=lambda node: (rank[self.standing[node.hash]], *self._length(node)))

    def _length(self, end: Node) -> tuple[int, int, bytes]:
        return -self.trusted.get(end.hash, -1), -end.number, end.hash

    def end_beyond(self, hashed: bytes) -> Node | None:
        """Return the end of the side through a record, of several as `end`; None where it is not here."""
        found: set[bytes] = set()
        beyond = [hashed]
        while beyond:  # each follows one record of the number before: none comes twice
            at = beyond.pop()
            found.add(at)
            beyond += self.children.get(at, ())
        through = (node for node in self.ends if node.hash in found)
        return min(through, key=self._length, default=None)


def two_histories(
    author: str, number: int, ids: Iterable[str], followers: Collection[str], *, missing: bool
) -> str:
    """Return a place where a chain divides as a sentence: the records here, and what tells of another."""
    what = f"{author} has two histories from number {number} on: {' and '.join(ids)}"
    if not missing:
        return what
    by = f"{' and '.join(followers)} follows" if followers else f"a seal of {author} vouches for"
    return f"{what} is here, and {by} another {author}/{number}, which is not here"


class Named:
    """Some hashes, to be found by their first digits."""

    def __init__(self, hashes: Iterable[bytes]) -> None:
        several = set(hashes)
        self._whole = sorted(hashed.hex() for hashed in several if len(hashed) >= HASH)
        #: Of records without a proof no more is known than the digits in their ids.
        self._short = sorted(hashed.hex() for hashed in several if len(hashed) < HASH)

    def one(self, text: str | None) -> bytes | None:
        """Return the one hash that a branch record's `keep` names, or None where it names none or several."""
        digits = digits_named(text)
        if digits is None:
            return None
        at = bisect_left(self._whole, digits)
        named = [one for one in self._whole[at : at + 2] if one.startswith(digits)]
        named += [one for one in self._short if one.startswith(digits) or digits.startswith(one)]
        return bytes.fromhex(named[0]) if len(named) == 1 else None


def keeps(words: Iterable[Branch], hashes: Collection[bytes]) -> list[Keep]:
    """Return what an author's branch records keep; one that names none of these hashes keeps nothing.

    One that names the record before it keeps itself: its author goes on from there. A
    date after the word was received orders nothing.
    """
    found = []
    named = Named(hashes)
    for word in words:
        if word.recorded is None:
            continue
        at = ordered_at(word)
        if word.proof is None:
            hashed, order, own = named.one(word.keep), (at, 0), None
        else:
            goes_on = _goes_on(word)
            hashed = word.proof.hash if goes_on else named.one(word.keep)
            order, own = (at, word.proof.number), word.proof.hash
        if hashed is not None:
            found.append(Keep(hashed, order, own))
    return found


def _goes_on(word: Branch) -> bool:
    """Tell whether a branch record names the record before it; as number 0, that none is."""
    previous = word.proof.previous if word.proof is not None else None
    if previous is None:
        return word.keep == f"{word.by}/0"
    return Named((previous,)).one(word.keep) is not None


def branches(nodes: Iterable[Node], keeps: Iterable[Keep], seals: Sealing = NO_SEALS) -> Branches | None:
    """Return where a chain divides, or None where it does not.

    `nodes` are the records of one author that are chained, from any number on below
    which the chain does not divide. It divides where a number has two records, and where
    a record follows another one than is here.
    """
    here = sorted(nodes, key=lambda node: (node.number, node.hash))
    missing = missing_from(here, seals.heads)
    ordered = sorted([*here, *missing], key=lambda node: (node.number, node.hash)) if missing else here
    first = next((a.number for a, b in pairwise(ordered) if a.number == b.number), None)
    if first is None:
        return None
    tree = tree_of(
        [node for node in ordered if node.number >= first], first, frozenset(m.hash for m in missing)
    )
    sealed = _sealed(tree, seals.heads)
    counting = [k for k in keeps if not seals.expected or k.word in sealed or k.word in (seals.trusted or ())]
    kept = _kept(counting, tree)
    standing, excluded = _standing(tree, kept, sealed)
    followed = {node.previous for node in tree.held.values()}
    return Branches(
        first,
        tuple(_division(tree, *sides, kept, standing, sealed) for sides in _divided(tree, excluded)),
        standing,
        tuple(n for n in tree.held.values() if n.hash not in followed and n.hash not in tree.missing),
        tree.children,
        frozenset(excluded),
        reach(tree.numbers),
        {} if seals.trusted is None else _trusted(tree, first, seals.trusted),
    )


def _trusted(tree: Tree, first: int, trusted: Collection[bytes]) -> dict[bytes, int]:
    """Return by hash the number of the newest trusted record among each and those before it.

    What came before the chain divides is that too; what follows a record that is not here is left out.
    """
    found: dict[bytes | None, int] = {None: first - 1}
    for node in sorted(tree.held.values(), key=lambda node: node.number):
        parent = tree.parents[node.hash]
        if node.hash in trusted or (parent in found and node.hash not in tree.missing):
            found[node.hash] = node.number if node.hash in trusted else found[parent]
    return {hashed: number for hashed, number in found.items() if hashed is not None}


def _sealed(tree: Tree, heads: Iterable[tuple[int, bytes]]) -> set[bytes]:
    """Return the hashes that seals vouch for: those they name, and all before these, one after the other."""
    found: set[bytes] = set()
    for number, head in heads:
        at: bytes | None = head if head in tree.held and tree.held[head].number == number else None
        while at is not None and at in tree.held and at not in found:
            found.add(at)
            at = tree.parents[at]
    return found


def _kept(keeps: Iterable[Keep], tree: Tree) -> dict[bytes | None, bytes | None]:
    """Return the side that is kept at each place where the chain divides, by the record before it.

    The author's latest word on a place counts; two words of one instant and number
    that differ settle nothing there. Above a record that a later word went through,
    there is nothing left to say, so each is passed once.
    """
    kept: dict[bytes | None, bytes | None] = {}
    said: dict[bytes | None, tuple[int, int]] = {}
    passed: set[bytes] = set()
    for keep in sorted(keeps, key=lambda keep: (keep.order, keep.hash), reverse=True):
        at: bytes | None = keep.hash
        path: list[tuple[bytes | None, bytes]] = []
        while at is not None and at in tree.parents and at not in passed:
            passed.add(at)
            path.append((tree.parents[at], at))
            at = tree.parents[at]
        if at == ELSEWHERE:
            continue
        for parent, side in path:
            if not _divides(tree, parent, side):
                continue
            if parent not in said:
                said[parent], kept[parent] = keep.order, side
            elif said[parent] == keep.order and kept[parent] != side:
                kept[parent] = None
    return kept


def _divides(tree: Tree, parent: bytes | None, side: bytes) -> bool:
    """Tell whether something has to be said for a side to stand after the record before it."""
    return len(tree.children[parent]) > 1 or tree.held[side].number in tree.contested


def _standing(
    tree: Tree, kept: Mapping[bytes | None, bytes | None], sealed: Collection[bytes]
) -> tuple[dict[bytes, bool | None], set[bytes]]:
    """Return whether each record stands, from the first forked number on, and those that a seal excludes.

    What is sealed stands, as far as not two of one number are: then its author has signed
    two histories. What is not, and has the number of one that is, does not.
    """
    vouched: dict[int, int] = defaultdict(int)
    for hashed in sealed:
        vouched[tree.held[hashed].number] += 1
    signed_twice = min((number for number, several in vouched.items() if several > 1), default=None)
    standing: dict[bytes, bool | None] = {}
    excluded: set[bytes] = set()
    for node in sorted(tree.held.values(), key=lambda node: node.number):
        parent = tree.parents[node.hash]
        before = True if parent is None else standing.get(parent)
        if node.hash in sealed and (signed_twice is None or node.number < signed_twice):
            standing[node.hash] = True
        elif node.hash not in sealed and (node.number in vouched or parent in excluded):
            standing[node.hash] = False
            excluded.add(node.hash)
        elif before is not True or not _divides(tree, parent, node.hash):
            standing[node.hash] = before
        else:
            choice = kept.get(parent)
            standing[node.hash] = None if choice is None else node.hash == choice
    return standing, excluded


def _divided(tree: Tree, excluded: Collection[bytes]) -> Iterator[tuple[int, list[bytes]]]:
    """Yield the numbers at which the chain divides, each with its sides, by number.

    Left out are those of which a seal excludes all sides: there is nothing to settle.
    """
    for number, several in sorted(tree.numbers.items()):
        if len(several) < 2:  # noqa: PLR2004 - one record: nothing divides
            continue
        if not tree.missing.isdisjoint(several):
            groups = [several]
        else:
            follow: dict[tuple[bytes | None, bytes | None], list[bytes]] = defaultdict(list)
            for hashed in several:
                parent = tree.parents[hashed]
                follow[parent, tree.held[hashed].previous if parent == ELSEWHERE else None].append(hashed)
            groups = [sides for sides in follow.values() if len(sides) > 1]
        for sides in sorted(map(sorted, groups)):
            if not all(side in excluded for side in sides):
                yield number, sides


def _division(  # noqa: PLR0913 - a place, and all that was found of it
    tree: Tree,
    number: int,
    sides: list[bytes],
    kept: Mapping[bytes | None, bytes | None],
    standing: Mapping[bytes, bool | None],
    sealed: Collection[bytes],
) -> Division:
    stands = [side for side in sides if standing[side] is True]
    said = {kept.get(tree.parents[side]) for side in sides} - {None}
    missing = tree.missing.intersection(sides)
    following = (hashed for side in missing for hashed in tree.children.get(side, ()))
    misnamed = (
        hashed
        for hashed in tree.numbers.get(number + 1, ())
        if missing and hashed not in tree.missing and tree.parents[hashed] == ELSEWHERE
    )
    stays = stands[0] if len(stands) == 1 else said.pop() if len(said) == 1 else None
    return Division(
        number, tuple(sides), stays, missing, tuple(sorted({*following, *misnamed})), stays in sealed
    )
