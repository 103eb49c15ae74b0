"""Tables as people keep them: titles, merged cells, thousands, words for nothing, errors of spreadsheets."""

import io
from datetime import datetime

import pytest
from click.testing import CliRunner

import ceasefire as cf
from ceasefire.cli import main
from ceasefire.errors import Mistake, RecordError
from ceasefire.exchange.layouts import layout, of_form, of_tags
from ceasefire.exchange.submissions import opened_submissions
from ceasefire.exchange.table.figures import plain_figure
from ceasefire.exchange.table.mapping import TableMapping, mapping_of
from ceasefire.exchange.tables import opened_table, opened_unmapped, read_table
from ceasefire.record import to_json

MEMO = cf.agreement("syria-de-escalation-2017")
HEADER = ["No", "Date", "Province", "Type", "Killed"]
HOW = {
    "kind": "incident",
    "key": "No",
    "columns": {"occurred": "Date", "zone": "Province", "act": "Type", "killed.best": "Killed"},
    "values": {"act": {"Shelling": "attack.shelling"}},
    "dates": {"occurred": ["iso", "%d.%m.%Y"]},
}
#: What the one row says of each of these tables, whichever way it is written.
SAID = ("1", "2017-05-14", "idlib", 1234)


@pytest.fixture
def kept(tmp_path):
    """Write a table and return what comes of its rows."""

    def read(name, said, how=HOW, agreements=(MEMO,)):
        path = tmp_path / name
        path.write_bytes(said if isinstance(said, bytes) else said.encode())
        return list(read_table(path, how, agreements))

    return read


def told(found):
    """Return what records say."""
    return [
        (
            one.record.key,
            str(one.record.occurred),
            one.record.zone,
            one.record.killed and one.record.killed.best,
        )
        for one in found
        if not isinstance(one, Mistake)
    ]


def book(*sheets):
    """Return the bytes of a workbook of some sheets; those whose name begins with a blank are hidden."""
    openpyxl = pytest.importorskip("openpyxl")
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets:
        sheet = made.create_sheet(name.strip())
        sheet.sheet_state = "hidden" if name.startswith(" ") else "visible"
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ('Weekly report;;;;\n"North; and, south";;;;\n\nNo;Date;Province;Type;Killed\n1;14.05.2017;Idlib;Shelling;1234\n', {}),
        ("No,Date\u00a0, province,TYPE,Killed\n1,14.05.2017,Idlib,Shelling,1234,,\n", {}),
        ("No,Date,Province,Type,Killed,Remark,Remark\n1,14.05.2017,Idlib,Shelling,1234.0,a,b\n", {}),
        ("No;Date;Province;Type;Killed\n1;14.05.2017;Idlib;Shelling;1.234\n", {"figures": "1.234,5"}),
        ("No;Date;Province;Type;Killed\n1;14.05.2017;Idlib;Shelling;1\u202f234\n", {"figures": "1 234,5"}),
        ("No,Date,Province,Type,Killed\n1,١٤.٠٥.٢٠١٧,Idlib,Shelling,١٢٣٤\n", {}),  # noqa: RUF001
        ("No,Date,Province,Type,Killed\n1,2017-05-14 00:00:00,Idlib,Shelling,1234\n", {}),
        ("No,Date,Province,Type,Killed\n1,14.05.17 00:00,Idlib,Shelling,1234\n", {"dates": {"occurred": "%d.%m.%y %H:%M"}}),
    ],
)  # fmt: skip
def test_one_row_is_one_record_however_it_is_kept(kept, text, more):
    """Titles, blanks in names, commas at the end, columns of one name, thousands, other digits, midnight."""
    assert told(kept("a.csv", text, HOW | more)) == [SAID]


def test_rows_in_an_older_encoding_end_where_their_lines_do(kept):
    """A sign for a line break in the middle of a text, as U+0085 in Latin-1, ends no row."""
    how = HOW | {"encoding": "latin-1", "columns": HOW["columns"] | {"text": "Note"}}
    [one] = kept("a.csv", "No,Date,Province,Type,Killed,Note\r\n1,14.05.2017,Idlib,Shelling,1,a\x85é\r\n".encode("latin-1"), how)  # fmt: skip
    assert one.record.text == "a\x85é"


