"""What each section of a report says for given lists."""

import courts
import pytest
from attrs import evolve
from stand_in import MEMO, answer, counts, incident, row, rows_of, stand_in, tally

import pen
from ceasefire.assessment import assess
from ceasefire.clock import instant, iso, occurrence
from ceasefire.instruments import agreement
from ceasefire.record import Absent, Decision, Event, Membership, Performance, Response
from ceasefire.reporting import report
from ceasefire.times_in_words import occurrence_words, window_words

HOSTILITIES = f"{MEMO}/cease-hostilities"
GROUP = f"{MEMO}/form-working-group"


def written(*agreements, audience="mechanism", **given):
    """Return the Markdown of a report on these lists."""
    return report(stand_in(*agreements, **given), audience=audience).to_markdown()


def section(text, title):
    """Return what stands under a heading of the second level."""
    return text.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def line(text, *parts):
    """Return the one line in which all parts stand."""
    found = [found for found in text.splitlines() if all(part in found for part in parts)]
    assert len(found) == 1, f"{len(found)} lines with {parts}"
    return found[0]


def two_sides(**given):
    pairs = (
        tally(1, "2017-05-06", 15, parts={"hama": 15}),
        tally(2, "2017-05-06", 11, side="turkey", parts={"damascus": 4}),
        answer(3, "analyst/2", 0),
        tally(4, "2017-05-13", 8, parts={"hama": 2, "idlib": 0}),
        tally(5, "2017-05-13", 3, side="turkey", parts={"idlib": 3}),
        answer(6, "analyst/5", 1, not_confirmed=1, not_covered=1),
        tally(7, "2017-05-14", 2, side="turkey"),
    )
    records, rows = counts(*pairs)
    return {"records": records, "tallies": rows, "since": "2017-05-08"} | given


def test_the_head_gives_the_cut_off_in_utc_and_in_local_time():
    """A reader sees the instant, the local time beside it, the zone, the period and the audience."""
    head = section(written(since="2017-05-08"), "About this report")
    assert "**14 May 2017, 23:59:59** in Asia/Damascus; `2017-05-14T20:59:59Z`" in head
    assert "**8–14 May 2017** (2017-05-07T21:00:00Z to 2017-05-14T20:59:59Z)" in head
    assert "1–7 May 2017" in head
    assert "UTC+03:00" in head
    assert "shown, not counted as the position" in head


def test_relays_are_named_in_the_head_when_they_count():
    """Whether a relayed statement counts changes the answer, so it is printed."""
    status = evolve(stand_in(), relays=True)
    assert "**Relayed statements:** counted" in report(status).to_markdown()


@pytest.mark.parametrize("audience", ["mechanism", "public", "author"])
def test_every_report_says_that_others_may_see_more(audience):
    """The sentence stands whether or not anything was held back: its absence would tell."""
    sentence = "Records that are not released to this audience are not part of this report"
    assert sentence in written(audience=audience)


def test_without_counts_nothing_is_claimed():
    """No count is no statement that nothing happened."""
    brief = section(written(since="2017-05-08"), "In brief")
    assert "no published count is recorded. That does not say that nothing happened." in brief
    assert "Nothing recorded is not the same as nothing done." in brief


def test_the_period_stands_beside_the_one_before():
    """Each side has two columns: before, and this period; zero, not stated and not reported differ."""
    text = section(written(**two_sides()), "This period beside the one before")
    assert line(text, "| Place |").count("1–7 May 2017") == 2
    assert line(text, "| The whole") == (
        "| The whole, as stated | 15 (6 May) | 8 (13 May) | 11 (6 May) | 3 (13 May), 2 (14 May) |"
    )
    assert (
        line(text, "| Idlib |") == "| Idlib | not stated | 0 (13 May) | not stated | 3 (13 May), – (14 May) |"
    )
    assert line(text, "| Days with") == "| Days with a published count | 1 of 7 | 1 of 7 | 1 of 7 | 2 of 7 |"
    assert "| 5 |" not in text, "3 and 2 are of two days"


def test_a_side_without_a_bulletin_is_not_a_side_that_states_zero():
    """The dash stands for a span in which a side published nothing."""
    pairs = (tally(1, "2017-05-06", 15), tally(2, "2017-05-13", 0, side="turkey"))
    records, rows = counts(*pairs)
    text = written(records=records, tallies=rows, since="2017-05-08")
    assert line(text, "| The whole") == "| The whole, as stated | 15 (6 May) | – | – | 0 (13 May) |"


def test_the_ledgers_stand_side_by_side():
    """One row a day: what each states, what the other confirms; how far apart they are nobody has stated."""
    text = section(written(**two_sides()), "Ledgers side by side")
    assert line(text, "| 6 May 2017 |") == (
        r"| 6 May 2017 | 15 \[analyst/1\] | no answer recorded | 11 \[analyst/2\] | Russian Federation: 0 of 11 "
        r"confirmed \[analyst/3\] |"
    )
    assert "1 of 3 confirmed, 1 not confirmed, 1 not covered by the agreement" in line(text, "| 13 May")
    assert line(text, "| 14 May 2017 |").endswith("| no answer recorded |")
    assert "Difference" not in text
    assert "more |" not in text
    assert "No answer of Republic of Turkey to the counts of Russian Federation is recorded." in text


