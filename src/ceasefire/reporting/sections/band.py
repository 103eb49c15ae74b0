"""The first lines: for whom a report is, of what, of which days, made from how many records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.reporting.document import words
from ceasefire.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ceasefire.reporting.document import Words
    from ceasefire.reporting.material.material import Material


def band(material: Material) -> str:
    """Return who may read it."""
    return material.text(f"band.{material.told_as}", party=material.party)


def made_from(material: Material) -> str:
    """Return who issues it, how many records until its day it is made from, and whose where one wrote all."""
    day = material.days.of_instant(material.as_of)
    author = material.only_author
    if author is None:
        told = material.text("band.records", n=material.looked_at, day=day)
    else:
        name = material.names.party(author)
        told = material.text("band.records_of", n=material.looked_at, day=day, author=name)
    issuer = material.wanted.issuer
    return material.text("band.issued_by", issuer=visible(issuer), made_from=told) if issuer else told


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
    parts += _compared(material)
    if material.issued is not None:
        parts.append(material.say("band.issued", instant=days.instant(material.issued)))
    return words(*material.vocabulary.joined(parts, "list.dot"))


def _compared(material: Material) -> Iterator[Words]:
    """Yield what it is compared with: the days before, or a report that the caller named."""
    days, earlier = material.days, material.before
    if earlier is None:
        return
    known = None
    if material.wanted.previous is not None and earlier.known_at not in (None, material.known_at):
        known = days.instant(earlier.known_at)
    if material.previous is None:
        key = "band.compared_report" if known is None else "band.compared_report_known"
        yield material.say(key, instant=days.instant(earlier.as_of), known=known or "")
        return
    span = days.window(material.previous.first, material.previous.last)
    key = "band.compared" if known is None else "band.compared_known"
    yield material.say(key, days=span, instant=known or "")
