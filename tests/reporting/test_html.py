"""The HTML page without a browser: it stands by itself, and what is missing is told."""

import sys

import pytest
from published import report, tally

from ceasefire.errors import MissingExtra


def two_counts():
    """Return a report on two counts of one day."""
    return report(tally(1, "2017-05-13", 8), tally(2, "2017-05-13", 3, side="turkey"))


def test_without_jinja_the_extra_is_named_and_markdown_still_works(monkeypatch):
    """HTML needs the extra; the other formats need nothing."""
    made = two_counts()
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(MissingExtra, match=r"ceasefire\[report\]"):
        made.to_html()
    assert made.to_markdown().startswith("*For the mechanism")
    assert made.to_json().startswith("{")


def test_the_page_stands_by_itself():
    """One file: a content policy, its own style, no address to load anything from."""
    page = two_counts().to_html()
    assert page.count("<style>") == 1
    assert "default-src 'none'" in page
    for word in ("<script", "@import", "url(", "src=", "<link"):
        assert word not in page
