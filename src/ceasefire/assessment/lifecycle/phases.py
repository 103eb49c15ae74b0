"""Where a commitment or an agreement is in its life: the transition tables, as data.

The tables of docs/rules/commitments.md, "The life of a commitment", row by row. They are checked when this
module is
imported: one initial state, nothing unreachable, no way out of a final state,
no two rows for one state and trigger. A trigger the table does not name for a
state is refused and changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.assessment.lifecycle.precedence import precedence
from ceasefire.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire.assessment.lifecycle.precedence import Trigger


DUTIES: Final = ("achieve", "maintain", "refrain", "recur", "permit")


_LASTING: Final = ("maintain", "refrain", "recur")


class Step(Value):
    """One row: in these states this trigger leads there; `duties` empty means every duty."""

    states: tuple[str, ...]
    trigger: str
    to: str
    duties: tuple[str, ...] = ()


#: The life of a commitment. `performed` of a permit is a `once` that was exercised while active.
COMMITMENT: Final = (
    Step(("pending",), "started", "active"),
    Step(("pending",), "started_suspended", "suspended"),
    Step(("pending",), "ended", "lapsed"),
    Step(("pending",), "cannot_start", "lapsed"),
    Step(("active", "suspended"), "performed", "fulfilled", ("achieve",)),
    Step(("active",), "performed", "fulfilled", ("permit",)),
    Step(("active",), "suspended", "suspended"),
    Step(("suspended",), "resumed", "active"),
    Step(("active",), "deadline_passed", "lapsed", ("achieve",)),
    Step(("active", "suspended"), "ended", "lapsed", ("achieve", "permit")),
    Step(("active", "suspended"), "window_closed", "lapsed", ("permit",)),
    Step(("active", "suspended"), "ended", "concluded", _LASTING),
    Step(("active", "suspended"), "window_closed", "concluded", _LASTING),
    Step(("pending", "active", "suspended"), "released", "released"),
)


#: The life of an agreement.
AGREEMENT: Final = (
    Step(("not_in_force",), "in_force", "in_force"),
    Step(("in_force",), "suspended", "suspended"),
    Step(("suspended",), "resumed", "in_force"),
    Step(("in_force", "suspended"), "expired", "expired"),
    Step(("not_in_force", "in_force", "suspended"), "terminated", "terminated"),
    Step(("not_in_force", "in_force", "suspended"), "replaced", "replaced"),
)


COMMITMENT_FINAL: Final = frozenset({"fulfilled", "concluded", "lapsed", "released"})


AGREEMENT_FINAL: Final = frozenset({"expired", "terminated", "replaced"})


Table = dict[tuple[str, str], str]


def compiled(rows: tuple[Step, ...], initial: str, final: frozenset[str], duty: str | None = None) -> Table:
    """Return a table as a dictionary, refusing one that is no sound state machine."""
    table: Table = {}
    for row in rows:
        if duty is not None and row.duties and duty not in row.duties:
            continue
        for state in row.states:
            if (state, row.trigger) in table:
                raise ValueError(f"two rows for {state!r} and {row.trigger!r}")
            table[state, row.trigger] = row.to
    reached, frontier = {initial}, [initial]
    while frontier:
        state = frontier.pop()
        fresh = {to for (source, _), to in table.items() if source == state} - reached
        reached |= fresh
        frontier += sorted(fresh)
    states = {state for state, _ in table} | set(table.values())
    if states - reached:
        raise ValueError(f"unreachable: {sorted(states - reached)}")
    if any(state in final for state, _ in table):
        raise ValueError("a final state has a way out")
    if any(to == initial for to in table.values()):
        raise ValueError("the initial state can be entered again")
    if {to for to in table.values() if not any(state == to for state, _ in table)} - final:
        raise ValueError("a state that nothing leaves is not declared final")
    return table


#: By duty: (phase, trigger) to phase.
COMMITMENT_STEPS: Final[dict[str, Table]] = {
    duty: compiled(COMMITMENT, "pending", COMMITMENT_FINAL, duty) for duty in DUTIES
}


#: (state, trigger) to state.
AGREEMENT_STEPS: Final[Table] = compiled(AGREEMENT, "not_in_force", AGREEMENT_FINAL)


def step(table: Table, state: str, trigger: str) -> str:
    """Return the state after a trigger; a trigger that is refused changes nothing."""
    return table.get((state, trigger), state)


class Transition(Value):
    """One move of a phase: when, by which trigger, into what, by which record and why."""

    at: int
    trigger: str
    to: str
    record: str | None
    code: str


def by_what(record: str | None) -> str:
    """Return by what something came at an instant: a decision, where one put it there, else the text."""
    return "by_date" if record is None else "by_decision"


def run(table: Table, state: str, triggers: Iterable[Trigger]) -> tuple[Transition, ...]:
    """Step through a table in the order of time and, at one instant; keep what moved.

    docs/rules/time.md, "At one instant".
    """
    moves = []
    for at, trigger, record, code in sorted(triggers, key=precedence):
        to = step(table, state, trigger)
        if to != state:
            moves.append(Transition(at, trigger, to, record, code))
            state = to
    return tuple(moves)
