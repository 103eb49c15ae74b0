"""What a record takes in memory, and what it would cost to keep its bytes and to build it when asked.

    python benchmarks/keeping.py [SIZE]

The proof that the goal of memory excludes that of speed in Python's objects: kept as their bytes,
records and what is found of them come near to it; but an assessment asks each record so often, and so
far apart, that to build it every time costs more than the whole pass over the journal.
Each figure is of a process of its own; memory is what the process has more than with the library in use,
of bytes what they take by themselves.
"""

from __future__ import annotations

import argparse
import gc
import json
import tempfile
from collections import OrderedDict
from pathlib import Path
from sys import getsizeof
from time import process_time
from typing import TYPE_CHECKING, Any, Final

from journals import opened, portions
from measuring import Line, in_its_own_process, seconds, show

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE = 100_000
#: Megabytes of a million records, and bytes of one: the program itself takes 43 MB.
GOAL: Final = 900
_OURS: Final = 43
#: Bytes by which a list holds one of its items.
_POINTER: Final = 8
#: Of so many records one is kept as it was built.
_KEPT: Final = 10


def held() -> int:
    """Return how many bytes of memory this process holds now."""
    gc.collect()
    told = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(told.partition("VmRSS:")[2].split()[0]) * 1024


def used() -> int:
    """Return the same once everything an assessment needs has been used."""
    from ceasefire import assess
    from synthetic import AS_OF, agreements

    assess(agreements(), [], as_of=AS_OF).table("commitments")
    return held()


def records(file: Path) -> dict[str, float]:
    """Measure the records of a journal."""
    begun = used()
    with opened(file, read_only=True) as journal:
        several = journal.checked()
        return {"bytes": (held() - begun) / len(several)}


def assessed(file: Path) -> dict[str, float]:
    """Measure the same with their assessment, and how long the pass takes."""
    from ceasefire import assess
    from synthetic import AS_OF, agreements

    begun, started = used(), process_time()
    with opened(file, read_only=True) as journal:
        several = journal.checked()
        status = assess(agreements(), several, as_of=AS_OF)
        status.table("commitments")
        done = process_time() - started
        return {"bytes": (held() - begun) / len(several), "us": done / len(several) * 1e6}


def bodies(file: Path) -> dict[str, float]:
    """Measure the records as their bytes, and how long it takes to build one."""
    from ceasefire.record import canonical, to_json
    from ceasefire.record.json.plain_records import record_of_line

    with opened(file, read_only=True) as journal:
        lines = [canonical(to_json(record)) for record in journal]
    taken = sum(map(getsizeof, lines)) / len(lines) + _POINTER

    def build() -> None:
        for line in lines:
            record_of_line(line)

    return {"bytes": taken, "us": seconds(build, 3) / len(lines) * 1e6}


def asked(file: Path) -> dict[str, float]:
    """Count how often a record is asked that was not asked lately: it would be built anew."""
    from ceasefire import assess
    from ceasefire.record import KINDS
    from synthetic import AS_OF, agreements

    with opened(file, read_only=True) as journal:
        several = journal.checked()
    given = frozenset(map(id, several))
    lately: OrderedDict[int, None] = OrderedDict()
    built = 0

    def ask(record: object, name: str) -> object:
        nonlocal built
        place = id(record)
        if place in lately:
            lately.move_to_end(place)
        elif place in given:  # what an assessment corrects it has made itself
            built += 1
            lately[place] = None
            if len(lately) > len(several) / _KEPT:
                lately.popitem(last=False)
        return object.__getattribute__(record, name)

    for kind in KINDS.values():
        kind.__getattribute__ = ask  # type: ignore[assignment,method-assign]  # only while it is counted
    try:
        assess(agreements(), several, as_of=AS_OF).table("commitments")
    finally:
        for kind in KINDS.values():
            del kind.__getattribute__
    return {"times": built / len(several)}


ALONE: Final[dict[str, Callable[[Path], dict[str, float]]]] = {
    "records": records,
    "assessed": assessed,
    "bodies": bodies,
    "asked": asked,
}


def lines(size: int) -> list[Line]:
    """Return what is kept of a record and what it would cost to keep less."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "journal.db"
        with opened(file) as journal:
            for several in portions(size):
                journal.extend(several)
        given, whole, bare, often = (in_its_own_process(__file__, what, str(file)) for what in ALONE)
    beside = whole["bytes"] - given["bytes"]
    least, more = bare["bytes"] + beside, bare["us"] * often["times"]
    return [
        _line("a record of a journal", f"{given['bytes']:.0f} B", "its fields, times, names and proof"),
        _line("what is found of it", f"{beside:.0f} B", "its wording, times, ruling, and where it is told"),
        _line("the same record as its bytes", f"{bare['bytes']:.0f} B", "what was written"),
        Line(
            "a million as bytes, with what is found",
            f"{least + _OURS:,.0f} MB",
            f"≤ {GOAL} MB",
            least + _OURS <= GOAL,
            f"{whole['bytes'] + _OURS:,.0f} MB as records",
        ),
        Line(
            "a pass that builds them when they are asked",
            f"{(whole['us'] + more) / whole['us']:.1f} times as long ({more:.0f} µs a record more)",
            "≤ 1",
            more <= 0,
            f"each would be built {often['times']:.1f} times, in {bare['us']:.1f} µs; one of {_KEPT} kept",
        ),
    ]


def _line(what: str, figure: str, limit: str) -> Line:
    return Line(what, figure, "–", met=True, limit=limit)


def main(arguments: Any = None) -> None:
    """Measure everything, and print each line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("size", nargs="?", type=int, default=SIZE)
    parser.add_argument("--alone", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.alone:
        what, file = given.alone
        print(json.dumps(ALONE[what](Path(file))))
        return
    show(lines(given.size))


if __name__ == "__main__":
    main()
