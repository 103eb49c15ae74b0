"""The scenarios file by file, for `make mutants`: read once, then assessed anew for every mutant.

Not collected by `make test`, which runs each scenario by itself (test_scenarios.py); here all
scenarios of a file are one test, for a mutant is to cost tenths of a second.
"""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from test_scenarios import _scenarios, missed, prepared

_BY_FILE: dict[str, list[tuple[dict[str, Any], dict[str, Any]]]] = {}
for _found in _scenarios():
    _BY_FILE.setdefault(str(_found.id).partition("/")[0], []).append(_found.values)


@cache
def _read(file: str) -> list[tuple[dict[str, Any], list[Any], list[Any]]]:
    found = []
    for document, scenario in _BY_FILE[file]:
        with tempfile.TemporaryDirectory() as folder:
            found.append((scenario, *prepared(document, scenario, Path(folder))))
    return found


@pytest.fixture(autouse=True)
def _read_before(file: str) -> None:
    """Read outside the test, which is timed to know how long a mutant may take."""
    _read(file)


@pytest.mark.parametrize("file", sorted(_BY_FILE))
@pytest.mark.filterwarnings("ignore")  # a small agreement may well lack a deadline, of which loading warns
def test_what_a_file_of_scenarios_says_holds(file: str) -> None:
    """Every scenario of one file holds."""
    for scenario, agreements, records in _read(file):
        assert not missed(scenario, agreements, records), scenario["must"]
