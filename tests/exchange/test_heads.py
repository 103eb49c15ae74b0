"""Rows of PA-X become heads of agreement files: valid as they stand, or told what remains to be filled in."""

import tomllib

import pytest
from click.testing import CliRunner

import ceasefire as cf
from ceasefire.cli import main
from ceasefire.errors import Mistake, RecordError
from ceasefire.exchange.heads import read_heads

PAX = """\
﻿Con,PP,PPName,Reg,AgtId,Agt,Dat,Status,Lgt,Part,Loc1ISO
A,7,A: process,Region,1,"Agreement on a road, and a bridge",15/02/2017,Multiparty signed/agreed,3,"For A:
[signed]
For the Bé Front (BF): X. Y.
Witnessed by C",AAA
A,7,A: process,Region,2,"Local ""truce"" \\ هدنة",,,1,,AAA
A,7,A: process,Region,2,Again,2017-02-15,,1,,AAA
A,7,A: process,Region,,No number,2017-02-15,,1,,AAA
"""


@pytest.fixture
def pax(tmp_path):
    """Write a table of PA-X and return its path."""
    path = tmp_path / "pax.csv"
    path.write_text(PAX, encoding="utf-8")
    return path


def run(*words):
    """Run the program."""
    return CliRunner().invoke(main, [str(word) for word in words])


def test_a_row_becomes_the_head_of_an_agreement_that_check_accepts(pax, tmp_path):
    """Id, title, date, those who signed, and where all this is from; nobody is said to be bound by it yet."""
    done = run("import", "pax", pax, "--only", 1)
    (tmp_path / "road.toml").write_text(done.stdout, encoding="utf-8")
    assert run("check", tmp_path / "road.toml").exit_code == 0
    made = cf.agreement(tmp_path / "road.toml")
    assert (made.id, made.title) == ("pax-1", "Agreement on a road, and a bridge")
    assert (str(made.adopted), made.codes) == ("2017-02-15", (("pax", "1"),))
    assert [(one.id, one.name) for one in made.parties] == [("a", "A"), ("be-front-bf", "Bé Front (BF)")]
    assert "#   Witnessed by C" in done.stdout


def test_what_pa_x_leaves_open_is_what_check_names(pax, tmp_path):
    """An agreement without a date: the one mistake of its file."""
    assert run("import", "pax", pax, "--out", tmp_path / "heads").exit_code == 1, "two rows are refused"
    done = run("check", tmp_path / "heads" / "pax-2.toml")
    assert (done.exit_code, len(done.stdout.splitlines())) == (1, 1)
    assert "adopted" in done.stdout
    assert (
        tomllib.loads((tmp_path / "heads" / "pax-2.toml").read_text(encoding="utf-8"))["title"]
        == 'Local "truce" \\ هدنة'
    )


def test_a_head_that_was_filled_in_is_left_as_it_is(pax, tmp_path):
    """The same import again does not take away anybody's work."""
    run("import", "pax", pax, "--out", tmp_path)
    (tmp_path / "pax-1.toml").write_text("mine", encoding="utf-8")
    assert "left as it is" in run("import", "pax", pax, "--out", tmp_path).stdout
    assert (tmp_path / "pax-1.toml").read_text(encoding="utf-8") == "mine"


def test_rows_that_name_no_agreement_are_told_and_cost_no_other(pax):
    """A number that stands twice, one that is blank."""
    found = list(read_heads(pax))
    assert [one.what for one in found if isinstance(one, Mistake)] == [
        "AgtId 2 stands in an earlier row, too",
        "AgtId '' is no number of an agreement",
    ]
    assert len(found) == 4


def test_of_several_one_is_chosen_and_another_table_is_told(pax, tmp_path):
    """Nothing is printed that would be two agreements in one file; no journal is made."""
    done = run("import", "pax", pax, "--journal", tmp_path / "j.db")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "--only 1" in done.stderr
    assert "nothing is written to" in done.stderr
    assert not (tmp_path / "j.db").exists()
    assert "there is no agreement 9" in run("import", "pax", pax, "--only", 9).stderr
    pax.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(RecordError, match="this is no table of PA-X"):
        list(read_heads(pax))
