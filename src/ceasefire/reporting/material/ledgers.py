"""The published counts of each side, set beside each other and never added: not over sides, places or days.

Bulletins are a sample of days, so that a sum of them is a figure that no side ever
stated, and grows with the number of bulletins. Each figure stands as it was
published. Zero, not stated and not reported stay three values (docs/reports.md).
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from msgspec.structs import replace

from ceasefire.clock import Instant, Lasting, PartialDate, iso
from ceasefire.times_in_words import days_between, read_us
from ceasefire.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ceasefire.assessment.result.entries import ClaimEntry, TallyEntry
    from ceasefire.clock import Occurrence
    from ceasefire.record.kinds import Record
    from ceasefire.reporting.material.material import Material, Window

#: Stands for those whose acts are counted, where a public report does not name them.
UNTOLD: Final = ("",)


class Kind(NamedTuple):
    """What is counted: counts that differ in any of this are never set against each other."""

    act: str | None = None
    #: The published word.
    unit: str | None = None
    #: Whose acts, and against whom; of acts of those of whom this audience is not told, of `UNTOLD`.
    accused: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    #: Whether they were found to be breaches, and what was determined of that.
    ruled: str | None = None
    #: Whether each figure contains the earlier ones.
    cumulative: bool = False


State = Literal["stated", "not_stated", "not_reported"]


class Count(Value, gc=True, dict=True, kw_only=True):
    """One published count: of a whole bulletin, or of one place in it."""

    record: str
    #: Whose figure it is, and who wrote it down.
    side: str
    by: str
    zone: str | None
    kind: Kind
    #: None where a bulletin states figures by place and no total: they are never added up to one.
    figure: int | None
    start: int
    end: int
    #: Set on a figure that is part of a published whole: the record of that whole.
    part_of: str | None
    #: The time zone in which its days are read: of the report, or where it is stated in dates of its record.
    read_in: str
    #: The period as its record states it, and the time zone in which its dates are read, if it names one.
    stated: Occurrence | None = None
    dated_in: str | None = None
    #: Whether the figure is a lower bound.
    at_least: bool = False
    #: Whether who compiled the record inferred the figure of a part.
    inferred: bool = False
    #: Who published it, if neither of the two above.
    through: str | None = None

    @property
    def number(self) -> str:
        """The figure in words: 1,403, or at least 2,500."""
        return f"{'at least ' if self.at_least else ''}{self.figure:,}"

    @property
    def told(self) -> str:
        """The figure in words, and whether nobody stated it: 1 (inferred by the compiler)."""
        return f"{self.number} (inferred by the compiler)" if self.inferred else self.number

    @cached_property
    def days(self) -> tuple[str, ...]:
        """The days it is about, as ISO dates: as stated, of instants the local ones of the report.

        A stated day is one day, in whichever time zone its record reads it (docs/reports.md).
        """
        return days_between(self.start, max(self.start, self.end - 1), self.read_in)

    @property
    def day(self) -> str | None:
        """The day it is about as an ISO date, or None where it is about several."""
        return self.days[0] if len(self.days) == 1 else None

    @cached_property
    def span(self) -> tuple[str, str]:
        """What it is set beside others by: its first and last day, or instants within a day."""
        days, read_in = self.days, self.read_in
        whole = day_of(days[0]).bounds(read_in)[0], day_of(days[-1]).bounds(read_in)[1] + 1
        return (days[0], days[-1]) if whole == (self.start, self.end) else (iso(self.start), iso(self.end))


class Reply(Value, kw_only=True):
    """What one side says of another's count."""

    record: str
    answers: str
    side: str
    confirmed: int | None
    not_confirmed: int | None
    not_covered: int | None


class Cell(Value):
    """What a side stated for one place in one span of time: each figure for itself, in order of time."""

    state: State
    counts: tuple[Count, ...] = ()
    #: The days, as ISO dates, for which the side published a figure, whatever its place.
    bulletins: tuple[str, ...] = ()

    @property
    def figures(self) -> tuple[int, ...]:
        """The figures, as they were published."""
        return tuple(count.figure for count in self.counts if count.figure is not None)


