"""The HTML page without a browser: what is missing is told, and the chart is a drawing and nothing else."""

import sys
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from ceasefire.reporting.formats.chart import COLOURS, MOST_SIDES, draw
from hostile import NASTY
from stand_in import counts, stand_in, tally

from ceasefire.errors import MissingExtra
from ceasefire.reporting import report
from ceasefire.reporting.document import Chart, Series

SVG = "{http://www.w3.org/2000/svg}"


def chart(*series, **given):
    """Return a chart of series, each a name with pairs of a day and a count."""
    told = {"title": "Daily counts", "description": "What is to be seen.", "unit": "cases"} | given
    return Chart(series=tuple(Series(name=name, points=points) for name, points in series), **told)


def two_counts():
    """Return a report on two counts of one day."""
    records, rows = counts(tally(1, "2017-05-13", 8), tally(2, "2017-05-13", 3, side="turkey"))
    return report(stand_in(records=records, tallies=rows, since="2017-05-08"))


def parsed(svg):
    """Return a drawing as XML, its elements in the name space of SVG."""
    named = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return ET.fromstring(named)  # noqa: S314 - drawn by our own code a moment ago


@pytest.mark.parametrize("missing", ["altair", "vl_convert"])
def test_without_what_draws_the_chart_the_table_stands_alone_and_says_so(monkeypatch, missing):
    """The page is there with every figure, and a sentence that names the extra."""
    monkeypatch.setitem(sys.modules, missing, None)
    page = two_counts().to_html()
    assert "<svg" not in page
    assert "it needs the extra “report” (pip install &#39;ceasefire[report]&#39;)" in page or (
        "it needs the extra “report” (pip install 'ceasefire[report]')" in page
    )
    assert "What each side states for the same period" in page


def test_without_jinja_the_extra_is_named_and_markdown_still_works(monkeypatch):
    """HTML needs the extra; the other formats need nothing."""
    made = two_counts()
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(MissingExtra, match=r"ceasefire\[report\]"):
        made.to_html()
    assert made.to_markdown().startswith("# ")
    assert made.to_json().startswith("{")


def test_the_page_stands_by_itself():
    """One file: a content policy, its own style, no address to load anything from."""
    page = two_counts().to_html()
    assert page.count("<style>") == 1
    assert "default-src 'none'" in page
    for word in ("<script", "@import", "url(", "src=", "<link"):
        assert word not in page


def test_a_mark_for_each_count_and_a_line_between_those_of_one_day():
    """Two sides on one day: two marks of different shape, and the line that joins them."""
    drawing = draw(chart(("Russia", (("2017-05-13", 8),)), ("Turkey", (("2017-05-13", 3),))), 1)
    alone = draw(chart(("Russia", (("2017-05-13", 8),))), 1)
    assert drawing.count("<path") > alone.count("<path")
    assert "Russia" in drawing
    assert "Turkey" in drawing


def test_the_drawing_has_only_what_a_drawing_needs():
    """Elements and attributes are those of shapes and words: no style, script, link or address."""
    root = parsed(draw(chart(("Russia", (("2017-05-13", 8), ("2017-05-14", 0)))), 3))
    names = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert names <= {"svg", "title", "desc", "g", "path", "line", "rect", "text", "tspan", "circle"}
    assert not any(
        "href" in key or key in ("style", "class", "id") or key.startswith("on")
        for element in root.iter()
        if element.tag not in (f"{SVG}svg", f"{SVG}title", f"{SVG}desc")
        for key in element.attrib
    )
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "chart-3-title chart-3-desc"


@pytest.mark.parametrize("hostile", NASTY)
def test_a_name_in_the_chart_is_a_name(hostile):
    """Whatever a side, a unit or a title is called, the drawing has the same elements."""
    points = (("2017-05-13", 8),)
    plain = parsed(draw(chart(("side", points), title="t", description="d", unit="u"), 1))
    drawn = parsed(draw(chart((hostile, points), title=hostile, description=hostile, unit=hostile), 1))
    tags = {element.tag for element in plain.iter()}
    assert {element.tag for element in drawn.iter()} <= tags | {f"{SVG}tspan"}
    for element in drawn.iter():
        assert not any("javascript" in value or "url(" in value for value in element.attrib.values())


@pytest.mark.parametrize("days", [1, 2, 30, 121, 800])
def test_a_chart_of_any_length_is_drawn_and_always_the_same(days):
    """From one day to years: never more than a few marks on the axis, and the same bytes each time."""
    first = date(2016, 12, 31)
    points = tuple(((first + timedelta(days=n)).isoformat(), n % 9) for n in range(days))
    one, two = (draw(chart(("Russia", points)), 1) for _ in range(2))
    assert one == two
    labels = [t.text for t in parsed(one).iter(f"{SVG}text") if t.text and t.text[:1].isalnum()]
    dates = [
        label for label in labels if any(month in label for month in ("Jan", "Dec", "May", "Jul", "Oct"))
    ]
    assert 1 <= len(dates) <= 12


def marks(drawing):
    """Return the marks of a drawing without their colour: each its outline, and whether it is filled."""
    paths = [p for p in parsed(drawing).iter(f"{SVG}path") if p.get("stroke") in COLOURS]
    return [(path.get("d"), path.get("fill") in COLOURS) for path in paths]


@pytest.mark.parametrize("number", [1, 2, 5, 9, MOST_SIDES])
def test_many_sides_are_told_apart(number):
    """Each ledger has its name, and a mark of its own in the drawing and beside its name, without colour."""
    sides = [(f"Side {n}.", (("2017-05-13", n),)) for n in range(number)]
    drawing = draw(chart(*sides), 1)
    assert all(f"Side {n}." in drawing for n in range(number))
    found = marks(drawing)
    assert len(set(found[:number])) == number
    assert len(set(found[number:])) == number
    assert len(found) == 2 * number


def test_equal_counts_of_two_sides_both_show():
    """Of two neighbours one is filled and the other hollow, also where the shapes begin again."""
    drawing = draw(chart(*((f"Side {n}", (("2017-05-13", 3),)) for n in range(MOST_SIDES))), 1)
    filled = [full for _, full in marks(drawing)[:MOST_SIDES]]
    assert sorted(filled) == [False] * 8 + [True] * 8
    assert filled[:4] == [True, False, True, False]
