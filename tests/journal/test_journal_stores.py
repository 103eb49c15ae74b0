"""Every store obeys the same contract; what only a file can do stands in test_journal_sqlite."""

import pytest
from journal_contract import StoreContract

from ceasefire.journal import Journal


class TestInMemory(StoreContract):
    """A journal in memory."""

    @pytest.fixture
    def opened(self):
        """Return journals in memory."""
        return Journal.in_memory


class TestInAFile(StoreContract):
    """A journal in an SQLite file."""

    @pytest.fixture
    def opened(self, tmp_path):
        """Return journals in one file."""
        return lambda **settings: Journal.open(tmp_path / "journal.db", **settings)
