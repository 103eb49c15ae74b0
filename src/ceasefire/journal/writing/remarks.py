"""What the writer of a journal should know: that nobody knows its author; that a clock was ahead once.

Nothing is received before what is held already, so that a `known_at` in the past keeps its
answer. A clock that stood in 2099 for a moment (an empty battery) therefore dates what comes
after it too. Nothing in the journal can be changed; but it is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.clock import CLOCKS_DIFFER, Instant
from ceasefire.errors import DamagedJournal
from ceasefire.journal.history.verification import Fault

if TYPE_CHECKING:
    from ceasefire.journal.stores.store import Store
    from ceasefire.journal.writing.names import Names


def remarks_on(store: Store, names: Names | None, author: str | None, now: Instant) -> tuple[str, ...]:
    """Return what the writer of a journal should know of it, in sentences."""
    if names is None or author is None or names.knows(author):
        return ahead(store, now)
    unknown = (
        f"no agreement of this journal knows its author {author!r}: write the id, a name or an alias of a "
        "party, unless the author is none"
    )
    return (unknown, *ahead(store, now))


def ahead(store: Store, now: Instant) -> tuple[str, ...]:
    """Return a sentence where what came last counts as received later than it is now; else nothing."""
    last = store.last_received()
    if last is None or last <= now.us + CLOCKS_DIFFER:
        return ()
    what = (
        f"the newest records of {store.name} count as received at {Instant(last)}, later than it is now: "
        "a clock was ahead once; what comes now counts as received then too, and no known_at before knows it"
    )
    return (what,)


def clock_faults(store: Store, now: Instant) -> list[Fault]:
    """Return the same as `verify` tells it."""
    try:
        return [Fault(record=None, kind="clock_ahead", what=what) for what in ahead(store, now)]
    except DamagedJournal:
        return []  # that it is damaged is told, with what can be read of it
