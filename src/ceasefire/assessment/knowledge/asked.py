"""What a call of an assessment gives: records, the journal that holds them, days and a period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from ceasefire.clock import FIRST_YEAR, Instant, iso, moment
from ceasefire.errors import InvalidTime, RecordError, UnknownAgreement, quoted
from ceasefire.instruments.terms import Agreement
from ceasefire.record import Record
from ceasefire.values import Value

if TYPE_CHECKING:
    from datetime import date

    from ceasefire.assessment.knowledge.seals import Seal
    from ceasefire.clock import Moment

    When = str | date | Moment

    from ceasefire.assessment.knowledge.forks import Chains
    from ceasefire.assessment.knowledge.seals import Vouching
    from ceasefire.errors import Mistake


class Come(Protocol):
    """What a journal hands over of what has come to it."""

    @property
    def records(self) -> tuple[Record, ...]:
        """The records that have come, by order of arrival."""

    @property
    def mark(self) -> object:
        """How far the journal is filled with them."""


@runtime_checkable
class Keeper(Protocol):
    """What is asked of a journal: what it tells of itself beside its records."""

    def heads(self) -> Mapping[str, str]:
        """Return the newest hash of each author's chain."""

    def seals(self, known_at: Instant | None = None) -> Iterable[Seal]:
        """Return the seals received by an instant."""

    def mark(self) -> object:
        """Return how far it is filled."""

    def arrived(self, since: Any) -> Come | None:
        """Return what has come since a mark; None where that does not tell all that is different."""

    def ahead(self) -> Iterable[str]:
        """Return sentences on records that count as received later than it is now."""


def keeper(records: object) -> Keeper | None:
    """Return the journal of which records are given; None of a list or a file, which tell nothing of it."""
    return records if isinstance(records, Keeper) else None


def seals(journal: Keeper | None, known_at: int | None) -> tuple[Seal, ...]:
    """Return the seals that a journal had received; what is no journal has checked none."""
    by = None if known_at is None else Instant(known_at)
    return () if journal is None else tuple(journal.seals(by))


class Told(Value):
    """What a journal tells of itself beside its records, where there is one."""

    #: The newest hash of each author's chain.
    heads: tuple[tuple[str, str], ...] = ()
    #: Also of records that an audience may not see.
    seals: tuple[Seal, ...] = ()
    #: How far it was filled that these are all the records of; None where they are not.
    mark: object = None
    #: What it said of records that count as received later than it was.
    ahead: tuple[str, ...] = ()


def told(journal: Keeper | None, seals: tuple[Seal, ...], mark: object) -> Told:
    """Return what a journal tells, with the seals and the mark that were read before its records."""
    if journal is None:
        return Told()
    return Told(tuple(sorted(journal.heads().items())), seals, mark, tuple(journal.ahead()))


def first_of(since: When | None, as_of: int, zone: str) -> int | None:
    """Return the first instant of the period; raises `InvalidTime` where it or the span before is none."""
    if since is None:
        return None
    first = moment(since).bounds(zone)[0]
    if first > as_of:
        raise InvalidTime(f"since ({since}) lies after as_of ({iso(as_of)}): write an earlier day")
    if before(first, as_of)[0] < moment(f"{FIRST_YEAR}-01-01").bounds("UTC")[0]:
        what = f"since ({since}) is so long ago that the span of equal length before it has no date"
        raise InvalidTime(f"{what}: write a later day")
    return first


def before(since: int, as_of: int) -> tuple[int, int]:
    """Return the span of equal length before a period, both ends included.

    docs/rules/compliance.md, "Two spans".
    """
    return 2 * since - as_of - 1, since - 1


def refuse_reversed(agreement: object, records: object) -> None:
    """Refuse a call whose agreement and records stand the other way round; raises `UnknownAgreement`."""
    turned = _holds_agreements(records) and not _holds_agreements(agreement)
    if turned or _holds_records(agreement):
        raise UnknownAgreement(
            f"{quoted(agreement)} stands where the agreement belongs: the order is the other way round, "
            "ceasefire.assess(agreement, records, as_of=…)"
        )


def _holds_agreements(value: object) -> bool:
    several = value if isinstance(value, list | tuple) else (value,)
    return bool(several) and all(isinstance(one, Agreement) for one in several)


def _holds_records(value: object) -> bool:
    several = value if isinstance(value, list | tuple) else (value,)
    return keeper(value) is not None or (bool(several) and all(isinstance(one, Record) for one in several))


def given(records: Iterable[Record]) -> tuple[Record, ...]:
    """Return the records of a call; raises `RecordError` for anything else."""
    if isinstance(records, str | PurePath) or not isinstance(records, Iterable):
        raise RecordError(f"{quoted(records)} is no list of records: read a file with cf.read_records(path)")
    found = tuple(records)
    for record in found:
        if not isinstance(record, Record):
            raise RecordError(f"{quoted(record)} is no record: read a file with cf.read_records(path)")
    return found


class Asked(Value, kw_only=True):
    """The call: agreements, records and days, times in microseconds of UTC."""

    agreements: tuple[Agreement, ...]
    records: tuple[Record, ...]
    as_of: int
    known_at: int | None
    since: int | None
    relays: bool
    #: Lines of the record file that could not be read.
    mistakes: tuple[Mistake, ...]
    #: The forks among the records given, those that an audience may not see included.
    chains: Chains
    #: The seals of the records, those that an audience may not see included.
    vouched: Vouching
    #: What the journal tells beside these records, where one was given.
    told: Told = Told()
