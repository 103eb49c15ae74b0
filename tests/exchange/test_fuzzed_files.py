"""Files of every format, damaged: a sentence or rows, never a traceback, and no good row is lost.

A few examples of each here, 100,000 with HYPOTHESIS_PROFILE=thorough (docs/reliability.md).
"""

import io
import json
import os
import zipfile
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ceasefire as cf
from ceasefire.errors import MissingExtra, Mistake
from ceasefire.exchange.bulletins import read_bulletins
from ceasefire.exchange.heads import Head, read_heads
from ceasefire.exchange.layouts import layout, of_form, of_tags
from ceasefire.exchange.submissions import opened_submissions
from ceasefire.exchange.table.mapping import TableMapping
from ceasefire.exchange.tables import opened_table, read_table

openpyxl = pytest.importorskip("openpyxl")

#: In full 50,000 files a test, so 100,000 and more of each format: a format has two tests or three. There are
#: 50 to an example, since what Hypothesis does for one takes longer than a file.
THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"
EXAMPLES, FILES = (1_000, 50) if THOROUGH else (6, 1)
#: A seed is told with an example that fails.
CHANCE = st.randoms(use_true_random=True)
MEMO = cf.agreement("syria-de-escalation-2017")
HOW = {"kind": "incident", "key": "id", "columns": {"occurred": "date", "act": "what", "text": "note"}}
ROWS = {
    "table.csv": ["id,date,what,note"] + [f"{n},2017-05-1{n},attack,seen" for n in range(6)],
    "ucdp.csv": ["id,type_of_violence,where_prec,where_coordinates,adm_1,latitude,longitude,date_prec,date_start,date_end,low,best,high"]
    + [f"{n},1,1,Town,Idlib Governorate,35.5,36.5,1,2017-05-1{n},2017-05-1{n},0,{n},{n}" for n in range(6)],
    "acled.csv": ["event_id_cnty,event_date,time_precision,sub_event_type,admin1,location,fatalities,notes"]
    + [f"A{n},1{n} May 2017,1,Armed clash,Idlib,Town,{n},seen" for n in range(6)],
    "kobo.csv": ["g/occurred;g/act;g/location;accused;killed;_uuid"]
    + [f"2017-05-1{n};attack;35.5 36.5 0 0;islamic-state;{n};u-{n}" for n in range(6)],
    "hxl.csv": ["When,What,Id", "#date+occurred,#event+type,#event+id"] + [f"2017-05-1{n},attack,{n}" for n in range(6)],
    "pax.csv": ["AgtId,Agt,Dat,Part"] + [f"{n},Agreement {n},1{n}/02/2017,For A:" for n in range(6)],
    "bulletins.csv": ["date,period_days,source_of_count,province,count,confirmed_by_russia,url"]
    + [f"2017-05-1{n},1,russia,,{n},,https://example.org/{n}" for n in range(6)],
}  # fmt: skip


@cache
def whole(name):
    """Return an undamaged file of a format."""
    if name == "kobo.json":
        rows = [
            {"_uuid": f"u-{n}", "g/occurred": f"2017-05-1{n}", "g/act": "attack", "told": [{"killed": n}]}
            for n in range(6)
        ]
        return json.dumps({"count": 6, "results": rows}).encode()
    if name.endswith(".xlsx"):
        return workbook([line.split(",") for line in ROWS["table.csv"]])
    return "\n".join(ROWS[name]).encode() + b"\n"


