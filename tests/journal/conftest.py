"""What tests of journals share."""

import pytest

from ceasefire.agreement import agreement

pytest.register_assert_rewrite("journal_contract", "merging_contract", "sealing_contract", "copying_contract")


@pytest.fixture(scope="session")
def memo():
    """Return the memorandum of 4 May 2017."""
    return agreement("syria-de-escalation-2017")
