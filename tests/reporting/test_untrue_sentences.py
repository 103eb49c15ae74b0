"""Sentences that reports once had and that were not true, or not fair: each stays away."""

from examples import made, status
from published import incident, report, section, tally

import ceasefire as cf
import pen


def test_the_number_of_records_is_that_until_the_day_and_stands_once():
    """60 of the 104 bulletins and answers tell of the days until 14 May: what was read stands in annex D."""
    text = made("syria").to_markdown()
    body, annexes = text.split("\n---\n")
    assert body.count("60 records") == text.count("60 records") == 1
    assert "records looked at" not in text
    assert "104" not in body
    assert "60 read" in annexes or "104 read, 60 of them until the day of the report" in annexes


def test_no_note_tells_what_came_after_the_day():
    """The maps of Idlib were agreed on 8 September 2017: nobody knew that on 14 May."""
    for text in (made("syria").to_markdown(), made("syria").to_html()):
        assert "8 September" not in text
    later = cf.report(status("syria").at("2017-10-01")).to_markdown()
    assert "8 September" in later


def test_the_public_is_never_told_that_nothing_is_recorded():
    """A denial of access is recorded for the mechanism: the public reads only what is released to it."""
    public = made("valley", "public").to_markdown()
    assert "none in the records released to the public" in public
    assert "none recorded" not in public
    assert "22 March" not in section(public, "What could not be seen")
    assert "22 March" in section(made("valley").to_markdown(), "What could not be seen")


def test_a_monthly_duty_falls_due_at_the_end_of_its_month():
    """It has a line of its own, and is among what is next."""
    text = made("valley").to_markdown()
    assert "| 4 Lists of detainees |" in section(text, "The 8 commitments")
    assert "Next:** Lists of detainees" in text


def test_a_recommendation_that_was_followed_is_not_overdue():
    """The mortars were handed in before the date; only deadlines of commitments are numbered as such."""
    text = made("valley").to_markdown()
    assert "Asked for by the end of 27 March: met." in text
    assert "**1 passed**" in text


def test_no_bulletin_is_said_to_cover_days():
    """It was published on so many days, and may tell of hours before."""
    text = made("syria").to_markdown()
    assert "published counts on 4 of 9 days" in text
    assert "overing" not in text
    assert "may tell of the hours before" in text


def test_a_part_that_is_read_has_a_sign_and_its_note_only_its_figure():
    """13 May, Turkey: 3 in three named provinces, so one each, is the compiler's reading."""
    page = made("syria").to_html()
    assert page.count("‡") >= 4
    text = made("syria").to_markdown()
    assert "Daraa 1‡, Homs 1‡, Idlib 1‡" in text
    assert "13 May, Turkey, by place" in section(text, "What could not be seen")


def test_no_figure_is_set_against_another():
    """Neither a difference nor a sum: the two sides do not count the same things."""
    several = tally(1, "2017-05-13", 31), tally(2, "2017-05-13", 7, side="turkey")
    for form in ("markdown", "html"):
        text = getattr(report(*several), f"to_{form}")()
        assert "ifference" not in text
        assert "states 24 more" not in text


def test_overdue_says_what_is_known_of_it():
    """Nothing recorded, or not done as somebody says; the public reads the same in each case."""
    given = {"as_of": "2017-05-25", "since": "2017-05-15"}
    text = report(**given).to_markdown()
    assert "*overdue* since the end of 18 May: no performance is recorded" in text
    omitted = incident(1, by="turkey", act="omission", accused=("iran",), occurred="2017-05-19", zone=None,
                       commitments=["form-working-group"], recorded="2017-05-20T08:00:00Z", release="public")  # fmt: skip
    said = report(omitted, **given).to_markdown()
    assert "overdue" in said
    public = [report(*r, audience="public", **given).to_markdown() for r in ((), (omitted,))]
    assert all("no established performance is in the records released to the public" in p for p in public)
    assert all("not done, as" not in p for p in public)


def test_what_is_owed_again_and_again_is_overdue_since_the_first_that_was_missed():
    """A period has no single date of its own: the row once said “overdue since –”."""
    monthly = pen.commitment("report")
    status = cf.assess(pen.truce(monthly), [], as_of="2020-12-31")
    text = cf.report(status).to_markdown()
    assert "*overdue* since" in text
    assert "since –" not in text