def workbook(rows):
    """Return the bytes of a workbook."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


FORMATS = [*ROWS, "kobo.json", "table.xlsx"]


def read(path):
    """Return what comes of a file by the way of its format; mistakes are among it."""
    kind = path.stem
    if kind == "pax":
        return list(read_heads(path))
    if kind == "bulletins":
        found = read_bulletins(path)
        return [*found, *found.mistakes]
    if kind == "kobo":
        with opened_submissions(path) as (header, _):
            how = of_form(header.columns)
    elif kind == "hxl":
        with opened_table(path, TableMapping(kind="incident", columns={}, tagged=True)) as (header, _):
            how = of_tags(header.columns)
    else:
        how = HOW if kind == "table" else layout(kind)
    return list(read_table(path, how, [MEMO]))


def named(record):
    """Return what one record is known by: its key; of a bulletin, which has none, its days."""
    return record.key or str(record.period)


def names(found):
    """Return what the records or heads of a file are known by."""
    return {
        one.number if isinstance(one, Head) else named(getattr(one, "record", one))
        for one in found
        if not isinstance(one, Mistake)
    }


TOKENS = [
    b'"', b"\n", b"\r", b"\0", b",", b";", b"\t", b"\xff", b"\xef\xbb\xbf", b"[", b"{", b"}", b"]", b"9" * 400, b"1e999", b"NaN",
    b"2017-02-30", b"-1", b"\xe2\x80\xae", b"\xed\xa0\x80", b"=1+1", b"null", b"\\ud800", b"PK\x03\x04", b"#date",
]  # fmt: skip


def damaged(data, chance, tokens=()):
    """Return a file with some of its bytes put in, overwritten, cut out or doubled."""
    for _ in range(chance.randint(1, 5)):
        what = chance.choice(["put", "over"] if tokens else ["put", "over", "cut", "twice"])
        at, size = chance.randint(0, len(data)), chance.randint(0, 60)
        token = chance.choice(
            tokens or [*TOKENS, *(bytes(chance.choices(range(256), k=chance.randint(0, 12))) for _ in TOKENS)]
        )
        rest = {
            "put": data[at:],
            "over": data[at + len(token) :],
            "cut": data[at + size :],
            "twice": data[max(at - size, 0) :],
        }[what]
        data = data[:at] + (token if what in ("put", "over") else b"") + rest
    return data


def ends_in_rows_or_a_sentence(path):
    """Read a file; every error but a sentence goes through."""
    said = "rows"
    try:
        read(path)
    except MissingExtra:
        raise
    except cf.CeasefireError as error:
        said = str(error)
    assert said


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=EXAMPLES)
@given(chance=CHANCE)
def test_a_damaged_file_ends_in_rows_or_a_sentence(tmp_path_factory, name, chance):
    """Whatever byte of it is another."""
    path = tmp_path_factory.getbasetemp() / name
    for _ in range(FILES):
        path.write_bytes(damaged(whole(name), chance))
        ends_in_rows_or_a_sentence(path)


PARTS = [
    "xl/worksheets/sheet1.xml",
    "xl/workbook.xml",
    "xl/styles.xml",
    "xl/sharedStrings.xml",
    "[Content_Types].xml",
    "xl/_rels/workbook.xml.rels",
]
MARKUP = [
    b"<", b"/>", b' t="s"', b' t="d"', b' t="b"', b' t="e"', b"<v>99999</v>", b"<v>-1</v>", b"<v>1e309</v>", b' s="999"', b' r="A0"',
    b' r="ZZZ1"', b"&amp;", b"&x;",
]  # fmt: skip


@settings(max_examples=EXAMPLES)
@given(chance=CHANCE)
def test_a_workbook_with_a_damaged_part_ends_in_rows_or_a_sentence(tmp_path_factory, chance):
    """The archive is whole, and what is in it is not."""
    path = tmp_path_factory.getbasetemp() / "table.xlsx"
    for _ in range(FILES):
        part, tokens = chance.choice(PARTS), chance.choice([(), MARKUP])
        with zipfile.ZipFile(io.BytesIO(whole("table.xlsx"))) as old, zipfile.ZipFile(path, "w") as new:
            for one in old.namelist():
                data = old.read(one)
                new.writestr(one, damaged(data, chance, tokens) if one == part else data)
        ends_in_rows_or_a_sentence(path)


LINES = ['"', '",', 'x"y', ",,,,,,,,,,,,,,,,,,,,,,", '"a""b"', "\0", "\ufeff", "#date", "0,,,"]


def a_line(chance):
    """Return a line of anything: characters of every plane, those of a table more often."""
    if chance.random() < 0.3:
        return chance.choice(LINES)
    codes = (chance.choice((chance.randint(0, 0x7F), chance.randint(0, 0x10FFFF))) for _ in range(chance.randint(0, 40)))  # fmt: skip
    return "".join(chr(code) for code in codes if not 0xD800 <= code < 0xE000 and code not in (10, 13))


@cache
def all_names(name):
    """Return what the rows of an undamaged file are known by."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(whole(name))
        return names(read(path))


