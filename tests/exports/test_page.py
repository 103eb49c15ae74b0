"""docs/exports.md: its script and its commands run as they stand."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import ceasefire as cf
from ceasefire.cli import main

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")
TRUCE = "docs/rules/river-truce.toml"
COMMANDS = re.findall(r"^    (ceasefire export .*)$", PAGE, re.MULTILINE)


def test_the_script_runs_as_it_stands(capsys, monkeypatch):
    """From a record to each of the formats."""
    monkeypatch.chdir(ROOT)
    [script] = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    exec(compile(script, "docs/exports.md", "exec"), {"__name__": "example"})  # noqa: S102 - our own page
    told = capsys.readouterr().out
    for word in ("FeatureCollection", "#event+code", "wasDerivedFrom", "flowchart TB", "determination"):
        assert word in told


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a folder with the agreement of the examples and a journal."""
    made = tmp_path_factory.mktemp("exports")
    shutil.copy(ROOT / TRUCE, made)
    with cf.Journal.open(made / "mission.db", author="birch") as journal:
        journal.record(
            cf.Incident(occurred="2020-03-14", act="attack", zone="bridge-town", accused="lowland")
        )
    return made


@pytest.mark.parametrize("line", COMMANDS)
def test_each_command_writes_the_same_twice(line, folder, monkeypatch):
    """To the file that it names, or to the standard output; the same bytes each time."""
    monkeypatch.chdir(folder)
    words = shlex.split(line)[1:]
    done = [CliRunner().invoke(main, words) for _ in range(2)]
    assert [one.exit_code for one in done] == [0, 0], done[0].output
    assert done[0].stdout == done[1].stdout
    if "-o" in words:
        assert Path(words[words.index("-o") + 1]).read_bytes()


def test_each_format_has_a_command_on_the_page():
    """And none is on it that there is not."""
    assert {shlex.split(line)[2] for line in COMMANDS} == set(main.commands["export"].commands)


def test_what_cannot_be_exported_is_told_before_any_work(folder, monkeypatch):
    """An audience that is none, a binary without a file."""
    monkeypatch.chdir(folder)
    asked = ["river-truce.toml", "--journal", "mission.db", "--as-of", "2020-03-31"]
    wrong = CliRunner().invoke(main, ["export", "geojson", *asked, "--audience", "birhc"])
    assert (wrong.exit_code, "is no audience" in wrong.output) == (2, True)
    assert CliRunner().invoke(main, ["export", "parquet", *asked, "--table", "claims"]).exit_code == 2
