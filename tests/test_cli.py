"""The program `ceasefire`: what it prints, what it returns, and that it never shows a traceback."""

import json
import os
import shlex
import sqlite3
import subprocess
import sys
from importlib import resources
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import ceasefire as cf
from ceasefire.cli import main
from ceasefire.commands.summary import summary
from ceasefire.commands.terminal import json_text

SOURCE = Path(cf.__file__).parents[1]
BULLETINS = str(resources.files("ceasefire") / "data" / "bulletins" / "syria_bulletins_2016_2018.csv")
MEMO = "syria-de-escalation-2017"
THREE = ("syria-ceasefire-2016", "syria-astana-2017-01-24", MEMO)
PERIOD = ("--since", "2017-05-06", "--as-of", "2017-05-14")
OVERRIDE = "\u202e"


def run(*words):
    """Run a command line in this process."""
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert isinstance(done.exception, SystemExit | None), done.exception
    assert "a fault of ceasefire" not in done.stderr
    return done


def start(*words, **environment):
    """Run a command line in a process of its own, and return what it gave, as bytes."""
    return subprocess.run(
        [sys.executable, "-m", "ceasefire.cli", *map(str, words)],
        env=os.environ | {"PYTHONPATH": str(SOURCE)} | environment,
        capture_output=True,
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="module")
def journal(tmp_path_factory):
    """A journal with the shipped bulletins."""
    path = tmp_path_factory.mktemp("journal") / "syria.db"
    done = run("import", "bulletins", BULLETINS, "--journal", path, "--at", "2019-01-01T00:00:00Z")
    assert done.exit_code == 0, done.output
    return path


@pytest.fixture
def records(tmp_path):
    """A file of records with one good line and one that is none."""
    path = tmp_path / "records.jsonl"
    good = {
        "kind": "incident",
        "by": "turkey",
        "recorded": "2017-05-14T12:00:00Z",
        "occurred": "2017-05-14",
        "act": "attack.shelling",
        "zone": "idlib-area",
        "accused": ["ahrar-al-sham"],
        "text": f"Ateşkes ihlali {OVERRIDE}",
    }
    path.write_text(json.dumps(good, ensure_ascii=False) + '\n{"kind": "incident"\n', encoding="utf-8")
    return path


def test_the_catalogue_is_listed():
    """Every id of the catalogue stands at the head of a line."""
    done = run("agreements")
    assert done.exit_code == 0
    assert [line.split()[0] for line in done.stdout.splitlines()[2:]] == list(cf.agreements())


@pytest.mark.parametrize("name", cf.agreements())
def test_an_agreement_is_shown_with_every_commitment(name):
    """`show` leaves no commitment out."""
    done = run("show", name)
    assert done.exit_code == 0
    assert all(commitment.id in done.stdout for commitment in cf.agreement(name).commitments)


def test_a_file_without_mistakes_is_said_to_have_none():
    """`check` is never silent."""
    done = run("check", cf.agreement(MEMO).path)
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0].endswith(": no mistakes")


def test_every_mistake_is_one_line_with_file_and_line(tmp_path):
    """`check` tells all mistakes of all files, and returns 1."""
    path = tmp_path / "mine.toml"
    path.write_text('ceasefire = 1\nid = "mine"\ntitel = "x"\nadopted = 2017-01-01\nuses = ["nowhere"]\n')
    done = run("check", path, cf.agreement(MEMO).path)
    assert done.exit_code == 1
    lines = done.stdout.splitlines()
    assert any(line.startswith(f"{path}:3: ") and "title" in line for line in lines)
    assert any(line.startswith(f"{path}:5: ") for line in lines)
    assert any(line.endswith("no mistakes") for line in lines)


def test_a_missing_file_does_not_keep_the_others_from_being_checked(tmp_path):
    """`check` returns 2 for a file that is not there, and still checks the next."""
    done = run("check", tmp_path / "nowhere.toml", cf.agreement(MEMO).path)
    assert done.exit_code == 2
    assert "nowhere.toml" in done.stderr
    assert "no mistakes" in done.stdout


def test_importing_twice_adds_nothing(tmp_path):
    """The first import makes the journal and says how many it added; the second adds 0."""
    path = tmp_path / "new.db"
    first = run("import", "bulletins", BULLETINS, "--journal", path)
    with cf.Journal.open(path) as opened:
        held = len(opened)
    second = run("import", "bulletins", BULLETINS, "--journal", path)
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert f"{held} records added" in first.stdout
    assert "0 records added" in second.stdout
    with cf.Journal.open(path) as opened:
        assert len(opened) == held > 0


def test_a_published_import_can_be_made_again_by_anyone(tmp_path):
    """With --published and one --at, two journals have the same heads; without, they have not."""
    heads = []
    for name, more in (("a", ["--published"]), ("b", ["--published"]), ("c", []), ("d", [])):
        path = tmp_path / f"{name}.db"
        run("import", "bulletins", BULLETINS, "--journal", path, "--at", "2019-01-01T00:00:00Z", *more)
        with cf.Journal.open(path) as opened:
            heads.append(opened.heads())
    assert heads[0] == heads[1]
    assert heads[2] != heads[3]


