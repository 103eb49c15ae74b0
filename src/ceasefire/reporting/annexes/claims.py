"""Annexes E and F: the claims, one line each, and the reasons, those that are alike together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from ceasefire.reporting.document import Bullets, Code, Fold, Item, Section, words
from ceasefire.reporting.telling.happened import happened, said_by, when
from ceasefire.reporting.telling.naming import determinations
from ceasefire.reporting.telling.references import MOST as AT_ONCE
from ceasefire.reporting.telling.references import at, refs
from ceasefire.visible import visible

if TYPE_CHECKING:
    from ceasefire.assessment.result.entries import ClaimEntry
    from ceasefire.reporting.document import Block, Words
    from ceasefire.reporting.material.ledgers import Ledgers
    from ceasefire.reporting.material.material import Material

#: Lines of a kind that are printed; more are folded.
MOST: Final = 60
#: What the text alone does to a row: that a commitment became active on its day needs no line.
_BY_TEXT: Final = ("started", "in_force")


def folded(items: list[Item], material: Material) -> tuple[Block, ...]:
    """Return lines, those beyond the most that are printed in a part to open."""
    blocks: tuple[Block, ...] = (Bullets(items=tuple(items[:MOST])),) if items else ()
    if len(items) > MOST:
        more = material.say("list.more", n=len(items) - MOST)
        blocks += (Fold(summary=more, blocks=(Bullets(items=tuple(items[MOST:])),)),)
    return blocks


def claims(material: Material, _: Ledgers) -> Section:
    """Return what is said to have happened, who says so, who is named, what is determined."""
    items = [Item(words=_claim(record, several, material)) for record, several in material.claims.items()]
    return Section(
        id="annex-claims", title=material.text("title.annex_claims"), blocks=folded(items, material)
    )


def _claim(record: str, several: list[ClaimEntry], material: Material) -> Words:
    """Return a claim in a line; whom it accuses stands with it in its case."""
    known = material.record(record)
    what = material.say("record.not_held") if known is None else happened(known, material)
    return material.say(
        "claim.line",
        at=at(record, material),
        when=when(several[0], material),
        what=what,
        by=said_by(several, material),
        determined=determinations(several, material),
    )


class _Line(NamedTuple):
    """What reasons that share a line have in common, but for the bearers of one commitment."""

    commitment: str
    code: str
    sentence: str
    records: tuple[str | None, ...]


def reasons(material: Material, _: Ledgers) -> Section:
    """Return why each row stands as it does: records of one effect, for one reason, in one line."""
    bearers: dict[_Line, list[str | None]] = {}
    days: dict[_Line, list[int]] = {}
    for (commitment, owed_by, _effect, code, sentence), several in _alike(material).items():
        shared = _Line(commitment, code, sentence, tuple(record for record, _ in several))
        bearers.setdefault(shared, []).append(owed_by)
        days.setdefault(shared, []).extend(at_ for _, at_ in several)
    sentences: dict[tuple[str, str], list[Words]] = {}
    for shared, owing in bearers.items():
        row = _row(shared, owing, days[shared], material)
        sentences.setdefault((shared.code, shared.sentence), []).append(row)
    items = [
        Item(words=material.say("reason.line", sentence=_capital(sentence), code=Code(code),
                                rows=material.vocabulary.joined(rows, "list.semicolon")))
        for (code, sentence), rows in sentences.items()
    ]  # fmt: skip
    title = material.text("title.annex_reasons")
    return Section(id="annex-reasons", title=title, blocks=folded(items, material))


def _alike(
    material: Material,
) -> dict[tuple[str, str | None, str, str, str], list[tuple[str | None, int]]]:
    """Return records and instants by row, effect, code and sentence."""
    found: dict[tuple[str, str | None, str, str, str], list[tuple[str | None, int]]] = {}
    for reason in material.data.reasons:
        if reason.record is None and reason.effect in _BY_TEXT:
            continue
        sentence = visible(reason.why).removeprefix(f"{visible(reason.record or '')}: ").removesuffix(".")
        same = (reason.commitment, reason.owed_by, reason.effect, reason.code, sentence)
        found.setdefault(same, []).append((reason.record, material.us(reason.at)))
    return found


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _row(shared: _Line, bearers: list[str | None], days: list[int], material: Material) -> Words:
    """Return of which row, of which days, and by which records: all of them, as this is their list."""
    who = material.vocabulary.listed(material.names.party(bearer) for bearer in bearers)
    first, last = (material.days.of_instant(us) for us in (min(days), max(days)))
    span = first if first == last else material.text("day.span", first=first, last=last)
    shown = [record for record in shared.records if record is not None]
    parts = (refs(shown[n : n + AT_ONCE], material) for n in range(0, len(shown), AT_ONCE))
    told = words(*(word for part in parts for word in part))
    name: Words | str = material.names.commitment(shared.commitment)
    if len(material.agreements) > 1:
        agreement = material.names.agreement(shared.commitment.partition("/")[0])
        name = material.say("commitments.of", names=name, agreement=agreement)
    return material.say("reason.row", commitment=name, who=who, n=max(len(shown), 1), days=span, refs=told)
