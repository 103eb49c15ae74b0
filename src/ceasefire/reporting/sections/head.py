"""The head: which agreements, as of when, known when, for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire import times_in_words as times
from ceasefire.reporting.document import Code, Facts, Note, Section, Strong, words
from ceasefire.reporting.material.material import counted

if TYPE_CHECKING:
    from ceasefire.reporting.document import Words
    from ceasefire.reporting.material.material import Material

AUDIENCES: Final = {
    "mechanism": "the mechanism: records released to the mechanism or to the public",
    "public": (
        "the public: records released to the public only; no coordinates, and no name of anyone accused in a "
        "claim that is not determined"
    ),
    "author": "the author of the records: all of them, also those meant for nobody else",
}
BANNERS: Final = {
    "mechanism": "For the mechanism – not for publication",
    "public": "For the public",
    "author": "For the author of the records only – not for release",
}
#: Stands in every report, whether or not anything was held back: its absence would tell.
NOT_RELEASED: Final = (
    "Records that are not released to this audience are not part of this report, not even as a number."
)


def title(material: Material) -> str:
    """Return the title of the report."""
    names = [material.names.agreement(a.id) for a in material.agreements]
    return names[0] if len(names) == 1 else f"Status of {len(names)} agreements"


def subtitle(material: Material) -> str:
    """Return the line below the title: the day the report speaks of."""
    return f"Status report as of {times.instant_words(material.as_of, material.timezone)}"


def banner(material: Material) -> str:
    """Return the line above everything: who may read it."""
    return BANNERS[material.audience]


def head(material: Material) -> Section:
    """Return the head of the report."""
    facts: list[tuple[str, Words]] = [
        (
            "Agreements" if len(material.agreements) > 1 else "Agreement",
            ("; ".join(material.names.agreement(a.id) for a in material.agreements),),
        ),
        ("As of", _instant(material.as_of, material)),
        ("Known at", _known_at(material)),
        ("Period", _period(material)),
        ("Time zone", _zone(material)),
        ("Audience", (AUDIENCES[material.audience],)),
        ("Relayed statements", (_relays(material),)),
    ]
    if material.issued is not None:
        facts.append(("Issued", _instant(material.issued, material)))
    return Section(
        id="head", title="About this report", blocks=(Facts(tuple(facts)), Note((_not_released(material),)))
    )


def _not_released(material: Material) -> str:
    """Return how many records are pointed at by released ones without being there: withheld or never held."""
    number = material.not_released
    if not number:
        return NOT_RELEASED
    return (
        f"{NOT_RELEASED} {counted(number, 'record')} to which records in it refer "
        f"{'is' if number == 1 else 'are'} not released to this audience, or not held here."
    )


def _instant(us: int, material: Material) -> Words:
    return words(
        Strong(times.local_words(us, material.timezone)), f" in {material.timezone}; ", Code(times.utc(us))
    )


def _known_at(material: Material) -> Words:
    if material.known_at is None:
        told = "known" if material.present == "recorded" else material.present
        return (f"everything {told} when the assessment was made",)
    return words("only what was known by ", *_instant(material.known_at, material))


def _period(material: Material) -> Words:
    if material.period is None or material.previous is None:
        return ("none asked for: everything until the instant above",)
    first, last = (times.utc(us) for us in (material.period.first, material.period.last))
    before = (times.utc(us) for us in (material.previous.first, material.previous.last))
    return words(
        Strong(material.span(material.period)),
        f" ({first} to {last}), beside the span of equal length before it, "
        f"{material.span(material.previous)} ({' to '.join(before)})",
    )


def _zone(material: Material) -> Words:
    offset = times.offset_words(material.as_of, material.timezone)
    text = (
        f"{material.timezone}, {offset} at the instant above. Days are local days there and end at midnight; "
        "times ending in Z are UTC, to the second."
    )
    return (text,)


def _relays(material: Material) -> str:
    if material.relays:
        return "counted as the position of the member they are attributed to"
    return "shown, not counted as the position of the member they are attributed to"
