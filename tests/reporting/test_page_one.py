"""Page one: for whom, of what, three to five bullets, key figures, strips, the line of obligations."""

import pytest
from courts import accord, attack, finds, report_on
from examples import made, status
from hypothesis import given, settings
from hypothesis import strategies as st
from published import answer, line, report, section, tally

import ceasefire as cf
from ceasefire.reporting.document import plain
from ceasefire.testing import histories

ORDER = ("determined", "open", "deadline", "ount", "no count", "New:", "Next:")


def bullets(report):
    """Return the bullets of a report as texts."""
    [block] = report.document.front[0].blocks
    return [plain(item.words) for item in block.items]


def tiles(report):
    """Return the key figures of a report, each with what stands beside it."""
    [block] = report.document.front[1].blocks
    return {t.label: (plain(t.figure), *map(plain, t.beside)) for t in block.tiles}


def test_the_first_lines_say_for_whom_of_what_until_when_and_beside_what():
    """Audience and number of records, place, period, instant with its time zone, the span before."""
    text = made("syria").to_markdown().splitlines()
    assert (
        text[0]
        == "*For the mechanism – not for publication. Status report, 60 records of analyst until 14 May.*"
    )
    assert text[2] == "# Syria: where the agreements stand"
    assert text[4] == (
        "**6–14 May 2017** · as of the end of 14 May, Damascus time (UTC+3) · compared with 27 April – 5 May"
    )


def test_one_agreement_gives_its_name_to_the_report_unless_the_caller_does():
    """`title=` comes before the agreement's own."""
    assert made("valley").document.title == "Accord on a ceasefire in the Lower Valley"
    assert cf.report(status("valley"), title="The valley").document.title == "The valley"


def test_what_was_known_and_when_it_was_issued_stand_in_the_line():
    """Only where they were asked for."""
    memo = cf.agreement("syria-de-escalation-2017")
    told = cf.assess(memo, [], as_of="2017-05-14", known_at="2017-05-20")
    assert "as known on the end of 20 May" in plain(cf.report(told).document.line)
    assert "issued the end of 1 June" in plain(cf.report(told, issued="2017-06-01").document.line)
    assert "issued" not in plain(cf.report(told).document.line)


def test_the_bullets_of_real_bulletins():
    """What nobody determined, what each side states, which days have nothing, what is new, what is next."""
    assert bullets(made("syria")) == [
        (
            "Nothing has been determined. No incident, performance or decision is recorded under the 3 agreements. "
            "That does not mean that nothing happened."
        ),
        (
            "Both sides published counts on 4 of 9 days. Of cases of firing, Russia states 15, 18, 8 and 4 [52] [55] "
            "[57] [59]; Turkey states 11†, 15, 3 and 2 [53] [56] [58] [60]."
        ),
        "8–12 May: no count of either side is recorded.",
        (
            "New: De-escalation memorandum of 4 May 2017: in force since 6 May, until 6 November. Its text says 5 "
            "May; the announcement is followed here."
        ),
        (
            "Next: Joint Working Group, Iran, Russia and Turkey together, by the end of 18 May (4 days). On 4 June 4 "
            "more fall due (21 days)."
        ),
    ]


def test_the_bullets_of_the_valley():
    """A breach with its determination and dissent; open claims without the accused; a deadline; what is next."""
    told = bullets(made("valley"))
    assert told[0] == (
        "One breach is established and made good. Shelling, 11 March, 22:30, River Brigade (attributed, "
        "determination of the Joint Commission) [alder/3]. A remedy is established [birch/5]. The case is "
        "closed. Members differ: how grave."
    )
    assert told[1] == (
        "2 claims are open: Aid blocked, 22 March (under review) [mission/2] and Sniper fire, 24 March, 05:00 "
        "(disputed) [birch/8]. Nobody is found responsible for any of them."
    )
    assert "Uplands" not in told[1]
    assert told[2].startswith(
        "One deadline has passed: Heavy weapons leave the bridge (Valley Front; 17 March, 00:00)"
    )
    assert told[4].startswith("Next: Lists of detainees"), "a monthly duty falls due at the end of its month"


def test_an_answer_to_a_count_stands_beside_it():
    """Of the eleven one side states, the other confirms none."""
    told = report(tally(1, "2017-05-13", 11, side="turkey"), answer(2, "analyst/1", 0))
    assert (
        "Of the 11, Russia confirmed none [2]; no other answer in the period is recorded." in bullets(told)[1]
    )


