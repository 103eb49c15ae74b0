"""The README promises a script; it runs as it stands."""

import contextlib
import io
import re
from pathlib import Path

import ceasefire as cf

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


SCRIPT, MERGE = re.findall(r"^```python\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def lines(block):
    """Return the lines of a block that are not blank."""
    return [line for line in block.splitlines() if line.strip()]


def run(block, folder):
    """Run a block as a script in a folder, and return what it printed."""
    with contextlib.chdir(folder), contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(block, "README.md", "exec"), {"__name__": "example"})  # noqa: S102 - our own page
    return out.getvalue()


def test_the_script_is_ten_lines():
    """A user's script stays short."""
    assert len(lines(SCRIPT)) <= 10


def test_the_script_runs_as_it_stands(tmp_path):
    """It prints reasons, and writes the report and the journal it names."""
    assert "turkey/1" in run(SCRIPT, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["status.html", "turkey.db"]
    assert "Ahrar al-Sham (alleged by " in (tmp_path / "status.html").read_text(encoding="utf-8")


def test_the_script_run_twice_writes_once(tmp_path):
    """A job that is run again doubles nothing."""
    run(SCRIPT, tmp_path)
    run(SCRIPT, tmp_path)
    with cf.Journal.open(tmp_path / "turkey.db", read_only=True) as journal:
        assert [record.id for record in journal] == ["turkey/1", "turkey/2"]


def test_the_merge_is_five_lines_and_runs_as_it_stands(tmp_path):
    """It takes in what lies on the stick, leaves a copy for the others, and may be run after the script."""
    assert len(lines(MERGE)) <= 5
    (tmp_path / "stick").mkdir()
    with cf.Journal.open(tmp_path / "russia.db", author="russia") as russian:
        russian.record(cf.Incident(occurred="2017-05-14", act="attack.shelling", zone="idlib"))
        russian.copy(tmp_path / "stick" / "from-russia.jsonl", audience="mechanism")
    run(SCRIPT, tmp_path)
    assert run(MERGE, tmp_path).strip() == "1\nnew records"
    with cf.Journal.open(tmp_path / "russia.db", author="russia") as russian:
        assert russian.merge(tmp_path / "stick" / "from-turkey.jsonl").added == 2
        with cf.Journal.open(tmp_path / "turkey.db") as turkish:
            assert list(russian) == list(turkish)


def test_what_the_readme_points_at_exists():
    """No link of the README leads nowhere."""
    targets = re.findall(r"\]\(([^)#]+)", README)
    assert targets
    assert [t for t in targets if not t.startswith("http") and not (ROOT / t).exists()] == []


def test_the_set_up_commands_are_targets_of_the_makefile():
    """What the README tells to type is there to be typed."""
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    typed = re.findall(r"^    make ([a-z]+)", README, re.MULTILINE)
    assert typed == ["report", "test"]
    assert set(typed) <= set(targets)
