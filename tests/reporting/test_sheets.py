"""The tables of a report for spreadsheet programs and calendars: read by programs that are not ours."""

import csv
import io

import openpyxl
import pytest
from icalendar import Calendar

import ceasefire as cf
import pen
from ceasefire.reporting.formats.calendar import to_ical
from ceasefire.reporting.formats.comma_separated import to_csv
from ceasefire.reporting.formats.workbook import to_xlsx
from ceasefire.reporting.material.made import material
from ceasefire.reporting.material.material import Wanted
from ceasefire.reporting.sheets import NAMES, sheets

#: Texts that break out of a cell, a line or a value of some format.
HOSTILE = (
    '=HYPERLINK("http://evil.example";"x")', "+1+1", "-1", "@SUM(A1)", "\uff1d1+1", "a\nEND:VEVENT\r\nX:1",
    'a"b,c;d\\n', "\u202eevil", "<b>&amp;", "x" * 40_000,
)  # fmt: skip


def made(truce, records, audience="mechanism", **asked):
    """Return what a report is written from, as of the end of January 2020."""
    status = cf.assess(truce, records, **{"as_of": "2020-01-31", "since": "2020-01-01"} | asked)
    return material(status, Wanted(audience=audience))


@pytest.fixture(scope="module")
def counted():
    """Return a report of two counts of one day, one stated by place, and of a deadline ahead."""
    due = pen.commitment("map", due="2020-02-10")
    truce = pen.truce("stop", due, zone=["north", "south"], timezone="Asia/Damascus")
    records = [
        pen.tally(1, period="2020-01-10", count=9, by_zone={"north": 4, "south": 5}, unit="cases"),
        pen.tally(1, by="blue", period="2020-01-10", count=0, unit="cases"),
    ]
    return made(truce, records)


def rows(sheet):
    """Return the rows of a table as dicts."""
    return [dict(zip(sheet.columns, row, strict=True)) for row in sheet.rows]


def named(report):
    """Return the tables of a report by their names."""
    return {sheet.name: sheet for sheet in sheets(report)}


def test_each_count_and_each_place_is_a_row_and_none_is_a_sum(counted):
    """What red published, its two parts and what blue published: four rows, each as it was stated."""
    found = [
        (row["side"], row["zone"], row["count"], row["part_of"]) for row in rows(named(counted)["counts"])
    ]
    assert found == [
        ("blue", None, 0, None), ("red", None, 9, None), ("red", "north", 4, "red/1"),
        ("red", "south", 5, "red/1"),
    ]  # fmt: skip


def test_every_table_is_there_with_or_without_rows_and_every_row_has_every_column(counted):
    """A program that reads them finds the same tables and columns in each report."""
    assert [sheet.name for sheet in sheets(counted)] == list(NAMES)
    for sheet in sheets(counted):
        assert all(len(row) == len(sheet.columns) == len(sheet.tags) for row in sheet.rows)


def test_a_workbook_read_by_another_program_holds_the_same_cells(counted):
    """Numbers are numbers, texts texts, what is absent is absent."""
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(sheets(counted), "t")))
    assert book.sheetnames == list(NAMES)
    for sheet in sheets(counted):
        read = [tuple(cell.value for cell in row) for row in book[sheet.name].iter_rows()]
        assert read == [sheet.columns, *(tuple(None if c == "" else c for c in row) for row in sheet.rows)]


def test_csv_read_by_another_program_holds_the_same_rows_and_a_row_of_tags_on_request(counted):
    """Each record a line; the tags stand right below the columns, as HXL wants them."""
    sheet = named(counted)["counts"]
    plain, tagged = (list(csv.reader(io.StringIO(to_csv(sheet, hxl=hxl)))) for hxl in (False, True))
    assert len(plain) == 1 + len(sheet.rows)
    assert tagged == [plain[0], list(sheet.tags), *plain[1:]]
    assert tagged[1][plain[0].index("count")] == "#indicator+num"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_record_becomes_a_formula_a_link_or_another_line(text):
    """Whatever a unit says, it is one cell of text in each format."""
    sheet = named(made(pen.truce("stop"), [pen.tally(period="2020-01-10", count=1, unit=text)]))["counts"]
    [row] = list(csv.DictReader(io.StringIO(to_csv(sheet))))
    assert not row["unit"].startswith(("=", "+", "-", "@", "\uff1d"))
    cell = openpyxl.load_workbook(io.BytesIO(to_xlsx([sheet], "t")))["counts"]["M2"]
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    assert len(cell.value) <= 32_767


def test_what_falls_due_is_an_entry_of_its_local_day(counted):
    """By the end of 10 February in Damascus: an entry of that day there, whatever day it is in UTC."""
    calendar = Calendar.from_ical(to_ical(counted, "Red and blue", "For the mechanism"))
    [entry] = calendar.walk("VEVENT")
    assert entry["DTSTART"].dt.isoformat() == "2020-02-10"
    assert "Map" in entry["SUMMARY"] or "map" in entry["SUMMARY"]


def test_an_hour_is_an_instant_and_a_moved_deadline_keeps_its_uid():
    """A calendar that takes the later report moves the entry and does not double it."""
    truce = pen.truce(pen.commitment("map", due="2020-02-10T12:00:00Z"))
    moved = pen.decision(
        1, does="postpone", commitment="map", until="2020-02-12T12:00:00Z", occurred="2020-01-15"
    )
    agreed = pen.finding(1, on="red/1")
    before, after = (
        Calendar.from_ical(to_ical(made(truce, records), "t", "b")).walk("VEVENT")
        for records in ((), (moved, agreed))
    )
    assert [e["DTSTART"].dt.isoformat() for e in before] == ["2020-02-10T12:00:00+00:00"]
    assert [e["DTSTART"].dt.isoformat() for e in after] == ["2020-02-12T12:00:00+00:00"]
    assert [e["UID"] for e in before] == [e["UID"] for e in after]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_out_of_an_entry(text):
    """A title of a commitment stands in one value, in lines of at most 75 octets."""
    truce = pen.truce(pen.commitment("map", due="2020-02-10", title=text))
    written = to_ical(made(truce, ()), text, text)
    assert all(len(line.encode()) <= 75 for line in written.split("\r\n"))
    [entry] = Calendar.from_ical(written).walk("VEVENT")
    assert set(entry) == {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "DESCRIPTION", "TRANSP"}


def test_the_same_report_gives_the_same_bytes(counted):
    """No clock is read for a workbook, and no order hangs on a hash."""
    assert to_xlsx(sheets(counted), "t") == to_xlsx(sheets(counted), "t")
    assert to_ical(counted, "t", "b") == to_ical(counted, "t", "b")


def test_for_the_public_an_accused_deadline_is_like_any_other_that_passed():
    """Whether somebody says that it was met, which nobody settled, is not for the public to count."""
    truce = pen.truce(pen.commitment("map", due="2020-01-20"))
    said = pen.performance(1, occurred="2020-01-19", release="mechanism")
    with_, without = (sheets(made(truce, records, audience="public")) for records in ((said,), ()))
    assert with_ == without


def test_a_workbook_without_the_extra_names_it(monkeypatch, counted):
    """The error says what to install."""
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    with pytest.raises(cf.MissingExtra, match=r"ceasefire\[xlsx\]"):
        to_xlsx(sheets(counted), "t")