def test_a_count_that_is_answered_twice_is_one_count_that_was_answered():
    """Two answers of one side to one count: both stand beside it, and one count of one has been answered."""
    pairs = (tally(1, "2017-05-13", 8), answer(2, "analyst/1", 2, side="turkey"))
    records, rows = counts(*pairs, answer(3, "analyst/1", 3, side="turkey"))
    text = section(written(records=records, tallies=rows), "Ledgers side by side")
    assert "Republic of Turkey has answered 1 of 1 count of Russian Federation." in text
    shown = line(text, "| 13 May 2017 |")
    assert "2 of 8 confirmed" in shown
    assert "3 of 8 confirmed" in shown


@pytest.mark.parametrize("audience", ["mechanism", "public", "author"])
@pytest.mark.parametrize("form", ["markdown", "html", "json"])
def test_an_answer_to_what_is_no_count_here_stops_no_report(audience, form):
    """An answer to an answer, and to a count that is not held, is told among the answers."""
    pairs = (tally(1, "2017-05-13", 8, release="public"), answer(2, "analyst/1", 2, side="turkey"))
    pairs = (*pairs, answer(3, "analyst/2", 1, release="public"), answer(4, "desk/9", 1, release="public"))
    records, rows = counts(*pairs)
    made = report(stand_in(records=records, tallies=rows), audience=audience)
    assert getattr(made, f"to_{form}")()
    told = section(made.to_markdown(), "Published counts and their sources")
    assert r"\[analyst/2\]" in line(told, "| `analyst/3` |")
    assert r"\[desk/9\]" in line(told, "| `analyst/4` |")


def by_place_only(**given):
    """Return a count of Russia by place, without a total, beside one of Turkey for the same day."""
    records, rows = counts(
        tally(1, "2017-05-13", None, parts={"hama": 3, "idlib": 1}),
        tally(2, "2017-05-13", 2, side="turkey"),
        answer(3, "analyst/1", 2, side="turkey"),
    )
    return {"records": records, "tallies": rows} | given


def test_a_count_by_place_only_is_a_published_count_without_a_total():
    """Its figures stand by place, its total is not stated, and its parts are never added up to one."""
    text = written(**by_place_only(since="2017-05-08"))
    periods = section(text, "This period beside the one before")
    assert (
        line(periods, "| Days with") == "| Days with a published count | 0 of 7 | 1 of 7 | 0 of 7 | 1 of 7 |"
    )
    assert line(periods, "| The whole") == "| The whole, as stated | – | not stated | – | 2 (13 May) |"
    assert line(periods, "| Hama |") == "| Hama | – | 3 (13 May) | – | not stated |"
    beside = line(section(text, "Ledgers side by side"), "| 13 May 2017 |")
    assert r"| not stated; by place: Hama 3, Idlib 1 \[analyst/1\] |" in beside
    assert r"| Republic of Turkey: 2 confirmed \[analyst/3\] |" in beside
    assert "- Russian Federation – 6 of 7: 8–12 May 2017; 14 May 2017" in text
    published = section(text, "Published counts and their sources")
    assert "| not stated | Hama 3, Idlib 1 |" in line(published, "| `analyst/1` |")
    assert "no published count is recorded" not in text


def test_a_count_by_place_only_stands_alone_too():
    """Where nobody states a total, the report says so, for each audience and without a period."""
    records, rows = counts(tally(1, "2017-05-13", None, parts={"hama": 3, "idlib": 1}, release="public"))
    for audience in ("mechanism", "public", "author"):
        text = written(records=records, tallies=rows, audience=audience)
        assert "not stated; by place: Hama 3, Idlib 1" in section(text, "Ledgers side by side")
        assert line(text, "| Idlib |") == "| Idlib | 1 (13 May 2017) |"
        assert "no published count is recorded" not in text


def of_one_day(*zones, period="2017-05-13"):
    """Return counts of one stated day, each read in a time zone: of Russia, then of Turkey."""
    pairs = []
    for number, (side, zone) in enumerate(zip(("russia", "turkey"), zones, strict=False), 1):
        record, rows = tally(number, period, 9 - number, side=side, timezone=zone)
        start, end = (iso(us) for us in record.period.bounds(zone or "Asia/Damascus"))
        pairs.append((record, [r | {"from": start, "until": end} for r in rows]))
    records, rows = counts(*pairs)
    return {"records": records, "tallies": rows}


@pytest.mark.parametrize(
    ("zones", "label"),
    [
        ((None, None), "13 May 2017"),
        (("Asia/Damascus", None), "13 May 2017"),
        (("Europe/Samara", None), "13 May 2017 (Russian Federation: Europe/Samara time)"),
        (("Europe/Samara", "Europe/Samara"), "13 May 2017 (Europe/Samara time)"),
        (
            ("Europe/Samara", "Europe/Istanbul"),
            "13 May 2017 (Russian Federation: Europe/Samara time; Republic of Turkey: Europe/Istanbul time)",
        ),
    ],
)
def test_a_stated_day_is_one_day_in_whichever_time_zone_it_is_read(zones, label):
    """Counts for one stated day meet in one row; a zone that is not the report's stands beside the date."""
    text = written(**of_one_day(*zones), since="2017-05-08")
    beside = line(section(text, "Ledgers side by side"), "| 13 May 2017")
    assert beside.startswith(f"| {label} | 8 ")
    periods = section(text, "This period beside the one before")
    assert (
        line(periods, "| Days with") == "| Days with a published count | 0 of 7 | 1 of 7 | 0 of 7 | 1 of 7 |"
    )
    assert "- Russian Federation – 6 of 7: 8–12 May 2017; 14 May 2017" in text


