"""Does every record fit? Each fault by its kind, with the record it stands in."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, Literal

from attrs import define, field, frozen

from ceasefire.collecting import uncollected
from ceasefire.errors import CeasefireError, DamagedJournal, MissingExtra
from ceasefire.journal.chain.link import (
    INSTANTS,
    envelope,
    found_under,
    is_chained,
    previous_of,
    receipt,
    record_said,
)
from ceasefire.journal.history.lineage import Lineage, sealing_of
from ceasefire.journal.history.plain_chains import PlainChain, plain_chain
from ceasefire.journal.history.reading import records
from ceasefire.journal.stores.store import FIRST, Unreadable
from ceasefire.record.forks.branches import NO_SEALS, Sealing
from ceasefire.record.ids import parse
from ceasefire.record.json.canonical import parsed
from ceasefire.record.proof import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from ceasefire.instruments.keys import Keyring
    from ceasefire.journal.chain.link import Link
    from ceasefire.journal.stores.store import Place, Store
    from ceasefire.record.kinds import Record

#: altered: bytes differ from what was hashed. missing: a record or body that was here is gone.
#: forked: two records have one number, and their author has not said which stands.
#: out_of_order: it follows a record that is not the one before it, or changed places with another.
#: duplicated: the same record twice. unreadable: the file is damaged there.
#: bad_seal: a seal that its key did not make, or whose key does not sign for its author then.
#: clock_ahead: what came last counts as received later than it is now.
FaultKind = Literal[
    "altered", "missing", "forked", "out_of_order", "duplicated", "unreadable", "bad_seal", "clock_ahead"
]
#: Of one long gap only so many numbers are named, and of rows exchanged so many are looked at.
_MOST: Final = 1_000


@frozen(kw_only=True)
class Fault:
    """One thing that does not fit in a journal."""

    #: The id of the record; None where nothing tells which it was.
    record: str | None
    kind: FaultKind
    what: str

    def __str__(self) -> str:
        """Return the sentence."""
        return self.what


@uncollected()
def verified(store: Store, keys: Keyring | None = None) -> tuple[Fault, ...]:
    """Return what does not fit in a store; of a damaged one, in what can still be read of it."""
    return _checked(store, keys, made=False)[0]


@uncollected()
def checked(store: Store, keys: Keyring | None = None) -> tuple[tuple[Fault, ...], list[Record]]:
    """Return the same, and the records, from one pass over them where they are plainly in order.

    Raises `JournalError` where a record cannot be read.
    """
    return _checked(store, keys, made=True)


def _checked(store: Store, keys: Keyring | None, *, made: bool) -> tuple[tuple[Fault, ...], list[Record]]:
    awaiting = or_nothing(store.awaiting)
    with suppress(DamagedJournal):  # it is read again below, as far as it can be
        found = _Findings(frozenset(awaiting), seals_of(store, keys))
        several: list[Record] = []
        for author, chain in found.walk_store(store, made=made):
            several += [] if chain is None else chain.records
            if made and chain is None:
                several += records(store, store.chain_from(author, FIRST))
        if found.count == store.counted():  # else its index is damaged, and left some out
            told = found.told(store.lost())
            return told or tuple(_of_what_is_noted(store, found)), several
    return _of_damaged(store, awaiting, keys), list(records(store, store.links())) if made else []


def _of_what_is_noted(store: Store, found: _Findings) -> Iterator[Fault]:
    """Yield what is wrong with what other calls rely on beside the records, where these are as they were."""
    for author, first in found.doubles.items():
        if store.first_double(author) != first:
            what = f"what is noted of the numbers that several records of {author} have does not fit them"
            yield Fault(record=f"{author}/{first or 1}", kind="altered", what=what)
    for author, number, _ in sorted(place for place in found.awaiting if place not in found.waiting):
        what = f"{author}/{number} is noted to wait for a record before it, and does not"
        yield Fault(record=f"{author}/{number}", kind="altered", what=what)
    for what in store.unfit():
        yield Fault(record=None, kind="unreadable", what=what)


def seals_of(store: Store, keys: Keyring | None) -> Callable[[str], Sealing]:
    """Return a function that tells what is known of an author's seals; nothing where they cannot be read."""

    def of(author: str) -> Sealing:
        try:
            return sealing_of(store, author, keys)
        except (DamagedJournal, MissingExtra):  # what is wrong with the seals is told of them
            return NO_SEALS

    return of


def faults(
    links: Iterable[Link],
    lost: int = 0,
    awaiting: Iterable[Place] = (),
    seals: Callable[[str], Sealing] = lambda _: NO_SEALS,
) -> tuple[Fault, ...]:
    """Return what does not fit in links given by author, number and hash, in their order.

    `lost` is how many links the store misses, as far as it can tell; `awaiting` are
    links that arrived before the ones they follow, which never were here.
    """
    found = _Findings(frozenset(awaiting), seals)
    found.walk(links)
    return found.told(lost)


