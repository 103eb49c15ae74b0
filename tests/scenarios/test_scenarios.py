"""Acceptance scenarios written as plain text: one TOML file per family of rules.

Each file states its rule, one small agreement, and scenarios: what is recorded, the sentence that must hold,
and the entries of the assessment (docs/rules/result.md) that show it.  The expected values were derived by hand from the
design, not from the code.  In the text files:

* ``"-"`` stands for null (an empty list counts as null), ``"*"`` for anything that is not null;
* lists are compared without order, because the design gives their order only for rows; where the row holds one
  word, a list names the words that will do;
* an entry must match exactly one row (at least one in ``reasons`` and ``problems``, which may say more than one
  thing of a record); with ``absent = true`` it must match none;
* ``changes = [[old, new], ...]`` edits the agreement of the file for one scenario, ``instruments = [texts]``
  replaces it by several;
* ``[[scenario.at]]`` tables put several moments side by side.
"""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from ceasefire.assessment.codes import PROBLEMS, REASONS

HERE = Path(__file__).parent

#: The lists of the result object and the keys of their rows (docs/rules/result.md).
ROWS: dict[str, frozenset[str]] = {
    "agreements": frozenset("agreement state from until".split()),
    "commitments": frozenset(
        "commitment owed_by phase phase_from compliance breaches open ongoing due late_by ruled".split()
    ),
    "spans": frozenset("commitment owed_by span from until breaches open overdue".split()),
    "reasons": frozenset("commitment owed_by record at effect code why".split()),
    "claims": frozenset(
        "record wording kind by said_by from until agreement mechanism determination counts_as attributed_to"
        " severity under awaiting".split()
    ),
    "positions": frozenset("record agreement mechanism member question answer finding counted".split()),
    "tallies": frozenset(
        "record by said_by from until zone part_of act unit count answers confirmed not_confirmed"
        " not_covered accused against at_least cumulative ruled pending killed injured read through".split()
    ),
    "cases": frozenset("record open awaiting".split()),
    "responses": frozenset("record to step by addressee due state".split()),
    "appraisals": frozenset("record commitment owed_by from until by grade".split()),
    "problems": frozenset("record code what".split()),
}
HEAD = {
    "asked": {"agreements", "as_of", "known_at", "since", "relays"},
    "made_from": {"rules", "tzdata", "agreements", "records", "heads"},
}
SEVERAL = {"reasons", "problems"}
ASKED = ("as_of", "known_at", "since", "relays")

#: Closed vocabularies of the design, so that a slip of the pen in a scenario is found before the library is.
WORDS: dict[str, frozenset[str]] = {
    "phase": frozenset("pending active suspended fulfilled lapsed concluded released".split()),
    "compliance": frozenset("breached overdue disputed alleged remedied none_recorded -".split()),
    "determination": frozenset(
        "withdrawn duplicate established refuted disputed inconclusive under_review alleged".split()
    ),
    "effect": frozenset(
        "breach alleged disputed remedied not_counted"
        " started started_suspended suspended resumed performed deadline_passed cannot_start ended"
        " window_closed released postponed".split()
    ),
    "code": frozenset((*REASONS, *PROBLEMS)),  # the closed list that docs/rules/result.md keeps in one file
    "span": frozenset(("period", "previous")),
}
STATES = {
    "agreements": frozenset("not_in_force in_force suspended expired terminated replaced".split()),
    "responses": frozenset(("open", "met", "overdue")),
}
KINDS = frozenset(
    "incident performance event decision membership tally appraisal finding response correction withdrawal"
    " erasure branch".split()
)


def _scenarios() -> list[Any]:
    found = []
    for path in sorted(HERE.glob("*.toml")):
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        for scenario in document["scenario"]:
            found.append(pytest.param(document, scenario, id=f"{path.stem}/{scenario['name']}"))
    return found


def _texts(document: dict[str, Any], scenario: dict[str, Any]) -> list[str]:
    texts = scenario.get("instruments") or [scenario.get("agreement") or document["agreement"]]
    for old, new in scenario.get("changes", []):
        assert any(old in text for text in texts), f"nothing to change: {old!r}"
        texts = [text.replace(old, new) for text in texts]
    return texts


