"""Reading records out of a store, each under the id that it has there."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from ceasefire.errors import CeasefireError, JournalError, RecordError
from ceasefire.journal.chain.link import record_of
from ceasefire.journal.history.lineage import found_by, own_name, seen
from ceasefire.record.fields import identifier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ceasefire.journal.chain.link import Link
    from ceasefire.journal.history.lineage import Standing
    from ceasefire.journal.stores.store import Store
    from ceasefire.record.kinds import Record


def id_of(name: object) -> str:
    """Return the id of a record, given as such or by the record; raises `RecordError` for what has none."""
    found = identifier(name)
    if found is None:
        raise RecordError("None is no id: give the id of a record, or the record itself")
    return found


def records(store: Store, links: Iterable[Link]) -> Iterator[Record]:
    """Yield the records of links given by author, number and hash, under the ids they have together."""
    for _, same in groupby(links, key=lambda link: (link.author, link.number)):
        for link, name in seen(same):
            yield _read(store, link, name)


def found(store: Store, name: str) -> Record | None:
    """Return the record of an id, or None where the store does not hold it."""
    return next((_read(store, link, own) for link, own in found_by(store, name)), None)


def amendments(store: Store, name: str) -> list[Record]:
    """Return the corrections, withdrawals and erasures of an id, by author and number."""
    found: list[Record] = []
    for author, same in groupby(store.amending(name), key=lambda link: link.author):
        links = tuple(same)
        if store.first_double(author) is None:
            found += [_read(store, link, link.id) for link in links]
            continue
        found += [_read(store, link, own_name(store, link) or link.id) for link in links]
    return found


def effective(store: Store, standing: Standing, name: str) -> list[Record]:
    """Return those of an id that have effect: no fork leaves them out (docs/journals.md, "Forks")."""
    return [amendment for amendment in amendments(store, name) if standing.has_effect(amendment)]


def name_of(store: Store, link: Link) -> str:
    """Return the id of a link that is held: not the bare one where a fork has its number."""
    if store.first_double(link.author) is None:
        return link.id
    return own_name(store, link) or link.id


def _read(store: Store, link: Link, name: str) -> Record:
    try:
        return record_of(link, name)
    except CeasefireError as error:
        raise JournalError(
            f"{name} in {store.name} cannot be read: {error}; verify() names each fault"
        ) from error
