"""What every section of a report is written from: one audience's view, with its names and its period."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import field, frozen

from ceasefire import times_in_words as times
from ceasefire.assessment.codes import present
from ceasefire.record.choices import ALLOWED
from ceasefire.reporting.document import Link, Ref, Words
from ceasefire.reporting.material.audience import released, seen_by
from ceasefire.reporting.material.names import Names, names_of
from ceasefire.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ceasefire.assessment import AgreementLife, Assessment, Effect, Sealed
    from ceasefire.assessment.result.entries import (
        ClaimEntry,
        DueEntry,
        Lists,
        PositionEntry,
        ReasonEntry,
        ResponseEntry,
    )
    from ceasefire.clock import Occurrence
    from ceasefire.instruments.terms import Agreement, Noted
    from ceasefire.record.fields import Evidence
    from ceasefire.record.kinds import Record


_Told = TypeVar("_Told", "ClaimEntry", "ReasonEntry")


@frozen
class Window:
    """A span of time, both ends included, in microseconds of UTC."""

    first: int
    last: int

    def holds(self, start: int, end: int) -> bool:
        """Tell whether a span lies wholly within; an end may be given half-open."""
        return self.first <= start and end <= self.last + 1

    def meets(self, start: int, end: int) -> bool:
        """Tell whether a span, its end given half-open, has any part within."""
        return start <= self.last and self.first < end


@frozen(kw_only=True)
class Material:
    """One audience's view of an assessment."""

    audience: str
    agreements: tuple[Agreement, ...]
    timezone: str
    as_of: int
    known_at: int | None
    since: int | None
    #: The first and the last instant of the span of equal length before the period.
    span_before: tuple[int, int] | None
    relays: bool
    #: The instant of making, only if the caller gave one.
    issued: int | None
    data: Lists = field(repr=False)
    #: How many records those it may see point at that it may not see, or that are not here.
    not_released: int
    records: Mapping[str, Record] = field(repr=False)
    #: Incidents of which this audience may not know who is accused, each with the agreement that judges it.
    nameless: frozenset[tuple[str, str]]
    #: Incidents, and answers to them, whose free text this audience may not read.
    wordless: frozenset[str]
    names: Names = field(repr=False)
    #: What became of each agreement, by its id.
    lives: Mapping[str, AgreementLife] = field(repr=False)
    #: Records that their authors took back.
    withdrawn: frozenset[str] = frozenset()
    #: Findings that are shown and never counted, and why: `earlier_wording`, `fork` or `unsealed`.
    superseded: Mapping[str, str] = field(factory=dict, repr=False)
    #: Of each author with a declared key, what is under seal.
    sealed: tuple[Sealed, ...] = ()
    #: By agreement, the notices by which it will end, where this audience may read them.
    running: Mapping[str, tuple[Effect, ...]] = field(factory=dict, repr=False)
    #: What is due after the date of the report, as `Assessment.coming` has it.
    coming: tuple[DueEntry, ...] = ()
    #: How many records tell of what had occurred by the date of the report.
    looked_at: int = 0
    #: The latest instant at which each act may have begun, by its record.
    began: Mapping[str, int] = field(factory=dict, repr=False)

    @property
    def present(self) -> str:
        """What a record is that this audience can read of; what is not there, is told with it."""
        return present(self.audience)

    @property
    def period(self) -> Window | None:
        """The period the report is about, if one was asked for."""
        return None if self.since is None else Window(self.since, self.as_of)

    @property
    def previous(self) -> Window | None:
        """The span of equal length before the period."""
        return None if self.span_before is None else Window(*self.span_before)

    @property
    def unanswered(self) -> str:
        """What is said of those whose answer is not there."""
        return "still to answer" if self.present == "recorded" else f"no answer {self.present} of"

    @cached_property
    def year(self) -> str | None:
        """The one year in which the period and the span before it lie; None where there is none."""
        if self.period is None or self.previous is None:
            return None
        ends = (self.previous.first, self.period.last)
        years = {times.local_day(us, self.timezone)[:4] for us in ends}
        return years.pop() if len(years) == 1 else None

    @cached_property
    def parts_that_differ(self) -> dict[str, int]:
        """What the parts of a published total sum to, by its record, where a problem tells of it."""
        told = {p.record for p in self.data.problems if p.code == "does_not_add_up"}
        found: dict[str, int] = {}
        for row in self.data.tallies:
            if row.part_of is not None and row.part_of in told:
                found[row.part_of] = found.get(row.part_of, 0) + (row.count_ or 0)
        return found

    @cached_property
    def claims(self) -> dict[str, list[ClaimEntry]]:
        """The claims by their record, one for each agreement that judges it."""
        return _by_record(self.data.claims)

    @cached_property
    def reasons(self) -> dict[str | None, list[ReasonEntry]]:
        """The reasons by their record."""
        return _by_record(self.data.reasons)

    @cached_property
    def positions(self) -> dict[tuple[str, str], list[PositionEntry]]:
        """The positions by their record and the agreement in which they are taken."""
        found: dict[tuple[str, str], list[PositionEntry]] = {}
        for row in self.data.positions:
            found.setdefault((row.record, row.agreement), []).append(row)
        return found

    @cached_property
    def reporters(self) -> dict[tuple[str, str], list[str]]:
        """Whose reports of one act count under a claim in an agreement, the claim's author first."""
        found: dict[tuple[str, str], list[str]] = {}
        claims = self.data.claims
        for claim in sorted(claims, key=lambda c: bool(c.counts_as != c.record)):
            if claim.counts_as is not None:
                several = found.setdefault((claim.counts_as, claim.agreement), [])
                several.append(str(claim.said_by or claim.by))
        return found

    def judged(self, record: str | None, commitment: str) -> ClaimEntry | None:
        """Return a claim as the agreement of a commitment judges it; None where that does not."""
        agreement = commitment.partition("/")[0]
        return next((c for c in self.claims.get(record or "", ()) if c.agreement == agreement), None)

    def when(self, text: str | None) -> str:
        """Return a time of the output object for reading, an en dash where there is none."""
        return "–" if text is None else times.stated_words(text, self.timezone)

    def occurred(self, value: Occurrence | None, dated_in: str | None = None) -> str:
        """Return when something occurred, for reading; `dated_in` is the time zone of its record, if any."""
        return times.occurrence_words(value, self.timezone, dated_in)

    def note(self, table: Noted) -> str:
        """Return what is noted of an agreement or a part of it, as far as it was known by the day asked.

        A report does not know what came after it: neither after `as_of` nor after `known_at`.
        """
        until = self.as_of if self.known_at is None else min(self.as_of, self.known_at)
        known = (
            note.text
            if note.known_from is None
            else f"{note.text} (known from {times.occurrence_words(note.known_from, self.timezone)})"
            for note in table.notes
            if note.known_from is None or note.known_from.bounds(self.timezone)[0] <= until
        )
        return " ".join(known)

    def span(self, window: Window) -> str:
        """Return the local days a window runs through, with its hour where it begins or ends within one."""
        return times.window_words(window.first, window.last, self.timezone)

    def record(self, identifier: str | None) -> Record | None:
        """Return the newest known wording of a record."""
        return None if identifier is None else self.records.get(identifier)

    def evidence(self, record: Record) -> tuple[Evidence, ...]:
        """Return the evidence of a record that this audience may see; each item may have its own release."""
        allowed = ALLOWED[self.audience]
        return tuple(item for item in record.evidence if item.release is None or item.release in allowed)

    def sources(self, identifiers: Iterable[str]) -> Words:
        """Return sources by id as titles and links, separated."""
        found: list[Any] = []
        for identifier in identifiers:
            source = self.names.sources.get(identifier)
            if source is None:
                continue
            title = visible(source.title or source.symbol or source.id)
            found += ["; " if found else "", Link(source.url, title) if source.url else title]
        return tuple(part for part in found if part != "")


