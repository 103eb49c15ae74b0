"""Tables as people have them, by a mapping: read by name, dates as told, nothing lost and nothing invented."""

import csv
import io
import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import ceasefire as cf
from ceasefire.cli import main
from ceasefire.commands.terminal import counting
from ceasefire.errors import MappingError, Mistake, RecordError, UnreadableFile
from ceasefire.exchange.layouts import LAYOUTS, layout
from ceasefire.exchange.table.checks import TABLES
from ceasefire.exchange.table.dates import KNOWN, days_of, stated, widened
from ceasefire.exchange.table.mapping import mapping_of, read_mapping
from ceasefire.exchange.tables import import_table, read_table, unread_columns
from ceasefire.record import to_json
from ceasefire.visible import visible

DOCS = Path(__file__).parents[2] / "docs"
#: Days of the years that records have.
DAYS = st.dates(min_value=date(1000, 1, 1), max_value=date(2999, 12, 31))
MEMO = cf.agreement("syria-de-escalation-2017")
MONTHS = """\
﻿Month_wise,North,South,Not_Mentioned,Total_cfv
2017-01,2,0,1,3
2017-02,,,,0
2017-03,4,1,0,6
"""
BY_MONTH = """\
kind = "tally"
[constant]
said_by = "mission"
act = "attack"
unit = "violations"
[columns]
period = "Month_wise"
count = "Total_cfv"
[parts]
North = "north"
South = "south"
"""
BY_HAND = """\
entry,date,event_group,title,brief description,lat,lon,country,province,district,town/city,arms/munition,violence level,link,geolocation
E1,2017-05-14,May 2017,14/05/2017 Firing,Firing seen,35.5,36.5,A,Idlib area,,Hill town,,3,https://example.org/1,
E2,2017-05-15,May 2017,15/05/2017 Firing,"Firing
heard",35.5,36.5,A,North,,Hill town,,1,https://example.org/2,
"""
INCIDENTS = """\
kind = "incident"
key = "entry"
[constant]
act = "attack.opening-fire"
[columns]
occurred = "date"
zone = "province"
place.name = "town/city"
place.lat = "lat"
place.lon = "lon"
text = ["title", "brief description"]
evidence.url = "link"
"""
ACLED = """\
event_id_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,actor2,admin1,location,latitude,longitude,geo_precision,source,notes,fatalities
AAA1,14 May 2017,2017,1,Battles,Armed clash,A,B,North,Hill town,35.5,36.5,1,Paper; Radio,"On 14 May, firing.",0
AAA2,2017-05-20,2017,2,Explosions/Remote violence,Shelling/artillery/missile attack,B,,North,Hill town,35.5,36.5,2,Radio,"Around 20 May, shelling.",3
"""


@pytest.fixture
def write(tmp_path):
    """Write a file and return its path."""

    def written(name, data):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    return written


def journal(author="desk"):
    """Return a journal of somebody who imports."""
    return cf.Journal.in_memory(author=author)


def told(records):
    """Return what records say, without what differs from run to run."""
    return [
        {name: value for name, value in to_json(one).items() if name not in ("recorded", "received", "proof")}
        for one in records
    ]


# Shapes of files that people of this field have


def test_counts_by_month_with_columns_of_places_get_in(write):
    """A count is of its whole month; a blank part is no zero; what no column of the mapping reads is left."""
    kept = journal()
    done = import_table(write("months.csv", MONTHS), kept, write("months.toml", BY_MONTH))
    assert (done.added, done.mistakes) == (3, ())
    first, second, _ = told(kept)
    assert first["period"] == {"from": "2017-01-01", "to": "2017-01-31"}
    assert (first["count"], first["by_zone"]) == (3, {"north": 2, "south": 0})
    assert (second["count"], "by_zone" in second) == (0, False)
    assert len(BY_MONTH.splitlines()) <= 15


def test_a_list_of_incidents_kept_by_hand_gets_in(write):
    """A place that an agreement knows is its zone, another is kept by its name and told with the nearest."""
    kept = journal()
    done = import_table(write("events.csv", BY_HAND), kept, write("events.toml", INCIDENTS), [MEMO])
    known, unknown = told(kept)
    assert (known["zone"], known["place"]["name"]) == ("idlib-area", "Hill town")
    assert ("zone" in unknown, unknown["place"]["name"]) == (False, "Hill town, North")
    assert unknown["text"] == "15/05/2017 Firing; Firing\nheard"
    assert [(one.word, rows) for one, rows in done.unknown] == [("North", 1)]
    assert len(INCIDENTS.splitlines()) <= 15