@pytest.mark.parametrize("name", ROWS)
@settings(max_examples=EXAMPLES)
@given(chance=CHANCE)
def test_a_line_that_is_none_costs_no_other(tmp_path_factory, name, chance):
    """Of six rows the other five come in, whatever stands in the place of one."""
    path = tmp_path_factory.getbasetemp() / name
    for _ in range(FILES):
        lines, line = list(ROWS[name]), a_line(chance)
        lost = len(lines) - 6 + chance.randint(0, 5)
        path.write_text("\n".join((*lines[:lost], line, *lines[lost + 1 :])) + "\n", encoding="utf-8")
        missing = all_names(name) - names(read(path))
        assert len(missing) <= 1, f"the row in whose place {line!r} stands, and no other"


def a_value(chance, depth=0):
    """Return a value of JSON; names of answers are among its keys."""
    what = chance.randint(0, 4 if depth > 3 else 6)
    if what < 5:
        plain = [None, chance.random() < 0.5, chance.randint(-(10**20), 10**20), chance.gauss(0, 1e9), a_line(chance)]  # fmt: skip
        return plain[what]
    inner = [a_value(chance, depth + 1) for _ in range(chance.randint(0, 3))]
    keys = ("told", "g/occurred", "_uuid", "", a_line(chance)[:8])
    return inner if what == 5 else {chance.choice(keys): value for value in inner}


@settings(max_examples=EXAMPLES)
@given(chance=CHANCE)
def test_a_submission_that_is_none_costs_no_other(tmp_path_factory, chance):
    """The same of JSON."""
    path = tmp_path_factory.getbasetemp() / "kobo.json"
    for _ in range(FILES):
        submissions, where = json.loads(whole("kobo.json")), chance.randint(0, 5)
        submissions["results"][where] = value = a_value(chance)
        path.write_text(json.dumps(submissions), encoding="utf-8")
        assert names(read(path)) >= {f"form-u-{n}" for n in range(6) if n != where}, value


def a_cell(chance):
    """Return a cell of a workbook, of any type."""
    day = datetime(1900, 3, 1, tzinfo=UTC).replace(tzinfo=None) + timedelta(
        seconds=chance.randint(0, 2 * 10**11)
    )
    return chance.choice(
        [
            None,
            chance.randint(-(2**53), 2**53),
            chance.gauss(0, 1e300),
            chance.random() < 0.5,
            day,
            day.time(),
        ]
    )


@settings(max_examples=EXAMPLES)
@given(chance=CHANCE)
def test_a_row_of_a_workbook_that_is_none_costs_no_other(tmp_path_factory, chance):
    """The same of a sheet, whatever type its cells are of."""
    path = tmp_path_factory.getbasetemp() / "table.xlsx"
    for _ in range(FILES):
        rows, where = [line.split(",") for line in ROWS["table.csv"]], chance.randint(0, 5)
        rows[1 + where] = cells = [a_cell(chance) for _ in range(chance.randint(0, 4))]
        path.write_bytes(workbook(rows))
        assert names(read(path)) >= {f"{n}" for n in range(6) if n != where}, cells


ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "' + "a" * 1_000 + '">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 20}">' for a, b in zip("abcdef", "bcdefg", strict=True))
    + ']><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    '<c r="A1" t="inlineStr"><is><t>&g;</t></is></c></row></sheetData></worksheet>'
)  # fmt: skip
SHEETS = {
    "entities": ENTITIES,
    "a row beyond all rows": '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="99999999999"><c r="A99999999999"><v>1</v></c></row></sheetData></worksheet>',
    "a column beyond all columns": '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="ZZZZZZZ1"><v>1</v></c></row></sheetData></worksheet>',
    "no sheet at all": "<",
}


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_workbook_made_to_burst_is_told(tmp_path, sheet):
    """Entities of entities, rows and columns that no sheet has, a part that packs to nothing."""
    path = tmp_path / "table.xlsx"
    with (
        zipfile.ZipFile(io.BytesIO(whole("table.xlsx"))) as old,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for one in old.namelist():
            new.writestr(one, SHEETS[sheet] if one == "xl/worksheets/sheet1.xml" else old.read(one))
    with pytest.raises(cf.CeasefireError):
        read(path)
