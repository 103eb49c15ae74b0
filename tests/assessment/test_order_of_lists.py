"""The order of lists and of what stands in their cells: that of the files, of authors and of numbers."""

import pytest

import ceasefire as cf
import pen
from ceasefire.record.order import sentence_key

LAST = pen.commitment("last", duty="refrain", owed_by="blue", acts="attack")
MIDDLE = LAST | {"id": "middle"}
AFTERWARDS = LAST | {"id": "afterwards", "when": {"breach_of": "last"}}
OWED = (AFTERWARDS, MIDDLE, LAST)
ALL = ["truce/afterwards", "truce/middle", "truce/last"]


@pytest.fixture(scope="module")
def truce():
    """Return an agreement that one of two determines, of commitments of which the first waits for the last."""
    return pen.truce(*OWED, rule="any")


def act(number):
    """Return an incident of one day of February, of which blue is accused."""
    return pen.incident(number, occurred=f"2020-02-{number:02}T10:00:00Z", accused="blue")


def claim(status, record, agreement="truce"):
    """Return what is listed of a claim in one agreement."""
    found = status.to_dict()["claims"]
    return next(c for c in found if (c["record"], c["agreement"]) == (record, agreement))


@pytest.mark.parametrize("turned", [False, True])
def test_under_what_an_act_falls_is_told_in_the_order_of_the_file(truce, turned):
    """Whatever waits for what, and in whatever order the agreements are given."""
    agreements = [truce, pen.truce(*OWED, id="annex", rule="any")]
    records = [act(1), act(2)]
    status = cf.assess(agreements[::-1] if turned else agreements, records, as_of="2020-03-31")
    assert claim(status, "red/2")["under"] == ALL
    assert claim(status, "red/2", "annex")["under"] == [name.replace("truce", "annex") for name in ALL]


def test_under_what_an_act_is_put_is_told_in_the_order_of_the_file(truce):
    """Also where the mechanism decides it, in whatever order its finding names them."""
    decided = pen.finding(
        1, "red/2", outcome=None, recorded="2020-03-21T00:00:00Z", commitments=["last", "middle"]
    )
    status = cf.assess(truce, [act(1), act(2), decided], as_of="2020-03-31")
    assert claim(status, "red/2")["under"] == ["truce/middle", "truce/last"]


def test_problems_are_in_the_order_of_authors_and_numbers(truce):
    """Two comes before ten: of the records they stand in, and of those that they tell of."""
    found = [
        pen.performance(
            number,
            commitment="last",
            performer="red",
            occurred=f"2020-02-{number:02}T10:00:00Z",
            recorded="2020-03-20T00:00:00Z",
        )
        for number in (10, 2, 1)
    ]
    status = cf.assess(truce, found, as_of="2020-03-31")
    assert [p["record"] for p in status.to_dict()["problems"]] == ["red/1", "red/2", "red/10"]
    told = ["red/2 names red/10", "red/2 names red/9", "red/10 names red/1", "red/2 names"]
    assert sorted(told, key=sentence_key) == [
        "red/2 names", "red/2 names red/9", "red/2 names red/10", "red/10 names red/1"
    ]  # fmt: skip


def test_what_is_past_its_date_and_open_is_said_to_be_that():
    """Nobody disputes it: the row says that the day passed, and the performance that it may have been in time."""
    done = pen.performance(occurred="2020-02-10T10:00:00Z", recorded="2020-02-20T00:00:00Z")
    status = cf.assess(pen.truce("map"), [done], as_of="2020-03-31")
    assert status["map", "blue"].compliance == "disputed"
    said = status.why("map", "blue")
    assert "past its date, and it is open whether it was done in time" in said
    assert "It is open, and may have been in time" in said
    assert "disputed" not in said
