"""The life of an agreement: when it entered into force, was suspended, and ended.

docs/rules/agreements.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from ceasefire.assessment.lifecycle.phases import AGREEMENT_STEPS, Transition, by_what, run
from ceasefire.assessment.lifecycle.precedence import AT_ONE_INSTANT
from ceasefire.assessment.lifecycle.renewal import Ended, term_of
from ceasefire.assessment.lifecycle.suspensions import Suspension, suspension_triggers, suspensions_of
from ceasefire.clock import FOREVER
from ceasefire.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ceasefire.assessment.codes import Problem
    from ceasefire.assessment.lifecycle.effects import Effect
    from ceasefire.assessment.lifecycle.precedence import Trigger
    from ceasefire.clock import Moment
    from ceasefire.instruments.terms import Agreement


class AgreementLife(Value):
    """What became of an agreement up to the day asked about."""

    #: The first instant in force; None if it has not been.
    entry: int | None
    #: The date or instant it is counted from where only a date was given.
    entry_stated: Moment | None
    #: The instant it ended; FOREVER while it has not.
    end: int
    #: When it ended; while it has not, the end of the current term, where it has one.
    until: int | None
    suspensions: tuple[Suspension, ...]
    moves: tuple[Transition, ...]
    #: What it entered into force by, and ended by; None where the text alone says so.
    entered_by: str | None
    ended_by: Ended | None
    #: Whether somebody has objected to the renewal of the present term: it is the last.
    objected: bool = False

    @property
    def state(self) -> str:
        """The state it is in."""
        return self.moves[-1].to if self.moves else "not_in_force"

    @property
    def since(self) -> int | None:
        """When it came into that state; None where nothing has moved it."""
        return self.moves[-1].at if self.moves else None


class AgreementAsOf(Value):
    """An agreement as of a day: its text, the decisions that have taken effect, what became of it."""

    agreement: Agreement
    #: In order of time.
    effects: Sequence[Effect]
    life: AgreementLife
    as_of: int


class Entry(Value):
    """When an agreement entered into force, by its text or by a decision, and as that stated it."""

    at: int
    stated: Moment | None
    record: str | None = None


def entry_of(agreement: Agreement, effects: Iterable[Effect], as_of: int) -> Entry | None:
    """Return when an agreement entered into force, or None if it has not; `effects` are in order of time."""
    found = [Entry(e.at, e.stated, e.record) for e in effects if e.does == "enter_into_force"]
    if agreement.in_force is not None:
        found.insert(0, Entry(agreement.in_force.bounds(agreement.timezone)[0], agreement.in_force))
    ended = min((e.at for e in effects if e.does == "terminate"), default=FOREVER)
    entry = min(found, key=lambda e: e.at, default=None)
    return entry if entry is not None and entry.at <= min(as_of, ended) else None


def agreement_life(
    agreement: Agreement, effects: Sequence[Effect], replaced_by: Entry | None, as_of: int
) -> tuple[AgreementLife, list[Problem]]:
    """Return the life of an agreement up to `as_of`, from the decisions that have taken effect.

    With it comes a problem for each that changes nothing.
    """
    own = [e for e in effects if e.target == agreement.id]
    entry = entry_of(agreement, own, as_of)
    if entry is not None and replaced_by is not None and replaced_by.at < entry.at:
        entry = None
    ends = [Ended(e.at, "terminated", e.record, e.code) for e in own if e.does == "terminate"]
    term_ends: int | None = None
    problems: list[Problem] = []
    if entry is not None:
        term_ends, expired, problems = term_of(agreement, own, entry.at, as_of)
        if expired is not None:
            ends.append(expired)
    if replaced_by is not None:
        ends.append(Ended(replaced_by.at, "replaced", replaced_by.record, by_what(replaced_by.record)))
    end = min(ends, key=lambda e: (e.at, AT_ONE_INSTANT[e.trigger]), default=None)
    ended = FOREVER if end is None else end.at
    stated, unfit = suspensions_of(own, ended)
    # Each is open from entry into force at the earliest.
    begun = FOREVER if entry is None else entry.at
    suspensions = tuple(replace(s, start=max(s.start, begun)) for s in stated)
    found = AgreementLife(
        entry=None if entry is None else entry.at,
        entry_stated=None if entry is None else entry.stated,
        end=ended,
        until=term_ends if end is None else ended,
        suspensions=suspensions,
        moves=run(AGREEMENT_STEPS, "not_in_force", _triggers(entry, suspensions, end, as_of)),
        entered_by=None if entry is None else entry.record,
        ended_by=end,
        objected=agreement.renewal == "tacit" and any(e.does == "object" for e in own),
    )
    return found, problems + unfit


def _triggers(
    entry: Entry | None, suspensions: Iterable[Suspension], end: Ended | None, as_of: int
) -> list[Trigger]:
    """Return all that moves an agreement up to a day."""
    triggers = suspension_triggers(suspensions, as_of)
    if entry is not None:
        triggers.append((entry.at, "in_force", entry.record, by_what(entry.record)))
    if end is not None:
        triggers.append((end.at, end.trigger, end.record, end.code))
    return triggers
