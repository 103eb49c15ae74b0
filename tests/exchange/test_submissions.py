"""What forms come back with, from KoboToolbox and ODK: the same record whichever way it was exported."""

import json

import pytest
from click.testing import CliRunner

import ceasefire as cf
from ceasefire.cli import main
from ceasefire.errors import Mistake, RecordError, UnreadableFile
from ceasefire.exchange.layouts import of_form
from ceasefire.exchange.submissions import opened_submissions
from ceasefire.exchange.tables import read_table
from ceasefire.record import to_json

MEMO = cf.agreement("syria-de-escalation-2017")
ONE = {
    "_id": 7,
    "_uuid": "u-1",
    "_geolocation": [35.5, 36.5],
    "_attachments": [{"filename": "a.jpg"}],
    "group_a/occurred": "2017-05-14",
    "group_a/act": "attack.shelling",
    "group_a/zone": "idlib-area",
    "group_a/location": "35.50 36.5 0 4.5",
    "accused": "islamic-state syrian-government",
    "killed": 3,
    "text": "As told",
}
#: Two incidents told of in one submission, the second with two questions of a group.
TOLD = [
    {"told/act": "attack.shelling", "told/occurred": "2017-05-14", "told/killed": "3"},
    {"told/act": "attack.armed-clash", "told/occurred": "2017-05-15", "told/killed": ""},
]


@pytest.fixture
def write(tmp_path):
    """Write a file and return its path."""

    def written(name, said):
        path = tmp_path / name
        path.write_text(said if isinstance(said, str) else json.dumps(said), encoding="utf-8")
        return path

    return written


def records(path, *repeat):
    """Return what comes of the rows of an export."""
    with opened_submissions(path, repeat) as (header, _):
        how = of_form(header.columns, None, repeat)
    return list(read_table(path, how, [MEMO]))


def said(found):
    """Return what records say, without their evidence."""
    return [
        {name: value for name, value in to_json(one.record).items() if name != "evidence"} for one in found
    ]


def test_the_json_of_kobotoolbox_gets_in(write):
    """A geopoint as it is written, several answers in a cell, groups; what is no answer is left."""
    [one] = records(write("a.json", {"count": 1, "next": None, "results": [ONE]}))
    record = one.record
    assert (record.key, str(record.occurred), record.zone) == ("form-u-1", "2017-05-14", "idlib-area")
    assert (record.place.lat, record.place.lon, record.killed.best) == ("35.50", "36.5", 3)
    assert record.accused == ("islamic-state", "syrian-government")


def test_a_repeat_is_a_record_each_from_odk_kobotoolbox_and_json_alike(write, tmp_path):
    """With what the submission around it says; the key is the same whichever way it was exported."""
    head = {"_uuid": "u-1", "zone": "idlib-area", "text": "As told"}
    by_json = said(records(write("k.json", {"results": [head | {"group/told": TOLD}]}), "told"))
    write("odk-told.csv", "act,occurred,killed,PARENT_KEY,KEY\n" + "".join(
        f"{one['told/act']},{one['told/occurred']},{one['told/killed']},u-1,u-1/told[{n}]\n" for n, one in enumerate(TOLD, 1)))  # fmt: skip
    by_odk = said(
        records(write("odk.csv", "zone,text,meta-instanceID,KEY\nidlib-area,As told,u-1,u-1\n"), "told")
    )
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["zone", "text", "_uuid", "_index"], ["", "", "u-0", 1], ["idlib-area", "As told", "u-1", 2]):
        book.active.append(row)
    sheet = book.create_sheet("told")
    sheet.append([*TOLD[0], "_index", "_parent_table_name", "_parent_index"])
    for n, one in enumerate(TOLD, 1):
        sheet.append([*one.values(), n, "Form", 2])
    book.save(tmp_path / "kobo.xlsx")
    by_kobo = said(records(tmp_path / "kobo.xlsx", "told"))
    assert by_json == by_odk == by_kobo
    assert [(one["key"], one["act"], one["zone"]) for one in by_json] == [
        ("form-u-1/told[1]", "attack.shelling", "idlib-area"),
        ("form-u-1/told[2]", "attack.armed-clash", "idlib-area"),
    ]


