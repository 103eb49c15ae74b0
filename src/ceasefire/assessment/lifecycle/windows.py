"""When a commitment is in effect.

docs/rules/commitments.md, "Windows".
"""

from __future__ import annotations

from bisect import bisect_right

from ceasefire.clock import FOREVER
from ceasefire.values import Value


class Window(Value):
    """When a commitment is in effect: from `start` until `end`, but not in [start, end) of `pauses`.

    Pauses are in order, and neither overlap nor adjoin.
    """

    start: int
    end: int
    pauses: tuple[tuple[int, int], ...]

    def meets(self, first: int, last: int) -> bool:
        """Tell whether it is in effect at any instant of a closed span."""
        first, last = max(first, self.start), min(last, self.end - 1)
        pause = self._pause(first)
        return (first if pause is None else max(first, pause[1])) <= last

    def fills(self, first: int, last: int) -> bool:
        """Tell whether it is in effect at every instant of a closed span."""
        if not self.start <= first or not last < self.end:
            return False
        pause = self._pause(last)
        return pause is None or pause[1] <= first

    def _pause(self, instant: int) -> tuple[int, int] | None:
        """Return the last pause that had begun by an instant."""
        begun = bisect_right(self.pauses, (instant, FOREVER))
        return self.pauses[begun - 1] if begun else None