def test_without_counts_nothing_is_claimed():
    """No count is no statement that nothing happened."""
    told = report(tally(1, "2017-03-01", 3))
    assert bullets(told)[1] == "No count of the period is recorded. That does not say that nothing happened."


@given(
    history=histories(most=6),
    since=st.sampled_from((None, "2017-03-30")),
    audience=st.sampled_from(("public", "mechanism")),
)
@settings(max_examples=40)
def test_three_to_five_bullets_of_at_most_45_words(history, since, audience):
    """Whatever was recorded; the first one always says what is determined."""
    told = bullets(cf.report(history.assess("2017-04-30", relays=True, since=since), audience=audience))
    assert 1 <= len(told) <= 5
    assert all(len(one.split()) <= 45 for one in told), told
    assert "determin" in told[0] or "established" in told[0]


def test_the_key_figures_of_the_valley_each_with_the_figure_before():
    """Breaches, open claims, each side's counts, deadlines, access: always these, with what they were."""
    assert tiles(made("valley")) == {
        "Breaches established": ("1, made good", "acts in this period: none recorded", "before: 1"),
        "Claims open": ("2", "1 disputed, 1 under review", "before: none recorded"),
        "Alder states, per day": ("0 to 2", "on 2 of 9 days", "before: no count"),
        "Birch states, per day": ("5", "on 1 of 9 days", "before: no count"),
        "Deadlines": ("1 passed", "1 ahead in 14 days, none in 15–30", "before: 1 passed"),
        "Access denied": ("1 report", "under review", "before: none recorded"),
    }


def test_zero_is_none_recorded_and_a_stated_zero_is_zero():
    """Silence and a published zero are two things."""
    told = tiles(report(tally(1, "2017-05-13", 0)))
    assert told["Russia states, per day"][0] == "0"
    assert told["Breaches established"][0] == "none recorded"


def test_more_than_three_ledgers_share_a_tile_and_stand_below():
    """There is no room for one each; the strips stand with the places."""
    made_ = report(*(tally(n, "2017-05-13", n, side=f"side-{n}") for n in range(1, 6)))
    assert tiles(made_)["Counts, per day"] == ("5 ledgers", "see below")
    assert "Counts of 5 sides stand below" in section(made_.to_markdown(), "Daily counts")


def test_the_strips_as_one_line_a_side():
    """An ellipsis for days without a count, a bar where this period begins."""
    told = section(made("syria").to_markdown(), "Daily counts")
    assert line(told, "- Russia") == r"- Russia, 27 April – 14 May: … 12 14 … 16 … \| 15 18 … 8 4"
    assert "2 ledgers, never added or compared case by case." in told
    assert "a bulletin dated by its publication may tell of the hours before" in told


def test_the_line_shows_what_moved_what_is_open_overdue_and_due():
    """What moved in the period stands first, then what has long been so; published counts stand in the strips."""
    told = section(made("valley").to_markdown(), "Where the commitments stand")
    states = ["disputed", "alleged", "made good", "overdue", "fulfilled", "due by the end of 2 April"]
    places = [told.index(state) for state in states]
    assert places == sorted(places)
    assert len(told.strip().splitlines()) == 6


def test_several_mechanisms_are_told_each_with_its_determination():
    """Two determinations, two names, each with its author."""
    both = (accord("acc", rule="majority"), accord("bcc", ("russia", "usa")))
    laid = [finds(m, "usa/1", outcome="confirmed", attributed_to="xx") for m in ("iran", "turkey")]
    other = [finds(m, "usa/1", outcome="confirmed", attributed_to="yy") for m in ("usa", "russia")]
    told = bullets(report_on(both, attack("usa", accused="xx"), *laid, *other))[0]
    assert "XX (attributed, determination of the Commission acc)" in told
    assert "YY (attributed, determination of the Commission bcc)" in told


@pytest.mark.parametrize("audience", ["mechanism", "public"])
def test_without_a_mechanism_nothing_is_determined(audience):
    """A claim alone decides nothing."""
    told = bullets(report_on((accord("acc", ()),), attack("russia"), audience=audience))[0]
    none = {"public": "No determination is in the records released to the public."}
    assert told.startswith(f"{none.get(audience, 'Nothing has been determined.')} One claim is")
