"""Days and hours of a report: local, the zone named once, the year only where it is another one.

A deadline that is a day is told as the end of that day, an instant with its hour
(docs/reports.md). No locale is asked: the names of months are words of the vocabulary.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ceasefire.clock import SECOND, Instant, Lasting, OneOf, PartialDate, to_local
from ceasefire.reporting.document import Time
from ceasefire.times_in_words import (
    clock_words,
    cut_days,
    days_between,
    ends_a_day,
    offset_words,
    runs_of_days,
    utc,
)
from ceasefire.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire.clock import Occurrence
    from ceasefire.reporting.words.vocabulary import Vocabulary


class Days(Value, kw_only=True):
    """How the days of one report are written."""

    vocabulary: Vocabulary
    zone: str
    #: The year of the report, which is not written out.
    year: int
    #: Which names of the months the agreements ask for, where the language has others than the usual.
    months: str = ""

    def day(self, day: date, *, year: bool = False) -> str:
        """Return a day: 18 May, or 30 December 2016 in another year than the report's."""
        key = "day.with_year" if year or day.year != self.year else "day.alone"
        return self._day(key, day)

    def _day(self, key: str, day: date) -> str:
        return self.vocabulary.text(
            key, day=self._number(day), month=self.month(day.month), year=str(day.year)
        )

    def _number(self, day: date) -> str:
        return self.vocabulary.text("day.first") if day.day == 1 else str(day.day)

    def month(self, month: int, room: str = "month") -> str:
        """Return the name of a month as it follows a day; of the room `month_alone`, as it stands alone."""
        asked = f"month_{self.months}.m{month}"
        return self.vocabulary.text(asked if self.vocabulary.has(asked) else f"{room}.m{month}")

    def iso_day(self, text: str) -> str:
        """Return a day given as an ISO date."""
        return self.day(date.fromisoformat(text))

    def ranges(self, days: Iterable[str], *, year: bool = False) -> str:
        """Return ISO dates, neighbours drawn together: 8–12 May, 15 May."""
        told = (self._run(first, last, year=year) for first, last in runs_of_days(days))
        return self.vocabulary.text("list.commas", several=self.vocabulary.joined(told, "list.comma"))

    def _run(self, first: date, last: date, *, year: bool) -> str:
        end = self.day(last, year=year)
        if first == last:
            return end
        if (first.year, first.month) == (last.year, last.month):
            return self.vocabulary.text("day.run_in_month", first=self._number(first), last=end)
        began = self.day(first, year=True) if first.year != last.year else self._day("day.alone", first)
        return self.vocabulary.text("day.run", first=began, last=end)

    def window(self, first: int, last: int, *, year: bool = False) -> str:
        """Return the local days between two instants, with an hour where one of them is within a day."""
        days = days_between(first, last, self.zone)
        cut = cut_days(first, last, self.zone)
        if not cut:
            return self.ranges(days, year=year)
        begins = self.instant(first).text if days[0] in cut else self.iso_day(days[0])
        ends = self.instant(last).text if days[-1] in cut else self.iso_day(days[-1])
        return self.vocabulary.text("day.span", first=begins, last=ends)

    def instant(self, us: int, *, year: bool = False) -> Time:
        """Return an instant: 17 March, 00:00. The last second of a day is the end of that day."""
        local = to_local(us, self.zone)
        day = self.day(date(local.year, local.month, local.day), year=year)
        if ends_a_day(us, self.zone):
            return Time(self.vocabulary.text("day.end", day=day), utc(us))
        clock = clock_words(us, self.zone)
        return Time(self.vocabulary.text("day.at", day=day, clock=clock), utc(us))

    def due(self, us: int) -> Time:
        """Return until when something is in time, given its last instant: the end of a day, or an hour."""
        if ends_a_day(us, self.zone) or (us + 1) % SECOND:
            return self.instant(us)
        return Time(self.instant(us + 1).text, utc(us + 1))

    def of_instant(self, us: int) -> str:
        """Return the local day an instant lies in."""
        local = to_local(us, self.zone)
        return self.day(date(local.year, local.month, local.day))

    def whole_or_hour(self, us: int) -> str:
        """Return since when something is so: a day where it begins with it, else day and hour."""
        local = to_local(us, self.zone)
        midnight = (local.hour, local.minute, local.second) == (0, 0, 0)
        return self.of_instant(us) if midnight else self.instant(us).text

    def occurred(self, value: Occurrence | None, dated_in: str | None = None) -> str:
        """Return when something occurred, as precise as it was stated; another time zone stands beside it."""
        say = self.vocabulary.text
        if value is None:
            return say("day.not_stated")
        if isinstance(value, Instant):
            return self.instant(value.us).text
        if isinstance(value, PartialDate):
            return self._partial(value) + self._elsewhere(dated_in)
        if isinstance(value, OneOf):
            first, last = (self.occurred(end, dated_in) for end in (value.first, value.last))
            return say("day.some_time", first=first, last=last)
        if value.end is None:
            return say("day.going_on", first=self.occurred(value.start, dated_in))
        return self._lasting(value, dated_in)

    def _elsewhere(self, dated_in: str | None) -> str:
        """Return the time zone in which a date is read, if it is not that of the report."""
        return "" if dated_in in (None, self.zone) else self.vocabulary.text("day.elsewhere", zone=dated_in)

    def _partial(self, value: PartialDate) -> str:
        if value.day:
            return self.day(date(value.year, value.month, value.day))
        return self.vocabulary.text(
            "day.month", month=self.month(value.month, "month_alone"), year=str(value.year)
        )

    def _lasting(self, value: Lasting, dated_in: str | None) -> str:
        start, end = value.start, value.end
        if isinstance(start, PartialDate) and isinstance(end, PartialDate) and start.day and end.day:
            first, last = date(start.year, start.month, start.day), date(end.year, end.month, end.day)
            return self._run(first, last, year=False) + self._elsewhere(dated_in)
        first_, last_ = self.occurred(start, dated_in), self.occurred(end, dated_in)
        return self.vocabulary.text("day.span", first=first_, last=last_)

    def days_until(self, start: int, end: int) -> int:
        """Return how many local days lie between two instants."""
        first, last = (to_local(us, self.zone).date() for us in (start, end))
        return (date(last.year, last.month, last.day) - date(first.year, first.month, first.day)).days

    def zone_name(self, us: int) -> str:
        """Return the time zone in words: Damascus time (UTC+3)."""
        offset = (
            offset_words(us, self.zone).removesuffix(":00").replace("UTC+0", "UTC+").replace("UTC-0", "UTC-")
        )
        city = self.vocabulary.code("city", self.zone.rpartition("/")[2])
        return self.vocabulary.text("day.zone", city=city, offset="UTC" if offset == "UTC+" else offset)