def test_acled_gets_in_and_accuses_nobody(write):
    """Both spellings of dates; a week is one of its days; both actors stand in the text."""
    kept = journal()
    done = import_table(write("acled.csv", ACLED), kept, layout("acled"))
    assert (done.added, done.mistakes) == (2, ())
    clash, shelling = told(kept)
    assert (clash["occurred"], clash["act"]) == ("2017-05-14", "attack.armed-clash")
    assert shelling["occurred"] == "[2017-05-14..2017-05-26]"
    assert not {"accused", "against"} & (clash.keys() | shelling.keys())
    assert clash["text"] == "A; B; On 14 May, firing."
    old = "\n".join(
        line if number else line.upper()
        for number, line in enumerate(ACLED.replace("14 May 2017", "14/05/2017").splitlines())
    )
    file = write("old.csv", old)
    again = import_table(file, kept, layout("acled"))
    assert unread_columns(file, layout("acled")) == ("YEAR", "EVENT_TYPE")
    assert (again.held, again.added) == (2, 0), "exports before 2023 have the same columns in capitals"


UCDP_COLUMNS = (
    "id,dyad_name,type_of_violence,source_article,source_headline,where_prec,where_coordinates,adm_1,latitude,"
    "longitude,date_prec,date_start,date_end,low,best,high"
)
UCDP = f"""\
{UCDP_COLUMNS}
1,A - B,1,"SOHR;""x"" y",Fighting,1,Hill town,Idlib Governorate,35.5,36.5,1,2017-05-14 00:00:00.000,2017-05-16 00:00:00.000,0,0,2
2,A - B,3,Radio,Killings,6,Syria,,35.0,38.0,4,2017-05-01,2017-05-31,5,3,1
"""


def test_ucdp_keeps_what_is_odd_and_takes_no_country_for_a_place(write):
    """An event that lasted, a month that is known, low above best as given; a centroid is no point on a map."""
    kept = journal()
    file = write("ged.csv", UCDP)
    done = import_table(file, kept, layout("ucdp"), [MEMO])
    assert done.mistakes == ()
    fight, killings = told(kept)
    assert fight["occurred"] == {"from": "2017-05-14", "to": "2017-05-16"}
    assert (fight["zone"], fight["killed"]) == ("idlib", {"low": 0, "best": 0, "high": 2})
    assert (killings["occurred"], killings["act"]) == ("[2017-05-01..2017-05-31]", "civilians.attack")
    assert killings["killed"] == {"low": 5, "best": 3, "high": 1}
    assert not {"zone", "place", "accused"} & killings.keys()
    assert "CC BY 4.0" in killings["evidence"][-1]["title"]


def test_both_layouts_of_ged_say_the_same(write):
    """A candidate release has 49 columns in another order, with `low` last: by name, nothing moves."""
    row = dict(zip(UCDP_COLUMNS.split(","), next(csv.reader([UCDP.splitlines()[1]])), strict=True))
    wide = (
        "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,dyad_dset_id,"
        "dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,number_of_sources,"
        "source_article,source_office,source_date,source_headline,source_original,where_prec,where_coordinates,"
        "where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,event_clarity,"
        "date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob"
    ).split(",")
    assert len(wide) == 49
    path = write("candidate.csv", "")
    with path.open("w", encoding="utf-8", newline="") as file:
        made = csv.DictWriter(file, wide, restval="x")
        made.writeheader()
        made.writerow(row)
    [new] = read_table(path, layout("ucdp"), [MEMO])
    old, _ = read_table(write("ged.csv", UCDP), layout("ucdp"), [MEMO])
    bare = [
        {name: said for name, said in to_json(one.record).items() if name != "evidence"} for one in (new, old)
    ]
    assert bare[0] == bare[1]
    assert len(unread_columns(path, layout("ucdp"))) == 49 - len(layout("ucdp").read)


def test_events_that_acled_deleted_are_withdrawn_and_stay_so(write, tmp_path):
    """By its list, as CSV or JSON; an id that is not held is told; a later export brings none of them back."""
    file, kept = write("acled.csv", ACLED), tmp_path / "j.db"
    gone = write("deleted.csv", "event_id_cnty,deleted_timestamp\nAAA2,1500000000\nZZZ9,1500000000\n")
    words = ("import", "acled", file, "--journal", kept, "--deleted")
    done = run(*words, gone)
    assert "1 withdrawn: their source deleted them" in done.stdout
    assert "1 deleted by their source, and not held here" in done.stdout
    again = run(
        *words, write("deleted.json", '{"data": [{"event_id_cnty": "AAA2", "deleted_timestamp": 15}]}')
    )
    assert "1     of records that were withdrawn, and stay so" in again.stdout
    assert "and withdrawn before" in again.stdout
    with cf.Journal.open(kept, read_only=True) as opened:
        assert [one.kind for one in opened] == ["incident", "incident", "withdrawal"]
        assert not opened.verify()
    other = run(
        "import", "acled", file, "--journal", tmp_path / "k.db", "--deleted", write("x.csv", "id\n1\n")
    )
    assert "there is no column 'event_id_cnty'" in other.stderr
    assert not (tmp_path / "k.db").exists(), "a list that is none is told before anything is written"


