"""By place: what each side stated for each place, day by day; figures, and never a sum of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.record.kinds import Incident
from ceasefire.reporting.document import Beside, Block, Column, Counted, Note, Row, Section, Table, words
from ceasefire.reporting.sections.maps import maps
from ceasefire.reporting.sections.strips import further, in_both
from ceasefire.reporting.telling.counts import daily, kind_words, number, signs
from ceasefire.reporting.telling.references import refs
from ceasefire.times_in_words import local_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ceasefire.reporting.document import Words
    from ceasefire.reporting.material.ledgers import Count, Kind, Ledgers
    from ceasefire.reporting.material.material import Material

#: More days with a count than this are told in the annex.
MOST_DAYS: Final = 10
#: Counts from which a cell is darker: the same for all sides and all reports.
STEPS: Final = (1, 4, 8)


def places(material: Material, ledgers: Ledgers) -> Section:
    """Return a table a side and kind of count, and the claims that have a place."""
    blocks: list[Block] = [*further(material, ledgers), *maps(material, ledgers)]
    shown = in_both(material, ledgers)
    drawn: list[Table] = []
    for kind in shown.kinds:
        some = shown.of_kind(kind)
        tables = [table for side in ledgers.sides for table in _table(side, some, kind, material)]
        if tables:
            blocks.append(Beside(blocks=tuple((table,) for table in tables)))
            drawn += tables
    if drawn:
        blocks.append(Note(_signs(material, shown, drawn)))
    blocks += _claims(material)
    return Section(id="places", title=material.text("title.places"), blocks=tuple(blocks))


def _table(side: str, some: Ledgers, kind: Kind, material: Material) -> Iterator[Table]:
    """Yield the table of a side, where it stated any figure for a place."""
    by_day = _days(side, some)
    zones = {zone for parts in by_day.values() for zone in parts if zone is not None}
    if not zones:
        return
    days = sorted(by_day)[-MOST_DAYS:]
    order = list(material.names.zones)
    named = sorted(
        zones,
        key=lambda z: (-sum(z in by_day[d] for d in days), order.index(z) if z in order else len(order), z),
    )
    start = "" if material.since is None else local_day(material.since, material.timezone)
    heads = (Column(material.days.iso_day(day), "centre") for day in days)
    columns = (Column(material.text("places.column")), *heads)
    whole = (material.say("places.total"), *(_cell(by_day[d].get(None), material) for d in days))
    name = material.names.party(side)
    yield Table(
        caption=material.text("places.caption", side=name, kind=kind_words(kind, material)),
        columns=columns,
        rows=(
            Row(cells=whole, total=True),
            *(_row(zone, [by_day[day].get(zone) for day in days], material) for zone in named),
        ),
        kind="figures",
        gap=sum(day < start for day in days) if any(day >= start for day in days) else 0,
        side=some.sides.index(side) if side in some.sides else 0,
    )


def _days(side: str, some: Ledgers) -> dict[str, dict[str | None, Count]]:
    """Return the figures of a side by day and place; None is the whole, as stated."""
    found: dict[str, dict[str | None, Count]] = {day: {None: c} for day, c in daily(side, some)}
    for whole in some.wholes:
        day = whole.day
        if whole.side != side or day is None or whole.kind.cumulative:
            continue
        several = [*some.parts(whole), *([whole] if whole.zone is not None else [])]
        for part in several:
            if part.figure is not None:
                found.setdefault(day, {}).setdefault(part.zone, part)
        if several or whole.figure is not None:
            found.setdefault(day, {})
    return found


def _row(zone: str, counts: list[Count | None], material: Material) -> Row:
    return Row(
        cells=((material.names.zone(zone),), *(_cell(count, material) for count in counts)),
        shades=tuple(
            0 if count is None else sum((count.figure or 0) >= step for step in STEPS) for count in counts
        ),
    )


def _cell(count: Count | None, material: Material) -> Words:
    if count is None:
        return ("·",)
    text = number(count, material) + signs(count, material)
    return (Counted(text, count.part_of or count.record),)


def _signs(material: Material, shown: Ledgers, tables: list[Table]) -> Words:
    """Return what the signs in the tables mean: those that stand there, each once."""
    uneven = [c.record for c in shown.wholes if c.record in material.uneven]
    read = list(dict.fromkeys(c.part_of for c in shown.counts if c.inferred))
    parts = [material.say("places.dot")]
    if any(table.gap for table in tables):
        parts.append(material.say("places.gap"))
    parts.append(material.say("places.shades"))
    if uneven:
        parts.append(material.say("places.uneven", refs=refs(uneven, material, "annex-counts")))
    if read:
        parts.append(material.say("places.read", refs=refs(read, material, "annex-counts")))
    return material.vocabulary.joined(parts, "list.blank")


def _claims(material: Material) -> Iterator[Note]:
    """Yield the claims that have a place, place by place."""
    found: dict[str, list[str]] = {}
    for record, several in material.claims.items():
        known = material.record(record)
        if (
            isinstance(known, Incident)
            and known.zone
            and several[0].determination not in ("withdrawn", "duplicate")
        ):
            found.setdefault(material.names.zone(known.zone), []).append(record)
    if found:
        told = (
            words(zone, *refs(records, material, "annex-claims")) for zone, records in sorted(found.items())
        )
        yield Note(material.say("places.claims", told=material.vocabulary.joined(told, "list.dot")))
