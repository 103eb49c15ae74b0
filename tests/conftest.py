"""What all tests share: how hard Hypothesis searches, and what may not be skipped.

The profile is chosen by HYPOTHESIS_PROFILE. `dev` (the default) and `ci` are
derandomised: the same code gives the same examples, so a test that fails fails
again, and one that passes does not fail in somebody else's run. `thorough` also runs
the long tests of journals in full (docs/reliability.md). `explore` searches
at random, and keeps what it found in .hypothesis. Nothing is timed.
"""

import os
import signal

import pytest
from hypothesis import HealthCheck, settings

_UNTIMED = {"deadline": None, "print_blob": True, "suppress_health_check": [HealthCheck.too_slow]}

settings.register_profile("dev", max_examples=50, derandomize=True, database=None, **_UNTIMED)
settings.register_profile("ci", max_examples=80, derandomize=True, database=None, **_UNTIMED)
settings.register_profile("thorough", max_examples=2_000, derandomize=True, database=None, **_UNTIMED)
settings.register_profile("explore", max_examples=5_000, **_UNTIMED)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or "dev")

#: Programs that are promised by a variable set to 1: a test that skips for want of one then fails.
_REQUIRED = [
    name
    for name in ("chromium", "pdftotext", "postgres", "spark")
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
