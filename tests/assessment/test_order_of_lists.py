"""The order of lists and of what stands in their cells: that of the files, of authors and of numbers."""

import pytest

import ceasefire as cf
from ceasefire.record import Finding, Incident, Performance
from ceasefire.record.order import sentence_key

TRUCE = """
ceasefire = 1
id = "truce"
adopted = 2020-01-01
timezone = "UTC"

[[party]]
id = "red"
[[party]]
id = "blue"

[[mechanism]]
id = "panel"
members = ["red", "blue"]
rule = "any"

[[commitment]]
id = "afterwards"
summary = "Once the last was breached, blue attacks nobody."
duty = "refrain"
owed_by = "blue"
acts = "attack"
when = { breach_of = "last" }

[[commitment]]
id = "middle"
summary = "Blue attacks nobody."
duty = "refrain"
owed_by = "blue"
acts = "attack"

[[commitment]]
id = "last"
summary = "Blue attacks nobody in the valley."
duty = "refrain"
owed_by = "blue"
acts = "attack"
"""
ANNEX = TRUCE.replace('id = "truce"', 'id = "annex"').replace(
    '[[mechanism]]\nid = "panel"', '[[mechanism]]\nid = "other-panel"'
)
ALL = ["truce/afterwards", "truce/middle", "truce/last"]


def act(number, **more):
    """Return an incident of which blue is accused."""
    fields = {"occurred": f"2020-02-{number:02}T10:00:00Z", "recorded": "2020-03-20T00:00:00Z"}
    return Incident(by="red", id=f"red/{number}", act="attack", accused="blue", **fields | more)


def claim(status, record, agreement="truce"):
    """Return what is listed of a claim in one agreement."""
    found = status.to_dict()["claims"]
    return next(c for c in found if (c["record"], c["agreement"]) == (record, agreement))


@pytest.mark.parametrize("turned", [False, True])
def test_under_what_an_act_falls_is_told_in_the_order_of_the_file(written, turned):
    """Whatever waits for what, and in whatever order the agreements are given."""
    agreements = [written(TRUCE), written(ANNEX)]
    records = [act(1), act(2)]
    status = cf.assess(agreements[::-1] if turned else agreements, records, as_of="2020-03-31")
    assert claim(status, "red/2")["under"] == ALL
    assert claim(status, "red/2", "annex")["under"] == [name.replace("truce", "annex") for name in ALL]


def test_under_what_an_act_is_put_is_told_in_the_order_of_the_file(written):
    """Also where the mechanism decides it, in whatever order its finding names them."""
    decided = Finding(
        by="blue", id="blue/1", recorded="2020-03-21T00:00:00Z", on="red/2", commitments=["last", "middle"]
    )
    status = cf.assess(written(TRUCE), [act(1), act(2), decided], as_of="2020-03-31")
    assert claim(status, "red/2")["under"] == ["truce/middle", "truce/last"]


def test_problems_are_in_the_order_of_authors_and_numbers(written):
    """Two comes before ten: of the records they stand in, and of those that they tell of."""
    found = [
        Performance(
            by="red",
            id=f"red/{number}",
            commitment="last",
            performer="red",
            occurred=f"2020-02-{number:02}T10:00:00Z",
            recorded="2020-03-20T00:00:00Z",
        )
        for number in (10, 2, 1)
    ]
    status = cf.assess(written(TRUCE), found, as_of="2020-03-31")
    assert [p["record"] for p in status.to_dict()["problems"]] == ["red/1", "red/2", "red/10"]
    told = ["red/2 names red/10", "red/2 names red/9", "red/10 names red/1", "red/2 names"]
    assert sorted(told, key=sentence_key) == [
        "red/2 names", "red/2 names red/9", "red/2 names red/10", "red/10 names red/1"
    ]  # fmt: skip


def test_what_is_past_its_date_and_open_is_said_to_be_that(written):
    """Nobody disputes it: the row says that the day passed, and the performance that it may have been in time."""
    text = TRUCE.replace('rule = "any"', 'rule = "consensus"') + (
        '[[commitment]]\nid = "map"\nsummary = "Hand over the map."\nduty = "achieve"\n'
        'owed_by = "blue"\ndue = 2020-03-01\n'
    )
    done = Performance(
        by="red",
        id="red/1",
        commitment="map",
        performer="blue",
        occurred="2020-02-10T10:00:00Z",
        recorded="2020-02-20T00:00:00Z",
    )
    status = cf.assess(written(text), [done], as_of="2020-03-31")
    assert status["map", "blue"].compliance == "disputed"
    said = status.why("map", "blue")
    assert "past its date, and it is open whether it was done in time" in said
    assert "It is open, and may have been in time" in said
    assert "disputed" not in said
