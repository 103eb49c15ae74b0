"""Acts as a table of events: with tags that libhxl reads, and by a mapping it comes back in."""

import csv
import io
import re
import tomllib
from datetime import date, timedelta
from pathlib import Path

import hxl
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import ceasefire as cf
import pen
from ceasefire.exchange.layouts import layout
from ceasefire.reporting.exports.events import COLUMNS
from ceasefire.reporting.sheets import NAMES

PAGE = (Path(__file__).parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")
#: The mapping on the page, by which a table of events comes back in.
[BACK] = re.findall(r"^```toml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
TRUCE = pen.truce("stop", zone=["north", "south"])
DAYS = st.dates(date(2019, 12, 1), date(2020, 1, 9))


def events(*records, audience="mechanism", agreement=TRUCE, tags=False):
    """Return the table of events of some records."""
    status = cf.assess(agreement, records, as_of="2020-01-31")
    return cf.report(status, audience=audience).to_events(hxl=tags)


def rows(text):
    """Return the rows of a table as dicts."""
    return list(csv.DictReader(io.StringIO(text)))


def test_no_column_says_who_did_what_to_whom():
    """Two actors and two sides are what others have; here whoever is named stands beside a determination."""
    assert not {"actor1", "actor2", "side_a", "side_b", "dyad_name", "interaction"} & set(COLUMNS)
    [row] = rows(events(pen.incident(accused="blue", against="red")))
    assert (row["accused"], row["determination"], row["attributed_to"]) == ("blue", "alleged", "")


def test_the_page_lists_the_columns():
    """Every column with what ACLED and UCDP GED call it, and none besides."""
    [table] = re.findall(r"^\| column \|.*?(?=\n\n)", PAGE, re.MULTILINE | re.DOTALL)
    listed = [name for line in table.split("\n")[2:] for name in re.findall(r"`(\w+)`", line.split(" | ")[0])]
    assert listed == list(COLUMNS)


def test_names_of_acled_and_of_ucdp_stand_where_the_files_give_them():
    """A governorate as each of them spells it, a sub-event for an act."""
    record = pen.incident(1, "russia", occurred="2017-05-14", recorded="2017-05-15T00:00:00Z", zone="idlib",
                          act="attack.shelling")  # fmt: skip
    [row] = rows(events(record, agreement=cf.agreement("syria-de-escalation-2017")) or "")
    assert (row["sub_event_type"], row["admin1"]) == ("Shelling/artillery/missile attack", "Idleb")


def test_how_well_a_day_is_known_is_told_as_each_of_them_does():
    """A day, some day of five, of a week, of a month, of two."""
    told = {"2020-01-05": ("1", "1"), "[2020-01-01..2020-01-05]": ("2", "2"), "2020-01": ("4", "3"),
            "[2020-01-01..2020-01-07]": ("3", "2"), "[2019-12-01..2020-01-09]": ("5", "")}  # fmt: skip
    for stated, known in told.items():
        [row] = rows(events(pen.incident(occurred=stated, recorded="2020-01-31T23:00:00Z")))
        assert (row["date_prec"], row["time_precision"]) == known, stated


def test_a_coordinate_below_zero_is_a_number_and_a_text_that_looks_like_one_is_none():
    """A spreadsheet program takes neither for a formula."""
    spot = {"name": "-1+1", "lat": "-35.930", "lon": "-36.6"}
    [row] = rows(events(pen.incident(place=spot, text="=1+1")))
    assert (row["latitude"], row["longitude"]) == ("-35.930", "-36.6")
    assert (row["location"], row["notes"]) == ("'-1+1", "'=1+1")


def test_libhxl_reads_every_table_with_its_tags():
    """Each column has a tag, and under it the cells of the table."""
    status = cf.assess(
        TRUCE, [pen.incident(), pen.tally(2, period="2020-01-10", count=2)], as_of="2020-01-31"
    )
    made = cf.report(status)
    texts = [made.to_events(hxl=True), *(made.to_csv(name, hxl=True) for name in NAMES)]
    plain = [made.to_events(), *(made.to_csv(name) for name in NAMES)]
    for tagged, bare in zip(texts, plain, strict=True):
        read = hxl.data(io.BytesIO(tagged.encode()))
        head, *cells = csv.reader(io.StringIO(bare))
        assert [column.header for column in read.columns] == head
        assert all(column.tag for column in read.columns)
        assert [row.values for row in read] == cells


@st.composite
def incidents(draw):
    """Incidents with what a row of the table tells of one."""
    found = []
    for number in range(1, draw(st.integers(1, 5)) + 1):
        first = draw(DAYS)
        last = first + timedelta(days=draw(st.integers(1, 9)))
        occurred = draw(
            st.sampled_from((str(first), f"[{first}..{last}]", {"from": str(first), "to": str(last)}))
        )
        spot = {
            "lat": draw(st.sampled_from(("-1.50", "47.0412"))),
            "lon": "15.4",
            "precision": 2,
            "name": "Mill",
        }
        fields = {
            "zone": draw(st.sampled_from((None, "north", "south"))),
            "place": draw(st.sampled_from((None, spot))),
            "accused": draw(st.sampled_from((None, ["blue"], ["blue", "red"]))),
            "against": draw(st.sampled_from((None, ["red"]))),
            "killed": draw(st.sampled_from((None, {"low": 0, "best": 2, "high": 3}, {"best": 1}))),
            "text": draw(st.sampled_from((None, 'a "quoted", word; and more', "قال"))),
        }
        recorded = {"recorded": "2020-01-30T00:00:00Z"}
        stated = {name: value for name, value in fields.items() if value is not None}
        found.append(pen.incident(number, occurred=occurred, **recorded, **stated))
    return found


@given(records=incidents(), tags=st.booleans())
@settings(max_examples=15)
def test_a_table_of_events_comes_back_in(records, tags, tmp_path_factory):
    """By the mapping on the page: the same acts, days, places, people and words."""
    file = tmp_path_factory.mktemp("events") / "events.csv"
    file.write_text(events(*records, tags=tags), encoding="utf-8")
    with cf.Journal.in_memory(author="desk", agreements=[TRUCE]) as journal:
        done = cf.import_table(file, journal, tomllib.loads(BACK), [TRUCE])
        assert not done.mistakes
        again = {record.key.removeprefix("again-"): record for record in journal}
    assert again.keys() == {record.id for record in records}
    for record in records:
        shown = evolve(
            again[record.id],
            by="red",
            said_by=None,
            id=record.id,
            key=None,
            evidence=(),
            recorded=record.recorded,
        )
        assert shown == record


@pytest.mark.parametrize(
    ("name", "own"),
    [("acled", {}), ("ucdp", {"columns": {"act": "act"}, "values": {"act": {"*": "attack"}}})],
)
def test_the_imports_of_others_read_what_theirs_and_ours_have_in_common(name, own, tmp_path):
    """Days, places and people have their names; what kind of violence it was, GED alone says."""
    file = tmp_path / "events.csv"
    file.write_text(events(pen.incident(act="attack.shelling", killed=2)), encoding="utf-8")
    [found] = cf.read_table(file, layout(name, own))
    assert (found.record.killed.best, str(found.record.occurred)) == (2, "2020-01-10")