def material(assessment: Assessment, audience: str, issued: int | None) -> Material:
    """Return what a report for this audience is written from."""
    seen = seen_by(assessment, audience)
    shown = released(seen, audience)
    return Material(
        audience=audience,
        agreements=tuple(seen.agreements),
        timezone=seen.timezone,
        as_of=seen.as_of,
        known_at=seen.known_at,
        since=seen.since,
        span_before=seen.previous,
        relays=seen.relays,
        issued=issued,
        data=shown.data,
        not_released=len(seen.missing),
        records=seen.records,
        nameless=shown.nameless,
        wordless=shown.wordless,
        names=names_of(seen.agreements, seen.full_name),
        lives=seen.lives,
        withdrawn=seen.withdrawn,
        superseded=seen.superseded,
        sealed=seen.sealed,
        running={
            name: tuple(e for e in several if e.record in seen.records)
            for name, several in seen.notices.items()
        },
        coming=tuple(_coming(seen.falling_due, shown.data.responses)),
        looked_at=seen.looked_at,
        began=seen.began,
    )


def _coming(several: Iterable[DueEntry], responses: Iterable[ResponseEntry]) -> Iterator[DueEntry]:
    """Yield what is due, but what is asked of somebody whom this audience may not know to be asked."""
    told = {r.record for r in responses if r.state == "open"}
    return (one for one in several if one.kind != "answer" or one.record in told)


def _by_record(rows: Iterable[_Told]) -> dict[Any, list[_Told]]:
    found: dict[Any, list[_Told]] = {}
    for row in rows:
        found.setdefault(row.record, []).append(row)
    return found


def references(records: Iterable[str | None], most: int = 6) -> Words:
    """Return references to records, separated; past `most` only how many more there are."""
    several = list(dict.fromkeys(r for r in records if r is not None))
    parts: list[Any] = []
    for record in several[:most]:
        parts += [", "] if parts else []
        parts.append(Ref(record))
    if len(several) > most:
        parts.append(f" and {len(several) - most} more")
    return tuple(parts)


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: 1 record, 2 records."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
