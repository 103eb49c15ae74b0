"""What was corrected or taken back says so: whose a claim still is, and on which wording an answer stands."""

import re

import pytest
from courts import AS_OF, accord, attack, finds, line, records, report_on

from ceasefire import assess, report

ACC = accord("acc")


def section(text, title):
    """Return what stands under a heading of the second level."""
    return re.split(rf"\n## {re.escape(title)}[^\n]*\n", text, maxsplit=1)[1].split("\n## ", 1)[0]


def suspends(by):
    return ("decision", by, {"does": "suspend", "agreement": "acc", "occurred": "2017-05-10"})


@pytest.mark.parametrize("audience", ["mechanism", "public"])
@pytest.mark.parametrize("claim", [suspends("russia"), attack("russia", accused="xx")])
def test_a_position_on_a_superseded_wording_says_so(claim, audience):
    """It is shown beside the others, “on the earlier wording”, for it answers what is no longer said."""
    given = (
        finds("turkey", "russia/1", outcome="refuted"),
        ("correction", "russia", {"of": "russia/1", "set": {"occurred": "2017-05-11"}}),
        finds("iran", "russia/2", outcome="confirmed"),
        finds("usa", "russia/2", outcome="confirmed"),
    )
    text = report_on((ACC,), claim, *given, audience=audience).to_markdown()
    found = line(section(text, "Cases"), "**took place**")
    assert "refuted: TURKEY `turkey/1` (on the earlier wording)" in found
    assert text.count("(on the earlier wording)") == 1


def test_a_position_on_a_forked_chain_says_so():
    """Of a chain with two histories, neither finding counts, and each says why."""
    given = (finds("turkey", "russia/1", outcome="refuted", id="turkey/1@aaaaaaaaaaaa"),)
    text = report_on((ACC,), attack("russia"), *given).to_markdown()
    assert "(on a forked chain)" in line(section(text, "Cases"), "**took place**")


WITHDRAWN = ("withdrawal", "russia", {"of": "russia/1"})


def confirmed(*members, **said):
    return tuple(finds(member, "russia/1", outcome="confirmed", **said) for member in members)


def test_an_allegation_its_reporter_took_back_is_that_of_the_member_who_holds_it():
    """Russia withdrew its report, Turkey still lays the act to XX: it is alleged by Turkey, and not by Russia."""
    given = attack("russia", accused="xx"), *confirmed("turkey", attributed_to="xx"), WITHDRAWN
    text = report_on((ACC,), *given).to_markdown()
    row = line(section(text, "The "), "| XX |")
    assert "*alleged* by TURKEY (on a report withdrawn by its reporter), not determined; 1 claim open" in row
    cases = section(text, "Cases")
    assert "What is said: RUSSIA; withdrawn by its reporter, confirmed by TURKEY `russia/1`" in cases
    assert "XX (alleged by TURKEY on a report withdrawn by its reporter; under review)" in cases
    assert "– *under review*; withdrawn by its reporter" in line(cases, "###")
    assert "alleged by RUSSIA" not in text


@pytest.mark.parametrize("audience", ["mechanism", "public"])
def test_a_decision_that_stands_though_its_author_took_it_back_says_so(audience):
    """A majority confirms the suspension: it is in effect, withdrawn by its reporter."""
    by_majority = accord("acc", rule="majority")
    text = report_on(
        (by_majority,), suspends("russia"), *confirmed("turkey", "iran"), WITHDRAWN, audience=audience
    ).to_markdown()
    claim = line(section(text, "E · Claims"), "`russia/1`")
    assert "Said by RUSSIA; withdrawn by its reporter, confirmed by IRAN and TURKEY." in claim
    assert "– *established*; withdrawn by its reporter" in text


def test_whom_only_a_withdrawn_report_names_is_nobodys_allegation():
    """Turkey confirms the act and names YY: XX was named in the withdrawn report alone."""
    given = (
        attack("russia", accused="xx", act="access.aid-blocked"),
        *confirmed("turkey", attributed_to="yy"),
        WITHDRAWN,
    )
    text = report_on((ACC,), *given).to_markdown()
    named = (
        "XX (named in a report withdrawn by its reporter; under review); "
        "YY (alleged by TURKEY on a report withdrawn by its reporter; under review)"
    )
    assert f"Who is named: {named}" in section(text, "Cases")
    denial = line(section(text, "What could not be seen"), "Access denied")
    assert "*under review*; withdrawn by its reporter" in denial


def test_an_act_that_a_member_confirms_and_nobody_is_accused_of_is_alleged_by_that_member():
    """On the row of nobody in particular as well, the reporter who took it back alleges nothing."""
    text = report_on((ACC,), attack("russia"), *confirmed("turkey"), WITHDRAWN).to_markdown()
    row = line(section(text, "The "), "| nobody named |")
    assert "*alleged* by TURKEY (on a report withdrawn by its reporter)" in row


def test_a_report_that_names_nobody_is_not_its_authors_allegation_against_whom_others_name():
    """Russia says what happened, Turkey by whom: on the row of XX it is Turkey that alleges it."""
    given = attack("russia"), finds("turkey", "russia/1", attributed_to="xx")
    row = line(section(report_on((ACC,), *given).to_markdown(), "The "), "| XX |")
    assert "*alleged* by TURKEY, not determined" in row


def test_what_its_author_took_back_and_nobody_confirms_is_withdrawn():
    """Then nothing stands, and the determination says so."""
    text = report_on((ACC,), attack("russia", accused="xx"), WITHDRAWN).to_markdown()
    assert "Said by RUSSIA. " in line(section(text, "E · Claims"), "`1`")
    assert "withdrawn by its author" in text
    assert "withdrawn by its reporter" not in text


def test_an_accusation_in_another_report_of_the_act_is_its_authors():
    """Russia reports an act and accuses nobody; the USA, no member, says that it was XX: alleged by the USA."""
    other = {"occurred": "2017-05-10", "act": "attack", "same_as": "russia/1", "accused": "xx"}
    text = report_on((ACC,), attack("russia"), ("incident", "usa", other)).to_markdown()
    row = line(section(text, "The "), "| XX |")
    assert "*alleged* by USA, not determined; 1 claim open" in row
    assert "XX (alleged by USA" in section(text, "Cases")


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "*under review*; changed: severity"), ("fr", "; a changé : gravité")],
)
def test_of_a_claim_that_is_called_as_it_was_it_is_told_what_differs(language, told):
    """A second member says how grave the act was: still under review, and its severity is decided now."""
    accords = (accord("acc", rule="majority"),)
    given = attack("russia"), *(finds(member, "russia/1", severity="minor") for member in ("turkey", "iran"))
    then = assess(accords, records(*given[:2]), as_of=AS_OF)
    now = assess(accords, records(*given), as_of=AS_OF)
    text = report(now, previous=then, language=language).to_markdown()
    assert told in line(text, r"\[iran/1\]", "|")