def test_a_published_import_is_in_the_report_for_the_public(tmp_path):
    """What was imported as published may be shown to anyone; else the author has not said so."""
    for more, held in ((["--published"], True), ([], False)):
        path = tmp_path / f"{held}.db"
        run("import", "bulletins", BULLETINS, "--journal", path, "--at", "2019-01-01T00:00:00Z", *more)
        done = run("report", MEMO, "--journal", path, *PERIOD, "--audience", "public")
        assert ("## A · Published counts" in done.stdout) is held
        assert "0 records added" in run("import", "bulletins", BULLETINS, "--journal", path).stdout


def test_an_import_tells_what_it_could_not_read(tmp_path):
    """A place nobody knows is told with file and line, and the rest is added; 1 is returned."""
    path = tmp_path / "bulletins.csv"
    path.write_text(
        "date,period_days,source_of_count,province,count,confirmed_by_russia,url\n"
        "2017-05-14,1,russia,,3,,https://example.org/1\n"
        "2017-05-14,1,russia,Atlantis,3,,https://example.org/1\n",
        encoding="utf-8",
    )
    done = run("import", "bulletins", path, "--journal", tmp_path / "new.db", "--by", "desk")
    assert done.exit_code == 1
    assert done.stderr.startswith(f"{path}:3: ")
    assert "Atlantis" in done.stderr
    with cf.Journal.open(tmp_path / "new.db") as opened:
        assert [record.id for record in opened] == ["desk/1"]


@pytest.mark.parametrize("text", ["", "\n\n", "day;count\n2017-05-14;3\n"])
def test_a_table_without_the_columns_is_a_mistake_in_a_file(text, tmp_path):
    """It was read and holds something else, like an agreement that is empty: 1, and no journal is made."""
    path = tmp_path / "bulletins.csv"
    path.write_text(text, encoding="utf-8")
    done = run("import", "bulletins", path, "--journal", tmp_path / "new.db")
    assert done.exit_code == 1
    assert "name the columns in the first line: date,period_days,source_of_count" in done.stderr
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_is_recorded_in_the_future(tmp_path):
    """A journal cannot have received what has not been written yet."""
    done = run("import", "bulletins", BULLETINS, "--journal", tmp_path / "new.db", "--at", "2999-01-01")
    assert done.exit_code == 2
    assert "future" in done.stderr
    assert not list(tmp_path.iterdir())


def test_known_at_leaves_out_what_came_later(journal):
    """The shipped counts were received in 2019: in 2018 this journal knew none of them."""
    words = ("assess", *THREE, "--journal", journal, "--as-of", "2017-05-14", "--json")
    assert json.loads(run(*words, "--known-at", "2018-12-31").stdout)["tallies"] == []
    assert len(json.loads(run(*words, "--known-at", "2019-01-01").stdout)["tallies"]) > 50


def test_json_is_the_result_itself(journal):
    """`assess --json` prints what `Assessment.to_dict()` returns."""
    done = run("assess", *THREE, "--journal", journal, "--as-of", "2017-05-14", "--relays", "--json")
    assert done.exit_code == 0
    with cf.Journal.open(journal) as opened:
        asked = cf.assess([cf.agreement(name) for name in THREE], opened, as_of="2017-05-14", relays=True)
        assert json.loads(done.stdout) == asked.to_dict()
    assert done.stdout.endswith("}\n")


def test_without_json_there_is_a_line_for_each_row(journal):
    """`assess` prints the rows as a table."""
    done = run("assess", MEMO, "--journal", journal, "--as-of", "2017-05-14")
    assert done.exit_code == 0
    with cf.Journal.open(journal) as opened:
        rows = cf.assess(cf.agreement(MEMO), opened, as_of="2017-05-14").to_dict()["commitments"]
    assert len(done.stdout.splitlines()) == len(rows) + 2


def test_a_bad_line_is_told_and_the_good_ones_count(records):
    """The JSON is written, the bad line goes to stderr as file:line, and 1 is returned."""
    done = run("assess", MEMO, "--records", records, "--as-of", "2017-05-15", "--json")
    assert done.exit_code == 1
    assert [claim["record"] for claim in json.loads(done.stdout)["claims"]] == ["turkey/1"]
    assert done.stderr.startswith(f"{records}:2: ")


def test_signs_that_turn_the_writing_are_shown_as_codes(tmp_path):
    """Neither a file's name nor a title can steer a terminal: overrides are shown as codes."""
    path = tmp_path / f"mine{OVERRIDE}.toml"
    path.write_text(
        f'ceasefire = 1\nid = "mine"\ntitle = "A{OVERRIDE}B"\nadopted = 2017-01-01\n', encoding="utf-8"
    )
    for done in (run("check", path), run("show", path)):
        assert done.exit_code == 0
        assert OVERRIDE not in done.stdout
        assert "U+202E" in done.stdout


