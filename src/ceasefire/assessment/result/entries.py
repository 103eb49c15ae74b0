"""The rows of the lists of an assessment, one class a list: its fields are the keys of docs/rules/result.md.

A key that is a word of Python has an underscore behind it here (`from_`). What may be null in a
list that is told to the public may be None here, too.
"""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen
from msgspec import to_builtins

from ceasefire.collecting import uncollected
from ceasefire.values import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


class ListEntry(Value, rename=lambda name: name.removesuffix("_")):
    """A row of a list: its fields are its keys."""


class Question(ListEntry):
    """What was asked."""

    agreements: tuple[str, ...]
    as_of: str
    known_at: str | None
    since: str | None
    relays: bool


class MadeFrom(ListEntry):
    """What it was made from: rules, time zones, digests of agreements, records, heads of chains."""

    rules: int
    tzdata: str
    agreements: Mapping[str, str]
    records: int
    heads: Mapping[str, str]


class AgreementEntry(ListEntry):
    """The state of an agreement, since when, and until when its term runs."""

    agreement: str
    state: str
    from_: str | None
    until: str | None


class RulingEntry(ListEntry):
    """A ruling in aggregate that stands on a row."""

    record: str
    count: int
    at_least: bool


class RowEntry(ListEntry):
    """A row: a commitment and one who owes it."""

    commitment: str
    owed_by: str | None
    phase: str
    phase_from: str | None
    compliance: str | None
    breaches: int
    open: int | None
    ongoing: bool
    due: str | None
    late_by: str | None
    ruled: tuple[RulingEntry, ...]


class SpanEntry(ListEntry):
    """What falls into the period on a row, or into the one of equal length before it."""

    commitment: str
    owed_by: str | None
    span: str
    from_: str
    until: str
    breaches: int
    open: int | None
    overdue: int


class ReasonEntry(ListEntry):
    """Why a row stands as it does: one record, and what it did there."""

    commitment: str
    owed_by: str | None
    record: str | None
    at: str
    effect: str
    code: str
    why: str


class ClaimEntry(ListEntry):
    """A claim as one agreement's mechanism determines it."""

    record: str
    wording: str
    kind: str
    by: str
    said_by: str
    from_: str
    until: str | None
    agreement: str
    mechanism: str | None
    determination: str
    counts_as: str | None
    attributed_to: tuple[str, ...]
    severity: str | None
    under: tuple[str, ...]
    awaiting: tuple[str, ...]


class PositionEntry(ListEntry):
    """Who said what on which question about which claim, and whether it counted."""

    record: str
    agreement: str
    mechanism: str | None
    member: str
    question: str
    answer: str
    finding: str | None
    counted: bool


class EstimateEntry(ListEntry):
    """A number of people, as an estimate."""

    low: int | None
    best: int | None
    high: int | None


class TallyEntry(ListEntry):
    """A published count, or a stated part of one."""

    record: str
    by: str
    said_by: str
    from_: str
    until: str
    zone: str | None
    part_of: str | None
    act: str | None
    unit: str | None
    count: int | None
    answers: str | None
    confirmed: int | None
    not_confirmed: int | None
    not_covered: int | None
    accused: tuple[str, ...]
    against: tuple[str, ...]
    at_least: bool
    cumulative: bool
    ruled: bool
    pending: int | None
    killed: EstimateEntry | None
    injured: EstimateEntry | None
    read: tuple[str, ...]
    through: str | None


class CaseEntry(ListEntry):
    """The case of a claim: whether it is open, and who has still to answer what."""

    record: str
    open: bool
    awaiting: tuple[str, ...]


class ResponseEntry(ListEntry):
    """What was done about what, and what is due of it."""

    record: str | None
    to: str | None
    step: str
    by: str | None
    addressee: str | None
    due: str | None
    state: str | None


class AppraisalEntry(ListEntry):
    """How far a duty was carried out in somebody's view."""

    record: str
    commitment: str
    owed_by: str | None
    from_: str
    until: str
    by: str
    grade: str


