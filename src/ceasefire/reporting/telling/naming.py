"""Who is named for an act, each with its determination beside the name, and what is determined of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ceasefire.assessment.codes import NO_PARTY
from ceasefire.instruments.values import UNIDENTIFIED
from ceasefire.reporting.document import Mark, words
from ceasefire.reporting.material import statements

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire.assessment.result.entries import ClaimEntry
    from ceasefire.reporting.document import Words
    from ceasefire.reporting.material.material import Material

#: What an attribution may say instead of naming a party.
TONES: Final[dict[str, Any]] = {
    "breached": "dark",
    "overdue": "dark",
    "established": "cool",
    "refuted": "cool",
    "remedied": "cool",
    "fulfilled": "cool",
    "disputed": "warm",
    "alleged": "warm",
    "under_review": "warm",
    "inconclusive": "warm",
}


def mark(code: str, text: str) -> Mark:
    """Return a word for a standing, with the tint of that standing."""
    return Mark(text, TONES.get(code, "plain"))


def determination(code: str, material: Material) -> Mark:
    """Return the word for a determination."""
    return mark(code, material.vocabulary.code("determination", code))


def determinations(several: list[ClaimEntry], material: Material) -> Words:
    """Return what is determined of a claim, by agreement where that differs, and that it was taken back."""
    if len({claim.determination for claim in several}) == 1:
        told = words(determination(several[0].determination, material))
    else:
        told = material.vocabulary.joined(
            (
                material.say(
                    "naming.under",
                    what=determination(claim.determination, material),
                    agreement=material.names.agreement(claim.agreement),
                )
                for claim in several
            ),
            "list.semicolon",
        )
    if any(statements.taken_back(claim, material) for claim in several):
        return material.say("naming.taken_back", what=told)
    return told


def named(several: list[ClaimEntry], material: Material) -> Words:
    """Return who is named for an act, by each agreement that judges it; nothing of what accuses nobody."""
    if several[0].kind not in ("incident", "tally"):
        return ()
    distinct: dict[Words, list[str]] = {}
    for claim in several:
        distinct.setdefault(accused(claim, material), []).append(claim.agreement)
    if len(distinct) == 1:
        return next(iter(distinct))
    return material.vocabulary.joined(
        (
            material.say("naming.under", what=who, agreement=_agreements(where, material))
            for who, where in distinct.items()
        ),
        "list.semicolon",
    )


def _agreements(several: Iterable[str], material: Material) -> Words:
    return material.vocabulary.listed(material.names.agreement(a) for a in several)


def accused(claim: ClaimEntry, material: Material) -> Words:
    """Return everyone named for an act, each with its determination beside the name.

    `Ahrar al-Sham (alleged by Russia)`, or `(attributed; determination of the
    trilateral mechanism)`. An audience that may not know learns only that.
    """
    if (claim.record, claim.agreement) in material.nameless:
        return material.say("naming.not_released")
    names, decided = material.names, [p for p in claim.attributed_to or () if p not in NO_PARTY]
    parts = _attributed(claim, material)
    for party in _alleged(claim, material):
        if party not in decided:
            allegation = alleged(claim, party, material)
            parts.append(material.text("naming.with", party=names.party(party), how=allegation))
    return material.vocabulary.joined(parts, "list.semicolon") if parts else material.say("naming.nobody")


def attributed(claim: ClaimEntry, material: Material) -> Words:
    """Return those to whom an act is attributed by determination, each with it, or that nobody is."""
    parts = _attributed(claim, material)
    return material.vocabulary.joined(parts, "list.semicolon") if parts else material.say("naming.nobody")


def _attributed(claim: ClaimEntry, material: Material) -> list[str]:
    names, settled = material.names, claim.determination == "established"
    decided = [p for p in claim.attributed_to or () if p not in NO_PARTY]
    by = names.mechanism(claim.mechanism)
    key = "naming.attributed" if settled else "naming.attributed_not_established"
    parts = [material.text(key, party=names.party(p), mechanism=by) for p in decided]
    if settled and UNIDENTIFIED in (claim.attributed_to or ()):
        parts.append(material.text("naming.unidentified", mechanism=by))
    return parts


def accused_parties(claim: ClaimEntry, material: Material) -> list[str]:
    """Return the ids of those whom somebody accuses of an act, where this audience may know."""
    return [] if (claim.record, claim.agreement) in material.nameless else _alleged(claim, material)


def _alleged(claim: ClaimEntry, material: Material) -> list[str]:
    """Return those whom somebody accuses of an act, where this audience may know."""
    if material.audience == "public" and claim.determination != "refuted":
        return []
    stated = list(getattr(material.record(claim.record), "accused", ()))
    if statements.taken_back(claim, material):
        stated += statements.parties_named(claim, material)
    if material.audience != "public":
        stated += statements.accused_elsewhere(claim, material)
    return list(dict.fromkeys(stated))


def alleged(claim: ClaimEntry, party: str, material: Material) -> Words:
    """Return whose allegation against a party it is, and what has become of it."""
    names, code = material.names, claim.determination
    authors = [statements.author(claim)]
    if party not in getattr(material.record(claim.record), "accused", ()):
        authors = statements.accused_elsewhere(claim, material).get(party) or authors
    by = material.say("naming.alleged_by", who=names.parties_listed(authors))
    if authors == [party]:
        by = material.say("naming.own_account")
    if code == "alleged":
        return by
    if statements.taken_back(claim, material):
        members = statements.naming(claim, party, material)
        told = names.parties_listed(members)
        by = material.say("naming.on_withdrawn" if members else "naming.in_withdrawn", who=told)
    if code == "established":
        others = [p for p in claim.attributed_to or () if p != "undetermined"]
        within = any(names.belongs(p, party) for p in others)
        key = "to_member" if within else "otherwise" if others else "undecided"
        return material.say(f"naming.established_{key}", by=by)
    if code == "refuted":
        return material.say("naming.refuted", by=by, mechanism=names.mechanism(claim.mechanism))
    return material.say("naming.open", by=by, code=material.vocabulary.code("determination", code))
