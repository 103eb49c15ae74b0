"""What every store does with seals: one suite, which a few lines subclass per store."""

import json
import sys
from itertools import permutations

import pytest
from attrs import evolve
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from journal_contract import Clock, shelling
from merging_contract import line, restored, side

from ceasefire.assessment import assess
from ceasefire.clock import instant
from ceasefire.errors import BadSeal, InvalidKey, JournalError, MissingExtra, NotAdopted
from ceasefire.instruments import agreement
from ceasefire.journal import Journal, SigningKey
from ceasefire.journal.chain.seal import make
from ceasefire.record import Branch, read_records, write_records

#: Private keys that are the same each time.
RUSSIA, RUSSIA_LATER, TURKEY, NOBODY = (
    SigningKey(Ed25519PrivateKey.from_private_bytes(bytes(31) + bytes([n]))) for n in range(4)
)
TRUCE = f"""
ceasefire = 1
id = "truce"
adopted = 2017-05-04
timezone = "UTC"

[[party]]
id = "russia"
[[party]]
id = "turkey"
[[party]]
id = "iran"

[[key]]
party = "russia"
key = "{RUSSIA.public}"
until = 2017-05-31
[[key]]
party = "russia"
key = "{RUSSIA_LATER.public}"
from = 2017-06-01
[[key]]
party = "turkey"
key = "{TURKEY.public}"
"""


def sealed(author="russia", key=RUSSIA, **settings):
    """Return a journal in memory with three records of an author, sealed in May 2017."""
    journal = side(author, **settings)
    journal.seal(key)
    return journal


def put(journal, seal):
    """Put a seal into a journal past everything that looks at it."""
    with journal._store.writing():  # noqa: SLF001 - as somebody would who has the file
        journal._store.add_seal(seal)  # noqa: SLF001 - the same
    return journal


def told(faults):
    """Return faults as record and kind."""
    return [(fault.record, fault.kind) for fault in faults]


def lines(path, journal):
    """Write a journal as a file of records, and return its lines."""
    write_records(path, journal)
    return path.read_text(encoding="utf-8").splitlines()


