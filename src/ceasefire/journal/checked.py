"""The records of a journal and what does not fit in it, from one pass over the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from ceasefire.clock import last_instant
from ceasefire.record.kinds import Record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire.journal.chain.seal import Seal
    from ceasefire.journal.history.arrivals import Arrived, Mark
    from ceasefire.journal.history.verification import Fault


class Telling(Protocol):
    """What a journal tells of itself beside its records."""

    def heads(self) -> dict[str, str]:
        """Return the hash of each author's newest record."""

    def seals(self) -> tuple[Seal, ...]:
        """Return the seals held."""

    def mark(self) -> Mark:
        """Return how far it is filled."""

    def arrived(self, since: Any) -> Arrived | None:
        """Return what has arrived since a mark."""

    def ahead(self) -> tuple[str, ...]:
        """Return a sentence where what came last counts as received later than it is now."""


class Checked(list[Record]):
    """The records of a journal at one moment, in its order, with what does not fit.

    `assess` takes it as it takes the journal itself, as that was then.
    """

    def __init__(self, records: Iterable[Record], faults: tuple[Fault, ...], journal: Telling) -> None:
        super().__init__(records)
        #: What `Journal.verify` tells; nothing where all is as it was written.
        self.faults = faults
        self._journal = journal
        self._heads, self._seals = journal.heads(), journal.seals()
        self._mark, self._ahead = journal.mark(), journal.ahead()

    def heads(self) -> dict[str, str]:
        """Return the hash of each author's newest record."""
        return dict(self._heads)

    def seals(self, known_at: object = None) -> tuple[Seal, ...]:
        """Return the seals held (or received by an instant), by author and length."""
        by = None if known_at is None else last_instant(known_at, "UTC")
        return tuple(seal for seal in self._seals if by is None or seal.received <= by)

    def mark(self) -> Mark:
        """Return how far the journal was filled, from which its `arrived` tells what is new."""
        return self._mark

    def arrived(self, since: Any) -> Arrived | None:
        """Return what has arrived in the journal since a mark."""
        return self._journal.arrived(since)

    def ahead(self) -> tuple[str, ...]:
        """Return a sentence where what came last counted as received later than it was; else nothing."""
        return self._ahead
