"""The README promises a script; it runs as it stands."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def script():
    """Return the one Python block of the README."""
    [block] = re.findall(r"^```python\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    return block


def test_the_script_is_ten_lines():
    """A user's script stays short."""
    assert len([line for line in script().splitlines() if line.strip()]) <= 10


def test_the_script_runs_as_it_stands(tmp_path):
    """It prints reasons, and writes the report and the journal it names."""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script()],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert not done.stderr
    assert done.returncode == 0
    assert "turkey/1" in done.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["status.html", "turkey.db"]
    assert "Ahrar al-Sham (alleged by " in (tmp_path / "status.html").read_text(encoding="utf-8")


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