class Ledgers(Value, gc=True, dict=True, kw_only=True):
    """All published counts of an assessment, and the answers to them, in its order."""

    counts: tuple[Count, ...]
    replies: tuple[Reply, ...]
    #: Of the report: the local days of what is stated in instants are days there.
    timezone: str
    #: The parties in the order of the agreements.
    parties: tuple[str, ...] = ()

    @cached_property
    def wholes(self) -> tuple[Count, ...]:
        """The counts that are no part of another, those published by place only among them."""
        return tuple(c for c in self.counts if c.part_of is None)

    @cached_property
    def mixed(self) -> frozenset[str]:
        """The sides of which not all counts were published by the same."""
        published = {(c.side, c.through) for c in self.wholes}
        return frozenset(side for side, _ in published if sum(side == other for other, _ in published) > 1)

    @cached_property
    def sides(self) -> tuple[str, ...]:
        """Whose ledgers there are, in the order in which the agreements name the parties."""
        places = {party: place for place, party in enumerate(self.parties)}
        return tuple(sorted({c.side for c in self.counts}, key=lambda s: (places.get(s, len(places)), s)))

    @cached_property
    def kinds(self) -> tuple[Kind, ...]:
        """What is counted: pairs of act and published unit, in the order of first mention."""
        return tuple(dict.fromkeys(c.kind for c in self.counts))

    def within(self, window: Window | None) -> Ledgers:
        """Return the counts whose period lies wholly within a window, and the answers to them."""
        if window is None:
            return self
        return self.only(frozenset(c.record for c in self.wholes if window.holds(c.start, c.end)))

    def across(self, windows: Iterable[Window]) -> tuple[Count, ...]:
        """Return the counts whose period lies partly in one of these windows, and wholly in none."""
        several = tuple(windows)
        return tuple(
            c
            for c in self.wholes
            if any(w.meets(c.start, c.end) for w in several)
            and not any(w.holds(c.start, c.end) for w in several)
        )

    def of_kind(self, kind: Kind) -> Ledgers:
        """Return the counts of one kind, and the answers to them."""
        return self.only(frozenset(c.record for c in self.wholes if c.kind == kind))

    def cell(self, side: str, zone: str | None) -> Cell:
        """Return what a side stated for a place; a figure that two relay is one figure."""
        distinct: dict[tuple[object, ...], Count] = {}
        for count in self.counts:
            if count.side == side and count.zone == zone and count.figure is not None:
                distinct.setdefault((count.span, count.number), count)
        if not distinct:
            return Cell("not_stated" if side in self.sides else "not_reported")
        ordered = sorted(distinct.values(), key=lambda c: (c.start, c.end, c.figure or 0))
        return Cell("stated", tuple(ordered), self.bulletins(side))

    def bulletins(self, side: str) -> tuple[str, ...]:
        """Return the days of each of which alone a side published a count, as ISO dates."""
        days = (c.day for c in self.wholes if c.side == side)
        return tuple(sorted({day for day in days if day is not None}))

    def days(self, side: str) -> tuple[str, ...]:
        """Return the days that a side's counts cover, as ISO dates."""
        return tuple(sorted({day for c in self.wholes if c.side == side for day in c.days}))

    def parts(self, count: Count) -> tuple[Count, ...]:
        """Return the stated parts of a count."""
        return self._parts.get(count.record, ())

    @cached_property
    def _parts(self) -> dict[str, tuple[Count, ...]]:
        found: dict[str, list[Count]] = {}
        for count in self.counts:
            if count.part_of is not None:
                found.setdefault(count.part_of, []).append(count)
        return {record: tuple(several) for record, several in found.items()}

    @property
    def zones(self) -> frozenset[str]:
        """The places with a figure of their own."""
        return frozenset(c.zone for c in self.counts if c.zone is not None)

    def only(self, records: frozenset[str]) -> Ledgers:
        """Return the counts of these records, with their parts and the answers to them."""
        return replace(
            self,
            counts=tuple(c for c in self.counts if (c.part_of or c.record) in records),
            replies=tuple(r for r in self.replies if r.answers in records),
        )


