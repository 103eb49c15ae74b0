"""docs/imports.md as a new user follows it: every command runs, in the order of the page, to a report."""

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from ceasefire.cli import main

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "imports.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^    ceasefire ([^\n#]*)", PAGE.replace("\\\n  ", ""), re.MULTILINE)
FILES = {
    "events.csv": "id,date,act,zone,notes\n1,2017-05-14,attack.shelling,Idlib area,As told\n",
    "acled.csv": "event_id_cnty,event_date,time_precision,sub_event_type,admin1,fatalities\nA1,14 May 2017,1,Armed clash,Idlib,0\n",
    "deleted.csv": "event_id_cnty,deleted_timestamp\nA1,1500000000\n",
    "tagged.csv": "When,What\n#date+occurred,#event+type\n2017-05-14,attack\n",
    "pax.csv": "AgtId,Agt,Dat,Part\n1,Agreement on a road,15/02/2017,For A:\n",
    "ged.csv": (
        "id,relid,code_status,type_of_violence,dyad_name,where_prec,where_coordinates,adm_1,latitude,longitude,date_prec,date_start,"
        "date_end,best,high,low,gwnoa,gwnob\n900,X-1,Clear,1,Government - Northern Front,1,Mill village,The northern districts,36.2,"
        "37.2,1,2020-02-05,2020-02-06,3,4,2,652,\n"
    ),
    "answers.csv": (
        '"start";"occurred";"act";"zone";"place";"location";"_location_latitude";"_location_longitude";"accused";"killed";"text";"_uuid";"KEY"\n'
        '"2020-02-05T08:00:00.000+02:00";"2020-02-04";"attack.shelling";"";"Mill village";"36.2 37.2 0 0";"36.2";"37.2";'
        '"";"2";"As told";"u-1";"u-1"\n'
    ),
    "answers-incidents.csv": "occurred,act,PARENT_KEY,KEY\n2020-02-04,attack,u-1,u-1/incidents[1]\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    """The folder of a user who typed every command of the page."""
    folder = tmp_path_factory.mktemp("user")
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    pages = (DOCS / "agreement-files.md").read_text(encoding="utf-8")
    (folder / "north.toml").write_text(
        re.search(r"^```toml\n(.*?)^```", pages, re.MULTILINE | re.DOTALL)[1], encoding="utf-8"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for command in COMMANDS:
            typed, _, into = command.partition(" > ")
            done = CliRunner().invoke(main, shlex.split(typed))
            assert done.exit_code == 0, (typed, done.output)
            if into:
                Path(into.strip()).write_text(done.stdout, encoding="utf-8")
    return folder


def test_every_command_of_the_page_runs_to_a_report(followed):
    """Both sources stand in it, each named with its file; nobody is found responsible."""
    text = (followed / "report.md").read_text(encoding="utf-8")
    assert "**2 claims are open:**" in text
    assert "one record from: [UCDP Georeferenced Event Dataset" in text
    assert "one record from: answers.csv" in text
    assert (followed / "road.toml").read_text(encoding="utf-8").startswith("# The head of an agreement")
    assert len(COMMANDS) >= 14


def test_its_json_is_told_apart_from_a_page_of_the_web(followed):
    """What a browser saved instead of the JSON is told in a sentence."""
    (followed / "a.json").write_text("<html>", encoding="utf-8")
    done = CliRunner().invoke(main, ["import", "kobo", str(followed / "a.json"), "--dry-run"])
    assert (done.exit_code, "is no JSON" in done.stderr) == (1, True)
    (followed / "a.json").write_text(json.dumps({"results": []}), encoding="utf-8")
    done = CliRunner().invoke(main, ["import", "kobo", str(followed / "a.json"), "--dry-run"])
    assert done.exit_code == 1
