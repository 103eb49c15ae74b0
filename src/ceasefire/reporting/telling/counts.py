"""Published counts in words: with their day and place, and what is determined of those they name.

Each figure stands as it was published; none is ever added to another (docs/reports.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.clock import Lasting, PartialDate
from ceasefire.reporting.document import words
from ceasefire.reporting.material.ledgers import UNTOLD, day_of
from ceasefire.reporting.telling.references import refs
from ceasefire.times_in_words import days_between
from ceasefire.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire.reporting.document import Words
    from ceasefire.reporting.material.ledgers import Count, Kind, Ledgers
    from ceasefire.reporting.material.material import Material, Window

#: More figures of one side than this are told by the lowest and the highest.
MOST_FIGURES: Final = 4


def kind_words(kind: Kind, material: Material) -> str:
    """Return what is counted, in the published word: cases of firing.

    Then whose they are, each name with what is determined of it, and against whom.
    """
    said: Words = words(visible(kind.unit) if kind.unit else material.names.act(kind.act))
    key = "alleged" if kind.ruled is None else "ruled"
    code = "" if kind.ruled is None else material.vocabulary.code("determination", kind.ruled)
    if kind.accused == UNTOLD:
        said = material.say(f"count.of_untold_{key}", what=said, code=code)
    elif kind.accused:
        named = [
            material.text(f"count.party_{key}", party=material.names.party(p), code=code)
            for p in kind.accused
        ]
        said = material.say("count.of", what=said, who=material.vocabulary.listed(named))
    elif kind.ruled is not None:
        said = material.say("count.found_breaches", what=said, code=code)
    if kind.against:
        said = material.say("count.against", what=said, who=material.names.parties_listed(kind.against))
    if kind.cumulative:
        said = material.say("count.cumulative", what=said)
    return material.vocabulary.text("as_is", what=said)


def number(count: Count, material: Material) -> str:
    """Return the figure of a count as it is stated: 1,403, or at least 2,500, or that it has no total."""
    if count.figure is None:
        return material.text("count.no_total")
    return (
        material.text("count.at_least", n=count.figure) if count.at_least else material.number(count.figure)
    )


def signs(count: Count, material: Material) -> str:
    """Return the signs of the notes on a figure: † parts and total differ, ‡ read and not published."""
    uneven = count.part_of is None and count.record in material.uneven
    return ("†" if uneven else "") + ("‡" if count.inferred else "")


def period_words(count: Count, material: Material) -> str:
    """Return the period of a count as its record states it, else by its local days."""
    stated = count.stated
    if not isinstance(stated, PartialDate | Lasting):
        days = count.days
        stated = Lasting(day_of(days[0]), day_of(days[-1]))
    if _cumulative(count) and isinstance(stated, Lasting):
        start, end = (material.occurred(one, count.dated_in) for one in (stated.start, stated.end))
        return material.text("count.since_until", start=start, end=end)
    return material.occurred(stated, count.dated_in)


def _cumulative(count: Count) -> bool:
    """Tell whether a count is one from a day on: its period is told as since that day, up to another."""
    return count.kind.cumulative and isinstance(count.stated, Lasting)


def part_words(part: Count, material: Material) -> str:
    """Return a stated part with its place; one that nobody stated has the sign of what is read."""
    figure = number(part, material) + signs(part, material)
    return material.text("count.part", place=material.names.zone(part.zone), number=figure)


def daily(side: str, held: Ledgers) -> list[tuple[str, Count]]:
    """Return a side's counts of one day each for the whole, in order of days; a lower bound among them.

    Of a figure that two relay, the first record.
    """
    found: dict[tuple[str, str], tuple[str, Count]] = {}
    for count in held.wholes:
        day = count.day
        whole = count.side == side and count.zone is None and count.figure is not None
        if whole and day is not None and not count.kind.cumulative:
            found.setdefault((day, count.number), (day, count))
    return sorted(found.values(), key=lambda one: (one[0], one[1].figure or 0))


def other(side: str, held: Ledgers) -> list[Count]:
    """Return a side's counts that are not of one day for the whole: of several days, of a place, by place."""
    drawn = {count.record for _, count in daily(side, held)}
    spans = {(c.day, c.number) for _, c in daily(side, held)}
    return [
        c
        for c in held.wholes
        if c.side == side
        and c.record not in drawn
        and not (c.zone is None and c.figure is not None and (c.day, c.number) in spans)
    ]


def span_of_figures(counts: Iterable[Count], material: Material) -> str:
    """Return the lowest and the highest of some figures, or the only one: 4 to 18."""
    figures = sorted({c.figure for c in counts if c.figure is not None})
    bound = material.text if any(c.at_least for c in counts) else None
    if len(figures) == 1:
        return bound("count.at_least", n=figures[0]) if bound else material.number(figures[0])
    return material.text("count.low_high", low=material.number(figures[0]), high=material.number(figures[-1]))


def states(side: str, held: Ledgers, window: Window | None, material: Material) -> Words:
    """Return what a side states of a span: each figure where they are few, else lowest and highest."""
    counted = [count for _, count in daily(side, held)]
    name, several = material.names.party(side), other(side, held)
    days = len({day for day, _ in daily(side, held)})
    told: list[Words] = []
    if counted:
        records = refs((c.record for c in counted), material, "annex-counts")
        if len(counted) <= MOST_FIGURES:
            listed = material.vocabulary.listed(number(c, material) + signs(c, material) for c in counted)
            told.append(words(*listed, *records))
        else:
            told.append(words(span_of_figures(counted, material), *on_days(days, window, material), *records))
    if several:
        told.append(_others(several, material))
    if not told:
        return material.say("count.none_of", side=name)
    return material.say("count.states", side=name, figures=material.vocabulary.joined(told, "list.semicolon"))


def _others(several: list[Count], material: Material) -> Words:
    """Return counts of several days, of one place, or by place alone, each with its period; or how many."""
    records = refs((c.record for c in several), material, "annex-counts")
    if len(several) > 2:  # noqa: PLR2004 – more are told by how many they are
        return words(*material.say("count.others", n=len(several)), *records)
    told = (
        material.say(
            f"count.other{'_since' if _cumulative(c) else ''}{'_in' if c.zone else ''}",
            number=number(c, material),
            place=material.names.zone(c.zone),
            period=period_words(c, material),
        )
        for c in several
    )
    return words(*material.vocabulary.listed(told), *records)


def on_days(days: int, window: Window | None, material: Material) -> Words:
    """Return on how many days a side published, of how many where there is a period."""
    if window is None:
        return material.say("count.on_days", n=days)
    return material.say("count.on_days_of", n=len(days_of(window, material)), days=str(days))


def days_of(window: Window, material: Material) -> tuple[str, ...]:
    """Return the local days of a span of time, as ISO dates."""
    return days_between(window.first, window.last, material.timezone)


def silent(side: str, held: Ledgers, window: Window, material: Material) -> list[str]:
    """Return the days of a span for which no count of a side is there."""
    covered = set(held.days(side))
    return [day for day in days_of(window, material) if day not in covered]