def _of_damaged(store: Store, awaiting: Iterable[Place], keys: Keyring | None) -> tuple[Fault, ...]:
    links: list[Link] = []
    what = f"the file of {store.name} is damaged: this is what can still be read of it"
    unreadable = [Fault(record=None, kind="unreadable", what=what)]
    for found in store.salvaged():
        if isinstance(found, Unreadable):
            unreadable.append(Fault(record=found.record, kind="unreadable", what=found.what))
        else:
            links.append(found)
    links.sort(key=lambda link: (link.author, link.number, link.hash))
    return in_order([*unreadable, *faults(links, 0, awaiting, seals_of(store, keys))])


def or_nothing(read: Any) -> list[Any]:
    """Return what a store reads, or nothing where it is damaged: that is told of the rest."""
    try:
        return list(read())
    except DamagedJournal:
        return []


@frozen
class _Seen:
    """A link with what its head says."""

    link: Link
    #: SHA-256 of the head as it is now.
    computed: bytes
    #: None when the head cannot be read.
    said: dict[str, Any] | None

    @property
    def intact(self) -> bool:
        """Whether the head is what was hashed."""
        return self.computed == self.link.hash

    @property
    def name(self) -> str:
        """The id by what was hashed, as long as it is intact."""
        return f"{self.said['by']}/{self.said['number']}" if self.intact and self.said else self.link.id

    @property
    def place(self) -> Place:
        """Where it is kept."""
        return self.link.author, self.link.number, self.link.hash

    @property
    def previous(self) -> bytes | None:
        """The hash of the record before it, as far as its head can be read."""
        return None if self.said is None else previous_of(self.said)

    @property
    def chained(self) -> bool:
        """Whether its author chained it, as far as its head can be read."""
        return self.said is None or is_chained(self.said)


