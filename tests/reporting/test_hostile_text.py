r"""Text of others is data: in no format does it become an element, an attribute, a link or a turn of the line.

Every text of an agreement and of records is hostile at once. The report must then have
no kind of element or attribute, and no link, that one with plain words does not have.
"""

import csv
import json
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from io import BytesIO, StringIO

import pytest
from hostile import NASTY, assessed, reported
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from markdown_it import MarkdownIt
from openpyxl import load_workbook

import ceasefire as cf
from ceasefire.reporting.sheets import NAMES
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
@settings(max_examples=min(40, settings().max_examples))
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


#: With these a spreadsheet program takes a cell for a formula.
FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def tables_of(made):
    """Return the shape of every table as another program reads it, once no cell of it is a formula or a link."""
    book = load_workbook(BytesIO(made.to_xlsx()))
    for page in book:
        cells = [cell for row in page.iter_rows() for cell in row if cell.value is not None]
        assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    shapes = {page.title: (page.max_row, page.max_column) for page in book}
    for name in NAMES:
        rows = list(csv.reader(StringIO(made.to_csv(name))))
        assert not [
            cell for row in rows for cell in row if cell.startswith(FORMULA) and not cell[1:].isdigit()
        ]
        assert {len(row) for row in rows} == {shapes[name][1]}
    return shapes


@pytest.mark.parametrize("hostile", [*NASTY, '=HYPERLINK("x")', "a\r\nEND:VEVENT\r\nX:1;b,c"])
def test_known_tricks_do_nothing_in_tables_and_calendars(hostile):
    """Each table has the rows and columns that it has with plain words, a calendar the same lines of each kind."""
    one, plain = (reported(hostile, "https://example.org/", plain=p) for p in (False, True))
    assert tables_of(one) == tables_of(plain)
    kinds = [
        [type(part).__name__ for part in Calendar.from_ical(made.to_ical()).walk()] for made in (one, plain)
    ]
    assert kinds[0] == kinds[1]


@pytest.mark.parametrize("hostile", NASTY)
def test_title_and_issuer_are_only_text(hostile):
    """They come from whoever asks for the report, who may have copied them."""
    status = assessed("", "https://example.org/", plain=True)
    one, plain = (cf.report(status, title=text[:150], issuer=text[:150]) for text in (f"x {hostile}", "word"))
    assert Skeleton(one.to_html()).parts == Skeleton(plain.to_html()).parts
    assert (
        Skeleton(MARKDOWN.render(one.to_markdown())).parts
        == Skeleton(MARKDOWN.render(plain.to_markdown())).parts
    )
    assert one.to_ical().count("\nX-WR-") == 2