def test_json_escapes_what_it_does_not_show(records):
    """An override in a record is an escape in the JSON, and reads back the same."""
    done = run("report", MEMO, "--records", records, "--as-of", "2017-05-15")
    assert OVERRIDE not in done.stdout
    printed = json_text({"text": OVERRIDE})
    assert OVERRIDE not in printed
    assert json.loads(printed) == {"text": OVERRIDE}


def test_a_report_goes_to_every_file_that_is_named(journal, tmp_path):
    """The suffix chooses the format, and stdout says where each file is."""
    files = [tmp_path / f"report{suffix}" for suffix in (".html", ".md", ".json")]
    outs = [word for file in files for word in ("--out", file)]
    done = run(
        "report", *THREE, "--journal", journal, "--as-of", "2017-05-14", "--since", "2017-05-06", *outs
    )
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [f"wrote {file}" for file in files]
    assert files[0].read_text(encoding="utf-8").lower().startswith("<!doctype html>")
    assert files[1].read_text(encoding="utf-8").startswith("*For the mechanism")
    assert json.loads(files[2].read_text(encoding="utf-8"))["ceasefire"] == 1


def test_a_report_without_files_is_markdown(journal):
    """What is printed is what would be written."""
    done = run("report", MEMO, "--journal", journal, "--as-of", "2017-05-14")
    assert done.exit_code == 0
    assert done.stdout.startswith("*For the mechanism")
    assert not done.stderr


@pytest.mark.parametrize("audience", ["mechanism", "public", "author"])
def test_a_bulletin_by_place_only_that_is_answered_is_reported(tmp_path, audience):
    """A side may publish figures by place and no total, and another may answer it."""
    table, path = tmp_path / "b.csv", tmp_path / "b.db"
    table.write_text(
        "date,period_days,source_of_count,province,count,confirmed_by_russia,url,note\n"
        "2017-05-10,1,turkey,,,2,http://a.b/c,\n"
        "2017-05-10,1,turkey,Aleppo,4,,http://a.b/c,\n"
        "2017-05-10,1,russia,,3,,http://a.b/c,\n",
        encoding="utf-8",
    )
    assert run("import", "bulletins", table, "--journal", path, "--by", "desk").exit_code == 0
    asked = ("report", *THREE, "--journal", path, "--as-of", "2017-05-20", "--relays")
    files = [tmp_path / f"r.{form}" for form in ("md", "html", "json")]
    done = run(*asked, "--audience", audience, *(word for file in files for word in ("--out", file)))
    assert done.exit_code == 0, done.output
    assert all(file.exists() for file in files)
    if audience != "public":
        assert "Aleppo 4" in files[0].read_text(encoding="utf-8")


def test_the_summary_is_five_lines_and_adds_no_ledgers(journal):
    """Each side's counts stand as they were published, in the order of their days."""
    done = run("report", *THREE, "--journal", journal, *PERIOD, "--summary")
    lines = done.stdout.splitlines()[-5:]
    assert [line.split(":")[0] for line in lines] == [
        "Asked",
        "Counts",
        "Commitments",
        "Next due",
        "Problems",
    ]
    assert "Russia states 15, 18, 8 and 4 [52] [55] [57] [59]; Turkey states 11†, 15, 3 and 2" in lines[1]
    assert "syria-de-escalation-2017/form-working-group" in lines[3]
    assert "the end of 18 May" in lines[3]


def counts_line(*tallies, since=None):
    """Return the line of the summary on counts, and the report's opening on them, without references."""
    given = {"act": "attack", "unit": "violations", "period": "2017-05-10"}
    records = [
        cf.Tally(id=f"{side}/{n}", by=side, recorded=f"2017-05-20T00:{n:02d}:00Z", **given | more)
        for n, (side, more) in enumerate(tallies)
    ]
    status = cf.assess(cf.agreement(MEMO), records, as_of="2017-05-25", since=since)
    made = cf.report(status)
    return summary(made.material)[1], made.to_markdown()


def test_the_summary_sets_no_figures_of_different_kinds_against_each_other():
    """Violations and settlements joined are told kind by kind, as in the report."""
    said, _ = counts_line(
        ("russia", {"count": 5}),
        ("russia", {"count": 200, "unit": "settlements joined", "act": None}),
        ("turkey", {"count": 2}),
        ("turkey", {"count": 7, "unit": None, "act": None}),
    )
    assert said == (
        "Counts: “violations” (attack): Russia states 5 [russia/0]; Turkey states 2 [turkey/2]. "
        "“settlements joined”: Russia states 200 [russia/1]. "
        "of a kind not stated: Turkey states 7 [turkey/3] (side by side, never added)"
    )


