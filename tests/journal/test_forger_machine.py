"""Three honest parties, and one who has every file, recomputes every hash and has no key.

Two of the three have declared keys, and seal. The forger rewrites, forks, extends, leaves
gaps, dates at will, replays and cuts, and hands what comes of it to whom it likes. What
must hold of each party's journal is read from what was truly written and sealed, and from
nothing that the journal says.
"""

import re
import shutil
import tempfile
from itertools import count
from pathlib import Path

import forging
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from journal_contract import Clock, shelling
from sealing_contract import RUSSIA, TRUCE, TURKEY
from thorough import THOROUGH

from ceasefire.assessment import assess
from ceasefire.assessment.result.view import view_of
from ceasefire.errors import CeasefireError, JournalError, NotAdopted
from ceasefire.instruments import agreement
from ceasefire.journal import Journal
from ceasefire.record import Branch, Finding, Withdrawal, write_records
from ceasefire.reporting import report

SIDES = ("iran", "russia", "turkey")
KEYS = {"russia": RUSSIA, "turkey": TURKEY}
sides = st.sampled_from(SIDES)
MORE = """
[[mechanism]]
id = "joint"
members = ["turkey"]
rule = "consensus"
[[commitment]]
id = "cease"
summary = "No attacks."
owed_by = ["iran"]
duty = "refrain"
acts = ["attack"]
"""
#: What the forger makes its victims say.
WORDS = (
    {"kind": "incident", "act": "attack", "occurred": "2017-05-14", "accused": ["iran"]},
    {"kind": "finding", "on": "russia/1", "outcome": "confirmed", "attributed_to": ["iran"]},
    {"kind": "finding", "on": "turkey/1", "outcome": "refuted"},
    {"kind": "withdrawal", "of": "russia/1"},
    {"kind": "withdrawal", "of": "turkey/1"},
    {"kind": "correction", "of": "turkey/1", "set": {"accused": ["russia"]}},
)


