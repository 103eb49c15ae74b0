"""A map a side: on how many of its days with a count it named each place, with the figures in order of days.

One map a side and the same outlines in each; never one map of several sides, and never areas
shaded by a figure (docs/reports.md, "Charts and map").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.instruments.outlines import outlines
from ceasefire.reporting import figures
from ceasefire.reporting.document import Beside, Block, Drawing, Figure, Note
from ceasefire.reporting.reading import anchor
from ceasefire.reporting.telling.counts import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ceasefire.instruments.outlines import Outline
    from ceasefire.reporting.material.ledgers import Count, Ledgers
    from ceasefire.reporting.material.material import Material


def maps(material: Material, ledgers: Ledgers) -> Iterator[Block]:
    """Yield the maps of the first kind of count of the period, or that its places have no outlines."""
    held = ledgers.within(material.period)
    if not held.kinds or not any(c.zone for c in held.counts):
        return
    some = held.of_kind(held.kinds[0])
    known = _known(material)
    named = {c.zone for c in some.counts if c.zone is not None}
    if not any(material.names.outlines(zone) for zone in named):
        yield Note(material.say("map.none"))
        return
    sides = [side for side in ledgers.sides if some.bulletins(side)]
    yield Beside(blocks=tuple((_map(side, some, ledgers, known, material),) for side in sides))
    yield Note(material.say("map.note"))
    if left := [material.names.zone(zone) for zone in sorted(named) if not material.names.outlines(zone)]:
        yield Note(material.say("map.not_drawn", places=material.vocabulary.listed(left)))


def _known(material: Material) -> tuple[Outline, ...]:
    """Return the outlines of the places of the agreements: no others are drawn."""
    wanted = {name for zone in material.names.zones for name in material.names.outlines(zone)}
    return tuple(outline for name, outline in outlines().items() if name in wanted)


def _map(
    side: str, some: Ledgers, ledgers: Ledgers, known: tuple[Outline, ...], material: Material
) -> Figure:
    by_zone: dict[str, list[Count]] = {}
    for count in some.counts:
        of_a_day = count.figure is not None and count.day is not None
        if count.side == side and count.zone is not None and of_a_day:
            by_zone.setdefault(count.zone, []).append(count)
    days = len(some.bulletins(side))
    name = material.names.party(side)
    places = tuple(_place(zone, counts, days, material) for zone, counts in by_zone.items())
    said = material.vocabulary.joined((one.label for one in places), "list.semicolon")
    drawing = figures.SideMap(
        label=material.text("map.label", side=name, n=days, told=said),
        side=ledgers.sides.index(side),
        days=days,
        places=places,
        parts=bool(places),
    )
    return Figure(
        caption=material.text("map.caption", side=name),
        aside=material.text("map.aside", n=days),
        drawings=(Drawing("map", (drawing, known)),),
    )


def _place(zone: str, counts: list[Count], days: int, material: Material) -> figures.Place:
    ordered = sorted(counts, key=lambda c: c.start)
    named = len({count.day for count in counts})
    told = material.vocabulary.joined((number(count, material) for count in ordered), "list.comma")
    label = material.text(
        "map.place", place=material.names.zone(zone), named=str(named), n=days, figures=told
    )
    return figures.Place(
        name=material.names.zone(zone),
        outlines=material.names.outlines(zone),
        named=named,
        figures=tuple(count.figure or 0 for count in ordered),
        anchor=anchor(ordered[-1].part_of or ordered[-1].record),
        label=label,
    )