def test_the_summary_holds_the_counts_that_the_report_holds():
    """A count in an answer, for a place alone, of several days: the summary tells what the opening tells."""
    said, text = counts_line(
        ("russia", {"count": 5}),
        ("turkey", {"count": 3, "answers": "russia/0", "confirmed": 2}),
        ("iran", {"count": 9, "zone": "idlib"}),
        ("russia", {"count": 50, "period": {"from": "2017-05-10", "to": "2017-05-16"}}),
        since="2017-05-08",
    )
    told = (
        "Iran states 9 for 10 May, Idlib alone [iran/2]; Russia states 5 [russia/0]; 50 for 10–16 May "
        "[russia/3]; Turkey states 3 [turkey/1]"
    )
    assert said == f"Counts: {told} (side by side, never added)"
    assert "**0 to 5**" in text or "Russia states, per day: **5**" in text


def test_the_summary_tells_many_figures_by_their_bounds():
    """Of more than eight days the least and the greatest; a week is none of them, nine weeks are told as nine."""
    days = [("russia", {"count": n, "period": f"2017-05-{n:02d}"}) for n in range(10, 20)]
    week = ("russia", {"count": 99, "period": {"from": "2017-05-10", "to": "2017-05-16"}})
    assert "Russia states 10 to 19 on 10 days [0–9]; 99 for 10–16 May [10] (" in counts_line(*days, week)[0]
    pairs = [
        ("russia", {"count": n, "period": {"from": f"2017-05-{n + 1:02d}", "to": "2017-05-20"}})
        for n in range(9)
    ]
    assert "Russia states 9 counts of several days, of a place or by place [" in counts_line(*pairs)[0]
    elsewhere = ("russia", {"count": 4, "period": {"from": "2017-05-10", "to": "2017-05-16"}})
    elsewhere[1]["timezone"] = "Europe/Samara"
    assert "Russia states 4 for 10–16 May (Europe/Samara time) [0] (" in counts_line(elsewhere)[0]


def test_the_summary_of_nothing_says_so():
    """Five lines also when no record is there."""
    status = cf.assess(cf.agreement(MEMO), [], as_of="2020-01-01")
    lines = summary(cf.report(status).material)
    assert len(lines) == 5
    assert "none recorded" in lines[1]
    assert "none released to the public" in summary(cf.report(status, audience="public").material)[1]


def test_the_summary_names_every_side_that_owes_what_is_due_next():
    """Not the first of them, and all that is due at that instant."""
    records = cf.read_records("examples/valley/records.jsonl")
    status = cf.assess(cf.agreement("examples/valley/accord.toml"), records, as_of="2031-03-28")
    assert (
        "valley-accord/lists, uplands and valley-front, the end of 2 April"
        in summary(cf.report(status).material)[3]
    )


def test_an_empty_file_is_no_journal(tmp_path):
    """A journal cut down to nothing is not told to be as it was written, and nothing is written to it."""
    path = tmp_path / "cut.db"
    path.touch()
    for words in (("verify", path), ("assess", MEMO, "--as-of", "2017-05-14", "--journal", path)):
        done = run(*words)
        assert done.exit_code == 2
        assert "is empty, and no journal" in done.stderr
    assert path.read_bytes() == b""


