"""Whose statement a claim is: its author's or, where that took it back, theirs who still confirm it.

A claim that its author took back stands on the members that confirm it, “withdrawn
by its reporter” (docs/rules/claims.md, "Determinations"): then it is alleged by them, and no longer by its
author.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.instruments.values import UNIDENTIFIED
from ceasefire.reporting.material.audience import answers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire.assessment.result.entries import ClaimEntry
    from ceasefire.reporting.material.material import Material

#: What is said beside a claim that stands though its author took it back.
WITHDRAWN: Final = "withdrawn by its reporter"


def taken_back(claim: ClaimEntry, material: Material) -> bool:
    """Tell whether a claim stands though its author took it back."""
    return claim.record in material.withdrawn and claim.determination != "withdrawn"


def author(claim: ClaimEntry) -> str:
    """Return whose statement the record of a claim is."""
    return str(claim.said_by or claim.by)


def confirming(several: Iterable[ClaimEntry], material: Material) -> list[str]:
    """Return the members whose position is that an act took place, in any agreement that judges it."""
    return list(
        dict.fromkeys(
            p.member
            for claim in several
            for p in material.positions(claim.record, claim.agreement)
            if p.counted and p.question == "outcome" and answers(p) == ("confirmed",)
        )
    )


def naming(claim: ClaimEntry, party: str, material: Material) -> list[str]:
    """Return those in whose view a party, or a member of it, did what a claim is about."""
    return [
        member
        for member, parties in _views(claim, material).items()
        if any(p == party or material.names.belongs(p, party) for p in parties)
    ]


def parties_named(claim: ClaimEntry, material: Material) -> list[str]:
    """Return the parties named by members who confirm a claim, and by those who reported its act."""
    views = _views(claim, material).values()
    return [p for p in dict.fromkeys(p for parties in views for p in parties) if p != UNIDENTIFIED]


def accused_elsewhere(claim: ClaimEntry, material: Material) -> dict[str, list[str]]:
    """Return the parties accused in other reports of the act, each with the authors who accuse it there."""
    others = material.reporters.get((claim.record, claim.agreement), ())
    views = _views(claim, material)
    found: dict[str, list[str]] = {}
    for member in dict.fromkeys(others):
        if member != author(claim):
            for party in views.get(member, ()):
                found.setdefault(party, []).append(member)
    return {party: members for party, members in found.items() if party != UNIDENTIFIED}


def alleging(claim: ClaimEntry, owed_by: str | None, material: Material) -> list[str]:
    """Return whose allegation against a bearer a claim is, or against nobody in particular.

    Its author's, unless that names others or nobody, or took it back: then of those who name it.
    """
    gone = taken_back(claim, material)
    by = [] if gone else [author(claim)]
    if by and not material.answered(claim.record):
        return by  # nobody but its author has said anything of it
    if owed_by is None:
        return by or confirming([claim], material)
    members = [m for party in owed_by.split("+") for m in naming(claim, party, material)]
    if not members or author(claim) in members:
        return by or members or confirming([claim], material)
    return list(dict.fromkeys(members))


def _views(claim: ClaimEntry, material: Material) -> dict[str, tuple[str, ...]]:
    """Return whom each member lays a claim to whose position counts, and who reported its act.

    Who is accused is asked of every report of one act.
    """
    place = claim.record, claim.agreement
    said = [
        p
        for p in material.positions(*place)
        if p.question == "attributed_to" and (p.finding or "") not in material.superseded
    ]
    reporters = (author(claim), *material.reporters.get(place, ()))
    own = {p.member: answers(p) for p in said if p.member in reporters}
    return own | {p.member: answers(p) for p in said if p.counted}
