"""What benchmarks/ measures is what it says it measures; how fast it is, no test asks."""

import importlib
import sys
from collections import Counter
from contextlib import closing, nullcontext
from pathlib import Path

import pytest

import ceasefire as cf
from ceasefire.assessment.result.view import view_of

FOLDER = Path(__file__).parents[1] / "benchmarks"


@pytest.fixture
def benchmark(monkeypatch):
    """Import a module of benchmarks/, which are scripts and no package."""
    monkeypatch.syspath_prepend(str(FOLDER))
    return importlib.import_module


#: What is odd in records that are made by the thousand: many are alike, and dated as it comes.
MADE_UP = {"possible_duplicate", "not_yet_occurred"}


def test_the_synthetic_history_has_forty_commitments_and_every_kind_of_answer(benchmark):
    """The history of the figures is the same every time, and no part of the assessment idles on it."""
    synthetic = benchmark("synthetic")
    records = synthetic.records(1_000)
    assert records == synthetic.records(1_000)
    assert sum(len(agreement.commitments) for agreement in synthetic.agreements()) == 40
    assert Counter(r.kind for r in records).most_common(2) == [("incident", 460), ("finding", 320)]
    found = cf.assess(synthetic.agreements(), records, as_of=synthetic.AS_OF).to_dict()
    assert {p["code"] for p in found["problems"]} <= MADE_UP
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
    problems = cf.assess(agreement, records, as_of=traps.AS_OF).table("problems")
    assert {p["code"] for p in problems} <= MADE_UP


def steps(work):
    """Return how many steps of the interpreter some work takes: the same on every machine."""
    taken = 0

    def step(_, event, __):
        nonlocal taken
        taken += event == "opcode"
        return step

    def call(frame, *_):
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        return step

    before = sys.gettrace()
    sys.settrace(call)
    try:
        work()
    finally:
        sys.settrace(before)
    return taken


@pytest.mark.parametrize("trap", ["findings", "corrections", "same_acts", "suspensions", "nested"])
def test_a_trap_twice_as_large_takes_twice_the_steps(benchmark, trap):
    """From n to 2n and from 2n to 4n: a square would take four times as many more, a line twice."""
    traps = benchmark("traps")
    make = {"nested": lambda size: traps.nested(size, incidents=10)}.get(trap, getattr(traps, trap))
    taken = []
    agreement, records = make(30)
    cf.assess(agreement, records, as_of=traps.AS_OF).to_dict()  # what is done once a process is done
    for size in (30, 60, 120):
        agreement, records = make(size)
        taken.append(steps(lambda: cf.assess(agreement, records, as_of=traps.AS_OF).to_dict()))  # noqa: B023
    first, second = taken[1] - taken[0], taken[2] - taken[1]
    assert first < second < 2.2 * first


def test_groups_nested_deeper_than_the_stack_are_assessed(benchmark):
    """Nothing is told by recursion: a group may be nested deeper than functions may call each other."""
    traps = benchmark("traps")
    agreement, records = traps.nested(sys.getrecursionlimit() + 200, incidents=3)
    status = cf.assess(agreement, records, as_of=traps.AS_OF)
    assert status["cease", "opposition"].breaches == 3


def test_another_day_and_a_record_more_take_a_fraction_of_the_steps(benchmark):
    """For each record more, another day and the rows after an act take less than a fifth of a fresh assessment."""
    synthetic = benchmark("synthetic")
    agreements, taken = synthetic.agreements(), []
    view_of(cf.assess(agreements, synthetic.records(200), as_of=synthetic.AS_OF)).outcome  # noqa: B018 - done once
    for size in (200, 400):
        *records, last = synthetic.records(size)
        status = cf.assess(agreements, records, as_of=synthetic.AS_OF)
        fresh = steps(lambda: view_of(cf.assess(agreements, records, as_of=synthetic.AS_OF)).outcome)  # noqa: B023
        day = steps(lambda: view_of(status.at(synthetic.EARLIER)).outcome)  # noqa: B023
        more = steps(lambda: view_of(status.plus(last)).lines)  # noqa: B023
        taken.append((fresh, day, more))
    fresh, day, more = (large - small for small, large in zip(*taken, strict=True))
    assert day < fresh / 5
    assert more < fresh / 5


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


def test_the_peers_of_a_journal_hold_as_much_as_it_does(benchmark, tmp_path):
    """Raw rows are those of the journal, and the peer's file gives an event for each record; both wait for the disk."""
    storing, records = benchmark("storing"), benchmark("synthetic").records(120)
    with cf.Journal.open(tmp_path / "ours.db") as journal:
        journal.extend(records)
    rows = storing.rows_of(tmp_path / "ours.db")
    assert storing.floor(tmp_path / "ours.db") == len(rows) == 120
    with closing(storing.Raw(tmp_path / "raw.db")) as raw:
        raw.insert(rows[0])
        raw.insert_all(rows[1:])
    assert storing.rows_of(tmp_path / "raw.db") == rows
    with closing(storing.Events(tmp_path / "peer.db")) as events:
        events.keep(records[0])
        events.keep_all(records[1:])
    with closing(storing.Events(tmp_path / "peer.db", 0)) as events:
        assert events.replay() == 120


def test_a_quick_run_of_the_journals_measures_every_figure(benchmark, monkeypatch, tmp_path, capsys):
    """Each figure is measured on a few records; the table tells its goal and what limits it."""
    journals = benchmark("journals")
    monkeypatch.setattr(journals, "alone", lambda what, size, folder: journals.ALONE[what](size, folder))
    monkeypatch.setattr(journals, "SMALL", 10)
    monkeypatch.setattr(journals.tempfile, "TemporaryDirectory", lambda: nullcontext(tmp_path))
    journals.main(["60"])
    printed = capsys.readouterr().out
    assert printed.count("limited by:") == 13
    assert (
        printed.count("met") == 9
    )  # four have no goal: what raw rows cost, verifying beside replaying, a decision, a merge
