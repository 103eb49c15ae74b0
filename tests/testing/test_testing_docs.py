"""The page about testing: its example runs, and it names every strategy."""

import re
from pathlib import Path

from hypothesis import settings

import ceasefire.testing

PAGE = (Path(__file__).parents[2] / "docs" / "testing.md").read_text(encoding="utf-8")


def test_the_example_of_the_page_holds():
    """Whoever begins with the example begins with tests that pass."""
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    names = {"__name__": "example"}
    exec(compile(example, "docs/testing.md", "exec"), names)  # noqa: S102 - our own page
    tests = [value for name, value in names.items() if name.startswith("test_")]
    assert len(tests) == 2
    for test in tests:
        settings(max_examples=50)(test)()


def test_every_name_is_on_the_page():
    """What the module offers is listed where a user looks for it."""
    assert [name for name in ceasefire.testing.__all__ if f"`{name}" not in PAGE] == []
