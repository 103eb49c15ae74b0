"""Sealing a chain, and looking at seals: when they come in, and whether they still fit (design §9).

A seal is looked at in three ways. Is it genuine: did its key make it? Does its key
sign for its author at its time, by the agreements that the journal knows? Is the
record it vouches for here? The first two decide whether it is let in; the third
may be answered later, when what it seals arrives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.errors import (
    BadSeal,
    CeasefireError,
    DamagedJournal,
    InvalidKey,
    JournalError,
    MissingExtra,
    Mistake,
)
from ceasefire.journal.chain import envelope, is_chained, receipt
from ceasefire.journal.history import end_of
from ceasefire.journal.seals import Seal, from_json, make, malformed
from ceasefire.journal.signing import SIGNATURE, SigningKey
from ceasefire.journal.verification import Fault, faults, or_nothing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from ceasefire.agreement.keys import Keyring
    from ceasefire.clock import Instant
    from ceasefire.journal.store import Store


def check(seal: Seal, keys: Keyring | None) -> None:
    """Raise `BadSeal` for a seal that its key did not make, or whose key is not its author's then.

    Where no agreement is known, or none of them declares the key or one of the author,
    nothing says whose it is, and the seal is kept for whoever knows more.
    """
    if what := malformed(seal):
        raise BadSeal(f"the seal of {seal.record} is none: its {what}")
    if not seal.genuine:
        raise BadSeal(f"the seal of {seal.record} was not made by its key {seal.key}, or was changed since")
    if objection := _objection(seal, keys):
        raise BadSeal(f"the seal of {seal.record} does not count: {objection}")


def _objection(seal: Seal, keys: Keyring | None) -> str:
    return "" if keys is None else keys.objection(seal.author, seal.key, seal.at)


def admitted(
    given: Iterable[tuple[int, object]], name: str, keys: Keyring | None
) -> Iterator[Seal | Mistake]:
    """Yield the seals of a file or a journal that may come in, and tell the others.

    Each is given with its line, as a seal or as the object that a line holds. A bad one
    is as if it were not there: whoever wants records in without a seal leaves it out.
    """
    unchecked = 0
    for line, one in given:
        try:
            seal = one if isinstance(one, Seal) else from_json(one)
            check(seal, keys)
        except MissingExtra:
            unchecked += 1
        except BadSeal as error:
            yield Mistake(file=name, line=line, what=str(error))
        else:
            yield seal
    if unchecked:
        what = f"{unchecked} seals were left out, for nothing here can check them"
        yield Mistake(file=name, line=0, what=what, instead="install ceasefire[signing], and merge again")


def sealed(store: Store, author: str, key: SigningKey, stamp: Instant, keys: Keyring | None) -> Seal:
    """Return a seal of an author's chain as it is now, its own records looked at first.

    Raises `JournalError` where there is nothing to seal, or what is there does not
    hold together: nobody should vouch for that. Raises `BadSeal` where the agreements
    say that the key does not sign for the author now.
    """
    if not isinstance(key, SigningKey):
        raise InvalidKey("a chain is sealed with a SigningKey: read one with SigningKey.read(path)")
    number, head, _ = end_of(store, author)
    if not any(link.hash == head and is_chained(envelope(link)) for link in store.find(author, number)):
        # What a hand-written file brought under its name is no link of its chain.
        number, head = store.newest_chained(author) or (0, None)
    if head is None:
        raise JournalError(f"{author} has no records in {store.name}: there is nothing to seal")
    if what := _unsound(store, author):
        raise JournalError(f"the chain of {author} in {store.name} cannot be sealed: {what}")
    for seal in store.seals():
        if (seal.author, seal.length, seal.head, seal.key) == (author, number, head, key.public):
            return seal
    made = make(author, number, head, stamp, key)
    if objection := _objection(made, keys):
        raise BadSeal(f"{author} cannot seal with this key: {objection}")
    return made


def _unsound(store: Store, author: str) -> str:
    """Return why nobody should vouch for a chain, or an empty text."""
    awaiting = [place for place in store.awaiting() if place[0] == author]
    if awaiting:
        return f"{author}/{awaiting[0][1] - 1} has not arrived: merge what others hold of it first"
    if found := faults(store.chain_from(author, 1)):
        return f"{found[0]}; see verify"
    own = [seal for seal in store.seals() if seal.author == author]
    gone = next((fault for seal in own if (fault := _absent(seal, store, ())) is not None), None)
    return f"{gone}: merge what others hold of it first" if gone is not None else ""


def seal_faults(store: Store, keys: Keyring | None) -> Iterator[Fault]:
    """Yield what does not fit of the seals of a journal.

    Raises `MissingExtra` where there are seals and the extra `signing` is not installed.
    """
    try:
        seals, lost = store.seals(), store.lost_seals()
    except DamagedJournal as error:
        yield Fault(record=None, kind="unreadable", what=f"the seals cannot be read: {error}")
        return
    pending = {place[0] for place in or_nothing(store.awaiting)}
    for seal in seals:
        try:
            check(seal, keys)
        except BadSeal as error:
            yield Fault(record=seal.record, kind="bad_seal", what=str(error))
            continue
        if receipt(seal.signature[: SIGNATURE // 2], seal.received, seal.seq) != seal.receipt:
            what = f"the seal of {seal.record}: when it was received, or its place of arrival, was changed"
            yield Fault(record=seal.record, kind="altered", what=what)
        if (absent := _absent(seal, store, pending)) is not None:
            yield absent
    if lost:
        what = f"seals that were kept are missing, {lost} in number, and nothing tells which"
        yield Fault(record=None, kind="missing", what=what)


def _absent(seal: Seal, store: Store, pending: Collection[str]) -> Fault | None:
    """Return a fault where what a seal vouches for is not here, and nothing says that it will come."""
    try:
        same = [link for link in store.find(seal.author, seal.length) if is_chained(envelope(link))]
        newest = store.newest_chained(seal.author)
    except CeasefireError:  # what cannot be read is told of the record itself
        return None
    if any(link.hash == seal.head for link in same):
        return None
    if same:
        what = (
            f"{seal.author} sealed another {seal.record} than the one that is here: "
            "it has two histories, and one of them has not arrived"
        )
        return Fault(record=seal.record, kind="forked", what=what)
    length = newest[0] if newest else 0
    if seal.author in pending or length > seal.length:  # not arrived, or told as gone from between others
        return None
    what = (
        f"{seal.author} sealed {seal.length} records of its chain, and {length} are here: "
        "those after them were cut off, or have not arrived"
    )
    return Fault(record=seal.record, kind="missing", what=what)
