"""What every store does with the records of others: one suite, which a few lines subclass per store."""

import json
from itertools import permutations

import pytest
from attrs import evolve
from journal_contract import EVIDENCE, Clock, shelling

from ceasefire.clock import instant
from ceasefire.errors import JournalError, UnreadableFile
from ceasefire.journal import Journal
from ceasefire.record import (
    Branch,
    Correction,
    Finding,
    Tally,
    Withdrawal,
    from_json,
    read_records,
    to_json,
    write_records,
)
from ceasefire.record.json import files


def side(author, *records, **settings):
    """Return a journal in memory in which an author has written records."""
    journal = Journal.in_memory(author, clock=Clock(), **settings)
    journal.extend(records or [shelling(zone=f"{author}-{n}") for n in range(3)])
    return journal


def restored(journal, length):
    """Return the backup of a journal: what it held when it was so many records long."""
    links = list(journal._store.arrivals())[:length]  # noqa: SLF001 - a backup holds the same bytes
    copy = Journal.in_memory(journal.author, clock=Clock("2017-06-01T00:00:00Z"))
    with copy._store.writing():  # noqa: SLF001 - the same
        for link in links:
            copy._store.add(link)  # noqa: SLF001 - the same
    return copy


def forked():
    """Return two journals of the Russian side that were one up to its second record."""
    one = side("russia", *(shelling(zone=f"z{n}") for n in range(2)))
    other = restored(one, 2)
    one.record(shelling(zone="a"), Finding(on="turkey/1", outcome="confirmed"))
    other.record(shelling(zone="b"))
    return one, other


def held(journal):
    """Return everything that is the same in two journals that hold the same: not when it came."""
    return [(record, record.proof) for record in journal]


def line(**fields):
    """Return a hand-written line."""
    written = {"kind": "incident", "by": "russia", "recorded": "2017-05-14T10:00:00+03:00"}
    return json.dumps({**written, "occurred": "2017-05-14", "act": "attack", **fields})


