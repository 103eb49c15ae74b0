"""From three agreements and 45 published bulletins to the report: the figures that must come out.

The bulletins are what two sides published (see the README beside them); the figures
are those of the publications. A test may add figures up, to see that an import has
lost nothing. The library never does: no side ever stated such a sum.
"""

import json
import re
from collections import Counter
from datetime import date, timedelta
from functools import cache
from html.parser import HTMLParser
from importlib import resources

import pytest
from attrs import evolve

import ceasefire as cf
from ceasefire.exchange.bulletins import add_tallies, read_bulletins

PATH = resources.files("ceasefire") / "data" / "bulletins" / "syria_bulletins_2016_2018.csv"
CEASEFIRE, STATEMENT, MEMO = "syria-ceasefire-2016", "syria-astana-2017-01-24", "syria-de-escalation-2017"
GENEVA = f"{STATEMENT}/support-geneva-participation"
GROUP, MAPS = f"{MEMO}/form-working-group", f"{MEMO}/complete-maps"
JOINT = "iran+russia+turkey"
#: Larger than any figure of the bulletins, so that a sum or an average of changed counts can be told.
LARGE = 1_000_000


@cache
def instruments():
    """The ceasefire of December 2016, the Joint Statement and the memorandum."""
    return tuple(cf.agreement(name) for name in (CEASEFIRE, STATEMENT, MEMO))


@cache
def bulletins():
    """The records of the shipped bulletins, as an importer makes them."""
    return tuple(read_bulletins(PATH))


@cache
def journal():
    """The same in a journal of the analyst who reads them, each with its number."""
    kept = cf.Journal.in_memory(author="analyst", agreements=instruments())
    add_tallies(bulletins(), kept)
    return kept


@cache
def assessed(as_of, since=None):
    """What the three instruments and the bulletins add up to on a day."""
    return cf.assess(instruments(), journal(), as_of=as_of, since=since, relays=True)


@cache
def markdown(as_of, since=None):
    """The report of that day, as Markdown."""
    return cf.report(assessed(as_of, since)).to_markdown()


def section(text, title):
    """Return what stands under a heading of the second level."""
    return re.split(rf"\n## {re.escape(title)}[^\n]*\n", text, maxsplit=1)[1].split("\n## ", 1)[0]


def line(text, *parts):
    """Return the one line in which all parts stand, without the references to records."""
    found = [line for line in text.splitlines() if all(part in line for part in parts)]
    assert len(found) == 1, f"{len(found)} lines with {parts}"
    return re.sub(r" \\\[analyst/\d+\\\]", "", found[0])


def wholes():
    """Return what the sides state for the whole, by side, and then by the day the count ends on."""
    found = {}
    for row in assessed("2018-12-31").table("tallies"):
        if row["part_of"] is None and row["count"] is not None:
            last = date.fromisoformat(row["until"][:10])
            found.setdefault(row["said_by"], {})[last.isoformat()] = row
    return found


# What was published


def test_45_bulletins_44_of_a_day_and_one_of_a_week():
    """Russia has a count in each of the 45; Turkey in all but that of the first day."""
    lengths = Counter()
    for row in wholes()["russia"].values():
        first, last = (date.fromisoformat(row[end][:10]) for end in ("from", "until"))
        # A day in Damascus begins at 21:00 or 22:00 of the day before in UTC.
        lengths[(last - first).days] += 1
    assert lengths == {1: 44, 7: 1}
    assert set(wholes()["russia"]) - set(wholes()["turkey"]) == {"2016-12-31"}
    assert set(wholes()["turkey"]) < set(wholes()["russia"])


def test_the_stated_totals_come_to_430_and_to_420():
    """Each side by itself, and only here."""
    totals = {side: sum(row["count"] for row in rows.values()) for side, rows in wholes().items()}
    assert totals == {"russia": 430, "turkey": 420}


def test_22_january_2017_russia_2_turkey_12_of_which_russia_confirms_3():
    """Both figures in one line, and what one side says of the other's."""
    text = line(section(markdown("2017-01-22"), "A · Published counts"), "| 22 January |")
    assert "**2**" in text
    assert "**12†**" in text
    assert "Russia: 3 confirmed" in text


