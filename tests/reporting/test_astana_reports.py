"""The reports of `make astana`: what the bulletins and the record add up to on five days, by codes and figures."""

import re
import sys
from pathlib import Path

import pytest

import ceasefire as cf

sys.path.insert(0, str(Path(__file__).parents[2] / "docs"))

import recorded

MAKEFILE = (Path(__file__).parents[2] / "Makefile").read_text(encoding="utf-8")
STATEMENT, MEMO, SOCHI = "syria-astana-2017-01-24", "syria-de-escalation-2017", "syria-sochi-2018"
THREE, TWO = "iran+russia+turkey", "russia+turkey"
ASKED, status = recorded.ASKED, recorded.asked


def row(day, commitment, owed_by):
    """A row of that day: its phase, its compliance, and how many open claims there are."""
    found = status(day)[commitment, owed_by]
    return found.phase, found.compliance, found.open


def said(day, commitment):
    """Who says something of a commitment, with the day."""
    known = {record.id: record for record in cf.shipped_records("syria-astana")}
    several = [r for r in status(day).lists.responses if r.to == commitment]
    return [(str(known[r.record].occurred), r.by) for r in several]


def claim(day, record):
    """What is determined of a record on a day, in the agreement that is last in the list."""
    return status(day).claim(record, ASKED[day][0][-1])


@pytest.mark.parametrize("day", ASKED)
def test_make_astana_asks_what_is_tested_here(day):
    """The same period, day and knowledge; another question would have other answers."""
    since = ASKED[day][1]
    assert f"--since {since} --as-of {day} --known-at {day}" in MAKEFILE
    assert f'--out "$(OUT)/astana-{day}.html"' in MAKEFILE


def test_the_week_of_the_first_meeting():
    """The mechanism is formed, by the word of all three; Geneva is a call; two sides counted on two days."""
    day = "2017-01-27"
    assert row(day, f"{STATEMENT}/establish-mechanism", THREE) == ("fulfilled", "none_recorded", 0)
    assert row(day, f"{STATEMENT}/support-geneva-participation", "russia")[:2] == ("active", None)
    assert said(day, f"{STATEMENT}/support-geneva-participation") == [("2017-01-27", "russia")]
    assert claim(day, "ast-20170124-01").determination == "established"
    counts = [
        (row["said_by"], row["from"][:10], row["count"])
        for row in status(day).table("tallies")
        if row["part_of"] is None and row["count"] is not None and row["from"] >= "2017-01-21"
    ]
    assert sorted(counts) == [
        ("russia", "2017-01-21", 2), ("russia", "2017-01-22", 9),
        ("turkey", "2017-01-21", 12), ("turkey", "2017-01-22", 0),
    ]  # fmt: skip


def test_the_first_month_of_the_memorandum():
    """The group is said by one to be formed in time; the maps are past their day, and one says they are not ready."""
    day = "2017-06-05"
    assert row(day, f"{MEMO}/form-working-group", THREE) == ("active", "disputed", 1)
    assert claim(day, "ast-20170518-01").determination == "alleged"
    for name in ("complete-maps", "separate-opposition"):
        assert row(day, f"{MEMO}/{name}", THREE) == ("active", "overdue", 0)
        assert status(day)[f"{MEMO}/{name}", THREE].due == "2017-06-04T20:59:59.999999Z"
    assert said(day, f"{MEMO}/complete-maps") == [("2017-06-02", "russia")]


def test_what_was_announced_in_september():
    """The areas are announced and Idlib's maps agreed, by all three: an event each, and no performance of the maps."""
    day = "2017-09-16"
    for record in ("ast-20170908-01", "ast-20170915-01"):
        assert claim(day, record).determination == "established"
    assert row(day, f"{MEMO}/complete-maps", THREE) == ("active", "overdue", 0)
    assert said(day, f"{MEMO}/complete-maps") == [
        ("2017-06-02", "russia"), ("2017-06-30", "russia"), ("2017-07-04", "russia"),
        ("2017-07-05", "syrian-government"), ("2017-07-05", "russia"), ("2017-09-15", "iran"),
        ("2017-09-15", "russia"), ("2017-09-15", "turkey"), ("2017-09-16", "syrian-government"),
    ]  # fmt: skip


