"""What holds of every report: its budgets, its figures, its names, its links."""

import re
from collections import Counter
from html.parser import HTMLParser

import pytest
from examples import made, status
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from published import report, tally

import ceasefire as cf
from ceasefire.testing import histories

BOTH = pytest.mark.parametrize("name", ["syria", "valley"])
#: Beside a name of somebody accused one of these stands, in the same cell, item or paragraph.
DETERMINED = (
    "alleged", "attributed", "disputed", "established", "refuted", "under review", "named in", "in the view of",
    "determination", "made good", "breach", "overdue", "not counted",
)  # fmt: skip


def words(text):
    """Return the words of a text: what has a letter or a figure in it."""
    return [word for word in text.split() if re.search(r"\w", word)]


@BOTH
def test_markdown_has_at_most_900_words_before_its_annexes(name):
    """About two pages; `brief` leaves the rest out."""
    text = made(name).to_markdown()
    assert len(words(text.split("\n---\n")[0])) <= 900
    assert made(name).to_markdown(brief=True) == text.split("\n\n---\n")[0] + "\n"


def sentences(text):
    """Return the sentences of a Markdown text, references and figures left out."""
    plain = re.sub(r"\\?\[[^\]]*\]|[`*|]", " ", text)
    for line in plain.splitlines():
        yield from (" ".join(part.split()) for part in re.split(r"[.;:|]\s", line))


@BOTH
@pytest.mark.parametrize("audience", ["mechanism", "public"])
def test_no_sentence_of_more_than_twelve_words_stands_more_than_twice(name, audience):
    """What is to be said once is said once."""
    number = Counter(one for one in sentences(made(name, audience).to_markdown()) if len(words(one)) > 12)
    assert {one: n for one, n in number.items() if n > 2} == {}


class Elements(HTMLParser):
    """The elements of a page that end a thought, each with its text and the labels and links in it."""

    ENDS = frozenset(
        {"li", "p", "tr", "dd", "article", "h2", "h3", "text", "summary", "figcaption", "caption"}
    )

    def __init__(self, html):
        super().__init__()
        self.stack, self.found, self.ids, self.links = [], [], set(), []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        given_ = dict(attrs)
        self.ids.add(given_.get("id"))
        if (href := given_.get("href", "")).startswith("#"):
            self.links.append(href[1:])
        self.found += [
            ("label", value) for key, value in attrs if key in ("aria-label", "title", "alt") and value
        ]
        if tag in self.ENDS:
            self.stack.append((tag, []))

    def handle_endtag(self, tag):
        if tag in self.ENDS and any(tag == one for one, _ in self.stack):
            while self.stack:
                name, text = self.stack.pop()
                self.found.append((name, "".join(text)))
                if name == tag:
                    break

    def handle_data(self, data):
        for _, text in self.stack:
            text.append(data)


@BOTH
@pytest.mark.parametrize("audience", ["mechanism", "public"])
def test_every_link_within_a_page_leads_somewhere(name, audience):
    """To a record, a commitment or a section of the same page."""
    page = Elements(made(name, audience).to_html())
    assert page.links
    assert set(page.links) <= page.ids


def test_no_name_of_an_accused_stands_without_its_determination():
    """In no cell, item, label or title of a page: who is accused of the convoy and the shot is in dispute."""
    html = made("valley").to_html()
    body = html.split('<div class="annexes">')[0]
    body = re.sub(r'<ul class="columns">.*?</ul>', "", body, flags=re.DOTALL)
    said = ((tag, re.sub("“[^”]*”", "", text)) for tag, text in Elements(body).found)  # but for others' words
    told = [(tag, text) for tag, text in said if "River Brigade" in text]
    assert told
    assert [text for _, text in told if not any(word in text for word in DETERMINED)] == []


def figures(text):
    """Return the numbers of a text that are no dates, hours, clauses or ids."""
    text = re.sub(r"\\?\[[^\]]*\]|`[^`]*`", " ", text)
    text = re.sub(
        r"\d+–?\d*(?: [A-Z][a-z]+)? ?–? ?\d* (?:January|February|March|April|May|June|July|August|September|October|November|December)(?: \d{4})?",
        " ",
        text,
    )
    return [int(found.replace(",", "")) for found in re.findall(r"(?<![\d.:–-])\d[\d,]*(?![\d:–-])", text)]


SIDES = ("russia", "turkey", "iran")
PLACES = ("hama", "homs", "idlib", "latakia")


@st.composite
def tallies(draw):
    """Return published counts, each of several hundred, so that no sum of two is a number of days or records."""
    days = st.integers(1, 14)
    given_ = draw(st.lists(st.tuples(days, st.sampled_from(SIDES)), min_size=2, max_size=6, unique=True))
    found, used = [], set()
    for number, (day, side) in enumerate(given_, 1):
        parts = draw(st.dictionaries(st.sampled_from(PLACES), st.integers(301, 9_000), max_size=3))
        total = draw(st.integers(301, 99_000))
        used |= {total, *parts.values()}
        found.append(tally(number, f"2017-05-{day:02d}", total, side=side, parts=parts))
    return found, used


@given(
    published=tallies(),
    audience=st.sampled_from(("mechanism", "author")),
    since=st.sampled_from((None, "2017-05-08")),
)
@settings(max_examples=25)
def test_no_figure_is_in_a_report_that_is_in_no_record(published, audience, since):
    """Neither a sum over sides, places or days nor a mean: all that is large was published."""
    records, stated = published
    told = report(*records, audience=audience, since=since)
    page = told.to_html().split("<body>")[1].split('<section id="annex-texts"')[0]
    shown = re.sub(r"<code.*?</code>|<[^>]*>", " ", page)
    for text in (told.to_markdown().split("\n## B · ")[0], shown):
        large = {n for n in figures(text) if n > 300 and n != 2017}
        assert large <= stated


@given(history=histories(most=5))
@settings(max_examples=15)
def test_nothing_is_told_that_was_not_known(history):
    """A report as known on a day is that on the records of that day."""
    known = [r for r in history.records if r.recorded.us <= 1_491_000_000_000_000]
    assume(len(known) < len(history.records))
    asked = {"relays": True, "since": "2017-03-30", "known_at": "2017-03-31T22:40:00Z"}
    text = cf.report(history.assess("2017-04-10", **asked)).to_markdown()
    late = {r.id for r in history.records} - {r.id for r in known}
    assert not any(rf"\[{one}\]" in text or f"`{one}`" in text for one in late)


def test_the_same_document_is_written_in_every_format():
    """One document; what differs is only how it is written."""
    one, two = cf.report(status("valley")), cf.report(status("valley"))
    assert one.document == two.document
    assert one.to_html() == two.to_html()
