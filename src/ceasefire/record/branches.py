"""A chain with two histories: where it divides, and which side its author keeps (design §9).

A fork is most often an accident: a backup was restored, and written on. Both
histories are kept. From the first forked number on nothing says which of the two
its author means, until the author names one; then that side stands and the other
does not. Journals and assessments ask the same question of it, so the answer
stands here: it depends on the records alone, never on the order in which they came.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from ceasefire.record.naming import DIGITS
from ceasefire.record.proof import HASH

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from ceasefire.record.kinds import Branch

#: How a branch record names a hash: by all its digits or the first of them, also as the end of an id.
_HASH: Final = re.compile(rf"(?:.*@)?([0-9a-f]{{{DIGITS},64}})", re.ASCII)


@frozen
class Node:
    """One record of a chain: its number, its hash, and the hash of the one before it."""

    number: int
    hash: bytes
    previous: bytes | None


@frozen
class Keep:
    """An author's word on which branch stands: the hash it names, and what orders it among others."""

    hash: bytes
    #: The latest word counts: the one recorded last, of several then the one of the greater number.
    order: tuple[int, int]


@frozen
class Division:
    """A place where a chain divides: records of one number that follow the same one."""

    number: int
    #: The hashes of the records that are the proof, sorted.
    sides: tuple[bytes, ...]
    #: The side its author keeps; None until then.
    kept: bytes | None


@frozen
class Branches:
    """A forked chain, from its first forked number on."""

    first: int
    forks: tuple[Division, ...]
    #: By hash: True on the side that is kept, False on another, None where nothing is settled.
    standing: Mapping[bytes, bool | None]
    #: The records that nothing follows, by number and hash.
    ends: tuple[Node, ...]
    #: The hashes of the records that follow each.
    children: Mapping[bytes | None, list[bytes]] = field(factory=dict, repr=False)

    def end(self) -> Node:
        """Return the record that the next one follows: on the side that is kept, else on the longest."""
        rank = {True: 0, None: 1, False: 2}
        return min(self.ends, key=lambda n: (rank[self.standing[n.hash]], -n.number, n.hash))

    def end_beyond(self, hashed: bytes) -> Node | None:
        """Return the end of the longest side that goes through a record; None where it is not here."""
        found: set[bytes] = set()
        beyond = [hashed]
        while beyond:
            at = beyond.pop()
            found.add(at)
            beyond += self.children.get(at, ())
        through = (node for node in self.ends if node.hash in found)
        return min(through, key=lambda n: (-n.number, n.hash), default=None)


def named_hash(text: str | None, hashes: Iterable[bytes]) -> bytes | None:
    """Return the one hash that a branch record's `keep` names, or None where it names none or several."""
    found = _HASH.fullmatch(text or "")
    if found is None:
        return None
    digits = found[1]
    named = [
        h for h in hashes if h.hex().startswith(digits) or (len(h) < HASH and digits.startswith(h.hex()))
    ]
    return named[0] if len(named) == 1 else None


def keeps(words: Iterable[Branch], hashes: Collection[bytes]) -> list[Keep]:
    """Return what an author's branch records keep; one that names none of these hashes keeps nothing."""
    found = []
    for word in words:
        hashed = named_hash(word.keep, hashes)
        if hashed is not None and word.recorded is not None:
            number = word.proof.number if word.proof is not None else 0
            found.append(Keep(hashed, (word.recorded.us, number)))
    return found


def branches(nodes: Iterable[Node], keeps: Iterable[Keep]) -> Branches | None:
    """Return where a chain divides, or None where no number has two records.

    `nodes` are the records of one author that are chained, from any number on below
    which no number has two.
    """
    ordered = sorted(nodes, key=lambda node: (node.number, node.hash))
    first = next((a.number for a, b in pairwise(ordered) if a.number == b.number), None)
    if first is None:
        return None
    held = {node.hash: node for node in ordered if node.number >= first}
    parents = {node.hash: _parent(node, first, held) for node in held.values()}
    children: dict[bytes | None, list[bytes]] = defaultdict(list)
    detached: dict[tuple[int, bytes | None], list[bytes]] = defaultdict(list)
    for node in held.values():
        parent = parents[node.hash]
        if parent == _ELSEWHERE:
            detached[node.number, node.previous].append(node.hash)
        else:
            children[parent].append(node.hash)
    kept = _kept(keeps, parents, children)
    forks = [
        Division(held[sides[0]].number, tuple(sides), kept.get(parent))
        for parent, sides in children.items()
        if len(sides) > 1
    ]
    forks += [
        Division(number, tuple(sides), None) for (number, _), sides in detached.items() if len(sides) > 1
    ]
    followed = {node.previous for node in held.values()}
    return Branches(
        first,
        tuple(sorted(forks, key=lambda fork: (fork.number, fork.sides))),
        _standing(held, children, kept),
        tuple(node for node in held.values() if node.hash not in followed),
        children,
    )


#: Stands for a record before that is not here: a gap.
_ELSEWHERE: Final = b""


def _parent(node: Node, first: int, held: Mapping[bytes, Node]) -> bytes | None:
    """Return the hash of the record before; None for the last one before the chain divides."""
    if node.number == first:
        return None
    before = held.get(node.previous or b"")
    return before.hash if before is not None and before.number == node.number - 1 else _ELSEWHERE


def _kept(
    keeps: Iterable[Keep],
    parents: Mapping[bytes, bytes | None],
    children: Mapping[bytes | None, list[bytes]],
) -> dict[bytes | None, bytes | None]:
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
        while at is not None and at in parents and at not in passed:
            passed.add(at)
            path.append((parents[at], at))
            at = parents[at]
        if at == _ELSEWHERE:
            continue
        for parent, side in path:
            if len(children[parent]) < 2:  # noqa: PLR2004 - one follows: nothing divides here
                continue
            if parent not in said:
                said[parent], kept[parent] = keep.order, side
            elif said[parent] == keep.order and kept[parent] != side:
                kept[parent] = None
    return kept


def _standing(
    held: Mapping[bytes, Node],
    children: Mapping[bytes | None, list[bytes]],
    kept: Mapping[bytes | None, bytes | None],
) -> dict[bytes, bool | None]:
    """Return whether each record stands, from the first forked number on."""
    standing: dict[bytes, bool | None] = dict.fromkeys(held)
    ready: list[tuple[bytes | None, bool | None]] = [(None, True)]
    while ready:
        parent, stands = ready.pop()
        sides = children.get(parent, ())
        for side in sides:
            if stands is not True or len(sides) == 1:
                standing[side] = stands
            else:
                choice = kept.get(parent)
                standing[side] = None if choice is None else side == choice
            ready.append((side, standing[side]))
    return standing