@define
class _Findings:
    """What was found while walking the chains."""

    awaiting: Collection[Place]
    #: What is known of each author's seals.
    seals: Callable[[str], Sealing]
    faults: list[Fault] = field(factory=list)
    gaps: list[str] = field(factory=list)
    #: The ids of records kept under a false author or number: they are not missing where they belong.
    displaced: set[str] = field(factory=set)
    #: Intact links whose receipts do not fit, with their names.
    misplaced: list[tuple[Link, str]] = field(factory=list)
    #: The places of arrival of the links looked at.
    count: int = 0
    #: By author, the least number that several records have.
    doubles: dict[str, int | None] = field(factory=dict)
    #: The links that follow none which is here.
    waiting: set[Place] = field(factory=set)

    def walk(self, links: Iterable[Link]) -> None:
        """Look at all chains."""
        for author, chain in groupby(links, key=lambda link: link.author):
            self._walk(author, chain)

    def walk_store(self, store: Store, *, made: bool) -> Iterator[tuple[str, PlainChain | None]]:
        """Look at all chains of a store, closely at those that are not plainly in order; yield each."""
        for author, rows in groupby(store.rows(), key=itemgetter(1)):
            chain = plain_chain(rows, made=made)
            if chain is None or self._contradicted(store, author, chain.length):
                self._walk(author, store.chain_from(author, FIRST))
                yield author, None
            else:
                self.count += chain.length
                self.doubles[author] = None
                yield author, chain

    def _contradicted(self, store: Store, author: str, length: int) -> bool:
        """Tell whether a seal of an author vouches for another record than one of so many that are here."""
        heads = self.seals(author).heads
        return any(number <= length and store.held(author, number, head) is None for number, head in heads)

    def _walk(self, author: str, chain: Iterable[Link]) -> None:
        """Look at one author's chain."""
        before: set[bytes | None] = {None}
        number = 0
        self.doubles[author] = None
        lineage = Lineage(author, self.seals(author))
        for here, same in groupby(self._placed(chain), key=lambda seen: seen.link.number):
            branches = self._once(tuple(same))
            if len(branches) > 1 and self.doubles[author] is None:
                self.doubles[author] = here
            known = before if here == number + 1 else set()
            self.waiting |= {seen.place for seen in branches if seen.previous not in known}
            lineage.add(
                [(seen.link, seen.said) for seen in branches if seen.intact and seen.said is not None]
            )
            if here > number + 1:
                self._gap(author, number, here, branches)
            for seen in branches:
                self._look(seen, before if here == number + 1 else None)
            before = {hashed for seen in branches for hashed in (seen.link.hash, seen.computed)}
            number = here
        for fork in lineage.forks():
            if fork.kept is None and (fork.followers or not fork.missing):  # else its seal tells
                blamed = (fork.followers[0].id if fork.followers else None) or f"{author}/{fork.number}"
                if not fork.missing or blamed not in {fault.record for fault in self.faults}:
                    self._add("forked", blamed, str(fork))

    def told(self, lost: int) -> tuple[Fault, ...]:
        """Return all faults, gaps among them, in the order of authors and numbers."""
        self._tell_exchanged()
        gaps = [name for name in self.gaps if name not in self.displaced]
        for name in gaps:
            self._add("missing", name, f"{name} is missing from its chain")
        if (more := lost - len(gaps)) > 0:
            what = f"records that were written are missing, {more} in number, and nothing tells which"
            self.faults.append(Fault(record=None, kind="missing", what=what))
        return in_order(self.faults)

    def _placed(self, chain: Iterable[Link]) -> Iterator[_Seen]:
        """Yield the links kept where their heads say; one that is not counts in no chain."""
        for link in chain:
            self.count += 1
            seen = _seen(link)
            if seen.name == link.id:
                yield seen
                continue
            self.displaced.add(seen.name)
            what = f"{seen.name} is kept as {link.id}: its author or number was changed"
            self._add("altered", seen.name, what)

    def _once(self, same: tuple[_Seen, ...]) -> tuple[_Seen, ...]:
        """Return the links of one number, each once."""
        once: dict[bytes, _Seen] = {}
        for seen in same:
            if once.setdefault(seen.link.hash, seen) is not seen:
                self._add("duplicated", seen.name, f"{seen.name} is kept twice")
        return tuple(once.values())

    def _gap(self, author: str, number: int, here: int, branches: Iterable[_Seen]) -> None:
        """Note what is gone between two numbers: not what never arrived, before a link that awaits it."""
        if all(self._awaits(seen) for seen in branches):
            return
        awaited = {place[1] for place in self.awaiting if place[0] == author}
        gone = here - 1
        while gone > number and here - gone < _MOST:
            self.gaps.append(f"{author}/{gone}")
            if gone in awaited:  # it was here, and nothing before it
                break
            gone -= 1

    def _awaits(self, seen: _Seen) -> bool:
        """Tell whether a link came before the one it follows, or follows none."""
        return seen.place in self.awaiting or not seen.chained

    def _look(self, seen: _Seen, follows: set[bytes | None] | None) -> None:
        """Look at one link, and whether it follows one of these hashes (None: nothing to compare with)."""
        name, said = seen.name, seen.said
        if what := _damage(seen):
            self._add("altered", name, f"{name}: {what}")
        elif said is not None and seen.chained and (previous_of(said) is None) != (seen.link.number == 1):
            self._add(
                "out_of_order", name, f"{name} says that it follows another record than its number does"
            )
        elif (
            follows is not None
            and said is not None
            and previous_of(said) not in follows
            and not self._awaits(seen)
        ):
            what = f"{name} does not follow the record before it: one of the two was changed"
            self._add("altered", name, what)
        elif receipt(seen.link.hash, seen.link.received, seen.link.seq) != seen.link.receipt:
            self.misplaced.append((seen.link, name))
        elif seen.link.body is None and seen.link.absent is None:
            self._add("missing", name, f"the body of {name} is missing")

    def _tell_exchanged(self) -> None:
        """Tell what is wrong with receipts: two records that changed places have each other's."""
        places = [link.seq for link, _ in self.misplaced[:_MOST]]
        for link, name in self.misplaced:
            if any(receipt(link.hash, link.received, seq) == link.receipt for seq in places):
                what = f"{name} changed places with another record in the order of arrival"
                self._add("out_of_order", name, what)
            else:
                self._add(
                    "altered", name, f"{name}: when it was received, or its place of arrival, was changed"
                )

    def _add(self, kind: FaultKind, record: str, what: str) -> None:
        self.faults.append(Fault(record=record, kind=kind, what=what))


def _seen(link: Link) -> _Seen:
    try:
        return _Seen(link, sha256(link.head).digest(), envelope(link))
    except CeasefireError:
        return _Seen(link, sha256(link.head).digest(), None)


def _damage(seen: _Seen) -> str:
    """Return what in a link differs from what its hashes say, or an empty text."""
    link = seen.link
    if not seen.intact:
        return "its envelope or its hash was changed"
    if seen.said is None:
        return "its envelope cannot be read"
    if link.body is None:
        return "" if link.received in INSTANTS else "when it was received is no time"
    return _damage_to_body(seen.said, link, link.body)


def _damage_to_body(said: Mapping[str, Any], link: Link, body: bytes) -> str:
    """Return what in a body differs from what was hashed, or an empty text."""
    if digest(link.salt or b"", body).hex() != said["body_digest"]:
        return "its body or its salt was changed"
    try:
        record = record_said(link, said, parsed(body))
    except CeasefireError as error:
        return f"it cannot be read: {error}"
    return "" if getattr(record, "of", None) == found_under(link) else "what it is found under was changed"


def in_order(found: Iterable[Fault]) -> tuple[Fault, ...]:
    """Return faults by author and number; those of no record last."""
    return tuple(sorted(found, key=lambda fault: (fault.record is None, _place(fault.record))))


def _place(name: str | None) -> tuple[str, int]:
    found = parse(name or "")
    return ("", 0) if found is None else (found.author, found.number)
