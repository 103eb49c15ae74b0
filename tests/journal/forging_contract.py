"""What a journal withstands of somebody who can hand it any file, whatever it is kept in."""

import json
import re
from hashlib import sha256

import forging
import pytest
from journal_contract import Clock, shelling
from merging_contract import side
from sealing_contract import RUSSIA, TRUCE, TURKEY, told
from truce_of_two import confirmed

from ceasefire.assessment import assess
from ceasefire.errors import BadSeal, JournalError, NotAdopted
from ceasefire.instruments import agreement
from ceasefire.journal import Journal
from ceasefire.record import Branch, Correction, Finding, Withdrawal, write_records

MECHANISM = """
[[mechanism]]
id = "joint"
members = ["russia"]
rule = "consensus"
[[commitment]]
id = "cease"
summary = "No attacks."
owed_by = ["iran"]
duty = "refrain"
acts = ["attack"]
"""


def counted(store, monkeypatch):
    """Return a list to which each look into a store adds how many links it gave."""
    numbers = []

    def counting(look):
        def looked(*args, **asked):
            found = look(*args, **asked)
            numbers.append(len(found))
            return found

        return looked

    for name in ("find", "first_two", "starting"):
        monkeypatch.setattr(store, name, counting(getattr(store, name)))
    return numbers


