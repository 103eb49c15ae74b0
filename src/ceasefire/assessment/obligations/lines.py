"""What is listed of each row: a flat line, the same whatever it was found from (`docs/rules/result.md`)."""

from __future__ import annotations

from typing import NamedTuple

from attrs import frozen


@frozen
class Aggregate:
    """A ruling that so many acts were breaches: the tally, its count, and whether that is a lower bound."""

    record: str
    count: int
    at_least: bool


class Line(NamedTuple):
    """What is listed of a row (docs/rules/result.md)."""

    commitment: str
    owed_by: str | None
    phase: str
    #: Since when it is in that phase; None where it never left the first.
    phase_from: int | None
    compliance: str | None
    #: How many breaches, remedied ones included, and how many open claims that matter.
    breaches: int
    open: int
    ongoing: bool
    due: int | None
    late_by: int | None
    #: The rulings in aggregate that stand: beside the breaches, and never added to them or to each other.
    ruled: tuple[Aggregate, ...]
