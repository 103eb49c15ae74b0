"""Published counts set side by side: what is added over time, and what never is."""

from stand_in import answer, counts, stand_in, tally

from ceasefire.report.ledgers import Cell, ledgers
from ceasefire.report.material import Window, material


def held(*pairs, **given):
    """Return the ledgers of some published counts, with the material they come from."""
    records, rows = counts(*pairs)
    shown = material(stand_in(records=records, tallies=rows, **given), "mechanism", None)
    return ledgers(shown), shown


def test_a_side_is_added_over_days_and_never_with_the_other():
    """Two bulletins of one side make one figure; the other side has its own."""
    books, _ = held(
        tally(1, "2017-05-13", 8), tally(2, "2017-05-13", 3, side="turkey"), tally(3, "2017-05-14", 4)
    )
    assert books.sides == ("russia", "turkey")
    assert books.cell("russia", None) == Cell("stated", (12,), ("analyst/1", "analyst/3"))
    assert books.cell("turkey", None) == Cell("stated", (3,), ("analyst/2",))


def test_zero_not_stated_and_not_reported_are_three_values():
    """A stated zero is a figure; no figure for a place and no bulletin at all are two other things."""
    books, _ = held(tally(1, "2017-05-13", 8, parts={"hama": 8, "idlib": 0}))
    assert books.cell("russia", "idlib") == Cell("stated", (0,), ("analyst/1",))
    assert books.cell("russia", "homs").state == "not_stated"
    assert books.cell("turkey", "homs").state == "not_reported"
    assert books.cell("turkey", None).state == "not_reported"


def test_overlapping_periods_are_not_added():
    """A week and a day in it count some acts twice: both figures stand, their sum does not."""
    week, week_rows = tally(1, "2017-05-14", 24)
    week_rows = [r | {"from": "2017-05-07T21:00:00Z"} for r in week_rows]
    books, _ = held((week, week_rows), tally(2, "2017-05-13", 8))
    cell = books.cell("russia", None)
    assert (cell.state, sorted(cell.figures)) == ("overlapping", [8, 24])


def test_the_same_figure_written_down_twice_is_one_figure():
    """Two analysts who relay one bulletin do not double it; two that differ cannot be added."""
    books, _ = held(tally(1, "2017-05-13", 8), tally(1, "2017-05-13", 8, by="monitor"))
    assert books.cell("russia", None) == Cell("stated", (8,), ("analyst/1", "monitor/1"))
    books, _ = held(tally(1, "2017-05-13", 8), tally(1, "2017-05-13", 9, by="monitor"))
    assert books.cell("russia", None).state == "overlapping"


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
