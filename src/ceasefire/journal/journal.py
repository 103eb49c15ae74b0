"""A journal: append-only chains of records, one for each author (docs/journals.md)."""

from __future__ import annotations

from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Any, Self
from unicodedata import normalize

from attrs import evolve

from ceasefire import clock as clocks
from ceasefire.collecting import uncollected
from ceasefire.errors import JournalError, quoted
from ceasefire.journal.checked import Checked
from ceasefire.journal.history import reading
from ceasefire.journal.history.arrivals import Arrived, Mark, arrived_since, mark_of
from ceasefire.journal.history.lineage import Fork, Gap, Standing, forks_of, gaps_of, heads_of
from ceasefire.journal.history.reading import id_of
from ceasefire.journal.history.verification import Fault, checked, in_order, verified
from ceasefire.journal.sharing.copying import Copied, copied
from ceasefire.journal.sharing.merging import Merge, Merged, found_in_file, found_in_store, is_database
from ceasefire.journal.sharing.release import releases
from ceasefire.journal.stores.address import is_address, store_at
from ceasefire.journal.stores.memory import MemoryStore
from ceasefire.journal.stores.store import PATIENCE
from ceasefire.journal.writing.erasing import erased
from ceasefire.journal.writing.keys import Held, Keys
from ceasefire.journal.writing.names import Names, author_named, names
from ceasefire.journal.writing.plain_call import random_salt
from ceasefire.journal.writing.remarks import ahead, clock_faults, remarks_on
from ceasefire.journal.writing.sealing import seal_faults, sealed
from ceasefire.journal.writing.writer import Writer, in_turn
from ceasefire.record.fields import identifier, identifiers

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator
    from types import TracebackType

    from ceasefire.clock import Instant
    from ceasefire.instruments.keys import Keyring
    from ceasefire.instruments.terms import Agreement
    from ceasefire.journal.chain.seal import Seal
    from ceasefire.journal.chain.signing import SigningKey
    from ceasefire.journal.stores.store import Store
    from ceasefire.journal.writing.written import Written
    from ceasefire.record.kinds import Record


