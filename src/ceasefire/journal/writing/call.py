"""What one call has written so far: of its own records it need not ask the store.

Of a large call, the ids that corrections and withdrawals held before it are of are read once. Equal
to asking the store each time; tests/journal/test_written.py holds it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import define, field

from ceasefire.record.amendments import ABOUT_RECORDS

if TYPE_CHECKING:
    from ceasefire.journal.stores.store import Store
    from ceasefire.record.kinds import Record

#: A call of fewer records asks the store each time.
_LARGE: Final = 100


@define
class Call:
    """The records that a call has written, by their ids, and what amends them."""

    _written: dict[str, Record] = field(factory=dict)
    #: By id, what this call has written that is `of` it.
    _amending: dict[str, list[Record]] = field(factory=dict)
    #: The ids of which others are that the store tells; None: nothing is known of this call.
    _amended: set[str] | None = None

    def expect(self, number: int, store: Store) -> None:
        """Prepare for so many records."""
        if number >= _LARGE:
            self._amended = store.targets()

    def wrote(self, name: str, record: Record, target: str | None, *, divided: bool) -> None:
        """Note a record that was written under an id, and which one it is of."""
        if self._amended is None:
            return
        if not divided:
            self._written[name] = record
        if target is not None and divided:
            self._amended.add(target)
        elif target is not None:
            self._amending.setdefault(target, []).append(record)

    def is_first_wording(self, name: str | None) -> bool:
        """Tell whether a record of this call has the id, and nothing was said about it."""
        record = None if name is None else self.find(name)
        return (
            record is not None
            and not self._amending.get(name or "")
            and not isinstance(record, ABOUT_RECORDS)
        )

    def find(self, name: str) -> Record | None:
        """Return the record of this call that has an id, if all that is of it is of this call."""
        return None if self._amended is None or name in self._amended else self._written.get(name)

    def amendments(self, name: str) -> list[Record] | None:
        """Return what is of a record of this call, each chain in order; None where only the store tells."""
        return None if self.find(name) is None else self._amending.get(name, [])
