"""Tables as people have them: whatever parts the cells, however lines break, and what cannot be a table."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire.errors import RecordError, UnreadableFile
from ceasefire.exchange.bulletins import read_bulletins
from ceasefire.exchange.rows import MOST_LINES, read_rows

COLUMNS = ("date", "count")


@pytest.fixture
def table(tmp_path):
    """Write the bytes of a table and return the path."""

    def write(data):
        path = tmp_path / "table.csv"
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    return write


def cells(found):
    """Return the cells of each row, with its line."""
    rows, mistakes = found
    assert not mistakes
    return [(row.line, *row.cells.values()) for row in rows]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("said", ["", "sep={}\n", '"sep={}"\n'])
@pytest.mark.parametrize("start", ["", "\ufeff", "\n\n"])
def test_cells_are_parted_as_spreadsheet_programs_part_them(table, mark, said, start):
    """Where the comma is the decimal mark they write semicolons, and say so in a line of its own, or not."""
    lines = f"{start}{said}date,note,count\n2017-01-06,,6\n".replace(",", mark)
    [row] = cells(read_rows(table(lines.format(mark)), COLUMNS))
    assert row[1:] == ("2017-01-06", "", "6")


def test_a_text_with_the_other_mark_changes_nothing(table):
    """A note with semicolons, in a table of commas, is a note."""
    found = read_rows(table('date,count,note\n2017-01-06,6,"a; b; c, d"\n'), COLUMNS)
    assert cells(found) == [(2, "2017-01-06", "6", "a; b; c, d")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_cell_in_quotes_may_hold_line_breaks(table, end):
    """The row has the line on which it begins; blank lines inside the quotes are part of the text."""
    lines = ["date,count,note", '1,6,"first', "", 'a ""quote"", second"', "2,7,"]
    found = read_rows(table(end.join([*lines, ""])), COLUMNS)
    assert cells(found) == [(2, "1", "6", 'first\n\na "quote", second'), (5, "2", "7", "")]


def test_a_header_may_hold_line_breaks(table):
    """Column titles are cells like others."""
    assert cells(read_rows(table('date,count,"a\nb"\n1,2,3\n'), COLUMNS)) == [(3, "1", "2", "3")]


@pytest.mark.parametrize(
    "bad",
    ['1,2,"open', '1,2,"open\n1,2,"a"b"', '1,2,"shut"x'],
    ids=["never closed", "closed in a later row", "something after the quote"],
)
def test_a_quote_that_is_never_closed_costs_its_own_line(table, bad):
    """What follows is read: the mistake is told once, where it is."""
    rows, mistakes = read_rows(table(f'date,count,note\n{bad}\n8,9,"well"\n9,9,\n'), COLUMNS)
    assert [row["date"] for row in rows if row["count"] == "9"] == ["8", "9"]
    assert mistakes[0].line == 2
    assert "close every quote" in mistakes[0].what


def test_no_row_is_as_long_as_a_file(table):
    """Many rows after a quote that is never closed are all read."""
    lines = "".join(f"{n},1,\n" for n in range(2 * MOST_LINES))
    rows, mistakes = read_rows(table(f'date,count,note\n1,2,"open\n{lines}'), COLUMNS)
    assert [row["date"] for row in rows] == [str(n) for n in range(2 * MOST_LINES)]
    assert [mistake.line for mistake in mistakes] == [2]


def test_a_line_in_another_encoding_inside_a_quote_is_told_on_its_own_line(table):
    """It ends no quote: both lines are told, and the rows after them are read."""
    rows, mistakes = read_rows(table(b'date,count,note\n1,2,"a\n\xe9"\n3,4,\n'), COLUMNS)
    assert [row["date"] for row in rows] == ["3"]
    assert [(m.line, "UTF-8" in m.what) for m in mistakes] == [(2, False), (3, True)]


@pytest.mark.parametrize("more", ["count", "note,note"])
def test_a_column_that_is_named_twice_is_told(table, more):
    """Nobody can know which of the two counts, so neither is taken."""
    with pytest.raises(
        RecordError, match=r"table\.csv:1: the header names the column '\w+' twice, .*name it once"
    ):
        read_rows(table(f"date,count,{more}\n" + "1,2,3,4\n"), COLUMNS)


def test_columns_without_a_name_are_no_column_named_twice(table):
    """Spreadsheet programs leave empty columns at the end, and rows without a word."""
    assert [row[:3] for row in cells(read_rows(table("date,count,,\n1,2,,\n,,,\n3,4,,\n"), COLUMNS))] == [
        (2, "1", "2"),
        (4, "3", "4"),
    ]


def test_too_many_cells_say_what_parts_them(table):
    """A text with the separator in it needs quotes."""
    _, [mistake] = read_rows(table("date;count\n1;2;3\n"), COLUMNS)
    assert "3 cells where the header has 2" in mistake.what
    assert "semicolons" in mistake.what
    assert "';' in quotes" in mistake.what


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"\xff\xfed\0a\0", "UTF-16"),
        (b"\xfe\xff\0d\0a", "UTF-16"),
        (b"d\0a\0t\0e\0", "UTF-16"),
        (b"\0d\0a\0t\0e", "UTF-16"),
        (b"PK\x03\x04\x14\0", "spreadsheet.*save it as CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "spreadsheet.*save it as CSV"),
        (b"\x1f\x8b\x08", "unpack"),
        (b"%PDF-1.4", "PDF.*save it as CSV"),
        (b"SQLite format 3\0", "Journal.open"),
    ],
)
def test_what_is_no_text_is_named_once(table, data, told):
    """A spreadsheet given as a table is a spreadsheet, not a header without columns."""
    with pytest.raises(UnreadableFile, match=told):
        read_rows(table(data + b"\n" * 30), COLUMNS)


def test_bulletins_from_a_spreadsheet_program_are_read(tmp_path):
    """Semicolons, a mark at the beginning, and a note of two lines: the count is there, and nothing is told."""
    path = tmp_path / "bulletins.csv"
    header = "date;period_days;source_of_count;province;count;confirmed_by_russia;url;note"
    row = '2017-01-06;1;russia;;6;;http://example.org/a;"two\r\nlines"'
    path.write_bytes(f"\ufeffsep=;\r\n{header}\r\n{row}\r\n".encode())
    read = read_bulletins(path)
    assert [(tally.count, tally.text) for tally in read] == [(6, "two\nlines")]
    assert not read.mistakes


cell = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


@given(
    st.lists(st.lists(cell, min_size=3, max_size=3), max_size=6),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_what_a_csv_writer_wrote_is_read(tmp_path_factory, rows, separator, end):
    """Whatever is in the cells: quotes, separators, line breaks; only blanks around a text are lost."""
    made = io.StringIO(newline="")
    writer = csv.writer(made, delimiter=separator, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerows([["date", "count", "note"], *rows])
    path = tmp_path_factory.mktemp("rows") / "table.csv"
    path.write_bytes(made.getvalue().encode())
    found, mistakes = read_rows(path, COLUMNS)
    assert not mistakes
    stripped = [[re.sub("\r\n?", "\n", text).strip() for text in row] for row in rows]
    assert [list(row.cells.values()) for row in found] == [row for row in stripped if any(row)]


@given(st.lists(st.sampled_from(['"', '""', ",", "x", "\n", "\r", "\xff", "1", " "]), max_size=40))
def test_no_bytes_bring_a_traceback_or_lose_the_rows_after_them(tmp_path_factory, pieces):
    """What stands between is read or told; the last row of a file, after a blank line, is always told or read."""
    path = tmp_path_factory.mktemp("rows") / "table.csv"
    middle = "".join(pieces).encode("latin-1")
    path.write_bytes(b"date,count\n" + middle + b"\n\n2017-05-14,6\n")
    rows, mistakes = read_rows(path, COLUMNS)
    last = ("2017-05-14", "6")
    assert tuple(rows[-1].cells.values()) == last or mistakes or "2017-05-14,6" in str(rows[-1].cells)