def test_words_for_nothing_are_nothing_and_a_total_is_no_record(kept):
    """Neither is a row of totals lost in silence."""
    text = "No,Date,Province,Type,Killed\n1,14.05.2017,n/a,Shelling,-\nTotal,,,,7\n"
    one, total = kept("a.csv", text, HOW | {"blank": ["N/A", "-"]})
    assert told([one]) == [("1", "2017-05-14", None, None)]
    assert (total.line, "needs occurred" in total.what) == (3, True)


def test_merged_cells_say_what_stands_above_where_that_is_told(kept):
    """Without it a blank cell says nothing."""
    text = "No,Date,Province,Type,Killed\n1,14.05.2017,Idlib,Shelling,1\n2,15.05.2017,,Shelling,1\n"
    assert [zone for _, _, zone, _ in told(kept("a.csv", text))] == ["idlib", None]
    assert [zone for _, _, zone, _ in told(kept("a.csv", text, HOW | {"down": "Province"}))] == ["idlib"] * 2


def test_a_week_is_its_days(kept):
    """By its number, or by its first day; of a count it lasted, of an incident it was one of them."""
    how = {"kind": "tally", "constant": {"act": "attack", "unit": "violations"}, "columns": {"period": "w", "count": "n"}}  # fmt: skip
    for cell, more in (("2017-W20", {}), ("15/05/2017", {"dates": {"period": {"format": "%d/%m/%Y", "days": 7}}})):  # fmt: skip
        [one] = kept("w.csv", f"w,n\n{cell},3\n", how | more)
        assert to_json(one.record)["period"] == {"from": "2017-05-15", "to": "2017-05-21"}
    [one] = kept("a.csv", "No,Date,Province,Type,Killed\n1,2017-W20,Idlib,Shelling,1\n")
    assert str(one.record.occurred) == "[2017-05-15..2017-05-21]"
    [wrong] = kept("w.csv", "w,n\n2017-W60,3\n", how)
    assert "is no week that exists" in wrong.what


@pytest.mark.parametrize(
    ("cell", "low", "high"),
    [("10+", 10, None), ("≥ 10", 10, None), (">9", 10, None), ("<=10", None, 10), ("<11", None, 10),
     ("3-5", 3, 5), ("٣–٥", 3, 5)],  # noqa: RUF001
)  # fmt: skip
def test_a_bound_of_a_number_of_people_is_a_bound(kept, cell, low, high):
    """And no best estimate, which the table does not state."""
    [one] = kept("a.csv", f"No,Date,Province,Type,Killed\n1,14.05.2017,Idlib,Shelling,{cell}\n")
    assert one.record.killed == cf.Toll(low=low, high=high)


def test_what_is_no_bound_is_told(kept):
    """Fewer than none, and a word, are nothing that a number can be."""
    for cell in ("<0", "some", "3-"):
        [one] = kept("a.csv", f"No,Date,Province,Type,Killed\n1,14.05.2017,Idlib,Shelling,{cell}\n")
        assert (one.line, "killed" in one.what) == (2, True)


def test_names_of_months_are_those_that_the_mapping_tells(kept):
    """One of two words, too, and in the column of the last day; others are told with how they are said."""
    how = HOW | {
        "dates": {"occurred": {"format": "%d %B %Y", "to": "Last", "months": {"Мая": 5, "كانون الثاني": 1}}}
    }
    text = "No,Date,Province,Type,Killed,Last\n1,{},Idlib,Shelling,1,{}\n"
    for cells, days in (
        (("14 мая 2017", ""), "2017-05-14"),
        (("٣ كانون  الثاني ٢٠١٧", "٤ كانون الثاني ٢٠١٧"), {"from": "2017-01-03", "to": "2017-01-04"}),
        (("14 May 2017", ""), "2017-05-14"),
    ):
        [one] = kept("a.csv", text.format(*cells), how)
        assert to_json(one.record)["occurred"] == days
    [wrong] = kept("a.csv", text.format("14 mei 2017", ""), how)
    assert 'such as months = { "mei" = 5 }' in wrong.what
    with pytest.raises(cf.MappingError, match="months: is no table of names of months"):
        mapping_of(HOW | {"dates": {"occurred": {"format": "%B %Y", "months": {"мая": 13}}}})