def test_a_repeat_in_a_repeat_has_what_both_around_it_say(write):
    """As ODK Central exports it: a file each, joined by PARENT_KEY; a row of no submission is told."""
    path = write("f.csv", "occurred,KEY\n2017-05-14,u-1\n")
    write("f-g1.csv", "zone,PARENT_KEY,KEY\nidlib-area,u-1,u-1/g1[1]\nhama,u-1,u-1/g1[2]\n")
    write(
        "f-g2.csv", "act,PARENT_KEY,KEY\nattack,u-1/g1[2],u-1/g1[2]/g2[1]\nattack,u-9/g1[1],u-9/g1[1]/g2[1]\n"
    )
    one, lost = records(path, "g1", "g2")
    assert (one.record.key, one.record.zone, str(one.record.occurred)) == (
        "form-u-1/g1[2]/g2[1]",
        "hama",
        "2017-05-14",
    )
    assert isinstance(lost, Mistake)
    assert (lost.line, "names no submission of the export" in lost.what) == (3, True)
    assert lost.file.endswith("f-g2.csv")


def test_a_column_for_each_option_says_who_was_chosen(write):
    """Where an export has no column with all of them; by names or by labels."""
    head = "occurred,act,g/accused/islamic-state,g/accused/syrian-government,KEY"
    [one] = records(write("a.csv", f"{head}\n2017-05-14,attack,1,0,u-1\n"))
    assert one.record.accused == ("islamic-state",)
    head = head.replace("g/accused/islamic-state", "Against whom?/Islamic State in Iraq and the Levant")
    [one] = records(write("a.csv", f"{head}\n2017-05-14,attack,True,1,u-1\n"))
    assert (one.record.against, one.record.accused) == (("islamic-state",), ("syrian-government",))


def test_an_export_of_several_versions_of_a_form_loses_no_answer(write):
    """A question that was moved into a group has a column for each version: each row says it in one of them."""
    table = (
        "occurred,act,location,g/occurred,g/act,g/location,_uuid\n"
        "2017-05-14,attack,35.5 36.5,,,,u-1\n"
        ",,,2017-05-15,attack.shelling,34.5 36.5,u-2\n"
    )
    found = records(write("a.csv", table))
    assert [(str(one.record.occurred), one.record.act, one.record.place.lat) for one in found] == [
        ("2017-05-14", "attack", "35.5"),
        ("2017-05-15", "attack.shelling", "34.5"),
    ]


def test_an_export_of_another_form_gets_in_as_a_table(write):
    """The columns of an export of ODK Central with every type of question, by a mapping."""
    table = (
        "SubmissionDate,some_string,some_int,some_date,some_geopoint-Latitude,some_geopoint-Longitude,some_geotrace,meta-instanceID,KEY\n"
        "2018-04-26T08:58:20.525Z,Hola,123,2018-04-26,43.3149254,-1.9869671,43.314926 -1.9869713 71.8 10.0;43.31 -1.98 71.8 10.0;,uuid:39f3,uuid:39f3\n"
    )
    how = {
        "kind": "incident", "key": "KEY", "constant": {"act": "attack"},
        "columns": {"occurred": "some_date", "text": "some_string", "place.lat": "some_geopoint-Latitude", "place.lon": "some_geopoint-Longitude"},
    }  # fmt: skip
    [one] = read_table(write("odk.csv", table), how)
    assert (one.record.key, one.record.place.lat, one.record.text) == ("uuid:39f3", "43.3149254", "Hola")
    [one] = read_table(
        write("p.csv", 'day,where\n2018-04-26,"43.31, -1.98"\n'),
        how | {"key": "day", "columns": {"occurred": "day", "place.point": "where"}},
    )
    assert (one.record.place.lat, one.record.place.lon) == ("43.31", "-1.98")
    [wrong] = read_table(
        write("p.csv", "day,where\n2018-04-26,43.31\n"),
        how | {"key": "day", "columns": {"occurred": "day", "place.point": "where"}},
    )
    assert "is no point: write latitude and longitude" in wrong.what


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "is no JSON"),
        ("[" * 100_000, "is no JSON"),
        ('[{"a":' * 700 + "1" + "}]" * 700, "no JSON|no column is a question"),
        (
            '{"results": [' + '{"a":' * 900 + "1" + "}" * 900 + "]}",
            "too deep|no JSON|no column is a question",
        ),
        ('{"results": 3}', "there is no list of objects"),
        ('{"results": [3]}', "no column is a question"),
    ],
)
def test_what_is_no_export_is_told(write, text, told):
    """In a sentence, however deep it goes."""
    with pytest.raises((RecordError, UnreadableFile), match=told):
        records(write("a.json", text))
    with pytest.raises(RecordError, match="has a repeat 'gone'"):
        records(write("b.json", {"results": [ONE]}), "gone")