class Journal:
    """Records as they were written, by author and number; nothing is edited.

    Open one with `Journal.open` or `Journal.in_memory`; it is a context manager, and iterating gives its
    records in the order of authors and numbers. What is added during a loop is not part of it.
    """

    def __init__(
        self,
        store: Store,
        author: str | None = None,
        agreements: Agreement | Iterable[Agreement] = (),
        *,
        clock: Callable[[], Instant] = clocks.now,
        salt: Callable[[], bytes] = random_salt,
    ) -> None:
        if not (callable(clock) and callable(salt)):
            raise JournalError("clock and salt are functions that a test gives: leave them out")
        self._store = store
        self._clock: Callable[[], Instant] = lambda: clocks.instant(clock())  # which may say it in any way
        self._salt = salt
        self._names: Names | None = names(agreements)
        #: Whose chain `record` writes; None: each record names its own author.
        self.author = author_named(identifier(author), self._names, store)
        #: Stands for this journal, as long as it is open, in marks.
        self._opened = object()

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        author: str | None = None,
        agreements: Agreement | Iterable[Agreement] = (),
        *,
        read_only: bool = False,
        patience: float = PATIENCE,
        **settings: Any,
    ) -> Self:
        """Open the journal in a file, which is made when it is not there; or one in PostgreSQL.

        An address like `postgresql://writer@server/mission` leads to the journal in a
        schema of that database (docs/postgres.md).
        `author` is whose chain is written; without it each record says its own
        `by`. With `agreements`, ids that none of them defines are refused. With
        `read_only`, and where the file or its folder cannot be written, it is read and
        never touched. `patience` is how many seconds are waited for other processes.
        `clock` and `salt` may replace the computer's clock and random numbers in tests.

        Raises a `JournalError` for each situation that keeps it from being opened:
        `NotAJournal`, `NewerJournal`, `JournalBusy`, `ReadOnlyJournal` (a new file where
        none can be made), `DamagedJournal`, and `JournalError` itself for what is no path
        or no patience; and `UnreadableFile` where there is no file to read.
        """
        store = store_at(path, patience, read_only=read_only)
        try:
            return cls(store, author, agreements, **settings)
        except BaseException:
            store.close()
            raise

    @classmethod
    def in_memory(
        cls, author: str | None = None, agreements: Agreement | Iterable[Agreement] = (), **settings: Any
    ) -> Self:
        """Return a journal that lasts as long as this process, with the rules of one in a file."""
        return cls(MemoryStore(), author, agreements, **settings)

    def record(self, *records: Record, at: object = None, update: bool = False) -> Written:
        """Write records, all or none, and return them with `by`, `id`, `recorded` and `received`.

        What is returned is a tuple in the order of the call; of a single record, its fields
        can also be read straight from it.

        `at` is read instead of the clock: it is when the records were written (where
        they do not say so themselves) and received. It may not lie in the future, and
        nothing is received before what is held already, so that a `known_at` in the
        past keeps its answer. A finding is pointed at the newest wording held. A
        record's own `id` is a name by which others in the same call may point at it;
        the journal gives the real one. When this returns, the records are kept.

        A record with a `key` that its author's chain holds is not written again: the one that
        is held is returned, as it now stands. Where it says otherwise it is refused
        (`KeyHeld`), or with `update` written as a correction of the one that is held.

        Raises `UnknownId` for ids of no agreement, `RecordError` for a record of
        another author, a correction or withdrawal that could have no effect and what is
        longer than 8 MB, and a `JournalError` when nothing can be written: `JournalBusy`, `ReadOnlyJournal`,
        `DiskFull`, `JournalGone`, `ClosedJournal`.
        """
        return self.extend(records, at=at, update=update)

    def extend(
        self,
        records: Iterable[Record] | Callable[[], Iterable[Record]],
        at: object = None,
        *,
        update: bool = False,
    ) -> Written:
        """Write many records as `record` does, in one transaction: all or none.

        A function is called once nobody else can write: what it finds in the journal is
        all that is held when the records that it returns are written.
        """
        with uncollected(), self._store.writing():
            given = in_turn(records() if callable(records) else records)
            written = self._writer().write(given, *self._stamps(at), update=update)
            written.remarks = self.remarks()
            return written

    def merge(
        self,
        other: Journal | str | os.PathLike[str],
        *,
        authors: Iterable[str] | None = None,
        at: object = None,
        progress: Callable[[int], None] | None = None,
    ) -> Merged:
        """Add what another journal holds and this one does not, and return what came of it.

        `other` is a journal, its path, or that of a file of records. It is a set union: in whatever
        order and however often journals are merged, they come to hold the same. What is held keeps
        its `received`; all that is new is received now (or `at` an instant), as one. Nothing is ever
        overwritten: a chain with two histories is kept with both (`forks`), and what has not arrived
        yet is no fault (`gaps`). What is not as it was hashed is not let in: it stands in `.refused`.

        With `authors` only their chains and seals are taken, and whose others there were
        stands in `.left_out`: from each file those for which whoever hands it over is trusted.

        A line without a proof, of a file written by hand, joins under its id unless it is in this
        journal's own name. `progress` is called with how many records were looked at, now and then.
        All or nothing is written.

        Raises `UnreadableFile` for a path without a file, and a `JournalError` where the
        other journal cannot be opened or this one cannot be written.
        """
        if progress is not None and not callable(progress):
            raise JournalError(f"progress={quoted(progress)} is no function: give one that takes a number")
        trusted = None if authors is None else frozenset(identifiers(authors))
        parties = self._names.parties if self._names else frozenset()
        with ExitStack() as opened:
            if isinstance(other, Journal):
                found = found_in_store(other._store, self._keys)  # noqa: SLF001 - one of our own
            elif not is_address(other) and not is_database(other):
                found = found_in_file(other, self.author, self._keys)
            else:
                store = opened.enter_context(closing(store_at(other, read_only=True)))
                found = found_in_store(store, self._keys)
            with self._store.writing():
                merge = Merge(self._store, self.author, self._stamps(at)[1].us, self._keys, parties, trusted)
                merge.take(found, progress)
            return merge.result()

    def copy(self, path: str | os.PathLike[str], audience: str | None = None) -> Copied:
        """Copy the journal to a new file, for a backup or for somebody else.

        A name that ends in `.jsonl` gives a file of records, any other a journal; both
        merge alike. Every record is there, and the copy has the heads of the journal. With
        an `audience` (`public`, `mechanism` or `author`) the bodies that it may not see are
        left out: the record shows as withheld, and the chain still verifies. What was
        erased stays erased.

        Raises `UnwritableFile` where the file exists already or cannot be made, and
        `RecordError` for an unknown audience.
        """
        return copied(self._store, path, releases(self._store, audience, self._keys))

    def erase(self, name: str | Record, reason: str, at: object = None) -> Record:
        """Remove the body of a record from this journal for good, and return the erasure that says so.

        The record keeps its place in the chain, its author and its times; its words are
        gone from the file, its free pages and its log, and no merge brings them back. Other
        journals keep theirs: ask them. The erasure is a record of this journal's author.
        Erasing again makes sure that nothing is left, and writes nothing.

        Raises `RecordError` where there is no such record or no reason is given, and
        `JournalBusy` where others read so long that traces of the body stay in the log:
        erase again then.
        """
        wanted = id_of(name)
        with self._store.writing():
            done = erased(
                self._store, wanted, reason, lambda one: self._writer().write((one,), *self._stamps(at))
            )
        self._store.purge()
        return done

    def get(self, name: str | Record) -> Record | None:
        """Return the record of an id, or None where this journal does not hold it.

        Of a forked number the id has `@` and 12 digits of its hash; the bare id names neither.
        Raises `RecordError` for what is no id and has none.
        """
        wanted = name if isinstance(name, str) else id_of(name)
        found = reading.found(self._store, wanted)
        return found or reading.found(self._store, normalize("NFC", wanted))

    def keyed(self, keys: str | Iterable[str], author: str | None = None) -> dict[str, Held]:
        """Return by key what an author, by default this journal's, holds under keys, as it now stands."""
        held = Keys(self._store, self._names, Standing(self._store, self._keys))
        return held.under(identifier(author) or self.author or "", keys)

    def known_at(self, instant: object) -> tuple[Record, ...]:
        """Return the records this journal had received by an instant.

        A date means its end, in the time zone of the journal's agreements (without any, UTC).
        """
        links = self._store.links(clocks.last_instant(instant, self._timezone))
        return tuple(reading.records(self._store, links))

    def mark(self) -> Mark:
        """Return how far this journal is filled now, from which `arrived` tells what is new."""
        return mark_of(self._store, self._opened)

    def arrived(self, since: Mark) -> Arrived | None:
        """Return the records that have arrived since a mark, from whomever, and how far that is.

        None where all is to be read anew: the mark is of another journal, or of this one
        before it was opened again, or chains have several records of one number. Records
        whose bodies came later, or were erased, have not arrived again. Raises
        `JournalError` for what is no mark.
        """
        if not isinstance(since, Mark):
            raise JournalError(f"{quoted(since)} is no mark: give what journal.mark() returned")
        return arrived_since(self._store, since) if since.journal is self._opened else None

    def heads(self) -> dict[str, str]:
        """Return the hash of each author's newest record, which vouches for all before it.

        A forked chain has a head for each of its ends, by `author@` and 12 digits of the
        hash; the one that stands has the bare name. A chain of whose two histories one is
        not here has none: nothing here vouches for what is.
        """
        several = (heads_of(self._store, author, self._keys) for author in self._store.authors())
        return {name: head for heads in several for name, head in heads.items()}

    def forks(self) -> tuple[Fork, ...]:
        """Return where chains divide into two histories, settled or not, with the records that prove it."""
        authors = self._store.authors()
        return tuple(fork for author in authors for fork in forks_of(self._store, author, self._keys))

    def gaps(self) -> tuple[Gap, ...]:
        """Return what has not arrived: records that others which are here follow. That is no fault."""
        return gaps_of(self._store)

    def seal(self, key: SigningKey, *, adopt: Iterable[str | Record] = (), at: object = None) -> Seal:
        """Seal this journal's own chain as it is now, and return the seal, which travels with merges.

        One seal vouches for every record up to the newest. The chain is looked at first:
        nobody should vouch for what does not hold together. What another process adds
        meanwhile is not under the seal. Sealing the same chain again gives the same seal.
        Records in one's own name that came by merge, and that no earlier seal covers, are
        sealed only when `adopt` names them: somebody else may have written them.

        Raises `NotAdopted`, which names them, where there are others; `BadSeal` where the
        journal's agreements declare the key for another, or for its author another key or
        another time, `JournalError` where the journal has no author, or the chain is empty,
        forked, damaged, not all here or another than was sealed before, and `MissingExtra`
        without `signing`.
        """
        if self.author is None:
            raise JournalError("a seal is of one's own chain: open the journal with author=…")
        made = sealed(self._store, self.author, key, self._stamps(at)[0], self._keys, identifiers(adopt))
        with self._store.writing():
            if made not in self._store.seals():
                self._store.add_seal(evolve(made, received=self._stamps(at)[1].us))
        return next(seal for seal in self._store.seals() if seal == made)

    def seals(self, known_at: object = None) -> tuple[Seal, ...]:
        """Return the seals held (or received by an instant), by author and length."""
        by = None if known_at is None else clocks.last_instant(known_at, self._timezone)
        return tuple(seal for seal in self._store.seals() if by is None or seal.received <= by)

    def verify(self, *, seals: bool = True) -> tuple[Fault, ...]:
        """Return what does not fit, the first in each chain first; nothing, when all is as it was written.

        Of a damaged file everything that can still be read is looked at, and what cannot
        is told. Seals are checked against the keys that the journal's agreements declare,
        if it knows any. Raises `MissingExtra` where there are seals and the extra
        `signing` is not installed, unless they are left out by `seals=False`.
        """
        with self._store.reading():
            return self._told(verified(self._store, self._keys), seals=seals)

    def checked(self, *, seals: bool = True) -> Checked:
        """Return all records and, as its `.faults`, what `verify` returns, from one pass over the journal.

        Raises what `verify` raises, and `JournalError` where a record cannot be read.
        """
        with self._store.reading():
            faults, records = checked(self._store, self._keys)
            return Checked(records, self._told(faults, seals=seals), self)

    def remarks(self) -> tuple[str, ...]:
        """Return what its writer should know of this journal, in sentences; mostly nothing.

        That no agreement knows its author, whose records count for nobody; that a clock was ahead once.
        """
        return remarks_on(self._store, self._names, self.author, self._clock())

    def ahead(self) -> tuple[str, ...]:
        """Return a sentence where what came last counts as received later than it is now; else nothing."""
        return ahead(self._store, self._clock())

    def close(self) -> None:
        """Close the journal; closing twice does no harm."""
        self._store.close()

    def __iter__(self) -> Iterator[Record]:
        return reading.records(self._store, self._store.links())

    def __len__(self) -> int:
        return len(self._store)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        """Return a line that says where it is kept and whose chain it writes; no record is read."""
        kept = self._store.name.removeprefix("this journal ")
        return f"<Journal {kept}>" if self.author is None else f"<Journal {kept}, author {self.author}>"

    def _told(self, faults: Iterable[Fault], *, seals: bool) -> tuple[Fault, ...]:
        found = [*faults, *clock_faults(self._store, self._clock())]
        return in_order([*found, *seal_faults(self._store, self._keys)] if seals else found)

    def _writer(self) -> Writer:
        standing = Standing(self._store, self._keys)
        return Writer(self._store, self.author, self._names, self._salt, standing)

    @property
    def _timezone(self) -> str:
        return self._names.timezone if self._names else "UTC"

    @property
    def _keys(self) -> Keyring | None:
        return self._names.keys if self._names else None

    def _stamps(self, at: object) -> tuple[Instant, Instant]:
        """Return when what is now written was written, and received."""
        now = self._clock()
        stamp = now if at is None else clocks.instant(at)
        if stamp.us > now.us:
            raise JournalError(f"{stamp} lies in the future: it is {now}")
        last = self._store.last_received()
        return stamp, clocks.Instant(stamp.us if last is None else max(stamp.us, last))
