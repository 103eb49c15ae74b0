"""Install the wheel in a clean environment outside the tree, and use it from there.

What a checkout can hide: a data file that is not packed, a module that only the
tree has, an import of a package that only the developers' environment has.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

USE = """
import sys
from pathlib import Path

import ceasefire as cf

here = Path(cf.__file__).resolve()
assert here.is_relative_to(Path(sys.prefix).resolve()), f"imported from {here}"
assert (here.parent / "py.typed").exists(), "py.typed is not packed"
names = cf.agreements()
assert len(names) >= 3, names
for name in names:
    assert cf.agreement(name).commitments, f"{name} has no commitments"
assert "jinja2" not in sys.modules, "an extra is imported without being asked for"
print(f"the installed wheel reads {len(names)} agreements")
"""


def main(folder: str) -> int:
    """Return 0 when the one wheel in `folder` can be used by itself."""
    wheels = sorted(Path(folder).resolve().glob("ceasefire-*.whl"))
    if len(wheels) != 1:
        print(f"{folder} holds {len(wheels)} wheels of ceasefire: build one", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary) / "clean"
        venv.create(place, with_pip=True)
        programs = place / ("Scripts" if os.name == "nt" else "bin")
        environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONHOME")}
        for command in (
            [programs / "python", "-m", "pip", "install", "--quiet", wheels[0]],
            [programs / "python", "-c", USE],
            [programs / "ceasefire", "agreements"],
        ):
            subprocess.run([str(part) for part in command], cwd=temporary, env=environment, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
