"""Published counts set side by side: each as it was published, none ever added to another."""

from published import MEMO, answer, tally

import ceasefire as cf
from ceasefire.reporting.document import plain
from ceasefire.reporting.material.ledgers import ledgers
from ceasefire.reporting.material.made import material
from ceasefire.reporting.material.material import Wanted, Window
from ceasefire.reporting.telling.counts import states


def held(*records, since=None):
    """Return the ledgers of some published counts, with the material they come from."""
    status = cf.assess(cf.agreement(MEMO), records, as_of="2017-05-14", since=since, relays=True)
    shown = material(status, Wanted())
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
    assert plain(states("russia", books, None, shown)) == "Russia states 8 and 4 [1] [3]"


def test_zero_not_stated_and_not_reported_are_three_values():
    """A stated zero is a figure; no figure for a place and no bulletin at all are two other things."""
    books, _ = held(tally(1, "2017-05-13", 8, parts={"hama": 8, "idlib": 0}))
    assert cell(books, "russia", "idlib") == ("stated", (0,), ("analyst/1",))
    assert books.cell("russia", "homs").state == "not_stated"
    assert books.cell("turkey", "homs").state == "not_reported"
    assert books.cell("turkey", None).state == "not_reported"


def test_a_figure_of_several_days_says_so():
    """A week among days is named with its period, so that nobody takes 24 for a day's count."""
    books, shown = held(tally(1, {"from": "2017-05-08", "to": "2017-05-14"}, 24), tally(2, "2017-05-13", 8))
    told = plain(states("russia", books, None, shown))
    assert told == "Russia states 8 [2]; 24 for 8–14 May [1]"


def test_many_figures_are_told_from_the_lowest_to_the_highest():
    """Past four, the least and the greatest, each a figure that was published, and on how many days."""
    books, shown = held(*(tally(n, f"2017-05-{n:02d}", n * n) for n in range(1, 11)))
    told = plain(states("russia", books, None, shown))
    assert told == "Russia states 1 to 100 on 10 days [1–10]"


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
    books, _ = held(tally(1, {"from": "2017-05-08", "to": "2017-05-14"}, 24), tally(2, "2017-05-13", 8))
    assert {c.record: c.day("Asia/Damascus") for c in books.wholes} == {
        "analyst/1": None, "analyst/2": "2017-05-13",
    }  # fmt: skip
    assert len(books.days("russia", "Asia/Damascus")) == 7


def test_a_count_of_one_place_is_not_the_whole():
    """A bulletin on Idlib alone says nothing on the whole."""
    books, _ = held(tally(1, "2017-05-13", 8, zone="idlib"))
    assert books.cell("russia", "idlib").figures == (8,)
    assert books.cell("russia", None).state == "not_stated"
