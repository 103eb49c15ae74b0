"""A notice in a report: told while it runs, and as what ended the agreement once it has run."""

import re

import pytest

import ceasefire as cf
import pen

PACT = pen.truce(
    pen.commitment("quiet", title="Quiet", duty="refrain", owed_by="two", acts="attack"),
    id="pact",
    title="The pact",
    termination={"by": ["one"], "notice": "P14D"},
    party=[{"id": "one", "name": "First"}, {"id": "two", "name": "Second"}],
    members=["one", "two"],
)


def notice(**more):
    """Return a notice of 1 March 2020."""
    fields = {"id": "one/1", "by": "one", "recorded": "2020-03-01T09:00:00Z", "does": "terminate"}
    return cf.Decision(**fields, agreement="pact", occurred="2020-03-01T08:00:00Z", **more)


def told(records, as_of, **asked):
    """Return what the report says on one line, and the sentences of the row."""
    status = cf.assess(PACT, records, as_of=as_of)
    text = re.sub(r"[\\*_]", "", cf.report(status, **asked).to_markdown())
    return " ".join(text.split()), status.why("quiet", "two")


def test_while_it_runs_a_report_says_when_the_agreement_ends():
    """Nothing has changed yet, and everybody can see what will."""
    text, why = told([notice()], "2020-03-10")
    assert "Notice given: it ends 15 March, 08:00, unless the notice is taken back" in text
    assert "ended" not in why
    assert "may be ended by First alone, on notice of 14 days" in text


def test_while_it_runs_the_end_it_leads_to_is_due():
    """It stands among what falls due, with the record of the notice; once it has run, nothing does."""
    [due] = [one for one in cf.assess(PACT, [notice()], as_of="2020-03-10").coming if one["kind"] == "notice"]
    assert (due["due"], due["agreement"], due["record"]) == ("2020-03-15T08:00:00Z", "pact", "one/1")
    assert "the end of The pact by a notice that runs" in told([notice()], "2020-03-10")[0]
    assert not cf.assess(PACT, [notice()], as_of="2020-03-16").coming


def test_once_it_has_run_it_is_what_ended_the_agreement():
    """The reason names the notice and whose it was; that nobody determined it is not held against it."""
    text, why = told([notice()], "2020-03-16")
    assert "Notice given" not in text
    assert "terminated since 15 March, 08:00" in text
    assert (
        "the notice has run. By one/1, a decision of 1 March 2020, 08:00 (2020-03-01T08:00:00Z) reported by First."
        in why
    )


@pytest.mark.parametrize("as_of", ["2020-03-10", "2020-03-16"])
def test_a_notice_that_is_not_released_is_no_part_of_a_public_report(as_of):
    """What only the members may read is told neither as running nor as an end."""
    text, _ = told([notice()], as_of, audience="public")
    assert "Notice given" not in text
    assert "one/1" not in text
    shown, _ = told([notice(release="public")], as_of, audience="public")
    assert "Decision: terminated – The pact" in shown


def test_a_notice_taken_back_is_told_no_more():
    """A withdrawal ends it before it has run."""
    back = cf.Withdrawal(id="one/2", by="one", recorded="2020-03-05T09:00:00Z", of="one/1")
    text, _ = told([notice(), back], "2020-03-10")
    assert "Notice given" not in text


@pytest.mark.parametrize("language", ["en", "fr", "ru", "ar", "tr"])
def test_that_an_agreement_ends_within_thirty_days_is_told_whatever_falls_due_before(language):
    """The prisoners are due on 12 March; that a notice ends the pact on the 15th is not left to a count."""
    pact = pen.truce(
        pen.commitment("quiet", title="Quiet", duty="refrain", owed_by="two", acts="attack"),
        pen.commitment("prisoners", title="Prisoners", duty="achieve", owed_by="two", due="2020-03-12"),
        id="pact",
        title="The pact",
        termination={"by": ["one"], "notice": "P14D"},
        party=[{"id": "one", "name": "First"}, {"id": "two", "name": "Second"}],
        members=["one", "two"],
    )
    status = cf.assess(pact, [notice()], as_of="2020-03-10")
    text = cf.report(status, language=language).to_markdown()
    told = [said for said in text.splitlines() if re.search(r"^- \*\*.*Prisoners.*\b15 .*The pact", said)]
    assert len(told) == 1
