"""The acts that an edition tells of, one each, with what other programs want to know of them.

Incidents and events, in the order of the claims. What several agreements judge is told once;
where they differ, each word has its agreement in brackets (docs/exports.md, "An act").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ceasefire.assessment.codes import NO_PARTY
from ceasefire.clock import Lasting, to_local
from ceasefire.record.kinds import Event, Incident
from ceasefire.reporting.document import plain
from ceasefire.reporting.telling.naming import accused_parties, named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ceasefire.assessment.result.entries import ClaimEntry
    from ceasefire.clock import Occurrence
    from ceasefire.record.fields import Place, Toll
    from ceasefire.reporting.material.material import Material

#: What an attribution may say instead of naming a party.


def acts(material: Material) -> Iterator[tuple[Incident | Event, dict[str, Any]]]:
    """Yield each incident and event with what this audience may know of it."""
    for name, several in material.claims.items():
        record = material.record(name)
        if isinstance(record, Incident | Event):
            yield record, _facts(record, several, material)


def place_of(record: Incident | Event, material: Material) -> Place | None:
    """Return where an act is said to have been, for those who may read names of places and coordinates."""
    hidden = material.audience == "public" or record.own_id in material.wordless
    return None if hidden else record.place


def coordinates(record: Incident | Event, material: Material) -> dict[str, str | None]:
    """Return the coordinates of an act, digit by digit as they are stated."""
    spot = place_of(record, material)
    return {"latitude": None, "longitude": None} if spot is None else {
        "latitude": spot.lat, "longitude": spot.lon
    }  # fmt: skip


def _facts(record: Incident | Event, several: list[ClaimEntry], material: Material) -> dict[str, Any]:
    first, spot = several[0], place_of(record, material)
    wordless = record.own_id in material.wordless
    evidence = () if wordless else material.evidence(record)
    accused = dict.fromkeys(party for claim in several for party in accused_parties(claim, material))
    return {
        "record": record.own_id,
        "kind": record.kind,
        "reported_by": first.said_by,
        "written_by": first.by,
        "occurred": _stated(record.occurred),
        "first_day": _day(first.from_, material),
        "last_day": None if first.until is None else _day(first.until, material),
        "from": first.from_,
        "until": first.until,
        **_what(record, material),
        "place": None if spot is None else spot.name,
        "precision": None if spot is None else spot.precision,
        "accused": list(accused),
        "named": plain(named(several, material)) or None,
        "agreements": [claim.agreement for claim in several],
        "determination": _by_agreement((claim.agreement, claim.determination) for claim in several),
        "attributed_to": _attributed(several),
        "severity": _by_agreement((claim.agreement, claim.severity) for claim in several),
        "counts_as": _by_agreement((claim.agreement, claim.counts_as) for claim in several),
        "text": None if wordless else record.text,
        "evidence": [text for one in evidence if (text := one.title or one.url)],
    }


def _what(record: Incident | Event, material: Material) -> dict[str, Any]:
    """Return what an act was, where and against whom; an event has a name and those who took part."""
    if isinstance(record, Event):
        return {"act": None, "act_name": record.name, "zone": None, "zone_name": None} | {
            "against": [], "took_part": list(record.took_part), **_people(None, None)
        }  # fmt: skip
    zone = record.zone
    return {
        "act": record.act,
        "act_name": material.names.act(record.act),
        "zone": zone,
        "zone_name": None if zone is None else material.names.zone(zone),
        "against": list(record.against),
        "took_part": [],
        **_people(record.killed, record.injured),
    }


def _people(killed: Toll | None, injured: Toll | None) -> dict[str, int | None]:
    return {
        f"{name}_{part}": None if toll is None else getattr(toll, part)
        for name, toll in (("killed", killed), ("injured", injured))
        for part in ("low", "best", "high")
    }


def _stated(occurred: Occurrence) -> str:
    """Return when something occurred as it was stated (ISO 8601-2); an end that is not known is `..`."""
    if not isinstance(occurred, Lasting):
        return str(occurred)
    return f"{occurred.start}/{'..' if occurred.end is None else occurred.end}"


def _day(instant: str, material: Material) -> str:
    return to_local(material.us(instant), material.timezone).date().isoformat()


def _attributed(several: list[ClaimEntry]) -> list[str]:
    """Return to whom an act is laid by determination, those whom not all agreements name with theirs."""
    named: dict[str, list[str]] = {}
    for claim in several:
        for party in claim.attributed_to:
            if party not in NO_PARTY:
                named.setdefault(party, []).append(claim.agreement)
    everywhere = len(several)
    return [
        party if len(where) == everywhere else f"{party} ({', '.join(where)})"
        for party, where in named.items()
    ]


def _by_agreement(told: Iterable[tuple[str, str | None]]) -> str | None:
    """Return a word, or where agreements differ each with its agreement."""
    several = tuple(told)
    words: Mapping[str | None, None] = dict.fromkeys(word for _, word in several)
    if len(words) == 1:
        return next(iter(words))
    return "; ".join(f"{word} ({agreement})" for agreement, word in several if word is not None)
