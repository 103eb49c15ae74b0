"""The invented history in `examples/`: the commands of its page run, and its reports say what happened."""

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
    """Return what stands under a heading of the second level."""
    return text.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def test_the_agreement_has_no_mistakes(printed):
    """The first command checks it."""
    assert printed[0].startswith("examples/valley/accord.toml: no mistakes")


def test_the_opening_says_what_was_promised_counted_decided_and_missed(printed):
    """A reader of the first paragraphs alone is told all of it, with the records."""
    brief = section(printed[1], "In brief")
    for sentence in (
        "“Accord on a ceasefire in the Lower Valley” (in force since 3 March 2031, until 3 September 2031) holds 8 commitments. Two sides stop fighting",
        "Republic of Alder states 2 (24 March), 0 (26 March) – published on 2 of 9 days. Federation of Birch states 5 (24 March) – published on 1 of 9 days.",
        r"5 claims of 20–28 March 2031 are recorded. The Joint Commission of Alder, Birch and Cedar has established 1 (\[birch/5\]).",
        r"2 claims of what lies before 20 March 2031 are recorded. The Joint Commission of Alder, Birch and Cedar has established 2 (\[alder/3\], \[uplands/1\]).",
        "Reports of incidents recorded: 2 of the period, 1 of the span of equal length before it",
        r"No decision is recorded on: 1 under review (\[mission/2\]) and 1 disputed (\[birch/8\]).",
        r"Set aside: 1 withdrawn by its author (\[alder/10\]) and 1 counted under another record (\[mission/3\]).",
        r"Established breach before 20 March 2031: of “No attacks” (clause 1), attributed to River Brigade, made good (\[alder/3\]).",
        "Past the deadline since before this period, with no established performance recorded: “Heavy weapons leave the bridge” (clause 3), owed by Valley Front, due by 17 March 2031, 00:00",
    ):
        assert sentence in brief


def test_the_accused_is_heard_in_full(printed):
    """The reply of the Valley Front stands beside what was asked of it."""
    text = section(printed[1], "Cases and what is due next")
    assert "The Valley Front regrets the fire of 11 March. It was not ordered." in text
    assert "That the mortars be handed in at the mill" in text
    assert r"Decided, with no closing by those who must recorded: \[uplands/1\], \[birch/5\]." in text


def test_who_accuses_stands_beside_every_accused(printed):
    """The three ways in which somebody is named, each with its determination."""
    text = section(printed[1], "Claims")
    for named in (
        "River Brigade (attributed, determination of the Joint Commission of Alder, Birch and Cedar)",
        "Valley Front (alleged by Republic of Alder; act established, attributed to a member of it)",
        "Government of the Uplands (alleged by Federation of Birch; disputed)",
        "Government of the Uplands (alleged by Observer Mission in the Lower Valley; under review)",
    ):
        assert named in text


def test_dissent_and_changes_of_mind_are_shown(printed):
    """Birch refuted, and then confirmed; how gravely, the three do not agree."""
    text = section(printed[1], "Positions of each member, and dissent")
    assert r"Federation of Birch: refuted \[birch/2\]; Observer Mission" in text
    assert (
        r"| how gravely | *differ* | Republic of Alder: serious \[alder/4\]; Federation of Birch: minor"
        in text
    )


def test_the_public_reads_neither_what_is_open_nor_where_it_was(printed):
    """The open allegations are for the mechanism; nothing of them is in the public report."""
    for word in ("mission/2", "birch/8", "alder/10", "convoy", "ridge.", "47.0412", "checkpoint"):
        assert word in printed[1]
    for word in ("mission/2", "birch/8", "alder/10", "convoy", "shot", "47.0412", "checkpoint"):
        assert word not in printed[2]
    assert "1 claim of 20–28 March 2031 is released to the public." in printed[2]
    assert "2 claims of what lies before 20 March 2031 are released to the public." in printed[2]
    assert "attributed to River Brigade, made good" in printed[2]


def test_what_was_known_on_the_fifteenth(printed):
    """Birch denied it then, and the River Brigade had not been named."""
    text = printed[3]
    assert r"1 disputed (\[alder/3\])" in section(text, "In brief")
    assert "River Brigade" not in text
    assert "Valley Front (alleged by Republic of Alder; disputed)" in text
