"""Does every record fit? Each fault by its kind, with the record it stands in."""

from __future__ import annotations

from hashlib import sha256
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, Literal

from attrs import field, frozen

from ceasefire.errors import CeasefireError
from ceasefire.journal.chain import digest, envelope, receipt, record_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire.journal.chain import Link

#: altered: bytes differ from what was hashed. missing: a record or body that was here is gone.
#: forked: two records have one number.
FaultKind = Literal["altered", "missing", "forked"]
#: Of one long gap only so many numbers are named.
_MOST_GAPS: Final = 1_000


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


def faults(links: Iterable[Link], lost: int = 0) -> tuple[Fault, ...]:
    """Return what does not fit in links given by author, number and hash, in their order.

    `lost` is how many links the store misses, as far as it can tell.
    """
    found = _Findings()
    for author, chain in groupby(links, key=lambda link: link.author):
        found.walk(author, chain)
    return found.told(lost)


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


@frozen
class _Findings:
    """What was found while walking the chains."""

    faults: list[Fault] = field(factory=list)
    gaps: list[tuple[str, int]] = field(factory=list)
    #: The ids of records kept under a false author or number: they are not missing where they belong.
    displaced: set[str] = field(factory=set)

    def walk(self, author: str, chain: Iterable[Link]) -> None:
        """Look at one author's chain."""
        before: set[str | None] = {None}
        number = 0
        placed = (seen for link in chain if self._in_place(seen := _seen(link)))
        for here, same in groupby(placed, key=lambda seen: seen.link.number):
            self.gaps.extend((author, gone) for gone in range(number + 1, min(here, number + _MOST_GAPS)))
            branches = tuple(same)
            if len(branches) > 1:
                ids = " and ".join(seen.link.forked_id for seen in branches)
                self._add(
                    "forked", f"{author}/{here}", f"{author} has two histories from number {here} on: {ids}"
                )
            for seen in branches:
                self._look(seen, before if here == number + 1 else None)
            before = {name.hex() for seen in branches for name in (seen.link.hash, seen.computed)}
            number = here

    def told(self, lost: int) -> tuple[Fault, ...]:
        """Return all faults, gaps among them, in the order of authors and numbers."""
        gaps = [name for author, number in self.gaps if (name := f"{author}/{number}") not in self.displaced]
        for name in gaps:
            self._add("missing", name, f"{name} is missing from its chain")
        told = sorted(self.faults, key=lambda fault: _order(fault.record))
        if (more := lost - len(gaps)) > 0:
            what = f"records that were written are missing, {more} in number, and nothing tells which"
            told.append(Fault(record=None, kind="missing", what=what))
        return tuple(told)

    def _in_place(self, seen: _Seen) -> bool:
        """Tell whether a link is kept where its head says; one that is not counts in no chain."""
        if seen.name == seen.link.id:
            return True
        self.displaced.add(seen.name)
        what = f"{seen.name} is kept as {seen.link.id}: its author or number was changed"
        self._add("altered", seen.name, what)
        return False

    def _look(self, seen: _Seen, follows: set[str | None] | None) -> None:
        """Look at one link, and whether it follows one of these hashes (None: nothing to compare with)."""
        name = seen.name
        if what := _damage(seen):
            self._add("altered", name, f"{name}: {what}")
        elif follows is not None and seen.said is not None and seen.said["previous"] not in follows:
            self._add(
                "altered", name, f"{name} does not follow the record before it: one of the two was changed"
            )
        elif seen.link.body is None:
            self._add("missing", name, f"the body of {name} is missing")

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
    if receipt(link.hash, link.received) != link.receipt:
        return "the instant it was received was changed"
    return "" if link.body is None else _damage_to_body(seen.said["body_digest"], link, link.body)


def _damage_to_body(hashed: str, link: Link, body: bytes) -> str:
    """Return what in a body differs from what was hashed, or an empty text."""
    if digest(link.salt or b"", body).hex() != hashed:
        return "its body or its salt was changed"
    try:
        record = record_of(link)
    except CeasefireError as error:
        return f"it cannot be read: {error}"
    return "" if getattr(record, "of", None) == link.target else "what it is found under was changed"


def _order(name: str | None) -> tuple[str, int]:
    author, _, number = (name or "").rpartition("/")
    return author, int(number)
