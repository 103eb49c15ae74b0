"""What every store does with keys, the names of authors for records of their own: one suite for each store."""

import pytest
from journal_contract import EVIDENCE, Clock, shelling

from ceasefire.errors import KeyHeld, RecordError
from ceasefire.record import Correction, Finding, Response, Tally, Withdrawal, read_records, write_records


def ids(records):
    """Return the ids of records."""
    return [record.id for record in records]


class KeysContract:
    """Subclasses give `opened`."""

    @pytest.fixture
    def journal(self, opened):
        """Return the journal of the Turkish side."""
        with opened(author="turkey", clock=Clock()) as journal:
            yield journal

    def test_the_same_record_under_its_key_is_written_once(self, journal):
        """A script that runs again, days later, adds nothing, and gets the ids it got before."""
        first = journal.record(shelling(key="report 7"))
        again = journal.record(shelling(key="report 7"))
        assert (ids(first.new), again.new, len(journal)) == (["turkey/1"], (), 1)
        assert again[0] == first[0]
        assert again.recorded == first.recorded
        assert journal.verify() == ()

    def test_a_key_is_its_authors(self, opened):
        """Two authors may have the same; and one that is not held names nothing."""
        with opened(clock=Clock()) as journal:
            journal.record(shelling(by="turkey", key="7"), shelling(by="russia", key="7"))
            assert ids(journal) == ["russia/1", "turkey/1"]
            assert ids(
                journal.record(shelling(by="russia", key="7"), shelling(by="russia", key="8")).new
            ) == ["russia/2"]

    @pytest.mark.parametrize(
        ("other", "differing"),
        [
            ({"zone": "idlib"}, "zone"),
            ({"occurred": "2017-05-15", "text": "twice"}, "occurred, text"),
            ({"release": "public"}, "release"),
        ],
    )
    def test_something_else_under_a_key_is_refused(self, journal, other, differing):
        """The error names the key, the record that has it, and what is said otherwise; nothing is written."""
        journal.record(shelling(key="7"))
        with pytest.raises(KeyHeld, match=rf"the key '7' is that of turkey/1.*\({differing}\)") as refused:
            journal.extend([shelling(), shelling(key="7", **other)])
        assert (refused.value.key, refused.value.held, len(journal)) == ("7", "turkey/1", 1)

    def test_with_update_it_is_a_correction(self, journal):
        """What is returned is the record as it now stands, under its first id; the correction is new."""
        journal.record(shelling(key="7", zone="hama", text="two shells"))
        now = journal.record(shelling(key="7", zone="idlib", release="public"), update=True)
        assert (now.id, now.zone, now.text, now.release) == ("turkey/1", "idlib", None, "public")
        (correction,) = now.new
        assert (correction.id, correction.of, dict(correction.set), correction.unset) == (
            "turkey/2",
            "turkey/1",
            {"zone": "idlib", "release": "public"},
            ("text",),
        )
        assert journal.record(shelling(key="7", zone="idlib", release="public"), update=True).new == ()
        with pytest.raises(KeyHeld):  # what it said first is no longer what it says
            journal.record(shelling(key="7", zone="hama", text="two shells"))

    def test_no_correction_makes_another_kind_or_another_speaker_of_a_record(self, journal):
        """Nor of a withdrawal or a correction, which nobody corrects."""
        journal.record(shelling(key="7"), Correction(of="turkey/1", set={"text": "one"}, key="8"))
        for other in (
            Finding(on="turkey/1", outcome="confirmed", key="7"),
            shelling(key="7", said_by="russia", evidence=EVIDENCE),
            Correction(of="turkey/1", set={"text": "two"}, key="8"),
        ):
            with pytest.raises(KeyHeld, match="under a key of its own"):
                journal.record(other, update=True)
        assert journal.record(Correction(of="turkey/1", set={"text": "one"}, key="8")).new == ()

    def test_what_was_withdrawn_stays_withdrawn(self, journal):
        """The same again writes nothing, something else is refused: the key stays that of the record."""
        journal.record(shelling(key="7"))
        journal.record(Withdrawal(of="turkey/1"))
        assert journal.record(shelling(key="7")).new == ()
        with pytest.raises(KeyHeld, match="turkey/1, which was withdrawn"):
            journal.record(shelling(key="7", zone="idlib"), update=True)

    def test_what_was_erased_has_no_key_any_more(self, journal):
        """The key may be what had to go: nothing of it is left to be found by."""
        journal.record(shelling(key="7"))
        journal.erase("turkey/1", "names a witness")
        assert ids(journal.record(shelling(key="7")).new) == ["turkey/3"]

    def test_within_one_call_a_key_names_one_record(self, journal):
        """The same twice is written once; two that differ are refused, with `update` as well."""
        written = journal.extend([shelling(key="7"), shelling(), shelling(key="7")])
        assert (ids(written), ids(written.new)) == (
            ["turkey/1", "turkey/2", "turkey/1"],
            ["turkey/1", "turkey/2"],
        )
        for update in (False, True):
            with pytest.raises(KeyHeld, match="another record of this call"):
                journal.extend([shelling(key="8"), shelling(key="8", zone="idlib")], update=update)

    def test_what_points_at_a_record_that_is_held_points_at_that(self, journal):
        """By the name it has in the call; before it, after it, and in a record that is held itself."""
        said = [
            shelling(id="a", key="7"),
            Finding(on="a", outcome="confirmed", key="8"),
            Response(to="a", step="note", key="9"),
        ]
        journal.extend(said)
        assert journal.extend([*said[::-1]]).new == ()
        (more,) = journal.extend([Finding(on="a", outcome="refuted"), *said]).new
        assert (more.id, more.on) == ("turkey/4", "turkey/1")

    def test_a_finding_on_a_record_that_was_corrected_since_is_the_same(self, journal):
        """It stays on the wording that it was on: what it says now has not changed."""
        journal.record(shelling(key="7"))
        journal.record(shelling(key="7", zone="hama"), update=True)
        assert journal.record(Finding(on="turkey/1", outcome="confirmed", key="8")).on == "turkey/2"
        journal.record(shelling(key="7", zone="idlib"), update=True)
        assert journal.record(Finding(on="turkey/1", outcome="confirmed", key="8")).new == ()

    def test_a_record_read_back_from_a_journal_is_held(self, journal, tmp_path):
        """With its id and its proof; and as a line of a file."""
        journal.record(shelling(key="7"), Tally(period="2017-05-14", count=3, key="8"))
        assert journal.extend(list(journal)).new == ()
        write_records(tmp_path / "r.jsonl", journal)
        assert journal.extend(read_records(tmp_path / "r.jsonl")).new == ()

    def test_an_odd_key_is_a_key(self, journal):
        """Quotes, backslashes, other letters, and as long as a key may be."""
        keys = ['say "no"', "a\\b", "\N{LATIN SMALL LETTER E WITH ACUTE}\U0001f54a", "x" * 200, "%_'"]
        journal.extend(shelling(key=key) for key in keys)
        assert journal.extend(shelling(key=key) for key in keys).new == ()
        decomposed = shelling(key="e\N{COMBINING ACUTE ACCENT}\U0001f54a")
        assert journal.record(decomposed).new == ()
        for bad in ("", " a", "a\n", "x" * 201, 7):
            with pytest.raises(RecordError):
                shelling(key=bad)

    def test_many_are_looked_up_at_once(self, journal):
        """More than are asked for in one go; half of them are held."""
        journal.extend(shelling(key=str(n)) for n in range(0, 1_400, 2))
        written = journal.extend(shelling(key=str(n)) for n in range(1_400))
        assert (len(written), len(written.new), len(journal)) == (1_400, 700, 1_400)

    def test_a_call_that_fails_leaves_no_key(self, journal):
        """All or none: the key is free again."""
        with pytest.raises(RecordError):
            journal.extend([shelling(key="7"), Withdrawal(of="turkey/9")])
        assert ids(journal.record(shelling(key="7", zone="idlib")).new) == ["turkey/1"]

    def test_keys_travel(self, journal, opened):
        """Whoever lost its journal and got its chain back from another has its keys back."""
        journal.record(shelling(key="7"))
        with opened("other", author="turkey", clock=Clock()) as other:
            other.merge(journal)
            assert other.record(shelling(key="7")).new == ()
            assert other.verify() == ()

    def test_a_function_is_called_when_nobody_else_can_write(self, journal):
        """So that what it finds in the journal is all that is held."""
        journal.record(shelling())
        written = journal.extend(lambda: [shelling(text=str(len(journal)))])
        assert written.text == "1"
