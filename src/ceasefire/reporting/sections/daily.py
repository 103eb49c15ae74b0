"""The daily counts of the whole as a chart, and in words what of the table it leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from ceasefire.reporting.document import Chart, Note, Series
from ceasefire.reporting.formats.chart import MOST_SIDES
from ceasefire.reporting.material.material import counted
from ceasefire.reporting.material.names import listed
from ceasefire.reporting.words.counts import kind_words, period_words
from ceasefire.times_in_words import day_ranges
from ceasefire.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ceasefire.reporting.document import Block
    from ceasefire.reporting.material.ledgers import Kind, Ledgers
    from ceasefire.reporting.material.material import Material


def daily(material: Material, ledgers: Ledgers, kind: Kind) -> Iterator[Block]:
    """Yield the chart of daily counts of one kind, and what of the table it leaves out."""
    drawn = [(side, _Drawn.of(side, material, ledgers)) for side in ledgers.sides]
    names = [material.names.party(side) for side, found in drawn if found.points]
    series = tuple(
        # Two parties of one name would be drawn as one side.
        Series(name=f"{name} ({visible(side)})" if names.count(name) > 1 else name, points=found.points)
        for side, found in drawn
        if found.points
        for name in (material.names.party(side),)
    )
    if not series:
        return
    if len(series) > MOST_SIDES:
        yield Note((f"Not drawn: no chart could tell the marks of {len(series)} sides apart.",))
        return
    notes = tuple(_left_out(material, drawn))
    what = "mark" if notes else "count"
    unmarked = _unmarked(
        material.present, left_out=bool(notes), several=any(found.several for _, found in drawn)
    )
    yield Chart(
        title=f"Daily counts of {kind_words(kind, material)}, as each side states them",
        description=" ".join((*(_described(s, what) for s in series), unmarked)),
        unit=visible(kind.unit) if kind.unit else material.names.act(kind.act),
        series=series,
    )
    yield from notes


@frozen
class _Drawn:
    """What of the counts of a side is drawn, and what is not."""

    points: tuple[tuple[str, int], ...]
    #: Days for which it has more than one figure: none of them is the one to draw.
    several: tuple[str, ...]
    #: The periods of counts of several days, in words.
    longer: tuple[str, ...]
    #: Days for which it has a lower bound only.
    bounds: tuple[str, ...]
    #: Whether it states figures for a place, or by place without a total.
    by_place: bool

    @classmethod
    def of(cls, side: str, material: Material, ledgers: Ledgers) -> _Drawn:
        """Return what is drawn of the counts of a side."""
        days: dict[str, set[int]] = {}
        longer: list[str] = []
        bounds: dict[str, None] = {}
        by_place = False
        for count in (c for c in ledgers.wholes if c.side == side):
            day = count.day(material.timezone)
            if count.zone is not None or count.figure is None:
                by_place = True
            elif day is None or count.kind.cumulative:
                longer.append(period_words(count, material))
            elif count.at_least:
                bounds[day] = None
            else:
                days.setdefault(day, set()).add(count.figure)
        return cls(
            tuple((day, min(found)) for day, found in sorted(days.items()) if len(found) == 1),
            tuple(day for day, found in sorted(days.items()) if len(found) > 1),
            tuple(longer),
            tuple(sorted(bounds)),
            by_place,
        )


def _left_out(material: Material, drawn: list[tuple[str, _Drawn]]) -> Iterator[Note]:
    """Yield a note for each reason for which a count stands in the table only."""
    if longer := dict.fromkeys(period for _, found in drawn for period in found.longer):
        told = f"Counts of several days stand in the table and are not drawn as daily ones: {listed(longer)}."
        yield Note((told,))
    several = [
        f"{material.names.party(side)}, {day_ranges(found.several)}" for side, found in drawn if found.several
    ]
    if several:
        what = "Days for which a side has more than one figure stand in the table and are not drawn"
        yield Note((f"{what}: {'; '.join(several)}.",))
    lower = [f"{material.names.party(side)}, {day_ranges(d.bounds)}" for side, d in drawn if d.bounds]
    if lower:
        yield Note((f"Lower bounds stand in the table and are not drawn: {'; '.join(lower)}.",))
    if places := [material.names.party(side) for side, found in drawn if found.by_place]:
        what = "Counts for one place, or by place without a total, stand in the tables and are not drawn"
        yield Note((f"{what}: those of {listed(places)}.",))


def _unmarked(present: str, *, left_out: bool, several: bool) -> str:
    """Return what is so on a day without a mark."""
    if not left_out:
        return f"For days without a mark no count is {present}."
    more = ", or more than one figure," if several else ""
    return f"For days without a mark no count of that day alone for the whole{more} is {present}."


def _described(series: Series, what: str) -> str:
    low = min(series.points, key=lambda p: (p[1], p[0]))
    high = max(series.points, key=lambda p: (p[1], p[0]))
    if len(series.points) == 1:
        return f"{series.name}: one day with a {what}, {low[1]} on {day_ranges([low[0]])}."
    days = counted(len(series.points), "day")
    return (
        f"{series.name}: {days} with a {what}, from {low[1]} on {day_ranges([low[0]])} to {high[1]} on "
        f"{day_ranges([high[0]])}."
    )
