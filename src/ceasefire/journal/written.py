"""What a journal returns of what it wrote."""

from __future__ import annotations

from typing import Any

from ceasefire.record.kinds import Record


class Written(tuple[Record, ...]):
    """The records of one call as they were written, in its order.

    Where that is a single one, its fields can be read from here, and it stands for
    itself wherever an id is wanted: `Finding(on=journal.record(incident), …)`.
    """

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        """Return a field of the record, if there is one record."""
        if len(self) == 1 and not name.startswith("__"):
            return getattr(self[0], name)
        raise AttributeError(f"{len(self)} records were written: take {name!r} of one of them")