class MergingContract:
    """What a merge does, whatever the journal is kept in. A subclass says how one is made."""

    @pytest.fixture
    def opened(self, tmp_path):
        """Return a function that opens a journal of this kind, a new one for each name."""
        raise NotImplementedError

    @pytest.fixture
    def journal(self, opened):
        """The Turkish side's journal, its clock standing in June 2017."""
        with opened(author="turkey", clock=Clock("2017-06-01T00:00:00Z")) as journal:
            yield journal

    # What comes in

    @pytest.mark.parametrize("kept", ["journal", "proven.jsonl", "by-hand.jsonl"])
    def test_a_record_that_could_not_be_passed_on_is_told(self, journal, tmp_path, monkeypatch, kept):
        """What fits no line of a file is refused, wherever it comes from; all else comes in."""
        russia = side("russia", shelling(), shelling(text="x" * 3500), shelling())
        if kept == "proven.jsonl":
            russia.copy(tmp_path / kept)
        else:
            lines = [line(), line(text="x" * 3500), line()]
            (tmp_path / "by-hand.jsonl").write_text("\n".join(lines), encoding="utf-8")
        monkeypatch.setattr(files, "LONGEST_LINE", 4000)
        merged = journal.merge(russia if kept == "journal" else tmp_path / kept)
        assert merged.added == 2
        assert ["evidence" in mistake.what for mistake in merged.refused] == [True]
        assert [record.id for record in journal] == ["russia/1", "russia/3"]

    def test_the_records_of_another_come_in_as_they_are(self, journal):
        """Ids, words, hashes and order; only when they were received is the journal's own."""
        russian = side("russia", shelling(text="«Idlib»"), Correction(of="russia/1", set={"zone": "hama"}))
        journal.record(shelling())
        merged = journal.merge(russian)
        assert (merged.added, merged.held, merged.refused) == (2, 0, ())
        assert [record.id for record in journal] == ["russia/1", "russia/2", "turkey/1"]
        assert held(journal)[:2] == held(russian)
        assert journal.heads()["russia"] == russian.heads()["russia"]
        assert journal.verify() == ()

    def test_a_journal_file_and_a_record_file_bring_the_same(self, tmp_path, opened):
        """Whichever way records travel, they arrive with their proof."""
        with Journal.open(tmp_path / "russia.db", author="russia", clock=Clock()) as russian:
            russian.record(shelling(text="«Idlib» 🚑"), Finding(on="russia/1", outcome="confirmed"))
            expected = held(russian)
            write_records(tmp_path / "from-russia.jsonl", russian)
        for name in ("russia.db", "from-russia.jsonl"):
            with opened(name, author="turkey") as journal:
                assert journal.merge(tmp_path / name).added == 2
                assert held(journal) == expected
                assert journal.verify() == ()

    def test_merging_twice_adds_nothing(self, journal):
        """P42: a merge is idempotent, and what is held keeps the instant it was received."""
        russian = side("russia")
        journal.merge(russian)
        before = [(record, record.received) for record in journal]
        merged = journal.merge(russian)
        assert (merged.added, merged.held) == (0, 3)
        assert [(record, record.received) for record in journal] == before

    def test_a_journal_merged_with_itself_stays_as_it_is(self, journal):
        """It holds all that it holds."""
        journal.record(shelling())
        assert journal.merge(journal).held == 1

    def test_all_of_one_merge_is_received_at_one_instant(self, journal):
        """The merging journal's clock, not the author's; or the instant given."""
        journal.merge(side("russia"), at="2017-05-31T12:00:00+03:00")
        journal.merge(side("iran"))
        received = {record.by: record.received for record in journal}
        assert received["russia"] == instant("2017-05-31T09:00:00Z")
        assert received["iran"] == instant("2017-06-01T00:00:02Z")
        assert len({(record.by, record.received) for record in journal}) == 2

    def test_p32_what_is_merged_later_was_not_known_before(self, journal):
        """Nothing is received before what is held already, whatever `at` says."""
        journal.merge(side("russia"), at="2017-05-20T00:00:00Z")
        before = journal.known_at("2017-05-21")
        journal.merge(side("iran"), at="2017-05-01T00:00:00Z")
        assert {record.received for record in journal} == {instant("2017-05-20T00:00:00Z")}
        assert journal.known_at("2017-05-19") == ()
        assert [record for record in journal.known_at("2017-05-21") if record.by == "russia"] == list(before)
        with pytest.raises(JournalError, match="future"):
            journal.merge(side("iran"), at="2107-05-14T20:00:00Z")

    def test_p40_p41_p43_the_order_of_merges_never_matters(self, opened):
        """All permutations of three sides end in one set: the union, nothing lost, nothing invented."""
        sides = [side("russia"), side("iran"), side("turkey")]
        expected = sorted((r for s in sides for r in s), key=lambda record: record.id)
        seen = []
        for n, order in enumerate(permutations(sides)):
            with opened(f"order-{n}") as journal:
                for one in order:
                    journal.merge(one)
                seen.append(held(journal))
                assert sorted(journal, key=lambda record: record.id) == expected
        assert all(one == seen[0] for one in seen)

    def test_others_may_answer_each_other(self, journal):
        """Three journals exchanged both ways hold the same in the end."""
        russian, iranian = side("russia"), side("iran")
        journal.merge(russian)
        journal.record(Finding(on="russia/1", outcome="refuted"))
        iranian.merge(journal)
        iranian.record(Finding(on="russia/1", outcome="confirmed"))
        for one in (russian, journal):
            one.merge(iranian)
        assert held(russian) == held(iranian) == held(journal)

    def test_progress_is_told_and_ends_with_the_number_looked_at(self, journal):
        """A long merge tells how far it is."""
        told = []
        journal.merge(side("russia", *(shelling() for _ in range(2_500))), progress=told.append)
        assert told == [1_000, 2_000, 2_500]

    def test_a_merge_that_fails_adds_nothing(self, journal):
        """All or nothing, as with every write."""

        def failing(looked_at):
            raise ZeroDivisionError(looked_at)

        with pytest.raises(ZeroDivisionError):
            journal.merge(side("russia"), progress=failing)
        assert len(journal) == 0
        assert journal.merge(side("russia")).added == 3

    # Gaps

    def test_p48_a_gap_is_pending_and_heals(self, journal, tmp_path):
        """A copy with holes is no fault and accuses nobody; what was missing fills it."""
        russian = side("russia", *(shelling(zone=f"z{n}") for n in range(9)))
        records = list(russian)
        for part, gaps in (
            ([3, 4], ["russia/1 to russia/3 have not arrived"]),
            ([8], ["russia/1 to russia/3 have not arrived", "russia/6 to russia/8 have not arrived"]),
            ([1, 2, 6], ["russia/1 has not arrived", "russia/6 has not arrived", "russia/8 has not arrived"]),
            ([0, 5, 7], []),
        ):
            write_records(tmp_path / "part.jsonl", [records[n] for n in part])
            merged = journal.merge(tmp_path / "part.jsonl")
            assert [str(gap) for gap in merged.gaps] == gaps
            assert journal.gaps() == merged.gaps
            assert journal.verify() == ()
        assert held(journal) == held(russian)

    def test_the_order_of_lines_never_matters(self, opened, tmp_path):
        """A file whose newest records stand first heals within one merge."""
        russian = side("russia", *(shelling(zone=f"z{n}") for n in range(4)))
        for n, order in enumerate(permutations(russian)):
            write_records(tmp_path / "from-russia.jsonl", order)
            with opened(f"order-{n}") as journal:
                assert journal.merge(tmp_path / "from-russia.jsonl").gaps == ()
                assert held(journal) == held(russian)

    # Forks

    def test_p47_a_fork_is_found_in_every_order_with_its_proof(self, opened):
        """Both histories are kept; the two records of one number prove it."""
        one, other = forked()
        seen = []
        for n, order in enumerate(((one, other), (other, one))):
            with opened(f"order-{n}", author="turkey") as journal:
                for part in order:
                    merged = journal.merge(part)
                [fork] = merged.forks
                assert journal.forks() == (fork,)
                assert (fork.author, fork.number, fork.kept) == ("russia", 3, None)
                assert {record.zone for record in fork.records} == {"a", "b"}
                assert all(record.proof.previous == fork.records[0].proof.previous for record in fork.records)
                assert [(fault.record, fault.kind) for fault in journal.verify()] == [("russia/3", "forked")]
                seen.append(held(journal))
        assert seen[0] == seen[1]

    def test_of_a_forked_number_the_bare_id_names_neither(self, journal):
        """The ids have `@` and 12 digits of the hash; the others stay as they are."""
        one, other = forked()
        journal.merge(one)
        assert journal.get("russia/3").zone == "a"
        journal.merge(other)
        ids = [record.id for record in journal]
        assert ids[:2] + ids[4:] == ["russia/1", "russia/2", "russia/4"]
        assert journal.get("russia/3") is None
        for name in ids[2:4]:
            record = journal.get(name)
            assert record.id == name == f"russia/3@{record.proof.hash.hex()[:12]}"
            assert journal.get(f"russia/3@{record.proof.hash.hex()}") == record

    def test_the_proof_of_a_fork_is_a_file_anybody_can_check(self, journal, opened, tmp_path):
        """The two records alone show it, without anything before them."""
        for part in forked():
            journal.merge(part)
        write_records(tmp_path / "proof.jsonl", journal.forks()[0].records)
        assert [record.id for record in read_records(tmp_path / "proof.jsonl")] == [
            record.id for record in journal.forks()[0].records
        ]
        with opened("third", author="iran") as third:
            assert third.merge(tmp_path / "proof.jsonl").forks == journal.forks()

    def test_an_author_settles_its_fork_by_naming_the_branch_that_stands(self, journal):
        """From then on no fault is told; both histories stay, and the chain goes on where it stands."""
        one, other = forked()
        one.merge(other)
        assert one.verify()[0].kind == "forked"
        kept = next(record for record in one if record.zone == "b")
        (word,) = one.record(Branch(keep=kept.proof.hash.hex()))
        assert (word.id, word.proof.previous) == (f"russia/4@{word.proof.hash.hex()[:12]}", kept.proof.hash)
        assert one.verify() == ()
        assert [fork.kept for fork in one.forks()] == [kept.id]
        assert len(one) == 6
        assert one.record(shelling())[0].id == "russia/5"
        assert one.heads()["russia"] == list(one)[-1].proof.hash.hex()
        journal.merge(one)
        assert [fork.kept for fork in journal.forks()] == [kept.id]
        assert held(journal) == held(one)

    def test_the_head_of_a_fork_is_no_head_of_the_author(self, journal):
        """Each end is told with its digits, until the author names one."""
        one, other = forked()
        ends = {one.heads()["russia"], other.heads()["russia"]}
        for part in (one, other):
            journal.merge(part)
        assert set(journal.heads().values()) == ends
        assert set(journal.heads()) == {f"russia@{end[:12]}" for end in ends}

    def test_the_latest_word_on_a_fork_counts(self, journal):
        """An author may change its mind; on which side it says so makes no difference."""
        one, other = forked()
        one.merge(other)
        a, b = (next(r for r in one if r.zone == zone) for zone in "ab")
        one.record(Branch(keep=a.proof.hash.hex()))
        assert [fork.kept for fork in one.forks()] == [a.id]
        one.record(Branch(keep=b.id))
        assert [fork.kept for fork in one.forks()] == [b.id]
        journal.merge(one)
        assert [fork.kept for fork in journal.forks()] == [b.id]

    def test_a_branch_record_that_names_nothing_settles_nothing(self):
        """Too few digits, or a hash of no branch: the fork stays open."""
        one, other = forked()
        one.merge(other)
        one.record(Branch(keep="ab"), Branch(keep="0" * 64))
        assert [fork.kept for fork in one.forks()] == [None]

    def test_p49_a_restored_backup_that_did_not_write_is_no_fork(self, journal):
        """Honest copies, old and new, in any order, accuse nobody."""
        russian = side("russia")
        for length in (2, 3, 1, 0):
            journal.merge(restored(russian, length))
            assert journal.verify() == journal.forks() == ()

    def test_a_restored_backup_gets_its_own_records_back_from_others(self, journal):
        """What it lost comes home, is told as its own, and its chain goes on without a fork."""
        russian = side("russia")
        journal.merge(russian)
        backup = restored(russian, 1)
        merged = backup.merge(journal)
        assert merged.own == ("russia/2", "russia/3")
        assert backup.record(shelling())[0].id == "russia/4"
        assert journal.merge(backup).forks == ()

    # What is not let in

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            (lambda link: {"head": link.head.replace(b"russia", b"Russia")}, "envelope or its hash"),
            (lambda _: {"hash": bytes(32)}, "envelope or its hash"),
            (lambda link: {"body": link.body.replace(b"z1", b"z9")}, "body or its salt"),
            (lambda _: {"salt": bytes(16)}, "body or its salt"),
            (lambda _: {"author": "iran"}, "author or number"),
            (lambda _: {"number": 7}, "author or number"),
            (lambda _: {"target": "russia/1"}, "what it is found under"),
            (lambda _: {"head": b"{}"}, "none of this format"),
        ],
    )
    def test_what_is_not_as_it_was_hashed_is_refused_and_told(self, journal, change, sentence):
        """The others come in, and the gap stays open for the true one."""
        russian = side("russia", *(shelling(zone=f"z{n}") for n in range(3)))
        links = list(russian._store.links())  # noqa: SLF001 - somebody tampers with them
        tampered = evolve(links[1], **change(links[1]))
        russian._store.links = lambda: iter([links[0], tampered, links[2]])  # noqa: SLF001 - the same
        merged = journal.merge(russian)
        assert [sentence in mistake.what for mistake in merged.refused] == [True]
        assert [record.id for record in journal] == ["russia/1", "russia/3"]
        assert (journal.verify(), [str(gap) for gap in journal.gaps()]) == ((), ["russia/2 has not arrived"])
        del russian._store.links  # noqa: SLF001 - the true ones again
        assert journal.merge(russian).added == 1
        assert held(journal) == held(russian)

    def test_a_changed_line_is_refused_with_its_number(self, journal, tmp_path):
        """Whatever was changed in it: words, envelope, or the proof itself."""
        path = tmp_path / "from-russia.jsonl"
        write_records(path, side("russia", shelling(zone="z1", text="as it was")))
        good = json.loads(path.read_text(encoding="utf-8"))
        proof = good["proof"]
        changed = [
            {**good, "text": "as it was not"},
            {**good, "recorded": "2017-05-15T00:00:02Z"},
            {**good, "by": "iran"},
            {**good, "release": "public"},
            {**good, "zone": None},
            {**good, "proof": {**proof, "number": 2}},
            {**good, "proof": {**proof, "salt": "00" * 16}},
            {**good, "proof": {**proof, "previous": "ab" * 32}},
            {**good, "proof": {**proof, "hash": "ab" * 32}},
            {**good, "proof": {**proof, "format": 2}},
            {**good, "proof": {**proof, "hash": proof["hash"].upper()}},
            {**good, "proof": {**proof, "more": 1}},
            {**good, "proof": "none"},
            {**good, "proof": {**proof, "body_digest": "ab" * 32}},
            {**good, "proof": {k: v for k, v in proof.items() if k != "salt"} | {"body_digest": "ab" * 32}},
        ]
        text = "\n".join(json.dumps(obj) for obj in [*changed, good])
        path.write_text(text, encoding="utf-8")
        merged = journal.merge(path)
        assert [mistake.line for mistake in merged.refused] == list(range(1, len(changed) + 1))
        assert [record.text for record in journal] == ["as it was"]
        read = read_records(path)
        assert [mistake.line for mistake in read.mistakes] == list(range(1, len(changed) + 1))
        assert [record.text for record in read] == ["as it was"]

    def test_a_file_that_is_not_there_is_one_error(self, journal, tmp_path):
        """Also a folder, and a database that is no journal."""
        with pytest.raises(UnreadableFile):
            journal.merge(tmp_path / "missing.jsonl")
        with pytest.raises(UnreadableFile):
            journal.merge(tmp_path)
        (tmp_path / "x.jsonl").write_bytes(b"SQLite format 3\0 and nothing else")
        with pytest.raises(JournalError):
            journal.merge(tmp_path / "x.jsonl")

    # Files that somebody wrote by hand

    def test_a_hand_written_file_comes_in_under_its_ids(self, journal, tmp_path):
        """The records are there to be judged; the chain says nothing of them."""
        path = tmp_path / "from-russia.jsonl"
        path.write_text("\n".join([line(id="russia/17", zone="idlib"), line(), "{"]), encoding="utf-8")
        merged = journal.merge(path)
        assert (merged.added, merged.gaps, merged.forks) == (2, (), ())
        assert [mistake.line for mistake in merged.refused] == [3]
        assert [record.id for record in journal] == ["russia/2", "russia/17"]
        assert journal.record(Finding(on="russia/17", outcome="confirmed"))[0].on == "russia/17"
        assert journal.verify() == ()
        assert [record.proof.chained for record in journal] == [False, False, True]

    def test_a_hand_written_file_twice_adds_nothing(self, journal, opened, tmp_path):
        """Also in another journal, from a copy with more lines, or in lines of another order of fields."""
        path = tmp_path / "from-russia.jsonl"
        path.write_text(line(id="russia/1", zone="idlib"), encoding="utf-8")
        journal.merge(path)
        path.write_text(line(zone="idlib", id="russia/1") + "\n" + line(id="russia/2"), encoding="utf-8")
        merged = journal.merge(path)
        assert (merged.added, merged.held) == (1, 1)
        with opened("another", author="iran") as other:
            other.merge(path)
            assert held(other) == held(journal)
            assert other.merge(journal).added == 0

    def test_hand_written_names_become_numbers_and_still_point_at_each_other(self, journal, tmp_path):
        """Names of their own are not the journal's: they get numbers beyond those in use."""
        path = tmp_path / "from-russia.jsonl"
        answer = {"kind": "finding", "by": "iran", "recorded": "2017-05-15T00:00:00Z", "on": "the-bridge"}
        path.write_text(
            "\n".join(
                [line(id="the-bridge"), json.dumps({**answer, "outcome": "refuted"}), line(id="russia/4")]
            ),
            encoding="utf-8",
        )
        journal.merge(path)
        assert [(record.id, getattr(record, "on", None)) for record in journal] == [
            ("iran/1", "russia/5"), ("russia/4", None), ("russia/5", None),
        ]  # fmt: skip

    def test_p49_a_hand_written_file_never_makes_a_fork(self, opened, tmp_path):
        """It proves nothing: when the author's own chain comes, that one has the ids, in any order."""
        russian = side("russia", shelling(zone="true"), shelling(zone="same"))
        same = {name: value for name, value in to_json(list(russian)[1]).items() if name != "received"}
        path = tmp_path / "hearsay.jsonl"
        path.write_text(line(id="russia/1", zone="false") + "\n" + json.dumps(same), encoding="utf-8")
        seen = []
        for n, order in enumerate(((path, russian), (russian, path))):
            with opened(f"order-{n}", author="turkey") as journal:
                for part in order:
                    journal.merge(part)
                assert journal.forks() == journal.verify() == ()
                assert journal.heads() == russian.heads()
                assert journal.get("russia/1").zone == "true"
                assert journal.get("russia/2").proof.chained
                assert sorted(record.zone for record in journal) == ["false", "same", "true"]
                seen.append(held(journal))
        assert seen[0] == seen[1]

    def test_nobody_puts_words_into_this_journals_mouth(self, journal, tmp_path):
        """A line in its own name without a proof is refused: it is written with record."""
        path = tmp_path / "from-russia.jsonl"
        path.write_text(line(by="turkey", id="turkey/1") + "\n" + line(id="russia/1"), encoding="utf-8")
        merged = journal.merge(path)
        assert [mistake.line for mistake in merged.refused] == [1]
        assert "in your own name" in merged.refused[0].what
        assert [record.id for record in journal] == ["russia/1"]
        collected = Journal.in_memory()
        collected.merge(path)
        again = journal.merge(collected)
        assert (again.added, "in your own name" in again.refused[0].what) == (0, True)

    def test_all_kinds_come_through_a_file(self, journal, tmp_path):
        """Field by field, with corrections, withdrawals and relays."""
        russian = side(
            "russia",
            shelling(killed={"best": 0}, place={"lat": "35.9"}, timezone="Asia/Damascus", release="public"),
            Correction(of="russia/1", set={"zone": None, "accused": ["x"]}, unset=["killed"]),
            Withdrawal(of="russia/2"),
            Tally(period="2017-05-14", count=0, by_zone={"idlib": 0}, said_by="turkey", evidence=EVIDENCE),
        )
        write_records(tmp_path / "from-russia.jsonl", russian)
        journal.merge(tmp_path / "from-russia.jsonl")
        assert [to_json(record) for record in journal] == [
            to_json(evolve(record, received=journal.get(record.id).received)) for record in russian
        ]

    def test_a_record_changed_by_hand_is_written_without_a_proof(self, tmp_path):
        """Who leaves a name out makes another record, of which the chain says nothing."""
        [record] = side("russia", shelling(text="a name"))
        write_records(tmp_path / "x.jsonl", [evolve(record, text="no name")])
        [read] = read_records(tmp_path / "x.jsonl")
        assert (read.proof, read.text, read.id) == (None, "no name", "russia/1")
        assert from_json(to_json(record)).proof is None
