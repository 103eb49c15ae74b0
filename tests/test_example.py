"""The invented history in `examples/`: the commands of its page run, and its reports say what happened."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from ceasefire.cli import main

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "examples" / "valley" / "README.md"
COMMANDS = [
    line.strip().removeprefix("ceasefire ")
    for line in PAGE.read_text(encoding="utf-8").splitlines()
    if line.startswith("    ceasefire ")
]


@pytest.fixture(scope="module")
def printed():
    """What each command of the page prints, in order."""
    found = []
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        for command in COMMANDS:
            done = CliRunner().invoke(main, shlex.split(command))
            assert done.exit_code == 0, done.output
            found.append(done.stdout)
    return found


def section(text, title):
    """Return what stands under each heading of the second level that begins so."""
    parts = re.split(r"\n## ", text)
    return "\n".join(part for part in parts if part.startswith(title))


def test_the_agreement_has_no_mistakes(printed):
    """The first command checks it."""
    assert printed[0].startswith("examples/valley/accord.toml: no mistakes")


def test_the_opening_says_what_was_decided_counted_and_missed(printed):
    """A reader of the first bullets alone is told all of it, with the records."""
    brief = section(printed[1], "In brief")
    for sentence in (
        "**One breach is established and made good.** Shelling, 11 March, 22:30, River Brigade (attributed",
        r"**2 claims are open:** Aid blocked, 22 March (under review) \[mission/2\] and Sniper fire",
        "**One deadline has passed:** Heavy weapons leave the bridge (Valley Front; 17 March, 00:00)",
        r"Alder states 2 and 0 \[alder/12\] \[alder/13\]; Birch states 5 \[birch/9\].",
        "**Next:** Lists of detainees",
    ):
        assert sentence in brief


def test_the_accused_is_heard_in_full(printed):
    """The reply of the Valley Front stands beside what was asked of it."""
    text = section(printed[1], "Cases")
    assert "The Valley Front regrets the fire of 11 March. It was not ordered." in text
    assert "That the mortars be handed in at the mill" in text


def test_who_accuses_stands_beside_every_accused(printed):
    """The three ways in which somebody is named, each with its determination."""
    text = section(printed[1], "Cases")
    for named in (
        "River Brigade (attributed, determination of the Joint Commission)",
        "Valley Front (alleged by Alder; act established, attributed to a member of it)",
        "Government of the Uplands (alleged by Birch; disputed)",
        "Government of the Uplands (alleged by Mission; under review)",
    ):
        assert named in text


def test_dissent_and_changes_of_mind_are_shown(printed):
    """Birch refuted, and then confirmed; how grave it was, the three do not agree."""
    text = section(printed[1], "Cases")
    assert "refuted: Birch `birch/2` (not counted)" in text
    assert "**how grave** serious: Alder `alder/4` and Cedar `cedar/2` · minor: Birch `birch/4`" in text


def test_the_public_reads_neither_what_is_open_nor_where_it_was(printed):
    """The open allegations are for the mechanism; nothing of them is in the public report."""
    for word in ("mission/2", "birch/8", "alder/10", "convoy", "ridge.", "47.0412", "checkpoint"):
        assert word in printed[1]
    for word in ("mission/2", "birch/8", "alder/10", "convoy", "shot", "47.0412", "checkpoint"):
        assert word not in printed[2]
    assert "**One breach is established and made good.**" in printed[2]
    assert "River Brigade (attributed, determination of the Joint Commission)" in printed[2]


def test_what_was_known_on_the_fifteenth(printed):
    """Birch denied it then, and the River Brigade had not been named."""
    text = printed[3]
    assert r"Shelling, 11 March, 22:30 (disputed) \[alder/3\]" in section(text, "In brief")
    assert "River Brigade" not in text.split("\n## B · ")[0]
    assert "Valley Front (alleged by Alder; disputed)" in text