def test_a_column_that_stands_twice_is_named_with_its_number(kept):
    """Where it is read; nothing says else which of the two counts."""
    text = "No,Date,Date,Province,Type,Killed\n1,14.05.2017,15.05.2017,Idlib,Shelling,1\n"
    with pytest.raises(RecordError, match=r"'Date' twice.*write 'Date 1' or 'Date 2' in the mapping"):
        kept("a.csv", text)
    how = HOW | {"columns": HOW["columns"] | {"occurred": "Date 2"}, "dates": {"occurred": "%d.%m.%Y"}}
    assert told(kept("a.csv", text, how))[0][1] == "2017-05-15"


def test_a_workbook_as_it_is_kept(kept):
    """A sheet that is not shown is not the first; errors, and formulas that nobody reckoned, become no record."""
    rows = [["Report"], [], HEADER, [1, datetime(2017, 5, 14), "Idlib", "Shelling", 1234.0]]  # noqa: DTZ001
    wrong = [[2, "15.05.2017", "Idlib", "Shelling", "=1+1"], [3, "15.05.2017", "#N/A", "Shelling", 1]]
    found = kept("a.xlsx", book((" codes", [["x"], ["y"]]), ("Events", [*rows, *wrong])))
    assert told(found) == [SAID]
    assert [("Killed: #formula" in one.what or "Province: #N/A" in one.what) for one in found[1:]] == [
        True
    ] * 2


def test_a_first_mapping_passes_titles_over(tmp_path):
    """Where no row has several words, the first is the header."""
    how = TableMapping(kind="incident", columns={})
    for text, columns in (("Report,,\n\nid,day,what\n1,2,3\n", ("id", "day", "what")), ("day,act\n1,2\n", ("day", "act"))):  # fmt: skip
        (tmp_path / "a.csv").write_text(text)
        with opened_unmapped(tmp_path / "a.csv", how) as (header, rows):
            assert (header.columns, len(list(rows))) == (columns, 1)


def test_mistakes_in_how_cells_are_written_are_told():
    """With what is written instead."""
    given = HOW | {"figures": "1,234,5", "blank": 3, "down": [], "dates": {"occurred": {"days": 0}}}
    with pytest.raises(cf.MappingError) as found:
        mapping_of(given)
    assert [one.what.partition(":")[0] for one in found.value.mistakes] == ["down", "blank", "figures", "dates.occurred.days"]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "example", "plain"),
    [("1.234", "1.234,5", "1234"), ("35,93", "1.234,5", "35.93"), ("1.23", "1.234,5", "1.23"), ("-1 234,50", "1 234,5", "-1234.50"),
     ("12,34", "1,234", "12,34"), ("٣", None, "3"), ("1234", "1,234", "1234")],
)  # fmt: skip
def test_a_figure_is_read_as_the_example_is_written(cell, example, plain):
    """One that is not written so is left for the record to refuse."""
    assert plain_figure(cell, example) == plain


