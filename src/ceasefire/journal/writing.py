"""Writing records at the ends of their authors' chains: numbered and checked, or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from ceasefire.errors import RecordError
from ceasefire.journal import chain, reading
from ceasefire.journal.amending import judged_record, refuse, wording
from ceasefire.journal.ends import End, end_of, going_on
from ceasefire.journal.history import Standing, found_by
from ceasefire.record.filled import filled
from ceasefire.record.kinds import REFERENCES, Branch, Correction, Erasure, Finding, Record, Withdrawal
from ceasefire.record.naming import DIGITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ceasefire.clock import Instant
    from ceasefire.journal.names import Names
    from ceasefire.journal.store import Store

#: Fields that the journal fills in.
Known = dict[str, str]
#: What stands in the heads of these kinds, and in no others: quotes in texts are escaped.
_NO_WORDING_OF_ITS_OWN: Final = tuple(
    f'"kind":"{cls.kind}"'.encode() for cls in (Correction, Withdrawal, Erasure, Branch)
)


@frozen
class Writer:
    """What writes into a store, inside its `writing()`."""

    store: Store
    #: Whose chain it writes; None: each record names its own author.
    author: str | None
    names: Names | None
    salt: Callable[[], bytes]
    #: As of before this call: on a chain that divides, what is written now changes nothing of it.
    standing: Standing

    def write(self, given: tuple[Record, ...], stamp: Instant, received: Instant) -> tuple[Record, ...]:
        """Write records and return them as they are kept, with their ids and times."""
        for record in given:
            if not isinstance(record, Record):
                raise RecordError(
                    f"{str(record)[:80]!r} is no record: give records; for a list of them use extend"
                )
        ends = self._ends(given)
        numbered = self._numbered(given, ends)
        return tuple(self._write(self._timed(one, stamp, received), ends) for one in numbered)

    def _timed(self, named: tuple[Record, Known], stamp: Instant, received: Instant) -> Record:
        """Return a record with what the journal fills in: author and id, pointers, times."""
        record, known = named
        fill = filled if record.said_by is None else evolve  # a relay is looked at again with its author
        return fill(record, **known, recorded=record.recorded or stamp, received=received, proof=None)

    def _ends(self, records: Iterable[Record]) -> dict[str, End]:
        """Return which record the next one of each author follows.

        On a forked chain, what is written together with a branch record goes to the side
        that this one keeps.
        """
        keeps: dict[str, str | None] = {}
        for record in records:
            author, keep = self._author(record), record.keep if isinstance(record, Branch) else None
            keeps[author] = keeps.get(author) or keep
        keys = None if self.names is None else self.names.keys
        return {author: end_of(self.store, author, keep, keys) for author, keep in keeps.items()}

    def _numbered(self, records: tuple[Record, ...], ends: dict[str, End]) -> list[tuple[Record, Known]]:
        """Return the records, each with its author and id, and with the new ids of those it points at."""
        numbers = {author: end.number for author, end in ends.items()}
        renamed: dict[str, str] = {}
        ids: list[tuple[str, str]] = []
        for record in records:
            author = self._author(record)
            numbers[author] += 1
            name = f"{author}/{numbers[author]}"
            ids.append((author, name))
            if record.id is None:
                continue
            # an id beyond the end of a chain that does not divide is held by nobody
            if (record.id != name or ends[author].divided) and found_by(self.store, record.id):
                raise RecordError(f"{record.id} is in {self.store.name} already: write it once")
            if renamed.setdefault(record.id, name) != name:
                raise RecordError(f"two records are named {record.id!r}: give each its own id, or none")
        divided = frozenset(author for author, end in ends.items() if end.divided)
        return [
            (record, {"by": author, "id": name, **self._pointers(record, renamed, divided)})
            for record, (author, name) in zip(records, ids, strict=True)
        ]

    def _pointers(self, record: Record, renamed: dict[str, str], divided: frozenset[str]) -> dict[str, str]:
        """Return the fields by which a record points at others of its call, with their new ids."""
        if not renamed:
            return {}
        pointers = {name: renamed.get(getattr(record, name, None) or "") for name in REFERENCES}
        changed = {name: new for name, new in pointers.items() if new is not None}
        for new in changed.values() if divided else ():
            author, _, number = new.rpartition("/")
            if self.store.find(author, int(number)):
                raise RecordError(
                    f"{new} will be forked, so that its id is known only once it is written: write it first, "
                    "and point at what the journal returned"
                )
        return changed

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

    def _write(self, record: Record, ends: dict[str, End]) -> Record:
        """Check a record against what is held, and add it to its chain."""
        amends = isinstance(record, Correction | Withdrawal)
        target = self._find(record.of or "") if isinstance(record, Correction | Withdrawal) else None
        if self.names is not None:
            record = self.names.settled(record, target)
        if amends and isinstance(record, Correction | Withdrawal):
            refuse(record, target, self._amendments)
        elif isinstance(record, Finding):
            newest = self._newest_wording(record.on or "")
            record = record if newest == record.on else evolve(record, on=newest)
        elif isinstance(record, Branch) and (before := going_on(self.store, record.by or "", record.keep)):
            hashed = before[1]
            record = evolve(record, keep=f"{record.keep}@{hashed.hex()[:DIGITS]}") if hashed else record
        author = record.by or ""
        number, previous, divided = ends[author]
        link = chain.link(record, number + 1, previous, self.salt())
        self.store.add(link)
        ends[author] = End(link.number, link.hash, divided)
        name = reading.name_of(self.store, link) if divided else link.id
        return filled(record, id=name, proof=chain.proof_of(link, previous))

    def _newest_wording(self, name: str) -> str:
        """Return the id of the wording a finding on this id judges; an id not held stays as it is."""
        held = found_by(self.store, name)
        if not held:
            return name
        link, own = held[0]
        if not self.store.amending(own) and not any(kind in link.head for kind in _NO_WORDING_OF_ITS_OWN):
            return own  # nothing was ever said about it: its first wording is its only one
        named = self._find(name)
        judged = judged_record(named, self._find) if named is not None else None
        return wording(judged, self._amendments)[1] if judged is not None else name

    def _find(self, name: str) -> Record | None:
        return reading.found(self.store, name)

    def _amendments(self, name: str) -> list[Record]:
        return [a for a in reading.amendments(self.store, name) if self.standing.has_effect(a)]
