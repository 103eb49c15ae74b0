"""Daily counts as a strip a ledger, of this period and the one before; every count since the beginning."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from ceasefire.reporting import figures
from ceasefire.reporting.document import Drawing, Figure, Note, Paragraph, Section, words
from ceasefire.reporting.material.ledgers import published_through, relayed
from ceasefire.reporting.reading import anchor
from ceasefire.reporting.telling.counts import daily, kind_words, number, other, period_words
from ceasefire.reporting.telling.references import refs
from ceasefire.times_in_words import local_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ceasefire.reporting.document import Block, Words
    from ceasefire.reporting.material.ledgers import Count, Kind, Ledgers
    from ceasefire.reporting.material.material import Material

#: More ledgers than this stand in the body, not on page one.
MOST: Final = 3
#: Fewer counts before the two spans are no reason to look further back.
_ENOUGH: Final = 5


def strips(material: Material, ledgers: Ledgers) -> Section:
    """Return the strips of the first kind of count for page one, or that no side published."""
    title = material.text("title.counts")
    shown = in_both(material, ledgers)
    if not ledgers.wholes:
        return Section(id="counts", title=title)
    if not shown.wholes:
        return Section(id="counts", title=title, blocks=(Paragraph(material.say("strips.none")),))
    if len(shown.sides) > MOST:
        return Section(
            id="counts", title=title, blocks=(Paragraph(material.say("strips.below", n=len(shown.sides))),)
        )
    kind = shown.kinds[0]
    blocks = (figure(kind, shown.of_kind(kind), ledgers, material), Note(_note(material, shown)))
    return Section(id="counts", title=title, blocks=blocks, quiet=True)


def further(material: Material, ledgers: Ledgers) -> Iterator[Block]:
    """Yield the strips that do not stand on page one: of further kinds, or of many ledgers."""
    shown = in_both(material, ledgers)
    for kind in shown.kinds if len(shown.sides) > MOST else shown.kinds[1:]:
        yield figure(kind, shown.of_kind(kind), ledgers, material)


def in_both(material: Material, ledgers: Ledgers) -> Ledgers:
    """Return the counts of the period and the one before it, of all days where there is no period."""
    if material.period is None or material.previous is None:
        return ledgers
    return ledgers.within(type(material.period)(material.previous.first, material.period.last))


def figure(kind: Kind, some: Ledgers, ledgers: Ledgers, material: Material) -> Figure:
    """Return the strips of one kind of count, and the same as one line a side."""
    first, last, since = _bounds(some, material)
    sides = ledgers.of_kind(kind).sides
    events = _events(material, first)
    lines = tuple(_line(side, some, (first, last, since), material) for side in sides)
    label = " ".join(
        material.text("strips.said", side=material.names.party(s), told=_told(s, some, material))
        for s in sides
    )
    counts = figures.Counts(
        label=label,
        first=first,
        last=last,
        since=since,
        strips=tuple(_strip(side, some, material) for side in sides),
        events=events,
    )
    caption = material.text("strips.caption", kind=material.vocabulary.capital(kind_words(kind, material)))
    aside = material.text(material.with_annex("strips.aside", "A")) if material.period is not None else ""
    return Figure(caption=caption, aside=aside, drawings=(Drawing("daily", counts),), lines=lines)


def _bounds(some: Ledgers, material: Material) -> tuple[date, date, date]:
    """Return the first and last day shown, and the first day of the period."""
    last = local_day(material.as_of, material.timezone)
    if material.previous is not None and material.since is not None:
        first = local_day(material.previous.first, material.timezone)
        since = local_day(material.since, material.timezone)
    else:
        first = min(day for count in some.wholes for day in count.days)
        since = first
    return date.fromisoformat(first), date.fromisoformat(last), date.fromisoformat(since)


def _strip(side: str, some: Ledgers, material: Material) -> figures.Strip:
    name = material.text("strips.states", side=material.names.party(side))
    spans = [c for c in other(side, some) if c.zone is None and c.figure is not None]
    return figures.Strip(
        name=name,
        counts=tuple(
            figures.Count(
                day=date.fromisoformat(day),
                value=count.figure or 0,
                anchor=anchor(count.record),
                label=_label(count, material),
            )
            for day, count in daily(side, some)
        ),
        spans=tuple(_span(count, material) for count in spans if not count.kind.cumulative),
    )


def _span(count: Count, material: Material) -> figures.SpanCount:
    days = count.days
    text = material.text("strips.in_days", number=number(count, material), n=len(days))
    return figures.SpanCount(
        first=date.fromisoformat(days[0]),
        last=date.fromisoformat(days[-1]),
        text=text,
        anchor=anchor(count.record),
        label=_label(count, material),
    )


def _label(count: Count, material: Material) -> str:
    return material.text(
        "strips.label",
        side=material.names.party(count.side),
        number=number(count, material),
        period=period_words(count, material),
    )


def _told(side: str, some: Ledgers, material: Material) -> Words:
    """Return the figures of a side in words, each at its day."""
    told = (
        material.say("strips.at", number=number(count, material), day=material.days.iso_day(day))
        for day, count in daily(side, some)
    )
    return material.vocabulary.joined(told, "list.comma") or material.say("strips.no_daily")


def _line(side: str, some: Ledgers, bounds: tuple[date, date, date], material: Material) -> Words:
    """Return the figures of a side in order of days, … for days without, a bar before the period."""
    first, last, since = bounds
    found: dict[str, list[str]] = {}
    for day, count in daily(side, some):
        found.setdefault(day, []).append(number(count, material))
    shown: list[str] = []
    for offset in range((last - first).days + 1):
        shown_day = first + timedelta(offset)
        if shown_day == since and since != first:
            shown.append("|")
        figure_ = "/".join(found.get(shown_day.isoformat(), ())) or "…"
        if figure_ != "…" or shown[-1:] != ["…"]:
            shown.append(figure_)
    span = material.days.ranges([(first + timedelta(n)).isoformat() for n in range((last - first).days + 1)])
    return material.say("strips.line", side=material.names.party(side), span=span, figures=" ".join(shown))


def _events(material: Material, first: date) -> tuple[figures.Event, ...]:
    """Return the entries into force, suspensions and ends of agreements within the days shown."""
    found = []
    for agreement in material.agreements:
        for move in material.lives[agreement.id].moves:
            day = date.fromisoformat(local_day(move.at, material.timezone))
            if day >= first and move.at <= material.as_of:
                state = material.vocabulary.code("state", move.to)
                text = material.text("strips.event", day=material.days.day(day), state=state,
                                     agreement=material.names.agreement(agreement.id))  # fmt: skip
                found.append(figures.Event(day=day, text=text))
    return tuple(found)


def _note(material: Material, shown: Ledgers) -> Words:
    """Return what a reader must know before reading the strips: whose figures, of which days."""
    said = [material.say("strips.note", n=len(shown.sides)), material.say("strips.days")]
    for side, publishers in published_through(shown.wholes).items():
        who = material.names.parties_listed(publishers)
        said.append(material.say("strips.through", side=material.names.party(side), who=who))
    authors = {by for several in relayed(shown.wholes).values() for by in several}
    if authors:
        said.append(material.say("strips.relayed", who=material.names.parties_listed(sorted(authors))))
    uneven = [count.record for count in shown.wholes if count.record in material.uneven]
    if uneven:  # page one marks them, and whoever reads that alone learns what the mark means
        said.append(material.say("places.uneven", refs=refs(uneven, material, "annex-counts")))
    return words(*material.vocabulary.joined(said, "list.blank"))


def trend(material: Material, ledgers: Ledgers) -> Section:
    """Return every count of a day since the first agreement or count, where there are enough of them."""
    title = "trend"
    start = None if material.previous is None else material.previous.first
    earlier = [c for c in ledgers.wholes if start is not None and c.start < start]
    if len(earlier) < _ENOUGH or not ledgers.kinds:
        return Section(id=title, title=title)
    kind = ledgers.kinds[0]
    some = ledgers.of_kind(kind)
    sides = some.sides
    first = min(day for count in some.wholes for day in count.days)
    last = local_day(material.as_of, material.timezone)
    since = local_day(material.since or material.as_of, material.timezone)
    counts = figures.Counts(
        label=material.text(material.with_annex("strips.since_label", "A")),
        first=date.fromisoformat(first),
        last=date.fromisoformat(last),
        since=date.fromisoformat(since),
        strips=tuple(_strip(side, some, material) for side in sides),
    )
    days = {day for side in sides for day, _ in daily(side, some)}
    longer = len({c.days for s in sides for c in other(s, some) if c.day is None})
    every = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
    key = "strips.of_days_and_longer" if longer else "strips.of_days"
    return Section(
        id=title,
        title=material.text("title.trend", day=material.days.iso_day(first)),
        aside=material.text(key, n=len(days), longer=material.number(longer), every=material.number(every)),
        blocks=(Figure(drawings=(Drawing("since", counts),)), Note(material.say("strips.since_note"))),
    )
