"""What is due after the day asked about, and from whom: deadlines, ends of periods, windows and terms.

In one place, for the result and for reports. Each has the last instant that is still
in time; of a term, the instant at which it ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from ceasefire.assessment.obligations.performances import running
from ceasefire.assessment.result.entries import DueEntry
from ceasefire.clock import FOREVER, iso, read_iso

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ceasefire.assessment.lifecycle.agreements import AgreementLife
    from ceasefire.assessment.obligations.rows import Row
    from ceasefire.assessment.result.entries import ResponseEntry
    from ceasefire.assessment.result.view import View
    from ceasefire.instruments.terms import Agreement

#: What may be due, and what that means.
KINDS: Final = {
    "deadline": "what is to be done, by its deadline",
    "period": "what is owed in every period, by the end of the first in which it is still owed",
    "window": "what is to be kept or may be used until then, and no longer",
    "condition": "what a commitment waits for, if it is to start at all",
    "objection": "the last instant at which a member can object to the renewal of an agreement",
    "renewal": "the last instant at which a decision can renew an agreement",
    "term": "the end of the present term of an agreement",
    "notice": "the end of an agreement by a notice that runs",
    "answer": "what a response asks of its addressee",
    "silence": "the last instant at which a member can object to a decision, before silence is consent",
}
#: Phases in which nothing is over yet.
_GOING_ON: Final = frozenset({"pending", "active", "suspended"})
_IN_FORCE: Final = frozenset({"in_force", "suspended"})


class Coming(NamedTuple):
    """One thing that is due, and when; of whom is told apart."""

    due: int
    kind: str
    agreement: str | None
    commitment: str | None = None
    record: str | None = None


def falling_due(status: View, responses: Iterable[ResponseEntry]) -> tuple[DueEntry, ...]:
    """Return what is due after the day asked about, the nearest first, each with all who owe it.

    `due` is an instant of UTC, `kind` one of `KINDS`, `owed_by` as in the rows; empty
    where it is nobody's alone.
    """
    found: dict[Coming, list[str]] = {}
    for row in status.outcome.rows:
        for one in _of_row(row, status.as_of):
            found.setdefault(one, []).append(str(row.owed_by))
    for agreement in status.agreements:
        for one in _of_agreement(agreement, status.lives[agreement.id]):
            found[one] = []
    for name, several in status.outcome.running.items():
        if status.lives[name].ended_by is None:
            found |= {Coming(e.at, "notice", name, None, e.record): [] for e in several}
    found |= {one: [] for one in _silences(status)} | _answers(responses)
    later = [one for one in found if one.due > status.as_of]
    return tuple(
        DueEntry(iso(one.due), *one[1:], tuple(found[one]))
        for one in sorted(later, key=lambda one: one.due)  # what is due at one instant, in the order found
    )


def _silences(status: View) -> Iterator[Coming]:
    """Yield until when a silence procedure lets members object to a decision that does not stand yet."""
    for heard in status.outcome.heard:
        for claim in heard.claims:
            if claim.open and claim.ruling.silence_ended is not None:
                yield Coming(claim.ruling.silence_ended, "silence", claim.agreement, None, claim.id)


def _answers(responses: Iterable[ResponseEntry]) -> dict[Coming, list[str]]:
    """Return what responses ask, each with its addressee."""
    return {
        Coming(read_iso(one.due), "answer", None, None, one.record): (
            [] if one.addressee is None else [one.addressee]
        )
        for one in responses
        if one.state == "open" and one.due is not None
    }


def _of_row(row: Row, as_of: int) -> Iterator[Coming]:
    """Yield what is due of a bearer: its members have no deadlines of their own."""
    life = row.obligation.life
    if row.owed_by not in row.obligation.responsibility.bearers or row.phase not in _GOING_ON:
        return
    agreement, commitment = life.commitment.agreement, life.commitment.name
    if row.due is not None:
        yield Coming(row.due, "deadline", agreement, commitment)
    if row.performances is not None and row.phase == "active":
        end = running(row.performances, life, row.obligation.materials.agreement, as_of)
        if end is not None:
            yield Coming(end - 1, "period", agreement, commitment)
    if row.phase == "pending" and life.waits_until < FOREVER:
        yield Coming(life.waits_until - 1, "condition", agreement, commitment)
    if life.closes < FOREVER:
        yield Coming(life.closes - 1, "window", agreement, commitment)


def _of_agreement(agreement: Agreement, life: AgreementLife) -> Iterable[Coming]:
    """Yield the end of a term, and until when somebody can still decide what comes after it."""
    if life.until is None or life.state not in _IN_FORCE:
        return
    members = any(m.members for m in agreement.mechanisms if agreement.id in m.oversees)
    if agreement.renewal == "tacit" and members and not life.objected:
        yield Coming(life.until - 1, "objection", agreement.id)
    if agreement.renewal == "by-decision":
        yield Coming(life.until - 1, "renewal", agreement.id)
    yield Coming(life.until, "term", agreement.id)
