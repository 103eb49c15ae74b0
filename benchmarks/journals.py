"""How fast journals are, each figure beside its peer in the same run.

    python benchmarks/journals.py [SIZE]

SIZE is how many records the large journals have (default 100,000; the full run is
1000000, and takes some eight minutes). A quick run: 5000.

Everything is kept in SQLite files at `synchronous=FULL`, by the peers too (`storing`).
Hashing and chaining are part of our figures, and no part of theirs. Where the disk is
waited for, one record at a time, it is the time on the clock that counts: all write
by turns, and the figure is the one that a quarter of the turns stay below, so that what
else the machine does falls on none. All others are processor time, each measured in a
process of its own, by turns, the least of several; beside a ratio stands between which it
lay from turn to turn. What is measured was done once before on the small journal, so that
nothing is imported, compiled or made ready while the time runs: that is measured by
`starting.py`. What is assessed or replayed is held until the time was read.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from contextlib import closing
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any, Final

from measuring import Line, in_its_own_process, least, peak, show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ceasefire.journal import Journal
    from ceasefire.record import Record

SIZE = 100_000
#: With which a status of a large journal is compared.
SMALL: Final = 1_000
#: Records of one call of `extend` while a large journal is made, and of one batch of the peer.
PORTION: Final = 20_000
#: How often each thing is measured.
ROUNDS: Final = 4
GOALS: Final = {
    "one beside": 1.3,
    "bulk": 1.5,
    "replay": 0.8,
    "floor": 1.6,
    "whole floor": 5.0,
    "verify memory": 300.0,
    "memory": 900.0,
    "status": 5.0,
    "growth": 1.5,
}


def opened(path: Path, *, read_only: bool = False) -> Journal:
    """Open a journal at a path."""
    from ceasefire.journal import Journal

    return Journal.open(path, read_only=read_only)


def portions(size: int) -> Iterator[list[Record]]:
    """Yield the records of the synthetic history, some at a time."""
    from synthetic import records

    written = records(size)
    for first in range(0, size, PORTION):
        yield written[first : first + PORTION]


def another_side(records: Iterable[Record]) -> list[Record]:
    """Return the same records as others would have written them: by authors of other names."""
    from attrs import evolve

    from ceasefire.record.kinds import pointing

    def renamed(name: str) -> str:
        return name.replace("/", "-too/")

    found = []
    for record in records:
        names = pointing(record) | ({} if record.id is None else {"id": record.id})
        changes = {name: renamed(value) for name, value in names.items()}
        found.append(evolve(record, by=f"{record.by}-too", **changes))
    return found


def usual(times: Iterable[float]) -> float:
    """Return what it takes when nothing else is done: a quarter of the times are no longer."""
    return quantiles(times, n=4)[0]


# What a process of its own measures, by name: a size and a folder in, figures out.


def made(size: int, folder: Path) -> dict[str, float]:
    """Make the journal of this size and the peer's file, for those who read them."""
    from storing import Events

    with opened(folder / f"{size}.db") as journal, closing(Events(folder / f"{size}.events")) as events:
        for records in portions(size):
            journal.extend(records)
            events.keep_all(records)
    return {}


def one_by_one(size: int, folder: Path) -> dict[str, float]:
    """Measure one durable record at a time, by turns, on the clock and in processor time."""
    from storing import Bare, Events, Raw, rows_of
    from synthetic import records

    written = records(size)
    with opened(folder / "ready.db") as ready:
        ready.extend(written)
    rows = rows_of(folder / "ready.db")
    raw, bare, events = Raw(folder / "raw.db"), Bare(folder / "bare.db"), Events(folder / "events.db", 1)
    times: dict[str, list[tuple[float, float]]] = {"ours": [], "raw": [], "bare": [], "peer": []}

    def timed(name: str, work: Callable[[Any], object], what: object) -> None:
        begun = perf_counter(), process_time()
        work(what)
        times[name].append((perf_counter() - begun[0], process_time() - begun[1]))

    with opened(folder / "ours.db") as journal, closing(raw), closing(bare), closing(events):
        for place, (record, row) in enumerate(zip(written, rows, strict=True)):
            turns = [
                ("ours", journal.record, record),
                ("raw", raw.insert, row),
                ("bare", bare.insert, row),
                ("peer", events.keep, record),
            ]
            for turn in range(4):  # each goes first as often as the others: a disk has its own rhythm
                timed(*turns[(place + turn) % 4])
    return {name: usual(clock for clock, _ in taken) for name, taken in times.items()} | {
        f"{name} computing": usual(computing for _, computing in taken) for name, taken in times.items()
    }


