"""Where an author's next record goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ceasefire.journal.chain.link import envelope, is_chained
from ceasefire.journal.history.lineage import branches_of, found_by
from ceasefire.record.branches import Named
from ceasefire.record.ids import parse
from ceasefire.record.tree import LONGEST_GAP

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

    On a forked chain that is the end of the side that is kept, else of the longest. With
    `keep`, as of a branch record, it is the end of the side that this names; and the
    record itself where it is named by number alone. No number is given that a record of a
    hand-written file has, where that is the newest. What lies beyond a long gap is not
    followed: anybody may have put it there.
    """
    tip = store.tip(author)
    if tip is None:
        return End(0, None, divided=False)
    if (goes_on := going_on(store, author, keep)) is not None:
        return End(*goes_on, divided=True)
    found = branches_of(store, author, keys, writing=True) if tip.divided else None
    if found is None:
        return _end_of_one(store, author, tip)
    hashed = Named(found.standing).one(keep)
    end = None if hashed is None else found.end_beyond(hashed)
    end = end or found.end()
    return End(end.number, end.hash, divided=True)


def going_on(store: Store, author: str, keep: str | None) -> tuple[int, bytes | None] | None:
    """Return number and hash of the record that a branch record names by its number alone.

    Its author goes on from there, whatever follows; from number 0 it begins anew.
    """
    named = parse(keep or "")
    if keep is None or named is None or named.fork or named.author != author:
        return None
    if keep == f"{author}/0":
        return 0, None
    found = [link for link, _ in found_by(store, keep) if is_chained(envelope(link))]
    return (found[0].number, found[0].hash) if found else None


def _end_of_one(store: Store, author: str, tip: Tip) -> End:
    """Return the end of a chain that does not divide."""
    number, hashed, chained = tip.number, tip.hash, tip.chained
    for _, after, _ in store.awaiting(author) if tip.divided else ():
        before = store.number_before(author, after)
        if after - before - 1 > LONGEST_GAP:
            held = store.find(author, before) if before else []
            number, hashed, chained = before, held[-1].hash if held else b"", False
            break
    if tip.divided and not chained:
        own = [link.hash for link in store.find(author, number) if is_chained(envelope(link))]
        hashed = own[0] if own else hashed
    return End(number, hashed or None, tip.divided)
