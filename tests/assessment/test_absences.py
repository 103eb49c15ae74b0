"""Which rows say that a record whose body is not here may matter to them: kind by kind, duty by duty."""

import pytest

import pen
from ceasefire.assessment import assess
from ceasefire.record import Absent

#: One commitment of each duty, two that events move, and a call that binds nobody.
EACH = (
    pen.commitment("refrain", duty="refrain", owed_by="red", acts="attack"),
    pen.commitment("maintain", duty="maintain", owed_by="red", acts="access"),
    pen.commitment("permit", duty="permit", owed_by="red", acts="movement"),
    pen.commitment("achieve", duty="achieve", owed_by="red", due="2020-06-01"),
    pen.commitment("recur", duty="recur", owed_by="red", every="P1M"),
    pen.commitment("each-meeting", duty="recur", owed_by="red", every={"event": "meeting"}),
    pen.commitment("once-met", duty="refrain", owed_by="red", acts="attack", when={"event": "meeting"}),
    pen.commitment("call", duty="refrain", force="hortatory", owed_by="red", acts="attack"),
)
ROWS = {commitment["id"] for commitment in EACH}
#: Those with a row of nobody in particular: they name acts.
OF_NOBODY = {"refrain", "maintain", "permit", "once-met", "call"}


def absent(was, number=1, recorded="2020-02-01T00:00:00Z"):
    """Return a record of which only kind, author and time are known."""
    return Absent(by="red", id=f"red/{number}", recorded=recorded, was=was)


@pytest.fixture(scope="module")
def truce():
    """Return the agreement with a commitment of each duty."""
    return pen.truce(*EACH, party=["red"], mechanism=[])


def withheld(truce, *records):
    """Return the reasons that say so."""
    found = assess(truce, records, as_of="2020-03-01").to_dict()["reasons"]
    return [reason for reason in found if reason["code"] == "withheld"]


@pytest.mark.parametrize(
    ("was", "of_red", "of_nobody"),
    [
        ("finding", ROWS, OF_NOBODY),
        ("correction", ROWS, OF_NOBODY),
        ("withdrawal", ROWS, OF_NOBODY),
        ("decision", ROWS, OF_NOBODY),
        ("membership", ROWS, OF_NOBODY),
        ("response", ROWS, OF_NOBODY),
        ("incident", ROWS - {"permit", "call"}, OF_NOBODY - {"permit", "call"}),
        ("performance", {"permit", "achieve", "recur", "each-meeting"}, set()),
        ("event", {"each-meeting", "once-met"}, {"once-met"}),
        ("tally", ROWS - {"permit", "call"}, OF_NOBODY - {"permit", "call"}),
        ("appraisal", set(), set()),
        ("branch", set(), set()),
    ],
)
def test_a_record_whose_body_is_not_here_is_told_where_its_kind_may_matter(truce, was, of_red, of_nobody):
    """A finding may be on anything, a performance on no prohibition, a published count of anybody's acts."""
    told = {(reason["owed_by"], reason["commitment"]) for reason in withheld(truce, absent(was))}
    assert told == {("red", f"truce/{n}") for n in of_red} | {(None, f"truce/{n}") for n in of_nobody}


def test_what_a_missing_record_was_is_said_in_english(truce):
    """An incident, an erasure, a finding: the sentence for people has their article."""
    several = [absent(was, n) for n, was in enumerate(("incident", "erasure", "finding"), 1)]
    problems = assess(truce, several, as_of="2020-05-01").table("problems")
    assert [problem["what"].split(" is ")[0].rstrip(",") for problem in problems] == [
        "red/1, an incident",
        "red/2, an erasure",
        "red/3, a finding",
    ]


def on_one_row(truce, *records):
    """Return the reasons on the row of red under one commitment: record, when it was recorded, effect."""
    return [
        (r["record"], r["at"], r["effect"])
        for r in withheld(truce, *records)
        if (r["commitment"], r["owed_by"]) == ("truce/refrain", "red")
    ]


def test_the_first_twelve_are_named_and_of_the_others_it_is_told_when_the_last_was_recorded(truce):
    """In the order of authors and numbers: a row stays readable."""
    records = [absent("finding", n, f"2020-02-{n:02d}T00:00:00Z") for n in range(14, 0, -1)]
    named = [(f"red/{n}", f"2020-02-{n:02d}T00:00:00Z", "not_counted") for n in range(1, 13)]
    assert on_one_row(truce, *records) == [*named, (None, "2020-02-14T00:00:00Z", "not_counted")]
    assert on_one_row(truce, *records[2:]) == named


def test_one_that_does_not_say_when_it_was_recorded_is_named_too(truce):
    """As in a file that somebody wrote by hand: it comes before all times."""
    assert on_one_row(truce, absent("finding", recorded=None)) == [
        ("red/1", "1970-01-01T00:00:00Z", "not_counted")
    ]


def test_a_notebook_says_on_which_rows_something_is_not_known(truce):
    """A performance may matter to what is to be done, and to nothing that is to be kept."""
    shown = assess(truce, [absent("performance")], as_of="2020-03-01")._repr_html_()
    rows = [(row.partition("</th>")[0].rpartition(">")[2], row) for row in shown.split("<tr>")[2:]]
    unread = {name for name, row in rows if "; some records are withheld or erased</td>" in row}
    told = {r["commitment"].removeprefix("truce/") for r in withheld(truce, absent("performance"))}
    assert {"achieve", "recur"} <= unread == told
    assert "refrain" in {name for name, _ in rows} - unread
    assert "withheld" not in assess(truce, [], as_of="2020-03-01")._repr_html_()