def test_instants_are_read_in_the_time_zone_of_the_report():
    """A record's own time zone is for its dates: a span of instants is the same one for everybody."""
    span = {"from": "2017-05-13T00:00:00+03:00", "to": "2017-05-14T00:00:00+03:00"}
    one, rows = tally(1, "2017-05-13", 8, timezone="Europe/Samara")
    records, both = counts((evolve(one, period=span), rows), tally(2, "2017-05-13", 3, side="turkey"))
    text = section(written(records=records, tallies=both), "Ledgers side by side")
    assert "Samara" not in text
    assert r"| 8 \[analyst/1\] | 3 \[analyst/2\] |" in text


def test_the_same_figure_for_one_stated_day_is_one_figure_in_whichever_zone():
    """Two who relay one bulletin, one of them naming the time zone of its dates, relay one figure."""
    given = of_one_day("Europe/Samara")
    records, rows = counts(tally(2, "2017-05-13", 8, by="monitor"))
    text = written(records=[*given["records"], *records], tallies=[*given["tallies"], *rows])
    assert line(text, "| The whole") == "| The whole, as stated | 8 (13 May 2017) |"


def test_a_date_read_elsewhere_stands_with_its_time_zone():
    """10 May in Vladivostok ends on 10 May at 17:00 in Damascus: the date says where it is read."""
    where = {"timezone": "Asia/Vladivostok", "act": "access.aid-blocked"}
    record, claim = incident(1, **where)
    text = written(records=[record], claims=[claim])
    told = "| 13 May 2017 (Asia/Vladivostok time) |"
    assert told in section(text, "Claims")
    assert told in section(text, "Access denied and days without data")
    plain, claim = incident(1, timezone="Asia/Damascus")
    assert "| 13 May 2017 |" in section(written(records=[plain], claims=[claim]), "Claims")


@pytest.mark.parametrize(
    ("occurred", "told"),
    [
        ("2017-05", "May 2017 (Asia/Vladivostok time)"),
        ({"from": "2017-05-12", "to": "2017-05-13"}, "12–13 May 2017 (Asia/Vladivostok time)"),
        ({"from": "2017-04-30", "to": "2017-05-13"}, "30 April – 13 May 2017 (Asia/Vladivostok time)"),
        ({"from": "2017-05-12"}, "from 12 May 2017 (Asia/Vladivostok time), going on"),
        (
            {"from": "2017-05-12", "to": "2017-05-13T12:00:00+03:00"},
            "12 May 2017 (Asia/Vladivostok time) to 13 May 2017, 12:00 (2017-05-13T09:00:00Z)",
        ),
        ("2017-05-13T12:00:00+10:00", "13 May 2017, 05:00 (2017-05-13T02:00:00Z)"),
    ],
)
def test_each_form_of_date_names_the_time_zone_it_is_read_in_once(occurred, told):
    """A day, a month, a span, one that goes on; an instant is the same everywhere."""
    assert occurrence_words(occurrence(occurred), "Asia/Damascus", "Asia/Vladivostok") == told
    assert "time" not in occurrence_words(occurrence(occurred), "Asia/Vladivostok", "Asia/Vladivostok")


def over_the_change_of_clocks():
    """Return counts of March 2017: in Damascus 31 March has 23 hours, so four days with it have 95."""
    records, rows = [], []
    for number, day in enumerate(("2017-03-24", "2017-03-25", "2017-03-28"), 1):
        record, several = tally(number, day, 20 + number)
        start, end = (iso(us) for us in record.period.bounds("Asia/Damascus"))
        records.append(record)
        rows += [r | {"from": start, "until": end} for r in several]
    return {"records": records, "tallies": rows, "as_of": "2017-03-31", "since": "2017-03-28"}


def test_a_span_that_begins_within_a_day_is_printed_with_its_hour():
    """The span before is of equal length: 95 hours before midnight it was one o'clock."""
    text = written(**over_the_change_of_clocks())
    assert "the span of equal length before it, 01:00 on 24 March 2017 to 27 March 2017" in text
    periods = section(text, "This period beside the one before")
    assert "before, 01:00 on 24 March 2017 to 27 March 2017" in line(periods, "| Place |")
    assert line(periods, "| Days with") == (
        "| Days with a published count | 1 of 4 (24 March 2017 only in part) | 1 of 4 |"
    )
    assert line(periods, "| The whole") == "| The whole, as stated | 22 (25 March) | 23 (28 March) |"


