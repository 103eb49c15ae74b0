"""Of more than fits, as much as has room: 40 cases and 60 rows of a kind are printed, a page holds 5 MB."""

import importlib
import json
import re
import sys
from functools import cache
from pathlib import Path

import ceasefire as cf
import pen
from ceasefire.reporting.telling.room import CARDS, ROWS

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
MANY = 70


@cache
def made(incidents=MANY):
    """Return the report on so many incidents, all reported by blue and none of them determined."""
    several = [pen.incident(n, by="blue", accused="red") for n in range(1, incidents + 1)]
    return cf.report(cf.assess(pen.truce("stop"), several, as_of="2020-12-31"))


def part(text, heading):
    """Return the part of a Markdown report below a heading, of whatever level."""
    return re.split(r"\n#+ ", text.split(f" {heading}", 1)[1])[0]


def test_forty_cases_are_printed_and_a_line_says_how_many_more():
    """The others are in the data file, in the table claims."""
    text = made().to_markdown()
    cases = text.split("\n## ")
    (section,) = [one for one in cases if one.startswith("Cases")]
    assert section.count("\n### ") == CARDS.printed
    assert f"{MANY - CARDS.printed} more stand in the table `claims` of the data file." in section


def test_a_page_keeps_every_case_and_prints_forty():
    """Those beyond are folded on a screen; on paper the line stands for them."""
    page = made().to_html()
    assert page.count('<article class="case">') == MANY
    folded = page.split('<details class="screen"><summary>30 cases more')[1].split("</details>")[0]
    assert folded.count('<article class="case">') == MANY - CARDS.printed
    assert '<p class="note paper">30 more stand in the table <code dir="ltr">claims</code>' in page
    assert ".paper { display: none; }" in page
    assert re.search(
        r"@media print \{.*\.paper \{ display: block; \}\s+\.screen \{ display: none; \}", page, re.DOTALL
    )


def test_sixty_claims_are_printed_and_a_line_says_how_many_more():
    """One line each in annex E."""
    annex = made().to_markdown().split("Claims\n", 1)[1].split("\n## ")[0]
    assert annex.count("\n- ") == ROWS.printed
    assert "10 more stand in the table `claims` of the data file." in annex


def test_of_more_claims_than_a_page_holds_annex_f_tells_those_that_count(monkeypatch):
    """Why a refuted act, or a finding that is no position, does not count is then in the data file."""
    several = [pen.incident(n, accused="blue") for n in range(1, 4)]
    several += [pen.finding(9, on="red/1", outcome="refuted", by=by) for by in ("red", "blue")]
    status = cf.assess(pen.truce("stop"), several, as_of="2020-12-31")
    whole = part(cf.report(status).to_markdown(), "F · Reasons")
    monkeypatch.setattr("ceasefire.reporting.annexes.claims._MANY", 2)
    of_many = part(cf.report(status).to_markdown(), "F · Reasons")
    assert "oes not count here" in whole
    assert "oes not count here" not in of_many
    assert "stands in the table `reasons` of the data file" in of_many


def test_of_what_fits_nothing_is_left_out():
    """Forty cases have room."""
    text = made(CARDS.printed).to_markdown()
    assert "of the data file" not in text.split("\n## ", 3)[2]
    assert "more stand in the table" not in text
    assert 'class="screen"' not in made(CARDS.printed).to_html()


def test_a_sentence_of_the_reasons_names_as_many_records_as_have_room():
    """Of each row the newest sixty; how many more there are, and where, stands behind them."""
    text = cf.report(_benchmark("reporting").status(400)).to_markdown()
    assert re.search(r"and [\d,]+ more in the table `reasons` of the data file", text)


def test_older_cases_give_way_to_newer_ones():
    """Of fifty-six open ones the newest forty are printed, in their order."""
    days = [f"2020-01-{n:02d}" for n in range(2, 30)] + [f"2020-02-{n:02d}" for n in range(1, 29)]
    several = [pen.incident(n, by="blue", accused="red", occurred=day) for n, day in enumerate(days, 1)]
    said = cf.report(cf.assess(pen.truce("stop"), several, as_of="2020-12-31"))
    text = said.to_markdown()
    (section,) = [one for one in text.split("\n## ") if one.startswith("Cases")]
    assert "`56`" in section, "the newest"
    assert "`1`" not in section, "the oldest"


def test_a_year_of_counts_is_printed_by_sixty_rows_and_kept_whole_on_the_page():
    """The newest first; the others in the data file, in the table tallies."""
    found = cf.report(_benchmark("reporting").status(20))
    assert "305 more stand in the table `tallies` of the data file." in found.to_markdown()
    page = found.to_html()
    assert page.count('data-l="Source"') >= 365


def test_of_very_many_commitments_what_falls_due_is_printed_and_the_rest_folded():
    """Of sixty-one duties that are overdue and one that falls due, the last of the text, sixty are printed."""
    days = [f"2020-{month:02d}-{day:02d}" for month in (5, 6) for day in range(1, 31)] + ["2020-07-01"]
    duties = [pen.commitment("map", id=f"map-{n}", due=day) for n, day in enumerate((*days, "2021-01-10"), 1)]
    found = cf.report(cf.assess(pen.truce(*duties), [], as_of="2020-12-31"))
    table = part(found.to_markdown(), "The 62 commitments")
    assert table.count("| map-") == ROWS.printed
    assert "| map-62 | blue |" in table
    assert "2 more stand in the table `commitments` of the data file." in table
    assert '<summary>2 more</summary><div class="scroll"' in found.to_html()


def test_of_very_many_denials_of_access_the_newest_are_told(monkeypatch):
    """How many more there are, and where, stands behind them."""
    monkeypatch.setattr("ceasefire.reporting.sections.unseen.NAMED", 2)
    several = [pen.incident(n, act="access", occurred=f"2020-01-{9 - n:02d}") for n in range(1, 4)]
    text = cf.report(cf.assess(pen.truce("stop"), several, as_of="2020-12-31")).to_markdown()
    (told,) = [line for line in text.splitlines() if "Access denied:" in line and "table" in line]
    assert "7 January" in told
    assert "6 January" not in told
    assert told.endswith("One more stands in the table `claims` of the data file.")


def test_what_has_no_room_on_a_page_stands_in_the_data_file():
    """Of 70 claims that are new, sixty rows are told as changes; the table of changes has them all."""
    several = [pen.incident(n, by="blue", accused="red") for n in range(1, MANY + 1)]
    found = cf.report(cf.assess(pen.truce("stop"), several, as_of="2020-12-31", since="2020-01-02"))
    text = found.to_markdown()
    told = json.loads(found.to_json())["report"]["changes"]
    assert len(told) > ROWS.printed
    assert f"{len(told) - ROWS.printed} more stand in the table `changes` of the data file." in text
    assert found.to_csv("changes").count("\n") == len(told) + 1


def test_ten_thousand_incidents_and_a_year_of_bulletins_are_no_more_than_five_megabytes():
    """A page holds as many cases as have room, and says how many more there are."""
    page = cf.report(_benchmark("reporting").status(10_000)).to_html()
    assert len(page.encode()) <= 5_000_000
    assert page.count('<article class="case">') == CARDS.page
    assert re.search(r"[\d,]+ more stand in the table <code", page)


def _benchmark(name):
    """Return a module of benchmarks/, which are scripts and no package."""
    sys.path.insert(0, str(BENCHMARKS))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(BENCHMARKS))