def test_a_fault_of_the_program_is_told_without_a_traceback(monkeypatch, records):
    """Whoever types a command is no programmer: one line says what a bug report needs."""
    monkeypatch.setattr("ceasefire.commands.inputs.assess", lambda *_, **__: 1 // 0)
    done = CliRunner().invoke(main, ["assess", MEMO, "--records", str(records), "--as-of", "2017-05-15"])
    assert done.exit_code == 2
    assert done.stderr.startswith("this is a fault of ceasefire, not of its user: ZeroDivisionError at ")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(os.name == "nt", reason="a process is started with its output closed by a POSIX shell")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_closed_output_is_no_traceback(closed):
    """What went nowhere is no success; whether somebody can be told of a mistake changes nothing."""
    for words, code in (("agreements", 2 if closed.startswith(">&-") else 0), ("show nowhere", 2)):
        line = f"'{sys.executable}' -m ceasefire.cli {words} {closed}"
        done = subprocess.run(
            ["/bin/sh", "-c", line],
            env=os.environ | {"PYTHONPATH": str(SOURCE)},
            capture_output=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == code
        assert b"Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="a process is started with its output closed by a POSIX shell")
@pytest.mark.parametrize(
    ("closed", "where", "code"),
    [
        ("2>&-", "--journal", 0),
        ("2>/dev/full", "--records", 1),
        ("2>/dev/full", "--nowhere", 2),
    ],
)
def test_work_is_done_where_nobody_can_be_told_of_it(closed, where, code, journal, records, tmp_path):
    """A job started without stderr, or with one that takes nothing, returns what it returns anywhere else."""
    if "full" in closed and not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    held = {"--journal": journal, "--records": records}
    words = ("report", MEMO, "--as-of", "2017-05-15", "--out", tmp_path / "report.md", where, held.get(where))
    line = shlex.join([sys.executable, "-m", "ceasefire.cli", *map(str, words)])
    done = subprocess.run(
        ["/bin/sh", "-c", f"{line} {closed}"],
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
        stdout=subprocess.PIPE,
        check=False,
        timeout=120,
    )
    assert done.returncode == code
    assert done.stdout.startswith(b"wrote ") is (code < 2)


def test_a_sound_journal_verifies(journal):
    """`verify` returns 0 and prints the head that vouches for the chain."""
    done = run("verify", journal)
    assert done.exit_code == 0
    with cf.Journal.open(journal) as opened:
        assert all(head in done.stdout for head in opened.heads().values())


def test_a_record_that_was_changed_is_named(journal, tmp_path):
    """`verify` names the record whose bytes are not those that were hashed, and returns 1."""
    copy = tmp_path / "copy.db"
    with sqlite3.connect(journal) as source, sqlite3.connect(copy) as target:
        source.backup(target)
        for (name,) in target.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            target.execute(f"DROP TRIGGER {name}")
        target.execute("UPDATE bodies SET body = CAST(body || ' ' AS BLOB) WHERE seq = 3")
    source.close()
    target.close()
    done = run("verify", copy)
    assert done.exit_code == 1
    assert "analyst/3" in done.stdout


def test_no_journal_is_made_by_reading_one(tmp_path):
    """A misspelt journal is an error, not an empty journal."""
    for words in (("verify",), ("report", MEMO, "--as-of", "2017-05-14", "--journal")):
        done = run(*words, tmp_path / "nowhere.db")
        assert done.exit_code == 2
        assert "nowhere.db" in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["show", "syria-de-escalation-2018"], "did you mean 'syria-de-escalation-2017'?"),
        (["show", "nowhere/x.toml"], "nowhere"),
        (["assess", MEMO, "--as-of", "2017-05-14"], "--journal DB or --records FILE"),
        (["assess", MEMO, "--records", "r", "--journal", "j", "--as-of", "2017-05-14"], "either"),
        (["assess", MEMO, "--records", "nowhere.jsonl", "--as-of", "2017-05-14"], "nowhere.jsonl"),
        (["assess", MEMO, "--records", "r", "--as-of", "2017-05-14T10:00"], "UTC offset"),
        (["assess", MEMO, "--records", "r", "--as-of", "yesterday"], "yesterday"),
        (["assess", MEMO, "--records", "r", "--as-of", "2017-02-30"], "2017-02-30"),
        (["assess", MEMO, "--records", "r"], "--as-of"),
        (["assess", "--records", "r", "--as-of", "2017-05-14"], "AGREEMENT"),
        (["import", "bulletins", "nowhere.csv", "--journal", "new.db"], "nowhere.csv"),
        (["import", "bulletins", BULLETINS, "--journal", "."], "folder"),
        (["import", "bulletins", BULLETINS, "--journal", "x" * 300], "no name of a file"),
        (["import", "bulletins", BULLETINS, "--journal", "new.db", "--by", ""], "'' is no id"),
        (["verify", "x" * 300], "there is no journal"),
        (["show", "x" * 300], "no file has that name"),
        (["frobnicate"], "frobnicate"),
    ],
)
def test_a_wrong_call_is_told_in_a_sentence(words, told, tmp_path, monkeypatch):
    """Wrong use returns 2 and says on stderr what was found; nothing is printed, nothing made."""
    monkeypatch.chdir(tmp_path)
    done = run(*words)
    assert done.exit_code == 2
    assert told in done.stderr
    assert not done.stdout
    assert not list(tmp_path.iterdir())


def test_an_agreement_that_is_referred_to_must_be_given(journal):
    """The Joint Statement ensures the ceasefire of December: without it the call is refused."""
    done = run("assess", "syria-astana-2017-01-24", "--journal", journal, "--as-of", "2017-05-14")
    assert done.exit_code == 2
    assert "syria-ceasefire-2016" in done.stderr


def test_agreements_of_two_time_zones_are_a_wrong_call(tmp_path, records):
    """Neither file has a mistake, so it is 2; where two files say one id otherwise, they have, and it is 1."""
    head = 'ceasefire = 1\nid = "{}"\nadopted = 2017-01-01\ntimezone = "{}"\n[[party]]\nid = "red"\n'
    for name, zone, more in (
        ("one", "UTC", ""),
        ("far", "Asia/Tokyo", ""),
        ("other", "UTC", 'name = "Red"\n'),
    ):
        (tmp_path / f"{name}.toml").write_text(head.format(name, zone) + more, encoding="utf-8")
    for other, code, told in (("far", 2, "different time zones"), ("other", 1, "is defined in two ways")):
        files = (tmp_path / "one.toml", tmp_path / f"{other}.toml")
        done = run("assess", *files, "--records", records, "--as-of", "2017-05-15")
        assert done.exit_code == code
        assert told in done.stderr


