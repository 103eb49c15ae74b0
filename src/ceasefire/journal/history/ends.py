"""Where an author's next record goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ceasefire.journal.chain.link import envelope, is_chained
from ceasefire.journal.history.lineage import branches_of, found_by
from ceasefire.record.forks.branches import Named
from ceasefire.record.forks.tree import LONGEST_GAP
from ceasefire.record.ids import parse

if TYPE_CHECKING:
    from ceasefire.instruments.keys import Keyring
    from ceasefire.journal.stores.store import Store, Tip


class End(NamedTuple):
    """Which record an author's next one follows: number 0 and no hash before the first."""

    number: int
    hash: bytes | None
    #: Whether several records of the author have one number: a number alone names none then.
    divided: bool


def end_of(store: Store, author: str, keep: str | None = None, keys: Keyring | None = None) -> End:
    """Return which record an author's next one follows.

    On a forked chain that is the end of the side that is kept, else of the one that was
    written on here last: what came by merge leads nobody away from its own. With `keep`, as of
    a branch record, it is the end of the side that this names; and the record itself where it
    is named by number alone. No number is given that a record of a hand-written file has,
    where that is the newest. What lies beyond a long gap is not followed: anybody may have put
    it there.
    """
    tip = store.tip(author)
    if tip is None:
        return End(0, None, divided=False)
    if (goes_on := going_on(store, author, keep, keys)) is not None:
        return End(*goes_on, divided=True)
    found = branches_of(store, author, keys, writing=True) if tip.divided else None
    if found is None:
        return _end_of_one(store, author, tip)
    hashed = Named(found.standing).one(keep)
    end = None if hashed is None else found.end_beyond(hashed)
    if end is None and (near := _near(store, author)) is not None and near < found.first:
        return _end_of_one(store, author, tip)
    end = end or found.end()
    return End(end.number, end.hash, divided=True)


def going_on(
    store: Store, author: str, keep: str | None, keys: Keyring | None = None
) -> tuple[int, bytes | None] | None:
    """Return number and hash of the record that a branch record names by its number alone.

    Its author goes on from there, whatever follows; from number 0 it begins anew. Where several
    records have the number it means the one that stands, else the only one that was written here.
    """
    named = parse(keep or "")
    if keep is None or named is None or named.fork or named.author != author:
        return None
    if keep == f"{author}/0":
        return 0, None
    found = [link.hash for link, _ in found_by(store, keep) if is_chained(envelope(link))]
    if not found and (divided := branches_of(store, author, keys, writing=True)) is not None:
        several = [link.hash for link in store.find(author, named.number) if link.hash in divided.standing]
        found = [hashed for hashed in several if divided.standing[hashed]] or [
            hashed for hashed in several if divided.trusted.get(hashed) == named.number
        ]
    return (named.number, found[0]) if len(found) == 1 else None


def _end_of_one(store: Store, author: str, tip: Tip) -> End:
    """Return the end of a chain that does not divide."""
    number, hashed, chained = tip.number, tip.hash, tip.chained
    if tip.divided and (near := _near(store, author)) is not None:
        held = store.find(author, near) if near else []
        number, hashed, chained = near, held[-1].hash if held else b"", False
    if tip.divided and not chained:
        own = store.first_two(author, number, chained=True)
        hashed = own[0].hash if own else hashed
    return End(number, hashed or None, tip.divided)


def _near(store: Store, author: str) -> int | None:
    """Return the greatest number before the first long gap of a chain; None where it has none."""
    for _, after, _ in store.awaiting(author):
        before = store.number_before(author, after)
        if after - before - 1 > LONGEST_GAP:
            return before
    return None
