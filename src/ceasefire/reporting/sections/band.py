"""The first lines: for whom a report is, of what, of which days, made from how many records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.reporting.document import words

if TYPE_CHECKING:
    from ceasefire.reporting.document import Words
    from ceasefire.reporting.material.material import Material


def band(material: Material) -> str:
    """Return who may read it."""
    return material.text(f"band.{material.audience}")


def made_from(material: Material) -> str:
    """Return how many records until the day of the report it is made from, and whose where one wrote all."""
    day = material.days.of_instant(material.as_of)
    author = material.only_author
    if author is None:
        return material.text("band.records", n=material.looked_at, day=day)
    return material.text(
        "band.records_of", n=material.looked_at, day=day, author=material.names.party(author)
    )


def title(material: Material) -> str:
    """Return the title: the one given, the agreement's, or the outermost place."""
    if material.given_title:
        return material.given_title
    if len(material.agreements) == 1:
        return material.names.agreement(material.agreements[0].id)
    zone = _outermost(material)
    if zone is None:
        return material.text("band.title_of_several", n=len(material.agreements))
    return material.text("band.title_of_zone", zone=material.names.zone(zone))


def _outermost(material: Material) -> str | None:
    """Return the first zone that is in no other and has others in it; else the first that is in none."""
    zones = material.names.zones
    inside = {inner: name for name, zone in zones.items() for inner in zone.covers}
    inside |= {name: zone.within for name, zone in zones.items() if zone.within}
    tops = [name for name in zones if name not in inside]
    holding = [name for name in tops if name in inside.values()]
    found = holding or tops
    return found[0] if found else None


def line(material: Material) -> Words:
    """Return which days, as of when, in which time zone, as known when, compared with which days."""
    days, zone = material.days, material.days.zone_name(material.as_of)
    parts = []
    if material.period is not None:
        span = days.window(material.period.first, material.period.last, year=True)
        parts.append(material.say("band.period", days=span))
    instant = days.instant(material.as_of, year=material.period is None)
    parts.append(material.say("band.as_of", instant=instant, zone=zone))
    if material.known_at is not None:
        parts.append(material.say("band.known", instant=days.instant(material.known_at)))
    if material.previous is not None:
        span = days.window(material.previous.first, material.previous.last)
        parts.append(material.say("band.compared", days=span))
    if material.issued is not None:
        parts.append(material.say("band.issued", instant=days.instant(material.issued)))
    return words(*material.vocabulary.joined(parts, "list.dot"))
