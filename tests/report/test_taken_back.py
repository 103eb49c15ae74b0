"""What was corrected or taken back says so: whose a claim still is, and on which wording an answer stands."""

import pytest
from courts import accord, attack, finds, line, report_on

ACC = accord("acc")


def section(text, title):
    """Return what stands under a heading of the second level."""
    return text.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


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
    found = line(section(text, "Positions of each member, and dissent"), "| whether it took place |")
    assert r"TURKEY: refuted \[turkey/1\] (on the earlier wording)" in found
    assert text.count("(on the earlier wording)") == 1
