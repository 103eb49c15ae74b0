"""The line of obligations: what is owed when, what happened, what falls due in 14 and 30 days."""

import itertools
from datetime import timedelta

import pytest
from drawings import at, line, links, mark, place, read, texts, those

from ceasefire.reporting.figures import Medium, Stretch, Track, Words, dates, track, windows
from ceasefire.reporting.figures import mark as icon

KINDS = ("established", "disputed", "alleged", "done", "made-good", "ahead", "passed", "moved")


def row(*marks, owed=(), ends="", label="what happened"):
    return Track(label=label, marks=marks, stretches=owed, ends=ends)


def drawn(of, when=None, **more):
    return read(track(when or line(of), of, **more))


def glyphs(root):
    return those(root, "svg", "glyph")


def test_a_line_begins_nine_days_before_the_period():
    """Or with the first mark, if that is earlier; it ends thirty days after the report's instant."""
    assert line(since=10).start == at(1, 0)
    assert line(row(mark(5, "alleged"))).start == at(1, 0)
    early = line(row(mark(-30, "alleged")))
    assert early.start == at(-30)
    assert early.end == at(18, 23) + timedelta(days=30)


def test_each_mark_leads_to_its_record():
    """With a name, which is also its tip."""
    root = drawn(row(mark(12, "established"), mark(15, "made-good")))
    assert links(root) == {"#r-12": "established 12", "#r-15": "made-good 15"}
    assert [one.text for one in root.iter("title")] == ["established 12", "made-good 15"]


def test_eight_marks_differ_without_colour():
    """By shape, filling or edge: no two are drawn alike in black and white."""
    shapes = {
        kind: [
            (one.tag, one.get("d"), one.get("class")) for one in read(icon(kind)).iter() if one.tag != "all"
        ][1:]
        for kind in KINDS
    }
    assert len({str(shape) for shape in shapes.values()}) == len(KINDS)


@pytest.mark.parametrize(
    ("kind", "classes"),
    [
        ("established", ["mark"]),
        ("disputed", ["hollow", "mark"]),
        ("alleged", ["hollow"]),
        ("done", ["mark", "reverse"]),
        ("made-good", ["hollow", "stroke"]),
        ("ahead", ["hollow"]),
        ("passed", ["mark"]),
        ("moved", ["hollow dotted"]),
    ],
)
def test_full_is_established_and_open_is_not(kind, classes):
    """A breach established is full, half disputed, open alleged; done full, made good open; ahead open, passed full; a moved one dotted."""
    assert [one.get("class") for one in read(icon(kind))[0]] == classes


def test_marks_stand_in_the_order_of_time():
    """The later, the farther along; from right to left, the nearer to the left."""
    given = row(mark(12, "alleged"), mark(20, "ahead"))
    first, second = map(place, glyphs(drawn(given)))
    assert first < second
    mirrored = [place(one) for one in glyphs(drawn(given, on=Medium(rtl=True)))]
    assert mirrored == pytest.approx([100 - first, 100 - second], abs=0.02)


def test_no_mark_hides_another():
    """Three acts on one day stand one below the other, and the track is higher."""
    root = drawn(row(*(mark(12, kind, anchor=f"r{kind}") for kind in ("alleged", "disputed", "established"))))
    assert [one.get("y") for one in glyphs(root)] == ["9", "27", "45"]
    assert root[0].get("height") == "54"
    assert len(links(root)) == 3


def test_what_is_owed_is_a_bar_and_hatched_while_suspended():
    """Owed until the 10th, suspended until the 14th, owed again; nothing while pending."""
    owed = (
        Stretch(start=at(5), end=at(10)),
        Stretch(start=at(10), end=at(14), suspended=True),
        Stretch(start=at(14)),
    )
    root = drawn(row(owed=owed))
    bars, (hatch,) = those(root, "rect", "owed"), those(root, "line", "ticks")
    assert place(bars[0]) > 5
    assert place(bars[0]) + place(bars[0], "width") == pytest.approx(place(hatch, "x1"), abs=0.02)
    assert place(hatch, "x2") == pytest.approx(place(bars[1]), abs=0.02)
    assert place(bars[1]) + place(bars[1], "width") == pytest.approx(98, abs=0.02)


def test_what_was_owed_before_or_will_be_later_has_no_bar():
    """A stretch outside the time shown is not squeezed to its edge."""
    root = drawn(row(owed=(Stretch(start=at(-40), end=at(-20)), Stretch(start=at(80)))))
    assert not those(root, "rect", "owed")


def test_a_mark_outside_the_time_shown_is_left_out():
    """A deadline beyond thirty days is told by words, not by a mark at the edge."""
    assert not glyphs(drawn(row(mark(60, "ahead"))))


def test_the_report_s_instant_and_both_windows_are_on_every_track():
    """A line at the instant, 14 days shaded, then 15 to 30."""
    when = line()
    root = drawn(row(), when)
    (now,) = those(root, "line", "instant")
    soon, later = those(root, "rect", "soft")
    assert place(now, "x1") == place(soon)
    day = 96 / ((when.end - when.start) / timedelta(days=1))
    assert place(soon, "width") == pytest.approx(14 * day, abs=0.4)
    assert place(later, "width") == pytest.approx(16 * day, abs=0.4)


def test_a_term_that_ends_later_is_an_arrow_with_its_date():
    """At the end of the bar; from right to left it points to the left."""
    given = row(owed=(Stretch(start=at(1)),), ends="6 November")
    root, other = drawn(given), drawn(given, on=Medium(rtl=True))
    assert "6 November" in texts(root, "muted")
    arrow, turned = (next(one.get("d") for one in r.iter("path")) for r in (root, other))
    assert " 8 0 " in arrow
    assert "-8 0 " in turned


def test_the_head_names_the_windows_where_they_have_room():
    """In the words of the vocabulary; over a year there is no room on a phone."""
    words = Words(soon="d’ici 14 jours", later="de 15 à 30 jours")
    assert texts(read(windows(line(), words=words)), "muted") == ["d’ici 14 jours", "de 15 à 30 jours"]
    assert not texts(read(windows(line(since=-400))), "muted")


def test_days_are_printed_below_and_none_on_another():
    """First and last, that of the report, and the end of 14 days."""
    assert sorted(texts(read(dates(line())))) == ["1 June", "1 May", "17 June", "18 May"]
    for since in (17, 10, -20, -200, -400):
        root = read(dates(line(since=since)))
        rows = {}
        for one in root.iter("text"):
            wide = 6 * len(one.text) / 3.4
            shift = {"start": 0, "middle": wide / 2, "end": wide}[one.get("text-anchor")]
            rows.setdefault(one.get("y"), []).append((place(one) - shift, place(one) - shift + wide))
        for spans in rows.values():
            spans.sort()
            assert all(a[1] <= b[0] + 1 for a, b in itertools.pairwise(spans))


def test_the_last_days_of_a_long_line_stand_in_the_order_of_time():
    """Over years they have no room beside each other: the report's day is above, the last one below."""
    several = read(dates(line(since=-4000))).iter("text")
    days = [one.text for one in sorted(several, key=lambda one: int(one.get("y")))]
    assert days[-3:] == ["18 May", "1 June", "17 June"]


def test_the_head_and_the_days_are_decoration_for_who_cannot_see_them():
    """Each row says in words what it shows."""
    assert read(windows(line()))[0].get("aria-hidden") == "true"
    assert read(dates(line()))[0].get("aria-hidden") == "true"
    assert drawn(row(label="in words"))[0].get("aria-label") == "in words"
