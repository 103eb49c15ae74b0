"""Daily counts: what a side published, day by day, and nothing that it did not."""

from datetime import timedelta
from itertools import pairwise

import pytest
from drawings import MAY, count, counts, event, links, place, read, span, strip, texts, those

from ceasefire.reporting.figures import SCREEN, Medium, Words, daily_counts


def drawn(*strips, on=SCREEN, **more):
    return read(daily_counts(counts(*strips, **more), on=on))


def bars(root, side):
    return those(root, "rect", f"side{side}")


def test_each_bar_has_its_figure_and_leads_to_its_record():
    """Two days, two bars, each with its number and its record."""
    root = drawn(strip("A states", count(1, 12), count(2, 14)))
    assert texts(root, "bold", "halo") == ["A states"]
    assert [t for t in texts(root, "bold") if t.isdigit()] == ["12", "14"]
    assert links(root) == {"#r-1": "12 on 2017-05-01", "#r-2": "14 on 2017-05-02"}


def test_all_sides_have_the_same_scale_and_the_same_days():
    """A figure twice as large is a bar twice as tall, whoever states it, above the same day."""
    root = drawn(strip("A", count(1, 20)), strip("B", count(1, 10)), strip("C", count(1, 20)))
    (a,), (b,), (c,) = bars(root, 1), bars(root, 2), bars(root, 3)
    assert int(a.get("height")) == int(c.get("height")) == 2 * int(b.get("height"))
    assert place(a) == place(b) == place(c)
    assert a.get("width") == b.get("width")
    assert int(a.get("y")) < int(b.get("y")) < int(c.get("y"))


def test_bars_are_solid_and_none_is_an_outline():
    """Equal weight: what tells sides apart is colour and name, never a filling."""
    root = drawn(strip("A", count(1, 20)), strip("B", count(1, 10)))
    assert [one.get("class") for side in (1, 2) for one in bars(root, side)] == ["side1", "side2"]


def test_a_fourth_side_has_a_name_and_a_colour_too():
    """Colours come again after three; the name stands on each strip."""
    root = drawn(*(strip(name, count(1, 1)) for name in "ABCD"))
    assert len(bars(root, 1)) == 2
    assert texts(root, "halo") == list("ABCD")


def test_zero_is_a_flat_dash_with_its_figure():
    """A side that states zero has said something: a black dash, 0, and a link."""
    root = drawn(strip("A", count(1, 0), count(2, 5)))
    (dash,) = those(root, "rect", "ink")
    assert dash.get("height") == "2"
    assert "0" in texts(root, "bold")
    assert "#r-1" in links(root)


def test_zeros_only_are_dashes_and_no_division():
    """A strip of zeros has no bar, and the scale is none's."""
    root = drawn(strip("A", *(count(day, 0) for day in range(1, 19))))
    assert not bars(root, 1)
    assert len(those(root, "rect", "ink")) == 18


def test_a_day_without_a_count_is_hatched_and_a_long_run_says_so():
    """Three days without a count are hatched; of four, the words are printed, too."""
    root = drawn(strip("A", count(1, 3), count(5, 3), count(10, 3), count(18, 3)))
    assert len(those(root, "line", "ticks")) == 3
    assert texts(root, "muted").count("no count") == 2


@pytest.mark.parametrize(("run", "said"), [(3, 0), (4, 1)])
def test_four_days_are_a_long_run(run, said):
    """Runs of four or more say “no count”."""
    root = drawn(strip("A", *(count(day, 1) for day in range(1, 19 - run))))
    assert texts(root, "muted").count("no count") == said


def test_a_side_that_published_nothing_is_hatched_all_over():
    """Its name stands, and one run of hatching over all days."""
    root = drawn(strip("A"), strip("B", count(1, 1)))
    assert texts(root, "halo") == ["A", "B"]
    hatch = those(root, "line", "ticks")[0]
    assert place(hatch, "x1") < 1
    assert place(hatch, "x2") > 99


def test_the_period_of_the_report_is_shaded():
    """From its first day to the end."""
    (shade,) = those(drawn(strip("A"), days=18, since=10), "rect", "soft")
    assert (shade.get("x"), shade.get("width")) == ("50%", "50%")


def test_an_event_is_a_dashed_line_where_its_day_begins():
    """With its words above all strips."""
    root = drawn(strip("A"), strip("B"), days=18, events=(event(10),))
    (line,) = those(root, "line", "event")
    assert line.get("x1") == line.get("x2") == "50%"
    assert "6 May: in force" in texts(root, "muted")


def test_an_event_of_another_time_is_left_out():
    """What happened before the first day has no line at the edge."""
    root = drawn(strip("A"), events=(event(-3), event(40)))
    assert not those(root, "line", "event")


