"""Diagrams in Mermaid: the words of the report, and no text of a record that is more than a text."""

import re

import pytest

import ceasefire as cf
import pen

#: A line of a diagram: how it begins, a box with its label, an arrow.
LABEL = r'"(?:[^\W_]|[ .,:()/\-–…’“”]|#\d+;|<br/>)+"'
NAME = r"[a-z][a-z0-9]*"
LINE = re.compile(
    rf"flowchart (?:TB|LR)|    {NAME}(?:\[{LABEL}\]|\(\[{LABEL}\]\)|\{{\{{{LABEL}\}}\}}|\[/{LABEL}/\])"
    rf"|    {NAME} (?:-->|---|-\.-) {NAME}"
)
HOSTILE = 'x"] --> y["click <img src=x onerror=alert(1)> `a` #quot; ; end %% \n subgraph \\n {{z}} \u202e'


@pytest.fixture(scope="module")
def made():
    """Return a report on a case with a finding and a remedy, in which every text is hostile."""
    records = [
        pen.incident(1, accused="blue", text=HOSTILE, place={"name": HOSTILE}),
        pen.finding(1, attributed_to=["blue"]),
        pen.response(2, "blue", to="red/1", step="remedy", text=HOSTILE),
        pen.finding(2, on="blue/2", by="red"),
    ]
    truce = pen.truce(
        pen.commitment("stop", title=HOSTILE),
        party=[{"id": "red", "name": HOSTILE}, "blue", "owl"],
        observers=["owl"],
        in_force="2020-01-01",
    )
    return cf.report(cf.assess(truce, records, as_of="2020-01-31"))


@pytest.mark.parametrize("of", ["mechanism", "truce", "truce/stop", "stop", "red/1"])
def test_nothing_of_a_text_is_syntax(of, made):
    """Each line is one of three kinds, and a label holds letters, digits, plain signs and codes."""
    for line in made.to_mermaid(of).splitlines():
        assert LINE.fullmatch(line), line


def test_a_mechanism_has_its_members_observers_rule_and_agreements(made):
    """Two members who decide by consensus, an observer, one agreement."""
    text = made.to_mermaid()
    assert text.count(" --- ") == 2
    assert text.count(" -.- ") == 1
    assert "by consensus" in text
    assert "observers: owl" in text


def test_a_case_has_claim_findings_determination_and_remedy(made):
    """What its card in the report says, box by box."""
    text = made.to_mermaid("red/1")
    for word in ("red/1", "Positions", "blue/1", "established", "remedy", "blue/2"):
        assert word in text


def test_a_life_ends_where_the_list_says_the_row_stands(made):
    """The agreement in force; the row breached and made good."""
    assert "in force<br/>1 January" in made.to_mermaid("truce")
    assert "active<br/>made good" in made.to_mermaid("stop")


def test_what_is_none_of_these_is_told_with_the_nearest(made):
    """Neither a mechanism nor a claim."""
    with pytest.raises(cf.ReportError, match="did you mean 'red/1'"):
        made.to_mermaid("red/11")
