"""What a journal asks of the place it is kept in, and the simplest such place: memory.

A store keeps links and gives them back; it knows nothing of records. Every store
obeys the same contract (tests/journal/contract.py): adding happens inside
`writing()`, all or none, one writer at a time; nothing added is ever changed.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from contextlib import contextmanager
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from ceasefire.journal.chain import Link


class Store(Protocol):
    """Where the links of a journal are kept."""

    #: What the journal is called in messages.
    name: str

    def writing(self) -> AbstractContextManager[None]:
        """Hold the right to add; what was added is kept when the block ends, or nothing when it fails."""

    def add(self, link: Link) -> None:
        """Add a link, inside `writing()`."""

    def newest(self, author: str) -> tuple[int, bytes] | None:
        """Return number and hash of an author's newest record, or None."""

    def authors(self) -> list[str]:
        """Return all authors, sorted."""

    def links(self, known_at: int | None = None) -> Iterator[Link]:
        """Yield the links held now (or received by `known_at`), by author, number and hash."""

    def find(self, author: str, number: int) -> list[Link]:
        """Return the links of this number: none, one, or those of a fork, by hash."""

    def amending(self, target: str) -> list[Link]:
        """Return the links `of` this record (corrections, withdrawals), by author, number and hash."""

    def last_received(self) -> int | None:
        """Return when the link that arrived last was received."""

    def lost(self) -> int:
        """Return how many links were added and are not there any more."""

    def __len__(self) -> int:
        """Return how many links are held."""

    def close(self) -> None:
        """Let go of whatever is held open."""


class MemoryStore:
    """A store that lasts as long as the process."""

    def __init__(self) -> None:
        self.name = "this journal in memory"
        self._arrivals: list[Link] = []
        self._chains: dict[str, list[Link]] = {}
        self._amending: dict[str, list[Link]] = {}

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Keep what is added, or nothing of it."""
        before = len(self._arrivals)
        try:
            yield
        except BaseException:
            for link in reversed(self._arrivals[before:]):
                self._forget(link)
            del self._arrivals[before:]
            raise

    def add(self, link: Link) -> None:
        """Add a link."""
        self._arrivals.append(link)
        insort(self._chains.setdefault(link.author, []), link, key=_place)
        if link.target is not None:
            insort(self._amending.setdefault(link.target, []), link, key=_place)

    def newest(self, author: str) -> tuple[int, bytes] | None:
        """Return number and hash of an author's newest record, or None."""
        chain = self._chains.get(author)
        return (chain[-1].number, chain[-1].hash) if chain else None

    def authors(self) -> list[str]:
        """Return all authors, sorted."""
        return sorted(self._chains)

    def links(self, known_at: int | None = None) -> Iterator[Link]:
        """Yield the links held now, by author, number and hash."""
        held = [link for author in self.authors() for link in self._chains[author]]
        return (link for link in held if known_at is None or link.received <= known_at)

    def find(self, author: str, number: int) -> list[Link]:
        """Return the links of this number."""
        chain = self._chains.get(author, [])
        start = bisect_left(chain, number, key=_number)
        return list(takewhile(lambda link: link.number == number, islice(chain, start, None)))

    def amending(self, target: str) -> list[Link]:
        """Return the links that are `of` this record."""
        return list(self._amending.get(target, ()))

    def last_received(self) -> int | None:
        """Return when the link that arrived last was received."""
        return self._arrivals[-1].received if self._arrivals else None

    def lost(self) -> int:
        """Return 0: memory loses nothing."""
        return 0

    def __len__(self) -> int:
        return len(self._arrivals)

    def close(self) -> None:
        """Do nothing: the links stay as long as the journal does."""

    def _forget(self, link: Link) -> None:
        self._chains[link.author].remove(link)
        if not self._chains[link.author]:
            del self._chains[link.author]
        if link.target is not None:
            self._amending[link.target].remove(link)


def _place(link: Link) -> tuple[str, int, bytes]:
    return link.author, link.number, link.hash


def _number(link: Link) -> int:
    return link.number
