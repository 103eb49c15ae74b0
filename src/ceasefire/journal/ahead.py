"""A clock that was ahead once: what was received then, and all that came since, counts as of later.

Nothing is received before what is held already, so that a `known_at` in the past keeps its
answer. A clock that stood in 2099 for a moment (an empty battery) therefore dates what comes
after it too. Nothing in the journal can be changed; but it is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.clock import CLOCKS_DIFFER, Instant

if TYPE_CHECKING:
    from ceasefire.journal.store import Store


def ahead(store: Store, now: Instant) -> str | None:
    """Return a sentence where what came last counts as received later than it is now; else None."""
    last = store.last_received()
    if last is None or last <= now.us + CLOCKS_DIFFER:
        return None
    return (
        f"the newest records of {store.name} count as received at {Instant(last)}, later than it is now: "
        "a clock was ahead once; what comes now counts as received then too, and no known_at before knows it"
    )
