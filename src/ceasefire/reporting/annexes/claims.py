"""Annexes E and F: the claims, one line each, and the reasons, those that are alike together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.reporting.document import Bullets, Code, Fold, Item, Section, words
from ceasefire.reporting.telling.happened import happened, said_by, when
from ceasefire.reporting.telling.naming import determinations
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


def reasons(material: Material, _: Ledgers) -> Section:
    """Return why each row stands as it does: records of one effect, for one reason, in one line."""
    grouped: dict[tuple[str, str | None, str, str, str], list[str | None]] = {}
    days: dict[tuple[str, str | None, str, str, str], list[int]] = {}
    for reason in material.data.reasons:
        if reason.record is None and reason.effect in _BY_TEXT:
            continue
        sentence = visible(reason.why).removeprefix(f"{visible(reason.record or '')}: ").removesuffix(".")
        same = (reason.commitment, reason.owed_by, reason.effect, reason.code, sentence)
        grouped.setdefault(same, []).append(reason.record)
        days.setdefault(same, []).append(material.us(reason.at))
    by_row: dict[tuple[str, str, str, tuple[str | None, ...]], list[str | None]] = {}
    spans: dict[tuple[str, str, str, tuple[str | None, ...]], list[int]] = {}
    for (commitment, owed_by, _, code, sentence), records in grouped.items():
        alike = (commitment, code, sentence, tuple(records))
        by_row.setdefault(alike, []).append(owed_by)
        spans.setdefault(alike, []).extend(days[commitment, owed_by, _, code, sentence])
    sentences: dict[tuple[str, str], list[Words]] = {}
    for (commitment, code, sentence, records), bearers in by_row.items():
        at_ = spans[commitment, code, sentence, records]
        sentences.setdefault((code, sentence), []).append(_row(commitment, bearers, records, at_, material))
    items = [
        Item(words=material.say("reason.line", sentence=_capital(sentence), code=Code(code),
                                rows=material.vocabulary.joined(rows, "list.semicolon")))
        for (code, sentence), rows in sentences.items()
    ]  # fmt: skip
    return Section(
        id="annex-reasons", title=material.text("title.annex_reasons"), blocks=folded(items, material)
    )


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _row(
    commitment: str,
    bearers: list[str | None],
    records: tuple[str | None, ...],
    at_: list[int],
    material: Material,
) -> Words:
    """Return of which row, of which days, and by which records: all of them, as this is their list."""
    who = material.vocabulary.listed(material.names.party(b) for b in bearers)
    first, last = (material.days.of_instant(us) for us in (min(at_), max(at_)))
    days = first if first == last else material.text("day.span", first=first, last=last)
    shown = [r for r in records if r is not None]
    told = words(*(w for n in range(0, len(shown), 6) for w in refs(shown[n : n + 6], material)))
    link = material.names.commitment(commitment)
    return material.say("reason.row", commitment=link, who=who, n=max(len(shown), 1), days=days, refs=told)
