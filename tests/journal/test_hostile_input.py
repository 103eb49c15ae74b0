"""Hostile files: no line brings a traceback, costs a good line, or makes a reader grow without bound."""

import json
import random
import tracemalloc

import pytest
from journal_contract import EVIDENCE, Clock, shelling
from merging_contract import line
from thorough import THOROUGH

from ceasefire.journal import Journal
from ceasefire.record import Correction, Finding, Tally, read_records, write_records

LINES = 100_000 if THOROUGH else 1_500


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """Return good lines, as bytes: those of a journal with their proofs, and some written by hand."""
    path = tmp_path_factory.mktemp("good") / "good.jsonl"
    with Journal.in_memory("russia", clock=Clock()) as journal:
        for n in range(5):
            journal.record(
                shelling(text=f"«{n}» 🚑", zone="idlib", killed={"best": n}, place={"lat": "35.9"}),
                Finding(on=f"russia/{n + 1}", outcome="confirmed", attributed_to=["a", "b"]),
                Tally(period="2017-05-14", count=n, by_zone={"idlib": n}, said_by="iran", evidence=EVIDENCE),
            )
        journal.record(Correction(of="russia/1", set={"zone": None, "accused": ["x"]}, unset=["killed"]))
        journal.copy(path)
    by_hand = [line(by="iran", id=f"iran/{n}", text=f"by hand {n}").encode() for n in range(1, 6)]
    return [*path.read_bytes().splitlines(), *by_hand]


def _cut(chance, data, _):
    return data[: chance.randrange(len(data))]


def _doubled(_, data, __):
    return data + data


def _flipped(chance, data, _):
    place = chance.randrange(len(data))
    return data[:place] + bytes([data[place] ^ (1 << chance.randrange(8))]) + data[place + 1 :]


def _noise(chance, _, __):
    return chance.randbytes(chance.randrange(1, 80)).replace(b"\n", b" ").replace(b"\r", b" ")


def _spliced(chance, data, other):
    return data[: chance.randrange(len(data))] + other[chance.randrange(len(other)) :]


def _deep(chance, _, __):
    depth = chance.choice([10, 33, 1_000, 100_000])
    opening, closing = chance.choice([(b"[", b"]"), (b'{"a":', b"}")])
    return b'{"kind":"incident","by":"x","act":' + opening * depth + b"1" + closing * depth + b"}"


def _twice(chance, data, _):
    obj = json.loads(data)
    key = chance.choice(list(obj))
    return data[:-1] + b"," + json.dumps(key).encode() + b":" + json.dumps(obj[key]).encode() + b"}"


ODD = [
    None, True, -1, 0, 1.5, 2**53, -(2**63), 10**400, "", " ", "\ud800", "x" * 10_000, [], {}, [[]], {"a": {}},
    float("nan"), float("inf"), "2017-05-14T10:00:00", "9999-99-99", "now", "russia/17@", "\u0000", "\u202e",
]  # fmt: skip


def _retyped(chance, data, _):
    """Put an odd value into some field, at the top or in the proof."""
    obj = json.loads(data)
    inner = obj.get("proof", obj) if chance.random() < 0.4 else obj
    inner[chance.choice([*inner, "by", "id", "kind", "proof", "absent", "said_by", "seal"])] = chance.choice(
        ODD
    )
    return json.dumps(obj).encode()


def _replaced(chance, data, other):
    """Take some fields from another line: a foreign author, number, hash, salt."""
    obj, donor = json.loads(data), json.loads(other)
    mine, theirs = (obj, donor) if chance.random() < 0.5 else (obj.get("proof", {}), donor.get("proof", {}))
    for key in chance.sample(sorted(theirs), min(len(theirs), 2)):
        mine[key] = theirs[key]
    return json.dumps(obj).encode()


MUTATIONS = (_cut, _doubled, _flipped, _noise, _spliced, _deep, _twice, _retyped, _replaced)


def hostile(good, chance):
    """Return a line that somebody made to break a reader."""
    data, other = chance.choice(good), chance.choice(good)
    made = chance.choice(MUTATIONS)(chance, data, other)
    if chance.random() < 0.2 and made[:1] == b"{":
        made = _flipped(chance, made, other)
    return made.replace(b"\n", b" ").replace(b"\r", b" ")


