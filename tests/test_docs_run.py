"""Every block of code on every page runs, and prints what stands beside it; what cannot run says why."""

import re
import shutil
import sys
import tomllib
from pathlib import Path

import pytest

import pages
from ceasefire.testing import read
from stages import STAGES

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
sys.path.insert(0, str(DOCS))

import worked  # noqa: E402 - the script stands beside the pages

PAGES = [
    *sorted(DOCS.rglob("*.md")),
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted(ROOT.glob("examples/*/README.md")),
    ROOT / "src" / "ceasefire" / "data" / "bulletins" / "README.md",
]


def called(page):
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=called)
@pytest.mark.filterwarnings("ignore")
def test_every_block_of_a_page_runs(page, tmp_path, monkeypatch):
    """Whoever follows a page from its first line to its last gets what stands on it."""
    for name in ("docs", "examples", "src"):
        (tmp_path / name).symlink_to(ROOT / name)
    shutil.copy(DOCS / "rules" / "river-truce.toml", tmp_path)
    monkeypatch.chdir(tmp_path)
    for stage in STAGES.get(called(page), ()):
        stage(tmp_path)
    pages.run(page, tmp_path)


@pytest.mark.filterwarnings("ignore")
def test_what_the_table_of_clauses_says_can_be_written():
    """Each way of writing a clause fits the agreement of the examples, as a head or as a commitment."""
    rows = re.findall(
        r"^\| .+ \| (head|commitment) \| (.+) \|$",
        (DOCS / "own-agreement.md").read_text("utf-8"),
        re.MULTILINE,
    )
    assert len(rows) > 12
    for place, codes in rows:
        written = tomllib.loads("\n".join(re.findall(r"`([^`]+)`", codes)))
        base = worked.base()
        if place == "commitment":
            one = {
                "id": "one",
                "summary": "One.",
                "duty": "achieve",
                "owed_by": ["lowland", "upland"],
            } | written
            assert read(base | {"commitment": [*base["commitment"], one]})
        else:
            assert read(base | written)


def test_what_is_not_run_is_counted():
    """Each block that is not run says why, above it; there are no more of them than these."""
    told = {
        called(page): [block.why for block in pages.blocks(page.read_text(encoding="utf-8")) if block.why]
        for page in PAGES
    }
    assert {page: len(whys) for page, whys in told.items() if whys} == {
        "docs/commands.md": 1, "docs/mutants.md": 1, "docs/postgres.md": 4, "docs/reliability.md": 2,
        "docs/seals.md": 2, "docs/start.md": 1,
    }  # fmt: skip


def test_a_block_that_prints_something_else_is_found(tmp_path, monkeypatch):
    """What a page shows is compared, in scripts as in commands, and `…` stands for anything."""
    monkeypatch.chdir(tmp_path)
    page = tmp_path / "page.md"
    for shown in ("3", "…", "3\n…"):
        page.write_text(f"```python\nprint(1 + 2)\n```\n\n```text\n{shown}\n```\n", encoding="utf-8")
        assert len(pages.run(page, tmp_path)) == 1
    for block in (
        "```python\nprint(1 + 2)\n```\n\n```text\n4\n```\n",
        "```console\n$ ceasefire agreements\nnone\n```\n",
    ):
        page.write_text(block, encoding="utf-8")
        with pytest.raises(AssertionError, match=r"page\.md, line"):
            pages.run(page, tmp_path)
    page.write_text("    ceasefire check missing.toml\n", encoding="utf-8")
    with pytest.raises(AssertionError, match="returns 2"):
        pages.run(page, tmp_path)
    page.write_text(
        "*Not run by the tests: no file.*\n\n    ceasefire check missing.toml\n", encoding="utf-8"
    )
    assert not pages.run(page, tmp_path)
