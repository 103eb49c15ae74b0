"""The simplest store: memory."""

from __future__ import annotations

import os
from bisect import bisect_left, insort
from contextlib import contextmanager
from functools import wraps
from itertools import islice, takewhile
from threading import RLock
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from attrs import evolve

from ceasefire.errors import InheritedJournal, JournalError
from ceasefire.journal.chain.link import NOT_CHAINED, key_in, link_of_new
from ceasefire.journal.stores.sql_rows import row_of_link
from ceasefire.journal.stores.store import Tip, hashes_from_to

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from ceasefire.journal.chain.link import Link, New
    from ceasefire.journal.chain.seal import Seal
    from ceasefire.journal.stores.store import Place, Row


P = ParamSpec("P")
R = TypeVar("R")


def _undisturbed(
    method: Callable[Concatenate[MemoryStore, P], R],
) -> Callable[Concatenate[MemoryStore, P], R]:
    """Return a method that waits while another thread writes: nobody sees half of what is written."""

    @wraps(method)
    def waiting(self: MemoryStore, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with self._alone:
            return method(self, *args, **kwargs)

    return waiting


class MemoryStore:
    """A store that lasts as long as the process."""

    def __init__(self) -> None:
        self.name = "this journal in memory"
        self._process = os.getpid()
        #: Held by the thread that writes until it is done, and by one that reads while it looks.
        self._alone = RLock()
        #: By place of arrival: the link of `seq` n is at n - 1.
        self._arrivals: list[Link] = []
        self._chains: dict[str, list[Link]] = {}
        self._amending: dict[str, list[Link]] = {}
        self._keyed: dict[tuple[str, str], list[Link]] = {}
        self._awaiting: set[Place] = set()
        self._merged: list[range] = []
        self._seals: list[Seal] = []
        #: Numbers that several links of an author have.
        self._doubles: dict[str, set[int]] = {}
        self._undo: list[Callable[[], None]] | None = None

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Keep what is added, or nothing of it; other threads wait, and a forked process may not."""
        if os.getpid() != self._process:
            raise InheritedJournal(
                f"{self.name} is that of another process, from which this one was forked: it can be read here"
            )
        with self._alone:
            if self._undo is not None:
                raise JournalError(f"{self.name} is being written: record when that is done")
            awaiting = set(self._awaiting)
            undos = self._undo = []
            try:
                yield
            except BaseException:
                for undo in reversed(undos):
                    undo()
                self._awaiting = awaiting
                raise
            finally:
                self._undo = None

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Keep other threads waiting that would write: what is read meanwhile is of one moment."""
        with self._alone:
            yield

    def add(self, link: Link) -> None:
        """Add a link."""
        kept = link.kept(len(self._arrivals) + 1)
        self._arrivals.append(kept)
        insort(self._chains.setdefault(kept.author, []), kept, key=_place)
        if len(self.first_two(kept.author, kept.number)) > 1:
            self._doubles.setdefault(kept.author, set()).add(kept.number)
        self._index(kept)
        self._on_failure(lambda: self._forget(kept))

    def add_new(self, rows: list[New]) -> None:
        """Add records that were just written, inside `writing()`."""
        for row in rows:
            self.add(link_of_new(row))

    def fill(self, held: Link, link: Link) -> None:
        """Add the body that a link held without one lacks."""
        filled = evolve(held, salt=link.salt, body=link.body, target=link.target, absent=None)
        self._replace(held, filled)

    def erase(self, held: Link) -> None:
        """Take the body of a link away."""
        self._replace(held, held.without_body("erased"))

    def purge(self) -> None:
        """Do nothing: nothing refers to an erased body any more."""

    @_undisturbed
    def tip(self, author: str) -> Tip | None:
        """Return what an author's next record has to know of those before it, or None without any."""
        chain = self._chains.get(author)
        if not chain:
            return None
        last = chain[-1]
        divided = self.first_double(author) is not None or bool(self.awaiting(author))
        return Tip(last.number, last.hash, NOT_CHAINED not in last.head, divided)

    @_undisturbed
    def newest_chained(self, author: str) -> tuple[int, bytes] | None:
        """Return number and hash of the newest that the author chained."""
        chained = (link for link in reversed(self._chains.get(author, ())) if NOT_CHAINED not in link.head)
        return next(((link.number, link.hash) for link in chained), None)

    @_undisturbed
    def authors(self) -> list[str]:
        """Return all authors, sorted."""
        return sorted(self._chains)

    @_undisturbed
    def links(self, known_at: int | None = None) -> Iterator[Link]:
        """Yield the links held now, by author, number and hash."""
        held = [link for author in self.authors() for link in self._chains[author]]
        return (link for link in held if known_at is None or link.received <= known_at)

    def rows(self) -> Iterator[Row]:
        """Yield the links held now as rows."""
        return map(row_of_link, self.links())

    @_undisturbed
    def arrivals(self, after: int = 0) -> Iterator[Link]:
        """Yield the links held now in the order in which they arrived, of those after a place in it."""
        return iter(tuple(self._arrivals[after:]))

    @_undisturbed
    def chain_from(self, author: str, number: int) -> Iterator[Link]:
        """Yield an author's links from a number on."""
        chain = self._chains.get(author, [])
        return iter(chain[bisect_left(chain, number, key=_number) :])

    @_undisturbed
    def find(self, author: str, number: int) -> list[Link]:
        """Return the links of this number."""
        chain = self._chains.get(author, [])
        start = bisect_left(chain, number, key=_number)
        return list(takewhile(lambda link: link.number == number, islice(chain, start, None)))

    @_undisturbed
    def first_two(self, author: str, number: int, *, chained: bool = False) -> list[Link]:
        """Return the first two links of this number, or of those that their author chained."""
        chain = self._chains.get(author, [])
        same = islice(chain, bisect_left(chain, number, key=_number), None)
        found = takewhile(lambda link: link.number == number, same)
        return list(islice((link for link in found if not chained or NOT_CHAINED not in link.head), 2))

    @_undisturbed
    def starting(self, author: str, number: int, digits: str) -> list[Link]:
        """Return the links of this number whose hash begins with these digits."""
        chain, (first, last) = self._chains.get(author, []), hashes_from_to(digits)
        same = islice(chain, bisect_left(chain, (author, number, first), key=_place), None)
        return list(takewhile(lambda link: link.number == number and link.hash <= last, same))

    @_undisturbed
    def held(self, author: str, number: int, hashed: bytes) -> Link | None:
        """Return the link of this place, or None."""
        chain, place = self._chains.get(author, []), (author, number, hashed)
        at = bisect_left(chain, place, key=_place)
        return chain[at] if at < len(chain) and _place(chain[at]) == place else None

    @_undisturbed
    def number_before(self, author: str, number: int) -> int:
        """Return the greatest number below this one that an author's links have, or 0."""
        chain = self._chains.get(author, [])
        place = bisect_left(chain, number, key=_number)
        return chain[place - 1].number if place else 0

    @_undisturbed
    def first_double(self, author: str) -> int | None:
        """Return the least number that several of an author's links have, or None."""
        return min(self._doubles.get(author, ()), default=None)

    @_undisturbed
    def amending(self, target: str) -> list[Link]:
        """Return the links that are `of` this record."""
        return list(self._amending.get(target, ()))

    @_undisturbed
    def targets(self) -> set[str]:
        """Return the ids that any link is `of`."""
        return set(self._amending)

    @_undisturbed
    def keyed(self, author: str, keys: Collection[str]) -> list[Link]:
        """Return an author's links whose bodies give them one of these keys, by number and hash."""
        found = [link for key in keys for link in self._keyed.get((author, key), ())]
        return sorted(found, key=_place)

    def await_before(self, places: Iterable[Place]) -> None:
        """Note that these links arrived before the ones they follow."""
        self._awaiting.update(places)

    def arrived_before(self, places: Iterable[Place]) -> None:
        """Note that the ones before these links are there now."""
        self._awaiting.difference_update(places)

    @_undisturbed
    def awaiting(self, author: str | None = None) -> list[Place]:
        """Return the links that arrived before the ones they follow."""
        return sorted(place for place in self._awaiting if author in (None, place[0]))

    def note_merged(self, places: range) -> None:
        """Note that these places came by merge."""
        self._merged.append(places)
        self._on_failure(lambda: self._merged.remove(places))

    @_undisturbed
    def merged(self) -> list[range]:
        """Return the places of arrival of what came by merge."""
        return list(self._merged)

    def add_seal(self, seal: Seal) -> None:
        """Add a seal."""
        kept = seal.kept(len(self._seals) + 1)
        self._seals.append(kept)
        self._on_failure(lambda: self._seals.remove(kept))

    @_undisturbed
    def seals(self) -> list[Seal]:
        """Return the seals held, sorted."""
        return sorted(self._seals)

    def lost_seals(self) -> int:
        """Return 0: memory loses nothing."""
        return 0

    @_undisturbed
    def last_arrival(self) -> tuple[int, bytes] | None:
        """Return the place and the hash of the link that arrived last, or None."""
        return (self._arrivals[-1].seq, self._arrivals[-1].hash) if self._arrivals else None

    @_undisturbed
    def last_received(self) -> int | None:
        """Return when the link that arrived last was received."""
        return self._arrivals[-1].received if self._arrivals else None

    def counted(self) -> int:
        """Return how many links are held."""
        return len(self._arrivals)

    def lost(self) -> int:
        """Return 0: memory loses nothing."""
        return 0

    def unfit(self) -> list[str]:
        """Return nothing: memory has neither."""
        return []

    def salvaged(self) -> Iterator[Link]:
        """Yield everything: memory is never damaged."""
        return self.arrivals()

    def __len__(self) -> int:
        return len(self._arrivals)

    def close(self) -> None:
        """Do nothing: the links stay as long as the journal does."""

    def _on_failure(self, undo: Callable[[], None]) -> None:
        if self._undo is not None:
            self._undo.append(undo)

    def _index(self, link: Link) -> None:
        if link.target is not None:
            insort(self._amending.setdefault(link.target, []), link, key=_place)
        if (key := key_in(link.body)) is not None:
            self._keyed.setdefault((link.author, key), []).append(link)

    def _out_of_index(self, link: Link) -> None:
        if link.target is not None:
            self._amending[link.target].remove(link)
        if (key := key_in(link.body)) is not None:
            self._keyed[link.author, key].remove(link)

    def _forget(self, link: Link) -> None:
        """Take back the link that was added last."""
        self._arrivals.pop()
        chain = self._chains[link.author]
        del chain[bisect_left(chain, _place(link), key=_place)]
        if not chain:
            del self._chains[link.author]
        if len(self.first_two(link.author, link.number)) == 1:
            self._doubles.get(link.author, set()).discard(link.number)
        self._out_of_index(link)

    def _replace(self, old: Link, new: Link) -> None:
        """Keep a link in the place of one that differs by its body."""
        self._arrivals[old.seq - 1] = new
        chain = self._chains[old.author]
        chain[bisect_left(chain, _place(old), key=_place)] = new
        self._out_of_index(old)
        self._index(new)
        self._on_failure(lambda: self._replace(new, old))


def _place(link: Link) -> Place:
    return link.author, link.number, link.hash


def _number(link: Link) -> int:
    return link.number
