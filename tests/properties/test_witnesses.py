"""P06: every row of the tables is reachable, with a history that reaches it."""

from datetime import date

import pytest
from stage import Lines, agreement, commitment

from ceasefire.assessment.lifecycle.phases import AGREEMENT_STEPS, COMMITMENT_STEPS
from ceasefire.assessment.result.view import view_of
from ceasefire.testing import History, read

#: Per trigger: what the commitment says so that it can happen.
TERMS = {
    "cannot_start": {"when": {"event": "round", "until": date(2017, 4, 1)}},
    "deadline_passed": {"force": "hortatory", "due": date(2017, 4, 1)},
    "window_closed": {"until": date(2017, 4, 1)},
}
#: Per trigger: the decision that brings it about.
DECIDED = {
    "released": {"does": "release", "commitment": "accord/c0", "occurred": "2017-04-01T12:00:00Z"},
    "ended": {"does": "terminate", "agreement": "accord", "occurred": "2017-04-01T12:00:00Z"},
    "terminated": {"does": "terminate", "agreement": "accord", "occurred": "2017-04-01T12:00:00Z"},
    "resumed": {"does": "resume", "agreement": "accord", "occurred": "2017-04-01T12:00:00Z"},
    "started_suspended": {"does": "suspend", "agreement": "accord", "occurred": "2017-03-28T12:00:00Z"},
}
SUSPENDED = {"does": "suspend", "agreement": "accord", "occurred": "2017-03-31T12:00:00Z"}


def witness(duty, phase, trigger):
    """A history of one commitment that is in this phase when the trigger comes."""
    say = Lines()
    terms = dict(TERMS.get(trigger, {}))
    if phase == "pending" and trigger not in ("started", "started_suspended"):
        terms.setdefault("when", {"event": "round"})
    if "suspended" in (phase, trigger):
        say("ant", "decision", **SUSPENDED)
    if trigger in DECIDED:
        say("ant", "decision", **DECIDED[trigger])
    if trigger == "performed":
        terms |= {"once": True} if duty == "permit" else {}
        say(
            "ant",
            "performance",
            commitment="accord/c0",
            performer="south",
            occurred="2017-04-01T12:00:00Z",
        )
    return say.history(agreement(commitment(duty, **terms)))


def passed(moves, first):
    """The rows of a table that moves took."""
    phases = [first, *(move.to for move in moves)]
    return [(phase, move.trigger, move.to) for phase, move in zip(phases, moves, strict=False)]


@pytest.mark.parametrize(
    ("duty", "phase", "trigger"),
    [(d, *row) for d, table in COMMITMENT_STEPS.items() for row in sorted(table)],
)
def test_p06_every_row_of_a_commitment_has_a_witness(duty, phase, trigger):
    """A history written for it takes this row of the table, last."""
    status = witness(duty, phase, trigger).assess("2017-04-20")
    row = status.row("accord/c0", "south")
    assert passed(row.moves, "pending")[-1] == (phase, trigger, COMMITMENT_STEPS[duty][phase, trigger])


def witness_of_agreement(state, trigger):
    """A history in which the agreement is in this state when the trigger comes."""
    say = Lines()
    head = {"in_force": "by-decision"} if state == "not_in_force" and trigger != "in_force" else {}
    if trigger == "expired":
        head["duration"] = "P1W"
    accord = agreement(commitment(), **head)
    if "suspended" in (state, trigger):
        say("ant", "decision", **SUSPENDED)
    if trigger in DECIDED:
        say("ant", "decision", **DECIDED[trigger])
    if trigger == "replaced":
        after = {"ceasefire": 1, "id": "after", "adopted": date(2017, 4, 1), "replaces": ["accord"]}
        return say.history(accord, read(after | {"timezone": "UTC"}))
    return say.history(accord)


@pytest.mark.parametrize(("state", "trigger"), sorted(AGREEMENT_STEPS))
def test_p06_every_row_of_an_agreement_has_a_witness(state, trigger):
    """A history written for it takes this row of the table, last."""
    history = witness_of_agreement(state, trigger)
    assert isinstance(history, History)
    life = view_of(history.assess("2017-04-20")).outcome.lives["accord"]
    assert passed(life.moves, "not_in_force")[-1] == (state, trigger, AGREEMENT_STEPS[state, trigger])