def test_rows_without_an_id_are_kept_apart(write):
    """Each by all that it says, and counted: two that are equal are two, and come again as those held."""
    file = write(
        "acled.csv",
        ACLED
        + ACLED.splitlines()[2].replace("AAA2", "")
        + "\n"
        + ACLED.splitlines()[2].replace("AAA2", "")
        + "\n",
    )
    kept = journal()
    done = import_table(file, kept, layout("acled"))
    assert (done.added, done.unnamed, done.mistakes) == (4, 2, ())
    assert sum(one.key.startswith("acled-row-") for one in kept) == 2
    assert import_table(file, kept, layout("acled")).held == 4


def test_the_json_of_a_service_is_a_table_too(write):
    """The same keys under `data`, with figures as they are written."""
    rows = [
        dict(zip(ACLED.splitlines()[0].split(","), one, strict=True))
        for one in list(csv.reader(ACLED.splitlines()))[1:]
    ]
    rows[0] |= {"fatalities": 0, "latitude": 35.5}
    kept = journal()
    import_table(write("acled.csv", ACLED), kept, layout("acled"))
    assert (
        import_table(
            write("acled.json", json.dumps({"success": True, "data": rows})), kept, layout("acled")
        ).held
        == 2
    )


def test_a_mapping_of_ones_own_says_which_rows_concern_one(write):
    """Over the mapping that ships: only these dyads; and its mistakes are told with its file and lines."""
    file = write("ged.csv", UCDP.replace("2,A - B", "2,C - D"))
    [row] = read_table(file, layout("ucdp", {"only": {"dyad_name": ["C - D"]}}))
    assert row.record.key == "ucdp-ged-2"
    own = write("own.toml", '[only]\ndyad_name = ["C - D"]\n\n[dates]\noccured = "iso"\n')
    with pytest.raises(
        MappingError, match=r"own.toml:5: dates.occured: a record of kind 'incident' has no field"
    ):
        layout("ucdp", own)


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_mapping_that_ships_is_in_order(name):
    """It has no mistake, and says where its rows come from."""
    assert layout(name).source["licence"]


# The same table again


def test_the_same_file_twice_adds_nothing_whatever_its_name_and_order(write):
    """A row is known again by its key; where it was read from is no part of what it says."""
    kept = journal()
    head, one, *rest = BY_HAND.splitlines()
    assert import_table(write("a.csv", BY_HAND), kept, write("m.toml", INCIDENTS)).added == 2
    done = import_table(write("b.csv", "\n".join((head, *rest, one))), kept, write("m.toml", INCIDENTS))
    assert (done.held, done.added, done.corrected) == (2, 0, 0)


def test_a_row_that_says_something_else_corrects_its_record_and_a_withdrawn_one_stays_withdrawn(write):
    """Both are told; nothing is written of the second."""
    kept = journal()
    import_table(write("a.csv", BY_HAND), kept, write("m.toml", INCIDENTS))
    kept.record(cf.Withdrawal(of="desk/2"))
    changed = BY_HAND.replace("Firing seen", "Firing seen twice").replace("15/05/2017 Firing", "Nothing")
    done = import_table(write("b.csv", changed), kept, write("m.toml", INCIDENTS))
    assert (done.corrected, done.withdrawn, done.added) == (1, 1, 0)
    assert "seen twice" in kept.keyed(["E1"])["E1"].record.text


def test_rows_without_a_key_are_known_by_what_they_say(write):
    """Two equal rows are two; both are held when the file comes again."""
    kept = journal()
    table, how = (
        "date,what\n2017-05-14,attack\n2017-05-14,attack\n",
        {"kind": "incident", "columns": {"occurred": "date", "act": "what"}},
    )
    assert import_table(write("a.csv", table), kept, how).added == 2
    assert import_table(write("a.csv", table), kept, how).held == 2


