"""Annex B: what each commitment says, who owes it, until when, and what is noted of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.reporting.document import Bullets, Item, Note, Said, Section, Strong, words
from ceasefire.reporting.sections.commitments import place_of
from ceasefire.reporting.telling.due import owed_by
from ceasefire.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ceasefire.instruments.terms import Agreement, Commitment
    from ceasefire.reporting.document import Words
    from ceasefire.reporting.material.ledgers import Ledgers
    from ceasefire.reporting.material.material import Material


def texts(material: Material, _: Ledgers) -> Section:
    """Return the commitments of each agreement in the order of its text, its declarations among them."""
    dues = _dues(material)
    parts = tuple(
        Section(
            id=f"texts-{agreement.id}",
            title=material.names.agreement(agreement.id),
            blocks=(
                Bullets(
                    kind="columns",
                    items=tuple(
                        Item(
                            words=_commitment(agreement, c, dues.get(c.name, {}), material),
                            id=place_of(c.name),
                        )
                        for c in agreement.commitments
                    ),
                ),
            ),
        )
        for agreement in material.agreements
        if agreement.commitments
    )
    return Section(
        id="annex-texts",
        title=material.text("title.annex_texts"),
        blocks=(Note(material.say("texts.note")),),
        subsections=parts,
    )


def _dues(material: Material) -> dict[str, dict[str, list[str | None]]]:
    """Return the deadlines of each commitment, each with those who owe it then."""
    found: dict[str, dict[str, list[str | None]]] = {}
    for row in material.data.commitments:
        if row.due is not None:
            found.setdefault(row.commitment, {}).setdefault(row.due, []).append(row.owed_by)
    return found


def _commitment(
    agreement: Agreement, commitment: Commitment, dues: dict[str, list[str | None]], material: Material
) -> Words:
    """Return a commitment: clause and title, who owes it and how, its words, deadline, notes."""
    name = material.names.commitment(commitment.name)
    parts = [part for part in _parts(agreement, commitment, dues, material) if part]
    return words(Strong(name), *(word for part in parts for word in (" ", *part)))


def _parts(
    agreement: Agreement, commitment: Commitment, dues: dict[str, list[str | None]], material: Material
) -> Iterator[Words]:
    say, names = material.say, material.names
    if commitment.unverified:
        yield say("texts.unverified")
    kind = _kind(commitment, material)
    yield say(
        "texts.owed_as" if kind else "texts.owed", who=_bearers(agreement, commitment, material), kind=kind
    )
    if commitment.summary:
        yield (Said(material.names.summary(commitment)),)
    for key, text in (
        ("addressed", names.parties_listed(commitment.addressed_to)),
        ("in", material.vocabulary.joined(map(names.zone, commitment.zones), "list.comma")),
        ("not_in", material.vocabulary.joined(map(names.zone, commitment.except_zones), "list.comma")),
        ("standard", visible(commitment.standard)),
        ("except", visible(commitment.except_when)),
        ("ensures", material.vocabulary.joined(map(names.commitment, commitment.ensures), "list.comma")),
    ):
        if text:
            yield say(f"texts.{key}", text=text)
    for due, bearers in dues.items():
        key = "texts.due" if len(dues) == 1 else "texts.due_of"
        yield say(key, due=material.days.due(material.us(due)), who=owed_by(bearers, material))
    if commitment.due_note:
        yield say("texts.due_note", text=Said(commitment.due_note))
    if note := material.note(commitment):
        yield say("texts.noted", text=Said(note))


def _kind(commitment: Commitment, material: Material) -> Words:
    """Return what sort of promise it is, where not the plain one: a permission, a call, a declaration."""
    said = [material.vocabulary.text(f"force.{commitment.force}")] if commitment.force != "binding" else []
    if commitment.duty in ("permit", "declare", "recur"):
        said.append(material.vocabulary.text(f"duty.{commitment.duty}"))
    if commitment.bearer == "implied" and commitment.owed_by:
        said.append(material.vocabulary.text("duty.implied"))
    return material.vocabulary.joined(said, "list.comma")


def _bearers(agreement: Agreement, commitment: Commitment, material: Material) -> Words:
    """Return who owes a commitment, each with how it stands to the text where it did not sign."""
    if not commitment.owed_by:
        return material.say("party.nobody_named")
    told = []
    for party in commitment.owed_by:
        standings = [s.as_ for s in material.names.standing(agreement.id, party) if s.as_ != "signatory"]
        name = material.names.party(party)
        if standings:
            how = (material.vocabulary.code("standing_as", one) for one in standings)
            told.append(
                material.say("texts.bearer", party=name, how=material.vocabulary.joined(how, "list.comma"))
            )
        else:
            told.append(words(name))
    who = material.vocabulary.listed(told)
    if len(told) == 1:
        return who
    return material.say("owed.together" if commitment.jointly else "owed.each", who=who)