def in_bulk(size: int, folder: Path) -> dict[str, float]:
    """Measure `extend` beside the batch of the peer, one portion after the other by turns."""
    from storing import Events

    ours = peers = 0.0
    place = Path(tempfile.mkdtemp(dir=folder))
    with opened(place / "bulk.db") as journal, closing(Events(place / "bulk.events")) as events:
        for records in portions(size):
            begun = process_time()
            journal.extend(records)
            ours += (done := process_time()) - begun
            events.keep_all(records)
            peers += process_time() - done
    return {"ours": ours, "peer": peers}


def verified(size: int, folder: Path) -> dict[str, float]:
    """Measure opening a journal and verifying all of it."""
    begun = process_time()
    with opened(folder / f"{size}.db", read_only=True) as journal:
        if journal.verify():
            raise AssertionError("nothing is wrong with this journal")
    return {"seconds": process_time() - begun, "peak": peak()}


def assessed(size: int, folder: Path) -> dict[str, float]:
    """Measure opening a journal and assessing all of it."""
    from ceasefire import assess
    from synthetic import AS_OF, agreements

    several = agreements()
    begun = process_time()
    with opened(folder / f"{size}.db", read_only=True) as journal:
        status = assess(several, journal, as_of=AS_OF)
        status.table("commitments")
    return {"seconds": process_time() - begun, "peak": peak()}


def at_once(size: int, folder: Path) -> dict[str, float]:
    """Measure opening a journal, verifying and assessing it in one pass over the file."""
    from ceasefire import assess
    from synthetic import AS_OF, agreements

    several = agreements()
    begun = process_time()
    with opened(folder / f"{size}.db", read_only=True) as journal:
        records = journal.checked()
        if records.faults:
            raise AssertionError("nothing is wrong with this journal")
        status = assess(several, records, as_of=AS_OF)
        status.table("commitments")
    return {"seconds": process_time() - begun, "peak": peak()}


def scanned(size: int, folder: Path) -> dict[str, float]:
    """Measure the floor under both: scanning, SHA-256, decoding."""
    from storing import floor

    begun = process_time()
    if floor(folder / f"{size}.db") != size:
        raise AssertionError("every row must fit")
    return {"seconds": process_time() - begun}


def replayed(size: int, folder: Path) -> dict[str, float]:
    """Measure the peer, whose file is opened and replayed."""
    from storing import Events

    begun = process_time()
    with closing(Events(folder / f"{size}.events", 0)) as events:
        if events.replay() != size:
            raise AssertionError("the peer must replay as many events as there are records")
        return {"seconds": process_time() - begun}


def one_more(size: int, folder: Path) -> dict[str, float]:
    """Measure one record more on a journal that was assessed, and a fresh status: caught up, and all anew.

    Ten acts, and a finding on each: what nine of ten records of this history are. What is
    rare, as a decision is, may change more than rows: then all that is known is gone through.
    """
    from ceasefire import Decision, Finding, Incident, assess
    from synthetic import AS_OF, agreements

    several, taken = agreements(), []
    with opened(folder / f"{size}.db") as journal:
        status = assess(several, journal, as_of=AS_OF)

        def timed(record: Record) -> Record:
            nonlocal status
            begun = process_time()
            kept = journal.record(record)
            status = status.caught_up(journal)
            status.table("commitments")
            taken.append(process_time() - begun)
            return kept

        for day in range(10):
            act = {"act": "attack.shelling", "zone": "area-1", "accused": f"group-{day % 8}"}
            kept = timed(Incident(by="russia", occurred=f"2019-04-{day + 1:02}", **act))
            timed(Finding(by="turkey", on=kept.id, outcome="confirmed", attributed_to=act["accused"]))
        one = median(taken)
        timed(Decision(by="iran", does="suspend", commitment="accord/report-3", occurred="2019-04-20"))
        begun = process_time()
        assess(several, journal, as_of=AS_OF).table("commitments")
        return {"seconds": one, "rare": taken[-1], "anew": process_time() - begun}


