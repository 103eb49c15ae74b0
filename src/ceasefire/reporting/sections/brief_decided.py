"""The bullets on what the mechanism has determined, and on what is open: by act and day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.reporting.document import words
from ceasefire.reporting.telling.breaches import UNDECIDED, breaches, counting, overall, undecided
from ceasefire.reporting.telling.dissent import differing
from ceasefire.reporting.telling.happened import act, when
from ceasefire.reporting.telling.naming import attributed
from ceasefire.reporting.telling.references import ref, refs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ceasefire.assessment.result.entries import ClaimEntry
    from ceasefire.reporting.document import Words
    from ceasefire.reporting.material.material import Material
    from ceasefire.reporting.telling.breaches import Key

#: More acts than this are told by how many they are.
_MOST: Final = 2
#: More acts than these have no room in a bullet, however short they are.
_TOLD: Final = 20


def determined(material: Material) -> Iterator[Words]:
    """Yield ways to say what is determined, the fullest first."""
    found = breaches(material)
    if found:
        yield from _breaches(found, material)
        return
    claims = counting(material)
    none = material.say(material.as_released("brief.none_determined"))
    settled = {r: s for r, s in claims.items() if overall(s) in ("established", "refuted")}
    if settled:
        yield material.say(
            material.as_released("brief.no_breach"),
            told=_by_code(settled, ("established", "refuted"), material),
        )
    elif claims:
        yield material.say("brief.undetermined", n=len(claims), determined=none)
    else:
        yield material.say("brief.nothing", n=len(material.agreements), determined=none)


def _breaches(found: dict[str, list[Key]], material: Material) -> Iterator[Words]:
    """Yield the acts that are breaches; rulings in aggregate stand beside them, never counted with them."""
    totals = set(material.figures["breaches", "rulings_in_aggregate"].records)
    rulings = {record: rows for record, rows in found.items() if record in totals}
    acts = {record: rows for record, rows in found.items() if record not in totals}
    if not acts:
        yield from _listed(rulings, material.say("brief.rulings", n=len(rulings)), material)
        return
    beside = (
        words(" ", *material.say("brief.rulings", n=len(rulings)), *refs(rulings, material))
        if rulings
        else ()
    )
    for told in _listed(acts, _head(acts, material), material):
        yield words(*told, *beside)


def _head(found: dict[str, list[Key]], material: Material) -> Words:
    """Return how many acts are breaches, and how many of them are made good."""
    standing = {(r.commitment, r.owed_by) for r in material.data.commitments if r.compliance == "breached"}
    good = [record for record, rows in found.items() if standing.isdisjoint(rows)]
    key = "made_good" if len(good) == len(found) else "some_made_good" if good else "standing"
    return material.say(f"brief.breaches_{key}", n=len(found), good=len(good))


def _listed(found: dict[str, list[Key]], head: Words, material: Material) -> Iterator[Words]:
    """Yield a head with what it counts, as much of it as has room."""
    newest = sorted(found, key=lambda record: material.began.get(record, 0), reverse=True)
    for most in (*([len(newest)] if len(newest) <= _TOLD else []), _MOST, 1):
        shown = newest[:most]
        told = [_breach(record, found[record], material) for record in shown]
        more = [material.say("brief.more_refs", n=len(found) - most, refs=refs(newest[most:], material))]
        rest = more if len(found) > most else []
        listed = material.vocabulary.joined([*told, *rest], "list.semicolon")
        after = [word for record in shown for word in _after(record, found[record], material)]
        yield words(*head, " ", *listed, ".", *after)
        yield words(*head, " ", *listed, ".")
    yield words(*head, *refs(newest, material, "annex-claims"))


def _breach(record: str, rows: list[Key], material: Material) -> Words:
    """Return an act with its day and whose it is, by each mechanism that determined it."""
    claims = [c for commitment, _ in rows if (c := material.judged(record, commitment)) is not None]
    distinct = list(dict.fromkeys(attributed(claim, material) for claim in _once(claims)))
    claim = claims[0] if claims else material.claims[record][0]
    return material.say(
        "brief.breach",
        act=act(claim, material),
        when=when(claim, material),
        who=material.vocabulary.joined(distinct, "list.semicolon"),
        refs=refs([record], material),
    )


def _once(claims: list[ClaimEntry]) -> list[ClaimEntry]:
    """Return each claim as established, with those alone to whom it is attributed."""
    return list({(c.record, c.agreement): c for c in claims}.values())


def _after(record: str, rows: list[Key], material: Material) -> Words:
    """Return what followed a breach: an established remedy, and on what members differ."""
    remedies = [
        r.record for row in dict.fromkeys(rows) for r in material.grounds_of[row]
        if r.effect == "remedied" and r.record
    ]  # fmt: skip
    said: list[Words] = []
    if remedies:
        said.append(material.say("brief.remedy", refs=refs(remedies, material)))
    case = material.cases.get(record)
    if case is not None and not case.open:
        said.append(material.say("brief.closed"))
    if questions := differing(record, material):
        told = (material.vocabulary.code("question", question) for question in questions)
        said.append(material.say("brief.differ", questions=material.vocabulary.listed(told)))
    return words(*(word for part in said for word in (" ", *part)))


def still_open(material: Material) -> Iterator[Words]:
    """Yield ways to say which claims are open; nobody accused is named here, only in the case."""
    found = undecided(material)
    others = [r for r in material.figures["claims", "others"].records if r in material.claims]
    if not found:
        if others:
            several = {record: material.claims[record] for record in others}
            yield material.say("brief.open", n=len(others), told=_by_code(several, UNDECIDED, material))
        return
    more: Words = ()
    if others:
        leads = refs(others, material, "annex-claims")
        more = words(" ", *material.say("brief.open_others", n=len(others), refs=leads))
    newest = sorted(found, key=lambda record: material.began.get(record, 0))
    if len(newest) <= _MOST:
        told = [
            material.say(
                "brief.claim",
                act=act(found[record][0], material),
                when=when(found[record][0], material),
                code=material.vocabulary.code("determination", overall(found[record])),
                ref=ref(record, material),
            )
            for record in newest
        ]
        said = material.say(
            material.as_released("brief.open_acts"), n=len(found), told=material.vocabulary.listed(told)
        )
        yield words(*said, *more)
    said = material.say(
        material.as_released("brief.open_acts"), n=len(found), told=_by_code(found, UNDECIDED, material)
    )
    yield words(*said, *more)


def _by_code(found: dict[str, list[ClaimEntry]], codes: tuple[str, ...], material: Material) -> Words:
    """Return how many claims are what, with their records."""
    by_code: dict[str, list[str]] = {}
    for record, several in found.items():
        by_code.setdefault(overall(several), []).append(record)
    return material.vocabulary.listed(
        words(
            *material.say(
                "brief.number", n=len(records), code=material.vocabulary.code("determination", code)
            ),
            *refs(records, material, "annex-claims"),
        )
        for code in codes
        if (records := by_code.get(code))
    )
