"""Histories: small agreements and records about them, as a list or kept in a journal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from ceasefire.assessment import assess
from ceasefire.clock import instant
from ceasefire.errors import CeasefireError
from ceasefire.instruments import Agreement, as_text
from ceasefire.journal import Journal
from ceasefire.record import Record, from_json, to_json
from ceasefire.record.kinds import repointed
from ceasefire.testing import claims, remarks
from ceasefire.testing.extra import strategies as st
from ceasefire.testing.pen import Pen
from ceasefire.testing.terms import agreement_sets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ceasefire.assessment import Assessment


@frozen(repr=False)
class History:
    """One or more agreements, and what was said about them."""

    agreements: tuple[Agreement, ...]
    records: tuple[Record, ...]

    def __repr__(self) -> str:
        """Return the agreements as text and the records a line each, for whoever reads a failing example."""
        said = (json.dumps(to_json(record), ensure_ascii=False) for record in self.records)
        return "\n".join(("History of", *map(as_text, self.agreements), "and", *said))

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        """Show a failing example so; Hypothesis would spell out every field."""
        printer.text(repr(self))

    def assess(self, as_of: Any, **asked: Any) -> Assessment:
        """Return what the records add up to; `asked` is passed on to `ceasefire.assess`."""
        return assess(self.agreements, self.records, as_of=as_of, **asked)


@frozen
class Kept:
    """One or more agreements, and a journal in memory that holds what was said about them."""

    agreements: tuple[Agreement, ...]
    journal: Journal


@st.composite
def records(
    draw: st.DrawFn, agreements: Agreement | Sequence[Agreement], most: int = 8
) -> tuple[Record, ...]:
    """Return a strategy of records about these agreements, whose parties are those of the small world.

    `most` is how many claims and remarks there are at most; a claim may bring the
    findings of the members with it. Records may dangle, contradict each other, report
    the same act in a circle, and correct what is not theirs.
    """
    several = (agreements,) if isinstance(agreements, Agreement) else tuple(agreements)
    pen = Pen(draw, several)
    for _ in range(draw(st.integers(0, most))):
        sort = pen.choose(("claim", "claim", "claim", "claim", "finding", "remark", "remark"))
        if sort == "claim" or not pen.records:
            claims.claim(pen)
        elif sort == "finding":
            claims.finding(pen)
        else:
            pen.choose(remarks.REMARKS)(pen)
    return tuple(from_json(record) for record in pen.records)


@st.composite
def histories(draw: st.DrawFn, most: int = 8, commitments: int = 3) -> History:
    """Return a strategy of histories: one or two agreements that fit together, and records.

    `commitments` is how many the first agreement has at most, `most` as in `records`.
    """
    agreements = draw(agreement_sets(commitments))
    return History(agreements, draw(records(agreements, most)))


def journals(most: int = 8) -> st.SearchStrategy[Kept]:
    """Return a strategy of journals in memory, each with the agreements that its records are about.

    What a journal refuses to write – an amendment that could have no effect, an id
    that nothing defines – is not in it.
    """
    return histories(most).map(keep)


def keep(history: History) -> Kept:
    """Return a journal in memory that holds a history, as far as a journal accepts it.

    Records are received when they were recorded, at the earliest after those before
    them; their numbers and those by which they point at each other may change.
    """
    now = instant("2017-06-01T00:00:00Z")
    salt = bytes(16)
    journal = Journal.in_memory(agreements=history.agreements, clock=lambda: now, salt=lambda: salt)
    renamed: dict[str, str] = {}
    for record in history.records:
        try:
            (written,) = journal.record(_renamed(record, renamed), at=record.recorded)
        except CeasefireError:
            continue
        renamed[record.own_id] = written.own_id
    return Kept(history.agreements, journal)


def _renamed(record: Record, renamed: dict[str, str]) -> Record:
    """Return a record without an id, pointing at others by the ids a journal gave them."""
    return evolve(repointed(record, renamed), id=None)
