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


def test_a_long_assessment_says_how_many_rows_are_left_out(monkeypatch):
    """A notebook stays usable; the report has them all."""
    monkeypatch.setattr("ceasefire.assessment.result.html.MOST", 3)
    shown = Tags(status()._repr_html_())
    assert sum(tag == "tr" for tag, _ in shown.tags) == 1 + 3
    assert "14 more rows." in shown.text


@pytest.mark.parametrize("audience", ["mechanism", "public"])
def test_a_report_shows_for_whom_it_is_and_its_opening(audience):
    """The public one shows nothing that the page would not."""
    shown = Tags(cf.report(status(), audience=audience)._repr_html_()).text
    assert ("For the public" in shown) is (audience == "public")
    assert "One breach is established and made good." in shown
    assert ("[mission/2]" in shown) is (audience == "mechanism")


@pytest.mark.parametrize("hostile", NASTY)
def test_hostile_text_is_only_text_in_a_notebook(hostile):
    """Neither view has an element, attribute or link that a text brought, nor a turn of the line."""
    for view in (reported, assessed):
        made, plain = (view(hostile, "javascript:alert(1)", plain=p)._repr_html_() for p in (False, True))
        assert Tags(made).tags == Tags(plain).tags
        assert not set(made) & set("\u202a\u202b\u202d\u202e\u2066\x00\x1b")


def test_neither_view_has_styles_scripts_ids_or_links():
    """They stand in a page of somebody else's."""
    for html in (status()._repr_html_(), cf.report(status())._repr_html_()):
        tags = Tags(html).tags
        assert {tag for tag, _ in tags} <= {
            "table", "caption", "thead", "tbody", "ul", "li", "tr", "th", "td", "p", "em", "h3",
        }  # fmt: skip
        assert {name for _, attributes in tags for name, _ in attributes} <= {"scope"}
