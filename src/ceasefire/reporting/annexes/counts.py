"""Annex A: every published count with its parts, the answers to it, and where it was published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.record.kinds import Tally
from ceasefire.reporting.document import (
    Block,
    Bullets,
    Column,
    Item,
    Note,
    Row,
    Section,
    Strong,
    Table,
    plain,
    words,
)
from ceasefire.reporting.telling.counts import kind_words, number, part_words, period_words, signs
from ceasefire.reporting.telling.happened import evidence, harm, text_of
from ceasefire.reporting.telling.references import at
from ceasefire.reporting.telling.room import ROWS, roomed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ceasefire.reporting.document import Words
    from ceasefire.reporting.material.ledgers import Count, Kind, Ledgers, Reply
    from ceasefire.reporting.material.material import Material

#: More sides than this have a row each, not a column.
_COLUMNS: Final = 3

Line = dict[str, list["Count"]]


def counts(material: Material, ledgers: Ledgers) -> Section:
    """Return the published counts, kind by kind, the newest first."""
    blocks: list[Block] = []
    for kind in ledgers.kinds:
        blocks += _of_kind(kind, ledgers.of_kind(kind), material)
    known = {c.record for c in ledgers.wholes}
    lone = [r for r in ledgers.replies if r.answers not in known and r.record not in known]
    if lone:
        items = tuple(
            Item(words=words(_reply(r, material, to=True), " ", at(r.record, material))) for r in lone
        )
        blocks.append(Bullets(items=items))
    if beside := _without_count(material):
        blocks.append(Bullets(items=beside))
    if any(signs(c, material) for c in ledgers.counts):
        blocks.append(Note(material.say("counts.signs")))
    title = material.text("title.annex_counts")
    aside = material.text("counts.aside") if blocks else ""
    return Section(id="annex-counts", title=title, aside=aside, blocks=tuple(blocks))


def _of_kind(kind: Kind, some: Ledgers, material: Material) -> Iterator[Block]:
    lines: dict[tuple[tuple[str, str], str | None], Line] = {}
    for count in sorted(some.wholes, key=lambda c: (-c.end, -c.start, c.zone or "")):
        lines.setdefault((count.span, count.zone), {}).setdefault(count.side, []).append(count)
    start = None if material.previous is None else material.previous.first
    parted: dict[bool, list[Line]] = {True: [], False: []}
    for one in lines.values():
        parted[start is None or _first(one).start >= start].append(one)
    recent, older = parted[True], parted[False]
    caption = material.text("counts.caption", kind=kind_words(kind, material))
    yield from roomed(
        recent + older,
        ROWS,
        lambda lines: (_table(caption, lines, some, material),),
        material,
        table="tallies",
        summary="counts.more",
    )


def _first(line: Line) -> Count:
    return next(iter(line.values()))[0]


def _table(caption: str, lines: Sequence[Line], some: Ledgers, material: Material) -> Table:
    sides = some.sides
    if len(sides) > _COLUMNS:
        heads = ("day", "side", "count", "parts", "answers", "source")
        rows = [row for line in lines for row in _rows_of_sides(line, sides, some, material)]
        columns = tuple(Column(material.text(f"counts.column_{head}")) for head in heads)
    else:
        rows = [_row(line, sides, some, material) for line in lines]
        columns = (
            Column(material.text("counts.column_day")),
            *(
                Column(material.text("counts.column_states", side=material.names.party(side)))
                for side in sides
            ),
            Column(material.text("counts.column_answers")),
            Column(material.text("counts.column_source")),
        )
    return Table(caption=caption, columns=columns, rows=tuple(rows))


def _row(line: Line, sides: tuple[str, ...], some: Ledgers, material: Material) -> Row:
    several = [count for side in sides for count in line.get(side, [])]
    return Row(
        cells=(
            (_period(line, material),),
            *(_stated(line.get(side, []), some, material) for side in sides),
            _answers(several, some, material),
            _sources(several, material),
        )
    )


def _period(line: Line, material: Material) -> str:
    """Return the period of a line, with its place, as its first count states it."""
    first = _first(line)
    told = [period_words(first, material), *([material.names.zone(first.zone)] if first.zone else [])]
    return material.text("as_is", what=material.vocabulary.joined(told, "list.comma"))


def _rows_of_sides(line: Line, sides: tuple[str, ...], some: Ledgers, material: Material) -> Iterator[Row]:
    for side in sides:
        for count in line.get(side, []):
            parts = material.vocabulary.joined(
                (part_words(p, material) for p in some.parts(count)), "list.comma"
            )
            yield Row(
                cells=(
                    (_period({side: [count]}, material),),
                    (material.names.party(side),),
                    _figure(count, some, material),
                    parts or ("–",),
                    _answers([count], some, material),
                    _sources([count], material),
                )
            )


def _figure(count: Count, some: Ledgers, material: Material) -> Words:
    """Return the published figure with its record, and what its record says beside it."""
    figure = Strong(number(count, material) + signs(count, material))
    record = material.record(count.record)
    beside: list[Words] = []
    if isinstance(record, Tally):
        beside = [material.say("counts.pending", n=record.pending)] if record.pending is not None else []
        beside += [told] if (told := harm(record, material)) else []
    if count.through and count.side in some.mixed:
        beside.append(material.say("counts.through", who=material.names.party(count.through)))
    first = words(figure, " ", at(count.record, material))
    return material.vocabulary.joined((first, *beside), "list.semicolon")


def _stated(several: list[Count], some: Ledgers, material: Material) -> Words:
    told = []
    for count in several:
        parts = material.vocabulary.joined((part_words(p, material) for p in some.parts(count)), "list.comma")
        told.append(words(*_figure(count, some, material), *((" – ", *parts) if parts else ())))
    return material.vocabulary.joined(told, "list.semicolon") or ("–",)


def _answers(several: list[Count], some: Ledgers, material: Material) -> Words:
    told = [
        words(_reply(reply, material), " ", at(reply.record, material))
        for count in several
        for reply in some.replies
        if reply.answers == count.record
    ]
    return material.vocabulary.joined(told, "list.semicolon") or ("–",)


def _reply(reply: Reply, material: Material, *, to: bool = False) -> str:
    """Return what one side says of the count of another."""
    parts = [
        material.text(f"counts.{name}", n=n)
        for name, n in (
            ("confirmed", reply.confirmed),
            ("not_confirmed", reply.not_confirmed),
            ("not_covered", reply.not_covered),
        )
        if n is not None
    ]  # fmt: skip
    told = material.vocabulary.joined(parts, "list.comma") or material.say("counts.answered")
    key = "counts.answer_to" if to else "counts.answer"
    return material.text(key, side=material.names.party(reply.side), told=told, record=reply.answers)


def _sources(several: list[Count], material: Material) -> Words:
    """Return where some counts were published, and the words of their records, each once."""
    records = [material.record(count.record) for count in several]
    told: dict[Words, None] = {evidence(record, material): None for record in records if record is not None}
    if None in records:
        told[material.say("record.not_held")] = None
    texts = {text for record in records if (text := text_of(record, material))}
    # One text may be the beginning of another, as of a bulletin of which one figure has a further note.
    inner = {
        one for one in texts for other in texts if one != other and plain(one)[1:-1].strip() in plain(other)
    }
    told |= {text: None for record in records if (text := text_of(record, material)) not in inner}
    return material.vocabulary.joined((part for part in told if part), "list.semicolon") or ("–",)


def _without_count(material: Material) -> tuple[Item, ...]:
    """Return what was published without a count: how many cases are pending, how many people were harmed."""
    found = []
    for row in material.data.tallies:
        record = material.record(row.record)
        if not isinstance(record, Tally) or row.part_of or row.count is not None or record.by_zone:
            continue
        parts = [material.say("counts.pending", n=record.pending)] if record.pending is not None else []
        parts += [told] if (told := harm(record, material)) else []
        if parts:
            said = material.say(
                "counts.without",
                side=material.names.party(row.said_by or row.by),
                told=material.vocabulary.joined(parts, "list.comma"),
            )
            found.append(Item(words=words(*said, " ", at(record.own_id, material))))
    return tuple(found)
