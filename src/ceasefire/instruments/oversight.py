"""Which mechanism oversees which agreement, and from when until when.

At any instant an agreement has one mechanism at most, or none (docs/rules/claims.md, "Who determines"):
with two, a claim would have two determinations. The same rule holds inside one
file and over several files used together, so it stands here once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.clock import FOREVER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ceasefire.instruments.terms import Key, Mechanism


def term(mechanism: Mechanism | Key, zone: str) -> tuple[int, int]:
    """Return the instants [from, until) of a mechanism (or a key), in microseconds, its dates read in `zone`.

    A date that begins it begins with that day, a date that ends it ends with it (docs/rules/time.md,
    "Where something begins and ends").
    """
    start = -FOREVER if mechanism.from_ is None else mechanism.from_.bounds(zone)[0]
    if mechanism.until is None:
        return start, FOREVER
    first, last = mechanism.until.bounds(zone)
    return start, last if first == last else last + 1


def rivals(mechanisms: Iterable[Mechanism], zone: str) -> Iterator[tuple[str, Mechanism, Mechanism]]:
    """Yield each agreement that two mechanisms oversee at one time, with the two in the order given."""
    overseers: dict[str, list[Mechanism]] = {}
    for mechanism in mechanisms:
        for agreement in mechanism.oversees:
            overseers.setdefault(agreement, []).append(mechanism)
    for agreement, several in overseers.items():
        ordered = sorted(((*term(m, zone), n) for n, m in enumerate(several)))
        reach, holder = -FOREVER - 1, -1
        for start, end, number in ordered:
            if start < reach:
                first, second = sorted((holder, number))
                yield agreement, several[first], several[second]
            if end > reach:
                reach, holder = end, number