def test_a_count_that_lies_only_partly_in_a_span_is_told():
    """It stands in no column, and does not vanish: the note says so, also where there is no column."""
    told = "A count that lies only partly in a span stands in no column: Russian Federation, "
    text = section(written(**over_the_change_of_clocks()), "This period beside the one before")
    assert told + r"24 March 2017: 21 \[analyst/1\]." in text
    week, rows = tally(1, "2017-05-14", None, parts={"hama": 3})
    week = evolve(week, period={"from": "2017-05-05", "to": "2017-05-11"})
    rows = [r | {"from": "2017-05-04T21:00:00Z", "until": "2017-05-11T20:59:59.999999Z"} for r in rows]
    text = written(records=[week], tallies=rows, since="2017-05-08")
    assert "no published count lies wholly within it." in section(text, "In brief")
    text = section(text, "This period beside the one before")
    assert told + r"5–11 May 2017: by place only \[analyst/1\]." in text
    assert "| Place |" not in text
    assert "stands in no column" not in written(**two_sides())


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("2017-05-08T00:00:00+03:00", "2017-05-14T23:59:59.999999+03:00", "8–14 May 2017"),
        ("2017-05-08T00:00:00+03:00", "2017-05-08T23:59:59.999999+03:00", "8 May 2017"),
        ("2017-05-08T00:00:00+03:00", "2017-05-14T15:00:00+03:00", "8 May 2017 to 15:00 on 14 May 2017"),
        ("2017-05-08T06:30:15+03:00", "2017-05-14T05:59:59.999999+03:00",
         "06:30:15 on 8 May 2017 to 06:00 on 14 May 2017"),
        # The clocks skip from 00:00 to 01:00 as 31 March 2017 begins in Damascus.
        ("2017-03-31T01:00:00+03:00", "2017-03-31T23:59:59.999999+03:00", "31 March 2017"),
    ],
)  # fmt: skip
def test_a_window_is_told_in_whole_days_only_where_it_has_them(first, last, told):
    """A day is whole from its first microsecond to its last, also where its first hour is skipped."""
    assert window_words(instant(first).us, instant(last).us, "Asia/Damascus") == told


def drawn(*pairs):
    """Return what the chart of some counts says, and the notes below it."""
    records, rows = counts(*pairs)
    text = section(written(records=records, tallies=rows), "Ledgers side by side")
    return line(text, "*Chart"), text


def test_a_day_without_a_mark_has_no_published_count_where_all_are_drawn():
    """Where nothing is left out of the drawing, its words say the most."""
    chart, _ = drawn(tally(1, "2017-05-13", 8), tally(2, "2017-05-14", 9))
    assert "Russian Federation: 2 days with a count, from 8 on 13 May 2017 to 9 on 14 May 2017." in chart
    assert chart.endswith("For days without a mark no count is recorded.*")


def test_a_day_with_two_figures_of_a_side_is_told_below_the_chart():
    """Neither is the one to draw; no sentence says that there is none."""
    chart, text = drawn(tally(1, "2017-05-13", 5), tally(2, "2017-05-14", 5), tally(3, "2017-05-14", 7))
    assert "Russian Federation: one day with a mark, 5 on 13 May 2017. For days without a mark no" in chart
    assert chart.endswith("no count of that day alone for the whole, or more than one figure, is recorded.*")
    assert (
        "Days for which a side has more than one figure stand in the table and are not drawn: "
        "Russian Federation, 14 May 2017."
    ) in text


def test_a_side_that_publishes_for_a_place_only_is_told_below_the_chart():
    """A count of Idlib alone, or by place without a total, is no count of the whole, and it is one."""
    chart, text = drawn(
        tally(1, "2017-05-13", 5),
        tally(2, "2017-05-14", 3, side="turkey", zone="idlib"),
        tally(3, "2017-05-14", None, side="iran", parts={"hama": 2}),
    )
    assert chart.endswith("For days without a mark no count of that day alone for the whole is recorded.*")
    assert (
        "Counts for one place, or by place without a total, stand in the tables and are not drawn: those of "
        "Islamic Republic of Iran and Republic of Turkey."
    ) in text


def test_more_sides_than_can_be_told_apart_are_not_drawn():
    """A drawing in which two sides look alike would be a false one; the table has them all."""
    several = [tally(n, "2017-05-13", n, side=f"side-{n}") for n in range(1, 18)]
    records, rows = counts(*several[:16])
    assert "*Chart" in written(records=records, tallies=rows)
    records, rows = counts(*several)
    text = section(written(records=records, tallies=rows), "Ledgers side by side")
    assert "*Chart" not in text
    assert "Not drawn: no chart could tell the marks of 17 sides apart." in text
    assert r"| 13 May 2017 | 1 \[analyst/1\] |" in text


def test_counts_outside_the_two_spans_are_kept_apart():
    """What lies before the earlier span, or across its bound, is listed, but not set beside it."""
    pairs = (tally(1, "2017-03-01", 10), tally(2, "2017-05-13", 8))
    records, rows = counts(*pairs)
    text = section(written(records=records, tallies=rows, since="2017-05-08"), "Ledgers side by side")
    main, rest = text.split("#### Other published counts until the date of this report (1)")
    assert "1 March 2017" in rest
    assert "1 March 2017" not in main


def test_totals_that_do_not_add_up_are_told_at_their_figure():
    """Both published figures stay, wherever the total is told; the report repairs nothing."""
    what = "analyst/4: the published total is 8, its published parts sum to 2; both are kept"
    problem = row("problems", record="analyst/4", code="does_not_add_up", what=what)
    text = written(**two_sides(problems=[problem]))
    shown = "the published total is 8, its published parts sum to 2; both are kept"
    assert "8 (13 May; its published parts sum to 2)" in section(text, "In brief")
    assert "8 (13 May; its published parts sum to 2)" in section(text, "This period beside the one before")
    assert r"8; its published parts sum to 2 \[analyst/4\]" in section(text, "Ledgers side by side")
    assert shown in section(text, "Problems in the data")


def test_a_row_without_records_is_never_called_compliant():
    """Silence proves nothing: the words are “no breach recorded”, with how many records were looked at."""
    text = written(commitments=rows_of(agreement(MEMO)), **two_sides())
    assert "no breach recorded (7 records looked at)" in section(text, "Commitments")
    assert "compliant" not in text.lower()