def test_heavy_weapons_as_they_were_told_the_day_after():
    """Turkey says that they are out, Russia is checking: open. Of the groups nobody says that they left."""
    day = "2018-10-16"
    assert row(day, f"{SOCHI}/withdraw-heavy-weapons", TWO) == ("active", "disputed", 1)
    assert claim(day, "ast-20181010-02").determination == "alleged"
    assert [(r.step, r.by) for r in status(day).lists.responses if r.to == "ast-20181010-02"] == [
        ("inquiry", "russia")
    ]
    assert row(day, f"{SOCHI}/remove-radical-groups", "turkey") == ("active", "overdue", 0)
    assert said(day, f"{SOCHI}/remove-radical-groups") == [
        ("2018-10-10", "russia"), ("2018-10-15", "syrian-government"), ("2018-10-15", "sohr"),
        ("2018-10-16", "russia"),
    ]  # fmt: skip


def test_the_eve_of_the_moscow_protocol():
    """Russia contradicts what Turkey said of the weapons; the strikes of February are disputed between the two."""
    day = "2020-03-04"
    assert row(day, f"{SOCHI}/withdraw-heavy-weapons", TWO) == ("active", "disputed", 1)
    assert claim(day, "ast-20181010-02").determination == "disputed"
    assert row(day, f"{SOCHI}/remove-radical-groups", "turkey") == ("active", "overdue", 0)
    for strike in ("ast-20200203-01", "ast-20200220-01", "ast-20200227-02"):
        found = status(day).claim(strike, MEMO)
        assert (found.determination, found.attributed_to) == ("disputed", [])
    positions = {
        (p.member, p.answer)
        for p in status(day).lists.positions
        if (p.record, p.question, p.counted) == ("ast-20200227-02", "outcome", True)
    }
    assert positions == {("turkey", "confirmed"), ("russia", "refuted")}


def names_in(text):
    """Each name that a case gives of somebody named, with what stands in brackets behind it."""
    for line in re.findall(r"^- Who is named: (.+)$", text, re.MULTILINE):
        if line != "nobody named":
            yield from re.split(r"; (?![^(]*\))", line)


@pytest.mark.parametrize("day", ["2017-06-05", "2020-03-04"])
def test_nobody_is_named_without_a_determination_beside_it(day):
    """A name stands with whose allegation it is; the public reads none, nor the words that may hold one."""
    named = list(names_in(cf.report(status(day), brief=True).to_markdown()))
    assert named
    assert all(re.search(r" \((alleged by [^)]+|by its own account)\)$", one) for one in named), named
    public = cf.report(status(day), audience="public").to_markdown()
    assert not [one for one in names_in(public) if "nobody" not in one and "released" not in one]
    accusing = [r for r in status(day).records.values() if isinstance(r, cf.Incident) and r.accused]
    assert accusing
    assert not [r.id for r in accusing if r.text and r.text in public]


def test_the_same_question_as_known_in_october_2018():
    """Of March 2020 with what had been said then: no strike, and the weapons done by the word of Turkey alone."""
    texts = [cf.agreement(name) for name in (MEMO, SOCHI)]
    then = cf.assess(texts, cf.shipped_records(), as_of="2020-03-04", known_at="2018-10-16", relays=True)
    assert "--as-of 2020-03-04 --known-at 2018-10-16" in MAKEFILE
    assert then.claim("ast-20181010-02", SOCHI).determination == "alleged"
    assert then[f"{SOCHI}/remove-radical-groups", "turkey"].compliance == "overdue"
    assert not [c for c in then.lists.claims if c.record > "ast-20181016-01" and c.record.startswith("ast")]
    told = cf.report(then).to_markdown()
    assert "done, by the word of Turkey; not determined" in told
    assert (
        "done, by the word of Turkey; not so, by that of Russia"
        in cf.report(status("2020-03-04")).to_markdown()
    )


def test_what_turkey_says_of_russia_is_not_told_as_the_word_of_russia():
    """Turkey said that both offices are at work."""
    told = cf.report(status("2017-01-27"), brief=True).to_markdown()
    assert "### Said by Turkey to be done by Russia: Mechanism agreement Offices in Moscow and Ankara" in told
    assert "Russia reports as done" not in told
    eve = cf.report(status("2020-03-04")).to_markdown()
    assert "Russia: “Turkey moved at night without telling Russia; the fire was aimed at terrorists.”" in eve


def test_the_page_shows_each_report_and_names_records_that_are_there():
    """A picture for each day of `make picture`, of modest size; ids as they are in the record."""
    docs = Path(__file__).parents[2] / "docs"
    page = (docs / "astana.md").read_text(encoding="utf-8")
    days = re.search(r"^DAYS +:= (.+)$", MAKEFILE, re.MULTILINE)[1].split()
    assert days == list(ASKED)
    for day in days:
        assert f"](astana-{day}.png)" in page
        assert 20_000 < (docs / f"astana-{day}.png").stat().st_size < 250_000
    known = {record.id for record in cf.shipped_records("syria-astana")}
    assert set(re.findall(r"`((?:ast|own)-[0-9-]+)`", page)) <= known
