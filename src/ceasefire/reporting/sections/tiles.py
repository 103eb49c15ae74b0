"""The key figures: always the same tiles, each with the figure before; no totals, no percentages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.reporting.document import Place, Section, Tile, Tiles, words
from ceasefire.reporting.telling import due
from ceasefire.reporting.telling.breaches import OWED, overall, overdue
from ceasefire.reporting.telling.counts import daily, days_of, other, span_of_figures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ceasefire.reporting.document import Words
    from ceasefire.reporting.material.ledgers import Ledgers
    from ceasefire.reporting.material.material import Material, Window

_OPEN: Final = ("disputed", "under_review", "alleged")
#: More ledgers than this share one tile.
MOST_LEDGERS: Final = 3


def tiles(material: Material, ledgers: Ledgers) -> Section:
    """Return the key figures, each a link to what it is counted from."""
    several = (
        _breaches(material),
        _open(material),
        *_counts(material, ledgers),
        _deadlines(material),
        _access(material),
    )
    title = material.text("title.key_figures")
    return Section(id="key-figures", title=title, blocks=(Tiles(several),))


def _link(section: str, said: Words, material: Material) -> Words:
    return (Place(section, material.text("as_is", what=said)),)


def _none(material: Material) -> Words:
    return material.say("tile.none")


def _before(material: Material, said: Words) -> Words:
    return material.say("tile.before", told=said)


def _breaches(material: Material) -> Tile:
    figures = material.figures
    found, good = (figures["breaches", part].value or 0 for part in ("established", "made_good"))
    beside: list[Words] = []
    figure = _none(material)
    if found:
        key = "tile.breaches_good" if good == found else "tile.breaches"
        figure = _link("cases", material.say(key, n=found), material)
        if 0 < good < found:
            beside.append(material.say("tile.made_good", n=good))
        if material.period is not None:
            new = figures["breaches", "in_period"].value or 0
            beside.append(material.say("tile.acts_here", n=new) if new else material.say("tile.no_acts_here"))
    if ruled := figures["breaches", "rulings_in_aggregate"].value:
        beside.append(material.say("tile.rulings", n=ruled))
    beside += _earlier("breaches", "established", material)
    return Tile(label=material.text("tile.label_breaches"), figure=figure, beside=tuple(beside))


def _earlier(figure: str, part: str, material: Material) -> list[Words]:
    """Return what a figure was in the report that this one is compared with."""
    if material.before is None:
        return []
    number = material.figures[figure, part].before
    told = words(material.number(number)) if number else _none(material)
    return [_before(material, told)]


def _open(material: Material) -> Tile:
    """Return how many reports of acts are open, and beside them how many claims of other kinds."""
    found, others = (material.figures["claims", part].value or 0 for part in ("open", "others"))
    beside: list[Words] = []
    figure = _none(material)
    if found:
        number = {code: material.figures["claims", code].value or 0 for code in _OPEN}
        told = (
            material.say("brief.number", n=n, code=material.vocabulary.code("determination", code))
            for code, n in number.items()
            if n
        )
        beside.append(material.vocabulary.joined(told, "list.comma"))
        said = material.say("tile.open_acts", n=found) if others else words(material.number(found))
        figure = _link("cases", said, material)
    if others:
        if found:
            beside.append(material.say("tile.open_rest", n=others))
        else:
            figure = _link("cases", material.say("tile.open_others", n=others), material)
    beside += _earlier_open(material)
    return Tile(label=material.text("tile.label_open"), figure=figure, beside=tuple(beside))


def _earlier_open(material: Material) -> list[Words]:
    """Return what was open in the report that this one is compared with: acts, and what else."""
    others = material.figures["claims", "others"].before
    if material.before is None or not others:
        return _earlier("claims", "open", material)
    acts = material.figures["claims", "open"].before
    told = [material.say("tile.open_acts", n=acts)] if acts else []
    told.append(material.say("tile.open_rest" if acts else "tile.open_others", n=others))
    return [_before(material, material.vocabulary.joined(told, "list.comma"))]


def _counts(material: Material, ledgers: Ledgers) -> Iterator[Tile]:
    if not ledgers.sides:
        yield Tile(label=material.text("tile.label_counts"), figure=_none(material))
        return
    if len(ledgers.sides) > MOST_LEDGERS:
        figure = _link("counts", material.say("tile.ledgers", n=len(ledgers.sides)), material)
        yield Tile(
            label=material.text("tile.label_counts"), figure=figure, beside=(material.say("tile.below"),)
        )
        return
    for side in ledgers.sides:
        figure, days = _of_side(side, ledgers, material.period, material)
        beside = [days] if days else []
        if material.previous is not None:
            low, on = _of_side(side, ledgers, material.previous, material)
            key = "tile.before_on" if on else "tile.before"
            beside.append(material.say(key, told=low, on=on))
        told = figure if not days else _link("counts", figure, material)
        label = material.text("tile.label_states", side=material.names.party(side))
        yield Tile(label=label, figure=told, beside=tuple(beside))


def _of_side(side: str, ledgers: Ledgers, window: Window | None, material: Material) -> tuple[Words, Words]:
    """Return the lowest and highest figure of a side for a day, and on how many days it published.

    Of the kind of count that comes first: figures of different things are never set together.
    """
    held = ledgers.within(window)
    mine = [kind for kind in held.kinds if side in held.of_kind(kind).sides]
    if not mine:
        return material.say("tile.no_count"), ()
    some = held.of_kind(mine[0])
    days = _on_days(len(some.days(side)), window, material)
    counted = [count for _, count in daily(side, some)]
    if counted:
        return words(span_of_figures(counted, material)), days
    return material.say("tile.no_daily", n=len(other(side, some))), days


def _on_days(days: int, window: Window | None, material: Material) -> Words:
    """Return on how many days a side published, of how many where there is a period."""
    if window is None:
        return material.say("tile.on_days", n=days)
    return material.say("tile.on_days_of", n=len(days_of(window, material)), days=str(days))


def _deadlines(material: Material) -> Tile:
    passed = len(overdue(material))
    near, later = (
        sum(one.kind in OWED for one in due.within(material, first, last))
        for first, last in ((0, 14), (14, 30))
    )
    beside: list[Words] = []
    if passed:
        figure = material.say("tile.passed", n=passed)
        beside.append(
            material.say("tile.ahead", near=_or_none(near, material), later=_or_none(later, material))
        )
    else:
        figure = material.say("tile.in_14", n=near) if near else material.say("tile.none_in_14")
        beside.append(material.say("tile.in_30", n=later) if later else material.say("tile.none_in_30"))
        beside.append(material.say("tile.none_passed"))
    if material.before is not None and passed:
        earlier = len(overdue(material.before))
        told = material.say("tile.passed", n=earlier) if earlier else _none(material)
        beside.append(_before(material, told))
    return Tile(
        label=material.text("tile.label_deadlines"),
        figure=_link("due", figure, material) if passed or near or later else figure,
        beside=tuple(beside),
    )


def _or_none(number: int, material: Material) -> str:
    return material.number(number) if number else material.text("tile.no")


def _access(material: Material) -> Tile:
    found = material.figures["access", "reports"].value or 0
    beside: list[Words] = []
    figure = _none(material)
    if found:
        figure = _link("unseen", material.say("tile.reports", n=found), material)
        claims = (material.claims.get(record, []) for record in material.figures["access", "reports"].records)
        codes = dict.fromkeys(overall(several) for several in claims if several)
        told = (material.vocabulary.code("determination", code) for code in codes)
        beside.append(material.vocabulary.joined(told, "list.comma"))
    beside += _earlier("access", "reports", material)
    return Tile(label=material.text("tile.label_access"), figure=figure, beside=tuple(beside))
