"""When what a file declares begins and ends, and which mechanism oversees which agreement meanwhile.

At any instant an agreement has one mechanism at most, or none (docs/rules/claims.md, "Who determines"):
with two, a claim would have two determinations. The same rule holds inside one
file and over several files used together, so it stands here once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.clock import FOREVER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ceasefire.clock import Moment
    from ceasefire.instruments.terms import Key, Mechanism, MemberTerm, RoleTerm


def closing(moment: Moment, zone: str) -> int:
    """Return the instant at which something ends or closes: at an instant itself, after a date with its day.

    docs/rules/time.md, "Where something begins and ends".
    """
    first, last = moment.bounds(zone)
    return first if first == last else last + 1


def term(holder: Mechanism | Key | RoleTerm | MemberTerm, zone: str) -> tuple[int, int]:
    """Return the instants [from, until) of what has a term, in microseconds, its dates read in `zone`."""
    start = -FOREVER if holder.from_ is None else holder.from_.bounds(zone)[0]
    return start, FOREVER if holder.until is None else closing(holder.until, zone)


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
