"""Merging: what another journal or a file holds, and this one does not, joins it (docs/journals.md).

A merge is a set union. It does not matter in which order journals are merged, how
often, or in how many pieces; nothing that is held is touched. Every link is looked
at before it is let in: one that is not what was hashed is refused, and told.

A file may also hold lines without a proof, written by hand or by another program.
They join too, under their ids, and are kept apart from the chains (`unchained`): when the
author's own link of the same words arrives, that one counts for both.
"""

from __future__ import annotations

import os
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING, Final, NamedTuple

from attrs import define, evolve, field, frozen

from ceasefire.errors import (
    CeasefireError,
    DamagedJournal,
    Mistake,
    RecordError,
    UnreadableFile,
    quoted,
    reason,
)
from ceasefire.journal.chain import link as chain
from ceasefire.journal.chain.seal import Seal
from ceasefire.journal.history.lineage import Fork, Gap, forks_of, gaps_of
from ceasefire.journal.sharing.look_alikes import look_alikes
from ceasefire.journal.sharing.unchained import in_own_name, numbered, objection, unchained
from ceasefire.journal.stores.store import Unreadable
from ceasefire.journal.writing.sealing import admitted
from ceasefire.record.json.files import Reader, lines_of
from ceasefire.record.proof import UNCHAINED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ceasefire.instruments.keys import Keyring
    from ceasefire.journal.chain.link import Link
    from ceasefire.journal.stores.store import Place, Store
    from ceasefire.record.kinds import Record


#: After how many links looked at progress is told.
_EVERY: Final = 1_000
_SQLITE: Final = b"SQLite format 3\0"


@frozen(kw_only=True)
class Merged:
    """What a merge did."""

    #: How many records are new here.
    added: int
    #: How many records that were held without their body have it now.
    filled: int
    #: How many were held already.
    held: int
    #: New records in the name of this journal's own author: those it lost when a backup
    #: was restored – or somebody else's, who wrote in its name.
    own: tuple[str, ...]
    #: How many seals are new here.
    seals: int
    #: What was not let in: a line or a record that is not what was hashed, or is none; a bad seal.
    refused: tuple[Mistake, ...]
    #: The forks of the authors whose records came, and what is still to arrive of them.
    forks: tuple[Fork, ...]
    gaps: tuple[Gap, ...]
    #: Whose records and seals were left where they are, for `authors` does not name them.
    left_out: tuple[str, ...] = ()
    #: Authors whose records came and whose ids look like others', each with that other one: of an author
    #: held here, or of a party of the journal's agreements.
    look_alikes: tuple[tuple[str, str], ...] = ()


class Arrival(NamedTuple):
    """A link from elsewhere that is what was hashed."""

    link: Link
    #: The hash of the record before it; None for the first, `UNCHAINED` where there is no chain.
    previous: bytes | None


#: What may be found elsewhere.
Found = Arrival | Seal | Mistake


@define(eq=False)
class Merge:
    """The links taken into a store so far, in one transaction."""

    store: Store
    #: Whose journal it is, if it is somebody's.
    own: str | None
    #: When all that is new is received, in microseconds.
    received: int
    #: By which keys seals are held against the chains, where agreements declare any.
    keys: Keyring | None = None
    #: The ids of the parties that the journal's agreements know.
    parties: frozenset[str] = frozenset()
    #: Whose chains are taken; None for everybody's.
    trusted: frozenset[str] | None = None
    own_added: list[str] = field(factory=list)
    refused: list[Mistake] = field(factory=list)
    counts: dict[str, int] = field(factory=lambda: {"added": 0, "filled": 0, "held": 0, "seals": 0})
    authors: set[str] = field(factory=set)
    left_out: set[str] = field(factory=set)
    #: Number and hash of each author's link that was added last.
    _last: dict[str, tuple[int, bytes]] = field(factory=dict)
    #: The seals held, read once there is one to take.
    _seals: set[Seal] = field(factory=set)
    _early: list[Place] = field(factory=list)

    def take(self, found: Iterable[Found], progress: Callable[[int], None] | None) -> None:
        """Take each link in that is not held, and note where one before it has not come."""
        looked_at = 0
        before = self.store.last_arrival() or (0, b"")
        for looked_at, item in enumerate(found, 1):
            if isinstance(item, Mistake):
                self.refused.append(item)
            elif self._leaves_out(item):
                continue
            elif isinstance(item, Seal):
                self._take_seal(item)
            else:
                self._take(item.link, item.previous)
            if progress is not None and looked_at % _EVERY == 0:
                progress(looked_at)
        after = self.store.last_arrival() or (0, b"")
        if after[0] > before[0]:
            self.store.note_merged(range(before[0] + 1, after[0] + 1))
        self._note_gaps()
        if progress is not None:
            progress(looked_at)

    def result(self) -> Merged:
        """Return what came of it, once it is written."""
        gaps = [gap for gap in gaps_of(self.store) if gap.author in self.authors]
        return Merged(
            added=self.counts["added"],
            filled=self.counts["filled"],
            seals=self.counts["seals"],
            held=self.counts["held"],
            own=tuple(self.own_added),
            refused=tuple(self.refused),
            forks=tuple(
                fork for author in sorted(self.authors) for fork in forks_of(self.store, author, self.keys)
            ),
            gaps=tuple(gaps),
            left_out=tuple(sorted(self.left_out)),
            look_alikes=look_alikes(self.authors, self.parties.union(self.store.authors())),
        )

    def _leaves_out(self, item: Arrival | Seal) -> bool:
        """Tell whether a link or a seal is of an author whose chain is not taken, and note whose it is."""
        author = item.author if isinstance(item, Seal) else item.link.author
        if self.trusted is None or author in self.trusted:
            return False
        self.left_out.add(author)
        return True

    def _take(self, link: Link, previous: bytes | None) -> None:
        self.authors.add(link.author)
        held = self.store.held(link.author, link.number, link.hash)
        if held is None:
            self._add(link, previous)
        elif held.body is None and link.body is not None and held.absent != "erased":
            self.store.fill(held, link)
            self.counts["filled"] += 1
        else:
            self.counts["held"] += 1

    def _take_seal(self, seal: Seal) -> None:
        if not self._seals:
            self._seals.update(self.store.seals())
        if seal not in self._seals:
            self._seals.add(seal)
            self.store.add_seal(evolve(seal, received=self.received))
            self.counts["seals"] += 1
            self.authors.add(seal.author)

    def _add(self, link: Link, previous: bytes | None) -> None:
        chained = previous != UNCHAINED
        if link.author == self.own and not chained:
            self.refused.append(Mistake(file=self.store.name, line=0, what=in_own_name(link.id)))
            return
        self.store.add(link.arriving(self.received))
        self.counts["added"] += 1
        if link.author == self.own:
            self.own_added.append(link.id)
        if previous is not None and chained and self._last.get(link.author) != (link.number - 1, previous):
            self._early.append((link.author, link.number, link.hash))
        self._last[link.author] = link.number, link.hash

    def _note_gaps(self) -> None:
        early = [place for place in self._early if not self._follows(place)]
        self.store.await_before(early)
        waited = [place for author in sorted(self.authors) for place in self.store.awaiting(author)]
        self.store.arrived_before([place for place in waited if self._follows(place)])

    def _follows(self, place: Place) -> bool:
        """Tell whether the record before a link is held."""
        author, number, _ = place
        here = self.store.held(*place)
        previous = None if here is None else chain.previous_of(chain.envelope(here))
        return previous is not None and self.store.held(author, number - 1, previous) is not None


