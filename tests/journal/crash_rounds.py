"""Writers killed at random moments, one round after another: a program of its own, as it forks.

    python crash_rounds.py JOURNAL ROUNDS SEED

In each round a child opens the journal and writes, by turns one record at a time, many
at once, a merge, an erasure; it tells each thing through a pipe once the journal has
acknowledged it. It is killed with SIGKILL after a random moment. Then the journal is
opened again: everything acknowledged must be there, no batch in part, every chain
whole. What was seen is printed as JSON.
"""

import json
import os
import random
import signal
import sys
import time

from ceasefire.journal import Journal
from ceasefire.record import Incident, write_records

BATCH = 40


def write(path, source, pipe, turn):
    """Write until killed, and tell each thing that is acknowledged."""
    with Journal.open(path, author="russia") as journal:
        while True:
            if turn % 4 == 0:
                told = f"batch {journal.extend(act(f'batch of {BATCH}') for _ in range(BATCH))[-1].id}"
            elif turn % 4 == 1 and turn % 3 == 0:
                journal.merge(source)
                told = "merged"
            elif turn % 4 == 2 and turn % 5 == 0:
                name = journal.record(act(f"secret {turn}"))[0].id
                journal.erase(name, "a name")
                told = f"erased {name}"
            else:
                told = f"record {journal.record(act('one'))[0].id}"
            os.write(pipe, f"{told}\n".encode())
            turn += 1


def act(text):
    """Return something to write."""
    return Incident(occurred="2017-05-14", act="attack", text=text)


def killed(path, source, chance, turn):
    """Let a child write, kill it at a random moment, and return what it had told."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            write(path, source, writing, turn)
        finally:
            os._exit(1)
    os.close(writing)
    time.sleep(chance.uniform(0.0, 0.12))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the writer ended by itself"
    told = b""
    while piece := os.read(reading, 1 << 16):
        told += piece
    os.close(reading)
    return told.decode().splitlines()


def checked(path, told, theirs):
    """Open the journal again and return what is wrong with it, as sentences."""
    wrong = []
    with Journal.open(path, author="russia") as journal:
        records = {record.id: record for record in journal}
        wrong += [str(fault) for fault in journal.verify()]
        wrong += [str(gap) for gap in journal.gaps()]
    for line in told:
        what, _, name = line.partition(" ")
        if what in ("record", "batch", "erased") and name not in records:
            wrong.append(f"{name} was acknowledged and is not there")
        elif what == "erased" and records[name].kind != "absent":
            wrong.append(f"{name} was erased and is there")
    merged = sum(record.by == "turkey" for record in records.values())
    if merged not in (0, theirs) or ("merged" in told and merged != theirs):
        wrong.append(f"{merged} of {theirs} records of a merge are there")
    batches = sum(getattr(record, "text", None) == f"batch of {BATCH}" for record in records.values())
    if batches % BATCH:
        wrong.append(f"{batches % BATCH} records of a batch are there")
    return wrong, len(records)


def main(path, rounds, seed):
    """Run all rounds and print what was seen."""
    chance = random.Random(seed)  # noqa: S311 - the same moments each time, as far as the machine allows
    source = f"{path}.jsonl"
    with Journal.in_memory("turkey") as turkish:
        turkish.extend(act("theirs") for _ in range(30))
        write_records(source, turkish)
    seen = {"rounds": 0, "acknowledged": 0, "records": 0, "wrong": []}
    at = path
    for turn in range(rounds):
        if turn % 15 == 0:  # a short journal is read through quickly after each round
            at = f"{path}-{turn}"
        told = killed(at, source, chance, turn)
        wrong, seen["records"] = checked(at, told, 30)
        seen["wrong"] += [f"round {turn}: {one}" for one in wrong]
        seen["acknowledged"] += len(told)
        seen["rounds"] += 1
    print(json.dumps(seen))  # noqa: T201 - a program's output


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
