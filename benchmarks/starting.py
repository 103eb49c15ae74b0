"""What a program waits for before anything is done: importing, the first assessment, the program's help.

    python benchmarks/starting.py [ROUNDS]

Each is a process of its own, as whoever starts one waits for it, in processor time, by turns with
its peer; the least of so many rounds counts (default 9). Importing and the first assessment are
measured within the process, beside an import of pendulum and attrs, which nobody can leave out; the
help as a whole process, beside one that imports click.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from measuring import Line, show

ROUNDS: Final = 9
_TIMED: Final = "from time import process_time; begun = process_time(); {}; print(process_time() - begun)"
_PEER: Final = _TIMED.format("import pendulum, attrs")
_IMPORT: Final = _TIMED.format("import ceasefire")
_FIRST: Final = _TIMED.format(
    "import sys, ceasefire as cf; "
    "said = cf.Incident(by='north', id='north/1', recorded='2024-02-02T10:00:00Z', occurred='2024-02-01', "
    "act='attack.shelling', accused='south'); "
    "found = cf.Finding(by='mission', id='mission/1', recorded='2024-02-03T10:00:00Z', on=said, "
    "outcome='confirmed', attributed_to='south'); "
    "rows = cf.assess(cf.agreement(sys.argv[1]), [said, found], as_of='2024-03-01').table('commitments')"
)
AGREEMENT: Final = """
ceasefire = 1
id = "truce"
title = "A truce between North and South"
adopted = 2024-01-01
in_force = 2024-01-01
timezone = "UTC"

[[party]]
id = "north"

[[party]]
id = "south"

[[party]]
id = "mission"

[[mechanism]]
id = "monitoring"
members = ["mission"]
rule = "any"
oversees = ["truce"]

[[commitment]]
id = "no-attacks"
summary = "The parties do not attack each other."
duty = "refrain"
owed_by = ["north", "south"]
acts = ["attack"]
"""


def told(code: str, *arguments: str) -> float:
    """Return the processor time that a process tells of itself."""
    done = subprocess.run(  # noqa: S603 – ourselves
        [sys.executable, "-c", code, *arguments], check=True, stdout=subprocess.PIPE, text=True
    )
    return float(done.stdout)


def spent(*arguments: str) -> float:
    """Return the processor time of a whole process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)  # noqa: S603 – ourselves
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def lines(rounds: int) -> list[Line]:
    """Return what each costs, beside its peer."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "truce.toml"
        file.write_text(AGREEMENT, encoding="utf-8")
        runs = [
            (
                told(_PEER),
                told(_IMPORT),
                told(_FIRST, str(file)),
                spent("-c", "import click"),
                spent("-m", "ceasefire", "--help"),
            )
            for _ in range(rounds)
        ]
    peer, imported, first, click, helped = (min(figures) for figures in zip(*runs, strict=True))
    return [
        _line("import, beside pendulum and attrs", imported, peer, 0.6, "reading two small modules"),
        _line(
            "first assessment, import included, beside the same",
            first,
            peer,
            2.2,
            "the modules of the assessment, and the classes that attrs builds in them",
        ),
        _line("ceasefire --help, beside importing click", helped, click, 1.8, "the interpreter and click"),
    ]


def _line(what: str, ours: float, peer: float, goal: float, limit: str) -> Line:
    figure = f"{ours / peer:.2f} times ({1000 * ours:.0f} ms against {1000 * peer:.0f} ms)"
    return Line(what, figure, f"≤ {goal}", ours / peer <= goal, limit)


def main(arguments: Any = None) -> None:
    """Measure everything, and print each line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("rounds", nargs="?", type=int, default=ROUNDS)
    show(lines(parser.parse_args(arguments).rounds))


if __name__ == "__main__":
    main()
