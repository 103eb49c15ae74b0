"""What copies hold and what erasing removes: one suite, which a few lines subclass per store."""

import json
from contextlib import suppress

import pytest
from journal_contract import Clock, shelling
from merging_contract import forked, held, line, side

from ceasefire.errors import RecordError, UnwritableFile
from ceasefire.journal import Journal
from ceasefire.record import (
    Absent,
    Correction,
    Finding,
    Tally,
    Withdrawal,
    read_records,
    to_json,
    write_records,
)
from ceasefire.record.json import files

SECRET = "the name of a witness"  # noqa: S105 - a secret, and no password


def bodies(journal):
    """Return which records of a journal have their bodies: by id, why not, or None."""
    return {record.id: getattr(record, "absent", None) for record in journal}


class CopyingContract:
    """What a journal does when it is copied, and when something is erased from it."""

    @pytest.fixture
    def opened(self, tmp_path):
        """Return a function that opens a journal of this kind, a new one for each name."""
        raise NotImplementedError

    @pytest.fixture
    def journal(self, opened):
        """The Turkish side's journal, its clock standing in June 2017."""
        with opened(author="turkey", clock=Clock("2017-06-01T00:00:00Z")) as journal:
            yield journal

    # Copies

    @pytest.mark.parametrize("name", ["copy.db", "copy.jsonl"])
    def test_a_copy_holds_everything(self, journal, tmp_path, name):
        """Forks, gaps, hand-written records and what was received when: a copy is a backup."""
        for part in forked():
            journal.merge(part)
        (tmp_path / "by-hand.jsonl").write_text(line(by="iran", id="iran/4"), encoding="utf-8")
        journal.merge(tmp_path / "by-hand.jsonl")
        journal.record(shelling(text="«Idlib» 🚑"), Finding(on="iran/4", outcome="confirmed"))
        copied = journal.copy(tmp_path / name)
        assert (copied.records, copied.withheld) == (len(journal), 0)
        if name == "copy.jsonl":
            records = read_records(copied.path)
            assert records.mistakes == ()
            assert [(r, r.received, r.proof) for r in records] == [(r, r.received, r.proof) for r in journal]
            write_records(tmp_path / "written.jsonl", journal)
            assert (tmp_path / "written.jsonl").read_bytes() == copied.path.read_bytes()
            return
        with Journal.open(copied.path) as copy:
            assert [(r, r.received) for r in copy] == [(r, r.received) for r in journal]
            assert (copy.heads(), copy.forks(), copy.gaps()) == (
                journal.heads(),
                journal.forks(),
                journal.gaps(),
            )
            assert copy.verify() == journal.verify()

    def test_whatever_a_journal_takes_fits_into_the_lines_of_a_copy(self, opened, tmp_path, monkeypatch):
        """A longest line is as long for who writes as for who reads: a copy loses no record."""
        monkeypatch.setattr(files, "LONGEST_LINE", 6000)
        author = 'the "side" of ' + "🚑" * 100
        with opened(author=author, clock=Clock()) as journal:
            taken = []
            for length in range(0, 6000, 50):
                with suppress(RecordError):
                    taken += journal.record(shelling(text="x" * length))
            assert 50 < len(taken) < 100
            copied = journal.copy(tmp_path / "copy.jsonl")
            write_records(tmp_path / "written.jsonl", journal)
            for path in (copied.path, tmp_path / "written.jsonl"):
                found = read_records(path)
                assert (list(found), found.mistakes) == (list(journal), ())

    def test_a_copy_that_would_lose_a_record_is_not_made(self, journal, tmp_path, monkeypatch):
        """Of a journal that holds a longer record than is read there is a copy as a journal, and no file."""
        journal.record(shelling(), shelling(text="x" * 4000))
        monkeypatch.setattr(files, "LONGEST_LINE", 4000)
        with pytest.raises(RecordError, match="name them in evidence"):
            journal.copy(tmp_path / "copy.jsonl")
        assert list(tmp_path.glob("*copy*")) == []
        assert journal.copy(tmp_path / "copy.db").records == 2
        assert journal.verify() == ()

    def test_a_copy_with_gaps_has_the_same_gaps(self, journal, tmp_path):
        """What has not arrived is no more a fault in the copy."""
        write_records(tmp_path / "part.jsonl", list(side("russia"))[2:])
        journal.merge(tmp_path / "part.jsonl")
        journal.copy(tmp_path / "copy.db")
        with Journal.open(tmp_path / "copy.db") as copy:
            assert copy.gaps() == journal.gaps() != ()
            assert copy.verify() == ()

    @pytest.mark.parametrize("name", ["copy.db", "copy.jsonl"])
    def test_a_copy_overwrites_nothing(self, journal, tmp_path, name):
        """An old copy is somebody's proof."""
        journal.record(shelling())
        (tmp_path / name).write_text("old", encoding="utf-8")
        with pytest.raises(UnwritableFile, match="overwrites nothing"):
            journal.copy(tmp_path / name)
        assert (tmp_path / name).read_text(encoding="utf-8") == "old"
        with pytest.raises(UnwritableFile):
            journal.copy(tmp_path / "no" / "such" / name)

    @pytest.mark.parametrize("name", ["link.db", "link.jsonl"])
    def test_a_copy_takes_the_place_of_no_link(self, journal, tmp_path, name):
        """A link that leads nowhere yet is there already too."""
        (tmp_path / name).symlink_to("elsewhere")
        with pytest.raises(UnwritableFile, match="overwrites nothing"):
            journal.copy(tmp_path / name)
        assert [one.name for one in tmp_path.iterdir() if "elsewhere" in one.name] == []

    @pytest.mark.parametrize("path", [None, 3, b"copy.db", "a\0.jsonl", "a\0.db", "x" * 300])
    def test_what_is_no_path_takes_no_copy(self, journal, path):
        """A wrong call is told in a sentence, whatever was given."""
        with pytest.raises(UnwritableFile, match=r"cannot be written: .*(give|take) "):
            journal.copy(path)

    @pytest.mark.parametrize(
        ("audience", "hidden"),
        [
            ("public", {"turkey/1", "turkey/3"}),
            ("mechanism", {"turkey/1"}),
            ("author", set()),
            (None, set()),
        ],
    )
    @pytest.mark.parametrize("name", ["copy.db", "copy.jsonl"])
    def test_what_an_audience_may_not_see_is_withheld(self, journal, tmp_path, name, audience, hidden):
        """The bodies are left out, every record is there, and the chain has the head of the original."""
        journal.record(
            shelling(release="author", text=SECRET),
            shelling(release="public"),
            shelling(text=SECRET if audience == "public" else "for the mechanism"),
        )
        copied = journal.copy(tmp_path / name, audience)
        assert copied.withheld == len(hidden)
        if hidden:
            assert SECRET.encode() not in copied.path.read_bytes()
        with Journal.in_memory("iran", clock=Clock("2017-07-01T00:00:00Z")) as other:
            assert other.merge(copied.path).added == 3
            assert bodies(other) == {
                f"turkey/{n}": "withheld" if f"turkey/{n}" in hidden else None for n in (1, 2, 3)
            }
            assert other.heads() == journal.heads()
            assert other.verify() == ()
            assert other.merge(journal).filled == len(hidden)
            assert held(other) == held(journal)

    def test_an_unknown_audience_is_a_wrong_call(self, journal, tmp_path):
        """With the nearest that there is."""
        with pytest.raises(RecordError, match="did you mean 'public'"):
            journal.copy(tmp_path / "copy.db", "publik")
        assert not (tmp_path / "copy.db").exists()

    def test_a_correction_opens_and_closes_a_record(self, journal, tmp_path):
        """The release that counts is the one it has now; what amends a withheld record is withheld with it."""
        journal.record(
            shelling(release="author", killed={"best": 1}),
            shelling(release="public", killed={"best": 2}),
            shelling(release="public"),
        )
        journal.record(
            Correction(of="turkey/1", set={"release": "public"}),
            Correction(of="turkey/2", set={"release": "author"}, release="public"),
            Correction(of="turkey/3", set={"killed": {"best": 1}}),
        )
        journal.record(Withdrawal(of="turkey/5", release="public"))
        journal.record(Withdrawal(of="turkey/4"))
        wanted = {"turkey/1", "turkey/4", "turkey/6", "turkey/8"}
        journal.copy(tmp_path / "public.db", "public")
        with Journal.open(tmp_path / "public.db") as copy:
            assert {name for name, absent in bodies(copy).items() if absent} == wanted

    def test_evidence_for_fewer_eyes_keeps_the_whole_body_back(self, journal, tmp_path):
        """A body can only be given whole, or not at all."""
        journal.record(shelling(release="public", evidence=[{"title": SECRET, "release": "mechanism"}]))
        assert journal.copy(tmp_path / "public.jsonl", "public").withheld == 1
        assert journal.copy(tmp_path / "mechanism.jsonl", "mechanism").withheld == 0

    def test_a_withheld_record_says_what_is_left_of_it(self, journal, tmp_path):
        """Author, kind, times and release; and it reads the same from a file."""
        journal.record(shelling(release="author", text=SECRET))
        journal.copy(tmp_path / "copy.jsonl", "mechanism")
        [absent] = read_records(tmp_path / "copy.jsonl")
        assert isinstance(absent, Absent)
        assert (absent.was, absent.absent, absent.by) == ("incident", "withheld", "turkey")
        assert absent.release == "author"
        assert to_json(absent)["kind"] == "incident"
        write_records(tmp_path / "again.jsonl", [absent])
        assert (tmp_path / "again.jsonl").read_bytes() == (tmp_path / "copy.jsonl").read_bytes()

    # Erasing

    def test_an_erased_body_is_gone_and_its_record_stays(self, journal):
        """It is told by a record of its own; the chain still holds, and numbers go on."""
        journal.record(shelling(text=SECRET), shelling())
        heads = journal.heads()
        erasure = journal.erase("turkey/1", "names a witness")
        assert (erasure.id, erasure.of, erasure.reason) == ("turkey/3", "turkey/1", "names a witness")
        assert bodies(journal) == {"turkey/1": "erased", "turkey/2": None, "turkey/3": None}
        absent = journal.get("turkey/1")
        assert (absent.was, absent.absent, absent.by) == ("incident", "erased", "turkey")
        assert journal.verify() == ()
        assert list(journal)[1].proof.hash.hex() == heads["turkey"]
        assert journal.record(shelling())[0].id == "turkey/4"

    def test_the_records_of_others_can_be_erased_here(self, journal):
        """Only from this journal: the others keep theirs, and no merge brings it back."""
        russian = side("russia", shelling(text=SECRET))
        journal.merge(russian)
        journal.erase(journal.get("russia/1"), "a name")
        for _ in range(2):
            assert journal.merge(russian).filled == 0
            assert bodies(journal)["russia/1"] == "erased"
        russian.merge(journal)
        assert russian.get("russia/1").text == SECRET
        assert russian.get("turkey/1").of == "russia/1"

    def test_what_was_erased_is_withheld_from_whoever_merges(self, journal, opened):
        """Another journal gets the place of it, and may still get the body from elsewhere."""
        russian = side("russia", shelling(text="words"))
        journal.merge(russian)
        journal.erase("russia/1", "a name")
        with opened("other", author="iran", clock=Clock("2017-07-01T00:00:00Z")) as other:
            other.merge(journal)
            assert bodies(other) == {"russia/1": "withheld", "turkey/1": None}
            assert other.merge(russian).filled == 1
            assert other.get("russia/1").text == "words"
            assert other.verify() == ()

    @pytest.mark.parametrize("name", ["copy.db", "copy.jsonl"])
    def test_what_was_erased_stays_erased_in_a_copy(self, journal, tmp_path, name):
        """A backup of it is restored without it."""
        journal.record(shelling(text=SECRET))
        journal.erase("turkey/1", "a name")
        copied = journal.copy(tmp_path / name)
        assert SECRET.encode() not in copied.path.read_bytes()
        if name == "copy.jsonl":
            assert json.loads(copied.path.read_text(encoding="utf-8").splitlines()[0])["absent"] == "erased"
        else:
            with Journal.open(copied.path) as copy:
                assert bodies(copy)["turkey/1"] == "erased"
                assert copy.merge(side("turkey", shelling(text=SECRET))).refused == ()

    @pytest.mark.parametrize("reason", ["", " \n", None, 5])
    def test_nothing_is_erased_without_a_reason(self, journal, reason):
        """It stays in the journal for all to read: who erases says why, and nothing is gone until then."""
        journal.record(shelling())
        with pytest.raises(RecordError, match="say in a few words why it is erased"):
            journal.erase("turkey/1", reason)
        with pytest.raises(RecordError, match="None is no id: give the id of a record"):
            journal.erase(None, "a name")
        assert bodies(journal) == {"turkey/1": None}

    def test_erasing_twice_writes_once(self, journal):
        """The second time makes sure that nothing is left."""
        journal.record(shelling())
        first = journal.erase("turkey/1", "a name")
        assert journal.erase("turkey/1", "again") == first
        assert len(journal) == 2

    def test_what_was_withheld_can_be_erased_before_it_comes(self, journal, tmp_path):
        """Whoever never wants to hold a body says so, and it does not come in."""
        russian = side("russia", shelling(release="author", text=SECRET))
        russian.copy(tmp_path / "copy.db", "mechanism")
        journal.merge(tmp_path / "copy.db")
        journal.erase("russia/1", "not ours to keep")
        journal.merge(russian)
        assert bodies(journal) == {"russia/1": "erased", "turkey/1": None}
        assert journal.verify() == ()

    def test_what_is_not_there_cannot_be_erased(self, journal):
        """Nor what a fork leaves unclear."""
        with pytest.raises(RecordError, match="nothing to erase"):
            journal.erase("turkey/1", "a name")
        for part in forked():
            journal.merge(part)
        with pytest.raises(RecordError, match="nothing to erase"):
            journal.erase("russia/3", "a name")
        [a, b] = journal.forks()[0].records
        journal.erase(a.id, "a name")
        assert bodies(journal)[a.id] == "erased"
        assert bodies(journal)[b.id] is None
        assert len(journal.forks()) == 1

    def test_an_erased_correction_corrects_nothing_any_more(self, journal):
        """Its words are gone, so the wording before it is the newest one that is known."""
        journal.record(shelling(), Correction(of="turkey/1", set={"text": SECRET, "zone": "idlib"}))
        journal.erase("turkey/2", "a name")
        assert journal.record(Finding(on="turkey/1", outcome="confirmed"))[0].on == "turkey/1"
        assert journal.verify() == ()

    def test_an_erasure_that_fails_erases_nothing(self, journal):
        """A reason is needed."""
        journal.record(Tally(period="2017-05-14", count=1))
        with pytest.raises(RecordError, match="is no reason"):
            journal.erase("turkey/1", None)
        assert bodies(journal) == {"turkey/1": None}
