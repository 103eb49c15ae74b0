"""Text of 200,000 characters costs what a text of that length must: a page grows with it, and no faster."""

import json

import pytest

from ceasefire.assessment import assess
from ceasefire.instruments import agreement
from ceasefire.record import from_json
from ceasefire.reporting import report

TRUCE = """
ceasefire = 1
id = "truce"
adopted = 2020-01-01
in_force = 2020-01-01
timezone = "UTC"

[[party]]
id = "red"
[[party]]
id = "blue"

[[mechanism]]
id = "committee"
members = ["red", "blue"]

[[commitment]]
id = "quiet"
title = "Quiet"
summary = "Nobody attacks."
duty = "refrain"
owed_by = ["red", "blue"]
acts = ["attack"]
"""
SAID = {"recorded": "2020-01-12T00:00:00Z", "release": "public", "by": "red"}
INCIDENT = {"kind": "incident", "occurred": "2020-01-10T00:00:00Z", "act": "attack", "accused": ["blue"]}
COUNT = {"kind": "tally", "period": "2020-01-10", "count": 1, "act": "attack", "unit": "cases"}
LONG = "LONG"
#: Records with a text that anybody can make as long as he likes, in each field that takes one.
FIELDS = {
    "incident.text": INCIDENT | {"text": LONG},
    "incident.evidence.title": INCIDENT | {"evidence": [{"title": LONG}]},
    "incident.evidence.url": INCIDENT
    | {"evidence": [{"title": "A film", "url": f"https://example.org/{LONG}"}]},
    "incident.place.name": INCIDENT | {"place": {"name": LONG}},
    "incident.act": INCIDENT | {"act": LONG},
    "incident.zone": INCIDENT | {"zone": LONG},
    "incident.accused": INCIDENT | {"accused": [LONG]},
    "incident.against": INCIDENT | {"against": [LONG]},
    "incident.by": INCIDENT | {"by": LONG},
    "incident.said_by": INCIDENT | {"said_by": LONG, "evidence": [{"title": "A letter"}]},
    "incident.same_as": INCIDENT | {"same_as": LONG},
    "incident.commitments": INCIDENT | {"commitments": [LONG]},
    "finding.on": {"kind": "finding", "on": LONG, "outcome": "confirmed"},
    "finding.method": {"kind": "finding", "on": "red/1", "outcome": "confirmed", "method": LONG},
    "finding.attributed_to": {"kind": "finding", "on": "red/1", "attributed_to": [LONG]},
    "tally.unit": COUNT | {"unit": LONG},
    "tally.by": COUNT | {"by": LONG},
    "tally.by_zone": COUNT | {"by_zone": {LONG: 1}},
    "tally.through": COUNT | {"through": LONG},
    "response.addressee": {"kind": "response", "to": "red/1", "step": "recommendation", "addressee": LONG},
    "event.name": {"kind": "event", "name": LONG, "occurred": "2020-01-10T00:00:00Z"},
    "correction.set": {"kind": "correction", "of": "red/1", "set": {"text": LONG}},
    "withdrawal.of": {"kind": "withdrawal", "of": LONG},
}


@pytest.fixture(scope="module")
def truce(tmp_path_factory):
    """Return a truce of two."""
    path = tmp_path_factory.mktemp("truce") / "truce.toml"
    path.write_text(TRUCE, encoding="utf-8")
    return agreement(path)


def page(truce, fields, length):
    """Return the HTML of a report on an incident, and on two records with texts so long that differ in their end."""
    several = [from_json(SAID | INCIDENT | {"id": "red/1"})]
    for number, end in enumerate("ab", 2):
        said = json.dumps(SAID | fields).replace(LONG, "M" * length + end)
        by = json.loads(said)["by"]
        several.append(from_json(json.loads(said) | {"id": f"{by}/{number}"}))
    return report(assess(truce, several, as_of="2020-01-31", since="2020-01-08")).to_html()


@pytest.mark.parametrize("field", FIELDS)
def test_a_page_grows_with_the_longest_text_and_no_faster(truce, field):
    """Twice the text, twice the growth: nothing is written more often for being long."""
    one, two, four = (len(page(truce, FIELDS[field], length)) for length in (2_000, 4_000, 8_000))
    assert abs((four - two) - 2 * (two - one)) <= 0.02 * (four - two) + 200
