"""The records that one head vouches for: from it back to the first, each by the hash in the one after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from ceasefire.journal.chain.link import envelope, is_chained, previous_of

if TYPE_CHECKING:
    from ceasefire.journal.chain.link import Link
    from ceasefire.journal.stores.store import Store


@frozen
class Path:
    """One history of a chain."""

    author: str
    number: int
    head: bytes
    #: From the first to the newest.
    links: tuple[Link, ...]
    #: The number of the first record that is not here, going back from the newest; 0 where none is missing.
    missing: int
    #: What the first one follows, where that is a record of a file written by hand.
    loose: tuple[Link, ...] = ()


def path_to(store: Store, author: str, number: int, head: bytes) -> Path:
    """Return the history that ends in a record which is here.

    One record that its author chained may follow one that it did not, of a file written by
    hand: there the chain begins.
    """
    before: dict[tuple[int, bytes], bytes | None] = {}
    loose: dict[bytes, Link] = {}
    for link in store.chain_from(author, 1):
        said = envelope(link)
        if is_chained(said):
            before[link.number, link.hash] = previous_of(said)
        else:
            loose[link.hash] = link
    hashes: list[tuple[int, bytes]] = []
    at: bytes | None = head
    while at is not None and (number, at) in before:
        hashes.append((number, at))
        number, at = number - 1, before[number, at]
    links = [store.held(author, *place) for place in reversed(hashes)]
    begins = () if at is None or at not in loose else (loose[at],)
    missing = 0 if at is None or begins else number
    return Path(
        author, hashes[0][0], head, tuple(link for link in links if link is not None), missing, begins
    )