def is_database(path: str | os.PathLike[str]) -> bool:
    """Tell whether a file is a database, and so to be opened as a journal; raises `UnreadableFile`."""
    try:
        mode = Path(path).stat().st_mode
        if not (S_ISREG(mode) or S_ISDIR(mode)):  # it may have no end, and what is read of a pipe is gone
            raise UnreadableFile(f"{path!s:.200} cannot be read: it is no regular file: name another")
        with Path(path).open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError as error:
        if isinstance(error, CeasefireError):
            raise
        raise UnreadableFile(f"{path!s:.200} cannot be read: {reason(error)}") from error
    except (ValueError, TypeError) as error:  # no name of a file, or no path at all
        instead = "give the path of a journal, or of a file of records"
        raise UnreadableFile(f"{quoted(path)} cannot be read: {instead}") from error


def found_in_store(store: Store, keys: Keyring | None) -> Iterator[Found]:
    """Yield the links of another journal that are what was hashed, and its good seals; tell the others.

    Of a damaged one everything that can still be read is looked at.
    """
    yield from _links_of_store(store)
    try:
        seals = [(0, seal) for seal in store.seals()]
    except DamagedJournal as error:
        yield Mistake(file=store.name, line=0, what=f"its seals cannot be read: {error}")
    else:
        yield from admitted(seals, store.name, keys)


def _links_of_store(store: Store) -> Iterator[Arrival | Mistake]:
    try:
        yield from (_checked(link, store.name) for link in store.links())
    except DamagedJournal:
        for found in store.salvaged():
            if isinstance(found, Unreadable):
                yield Mistake(file=store.name, line=0, what=found.what)
            else:
                yield _checked(found, store.name)


def _checked(link: Link, name: str) -> Arrival | Mistake:
    try:
        proof = chain.sound(link.arriving(0)).proof
    except CeasefireError as error:
        return Mistake(file=name, line=0, what=f"{link.id}: {error}")
    return Arrival(link, None if proof is None else proof.previous)


def found_in_file(path: str | os.PathLike[str], own: str | None, keys: Keyring | None) -> Iterator[Found]:
    """Yield the links and seals that the lines of a file hold, and tell the lines that hold none.

    Lines with a proof one by one; those without, which may name each other, at the end.
    """
    reader = Reader(os.fspath(path))
    for number, line in lines_of(path):
        if (found := reader.parse(number, line)) is None:
            continue
        obj, record = found
        if record.proof is not None:
            try:
                yield Arrival(chain.link_of_line(obj, record, 0), record.proof.previous)
            except CeasefireError as error:
                reader.mistake(number, str(error))
        elif (why := objection(record, own)) is not None:
            reader.mistake(number, why)
        else:
            reader.keep(number, {}, record)
    yield from (_arriving(record, os.fspath(path)) for record in numbered(reader.records()))
    yield from admitted(reader.seals, os.fspath(path), keys)
    yield from reader.mistakes


def _arriving(record: Record, name: str) -> Arrival | Mistake:
    try:
        return Arrival(unchained(record), UNCHAINED)
    except RecordError as error:
        return Mistake(file=name, line=0, what=f"{record.id}: {error}")