@pytest.mark.parametrize(
    ("commitment", "given", "words"),
    [
        ("third-party-forces", {}, "a permission: it can be used, not breached"),
        ("cease-hostilities", {"phase": "pending", "compliance": None}, "not yet started: nothing is owed"),
        ("cease-hostilities", {"phase": "released", "compliance": None}, "never started: nothing was owed"),
        ("cease-hostilities", {"compliance": "disputed", "open": 2}, "*disputed* (2 claims open)"),
        (
            "cease-hostilities",
            {"compliance": "overdue"},
            "*past its date, nothing recorded*",
        ),
        ("cease-hostilities", {"compliance": "remedied", "breaches": 1}, "*made good*; 1 breach"),
        (
            "cease-hostilities",
            {"compliance": "breached", "breaches": 2, "ongoing": True},
            "; 2 breaches, going on",
        ),
    ],
)
def test_compliance_is_told_in_words(commitment, given, words):
    """Each compliance, and each reason for having none, has its own words."""
    rows = [r for r in rows_of(agreement(MEMO)) if r["commitment"] == f"{MEMO}/{commitment}"]
    text = written(commitments=[r | given for r in rows])
    assert words in section(text, "Commitments")


def moved(record, claim, effect):
    """Return a row of the cease-fire's bearer, and what an incident does to it."""
    why = row("reasons", commitment=HOSTILITIES, owed_by="syrian-government", record=record.id, at=claim["from"],
              effect=effect, code="open", why="")  # fmt: skip
    return record, claim, why


def test_beside_an_established_breach_its_open_allegations_are_told():
    """One does not hide the other: who alleges it, and how many claims are open."""
    several = (
        moved(*incident(1, determination="established", attributed_to=["syrian-government"]), "breach"),
        moved(*incident(2, by="turkey", accused=("syrian-government",)), "alleged"),
        moved(*incident(3, by="iran", accused=("syrian-government",), determination="disputed"), "disputed"),
    )
    for compliance, first in (("breached", "*breach established*"), ("remedied", "*made good*")):
        rows = [
            r
            | (
                {"compliance": compliance, "breaches": 1, "open": 2}
                if r["owed_by"] == "syrian-government"
                else {}
            )
            for r in rows_of(agreement(MEMO))
            if r["commitment"] == HOSTILITIES
        ]
        records, claims, reasons = zip(*several, strict=True)
        text = written(records=records, claims=list(claims), reasons=list(reasons), commitments=rows)
        told = line(section(text, "Commitments"), "| Government of the Syrian Arab Republic")
        assert first in told
        assert "; not determined: disputed, alleged by Republic of Turkey (2 claims open) |" in told


@pytest.mark.parametrize(
    ("effect", "said"),
    [
        ("alleged", "*overdue: not done, as Republic of Turkey says*"),
        ("not_counted", "*past its date, no established performance recorded*"),
        (None, "*past its date, nothing recorded*"),
    ],
)
def test_overdue_is_said_where_somebody_says_that_it_was_not_done(effect, said):
    """Else all that is known is that the date has passed; the public is told the same in each case."""
    record, claim = incident(1, by="turkey", act="omission", accused=("syrian-government",), release="public")
    reasons = [] if effect is None else [moved(record, claim, effect)[2]]
    rows = [r | {"compliance": "overdue"} for r in rows_of(agreement(MEMO)) if r["commitment"] == HOSTILITIES]
    given = {"records": [record], "claims": [claim], "reasons": reasons, "commitments": rows}
    assert said in line(section(written(**given), "Commitments"), "| Government of the Syrian Arab Republic")
    public = section(written(**given, audience="public"), "Commitments")
    assert "*past its date, no established performance released to the public*" in public
    assert "overdue: not done" not in public


def test_a_call_is_said_to_bind_nobody():
    """The Geneva support of 8 February is a call: never breached, never overdue."""
    text = agreement("syria-astana-2017-01-24")
    shown = written(text, "syria-ceasefire-2016", commitments=rows_of(text))
    assert "a call: it binds nobody, so it is never breached or overdue" in shown


def test_a_row_that_hangs_on_a_rule_not_applied_yet_says_so():
    """An answer that cannot be given yet is not given."""
    rows = [r | {"compliance": None} for r in rows_of(agreement(MEMO)) if r["commitment"] == HOSTILITIES]
    problem = row("problems", code="not_yet", what=f"{HOSTILITIES}: conditions are not applied yet")
    text = written(commitments=rows, problems=[problem])
    assert "not assessed: it hangs on a rule that this version does not apply yet" in text


def test_the_standing_of_each_bearer_is_printed():
    """Who signed, who accepted and who was only named stands beside each bearer, or that it is not stated."""
    text = section(written(commitments=rows_of(agreement(MEMO))), "Commitments")
    assert "| Government of the Syrian Arab Republic | accepted, did not sign |" in text
    assert "| signatory |" in text
    assert "| Joint Working Group on De-escalation | standing not stated |" in text
    assert "Iran (implied)" in text


def test_a_published_count_alleges_and_names_nobody():
    """On the row of nobody the words say that counts allege it, and that nothing is determined."""
    rows = rows_of(agreement(MEMO))
    for found in rows:
        if found["commitment"] == HOSTILITIES and found["owed_by"] is None:
            found["compliance"] = "alleged"
    reason = row(
        "reasons", commitment=HOSTILITIES, record="analyst/5", at="2017-05-13T20:59:59Z", effect="alleged",
        code="by_tally", why="analyst/5: is alleged, and not settled – a published count above zero.",
    )  # fmt: skip
    text = section(written(**two_sides(commitments=rows, reasons=[reason])), "Commitments")
    found = line(text, "| Nobody in particular |", "alleged")
    assert "*alleged* by 1 published count above zero, not determined" in found
    assert r"\[analyst/5\]" in found
    assert "is alleged, and not settled – a published count above zero. `by_tally`" in text


