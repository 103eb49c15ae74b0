"""Where several agreements judge one act, each determination stands with the mechanism that made it.

“Separate judgements, each with its author” (docs/rules/index.md), also where one mechanism
oversees several agreements: then its answers are told once.
"""

import pytest
from courts import accord, attack, finds, line, report_on

ACC, BCC = accord("acc", rule="majority"), accord("bcc", ("russia", "usa"))
LAID_TO_XX = tuple(finds(m, "usa/1", outcome="confirmed", attributed_to="xx") for m in ("iran", "turkey"))


def section(text, title):
    """Return what stands under a heading of the second level."""
    return text.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


@pytest.mark.parametrize("agreements", [(ACC, BCC), (BCC, ACC)])
def test_a_breach_is_told_of_the_mechanism_that_established_it(agreements):
    """Accord acc laid it to XX, accord bcc has decided nothing: so the opening says, in any order."""
    brief = section(report_on(agreements, attack("usa", accused="xx"), *LAID_TO_XX).to_markdown(), "In brief")
    assert (
        r"1 claim is recorded. The Commission acc has established 1 (\[usa/1\]). "
        "No determination of any of them by the Commission bcc is recorded. "
        r"Decided under one agreement, with no decision recorded under another: 1 (\[usa/1\])."
    ) in brief
    assert (
        r"Established breach: of “No attacks”, attributed to XX by the Commission acc (\[usa/1\])." in brief
    )


@pytest.mark.parametrize("agreements", [(ACC, BCC), (BCC, ACC)])
def test_a_row_in_breach_names_the_mechanism_of_its_own_agreement(agreements):
    """The other mechanism has determined nothing, and is not named beside the breach."""
    text = report_on(agreements, attack("usa", accused="xx"), *LAID_TO_XX).to_markdown()
    assert "*breach established* (determination of the Commission acc); 1 breach" in text
    assert "*alleged* by USA, not determined (1 claim open)" in text


def test_an_act_laid_to_one_by_one_mechanism_and_to_another_by_another_is_told_with_both():
    """Two determinations, two names, each with its author."""
    given = [finds(m, "usa/1", outcome="confirmed", attributed_to="yy") for m in ("usa", "russia")]
    text = report_on((ACC, BCC), attack("usa", accused="xx"), *LAID_TO_XX, *given).to_markdown()
    assert (
        "Established breach: of “No attacks”, attributed to XX by the Commission acc; "
        r"of “No attacks”, attributed to YY by the Commission bcc (\[usa/1\])."
    ) in section(text, "In brief")
    assert "Decided under one agreement" not in text


def test_what_one_of_two_mechanisms_has_decided_is_told_in_every_list():
    """In the cases, among the denials of access and the positions: under which agreement it is what."""
    both = [accord(name, members) for name, members in (("acc", ("turkey", "iran")), ("bcc", ("russia",)))]
    given = [attack("usa", act="access.aid-blocked", accused="xx"), *LAID_TO_XX]
    made = report_on(both, *given)
    told = "established, under Accord acc; *alleged*, under Accord bcc"
    text = made.to_markdown()
    assert told in line(section(text, "Cases and what is due next"), r"\[usa/1\]")
    named = "XX (attributed, determination of the Commission acc), under Accord acc; XX (alleged by USA)"
    named += ", under Accord bcc"
    assert f"| {named} | {told} |" in section(text, "Access denied and days without data")


def test_the_reasons_of_a_claim_say_under_which_agreement_they_hold():
    """The same promise of two agreements is broken under one, and alleged to be under the other."""
    text = report_on((ACC, BCC), attack("usa", accused="xx"), *LAID_TO_XX).to_markdown()
    claim = line(section(text, "Claims"), "| `usa/1` |")
    assert "No attacks, XX, under Accord acc: counts as a breach" in claim
    assert "No attacks, XX, under Accord bcc: is alleged, and not settled" in claim


def test_a_claim_that_one_mechanism_oversees_twice_is_counted_once():
    """One mechanism over two agreements: what it established is one claim."""
    both = (accord("acc", oversees=("acc", "bcc")), accord("bcc", ()))
    given = [finds(m, "russia/1", outcome="confirmed") for m in ("iran", "turkey")]
    text = report_on(both, attack("russia"), *given).to_markdown()
    assert r"1 claim is recorded. The Commission acc has established 1 (\[russia/1\])." in text


def test_without_a_mechanism_nobody_is_said_to_have_decided():
    """Where none oversees an agreement, the opening says so."""
    text = report_on((accord("acc", ()),), attack("russia")).to_markdown()
    none = "No mechanism oversees them, so that nobody has established or refuted any."
    assert f"{none} No decision is recorded on: 1 alleged" in text


def test_an_answer_to_a_mechanism_that_oversees_several_agreements_is_told_once():
    """A lone answer agrees with nobody, though it counts in each of the agreements."""
    both = (accord("acc", oversees=("acc", "bcc")), accord("bcc", ()))
    made = report_on(both, attack("russia"), finds("turkey", "russia/1", severity="minor"))
    shown = section(made.to_markdown(), "Positions of each member, and dissent")
    assert r"| how gravely | – | TURKEY: minor \[turkey/1\] | – |" in shown
    assert r"| whether it took place | – | RUSSIA: confirmed \[russia/1\] | – |" in shown
    assert len([p for p in made.data["positions"] if p["question"] == "severity"]) == 2
