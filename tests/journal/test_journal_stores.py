"""Every store obeys the same contract; what only a file can do stands in test_journal_sqlite and _files."""

import pytest
from copying_contract import CopyingContract
from forging_contract import ForgingContract
from journal_contract import StoreContract
from keys_contract import KeysContract
from merging_contract import MergingContract
from sealing_contract import SealingContract

from ceasefire.journal import Journal


class InMemory:
    """A journal in memory."""

    @pytest.fixture
    def opened(self):
        """Return journals in memory; each call makes a new one."""
        return lambda _name="journal", **settings: Journal.in_memory(**settings)


class InAFile:
    """A journal in an SQLite file."""

    @pytest.fixture
    def opened(self, tmp_path):
        """Return journals in files, by name."""
        return lambda name="journal", **settings: Journal.open(tmp_path / f"{name}.of-the-test", **settings)


class InPostgres:
    """A journal in a PostgreSQL database."""

    @pytest.fixture
    def opened(self, postgres):
        """Return journals in schemas, by name."""
        return lambda name="journal", **settings: Journal.open(postgres(name), **settings)


class TestInMemory(InMemory, StoreContract):
    """What a journal in memory writes."""


class TestInAFile(InAFile, StoreContract):
    """What a journal in a file writes."""


class TestMergingInMemory(InMemory, MergingContract):
    """What a journal in memory merges."""


class TestMergingInAFile(InAFile, MergingContract):
    """What a journal in a file merges."""


class TestSealingInMemory(InMemory, SealingContract):
    """What a journal in memory seals."""


class TestSealingInAFile(InAFile, SealingContract):
    """What a journal in a file seals."""


class TestCopyingInMemory(InMemory, CopyingContract):
    """How a journal in memory is copied, and what is erased from it."""


class TestCopyingInAFile(InAFile, CopyingContract):
    """How a journal in a file is copied, and what is erased from it."""


class TestInPostgres(InPostgres, StoreContract):
    """What a journal in PostgreSQL writes."""


class TestMergingInPostgres(InPostgres, MergingContract):
    """What a journal in PostgreSQL merges."""


class TestSealingInPostgres(InPostgres, SealingContract):
    """What a journal in PostgreSQL seals."""


class TestCopyingInPostgres(InPostgres, CopyingContract):
    """How a journal in PostgreSQL is copied, and what is erased from it."""


class TestKeysInMemory(InMemory, KeysContract):
    """What a journal in memory does with keys."""


class TestKeysInAFile(InAFile, KeysContract):
    """What a journal in a file does with keys."""


class TestKeysInPostgres(InPostgres, KeysContract):
    """What a journal in a database does with keys."""


class TestForgingInMemory(InMemory, ForgingContract):
    """What a journal in memory withstands."""


class TestForgingInAFile(InAFile, ForgingContract):
    """What a journal in a file withstands."""


class TestForgingInPostgres(InPostgres, ForgingContract):
    """What a journal in PostgreSQL withstands."""
