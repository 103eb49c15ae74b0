"""What could not be seen: the last word of every report. Every line stays, “none recorded” included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.reporting.document import Facts, Section, words
from ceasefire.reporting.material.ledgers import published_through, relayed
from ceasefire.reporting.telling.breaches import denials
from ceasefire.reporting.telling.counts import days_of, number, period_words, silent
from ceasefire.reporting.telling.happened import where
from ceasefire.reporting.telling.naming import determinations
from ceasefire.reporting.telling.references import refs
from ceasefire.reporting.telling.room import NAMED, left_to_data

if TYPE_CHECKING:
    from collections.abc import Callable

    from ceasefire.record.kinds import Incident
    from ceasefire.reporting.document import Words
    from ceasefire.reporting.material.ledgers import Ledgers
    from ceasefire.reporting.material.material import Material


def unseen(material: Material, ledgers: Ledgers) -> Section:
    """Return what a reader cannot know from this report, line by line."""
    lines: tuple[tuple[str, Callable[[Material, Ledgers], Words]], ...] = (
        ("days", _days),
        ("access", _access),
        ("uneven", _uneven),
        ("read", _read),
        ("words", _whose_words),
        ("withheld", _withheld),
        ("members", _members),
    )
    pairs = tuple((material.text(f"unseen.{key}"), told(material, ledgers)) for key, told in lines)
    return Section(id="unseen", title=material.text("title.unseen"), blocks=(Facts(pairs),))


def _days(material: Material, ledgers: Ledgers) -> Words:
    """Return the days of the period without a count, by side; sides with the same days share a part."""
    window = material.period
    if window is None:
        return material.say("unseen.no_period")
    if not ledgers.sides:
        return material.say("unseen.no_ledger", n=len(days_of(window, material)))
    alike: dict[tuple[str, ...], list[str]] = {}
    for side in ledgers.sides:
        alike.setdefault(tuple(silent(side, ledgers, window, material)), []).append(side)
    every = len(days_of(window, material))
    told = [
        material.say(
            "unseen.days_of" if days else "unseen.no_day_of",
            sides=material.names.parties_listed(sides),
            n=every,
            days=str(len(days)),
            which=material.days.ranges(days) if days else "",
        )
        for days, sides in alike.items()
    ]
    return material.vocabulary.joined(told, "list.dot")


def _access(material: Material, _: Ledgers) -> Words:
    """Return each report of access denied; of very many the newest, and how many more there are."""
    found = denials(material)
    if not found:
        return material.say("unseen.no_denial")
    newest = frozenset(sorted(found, key=lambda name: material.began.get(name, 0))[-NAMED:])
    told = []
    for name in (name for name in found if name in newest):
        several = found[name]
        record: Incident = material.record(name)  # type: ignore[assignment]
        told.append(
            material.say(
                "unseen.denial",
                when=material.occurred(record.occurred, record.timezone),
                where=where(record, material),
                determined=determinations(several, material),
                refs=refs([name], material),
            )
        )
    if rest := len(found) - len(newest):
        told.append(left_to_data(rest, "claims", material))
    return material.vocabulary.joined(told, "list.semicolon")


def _uneven(material: Material, ledgers: Ledgers) -> Words:
    """Return the totals to which their published parts do not sum; those of the two spans in words."""
    found = [c for c in ledgers.wholes if c.record in material.uneven]
    if not found:
        return material.say("unseen.none")
    recent = [c for c in found if _recent(c.start, material)]
    told = [
        material.say(
            "unseen.uneven_one",
            period=period_words(c, material),
            side=material.names.party(c.side),
            total=number(c, material),
            parts=material.vocabulary.listed(number(part, material) for part in ledgers.parts(c)),
            refs=refs([c.record], material),
        )
        for c in recent
    ]
    if older := [c.record for c in found if c not in recent]:
        told.append(material.say("unseen.earlier", refs=refs(older, material, "annex-counts")))
    return material.vocabulary.joined(told, "list.semicolon")


def _recent(start: int, material: Material) -> bool:
    return material.previous is None or start >= material.previous.first


def _read(material: Material, ledgers: Ledgers) -> Words:
    """Return the figures by place that were read by the compiler, and that nobody published."""
    found: dict[str, None] = {c.part_of: None for c in ledgers.counts if c.inferred and c.part_of}
    owner = {c.record: c for c in ledgers.wholes}
    recent = [owner[r] for r in found if r in owner and _recent(owner[r].start, material)]
    if not found:
        return material.say("unseen.none")
    told = [
        material.say(
            "unseen.read_one",
            period=period_words(c, material),
            side=material.names.party(c.side),
            refs=refs([c.record], material),
        )
        for c in recent
    ]
    if older := [r for r in found if r not in {c.record for c in recent}]:
        told.append(material.say("unseen.earlier", refs=refs(older, material, "annex-counts")))
    return material.vocabulary.joined(told, "list.semicolon")


def _whose_words(material: Material, ledgers: Ledgers) -> Words:
    """Return whose statements somebody else wrote down, and whose figures somebody else published."""
    told = [
        material.say(
            "unseen.through",
            side=material.names.party(side),
            who=material.names.parties_listed(publishers),
        )
        for side, publishers in published_through(ledgers.wholes).items()
    ]
    by_authors: dict[tuple[str, ...], list[str]] = {}
    for side, authors in relayed(ledgers.wholes).items():
        by_authors.setdefault(authors, []).append(side)
    told += [
        material.say(
            "unseen.relayed",
            sides=material.names.parties_listed(sides),
            who=material.names.parties_listed(authors),
        )
        for authors, sides in by_authors.items()
    ]
    told.append(material.say("unseen.relays_count" if material.relays else "unseen.relays_shown"))
    return words(*(word for n, part in enumerate(told) for word in (" " if n else "", *part)))


def _withheld(material: Material, _: Ledgers) -> Words:
    """Return how many records are pointed at without being there: withheld, or never held."""
    number_ = material.not_released
    return material.say("unseen.not_there", n=number_) if number_ else material.say("unseen.nobody_told")


def _members(material: Material, _: Ledgers) -> Words:
    """Return which members of the mechanisms have recorded nothing themselves."""
    writing = {record.by for record in material.records.values()}
    members = dict.fromkeys(m for a in material.agreements for x in a.mechanisms for m in x.members)
    silent_ = [m for m in members if m not in writing]
    if not members:
        return material.say("unseen.no_members")
    if not silent_:
        return material.say("unseen.all_members")
    return material.say("unseen.silent_members", members=material.names.parties_listed(silent_))
