"""The pages on journals, seals and reliability name the tests that hold what they say, and these exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TESTS = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py"))
FUNCTIONS = set(re.findall(r"^ *def (\w+)\(", TESTS, re.MULTILINE))
FILES = {path.name for path in (ROOT / "tests").rglob("test_*.py")}
PAGES = ("journals.md", "seals.md", "reliability.md")
#: Sections that ask for something, and promise nothing.
NO_PROMISE = {"What is not promised", "When a key is lost"}


@pytest.mark.parametrize("page", PAGES)
def test_every_test_that_a_page_names_exists(page):
    """A test that is renamed is renamed in the page."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    named = re.findall(r"`(test_\w+(?:\.py)?)`", text)
    assert named
    missing = [name for name in named if name not in (FILES if name.endswith(".py") else FUNCTIONS)]
    assert missing == []


@pytest.mark.parametrize("page", PAGES)
def test_every_section_that_promises_names_a_test(page):
    """Of the sections of the second level, and of reliability.md the page itself."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    whole = re.split(r"^## ", text, flags=re.MULTILINE)
    sections = whole[1:] if len(whole) > 2 else whole
    silent = [
        section.splitlines()[0]
        for section in sections
        if "*Held by" not in section and section.splitlines()[0] not in NO_PROMISE
    ]
    assert silent == []


def test_the_properties_of_the_forger_are_those_that_the_page_names():
    """By the names that they have in the state machine."""
    text = (ROOT / "docs" / "journals.md").read_text(encoding="utf-8")
    [said] = re.findall(r"the properties of\n`test_forger_machine.py`: (.*?)\.\n", text, re.DOTALL)
    named = re.findall(r"`(\w+)`", said)
    assert len(named) == 6
    assert set(named) <= FUNCTIONS
