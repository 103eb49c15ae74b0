"""docs/exports.md, whose commands run in tests/test_docs_run.py: none is missing, and wrong calls are told."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click import Context
from click.testing import CliRunner

import ceasefire as cf
from ceasefire.cli import main

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")
TRUCE = "docs/rules/river-truce.toml"
COMMANDS = re.findall(r"^    (ceasefire export .*)$", PAGE, re.MULTILINE)


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


def test_each_format_has_a_command_on_the_page():
    """And none is on it that there is not."""
    assert {shlex.split(line)[2] for line in COMMANDS} == set(
        main.get_command(Context(main), "export").commands
    )


def test_what_cannot_be_exported_is_told_before_any_work(folder, monkeypatch):
    """An audience that is none, a binary without a file."""
    monkeypatch.chdir(folder)
    asked = ["river-truce.toml", "--journal", "mission.db", "--as-of", "2020-03-31"]
    wrong = CliRunner().invoke(main, ["export", "geojson", *asked, "--audience", "birhc"])
    assert (wrong.exit_code, "is no audience" in wrong.output) == (2, True)
    assert CliRunner().invoke(main, ["export", "parquet", *asked, "--table", "claims"]).exit_code == 2
