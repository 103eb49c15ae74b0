"""What every section of a report is written from: one audience's view, with its names and its period."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from msgspec import field

from ceasefire.assessment.codes import present
from ceasefire.record import Finding
from ceasefire.record.choices import ALLOWED, readable
from ceasefire.reporting.document import Link, Time, Words
from ceasefire.reporting.material.audience import claims_by_record
from ceasefire.times_in_words import read_us
from ceasefire.values import Entity, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ceasefire.assessment import AgreementLife, Assessment, Change, Effect, KeyFigure, Sealed
    from ceasefire.assessment.result.entries import (
        CaseEntry,
        ClaimEntry,
        DueEntry,
        Lists,
        PositionEntry,
        ResponseEntry,
    )
    from ceasefire.clock import Occurrence
    from ceasefire.instruments.terms import Agreement, Noted
    from ceasefire.record import Withdrawal
    from ceasefire.record.fields import Evidence
    from ceasefire.record.kinds import Record
    from ceasefire.reporting.material.audience import Seen
    from ceasefire.reporting.material.incidents import Reasons
    from ceasefire.reporting.material.names import Names
    from ceasefire.reporting.words.days import Days
    from ceasefire.reporting.words.vocabulary import Slot, Vocabulary


@lru_cache(maxsize=65_536)
def numbered(record: str) -> tuple[str, int, str]:
    """Return the author and the number of a record; of one without a number, itself."""
    author, _, number = record.rpartition("/")
    return (author, int(number), "") if number.isdecimal() and number.isascii() else (record, 0, record)


class Window(Value):
    """A span of time, both ends included, in microseconds of UTC."""

    first: int
    last: int

    def holds(self, start: int, end: int) -> bool:
        """Tell whether a span lies wholly within; an end may be given half-open."""
        return self.first <= start and end <= self.last + 1

    def meets(self, start: int, end: int) -> bool:
        """Tell whether a span, its end given half-open, has any part within."""
        return start <= self.last and self.first < end


class Wanted(Value, kw_only=True):
    """What the caller asks of a report beside the assessment."""

    audience: str = "mechanism"
    title: str = ""
    language: str = "en"
    issued: int | None = None
    #: Who issues it, as that says of itself.
    issuer: str = ""
    #: The letters of the annexes to print; None for those that the format has.
    annexes: tuple[str, ...] | None = None
    #: The assessment to compare with; None for that of the instant before the period.
    previous: Assessment | None = None


class Material(Entity, kw_only=True):
    """One audience's view of an assessment."""

    #: What was asked of the report.
    wanted: Wanted
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
    data: Lists
    #: What the lists are of, with what gives reasons and positions once they are asked for.
    seen: Seen
    #: How many records those it may see point at that it may not see, or that are not here.
    not_released: int
    records: Mapping[str, Record]
    #: Incidents of which this audience may not know who is accused, each with the agreement that judges it.
    nameless: frozenset[tuple[str, str]]
    #: Incidents, and answers to them, whose free text this audience may not read.
    wordless: frozenset[str]
    names: Names
    #: What became of each agreement, by its id.
    lives: Mapping[str, AgreementLife]
    #: Records that their authors took back.
    withdrawn: frozenset[str] = frozenset()
    #: Findings that are shown and never counted, and why: `earlier_wording`, `fork` or `unsealed`.
    superseded: Mapping[str, str] = field(default_factory=dict)
    #: Of each author with a declared key, what is under seal.
    sealed: tuple[Sealed, ...] = ()
    #: By agreement, the notices by which it will end, where this audience may read them.
    running: Mapping[str, tuple[Effect, ...]] = field(default_factory=dict)
    #: What is due after the date of the report, as `Assessment.coming` has it.
    coming: tuple[DueEntry, ...] = ()
    #: How many records tell of what had occurred by the date of the report.
    looked_at: int = 0
    #: The latest instant at which each act may have begun, by its record.
    began: Mapping[str, int] = field(default_factory=dict)
    #: How the report says what it says, and how it writes days.
    vocabulary: Vocabulary
    days: Days
    #: The title the caller gave, if any.
    given_title: str = ""
    #: What this audience may read of the instant that this report is compared with.
    before: Seen | None = None
    #: The key figures (docs/rules/result.md).
    key_figures: tuple[KeyFigure, ...] = ()
    #: By record, the withdrawal by which its author took it back.
    takings_back: Mapping[str, Withdrawal] = field(default_factory=dict)
    #: By record, the ids of the corrections that have effect, in order.
    corrections: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: What stands otherwise than at that instant, before it is asked who may read it.
    changes: tuple[Change, ...] = ()

    @property
    def present(self) -> str:
        """What a record is that this audience can read of; what is not there, is told with it."""
        return present(self.audience)

    @property
    def of_a_party(self) -> bool:
        """Whether it is made for one party."""
        return self.audience not in ALLOWED

    @property
    def party(self) -> str:
        """The whole name of the party it is made for, if it is made for one."""
        return self.names.full_party(self.audience) if self.of_a_party else ""

    def with_annex(self, key: str, letter: str) -> str:
        """Return the key of what is said with an annex, or of the same where the report leaves it out."""
        wanted = self.wanted.annexes
        return key if wanted is None or letter in wanted else f"{key}_alone"

    def as_released(self, key: str) -> str:
        """Return the key of what is said, or of the same where others may know of records not shown here."""
        return f"{key}_released" if self.of_a_party or self.audience == "public" else key

    @property
    def told_as(self) -> str:
        """What sentences on the audience are called in the vocabulary."""
        return "party" if self.of_a_party else self.audience

    def say(self, key: str, /, **slots: Slot) -> Words:
        """Return a sentence of the vocabulary; `{present}` in it is where records are that are there."""
        return self.vocabulary.say(key, **({"present": self._here} | slots))

    def text(self, key: str, /, **slots: Slot) -> str:
        """Return the same as text alone."""
        return self.vocabulary.text(key, **({"present": self._here} | slots))

    @cached_property
    def _here(self) -> str:
        return self.vocabulary.text(f"present.{self.told_as}")

    def number(self, number: int) -> str:
        """Return a whole number as the language of the report writes it."""
        return self.vocabulary.number(number)

    @cached_property
    def figures(self) -> dict[tuple[str, str], KeyFigure]:
        """The key figures that are no counts of a side, by figure and part."""
        return {(one.figure, one.part): one for one in self.key_figures if one.ledger is None}

    @cached_property
    def only_author(self) -> str | None:
        """The author of all records, if there is but one: then their ids are told without it."""
        authors = {name.rpartition("/")[0] for name in self.records}
        return (authors.pop() or None) if len(authors) == 1 else None

    @property
    def period(self) -> Window | None:
        """The period the report is about, if one was asked for."""
        return None if self.since is None else Window(self.since, self.as_of)

    @property
    def previous(self) -> Window | None:
        """The span of equal length that the period is compared with: by itself the one before it."""
        if self.span_before is None:
            return None
        if self.before is not None and self.before.since is not None:
            return Window(self.before.since, self.before.as_of)
        return Window(*self.span_before)

    @cached_property
    def uneven(self) -> frozenset[str]:
        """The records of totals to which their published parts do not sum, where a problem tells of it."""
        found = (p.record for p in self.data.problems if p.code == "does_not_add_up")
        return frozenset(record for record in found if record is not None)

    @cached_property
    def not_yet(self) -> frozenset[str]:
        """The commitments that hang on a rule not applied by this version, as problems say."""
        told = [p for p in self.data.problems if p.code == "not_yet"]
        named = (word.strip("'\"“”‘’.,:;()") for p in told for word in (p.what or "").split())
        return frozenset((*(p.record for p in told if p.record is not None), *named))

    @cached_property
    def claims(self) -> dict[str, list[ClaimEntry]]:
        """The claims by their record, one for each agreement that judges it."""
        return claims_by_record(self.data.claims)

    @cached_property
    def stands(self) -> dict[tuple[str, str | None], Words]:
        """Where rows stand, in words: of those asked for so far, as several sections tell of one."""
        return {}

    @cached_property
    def _asked(self) -> dict[str, Sequence[PositionEntry]]:
        return {}

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each record by author and number: equal where these are."""
        place = {key: n for n, key in enumerate(sorted(set(map(numbered, self.records))))}
        return {record: place[numbered(record)] for record in self.records}

    @cached_property
    def recent(self) -> frozenset[str]:
        """The records that were recorded in the period."""
        since = 0 if self.since is None else self.since
        return frozenset(
            name
            for name, record in self.records.items()
            if record.recorded is not None and record.recorded.us >= since
        )

    @cached_property
    def authors(self) -> frozenset[str]:
        """Whose word the claims are, and the findings."""
        found = {record.speaker for record in self.records.values() if isinstance(record, Finding)}
        return frozenset(found.union(str(claim.said_by or claim.by) for claim in self.data.claims))

    def positions_on(self, record: str) -> Sequence[PositionEntry]:
        """Return the positions on a record, in every agreement in which they are taken."""
        if record not in self._asked:
            self._asked[record] = self.seen.positions(record)
        return self._asked[record]

    def answered(self, record: str) -> bool:
        """Tell whether anything else is said of a claim than by its author in its record."""
        return self.seen.answered(record)

    def positions(self, record: str, agreement: str) -> list[PositionEntry]:
        """Return the positions on a record that are taken in one agreement."""
        return [one for one in self.positions_on(record) if one.agreement == agreement]

    @cached_property
    def cases(self) -> dict[str, CaseEntry]:
        """The cases by their record."""
        return {case.record: case for case in self.data.cases}

    @cached_property
    def responses_to(self) -> dict[str | None, list[ResponseEntry]]:
        """The responses by what they are to."""
        found: dict[str | None, list[ResponseEntry]] = {}
        for row in self.data.responses:
            found.setdefault(row.to, []).append(row)
        return found

    @cached_property
    def duplicates(self) -> dict[tuple[str, str], list[ClaimEntry]]:
        """The other reports of an act, by the claim they count as and the agreement in which they do."""
        found: dict[tuple[str, str], list[ClaimEntry]] = {}
        for claim in self.data.claims:
            if claim.counts_as is not None and claim.counts_as != claim.record:
                found.setdefault((claim.counts_as, claim.agreement), []).append(claim)
        return found

    @cached_property
    def reasons_of(self) -> Reasons:
        """The reasons by their row: a commitment and who owes it."""
        return self.seen.reasons()

    @property
    def grounds_of(self) -> Reasons:
        """The same but for acts and findings that do not count; these may be among them, and are not told."""
        return self.seen.grounds_of

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

    def us(self, text: str, *, end: bool = False) -> int:
        """Return the microseconds of a time of the lists: of a date its first, or its last if `end`."""
        found = read_us(text, end=end, zone=self.timezone)
        if found is None:
            raise ValueError("a time that is stated has an instant")
        return found

    def when(self, text: str) -> Time:
        """Return an instant of the output object for reading."""
        return self.days.instant(self.us(text))

    def occurred(self, value: Occurrence | None, dated_in: str | None = None) -> str:
        """Return when something occurred, for reading; `dated_in` is the time zone of its record, if any."""
        return self.days.occurred(value, dated_in)

    def note(self, table: Noted) -> str:
        """Return what is noted of an agreement or a part of it, as far as it was known by the day asked.

        A report does not know what came after it: neither after `as_of` nor after `known_at`.
        """
        until = self.as_of if self.known_at is None else min(self.as_of, self.known_at)
        known = (
            note.text
            if note.known_from is None
            else self.text("note.known_from", text=note.text, day=self.occurred(note.known_from))
            for note in table.notes
            if note.known_from is None or note.known_from.bounds(self.timezone)[0] <= until
        )
        return " ".join(known)

    def in_period(self, us: int) -> bool:
        """Tell whether an instant lies in the period; without one, everything does."""
        return self.since is None or self.since <= us <= self.as_of

    def record(self, identifier: str | None) -> Record | None:
        """Return the newest known wording of a record."""
        return None if identifier is None else self.records.get(identifier)

    def evidence(self, record: Record) -> tuple[Evidence, ...]:
        """Return the evidence of a record that this audience may see; each item may have its own release."""
        allowed = readable(self.audience, record.by)
        return tuple(item for item in record.evidence if item.release is None or item.release in allowed)

    def sources(self, identifiers: Iterable[str]) -> Words:
        """Return sources by id as titles and links, separated."""
        found: list[Any] = []
        for identifier in identifiers:
            source = self.names.sources.get(identifier)
            if source is None:
                continue
            title = self.names.source(source)
            found.append(Link(source.url, title) if source.url else title)
        return self.vocabulary.joined(found, "list.semicolon")
