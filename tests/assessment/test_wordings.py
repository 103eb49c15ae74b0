"""What each record says once corrections and withdrawals are applied, and what is odd in these."""

import pytest

import pen
from ceasefire.assessment.knowledge.wordings import wordings
from ceasefire.record import Erasure

US = 1_000_000
DAY = 86_400 * US
FIRST = 1_577_836_800 * US  # 1 January 2020


def act(number=1, by="red", **more):
    """Return an author's incident, recorded on the first of January."""
    fields = {"recorded": "2020-01-01T00:00:00Z", "occurred": "2020-01-01", "act": "attack", "zone": "north"}
    return pen.incident(number, by, **fields | more)


def correction(number, of="red/1", by="red", unset=(), **fields):
    """Return a correction recorded so many days after that."""
    recorded = f"2020-01-{number:02d}T00:00:00Z"
    return pen.correction(number, by, of=of, recorded=recorded, set=fields, unset=unset)


def setting(fields):
    """Return a correction of fields by their names."""
    return pen.correction(2, of="red/1", recorded="2020-01-02T00:00:00Z", set=fields)


def withdrawal(number, of="red/1", by="red"):
    """Return a withdrawal recorded so many days after that."""
    return pen.withdrawal(number, by, of=of, recorded=f"2020-01-{number:02d}T00:00:00Z")


def worded(*records, idle=()):
    """Return the records as they stand."""
    return wordings({record.id: record for record in records}, idle)


def test_a_correction_of_what_happened_makes_a_wording_and_of_words_none():
    """Findings must name the newest wording; the corrections are told with the wording after each."""
    (found,) = worded(act(), correction(2, zone="south"), correction(3, text="words")).by_id.values()
    assert (found.record.zone, found.record.text) == ("south", "words")
    assert (found.id, found.wording) == ("red/1", "red/2")
    assert found.corrections == (("red/2", "red/2"), ("red/3", "red/2"))
    (plain,) = worded(act(), correction(2, text="words")).by_id.values()
    assert (plain.wording, plain.corrections) == ("red/1", (("red/2", "red/1"),))
    (alone,) = worded(act()).by_id.values()
    assert (alone.wording, alone.corrections, alone.withdrawn) == ("red/1", (), False)


def test_a_finding_may_name_a_record_or_a_correction_of_it():
    """A correction stands for the record in the wording it left; what nobody knows for nothing."""
    found = worded(act(), correction(2, zone="south"), correction(3, text="words"))
    assert found.judged("red/1") == ("red/1", "red/1")
    assert found.judged("red/2") == found.judged("red/3") == ("red/1", "red/2")
    assert found.judged("red/4") is None


def test_corrections_are_applied_in_the_order_of_their_numbers():
    """Ten comes after two, whichever came first."""
    (found,) = worded(correction(10, zone="south"), act(), correction(2, zone="west")).by_id.values()
    assert (found.record.zone, found.wording) == ("south", "red/10")


def test_what_is_unset_is_gone():
    """A field that is taken out is as if it had never been there."""
    (found,) = worded(act(), correction(2, unset=("zone",), text="words")).by_id.values()
    assert (found.record.zone, found.record.text, found.wording) == (None, "words", "red/2")


@pytest.mark.parametrize(
    ("record", "fields", "day"),
    [
        (act(), {"zone": "south"}, 1),
        (act(), {"occurred": "2020-01-02"}, 3),
        (act(), {"timezone": "Asia/Damascus"}, 3),
        (
            pen.tally(recorded="2020-01-01T00:00:00Z", period="2020-01-01", count=1),
            {"count": 2},
            1,
        ),
        (
            pen.tally(recorded="2020-01-01T00:00:00Z", period="2020-01-01", count=1),
            {"period": "2020-01-02"},
            3,
        ),
    ],
)
def test_an_imprecise_time_is_read_as_of_when_it_was_said(record, fields, day):
    """By the record, or by the correction that says when it was."""
    (found,) = worded(record, correction(3, **fields)).by_id.values()
    assert found.dated == FIRST + (day - 1) * DAY


def test_a_record_that_does_not_say_when_it_was_written_is_dated_by_nothing():
    """Corrected or not."""
    assert worded(act(recorded=None)).by_id["red/1"].dated is None
    assert worded(act(recorded=None), correction(2, zone="south")).by_id["red/1"].dated is None


