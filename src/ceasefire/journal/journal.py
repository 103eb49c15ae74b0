"""A journal: append-only chains of records, one for each author (design §9)."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, Self

from attrs import evolve

from ceasefire import clock as clocks
from ceasefire.errors import CeasefireError, JournalError, RecordError
from ceasefire.journal import chain
from ceasefire.journal.amending import judged_record, refuse, wording
from ceasefire.journal.names import Names, names
from ceasefire.journal.sqlite import SqliteStore
from ceasefire.journal.store import MemoryStore, Store
from ceasefire.journal.verification import Fault, faults
from ceasefire.journal.written import Written
from ceasefire.record.fields import identifier
from ceasefire.record.kinds import Correction, Finding, Record, Withdrawal

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator
    from types import TracebackType

    from ceasefire.agreement.terms import Agreement
    from ceasefire.clock import Instant
    from ceasefire.journal.chain import Link

_NUMBER: Final = re.compile(r"([1-9]\d{0,17})(?:@([0-9a-f]{12,64}))?", re.ASCII)
#: Fields by which a record points at another.
REFERENCES: Final = ("on", "of", "same_as", "to", "answers")


class Journal:
    """Records as they were written, by author and number; nothing is edited.

    Open one with `Journal.open` or `Journal.in_memory`; it is a context manager,
    and iterating gives its records in the order of authors and numbers. What is
    added during a loop is not part of it.
    """

    def __init__(
        self,
        store: Store,
        author: str | None = None,
        agreements: Agreement | Iterable[Agreement] = (),
        *,
        clock: Callable[[], Instant] = clocks.now,
        salt: Callable[[], bytes] = lambda: secrets.token_bytes(chain.SALT),
    ) -> None:
        self._store = store
        self._clock = clock
        self._salt = salt
        #: Whose chain `record` writes; None: each record names its own author.
        self.author = identifier(author)
        self._names: Names | None = names(agreements)

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        author: str | None = None,
        agreements: Agreement | Iterable[Agreement] = (),
        **settings: Any,
    ) -> Self:
        """Open the journal in a file, which is made when it is not there.

        `author` is whose chain is written; without it each record says its own
        `by`. With `agreements`, ids that none of them defines are refused. `clock`
        and `salt` may replace the computer's clock and random numbers in tests.
        Raises `JournalError` for a folder, a file that is no journal, one of a
        newer version, and whatever else keeps it from being opened.
        """
        store = SqliteStore(path)
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

    def record(self, *records: Record, at: object = None) -> Written:
        """Write records, all or none, and return them with `by`, `id`, `recorded` and `received`.

        What is returned is a tuple in the order of the call; of a single record, its fields
        can also be read straight from it.

        `at` is read instead of the clock: it is when the records were written (where
        they do not say so themselves) and received. It may not lie in the future, and
        nothing is received before what is held already, so that a `known_at` in the
        past keeps its answer. A finding is pointed at the newest wording held. A
        record's own `id` is a name by which others in the same call may point at it;
        the journal gives the real one. When this returns, the records are kept.

        Raises `UnknownId` for ids of no agreement, `RecordError` for a record of
        another author and a correction or withdrawal that could have no effect,
        `JournalError` when nothing can be written.
        """
        return self.extend(records, at=at)

    def extend(self, records: Iterable[Record], at: object = None) -> Written:
        """Write many records as `record` does, in one transaction: all or none."""
        given = tuple(records) if isinstance(records, Iterable) else (records,)
        for record in given:
            if not isinstance(record, Record):
                raise RecordError(
                    f"{str(record)[:80]!r} is no record: give records; for a list of them use extend"
                )
        with self._store.writing():
            stamp, received = self._stamps(at)
            return Written(self._write(record) for record in self._numbered(given, stamp, received))

    def get(self, name: str) -> Record | None:
        """Return the record of an id, or None where this journal does not hold it.

        Of a forked number the id has `@` and 12 digits of its hash; the bare id names neither.
        """
        found = self._find(name)
        if len(found) != 1:
            return None
        return self._record(found[0], name)

    def known_at(self, instant: object) -> tuple[Record, ...]:
        """Return the records this journal had received by an instant.

        A date means its end, in the time zone of the journal's agreements (without any, UTC).
        """
        zone = self._names.timezone if self._names else "UTC"
        return tuple(self._records(self._store.links(clocks.last_instant(instant, zone))))

    def heads(self) -> dict[str, str]:
        """Return the hash of each author's newest record, which vouches for all before it."""
        tips = ((author, self._store.newest(author)) for author in self._store.authors())
        return {author: tip[1].hex() for author, tip in tips if tip}

    def verify(self) -> tuple[Fault, ...]:
        """Return what does not fit, the first in each chain first; nothing, when all is as it was written."""
        return faults(self._store.links(), self._store.lost())

    def close(self) -> None:
        """Close the journal; closing twice does no harm."""
        self._store.close()

    def __iter__(self) -> Iterator[Record]:
        return self._records(self._store.links())

    def __len__(self) -> int:
        return len(self._store)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Journal {self._store.name}>"

    def _stamps(self, at: object) -> tuple[Instant, Instant]:
        """Return when what is now written was written, and received."""
        now = self._clock()
        stamp = now if at is None else clocks.instant(at)
        if stamp > now:
            raise JournalError(f"{stamp} lies in the future: it is {now}")
        last = self._store.last_received()
        return stamp, clocks.Instant(stamp.us if last is None else max(stamp.us, last))

    def _numbered(self, records: tuple[Record, ...], stamp: Instant, received: Instant) -> list[Record]:
        """Return the records with author, id and times, pointing at each other by their new ids."""
        numbers: dict[str, int] = {}
        renamed: dict[str, str] = {}
        ids: list[tuple[str, str]] = []
        for record in records:
            author = self._author(record)
            if author not in numbers:
                newest = self._store.newest(author)
                numbers[author] = newest[0] if newest else 0
            numbers[author] += 1
            ids.append((author, f"{author}/{numbers[author]}"))
            if record.id is not None and self._find(record.id):
                raise RecordError(f"{record.id} is in {self._store.name} already: write it once")
            if record.id is not None and renamed.setdefault(record.id, ids[-1][1]) != ids[-1][1]:
                raise RecordError(f"two records are named {record.id!r}: give each its own id, or none")
        return [
            evolve(
                record,
                by=author,
                id=name,
                recorded=record.recorded or stamp,
                received=received,
                **{
                    field: renamed[old]
                    for field in REFERENCES
                    if (old := getattr(record, field, None)) is not None and old in renamed
                },
            )
            for record, (author, name) in zip(records, ids, strict=True)
        ]

    def _author(self, record: Record) -> str:
        if self.author is None and record.by is None:
            raise RecordError(
                f"this {record.kind} has no author: open the journal with author=…, or write by"
            )
        if self.author is not None and record.by not in (None, self.author):
            raise RecordError(
                f"this {record.kind} is by {record.by!r}, and the journal writes for {self.author!r}: "
                "pass another's statement on with said_by and evidence"
            )
        return record.by or self.author or ""

    def _write(self, record: Record) -> Record:
        """Check a record against what is held, and add it to its chain."""
        amends = isinstance(record, Correction | Withdrawal)
        target = self.get(record.of or "") if isinstance(record, Correction | Withdrawal) else None
        if self._names is not None:
            record = self._names.settled(record, target)
        if amends and isinstance(record, Correction | Withdrawal):
            refuse(record, target, self._amendments)
        elif isinstance(record, Finding):
            newest_wording = self._newest_wording(record.on or "")
            record = record if newest_wording == record.on else evolve(record, on=newest_wording)
        newest = self._store.newest(record.by or "")
        number, previous = newest or (0, None)
        self._store.add(chain.link(record, number + 1, previous, self._salt()))
        return record

    def _newest_wording(self, name: str) -> str:
        """Return the id of the wording a finding on this id judges; an id not held stays as it is."""
        named = self.get(name)
        judged = judged_record(named, self.get) if named is not None else None
        return wording(judged, self._amendments)[1] if judged is not None else name

    def _amendments(self, name: str) -> list[Record]:
        return list(self._records(self._store.amending(name)))

    def _find(self, name: str) -> list[Link]:
        """Return the links of `author/number`, or of `author/number@` and the first digits of a hash."""
        author, _, rest = name.rpartition("/")
        found = _NUMBER.fullmatch(rest)
        if not author or not found:
            return []
        links = self._store.find(author, int(found[1]))
        return [link for link in links if link.hash.hex().startswith(found[2] or "")]

    def _records(self, links: Iterable[Link]) -> Iterator[Record]:
        for _, same in groupby(links, key=lambda link: (link.author, link.number)):
            branches = tuple(same)
            for link in branches:
                yield self._record(link, link.id if len(branches) == 1 else link.forked_id)

    def _record(self, link: Link, name: str) -> Record:
        try:
            return chain.record_of(link, name)
        except CeasefireError as error:
            raise JournalError(
                f"{name} in {self._store.name} cannot be read: {error}; verify() names each fault"
            ) from error
