"""Published counts in words: with period and place, and what is determined of those they name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.clock import Lasting, PartialDate
from ceasefire.reporting.material.ledgers import UNTOLD, day_of
from ceasefire.reporting.material.names import listed
from ceasefire.times_in_words import day_ranges, occurrence_words
from ceasefire.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire.reporting.material.ledgers import Count, Kind
    from ceasefire.reporting.material.material import Material

#: More figures of one side than this are told by how many they are, the least and the greatest.
MOST_FIGURES: Final = 8


def period_words(count: Count, material: Material) -> str:
    """Return the period of a count as its record states it, else by its local days."""
    return period_in_words(count, material.timezone)


def period_in_words(count: Count, zone: str) -> str:
    """Return the same, given the time zone of the report; of what is cumulative, since when."""
    stated = count.stated
    if count.kind.cumulative and isinstance(stated, Lasting):
        start, end = (occurrence_words(one, zone, count.dated_in) for one in (stated.start, stated.end))
        return f"since {start}, up to {end}"
    if not isinstance(stated, PartialDate | Lasting):
        days = count.days(zone)
        stated = Lasting(day_of(days[0]), day_of(days[-1]))
    return occurrence_words(stated, zone, count.dated_in)


def figure_words(counts: Iterable[Count], material: Material, bulletins: Iterable[str] = ()) -> str:
    """Return published figures in order of time, each at its day, never their sum: 15 (6 May), – (7 May).

    `bulletins` are the days, as ISO dates, for which its side published any figure: a
    day without one of these has a dash. Of many figures only from which to which they
    are is told; the middle one is the lower median: a figure that was published. A figure
    of several days is never set among daily ones without its period.
    """
    several = [c for c in counts if c.figure is not None]
    days = [(c.day(material.timezone), c) for c in several]
    daily = [(day, c) for day, c in days if day is not None]
    longer = [c for day, c in days if day is None]
    told = _at_their_days(daily, bulletins, material)
    if len(daily) > MOST_FIGURES:
        ordered = sorted(c.figure or 0 for _, c in daily)
        middle = ordered[(len(ordered) - 1) // 2]
        told = f"{len(daily)} figures from {ordered[0]:,} to {ordered[-1]:,} (the middle one {middle:,})"
    if len(longer) > MOST_FIGURES:
        more = [f"{len(longer)} figures of several days each"]
    else:
        more = [with_period(c, material.timezone) + parts_differ(c, material) for c in longer]
    return "; ".join([told, *more] if daily else more)


def _at_their_days(daily: list[tuple[str, Count]], bulletins: Iterable[str], material: Material) -> str:
    """Return daily figures, each at its day, and a dash at each day whose bulletin has none."""
    dashes: list[tuple[str, Count | None]] = [(day, None) for day in bulletins if day not in dict(daily)]
    told = []
    for day, count in sorted((*daily, *dashes), key=lambda found: found[0]):
        figure = "–" if count is None else count.told
        on = day_ranges([day]).removesuffix(f" {material.year}")
        told.append(f"{figure} ({on}{'' if count is None else parts_differ(count, material)})")
    return ", ".join(told)


def parts_differ(count: Count, material: Material) -> str:
    """Return beside a published total that its published parts sum to another number, where they do."""
    found = material.parts_that_differ.get(count.record)
    return "" if found is None or count.part_of is not None else f"; its published parts sum to {found}"


def with_period(count: Count, zone: str) -> str:
    """Return the figure of a count with its period beside it."""
    period = period_in_words(count, zone)
    # A time zone stands in brackets of its own.
    return f"{count.told} for {period}" if count.dated_in else f"{count.told} ({period})"


def kind_words(kind: Kind, material: Material) -> str:
    """Return what is counted, in the published word and in ours: “cases of firing” (Opening fire).

    Then whose they are, each name with what is determined of it, and against whom.
    """
    act = material.names.act(kind.act) if kind.act else ""
    said = act or "acts of a kind not stated"
    if kind.unit:
        said = f"“{visible(kind.unit)}”" + (f" ({act})" if act else "")
    word = "alleged" if kind.ruled is None else f"a ruling in aggregate, {kind.ruled.replace('_', ' ')}"
    if kind.accused == UNTOLD:
        said += f", of those whom they name ({word}; not released)"
    elif kind.accused:
        said += f", of {listed(f'{material.names.party(p)} ({word})' for p in kind.accused)}"
    elif kind.ruled is not None:
        said += f", found to be breaches ({word})"
    if kind.against:
        said += f", against {listed(material.names.party(p) for p in kind.against)}"
    return said + (", cumulative" if kind.cumulative else "")


def part_words(part: Count, material: Material) -> str:
    """Return a stated part with its place; one that nobody stated is told as inferred."""
    return f"{material.names.zone(part.zone)} {part.told}"
