"""The site of docs/: it builds without a warning, asks no other host for anything, and begins short."""

import logging
import re
from pathlib import Path

import pytest
import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config

ROOT = Path(__file__).parents[2]
#: What makes a browser ask for something: links that are only followed by a reader are none of it.
_ASKED = re.compile(r'<(?!a\b)\w+\b[^>]*?\s(?:src|srcset|href|data|action)="((?:https?:)?//[^"]+)"')


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site, built as `make docs` builds it, and what was told while that was done."""
    folder, told = tmp_path_factory.mktemp("site"), []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: told.append(record.getMessage())
    logging.getLogger("mkdocs").addHandler(handler)
    try:
        config = load_config(str(ROOT / "mkdocs.yml"), site_dir=str(folder), strict=True)
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
    finally:
        logging.getLogger("mkdocs").removeHandler(handler)
    return folder, told


def test_the_site_builds_without_a_warning(site):
    """Every page is on its way, no link leads nowhere, no heading is missing."""
    folder, told = site
    assert told == []
    for page in ("index", "start", "reference", "notebook", "ideas/clocks", "beside/examples/hodeidah/index"):
        assert (folder / f"{page}.html").exists(), page


def test_the_site_asks_no_other_host(site):
    """Whoever opens it without a network, or does not want to be seen opening it, has all of it."""
    folder, _ = site
    for page in folder.rglob("*.html"):
        assert not _ASKED.findall(page.read_text(encoding="utf-8")), page
    for sheet in folder.rglob("*.css"):
        assert not re.findall(
            r"""(?:url\(|@import)\s*["']?(?:https?:)?//""", sheet.read_text(encoding="utf-8")
        ), sheet


def test_it_is_searched_from_a_disk_and_asks_for_files_alone(site, browser):
    """Opened by a double click, without a server: what is searched is found, and no host is asked."""
    page, asked = browser.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((site[0] / "rules" / "commitments.html").as_uri())
    page.fill("input.md-search__input", "deadline")
    page.wait_for_selector(".md-search-result__item", state="attached")
    assert [one for one in asked if not one.startswith(("file:", "data:", "about:", "blob:"))] == []


def test_the_first_three_pages_are_short():
    """Fewer than 1,500 words to begin with, code and all."""

    class Loader(yaml.SafeLoader):
        """Reads the names of functions as nothing: only the order of the pages is asked for."""

    Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda *_: None)
    nav = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), Loader)["nav"]  # noqa: S506 - a safe loader
    first = [nav[0], *nav[1]["Begin"]][:3]
    assert first == ["index.md", "start.md", "spreadsheet.md"]
    assert sum(len((ROOT / "docs" / page).read_text(encoding="utf-8").split()) for page in first) < 1500