def _moments(scenario: dict[str, Any]) -> list[dict[str, Any]]:
    """The moments of a scenario; what a moment does not ask itself, it asks as the scenario does."""
    asked = {key: scenario[key] for key in ASKED if key in scenario}
    own = {name: scenario[name] for name in ROWS if name in scenario}
    moments = [asked | own] if own else []
    return moments + [asked | at for at in scenario.get("at", [])]


def _lines(scenario: dict[str, Any]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in scenario["records"].splitlines() if line.strip()]


def _same(wanted: Any, found: Any) -> bool:
    if wanted == "*":
        return found is not None
    if wanted in ("-", []):
        return found is None or found == []
    if isinstance(wanted, dict):
        return isinstance(found, dict) and all(_same(value, found.get(key)) for key, value in wanted.items())
    if isinstance(wanted, list) and isinstance(found, str):
        return found in wanted
    if isinstance(wanted, list):
        return isinstance(found, list) and sorted(map(str, wanted)) == sorted(map(str, found))
    return type(wanted) is type(found) and wanted == found


def _nearest(wanted: dict[str, Any], rows: list[dict[str, Any]]) -> str:
    keys = [key for key in wanted if key != "absent"]
    ranked = sorted(rows, key=lambda row: -sum(_same(wanted[key], row.get(key)) for key in keys))
    return "\n".join(f"    {json.dumps(row, default=str)}" for row in ranked[:4]) or "    (the list is empty)"


def _misses(scenario: dict[str, Any], moment: dict[str, Any], result: dict[str, Any]) -> list[str]:
    misses = []
    asked = {key: moment[key] for key in ASKED if key in moment}
    for name in ROWS:
        for wanted in moment.get(name, []):
            keys = {key: value for key, value in wanted.items() if key != "absent"}
            rows = result[name]
            hits = [row for row in rows if all(_same(value, row.get(key)) for key, value in keys.items())]
            if wanted.get("absent"):
                good, amount = not hits, "no entry"
            elif name in SEVERAL:
                good, amount = bool(hits), "an entry"
            else:
                good, amount = len(hits) == 1, "exactly one entry"
            if not good:
                misses.append(
                    f"{scenario['must']}\n"
                    f"  asked:    {json.dumps(asked)}\n"
                    f"  expected: {amount} of {name} with {json.dumps(keys)}, found {len(hits)}\n"
                    f"  nearest:\n{_nearest(wanted, rows)}"
                )
    return misses


@pytest.mark.parametrize(("document", "scenario"), _scenarios())
@pytest.mark.filterwarnings("ignore")  # a small agreement may well lack a deadline, of which loading warns
def test_what_must_hold_holds(document: dict[str, Any], scenario: dict[str, Any], tmp_path: Path) -> None:
    """The assessment of the scenario has the rows that its author derived from the design."""
    agreements, records = prepared(document, scenario, tmp_path)
    misses = missed(scenario, agreements, records)
    assert not misses, "\n\n" + "\n\n".join(misses)
    assert not turned(scenario, agreements, records), "the same records in reverse order give another answer"


def prepared(document: dict[str, Any], scenario: dict[str, Any], folder: Path) -> tuple[list[Any], list[Any]]:
    """Return the agreements and the records of a scenario, read from files in a folder."""
    import ceasefire as cf

    agreements = []
    for text in _texts(document, scenario):
        path = folder / f"{tomllib.loads(text)['id']}.toml"
        path.write_text(text, encoding="utf-8")
        agreements.append(cf.agreement(path))
    journal = folder / "records.jsonl"
    journal.write_text("".join(json.dumps(line) + "\n" for line in _lines(scenario)), encoding="utf-8")
    return agreements, list(cf.read_records(journal))


