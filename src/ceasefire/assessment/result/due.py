"""The table `due`: what has passed without being done, and what is due in the days to come.

docs/rules/result.md, "What is due". What lies ahead is what `falling_due` finds; what has passed are the
deadlines and periods of which nothing is established as done in time, and what a
response asks that nobody has answered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ceasefire.assessment.codes import ENDINGS
from ceasefire.assessment.result import cases
from ceasefire.assessment.result.falling_due import falling_due
from ceasefire.clock import iso, read_iso, to_local
from ceasefire.errors import UnknownRow, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ceasefire.assessment.obligations.rows import Row
    from ceasefire.assessment.result.entries import ResponseEntry
    from ceasefire.assessment.result.view import View

#: The first window, in days; the second is what was asked for.
SOON: Final = 14
#: The longest that may be asked for: a hundred years.
_LONGEST: Final = 36_525

#: How what is due stands, and what that means.
STATES: Final = {
    "ahead": "its time has not passed",
    "not_begun": "its time has not passed, and the commitment has not begun: nothing is owed as yet",
    "not_established": "its time has passed, and nothing is established as done or as making it good",
    "not_settled": "its time has passed; whether it was done in time is open, or unclear",
    "no_answer": "its time has passed, and no answer to it is recorded",
}
#: States of what is not over.
_LATER: Final = frozenset({"ahead", "not_begun"})


class Due(NamedTuple):
    """One thing that is due or whose time has passed, with all who owe it."""

    #: The last instant in time; of a term or a notice, the instant at which it ends. An instant of UTC.
    due: str
    #: From the local day asked about to the local day of `due`; below zero once that has passed.
    days: int
    #: In which window it lies: 14, or as many days as were asked for; None once it has passed.
    within: int | None
    #: One of `falling_due.KINDS`.
    kind: str
    #: One of `STATES`.
    state: str
    agreement: str | None
    commitment: str | None
    owed_by: tuple[str, ...]
    record: str | None
    #: Of what a response asks: the established remedies that say that it was followed.
    remedies: tuple[str, ...]


def due(status: View, responses: Iterable[ResponseEntry], days: int = 30) -> tuple[Due, ...]:
    """Return what has passed without being done and what is due within so many days, by time.

    A day is a local one, in the agreements' time zone. Raises `UnknownRow` for what is no number of days.
    """
    if type(days) is not int or not 1 <= days <= _LONGEST:
        raise UnknownRow(f"{quoted(days)} is no number of days: write a whole one from 1 to {_LONGEST}")
    listed = tuple(responses)
    asked = cases.unanswered(status.outcome, status.timezone)
    several = [*_passed(status), *_unanswered(status, listed, asked), *_ahead(status, listed)]
    windows = (min(SOON, days), days)
    found = [
        one._replace(within=next(w for w in windows if one.days <= w) if one.state in _LATER else None)
        for one in several
        if one.days <= days
    ]
    return tuple(sorted(found, key=lambda one: read_iso(one.due)))  # at one instant, in the order found


def _ahead(status: View, responses: Iterable[ResponseEntry]) -> Iterator[Due]:
    """Yield what is due later, the nearest first: what was followed by a remedy is no more."""
    begun = {(row.commitment, row.owed_by) for row in status.outcome.rows if row.phase != "pending"}
    for one in falling_due(status, responses):
        waits = one.commitment and not any((one.commitment, owing) in begun for owing in one.owed_by)
        at = read_iso(one.due)
        yield Due(
            due=one.due,
            days=_days(status, at - 1 if one.kind in ENDINGS else at),
            within=None,
            kind=one.kind,
            state="not_begun" if waits else "ahead",
            agreement=one.agreement,
            commitment=one.commitment,
            owed_by=_asked_of(status, one.owed_by) if one.kind == "answer" else tuple(one.owed_by),
            record=one.record,
            remedies=(),
        )


def _passed(status: View) -> Iterator[Due]:
    """Yield each deadline and period that passed undone or unsettled, with all whose it was."""
    found: dict[tuple[int, str, str, str], list[str]] = {}
    for row in status.outcome.rows:
        if row.owed_by is not None:
            for passed, state in _wanting(row):
                kind = "deadline" if row.obligation.life.commitment.duty == "achieve" else "period"
                found.setdefault((passed - 1, kind, state, row.commitment), []).append(row.owed_by)
    for (at, kind, state, commitment), owing in found.items():
        yield Due(
            due=iso(at),
            days=_days(status, at),
            within=None,
            kind=kind,
            state=state,
            agreement=commitment.partition("/")[0],
            commitment=commitment,
            owed_by=tuple(owing),
            record=None,
            remedies=(),
        )


def _wanting(row: Row) -> Iterator[tuple[int, str]]:
    """Yield when each of a row passed that is not established as done, and how it stands."""
    yield from ((at, "not_established") for at in row.wanting)
    yield from ((at, "not_settled") for at in row.unsettled)


def _unanswered(
    status: View, responses: Iterable[ResponseEntry], asked: dict[str, tuple[str, ...]]
) -> Iterator[Due]:
    """Yield what a response asked by a day that has passed, and to which no answer is recorded."""
    for response in responses:
        if response.record not in asked or response.due is None:
            continue
        if read_iso(response.due) <= status.as_of:
            yield Due(
                due=response.due,
                days=_days(status, read_iso(response.due)),
                within=None,
                kind="answer",
                state="no_answer",
                agreement=None,
                commitment=None,
                owed_by=_asked_of(status, [response.addressee]),
                record=response.record,
                remedies=asked[response.record],
            )


def _asked_of(status: View, addressees: Iterable[str | None]) -> tuple[str, ...]:
    """Return of whom something is asked; the public is not told: who is asked may be who is accused."""
    return () if status.audience == "public" else tuple(one for one in addressees if one is not None)


def _days(status: View, instant: int) -> int:
    """Return how many local days lie between the day asked about and that of an instant."""
    zone = status.timezone
    return (to_local(instant, zone).date() - to_local(status.as_of, zone).date()).days


def as_entry(one: Due) -> dict[str, Any]:
    """Return what is due as JSON has it."""
    return one._asdict() | {"owed_by": list(one.owed_by), "remedies": list(one.remedies)}


def as_row(one: Due) -> dict[str, Any]:
    """Return what is due as a flat row."""
    return one._asdict() | {"owed_by": ";".join(one.owed_by), "remedies": ";".join(one.remedies)}