def test_what_is_due_next_comes_in_order():
    """Deadlines after the date of the report stand with the nearest first, past ones do not."""
    made = report(assess(agreement(MEMO), [], as_of="2017-05-14"))
    due = section(made.to_markdown(), "Cases and what is due next")
    assert due.index("end of 18 May 2017 (2017-05-18T20:59:59Z)") < due.index("end of 4 June 2017")
    sides = "Islamic Republic of Iran, Russian Federation and Republic of Turkey"
    next_due = f"Next due: “Joint Working Group” (clause 6), owed by {sides}, by the end of 18 May 2017"
    assert next_due in section(made.to_markdown(), "In brief")
    later = report(assess(agreement(MEMO), [], as_of="2017-07-01")).to_markdown()
    assert "4 June 2017 (" not in section(later, "Cases and what is due next")


def test_days_without_a_count_are_listed_by_side():
    """Which days of the period a side left out stands for each side by itself."""
    text = section(written(**two_sides()), "Access denied and days without data")
    assert "- Russian Federation – 6 of 7: 8–12 May 2017; 14 May 2017" in text
    assert "- Republic of Turkey – 5 of 7: 8–12 May 2017" in text
    assert "No denial of access is recorded in the period." in text


def test_denials_of_access_have_a_table_of_their_own():
    """Access denied is listed apart, with who is named and the determination beside the name."""
    record, claim = incident(
        3, by="turkey", accused=("syrian-government",), act="access.aid-blocked", zone="homs"
    )
    text = section(
        written(records=[record], claims=[claim], since="2017-05-08"), "Access denied and days without data"
    )
    assert (
        "| Aid blocked | Homs | Government of the Syrian Arab Republic (alleged by Republic of Turkey) |"
        in text
    )


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Ahrar al-Sham (alleged by Russian Federation)"),
        ({"determination": "under_review"}, "Ahrar al-Sham (alleged by Russian Federation; under review)"),
        (
            {"determination": "established", "attributed_to": ["ahrar-al-sham"]},
            "Ahrar al-Sham (attributed, determination of the Trilateral mechanism of Iran, Russia and Turkey)",
        ),
        (
            {"determination": "established"},
            "Ahrar al-Sham (alleged by Russian Federation; act established, not decided by whom)",
        ),
        (
            {"determination": "refuted"},
            "Ahrar al-Sham (alleged by Russian Federation; refuted, determination of the Trilateral mechanism",
        ),
        ({"accused": ()}, "nobody named"),
    ],
)
def test_no_name_stands_without_its_determination(given, words):
    """Everyone named for an act is named with whose allegation or determination it is."""
    record, claim = incident(1, **given)
    text = written(records=[record], claims=[claim])
    assert words in section(text, "Claims")
    assert text.count("Ahrar al-Sham") == text.count("Ahrar al-Sham (")


def test_positions_show_dissent():
    """Each member's answer stands by itself; where counted members differ, it is marked."""
    record, claim = incident(1, determination="disputed")
    given = [
        row("positions", record="russia/1", agreement=claim["agreement"], mechanism="trilateral",
            member="turkey", question="outcome", answer="refuted", finding="turkey/4"),
        row("positions", record="russia/1", agreement=claim["agreement"], mechanism="trilateral",
            member="russia", question="outcome", answer="confirmed"),
        row("positions", record="russia/1", agreement=claim["agreement"], mechanism="trilateral",
            member="russia", question="attributed_to", answer="ahrar-al-sham"),
    ]  # fmt: skip
    text = written(records=[record], claims=[claim], positions=given)
    shown = section(text, "Positions of each member, and dissent")
    assert (
        r"| whether it took place | *differ* | Republic of Turkey: refuted \[turkey/4\]; "
        r"Russian Federation: confirmed \[russia/1\] | – |"
    ) in shown
    assert r"| by whom | – | Ahrar al-Sham (in the view of Russian Federation) \[russia/1\] | – |" in shown


def test_cases_and_responses_are_told():
    """An open case shows who has still to answer what; a response its due date and whether it was met."""
    record, claim = incident(1)
    inquiry = pen.response(9, "turkey", recorded="2017-05-14T08:00:00Z", to="russia/1", step="inquiry")
    text = written(
        records=[record, inquiry],
        claims=[claim],
        cases=[row("cases", record="russia/1", open=True, awaiting=["turkey: outcome", "iran: severity"])],
        responses=[
            row("responses", record="turkey/9", to="russia/1", step="inquiry", by="turkey", addressee="russia",
                due="2017-05-20T20:59:59.999999Z", state="open"),
        ],
    )  # fmt: skip
    shown = section(text, "Cases and what is due next")
    assert "whether it took place: Republic of Turkey; how gravely: Islamic Republic of Iran |" in shown
    found = line(shown, "| inquiry | Republic of Turkey to Russian Federation | end of 20 May 2017")
    assert found.endswith("(2017-05-20T20:59:59Z): open | – |")


