"""The cases: one card each, the open ones first, then those decided or closed in the period.

A card holds what is said, who is named with the determination, positions, what is
still to answer, and the steps in order with the reply of the accused in full.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.clock import FOREVER
from ceasefire.reporting.document import Bullets, Fold, Item, Note, Section, words
from ceasefire.reporting.sections.card import card, heading, positions, steps_of
from ceasefire.reporting.telling.breaches import UNDECIDED, counting
from ceasefire.reporting.telling.happened import happened, text_of, when
from ceasefire.reporting.telling.naming import determinations, named
from ceasefire.reporting.telling.references import at
from ceasefire.reporting.telling.room import CARDS, ROWS, roomed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from ceasefire.assessment.result.entries import ClaimEntry
    from ceasefire.reporting.document import Block, Words
    from ceasefire.reporting.material.ledgers import Ledgers
    from ceasefire.reporting.material.material import Material

#: What has a card of its own; other claims have one while they are open.
_ACTS: Final = ("incident", "tally")


def cases(material: Material, _: Ledgers) -> Section:
    """Return a card for each case, and a line for each that is older or taken back."""
    counted = counting(material)
    claims = {r: several for r, several in counted.items() if not _is_step(several, material)}
    open_ = {row.record: bool(row.open) for row in material.data.cases}
    waits = [r for r, several in claims.items() if any(c.determination in UNDECIDED for c in several)]
    waits.sort(key=lambda record: (_nearest(record, material), material.began.get(record, 0)))
    undecided = set(waits)
    rest: dict[bool, list[str]] = {True: [], False: []}
    for record in claims:
        if record not in undecided:
            act = claims[record][0].kind in _ACTS
            rest[act and bool(open_.get(record) or _touched(record, material))].append(record)
    recent, older = rest[True], rest[False]
    gone = [r for r in material.claims if r not in counted and not _counts_elsewhere(r, material)]
    several = _chosen([*waits, *recent], undecided, material)
    blocks: list[Block] = list(
        roomed(
            several,
            CARDS,
            lambda some: tuple(card(record, claims[record], material) for record in some),
            material,
            table="claims",
            summary="case.more_cards",
        )
    )
    for key, some in (("case.older", older), ("case.gone", gone)):
        if some:
            lines = roomed(some, ROWS, lambda some: (_lines(some, material),), material, table="claims")
            blocks.append(Fold(summary=material.say(key, n=len(some)), blocks=lines))
    if material.audience == "public" and waits:
        blocks.append(Note(material.say("case.public")))
    aside = [
        material.say(f"case.n_{key}", n=len(several))
        for key, several in (("open", waits), ("decided", [*recent, *older]), ("gone", gone))
        if several
    ]
    told = material.text("as_is", what=material.vocabulary.joined(aside, "list.comma"))
    return Section(id="cases", title=material.text("title.cases"), aside=told, blocks=tuple(blocks))


def _chosen(several: list[str], undecided: Collection[str], material: Material) -> list[str]:
    """Return cases in their order, where there is not room for all first those that have it.

    That is the open ones, then those touched in the period, then the newest.
    """
    if len(several) <= CARDS.printed:
        return several
    ranked = sorted(
        several,
        key=lambda r: (r not in undecided, not _touched(r, material), -material.began.get(r, 0)),
    )
    rank = {record: place for place, record in enumerate(ranked)}
    return sorted(
        several,
        key=lambda r: (rank[r] >= CARDS.printed) + (rank[r] >= CARDS.page),
    )


def _is_step(several: list[ClaimEntry], material: Material) -> bool:
    """Tell whether a claim is a step in the case of another: a remedy stands there."""
    record = material.record(several[0].record)
    return several[0].kind == "response" and getattr(record, "to", None) in material.claims


def _counts_elsewhere(record: str, material: Material) -> bool:
    """Tell whether a record reports an act that counts under another: it stands in that case."""
    return any(c.determination == "duplicate" for c in material.claims[record])


def _nearest(record: str, material: Material) -> int:
    """Return the nearest date by which an answer in a case is asked for."""
    dates = [
        material.us(row.due)
        for row in material.responses_to.get(record, ())
        if row.due is not None and row.state == "open"
    ]
    return min(dates, default=FOREVER)


def _touched(record: str, material: Material) -> bool:
    """Tell whether anything was recorded on a case in the period; without a period, everything was."""
    return material.since is None or any(name in material.recent for name in _told_of(record, material))


def _told_of(record: str, material: Material) -> Iterator[str | None]:
    """Yield a case, its steps and the findings on it, where any of these may be recent."""
    yield record
    if record in material.responses_to:
        yield from (row.record for row in steps_of(record, material))
    if not material.recent.isdisjoint(material.seen.findings(record)):
        yield from (p.finding for p in material.positions_on(record))


def _lines(several: Sequence[str], material: Material) -> Bullets:
    return Bullets(items=tuple(Item(words=_line(record, material)) for record in several))


def _line(record: str, material: Material) -> Words:
    """Return a case in a line: what it is, when, what is determined of it, who said what on it."""
    several, known = material.claims[record], material.record(record)
    who = named(several, material)
    who = () if who == material.say("naming.nobody") else who
    line = material.say(
        "case.line_named" if who else "case.line",
        named=who,
        what=happened(known, material) if known is not None else heading(record, several, material),
        when=when(several[0], material),
        determined=determinations(several, material),
        at=at(record, material),
    )
    back = material.takings_back.get(record)
    beside = [
        text_of(known, material),
        () if back is None else words(at(back.own_id, material), *_after_blank(text_of(back, material))),
        positions(record, material),
    ]
    return words(*line, *(word for part in beside if part for word in (" ", *part)))


def _after_blank(said: Words) -> Words:
    return (" ", *said) if said else ()
