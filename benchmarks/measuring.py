"""Measuring: the least of several rounds, a process of its own for each figure, and the table."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from time import process_time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Line(NamedTuple):
    """One line of the table: what was measured, the figure, the goal, and what limits it."""

    what: str
    figure: str
    goal: str
    met: bool
    limit: str


def seconds(work: Callable[[], object], rounds: int = 1) -> float:
    """Return the least processor time of so many rounds."""
    best = float("inf")
    for _ in range(rounds):
        begun = process_time()
        work()
        best = min(best, process_time() - begun)
    return best


def peak() -> float:
    """Return the most memory this process has held so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def in_its_own_process(script: str, what: str, *more: str) -> dict[str, float]:
    """Measure one thing of a script in a process that does nothing else."""
    command = [sys.executable, script, "--alone", what, *more]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 – ourselves
    found: dict[str, float] = json.loads(done.stdout)
    return found


def least(key: str, *runs: dict[str, float]) -> float:
    """Return the least of several figures."""
    return min(run[key] for run in runs)


def show(lines: list[Line]) -> None:
    """Print the table."""
    for line in lines:
        verdict = "" if line.goal == "–" else "met" if line.met else "not met"
        print(f"{line.what:46}{line.figure:62}{line.goal:10}{verdict}")
        print(f"{'':4}limited by: {line.limit}", flush=True)