def test_the_reply_of_the_accused_stands_in_full():
    """Whoever is accused is heard in its own words, beside the claim it answers."""
    record, claim = incident(1)
    said = "We did not fire. " * 20
    reply = pen.response(9, "turkey", recorded="2017-05-14T08:00:00Z", to="russia/1", step="reply", text=said)
    given = row("responses", record="turkey/9", to="russia/1", step="reply", by="turkey", state="open")
    shown = section(
        written(records=[record, reply], claims=[claim], responses=[given]), "Cases and what is due next"
    )
    assert said.strip() in line(shown, "| reply | Republic of Turkey |")


def test_a_case_that_only_waits_to_be_closed_is_told_apart():
    """Where all have answered, nobody is asked for anything."""
    record, claim = incident(1, determination="established", attributed_to=["ahrar-al-sham"])
    shown = written(records=[record], claims=[claim], cases=[row("cases", record="russia/1", open=True)])
    assert r"Decided, with no closing by those who must recorded: \[russia/1\]." in shown
    assert "Still to answer" not in shown


def test_appraisals_are_opinions_with_a_name():
    """How far a duty was carried out stands as somebody's view, beside the others'."""
    view = pen.appraisal(
        9,
        "analyst",
        recorded="2017-05-14T21:00:00Z",
        commitment=GROUP,
        owed_by="iran",
        period={"from": "2017-05-06", "to": "2017-05-14"},
        grade="minimal",
    )
    given = row(
        "appraisals", record="analyst/9", commitment=GROUP, owed_by="iran", from_="2017-05-05T21:00:00Z",
        until="2017-05-14T20:59:59.999999Z", by="analyst", grade="minimal",
    )  # fmt: skip
    assert "| analyst | minimal |" in section(written(records=[view], appraisals=[given]), "Appraisals")


def test_unverified_marks_and_notes_are_printed():
    """What comes from general knowledge is marked, and the notes of the text are there to be read."""
    text = written(
        "syria-ceasefire-2016",
        "syria-astana-2017-01-24",
        commitments=rows_of(agreement("syria-ceasefire-2016")),
    )
    assert "**Annex II: Russia's guarantee** *unverified*" in text
    assert "Passive in the text" in written(commitments=rows_of(agreement(MEMO)))


def test_several_dates_of_entry_into_force_are_all_shown():
    """Where text, announcement and practice differ, the report keeps them all."""
    shown = section(written(), "Agreements and their state")
    for label in ("Effective date, text", "Effective date, announced", "Effective date, observed"):
        assert label in shown
    assert "6 months, renewal tacit, unless a member objects before the end" in shown


def test_how_it_was_made_lets_anyone_make_it_again():
    """The rules, the time zone rules, the digests, the heads and the command stand at the end."""
    made = section(written(since="2017-05-08"), "How this report was made")
    assert "tzdata 2026b" in made
    assert dict(agreement(MEMO).digests)[MEMO] in made
    assert "f" * 64 in made
    assert (
        f"`ceasefire report {MEMO} --journal JOURNAL --as-of 2017-05-14T20:59:59.999999Z "
        "--since 2017-05-07T21:00:00Z`"
    ) in made


def test_sections_without_content_are_left_out():
    """A report on an empty record has no claims, positions, appraisals or problems to show."""
    text = written()
    for title in ("Claims", "Positions", "Appraisals", "Problems", "Ledgers", "This period"):
        assert f"\n## {title}" not in text


def test_commitments_on_which_nothing_is_recorded_are_folded_away():
    """A reader sees first what is alleged, overdue or due; the rest is there, in a part to open."""
    rows = rows_of(agreement(MEMO))
    for found in rows:
        if found["commitment"] == GROUP:
            found["due"] = "2017-05-18T20:59:59.999999Z"
    text = section(written(commitments=rows), "Commitments")
    shown, folded = text.split("##### Commitments without a deadline, on which nothing is recorded (16)")
    assert "6: Joint Working Group" in shown
    assert "2(a): Hostilities cease" in folded
    assert "2(a): Hostilities cease" not in shown


def test_since_when_a_phase_holds_is_told_where_it_is_not_since_the_beginning():
    """Most commitments are active since entry into force: that is said once, not in each row."""
    state = row("agreements", agreement=MEMO, state="in_force", from_="2017-05-05T21:00:00Z")
    rows = [r for r in rows_of(agreement(MEMO)) if r["commitment"] == GROUP]
    text = section(written(commitments=rows, agreements=[state]), "Commitments")
    assert "| active | no breach recorded" in text
    later = [r | {"phase": "fulfilled", "phase_from": "2017-05-09T21:00:00Z"} for r in rows]
    text = section(written(commitments=later, agreements=[state]), "Commitments")
    assert "| *fulfilled* since 10 May 2017, 00:00 (2017-05-09T21:00:00Z) |" in text


def test_reasons_leave_out_what_the_text_alone_says():
    """That a commitment became active on its day needs no line; that a deadline passed does."""
    started = row(
        "reasons",
        commitment=GROUP,
        owed_by="iran+russia+turkey",
        at="2017-05-05T21:00:00Z",
        effect="started",
        code="by_date",
        why="The commitment became active – the text gives the date.",
    )
    passed = row(
        "reasons",
        commitment=GROUP,
        owed_by="iran+russia+turkey",
        at="2017-05-18T21:00:00Z",
        effect="deadline_passed",
        code="by_deadline",
        why="What was owed was not done in time.",
    )
    rows = [r for r in rows_of(agreement(MEMO)) if r["commitment"] == GROUP]  # fmt: skip
    text = written(commitments=rows, reasons=[started, passed])
    assert "Reasons, row by row (1)" in text
    assert "the text gives the date" not in text


