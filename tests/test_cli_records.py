"""The program does what a script does: it records, lists what may be named, explains, and prints any list."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

import ceasefire as cf
from ceasefire.assessment.result.lists import LISTS
from ceasefire.cli import main
from ceasefire.commands.tables import FORMATS
from ceasefire.exchange.field_values import said
from ceasefire.record import KINDS, from_json, to_json

MEMO = "syria-de-escalation-2017"
STAYED = "syria-ceasefire-2016"
ACT = ("incident", "occurred=2017-05-14", "act=attack.shelling", "zone=idlib-area", "accused=ahrar-al-sham")
AT = ("--at", "2017-05-15T08:00:00Z")


def run(*words):
    """Run a command line in this process."""
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert isinstance(done.exception, SystemExit | None), done.exception
    assert "a fault of ceasefire" not in done.stderr
    return done


@pytest.fixture
def journal(tmp_path):
    """The path of a journal that is not there yet."""
    return tmp_path / "turkey.db"


@pytest.fixture
def record(journal):
    """Record on the Turkish chain, and return what the program said."""
    return lambda *words: run("record", *words, "--journal", journal, "--author", "turkey", *AT)


def held(path):
    """Return the records of a journal."""
    with cf.Journal.open(path, read_only=True) as opened:
        return list(opened)


def lines(rows, **more):
    """Return records as the lines of a file."""
    return "".join(json.dumps(row | more) + "\n" for row in rows)


# ---------------------------------------------------------------- one record


def test_a_record_is_written_as_a_script_writes_it(record, journal):
    """The same words, and the same record: of a part the name says which, of a list commas part the ids."""
    fields = ("against=turkey,russia", "killed.best=3", "killed.high=5", "injured=2", "place.name=Darat Izza",
              "place.precision=2", "evidence.url=https://example.org/1", "text=Two shells = one crater.")  # fmt: skip
    done = record(*ACT, *fields, "--agreement", MEMO)
    assert done.exit_code == 0, done.output
    assert done.stdout == f"turkey/1: incident\n1 recorded; {journal} holds 1\n"
    [kept] = held(journal)
    assert kept == cf.Incident(
        by="turkey", id="turkey/1", recorded="2017-05-15T08:00:00Z", occurred="2017-05-14", act="attack.shelling",
        zone="idlib-area", accused="ahrar-al-sham", against=["turkey", "russia"], killed={"best": 3, "high": 5},
        injured=2, place={"name": "Darat Izza", "precision": 2}, evidence={"url": "https://example.org/1"},
        text="Two shells = one crater.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (["place=Hama"], {"place": {"name": "Hama"}}),
        (["evidence=A letter"], {"evidence": {"title": "A letter"}}),
        (["evidence=http://example.org"], {"evidence": {"url": "http://example.org"}}),
        (['evidence=[{"title": "one"}, {"title": "two"}]'], {"evidence": [{"title": "one"}, {"title": "two"}]}),
        (["accused=one; two,three"], {"accused": ["one", "two", "three"]}),
        (["joins=no"], {"joins": False}),
        (["closes=TRUE"], {"closes": True}),
        (["period.from=2017-05-01", "period.to=2017-05-07"], {"period": {"from": "2017-05-01", "to": "2017-05-07"}}),
        (["by_zone.idlib=2", "by_zone.hama=1"], {"by_zone": {"idlib": 2, "hama": 1}}),
        (["of_which.attack.shelling=2"], {"of_which": {"attack.shelling": 2}}),
        (["set.killed.best=4", "set.zone=hama", "set.accused=a,b"], {"set": {"killed": {"best": 4}, "zone": "hama", "accused": ["a", "b"]}}),
        (["unset=killed,zone"], {"unset": ["killed", "zone"]}),
        (["text=[sic] 3", "zone="], {"text": "[sic] 3"}),
        (["text={not JSON}"], {"text": "{not JSON}"}),
        (["killed=many"], {"killed": "many"}),
    ],
)  # fmt: skip
def test_the_text_of_a_field_is_read_as_the_field_wants_it(given, meant):
    """Numbers, lists, truth and parts; what cannot be read so stays a text, which the record then refuses."""
    assert said(word.partition("=")[::2] for word in given) == meant


@pytest.mark.parametrize("cls", KINDS.values(), ids=lambda cls: cls.kind)
def test_every_kind_of_record_on_the_page_can_be_said_in_words(cls):
    """Each example of docs/rules/records.md, said as fields, makes the same record."""
    from pathlib import Path

    page = (Path(__file__).parents[1] / "docs" / "rules" / "records.md").read_text(encoding="utf-8")
    found = [json.loads(line) for line in page.splitlines() if line.startswith('{"kind": "' + cls.kind + '"')]
    assert found
    for obj in found:
        wanted = from_json(obj)
        assert from_json({"kind": cls.kind} | said(list(words_of(to_json(wanted))))) == wanted


def words_of(obj, around=""):
    """Yield a JSON object as pairs of a name and a text."""
    for name, value in obj.items():
        if isinstance(value, dict):
            yield from words_of(value, f"{around}{name}.")
        elif isinstance(value, list) and all(isinstance(item, str) for item in value):
            yield f"{around}{name}", ",".join(value)
        elif isinstance(value, list):
            yield f"{around}{name}", json.dumps(value)
        elif name != "kind":
            yield f"{around}{name}", str(value).lower() if isinstance(value, bool) else str(value)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "say what is recorded: KIND is one of incident"),
        (("incidents", "act=attack"), "'incidents' is no kind of record – did you mean 'incident'?"),
        (("incident", "attack"), "'attack' says nothing of a field: write FIELD=VALUE"),
        (("incident", "acused=turkey"), "has no field 'acused' – did you mean 'accused'?"),
        (("incident", "act=attack"), "needs occurred"),
        ((*ACT, "killed.best=three"), "killed.best: 'three' is no whole number"),
        (
            ("incident", "act=attack", "occurred=14.5.2017"),
            "occurred: '14.5.2017' is no date: write 2017-05-14",
        ),
        ((*ACT, "act=attack"), "act is given twice: give it once"),
        ((*ACT, "killed=3", "killed.high=5"), "say one thing twice"),
        ((*ACT, "--from", "records.xyz"), "names no format"),
        ((*ACT, "--agreement", MEMO, "zone=nowhere-at-all"), "zone is given twice"),
        (
            (*ACT[:-1], "accused=ahrar-al-shan", "--agreement", MEMO),
            "unknown party 'ahrar-al-shan' – did you mean",
        ),
        ((*ACT, "--agreement", "nowhere.toml"), "nowhere.toml"),
        (("finding", "outcome=confirm", "on=turkey/1"), "did you mean 'confirmed'"),
    ],
)
def test_a_wrong_record_is_told_and_no_journal_is_made(record, journal, words, told):
    """Field, what is wrong and what to write instead; nothing is left behind."""
    done = record(*words)
    assert done.exit_code == 2
    assert told in done.stderr
    assert not done.stdout
    assert not journal.exists()


def test_a_record_says_whose_it_is(journal):
    """By the author of the call, or by itself."""
    done = run("record", *ACT, "--journal", journal)
    assert done.exit_code == 2
    assert "--author NAME, or by=NAME" in done.stderr
    assert run("record", *ACT, "by=russia", "--journal", journal, *AT).exit_code == 0
    assert [kept.by for kept in held(journal)] == ["russia"]


def test_what_is_recorded_can_be_assessed_and_explained(record, journal):
    """From an empty folder to a reason, without a line of Python."""
    assert record(*ACT).exit_code == 0
    assert record("finding", "on=turkey/1", "outcome=confirmed", "severity=minor").exit_code == 0
    asked = ("--journal", journal, "--as-of", "2017-05-20")
    rows = json.loads(run("assess", MEMO, STAYED, *asked, "--table", "reasons", "--format", "json").stdout)
    [reason] = [row for row in rows if row["record"] == "turkey/1"][:1]
    done = run("why", MEMO, STAYED, reason["commitment"], reason["owed_by"], *asked)
    assert done.exit_code == 0
    assert "turkey/1, an incident of 14 May 2017" in done.stdout
    for name in ("verify",):
        assert run(name, journal).exit_code == 0


# ---------------------------------------------------------------- many records


def test_a_table_is_recorded_row_by_row(record, journal, tmp_path):
    """Columns are fields; what is said in words is said of every row that does not say otherwise."""
    table = tmp_path / "acts.csv"
    table.write_text(
        "sep=;\nkind;occurred;act;accused;killed.best;release;text\n"
        ';2017-05-14;attack.shelling;ahrar-al-sham,turkey;3;;"two\nlines"\n'
        "event;2017-05-15;;;;author;\n".replace("event;2017-05-15;;", "incident;2017-05-15;attack;"),
        encoding="utf-8",
    )
    done = record("incident", "release=public", "zone=idlib-area", "--from", table)
    assert done.exit_code == 0, done.output
    first, second = held(journal)
    assert (first.accused, first.killed, first.text) == (
        ("ahrar-al-sham", "turkey"),
        cf.Toll(best=3),
        "two\nlines",
    )
    assert [one.release for one in (first, second)] == ["public", "author"]
    assert {one.zone for one in (first, second)} == {"idlib-area"}
    assert second.killed is None


def test_a_file_of_records_is_recorded_without_authors_and_times(record, journal, tmp_path):
    """The journal fills them in; a line says what it says, and the words what it leaves out."""
    file = tmp_path / "acts.jsonl"
    said_so = {"kind": "incident", "occurred": "2017-05-14", "act": "attack"}
    file.write_text(lines([said_so, said_so | {"zone": "hama"}]), encoding="utf-8")
    done = record("zone=idlib-area", "--from", file)
    assert done.exit_code == 0, done.output
    assert [(one.id, one.zone, str(one.recorded)) for one in held(journal)] == [
        ("turkey/1", "idlib-area", "2017-05-15T08:00:00Z"),
        ("turkey/2", "hama", "2017-05-15T08:00:00Z"),
    ]


def test_a_command_run_twice_writes_once(record, journal):
    """Under its key a record is held already; what says otherwise is refused, or corrects it where that is asked."""
    assert "1 recorded; " in record(*ACT, "key=report 7").stdout
    assert "0 recorded, 1 held already under their keys; " in record(*ACT, "key=report 7").stdout
    refused = record(*ACT[:-1], "key=report 7")
    assert refused.exit_code == 2
    assert "report 7" in refused.stderr
    corrected = record(*ACT[:-1], "key=report 7", "--update")
    assert (corrected.exit_code, [one.kind for one in held(journal)]) == (0, ["incident", "correction"])


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_one_mistake_and_nothing_is_recorded(record, journal, tmp_path, suffix):
    """All mistakes are told, with row and field: whoever mends them can give the whole file again."""
    rows = [
        {"kind": "incident", "occurred": "2017-05-14", "act": "attack"},
        {"kind": "incident", "occurred": "14.5.2017", "act": "attack"},
        {"kind": "incident", "occurred": "2017-05-14", "act": "attak"},
    ]
    file = tmp_path / f"acts.{suffix}"
    table = "kind,occurred,act\n" + "".join(",".join(row.values()) + "\n" for row in rows)
    file.write_text(table if suffix == "csv" else lines(rows), encoding="utf-8")
    done = record("--from", file, "--agreement", MEMO)
    assert done.exit_code == 1
    number = 3 if suffix == "csv" else 2
    first, second = done.stderr.splitlines()
    assert first.startswith(f"{file}:{number}: occurred: '14.5.2017' is no date: write 2017-05-14")
    assert second.startswith(f"{file}:{number + 1}: unknown act 'attak' – did you mean 'attack'?")
    assert done.stdout == "nothing is recorded: of 3 records 2 hold mistakes\n"
    assert not journal.exists()


def test_a_column_that_is_no_field_is_told_once(record, journal, tmp_path):
    """What stands in it would be lost: nobody is told that on every row."""
    table = tmp_path / "acts.csv"
    table.write_text("occurred,acts,place.name\n" + "2017-05-14,attack,Hama\n" * 40, encoding="utf-8")
    done = record("incident", "--from", table)
    assert done.exit_code == 1
    assert done.stderr == f"{table}: the column 'acts' is no field of incident – did you mean 'act'?\n"
    assert not journal.exists()


def test_of_very_many_mistakes_alike_the_first_are_told(record, tmp_path):
    """And how many there are: 24,000 lines help nobody."""
    table = tmp_path / "acts.csv"
    table.write_text(
        "occurred,act\n" + "".join(f"{n}.13.2017,attack\n" for n in range(1, 31)), encoding="utf-8"
    )
    done = record("incident", "--from", table)
    told = done.stderr.splitlines()
    assert len(told) == 21
    assert told[0].startswith(f"{table}:2: occurred: '1.13.2017' is no date")
    assert told[-1].startswith(f"{table}: 10 more like it: occurred: … is no date")


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("acts.jsonl", "occurred,act\n" * 30, "30 lines hold no record, and the file looks like a table"),
        ("acts.csv", "PK\x03\x04", "spreadsheet"),
        ("acts.csv", "act\nattack\n", "no column 'kind'"),
        ("acts.jsonl", '{"proof": {}, "kind": "incident"}\n', "add it with ceasefire merge"),
        ("acts.jsonl", "3\n", "write one object a line"),
        ("acts.csv", 'kind,act\nincident,"open\n', "close every quote"),
    ],
)
def test_a_file_of_another_kind_is_told_once(record, journal, tmp_path, name, text, told):
    """One line says what it is, or what to do."""
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    done = record("--from", file)
    assert done.exit_code in (1, 2)
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not journal.exists()


# ---------------------------------------------------------------- lists


@pytest.mark.parametrize(
    ("what", "named"),
    [
        ("parties", "ahrar-al-sham"),
        ("acts", "attack.shelling"),
        ("zones", "idlib-area"),
        ("commitments", f"{MEMO}/create-areas"),
    ],
)
@pytest.mark.parametrize("form", FORMATS)
def test_what_records_may_name_is_listed(what, named, form):
    """Ids first, in every format."""
    done = run("list", what, MEMO, STAYED, "--format", form)
    assert done.exit_code == 0
    assert named in done.stdout
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(done.stdout)))
        assert named in {next(iter(row.values())) for row in rows}
    if form in ("json", "jsonl"):
        rows = (
            json.loads(done.stdout)
            if form == "json"
            else [json.loads(line) for line in done.stdout.splitlines()]
        )
        assert [row["id" if what != "commitments" else "name"] for row in rows].count(named) == 1


def test_acts_are_listed_before_there_is_an_agreement():
    """Who writes a first file asks what there is; parties are those of a file."""
    assert "movement.heavy-weapons" in run("list", "acts").stdout
    refused = run("list", "parties")
    assert refused.exit_code == 2
    assert "parties are those of an agreement" in refused.stderr


@pytest.mark.parametrize("name", LISTS)
def test_every_list_of_an_assessment_is_printed(record, journal, name):
    """As a table of the same rows, on a line each, whatever is in them; no cell shows Python's own writing."""
    record(*ACT, "text=one\ntwo")
    counted = ("period=2017-05-14", "count=3", "act=attack", "accused=ahrar-al-sham", "ruled=yes")
    record("tally", *counted, "killed=2", "injured.low=1")
    words = ("assess", MEMO, STAYED, "--journal", journal, "--as-of", "2017-05-20", "--table", name)
    printed = {form: run(*words, "--format", form) for form in FORMATS}
    assert {done.exit_code for done in printed.values()} == {0}
    rows = json.loads(printed["json"].stdout)
    assert [json.loads(line) for line in printed["jsonl"].stdout.splitlines()] == rows
    read = list(csv.DictReader(io.StringIO(printed["csv"].stdout)))
    assert len(read) == len(rows)
    plain = [{key for key, cell in row.items() if not isinstance(cell, dict)} for row in rows]
    people = {key for row in rows for key in row if key in ("killed", "injured")}
    parts = {f"{key}_{part}" for key in people for part in ("low", "best", "high")}
    assert all((keys - people) | parts <= set(row) for keys, row in zip(plain, read, strict=True))
    assert run(*words).stdout == printed["text"].stdout
    assert not [
        sign for sign in ("{'", "None", "['") if sign in printed["csv"].stdout + printed["text"].stdout
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\uff1d", "\n@"])
def test_no_cell_is_a_formula(start):
    """A spreadsheet program would compute what a record says."""
    [[cell, number, truth, nothing]] = list(
        csv.reader(
            io.StringIO(
                FORMATS["csv"](("a", "b", "c", "d"), [{"a": f"{start}1+1", "b": 3, "c": True, "d": None}])
            )
        )
    )[1:]
    assert cell.startswith("'")
    assert (number, truth, nothing) == ("3", "true", "")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--format", "csv"), "say which list is printed as csv: --table NAME"),
        (("--table", "claim"), "claim"),
        (("--table", "claims", "--json"), "--table NAME --format json"),
    ],
)
def test_a_list_that_cannot_be_printed_is_told(journal, words, told):
    """Before anything is assessed."""
    done = run("assess", MEMO, "--journal", journal, "--as-of", "2017-05-20", *words)
    assert done.exit_code == 2
    assert told in done.stderr