def test_a_broken_agreement_is_told_whole(tmp_path, journal):
    """Mistakes in a file that is to be assessed are told as `check` tells them."""
    path = tmp_path / "mine.toml"
    path.write_text('ceasefire = 1\nid = "mine"\ntitel = "x"\nadopted = 2017-01-01\nuses = ["nowhere"]\n')
    done = run("assess", path, "--journal", journal, "--as-of", "2017-05-14")
    assert done.exit_code == 1
    assert len(done.stderr.splitlines()) == len(run("check", path).stdout.splitlines())


def test_a_name_of_no_format_is_refused(journal, tmp_path):
    """`--out report.docx` says which formats there are, before anything is written."""
    outs = ("--out", tmp_path / "report.md", "--out", tmp_path / "r.docx")
    done = run("report", MEMO, "--journal", journal, "--as-of", "2017-05-14", *outs)
    assert done.exit_code == 2
    assert ".html" in done.stderr
    assert not list(tmp_path.iterdir())


def test_the_program_runs_as_a_module_too():
    """`python -m ceasefire` is the same program under the same name."""
    done = subprocess.run(
        [sys.executable, "-m", "ceasefire", "show", "nowhere"],
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 2
    assert done.stderr == start("show", "nowhere").stderr
    usage = subprocess.run(
        [sys.executable, "-m", "ceasefire", "--help"],
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert usage.stdout.startswith(b"Usage: ceasefire ")


def test_the_version_is_that_of_the_package():
    """`--version` prints name and number."""
    done = run("--version")
    assert done.exit_code == 0
    assert done.stdout.startswith("ceasefire")


def test_output_does_not_depend_on_locale_time_zone_or_hash_seed(records):
    """Two processes that differ in all of them print the same bytes, in UTF-8."""
    words = ("assess", MEMO, "--records", records, "--as-of", "2017-05-15", "--json")
    one = start(
        *words, LC_ALL="C", PYTHONIOENCODING="cp1252", TZ="Asia/Tokyo", PYTHONHASHSEED="1", PYTHONUTF8="0"
    )
    two = start(*words, LC_ALL="C.UTF-8", TZ="America/Lima", PYTHONHASHSEED="2", COLUMNS="20")
    assert one.stdout == two.stdout
    assert (one.returncode, one.stderr) == (two.returncode, two.stderr)
    assert json.loads(one.stdout.decode("utf-8"))["ceasefire"] == 1


def test_a_report_has_the_same_bytes_wherever_it_is_made(journal, tmp_path):
    """Hash seed, time zone and locale of the process leave no trace in any format."""
    made = []
    for name, environment in (
        ("one", {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONUTF8": "0"}),
        ("two", {"PYTHONHASHSEED": "2", "TZ": "America/Lima", "LC_ALL": "C.UTF-8"}),
    ):
        (tmp_path / name).mkdir()
        files = [tmp_path / name / f"report{suffix}" for suffix in (".html", ".md", ".json")]
        outs = [word for file in files for word in ("--out", file)]
        done = start("report", *THREE, "--journal", journal, *PERIOD, "--relays", *outs, **environment)
        assert done.returncode == 0, done.stderr
        made.append([file.read_bytes() for file in files])
    assert made[0] == made[1]


def test_names_in_arabic_do_not_crash_a_code_page():
    """A stdout that says it is cp1252 still gets the whole agreement."""
    done = start("show", MEMO, PYTHONIOENCODING="cp1252", PYTHONUTF8="0", LC_ALL="C")
    assert done.returncode == 0
    assert not done.stderr
    assert done.stdout == start("show", MEMO, PYTHONUTF8="1").stdout


def test_a_reader_that_goes_away_is_no_mistake():
    """`ceasefire show … | head -1` ends quietly."""
    program = [sys.executable, "-m", "ceasefire.cli", "show", MEMO]
    with subprocess.Popen(
        program,
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        running.stdout.close()
        assert running.stderr.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_told_in_a_sentence():
    """Output that cannot be written is never taken for written."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "ceasefire.cli", "show", MEMO],
            env=os.environ | {"PYTHONPATH": str(SOURCE)},
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=120,
        )
    assert done.returncode == 2
    assert done.stderr.startswith(b"the output cannot be written: ")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(os.name == "nt", reason="a process is started with another output by a POSIX shell")
def test_an_output_that_can_only_be_read_is_told_in_a_sentence():
    """A shell that opens the output the wrong way round makes no success either."""
    done = subprocess.run(
        ["/bin/sh", "-c", f"'{sys.executable}' -m ceasefire.cli agreements 1</dev/null"],
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
        stderr=subprocess.PIPE,
        check=False,
        timeout=120,
    )
    assert done.returncode == 2
    assert done.stderr.startswith(b"the output cannot be written: ")


def two_sides(folder):
    """Write the journals of two sides, of which the Russian one holds something for nobody else's eyes."""
    for side, fields in (("russia", {"release": "author", "text": "a name"}), ("turkey", {})):
        with cf.Journal.open(folder / f"{side}.db", author=side) as opened:
            opened.record(
                cf.Incident(occurred="2017-05-14", act="attack", **fields),
                cf.Incident(occurred="2017-05-14", act="attack"),
            )


def test_journals_are_copied_and_merged(tmp_path):
    """`copy` for an audience, `merge` of a file and of a journal: what is new, held, and withheld."""
    two_sides(tmp_path)
    done = run("copy", tmp_path / "russia.db", tmp_path / "from-russia.jsonl", "--audience", "mechanism")
    assert (done.exit_code, done.stdout) == (
        0,
        f"{tmp_path / 'from-russia.jsonl'}: 2 records, 1 of them without their words\n",
    )
    assert "a name" not in (tmp_path / "from-russia.jsonl").read_text(encoding="utf-8")
    merged = ("merge", tmp_path / "all.db", tmp_path / "from-russia.jsonl", tmp_path / "turkey.db")
    done = run(*merged, "--at", "2019-01-01")
    assert done.exit_code == 0, done.output
    assert "from-russia.jsonl: 2 new records, 0 held already" in done.stdout
    assert done.stdout.endswith("all.db: 4 records\n")
    assert "0 new records, 2 held already" in run(*merged).stdout
    assert "1 bodies that were missing" in run("merge", tmp_path / "all.db", tmp_path / "russia.db").stdout
    assert run("verify", tmp_path / "all.db").exit_code == 0
    with cf.Journal.open(tmp_path / "all.db") as opened:
        assert {str(record.received) for record in opened} == {"2019-01-01T23:59:59.999999Z"}


def test_what_cannot_be_merged_is_told(tmp_path):
    """A changed line is refused and told, and the others come in; the exit code says so."""
    two_sides(tmp_path)
    run("copy", tmp_path / "russia.db", tmp_path / "from-russia.jsonl")
    text = (tmp_path / "from-russia.jsonl").read_text(encoding="utf-8")
    (tmp_path / "from-russia.jsonl").write_text(text.replace("a name", "another"), encoding="utf-8")
    done = run("merge", tmp_path / "turkey.db", tmp_path / "from-russia.jsonl", "--author", "turkey")
    assert done.exit_code == 1
    assert "from-russia.jsonl:1: russia/1 was changed after it was written" in done.stderr
    assert "pending: russia/1 has not arrived" in done.stdout
    assert "pending: russia/1 has not arrived" in run("verify", tmp_path / "turkey.db").stdout
    for words in (("missing.jsonl",), (), ("--author", " ")):
        assert run("merge", tmp_path / "turkey.db", *words).exit_code == 2


@pytest.mark.parametrize("other", ["missing.jsonl", "folder", "other.db", "packed.jsonl"])
def test_nothing_is_made_or_merged_where_there_is_nothing_to_merge(other, tmp_path):
    """A misspelt name makes no journal, nor is half of what was asked for merged."""
    two_sides(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "packed.jsonl").write_bytes(b"PK\x03\x04")
    with sqlite3.connect(tmp_path / "other.db") as database:
        database.execute("CREATE TABLE other (column)")
    database.close()
    before = picture(tmp_path)
    for target in ("new.db", "turkey.db"):
        done = run("merge", tmp_path / target, tmp_path / "russia.db", tmp_path / other)
        assert (done.exit_code, done.stdout) == (2, "")
        assert other in done.stderr
        assert picture(tmp_path) == before


def test_a_fork_is_told_until_it_is_settled(tmp_path):
    """`merge` and `verify` return 1 while nothing says which history stands."""
    two_sides(tmp_path)
    run("copy", tmp_path / "russia.db", tmp_path / "backup.db")
    for name in ("russia.db", "backup.db"):
        with cf.Journal.open(tmp_path / name, author="russia") as opened:
            opened.record(cf.Incident(occurred="2017-05-15", act="attack", text=name))
    done = run("merge", tmp_path / "russia.db", tmp_path / "backup.db")
    assert done.exit_code == 1
    assert "forked: russia has two histories from number 3 on: russia/3@" in done.stdout
    assert "forked: russia has two histories" in run("verify", tmp_path / "russia.db").stdout
    with cf.Journal.open(tmp_path / "russia.db", author="russia") as opened:
        opened.record(cf.Branch(keep=opened.forks()[0].records[0].id))
    done = run("verify", tmp_path / "russia.db")
    assert done.exit_code == 0
    assert "settled: russia has two histories" in done.stdout


def picture(folder):
    """Return every file below a folder with its bytes and when it was changed."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def test_a_command_that_reads_leaves_no_trace(journal, tmp_path):
    """Whoever may write or not: the journal's file has the same bytes after it, and nothing lies beside it."""
    folder = tmp_path / "stick"
    folder.mkdir()
    (folder / "syria.db").write_bytes(journal.read_bytes())
    before = picture(folder)
    read = ("--journal", folder / "syria.db", *PERIOD)
    for words in (
        ("verify", folder / "syria.db"),
        ("assess", *THREE, *read),
        ("report", *THREE, *read, "--out", tmp_path / "report.md"),
        ("copy", folder / "syria.db", tmp_path / "copy.jsonl"),
        ("merge", tmp_path / "ours.db", folder / "syria.db"),
    ):
        assert run(*words).exit_code == 0, words
        assert picture(folder) == before, words


def test_words_are_erased(tmp_path):
    """The record stays, and one that says why; erasing again writes nothing; the others are told of."""
    two_sides(tmp_path)
    erase = ("erase", tmp_path / "russia.db", "russia/1", "--by", "russia", "--reason", "names a witness")
    done = run(*erase, "--at", "2026-01-01")
    assert (done.exit_code, done.stdout.splitlines()[0]) == (
        0,
        "russia/1 is erased, and russia/3 says so: names a witness",
    )
    assert b"a name" not in b"".join(data for data, _ in picture(tmp_path).values())
    assert run("verify", tmp_path / "russia.db").exit_code == 0
    assert "russia/1 was erased already, as russia/3 says so" in run(*erase).stdout
    with cf.Journal.open(tmp_path / "russia.db") as opened:
        assert [record.kind for record in opened] == ["absent", "incident", "erasure"]
        assert str(opened.get("russia/3").recorded) == "2026-01-01T23:59:59.999999Z"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("russia/9", "--by", "russia", "--reason", "no"), "russia/9 is not in"),
        (("russia/1", "--by", "russia"), "--reason"),
        (("russia/1", "--by", "russia", "--reason", " "), "say why"),
        (("russia/1", "--reason", "no"), "--by"),
        (("russia/1", "--by", " ", "--reason", "no"), "is no id"),
        (("russia/1", "--by", "russia", "--reason", "no", "--at", "2017-05-14T10:00"), "has no UTC offset"),
        (("russia/1", "--by", "russia", "--reason", "no", "--at", "2999-01-01"), "lies in the future"),
    ],
)
def test_what_cannot_be_erased_is_told(tmp_path, words, said):
    """A wrong call erases nothing, and says what was wrong."""
    two_sides(tmp_path)
    before = picture(tmp_path)
    done = run("erase", tmp_path / "russia.db", *words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert {name: data for name, (data, _) in picture(tmp_path).items()} == {
        name: data for name, (data, _) in before.items()
    }
    assert (
        run("erase", tmp_path / "missing.db", "russia/1", "--by", "russia", "--reason", "no").exit_code == 2
    )


def test_of_a_forked_number_the_id_names_which(tmp_path):
    """The bare id names neither of the two, so nothing is erased by mistake."""
    two_sides(tmp_path)
    run("copy", tmp_path / "russia.db", tmp_path / "backup.db")
    for name in ("russia.db", "backup.db"):
        with cf.Journal.open(tmp_path / name, author="russia") as opened:
            opened.record(cf.Incident(occurred="2017-05-15", act="attack", text=name))
    run("merge", tmp_path / "russia.db", tmp_path / "backup.db")
    with cf.Journal.open(tmp_path / "russia.db") as opened:
        names = [record.id for record in opened.forks()[0].records]
    why = ("--by", "turkey", "--reason", "a name")
    assert "write the id with @" in run("erase", tmp_path / "russia.db", "russia/3", *why).stderr
    assert f"{names[0]} is erased" in run("erase", tmp_path / "russia.db", names[0], *why).stdout


def test_a_copy_overwrites_nothing(tmp_path):
    """A file that is there is left alone."""
    two_sides(tmp_path)
    done = run("copy", tmp_path / "russia.db", tmp_path / "turkey.db")
    assert done.exit_code == 2
    assert "overwrites nothing" in done.stderr


def test_a_damaged_journal_is_verified_as_far_as_it_can_be_read(tmp_path):
    """What can be read is looked at, what cannot is told, and the exit code is that of a problem."""
    two_sides(tmp_path)
    path = tmp_path / "russia.db"
    whole = path.read_bytes()
    place = whole.index(b"a name") // 4096 * 4096
    path.write_bytes(whole[:place] + b"\xff" * 4096 + whole[place + 4096 :])
    done = run("verify", path)
    assert done.exit_code == 1
    assert "unreadable: the file of" in done.stdout
    done = run("assess", MEMO, "--as-of", "2017-05-15", "--journal", path)
    assert done.exit_code == 1
    assert "is damaged" in done.stderr


def test_the_help_tells_of_each_command_what_it_says_of_itself():
    """No command is imported to print the help, and each has the words that it would print there."""
    context = click.Context(main, info_name="ceasefire", **main.context_settings)
    formatter = context.make_formatter()
    click.Group.format_commands(main, context, formatter)
    assert formatter.getvalue() in run("--help").stdout
    code = "import sys, ceasefire.cli; sys.argv[1:] = ['--help']; ceasefire.cli.main()"
    seen = f"import atexit, sys; atexit.register(lambda: print(*sorted(sys.modules))); {code}"
    told = subprocess.run([sys.executable, "-c", seen], check=True, capture_output=True, text=True)
    assert not {"attrs", "pendulum", "ceasefire.commands.assessing"} & set(told.stdout.split())
