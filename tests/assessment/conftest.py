"""Agreements for the tests of one part of the assessment."""

import pytest

from ceasefire.instruments import agreement


@pytest.fixture(scope="session")
def written(tmp_path_factory):
    """Return what reads an agreement from its text."""

    def read(text):
        path = tmp_path_factory.mktemp("written") / "agreement.toml"
        path.write_text(text, encoding="utf-8")
        return agreement(path)

    return read