def test_two_programs_that_import_one_file_at_a_time_write_it_once(write, tmp_path):
    """Each started by itself, on one journal."""
    rows = "\n".join(f"{n},2017-05-{n % 28 + 1:02},attack" for n in range(300))
    table = write("a.csv", f"id,date,what\n{rows}\n")
    how = write("m.toml", 'kind = "incident"\nkey = "id"\n[columns]\noccurred = "date"\nact = "what"\n')
    cf.Journal.open(tmp_path / "j.db", author="desk").close()
    call = [
        sys.executable,
        "-m",
        "ceasefire",
        "import",
        "table",
        table,
        "--map",
        how,
        "--journal",
        tmp_path / "j.db",
        "--author",
        "desk",
    ]
    env = os.environ | {"PYTHONPATH": str(DOCS.parent / "src")}
    running = [
        subprocess.Popen(call, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    said = [one.communicate() for one in running]
    assert [one.returncode for one in running] == [0, 0, 0], said
    with cf.Journal.open(tmp_path / "j.db", read_only=True) as kept:
        assert len(kept) == 300
        assert kept.verify() == ()


# What is wrong


def test_rows_with_mistakes_are_told_and_all_others_are_kept(write):
    """A date not written as told, a word that means nothing yet, a key that is blank or stands twice."""
    table = "id,date,what\n1,14.05.2017,fire\n2,2017-05-14,fire\n3,15.05.2017,frie\n,16.05.2017,fire\n1,17.05.2017,fire\n5,31.02.2017,fire\n"
    how = {
        "kind": "incident", "key": "id", "columns": {"occurred": "date", "act": "what"},
        "values": {"act": {"Fire": "attack.opening-fire"}}, "dates": {"occurred": "%d.%m.%Y"},
    }  # fmt: skip
    kept = journal()
    done = import_table(write("a.csv", table), kept, how)
    assert (done.added, len(kept)) == (1, 1)
    assert [one.line for one in done.mistakes] == [3, 4, 5, 6, 7]
    whats = [one.what for one in done.mistakes]
    assert "'2017-05-14' is not written as '%d.%m.%Y' says" in whats[0]
    assert "'frie' means nothing yet – did you mean 'fire'?: add \"frie\" to values.act" in whats[1]
    assert "blank, and it names the row" in whats[2]
    assert "stands in an earlier row" in whats[3]
    assert "is no day that exists" in whats[4]


def test_one_row_that_a_journal_refuses_costs_no_other(write):
    """A party that no agreement of the journal knows: told with its line, and the rest is written."""
    with cf.Journal.in_memory(author="turkey", agreements=[MEMO]) as kept:
        table = (
            "date,who\n2017-05-14,syrian-government\n2017-05-15,nobody-known\n2017-05-16,syrian-government\n"
        )
        how = {
            "kind": "incident",
            "columns": {"occurred": "date", "accused": "who"},
            "constant": {"act": "attack"},
        }
        done = import_table(write("a.csv", table), kept, how)
        assert (done.added, [one.line for one in done.mistakes]) == (2, [3])


WRONG = {
    'kind = "incdent"\n[columns]\noccurred = "date"\n': "m.toml:1: kind: 'incdent' is no kind of record",
    'kind = "incident"\n[columns]\noccured = "date"\n': "m.toml:3: columns.occured: a record of kind 'incident' has no field 'occured'",
    'kind = "incident"\ncolums = 1\n[columns]\nact = "x"\n': "m.toml:2: colums: is nothing that a mapping has – did you mean 'columns'?",
    'kind = "incident"\n[columns]\nact = "x"\n[dates]\noccurred = "%Q"\n': "m.toml:5: dates.occurred: %Q is no sign of a date",
    'kind = "incident"\n[columns]\nact = "x"\n[dates]\noccurred = "%d %d %Y"\n': "one sign stands in it twice",
    'kind = "incident"\n[columns]\nact = "x"\n[dates]\noccurred = "%d.%m"\n': "it has no year",
    'kind = "incident"\n[columns]\nact = "x"\n[dates.occurred]\nprecision = "p"\n': "one of the two is missing",
    'kind = "incident"\n[columns]\nact = "x"\n[parts]\nA = "b"\n': "has no parts by place",
    'kind = "incident"\n': "m.toml:1: columns: is missing",
    "kind = ": "is no TOML",
}  # fmt: skip


@pytest.mark.parametrize("text", WRONG)
def test_mistakes_in_a_mapping_are_told_with_their_lines(write, text):
    """Each with what to write instead."""
    with pytest.raises(MappingError) as caught:
        read_mapping(write("m.toml", text))
    assert WRONG[text] in str(caught.value)


def test_all_mistakes_of_a_mapping_are_told_at_once():
    """Also those of Python values."""
    with pytest.raises(MappingError) as caught:
        mapping_of(
            {
                "kind": "incident",
                "key": 3,
                "columns": {"x": 1},
                "dates": {"text": 5},
                "only": {"a": 1},
                "source": {"b": 2},
            }
        )
    assert len(caught.value.mistakes) >= 6
    assert all(isinstance(one, Mistake) and one.instead for one in caught.value.mistakes)


def test_a_table_that_lacks_columns_names_them_with_the_nearest_and_makes_no_journal(write, tmp_path):
    """Before a row is read, and before there is anything to write to."""
    file, how = (
        write("a.csv", "date,what\n"),
        {"kind": "incident", "columns": {"occurred": "dates", "act": "what"}},
    )
    with pytest.raises(RecordError, match="there is no column 'dates' – did you mean 'date'"):
        list(read_table(file, how))
    mapping = write("m.toml", 'kind = "incident"\n[columns]\noccurred = "dates"\n')
    done = run("import", "table", file, "--map", mapping, "--journal", tmp_path / "j.db")
    assert "there is no column 'dates'" in done.stderr
    assert not (tmp_path / "j.db").exists()


def test_two_columns_of_one_place_are_not_one_count(write):
    """Neither of them is dropped in silence."""
    how = {"kind": "tally", "columns": {"period": "day"}, "parts": {"a": "north", "b": "north"}}
    [wrong] = read_table(write("a.csv", "day,a,b\n2017-05-14,1,2\n"), how)
    assert "by_zone.north is given twice" in wrong.what
    [wrong] = read_table(write("a.csv", "day,a,b\n2017-05-14,some,\n"), how)
    assert "whole number" in wrong.what


# Dates


@pytest.mark.parametrize(
    ("cell", "pattern", "first", "last"),
    [
        ("14.05.2017", "%d.%m.%Y", "2017-05-14", "2017-05-14"),
        ("May 14, 17", "%b %d, %y", "2017-05-14", "2017-05-14"),
        ("may 1968", "%B %Y", "1968-05-01", "1968-05-31"),
        ("2016-02", "iso", "2016-02-01", "2016-02-29"),
        ("2017", "%Y", "2017-01-01", "2017-12-31"),
        ("42869", "excel", "2017-05-14", "2017-05-14"),
        ("42869.75", "excel", "2017-05-14", "2017-05-14"),
        ("2017-05-14 00:00:00.000", "iso", "2017-05-14", "2017-05-14"),
    ],
)
def test_a_date_means_the_days_that_its_pattern_says(cell, pattern, first, last):
    found = days_of(cell, pattern)
    assert (found.first.isoformat(), found.last.isoformat(), found.start, found.end) == (
        first,
        last,
        None,
        None,
    )


@given(DAYS)
def test_a_day_written_by_a_pattern_is_that_day_again(day):
    """Whatever the day; years of four digits."""
    text = f"{day.day}/{day.month}/{day.year:04}"
    assert days_of(text, "%d/%m/%Y").first == day
    assert stated(days_of(day.isoformat(), "iso"), lasting=False) == day.isoformat()


@given(DAYS)
def test_a_week_holds_every_week_that_has_the_day(day):
    """Whichever day a week begins on, all its days are among those stated."""
    found = widened(days_of(day.isoformat(), "iso"), "week")
    assert (day - found.first).days == (found.last - day).days == 6


@pytest.mark.parametrize(
    ("cells", "occurred"),
    [
        (
            "2017-05-14T10:00:00Z,2017-05-14T12:30:00Z,1",
            {"from": "2017-05-14T10:00:00Z", "to": "2017-05-14T12:30:00Z"},
        ),
        ("2017-05-14T10:00:00Z,2017-05-16,1", {"from": "2017-05-14T10:00:00Z", "to": "2017-05-16"}),
        ("2017-05-14T10:00:00Z,,1", "2017-05-14T10:00:00Z"),
        ("2017-05-14T10:00:00Z,,2", "[2017-05-08..2017-05-20]"),
        ("2017-05-14T10:00:00Z,,3", "[2017-05-01..2017-05-31]"),
    ],
)
def test_a_time_of_day_keeps_its_end_and_is_no_more_precise_than_the_row_says(write, cells, occurred):
    """What lasted has both its times; where only a week or a month is known, the hour is not stated."""
    dates = {"to": "end", "precision": "known", "known": {"1": "span", "2": "week", "3": "month"}}
    how = {
        "kind": "incident",
        "columns": {"occurred": "start"},
        "constant": {"act": "attack"},
        "dates": {"occurred": dates},
    }
    [row] = read_table(write("a.csv", f"start,end,known\n{cells}\n"), how)
    assert to_json(row.record)["occurred"] == occurred


def test_a_week_at_the_end_of_all_calendars_is_told_with_its_line(write):
    """Years that no record has end in a sentence, whatever is known of the day."""
    dates = {"format": "%d.%m.%Y", "precision": "known", "known": {"2": "week"}}
    how = {
        "kind": "incident",
        "columns": {"occurred": "start"},
        "constant": {"act": "attack"},
        "dates": {"occurred": dates},
    }
    for day in ("01.01.0001", "31.12.9999"):
        [wrong] = read_table(write("a.csv", f"start,known\n{day},2\n"), how)
        assert "too near the end of all calendars" in wrong.what


# Files


def test_a_table_in_another_encoding_is_read_as_told(write):
    """UTF-16 as spreadsheets write it, Latin-1; a wrong guess of the caller is an error, not a name spelt wrong."""
    table = "date,what,where\n2017-05-14,attack,Châteauneuf\n"
    how = {"kind": "incident", "columns": {"occurred": "date", "act": "what", "place.name": "where"}}
    for encoding in ("utf-16", "latin-1"):
        [row] = read_table(write("a.csv", table.encode(encoding)), how | {"encoding": encoding})
        assert row.record.place.name == "Châteauneuf"
    with pytest.raises(UnreadableFile, match="utf-16"):
        list(read_table(write("a.csv", table), how | {"encoding": "utf-16"}))
    with pytest.raises(UnreadableFile, match="no encoding"):
        list(read_table(write("a.csv", table), how | {"encoding": "utf-99"}))


def test_a_row_of_hxl_tags_is_passed_over(write):
    """It stands under the header, and says what columns are."""
    how = {"kind": "incident", "columns": {"occurred": "date", "act": "what"}}
    [row] = read_table(write("a.csv", "date,what\n#date+occurred,#event+type\n2017-05-14,attack\n"), how)
    assert row.line == 3


@pytest.fixture
def workbook(tmp_path):
    """Write rows to a workbook with openpyxl, and return its path."""
    openpyxl = pytest.importorskip("openpyxl")

    def written(rows, title="Events"):
        book = openpyxl.Workbook()
        book.active.title = title
        for row in rows:
            book.active.append(row)
        path = tmp_path / "table.xlsx"
        book.save(path)
        return path

    return written


def test_a_workbook_is_read_like_a_table(workbook):
    """Dates that are dates need no pattern, whole numbers no point; blank rows are passed over."""
    path = workbook(
        [
            ["date", "what", "dead"],
            [
                datetime(2017, 5, 14),  # noqa: DTZ001 – a cell of a sheet has no time zone
                "attack",
                3.0,
            ],
            [None, None, None],
            [
                datetime(2017, 5, 15, 10, 30),  # noqa: DTZ001 – the same
                "attack",
                None,
            ],
        ]
    )
    how = {
        "kind": "incident",
        "columns": {"occurred": "date", "act": "what", "killed.best": "dead"},
        "constant": {"timezone": "Asia/Damascus"},
    }
    one, two = read_table(path, how)
    assert (str(one.record.occurred), one.record.killed.best) == ("2017-05-14", 3)
    assert str(two.record.occurred) == "2017-05-15T10:30:00+03:00"
    with pytest.raises(RecordError, match="there is no sheet 'Evens' – did you mean 'Events'"):
        list(read_table(path, how | {"sheet": "Evens"}))


def test_a_workbook_that_unpacks_to_more_than_a_laptop_holds_is_refused(tmp_path):
    """A part of 100 MB of one letter, in 100 kB."""
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 100_000_000)
    with pytest.raises(UnreadableFile, match="would unpack to"):
        list(read_table(path, {"kind": "incident", "columns": {"act": "a"}}))
    path.write_bytes(b"PK\x03\x04 no workbook")
    with pytest.raises(UnreadableFile, match="no workbook, or is damaged"):
        list(read_table(path, {"kind": "incident", "columns": {"act": "a"}}))


@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.xlsx"]))
def test_whatever_a_file_holds_it_ends_in_records_or_a_sentence(tmp_path_factory, data, name):
    """No traceback: an error of this library, or rows and mistakes with their lines."""
    path = tmp_path_factory.mktemp("any") / name
    path.write_bytes(b"date,what\n" + data if name == "a.csv" else data)
    try:
        found = list(read_table(path, {"kind": "incident", "columns": {"occurred": "date", "act": "what"}}))
    except cf.CeasefireError:
        return
    assert all(isinstance(one, Mistake) or one.record.occurred for one in found)


# The program


def run(*words):
    """Run the program."""
    return CliRunner().invoke(main, [str(word) for word in words])


def test_a_first_mapping_is_toml_and_shows_what_was_seen(write):
    """What columns are often called is taken; the rest stands as comments with examples."""
    done = run("map", write("events.csv", BY_HAND))
    assert done.exit_code == 0
    made = tomllib.loads(done.stdout)
    assert made["columns"]["occurred"] == "date"
    assert '# … = "violence level"  # seen: "3", "1"' in done.stdout
    assert '# key = "entry"' in done.stdout
    assert mapping_of(made).kind == "incident"


def test_a_dry_run_shows_records_and_what_is_not_understood_and_writes_nothing(write, tmp_path):
    """Columns that nothing reads, places not found with the nearest, rows that would be refused."""
    file, how = write("events.csv", BY_HAND + "E3,sometime,,,,,,,,,,,,,\n"), write("m.toml", INCIDENTS)
    done = run("import", "table", file, "--map", how, "--dry-run", "--agreement", MEMO.id)
    assert done.exit_code == 1
    assert "2 rows would be records, 1 would be refused; nothing is written" in done.stdout
    assert (
        "columns that nothing reads: event_group, country, district, arms/munition, violence level, geolocation"
        in done.stdout
    )
    assert "zone “North” is known to no agreement" in done.stdout
    assert "refused: " in done.stderr
    assert "dates.occurred" in done.stderr
    assert not list(tmp_path.glob("*.db"))


def test_an_import_ends_with_a_table_of_what_came_of_the_rows(write, tmp_path):
    """Added, corrected, held, refused; the exit code says whether a row was refused."""
    file, how, kept = write("events.csv", BY_HAND), write("m.toml", INCIDENTS), tmp_path / "j.db"
    words = (
        "import",
        "table",
        file,
        "--map",
        how,
        "--journal",
        kept,
        "--author",
        "desk",
        "--obtained",
        "2017-06-01",
    )
    done = run(*words)
    assert done.exit_code == 0
    assert re.search(r"^2 +added$", done.stdout, re.MULTILINE)
    write("events.csv", BY_HAND.replace("Firing seen", "Seen") + "E3,sometime,,,,,,,,,,,,,\n")
    done = run(*words)
    assert done.exit_code == 1
    for line in (r"1 +corrected", r"1 +held already", r"1 +refused: date: …"):
        assert re.search(rf"^{line}", done.stdout, re.MULTILINE)
    with cf.Journal.open(kept, read_only=True) as opened:
        evidence = json.loads(json.dumps(to_json(next(iter(opened)))))["evidence"]
    assert evidence[-1]["obtained"] == "2017-06-01"
    assert len(evidence[-1]["sha256"]) == 64
    assert evidence[-1]["title"] == "events.csv, row 2"


def test_published_imports_of_one_file_give_the_same_hashes(write, tmp_path):
    """What is public and dated by --at has one chain, whoever imports it."""
    file, how = write("events.csv", BY_HAND), write("m.toml", INCIDENTS)
    heads = set()
    for name in ("a.db", "b.db"):
        done = run(
            "import",
            "table",
            file,
            "--map",
            how,
            "--journal",
            tmp_path / name,
            "--at",
            "2019-01-01T00:00:00Z",
            "--published",
        )
        assert done.exit_code == 0
        with cf.Journal.open(tmp_path / name, read_only=True) as opened:
            heads.add(tuple(opened.heads().items()))
    assert len(heads) == 1


def test_what_a_table_says_steers_no_terminal(write, tmp_path):
    """Marks of direction and escapes in cells are shown as their codes."""
    nasty = "North\u202e\u001b[31m"
    file = write("a.csv", BY_HAND.replace("North", nasty))
    done = run(
        "import", "table", file, "--map", write("m.toml", INCIDENTS), "--dry-run", "--agreement", MEMO.id
    )
    assert "\u202e" not in done.stdout.replace("\\u202e", "")
    assert "\u001b" not in done.stdout
    assert visible(nasty) in done.stdout


def test_the_mapping_of_the_page_is_in_order(write):
    """docs/imports.md, “A mapping”: read as it stands."""
    text = (DOCS / "imports.md").read_text(encoding="utf-8")
    block = re.search(r"test_table_imports.py -->\n\n((?:    .*\n)+)", text)[1]
    found = read_mapping(write("m.toml", re.sub(r"^    ", "", block, flags=re.MULTILINE)))
    assert (found.kind, found.key, found.dates["occurred"].format) == ("incident", ("entry",), ("%d.%m.%Y",))


# Forms


def test_the_form_of_an_agreement_is_an_xlsform_in_five_languages(tmp_path):
    """pyxform, which KoboToolbox and ODK use, takes it without a warning; the same bytes every time."""
    convert = pytest.importorskip("pyxform.xls2xform").convert
    for name in (tmp_path / "a.xlsx", tmp_path / "b.xlsx"):
        assert run("form", MEMO.id, "-o", name).exit_code == 0
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    made = convert(str(tmp_path / "a.xlsx"))
    assert made.warnings == []
    for word in (
        "attack.shelling",
        "idlib-area",
        "syrian-government",
        "syria-de-escalation-2017/cease-hostilities",
        "العربية",
    ):
        assert word in made.xform


KOBO = """\
start;group_a/occurred;group_a/act;group_a/zone;group_a/location;_location_latitude;_location_longitude;accused;accused/islamic-state;accused/syrian-government;killed;text;_id;_uuid
2017-05-15T08:00:00.000+03:00;2017-05-14;attack.shelling;idlib-area;35.5 36.5 0 0;35.5;36.5;islamic-state syrian-government;1;1;3;As told;7;u-1
"""
ODK = """\
SubmissionDate,a-occurred,a-act,a-zone,location-Latitude,location-Longitude,location-Altitude,accused,killed,text,meta-instanceID,KEY
2017-05-15T08:00:00.000Z,2017-05-14,attack.shelling,idlib-area,35.5,36.5,0,islamic-state syrian-government,3,As told,uuid:u-1,uuid:u-1
"""
LABELS = """\
"On which day, as the source says?",What is said to have happened?,In which area?,Whom does the source name as having done it?,"People killed, as stated","What the source says, in its words",_uuid
2017-05-14,Shelling,Idlib area,,3,As told,u-1
"""


@pytest.mark.parametrize("text", [KOBO, ODK], ids=["kobo", "odk"])
def test_what_a_form_comes_back_with_needs_no_mapping(write, tmp_path, text):
    """Groups, coordinates, several answers in a cell; the submission is the key."""
    file = write("answers.csv", text)
    words = (
        "import",
        "kobo",
        file,
        "--journal",
        tmp_path / "j.db",
        "--author",
        "desk",
        "--agreement",
        MEMO.id,
    )
    done = run(*words)
    assert done.exit_code == 0, done.stderr
    with cf.Journal.open(tmp_path / "j.db", read_only=True) as kept:
        [one] = kept
    assert (one.act, one.zone, one.accused) == (
        "attack.shelling",
        "idlib-area",
        ("islamic-state", "syrian-government"),
    )
    assert (one.place.lat, one.place.lon, one.killed.best, one.text) == ("35.5", "36.5", 3, "As told")
    assert "1     held already" in run(*words).stdout


def test_an_export_with_labels_instead_of_names_gets_in_too(write, tmp_path):
    """The labels of questions, in any of the languages, and the names of acts and places."""
    file = write("answers.csv", LABELS)
    done = run(
        "import", "kobo", file, "--journal", tmp_path / "j.db", "--author", "desk", "--agreement", MEMO.id
    )
    assert done.exit_code == 0, done.stderr
    with cf.Journal.open(tmp_path / "j.db", read_only=True) as kept:
        [one] = kept
    assert (one.act, one.zone, str(one.occurred)) == ("attack.shelling", "idlib-area", "2017-05-14")


def test_a_table_of_another_form_says_how_it_gets_in(write):
    """By a mapping of its own."""
    done = run("import", "kobo", write("a.csv", "name,age\nx,1\n"), "--dry-run")
    assert done.exit_code in (1, 2)
    assert "import it as a table, by a mapping" in done.stderr


def test_the_page_names_every_table_of_a_mapping_and_how_well_a_date_may_be_known():
    """What the program takes stands on the page, and where a table is added, it is missed."""
    text = (DOCS / "imports.md").read_text(encoding="utf-8")
    rows = " ".join(line.split("|")[1] for line in text.splitlines() if line.startswith("| `"))
    for name in (*TABLES, *KNOWN):
        assert f"`{name}`" in rows or f"`{name}." in rows, name


@pytest.mark.parametrize("installed", [True, False])
def test_how_far_an_import_is_stands_on_the_terminal_alone(monkeypatch, installed):
    """On one line with rich, in a line now and then without it, and nothing where nobody sits."""

    class Screen(io.StringIO):
        def isatty(self):
            return True

    if not installed:
        monkeypatch.setitem(sys.modules, "rich.console", None)
    seen = {}
    for made in (Screen, io.StringIO):
        seen[made] = made()
        monkeypatch.setattr(sys, "stderr", seen[made])
        with counting("reading [b]a\u202e.csv[/b]") as count_on:
            count_on(1_000)
            count_on(100_000)
    assert seen[io.StringIO].getvalue() == ""
    shown = seen[Screen].getvalue().replace(",", "")
    assert "[b]a[U+202E].csv[/b]: 100000 rows" in shown, (
        "what a file is called is no markup and steers nothing"
    )
    assert installed == ("1000 rows" in shown.replace("100000", "") or "\x1b" in shown)
