"""The ledgers side by side: one row per period, what each side states, and what the others answer."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from attrs import evolve

from ceasefire.reporting.document import Column, Fold, Note, Paragraph, Ref, Row, Section, Table, words
from ceasefire.reporting.material.material import Window, counted
from ceasefire.reporting.material.names import listed
from ceasefire.reporting.sections.daily import daily
from ceasefire.reporting.words.counts import kind_words, part_words, parts_differ, period_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ceasefire.reporting.document import Block, Words
    from ceasefire.reporting.material.ledgers import Count, Kind, Ledgers
    from ceasefire.reporting.material.material import Material

BySide = dict[str, list["Count"]]


def side_by_side(material: Material, ledgers: Ledgers) -> Section:
    """Return the ledgers side by side: of the period and the one before it, the rest folded away."""
    title = "Ledgers side by side"
    if not ledgers.wholes:
        return Section(id="ledgers", title=title)
    shown, rest = _parted(material, ledgers)
    blocks: list[Block] = []
    for kind in shown.kinds:
        some = shown.of_kind(kind)
        blocks += [*daily(material, some, kind), *_table(material, some, kind)]
    if shown.wholes:
        blocks.append(Note((_silences(material, shown),)))
    else:
        none = f"No published count that is {material.present} lies within this period or the one before it."
        blocks.append(Paragraph((none,)))
    if rest.wholes:
        tables = tuple(table for kind in rest.kinds for table in _table(material, rest.of_kind(kind), kind))
        summary = f"Other published counts until the date of this report ({len(rest.wholes)})"
        blocks.append(Fold(summary=summary, blocks=tables))
    return Section(id="ledgers", title=title, blocks=tuple(blocks))


def _parted(material: Material, ledgers: Ledgers) -> tuple[Ledgers, Ledgers]:
    """Return the counts the report is about, and the others."""
    if material.period is None or material.previous is None:
        return ledgers, ledgers.only(frozenset())
    shown = ledgers.within(Window(material.previous.first, material.period.last))
    known = {count.record for count in shown.wholes}
    return shown, ledgers.only(frozenset(c.record for c in ledgers.wholes if c.record not in known))


def _table(material: Material, ledgers: Ledgers, kind: Kind) -> Iterator[Table]:
    """Yield the table of one kind of count, a row for each period and place stated as a whole."""
    periods: dict[tuple[tuple[str, str], str | None], BySide] = {}
    for count in sorted(ledgers.wholes, key=lambda c: (c.start, c.end, c.zone or "")):
        same = count.span(material.timezone), count.zone
        periods.setdefault(same, {}).setdefault(count.side, []).append(count)
    if not periods:
        return
    owner = {c.record: c.side for c in ledgers.wholes}
    # Where anybody has answered, it is told of every side whether it was answered.
    answered = set(ledgers.sides) if any(reply.answers in owner for reply in ledgers.replies) else set()
    columns = [Column("Period")]
    for side in ledgers.sides:
        name = material.names.party(side)
        columns.append(Column("states", "right", over=name))
        if side in answered:
            columns.append(Column("answered by the others", over=name))
    yield Table(
        caption=f"What each side states for the same period: {kind_words(kind, material)}",
        columns=tuple(columns),
        rows=tuple(_row(material, ledgers, by_side, answered) for by_side in periods.values()),
    )


def _row(material: Material, ledgers: Ledgers, by_side: BySide, answered: set[str]) -> Row:
    first = next(iter(by_side.values()))[0]
    place = f", {material.names.zone(first.zone)}" if first.zone else ""
    cells: list[Words] = [(_period(material, by_side) + place,)]
    for side in ledgers.sides:
        mine = by_side.get(side, [])
        cells.append(_figures(material, ledgers, mine))
        if side in answered:
            cells.append(_answers(material, ledgers, mine))
    return Row(cells=tuple(cells))


def _period(material: Material, by_side: BySide) -> str:
    """Return the period of a row; where its days are not read in one time zone, whose are read where."""
    several = [count for counts in by_side.values() for count in counts]
    if len({count.dated_in for count in several}) == 1:
        return period_words(several[0], material)
    zones = {c.dated_in: None for c in several if c.dated_in}
    whose = [
        f"{listed(material.names.party(side) for side, counts in by_side.items() if _any_in(zone, counts))}: "
        f"{zone} time"
        for zone in zones
    ]
    return f"{period_words(evolve(several[0], dated_in=None), material)} ({'; '.join(whose)})"


def _any_in(zone: str, counts: list[Count]) -> bool:
    return any(count.dated_in == zone for count in counts)


def _figures(material: Material, ledgers: Ledgers, counts: list[Count]) -> Words:
    """Return the figures of a side for one period, each with its records; more than one are all shown."""
    told: dict[str, list[Count]] = {}
    for count in counts:
        told.setdefault(_figure(material, ledgers, count), []).append(count)
    parts: list[Words] = []
    for figure, several in told.items():
        refs = [word for c in several for word in (" ", Ref(c.record))]
        parts.append(words("; " if parts else "", figure, *refs))
    return words(*parts) or ("–",)


def _figure(material: Material, ledgers: Ledgers, count: Count) -> str:
    """Return the figure of a count; of one by place only that no total is stated, and its parts."""
    if count.figure is not None:
        return f"{count.number}{parts_differ(count, material)}"
    parts = (part_words(p, material) for p in ledgers.parts(count))
    return f"not stated; by place: {', '.join(parts)}"


def _answers(material: Material, ledgers: Ledgers, counts: list[Count]) -> Words:
    parts: list[Words] = []
    stated = {c.record: c.figure for c in counts}
    for reply in ledgers.replies:
        if reply.answers not in stated:
            continue
        said = [
            text
            for number, text in (
                (reply.confirmed, f"{reply.confirmed}{_of(stated[reply.answers])} confirmed"),
                (reply.not_confirmed, f"{reply.not_confirmed} not confirmed"),
                (reply.not_covered, f"{reply.not_covered} not covered by the agreement"),
            )
            if number is not None
        ]
        if said:
            name = material.names.party(reply.side)
            parts.append(words("; " if parts else "", f"{name}: {', '.join(said)} ", Ref(reply.record)))
    return words(*parts) or ((f"no answer {material.present}",) if counts else ("–",))


def _of(figure: int | None) -> str:
    return "" if figure is None else f" of {figure}"


def _silences(material: Material, ledgers: Ledgers) -> str:
    """Return who has answered whose counts, and who has not."""
    sides = {c.record: c.side for c in ledgers.wholes}
    # What answers no published count held here, such as an answer to an answer, is among the answers below.
    answered = {(r.side, r.answers) for r in ledgers.replies if r.answers in sides}
    given = Counter((side, sides[record]) for side, record in answered)
    said = []
    for one in sorted({*ledgers.sides, *(side for side, _ in answered)}):
        for other in ledgers.sides:
            if one == other:
                continue
            name, whose = material.names.party(one), material.names.party(other)
            total = sum(c.side == other for c in ledgers.wholes)
            if number := given[one, other]:
                said.append(f"{name} has answered {number} of {counted(total, 'count')} of {whose}.")
            else:
                said.append(f"No answer of {name} to the counts of {whose} is {material.present}.")
    silent = f"A count to which no answer is {material.present} is neither confirmed nor not confirmed."
    return " ".join([*said, silent])
