"""Asking the file of a journal: what waits is inserted first, and a damaged file is told by a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ceasefire.errors import DamagedJournal
from ceasefire.journal.stores.sqlite_ends import Ends
from ceasefire.journal.stores.sqlite_waiting import Waiting
from ceasefire.record.proof import LARGEST_NUMBER

if TYPE_CHECKING:
    from ceasefire.journal.stores.sqlite_file import Opened


class Asking:
    """A file that is open, the rows that wait to be inserted, and what is remembered of its ends."""

    def __init__(self, file: Opened) -> None:
        self._file = file
        self._waiting = Waiting(file)
        #: What is remembered, and whether it can be relied on: inside `writing()`.
        self._ends, self._holds = Ends(), False
        #: What the file is called in messages.
        self.name = file.name

    def _remembered(self) -> int:
        """Return the place of arrival given last; what others have changed is remembered no more."""
        version = int(self._file.run("PRAGMA data_version")[0][0])
        if version != self._ends.version:
            self._ends = Ends(version)
        self._holds = True
        if self._ends.seq is None:
            self._ends.seq = self._given("records")
        return self._ends.seq

    def _given(self, table: str) -> int:
        """Return the place of arrival given last, of rows that are gone included."""
        found = self._whole("SELECT seq FROM sqlite_sequence WHERE name = ?", table)
        return found[0][0] if found else 0

    def _do(self, statement: str, values: tuple[Any, ...]) -> None:
        self._ends = Ends()
        self._waiting.insert()
        self._file.run(statement, values)

    def _whole(self, query: str, *values: Any) -> list[tuple[int, ...]]:
        """Return rows of whole numbers; raises `DamagedJournal` where a damaged file holds something else."""
        found = self._rows(query, *values)
        if any(type(value) is not int for row in found for value in row):
            raise self._damaged()
        return found

    def _place(self, row: tuple[Any, ...]) -> tuple[int, bytes]:
        """Return number and hash, first in a row; raises `DamagedJournal` for what is no place in a chain."""
        number, hashed = row[:2]
        if type(number) is not int or not 0 < number <= LARGEST_NUMBER or not isinstance(hashed, bytes):
            raise self._damaged()
        return number, hashed

    def _damaged(self) -> DamagedJournal:
        return DamagedJournal(
            f"{self.name} is damaged: a row holds what it cannot hold; go back to a copy, and see verify"
        )

    def _rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        self._waiting.insert()
        return self._file.run(query, values)
