"""What a journal returns of what it wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from ceasefire.record.kinds import Record

if TYPE_CHECKING:
    from collections.abc import Iterable


class Written(tuple[Record, ...]):  # noqa: SLOT001 - a tuple takes no slots that hold anything
    """The records of one call as they are kept, in its order.

    Where that is a single one, its fields can be read from here, and it stands for
    itself wherever an id is wanted: `Finding(on=journal.record(incident), …)`.

    A record whose key was held already is here as it is held; `.new` has those alone that
    the call added to the journal, corrections among them.
    """

    #: What the call added to the journal, in order.
    new: tuple[Record, ...]
    #: What the writer should know: `Journal.remarks()` as it was then.
    remarks: tuple[str, ...] = ()

    def __new__(cls, records: Iterable[Record] = (), new: Iterable[Record] | None = None) -> Self:
        """Return the records of a call; without `new`, all of them were added by it."""
        made = super().__new__(cls, records)
        made.new = tuple(made) if new is None else tuple(new)
        return made

    def __getattr__(self, name: str) -> Any:
        """Return a field of the record, if there is one record."""
        if len(self) == 1 and not name.startswith("__"):
            return getattr(self[0], name)
        raise AttributeError(f"{len(self)} records were written: take {name!r} of one of them")
