"""What a claim says happened: its act, place, day, harm, author and evidence, in a few words each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.record.kinds import Decision, Event, Incident, Membership, Performance, Response, Tally
from ceasefire.reporting.document import Code, Link, Said, words
from ceasefire.reporting.material import statements
from ceasefire.reporting.telling.references import ref
from ceasefire.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire.assessment.result.entries import ClaimEntry
    from ceasefire.record.kinds import Record
    from ceasefire.reporting.document import Words
    from ceasefire.reporting.material.material import Material


def when(claim: ClaimEntry, material: Material) -> str:
    """Return when a claim is said to have happened, as precise as it was stated."""
    record = material.record(claim.record)
    stated = getattr(record, "occurred", None) or getattr(record, "period", None)
    if stated is not None:
        return material.occurred(stated, getattr(record, "timezone", None))
    return material.when(claim.from_).text


def where(record: Incident, material: Material) -> str:
    """Return where an incident is said to have been; for the public without coordinates.

    A place's name is free text: where the text may not be read, only the zone is told.
    """
    said = []
    spot = record.place
    if (
        spot is not None
        and spot.name
        and material.audience != "public"
        and record.id not in material.wordless
    ):
        said.append(visible(spot.name))
    if record.zone is not None:
        said.append(material.names.zone(record.zone))
    return material.text("as_is", what=material.vocabulary.joined(said, "list.comma")) or material.text(
        "place.not_stated"
    )


def exactly_where(record: Incident, material: Material) -> Words:
    """Return the coordinates of an incident with their precision, for those who may read them."""
    spot = record.place
    if spot is None or not (spot.lat and spot.lon) or material.audience == "public":
        return ()
    key = "place.exact" if spot.precision else "place.exact_unstated"
    return material.say(key, lat=spot.lat, lon=spot.lon, precision=str(spot.precision))


def act(claim: ClaimEntry, material: Material) -> str:
    """Return what a claim is of, in one or two words: an act, a remedy, a decision."""
    record = material.record(claim.record)
    if isinstance(record, Incident):
        return material.names.act(record.act)
    return material.vocabulary.code("kind", claim.kind)


def happened(record: Record, material: Material) -> Words:  # noqa: PLR0911 – a kind each
    """Return what a record says happened, in a few words for each kind."""
    names, say = material.names, material.say
    match record:
        case Incident():
            return say("happened.incident", act=names.act(record.act), place=where(record, material))
        case Performance():
            return say(
                "happened.performance" if record.speaker == record.performer else "happened.performance_by",
                party=names.party(record.performer),
                by=names.party(record.speaker),
                commitment=names.commitment(record.commitment or ""),
            )
        case Event():
            who = names.parties_listed(record.took_part)
            return say(
                "happened.event_of" if who else "happened.event", name=visible(record.name or ""), who=who
            )
        case Decision():
            return _decision(record, material)
        case Membership():
            return _membership(record, material)
        case Response():
            target = record.to or ""
            about = words(ref(target, material)) if target in material.records else names.commitment(target)
            return say("happened.response", step=material.vocabulary.code("step", record.step), about=about)
        case Tally():
            place = names.zone(record.zone)
            return say(
                "happened.aggregate",
                number=number(record, material),
                what=kind_of(record, material),
                place=place,
            )
        case _:
            return words(material.vocabulary.code("kind", record.kind))


def number(record: Tally, material: Material) -> str:
    """Return the figure of a count as it is stated: 12, or at least 12."""
    told = material.number(record.count or 0)
    return f"≥ {told}" if record.at_least else told


def kind_of(record: Tally, material: Material) -> str:
    """Return what a count is of, in the published word."""
    return (
        material.text("said.quoted", text=visible(record.unit))
        if record.unit
        else material.names.act(record.act)
    )


def _decision(record: Decision, material: Material) -> Words:
    names = material.names
    target = (
        names.commitment(record.commitment) if record.commitment else names.agreement(record.agreement or "")
    )
    does = material.vocabulary.code("does", record.does)
    if record.until is None:
        return material.say("happened.decision", does=does, target=target)
    until = material.occurred(record.until, record.timezone)
    return material.say("happened.decision_until", does=does, target=target, until=until)


def _membership(record: Membership, material: Material) -> Words:
    names, way = material.names, "in" if record.joins else "out"
    if record.role:
        key, what = "role", visible(material.vocabulary.code("role", record.role))
    elif record.agreement:
        key, what = "agreement", names.agreement(record.agreement)
    else:
        key, what = "group", names.party(record.group)
    return material.say(f"happened.{key}_{way}", who=names.party(record.actor), what=what)


def harm(record: Incident | Tally, material: Material) -> Words:
    """Return how many people are said to have been killed or injured, with low and high where stated."""
    told = [
        material.say(f"harm.{word}", number=_estimate(toll.low, toll.best, toll.high, material))
        for word, toll in (("killed", record.killed), ("injured", record.injured))
        if toll is not None
    ]
    return material.vocabulary.joined(told, "list.comma")


def _estimate(low: int | None, best: int | None, high: int | None, material: Material) -> str:
    if low is None and high is None:
        return material.number(best) if best is not None else "–"
    span = "–".join(material.number(end) for end in (low, high) if end is not None)
    if high is None:
        span = f"≥ {span}"
    elif low is None:
        span = f"≤ {span}"
    return span if best is None else f"{material.number(best)} ({span})"


def against(record: Incident | Tally, material: Material) -> str:
    """Return against whom an act is said to have been."""
    return material.names.parties_listed(record.against)


def said_by(several: list[ClaimEntry], material: Material) -> Words:
    """Return whose statement a claim is and, where its author took it back, on whom it stands."""
    names, claim = material.names, several[0]
    author = names.party(statements.author(claim))
    said = words(author)
    if statements.author(claim) != claim.by:
        said = material.say("claim.relayed", author=author, by=names.party(claim.by))
    standing = [c for c in several if statements.taken_back(c, material)]
    if not standing:
        return said
    members = names.parties_listed(statements.confirming(standing, material))
    return material.say("claim.stands_on" if members else "claim.stands", said=said, members=members)


def text_of(record: Record | None, material: Material) -> Words:
    """Return the free text of a record in quotation marks, where this audience may read it."""
    if record is None or not record.text or record.own_id in material.wordless:
        return ()
    return material.say("said.quoted", text=Said(record.text))


def evidence(record: Record | None, material: Material) -> Words:
    """Return the evidence of a record that this audience may see, as links, each with its digest."""
    if record is None or record.own_id in material.wordless:
        return ()
    return material.vocabulary.joined(
        (_item(item.title, item.url, item.sha256) for item in material.evidence(record)), "list.semicolon"
    )


def _item(title: str | None, url: str | None, sha256: str | None) -> Words:
    shown: Words = (Link(url, title or ""),) if url else (visible(title or "–"),)
    return words(*shown, *((" sha256 ", Code(f"{sha256[:12]}…")) if sha256 else ()))


def sides(several: Iterable[str], material: Material) -> list[str]:
    """Return parties in the order of the agreement files."""
    return sorted(set(several), key=material.names.place_of)
