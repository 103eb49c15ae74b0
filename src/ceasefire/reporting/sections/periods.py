"""This period beside the previous one, by place and by ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from ceasefire.reporting.document import Column, Note, Ref, Row, Section, Table, words
from ceasefire.reporting.material.ledgers import published_through, relayed
from ceasefire.reporting.material.material import references
from ceasefire.reporting.material.names import listed
from ceasefire.reporting.sections.conduct import conduct
from ceasefire.reporting.words.counts import figure_words, kind_words, period_words
from ceasefire.times_in_words import cut_days, day_ranges, days_between

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ceasefire.reporting.document import Block, Words
    from ceasefire.reporting.material.ledgers import Cell, Count, Kind, Ledgers
    from ceasefire.reporting.material.material import Material, Window

_LEGEND: Final = (
    "0: the side stated zero. –: no count of the side for that day, or for that time (not reported), is "
    "{present}, or its bulletin of that day gives no figure for this place. not stated: counts of the side "
    "are {present}, and none gives a figure for this place. Each figure is as it was published, at its day: "
    "nothing is added, over sides, over places or over days."
)

_UNEVEN: Final = (
    "The counts of a side that are {present} are of a different number of days in the two spans, as the "
    "first row shows: fewer figures may only mean fewer bulletins."
)


@frozen
class _Span:
    """A column of the table: what a side stated in a window of time."""

    side: str
    label: str
    window: Window | None
    held: Ledgers


def periods(material: Material, ledgers: Ledgers) -> Section:
    """Return the period beside the one before it, by place and by ledger; without a period, all counts."""
    title = "Counts by place" if material.period is None else "This period beside the one before"
    blocks: list[Block] = []
    for kind in ledgers.kinds:
        spans = _spans(material, ledgers.of_kind(kind))
        if any(span.held.counts for span in spans):
            blocks.append(_table(material, kind, spans))
            blocks += _cautions(material, spans)
    if blocks:
        blocks += [Note((_LEGEND.format(present=material.present),)), *_relayed(material, ledgers)]
    blocks += _across(material, ledgers)
    blocks += conduct(material)
    return Section(id="periods", title=title, blocks=tuple(blocks))


def _spans(material: Material, ledgers: Ledgers) -> list[_Span]:
    windows: list[tuple[str, Window | None]] = [("until the date of this report", None)]
    if material.period is not None and material.previous is not None:
        windows = [
            (f"before, {material.span(material.previous)}", material.previous),
            (f"this period, {material.span(material.period)}", material.period),
        ]
    return [
        _Span(side, label, window, ledgers.within(window))
        for side in ledgers.sides
        for label, window in windows
    ]


def _table(material: Material, kind: Kind, spans: list[_Span]) -> Table:
    places = {zone for span in spans for zone in span.held.zones}
    named = sorted((material.names.zone(zone).casefold(), zone) for zone in places)
    lines: list[tuple[str, list[Words]]] = [
        ("Days with a published count", [(_days(span, material),) for span in spans]),
        ("The whole, as stated", [_cell(span.held.cell(span.side, None), material) for span in spans]),
        *(
            (material.names.zone(zone), [_cell(span.held.cell(span.side, zone), material) for span in spans])
            for _, zone in named
        ),
        ("Records", [_records(span) for span in spans]),
    ]
    return Table(
        caption=f"Stated counts of {kind_words(kind, material)}, by place and ledger",
        columns=(
            Column("Place"),
            *(Column(span.label, "right", over=material.names.party(span.side)) for span in spans),
        ),
        rows=tuple(Row(cells=((label,), *cells)) for label, cells in lines),
    )


def _days(span: _Span, material: Material) -> str:
    covered = len(span.held.days(span.side, material.timezone))
    if span.window is None:
        return str(covered)
    bounds = span.window.first, span.window.last, material.timezone
    cut = cut_days(*bounds)
    return f"{covered} of {len(days_between(*bounds))}" + (
        f" ({day_ranges(cut)} only in part)" if cut else ""
    )


def _records(span: _Span) -> Words:
    return references(c.record for c in span.held.wholes if c.side == span.side) or ("–",)


def _cell(cell: Cell, material: Material) -> Words:
    if cell.state == "stated":
        return (figure_words(cell.counts, material, cell.bulletins),)
    return ("not stated" if cell.state == "not_stated" else "–",)


def _cautions(material: Material, spans: list[_Span]) -> Iterator[Note]:
    """Yield what a reader must know before setting one figure against another."""
    covered: dict[str, set[int]] = {}
    for span in spans:
        covered.setdefault(span.side, set()).add(len(span.held.days(span.side, material.timezone)))
    if any(len(days) > 1 for days in covered.values()):
        yield Note((_UNEVEN.format(present=material.present),))


def _across(material: Material, ledgers: Ledgers) -> Iterator[Note]:
    """Yield which counts stand in none of the columns although they are in part of such a span, and why."""
    spans = [span for span in (material.previous, material.period) if span is not None]
    told = [
        words(
            "; " if n else "",
            f"{material.names.party(count.side)}, {period_words(count, material)}: ",
            _figure(count, material),
            f" of {kind_words(count.kind, material)} " if len(ledgers.kinds) > 1 else " ",
            Ref(count.record),
        )
        for n, count in enumerate(ledgers.across(spans))
    ]
    if told:
        yield Note(words("A count that lies only partly in a span stands in no column: ", *told, "."))


def _figure(count: Count, material: Material) -> str:
    figure = "by place only" if count.figure is None else count.number
    return figure + (f", {material.names.zone(count.zone)}" if count.zone else "")


def _relayed(material: Material, ledgers: Ledgers) -> Iterator[Note]:
    """Yield whose counts somebody else wrote down, and whose somebody else published."""
    for side, publishers in published_through(ledgers.wholes).items():
        some = any(c.side == side and c.through is None for c in ledgers.wholes)
        what = f"{'Some' if some else 'The'} counts of {material.names.party(side)}"
        who = listed(material.names.party(p) for p in publishers)
        yield Note((f"{what} were published by {who}, not by {material.names.party(side)} itself.",))
    by_authors: dict[tuple[str, ...], list[str]] = {}
    for side, authors in relayed(ledgers.wholes).items():
        by_authors.setdefault(authors, []).append(material.names.party(side))
    for authors, sides in by_authors.items():
        who = listed(material.names.party(author) for author in authors)
        yield Note(
            (f"The counts of {listed(sides)} are as relayed by {who}, with the publication as evidence.",)
        )
