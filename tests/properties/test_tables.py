"""Properties of the tables: agreements and commitments (P01 to P09)."""

import itertools

import pytest
from changes import LATE, effort, inner_rows, rows
from hypothesis import given

from ceasefire.assessment.lifecycle.phases import (
    AGREEMENT_FINAL,
    AGREEMENT_STEPS,
    COMMITMENT_FINAL,
    COMMITMENT_STEPS,
    Step,
    compiled,
    step,
)
from ceasefire.assessment.obligations.compliance import COMPLIANCE
from ceasefire.testing import histories, moments

DUTIES = ("achieve", "maintain", "refrain", "recur", "permit")
PHASES = ("pending", "active", "suspended", "fulfilled", "lapsed", "concluded", "released")
STATES = ("not_in_force", "in_force", "suspended", "expired", "terminated", "replaced")


def by_the_page(duty, phase, trigger):  # noqa: C901 - as many lines as the table
    """The table of the design for a commitment, read line by line; None where it has no such line."""
    ends = "lapsed" if duty in ("achieve", "permit") else "concluded"
    living = phase in ("active", "suspended")
    match phase, trigger:
        case "pending", "started":
            return "active"
        case "pending", "started_suspended":
            return "suspended"
        case "pending", "ended" | "cannot_start":
            return "lapsed"
        case "active", "suspended":
            return "suspended"
        case "suspended", "resumed":
            return "active"
        case "active", "deadline_passed" if duty == "achieve":
            return "lapsed"
        case _, "performed" if living and duty == "achieve":
            return "fulfilled"
        case "active", "performed" if duty == "permit":
            return "fulfilled"
        case _, "ended" if living:
            return ends
        case _, "window_closed" if living and duty != "achieve":
            return ends
        case "pending" | "active" | "suspended", "released":
            return "released"
    return None


def by_the_page_agreement(state, trigger):
    """The table of the design for an agreement, read line by line; None where it has no such line."""
    in_force = state in ("in_force", "suspended")
    match state, trigger:
        case "not_in_force", "in_force":
            return "in_force"
        case "in_force", "suspended":
            return "suspended"
        case "suspended", "resumed":
            return "in_force"
        case _, "expired" if in_force:
            return "expired"
        case _, "terminated" | "replaced" if in_force or state == "not_in_force":
            return trigger
    return None


TRIGGERS = sorted({trigger for table in COMMITMENT_STEPS.values() for _, trigger in table})
AGREEMENT_TRIGGERS = sorted({trigger for _, trigger in AGREEMENT_STEPS})


@pytest.mark.parametrize("duty", DUTIES)
def test_p01_every_phase_and_trigger_is_defined(duty):
    """Every phase and trigger is defined: it moves as the page says, or it is refused and nothing changes."""
    for phase in PHASES:
        for trigger in TRIGGERS:
            wanted = by_the_page(duty, phase, trigger)
            assert COMMITMENT_STEPS[duty].get((phase, trigger)) == wanted, (phase, trigger)
            assert step(COMMITMENT_STEPS[duty], phase, trigger) == (wanted or phase)


def test_p01_every_state_and_trigger_is_defined():
    """The same for agreements."""
    for state in STATES:
        for trigger in AGREEMENT_TRIGGERS:
            wanted = by_the_page_agreement(state, trigger)
            assert AGREEMENT_STEPS.get((state, trigger)) == wanted, (state, trigger)
            assert step(AGREEMENT_STEPS, state, trigger) == (wanted or state)


def test_p02_a_table_that_is_not_deterministic_is_refused():
    """Two rows for one state and trigger are refused when the module is imported."""
    twice = (Step(("a",), "go", "b"), Step(("a", "b"), "go", "c"))
    with pytest.raises(ValueError, match="two rows for 'a' and 'go'"):
        compiled(twice, "a", frozenset({"c"}))


@pytest.mark.parametrize(
    ("table", "final", "message"),
    [
        ((Step(("a",), "go", "b"), Step(("c",), "go", "b")), "b", "unreachable"),
        ((Step(("a",), "go", "b"), Step(("b",), "go", "c"), Step(("c",), "go", "b")), "c", "way out"),
        ((Step(("a",), "go", "b"), Step(("b",), "back", "a")), "c", "initial state can be entered"),
        ((Step(("a",), "go", "b"), Step(("a",), "stop", "d")), "b", "nothing leaves"),
    ],
)
def test_p01_a_table_that_is_no_sound_machine_is_refused(table, final, message):
    """One initial state, nothing unreachable, no way out of a final one, and no dead end that is not final."""
    with pytest.raises(ValueError, match=message):
        compiled(table, "a", frozenset(final))


