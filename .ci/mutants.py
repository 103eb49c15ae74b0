"""Mutation testing of the assessment: run mutmut, and hold what survives against tests/mutants.toml.

    python .ci/mutants.py                   every module, from the beginning
    python .ci/mutants.py lifecycle.phases determination.rules   these modules only
    python .ci/mutants.py --again           those that survived the last run, after more tests were written

Fails where nothing was mutated, where less than 95 % of the mutants of a run were
killed, where one survives that the list does not explain, and where the list
explains one that is killed by now. What each run covers stands in docs/mutants.md.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

from mutmut.mutation.diff_apply import get_diff_for_mutant  # `mutmut show`, without a process for each

ROOT = Path(__file__).parents[1]
LISTED = ROOT / "tests" / "mutants.toml"
PACKAGE = "ceasefire.assessment"
MUTMUT = Path(sys.executable).with_name("mutmut")
#: A mutant that never ends fails its test after so many seconds of computing (tests/conftest.py), one
#: that fills the memory at so many bytes.
SECONDS, MEMORY = 20, 4 * 1024**3
AT_LEAST = 95

#: A survivor as the list names it: the function, the line as it was, and as it is.
Survivor = tuple[str, str, str]


def _mutmut(*arguments: str) -> str:
    done = subprocess.run(
        [MUTMUT, *arguments], cwd=ROOT, check=False, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    if done.returncode:
        sys.exit(f"mutmut {arguments[0]} failed:\n{done.stdout[-4000:]}")
    return done.stdout


def results() -> dict[str, str]:
    """Return the state of every mutant that was made, by its name."""
    lines = _mutmut("results", "--all", "true").splitlines()
    return dict(line.strip().rsplit(": ", 1) for line in lines if line.startswith("    "))


def module(name: str) -> str:
    """Return the module a mutant is of, by its rooms: `lifecycle.renewal`."""
    found = re.match(rf"{re.escape(PACKAGE)}\.(.+?)\.x[_ǁ]", name)
    if found is None:
        sys.exit(f"no mutant of the assessment: {name}")
    return found[1]


def path_of(name: str) -> str:
    """Return the file of a module of the assessment."""
    return f"src/ceasefire/assessment/{name.replace('.', '/')}.py"


def described(name: str) -> Survivor:
    """Return what a mutant changes, in words that stay the same when others come and go."""
    lines = get_diff_for_mutant(name, path=path_of(module(name))).splitlines()
    body = lines[next(i for i, line in enumerate(lines) if line.startswith("@@")) :]
    sides = (" ".join(line[1:].strip() for line in body if line.startswith(sign)) for sign in "-+")
    was, now = sides
    function = re.sub(r"__mutmut_\d+$", "", name.removeprefix(f"{PACKAGE}."))
    return function.replace(".x_", ".").replace(".xǁ", ".").replace("ǁ", "."), was, now


def explained() -> Counter[Survivor]:
    """Return how many mutants are listed that change nothing anybody can see, by what they change."""
    listed = tomllib.loads(LISTED.read_text(encoding="utf-8"))["equivalent"]
    unexplained = [e["now"] for e in listed if not e["why"].strip()]
    if unexplained:
        sys.exit(f"{LISTED.name} gives no reason: {unexplained}")
    return Counter((e["function"], e["was"], e["now"]) for e in listed for _ in range(e.get("times", 1)))


def figures(states: dict[str, str], alive: dict[str, Survivor]) -> float:
    """Print what became of the mutants, module by module, and return how many in a hundred were killed."""
    made, survived = Counter(map(module, states)), Counter(map(module, alive))
    print("| module | mutants | killed | not killed |\n|---|---:|---:|---:|")
    for name, number in sorted(made.items()):
        print(f"| {name} | {number} | {number - survived[name]} | {survived[name]} |")
    dead = made.total() - survived.total()
    share = 100 * dead / made.total()
    print(f"\n{dead} of {made.total()} mutants killed: {share:.1f} %")
    return share


def judged(states: dict[str, str], equivalent: Counter[Survivor]) -> list[str]:
    """Print the figures and return what is wrong."""
    if not states:
        return ["there are no mutants: nothing was tested"]
    alive = {name: described(name) for name, state in states.items() if state != "killed"}
    wrong = []
    if figures(states, alive) < AT_LEAST:
        wrong.append(f"less than {AT_LEAST} % of the mutants are killed")
    tried = set(map(module, states))
    left = Counter(
        {what: n for what, n in equivalent.items() if any(what[0].startswith(f"{m}.") for m in tried)}
    )
    for name, what in alive.items():
        if left[what] > 0:
            left[what] -= 1
        else:
            function, was, now = what
            wrong.append(
                f"{name}: {states[name]}\n  function = {function!r}\n  was = {was!r}\n  now = {now!r}"
            )
    return wrong + [f"listed, but killed or gone: {function}: {now}" for function, _, now in left.elements()]


def main() -> int:
    """Return 0 where every survivor is explained, 1 where not."""
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    parser.add_argument("modules", nargs="*", help="modules of the assessment, e.g. lifecycle.phases")
    parser.add_argument("--again", action="store_true", help="only what survived the last run")
    parser.add_argument("--figures", action="store_true", help="run nothing: judge the last run again")
    parser.add_argument("--children", default="2", help="how many mutants at a time")
    asked = parser.parse_args()
    missing = [m for m in asked.modules if not (ROOT / path_of(m)).exists()]
    if missing:
        sys.exit(f"no module of the assessment: {', '.join(missing)}")
    os.chdir(ROOT)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    names = [f"{PACKAGE}.{m}.*" for m in asked.modules]
    if asked.again:
        wanted = set(asked.modules)
        names = [n for n, s in results().items() if s != "killed" and (not wanted or module(n) in wanted)]
    elif not asked.modules and not asked.figures:
        shutil.rmtree(ROOT / "mutants", ignore_errors=True)
    if not asked.figures:
        run = [MUTMUT, "run", "--max-children", asked.children, *names]
        limited = os.environ | {"CEASEFIRE_TEST_SECONDS": str(SECONDS)}
        if subprocess.run(run, cwd=ROOT, env=limited, check=False).returncode:
            sys.exit("mutmut could not run: what it said stands above")
    states = {n: s for n, s in results().items() if not asked.modules or module(n) in asked.modules}
    wrong = judged(states, explained())
    for what in wrong:
        print(what, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
