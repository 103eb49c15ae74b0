"""The agreements: their state, their dates, who oversees them, what is noted of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.clock import iso
from ceasefire.reporting.document import Code, Facts, Fold, Ref, Said, Section, words
from ceasefire.reporting.material.names import listed
from ceasefire.reporting.words import wording
from ceasefire.times_in_words import occurrence_words
from ceasefire.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ceasefire.assessment.result.entries import AgreementEntry
    from ceasefire.instruments.terms import Agreement, Effective, Mechanism, Office
    from ceasefire.reporting.document import Block, Words
    from ceasefire.reporting.material.material import Material


_RENEWALS: Final = {
    "automatic": "automatic",
    "tacit": "tacit, unless a member objects before the end",
    "by-decision": "by decision",
    "none": "not provided for",
}


def agreements(material: Material) -> Section:
    """Return a part for each agreement."""
    states = {row.agreement: row for row in material.data.agreements}
    told: set[str] = set()
    parts = []
    for agreement in material.agreements:
        overseers = [m for m in agreement.mechanisms if agreement.id in m.oversees]
        blocks: tuple[Block, ...] = (
            Facts(tuple(_facts(agreement, overseers, states.get(agreement.id), material))),
            *_notes(agreement, [m for m in overseers if m.id not in told], material),
        )
        told |= {m.id for m in overseers}
        title = material.names.agreement(agreement.id)
        parts.append(Section(id=f"agreement-{agreement.id}", title=title, blocks=blocks))
    return Section(id="agreements", title="Agreements and their state", subsections=tuple(parts))


def _facts(
    agreement: Agreement, overseers: list[Mechanism], row: AgreementEntry | None, material: Material
) -> Iterator[tuple[str, Words]]:
    if agreement.summary:
        yield "Summary", (Said(agreement.summary),)
    if row is not None:
        yield "State", _state(row, material)
    for one in (
        material.running.get(agreement.id, ()) if material.lives[agreement.id].ended_by is None else ()
    ):
        ends = material.when(iso(one.at))
        yield "Notice given", words(f"it ends {ends}, unless the notice is taken back – ", Ref(one.record))
    if agreement.adopted is not None:
        yield "Adopted", (material.occurred(agreement.adopted),)
    yield from _dates(agreement, material)
    yield from _relations(agreement, material)
    for mechanism in overseers:
        yield "Overseen by", _mechanism(mechanism, material)
    if not overseers:
        yield "Overseen by", ("no mechanism: nothing can be established or refuted",)
    if agreement.excluded:
        yield "Outside the ceasefire", (listed(_excluded(e, material) for e in agreement.excluded),)
    if agreement.standing:
        yield "Standing of parties", _standings(agreement, material)
    yield "Id", (Code(agreement.id), *wording.unverified(agreement.unverified))


def _notes(agreement: Agreement, overseers: list[Mechanism], material: Material) -> Iterator[Fold]:
    """Yield what is noted of an agreement, of those who oversee it and of parties, and where it was read."""
    pairs: list[tuple[str, Words]] = []
    if note := material.note(agreement):
        pairs.append(("Note", (Said(note),)))
    pairs += [
        (f"Effective date, {e.basis}", (Said(note),))
        for e in agreement.effective
        if (note := material.note(e))
    ]
    pairs += [
        (material.names.mechanism(m.id), (Said(note),)) for m in overseers if (note := material.note(m))
    ]
    pairs += [
        (material.names.party(s.party), words(wording.STANDINGS[s.as_], ": ", Said(note)))
        for s in agreement.standing
        if (note := material.note(s))
    ]
    if agreement.sources:
        pairs.append(("Sources", material.sources(agreement.sources)))
    if pairs:
        yield Fold(summary="Notes and sources", blocks=(Facts(tuple(pairs)),))


def _state(row: AgreementEntry, material: Material) -> Words:
    life = material.lives[row.agreement]
    parts: list[Words] = [(wording.phase(row.state), wording.again(life))]
    if row.from_ is not None:
        parts.append((f" since {material.when(row.from_)}",))
    if (until := wording.until(row, material)) is not None:
        parts.append((f", until {material.when(until)}",))
    by = life.moves[-1].record if life.moves else None
    return words(*parts, *((" – ", Ref(by)) if by is not None else ()))


def _dates(agreement: Agreement, material: Material) -> list[tuple[str, Words]]:
    pairs: list[tuple[str, Words]] = []
    if agreement.by_decision:
        pairs.append(("In force", ("by decision",)))
    elif agreement.in_force is not None:
        pairs.append(("In force from", (material.occurred(agreement.in_force),)))
    pairs += [(f"Effective date, {e.basis}", _effective(e, material)) for e in agreement.effective]
    if agreement.duration is not None:
        pairs.append(
            ("Duration", (f"{wording.lasting(agreement.duration)}, renewal {_RENEWALS[agreement.renewal]}",))
        )
    else:
        pairs.append(("Duration", ("open-ended",)))
    if (term := agreement.termination) is not None:
        alone = listed((material.names.party(p) for p in term.by), "or")
        notice = f"on notice of {wording.lasting(term.notice)}" if term.notice else "without notice"
        pairs.append(("May be ended", (f"by {alone} alone, {notice}",)))
    return pairs


def _effective(effective: Effective, material: Material) -> Words:
    by = f", by {material.names.party(effective.by)}" if effective.by else ""
    return words(
        occurrence_words(effective.at, material.timezone) + by, *wording.unverified(effective.unverified)
    )


def _relations(agreement: Agreement, material: Material) -> list[tuple[str, Words]]:
    return [
        (label, (listed(material.names.agreement(other) for other in others),))
        for label, others in (
            ("Supplements", agreement.supplements),
            ("Amends", agreement.amends),
            ("Replaces", agreement.replaces),
        )
        if others
    ]


def _mechanism(mechanism: Mechanism, material: Material) -> Words:
    members = listed(material.names.party(m) for m in mechanism.members)
    name, rule = material.names.mechanism(mechanism.id), wording.rule(mechanism.rule, material.names)
    parts = [f"{name}: members {members}, deciding {rule}"]
    parts += [f", on {visible(kind)} {wording.rule(rule, material.names)}" for kind, rule in mechanism.rules]
    if mechanism.observers:
        parts.append(f"; observers {listed(material.names.party(o) for o in mechanism.observers)}")
    parts += [f"; {_office(office, material)}" for office in mechanism.offices]
    if mechanism.from_ is not None:
        parts.append(f"; from {material.occurred(mechanism.from_)}")
    if mechanism.until is not None:
        parts.append(f"; until {material.occurred(mechanism.until)}")
    return words("".join(parts), *wording.unverified(mechanism.unverified))


def _office(office: Office, material: Material) -> str:
    """Return an office with who holds it, and since and until when where that is stated."""
    span = [
        f" {word} {material.occurred(moment)}"
        for word, moment in (("from", office.from_), ("until", office.until))
        if moment is not None
    ]
    return f"{visible(office.office)}: {material.names.party(office.party)}{''.join(span)}"


def _standings(agreement: Agreement, material: Material) -> Words:
    by_standing: dict[str, list[str]] = {}
    for standing in agreement.standing:
        name = material.names.party(standing.party) + (" (unverified)" if standing.unverified else "")
        by_standing.setdefault(wording.STANDINGS[standing.as_], []).append(name)
    return ("; ".join(f"{label}: {listed(names)}" for label, names in by_standing.items()),)


def _excluded(text: str, material: Material) -> str:
    role = text.removeprefix("role:")
    return f"every party with the role “{visible(role)}”" if role != text else material.names.party(text)