def test_exports_of_odk_and_ucdp_and_labels(tmp_path):
    """JSON of OData with a point, coordinates below a group, several answers as labels, in one cell or a column each."""
    json = '{"value": [{"__id": "u", "occurred": "2017-05-14", "act": "attack", "location": {"type": "Point", "coordinates": [36.6, 35.9, 0]}}]}'
    csv = "g-occurred,g-act,g-location-Latitude,g-location-Longitude,KEY\n2017-05-14,attack,35.9,36.6,u\n"
    for name, text in (("a.json", json), ("a.csv", csv)):
        (tmp_path / name).write_text(text)
        with opened_submissions(tmp_path / name) as (header, _):
            [one] = read_table(tmp_path / name, of_form(header.columns))
        assert (one.record.key, one.record.place.lat, one.record.place.lon) == ("form-u", "35.9", "36.6")
    asked, both = (
        "Whom does the source name as having done it?",
        "Islamic State in Iraq and the Levant Republic of Turkey",
    )
    for more, cells in (
        ("", ""),
        (f",{asked}/Islamic State in Iraq and the Levant,{asked}/Republic of Turkey", ",1,1"),
    ):
        (tmp_path / "l.csv").write_text(
            f'"On which day, as the source says?",act,{asked}{more},_uuid\n2017-05-14,attack,{both}{cells},u\n'
        )
        with opened_submissions(tmp_path / "l.csv") as (header, _):
            [one] = read_table(tmp_path / "l.csv", of_form(header.columns), [MEMO])
        assert one.record.accused == ("islamic-state", "turkey")
    (tmp_path / "u.json").write_text(
        '{"Result": [{"id": 4, "type_of_violence": 1, "date_start": "2017-05-14T00:00:00", "date_end": "2017-05-14T00:00:00", "date_prec": 1}]}'
    )
    [one] = read_table(tmp_path / "u.json", layout("ucdp"))
    assert (one.record.key, str(one.record.occurred)) == ("ucdp-ged-4", "2017-05-14")


def test_a_code_of_an_event_is_not_its_act(tmp_path):
    """As ACLED's tables on HDX have it; ours say of the code whose it is."""
    (tmp_path / "h.csv").write_text("#event+code,#date,#event+type\nSYR1,2017-05-14,attack\n")
    with opened_table(tmp_path / "h.csv", TableMapping(kind="incident", columns={}, tagged=True)) as (
        header,
        _,
    ):
        [one] = read_table(tmp_path / "h.csv", of_tags(header.columns))
    assert one.record.act == "attack"


def test_a_month_may_be_abbreviated_with_a_point(kept):
    """In the cell, in the mapping, or in both; and of several patterns, one that fits tells what it lacks."""
    months = {"févr.": 2, "Şub": 2}
    how = HOW | {"dates": {"occurred": {"format": ["%d %b %Y", "%d %b %Y год"], "months": months}}}
    text = "No,Date,Province,Type,Killed\n1,{},Idlib,Shelling,1\n"
    for cell in ("12 févr. 2017", "12 févr 2017", "12 ŞUB. 2017", "12 Şub 2017 год"):
        [one] = kept("a.csv", text.format(cell), how)
        assert to_json(one.record)["occurred"] == "2017-02-12"
    [wrong] = kept("a.csv", text.format("12 janv. 2017"), how)
    assert "names no month" in wrong.what


def test_capitals_of_turkish_are_capitals(kept):
    """With its dot and without: İDLİB is Idlib, and what a word means it means in capitals, too."""
    how = HOW | {"values": {"act": {"Keskin nişanc\u0131": "attack.sniper"}}}
    [one] = kept("a.csv", "No,Date,Province,Type,Killed\n1,14.05.2017,İDLİB,KESKİN NİŞANCI,1\n", how)
    assert (one.record.zone, one.record.act) == ("idlib", "attack.sniper")
    [wrong] = kept("a.csv", "No,Date,Province,Type,Killed\n1,14.05.2017,İdlib,Ateş,1\n", how)
    assert 'add "Ateş" to values.act' in wrong.what


def test_a_first_mapping_says_what_file_it_is_of(tmp_path):
    """So that it reads what it was made from; a file in another encoding is told as that, not by its header."""
    (tmp_path / "a.csv").write_text("Şehir;Tarih;Yer\n1;Ağustos;İdlib\n", encoding="windows-1254")
    done = CliRunner().invoke(main, ["map", str(tmp_path / "a.csv")])
    assert (done.exit_code, "not UTF-8" in done.stderr) == (1, True)
    done = CliRunner().invoke(main, ["map", str(tmp_path / "a.csv"), "--encoding", "windows-1254"])
    assert '\nencoding = "windows-1254"\n' in done.stdout
    (tmp_path / "a.xlsx").write_bytes(book(("Title", [["x"]]), ("Events", [HEADER])))
    done = CliRunner().invoke(main, ["map", str(tmp_path / "a.xlsx"), "--sheet", "Events"])
    assert '\nsheet = "Events"\n# Its sheets: "Title", "Events"\n' in done.stdout