class Forger(RuleBasedStateMachine):
    """What a forger gets past."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="forger"))
        (self.folder / "truce.toml").write_text(TRUCE + MORE, encoding="utf-8")
        self.truce = agreement(self.folder / "truce.toml")
        self.clock = Clock()
        salts = count()
        self.open = {
            side: Journal.in_memory(
                side, self.truce, clock=self.clock, salt=lambda: next(salts).to_bytes(16, "big")
            )
            for side in SIDES
        }
        #: By hash, the author and number of what the parties truly wrote.
        self.written = {}
        #: By author, the hashes and numbers that it sealed.
        self.sealed = {side: {} for side in SIDES}
        #: By hash, what was forged.
        self.forged = {}
        #: Every line that the forger has seen or made, by its hash.
        self.seen = {}
        self.seals = {}
        self.names = count()
        #: By party, how much its journal held and what that added up to.
        self.found = {}

    def teardown(self):
        """Remove the files."""
        shutil.rmtree(self.folder)

    def _write(self, side, *records):
        for record in self.open[side].record(*records):
            self.written[record.proof.hash.hex()] = (side, record.proof.number)
        self._look(side)

    def _look(self, side):
        """Let the forger read a journal."""
        path = self.folder / f"seen-{next(self.names)}.jsonl"
        write_records(path, self.open[side])
        for line in forging.read(path):
            if "seal" in line:
                self.seals[line["seal"]["signature"]] = line
            else:
                self.seen.setdefault(line["proof"]["hash"], line)

    @initialize()
    def begin(self):
        """Everybody has written, and holds what the others wrote; those with keys have sealed."""
        for side in SIDES:
            self._write(side, shelling(accused="iran", text=side), shelling(text="elsewhere"))
            self.seal(side)
        for side in SIDES:
            for other in SIDES:
                self.meet(side, other)

    @rule(side=sides, word=st.integers(0, 2))
    def write(self, side, word):
        """A party writes: an act, a finding, or that it takes back what it said."""
        said = (
            shelling(text="more"),
            Finding(on="russia/1", outcome="confirmed", attributed_to="iran"),
            Withdrawal(of=f"{side}/2"),
        )
        try:
            self._write(side, said[word])
        except CeasefireError:
            assert word == 2  # taken back before, or its number is forked

    @rule(side=sides)
    def seal(self, side):
        """A party with a key seals what it wrote, and leaves behind what it did not."""
        if side not in KEYS:
            return
        journal = self.open[side]
        while (refused := self._refused(journal, KEYS[side])) is not None:
            named = refused.records if isinstance(refused, NotAdopted) else ()
            assert not {self._hash(side, name) for name in named} & self.written.keys()
            self._write(side, Branch(keep=re.search('keep="(.*?)"', str(refused))[1]))
        made = journal.seal(KEYS[side])
        lines = {record.proof.hash.hex(): record.proof for record in journal}
        covered = self._down(made.head.hex(), lines)
        assert covered <= self.written.keys(), "a party has sealed what it did not write"
        self.sealed[side] |= {at: lines[at].number for at in covered}
        own = {hashed for hashed, (by, _) in self.written.items() if by == side}
        for hashed in own - self.sealed[side].keys():
            assert self._down(hashed, lines) & self.forged.keys(), (
                "left behind, and it followed nothing forged"
            )
        self._look(side)

    def _down(self, at, lines):
        """Return the hashes from a record back to the first, or to one that is not here."""
        found = set()
        while at in lines:
            found.add(at)
            at = None if lines[at].previous is None else lines[at].previous.hex()
        return found

    def _refused(self, journal, key):
        """Return the error that names what a seal would cover, or what stands, and what its author writes."""
        try:
            journal.seal(key)
        except JournalError as error:
            return error
        return None

    def _hash(self, side, name):
        return self.open[side].get(name).proof.hash.hex()

    @rule(side=sides, other=sides)
    def meet(self, side, other):
        """A party merges what another holds, forged or not."""
        self.open[side].merge(self.open[other])

    @rule(
        side=sides,
        which=st.integers(0, 200),
        word=st.sampled_from(WORDS),
        how=st.sampled_from(["rewrite", "fork", "extend", "settle", "gap", "far"]),
        recorded=st.sampled_from(["2017-05-14T10:00:00Z", "1999-01-01T00:00:00Z", "2999-12-31T00:00:00Z"]),
        cut=st.integers(0, 3),
    )
    def forge(self, side, which, word, how, recorded, cut):
        """The forger hands a party a file: one line of its own among true ones, of which it leaves some out."""
        lines = sorted(self.seen.values(), key=forging.canonical)
        base = lines[which % len(lines)]
        number, previous = base["proof"]["number"], base["proof"]["previous"]
        said = dict(word, by=base["by"], recorded=recorded)
        if how == "rewrite":
            mine = forging.forged(base | {"text": "forged"}) if base["kind"] != "absent" else base
        elif how == "fork":
            mine = forging.forged(said, number, previous)
        elif how == "extend":
            mine = forging.after(base, **said)
        elif how == "settle":
            keep = f"{base['id'].partition('@')[0]}@{base['proof']['hash'][:12]}"
            mine = forging.after(base, kind="branch", keep=keep, recorded=recorded)
        else:
            mine = forging.forged(said, number + (2 if how == "gap" else 5_000), "ab" * 32)
        if mine["proof"]["hash"] not in self.written:
            self.forged[mine["proof"]["hash"]] = (mine["by"], mine["proof"]["number"])
        self.seen[mine["proof"]["hash"]] = mine
        others = [line for n, line in enumerate(lines) if line is not base and (n + which) % 4 >= cut]
        replayed = list(self.seals.values())[which % (len(self.seals) + 1) :]
        path = forging.write(self.folder / f"f{next(self.names)}.jsonl", [*others, mine, mine, *replayed])
        assert self.open[side].merge(path).refused == ()

    def _status(self, journal):
        """Return what a journal adds up to; found anew once something came to it."""
        held = (len(list(journal)), len(journal.seals()))
        if self.found.get(journal.author, (None,))[0] != held:
            self.found[journal.author] = held, assess(self.truce, journal, as_of="2017-06-01")
        return self.found[journal.author][1]

    def _ids(self, journal):
        return {record.id: record.proof.hash.hex() for record in journal}

    @invariant()
    def what_is_sealed_keeps_its_effect(self):
        """No record that its author sealed is without effect, where the seal is held and all between the two."""
        for journal in self.open.values():
            lines = {record.proof.hash.hex(): record.proof for record in journal}
            heads = {seal.head.hex() for seal in journal.seals()}
            ids, divided = self._ids(journal), view_of(self._status(journal)).whole.asked.chains
            without = {ids[name] for name in (*divided.without_effect, *divided.excluded)}
            for side, sealed in self.sealed.items():
                covered = {at for head in heads & sealed.keys() for at in self._down(head, lines)}
                assert not covered & without, (side, covered & without)

    @invariant()
    def nothing_forged_stands_against_what_is_sealed(self):
        """A forged record of a number that is sealed, its seal and the true record being here, has no effect."""
        for journal in self.open.values():
            ids, heads = self._ids(journal), {seal.head.hex() for seal in journal.seals()}
            status = self._status(journal)
            out = {ids[name] for name in view_of(status).whole.asked.chains.excluded}
            here = set(ids.values())
            for side, sealed in self.sealed.items():
                top = max((sealed[head] for head in heads if head in sealed and head in here), default=0)
                down = {number for hashed, number in sealed.items() if number <= top and hashed in here}
                while top and top in down:
                    top -= 1
                numbers = {n for n in down if n > top}
                false = {h for h, (by, n) in self.forged.items() if by == side and n in numbers and h in here}
                assert false <= out, (side, false - out)

    @invariant()
    def every_forgery_in_the_name_of_one_with_a_key_is_told(self):
        """As a second history, or as a record under no seal."""
        for journal in self.open.values():
            ids = self._ids(journal)
            status = self._status(journal)
            told = {ids[p["record"]] for p in status.table("problems") if p["record"] in ids}
            told |= {ids[name] for one in status.sealed for name in one.unsealed if name in ids}
            told |= {r.proof.hash.hex() for fork in journal.forks() for r in (*fork.records, *fork.followers)}
            here = {h for h, (by, _) in self.forged.items() if by in KEYS and h in ids.values()}
            assert here <= told

    @invariant()
    def verify_is_clean_only_where_no_record_was_changed(self):
        """Where a record follows another than is here, and no key settles it, verify says so."""
        for journal in self.open.values():
            proofs = [(record.by, record.proof) for record in journal]
            here = {(by, proof.number) for by, proof in proofs}
            hashes = {(by, proof.number, proof.hash) for by, proof in proofs}
            changed = {
                by
                for by, p in proofs
                if (by, p.number - 1) in here and (by, p.number - 1, p.previous) not in hashes
            }
            told = {fork.author for fork in journal.forks() if fork.missing}
            blamed = {(fault.record or "").rpartition("/")[0] for fault in journal.verify()}
            for author in changed:
                assert author in told
                settled = all(fork.kept for fork in journal.forks() if fork.author == author and fork.missing)
                assert settled or (author in blamed and author not in journal.heads())

    @rule(side=sides)
    def read(self, side):
        """Whatever was merged, every call answers."""
        journal = self.open[side]
        status = assess(self.truce, journal, as_of="2017-06-01")
        assert report(status, audience="public").to_markdown()
        assert report(status).to_json()
        for audience in (None, "public"):
            path = self.folder / f"copy-{next(self.names)}.db"
            journal.copy(path, audience)
            with Journal.open(path) as copy:
                assert len(list(copy)) == len(journal)
                assert audience or copy.heads() == Journal(journal._store).heads()  # noqa: SLF001 - no keys
            assert Journal.in_memory().merge(path).refused == ()

    @rule(side=sides, other=sides)
    def merge_in_any_order(self, side, other):
        """By either format: the same bytes."""
        made = []
        for order in ((side, other), (other, side)):
            journal = Journal.in_memory(agreements=self.truce, clock=Clock("2017-07-01T00:00:00Z"))
            for n, one in enumerate(order):
                path = self.folder / f"part-{next(self.names)}{'.db' if (n + len(made)) % 2 else '.jsonl'}"
                self.open[one].copy(path)
                journal.merge(path, at="2017-07-01T00:00:00Z")
            path = self.folder / f"whole-{next(self.names)}.jsonl"
            write_records(path, journal)
            made.append((path.read_bytes(), journal.heads(), journal.forks()))
        assert made[0] == made[1]


TestForger = Forger.TestCase
TestForger.settings = settings(
    max_examples=2_000 if THOROUGH else 10, stateful_step_count=20 if THOROUGH else 10, deadline=None
)
