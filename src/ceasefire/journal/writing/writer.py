"""Writing records at the ends of their authors' chains: numbered and checked, or refused."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from ceasefire.errors import RecordError, quoted
from ceasefire.journal.chain import link as chain
from ceasefire.journal.history import reading
from ceasefire.journal.history.ends import End, end_of, going_on
from ceasefire.journal.writing.checks import Checks
from ceasefire.journal.writing.filled import fill, filled
from ceasefire.journal.writing.keys import Keys, Wanted
from ceasefire.journal.writing.plain_call import written_plainly
from ceasefire.journal.writing.written import Written
from ceasefire.record.amendments import corrected
from ceasefire.record.ids import DIGITS, parse
from ceasefire.record.kinds import Branch, Record, pointing

if TYPE_CHECKING:
    from ceasefire.clock import Instant
    from ceasefire.instruments.keys import Keyring

#: Fields that the journal fills in.
Known = dict[str, str]


def in_turn(records: object) -> tuple[Any, ...]:
    """Return what is to be written in its order; one thing alone is a list of one.

    Raises `RecordError` for a set: its order, and so numbers and hashes, would be another in each process.
    """
    if isinstance(records, set | frozenset):
        raise RecordError("a set of records has no order in which to write them: give a list")
    return tuple(records) if isinstance(records, Iterable) else (records,)


@frozen
class Writer(Checks):
    """What writes into a store, inside its `writing()`."""

    def write(
        self, given: tuple[Record, ...], stamp: Instant, received: Instant, *, update: bool = False
    ) -> Written:
        """Write records and return them as they are kept, with their ids and times.

        Of one whose key is held already nothing is written, or with `update` a correction,
        and the record that is held is returned as it now stands.
        """
        for record in given:
            if not isinstance(record, Record):
                raise RecordError(
                    f"{quoted(record)} is no record: give records; for a list of them use extend"
                )
        given = given if self.names is None else tuple(map(self._spoken, given))
        self.call.expect(len(given), self.store)
        if (plain := written_plainly(self, given, stamp, received)) is not None:
            return Written(plain)
        ends = self._ends(given)
        keys = Keys(self.store, self.names, self.standing)
        wanted = keys.wanted(((record, self.author_of(record)) for record in given), update=update)
        kept: list[Record] = []
        new: list[Record] = []
        for one, known in zip(wanted, self._numbered(wanted, ends), strict=True):
            if one.same is not None:
                kept.append(kept[one.same])
            elif one.held is None:
                new.append(self._write(self._timed((one.record, known), stamp, received), ends))
                kept.append(new[-1])
            elif one.corrects:
                pointed = {name: value for name, value in known.items() if name != "id"}
                made = keys.correction(self.settled(evolve(one.record, proof=None, **pointed)), one.held)
                new.append(self._write(self._timed((made, {"id": known["id"]}), stamp, received), ends))
                kept.append(corrected(one.held.record, made))
            else:
                kept.append(one.held.record)
        return Written(kept, new)

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
            author, keep = self.author_of(record), record.keep if isinstance(record, Branch) else None
            keeps[author] = keeps.get(author) or keep
        return {author: end_of(self.store, author, keep, self._keys) for author, keep in keeps.items()}

    @property
    def _keys(self) -> Keyring | None:
        return None if self.names is None else self.names.keys

    def _numbered(self, wanted: list[Wanted], ends: dict[str, End]) -> list[Known]:
        """Return, for each record, its author and id, and the new ids of those it points at.

        One whose key is held keeps the id that it has, and gives the number to its correction.
        """
        numbers = {author: end.number for author, end in ends.items()}
        renamed: dict[str, str] = {}
        ids: list[str] = []
        names: list[str] = []
        for one in wanted:
            record, author = one.record, one.author
            numbers[author] += one.is_new
            ids.append(f"{author}/{numbers[author]}")
            name = ids[-1] if one.held is None else one.held.record.own_id
            names.append(name if one.same is None else names[one.same])
            if record.id is None:
                continue
            # an id beyond the end of a chain that does not divide is held by nobody
            is_taken = one.held is None and one.same is None and (record.id != name or ends[author].divided)
            self.rename(record.id, names[-1], renamed, may_be_held=is_taken)
        divided = frozenset(author for author, end in ends.items() if end.divided)
        held = frozenset(one.held.record.own_id for one in wanted if one.held is not None)
        return [
            {"by": one.author, "id": name, **self._pointers(one.record, renamed, divided, held)}
            for one, name in zip(wanted, ids, strict=True)
        ]

    def _pointers(
        self, record: Record, renamed: dict[str, str], divided: frozenset[str], held: frozenset[str]
    ) -> dict[str, str]:
        """Return the fields by which a record points at others of its call, with their ids."""
        changed = {field: renamed[name] for field, name in pointing(record).items() if name in renamed}
        for new in set(changed.values()) - held if divided else ():
            found = parse(new)
            if found is not None and self.store.first_two(found.author, found.number):
                raise RecordError(
                    f"{new} will be forked, so that its id is known only once it is written: write it first, "
                    "and point at what the journal returned"
                )
        return changed

    def _spoken(self, record: Record) -> Record:
        """Return a record with the id of the party that its author or its speaker is named as."""
        if self.names is None:
            return record
        by, said_by = self.names.author(record.by), self.names.author(record.said_by)
        return (
            record if (by, said_by) == (record.by, record.said_by) else evolve(record, by=by, said_by=said_by)
        )

    def _write(self, record: Record, ends: dict[str, End]) -> Record:
        """Check a record against what is held, and add it to its chain."""
        author = record.by or ""
        record = self.beside_others(record)
        if isinstance(record, Branch):
            before = going_on(self.store, author, record.keep, self._keys)
            if before is not None and before[1] is not None:
                record = evolve(record, keep=f"{record.keep}@{before[1].hex()[:DIGITS]}")
        number, previous, divided = ends[author]
        link = chain.link(record, number + 1, previous, self.salt())
        self.store.add(link)
        ends[author] = End(link.number, link.hash, divided)
        name = reading.name_of(self.store, link) if divided else link.id
        record = fill(record, id=name, proof=chain.proof_of(link, previous))
        self.call.wrote(name, record, link.target, divided=divided)
        return record