# ---------------------------------------------------------------- reasons


def test_without_a_party_every_row_of_a_commitment_is_explained(record, journal):
    """A block for each that owes it."""
    record(*ACT)
    asked = ("--journal", journal, "--as-of", "2017-05-20")
    every = run("why", MEMO, STAYED, "cease-hostilities", *asked).stdout
    owing = [
        row["owed_by"]
        for row in json.loads(
            run("assess", MEMO, STAYED, *asked, "--table", "commitments", "--format", "json").stdout
        )
        if row["commitment"] == f"{MEMO}/cease-hostilities"
    ]
    each = [
        run("why", MEMO, STAYED, "cease-hostilities", *([party] if party else []), *asked).stdout
        for party in owing
        if party
    ]
    assert len(owing) > 1
    assert all(one.strip() in every for one in each)


def test_a_party_is_named_as_people_name_it(record, journal):
    """By its name or an alias, whatever the capitals."""
    record(*ACT)
    asked = ("--journal", journal, "--as-of", "2017-05-20", "--record", "turkey/1")
    named = [
        run("why", MEMO, STAYED, "cease-hostilities", name, *asked)
        for name in ("armed-opposition", "ARMED opposition")
    ]
    assert named[0].stdout == named[1].stdout
    assert "turkey/1" in named[0].stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((MEMO,), "say which commitment"),
        (("cease-hostilities",), "'cease-hostilities'"),
        (
            (MEMO, "syria-ceasefire-2015", "cease-hostilities", "turkey"),
            "did you mean 'syria-ceasefire-2016'",
        ),
        ((MEMO, STAYED, "cease-hostilitie"), "did you mean 'cease-hostilities'"),
        ((MEMO, STAYED, "cease-hostilities", "nobody"), "no row of 'nobody'"),
    ],
)
def test_what_cannot_be_explained_is_told(record, journal, words, told):
    """A misspelt agreement is one, and no commitment."""
    record(*ACT)
    done = run("why", *words, "--journal", journal, "--as-of", "2017-05-20")
    assert done.exit_code == 2
    assert told in done.stderr


