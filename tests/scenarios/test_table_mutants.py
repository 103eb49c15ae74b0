"""Each row of the tables dropped or changed, one at a time: some scenario must notice.

mutmut changes functions only (docs/mutants.md); what the assessment keeps as data is
changed here. A change that no scenario notices would be a row that nobody needs, or
a rule that no scenario tells. Only the scenarios that look at a row are asked about it.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest
from test_scenarios import _scenarios, missed, prepared

from ceasefire.assessment.determination import rulings
from ceasefire.assessment.determination.rules import DETERMINATIONS, OPEN
from ceasefire.assessment.lifecycle import agreements as states
from ceasefire.assessment.lifecycle import phases, precedence
from ceasefire.assessment.lifecycle.phases import AGREEMENT, AGREEMENT_STEPS, COMMITMENT, COMMITMENT_STEPS
from ceasefire.assessment.lifecycle.precedence import AT_ONE_INSTANT
from ceasefire.assessment.obligations import compliance, lateness
from ceasefire.assessment.obligations.compliance import Grounds, verdict
from ceasefire.assessment.obligations.lateness import Lateness
from ceasefire.assessment.obligations.weighed import IncidentCounts, counts_of

pytestmark = pytest.mark.filterwarnings("ignore")  # a small agreement may well lack a deadline

#: By place in AT_ONE_INSTANT: the triggers that happen there.
PLACES = [
    tuple(trigger for trigger, at in AT_ONE_INSTANT.items() if at == place)
    for place in range(1 + max(AT_ONE_INSTANT.values()))
]
#: Neighbours in the order of one instant that can never fall on one instant, each with why.
NEVER_TOGETHER = {
    (("suspended",), ("resumed",)): "suspensions that adjoin are one (P24), and none is empty",
    (("released",), ("started", "started_suspended")): "what is released as it would start does not start",
    (("replaced",), ("breach",)): "a breach moves no phase",
}


class Watched(dict):
    """A table that notes which of its rows are looked up."""

    looked_up: set

    def get(self, key, default=None):
        self.looked_up.add(key)
        return super().get(key, default)


@cache
def stories():
    """Return every scenario with its agreements and records, the cheapest first."""
    found = []
    for document, scenario in (one.values for one in _scenarios()):
        with tempfile.TemporaryDirectory() as folder:
            found.append((scenario, *prepared(document, scenario, Path(folder))))
    return sorted(found, key=lambda s: (len(s[2]), s[0]["name"]))


def holds(story):
    """Tell whether a scenario holds; one that breaks down does not."""
    try:
        return not missed(*story)
    except Exception:  # noqa: BLE001 – a table that is out of order may break anything
        return False


@pytest.fixture(scope="module")
def looks():
    """Return, by row of the tables, the scenarios that look it up, and by pair of triggers those where they meet."""
    rows, together = defaultdict(list), defaultdict(list)
    run = states.run
    meeting = set()

    def watched_run(table, state, triggers):
        triggers = list(triggers)
        by_instant = defaultdict(set)
        for at, trigger, *_ in triggers:
            by_instant[at].add(AT_ONE_INSTANT[trigger])
        for places in by_instant.values():
            meeting.update(combinations(sorted(places), 2))
        return run(table, state, triggers)

    with pytest.MonkeyPatch.context() as patch:
        tables = {duty: Watched(table) for duty, table in COMMITMENT_STEPS.items()}
        tables["agreement"] = Watched(AGREEMENT_STEPS)
        patch.setattr(lateness, "COMMITMENT_STEPS", tables)
        patch.setattr(states, "AGREEMENT_STEPS", tables["agreement"])
        patch.setattr(states, "run", watched_run)
        patch.setattr(lateness, "run", watched_run)
        for story in stories():
            meeting.clear()
            for table in tables.values():
                table.looked_up = set()
            assert holds(story), story[0]["must"]
            for name, table in tables.items():
                for key in table.looked_up:
                    rows[name, *key].append(story)
            for pair in meeting:
                together[pair].append(story)
    return rows, together


def every_step():
    """Yield each row of both tables, state by state and duty by duty."""
    for name, steps, duties in (("agreement", AGREEMENT, ("agreement",)), ("", COMMITMENT, phases.DUTIES)):
        for row in steps:
            for state in row.states:
                for duty in duties:
                    if name or not row.duties or duty in row.duties:
                        yield duty, state, row.trigger, row.to


@pytest.mark.parametrize(("duty", "state", "trigger", "to"), list(every_step()))
def test_a_row_dropped_or_changed_is_noticed(looks, monkeypatch, duty, state, trigger, to):
    """Without the row, or with another phase at its end, some scenario says otherwise."""
    # Copies are changed: a row put back into a table would stand at its end, and the docs draw tables in order.
    table = AGREEMENT_STEPS if duty == "agreement" else COMMITMENT_STEPS[duty]
    asked = looks[0][duty, state, trigger]
    for changed in (None, *sorted({*table.values()} - {to})):
        other = {**table, (state, trigger): state if changed is None else changed}
        with monkeypatch.context() as patch:
            if duty == "agreement":
                patch.setattr(states, "AGREEMENT_STEPS", other)
            else:
                patch.setattr(lateness, "COMMITMENT_STEPS", COMMITMENT_STEPS | {duty: other})
            assert not all(map(holds, asked)), (
                f"{duty}: {state} and {trigger} might as well lead to {changed}"
            )


@pytest.mark.parametrize(("first", "second"), list(pairwise(range(len(PLACES)))))
def test_neighbours_in_the_order_of_one_instant_changed_over_are_noticed(looks, monkeypatch, first, second):
    """Where two things happen at one instant, their order matters, and some scenario says which comes first."""
    if (PLACES[first], PLACES[second]) in NEVER_TOGETHER:
        assert not looks[1][first, second], "they do meet: write a scenario that tells their order"
        return
    asked = [*looks[1][first, second], *(s for s in stories() if s not in looks[1][first, second])]
    over = dict.fromkeys(PLACES[first], second) | dict.fromkeys(PLACES[second], first)
    for where in (states, precedence):
        monkeypatch.setattr(where, "AT_ONE_INSTANT", AT_ONE_INSTANT | over)
    assert not all(map(holds, asked)), f"{PLACES[first]} might as well come after {PLACES[second]}"


@pytest.mark.parametrize("word", [word for word in DETERMINATIONS if word != "established"])
def test_which_determinations_leave_a_claim_open_is_noticed(monkeypatch, word):
    """One open determination less, or one more, and some scenario says otherwise.

    Established is left out: whoever asks whether a claim is open has asked first whether it is established.
    """
    monkeypatch.setattr(rulings, "OPEN", OPEN ^ {word})
    if word in rulings.CLOSED:  # ruled once, when the module is imported
        monkeypatch.setitem(rulings.CLOSED, word, rulings.Ruling(determination=word))
    assert not all(map(holds, stories())), f"{word} might as well be otherwise"


def test_the_order_of_compliance_is_that_of_its_table():
    """Of any two things that can be said of a row, the first in the table holds."""
    effect = {
        "breached": {"effects": ["breach"]},
        "disputed": {"effects": ["disputed"]},
        "alleged": {"effects": ["alleged"]},
    }
    late = {
        "overdue": {"periods": ["missed"]},
        "disputed": {"periods": ["disputed"]},
        "alleged": {"late": Lateness("alleged")},
        "remedied": {"late": Lateness("late", 1)},
        "none_recorded": {"late": Lateness("kept")},
    }
    grounds = [(word, said) for table in (effect, late) for word, said in table.items()]
    for (one, says), (other, more) in combinations(grounds, 2):
        effects = [*says.get("effects", ()), *more.get("effects", ())]
        claim = SimpleNamespace(id="a/1", times=SimpleNamespace(lasting=False, until=None))
        counts = IncidentCounts()
        for effect in effects:
            counts = counts.with_(counts_of(SimpleNamespace(effect=effect, claim=claim), {}, 0), 1)
        deadline = says.get("late") or more.get("late")
        found = verdict(Grounds(counts, deadline, [*says.get("periods", ()), *more.get("periods", ())]))
        if not ("late" in says and "late" in more):
            assert found == min(one, other, key=compliance.COMPLIANCE.index), (one, other)
    assert {word for word, _ in grounds} == set(compliance.COMPLIANCE)
