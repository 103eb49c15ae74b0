"""Annex C: the agreements with their state and dates, who decides and how, the names, where it was read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from ceasefire.clock import iso
from ceasefire.reporting.document import Code, Facts, Note, Said, Section, words
from ceasefire.reporting.reading import texts_of
from ceasefire.reporting.telling.references import refs
from ceasefire.visible import visible

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from ceasefire.clock import Duration
    from ceasefire.instruments.terms import Agreement, Mechanism, Office
    from ceasefire.reporting.document import Words
    from ceasefire.reporting.material.ledgers import Ledgers
    from ceasefire.reporting.material.material import Material

_MONTHS, _MICROSECONDS = 12, 1_000_000
_ID: Final = "annex-agreements"


def agreements(material: Material, _: Ledgers) -> Section:
    """Return a part for each agreement, and one for each mechanism; the names come last (`with_names`)."""
    parts = tuple(
        Section(
            id=f"agreement-{agreement.id}",
            title=material.names.agreement(agreement.id),
            blocks=(Facts(tuple(_facts(agreement, material))),),
        )
        for agreement in material.agreements
    )
    told = {agreement.id for agreement in material.agreements}
    mechanisms = {
        m.id: m for a in material.agreements for m in a.mechanisms if not told.isdisjoint(m.oversees)
    }
    pairs = [(material.names.mechanism(m.id), _mechanism(m, material)) for m in mechanisms.values()]
    names = Section(id="names", title=material.text("title.names"), blocks=(Facts(tuple(pairs)),))
    return Section(
        id=_ID,
        title=material.text("title.annex_agreements"),
        blocks=(Note(material.say("agreements.note")),),
        subsections=(*parts, names),
    )


def _facts(agreement: Agreement, material: Material) -> Iterator[tuple[str, Words]]:
    def term(key: str) -> str:
        return material.text(f"agreements.{key}")

    full = material.names.full_agreement(agreement.id)
    yield term("title"), words(full, " ", Code(agreement.id), *_unverified(agreement.unverified, material))
    if agreement.summary:
        yield term("summary"), (Said(material.names.summary(agreement)),)
    yield term("state"), _state(agreement, material)
    for one in (
        material.running.get(agreement.id, ()) if material.lives[agreement.id].ended_by is None else ()
    ):
        ends = material.when(iso(one.at))
        yield (
            term("notice"),
            material.say("agreements.notice_runs", ends=ends, refs=refs([one.record], material)),
        )
    yield term("dates"), _dates(agreement, material)
    yield term("duration"), _duration(agreement, material)
    if agreement.standing:
        yield term("standing"), _standings(agreement, material)
    overseers = [m for m in agreement.mechanisms if agreement.id in m.oversees]
    if overseers and len(material.agreements) > 1:
        yield term("overseen"), material.vocabulary.listed(material.names.mechanism(m.id) for m in overseers)
    elif not overseers:
        yield term("overseen"), material.say("agreements.no_mechanism")
    excluded = material.vocabulary.listed(_excluded(e, material) for e in agreement.excluded)
    for key, said in (
        ("excluded", excluded),
        ("relations", _relations(agreement, material)),
        ("notes", _notes(agreement, material)),
        ("sources", material.sources(agreement.sources)),
    ):
        if said:
            yield term(key), said


def _state(agreement: Agreement, material: Material) -> Words:
    row = next((r for r in material.data.agreements if r.agreement == agreement.id), None)
    if row is None:
        return ("–",)
    life = material.lives[agreement.id]
    again = bool(life.moves) and life.moves[-1].trigger == "resumed"
    state = material.vocabulary.code("state", row.state)
    by = refs([life.moves[-1].record] if life.moves else [], material)
    ends = row.until if life.ended_by is None else None
    key = "_again" if again else "_until" if ends else "_since" if row.from_ else ""
    return material.say(
        f"agreements.is{key}",
        state=state,
        since=material.when(row.from_) if row.from_ else "",
        until=material.when(ends) if ends else "",
        refs=by,
    )


def _dates(agreement: Agreement, material: Material) -> Words:
    told = []
    if agreement.adopted is not None:
        told.append(material.say("agreements.adopted", day=material.occurred(agreement.adopted)))
    if agreement.by_decision:
        told.append(material.say("agreements.by_decision"))
    elif agreement.in_force is not None:
        told.append(material.say("agreements.in_force", day=material.occurred(agreement.in_force)))
    for e in agreement.effective:
        key = "agreements.effective_by" if e.by else "agreements.effective"
        basis = material.vocabulary.code("basis", e.basis)
        who = material.names.party(e.by) if e.by else ""
        said = material.say(key, basis=basis, day=material.occurred(e.at), who=who)
        note = material.note(e)
        beside = (" (", Said(note), ")") if note else ()
        told.append(words(*said, *beside, *_unverified(e.unverified, material)))
    return material.vocabulary.joined(told, "list.semicolon") or ("–",)


def _duration(agreement: Agreement, material: Material) -> Words:
    if agreement.duration is None:
        said = material.say("agreements.open_ended")
    else:
        how = material.vocabulary.code("renewal", agreement.renewal)
        said = material.say("agreements.lasts", how_long=lasting(agreement.duration, material), renewal=how)
    if (term := agreement.termination) is None:
        return said
    who = material.names.parties_listed(term.by, "list.or")
    key = "agreements.ended_on_notice" if term.notice else "agreements.ended"
    notice = lasting(term.notice, material) if term.notice else ()
    return material.vocabulary.joined((said, material.say(key, who=who, notice=notice)), "list.semicolon")


def lasting(duration: Duration, material: Material) -> Words:
    """Return a calendar duration in words: 6 months."""
    years, months = divmod(duration.months, _MONTHS)
    hours, rest = divmod(duration.us // _MICROSECONDS, 3600)
    parts = (
        ("years", years),
        ("months", months),
        ("days", duration.days),
        ("hours", hours),
        ("seconds", rest),
    )
    return material.vocabulary.joined((material.say(key, n=n) for key, n in parts if n), "list.blank")


def _standings(agreement: Agreement, material: Material) -> Words:
    by_standing: dict[str, list[Words]] = {}
    for standing in agreement.standing:
        name = words(material.names.party(standing.party), *_unverified(standing.unverified, material))
        if note := material.note(standing):
            name = words(*name, " (", Said(note), ")")
        by_standing.setdefault(standing.as_, []).append(name)
    return material.vocabulary.joined(
        (
            material.say("agreements.standing_of", how=material.vocabulary.code("standing_as", how),
                         who=material.vocabulary.joined(names, "list.comma"))
            for how, names in by_standing.items()
        ),
        "list.semicolon",
    )  # fmt: skip


def _relations(agreement: Agreement, material: Material) -> Words:
    names = material.names
    return material.vocabulary.joined(
        (
            material.say(f"agreements.{key}", others=material.vocabulary.listed(map(names.agreement, others)))
            for key, others in (
                ("supplements", agreement.supplements),
                ("amends", agreement.amends),
                ("replaces", agreement.replaces),
            )
            if others
        ),
        "list.semicolon",
    )  # fmt: skip


def _notes(agreement: Agreement, material: Material) -> Words:
    note = material.note(agreement)
    return (Said(note),) if note else ()


def _excluded(text: str, material: Material) -> str:
    role = text.removeprefix("role:")
    return (
        material.text("agreements.role", role=visible(material.vocabulary.code("role", role)))
        if role != text
        else material.names.party(text)
    )


def rule_in_words(text: str, material: Material) -> str:
    """Return the rule of a mechanism in words: by consensus, or as Russia decides."""
    sort, _, member = text.partition(":")
    if sort == "member":
        return material.text("rule.member", who=material.names.party(member))
    return material.vocabulary.code("rule", text)


def _mechanism(mechanism: Mechanism, material: Material) -> Words:
    names, say = material.names, material.say
    parts = [
        say(
            "mechanism.members",
            who=names.parties_listed(mechanism.members),
            rule=rule_in_words(mechanism.rule, material),
        )
    ]
    parts += [
        say("mechanism.on", kind=material.vocabulary.code("claims_of", k), rule=rule_in_words(rule, material))
        for k, rule in mechanism.rules
    ]
    if mechanism.observers:
        parts.append(say("mechanism.observers", who=names.parties_listed(mechanism.observers)))
    parts += [_office(office, material) for office in mechanism.offices]
    if mechanism.from_ is not None:
        parts.append(say("mechanism.from", day=material.occurred(mechanism.from_)))
    if mechanism.until is not None:
        parts.append(say("mechanism.until", day=material.occurred(mechanism.until)))
    if note := material.note(mechanism):
        parts.append((Said(note),))
    return words(
        *material.vocabulary.joined(parts, "list.semicolon"), *_unverified(mechanism.unverified, material)
    )


def _office(office: Office, material: Material) -> Words:
    """Return an office with who holds it, and since and until when where that is stated."""
    said = material.say(
        "mechanism.office", office=visible(office.office), who=material.names.party(office.party)
    )
    for key, moment in (("mechanism.from", office.from_), ("mechanism.until", office.until)):
        if moment is not None:
            said = words(*said, " ", *material.say(key, day=material.occurred(moment)))
    return said


def with_names(
    annexes: Iterable[Section], whole: Sequence[Section], material: Material
) -> tuple[Section, ...]:
    """Return annexes, the one on agreements with the whole names behind the short ones of a whole report."""
    return tuple(
        replace(annex, subsections=(*annex.subsections[:-1], _named(annex.subsections[-1], whole, material)))
        if annex.id == _ID
        else annex
        for annex in annexes
    )


def _named(mechanisms: Section, whole: Sequence[Section], material: Material) -> Section:
    """Return the part on mechanisms with the names: a register may have many that this report never uses."""
    names = material.names
    several = ((names.party(p), names.full_party(p)) for p in names.parties)
    pairs = [(short, full) for short, full in several if short != full]
    used = _used([short for short, _ in pairs], whole)
    told = (material.say("names.pair", short=short, full=full) for short, full in pairs if short in used)
    said = material.vocabulary.joined(told, "list.dot") or material.say("names.none_short")
    facts = Facts((*_pairs(mechanisms), (material.text("names.title"), said)))
    return replace(mechanisms, blocks=(facts,))


def _pairs(section: Section) -> Iterator[tuple[str, Words]]:
    for block in section.blocks:
        if isinstance(block, Facts):
            yield from block.pairs


def _used(names: Collection[str], sections: Iterable[Section]) -> frozenset[str]:
    """Return which of some names stand somewhere in some sections, also within a longer name."""
    text = "\n".join(texts_of(sections))
    return frozenset(name for name in names if name in text and _as_word(name, text))


def _as_word(name: str, text: str) -> bool:
    """Tell whether a name stands for itself in a text; outside ASCII, letters may be joined to it."""
    return not name.isascii() or re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def _unverified(flag: bool, material: Material) -> Words:
    """Return the mark of what was not read in a source."""
    return (" ", *material.say("texts.unverified")) if flag else ()
