"""What benchmarks/ measures is what it says it measures; how fast it is, no test asks."""

import importlib
from collections import Counter
from pathlib import Path

import pytest

import ceasefire as cf

FOLDER = Path(__file__).parents[1] / "benchmarks"


@pytest.fixture
def benchmark(monkeypatch):
    """Import a module of benchmarks/, which are scripts and no package."""
    monkeypatch.syspath_prepend(str(FOLDER))
    return importlib.import_module


def test_the_synthetic_history_has_forty_commitments_and_every_kind_of_answer(benchmark):
    """The history of the figures is the same every time, and no part of the assessment idles on it."""
    synthetic = benchmark("synthetic")
    records = synthetic.records(1_000)
    assert records == synthetic.records(1_000)
    assert sum(len(agreement.commitments) for agreement in synthetic.agreements()) == 40
    assert Counter(r.kind for r in records).most_common(2) == [("incident", 460), ("finding", 320)]
    found = cf.assess(synthetic.agreements(), records, as_of=synthetic.AS_OF).to_dict()
    assert not found["problems"]
    assert {c["determination"] for c in found["claims"]} == {
        "alleged", "disputed", "duplicate", "established", "inconclusive", "under_review", "withdrawn",
    }  # fmt: skip
    assert {c["compliance"] for c in found["commitments"]} >= {"breached", "overdue", "disputed", "alleged"}


def test_the_peer_replays_an_event_for_each_record(benchmark):
    """The rates compared are of the same number of things."""
    records = benchmark("synthetic").records(200)
    assert benchmark("replaying").Ledger(records).replay() == 200


@pytest.mark.parametrize(
    ("trap", "kind", "size"),
    [
        ("findings on one claim", "finding", 60),
        ("corrections of one record", "correction", 60),
        ("reports in a chain of same_as", "incident", 60),
        ("suspensions", "decision", 120),
        ("groups nested in each other", "incident", 1_000),
    ],
)
def test_a_trap_is_what_it_is_called(benchmark, trap, kind, size):
    """Each trap has as many of what it is about as it says, and is assessed without a problem."""
    traps = benchmark("traps")
    make, _ = traps.TRAPS[trap]
    agreement, records = make(60)
    assert sum(record.kind == kind for record in records) == size
    assert not cf.assess(agreement, records, as_of=traps.AS_OF).to_dict()["problems"]


def test_a_quick_run_prints_every_line(benchmark, monkeypatch, capsys):
    """The table has a line for each figure, with its goal and what limits it."""
    assessing = benchmark("assessing")
    figures = dict.fromkeys(
        ("seconds", "records", "peak", "assess", "first", "day", "more", "half", "whole"), 1.0
    )
    monkeypatch.setattr(assessing, "alone", lambda *_: figures)
    assessing.main(["1000"])
    printed = capsys.readouterr().out
    assert printed.count("limited by:") == 11
    assert printed.count("not met") == 3  # as fast as the peer; another day and a record as dear as the first
