"""Two processes in `examples/` that were encoded from the pages alone: what their records must add up to."""

import csv
from pathlib import Path

import pytest

import ceasefire as cf

EXAMPLES = Path(__file__).parents[1] / "examples"
HODEIDAH, SRI_LANKA = EXAMPLES / "hodeidah", EXAMPLES / "sri-lanka"


def known(folder, as_of):
    """Return the assessment of an example on a day, with relayed statements as positions of their speakers."""
    records = cf.read_records(folder / "records.jsonl")
    assert not records.mistakes
    return cf.assess(cf.agreement(folder / "agreement.toml"), records, as_of=as_of, relays=True)


def standing(status):
    """Return the compliance of each row, by commitment and bearer."""
    rows = status.to_dict()["commitments"]
    return {(row["commitment"].partition("/")[2], row["owed_by"] or "-"): row for row in rows}


def counted(folder):
    """Return the rows of the published table of an example, by what they count."""
    with (folder / "tallies.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("folder", [HODEIDAH, SRI_LANKA], ids=lambda folder: folder.name)
def test_every_record_has_evidence_and_merges_into_a_journal_that_verifies(folder):
    """Nobody's word is passed on without where it stands; and the whole has no problem."""
    records = cf.read_records(folder / "records.jsonl")
    assert all(record.evidence and record.said_by and record.key for record in records)
    assert not known(folder, "2024-12-31").to_dict()["problems"]
    with cf.Journal.in_memory(author="desk") as journal:
        journal.record(*records)
        assert not journal.verify()
        assert len(journal) == len(records)


def test_hodeidah_missed_its_second_day_and_disputes_its_first():
    """Two and three weeks after the ceasefire: what one side says was done, and what nobody says."""
    before, after = standing(known(HODEIDAH, "2019-01-07")), standing(known(HODEIDAH, "2019-01-08"))
    assert {who: before["all-forces", who]["compliance"] for who in ("yemen", "ansar-allah")} == {
        "yemen": "none_recorded", "ansar-allah": "none_recorded",
    }  # fmt: skip
    assert {after["all-forces", who]["compliance"] for who in ("yemen", "ansar-allah")} == {"overdue"}
    assert after["ports-first", "yemen+ansar-allah"]["compliance"] == "disputed"
    assert after["no-reinforcements", "yemen"]["compliance"] == "none_recorded"


def test_hodeidah_keeps_the_ledgers_of_its_sides_apart():
    """Each side's count accuses the other; the mission that saw the withdrawal is heard and not counted."""
    status = known(HODEIDAH, "2020-03-31").to_dict()
    said = {(row["said_by"], row["count"]) for row in status["tallies"]}
    assert said == {
        ("coalition", 183), ("ansar-allah", 31), ("yemen", 268), ("yemen", 51), ("yemen", 109),
    }  # fmt: skip
    may = [row for row in status["positions"] if row["record"] == "desk/10" and row["question"] == "outcome"]
    assert {(row["member"], row["answer"], row["counted"]) for row in may} == {
        ("ansar-allah", "confirmed", True), ("yemen", "refuted", True), ("unmha", "confirmed", False),
    }  # fmt: skip
    published = {int(row["count"]) for row in counted(HODEIDAH) if row["period_start"] < "2022"}
    people = {row[of]["best"] for row in status["tallies"] for of in ("killed", "injured") if row[of]}
    assert published <= people | {count for _, count in said}


def test_sri_lanka_rulings_in_aggregate_are_breaches_of_those_who_are_named():
    """The mission decides alone: what it publishes stands, with the figure, and no total of all names anybody."""
    rows = standing(known(SRI_LANKA, "2003-01-31"))
    ruled = {one["count"] for one in rows["no-hostile-acts", "ltte"]["ruled"]}
    assert (rows["no-hostile-acts", "ltte"]["compliance"], ruled) == ("breached", {313, 89, 41})
    assert rows["no-hostile-acts", "government"]["compliance"] == "alleged"
    assert rows["no-hostile-acts", "-"]["compliance"] == "alleged"
    assert rows["disarm-paramilitaries", "government"]["compliance"] == "disputed"
    assert rows["schools", "ltte"]["compliance"] == "overdue"


def test_sri_lanka_totals_are_kept_as_they_were_published():
    """Every row of the table is a record: lower bounds, totals that do not add up, what is pending."""
    tallies = known(SRI_LANKA, "2008-01-17").to_dict()["tallies"]
    kept = sorted(
        f"{'>' if row['at_least'] else ''}{next(n for n in (row['count'], row['pending'], row['not_confirmed']) if n)}"
        for row in tallies
    )
    assert kept == sorted(row["count"] for row in counted(SRI_LANKA))
    assert {">2500", ">4000", "556"} <= set(kept)


def test_sri_lanka_ends_when_the_notice_has_run():
    """The 16th of January 2008 is the last day; from the 3rd the fourteen days would have been too few."""
    status = known(SRI_LANKA, "2008-01-17")
    assert [status.at(day).to_dict()["agreements"][0]["state"] for day in ("2008-01-16", "2008-01-17")] == [
        "in_force", "terminated",
    ]  # fmt: skip
