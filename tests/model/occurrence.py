"""When something is said to have occurred, and what can be said of its place before or after a bound."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from .book import Agreement
from .instants import Moment, instant, read
from .wording import Record


@dataclass(frozen=True)
class Occurrence:
    """One instant somewhere in `start`; or, if lasting, all the time from `start` to `end` (None: it goes on)."""

    start: Moment
    end: Moment | None = None
    lasting: bool = False
    #: From when it is told, where that is not its latest instant.
    told: int | None = None

    @property
    def seen(self) -> int:
        """The instant from which an assessment sees it."""
        return self.start.last if self.told is None else self.told

    def complete(self) -> Moment | None:
        """When a duty that took all this time was done."""
        return self.end if self.lasting else self.start


def zone_of(record: Record, agreement: Agreement) -> ZoneInfo:
    name = record.fields.get("timezone")
    return ZoneInfo(name) if name else agreement.zone


def occurred(record: Record, agreement: Agreement, field: str = "occurred") -> Occurrence | None:
    """The record's own words, made as narrow as its `recorded` allows."""
    if record.kind == "tally" and field == "occurred":
        # So many acts, each somewhere in the whole period.
        period = occurred(record, agreement, "period")
        if period is None or (period.lasting and period.end is None):
            return None
        last = period.end or period.start
        # A period up to an instant does not hold that instant; it is told once that has come.
        holds = last.last - 1 if period.lasting and last.day is None else last.last
        return Occurrence(
            Moment(period.start.first, max(period.start.first, holds), last.day), told=last.last
        )
    value = record.fields.get(field)
    if value is None:
        return None
    zone = zone_of(record, agreement)

    def known(text: object) -> Moment:
        # What is counted or appraised has a period, which nothing narrows.
        return read(text, zone).capped(record.said_when) if field == "occurred" else read(text, zone)

    if not isinstance(value, dict):
        return Occurrence(known(value))
    start = known(value["from"])
    end = value.get("to")
    if end is None:
        return Occurrence(start, lasting=True)
    until = known(end)
    # It began before it ended, however coarsely either is stated.
    begun = Moment(start.first, min(start.last, max(start.first, until.last)), start.day)
    return Occurrence(
        begun, Moment(max(until.first, start.first), max(until.last, start.first), until.day), lasting=True
    )


def ended(occurrence: Occurrence, at: int | None) -> Occurrence:
    """An act that still went on, once a decided finding says when it ended."""
    if at is None or not occurrence.lasting or occurrence.end is not None or at < occurrence.start.first:
        return occurrence
    return Occurrence(occurrence.start, instant(at), lasting=True)


def within(moment: Moment, windows: list[tuple[int, int | None]]) -> str:
    """Whether one instant somewhere in `moment` lies in the half-open windows: inside, outside or unclear.

    Instants are whole microseconds, so the moment is inside when the windows hold every one of them.
    """
    total = moment.last + 1 - moment.first
    held = 0
    for start, end in windows:
        high = moment.last + 1 if end is None else min(end, moment.last + 1)
        held += max(0, high - max(start, moment.first))
    if held == total:
        return "inside"
    return "unclear" if held else "outside"


def touches(start: int, end: int, windows: list[tuple[int, int | None]]) -> bool:
    """Whether [start, end), or the instant `start` if they are equal, meets one of the windows."""
    end = max(end, start + 1)
    return any(low < end and (high is None or start < high) for low, high in windows)


def lasting_within(occurrence: Occurrence, windows: list[tuple[int, int | None]], as_of: int) -> str:
    """A lasting act is inside when some part of it certainly is."""
    end = occurrence.end
    first_end, last_end = (as_of + 1, as_of + 1) if end is None else (end.first, end.last)
    first_end, last_end = min(first_end, as_of + 1), min(last_end, as_of + 1)
    if first_end >= occurrence.start.last and touches(occurrence.start.last, first_end, windows):
        return "inside"
    return "unclear" if touches(occurrence.start.first, last_end, windows) else "outside"


def place_in_time(occurrence: Occurrence, windows: list[tuple[int, int | None]], as_of: int) -> str:
    """inside, outside or unclear."""
    if occurrence.lasting:
        return lasting_within(occurrence, windows, as_of)
    return within(occurrence.start, windows)


def goes_on(occurrence: Occurrence, as_of: int) -> bool:
    """Whether a lasting act still lasts at `as_of`."""
    if not occurrence.lasting:
        return False
    return occurrence.end is None or occurrence.end.last > as_of