def test_a_duty_of_influence_shows_whose_conduct_it_is_about():
    """Beside Russia's guarantee stand those who owe what it guarantees."""
    text = agreement("syria-ceasefire-2016")
    shown = written(text, commitments=rows_of(text))
    assert "to ensure: Annex I, 1: No attacks (owed by Government of the Syrian Arab Republic" in shown


CLAIM = {"by": "russia", "id": "russia/1", "recorded": "2017-05-14T06:00:00Z"}


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (
            Performance(**CLAIM, commitment=GROUP, performer="iran", occurred="2017-05-10"),
            "Islamic Republic of Iran did what “Joint Working Group” (clause 6) asks",
        ),
        (
            Event(**CLAIM, name="astana-meeting", occurred="2017-05-10", took_part=("iran", "turkey")),
            "Event: astana-meeting; took part: Islamic Republic of Iran and Republic of Turkey",
        ),
        (
            Decision(**CLAIM, does="postpone", commitment=GROUP, occurred="2017-05-10", until="2017-06-01"),
            "Decision: postpone – 6: Joint Working Group, until 1 June 2017",
        ),
        (
            Decision(**CLAIM, does="suspend", agreement=MEMO, occurred="2017-05-10"),
            "Decision: suspend – Memorandum on the creation of de-escalation areas",
        ),
        (
            Membership(**CLAIM, actor="ahrar-al-sham", group="armed-opposition", occurred="2017-05-10"),
            "Ahrar al-Sham joins Armed opposition groups in the ceasefire",
        ),
        (
            Membership(**CLAIM, actor="ahrar-al-sham", role="designated", joins=False, occurred="2017-05-10"),
            "Ahrar al-Sham gives up the role “designated”",
        ),
        (
            Membership(**CLAIM, actor="ahrar-al-sham", agreement=MEMO, occurred="2017-05-10"),
            "Ahrar al-Sham accedes to Memorandum on the creation",
        ),
        (Response(**CLAIM, to=GROUP, step="remedy"), "Remedy for 6: Joint Working Group"),
    ],
)
def test_each_kind_of_claim_is_told_in_a_few_words(record, words):
    """No field names, no ids where there is a name."""
    claim = row(
        "claims", record="russia/1", kind=record.kind, by="russia", said_by="russia", agreement=MEMO,
        from_="2017-05-09T21:00:00Z", mechanism="trilateral", determination="alleged", counts_as="russia/1",
    )  # fmt: skip
    assert words in line(section(written(records=[record], claims=[claim]), "Claims"), "| `russia/1` |")


def test_a_row_says_where_records_that_may_matter_are_not_here():
    """“No breach recorded” would say too much where what a record says is withheld or erased."""
    rows = [r for r in rows_of(agreement(MEMO)) if r["commitment"] == GROUP]
    gone = Absent(by="russia", id="russia/4", was="incident", recorded="2017-05-10T00:00:00Z")
    reason = row(
        "reasons", commitment=GROUP, owed_by="iran+russia+turkey", record="russia/4", at="2017-05-10T00:00:00Z",
        effect="not_counted", code="withheld", why="russia/4: does not count here.",
    )  # fmt: skip
    told = "no breach recorded (1 record looked at); records that may matter here are withheld or erased"
    assert told in section(written(commitments=rows, records=[gone], reasons=[reason]), "Commitments")
    assert told not in section(written(commitments=rows, records=[gone]), "Commitments")


WITHDRAW = {"id": "withdraw", "title": "Weapons leave the ridge", "summary": "They leave.", "owed_by": ["xx"]}
WITHDRAW |= {"duty": "achieve", "due": "2017-05-10"}


def test_a_record_may_name_a_commitment_by_its_short_id_and_the_report_tells_its_title():
    """In claims, responses and positions; where two agreements use the id, the id stays as it was written."""
    given = (
        ("performance", "russia", {"commitment": "withdraw", "performer": "xx", "occurred": "2017-05-09"}),
        ("decision", "russia", {"does": "release", "commitment": "withdraw", "occurred": "2017-05-09"}),
        (
            "response",
            "russia",
            {"to": "withdraw", "owed_by": "xx", "step": "demand", "occurred": "2017-05-09"},
        ),
        courts.attack("russia"),
        courts.finds("turkey", "russia/4", commitments=["no-attacks"]),
        courts.finds("iran", "russia/4", ground="accident"),
    )
    one = courts.accord("acc", more=[WITHDRAW])
    text = courts.report_on((one,), *given).to_markdown()
    claims = section(text, "Claims")
    assert "XX did what “Weapons leave the ridge” asks" in claims
    assert "Decision: release – Weapons leave the ridge" in claims
    assert "| Weapons leave the ridge | demand |" in section(text, "Cases and what is due next")
    shown = section(text, "Positions of each member, and dissent")
    assert r"IRAN: accident \[iran/1\]; TURKEY: No attacks \[turkey/1\]" in line(
        shown, "| under what it falls |"
    )
    both = (one, courts.accord("bcc", more=[WITHDRAW | {"title": "They also leave"}]))
    text = courts.report_on(both, given[2]).to_markdown()
    assert "| withdraw | demand |" in section(text, "Cases and what is due next")


def test_the_one_member_that_decides_is_told_by_name():
    """A rule names a member by its id; a reader is told its name."""
    given = courts.accord("acc", rule="member:russia")
    text = section(courts.report_on((given,)).to_markdown(), "Agreements and their state")
    assert "members RUSSIA, TURKEY and IRAN, deciding as RUSSIA decides" in text
