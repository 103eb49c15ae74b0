"""Tables with tags of the Humanitarian Exchange Language: columns are what their tags say, wherever these stand."""

import warnings

import pytest
from click.testing import CliRunner

import ceasefire as cf
from ceasefire.cli import main
from ceasefire.errors import RecordError
from ceasefire.exchange.layouts import of_tags
from ceasefire.exchange.table.tags import tag_names
from ceasefire.exchange.tables import opened_table, read_table
from ceasefire.record import to_json

MEMO = cf.agreement("syria-de-escalation-2017")
TAGGED = """\
Incidents of the week,,,,,,,,,,
Id,Date,What,Province,Town,Lat,Lon,Killed,Killed,Source,Note
#event+id,#date+occurred,#event+type+en,#ADM1 +name,#loc +name,#geo+lat,#geo+lon,#affected+killed,#affected+f+killed,#meta+source,
7,2017-05-14,attack.shelling,Idlib,Hill town,35.5,36.5,3,1,Radio,not tagged
8,2017-05-15,attack.shelling,Idlib,,,,0,0,Radio,
"""


@pytest.fixture
def write(tmp_path):
    """Write a file and return its path."""

    def written(name, text):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


def columns(path):
    """Return the names that the row of tags gives."""
    with opened_table(path, of_tags(["#date"])) as (header, _):
        return header.columns


def records(path, own=None):
    """Return what comes of the rows of a table by its tags."""
    return list(read_table(path, of_tags(columns(path), own), [MEMO]))


def test_columns_are_what_their_tags_say(write):
    """In any capitals, with blanks; below a title and headers of which two are called the same."""
    one, two = records(write("t.csv", TAGGED))
    said = to_json(one.record)
    assert {name: said[name] for name in ("key", "occurred", "act", "zone")} == {
        "key": "hxl-7",
        "occurred": "2017-05-14",
        "act": "attack.shelling",
        "zone": "idlib",
    }
    assert said["place"] == {"name": "Hill town", "lat": "35.5", "lon": "36.5"}
    assert said["killed"] == {"best": 3}, "of whom one a woman is another column, and is left"
    assert said["evidence"][0]["title"] == "Radio"
    assert (two.line, two.record.killed.best) == (5, 0)


def test_tags_alone_are_a_header_too_and_a_mapping_of_ones_own_names_columns_by_them(write):
    """Words for acts, another order of dates, a column that only the owner knows."""
    path = write("t.csv", "#date,#event,#event,#org+armed\n14/05/2017,fire,x,islamic-state\n")
    assert columns(path) == ("#date", "#event", "#event 2", "#org+armed")
    own = {
        "values": {"act": {"fire": "attack.opening-fire"}},
        "dates": {"occurred": "%d/%m/%Y"},
        "columns": {"accused": "#org+armed"},
    }
    [row] = records(path, own)
    assert (str(row.record.occurred), row.record.act, row.record.accused) == (
        "2017-05-14",
        "attack.opening-fire",
        ("islamic-state",),
    )


def test_what_libhxl_reads_is_what_is_read_here(write):
    """The same rows under the same tags, by the reader of those who made the standard."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        hxl = pytest.importorskip("hxl")
        path = write("t.csv", TAGGED)
        with hxl.data(str(path), hxl.InputOptions(allow_local=True)) as source:
            theirs = [
                {
                    "+".join(("", *sorted(c.attributes))).replace("", c.tag, 1): v
                    for c, v in zip(row.columns, row.values, strict=False)
                    if c.tag
                }
                for row in source
            ]
    with opened_table(path, of_tags(["#date"])) as (_, rows):
        ours = [{name: cell for name, cell in row.cells.items() if name} for row in rows]
    assert ours == theirs


def test_a_table_without_tags_says_so(write):
    """And one whose tags say nothing of an incident names those that do."""
    with pytest.raises(RecordError, match="there is no row of HXL tags"):
        columns(write("a.csv", "date,what\n2017-05-14,x\n" * 40))
    with pytest.raises(RecordError, match="no tag says anything of an incident"):
        of_tags(["#sector", "#beneficiary"])
    assert tag_names(["#date", "what"]) is None


def test_the_program_reads_a_tagged_table(write, tmp_path):
    """As any other; the same file twice adds nothing."""
    words = (
        "import",
        "hxl",
        str(write("t.csv", TAGGED)),
        "--journal",
        str(tmp_path / "j.db"),
        "--agreement",
        MEMO.id,
    )
    assert "2     added" in CliRunner().invoke(main, words).stdout
    assert "2     held already" in CliRunner().invoke(main, words).stdout
