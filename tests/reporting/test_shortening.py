"""What is shortened, and how: names, instants, records, rows, reasons. Nothing is cut."""

import pytest
from courts import accord, report_on
from examples import made
from published import MEMO, line, report, section, tally

import ceasefire as cf
from ceasefire.reporting.document import Ref
from ceasefire.reporting.material.made import material
from ceasefire.reporting.material.material import Wanted
from ceasefire.reporting.telling.references import refs
from ceasefire.testing import read

PACT = {
    "ceasefire": 1, "id": "pact", "title": "The pact of the two sides", "adopted": "2020-01-01", "timezone": "UTC",
    "party": [{"id": "one", "name": "First Republic", "short": "First"},
              {"id": "two", "name": "Second Republic", "short": "Second"}],
    "commitment": [{"id": "quiet", "title": "Quiet", "summary": "Quiet.", "owed_by": ["one", "two"],
                    "duty": "achieve", "due": "2020-01-20"}],
}  # fmt: skip


def pact(**changes):
    """Return the report on the pact, as Markdown."""
    return cf.report(cf.assess(read(PACT | changes), [], as_of="2020-01-10")).to_markdown()


def test_the_short_name_of_a_file_stands_everywhere_and_the_whole_one_once():
    """In annex C."""
    text = pact(short="The pact")
    assert "# The pact\n" in text
    assert "| First and Second, each |" in text
    assert text.count("First Republic") == 1
    assert "First: First Republic · Second: Second Republic" in text


def test_two_short_names_that_are_alike_both_give_way():
    """Nobody could tell them apart."""
    sides = [side | {"short": "The side"} for side in PACT["party"]]
    assert "| First Republic and Second Republic, each |" in pact(party=sides)


def test_what_falls_due_within_thirty_days_never_shares_a_sentence():
    """It has a line, with nothing recorded on it; later it has none."""
    assert "due by the end of 20 January; no performance is recorded" in pact()
    later = PACT["commitment"][0] | {"due": "2020-06-20"}
    assert "On it nothing is recorded." in pact(commitment=[later])


def test_a_year_stands_only_where_it_is_another_one():
    """The report is of 2017: the ceasefire is of 2016."""
    text = made("syria").to_markdown()
    assert "## Since" not in text, "figures by day are left to the page"
    assert "Since 31 December 2016" in made("syria").to_html()
    assert "14 May 2017" not in text.split("\n---\n")[0].replace("**6–14 May 2017**", "")


def test_utc_stands_in_annex_d_and_beside_each_instant_for_machines():
    """A reader sees local time; a program the same instant in UTC."""
    text, page = made("syria").to_markdown(), made("syria").to_html()
    assert "2017-05-14T20:59:59Z" not in text.split("## D · ")[0]
    assert "2017-05-14T20:59:59Z" in section(text, "D · How this report was made")
    assert '<time datetime="2017-05-14T20:59:59Z">the end of 14 May</time>' in page


def drawn(*ids, others=()):
    """Return how a report with these records and others refers to the former."""
    records = [
        tally(int(i.rpartition("/")[2]), "2017-05-13", 1, by=i.partition("/")[0]) for i in (*ids, *others)
    ]
    status = cf.assess(cf.agreement(MEMO), records, as_of="2017-05-14")
    return [part for part in refs(ids, material(status, Wanted()), "annex-counts") if isinstance(part, Ref)]


def test_runs_of_one_author_are_drawn_together_and_never_over_a_gap():
    """4 to 7 are four records; 9 stands apart."""
    [one] = drawn("alder/4", "alder/5", "alder/6", "alder/7", "alder/9", others=("birch/1",))
    assert (one.text, one.section) == ("alder/4–7, alder/9", "")
    assert [r.text for r in drawn("alder/4", "alder/6", others=("birch/1",))] == ["alder/4", "alder/6"]


def test_the_one_author_of_all_records_is_named_in_the_band_and_left_out():
    """[1–3] where all are the analyst's."""
    [one] = drawn("analyst/1", "analyst/2", "analyst/3")
    assert one.text == "1–3"


def test_more_than_six_lead_to_where_all_of_them_stand():
    """The first and the last, and the annex."""
    [one] = drawn(*(f"analyst/{n}" for n in range(1, 9)))
    assert (one.text, one.section) == ("1–8", "annex-counts")
    [one] = drawn(*(f"analyst/{2 * n}" for n in range(1, 9)))
    assert (one.text, one.section) == ("2 … 16", "annex-counts")


def test_reasons_of_one_row_and_sentence_share_a_line():
    """44 counts above zero: one line each for the ceasefire and the memorandum, all records in it."""
    told = section(made("syria").to_markdown(), "F · Reasons")
    found = line(told, "a published count above zero")
    assert "44 records" in found
    assert "8 records" in found
    assert "`by_tally`" in found


def test_bearers_of_whom_everything_is_the_same_share_a_row():
    """And so do commitments of one agreement."""
    text = section(made("syria").to_markdown(), "The 46 commitments")
    shared = line(text, "6 Maps of areas and security zones; 6 Separation from terrorist groups")
    assert (
        "| Iran, Russia and Turkey together | due by the end of 4 June; no performance is recorded | – |"
        in shared
    )


def test_commitments_on_which_nothing_is_recorded_share_a_sentence():
    """And no more is said of them than that."""
    text = section(made("syria").to_markdown(), "The 46 commitments")
    assert (
        "On the other 35 nothing is recorded. That is no finding that they are kept. Their texts and bearers: "
        "annex B."
    ) in text


def test_notes_stand_below_the_tables_by_their_sign():
    """† and ‡ only where a figure has them."""
    text = made("syria").to_html()
    assert "† Stated total and stated parts differ" in text
    plain = report(tally(1, "2017-05-13", 3, parts={"hama": 3})).to_html()
    assert "†" not in plain
    assert "‡" not in plain


@pytest.mark.parametrize("rule", ["member:russia", "majority"])
def test_the_rule_of_a_mechanism_is_told_by_name(rule):
    """A rule names a member by its id; a reader is told its name."""
    text = section(report_on((accord("acc", rule=rule),)).to_markdown(), "C · Agreements")
    said = "as RUSSIA decides" if rule.startswith("member") else "by majority"
    assert f"RUSSIA, TURKEY and IRAN, {said}" in text
