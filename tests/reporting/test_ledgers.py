"""Published counts set side by side: each as it was published, none ever added to another."""

from attrs import evolve
from ceasefire.reporting.words.counts import figure_words
from stand_in import answer, counts, stand_in, tally

from ceasefire.reporting.material.ledgers import ledgers
from ceasefire.reporting.material.material import Window, material


def held(*pairs, **given):
    """Return the ledgers of some published counts, with the material they come from."""
    records, rows = counts(*pairs)
    shown = material(stand_in(records=records, tallies=rows, **given), "mechanism", None)
    return ledgers(shown), shown


def cell(books, side, zone):
    """Return what a cell says: its state, its figures and their records."""
    found = books.cell(side, zone)
    return found.state, found.figures, tuple(count.record for count in found.counts)


def test_the_figures_of_a_side_stand_one_by_one_in_order_of_time():
    """Two bulletins of one side are two figures; the other side has its own."""
    books, shown = held(
        tally(3, "2017-05-14", 4), tally(2, "2017-05-13", 3, side="turkey"), tally(1, "2017-05-13", 8)
    )
    assert books.sides == ("russia", "turkey")
    assert cell(books, "russia", None) == ("stated", (8, 4), ("analyst/1", "analyst/3"))
    assert cell(books, "turkey", None) == ("stated", (3,), ("analyst/2",))
    assert figure_words(books.cell("russia", None).counts, shown) == "8 (13 May 2017), 4 (14 May 2017)"


def test_zero_not_stated_and_not_reported_are_three_values():
    """A stated zero is a figure; no figure for a place and no bulletin at all are two other things."""
    books, _ = held(tally(1, "2017-05-13", 8, parts={"hama": 8, "idlib": 0}))
    assert cell(books, "russia", "idlib") == ("stated", (0,), ("analyst/1",))
    assert books.cell("russia", "homs").state == "not_stated"
    assert books.cell("turkey", "homs").state == "not_reported"
    assert books.cell("turkey", None).state == "not_reported"


def test_a_figure_of_several_days_says_so():
    """A week among days is named with its period, so that nobody takes 24 for a day's count."""
    week, week_rows = tally(1, "2017-05-14", 24)
    week_rows = [r | {"from": "2017-05-07T21:00:00Z"} for r in week_rows]
    week = evolve(week, period={"from": "2017-05-08", "to": "2017-05-14"})
    books, shown = held((week, week_rows), tally(2, "2017-05-13", 8))
    assert figure_words(books.cell("russia", None).counts, shown) == "8 (13 May 2017); 24 (8–14 May 2017)"


def test_many_figures_are_told_by_how_many_and_from_which_to_which():
    """Past eight, the least, the greatest and the middle one: each a figure that was published."""
    books, shown = held(*(tally(n, f"2017-05-{n:02d}", n * n) for n in range(1, 11)))
    words = figure_words(books.cell("russia", None).counts, shown)
    assert words == "10 figures from 1 to 100 (the middle one 25)"


def test_the_same_figure_written_down_twice_is_one_figure():
    """Two analysts who relay one bulletin do not double it; two that differ both stand."""
    books, _ = held(tally(1, "2017-05-13", 8), tally(1, "2017-05-13", 8, by="monitor"))
    assert books.cell("russia", None).figures == (8,)
    books, _ = held(tally(1, "2017-05-13", 9), tally(1, "2017-05-13", 8, by="monitor"))
    assert books.cell("russia", None).figures == (8, 9)


def test_counts_of_different_units_are_kept_apart():
    """“cases of firing” and “violations” are not set against each other."""
    books, _ = held(tally(1, "2017-05-13", 8), tally(2, "2017-05-14", 4, unit="violations"))
    assert [books.of_kind(kind).cell("russia", None).figures for kind in books.kinds] == [(8,), (4,)]


def test_a_window_holds_only_what_lies_wholly_in_it():
    """A count that began before the period is in neither span; its answers go with it."""
    books, shown = held(
        tally(1, "2017-05-07", 18),
        tally(2, "2017-05-08", 7, side="turkey"),
        answer(3, "analyst/2", 0),
        answer(4, "analyst/1", 1, side="turkey"),
        since="2017-05-08",
    )
    assert shown.period == Window(shown.since, shown.as_of)
    assert [c.record for c in books.within(shown.period).wholes] == ["analyst/2"]
    assert [r.record for r in books.within(shown.period).replies] == ["analyst/3"]
    assert [c.record for c in books.within(shown.previous).wholes] == ["analyst/1"]


def test_a_week_is_no_day():
    """Only a count of one local day can be drawn as a daily one."""
    week, rows = tally(1, "2017-05-14", 24)
    books, _ = held((week, [r | {"from": "2017-05-07T21:00:00Z"} for r in rows]), tally(2, "2017-05-13", 8))
    assert [c.day("Asia/Damascus") for c in books.wholes] == [None, "2017-05-13"]
    assert len(books.days("russia", "Asia/Damascus")) == 7


def test_a_count_of_one_place_is_not_the_whole():
    """A bulletin on Idlib alone says nothing on the whole."""
    books, _ = held(tally(1, "2017-05-13", 8, zone="idlib"))
    assert books.cell("russia", "idlib").figures == (8,)
    assert books.cell("russia", None).state == "not_stated"
