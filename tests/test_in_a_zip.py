"""Python imports from a zip (zipapp, .pyz): then everything that ships lies in it, and is found there."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import ceasefire as cf

SCRIPT = """
import sys
sys.path.insert(0, sys.argv[1])
import ceasefire as cf
from ceasefire.instruments.catalogue import acts_file
assert acts_file().read_bytes()
assert cf.__file__.startswith(sys.argv[1])
assert len(cf.agreements()) == int(sys.argv[2])
texts = [cf.agreement(name) for name in cf.agreements()]
with cf.Journal.open(sys.argv[3], author="turkey", agreements=texts[:1]) as journal:
    journal.record(cf.Incident(occurred="2017-05-14", act="attack.shelling"))
    status = cf.assess(cf.agreement("syria-ceasefire-2016"), journal, as_of="2017-05-20")
assert "2017" in cf.report(status).to_markdown()
print(" ".join(f"{name}={digest}" for text in texts for name, digest in text.digests))
"""


def test_everything_that_ships_is_found_in_a_zip(tmp_path):
    """The catalogue with its registers and acts, byte for byte; the tables of a journal; the zones of time."""
    shutil.copytree(Path(cf.__file__).parent, tmp_path / "z" / "ceasefire")
    packed = shutil.make_archive(str(tmp_path / "app"), "zip", tmp_path / "z")
    words = [
        sys.executable,
        "-W",
        "error",
        "-c",
        SCRIPT,
        packed,
        str(len(cf.agreements())),
        str(tmp_path / "a.db"),
    ]
    done = subprocess.run(
        words,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
    )
    assert done.returncode == 0, done.stderr
    texts = [cf.agreement(name) for name in cf.agreements()]
    assert done.stdout.split() == [f"{name}={digest}" for text in texts for name, digest in text.digests]


def test_a_user_s_file_uses_registers_that_lie_in_a_zip(tmp_path):
    """The register beside the file comes first, then the one that ships."""
    shutil.copytree(Path(cf.__file__).parent, tmp_path / "z" / "ceasefire")
    packed = shutil.make_archive(str(tmp_path / "app"), "zip", tmp_path / "z")
    mine = tmp_path / "mine.toml"
    mine.write_text('ceasefire = 1\nid = "mine"\nadopted = 2017-05-04\nuses = ["syria"]\n', encoding="utf-8")
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); import ceasefire as cf\n"
        "print(len(cf.agreement(sys.argv[2]).zones)); print(cf.check(sys.argv[2])[0])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, packed, str(mine)],
        capture_output=True, text=True, check=False, timeout=120,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [str(len(cf.agreement(mine).zones)), "()"]
