"""The shipped sample of UCDP GED: nothing of it is lost, and beside the bulletins nothing is added up."""

import csv
import re
from collections import Counter
from functools import cache
from hashlib import sha256
from importlib import resources

import pytest
from attrs import evolve

import ceasefire as cf
from ceasefire.data_sets import A_ROW
from ceasefire.errors import Mistake
from ceasefire.exchange.bulletins import add_tallies, read_bulletins
from ceasefire.exchange.layouts import layout
from ceasefire.exchange.tables import import_table, read_table

DATA = resources.files("ceasefire") / "data"
GED, NINE = DATA / "ucdp" / "ucdp_ged_syria_2017h1.csv", DATA / "ucdp" / "nine_days.toml"
MEMO = "syria-de-escalation-2017"
EXAMPLE = ("syria-ceasefire-2016", "syria-astana-2017-01-24", MEMO)
DYAD = "Government of Syria - Syrian insurgents"


@cache
def events():
    """Every row of the sample as a record; a mistake would be among them."""
    return tuple(read_table(GED, layout("ucdp"), [cf.agreement(MEMO)]))


@cache
def cells():
    """The rows as Python's own reader has them."""
    with GED.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def both():
    """A journal with the bulletins and the events of the nine days, released to the public."""
    texts = [cf.agreement(name) for name in EXAMPLE]
    kept = cf.Journal.in_memory(author="analyst", agreements=texts)
    add_tallies(read_bulletins(DATA / "bulletins" / "syria_bulletins_2016_2018.csv"), kept)
    done = import_table(GED, kept, layout("ucdp", str(NINE)), texts)
    assert (done.added, done.mistakes) == (41, ())
    return texts, kept


def test_all_events_get_in_and_those_of_a_dyad_can_be_told():
    """3,050 events, 1,385 of them of one dyad; each key once, no row refused."""
    assert len(events()) == 3_050
    assert not [one for one in events() if isinstance(one, Mistake)]
    assert len({one.record.key for one in events()}) == 3_050
    assert sum(one.record.text.startswith(f"{DYAD}; ") for one in events()) == 1_385


def test_what_a_row_says_is_what_its_cells_say():
    """Deaths as given, also where they contradict each other; nobody is accused; a country is no place."""
    for one, row in zip(events(), cells(), strict=True):
        record = one.record
        assert record.key == f"ucdp-ged-{row['id']}"
        assert (record.killed.low, record.killed.best, record.killed.high) == (
            int(row["low"]), int(row["best"]), int(row["high"]),
        )  # fmt: skip
        assert (record.accused, record.against, record.said_by) == ((), (), "ucdp")
        assert (record.place is None) == (row["where_prec"] in ("6", "7"))
        days = f"{record.occurred}"
        assert row["date_start"] in days
        assert (row["date_end"] in days) or row["date_end"] == row["date_start"]
    odd = Counter((int(r["low"]) > int(r["best"]), int(r["high"]) < int(r["best"])) for r in cells())
    assert odd[True, False] + odd[False, True] + odd[True, True] > 0, "the sample has such rows"


def test_the_bulletins_and_the_events_stand_beside_each_other_and_are_never_added():
    """The counts of both sides are what they are without the events, and the other way round."""
    texts, kept = both()
    found = cf.assess(texts, kept, as_of="2017-05-14", since="2017-05-06", relays=True)
    counts = [one for one in kept if one.kind == "tally"]
    alone = cf.assess(texts, counts, as_of="2017-05-14", since="2017-05-06", relays=True)
    assert found.to_dict()["tallies"] == alone.to_dict()["tallies"]
    text = cf.report(found).to_markdown()
    assert "**41 claims are open:**" in text
    assert "Russia states 15, 18, 8 and 4" in text
    assert "Turkey states 11†, 15, 3 and 2" in text
    for total in (45 + 41, 31 + 41, 45 + 31, 45 + 31 + 41):
        assert not re.search(rf"\*\*{total}\b", text), "no figure is a sum of ledgers"


@pytest.mark.parametrize("audience", ["mechanism", "public"])
def test_a_report_names_the_data_set_with_licence_and_file(audience):
    """Also to the public, which may not read the words of an open claim: its licence asks for that."""
    texts, kept = both()
    released = [evolve(one, release="public") for one in kept if one.kind == "incident"][:3]
    text = cf.report(cf.assess(texts, released, as_of="2017-05-14"), audience=audience).to_markdown()
    [line] = [line for line in text.splitlines() if line.startswith("- Imported: ")]
    assert (
        "3 records from: [UCDP Georeferenced Event Dataset (Sundberg and Melander 2013; Högbladh 2019) (CC BY 4.0)]"
        in line
    )
    assert sha256(GED.read_bytes()).hexdigest()[:12] in line


def test_the_public_is_told_of_no_table_of_somebodys_own():
    """Its title is free text of an open claim, which the public may not read; the mechanism may."""
    text = {"title": "What the mayor did, row 3", "kind": A_ROW}
    record = cf.Incident(
        by="iran",
        id="iran/1",
        occurred="2017-05-10",
        act="attack",
        zone="idlib-area",
        release="public",
        evidence=[text],
    )
    found = cf.assess(cf.agreement(MEMO), [record], as_of="2017-05-14")
    assert "What the mayor did" in cf.report(found).to_markdown()
    assert "What the mayor did" not in cf.report(found, audience="public").to_markdown()