def mixed(path, good, seed):
    """Write a file of hostile lines with every good line among them."""
    chance = random.Random(seed)  # noqa: S311 - the same lines each time
    lines = [hostile(good, chance) for _ in range(LINES)]
    for one in good:
        lines.insert(chance.randrange(len(lines)), one)
    path.write_bytes(b"#\n" + b"\n".join(lines) + b"\n")
    return path


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_stands_between_them_every_good_line_is_read(tmp_path, good, seed):
    """Cut, doubled, retyped, nested, spliced, foreign: told by their numbers, and nothing that was good is lost.

    A line that was changed and still is a record is one without a proof of the original:
    it cannot pass for it.
    """
    path = mixed(tmp_path / "hostile.jsonl", good, seed)
    records = read_records(path)
    proven = {record.proof.hash: record for record in records if record.proof is not None}
    for one in good:
        obj = json.loads(one)
        if "proof" in obj:
            assert proven[bytes.fromhex(obj["proof"]["hash"])].text == obj.get("text")
    assert len(proven) == sum(b'"proof"' in one for one in good)
    assert {m.line for m in records.mistakes} <= set(range(1, LINES + len(good) + 2))
    assert all(len(mistake.what) < 400 for mistake in records.mistakes)


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_stands_between_them_every_good_line_is_merged(tmp_path, good, seed):
    """No chain has a record that was not hashed so, none of the true ones is missing, and nobody forked."""
    path = mixed(tmp_path / "hostile.jsonl", good, seed)
    with Journal.in_memory("turkey") as journal:
        merged = journal.merge(path)
        assert merged.refused
        assert journal.forks() == journal.gaps() == journal.verify() == ()
        chained = [record for record in journal if record.proof.chained]
        assert [record.id for record in chained] == [f"russia/{n}" for n in range(1, 17)]
        assert {f"by hand {n}" for n in range(1, 6)} <= {getattr(r, "text", None) for r in journal}
        assert journal.merge(path).added == 0
        assert not any(record.by == "turkey" for record in journal)
        journal.copy(tmp_path / "copy.jsonl")
        with Journal.in_memory() as other:
            assert other.merge(tmp_path / "copy.jsonl").refused == ()
            assert [(r, r.proof) for r in other] == [(r, r.proof) for r in journal]


@pytest.mark.parametrize("use", ["read", "merge"])
def test_a_huge_line_is_told_and_not_loaded(tmp_path, good, use):
    """Fifty megabytes without an end of line: a few pieces of it are in memory, never all."""
    path = tmp_path / "huge.jsonl"
    with path.open("wb") as file:
        file.write(good[0] + b'\n{"kind":"incident","text":"')
        for _ in range(50):
            file.write(b"x" * 1024 * 1024)
        file.write(b'"}\n' + good[1] + b"\n")
    tracemalloc.start()
    try:
        if use == "read":
            found = read_records(path)
            records, mistakes = list(found), found.mistakes
        else:
            with Journal.in_memory() as journal:
                mistakes = journal.merge(path).refused
                records = list(journal)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert [record.id for record in records] == ["russia/1", "russia/2"]
    assert [mistake.line for mistake in mistakes] == [2]
    assert peak < 40 * 1024 * 1024


def test_a_merge_needs_no_more_memory_for_more_lines(tmp_path):
    """The lines of a file with proofs go into the journal one by one: a longer file takes no more room."""
    peaks = []
    for length in (200, 1_600):
        path = tmp_path / f"{length}.jsonl"
        with Journal.in_memory("russia", clock=Clock()) as journal:
            journal.extend(shelling(text="x" * 2_000) for _ in range(length))
            write_records(path, journal)
        with Journal.open(tmp_path / f"{length}.db") as journal:
            tracemalloc.start()
            try:
                assert journal.merge(path).added == length
                peaks.append(tracemalloc.get_traced_memory()[1])
            finally:
                tracemalloc.stop()
    assert peaks[1] < 2 * peaks[0] + 1024 * 1024


def test_forks_made_in_numbers_take_no_more_than_their_share(tmp_path):
    """Eighty histories of one chain are one fork, with eighty records as proof and eighty ends."""
    with Journal.in_memory() as journal:
        base = Journal.in_memory("russia", clock=Clock())
        base.record(shelling())
        for n in range(80):
            other = Journal.in_memory("russia", clock=Clock())
            other.merge(base)
            other.record(shelling(text=f"{n}"), shelling(text=f"{n} more"))
            journal.merge(other)
        [fork] = journal.forks()
        assert len(fork.records) == 80
        assert len({record.id for record in journal}) == 161
        assert [fault.kind for fault in journal.verify()] == ["forked"]
        assert len(journal.heads()) == 80
