"""The bullets on published counts: one clause a side, only figures that were published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.reporting.document import words
from ceasefire.reporting.material.ledgers import UNTOLD
from ceasefire.reporting.telling.counts import days_of, kind_words, on_days, span_of_figures, states
from ceasefire.reporting.telling.references import refs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ceasefire.reporting.document import Words
    from ceasefire.reporting.material.ledgers import Kind, Ledgers
    from ceasefire.reporting.material.material import Material

#: Of more sides than this, the sides are told by how many they are.
_MOST_SIDES: Final = 4
#: Days that lie in more runs than this are told by how many they are.
_MOST_RUNS: Final = 3


def counts(material: Material, ledgers: Ledgers) -> Iterator[Words]:
    """Yield ways to say what the sides counted in the period, the fullest first."""
    held = ledgers.within(material.period)
    if not ledgers.wholes:
        return
    if not held.wholes:
        yield material.say("brief.no_counts")
        return
    told = [_kind(kind, held.of_kind(kind), ledgers.of_kind(kind), material) for kind in held.kinds]
    head = _head(material, held, ledgers)
    full = words(*head, *(word for part in told for word in (" ", *part)))
    replies = _replies(held, material)
    yield words(*full, *replies)
    yield full
    sources = refs((c.record for c in held.wholes), material, "annex-counts")
    first = held.kinds[0]
    if set(held.of_kind(first).sides) != set(held.sides):  # of one side alone it would be one-sided
        sides = material.names.parties_listed(held.sides)
        yield words(*head, " ", *material.say("brief.kinds", n=len(told), sides=sides, refs=sources))
    elif first.accused == UNTOLD:  # of whom it is not told may be of several
        yield words(
            *head, " ", *material.say("brief.of_untold", kind=kind_words(first, material), refs=sources)
        )
    else:
        yield words(*head, " ", *told[0], *(_more(len(told) - 1, material)))
        yield words(*head, " ", *_spans(held, material), *sources)
    yield words(*head, *sources)


def _head(material: Material, held: Ledgers, ledgers: Ledgers) -> Words:
    """Return on how many days each side published, where all did on as many."""
    numbers = {len(held.days(side)) for side in ledgers.sides}
    if len(numbers) > 1 or material.period is None:
        return material.say("brief.counts")
    n, of = numbers.pop(), len(days_of(material.period, material))
    key = {1: "one", 2: "both"}.get(len(ledgers.sides), "all")
    side = material.names.party(ledgers.sides[0])
    return material.say(f"brief.counts_{key}", n=of, days=str(n), side=side, sides=str(len(ledgers.sides)))


def _kind(kind: Kind, held: Ledgers, ledgers: Ledgers, material: Material) -> Words:
    clauses = (states(side, held, material.period, material) for side in ledgers.sides[:_MOST_SIDES])
    told = material.vocabulary.joined(clauses, "list.semicolon")
    return material.say("brief.of_kind", kind=kind_words(kind, material), told=told)


def _more(number: int, material: Material) -> Words:
    return (" ", *material.say("brief.more_kinds", n=number)) if number else ()


def _spans(held: Ledgers, material: Material) -> Words:
    """Return the lowest and highest figure of each side of the first kind, on how many days."""
    kind = held.kinds[0]
    some = held.of_kind(kind)
    told = []
    for side in some.sides[:_MOST_SIDES]:
        mine = [c for c in some.wholes if c.side == side and c.figure is not None and c.zone is None]
        if mine:
            figures = words(
                span_of_figures(mine, material),
                *on_days(len(some.days(side)), material.period, material),
            )
            told.append(material.say("count.states", side=material.names.party(side), figures=figures))
    if not told:
        return ()
    said = material.vocabulary.joined(told, "list.semicolon")
    return material.say("brief.of_kind", kind=kind_words(kind, material), told=said)


def _replies(held: Ledgers, material: Material) -> Words:
    """Return what one side answered to counts of another in the period."""
    owner = {c.record: c for c in held.wholes}
    replies = [r for r in held.replies if r.answers in owner]
    if not replies:
        return (" ", *material.say("brief.no_answers")) if len(held.sides) > 1 else ()
    first = replies[0]
    if len(replies) > 1 or first.confirmed is None or owner[first.answers].figure is None:
        records = refs((r.record for r in replies), material, "annex-counts")
        return (" ", *material.say("brief.answers", n=len(replies), refs=records))
    key = "brief.confirmed_none" if first.confirmed == 0 else "brief.confirmed"
    return (
        " ",
        *material.say(
            key,
            of=material.number(owner[first.answers].figure or 0),
            side=material.names.party(first.side),
            confirmed=material.number(first.confirmed),
            refs=refs([first.record], material),
        ),
    )


def silence(material: Material, ledgers: Ledgers) -> Iterator[Words]:
    """Yield on which days of the period no side published a count."""
    if material.period is None or not ledgers.within(material.period).wholes:
        return
    covered = {day for side in ledgers.sides for day in ledgers.days(side)}
    every = days_of(material.period, material)
    none = [day for day in every if day not in covered]
    if not none:
        return
    told = material.days.ranges(none)
    key = "either" if len(ledgers.sides) == 2 else "any"  # noqa: PLR2004 – two sides are either of them
    if told.count(",") < _MOST_RUNS:
        yield material.say(f"brief.silent_{key}", days=told)
    yield material.say("brief.silent_days", n=len(every), days=str(len(none)))
