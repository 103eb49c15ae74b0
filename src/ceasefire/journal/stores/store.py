"""What a journal asks of the place it is kept in.

A store keeps links and gives them back; it knows nothing of records. Every store
obeys the same contract (tests/journal/journal_contract.py): adding happens inside
`writing()`, all or none, one writer at a time; nothing added is ever changed, but
that a body may arrive later or be erased.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from attrs import frozen

from ceasefire.record.proof import HASH

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from contextlib import AbstractContextManager

    from ceasefire.journal.chain.link import Link, New
    from ceasefire.journal.chain.seal import Seal

#: Seconds a writer waits for another one to finish.
PATIENCE: Final = 30.0
#: Where a record stands: author, number, hash. Two of one author and number are a fork.
Place = tuple[str, int, bytes]

#: No number of a link is below it, whatever a damaged file holds.
FIRST: Final = -(2**63)
#: A link as it is stored, not looked at, its parts in this order: place of arrival, author, number, hash,
#: head, salt, body, received, receipt, target.
Row = tuple[Any, ...]


@frozen(kw_only=True)
class Unreadable:
    """A part of a damaged store: what could not be read, and of which record, if that is known."""

    record: str | None
    what: str


class Tip(NamedTuple):
    """Where an author's links end: the greatest number, and of several the greatest hash."""

    number: int
    hash: bytes
    #: Whether the author chained it.
    chained: bool
    #: Whether the chain may divide: several of its links have one number, here or before, or wait for others.
    divided: bool


class Store(Protocol):
    """Where the links of a journal are kept."""

    #: What the journal is called in messages.
    name: str

    def writing(self) -> AbstractContextManager[None]:
        """Hold the right to add; what was added is kept when the block ends, or nothing when it fails."""

    def reading(self) -> AbstractContextManager[None]:
        """Look at one moment: what others add until the block ends is not seen in it."""

    def add(self, link: Link) -> None:
        """Add a link at the end of the order of arrival, inside `writing()`."""

    def add_new(self, rows: list[New]) -> None:
        """Add records that were just written, as `add` does their links.

        In the order of their writing: each is the next of a chain that does not divide.
        """

    def fill(self, held: Link, link: Link) -> None:
        """Add the body that a link held without one lacks, inside `writing()`."""

    def erase(self, held: Link) -> None:
        """Take the body of a link away, inside `writing()`; its place in the chain stays."""

    def purge(self) -> None:
        """Leave no trace of what was erased, outside `writing()`."""

    def tip(self, author: str) -> Tip | None:
        """Return what an author's next record has to know of those before it, or None without any."""

    def newest_chained(self, author: str) -> tuple[int, bytes] | None:
        """Return number and hash of the newest that the author chained: not of a hand-written file."""

    def authors(self) -> list[str]:
        """Return all authors, sorted."""

    def links(self, known_at: int | None = None) -> Iterator[Link]:
        """Yield the links held now (or received by `known_at`), by author, number and hash."""

    def rows(self) -> Iterator[Row]:
        """Yield the same links, inside `reading()`, as rows that nobody has looked at."""

    def arrivals(self, after: int = 0) -> Iterator[Link]:
        """Yield the links held now in the order in which they arrived, of those after a place in it."""

    def chain_from(self, author: str, number: int) -> Iterator[Link]:
        """Yield an author's links from a number on, by number and hash."""

    def find(self, author: str, number: int) -> list[Link]:
        """Return the links of this number: none, one, or those of a fork, by hash."""

    def first_two(self, author: str, number: int, *, chained: bool = False) -> list[Link]:
        """Return the first two links of this number by hash, or of those that their author chained.

        That is enough to know whether one is alone, where thousands have the number.
        """

    def starting(self, author: str, number: int, digits: str) -> list[Link]:
        """Return the links of this number whose hash begins with these hexadecimal digits, by hash."""

    def held(self, author: str, number: int, hashed: bytes) -> Link | None:
        """Return the link of this place, or None: as quick where thousands have its number."""

    def number_before(self, author: str, number: int) -> int:
        """Return the greatest number below this one that an author's links have, or 0."""

    def first_double(self, author: str) -> int | None:
        """Return the least number that several of an author's links have, or None."""

    def amending(self, target: str) -> list[Link]:
        """Return the links `of` this record (corrections, withdrawals), by author, number and hash."""

    def targets(self) -> set[str]:
        """Return the ids of which any link is a correction, a withdrawal or an erasure."""

    def keyed(self, author: str, keys: Collection[str]) -> list[Link]:
        """Return an author's links whose bodies give them one of these keys, by number and hash.

        They are found by an index. It may also find others: who asks looks at what they say.
        """

    def await_before(self, places: Iterable[Place]) -> None:
        """Note that these links arrived before the ones they follow, inside `writing()`."""

    def arrived_before(self, places: Iterable[Place]) -> None:
        """Note that the ones before these links are there now, inside `writing()`."""

    def awaiting(self, author: str | None = None) -> list[Place]:
        """Return the links, of one author or of all, that wait for the ones they follow, sorted."""

    def note_merged(self, places: range) -> None:
        """Note that the links of these places of arrival came by merge, inside `writing()`."""

    def merged(self) -> list[range]:
        """Return the places of arrival of what came by merge, in their order."""

    def add_seal(self, seal: Seal) -> None:
        """Add a seal that is not held, inside `writing()`."""

    def seals(self) -> list[Seal]:
        """Return the seals held, sorted."""

    def lost_seals(self) -> int:
        """Return how many seals were added and are not there any more."""

    def last_arrival(self) -> tuple[int, bytes] | None:
        """Return the place and the hash of the link that arrived last, or None."""

    def last_received(self) -> int | None:
        """Return when the link that arrived last was received."""

    def counted(self) -> int:
        """Return how many links are held, counted one by one: no index is believed."""

    def lost(self) -> int:
        """Return how many links were added and are not there any more."""

    def unfit(self) -> list[str]:
        """Return what does not fit in indexes and counters, which other calls rely on, a sentence each."""

    def salvaged(self) -> Iterator[Link | Unreadable]:
        """Yield what can still be read, in no order, and what cannot."""

    def __len__(self) -> int:
        """Return how many links are held."""

    def close(self) -> None:
        """Let go of whatever is held open."""


def hashes_from_to(digits: str) -> tuple[bytes, bytes]:
    """Return the least and the greatest hash that begin with hexadecimal digits."""
    return bytes.fromhex(digits.ljust(2 * HASH, "0")), bytes.fromhex(digits.ljust(2 * HASH, "f"))
