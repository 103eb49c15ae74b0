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
    """The records that a call has written, by their ids, and which of them are amended."""

    _first: set[str] = field(factory=set)
    _amended: set[str] | None = None

    def expect(self, number: int, store: Store) -> None:
        """Prepare for so many records."""
        if number >= _LARGE:
            self._amended = store.targets()

    def wrote(self, name: str, record: Record, *, divided: bool) -> None:
        """Note a record that was written under an id."""
        if self._amended is None:
            return
        if not divided and not isinstance(record, ABOUT_RECORDS):
            self._first.add(name)
        if (target := getattr(record, "of", None)) is not None:
            self._amended.add(target)

    def is_first_wording(self, name: str) -> bool:
        """Tell whether a record of this call has the id, and nothing was said about it."""
        return self._amended is not None and name in self._first and name not in self._amended