@pytest.mark.parametrize(
    ("as_of", "stated", "parts"), [("2017-01-12", 15, 13), ("2017-03-16", 82, 93), ("2017-05-06", 11, 4)]
)
def test_a_total_and_its_parts_that_differ_both_stand_in_the_report(as_of, stated, parts):
    """Neither figure is repaired; at the figure it says so, and among the problems."""
    text = markdown(as_of)
    assert f"**{stated}†**" in section(text, "A · Published counts")
    assert "the published total and its published parts differ; both are kept" in section(
        text, "G · Problems"
    )
    rows = assessed(as_of).table("tallies")
    whole = next(r for r in rows if r["record"] in told_of(as_of, stated) and r["part_of"] is None)
    assert whole["count"] == stated
    assert sum(r["count"] for r in rows if r["part_of"] == whole["record"]) == parts


def told_of(as_of, stated):
    """Return the records of which the problems say that their total, so much, does not add up."""
    return {
        p["record"]
        for p in assessed(as_of).table("problems")
        if p["code"] == "does_not_add_up" and f"total is {stated}," in p["what"]
    }


def test_the_week_of_march_is_a_week():
    """24 and 82 for seven days: in the tables with their period, and in no chart of days."""
    text = markdown("2017-03-16", "2017-03-10")
    assert "24 for 10–16 March" in section(text, "In brief")
    week = line(section(text, "A · Published counts"), "| 10–16 March |")
    assert "**24**" in week
    assert "**82†**" in week
    assert "24 on" not in text, "it is no count of a day"


def test_30_august_2018_27_against_2():
    """Two ledgers of one day, as far apart as they are."""
    text = line(section(markdown("2018-08-30", "2018-08-30"), "A · Published counts"), "| 30 August |")
    assert "**27**" in text
    assert "**2**" in text


def test_zero_not_stated_and_not_reported_are_three_values():
    """23 January 2017: Turkey states 0. 31 December 2016: it published nothing."""
    text = section(markdown("2017-01-23"), "A · Published counts")
    assert "**9**" in line(text, "| 23 January |")
    assert "**0**" in line(text, "| 23 January |")
    assert "| – | – |" in line(text, "| 31 December 2016 |")


# No sum of what sides published


def enlarged():
    """Return the bulletins with counts so large that any sum or average of two of them shows."""
    for number, tally in enumerate(bulletins()):
        if tally.count is None:
            yield evolve(tally, confirmed=0)
            continue
        parts = {zone: 3 * LARGE + 1009 * number + 7 * n for n, (zone, _) in enumerate(tally.by_zone)}
        yield evolve(tally, by_zone=parts, count=2 * LARGE + 1009 * number)


def numbers(text):
    """Return the large numbers in a text; hashes, addresses and times have none.

    Only the problem of parts that do not add up to their total says, in JSON, what they come to.
    """
    bare = re.sub(
        r"`[^`]*`|https?://\S+|[0-9a-f]{32,}|\d{4}-\d\d-\d\dT[\d:.]+Z|its published parts sum to \d+",
        " ",
        text,
    )
    found = (int(number.replace(",", "")) for number in re.findall(r"\d+(?:,\d{3})*", bare))
    return {number for number in found if number >= LARGE}


class Prose(HTMLParser):
    """The text of a page outside style, code and drawings, whose axes have marks of their own."""

    def __init__(self):
        super().__init__()
        self.inside = Counter()
        self.text = []

    def handle_starttag(self, tag, attrs):  # noqa: ARG002 - the parser gives both
        self.inside[tag] += 1

    def handle_endtag(self, tag):
        self.inside[tag] -= 1

    def handle_data(self, data):
        if not any(self.inside[tag] > 0 for tag in ("style", "code", "svg")):
            self.text.append(data)


def whole_numbers(value):
    """Yield every number in a JSON value, those in its texts too."""
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from whole_numbers(inner)
    elif isinstance(value, int):
        yield from {value} if value >= LARGE else ()
    elif isinstance(value, str):
        yield from numbers(value)


