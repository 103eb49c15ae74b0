"""The transition tables are checked when they are read: what is no sound state machine is refused."""

import pytest

from ceasefire.assessment.lifecycle.phases import (
    AGREEMENT,
    AGREEMENT_FINAL,
    COMMITMENT,
    COMMITMENT_FINAL,
    DUTIES,
    Step,
    compiled,
    step,
)

#: A door: closed, open, and at last walled up.
DOOR = (
    Step(("closed",), "opened", "open"),
    Step(("closed", "open"), "walled", "gone"),
)
GONE = frozenset({"gone"})


def test_a_sound_table_becomes_a_dictionary():
    """Each state of a row with its trigger leads where the row says."""
    assert compiled(DOOR, "closed", GONE) == {
        ("closed", "opened"): "open",
        ("closed", "walled"): "gone",
        ("open", "walled"): "gone",
    }


def test_a_row_for_some_duties_is_in_their_tables_only():
    """A row with duties is left out of the table of another duty; one without is in every table, and so is all without a duty asked for."""
    rows = (Step(("closed",), "kicked", "gone", ("achieve", "permit")), *DOOR)
    assert ("closed", "kicked") in compiled(rows, "closed", GONE, "permit")
    assert ("closed", "kicked") in compiled(rows, "closed", GONE)
    assert compiled(rows, "closed", GONE, "recur") == compiled(DOOR, "closed", GONE)


def test_two_states_reached_one_after_the_other_are_reached():
    """A state is reachable through others, however many there are between."""
    rows = (
        Step(("a",), "go", "b"),
        Step(("a",), "leap", "d"),
        Step(("b",), "go", "c"),
        Step(("c",), "go", "d"),
        Step(("d",), "go", "gone"),
    )
    assert len(compiled(rows, "a", GONE)) == 5


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((*DOOR, Step(("open",), "walled", "closed")), "two rows for 'open' and 'walled'"),
        ((*DOOR, Step(("ajar",), "walled", "gone")), r"unreachable: \['ajar'\]"),
        (
            (*DOOR, Step(("attic",), "down", "loft"), Step(("loft",), "up", "attic")),
            r"unreachable: \['attic', 'loft'\]",
        ),
        ((*DOOR, Step(("gone",), "opened", "open")), "a final state has a way out"),
        ((*DOOR, Step(("open",), "closed", "closed")), "the initial state can be entered again"),
        ((*DOOR, Step(("open",), "locked", "locked")), "a state that nothing leaves is not declared final"),
    ],
)
def test_what_is_no_state_machine_is_refused(rows, said):
    """Two answers, an island, a way out of the end, a way back to the beginning, a dead end nobody declared."""
    with pytest.raises(ValueError, match=f"^{said}$"):
        compiled(rows, "closed", GONE)


def test_a_trigger_the_table_does_not_name_changes_nothing():
    """An open door is not opened again; a closed one is."""
    table = compiled(DOOR, "closed", GONE)
    assert step(table, "open", "opened") == "open"
    assert step(table, "closed", "opened") == "open"
    assert step(table, "gone", "walled") == "gone"


def test_the_tables_of_the_library_are_read_by_the_same_rules():
    """An agreement begins not in force, a commitment pending; every duty has a table."""
    assert compiled(AGREEMENT, "not_in_force", AGREEMENT_FINAL)
    assert all(compiled(COMMITMENT, "pending", COMMITMENT_FINAL, duty) for duty in DUTIES)