class SealingContract:
    """What a journal does with seals, whatever it is kept in. A subclass says how one is made."""

    @pytest.fixture
    def opened(self, tmp_path):
        """Return a function that opens a journal of this kind, a new one for each name."""
        raise NotImplementedError

    @pytest.fixture
    def journal(self, opened):
        """The Turkish side's journal, its clock standing in June 2017."""
        with opened(author="turkey", clock=Clock("2017-06-01T00:00:00Z")) as journal:
            yield journal

    @pytest.fixture
    def truce(self, tmp_path):
        """Return an agreement that declares two keys of russia, one after the other, and one of turkey."""
        path = tmp_path / "truce.toml"
        path.write_text(TRUCE, encoding="utf-8")
        return agreement(path)

    # Sealing

    def test_a_seal_is_of_the_newest_record_and_all_before_it(self, journal):
        """Author, number and hash of the head, the key, and when, as the signer says."""
        journal.extend(shelling() for _ in range(3))
        seal = journal.seal(TURKEY, at="2017-06-01T00:00:00Z")
        assert (seal.author, seal.length, seal.record) == ("turkey", 3, "turkey/3")
        assert seal.head.hex() == journal.heads()["turkey"]
        assert (seal.key, seal.at) == (TURKEY.public, instant("2017-06-01T00:00:00Z").us)
        assert seal.genuine
        assert journal.seals() == (seal,)
        assert journal.verify() == ()
        assert str(seal).startswith(
            "turkey sealed turkey/3 and all before it on 2017-06-01T00:00:00Z with ed"
        )

    def test_sealing_the_same_chain_again_gives_the_same_seal(self, journal):
        """Only a longer chain, or another key, makes another."""
        journal.record(shelling())
        first = journal.seal(TURKEY)
        assert journal.seal(TURKEY) == first
        assert journal.seal(NOBODY) != first
        journal.record(shelling())
        assert [seal.length for seal in (*journal.seals(), journal.seal(TURKEY))] == [1, 1, 2]
        assert len(journal.seals()) == 3

    def test_a_seal_is_there_when_the_journal_is_opened_again(self, opened):
        """As the records are; in memory it lasts as long as they do."""
        with opened(author="turkey", clock=Clock()) as journal:
            journal.record(shelling())
            seal = journal.seal(TURKEY)
            kept = journal if "memory" in repr(journal) else opened(author="turkey")
            with kept:
                assert kept.seals() == (seal,)
                assert kept.verify() == ()

    def test_only_ones_own_chain_is_sealed(self, opened, journal):
        """A collector has none; one with nothing in it neither."""
        with pytest.raises(JournalError, match="there is nothing to seal"):
            journal.seal(TURKEY)
        with opened("collector") as collector:
            collector.record(shelling(by="russia"))
            with pytest.raises(JournalError, match="open the journal with author"):
                collector.seal(TURKEY)

    def test_a_path_is_no_key(self, journal):
        """With what to write instead."""
        journal.record(shelling())
        with pytest.raises(InvalidKey, match=r"SigningKey\.read"):
            journal.seal("turkey.pem")

    def test_nobody_vouches_for_two_histories(self, journal):
        """A forked chain is sealed once its author has said which side stands; that side is sealed."""
        journal.record(shelling())
        other = restored(journal, 1)
        other.record(shelling(zone="elsewhere"), shelling())
        mine = journal.record(shelling(), shelling())[0].proof.hash
        journal.merge(other)
        with pytest.raises(JournalError, match=r"cannot be sealed: turkey has two histories"):
            journal.seal(TURKEY)
        (kept,) = journal.record(Branch(keep=mine.hex()))
        seal = journal.seal(TURKEY)
        assert seal.head == kept.proof.hash
        assert journal.verify() == ()

    def test_nobody_vouches_for_what_is_not_here(self, opened, tmp_path):
        """A restored backup first gets back what others hold, and what it sealed before.

        Or it leaves behind what lies beyond the gap: anybody may have put it there.
        """
        russia = side("russia")
        file = tmp_path / "russia.jsonl"
        first, _, third = lines(file, russia)
        file.write_text(f"{first}\n{third}\n", encoding="utf-8")
        with opened(author="russia") as journal:
            journal.merge(file)
            with pytest.raises(
                NotAdopted, match=r"russia/2 has not arrived.*leaves.*keep=\"russia/1\""
            ) as told:
                journal.seal(RUSSIA)
            assert told.value.records == ("russia/3",)
            with pytest.raises(JournalError, match="russia/2 has not arrived"):
                journal.seal(RUSSIA, adopt=["russia/3"])
            journal.record(Branch(keep="russia/1"))
            assert journal.seal(RUSSIA, adopt=["russia/1"]).length == 2
        russia.seal(RUSSIA)
        backup = put(restored(russia, 2), russia.seals()[0])
        with pytest.raises(JournalError, match="russia sealed 3 records of its chain, and 2 are here"):
            backup.seal(RUSSIA)

    def test_a_key_that_the_agreements_do_not_declare_seals_nothing(self, opened, truce):
        """Nobody's, another party's, one that has been replaced, one that has not begun."""
        with opened(author="russia", agreements=truce, clock=Clock("2017-05-31T23:00:00Z")) as journal:
            journal.record(shelling())
            for key, what in (
                (NOBODY, "no agreement given declares"),
                (TURKEY, "is declared for turkey, not for russia"),
                (RUSSIA_LATER, "does not sign for russia at"),
            ):
                with pytest.raises(BadSeal, match=what):
                    journal.seal(key)
            assert journal.seals() == ()
            assert journal.seal(RUSSIA)
        with opened(
            "later", author="russia", agreements=truce, clock=Clock("2017-06-01T00:00:00Z")
        ) as journal:
            journal.record(shelling())
            with pytest.raises(BadSeal, match="until 2017-05-31"):
                journal.seal(RUSSIA)
            assert journal.seal(RUSSIA_LATER)

    def test_what_a_file_brought_under_its_name_is_not_sealed(self, opened, tmp_path):
        """A hand-written line is no link of anybody's chain: where there is nothing else, nothing can be sealed."""
        by_hand = evolve(shelling(by="turkey"), id="turkey/1", recorded="2017-05-01T00:00:00Z")
        write_records(tmp_path / "by_hand.jsonl", [by_hand])
        with opened("collector") as collector:
            collector.merge(tmp_path / "by_hand.jsonl")
            collector.author = "turkey"
            with pytest.raises(JournalError, match="there is nothing to seal"):
                collector.seal(TURKEY)
            collector.record(shelling())
            assert collector.seal(TURKEY).record == "turkey/2"
            assert collector.verify() == ()

    def test_a_seal_that_fails_leaves_nothing(self, journal):
        """All or nothing is written, seals with the records."""
        journal.record(shelling())
        seal = make(
            "turkey", 1, bytes.fromhex(journal.heads()["turkey"]), instant("2017-06-01T00:00:00Z"), TURKEY
        )

        def failing():
            with journal._store.writing():  # noqa: SLF001 - a merge does this
                journal._store.add_seal(seal)  # noqa: SLF001 - the same
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            failing()
        assert journal.seals() == ()
        assert journal.verify() == ()

    # Travelling

    def test_a_seal_travels_with_a_merge(self, journal, opened, tmp_path):
        """From a journal, from its file, and from a file of records; the time of receipt is the receiver's."""
        with opened("russia", author="russia", clock=Clock()) as russia:
            russia.extend(shelling() for _ in range(3))
            seal = russia.seal(RUSSIA)
            write_records(tmp_path / "russia.jsonl", russia)
            merged = journal.merge(russia)
        assert (merged.added, merged.seals, merged.refused) == (3, 1, ())
        assert journal.seals() == (seal,)
        assert journal.seals()[0].received == journal.get("russia/1").received.us
        assert journal.verify() == ()
        with opened("copy") as other:
            assert other.merge(tmp_path / "russia.jsonl").seals == 1
            assert other.seals() == (seal,)

    def test_merging_twice_adds_no_seal_twice(self, journal):
        """And nothing is received anew."""
        russia = sealed()
        journal.merge(russia)
        received = journal.seals()[0].received
        assert journal.merge(russia).seals == 0
        assert [seal.received for seal in journal.seals()] == [received]

    def test_p40_p41_p43_the_order_of_merges_never_matters_to_seals(self, opened):
        """Whoever comes first, all hold the same seals in the end."""
        one, two = sealed(), sealed("turkey", TURKEY)
        one.record(shelling())
        one.seal(RUSSIA)
        three = Journal.in_memory()
        three.merge(one)
        results = []
        for n, order in enumerate(permutations((one, two, three))):
            with opened(f"merged-{n}") as journal:
                for other in order:
                    journal.merge(other)
                results.append(journal.seals())
        assert len(results[0]) == 3
        assert all(result == results[0] for result in results)

    def test_a_file_with_seals_is_still_a_file_of_records(self, tmp_path):
        """Who reads it sees the records, no mistakes, and what is said to be sealed; written again, it is the same."""
        russia = sealed()
        written = lines(tmp_path / "russia.jsonl", russia)
        read = read_records(tmp_path / "russia.jsonl")
        assert (len(read), read.mistakes) == (3, ())
        assert read.seals == (russia.seals()[0].to_json(),)
        assert lines(tmp_path / "again.jsonl", read) == written

    def test_seals_known_at_an_instant_are_those_received_by_then(self, journal):
        """As for records (P32)."""
        journal.merge(sealed(), at="2017-05-20T00:00:00Z")
        journal.record(shelling(), at="2017-05-25T00:00:00Z")
        journal.seal(TURKEY, at="2017-05-26T00:00:00Z")
        assert journal.seals("2017-05-19") == ()
        assert [seal.author for seal in journal.seals("2017-05-20")] == ["russia"]
        assert [seal.author for seal in journal.seals("2017-05-26")] == ["russia", "turkey"]

    # Bad seals

    @pytest.mark.parametrize(
        ("name", "value", "sentence"),
        [
            ("author", "turkey", "was not made by its key"),
            ("length", 2, "was not made by its key"),
            ("head", "ab" * 32, "was not made by its key"),
            ("at", "2017-05-15T00:00:00Z", "was not made by its key"),
            ("key", NOBODY.public, "was not made by its key"),
            ("key", "ed25519:", "key is no public key"),
            ("signature", "A" * 86 + "==", "was not made by its key"),
            ("signature", "", "signature is none of Ed25519"),
            ("format", 2, "this version reads format 1"),
            ("more", 1, "and no others"),
        ],
    )
    def test_a_bad_seal_is_refused_and_the_rest_comes_in(self, journal, tmp_path, name, value, sentence):
        """It is told with its line, and is as if it were not there: the records are as unsealed as without it."""
        file = tmp_path / "russia.jsonl"
        written = lines(file, sealed())
        said = json.loads(written[3])
        said["seal"][name] = value
        file.write_text("\n".join([*written[:3], json.dumps(said)]), encoding="utf-8")
        merged = journal.merge(file)
        assert (merged.added, merged.seals) == (3, 0)
        (mistake,) = merged.refused
        assert (mistake.line, sentence in mistake.what) == (4, True), mistake
        assert journal.seals() == ()
        assert journal.verify() == ()

    @pytest.mark.parametrize("value", [None, 3, "x", [], {}, {"seal": {}}])
    def test_a_line_that_holds_no_seal_is_told(self, journal, tmp_path, value):
        """Whatever stands there, it is one mistake with its line."""
        file = tmp_path / "odd.jsonl"
        file.write_text(f"\n{json.dumps({'seal': value})}\n{line(id='russia/1')}\n", encoding="utf-8")
        merged = journal.merge(file)
        assert merged.added == 1
        assert [mistake.line for mistake in merged.refused] == [2]

    def test_a_bad_seal_in_another_journal_is_refused(self, journal):
        """Put there behind its back: told with the name of the journal, and not let in."""
        russia = sealed()
        put(russia, evolve(russia.seals()[0], length=2))
        merged = journal.merge(russia)
        assert (merged.added, merged.seals) == (3, 1)
        assert [mistake.what for mistake in merged.refused] == [
            f"the seal of russia/2 was not made by its key {RUSSIA.public}, or was changed since"
        ]
        assert told(russia.verify()) == [("russia/2", "bad_seal")]

    @pytest.mark.parametrize(
        ("key", "at", "sentence"),
        [
            (NOBODY, "2017-05-15T00:00:00Z", "no agreement given declares the key"),
            (TURKEY, "2017-05-15T00:00:00Z", "is declared for turkey, not for russia"),
            (RUSSIA, "2017-06-01T00:00:00Z", "it signs until 2017-05-31"),
            (RUSSIA_LATER, "2017-05-31T23:59:59.999999Z", "it signs from 2017-06-01"),
        ],
    )
    def test_a_seal_of_a_key_that_is_not_the_authors_then_is_refused(self, opened, truce, key, at, sentence):
        """A journal that knows its agreements knows whose key signs when; one that knows none keeps it."""
        russia = side("russia", salt=lambda: bytes(16))
        put(russia, make("russia", 3, bytes.fromhex(russia.heads()["russia"]), instant(at), key))
        with opened("knows", agreements=truce) as journal:
            merged = journal.merge(russia)
            assert (merged.added, merged.seals) == (3, 0)
            assert sentence in merged.refused[0].what
        with opened("ignorant") as journal:
            assert journal.merge(russia).seals == 1
            assert journal.verify() == ()
        with opened("mended", agreements=truce) as journal:
            put(journal, russia.seals()[0])
            journal.merge(russia)
            (fault,) = journal.verify()
            assert (fault.record, fault.kind, sentence in fault.what) == ("russia/3", "bad_seal", True)

    def test_a_key_counts_in_its_dates_to_the_last_microsecond(self, opened, truce):
        """The old one to the end of 31 May, the new one from then on; what the old one sealed stays sealed."""
        russia = side("russia")
        head = bytes.fromhex(russia.heads()["russia"])
        good = [
            make("russia", 3, head, instant("2017-05-31T23:59:59.999999Z"), RUSSIA),
            make("russia", 3, head, instant("2017-06-01T00:00:00Z"), RUSSIA_LATER),
        ]
        for seal in good:
            put(russia, seal)
        with opened(agreements=truce) as journal:
            merged = journal.merge(russia)
            assert (merged.seals, merged.refused) == (2, ())
            assert journal.verify() == ()

    def test_a_party_without_a_key_may_seal_all_the_same(self, opened, truce):
        """The register may learn its key later: the seal is kept, and vouches for nothing until then."""
        with opened(agreements=truce) as journal:
            assert journal.merge(sealed("iran", NOBODY)).seals == 1
            assert journal.verify() == ()

    def test_a_seal_by_the_key_of_another_is_refused_of_a_party_without_a_key_too(self, opened, truce):
        """Turkey's key vouches for nobody else, whether or not they have one: not here, and not elsewhere."""
        with opened("iran", author="iran", agreements=truce, clock=Clock()) as iran:
            iran.record(shelling())
            with pytest.raises(BadSeal, match="is declared for turkey, not for iran"):
                iran.seal(TURKEY)
            assert iran.seal(NOBODY)
        with opened("knows", agreements=truce) as journal:
            merged = journal.merge(sealed("iran", TURKEY))
            assert (merged.added, merged.seals) == (3, 0)
            assert "is declared for turkey, not for iran" in merged.refused[0].what
            put(journal, sealed("iran", TURKEY, salt=lambda: bytes(16)).seals()[0])
            assert ("iran/3", "bad_seal") in told(journal.verify())
        with opened("ignorant") as journal:
            journal.merge(sealed("iran", TURKEY))
            problems = assess(truce, journal, as_of="2017-06-30").table("problems")
            assert [(p["record"], p["code"]) for p in problems if "seal" in p["code"]] == [
                ("iran/3", "bad_seal")
            ]

    # What a seal finds

    def test_a_chain_cut_off_under_its_seal_is_found(self, journal, tmp_path):
        """The seal says how long the chain was; without it nobody could tell."""
        file = tmp_path / "russia.jsonl"
        first, second, third, seal = lines(file, sealed())
        file.write_text(f"{first}\n{second}\n{seal}\n", encoding="utf-8")
        journal.merge(file)
        (fault,) = journal.verify()
        assert (fault.record, fault.kind) == ("russia/3", "missing")
        assert "russia sealed 3 records of its chain, and 2 are here" in fault.what
        file.write_text(third, encoding="utf-8")
        journal.merge(file)
        assert journal.verify() == ()

    def test_p48_a_seal_over_what_is_pending_is_no_fault(self, journal, tmp_path):
        """Where a gap says that more is on its way, the end may be on its way too; it heals."""
        file = tmp_path / "russia.jsonl"
        russia = side("russia", *(shelling() for _ in range(5)))
        russia.seal(RUSSIA)
        written = lines(file, russia)
        file.write_text("\n".join([written[0], written[2], written[5]]), encoding="utf-8")
        journal.merge(file)
        assert journal.verify() == ()
        assert len(journal.gaps()) == 1
        journal.merge(russia)
        assert journal.verify() == ()

    def test_a_seal_of_another_history_is_found(self, journal):
        """The record of that number is here, and it is not the one that was sealed."""
        one = side("russia")
        other = restored(one, 2)
        other.record(shelling(zone="elsewhere"))
        other.seal(RUSSIA)
        journal.merge(one)
        put(journal, other.seals()[0])
        (fault,) = journal.verify()
        assert (fault.record, fault.kind) == ("russia/3", "forked")
        assert "russia sealed another russia/3 than the one that is here" in fault.what
        journal.merge(other)
        assert told(journal.verify()) == [("russia/3", "forked")]
        assert "two histories from number 3" in journal.verify()[0].what

    def test_a_hand_written_line_is_no_other_history(self, journal, tmp_path):
        """What has no chain contradicts no seal."""
        file = tmp_path / "by-hand.jsonl"
        file.write_text(line(id="russia/3"), encoding="utf-8")
        journal.merge(file)
        journal.merge(sealed())
        assert journal.verify() == ()

    def test_when_a_seal_was_received_cannot_be_changed_unseen(self, journal):
        """It is not signed, so a checksum stands beside it."""
        russia = sealed()
        journal.merge(russia)
        store = journal._store  # noqa: SLF001 - changed behind its back
        (kept,) = store.seals()
        store.seals = lambda: [evolve(kept, received=kept.received - 1)]
        assert told(journal.verify()) == [("russia/3", "altered")]

    # What an assessment makes of it

    def test_an_assessment_tells_sealed_from_unsealed(self, opened, truce):
        """From a journal, by its agreements' keys, as known on a day."""
        with opened(author="russia", agreements=truce, clock=Clock()) as journal:
            journal.extend(shelling() for _ in range(2))
            journal.seal(RUSSIA)
            journal.record(shelling())
            (sealing,) = assess(truce, journal, as_of="2017-06-30").sealed
            assert (sealing.author, sealing.sealed, sealing.unsealed) == ("russia", 2, ("russia/3",))
            (before,) = assess(truce, journal, as_of="2017-06-30", known_at="2017-05-15T00:00:01Z").sealed
            assert (before.sealed, len(before.unsealed)) == (0, 2)

    # Without the extra

    def test_without_the_extra_seals_wait(self, journal, monkeypatch):
        """Records come in, seals are left out and told; merged again with the extra, they come too."""
        russia = sealed()
        monkeypatch.setitem(sys.modules, "cryptography", None)
        merged = journal.merge(russia)
        assert (merged.added, merged.seals) == (3, 0)
        (mistake,) = merged.refused
        assert "ceasefire[signing]" in str(mistake)
        monkeypatch.undo()
        assert (journal.merge(russia).seals, journal.merge(russia).held) == (1, 3)

    def test_without_the_extra_seals_are_not_called_good(self, journal, monkeypatch):
        """verify() says which extra is missing; told to leave the seals out, it looks at the rest."""
        journal.merge(sealed())
        monkeypatch.setitem(sys.modules, "cryptography", None)
        with pytest.raises(MissingExtra, match=r"ceasefire\[signing\]"):
            journal.verify()
        assert journal.verify(seals=False) == ()
