"""Erasing: the body of a record goes for good, and a record of its author's or another's says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.errors import RecordError, quoted
from ceasefire.journal.history import reading
from ceasefire.journal.history.lineage import found_by
from ceasefire.record.kinds import Erasure, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ceasefire.journal.stores.store import Store


def erased(store: Store, wanted: str, reason: object, write: Callable[[Erasure], Iterable[Record]]) -> Record:
    """Take the body of a record away, inside `writing()`, and return the erasure that says so.

    An erasure that is held is not written again. Raises `RecordError` where there is no such
    record, or no reason.
    """
    if not isinstance(reason, str) or not reason.strip():
        raise RecordError(f"{quoted(reason)} is no reason: say in a few words why it is erased")
    held = found_by(store, wanted)
    if not held:
        raise RecordError(f"{wanted} is not in {store.name}: there is nothing to erase")
    link, own = held[0]
    done: list[Record] = [e for e in reading.amendments(store, own) if isinstance(e, Erasure)]
    if link.absent != "erased" or not done:
        done += write(Erasure(of=own, reason=reason))
    if link.absent != "erased":
        store.erase(link)
    return done[-1]