class ProblemEntry(ListEntry):
    """What is odd in the data."""

    record: str | None
    code: str
    what: str | None


class DueEntry(ListEntry):
    """What is due after the day asked about, and of whom; of nobody alone where that is empty."""

    due: str
    kind: str
    agreement: str | None
    commitment: str | None
    record: str | None
    owed_by: tuple[str, ...]


@frozen(kw_only=True)
class Lists:
    """The lists of an assessment, with what was asked and what they were made from."""

    audience: str
    asked: Question
    made_from: MadeFrom
    #: What gives each list once it is asked for, in the order of the object.
    make: Mapping[str, Callable[[], tuple[Any, ...]]] = field(repr=False)

    @property
    def agreements(self) -> tuple[AgreementEntry, ...]:
        """The state of each agreement."""
        return self.make["agreements"]()

    @property
    def commitments(self) -> tuple[RowEntry, ...]:
        """The rows: a commitment and one who owes it."""
        return self.make["commitments"]()

    @property
    def spans(self) -> tuple[SpanEntry, ...]:
        """What falls into the period and the one before it, row by row."""
        return self.make["spans"]()

    @property
    def reasons(self) -> tuple[ReasonEntry, ...]:
        """Why each row stands as it does."""
        return self.make["reasons"]()

    @property
    def claims(self) -> tuple[ClaimEntry, ...]:
        """The claims as determined."""
        return self.make["claims"]()

    @property
    def positions(self) -> tuple[PositionEntry, ...]:
        """Who said what on which question about a claim."""
        return self.make["positions"]()

    @property
    def tallies(self) -> tuple[TallyEntry, ...]:
        """The published counts."""
        return self.make["tallies"]()

    @property
    def cases(self) -> tuple[CaseEntry, ...]:
        """The cases of claims."""
        return self.make["cases"]()

    @property
    def responses(self) -> tuple[ResponseEntry, ...]:
        """What was done about what."""
        return self.make["responses"]()

    @property
    def appraisals(self) -> tuple[AppraisalEntry, ...]:
        """How far duties were carried out in somebody's view."""
        return self.make["appraisals"]()

    @property
    def problems(self) -> tuple[ProblemEntry, ...]:
        """What is odd in the data."""
        return self.make["problems"]()

    def replaced(self, **lists: tuple[Any, ...]) -> Lists:
        """Return the same with these lists in the place of theirs."""
        return evolve(
            self, make={**self.make, **{name: partial(tuple, rows) for name, rows in lists.items()}}
        )

    def rows(self) -> dict[str, Any]:
        """Return everything under its keys, the rows as they are, of which JSON makes the same."""
        head = {"audience": self.audience, "asked": self.asked, "made_from": self.made_from}
        with uncollected():
            return {"ceasefire": 1} | head | {name: make() for name, make in self.make.items()}

    def to_dict(self) -> dict[str, Any]:
        """Return everything as one JSON object (docs/rules/result.md)."""
        head = {"asked": as_dict(self.asked), "made_from": as_dict(self.made_from)}
        rows = self.rows()
        with uncollected():
            return rows | head | {name: dicts(rows[name]) for name in self.make}


def dicts(rows: Iterable[ListEntry]) -> list[dict[str, Any]]:
    """Return rows of one list as dicts with the keys of the format, which their reader may change."""
    several = tuple(rows)
    made: list[dict[str, Any]] = [*to_builtins(several)]  # which leaves tuples as they are
    for key in _with_tuples(type(several[0])) if several else ():
        for row in made:
            if type(row[key]) is tuple:
                row[key] = [*row[key]]
    return made


def as_dict(row: ListEntry) -> dict[str, Any]:
    """Return a row of a list as a dict with the keys of the format; tuples become lists."""
    return dicts((row,))[0]


@cache
def _with_tuples(kind: type[ListEntry]) -> tuple[str, ...]:
    """Return the keys of a row whose cells are tuples here."""
    types = zip(kind.__struct_encode_fields__, kind.__annotations__.values(), strict=True)
    return tuple(key for key, told in types if str(told).startswith("tuple["))