@effort(35)
@given(history=histories(), as_of=moments())
def test_p03_exactly_one_phase_and_at_most_one_compliance(history, as_of):
    """Exactly one phase and at most one compliance at every instant."""
    status = history.assess(as_of)
    found = status.to_dict()["commitments"]
    assert len({(row["commitment"], row["owed_by"]) for row in found}) == len(found)
    assert all(row["phase"] in PHASES for row in found)
    assert all(row["compliance"] in (None, *COMPLIANCE) for row in found)
    states = status.to_dict()["agreements"]
    assert [row["agreement"] for row in states] == [a.id for a in history.agreements]
    assert all(row["state"] in STATES for row in states)


def test_p04_final_phases_absorb():
    """Nothing leads out of a final phase or state."""
    for duty in DUTIES:
        leaving = {phase for phase, _ in COMMITMENT_STEPS[duty]}
        assert not leaving & COMMITMENT_FINAL
        assert leaving | set(COMMITMENT_STEPS[duty].values()) <= set(PHASES)
    leaving = {state for state, _ in AGREEMENT_STEPS}
    assert not leaving & AGREEMENT_FINAL
    assert leaving | AGREEMENT_FINAL == set(STATES)


def walked(table, initial, moves):
    """Check that moves follow a table, none from a final state, and return where they end."""
    state = initial
    for before, move in zip((None, *moves), moves, strict=False):
        assert table[state, move.trigger] == move.to
        assert before is None or before.at <= move.at
        state = move.to
    return state


@effort(35)
@given(history=histories(), as_of=moments())
def test_p05_only_rows_of_the_tables_are_observed(history, as_of):
    """Only table rows, one or several at the same instant, are ever observed between neighbouring instants."""
    status = history.assess(as_of)
    for life in status.outcome.lives.values():
        assert walked(AGREEMENT_STEPS, "not_in_force", life.moves) == life.state
        assert all(move.at <= status.as_of for move in life.moves)
    for row in status.outcome.rows:
        duty = status.world.commitments[row.commitment].duty
        assert walked(COMMITMENT_STEPS[duty], "pending", row.moves) == row.phase
        assert all(move.at <= status.as_of for move in row.moves)


@effort(35)
@given(history=histories())
def test_p07_a_refused_trigger_changes_nothing(history):
    """A refused trigger changes nothing: every move that is told changes the phase."""
    status = history.assess(LATE)
    for moves, first in (
        *((row.moves, "pending") for row in status.outcome.rows),
        *((life.moves, "not_in_force") for life in status.outcome.lives.values()),
    ):
        passed = [first, *(move.to for move in moves)]
        assert all(a != b for a, b in itertools.pairwise(passed))


def started(row):
    """Return when a row started, or None."""
    return next((m.at for m in row.moves if m.trigger in ("started", "started_suspended")), None)


@effort(25)
@given(history=histories(), as_of=moments())
def test_p08_nothing_counts_before_entry_into_force(history, as_of):
    """Nothing counts before entry into force (unless preemptive), and no finding changes that."""
    status = history.assess(as_of)
    for row in status.outcome.rows:
        commitment = status.world.commitments[row.commitment]
        entry, start = status.outcome.lives[commitment.agreement].entry, started(row)
        if start is None:
            assert row.breaches == 0
            assert row.open == 0
            assert row.compliance is None
            assert row.missed == ()
            assert row.phase in ("pending", "lapsed", "released")
            continue
        assert entry is not None
        assert entry <= start
        for incident in row.incident_effects:
            if incident.effect in ("breach", "alleged", "disputed"):
                until = incident.claim.times.until
                omitted = incident.claim.entry.record.act == "omission"
                assert omitted or until is None or until >= start
                assert incident.at >= start
        if row.performances is not None and not commitment.preemptive:
            for done in row.performances.established:
                assert done.claim.times.completed[1] >= start


@effort(25)
@given(history=histories(), as_of=moments())
def test_p09_a_power_or_a_call_is_never_breached(history, as_of):
    """A power or a hortatory commitment is never breached or overdue."""
    status = history.assess(as_of)
    for key, row in rows(status).items():
        commitment = status.world.commitments[key[0]]
        if commitment.duty == "permit" or commitment.hortatory:
            assert (row["compliance"], row["breaches"], row["ongoing"]) == (None, 0, False)
            assert inner_rows(status)[key].missed == ()