def test_the_program_reads_a_repeat(write, tmp_path):
    """As any other import; one submission with a mistake costs no other."""
    bad = ONE | {"_uuid": "u-2", "group_a/occurred": "sometime"}
    path = write("a.json", {"results": [ONE, 5, bad]})
    words = ("import", "kobo", str(path), "--journal", str(tmp_path / "j.db"), "--agreement", MEMO.id)
    done = CliRunner().invoke(main, words)
    assert "1     added" in done.stdout
    assert "a.json:2: is no submission" in done.stderr
    assert "a.json:3: " in done.stderr
    path = write("a.json", {"results": [{"_uuid": "u-1", "told": TOLD}]})
    done = CliRunner().invoke(main, (*words, "--repeat", "told"))
    assert "2     added" in done.stdout


@pytest.fixture
def kobo(tmp_path):
    """Write a workbook of KoboToolbox: submissions, each with its index, and the rows of the repeat `told`."""
    openpyxl = pytest.importorskip("openpyxl")

    def written(submissions, rows):
        book = openpyxl.Workbook()
        sheet = book.create_sheet("told")
        for row in (["zone", "_uuid", "_index"], *submissions):
            book.active.append(row)
        for row in (["act", "occurred", "_index", "_parent_index", "_submission__uuid"], *rows):
            sheet.append(row)
        book.save(tmp_path / "kobo.xlsx")
        return records(tmp_path / "kobo.xlsx", "told")

    return written


SUBMITTED = [["idlib-area", "u-1", 1], ["hama", "u-2", 2]]
ROWS = [
    ["attack.shelling", "2017-05-14", 9, 1, "u-1"],
    ["attack.armed-clash", "2017-05-15", 10, 1, "u-1"],
    ["attack.shelling", "2017-05-16", 11, 2, "u-2"],
]


def test_a_repeat_that_somebody_sorted_gives_the_same_records(kobo, write):
    """The place of a row is told by its own index (KoboToolbox) or name (ODK), not by where it stands."""
    in_order, turned = (said(kobo(SUBMITTED, rows)) for rows in (ROWS, ROWS[::-1]))
    assert sorted(in_order, key=str) == sorted(turned, key=str)
    assert [one["key"] for one in in_order] == ["form-u-1/told[1]", "form-u-1/told[2]", "form-u-2/told[1]"]
    write("o-told.csv", "act,occurred,PARENT_KEY,KEY\n" + "".join(
        f"{act},{day},{of},{of}/told[{n}]\n" for (act, day, _, _, of), n in zip(ROWS[::-1], (1, 2, 1), strict=True)))  # fmt: skip
    by_odk = said(
        records(write("o.csv", "zone,meta-instanceID,KEY\nidlib-area,u-1,u-1\nhama,u-2,u-2\n"), "told")
    )
    assert sorted(by_odk, key=str) == sorted(in_order, key=str)


def test_a_row_that_names_two_submissions_is_told(kobo):
    """Joined by its number it would say of one place what was told of another; so would one number of two."""
    *sound, wrong = kobo(SUBMITTED, [*ROWS[:2], [*ROWS[2][:3], 1, "u-2"]])
    assert len(said(sound)) == 2
    assert isinstance(wrong, Mistake)
    assert "_parent_index '1' names another submission than _submission__uuid 'u-2'" in str(wrong)
    twice, *_ = kobo([SUBMITTED[0], ["hama", "u-2", 1]], ROWS[:2])
    assert isinstance(twice, Mistake)
    assert "_index '1' names a row above, too" in str(twice)