def merged(size: int, folder: Path) -> dict[str, float]:
    """Measure the merge of two journals of this size, beside as many rows inserted."""
    from storing import Raw, rows_of
    from synthetic import records

    written = records(size)
    with opened(folder / "one.db") as one, opened(folder / "other.db") as other:
        one.extend(written)
        other.extend(another_side(written))
    rows = rows_of(folder / "other.db")
    with closing(Raw(folder / "rows.db")) as raw:
        raw.insert_all(rows_of(folder / "one.db"))
        shifted = [((r[0] + size, *r[1:]), (b[0] + size, *b[1:])) for r, b in rows]
        begun = process_time()
        raw.insert_all(shifted)
        floor = process_time() - begun
    with opened(folder / "one.db") as one:
        clock, begun = perf_counter(), process_time()
        added = one.merge(folder / "other.db").added
        computing, waited = process_time() - begun, perf_counter() - clock
    if added != size:
        raise AssertionError("every record of the other journal is new in this one")
    return {"seconds": computing, "floor": floor, "clock": waited}


ALONE: Final[dict[str, Callable[[int, Path], dict[str, float]]]] = {
    work.__name__: work
    for work in (made, one_by_one, in_bulk, verified, assessed, at_once, scanned, replayed, one_more, merged)
}


#: What is done once on the small journal before it is measured.
READY: Final = frozenset({"in_bulk", "verified", "assessed", "at_once", "scanned", "replayed"})


def alone(what: str, size: int, folder: str | Path) -> dict[str, float]:
    """Measure in a process of its own."""
    return in_its_own_process(__file__, what, str(size), str(folder))


def by_turns(names: Iterable[str], size: int, folder: Path, rounds: int) -> dict[str, list[dict[str, float]]]:
    """Measure several things by turns, each in a process of its own."""
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    for _ in range(rounds):
        for name, found in runs.items():
            found.append(alone(name, size, folder))
    return runs


# The lines of the table.


def durable(size: int, folder: Path) -> list[Line]:
    """Tell what one durable record costs beside the same bytes inserted bare, and beside the peer's event."""
    run = alone("one_by_one", size, folder)
    own, peer, goal = run["ours"], run["peer"], GOALS["one beside"]
    left = 1e6 * (peer / goal - run["raw"])
    more = 1e6 * (own - run["raw"])
    return [
        Line(
            "one durable record beside raw sqlite3",
            f"{run['raw'] / own:.2f} of its rate ({1 / own:,.0f}/s against {1 / run['raw']:,.0f}/s)",
            "–",
            True,
            f"the disk, {1e6 * run['raw']:,.0f} µs, and {1e6 * run['ours computing']:,.0f} µs of computing: "
            "reading the chain's end, canonical JSON, two SHA-256, triggers",
        ),
        Line(
            "the floor: one bare value beside eventsourcing",
            f"{peer / run['bare']:.2f} times; {peer / run['raw']:.2f} the bare rows of a journal",
            "–",
            True,
            f"the disk: {1e6 * run['bare']:,.0f} and {1e6 * run['raw']:,.0f} µs; to be {goal} times as fast "
            f"leaves {left:,.0f} µs for all that a journal does beside its bare rows",
        ),
        Line(
            "one durable record beside eventsourcing",
            f"{peer / own:.2f} times ({1 / own:,.0f}/s against {1 / peer:,.0f}/s)",
            f"≥ {goal}",
            peer / own >= goal,
            f"both wait for the disk once a record; beside its bare rows a journal takes {more:,.0f} µs",
        ),
        Line(
            "the same, computing alone",
            f"{run['peer computing'] / run['ours computing']:.2f} times "
            f"({1e6 * run['ours computing']:,.0f} µs against {1e6 * run['peer computing']:,.0f} µs)",
            "–",
            True,
            "what follows a wait for the disk finds the caches of the processor cold, for both",
        ),
    ]


def ratio(
    over: list[dict[str, float]], under: list[dict[str, float]], key: str = "seconds"
) -> tuple[float, str]:
    """Return how often the least of one thing is that of another, and between which it lay by turns."""
    each = [one[key] / other[key] for one, other in zip(over, under, strict=True)]
    return least(key, *over) / least(key, *under), f"{min(each):.2f} to {max(each):.2f}"


def bulk(size: int, folder: Path) -> Line:
    """Tell what `extend` does beside the batch of the peer."""
    runs = by_turns(["in_bulk"], size, folder, ROUNDS)["in_bulk"]
    own, peer = least("ours", *runs), least("peer", *runs)
    each = [run["peer"] / run["ours"] for run in runs]
    return Line(
        f"extend beside eventsourcing's batch, {size:,}",
        f"{peer / own:.2f} times ({min(each):.2f} to {max(each):.2f}; "
        f"{size / own:,.0f}/s against {size / peer:,.0f}/s)",
        f"≥ {GOALS['bulk']}",
        peer / own >= GOALS["bulk"],
        "each record is checked, copied, made JSON twice, hashed three times; each row passes its triggers",
    )