def test_where_there_is_no_journal_the_ways_to_make_one_are_told(journal):
    """Whoever begins has none."""
    for words in (("assess", MEMO, "--as-of", "2017-05-20", "--journal"), ("verify",)):
        done = run(*words, journal)
        assert done.exit_code == 2
        assert "make one with ceasefire record, ceasefire import or ceasefire merge" in done.stderr


def test_a_commitment_is_named_as_people_name_it(tmp_path, journal):
    """By its short name or its title, whatever the capitals; what two commitments are called is told."""
    text = tmp_path / "truce.toml"
    head = 'ceasefire = 1\nid = "truce"\nadopted = 2020-01-01\n[[party]]\nid = "red"\n'
    one = '[[commitment]]\nid = "{}"\ntitle = "{}"\nshort = "Fire"\nsummary = "s"\nduty = "maintain"\nowed_by = "red"\n'
    said = ("--records", tmp_path / "none.jsonl", "--as-of", "2020-01-02")
    (tmp_path / "none.jsonl").write_text("", encoding="utf-8")
    text.write_text(head + one.format("stop", "No fire"), encoding="utf-8")
    told = {run("why", text, name, "red", *said).stdout for name in ("stop", "truce/stop", "FIRE", "no fire")}
    assert len(told) == 1
    assert "No fire" in told.pop()
    text.write_text(head + one.format("stop", "No fire") + one.format("halt", "Stop"), encoding="utf-8")
    several = run("why", text, "fire", *said)
    assert (several.exit_code, "may mean truce/halt or truce/stop" in several.stderr) == (2, True)
    assert "No fire" in run("why", text, "stop", *said).stdout  # the id, though a title says the same


@pytest.mark.parametrize("data", ["", "\n\n", "\ufeff"])
def test_an_empty_table_is_told_as_one_without_a_header(record, tmp_path, data):
    """Whether the kind is said in words, so that no column is needed, or not."""
    table = tmp_path / "acts.csv"
    table.write_text(data, encoding="utf-8")
    for words, columns in (("incident",), ""), ((), ": kind"):
        done = record(*words, "--from", table)
        assert done.exit_code == 1
        assert f"acts.csv: there is no header (name the columns in the first line{columns})" in done.stderr
