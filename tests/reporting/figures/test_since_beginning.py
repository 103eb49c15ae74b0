"""Every count since the beginning: points on stems, never joined."""

import itertools

import pytest
from drawings import count, counts, event, links, place, read, span, strip, texts, those

from ceasefire.reporting.figures import Medium, Words, since_beginning


def drawn(*strips, days=135, on=None, **more):
    asked = {} if on is None else {"on": on}
    return read(since_beginning(counts(*strips, days=days, **more), **asked))


def test_each_count_is_a_point_on_a_stem_that_leads_to_its_record():
    """Nothing lies between two points: no path joins them."""
    root = drawn(strip("A", count(1, 12), count(50, 24)), since=130)
    points, stems = those(root, "circle", "side1"), those(root, "line", "stem1")
    assert links(root).keys() == {"#r-1", "#r-50"}
    assert [place(one, "cx") for one in points] == [place(one, "x1") for one in stems]
    assert all(one.get("x1") == one.get("x2") for one in stems)
    assert not list(root.iter("path"))


def test_all_sides_have_one_scale():
    """The same figure is the same height on each strip."""
    root = drawn(strip("A", count(1, 20)), strip("B", count(1, 20)), since=130)
    a, b = those(root, "line", "stem1")[0], those(root, "line", "stem2")[0]
    assert int(a.get("y2")) - int(a.get("y1")) == int(b.get("y2")) - int(b.get("y1")) == 56


def test_zero_is_a_dash_and_no_point():
    """A side that stated zero is not one that said nothing."""
    root = drawn(strip("A", count(1, 0), count(2, 3)), since=130)
    assert len(those(root, "circle", "side1")) == 1
    assert len(those(root, "rect", "ink")) == 1
    assert "#r-1" in links(root)


@pytest.mark.parametrize(
    ("most", "lines"),
    [
        (0, ["0", "1"]),
        (3, ["0", "1", "2", "3"]),
        (25, ["0", "10", "20"]),
        (39, ["0", "10", "20", "30"]),
        (1200, ["0", "500", "1000"]),
    ],
)
def test_lines_across_are_at_round_figures(most, lines):
    """10 and 20 where counts are below thirty; never more than three above zero."""
    root = drawn(strip("A", count(1, most)), since=130)
    assert [t for t in texts(root, "muted") if t.isdigit() and len(t) < 5][: len(lines)] == lines


def test_a_line_stands_where_each_month_begins():
    """May to September: lines at four firsts, and the names that have room, with the year."""
    root = drawn(strip("A"), since=130)
    upright = [one for one in those(root, "line", "grid") if one.get("x1") == one.get("x2")]
    assert len(upright) == 5
    assert {"May", "June", "July", "August", "2017"} <= set(texts(root, "muted"))


def test_no_name_of_a_month_lies_on_another():
    """Of a year only those are printed that have room on a phone."""
    root = drawn(strip("A"), days=365, since=360)
    months = [one for one in those(root, "text", "muted") if one.text in Words().months]
    at = sorted((place(one), one.text) for one in months)
    assert all(b - a >= 6 * len(text) / 3.4 for (a, text), (b, _) in itertools.pairwise(at))


def test_a_count_of_several_days_stands_above_the_scale():
    """One week among days; of fifty weeks the words stand in their names only, and none is left out."""
    one = drawn(strip("A", spans=(span(70, 76),)), since=130)
    assert "24 in 7 days" in texts(one, "bold")
    many = drawn(strip("A", spans=tuple(span(n, n + 6) for n in range(1, 350, 7))), days=365, since=360)
    assert len(those(many, "line", "ticks1")) == 50
    assert [t.text for t in many.iter("title")] == ["24 in 7 days"] * 50


def test_the_period_is_shaded_and_events_are_dashed():
    """As on the strips of days."""
    root = drawn(strip("A"), since=130, events=(event(127),))
    assert len(those(root, "rect", "soft")) == 1
    assert len(those(root, "line", "event")) == 1


def test_figures_of_the_scale_have_a_margin_of_their_own():
    """No stem stands on them, in either direction."""
    left = drawn(strip("A", count(1, 1200)), since=130)
    right = drawn(strip("A", count(1, 1200)), since=130, on=Medium(rtl=True))
    assert place(those(left, "circle", "side1")[0], "cx") > 7
    assert place(those(right, "circle", "side1")[0], "cx") < 93