def reading(size: int, folder: Path) -> list[Line]:
    """Tell what opening, verifying and assessing cost beside replaying, and beside the floor."""
    if size != SMALL:
        alone("made", size, folder)
    rounds = 1 if size > SIZE else ROUNDS
    runs = by_turns(("scanned", "verified", "replayed", "at_once"), size, folder, rounds)
    highest = alone("assessed", size, folder)["peak"]
    high = least("peak", *runs["verified"])

    def beside(what: str, mine: str, goal: float | None, limit: str) -> Line:
        found, turns = ratio(runs["replayed"], runs[mine])
        own, peer = (size / least("seconds", *runs[name]) for name in (mine, "replayed"))
        figure = f"{found:.2f} times ({turns}; {own:,.0f}/s against {peer:,.0f}/s)"
        return Line(what, figure, "–" if goal is None else f"≥ {goal}", goal is None or found >= goal, limit)

    def above(what: str, mine: str, goal: float, limit: str) -> Line:
        found, turns = ratio(runs[mine], runs["scanned"])
        own, floor = (least("seconds", *runs[name]) for name in (mine, "scanned"))
        figure = f"{found:.2f} times ({turns}; {own:.1f} s against {floor:.1f} s)"
        return Line(what, figure, f"≤ {goal}", found <= goal, limit)

    def held(what: str, most: float, goal: float, limit: str) -> Line:
        return Line(what, f"{most:,.0f} MB", f"≤ {goal:.0f} MB", most <= goal, limit)

    checking = "each row is read, hashed three times, proven canonical and looked up field by field"
    assessing = "assessing (see benchmarks/assessing.py), and making each record"
    return [
        beside(f"open + verify beside eventsourcing, {size:,}", "verified", None, checking),
        above("open + verify above the floor", "verified", GOALS["floor"], checking),
        held("open + verify, peak memory", high, GOALS["verify memory"], "a row at a time, whatever size"),
        beside(f"open + verify + assess, {size:,}", "at_once", GOALS["replay"], assessing),
        above("open + verify + assess above the floor", "at_once", GOALS["whole floor"], assessing),
        held("open + assess, peak memory", highest, GOALS["memory"], "an assessment keeps every record"),
    ]


def status(size: int, folder: Path) -> list[Line]:
    """Tell what one record more and a fresh status cost on a large journal and on a small one."""
    run = alone("one_more", size, folder)
    large, small = run["seconds"], alone("one_more", SMALL, folder)["seconds"]
    return [
        Line(
            f"one record more and a status, on {size:,}",
            f"{1000 * large:,.1f} ms",
            f"≤ {GOALS['status']:.0f} ms",
            1000 * large <= GOALS["status"],
            "writing the record, and making the rows into a table: what it bears on are a few of them",
        ),
        Line(
            f"the same beside on {SMALL:,}",
            f"{large / small:.1f} times ({1000 * small:,.1f} ms)",
            f"≤ {GOALS['growth']}",
            large / small <= GOALS["growth"],
            "nothing of it hangs on how many records there are",
        ),
        Line(
            f"a decision more and a status, on {size:,}",
            f"{1000 * run['rare']:,.0f} ms ({100 * run['rare'] / run['anew']:.0f} % of all anew)",
            "–",
            True,
            "it may change more than rows: what is known is gone through once, to tell which of it stands",
        ),
    ]


def merging(size: int, folder: Path) -> Line:
    """Tell what a merge costs beside inserting as many rows."""
    run = alone("merged", size, folder)
    return Line(
        f"merge of two journals of {size:,}",
        f"{size / run['seconds']:,.0f}/s, {run['seconds'] / run['floor']:.1f} times as long as bare rows",
        "–",
        True,
        f"each link is checked before it is let in; others cannot write for these {run['clock']:.1f} s",
    )


def main(arguments: Any = None) -> None:
    """Measure everything, and print each line as it is known."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("size", nargs="?", type=int, default=SIZE)
    parser.add_argument("--alone", nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.alone:
        what, size, folder = asked.alone
        if what in READY and int(size) != SMALL:
            ALONE[what](SMALL, Path(folder))
        print(json.dumps(ALONE[what](int(size), Path(folder))))
        return
    size = asked.size
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        alone("made", SMALL, folder)
        show(durable(max(min(size, SIZE) // 50, 20), folder))
        show([bulk(min(size, SIZE), folder), merging(min(size, SIZE), folder)])
        show(reading(size, folder))
        show(status(size, folder))


if __name__ == "__main__":
    main()
