"""Sealing a chain, and looking at seals: when they come in, and whether they still fit (docs/seals.md).

A seal is looked at in three ways. Is it genuine: did its key make it? Does its key
sign for its author at its time, by the agreements that the journal knows? Is the
record it vouches for here? The first two decide whether it is let in; the third
may be answered later, when what it seals arrives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from ceasefire.errors import (
    BadSeal,
    CeasefireError,
    DamagedJournal,
    InvalidKey,
    JournalError,
    MissingExtra,
    Mistake,
    NotAdopted,
)
from ceasefire.journal.chain.link import receipt
from ceasefire.journal.chain.seal import Seal, from_json, make, malformed
from ceasefire.journal.chain.signing import SIGNATURE, SigningKey
from ceasefire.journal.history.ancestry import Path, path_to
from ceasefire.journal.history.ends import end_of
from ceasefire.journal.history.lineage import held_chained, lineage_of, own_name
from ceasefire.journal.history.verification import Fault, faults, or_nothing
from ceasefire.record.forks.branches import Sealing
from ceasefire.record.ids import DIGITS, bare, of_a_fork

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from ceasefire.clock import Instant
    from ceasefire.instruments.keys import Keyring
    from ceasefire.journal.chain.link import Link
    from ceasefire.journal.history.lineage import Lineage
    from ceasefire.journal.stores.store import Store
    from ceasefire.record.forks.branches import Branches


#: So many records are named in a sentence.
_MOST: Final = 12


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


def sealed(  # noqa: PLR0913 - what a seal is made of, and what it is held against
    store: Store,
    author: str,
    key: SigningKey,
    stamp: Instant,
    keys: Keyring | None,
    adopted: Collection[str] = (),
) -> Seal:
    """Return a seal of an author's chain as it is now, its own records looked at first.

    Raises `JournalError` where there is nothing to seal, what is there does not hold
    together, or is another history than was sealed before: nobody should vouch for that.
    Raises `NotAdopted` where records came by merge that no earlier seal covers, and that
    are not adopted by name, and `BadSeal` where the agreements say that the key does not
    sign for the author now.
    """
    if not isinstance(key, SigningKey):
        raise InvalidKey("a chain is sealed with a SigningKey: read one with SigningKey.read(path)")
    number, head, _ = end_of(store, author, keys=keys)
    if head is None or held_chained(store, author, number, head) is None:
        # What a hand-written file brought under its name is no link of its chain.
        number, head = store.newest_chained(author) or (0, None)
    if head is None:
        raise JournalError(f"{author} has no records in {store.name}: there is nothing to seal")
    made = make(author, number, head, stamp, key)
    if objection := _objection(made, keys):
        raise BadSeal(f"{author} cannot seal with this key: {objection}")
    own = [seal for seal in store.seals() if seal.author == author and _vouches(seal, key, keys)]
    path = path_to(store, author, number, head)
    foreign = _unadopted(path, own, adopted, tuple(store.merged()))
    missing = (
        f"{author}/{path.missing} has not arrived: merge what others hold of it first" if path.missing else ""
    )
    lineage = lineage_of(store, author, keys)
    found = None if lineage is None else lineage.branches(_seals(path, own, keys))
    waits = missing or _divided(path, lineage, found)
    # what came by merge may be anybody's: whoever did not write it need not wait for what it follows
    if not (waits and foreign) and (what := waits or _unsound(store, path, own, found)):
        raise JournalError(f"the chain of {author} in {store.name} cannot be sealed: {what}")
    if foreign:
        names = tuple(own_name(store, link) or link.id for link in foreign)
        raise NotAdopted(f"{missing}; {_told(store, path, foreign, names)}".removeprefix("; "), names)
    same = (seal for seal in own if (seal.length, seal.head, seal.key) == (number, head, key.public))
    return next(same, made)


def _vouches(seal: Seal, key: SigningKey, keys: Keyring | None) -> bool:
    """Tell whether a seal held is a word of the author who now seals: by the same key, or a declared one."""
    declared = keys is not None and keys.declared(seal.author) and not _objection(seal, keys)
    return (declared or seal.key == key.public) and seal.genuine


def _seals(path: Path, own: Iterable[Seal], keys: Keyring | None) -> Sealing:
    """Return what is known of seals to who seals a history, whose words it takes for its own."""
    declared = keys is not None and keys.declared(path.author)
    heads = frozenset((seal.length, seal.head) for seal in own) if declared else frozenset()
    return Sealing(expected=declared, heads=heads, trusted=frozenset(link.hash for link in path.links))


def _divided(path: Path, lineage: Lineage | None, found: Branches | None) -> str:
    """Return why nobody knows whether a history stands, and what settles it, or an empty text."""
    if lineage is None or found is None or found.standing.get(path.head, True) is True:
        return ""
    held = {link.hash for link in path.links}
    fork = next(fork for fork in found.forks if fork.kept not in held)
    told = next((f"{one}: " for one in lineage.forks() if one.number == fork.number), "")
    end = f"{path.author}/{path.number}@{path.head.hex()[:DIGITS]}"
    return f'{told}say first which stands, as Branch(keep="{end}") does of what you wrote'


def _unsound(store: Store, path: Path, own: Iterable[Seal], found: Branches | None) -> str:
    """Return why nobody should vouch for a history up to its end, or an empty text."""
    author, held = path.author, {link.hash for link in path.links}
    if wrong := faults((*path.loose, *path.links)):
        return f"{wrong[0]}; see verify"
    for seal in own:
        if seal.length <= path.number and seal.head not in held and (found is None or not found.forks):
            return f"{author} sealed another {seal.record} before: merge what others hold of it first"
    gone = next((fault for seal in own if (fault := _absent(seal, store, ())) is not None), None)
    return f"{gone}: merge what others hold of it first" if gone is not None else ""


def _unadopted(
    path: Path, own: Iterable[Seal], adopted: Collection[str], merged: Collection[range]
) -> tuple[Link, ...]:
    """Return the records that came by merge, and that neither a seal nor this call adopts."""
    heads = {seal.head for seal in own}
    covered = max((link.number for link in path.links if link.hash in heads), default=0)
    names = {f"{link.id}@{link.hash.hex()}" for link in path.links}
    for name in adopted:
        begins = name if of_a_fork(name) else f"{name}@"
        if not any(one.startswith(begins) for one in names):
            raise NotAdopted(f"{name} is no record that this seal would cover: adopt none but those it names")
    wanted = set(adopted) | {bare(name) for name in adopted}
    return tuple(
        link
        for link in path.links
        if link.number > covered and link.id not in wanted and any(link.seq in places for places in merged)
    )


def _told(store: Store, path: Path, foreign: Sequence[Link], names: Sequence[str]) -> str:
    """Return what is told of records that nobody has adopted: the two ways on."""
    first = foreign[0].number
    before = store.number_before(path.author, first)
    theirs = {link.hash for link in foreign}
    after = [link.id for link in path.links if link.number > first and link.hash not in theirs]
    told = (
        f"{_several(names)} came by merge, under no seal of {path.author}: adopt by name what it wrote; "
        f'what it did not write it leaves behind with Branch(keep="{path.author}/{before}")'
    )
    return (
        f"{told}, and what it wrote after that with it, to be written anew: {_several(after)}"
        if after
        else told
    )


def _several(names: Sequence[str]) -> str:
    return ", ".join(names[:_MOST]) + (" …" if len(names) > _MOST else "")


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
            declared = keys is not None and keys.declared(seal.author)
            yield absent if declared else evolve(absent, what=f"{absent.what}; {_of_nobody(seal)}")
    if lost:
        what = f"seals that were kept are missing, {lost} in number, and nothing tells which"
        yield Fault(record=None, kind="missing", what=what)


def _of_nobody(seal: Seal) -> str:
    """Return what is told of a seal by a key that nobody has declared: anybody may have signed anything."""
    return f"so says {seal.key}, of which nothing here says that it is that of {seal.author}"


def _absent(seal: Seal, store: Store, pending: Collection[str]) -> Fault | None:
    """Return a fault where what a seal vouches for is not here, and nothing says that it will come."""
    try:
        here = held_chained(store, seal.author, seal.length, seal.head)
        others = store.first_two(seal.author, seal.length, chained=True)
        newest = store.newest_chained(seal.author)
    except CeasefireError:  # what cannot be read is told of the record itself
        return None
    if here is not None:
        return None
    if others:
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