def test_a_withdrawal_takes_a_record_back_and_a_correction_too():
    """With the correction, the wording before it comes back."""
    taken = worded(act(), correction(2, zone="south"), withdrawal(3))
    assert taken.by_id["red/1"].withdrawn
    assert taken.by_id["red/1"].record.zone == "south"
    assert worded(act(), withdrawal(3)).by_id["red/1"].withdrawn
    back = worded(act(), correction(2, zone="south"), correction(3, zone="west"), withdrawal(4, "red/3"))
    assert (back.by_id["red/1"].record.zone, back.by_id["red/1"].wording) == ("south", "red/2")
    assert not back.by_id["red/1"].withdrawn
    assert list(back.by_id) == ["red/1"], "what amends has no wording of its own"


def test_what_stands_on_a_forked_chain_has_no_effect():
    """Neither a correction nor a withdrawal."""
    found = worded(act(), correction(2, zone="south"), withdrawal(3), idle={"red/2", "red/3"})
    assert (found.by_id["red/1"].record.zone, found.by_id["red/1"].withdrawn) == ("north", False)
    assert (found.amendments, found.flaws, found.corrected) == ((), {}, {})


@pytest.mark.parametrize(
    ("amendments", "flaws"),
    [
        ([correction(2, "red/9", zone="south")], {"red/2": "unknown_record"}),
        ([withdrawal(2, "red/9")], {"red/2": "unknown_record"}),
        ([correction(2, by="blue", zone="south")], {"blue/2": "foreign"}),
        ([withdrawal(2, by="blue")], {"blue/2": "foreign"}),
        ([withdrawal(2), withdrawal(3)], {"red/3": "already_withdrawn"}),
        ([withdrawal(2), correction(3, zone="south")], {"red/3": "already_withdrawn"}),
        ([correction(2, zone="south"), correction(3, "red/2", text="words")], {"red/3": "not_correctable"}),
        ([withdrawal(2), correction(3, "red/2", text="words")], {"red/3": "not_correctable"}),
        ([withdrawal(2), withdrawal(3, "red/2")], {"red/3": "not_correctable"}),
        (
            [Erasure(by="red", id="red/2", of="red/9", reason="asked"), withdrawal(3, "red/2")],
            {"red/3": "not_correctable"},
        ),
        (
            [correction(2, zone="south"), withdrawal(3, "red/2"), withdrawal(4, "red/2")],
            {"red/4": "already_withdrawn"},
        ),
        ([correction(2, act=None)], {"red/2": "invalid_correction"}),
        ([correction(2, colour="blue")], {"red/2": "invalid_correction"}),
        *(
            ([setting({name: "x"})], {"red/2": "invalid_correction"})
            for name in ("kind", "by", "said_by", "id", "recorded", "received", "proof")
        ),
        ([correction(2, release="public"), correction(3, timezone="Asia/Damascus")], {}),
    ],
)
def test_an_amendment_that_cannot_be_applied_is_kept_as_a_problem(amendments, flaws):
    """What is odd is told by a code, with the record it stands in."""
    found = worded(act(), *amendments).flaws
    assert {name: flaw.code for name, flaw in found.items()} == flaws
    assert {name: flaw.record for name, flaw in found.items()} == {name: name for name in flaws}


def test_what_the_envelope_says_nobody_changes():
    """The problem names what."""
    found = worded(act(), setting({"recorded": "2020-02-01T00:00:00Z", "by": "blue"}))
    assert found.flaws["red/2"].what.endswith("by, recorded belongs to the envelope, which nobody changes")


def test_a_correction_that_cannot_be_applied_keeps_no_other_from_it():
    """The next one is applied to the wording before."""
    found = worded(act(), correction(2, act=None), correction(3, zone="south"))
    assert found.by_id["red/1"].record.zone == "south"
    assert found.by_id["red/1"].corrections == (("red/3", "red/3"),)
    assert list(found.flaws) == ["red/2"]


def test_without_records_that_are_not_looked_at_what_amends_them_is_no_problem():
    """A correction of an act that had not occurred by the day is of a record that is known; the others stand."""
    records = (
        act(),
        act(5),
        correction(6, "red/5", zone="south"),
        correction(7, zone="west"),
        withdrawal(8, "red/9"),
    )
    found = worded(*records).without({"red/5"})
    assert list(found.by_id) == ["red/1"]
    assert found.by_id["red/1"].record.zone == "west"
    assert found.corrected == {"red/7": ("red/1", "red/7")}
    assert {name: flaw.code for name, flaw in found.flaws.items()} == {"red/8": "unknown_record"}
    assert found.flaws["red/8"].record == "red/8"
    assert "red/9" in found.flaws["red/8"].what
