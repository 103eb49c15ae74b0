"""What a notebook shows of an assessment and of a report: small, in words, and only text."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from hostile import NASTY, assessed, reported

import ceasefire as cf

VALLEY = Path(__file__).parents[2] / "examples" / "valley"


def status():
    """Return the assessment of the invented history."""
    records = cf.read_records(VALLEY / "records.jsonl")
    return cf.assess(cf.agreement(VALLEY / "accord.toml"), records, as_of="2031-03-28", since="2031-03-20")


class Tags(HTMLParser):
    """The elements of a fragment with their attributes, and its text."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, tuple(attrs)))

    def handle_data(self, data):
        self.text += data


def test_an_assessment_shows_its_rows_with_names_and_in_words():
    """Never a bare code, and never more than is known."""
    shown = Tags(status()._repr_html_()).text
    assert "Accord on a ceasefire in the Lower Valley, as of end of 28 March 2031" in shown
    assert "1: No attacksValley Frontactivewhat was breached or overdue was made good" in shown
    assert "no breach recorded (35 records looked at)" in shown
    assert "none_recorded" not in shown
    assert "compliant" not in shown


@pytest.mark.parametrize("audience", ["mechanism", "public"])
def test_a_report_shows_for_whom_it_is_and_its_opening(audience):
    """The public one shows nothing that the page would not."""
    shown = Tags(cf.report(status(), audience=audience)._repr_html_()).text
    assert ("For the public" in shown) is (audience == "public")
    assert "One breach is established and made good." in shown
    assert ("[mission/2]" in shown) is (audience == "mechanism")


@pytest.mark.parametrize("hostile", NASTY)
def test_hostile_text_is_only_text_in_a_notebook(hostile):
    """No view has an element, attribute or link that a text brought, nor a turn of the line."""

    def claim(*given, **asked):
        return assessed(*given, **asked).claim("ant/1")

    def row(*given, **asked):
        return assessed(*given, **asked)["c1", "north"]

    def text(*given, **asked):
        return assessed(*given, **asked).agreements[0]

    for view in (reported, assessed, claim, row, text):
        made, plain = (view(hostile, "javascript:alert(1)", plain=p)._repr_html_() for p in (False, True))
        assert Tags(made).tags == Tags(plain).tags
        assert not set(made) & set("\u202a\u202b\u202d\u202e\u2066\x00\x1b")


def test_whom_a_claim_names_stands_with_its_determination():
    """A cell is copied alone."""
    shown = Tags(status().claim("alder/3")._repr_html_()).text
    assert "river-brigade (established)" in shown


def test_of_silence_a_row_says_no_more_than_that():
    """Never that a commitment is kept, nor a bare code."""
    quiet = next(r for r in status().table("commitments") if r["compliance"] == "none_recorded")
    shown = Tags(status()[quiet["commitment"], quiet["owed_by"]]._repr_html_()).text
    assert "complianceno breach in the records looked at" in shown


def test_an_agreement_shows_its_commitments_with_who_owes_them():
    """In the order of the text."""
    shown = Tags(cf.agreement(VALLEY / "accord.toml")._repr_html_()).text
    assert "1No attacksrefrainGovernment of the Uplands, Valley Front" in shown


def test_no_view_has_styles_scripts_ids_or_links():
    """They stand in a page of somebody else's, and take its colours, light or dark."""
    known = status()
    views = (
        known, cf.report(known), known.claim("alder/3"), known["no-attacks", "uplands"], known.agreements[0],
    )  # fmt: skip
    for html in (view._repr_html_() for view in views):
        tags = Tags(html).tags
        assert {tag for tag, _ in tags} <= {
            "table", "caption", "thead", "tbody", "ul", "li", "tr", "th", "td", "p", "em", "h3",
        }  # fmt: skip
        assert {name for _, attributes in tags for name, _ in attributes} <= {"scope"}
