"""Where several agreements judge one act, each determination stands with the mechanism that made it.

“Separate judgements, each with its author” (docs/rules/index.md), also where one mechanism
oversees several agreements: then its answers are told once.
"""

import re

import pytest
from courts import accord, attack, finds, line, report_on

ACC, BCC = accord("acc", rule="majority"), accord("bcc", ("russia", "usa"))
LAID_TO_XX = tuple(finds(m, "usa/1", outcome="confirmed", attributed_to="xx") for m in ("iran", "turkey"))


def section(text, title):
    """Return what stands under a heading of the second level."""
    return re.split(rf"\n## {re.escape(title)}[^\n]*\n", text, maxsplit=1)[1].split("\n## ", 1)[0]


@pytest.mark.parametrize("agreements", [(ACC, BCC), (BCC, ACC)])
def test_a_breach_is_told_of_the_mechanism_that_established_it(agreements):
    """Accord acc laid it to XX, accord bcc has decided nothing: so the opening says, in any order."""
    brief = section(report_on(agreements, attack("usa", accused="xx"), *LAID_TO_XX).to_markdown(), "In brief")
    told = r"Attack, 10 May, XX (attributed, determination of the Commission acc) \[usa/1\]."
    assert f"**One breach is established.** {told}" in brief
    assert "Commission bcc" not in brief


@pytest.mark.parametrize("agreements", [(ACC, BCC), (BCC, ACC)])
def test_a_row_in_breach_names_the_mechanism_of_its_own_agreement(agreements):
    """The other mechanism has determined nothing, and is not named beside the breach."""
    text = report_on(agreements, attack("usa", accused="xx"), *LAID_TO_XX).to_markdown()
    assert "*breach established* (determination of the Commission acc); 1 breach" in text
    assert "*alleged* by USA, not determined; 1 claim open" in text


def test_an_act_laid_to_one_by_one_mechanism_and_to_another_by_another_is_told_with_both():
    """Two determinations, two names, each with its author."""
    given = [finds(m, "usa/1", outcome="confirmed", attributed_to="yy") for m in ("usa", "russia")]
    text = report_on((ACC, BCC), attack("usa", accused="xx"), *LAID_TO_XX, *given).to_markdown()
    assert (
        "XX (attributed, determination of the Commission acc); YY (attributed, determination of the Commission bcc)"
    ) in section(text, "In brief")


def test_what_one_of_two_mechanisms_has_decided_is_told_in_every_list():
    """In the case and among the denials of access: under which agreement it is what."""
    both = [accord(name, members) for name, members in (("acc", ("turkey", "iran")), ("bcc", ("russia",)))]
    given = [attack("usa", act="access.aid-blocked", accused="xx"), *LAID_TO_XX]
    text = report_on(both, *given).to_markdown()
    told = "*established*, under Accord acc; *alleged*, under Accord bcc"
    assert told in line(section(text, "Cases"), "###")
    named = "XX (attributed, determination of the Commission acc), under Accord acc; XX (alleged by USA)"
    assert f"Who is named: {named}, under Accord bcc" in section(text, "Cases")
    assert told in line(section(text, "What could not be seen"), "Access denied")


def test_the_reasons_of_a_claim_say_under_which_agreement_they_hold():
    """The same promise of two agreements is broken under one, and alleged to be under the other."""
    text = report_on((ACC, BCC), attack("usa", accused="xx"), *LAID_TO_XX).to_markdown()
    reasons = section(text, "F · Reasons")
    assert "No attacks (Accord acc), XX" in line(reasons, "Counts as a breach")
    assert "No attacks (Accord bcc), XX" in line(reasons, "Is alleged, and not settled")


def test_a_claim_that_one_mechanism_oversees_twice_is_counted_once():
    """One mechanism over two agreements: what it established is one claim."""
    both = (accord("acc", oversees=("acc", "bcc")), accord("bcc", ()))
    given = [finds(m, "russia/1", outcome="confirmed") for m in ("iran", "turkey")]
    text = report_on(both, attack("russia"), *given).to_markdown()
    assert text.count("### Attack") == 1
    assert "What has been determined: 1 established" in section(text, "In brief")


def test_without_a_mechanism_nobody_is_said_to_have_decided():
    """Where none oversees an agreement, the opening claims nothing, and annex C says so."""
    text = report_on((accord("acc", ()),), attack("russia")).to_markdown()
    assert "**Nothing has been determined.** One claim is recorded, and no decision on it." in text
    assert "no mechanism: nothing can be established or refuted" in section(text, "C · Agreements")


def test_an_answer_to_a_mechanism_that_oversees_several_agreements_is_told_once():
    """A lone answer agrees with nobody, though it counts in each of the agreements."""
    both = (accord("acc", oversees=("acc", "bcc")), accord("bcc", ()))
    made = report_on(both, attack("russia"), finds("turkey", "russia/1", severity="minor"))
    cases = section(made.to_markdown(), "Cases")
    assert cases.count("minor: TURKEY `turkey/1`") == 1
    assert len([p for p in made.data["positions"] if p["question"] == "severity"]) == 2


def test_who_does_not_see_all_is_not_told_that_nothing_was_determined():
    """What the mechanism determined may not be released: an edition speaks of the records that it shows."""
    agreements = (accord("acc", ()),)
    mechanism, public, party = (
        section(report_on(agreements, attack("russia"), audience=who).to_markdown(), "In brief")
        for who in ("mechanism", "public", "russia")
    )
    assert "**Nothing has been determined.**" in mechanism
    assert "**No determination is in the records released to the public.**" in public
    assert "**No determination is in the records released to this audience.**" in party
    assert "In these records nobody is found responsible." in party
