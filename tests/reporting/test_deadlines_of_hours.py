"""An agreement of three days whose deadlines are hours, and who oversees it nobody."""

import pytest

import ceasefire as cf

SEA = """
ceasefire = 1
id = "strait"
title = "Protocol on the Strait"
adopted = 2021-03-01T06:00:00
timezone = "Asia/Manila"
duration = "PT72H"
party = [{ id = "navy" }, { id = "fleet" }]
commitment = [
    { id = "no-fire", title = "No fire", summary = "None.", duty = "refrain", acts = ["attack"], owed_by = ["navy"] },
    { id = "radio", title = "Radio check", summary = "A call.", duty = "recur", every = "PT4H", owed_by = ["navy", "fleet"] },
    { id = "positions", title = "Positions", summary = "A list.", duty = "achieve", within = "PT6H", owed_by = ["fleet"] },
]
"""


@pytest.fixture
def told(tmp_path):
    """Return the report as of an instant, as Markdown."""
    (tmp_path / "strait.toml").write_text(SEA)
    sea = cf.agreement(tmp_path / "strait.toml")
    return lambda as_of: cf.report(cf.assess(sea, [], as_of=as_of)).to_markdown(brief=True)


def test_what_recurs_is_late_since_the_first_period_that_was_missed(told):
    """And what falls due on the day of the report is not told by a number of days."""
    made = told("2021-03-01T10:30:00+08:00")
    assert "Radio check (navy and fleet, each; 1 March, 10:00); no established performance" in made
    assert "Positions, fleet, by 1 March, 12:00 (the day of the report)" in made


def test_what_is_over_is_not_done(told):
    """A duty to refrain ends with its agreement: nobody says that it was kept."""
    made = told("2021-05-01")
    assert "2 overdue · 1 fulfilled, concluded or suspended" in made
    assert "concluded since 4 March, 06:00" in made