def missed(scenario: dict[str, Any], agreements: list[Any], records: list[Any]) -> list[str]:
    """Return what does not hold of a scenario, moment by moment."""
    import ceasefire as cf

    misses: list[str] = []
    for moment in _moments(scenario):
        asked = {key: moment[key] for key in ASKED if key in moment}
        result = cf.assess(agreements, records, **asked).to_dict()
        for name, keys in HEAD.items():
            assert keys <= set(result[name]), f"{name} lacks {keys - set(result[name])}"
        for name, keys in ROWS.items():
            for row in result[name]:
                assert set(row) == keys, f"a row of {name} has the keys {sorted(row)}, not {sorted(keys)}"
        for sentence in (*(r["why"] for r in result["reasons"]), *(p["what"] for p in result["problems"])):
            assert re.fullmatch(r"(?s)(?!.*\bNone\b).+", sentence), f"no sentence for people: {sentence!r}"
        misses += _misses(scenario, moment, result)
    return misses


def turned(scenario: dict[str, Any], agreements: list[Any], records: list[Any]) -> list[dict[str, Any]]:
    """Return the moments at which the same records in reverse order give another answer."""
    import ceasefire as cf

    moments = [{key: moment[key] for key in ASKED if key in moment} for moment in _moments(scenario)]
    return [
        asked
        for asked in moments
        if cf.assess(agreements, records[::-1], **asked).to_dict()
        != cf.assess(agreements, records, **asked).to_dict()
    ]


@pytest.mark.parametrize(("document", "scenario"), _scenarios())
def test_the_scenario_itself_is_well_formed(document: dict[str, Any], scenario: dict[str, Any]) -> None:
    """Every record has an id and a kind; every expectation speaks in words that the design has."""
    assert document["rule"], "a file says which rule it is about"
    assert re.fullmatch(r"[a-z0-9-]+", scenario["name"]), scenario["name"]
    assert scenario["must"].endswith("."), "a sentence ends with a full stop"
    known = {"name", "must", "records", "agreement", "instruments", "changes", "at", *ASKED, *ROWS}
    assert set(scenario) <= known, set(scenario) - known
    for text in _texts(document, scenario):
        agreement = tomllib.loads(text)
        assert agreement["ceasefire"] == 1
        assert "uses" not in agreement, "a scenario's agreement is complete in itself"
        for commitment in agreement["commitment"]:
            missing = {"id", "title", "summary", "clause", "owed_by", "duty"} - set(commitment)
            of_nobody = commitment["duty"] == "declare" or "addressed_to" in commitment
            assert not missing or (missing == {"owed_by"} and of_nobody), missing
    lines = _lines(scenario)
    ids = [line["id"] for line in lines]
    assert len(ids) == len(set(ids)), "two records with one id"
    for line in lines:
        assert line["kind"] in KINDS, line["kind"]
        assert {"by", "recorded"} <= set(line), line["id"]
        assert line["recorded"].endswith("Z"), line["id"]
        if line.get("said_by", line["by"]) != line["by"]:
            assert line["evidence"], f"{line['id']} is a relay and needs evidence"
    moments = _moments(scenario)
    assert moments, "a scenario that expects nothing proves nothing"
    for moment in moments:
        assert set(moment) <= {*ASKED, *ROWS}, set(moment) - {*ASKED, *ROWS}
        assert "as_of" in moment
        assert any(name in moment for name in ROWS), "a moment that expects nothing"
        for name, columns in ROWS.items():
            for wanted in moment.get(name, []):
                assert set(wanted) <= {*columns, "absent"}, (name, wanted)
                assert "why" not in wanted, "a test asserts codes, never sentences"
                for key, value in wanted.items():
                    words = STATES.get(name) if key == "state" else WORDS.get(key)
                    for word in value if isinstance(value, list) else [value]:
                        assert words is None or word in words, (name, key, value)


def test_no_two_scenarios_have_one_name() -> None:
    """A name within a file says which scenario failed."""
    for path in sorted(HERE.glob("*.toml")):
        names = [scenario["name"] for scenario in tomllib.loads(path.read_text(encoding="utf-8"))["scenario"]]
        assert len(names) == len(set(names)), path.name
