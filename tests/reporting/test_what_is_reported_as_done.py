"""What is reported as done and not determined is neither a breach nor nothing: the report says that it is open."""

import pytest

import ceasefire as cf
from ceasefire.record import from_json
from ceasefire.testing import read

GUARANTORS = ("iran", "russia", "turkey")
MEMORANDUM = {
    "ceasefire": 1,
    "id": "memorandum",
    "title": "Memorandum",
    "adopted": "2020-01-01",
    "in_force": "2020-01-01",
    "timezone": "UTC",
    "party": [
        *({"id": one, "name": one.capitalize()} for one in GUARANTORS),
        {"id": "red", "name": "The armed forces of the red side", "short": "Red"},
        {"id": "far", "name": "A state that no text and no record names", "short": "Far"},
    ],
    "mechanism": [{"id": "m", "members": list(GUARANTORS), "rule": "majority", "oversees": ["memorandum"]}],
    "commitment": [
        {
            "id": "posts",
            "title": "Posts",
            "summary": "Each sets up posts.",
            "duty": "achieve",
            "owed_by": list(GUARANTORS),
            "due": "2020-03-01",
        },
        {
            "id": "calm",
            "title": "Calm",
            "summary": "No attacks.",
            "duty": "refrain",
            "acts": ["attack"],
            "owed_by": ["red"],
        },
    ],
}
DONE = [
    {
        "kind": "performance",
        "id": f"{one}/1",
        "by": one,
        "recorded": "2020-01-06T00:00:00Z",
        "occurred": "2020-01-05",
        "commitment": "posts",
        "performer": one,
    }
    for one in GUARANTORS
]
SINCE = {
    "kind": "tally",
    "id": "iran/2",
    "by": "iran",
    "recorded": "2020-01-09T00:00:00Z",
    "period": {"from": "2020-01-04", "to": "2020-01-08"},
    "cumulative": True,
    "count": 1403,
    "act": "attack",
    "unit": "complaints",
}


@pytest.fixture(scope="module")
def text():
    """Return the report of the days in which each of three guarantors reported its posts as set up."""
    records = [from_json(one) for one in (*DONE, SINCE)]
    return cf.report(
        cf.assess(read(MEMORANDUM), records, as_of="2020-01-10", since="2020-01-04")
    ).to_markdown()


def test_page_one_counts_open_performances_beside_reports_of_acts(text):
    """There is none of an act; three claims are open all the same."""
    assert "- Claims open: **3 on performances, events or the like** · before: none recorded" in text
    assert "**3 claims are open:** 3 alleged" in text


def test_what_changed_alike_of_several_who_owe_it_is_one_line(text):
    """It names all three, each with its record, and says that claims are open: not that nothing is recorded."""
    (line,) = [one for one in text.splitlines() if one.startswith("| Posts, ")]
    assert line.split(" | ") == [
        "| Posts, Iran, Russia and Turkey, each",
        "nothing recorded",
        "1 claim open",
        r"Iran \[iran/1\]; Russia \[russia/1\]; Turkey \[turkey/1\] |",
    ]


def test_a_commitment_that_is_reported_as_kept_is_not_among_those_on_which_nothing_is_recorded(text):
    """It has its line in the table, and its square says what it is."""
    assert "## The 2 commitments – 1 in published counts, nobody named · 1 with open claims\n" in text
    assert r"| Posts | Iran | 1 claim open | \[iran/1\] |" in text


def test_a_count_from_a_day_on_is_told_since_that_day(text):
    """It is no count for a period of its own."""
    assert "1,403 since 4 January, up to 8 January" in text
    assert "for since" not in text


def test_the_names_in_full_are_those_of_parties_that_the_report_names(text):
    """A register may have very many."""
    assert "Red: The armed forces of the red side" in text
    assert "Far: " not in text