def test_a_count_of_several_days_is_hatched_outside_the_scale():
    """A week's 24 is no bar, moves no other bar, and its days are not said to be without a count."""
    root = drawn(strip("A", count(1, 12), spans=(span(3, 9),)))
    (week,) = those(root, "line", "ticks1")
    assert (place(week, "x1"), place(week, "x2")) == (
        pytest.approx(100 * 2 / 18, abs=0.5),
        pytest.approx(50, abs=0.5),
    )
    assert "24 in 7 days" in texts(root, "bold")
    assert links(root)["#r-s"] == "24 in 7 days"
    (bar,) = bars(root, 1)
    assert int(bar.get("height")) == 40
    assert int(week.get("y1")) < int(bar.get("y"))
    assert len(those(root, "line", "ticks")) == 2


def test_a_count_of_days_partly_shown_is_drawn_as_far_as_they_are():
    """A week that began before the first day begins at the edge; one that is over is left out."""
    root = drawn(strip("A", spans=(span(-3, 3), span(-20, -14))))
    (week,) = those(root, "line", "ticks1")
    assert place(week, "x1") < 1


def test_two_counts_of_one_day_are_two_thin_bars():
    """A side that published twice has said both; neither hides the other."""
    root = drawn(strip("A", count(3, 8), count(3, 4, anchor="r-other"), count(5, 8)))
    first, second, single = bars(root, 1)
    assert place(first) + float(first.get("width")[:-1]) <= place(second)
    assert float(first.get("width")[:-1]) < float(single.get("width")[:-1]) / 2 + 0.1
    assert {"#r-3", "#r-other"} <= links(root).keys()


def test_no_figure_lies_on_another():
    """Five counts of one day, alike or not, have their figures one above the other."""
    root = drawn(
        strip("A", *(count(3, value, anchor=f"r{n}") for n, value in enumerate((12, 12, 11, 13, 120))))
    )
    heights = sorted(
        int(one.get("y")) for one in those(root, "text", "bold", "ink") if "halo" not in one.get("class")
    )
    assert len(heights) == 5
    assert all(b - a >= 11 for a, b in pairwise(heights))


def test_figures_that_have_no_room_side_by_side_are_turned():
    """31 days of three digits have no room on a phone: each figure is turned, none is left out."""
    root = drawn(strip("A", *(count(day, 100 + day) for day in range(1, 32))), days=31)
    turned = [one for one in root.iter("text") if one.get("transform") == "rotate(-90)"]
    assert ["".join(one.itertext()) for one in turned] == [str(100 + day) for day in range(1, 32)]


def test_31_days_are_strips_and_32_are_weeks():
    """From 32 days on, bars would be too thin: a calendar has rows of weeks."""
    assert those(drawn(strip("A", count(1, 5)), days=31), "line", "axis")
    assert not those(drawn(strip("A", count(1, 5)), days=32), "line", "axis")


def test_days_are_numbered_and_months_named_once():
    """As many days as have room; the month below its first day shown."""
    root = drawn(strip("A"), days=31)
    numbers = [int(t) for t in texts(root, "muted") if t.isdigit()]
    assert numbers[0] == 1
    assert texts(root, "muted").count("May") == 1
    across = [
        float(one.get("x")[:-1]) for one in those(root, "text", "muted") if "".join(one.itertext()).isdigit()
    ]
    assert all(b - a >= 4 for a, b in pairwise(across))


@pytest.mark.parametrize("days", [1, 2, 7, 18, 31])
def test_every_length_has_all_its_counts(days):
    """A day, a week, a month: as many bars as counts, within the width."""
    root = drawn(strip("A", *(count(day, day) for day in range(1, days + 1))), days=days, since=1)
    found = bars(root, 1)
    assert len(found) == days
    assert all(0 <= place(one) <= place(one) + float(one.get("width")[:-1]) <= 100 for one in found)


def test_a_count_outside_the_days_shown_is_not_drawn():
    """And does not set the scale."""
    root = drawn(strip("A", count(1, 5), count(40, 500)))
    (bar,) = bars(root, 1)
    assert bar.get("height") == "40"


def test_from_right_to_left_time_runs_from_the_right():
    """What stands a tenth from the left stands a tenth from the right; the name begins at the right edge."""
    given = (strip("A", count(1, 5)),)
    left, right = drawn(*given), drawn(*given, on=Medium(rtl=True))
    (one,), (other,) = bars(left, 1), bars(right, 1)
    assert place(one) + float(one.get("width")[:-1]) + place(other) == pytest.approx(100, abs=0.02)
    name = those(right, "text", "halo")[0]
    assert (name.get("x"), name.get("text-anchor"), right[0].get("direction")) == ("100%", "start", "rtl")


def test_on_paper_a_name_from_right_to_left_ends_at_the_right_edge():
    """Renderers for paper know no direction, so the anchor is turned round."""
    root = drawn(strip("A"), on=Medium(width=300, rtl=True))
    name = next(one for one in root.iter("text") if "".join(one.itertext()) == "A")
    assert (name.get("x"), name.get("text-anchor")) == ("400", "end")