@pytest.mark.parametrize("since", [None, "2017-01-01", "2017-05-06"])
@pytest.mark.parametrize("as_of", ["2017-05-14", "2018-12-31"])
def test_no_report_holds_a_figure_that_nobody_published(as_of, since):
    """Not over sides, places or days, not as an average, in Markdown, HTML and JSON alike."""
    records = [*enlarged()]
    published = {t.count for t in records if t.count is not None} | {n for t in records for _, n in t.by_zone}
    made = cf.report(cf.assess(instruments(), records, as_of=as_of, since=since, relays=True))
    prose = Prose()
    prose.feed(made.to_html())
    written = {
        "Markdown": numbers(made.to_markdown()),
        "HTML": numbers(" ".join(prose.text)),
        "JSON": set(whole_numbers(json.loads(made.to_json()))),
    }
    for form, found in written.items():
        assert found, form
        assert found <= published, form


# What it adds up to


def row(as_of, commitment, owed_by):
    """Return a row of the assessment of a day."""
    return assessed(as_of)[commitment, owed_by]


def test_the_working_group_is_due_by_the_end_of_18_may_2017_in_damascus():
    """Two weeks after signature: active on that day, overdue on the next."""
    assert row("2017-05-06", GROUP, JOINT)["due"] == "2017-05-18T20:59:59.999999Z"
    assert row("2017-05-18", GROUP, JOINT)["phase"] == "active"
    assert row("2017-05-18", GROUP, JOINT)["compliance"] == "none_recorded"
    assert row("2017-05-19", GROUP, JOINT)["phase"] == "active"
    assert row("2017-05-19", GROUP, JOINT)["compliance"] == "overdue"
    brief = section(markdown("2017-05-06"), "In brief")
    assert "**Next:** Joint Working Group" in brief
    assert "by the end of 18 May" in brief
    assert "deadline has passed" not in brief
    assert "One deadline has passed" in section(markdown("2017-05-19"), "In brief")


def test_the_maps_are_due_on_4_june_and_overdue_on_the_5th():
    """A date ends with its day."""
    assert row("2017-06-04", MAPS, JOINT)["compliance"] == "none_recorded"
    assert row("2017-06-05", MAPS, JOINT)["compliance"] == "overdue"


def days(first, last):
    """Return the days from one to another."""
    start = date.fromisoformat(first)
    return [
        (start + timedelta(days=n)).isoformat() for n in range((date.fromisoformat(last) - start).days + 1)
    ]


def test_the_support_for_the_geneva_round_is_breached_on_no_day():
    """A call for the round “as of 8 February”: its date is in its content, and it binds nobody."""
    for day in [*days("2017-01-24", "2017-02-12"), "2017-03-31", "2017-12-31", "2018-12-31"]:
        found = [r for r in assessed(day).to_dict()["commitments"] if r["commitment"] == GENEVA]
        assert [r["owed_by"] for r in found] == ["iran", "russia", "turkey"]
        for support in found:
            assert (support["compliance"], support["breaches"], support["due"]) == (None, 0, None)


PUBLISHED = sorted({str(t.id).removeprefix("bulletin-")[:10] for t in bulletins()})


@pytest.mark.parametrize("day", PUBLISHED)
def test_counts_put_no_party_in_breach(day):
    """On the day of each bulletin: no party's row is even alleged; that of nobody in particular is."""
    rows = assessed(day).to_dict()["commitments"]
    assert {r["compliance"] for r in rows if r["owed_by"] is not None} <= {None, "none_recorded", "overdue"}
    assert not any(r["breaches"] or r["open"] for r in rows)
    of_nobody = {r["commitment"]: r["compliance"] for r in rows if r["owed_by"] is None}
    assert of_nobody[f"{CEASEFIRE}/no-attacks"] == "alleged"
    in_force = day >= "2017-05-06"
    assert of_nobody[f"{MEMO}/cease-hostilities"] == ("alleged" if in_force else None)
    text = section(markdown(day), "Commitments")
    assert "not determined" in text
    assert "breach established" not in text


def test_before_any_count_nothing_is_alleged():
    """On 30 December 2016 the ceasefire holds, and nobody has published anything."""
    rows = assessed("2016-12-30").to_dict()["commitments"]
    assert {r["compliance"] for r in rows} == {None, "none_recorded"}
    assert "no published count is recorded" in markdown("2016-12-30")