class ForgingContract:
    """What a forger gets past. A subclass says how a journal is opened."""

    @pytest.fixture
    def opened(self, tmp_path):
        """Return a function that opens a journal of this kind, a new one for each name."""
        raise NotImplementedError

    @pytest.fixture
    def truce(self, tmp_path):
        """Return an agreement that declares keys of russia, who determines, and of turkey."""
        path = tmp_path / "truce.toml"
        path.write_text(TRUCE + MECHANISM, encoding="utf-8")
        return agreement(path)

    @pytest.fixture
    def russia(self):
        """Return the Russian side's journal: an act, that it was not iran, that it was minor; not sealed."""
        act = shelling(accused="iran", zone="idlib")
        journal = side("russia", act)
        journal.record(Finding(on="russia/1", outcome="refuted"), Finding(on="russia/1", severity="minor"))
        return journal

    @pytest.fixture
    def stick(self, tmp_path):
        """Return a function that writes what a journal holds, and returns the path and the lines."""

        def written(journal):
            write_records(tmp_path / "stick.jsonl", journal)
            return tmp_path / "stick.jsonl", forging.read(tmp_path / "stick.jsonl")

        return written

    # A link that does not fit

    @pytest.mark.parametrize("sealed", [False, True])
    def test_a_record_rewritten_with_its_own_hash_alone_is_told_and_decides_nothing(
        self, opened, russia, stick, truce, sealed
    ):
        """At the merge, by verify, in the result; and no head is given as vouching for that chain."""
        if sealed:
            russia.seal(RUSSIA)
        path, lines = stick(russia)
        lines[1] = forging.forged(lines[1], outcome="confirmed", attributed_to=["iran"])
        with opened(author="turkey", agreements=truce) as journal:
            merged = journal.merge(forging.write(path, lines))
            (fork,) = merged.forks
            assert (fork.number, fork.kept, fork.missing, fork.sealed) == (2, None, True, sealed)
            assert [record.id for record in fork.followers] == ["russia/3"]
            assert "russia/3 follows another russia/2, which is not here" in str(fork)
            assert told(journal.verify()) == [("russia/3", "forked")]
            assert journal.heads() == {}
            status = assess(truce, journal, as_of="2017-06-01")
            assert status.claim("russia/1").determination == "established"  # by its own word, as before both
            assert not any(p["counted"] for p in status.table("positions") if p["finding"] == "russia/2")
            assert "fork" in {p["code"] for p in status.table("problems") if p["record"] == "russia/3"}
            journal.merge(russia)
            assert told(journal.verify()) == ([] if sealed else [("russia/2", "forked")])
            assert assess(truce, journal, as_of="2017-06-01").claim("russia/1").determination == (
                "refuted" if sealed else "established"
            )

    def test_a_record_cut_off_under_its_seal_and_replaced_is_told(self, opened, russia, stick, truce):
        """The seal names the last record it vouches for; another in its place decides nothing."""
        russia.seal(RUSSIA)
        path, lines = stick(russia)
        lines[2] = forging.forged(lines[2], severity=None, outcome="confirmed", attributed_to=["iran"])
        with opened(agreements=truce) as journal:
            journal.merge(forging.write(path, lines))
            assert told(journal.verify()) == [("russia/3", "forked")]
            assert assess(truce, journal, as_of="2017-06-01").claim("russia/1").determination == "refuted"

    # What is sealed outranks what is not

    def test_a_forged_branch_record_takes_nothing_from_what_is_sealed(self, opened, russia, stick, truce):
        """A fork, and a word dated 2999 that keeps its forged side: neither has any effect, and both are told."""
        russia.seal(RUSSIA)
        path, lines = stick(russia)
        first = forging.forged(lines[0], accused=["turkey"])
        second = forging.after(first, kind="finding", on="russia/1", outcome="confirmed")
        keep = f"russia/1@{first['proof']['hash'][:12]}"
        word = forging.after(second, kind="branch", keep=keep) | {"recorded": "2999-12-31T00:00:00Z"}
        word = forging.forged(word, 3, second["proof"]["hash"])
        with opened(author="turkey", agreements=truce) as journal:
            journal.merge(russia)
            before = assess(truce, journal, as_of="2017-06-01").table("commitments")
            merged = journal.merge(forging.write(path, [first, second, word]))
            assert merged.added == 3
            (fork,) = merged.forks
            assert (fork.sealed, fork.kept[:9]) == (True, "russia/1@")
            assert journal.heads()["russia"] == russia.heads()["russia"]
            status = assess(truce, journal, as_of="2017-06-01")
            assert status.table("commitments") == before
            problems = [p["record"] for p in status.table("problems") if p["code"] == "fork"]
            assert len(problems) == 3
            assert journal.get(keep).accused == ("turkey",)

    def test_an_unsealed_word_changes_nothing_that_is_sealed(self, opened, russia, stick, truce):
        """A withdrawal, a correction and a finding after the newest sealed record: no effect until they are sealed."""
        russia.seal(RUSSIA)
        path, lines = stick(russia)
        third = lines[2]
        words = [
            {"kind": "withdrawal", "of": "russia/1"},
            {"kind": "correction", "of": "russia/1", "set": {"accused": ["turkey"]}},
            {"kind": "finding", "on": "russia/1", "outcome": "confirmed", "attributed_to": ["iran"]},
        ]
        with opened("before", agreements=truce) as journal:
            journal.merge(russia)
            before = assess(truce, journal, as_of="2017-06-01")
            for said in words:
                journal.merge(forging.write(path, [forging.after(third, **said)]))
            status = assess(truce, journal, as_of="2017-06-01")
            assert status.table("commitments") == before.table("commitments")
        for n, said in enumerate(words):
            with opened(f"alone-{n}", agreements=truce) as journal:
                journal.merge(russia)
                journal.merge(forging.write(path, [forging.after(third, **said)]))
                status = assess(truce, journal, as_of="2017-06-01")
                assert status.table("commitments") == before.table("commitments"), said
                assert ("russia/4", "unsealed") in {
                    (p["record"], p["code"]) for p in status.table("problems")
                }
        russia.record(Withdrawal(of="russia/1"))
        with opened("true", agreements=truce) as journal:
            journal.merge(russia)
            assert assess(truce, journal, as_of="2017-06-01").claim("russia/1").determination == "refuted"
            russia.seal(RUSSIA)
            journal.merge(russia)
            assert assess(truce, journal, as_of="2017-06-01").claim("russia/1").determination == "withdrawn"

    def test_nobody_else_opens_what_a_party_keeps_back(self, opened, stick, truce, tmp_path):
        """A forged correction of the release: no word of the record in a public report or copy, until it is sealed."""
        act = shelling(zone="idlib", release="author")
        russia = side("russia", act)
        russia.seal(RUSSIA)
        path, lines = stick(russia)
        word = forging.after(lines[0], kind="correction", of="russia/1", set={"release": "public"})
        opening = forging.forged(word | {"release": "public"}, 2, lines[0]["proof"]["hash"])
        with opened(agreements=truce) as journal:
            journal.merge(russia)
            journal.merge(forging.write(path, [opening]))
            status = assess(truce, journal, as_of="2017-06-01").for_audience("public")
            assert "russia/1" not in status.records
            journal.copy(tmp_path / "public.jsonl", "public")
            assert b"idlib" not in (tmp_path / "public.jsonl").read_bytes()
        russia.record(Correction(of="russia/1", set={"release": "public"}, release="public"))
        russia.seal(RUSSIA)
        with opened("true", agreements=truce) as journal:
            journal.merge(russia)
            assert "russia/1" in assess(truce, journal, as_of="2017-06-01").for_audience("public").records
            journal.copy(tmp_path / "opened.jsonl", "public")
            assert b"idlib" in (tmp_path / "opened.jsonl").read_bytes()

    def test_an_author_with_a_key_settles_a_fork_by_a_branch_under_seal(self, opened, russia, stick, truce):
        """Before it is sealed its word counts where it was written, and nowhere else."""
        path, lines = stick(russia)
        other = forging.forged(lines[0], accused=["turkey"])
        journal = Journal.in_memory("russia", truce, clock=Clock("2017-05-20T00:00:00Z"))
        for link in russia._store.arrivals():  # noqa: SLF001 - russia's own, opened with its agreements
            with journal._store.writing():  # noqa: SLF001 - the same
                journal._store.add(link)  # noqa: SLF001 - the same
        journal.merge(forging.write(path, [other]))
        with pytest.raises(JournalError, match="two histories"):
            journal.seal(RUSSIA)
        journal.record(Branch(keep=lines[0]["proof"]["hash"]))
        with opened(agreements=truce) as turkish:
            turkish.merge(journal)
            assert [fork.kept for fork in turkish.forks()] == [None]
            journal.seal(RUSSIA)
            turkish.merge(journal)
            (fork,) = turkish.forks()
            assert fork.sealed
            assert turkish.verify() == ()

    def test_from_a_file_only_the_chains_are_taken_that_it_is_trusted_for(self, opened, russia, stick):
        """Records and seals of others stay where they are, and whose they are is told."""
        turkey = side("turkey")
        turkey.merge(russia)
        turkey.seal(TURKEY)
        path, _ = stick(turkey)
        for name, source in (("lines", path), ("journal", turkey)):
            with opened(name) as journal:
                merged = journal.merge(source, authors=["russia"])
                assert (merged.added, merged.seals, merged.left_out) == (3, 0, ("turkey",))
                assert {record.by for record in journal} == {"russia"}
                assert journal.merge(source, authors="turkey").left_out == ("russia",)

    # Nobody signs what is not theirs

    def test_a_forged_record_in_ones_own_name_is_not_sealed_until_it_is_adopted(self, opened, stick):
        """It is named; adopted by name it is sealed; left behind by a branch record it is not."""
        for name, adopts in (("adopts", True), ("leaves", False)):
            with opened(name, author="russia", clock=Clock()) as journal:
                journal.record(shelling(), shelling())
                journal.seal(RUSSIA)
                path, lines = stick(journal)
                forgery = forging.after(lines[1], kind="incident", act="attack", occurred="2017-05-14")
                assert journal.merge(forging.write(path, [forgery])).own == ("russia/3",)
                with pytest.raises(NotAdopted, match=r'Branch\(keep="russia/2"\)') as caught:
                    journal.seal(RUSSIA)
                assert caught.value.records == ("russia/3",)
                with pytest.raises(NotAdopted, match="no record that this seal would cover"):
                    journal.seal(RUSSIA, adopt=["russia/9"])
                if adopts:
                    assert journal.seal(RUSSIA, adopt=["russia/3"]).head.hex() == forgery["proof"]["hash"]
                    continue
                [word] = journal.record(Branch(keep="russia/2"))
                assert (word.proof.number, word.proof.previous.hex()) == (3, lines[1]["proof"]["hash"])
                assert journal.seal(RUSSIA).head == word.proof.hash
                assert journal.verify() == ()
                (fork,) = journal.forks()
                assert fork.kept == word.id

    @pytest.mark.parametrize("how", ["a fork that is longer", "a number of mine after one that is not here"])
    def test_who_writes_on_goes_on_from_what_was_written_here(self, opened, stick, how):
        """And the error of a seal writes out the word that keeps it, whatever came by merge."""
        with opened(author="russia", clock=Clock()) as journal:
            journal.record(*(shelling(text=str(n)) for n in range(3)))
            path, lines = stick(journal)
            if how == "a fork that is longer":
                planted = [forging.forged(lines[1], text="forged")]
                for n in range(3):
                    planted.append(
                        forging.after(planted[-1], kind="incident", act="attack", occurred=f"2017-05-1{n}")
                    )
            else:
                planted = [forging.forged(lines[2], 3, "ab" * 32, text="forged")]
            journal.merge(forging.write(path, planted))
            [next_one] = journal.record(shelling(text="4"))
            assert (next_one.proof.number, next_one.proof.previous.hex()) == (4, lines[2]["proof"]["hash"])
            with pytest.raises(JournalError, match=r'as Branch\(keep="russia/4@') as caught:
                journal.seal(RUSSIA)
            journal.record(Branch(keep=re.search('keep="(.*?)"', str(caught.value))[1]))
            assert journal.seal(RUSSIA).length == 5
            assert journal.verify() == ()

    def test_what_was_written_after_a_forged_record_is_named_with_it(self, opened, stick):
        """It is left behind with that, and has to be written anew."""
        with opened(author="russia", clock=Clock()) as journal:
            journal.record(shelling())
            path, [first] = stick(journal)
            journal.merge(forging.write(path, [forging.after(first, kind="withdrawal", of="russia/1")]))
            journal.record(shelling())
            with pytest.raises(NotAdopted, match=r'keep="russia/1"\), and what .* anew: russia/3$'):
                journal.seal(RUSSIA)

    def test_a_number_that_several_have_means_to_its_author_the_one_written_here(self, opened, stick):
        """A forged record beside one's own, and one after it, are left behind by the number of one's own."""
        with opened(author="russia", clock=Clock()) as journal:
            journal.record(shelling(), shelling())
            path, lines = stick(journal)
            planted = [
                forging.forged(lines[1], text="forged"),
                forging.after(lines[1], kind="incident", act="attack", occurred="2017-05-14"),
            ]
            journal.merge(forging.write(path, planted))
            with pytest.raises(NotAdopted, match=r'Branch\(keep="russia/2"\)'):
                journal.seal(RUSSIA)
            [word] = journal.record(Branch(keep="russia/2"))
            assert word.proof.previous.hex() == lines[1]["proof"]["hash"]
            assert journal.seal(RUSSIA).head == word.proof.hash

    def test_a_chain_begun_by_somebody_else_is_left_behind_too(self, opened, stick):
        """There is no record to go on from: number 0."""
        path, lines = stick(side("russia"))
        with opened(author="russia", clock=Clock()) as journal:
            journal.merge(path)
            with pytest.raises(NotAdopted, match="russia/0"):
                journal.seal(RUSSIA)
            [word] = journal.record(Branch(keep="russia/0"))
            assert (word.proof.number, word.proof.previous) == (1, None)
            assert journal.record(shelling()).proof.number == 2
            assert journal.seal(RUSSIA).length == 2
            assert journal.verify() == ()
            assert lines[0]["proof"]["hash"] in {r.proof.hash.hex() for r in journal.forks()[0].records}

    def test_a_key_declared_for_somebody_else_never_seals(self, opened, truce):
        """Nor is a seal by it handed out that was made before the register was known."""
        with opened("j", author="russia", clock=Clock()) as journal:
            journal.record(shelling())
            journal.seal(TURKEY)
            journal._names = None  # noqa: SLF001 - opened again below
            store = journal._store  # noqa: SLF001 - the same journal, opened with its agreements
            again = Journal(store, "russia", truce, clock=Clock("2017-05-20T00:00:00Z"))
            with pytest.raises(BadSeal, match="declared for turkey"):
                again.seal(TURKEY)

    # Order never trusts a date

    def test_a_word_dated_after_it_was_received_is_outranked_by_any_other(self, opened, stick):
        """Of an author without a key: a branch record of 2999 settles nothing against a word of today."""
        russia = side("russia")
        path, lines = stick(russia)
        other = forging.forged(lines[0], zone="elsewhere")
        word = forging.after(other, kind="branch", keep=other["proof"]["hash"])
        word = forging.forged(word | {"recorded": "2999-12-31T00:00:00Z"}, 2, other["proof"]["hash"])
        russia.merge(forging.write(path, [other, word]))
        russia.record(Branch(keep=lines[0]["proof"]["hash"]))
        with opened() as journal:
            journal.merge(russia)
            assert [fork.kept for fork in journal.forks()] == [f"russia/1@{lines[0]['proof']['hash'][:12]}"]

    # One door

    @pytest.mark.parametrize(
        ("number", "previous"),
        [
            (2, None),
            (1, "ab" * 32),
            (7, None),
            (10**12 + 1, "ab" * 32),
            (2**53 - 1, "ab" * 32),
            (10**9 + 1, "00" * 32),
        ],
    )
    def test_a_number_that_no_chain_gives_is_refused_by_either_way(self, opened, tmp_path, number, previous):
        """A first that follows something, another that follows nothing, one beyond all bounds."""
        line = json.loads('{"kind":"incident","by":"iran","recorded":"2017-05-14T10:00:00Z","act":"attack"}')
        path = forging.write(
            tmp_path / "odd.jsonl", [forging.forged(line, number, previous, occurred="2017-05-14")]
        )
        with opened("a") as journal, opened("b") as other:
            merged = journal.merge(path)
            assert (merged.added, len(merged.refused)) == (0, 1)
            assert journal.verify() == other.merge(journal).refused == ()

    def test_an_absent_body_with_a_salt_is_refused(self, opened, tmp_path):
        """It would be let in as an empty body, which nobody can read."""
        line = {"kind": "incident", "by": "iran", "recorded": "2017-05-14T10:00:00Z"}
        poison = forging.forged(line, 1, None) | {"absent": "withheld"}
        with opened() as journal:
            merged = journal.merge(forging.write(tmp_path / "p.jsonl", [poison]))
            assert (merged.added, len(merged.refused), list(journal)) == (0, 1, [])

    def test_a_number_far_away_keeps_nobody_from_writing_and_sealing(self, opened, stick):
        """What lies beyond a gap of a thousand is kept, and not followed."""
        with opened(author="russia", clock=Clock()) as journal:
            journal.record(shelling())
            path, lines = stick(journal)
            journal.merge(forging.write(path, [forging.forged(lines[0], 10**12, "ab" * 32)]))
            assert journal.record(shelling()).id == "russia/2"
            assert journal.seal(RUSSIA).length == 2
            assert len(list(journal)) == 3
            far = [forging.forged(lines[0], number, "ab" * 32, text="far") for number in (10**6, 10**6 + 1)]
            journal.merge(forging.write(path, far))
            assert journal.record(shelling()).id == "russia/3"
            assert journal.seal(RUSSIA).length == 3

    def test_a_number_far_away_in_a_hand_written_file_keeps_nobody_from_writing(self, opened, tmp_path):
        """It is no number of a chain: the record gets one near the others, and the next one is let in too."""
        line = {"kind": "incident", "by": "iran", "recorded": "2017-05-14T10:00:00Z", "act": "attack"}
        lines = [line | {"id": name, "occurred": "2017-05-14"} for name in (f"iran/{10**12}", "bridge")]
        with opened("a") as journal, opened("b") as other:
            assert journal.merge(forging.write(tmp_path / "by-hand.jsonl", lines)).added == 2
            assert journal.record(shelling(by="iran")).id == "iran/3"
            assert [record.id for record in journal] == ["iran/1", "iran/2", "iran/3"]
            assert journal.verify() == other.merge(journal).refused == ()

    def test_a_record_that_follows_one_of_another_number_waits_for_the_one_before_it(self, opened, stick):
        """Its number says which that is: what never was here is no fault, and its absence is told."""
        with opened("a", author="russia", clock=Clock()) as journal, opened("b") as other:
            journal.record(shelling())
            path, [first] = stick(journal)
            merged = other.merge(
                forging.write(path, [first, forging.forged(first, 9, first["proof"]["hash"])])
            )
            assert [str(gap) for gap in merged.gaps] == ["russia/2 to russia/8 have not arrived"]
            assert other.verify() == ()

    def test_what_stands_before_a_gap_is_told_as_pending_beside_the_head(self, opened, stick):
        """The head is that of the true chain, and a page before it forged: of the next one it is told that it lacks."""
        with opened("a", author="russia", clock=Clock()) as journal, opened("b") as other:
            journal.record(*(shelling(text=str(n)) for n in range(4)))
            path, [first, second, _, fourth] = stick(journal)
            other.merge(forging.write(path, [first, forging.forged(second, text="forged"), fourth]))
            assert other.heads() == journal.heads()
            assert [str(gap) for gap in other.gaps()] == ["russia/3 has not arrived"]
            other.merge(journal)
            assert told(other.verify()) == [("russia/2", "forked")]

    def test_a_seal_by_a_key_of_nobody_is_told_as_such(self, opened, tmp_path):
        """Whoever has a key of its own may sign what never was: nothing says that the author did."""
        with opened("a") as journal, opened("b", author="iran") as forger:
            journal.merge(side("iran", shelling(), shelling()))
            forger.record(shelling(text="never was"))
            forger.seal(TURKEY)
            forger.copy(path := tmp_path / "forged.jsonl")
            journal.merge(forging.write(path, [line for line in forging.read(path) if "seal" in line]))
            [fault] = journal.verify()
            assert str(fault).endswith(f"{TURKEY.public}, of which nothing here says that it is that of iran")

    def test_thousands_of_one_number_are_merged_and_read(self, opened, tmp_path):
        """Each is held once, and each call answers."""
        line = {"kind": "incident", "by": "iran", "recorded": "2017-05-14T10:00:00Z", "act": "attack"}
        lines = [
            forging.forged(line | {"occurred": "2017-05-14", "text": str(n)}, 1, None) for n in range(600)
        ]
        with opened() as journal:
            assert journal.merge(forging.write(tmp_path / "many.jsonl", lines)).added == 600
            assert len(list(journal)) == 600
            assert told(journal.verify()) == [("iran/1", "forked")]

    def test_of_thousands_of_one_number_few_are_read_to_get_one(self, opened, tmp_path, monkeypatch):
        """By its id, by all its digits, or by the bare id, which names none: as many as tell it from the others."""
        line = {"kind": "incident", "by": "iran", "recorded": "2017-05-14T10:00:00Z", "act": "attack"}
        fields = line | {"occurred": "2017-05-14"}
        lines = [forging.forged(fields | {"text": str(n)}, 1, None) for n in range(150)]
        by_hand = {**fields, "id": "iran/2", "text": "by hand"}
        alone = forging.forged(fields | {"text": "alone"}, 2, lines[0]["proof"]["hash"])
        with opened() as journal:
            journal.merge(forging.write(tmp_path / "many.jsonl", [*lines, alone]))
            journal.merge(forging.write(tmp_path / "by_hand.jsonl", [by_hand]))
            records = list(journal)
            assert len(records) == 152
            proven = [record for record in records if record.proof.chained]
            assert len({record.id for record in proven}) == 151
            read = counted(journal._store, monkeypatch)  # noqa: SLF001 - what is read of it is counted
            for record in proven[::10]:
                assert journal.get(record.id).text == record.text
            assert journal.get(f"iran/1@{proven[0].proof.hash.hex()}").text == proven[0].text
            assert journal.get("iran/2").text == "alone"
            assert journal.get("iran/1") is None
            assert journal.get("iran/1@000000000000") is None
            assert max(read) <= 4
            assert sum(read) <= 4 * 20 * 3

    @pytest.mark.parametrize(
        "alike",
        [
            "russi\u0430",
            "Russia",
            "ru\u0455sia",
            "rus-sia",
            "russla",
            "russia\u034f",
            "\u3164russia",
            "ru\ufe0fssia",
        ],
    )
    def test_an_id_that_looks_like_another_is_told(self, opened, tmp_path, truce, alike):
        """It is another author, and comes in; of a party of the agreements, or of an author held here."""
        line = {"kind": "incident", "by": alike, "recorded": "2017-05-14T10:00:00Z", "act": "attack"}
        path = forging.write(
            tmp_path / "alike.jsonl", [forging.forged(line | {"occurred": "2017-05-14"}, 1, None)]
        )
        with opened("agreed", agreements=truce) as journal:
            merged = journal.merge(path)
            assert (merged.added, merged.look_alikes) == (1, ((alike, "russia"),))
        with opened("held") as journal:
            assert journal.merge(side("russia")).look_alikes == ()
            assert journal.merge(path).look_alikes == ((alike, "russia"),)

    # Withheld means withheld

    def test_a_public_copy_holds_nothing_that_a_public_report_leaves_out(self, opened, tmp_path):
        """Names of the accused, places and free text of what is not determined; who said what is withheld, and where."""
        words = (
            "witness-nadia",
            "Asia/Kabul",
            "secret",
            "iran",
            "35.1",
            "House 7",
            "free words",
            "the reason",
        )
        with opened(author="turkey", clock=Clock()) as journal:
            journal.record(
                shelling(
                    said_by="witness-nadia", timezone="Asia/Kabul", text="secret", evidence={"title": "t"}
                ),
                shelling(accused="iran", release="public"),
                shelling(place={"name": "House 7", "lat": "35.1", "lon": "36.2"}, release="public"),
                shelling(text="free words", release="public"),
                shelling(release="public", zone="idlib"),
            )
            journal.record(Correction(of="turkey/5", set={"accused": ["iran"]}, release="public"))
            journal.record(confirmed("turkey/5"))
            journal.erase("turkey/1", "the reason")
            for name in ("copy.jsonl", "copy.db"):
                copied = journal.copy(tmp_path / name, "public")
                found = copied.path.read_bytes()
                assert [word for word in words if word.encode() in found] == []
                assert (copied.left_out, copied.withheld) == (1, 6)
                with Journal.in_memory() as other:
                    other.merge(copied.path)
                    assert other.verify() == ()
                    assert other.get("turkey/5").zone == "idlib"
                    assert other.heads() == journal.heads()

    def test_what_was_written_by_hand_is_left_out_whole_where_its_words_are(self, opened, tmp_path):
        """Its salt is made from its words: from a digest they could be guessed."""
        path = tmp_path / "hand.jsonl"
        said = {"kind": "incident", "by": "desk", "recorded": "2017-05-14T10:00:00Z", "id": "desk/1"}
        path.write_bytes(
            forging.canonical(said | {"occurred": "2017-05-14", "act": "attack", "text": "4711"})
        )
        with opened(author="turkey", clock=Clock()) as journal:
            journal.merge(path)
            journal.erase("desk/1", "names a witness")
            assert journal.copy(tmp_path / "copy.jsonl", "mechanism").left_out == 1
            assert "desk" not in {line["by"] for line in forging.read(tmp_path / "copy.jsonl")}

    # The same bytes

    def test_merging_in_any_order_and_by_either_format_gives_the_same(
        self, opened, russia, stick, truce, tmp_path
    ):
        """Honest files and forged ones: the same records, ids, heads and forks."""
        russia.seal(RUSSIA)
        _, lines = stick(russia)
        first = forging.forged(lines[0], accused=["turkey"])
        far = forging.forged(lines[1], 9, "cd" * 32)
        forged = [first, forging.after(first, kind="withdrawal", of="russia/1"), far]
        honest = forging.write(tmp_path / "honest.jsonl", lines)
        lies = forging.write(tmp_path / "lies.jsonl", forged)
        with Journal.open(tmp_path / "lies.db") as database:
            database.merge(lies)
        found = set()
        for n, order in enumerate(
            [(honest, lies), (lies, honest), (tmp_path / "lies.db", honest), (russia, lies)]
        ):
            with opened(f"order-{n}", agreements=truce) as journal:
                for part in order:
                    journal.merge(part, at="2017-06-01T00:00:00Z")
                write_records(tmp_path / "out.jsonl", journal)
                digest = sha256((tmp_path / "out.jsonl").read_bytes()).hexdigest()
                status = assess(truce, journal, as_of="2017-06-02").to_dict() | {"made_from": None}
                found.add((digest, str(sorted(journal.heads().items())), str(journal.forks()), str(status)))
        assert len(found) == 1