def test_words_are_those_of_the_vocabulary():
    """No English is left where another language is given."""
    words = Words(no_count="aucun décompte", months=tuple(f"ay{n}" for n in range(1, 13)))
    root = read(daily_counts(counts(strip("A")), words=words))
    assert "aucun décompte" in texts(root, "muted")
    assert "ay5" in texts(root, "muted")


def test_a_long_name_is_wrapped_and_never_cut():
    """200 characters, with blanks or without, are all there, in lines that a phone holds."""
    for name in ("Government of the Uplands and " * 7, "w" * 200):
        root = drawn(strip(name.strip(), count(1, 1)))
        lines = texts(root, "halo")
        assert "".join(lines).replace(" ", "") == name.replace(" ", "")
        assert all(len(line) <= 50 for line in lines)


def weeks(*strips, days=60, **more):
    return drawn(*strips, days=days, **more)


def test_a_calendar_has_a_cell_with_the_figure_of_each_count():
    """Every count of a year has its figure and its link; nothing is added up."""
    year = [count(day, day % 40) for day in range(1, 366)]
    root = weeks(strip("A", *year), days=365)
    assert [t for t in texts(root, "bold") if t.isdigit()] == [str(one.value) for one in year]
    assert len(links(root)) == 365


def test_a_calendar_hatches_days_without_a_count():
    """And only those."""
    root = weeks(strip("A", count(1, 5), count(2, 0)), days=32)
    assert len(those(root, "line", "ticks")) == 30
    assert len(those(root, "rect", "ink")) == 1


def test_a_week_stands_in_one_row_from_monday_to_sunday():
    """1 May 2017 is a Monday: 1 and 7 in a row, 8 below 1."""
    root = weeks(strip("A", count(1, 1), count(7, 7), count(8, 8)))
    at = {"".join(one.itertext()): one for one in those(root, "text", "bold", "ink")}
    assert at["1"].get("y") == at["7"].get("y")
    assert at["1"].get("x") == at["8"].get("x")
    assert place(at["7"]) > place(at["1"])


def test_two_counts_of_one_day_stand_one_below_the_other_in_a_calendar():
    """Both figures, in one cell."""
    root = weeks(strip("A", count(3, 8), count(3, 4, anchor="r-other")))
    one, other = (t for t in those(root, "text", "bold", "ink") if "".join(t.itertext()) in ("8", "4"))
    assert one.get("x") == other.get("x")
    assert int(other.get("y")) - int(one.get("y")) == 16


def test_a_count_of_several_days_lies_below_its_cells_in_a_calendar():
    """Its words once, under the week that holds most of its days; the days are not hatched as empty."""
    root = weeks(strip("A", spans=(span(5, 11),)), days=32, since=1)
    assert len(those(root, "line", "ticks1")) == 2
    assert texts(root, "bold").count("24 in 7 days") == 1
    assert len(those(root, "line", "ticks")) == 32 - 7


def test_a_calendar_shades_the_period_and_marks_events():
    """Each day of the period, and a dashed line where the day of an event begins."""
    root = weeks(strip("A"), days=40, since=31, events=(event(31, "31 May: in force"),))
    assert len(those(root, "rect", "soft")) == 10
    assert len(those(root, "line", "event")) == 1
    assert "31 May: in force" in texts(root, "muted")


def test_sides_that_have_no_room_beside_each_other_stand_below():
    """Two of two digits are side by side on a phone; of four digits they are not."""
    near = weeks(strip("A", count(1, 10)), strip("B", count(1, 20)))
    far = weeks(strip("A", count(1, 1000)), strip("B", count(1, 2000)))
    assert len({one.get("y") for one in those(near, "text", "halo") or those(near, "text", "bold")[:2]}) == 1
    rows = [one.get("y") for one in those(far, "text", "bold") if "".join(one.itertext()) in "AB"]
    assert len(set(rows)) == 2


def test_a_year_that_ends_says_which_it_was():
    """Months are named with their year."""
    root = weeks(strip("A"), days=(MAY + timedelta(300) - MAY).days)
    assert {"May 2017", "January 2018"} <= set(texts(root, "muted"))


def test_on_paper_arabic_words_bear_their_direction():
    """“18 أيار” has its figure at the right, though a renderer for paper begins every line at the left."""
    words = Words(no_count="لا عدد")
    for on, kept in ((Medium(width=300, rtl=True), True), (Medium(rtl=True), False)):
        root = read(daily_counts(counts(strip("A")), on=on, words=words))
        (said,) = ("".join(one.itertext()) for one in root.iter("text") if "عدد" in "".join(one.itertext()))
        assert said.strip("\u2067\u2069") == "لا عدد"
        assert ("\u2067" in said) is kept


def test_months_before_the_period_without_a_count_are_not_drawn():
    """A calendar begins with the first count before the period, else with the period."""
    none = weeks(strip("A", count(35, 7)), days=40, since=31)
    one = weeks(strip("A", count(5, 3), count(35, 7)), days=40, since=31)
    assert len(those(none, "line", "ticks")) == 10 - 1
    assert len(those(one, "line", "ticks")) == 36 - 2
