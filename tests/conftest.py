"""What all tests share: how hard Hypothesis searches, what may not be skipped, whose branches are counted.

The profile is chosen by HYPOTHESIS_PROFILE. `dev` (the default) and `ci` are
derandomised: the same code gives the same examples, so a test that fails fails
again, and one that passes does not fail in somebody else's run. `thorough` also runs
the long tests of journals in full (docs/reliability.md). `explore` searches
at random, and keeps what it found in .hypothesis. Nothing is timed.
"""

import importlib
import os
import pkgutil
import signal
import sys

import pytest
from hypothesis import HealthCheck, settings

import ceasefire

_UNTIMED = {"deadline": None, "print_blob": True, "suppress_health_check": [HealthCheck.too_slow]}

settings.register_profile("dev", max_examples=50, derandomize=True, database=None, **_UNTIMED)
settings.register_profile("ci", max_examples=80, derandomize=True, database=None, **_UNTIMED)
settings.register_profile("thorough", max_examples=2_000, derandomize=True, database=None, **_UNTIMED)
settings.register_profile("explore", max_examples=5_000, **_UNTIMED)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or "dev")

#: Programs that are promised by a variable set to 1: a test that skips for want of one then fails.
_REQUIRED = [
    name
    for name in ("chromium", "pdftotext", "postgres")
    if os.environ.get(f"CEASEFIRE_REQUIRE_{name.upper()}") == "1"
]


def _forbid_skip(report):
    for name in _REQUIRED:
        if report.skipped and name in str(report.longrepr).lower():
            report.outcome = "failed"
            forbidden = f"CEASEFIRE_REQUIRE_{name.upper()}=1 forbids it"
            report.longrepr = f"skipped where {forbidden}: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport():
    """A test that skips for want of a program fails where that program is required."""
    return _forbid_skip((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report():
    """A module that skips for want of a program fails where that program is required."""
    return _forbid_skip((yield))


#: Set by `make mutants`: a mutant that never ends fails its test after so many seconds of computing. They are
#: those of the processor, not of the clock on the wall: on a busy machine nothing is taken for endless.
_COMPUTING = float(os.environ.get("CEASEFIRE_TEST_SECONDS") or 0)


def _endless(*_):
    raise TimeoutError(f"more than {_COMPUTING} seconds of computing")


if _COMPUTING:

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call():
        """A test that computes for longer fails."""
        signal.signal(signal.SIGVTALRM, _endless)
        signal.setitimer(signal.ITIMER_VIRTUAL, _COMPUTING, _COMPUTING)  # again, where a test goes on
        try:
            return (yield)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)


#: What `make coverage` counts the branches of, and `make test COVERED=1` with it: folders and tests, and what
#: is left out of them. The other tests run with counting paused: what a random example reaches by luck is
#: not held.
_COVERING = tuple(os.environ.get("CEASEFIRE_COVERING", "").split())
#: The layers of which every branch is counted.
_LAYERS = {"instruments", "record", "assessment"}
_LEFT_OUT = tuple(path.removeprefix("--ignore=") for path in _COVERING if path.startswith("--ignore="))


def _is_counted(item):
    if item.get_closest_marker("hypothesis") is not None or item.nodeid.startswith(_LEFT_OUT):
        return False
    return item.nodeid.startswith(_COVERING)


if _COVERING:

    def pytest_collection_finish():
        """Modules are imported while they are counted: many are imported only when a test needs them."""
        for module in pkgutil.walk_packages(ceasefire.__path__, "ceasefire."):
            if module.name.split(".")[1] in _LAYERS:
                importlib.import_module(module.name)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(item):
        """A test that is not among those counted runs without being traced."""
        coverage = sys.modules["coverage"].Coverage.current()
        if coverage is None or _is_counted(item):
            return (yield)
        coverage.stop()
        try:
            return (yield)
        finally:
            coverage.start()
