"""The records of one chain, each with the one before it, and those that are missing (docs/journals.md)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from ceasefire.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: Records that may be missing in a row before what lies beyond is not followed by the next record.
LONGEST_GAP: Final = 1_000


class Node(Value):
    """One record of a chain: its number, its hash, and the hash of the one before it."""

    number: int
    hash: bytes
    previous: bytes | None


#: Stands for a record before that is not here: a gap.
ELSEWHERE: Final = b""


class Tree(Value):
    """The records of a chain from its first forked number on, each with the one before it."""

    held: Mapping[bytes, Node]
    #: None for those that follow the last one before the chain divides.
    parents: Mapping[bytes, bytes | None]
    children: Mapping[bytes | None, list[bytes]]
    #: The records of each number.
    numbers: Mapping[int, list[bytes]]
    #: The hashes of records that are not here, and that others which are here follow.
    missing: frozenset[bytes]
    #: The numbers of those of which nothing says what they follow.
    contested: frozenset[int]


def missing_from(here: Iterable[Node], heads: Iterable[tuple[int, bytes]]) -> list[Node]:
    """Return the records that are not here, of numbers that others which are here have.

    A record names the one before it by its hash. Where it is not that of a record of the
    number before, although there is one, the chain has another of that number. A seal
    names the last one that it vouches for in the same way.
    """
    several = tuple(here)
    known = {node.hash: node.number for node in several}
    numbers = {node.number for node in several}
    found = {}
    followed = [(node.number - 1, node.previous) for node in several if node.previous is not None]
    for number, previous in (*followed, *sorted(heads)):
        if number not in numbers or known.get(previous) == number:
            continue
        if known.setdefault(previous, number) != number:  # the hash of a record of another number
            own = b"\0" + number.to_bytes(8, "big") + previous
            found[own] = Node(number, own, None)
        else:
            found[previous] = Node(number, previous, None)
    return list(found.values())


def tree_of(nodes: Iterable[Node], first: int, missing: frozenset[bytes]) -> Tree:
    """Return some records of a chain from its first forked number on, each with the one before it."""
    held = {node.hash: node for node in nodes}
    parents = {node.hash: _parent(node, first, held) for node in held.values()}
    children: dict[bytes | None, list[bytes]] = defaultdict(list)
    numbers: dict[int, list[bytes]] = defaultdict(list)
    for node in held.values():
        numbers[node.number].append(node.hash)
        if (parent := parents[node.hash]) != ELSEWHERE:
            children[parent].append(node.hash)
    contested = frozenset(held[hashed].number for hashed in missing if parents.get(hashed) == ELSEWHERE)
    return Tree(held, parents, children, numbers, missing, contested)


def _parent(node: Node, first: int, held: Mapping[bytes, Node]) -> bytes | None:
    """Return the hash of the record before; None for the last one before the chain divides."""
    if node.number == first:
        return None
    before = held.get(node.previous or b"")
    return before.hash if before is not None and before.number == node.number - 1 else ELSEWHERE


def reach(numbers: Iterable[int]) -> int:
    """Return the greatest number of a chain before a gap of more than `LONGEST_GAP`, or 0."""
    last = 0
    for number in sorted(numbers):
        if last and number - last - 1 > LONGEST_GAP:
            break
        last = number
    return last
