"""The page about the format is complete, and its example is an agreement."""

import re
from pathlib import Path

import pytest

from ceasefire.instruments import agreement
from ceasefire.instruments.files.shape import TABLES, Head, RegisterHead, field_names
from ceasefire.instruments.terms import (
    ROLES,
    RULES,
    Condition,
    MemberTerm,
    Note,
    Office,
    RoleTerm,
    Termination,
)

PAGE = (Path(__file__).parents[2] / "docs" / "agreement-files.md").read_text(encoding="utf-8")


def test_the_example_of_the_page_loads_without_a_warning(tmp_path):
    """Whoever begins with the example begins with a correct file."""
    example = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)[0]
    file = tmp_path / "example.toml"
    file.write_text(example, encoding="utf-8")
    made = agreement(file)
    assert made.warnings == ()
    assert [c.id for c in made.commitments] == ["no-attacks", "withdraw-guns", "let-return", "use-influence"]
    assert made.commitments[2].when.fulfilled == "north-truce-2020/withdraw-guns"


PARTS = [RoleTerm, MemberTerm, Condition, Note, Office, Termination]


@pytest.mark.parametrize("cls", [Head, RegisterHead, *TABLES.values(), *PARTS])
def test_every_field_is_on_the_page(cls):
    """No field of the format is left for the reader to guess."""
    prose = re.sub(r"```.*?```", "", PAGE, flags=re.DOTALL)
    written = {name for code in re.findall(r"`([^`]+)`", prose) for name in re.findall(r"[a-z_]+", code)}
    assert set(field_names(cls)) <= written


def test_every_role_and_rule_is_on_the_page():
    """The words that a file may use are all listed."""
    assert [word for word in (*ROLES, *RULES) if word not in PAGE] == []
