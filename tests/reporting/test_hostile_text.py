r"""Text of others is data: in no format does it become an element, an attribute, a link or a turn of the line.

Every text of an agreement and of records is hostile at once. The report must then have
no kind of element or attribute, and no link, that one with plain words does not have.
"""

import json
from collections import Counter
from functools import cache
from html.parser import HTMLParser

import pytest
from hostile import NASTY, reported
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ceasefire.visible import safe_address, visible

#: Texts that end and begin what they stand in: pieces of the above and anything else that can be in a file.
texts = st.one_of(
    st.sampled_from(NASTY),
    st.lists(st.sampled_from((*NASTY, "<", ">", "&", '"', "'", "|", "\n", "[", "](", ")", "#", "`", "-")), max_size=4).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
)  # fmt: skip
urls = st.one_of(
    st.sampled_from(
        (
            "https://example.org/a(b)?c=d&e=f",
            "javascript:alert(1)",
            "https://user@evil.example/",
            'https://example.org/"onclick="alert(1)',
            "https://example.org/)[x](javascript:alert(1)",
            "data:text/html,<script>alert(1)</script>",
            "//evil.example",
            "https://exam\u202eple.org/",
        )
    ),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20),
)


class Skeleton(HTMLParser):
    """The elements of a page with the names of their attributes, its links, and its text."""

    def __init__(self, html):
        super().__init__()
        self.parts, self.links, self.words = Counter(), Counter(), []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.parts[tag, tuple(name for name, _ in attrs)] += 1
        values = dict(attrs)
        self.links.update(
            value for name in ("href", "src") if (value := values.get(name)) and not value.startswith("#")
        )

    def handle_data(self, data):
        self.words.append(data)

    def handle_comment(self, _):
        self.parts["comment", ()] += 1

    def handle_decl(self, decl):
        self.parts[decl, ()] += 1

    def handle_pi(self, _):
        self.parts["instruction", ()] += 1

    def unknown_decl(self, _):
        self.parts["declaration", ()] += 1


MARKDOWN = MarkdownIt("gfm-like", {"linkify": True, "html": True})


@cache
def plain_report(url, audience="author"):
    """Return the skeletons of the report whose texts are plain words: as HTML, and as Markdown."""
    made = reported("", url, plain=True, audience=audience)
    written = made.to_markdown()
    return Skeleton(made.to_html()), Skeleton(MARKDOWN.render(written)), written.count("\n")


def shows(page, text):
    """Tell whether a page shows a text, blanks and line ends aside."""
    return visible(text) in " ".join("".join(page.words).split())


@given(hostile=texts, url=urls)
@settings(max_examples=min(100, settings().max_examples))
def test_a_text_brings_nothing_into_a_report(hostile, url):
    """HTML, Markdown and JSON have the parts and links that they have with plain words, and the text as text."""
    made = reported(hostile, url)
    page, read_, lines = plain_report(url)
    seen = Skeleton(made.to_html())
    # How many there are hangs on how long names are; what kinds there are does not.
    assert set(seen.parts) <= set(page.parts)
    assert seen.links == page.links
    assert set(seen.links) <= {safe_address(url)}
    assert shows(seen, f"{hostile} 1")
    written = made.to_markdown()
    assert written.count("\n") == lines
    seen = Skeleton(MARKDOWN.render(written))
    assert set(seen.parts) <= set(read_.parts)
    assert len(seen.links) == len(read_.links) <= 1
    assert shows(seen, f"{hostile} 1")
    printed = made.to_json()
    assert json.loads(printed) == made.data
    assert visible(printed.replace("\n", "")) == " ".join(printed.replace("\n", "").split())


@pytest.mark.parametrize("audience", ["mechanism", "public"])
@pytest.mark.parametrize("hostile", NASTY)
def test_known_tricks_do_nothing_for_any_audience(hostile, audience):
    """Each trick by itself, in the report for the mechanism and in that for the public."""
    url = "https://example.org/"
    made = reported(hostile, url, audience=audience)
    page, read_, _ = plain_report(url, audience)
    assert set(Skeleton(made.to_html()).parts) <= set(page.parts)
    assert set(Skeleton(MARKDOWN.render(made.to_markdown())).parts) <= set(read_.parts)
