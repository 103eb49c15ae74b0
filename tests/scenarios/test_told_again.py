"""The scenarios once more: told record by record and day by day, and every row of theirs in sentences.

What the rows must be is asserted in test_scenarios.py; here, that there is no other way to come to another
answer, and that whatever a scenario is about can be told to people.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from test_scenarios import ASKED, _moments, _scenarios, prepared

import ceasefire as cf

if TYPE_CHECKING:
    from pathlib import Path

#: What no sentence for people holds: a value that is none, a name of the code.
_NO_SENTENCE = re.compile(r"\bNone\b|_|^\W*$")


def asked(moment: dict[str, Any]) -> dict[str, Any]:
    """Return what a moment asks."""
    return {key: moment[key] for key in ASKED if key in moment}


@pytest.mark.parametrize(("document", "scenario"), _scenarios())
@pytest.mark.filterwarnings("ignore")  # a small agreement may well lack a deadline, of which loading warns
def test_record_by_record_and_day_by_day_it_is_the_same(
    document: dict[str, Any], scenario: dict[str, Any], tmp_path: Path
) -> None:
    """Records added one by one, the last first, and a day asked after another give what all at once give."""
    agreements, records = prepared(document, scenario, tmp_path)
    first, *others = (asked(moment) for moment in _moments(scenario))
    status = cf.assess(agreements, [], **first)
    for record in reversed(records):
        status = status.plus(record)
    assert status.to_dict() == cf.assess(agreements, records, **first).to_dict()
    for moment in (*others, first):
        if moment | {"as_of": 0, "since": 0} == first | {"as_of": 0, "since": 0}:
            status = status.at(moment["as_of"], since=moment.get("since"))
            assert status.to_dict() == cf.assess(agreements, records, **moment).to_dict()


@pytest.mark.parametrize(("document", "scenario"), _scenarios())
@pytest.mark.filterwarnings("ignore")
def test_why_has_a_sentence_for_every_row_and_every_record(
    document: dict[str, Any], scenario: dict[str, Any], tmp_path: Path
) -> None:
    """Of whatever row, and of whatever record on whatever row, it can be asked why."""
    agreements, records = prepared(document, scenario, tmp_path)
    for moment in _moments(scenario):
        status = cf.assess(agreements, records, **asked(moment))
        for row in status.table("commitments"):
            where = row["commitment"], row["owed_by"]
            for sentences in (status.why(*where), *(status.why(*where, record) for record in records)):
                for sentence in sentences.splitlines():
                    assert sentence.endswith(".")
                    assert not _NO_SENTENCE.search(sentence), sentence
