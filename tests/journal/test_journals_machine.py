"""Three journals in every order of writing, merging, losing and erasing, held against plain sets (P40-P49, P52).

The model knows of each record its author, its number, the record before it and
whether it has words; a journal is a set of records, and a set of those whose words
it holds. Nothing else: whatever the order, the journals must come to hold just that.
"""

import random
import shutil
import tempfile
from collections import defaultdict
from hashlib import sha256
from itertools import count
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from journal_contract import Clock, shelling
from thorough import THOROUGH

from ceasefire.journal import Journal
from ceasefire.record import Branch, write_records

SIDES = ("iran", "russia", "turkey")
sides = st.sampled_from(SIDES)


class Journals(RuleBasedStateMachine):
    """Three journals in files, and the sets that they should be."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="journals"))
        self.clock = Clock()
        self.salts = count()  # not random: the same steps give the same hashes, and the same order of forks
        self.open = {side: self._opened(side) for side in SIDES}
        #: By hash: author, number, hash of the record before.
        self.records = {}
        self.held = {side: set() for side in SIDES}
        self.worded = {side: set() for side in SIDES}
        self.erased = {side: set() for side in SIDES}
        self.backups = {}
        #: By author, the hashes that its branch records name, as journals hold them.
        self.words = {}

    def _opened(self, side):
        path = self.folder / f"{side}.db"
        return Journal.open(path, author=side, clock=self.clock, salt=self._salt)

    def _salt(self):
        return sha256(f"salt {next(self.salts)}".encode()).digest()[:16]

    def teardown(self):
        """Close and remove everything."""
        for journal in self.open.values():
            journal.close()
        shutil.rmtree(self.folder)

    def _learn(self, side, written):
        for record in written:
            self.records[record.proof.hash] = (record.by, record.proof.number, record.proof.previous)
            self.held[side].add(record.proof.hash)
            self.worded[side].add(record.proof.hash)

    def _unite(self, side, hashes, worded):
        self.held[side] |= hashes
        self.worded[side] |= worded - self.erased[side]

    def _doubles(self, side):
        """Return the numbers that several records of an author have, held or named by one that is held."""
        found = defaultdict(set)
        for hashed in self.held[side]:
            by, number, _ = self.records[hashed]
            found[by, number].add(hashed)
        for hashed in self.held[side]:
            by, number, previous = self.records[hashed]
            if previous is not None and (by, number - 1) in found:
                found[by, number - 1].add(previous)
        return {place: hashes for place, hashes in found.items() if len(hashes) > 1}

    @rule(side=sides, count=st.integers(1, 3))
    def write(self, side, count):
        """A side writes; its newest record follows one that it holds, with the next number (P45)."""
        written = self.open[side].record(*(shelling(text=f"{side} {n}") for n in range(count)))
        for record in written:
            previous = record.proof.previous
            if previous is not None:
                assert previous in self.held[side]
                assert self.records[previous][:2] == (side, record.proof.number - 1)
            self._learn(side, [record])

    @initialize()
    def begin(self):
        """Each side has written something, and each holds what the others wrote."""
        for side in SIDES:
            self.write(side, 2)
        for side in SIDES:
            for other in SIDES:
                self.merge(side, other)

    @rule(side=sides, other=sides, lost=st.integers(1, 3), met=st.booleans())
    def fall_back(self, side, other, lost, met):
        """Another holds all that a side has; the side falls back to an older state, writes on, and they meet."""
        self.merge(other, side)
        links = list(self.open[side]._store.arrivals())  # noqa: SLF001 - of which an old backup had the first
        own = [place for place, link in enumerate(links) if link.author == side]
        links = links[: own[-min(lost, len(own))]] if own else links
        self.open[side].close()
        for name in (f"{side}.db", f"{side}.db-wal", f"{side}.db-shm"):
            (self.folder / name).unlink(missing_ok=True)
        self.open[side] = self._opened(side)
        store = self.open[side]._store  # noqa: SLF001 - the same
        with store.writing():
            for link in links:
                store.add(link)
            here = {link.hash for link in links}
            store.await_before(
                (link.author, link.number, link.hash)
                for link in links
                if self.records[link.hash][2] is not None and self.records[link.hash][2] not in here
            )
        self.held[side] = here
        self.worded[side] = {link.hash for link in links if link.body is not None}
        self.erased[side] = {link.hash for link in links if link.absent == "erased"}
        self.write(side, 1)
        if met:
            self.merge(side, other)

    @rule(side=sides, other=sides)
    def merge(self, side, other):
        """A side merges another's journal: a union of sets."""
        before = len(self.held[side])
        merged = self.open[side].merge(self.open[other])
        self._unite(side, self.held[other], self.worded[other])
        assert merged.added == len(self.held[side]) - before
        assert merged.refused == ()

    @rule(side=sides, other=sides, keep=st.integers(1, 4), seed=st.integers(0, 99))
    def merge_a_part(self, side, other, keep, seed):
        """A side merges a file with some of another's records, in any order: gaps, and no accusation."""
        lines = random.Random(seed)  # noqa: S311 - the same part each time
        part = [record for record in self.open[other] if lines.randrange(4) < keep]
        lines.shuffle(part)
        path = self.folder / "part.jsonl"
        write_records(path, part)
        assert self.open[side].merge(path).refused == ()
        hashes = {record.proof.hash for record in part}
        self._unite(side, hashes, hashes & self.worded[other])

    @rule(side=sides, audience=st.sampled_from(["public", None]), name=st.sampled_from(["c.db", "c.jsonl"]))
    def merge_a_copy_of_oneself(self, side, audience, name):
        """A copy, with or without words, brings nothing back and takes nothing away (P42)."""
        path = self.folder / name
        self.open[side].copy(path, audience)
        assert self.open[side].merge(path).added == 0
        path.unlink()

    @rule(side=sides)
    def back_up(self, side):
        """A side makes a backup of its journal."""
        path = self.folder / f"backup-{side}.db"
        path.unlink(missing_ok=True)
        self.open[side].copy(path)
        self.backups[side] = (set(self.held[side]), set(self.worded[side]), set(self.erased[side]))

    @precondition(lambda self: self.backups)
    @rule(side=sides)
    def restore(self, side):
        """A computer breaks, and the old backup is put back: what was written since is lost there."""
        if side not in self.backups:
            return
        self.open[side].close()
        for name in (f"{side}.db-wal", f"{side}.db-shm"):
            (self.folder / name).unlink(missing_ok=True)
        shutil.copy(self.folder / f"backup-{side}.db", self.folder / f"{side}.db")
        self.open[side] = self._opened(side)
        self.held[side], self.worded[side], self.erased[side] = map(set, self.backups[side])

    @rule(side=sides)
    def reopen(self, side):
        """A side closes its journal and opens it again (P52)."""
        self.open[side].close()
        self.open[side] = self._opened(side)

    @rule(side=sides, which=st.integers(0, 50))
    def erase(self, side, which):
        """A side erases the words of some record it holds, its own or another's."""
        records = [record for record in self.open[side] if record.proof.hash in self.worded[side]]
        records = [record for record in records if record.kind == "incident"]
        if not records:
            return
        record = records[which % len(records)]
        erasure = self.open[side].erase(record, "a name")
        self._learn(side, [erasure])
        self.worded[side].discard(record.proof.hash)
        self.erased[side].add(record.proof.hash)

    @precondition(lambda self: any(fork.kept is None for side in SIDES for fork in self.open[side].forks()))
    @rule(side=sides)
    def settle(self, side):
        """A side that finds two histories of its own names one at each fork that is open."""
        for fork in self.open[side].forks():
            if fork.author == side and fork.kept is None:
                record = fork.records[0]
                [word] = self.open[side].record(Branch(keep=record.proof.hash.hex()))
                self._learn(side, [word])
                assert word.proof.previous in self.held[side]
                assert record.id in [one.kept for one in self.open[side].forks()]

    @invariant()
    def each_journal_is_the_set_that_it_should_be(self):
        """Nothing lost, nothing invented, and no words that were erased (P43)."""
        for side in SIDES:
            records = list(self.open[side])
            assert {record.proof.hash for record in records} == self.held[side]
            assert len(records) == len(self.held[side]) == len({record.id for record in records})
            worded = {record.proof.hash for record in records if record.kind != "absent"}
            assert worded == self.worded[side]

    @invariant()
    def nobody_is_accused_who_did_not_fork(self):
        """What verify tells is the forks that nothing settles, and only those (P47, P49)."""
        for side in SIDES:
            journal = self.open[side]
            doubles = self._doubles(side)
            forks = journal.forks()
            assert {fork.author for fork in forks} == {author for author, _ in doubles}
            for fork in forks:
                assert {record.proof.hash for record in fork.records} <= doubles[fork.author, fork.number]
            told = sorted(  # of a history that is not here, the first record that follows it
                fork.followers[0].id if fork.followers else f"{fork.author}/{fork.number}"
                for fork in forks
                if fork.kept is None
            )
            faults = journal.verify()
            assert {fault.kind for fault in faults} <= {"forked"}
            assert sorted(fault.record for fault in faults) == told

    @invariant()
    def a_gap_is_what_has_not_come(self):
        """A record waits just as long as the one before it is not here (P48)."""
        for side in SIDES:
            waiting = {
                self.records[hashed][:2]
                for hashed in self.held[side]
                if self.records[hashed][2] is not None and self.records[hashed][2] not in self.held[side]
            }
            gaps = self.open[side].gaps()
            assert {(gap.author, gap.last + 1) for gap in gaps} == waiting

    @invariant()
    def who_holds_the_same_has_the_same_answer(self):
        """Equal sets give equal ids, heads and forks, however they came about (P40, P41).

        Whether words that are not here were erased here or by another is what each journal knows of itself.
        """
        for side in SIDES:
            for other in SIDES:
                if self.held[side] == self.held[other] and self.worded[side] == self.worded[other]:
                    one, two = self.open[side], self.open[other]
                    assert [record.id for record in one] == [record.id for record in two]
                    assert one.heads() == two.heads()
                    assert list(map(str, one.forks())) == list(map(str, two.forks()))
                    if self.erased[side] == self.erased[other]:
                        assert one.forks() == two.forks()


TestJournals = Journals.TestCase
TestJournals.settings = settings(
    max_examples=300 if THOROUGH else 12, stateful_step_count=30 if THOROUGH else 18
)
