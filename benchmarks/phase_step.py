"""What a step through a phase table costs, beside a bare dictionary and beside `transitions`.

The goal: at most twice a dictionary lookup. All three are measured in one run, by
turns, and each figure is the least of many rounds, so that what else the machine
does falls on none of them.
"""

from __future__ import annotations

import timeit

from transitions import Machine

from ceasefire.assessment.lifecycle.phases import COMMITMENT, COMMITMENT_STEPS, step

ROUNDS = 15
STEPS = 200_000
STEPS_OF_PEER = 2_000
GOAL = 2.0

TABLE = COMMITMENT_STEPS["achieve"]
#: A life: started, suspended, resumed, and from there round again.
ROUND_TRIP = (("active", "suspended"), ("suspended", "resumed"))


class Commitment:
    """What `transitions` puts its state on."""

    state: str


def peer() -> Commitment:
    """Return the same table as a machine of `transitions`."""
    rows = [
        {"trigger": f"{row.trigger}_", "source": state, "dest": row.to}
        for row in COMMITMENT
        if not row.duties or "achieve" in row.duties
        for state in row.states
    ]
    commitment = Commitment()
    Machine(
        commitment,
        states=sorted({"pending", *TABLE.values()}),
        transitions=rows,
        initial="active",
        auto_transitions=False,
    )
    return commitment


def nanoseconds(statement: str, names: dict[str, object], number: int) -> float:
    """Return what one step costs: the statement makes two."""
    return timeit.timeit(statement, globals=names, number=number) / number / 2 * 1e9


def main() -> None:
    """Measure by turns, and print the table of ratios."""
    (first, suspend), (second, resume) = ROUND_TRIP
    names = {
        "table": TABLE,
        "step": step,
        "one": first,
        "suspend": suspend,
        "two": second,
        "resume": resume,
        "peer": peer(),
    }
    measured = {
        "a dictionary lookup": ("table[one, suspend]; table[two, resume]", STEPS),
        "a step of ceasefire": ("step(table, one, suspend); step(table, two, resume)", STEPS),
        "a step of transitions": ("peer.suspended_(); peer.resumed_()", STEPS_OF_PEER),
    }
    best = dict.fromkeys(measured, float("inf"))
    for _ in range(ROUNDS):
        for name, (statement, number) in measured.items():
            best[name] = min(best[name], nanoseconds(statement, names, number))
    floor = best["a dictionary lookup"]
    print(f"{'':24}{'ns':>10}{'ratio':>10}")
    for name, cost in best.items():
        print(f"{name:24}{cost:>10.0f}{cost / floor:>10.1f}")
    ratio = best["a step of ceasefire"] / floor
    verdict = "met" if ratio <= GOAL else "not met"
    print(f"goal: at most {GOAL} times a dictionary lookup: {verdict} ({ratio:.2f})")
    print("what limits it: the call of a Python function, and the pair that is made as the key")


if __name__ == "__main__":
    main()
