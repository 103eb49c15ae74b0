"""In brief: three to five bullets in a fixed order, each at most 45 words, every figure with its record.

What is determined, what is open, what is past its date, what is counted, what is new,
what is next (docs/reports.md, "Page one").
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from ceasefire.reporting.document import Bullets, Item, Section, plain, words
from ceasefire.reporting.sections import brief_counts, brief_decided
from ceasefire.reporting.telling import due
from ceasefire.reporting.telling.breaches import OWED, overdue
from ceasefire.reporting.telling.standing import fell_due

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ceasefire.assessment.result.entries import DueEntry
    from ceasefire.instruments.terms import Agreement
    from ceasefire.reporting.document import Words
    from ceasefire.reporting.material.ledgers import Ledgers
    from ceasefire.reporting.material.material import Material

MOST_WORDS: Final = 45
MOST_BULLETS: Final = 5
#: So many days ahead a deadline is told.
AHEAD: Final = 30
#: What ends an agreement: it is told whatever else falls due before.
_ENDS: Final = frozenset({"term", "notice"})


def brief(material: Material, ledgers: Ledgers) -> Section:
    """Return the bullets; none but the first stands where there is nothing to tell."""
    parts: list[Callable[[], Iterable[Words]]] = [
        lambda: brief_decided.determined(material),
        lambda: brief_decided.still_open(material),
        lambda: _passed(material),
        lambda: brief_counts.counts(material, ledgers),
        lambda: brief_counts.silence(material, ledgers),
        lambda: _new(material),
        lambda: _next(material),
    ]
    told = [fitting(part()) for part in parts]
    for spare in (4, 5):  # the days without a count stand below too, and so does what is new
        if sum(map(bool, told)) > MOST_BULLETS:
            told[spare] = ()
    items = tuple(Item(words=said) for said in told if said)
    return Section(
        id="brief", title=material.text("title.brief"), blocks=(Bullets(items=items, kind="brief"),)
    )


def fitting(candidates: Iterable[Words]) -> Words:
    """Return the first of several ways to say something that is short enough, else the last."""
    said: Words = ()
    for said in candidates:
        if len(plain(said).split()) <= MOST_WORDS:
            break
    return said


def _passed(material: Material) -> Iterator[Words]:
    """Yield what is past its deadline with no established performance, and who owes it still."""
    late = overdue(material)
    if not late:
        return
    told = [
        material.say(
            "brief.late",
            title=material.names.title(name),
            who=due.owed_by(owing, material),
            due=fell_due(
                when,
                [reason for who in owing for reason in material.grounds_of.get((name, who), ())],
                material,
            ),
        )
        for (name, when), owing in late.items()
    ]
    for most in (len(told), 2, 1):
        rest = len(told) - most
        shown = told[:most] + ([material.say("brief.more", n=rest)] if rest > 0 else [])
        yield material.say("brief.passed", n=len(late), late=material.vocabulary.listed(shown))
    yield material.say("brief.passed_only", n=len(late))


def _new(material: Material) -> Iterator[Words]:
    """Yield what entered into force, ended or was suspended in the period."""
    if material.since is None:
        return
    told = [said for agreement in material.agreements for said in _moved(agreement, material)]
    for most in range(len(told), 0, -1):
        yield words(*material.say("brief.new", told=material.vocabulary.joined(told[:most], "list.blank")))


def _moved(agreement: Agreement, material: Material) -> Iterator[Words]:
    life = material.lives[agreement.id]
    moves = [move for move in life.moves if material.in_period(move.at)]
    if not moves:
        return
    name, days = material.names.agreement(agreement.id), material.days
    state = material.vocabulary.code("state", moves[-1].to)
    since = days.whole_or_hour(moves[-1].at)
    ends = life.until if life.ended_by is None else None
    if ends is None:
        yield material.say("brief.moved", agreement=name, state=state, since=since)
    else:
        yield material.say(
            "brief.moved_until", agreement=name, state=state, since=since, until=days.whole_or_hour(ends)
        )
    if moves[-1].to == "in_force":
        yield from _text_says(agreement, moves[-1].at, material)


def _text_says(agreement: Agreement, entry: int, material: Material) -> Iterator[Words]:
    """Yield which day the text gives, where another one is followed."""
    starts = {e.at.bounds(material.timezone)[0]: e.basis for e in agreement.effective}
    for effective in agreement.effective:
        day = material.days.of_instant(effective.at.bounds(material.timezone)[0])
        if effective.basis == "text" and day != material.days.of_instant(entry):
            basis = starts.get(entry)
            other = material.with_annex("brief.text_says_other", "C")
            yield material.say(f"brief.text_says_{basis}" if basis else other, day=day)


def _next(material: Material) -> Iterator[Words]:
    """Yield what falls due next, and what else within thirty days."""
    groups = [list(several) for _, several in groupby(material.coming, key=lambda one: one.due)]
    if not groups:
        return
    near = [group for group in groups[1:] if due.in_days(group[0], material) <= AHEAD]
    ends = [word for group in near for said in _ends(group, material) for word in (" ", *said)]
    later = [word for group in near for said in _later(group, material) for word in (" ", *said)]
    for shown in (len(groups[0]), 2, 1):
        first = _group(groups[0], shown, material)
        yield words(*first, *ends, *later)
        yield words(*first, *ends)
    yield first


def _group(group: list[DueEntry], most: int, material: Material) -> Words:
    told = [
        material.say("brief.owed" if (who := due.owing(one, material)) else "brief.falls",
                     what=due.what(one, material), who=who)
        for one in group[:most]
    ]  # fmt: skip
    if len(group) > most:
        told.append(material.say("brief.more", n=len(group) - most))
    return material.say(
        "brief.next",
        what=material.vocabulary.listed(told),
        until=due.until(group[0], material),
        days=_in_days(group[0], material),
    )


def _ends(group: list[DueEntry], material: Material) -> Iterator[Words]:
    """Yield which agreements end, of what falls at one instant."""
    if ending := [due.what(one, material) for one in group if one.kind in _ENDS]:
        yield material.say("brief.ends", what=material.vocabulary.listed(ending), **_on(group, material))


def _later(group: list[DueEntry], material: Material) -> Iterator[Words]:
    """Yield how much else falls due at one instant, where somebody owes it."""
    others = [one for one in group if one.kind not in _ENDS]
    if any(one.kind in OWED for one in others):
        yield material.say("brief.later", n=len(others), **_on(group, material))


def _on(group: list[DueEntry], material: Material) -> dict[str, str | Words]:
    day = material.days.of_instant(material.us(group[0].due))
    return {"day": day, "days": _in_days(group[0], material)}


def _in_days(one: DueEntry, material: Material) -> Words:
    days = due.in_days(one, material)
    return material.say("days", n=days) if days else material.say("brief.report_day")
