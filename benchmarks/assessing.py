"""How fast and how large an assessment is, as ratios measured in one run.

    python benchmarks/assessing.py [SIZE]

SIZE is how many records the history of the first figures has (default 100,000); the
others follow from it: ten times as many for memory and growth, the traps at the
size the design names, in proportion. A quick run: 5000.

Each figure is measured in a process of its own, in processor time, so that neither
the memory nor the caches of one falls on another; where two are compared they are
measured by turns, and the least of several rounds counts.
"""

from __future__ import annotations

import argparse
import json
from time import process_time
from typing import TYPE_CHECKING, Any, Final

from measuring import Line, in_its_own_process, least, peak, seconds, show

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE = 100_000
GOALS: Final = {"rate": 1.3, "memory": 900.0, "growth": 1.2, "lists": 3.0, "again": 5.0, "trap": 2.6}


def scaled(full: int, size: int) -> int:
    """Return the size of a trap in a run of this size."""
    return max(full * size // SIZE, 10)


# What a process of its own measures, by name: a size in, figures out.


def assessed(size: int) -> dict[str, float]:
    """Measure one history: made, assessed for its rows, laid out in full."""
    from ceasefire import assess
    from synthetic import AS_OF, agreements, records

    several, written = agreements(), records(size)
    held = peak()
    rounds = 1 if size > SIZE else 3 if size > SIZE // 10 else 7
    first = seconds(lambda: assess(several, written, as_of=AS_OF).table("commitments"), rounds)
    return {"seconds": first, "records": held, "peak": peak()}


def laid_out(size: int) -> dict[str, float]:
    """Measure what it costs to build every list of the object, once assessed."""
    from ceasefire import assess
    from synthetic import AS_OF, agreements, records

    several, written = agreements(), records(size)
    begun = process_time()
    status = assess(several, written, as_of=AS_OF)
    done = process_time()
    status.to_dict()
    return {"assess": done - begun, "seconds": process_time() - done, "peak": peak()}


def replayed(size: int) -> dict[str, float]:
    """Measure the peer."""
    from replaying import Ledger
    from synthetic import records

    ledger = Ledger(records(size))
    if ledger.replay() != size:
        raise AssertionError("the peer must replay as many events as there are records")
    return {"seconds": seconds(ledger.replay, 3)}


def again(size: int) -> dict[str, float]:
    """Measure another day, and one record more, beside the first assessment."""
    from ceasefire import Incident, assess
    from synthetic import AS_OF, EARLIER, agreements, records

    several, written = agreements(), records(size)
    last = Incident(
        by="iran",
        id=f"iran/{size}",
        recorded="2019-04-12T12:00:00Z",
        occurred="2019-04-11",
        act="attack.shelling",
        zone="area-1",
        accused="group-1",
    )
    first = seconds(lambda: assess(several, written, as_of=AS_OF).table("commitments"), 2)
    status = assess(several, written, as_of=AS_OF)
    day = seconds(lambda: status.at(EARLIER).table("commitments"), 3)
    more = seconds(lambda: status.plus(last).table("commitments"), 3)
    return {"first": first, "day": day, "more": more}


def trapped(size: int, name: str) -> dict[str, float]:
    """Measure a trap at half its size and at its size, assessed and laid out."""
    from ceasefire import assess
    from traps import AS_OF, TRAPS

    make, full = TRAPS[name]
    whole = scaled(full, size)
    found = {}
    for label, part in (("half", whole // 2), ("whole", whole)):
        agreement, written = make(part)
        found[label] = seconds(lambda: assess(agreement, written, as_of=AS_OF).to_dict(), 2)  # noqa: B023
    return found


ALONE: Final[dict[str, Callable[..., dict[str, float]]]] = {
    "assessed": assessed,
    "laid_out": laid_out,
    "replayed": replayed,
    "again": again,
    "trapped": trapped,
}


def alone(what: str, size: int, *more: str) -> dict[str, float]:
    """Measure in a process of its own."""
    return in_its_own_process(__file__, what, str(size), *more)


# The lines of the table.


def rate(size: int) -> Line:
    """Compare with the peer, by turns."""
    ours, peers = [], []
    for _ in range(2):
        ours.append(alone("assessed", size))
        peers.append(alone("replayed", size))
    mine, its = least("seconds", *ours), least("seconds", *peers)
    figure = f"{its / mine:.1f} times ({size / mine:,.0f}/s against {size / its:,.0f}/s)"
    return Line(
        f"rate beside eventsourcing, {size:,} records",
        figure,
        f"≥ {GOALS['rate']}",
        its / mine >= GOALS["rate"],
        "half of it is what is known of each record: its wording, its times, what it names, who says what",
    )


def memory(size: int, run: dict[str, float]) -> Line:
    """Tell how much memory it took at the most, the records included."""
    return Line(
        f"peak memory, {size:,} records",
        f"{run['peak']:,.0f} MB ({run['records']:,.0f} MB of them the records as given)",
        f"< {GOALS['memory']:.0f} MB",
        run["peak"] < GOALS["memory"],
        "the records themselves, kept whole to be shown; what is found of them is as much again",
    )


def growth(size: int, run: dict[str, float]) -> Line:
    """Tell how much more a record costs among a hundred times as many."""
    small = alone("assessed", size // 100)
    ratio = (run["seconds"] / size) / (small["seconds"] / (size // 100))
    return Line(
        f"cost of a record, {size // 100:,} to {size:,}",
        f"{ratio:.2f} times",
        f"≤ {GOALS['growth']}",
        ratio <= GOALS["growth"],
        "memory: what is found of many records no longer fits the processor's caches",
    )


def once_more(size: int) -> list[Line]:
    """Tell what another day and one record more cost, of the first assessment."""
    run = alone("again", size)
    limits = {
        "day": "the records and claims are gone through once, to tell which stand: that is linear too",
        "more": "what an act, a finding or a count bears on are a few rows; all else is found once asked for",
    }
    return [
        Line(
            what,
            f"{100 * run[key] / run['first']:.1f} %",
            f"< {GOALS['again']:.0f} %",
            100 * run[key] / run["first"] < GOALS["again"],
            limits[key],
        )
        for key, what in (("day", "another as_of, 30 days earlier"), ("more", "one act more, and its rows"))
    ]


def lists(size: int) -> Line:
    """Tell what building every list costs beside assessing."""
    run = alone("laid_out", size)
    ratio = run["seconds"] / run["assess"]
    return Line(
        "every list of to_dict() beside assess()",
        f"{ratio:.1f} times",
        f"≤ {GOALS['lists']}",
        ratio <= GOALS["lists"],
        "a dict and its texts for each claim, position and reason",
    )


def traps(size: int) -> list[Line]:
    """Tell how each trap grows from half its size to its size: twice, if it is linear."""
    from traps import TRAPS

    found = []
    for name, (_, full) in TRAPS.items():
        run = alone("trapped", size, name)
        ratio = run["whole"] / run["half"]
        found.append(
            Line(
                f"{scaled(full, size):,} {name}",
                f"{ratio:.2f} times half as many ({run['whole']:.1f} s)",
                f"≤ {GOALS['trap']}",
                ratio <= GOALS["trap"],
                "twice, if it is linear; sorting and the garbage collector add to it",
            )
        )
    return found


def main(arguments: Any = None) -> None:
    """Measure everything, and print each line as it is known."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("size", nargs="?", type=int, default=SIZE)
    parser.add_argument("--alone", nargs="+", help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.alone:
        what, size, *more = asked.alone
        print(json.dumps(ALONE[what](int(size), *more)))
        return
    size = asked.size
    show([rate(size), lists(size)])
    large = alone("assessed", 10 * size)
    show([memory(10 * size, large), growth(10 * size, large)])
    show(once_more(size))
    show(traps(size))


if __name__ == "__main__":
    main()
