"""What is said of a duty by others than those who report it done: with a name, in the body, moving nothing."""

from pathlib import Path

import ceasefire as cf

TRUCE = cf.agreement(Path(__file__).parents[2] / "docs" / "rules" / "river-truce.toml")
ROAD = "river-truce/open-road"


def said(text, **fields):
    """A note of Cedar on the road."""
    return cf.Response(by="cedar", recorded="2020-03-20T09:00:00Z", to=ROAD, step="note", text=text, **fields)


def report(records, audience="mechanism", agreements=TRUCE):
    """The report of the end of March on these records, as Markdown."""
    status = cf.assess(agreements, records, since="2020-03-01", as_of="2020-03-31")
    return cf.report(status, audience=audience).to_markdown()


def test_what_is_said_of_a_commitment_stands_under_it_with_its_day_as_stated():
    """A day is a day, a month a month, a span a span; the row itself is as overdue as before."""
    records = [
        said("Work has begun.", id="a", owed_by="lowland", occurred="2020-03-14"),
        said("Stones were moved.", id="b", occurred="2020-03"),
        said("Lorries came.", id="c", occurred={"from": "2020-03-16", "to": "2020-03-18"}),
    ]
    text = report(records)
    lines = [
        line
        for line in text.split("\n## What is said of the commitments\n")[1].split("\n")
        if "note." in line
    ]
    assert [line.split(" – ", 1)[1].split(": note")[0] for line in lines] == [
        "March 2020 – Cedar", "14 March – Cedar", "16–18 March – Cedar",
    ]  # fmt: skip
    status = cf.assess(TRUCE, records, as_of="2020-03-31")
    assert status["open-road", "lowland"].compliance == "overdue"


def test_the_public_reads_that_something_was_said_and_not_its_words():
    """The words of a statement may name anybody."""
    record = said("The lowland side blocks it.", id="a", occurred="2020-03-14", release="public")
    assert "The lowland side blocks it." in report([record])
    text = report([record], "public")
    assert "What is said of the commitments" in text
    assert "blocks it" not in text


def test_without_a_statement_there_is_no_such_section():
    """A heading without content would say that something was said."""
    assert "What is said of the commitments" not in report([])


def test_a_step_that_took_days_stands_in_its_case():
    """An inquiry of three days is a step of the case from its first day on."""
    act = cf.Incident(
        by="birch", id="x", recorded="2020-03-11T09:00:00Z", occurred="2020-03-10", act="attack"
    )
    step = cf.Response(
        by="cedar", id="y", recorded="2020-03-20T09:00:00Z", to="x", step="inquiry",
        occurred={"from": "2020-03-16", "to": "2020-03-18"},
    )  # fmt: skip
    assert "16–18 March – Cedar: inquiry" in report([act, step])


def test_who_reports_a_duty_done_after_its_day_alleges_nothing_against_itself():
    """The row is overdue; that it was done later is told as the word of who says so, not as an allegation."""
    done = cf.Performance(
        by="lowland", id="p", recorded="2020-03-28T09:00:00Z", occurred="2020-03-27", commitment=ROAD,
        performer="lowland",
    )  # fmt: skip
    text = report([done])
    assert "done later, by the word of The Lowland government; not determined" in text
    assert "beside it: alleged" not in text
    assert "*overdue*" in text
