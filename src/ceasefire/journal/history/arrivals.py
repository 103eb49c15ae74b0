"""What has arrived in a journal since some time: so that whoever has read it need not read it again.

Links arrive in an order that is the journal's own, and what is there stays. So what
is new is what stands after the last link that was seen – unless something happened
that changes what was there: then nothing is told, and everything is to be read anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from ceasefire.journal.history import reading

if TYPE_CHECKING:
    from ceasefire.journal.stores.store import Store
    from ceasefire.record.kinds import Record


@frozen
class Mark:
    """How far a journal was filled when it was looked at."""

    #: Stands for the open journal: a mark is of no use in another one, nor after it was opened again.
    journal: object
    #: The place of arrival of the last link there, 0 for none, and its hash.
    seq: int
    hash: bytes


@frozen
class Arrived:
    """What has arrived since a mark, by order of arrival, and how far that is."""

    records: tuple[Record, ...]
    mark: Mark


def mark_of(store: Store, journal: object) -> Mark:
    """Return how far a store is filled."""
    seq, hashed = store.last_arrival() or (0, b"")
    return Mark(journal, seq, hashed)


def arrived_since(store: Store, mark: Mark) -> Arrived | None:
    """Return what has arrived since a mark; None where that does not tell all that is different.

    So it is where the last link seen is not where it was, as after a file was put in
    the place of another, and where numbers of a chain have several links: what a
    record is called then depends on what else is there.
    """
    links = store.arrivals(max(mark.seq - 1, 0))
    seen = next(links, None) if mark.seq else None
    if mark.seq and (seen is None or (seen.seq, seen.hash) != (mark.seq, mark.hash)):
        return None
    found = tuple(links)
    if any(store.first_double(author) is not None for author in store.authors()):
        return None
    last = Mark(mark.journal, found[-1].seq, found[-1].hash) if found else mark
    return Arrived(tuple(reading.records(store, found)), last)