def ledgers(material: Material) -> Ledgers:
    """Return the published counts and answers that an assessment holds."""
    claims = material.data.claims
    found = ledgers_of(material.data.tallies, material.records, material.timezone, claims)
    return replace(found, parties=tuple(material.names.parties))


def ledgers_of(
    rows: Iterable[TallyEntry],
    records: Mapping[str, Record],
    timezone: str,
    claims: Iterable[ClaimEntry] = (),
) -> Ledgers:
    """Return the counts and answers of the list `tallies`, given the records and the report's time zone.

    The list `claims` says what was determined of those that are rulings.
    """
    several = list(rows)
    determined = {claim.record: claim.determination for claim in claims}
    counts, replies = [], []
    parents = {row.record: row for row in several if row.part_of is None}
    by_place = {row.part_of for row in several}
    for row in several:
        if row.answers is not None and row.part_of is None:
            replies.append(
                Reply(
                    record=row.record,
                    answers=row.answers,
                    side=row.said_by or row.by,
                    confirmed=row.confirmed,
                    not_confirmed=row.not_confirmed,
                    not_covered=row.not_covered,
                )
            )
        if row.count is None and row.record not in by_place:
            continue
        parent = parents.get(row.part_of or "", row)
        kind = Kind(
            parent.act,
            parent.unit,
            tuple(parent.accused) or _untold(records.get(parent.record)),
            tuple(parent.against),
            determined.get(parent.record, "alleged") if parent.ruled else None,
            parent.cumulative,
        )
        if (count := _count(row, parent, kind, records.get(parent.record), timezone)) is not None:
            counts.append(count)
    return Ledgers(counts=tuple(counts), replies=tuple(replies), timezone=timezone)


def _untold(record: Record | None) -> tuple[str, ...]:
    return UNTOLD if getattr(record, "accused", ()) else ()


def _count(
    row: TallyEntry, parent: TallyEntry, kind: Kind, record: Record | None, timezone: str
) -> Count | None:
    """Return the count of a row, given the row and the record of the published whole."""
    start = read_us(row.from_ or parent.from_, zone=timezone)
    end = read_us(row.until or parent.until, end=True, zone=timezone)
    if start is None or end is None:
        return None
    stated: Occurrence | None = getattr(record, "period", None)
    elsewhere = None if record is None or record.timezone == timezone else record.timezone
    dated_in = elsewhere if _dated(stated) else None
    return Count(
        record=row.record,
        side=row.said_by or row.by,
        by=row.by,
        zone=row.zone,
        kind=kind,
        figure=row.count,
        start=start,
        # The list gives the last microsecond of the period.
        end=end + 1,
        part_of=row.part_of,
        stated=stated,
        read_in=dated_in or timezone,
        dated_in=dated_in,
        at_least=row.at_least,
        inferred=row.part_of is not None and bool(row.read),
        through=row.through,
    )


def _dated(stated: Occurrence | None) -> bool:
    """Tell whether a period is stated in dates, not in instants: those have no time zone of their own."""
    ends = (stated.start, stated.end) if isinstance(stated, Lasting) else (stated,)
    return stated is not None and not any(isinstance(end, Instant) for end in ends)


def relayed(counts: Iterable[Count]) -> dict[str, tuple[str, ...]]:
    """Return, by side, who wrote its counts down for it."""
    found: dict[str, dict[str, None]] = {}
    for count in counts:
        if count.by != count.side:
            found.setdefault(count.side, {})[count.by] = None
    return {side: tuple(authors) for side, authors in sorted(found.items())}


def published_through(counts: Iterable[Count]) -> dict[str, tuple[str, ...]]:
    """Return, by side, who published its counts, where that is neither the side nor who wrote them down."""
    found: dict[str, dict[str, None]] = {}
    for count in counts:
        if count.through is not None:
            found.setdefault(count.side, {})[count.through] = None
    return {side: tuple(publishers) for side, publishers in sorted(found.items())}


def day_of(text: str) -> PartialDate:
    """Return a day from its ISO date."""
    year, month, day = (int(part) for part in text.split("-"))
    return PartialDate(year, month, day)
