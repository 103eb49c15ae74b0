"""The words a figure needs that no record brings: a vocabulary gives them in another language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.times_in_words import MONTHS
from ceasefire.values import Value

if TYPE_CHECKING:
    from datetime import date


class Words(Value, kw_only=True):
    """Labels and patterns. In a pattern a name in braces stands for a figure or a word."""

    no_count: str = "no count"
    soon: str = "next 14 days"
    later: str = "15 to 30 days"
    #: A place on the map, with on how many of a side's days with a count it was named.
    place_named: str = "{place}, {named} of {days}"
    #: Beside the shades of a map.
    days_named: str = "days named, of {days}"
    source_of_map: str = "Made with Natural Earth; boundaries imply no endorsement."
    day_month: str = "{day} {month}"
    month_year: str = "{month} {year}"
    months: tuple[str, ...] = MONTHS
    #: As they follow a day, where that is another form; else the same.
    months_of_days: tuple[str, ...] = ()
    #: How the first day of a month is written.
    first: str = "1"
    #: From Monday.
    weekdays: tuple[str, ...] = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")

    def month(self, day: date) -> str:
        """Return the name of a day's month."""
        return self.months[day.month - 1]

    def day(self, day: date) -> str:
        """Return a day without its year."""
        month = (self.months_of_days or self.months)[day.month - 1]
        return filled(self.day_month, day=self.first if day.day == 1 else day.day, month=month)


def filled(pattern: str, **values: str | int) -> str:
    """Return a pattern with each {name} replaced once; no braces in a value mean anything."""
    pieces = pattern.split("{")
    text = pieces[0]
    for piece in pieces[1:]:
        name, closed, rest = piece.partition("}")
        text += f"{values[name]}{rest}" if closed and name in values else "{" + piece
    return text


ENGLISH: Final = Words()
