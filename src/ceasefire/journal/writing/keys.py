"""Keys: the names that authors give to records of their own (docs/rules/records.md).

A key is unique for its author. The same record under it again is not written again; another
one is refused, or corrects the one that is held. All of it is looked at inside `writing()`, so
that two programs which write the same at one moment write it once.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from ceasefire.errors import KeyHeld
from ceasefire.journal.chain.link import key_in
from ceasefire.journal.history import reading
from ceasefire.journal.writing.amendments import is_withdrawn, judged_record, wording
from ceasefire.record.amendments import ABOUT_RECORDS
from ceasefire.record.content import content
from ceasefire.record.fields import text
from ceasefire.record.kinds import Correction, Finding, Record, repointed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ceasefire.journal.chain.link import Link
    from ceasefire.journal.history.lineage import Standing
    from ceasefire.journal.stores.store import Store
    from ceasefire.journal.writing.names import Names

#: What no correction changes, though it is said: the record would be another one.
_FIXED: Final = ("kind", "said_by")


@frozen
class Held:
    """A record that is held under a key."""

    #: As it now stands, under the id that it was written with.
    record: Record
    withdrawn: bool


@frozen
class Wanted:
    """A record of a call, and what is held or written already under its key."""

    record: Record
    author: str
    held: Held | None = None
    #: Which record of the call, counted from 0, is the same under the same key.
    same: int | None = None
    #: Whether it is to correct the one that is held.
    corrects: bool = False

    @property
    def is_new(self) -> bool:
        """Whether something is written for it."""
        return self.same is None and (self.held is None or self.corrects)


@frozen
class Keys:
    """The keys of a store, as one call sees them."""

    store: Store
    names: Names | None
    standing: Standing

    def wanted(self, records: Iterable[tuple[Record, str]], *, update: bool) -> list[Wanted]:
        """Return what is to be done with each record of a call, given with its author.

        Raises `KeyHeld` where another record has its key, unless `update` lets it correct that.
        """
        given = tuple(records)
        held = self._held(given)
        renamed = {
            record.id: own.record.own_id
            for record, author in given
            if record.id is not None and (own := held.get((author, record.key))) is not None
        }
        first: dict[tuple[str, str], int] = {}
        return [
            self._one(given, place, first, held.get((author, record.key)), renamed, update=update)
            for place, (record, author) in enumerate(given)
        ]

    def under(self, author: str, keys: str | Iterable[str]) -> dict[str, Held]:
        """Return what is held under keys of an author, or under one, by key."""
        several = keys if isinstance(keys, Iterable) and not isinstance(keys, str) else (keys,)
        found = _by_key(self.store.keyed(author, dict.fromkeys(map(text, several))))
        return {key: self._standing(links) for key, links in found.items()}

    def correction(self, full: Record, held: Held) -> Correction:
        """Return the correction that makes of a record held what one under its key says now."""
        old, new = content(held.record), content(full)
        changed = {name: value for name, value in new.items() if old.get(name) != value}
        unset = tuple(sorted(old.keys() - new.keys()))
        return Correction(by=full.by, of=held.record.id, set=changed, unset=unset, release=full.release)

    def _one(  # noqa: PLR0913 - all that is known of the call
        self,
        given: tuple[tuple[Record, str], ...],
        place: int,
        first: dict[tuple[str, str], int],
        held: Held | None,
        renamed: Mapping[str, str],
        *,
        update: bool,
    ) -> Wanted:
        record, author = given[place]
        if record.key is None:
            return Wanted(record, author)
        same = first.setdefault((author, record.key), place)
        if same != place:
            if differing := self._differing(self._full(record, author), self._full(*given[same])):
                why = f"which says otherwise ({', '.join(differing)}): give each its own key"
                raise KeyHeld(record.key, "another record of this call", why)
            return Wanted(record, author, same=same)
        if held is None:
            return Wanted(record, author)
        full = self._full(repointed(record, renamed), author)
        differing = self._differing(full, held.record)
        if differing:
            _refuse(record.key, held, differing, update=update)
        return Wanted(record, author, held, corrects=bool(differing))

    def _held(self, given: Iterable[tuple[Record, str]]) -> dict[tuple[str, str | None], Held]:
        """Return what is held under the keys of a call, by author and key."""
        keys: dict[str, dict[str, None]] = {}
        for record, author in given:
            if record.key is not None:
                keys.setdefault(author, {})[record.key] = None
        return {
            (author, key): held
            for author, several in keys.items()
            for key, held in self.under(author, several).items()
        }

    def _standing(self, links: list[Link]) -> Held:
        """Return the record of these links that has the key: the first; of a fork, on the side kept."""
        found = [
            record
            for link in links
            if (record := reading.found(self.store, reading.name_of(self.store, link))) is not None
        ]
        record = next((one for one in found if self.standing.has_effect(one)), found[0])
        amendments = self.amendments(record.own_id)
        newest = wording(record, self.amendments)[0] if amendments else record
        return Held(newest, is_withdrawn(record, self.amendments))

    def amendments(self, name: str) -> list[Record]:
        """Return the corrections and withdrawals of an id that have effect."""
        return reading.effective(self.store, self.standing, name)

    def _full(self, record: Record, author: str) -> Record:
        """Return a record as it would be written: with its author, and ids for names."""
        full = evolve(record, by=author, proof=None)
        if self.names is None:
            return full
        return self.names.settled(full, self._find(full.of) if isinstance(full, Correction) else None)

    def _differing(self, full: Record, held: Record) -> list[str]:
        """Return the fields in which two records say different things, sorted.

        Findings that are on wordings of one record are on the same.
        """
        old, new = content(held), content(full)
        differing = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
        if "on" in differing and isinstance(full, Finding) and isinstance(held, Finding):
            differing -= {"on"} if self._judged(full.on) == self._judged(held.on) else set()
        return sorted(differing)

    def _judged(self, name: str) -> str:
        named = self._find(name)
        found = None if named is None else judged_record(named, self._find)
        return name if found is None else found.own_id

    def _find(self, name: str) -> Record | None:
        return reading.found(self.store, name)


def _by_key(links: Iterable[Link]) -> dict[str, list[Link]]:
    found: dict[str, list[Link]] = {}
    for link in links:
        if (key := key_in(link.body)) is not None:
            found.setdefault(key, []).append(link)
    return found


def _refuse(key: str, held: Held, differing: list[str], *, update: bool) -> None:
    """Raise `KeyHeld` unless what is held may be corrected by what is written under its key."""
    name, kind = held.record.own_id, held.record.kind
    if held.withdrawn:
        raise KeyHeld(key, name, "which was withdrawn: write the new record under a key of its own")
    about = isinstance(held.record, ABOUT_RECORDS)
    if about or (fixed := [one for one in differing if one in _FIXED]):
        which = f"which is of kind {kind!r}" if about else f"whose {fixed[0]} stays"
        raise KeyHeld(key, name, f"{which}: write the new record under a key of its own")
    if not update:
        raise KeyHeld(
            key,
            name,
            f"which says otherwise ({', '.join(differing)}): give update=True to correct it, or write the "
            "new record under a key of its own",
        )
