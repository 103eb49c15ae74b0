"""`ceasefire diff`: what stands otherwise on two days, or in two journals."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import ceasefire as cf
from ceasefire.cli import main

EXAMPLE = Path(__file__).parents[1] / "examples" / "valley"
ACCORD, RECORDS = EXAMPLE / "accord.toml", EXAMPLE / "records.jsonl"


def diff(*words):
    """Run `ceasefire diff` on the valley, as of 28 March."""
    said = ["diff", ACCORD, "--as-of", "2031-03-28", *words]
    return CliRunner().invoke(main, [str(word) for word in said])


@pytest.fixture
def part(tmp_path):
    """A file with the records of the valley but the last twelve."""
    path = tmp_path / "part.jsonl"
    path.write_text(
        "".join(RECORDS.read_text(encoding="utf-8").splitlines(keepends=True)[:-12]), encoding="utf-8"
    )
    return path


def test_what_changed_between_two_days_is_a_line_each_with_its_records():
    """Five lines below the heading; what was recorded beside what is."""
    done = diff("--records", RECORDS, "--since", "2031-03-19")
    assert done.exit_code == 0
    lines = done.output.splitlines()
    assert len(lines) == 7
    assert lines[3].split("  ") == [
        "valley-accord/no-attacks: valley-front, river-brigade", "breached", "", "", " remedied",
        " birch/5, alder/5, cedar/4",
    ]  # fmt: skip


def test_nothing_that_changed_is_a_line_and_no_error():
    """The public is told that nothing changed in what was released to it, and no more."""
    done = diff("--records", RECORDS, "--since", "2031-03-28")
    assert (done.exit_code, done.output) == (0, "no change recorded\n")
    done = diff("--records", RECORDS, "--since", "2031-03-28", "--audience", "public")
    assert (done.exit_code, done.output) == (0, "no change in the records released to the public\n")


def test_after_an_at_stands_what_was_known():
    """The same day as it was known a week before: what came since is known later."""
    done = diff("--records", RECORDS, "--since", "2031-03-28@2031-03-22", "--format", "json")
    changes = json.loads(done.output)
    status = cf.assess(cf.agreement(ACCORD), cf.read_records(RECORDS), as_of="2031-03-28")
    then = cf.assess(
        cf.agreement(ACCORD), cf.read_records(RECORDS), as_of="2031-03-28", known_at="2031-03-22"
    )
    assert [one["because"] for one in changes] == [list(one.because) for one in status.changes(then)]
    assert "alder/8" in changes[2]["known_later"]


def test_two_journals_are_compared(tmp_path, part):
    """Or files, or one of each; as of one day, unless another is said."""
    path = tmp_path / "part.db"
    with cf.Journal.open(path) as journal:
        journal.merge(part)
    by_file = diff("--records", RECORDS, "--against-records", part)
    by_journal = diff("--records", RECORDS, "--against", path)
    assert by_file.exit_code == by_journal.exit_code == 0
    assert by_file.output == by_journal.output
    assert "(known later)" in by_file.output
    earlier = diff("--records", RECORDS, "--against-records", part, "--since", "2031-03-19")
    assert earlier.output == diff("--records", RECORDS, "--since", "2031-03-19").output


def test_as_csv_it_is_the_table(tmp_path):
    """A row a change, in the columns of the library's table."""
    done = diff("--records", RECORDS, "--since", "2031-03-19", "--format", "csv")
    status = cf.assess(cf.agreement(ACCORD), cf.read_records(RECORDS), as_of="2031-03-28")
    heading, *rows = done.output.splitlines()
    assert heading.split(",") == list(status.table("changes", since=status.at("2031-03-19"))[0])
    assert len(rows) == 5


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "say what to compare with"),
        (("--since", "yesterday"), "is no date: write 2018-12-20"),
        (("--since", "2031-03-19@"), "Invalid value for '--since'"),
        (("--since", "2031-03-30"), "as of a later day"),
        (("--against", "a.db", "--against-records", "b.jsonl"), "say one of --against DB"),
        (("--against", "a.db"), "there is no journal a.db"),
    ],
)
def test_what_cannot_be_compared_is_a_wrong_call(words, said, tmp_path, monkeypatch):
    """It is told in a sentence, and the program returns 2."""
    monkeypatch.chdir(tmp_path)
    done = diff("--records", RECORDS, *words)
    assert (done.exit_code, said in done.stderr) == (2, True), done.stderr


def test_lines_that_hold_no_record_are_told_once(tmp_path):
    """Of both files, on stderr; the others are compared, and the program returns 1."""
    path = tmp_path / "records.jsonl"
    path.write_text(RECORDS.read_text(encoding="utf-8") + "no record\n", encoding="utf-8")
    done = diff("--records", path, "--since", "2031-03-19@2031-03-19")
    assert done.exit_code == 1
    assert len([line for line in done.stderr.splitlines() if line.startswith(f"{path}:36:")]) == 1


def test_what_is_due_and_the_key_figures_are_tables_of_assess():
    """In every format; what has passed comes first."""
    words = ["assess", str(ACCORD), "--records", str(RECORDS), "--as-of", "2031-03-28"]
    for form in ("text", "csv", "json", "jsonl"):
        due = CliRunner().invoke(main, [*words, "--table", "due", "--format", form])
        figures = CliRunner().invoke(main, [*words, "--table", "key_figures", "--format", form])
        assert (due.exit_code, figures.exit_code) == (0, 0)
        assert due.output.index("heavy-weapons") < due.output.index("valley-accord/lists")
        assert "rulings_in_aggregate" in figures.output


def test_in_json_what_is_due_and_the_key_figures_keep_their_lists():
    """Who owes it is a list, a ledger an object: nothing has to be taken apart again."""
    words = ["assess", str(ACCORD), "--records", str(RECORDS), "--as-of", "2031-03-28", "--format", "json"]
    due = json.loads(CliRunner().invoke(main, [*words, "--table", "due"]).output)
    assert [one["owed_by"] for one in due if one["kind"] == "period"] == [["uplands", "valley-front"]]
    figures = json.loads(CliRunner().invoke(main, [*words, "--table", "key_figures"]).output)
    assert {one["ledger"]["side"] for one in figures if one["figure"] == "counts"} == {"alder", "birch"}
    assert [one["records"] for one in figures if one["part"] == "open"] == [["mission/2", "birch/8"]]
