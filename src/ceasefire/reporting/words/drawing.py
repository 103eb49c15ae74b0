"""The words of figures in the language of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.reporting.figures import Words

if TYPE_CHECKING:
    from ceasefire.reporting.words.days import Days


def figure_words(days: Days) -> Words:
    """Return the words a figure needs that no record brings, and its months and weekdays."""
    pattern, months = days.vocabulary.pattern, range(1, 13)
    return Words(
        no_count=pattern("figure.no_count"),
        soon=pattern("figure.soon"),
        later=pattern("figure.later"),
        place_named=pattern("figure.place_named"),
        days_named=pattern("figure.days_named"),
        source_of_map=pattern("figure.source_of_map"),
        day_month=pattern("day.alone"),
        month_year=pattern("day.month"),
        first=pattern("day.first"),
        months=tuple(days.month(n, "month_alone") for n in months),
        months_of_days=tuple(days.month(n) for n in months),
        weekdays=tuple(pattern(f"weekday.d{n}") for n in range(1, 8)),
    )
