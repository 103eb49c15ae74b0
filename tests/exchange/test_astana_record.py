"""The record of the Astana process that ships: every fact is a record or says why not, and no more is said than was."""

import csv
import io
import re
import sys
from functools import cache
from importlib import resources
from pathlib import Path

import pytest

import ceasefire as cf
from ceasefire.exchange.shipped import records_of

sys.path.insert(0, str(Path(__file__).parents[2] / "docs"))

import make_astana

DATA = resources.files("ceasefire") / "data" / "astana"
TEXTS = tuple(cf.agreement(name) for name in cf.agreements() if name != "syria-cessation-2016-02")


@cache
def records():
    """The records, by id."""
    return {record.id: record for record in cf.shipped_records("syria-astana")}


@cache
def status():
    """What they add up to at the end of 2024, under all instruments of the process."""
    return cf.assess(TEXTS, records().values(), as_of="2024-12-31", relays=True)


def facts():
    """The facts, by id."""
    return {row["id"]: row for row in csv.DictReader(io.StringIO((DATA / "facts.csv").read_text("utf-8")))}


def of_fact(name):
    """The records made of a fact."""
    return [record for key, record in records().items() if key == name or re.fullmatch(rf"{name}-\d+", key)]


def test_the_records_are_those_that_the_facts_make():
    """The file that ships is made of the two that are its source, byte for byte: `make docs` writes it."""
    assert (DATA / "records.jsonl").read_bytes() == make_astana.written()


def test_every_fact_is_a_record_or_says_why_not():
    """274 facts: none is passed over in silence."""
    _, entries = make_astana.entries()
    assert len(entries) == len(facts()) == 274
    made = set()
    for name in facts():
        several = of_fact(name)
        made |= {record.id for record in several}
        why = entries[name] if isinstance(entries[name], str) else ""
        assert bool(several) != bool(why), name
        assert several or len(why.split()) >= 5, name
    assert made == set(records())


def test_every_record_is_a_relay_with_its_address():
    """Whose statement it is, where it was read, and dated no earlier than what it tells of."""
    for record in records().values():
        assert (record.by, record.release, record.key) == ("analyst", "public", record.id)
        assert record.relay
        assert all(item.url and item.title for item in record.evidence), record.id
        assert record.evidence, record.id


def test_nothing_in_them_is_odd_but_that_an_analyst_is_no_party():
    """Every id is known, every place a zone, every pointer leads somewhere, no date runs ahead."""
    assert {problem.code for problem in status().lists.problems} == {"unknown_author"}
    known = {party.id for text in TEXTS for party in text.parties}
    assert {record.said_by for record in records().values()} <= known


def test_a_journal_takes_them_and_verifies(tmp_path):
    """All of them, once, however often; and each as it was written."""
    with cf.Journal.open(tmp_path / "a.db", author="analyst", agreements=TEXTS) as journal:
        for _ in range(2):
            journal.extend(list(records().values()))
        assert len(journal) == len(records())
        assert not journal.verify()


def test_nobody_is_found_to_have_done_anything():
    """No act is attributed to anybody; of one alone both guarantors say that it took place, and by whom differs."""
    assert not [claim.record for claim in status().lists.claims if claim.attributed_to]
    incidents = [c for c in status().lists.claims if c.kind == "incident" and c.determination != "duplicate"]
    assert {c.determination for c in incidents} == {"alleged", "under_review", "disputed", "established"}
    assert {c.record for c in incidents if c.determination == "established"} == {"ast-20200319-01"}
    assert not [row for row in status().lists.commitments if row.compliance == "breached"]


def test_who_names_somebody_in_a_finding_determined_it_or_answered():
    """Bodies that inquire name whom their reports name; Turkey alone attributes an act elsewhere."""
    named = [r for r in records().values() if isinstance(r, cf.Finding) and r.attributed_to]
    for finding in named:
        fact = facts()[re.sub(r"-\d{1,2}$", "", finding.id) if finding.id not in facts() else finding.id]
        assert "(determination" in fact["said_by"] or finding.said_by == "turkey", finding.id
    assert sorted((f.said_by, *f.attributed_to) for f in named) == [
        ("opcw-iit", "syrian-government"),
        ("turkey", "ypg"),
        ("un-commission-of-inquiry", "russia"),
        ("un-commission-of-inquiry", "russia"),
        ("un-commission-of-inquiry", "russia"),
        ("un-commission-of-inquiry", "syrian-government"),
    ]


def test_accused_are_those_whom_the_speaker_accuses():
    """Those involved are no accused: of the raid on Atmeh and the drones of Homs nobody of Syria is."""
    assert records()["ast-20231005-01"].accused == ()
    assert records()["ast-20220203-01"].accused == ("united-states",)
    assert records()["ast-20190816-01"].accused == ("russia",)
    assert records()["ast-20180414-01"].accused == ()


@pytest.mark.parametrize(
    ("record", "low", "best", "high"),
    [
        ("ast-20170404-01", 83, 83, 87),
        ("ast-20171113-01", 79, 84, 84),
        ("ast-20190722-01", 23, 39, 40),
        ("ast-20200227-02", 33, 34, 100),
        ("ast-20201026-01", 34, None, 100),
        ("ast-20231005-01", 80, 89, 123),
        ("ast-20241127-01", 130, None, None),
    ],
)
def test_spreads_of_the_killed_are_kept(record, low, best, high):
    """The published minimum, the figure used and the published maximum; “over” is a minimum."""
    killed = records()[record].killed
    assert (killed.low, killed.best, killed.high) == (low, best, high)


def test_a_month_stays_a_month():
    """What is known by its month only states no day."""
    for name, fact in facts().items():
        if fact["date_precision"] == "month":
            assert {str(r.occurred) for r in of_fact(name)} <= {fact["date"]}, name


def test_weak_sources_are_marked_wherever_they_stand():
    """Each address that the page of the facts asks a second source for says so in the evidence."""
    marked = [i for r in records().values() for i in r.evidence if "weak source" in i.title]
    every = [i for r in records().values() for i in r.evidence]
    assert marked
    assert [i for i in every if make_astana.weak(i.url)] == marked


def test_what_ships_is_found_by_its_name(tmp_path, monkeypatch):
    """A name, or a file of that name where there is one; a slip is told with the nearest."""
    assert len(cf.shipped_records()) == len(records()) + len(cf.shipped_records("syria-bulletins"))
    with pytest.raises(cf.RecordError, match="did you mean 'syria-astana'"):
        cf.shipped_records("syria-astna")
    monkeypatch.chdir(tmp_path)
    assert len(records_of("syria-astana")) == len(records())
    cf.write_records("syria-astana", [records()["ast-20170404-01"]])
    assert len(records_of("syria-astana")) == 1
