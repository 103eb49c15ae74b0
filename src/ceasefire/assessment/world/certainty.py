"""How surely something holds: no, maybe, yes (docs/rules/scope.md).

One scale for all that is asked of what was stated too coarsely, or is not settled: whether an
act concerns a commitment, a place lies in a zone, somebody belonged to a group, a performance counts.
"""

from __future__ import annotations

from enum import IntEnum


class Certainty(IntEnum):
    """Whether something holds; of several answers the least, or the greatest, is that of them all."""

    NO = 0
    MAYBE = 1
    YES = 2


NO, MAYBE, YES = Certainty
