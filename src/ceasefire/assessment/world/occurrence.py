"""When something happened, as far as it was stated: bounds in microseconds of UTC.

An imprecise act is one instant somewhere between `first` and `last`. It is taken
to have occurred by the time it was written down, if that lies between them, and
it is seen from its latest instant on (docs/rules/time.md, "Precision").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.clock import FOREVER, Instant, Lasting, OneOf, PartialDate
from ceasefire.values import Value

if TYPE_CHECKING:
    from ceasefire.clock import Moment, Occurrence


class Times(Value):
    """The bounds of an occurrence; for a lasting one, of its start and of its end."""

    first: int
    last: int
    #: Whether it lasted from a start to an end, rather than being one instant.
    lasting: bool = False
    #: The bounds of the end; None while it still goes on (or when it is one instant).
    end_first: int | None = None
    end_last: int | None = None

    @property
    def goes_on(self) -> bool:
        """Whether it lasts and no end of it is known."""
        return self.lasting and self.end_last is None

    @property
    def completed(self) -> tuple[int, int] | None:
        """The bounds of when it was complete: a lasting performance occurred then.

        docs/rules/time.md, "What lasts".
        """
        if not self.lasting:
            return self.first, self.last
        if self.end_last is None or self.end_first is None:
            return None
        return self.end_first, self.end_last

    @property
    def until(self) -> int | None:
        """Its latest possible instant; None while it goes on."""
        return self.end_last if self.lasting else self.last

    def certain_part(self, as_of: int) -> tuple[int, int] | None:
        """Return the closed span in which a lasting act was certainly going on, up to `as_of`.

        It is half-open as windows are: what lasted until the instant at which a
        ceasefire began did not break it.
        """
        if self.end_first is None:
            return self.last, as_of  # its start is seen: only then is there an act
        if self.end_first < self.last:
            return None
        return self.last, min(max(self.end_first - 1, self.last), as_of)

    def possible_part(self) -> tuple[int, int]:
        """Return the closed span in which all of it must lie."""
        end = self.until
        return self.first, FOREVER if end is None else end

    def period(self) -> tuple[int, int]:
        """Return the closed span that a stated period holds: half-open, or to the end of its last date.

        What is counted up to the instant at which a ceasefire begins lies before it.
        """
        first, last = self.possible_part()
        return first, max(first, last - 1) if self.lasting and self.end_first == last else last

    def ended_at(self, bounds: tuple[int, int]) -> Times:
        """Return the same act with an end, which a decided finding gives; one before its start is none."""
        if bounds[1] < self.first:
            return self
        first, last = (max(bound, self.first) for bound in bounds)
        return Times(self.first, min(self.last, last), True, first, last)


def times_of(stated: Occurrence, zone: str, written: int | None) -> Times:
    """Return the bounds of what was stated, read in `zone`, known to have occurred by `written`."""
    if isinstance(stated, Instant):
        return Times(stated.us, stated.us)
    if not isinstance(stated, Lasting):
        return Times(*_by(stated, zone, written))
    first, last = _by(stated.start, zone, written)
    if stated.end is None:
        return Times(first, last, lasting=True)
    end_first, end_last = _by(stated.end, zone, written)
    return Times(first, min(last, max(first, end_last)), True, max(first, end_first), max(first, end_last))


def latest(stated: Occurrence | None) -> Moment | None:
    """Return the moment from which durations are counted; None where it is the latest instant possible.

    Of one of several days it is the last, as of a month the last day.
    """
    if isinstance(stated, OneOf):
        return stated.last if isinstance(stated.last, PartialDate) else None
    return None if isinstance(stated, Lasting) else stated


def _by(moment: Moment | OneOf, zone: str, written: int | None) -> tuple[int, int]:
    first, last = moment.bounds(zone)
    return first, last if written is None or written < first else min(last, written)
