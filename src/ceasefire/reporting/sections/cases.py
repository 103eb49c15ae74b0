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

if TYPE_CHECKING:
    from ceasefire.assessment.result.entries import ClaimEntry
    from ceasefire.reporting.document import Block, Words
    from ceasefire.reporting.material.ledgers import Ledgers
    from ceasefire.reporting.material.material import Material

#: More cards than this are folded away on a screen and left to the data in print and Markdown.
MOST: Final = 40
#: What has a card of its own; other claims have one while they are open.
_ACTS: Final = ("incident", "tally")


def cases(material: Material, _: Ledgers) -> Section:
    """Return a card for each case, and a line for each that is older or taken back."""
    claims = {r: several for r, several in counting(material).items() if not _is_step(several, material)}
    open_ = {row.record: bool(row.open) for row in material.data.cases}
    waits = [r for r, several in claims.items() if any(c.determination in UNDECIDED for c in several)]
    waits.sort(key=lambda record: (_nearest(record, material), material.began.get(record, 0)))
    rest = [r for r in claims if r not in waits]
    recent = [r for r in rest if claims[r][0].kind in _ACTS and (open_.get(r) or _touched(r, material))]
    older = [r for r in rest if r not in recent]
    gone = [r for r in material.claims if r not in counting(material) and not _counts_elsewhere(r, material)]
    cards = [card(record, claims[record], material) for record in (*waits, *recent)]
    blocks: list[Block] = list(cards[:MOST])
    if len(cards) > MOST:
        more = material.say("case.more_cards", n=len(cards) - MOST)
        blocks.append(Fold(summary=more, blocks=tuple(cards[MOST:])))
    for key, several in (("case.older", older), ("case.gone", gone)):
        if several:
            summary = material.say(key, n=len(several))
            blocks.append(Fold(summary=summary, blocks=(_lines(several, material),)))
    if material.audience == "public" and waits:
        blocks.append(Note(material.say("case.public")))
    aside = [
        material.say(f"case.n_{key}", n=len(several))
        for key, several in (("open", waits), ("decided", [*recent, *older]), ("gone", gone))
        if several
    ]
    told = material.text("as_is", what=material.vocabulary.joined(aside, "list.comma"))
    return Section(id="cases", title=material.text("title.cases"), aside=told, blocks=tuple(blocks))


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
    if material.since is None:
        return True
    findings = (p.finding for p in material.positions_on.get(record, ()))
    names = [record, *findings, *(row.record for row in steps_of(record, material))]
    times = (material.record(name) for name in names if name)
    return any(r is not None and r.recorded is not None and r.recorded.us >= material.since for r in times)


def _lines(several: list[str], material: Material) -> Bullets:
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
