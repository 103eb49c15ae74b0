"""Annexes E and F: the claims, one line each, and the reasons, those that are alike together."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

from ceasefire.record.kinds import Finding, Incident, Tally
from ceasefire.reporting.document import Bullets, Code, Item, Note, Section, words
from ceasefire.reporting.telling.happened import happened, said_by, when
from ceasefire.reporting.telling.naming import determinations
from ceasefire.reporting.telling.references import MOST as AT_ONCE
from ceasefire.reporting.telling.references import at, refs
from ceasefire.reporting.telling.room import NAMED, ROWS, roomed
from ceasefire.reporting.words.vocabulary import ASSESSED_IN
from ceasefire.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ceasefire.assessment import Reason
    from ceasefire.assessment.result.entries import ClaimEntry
    from ceasefire.reporting.document import Block, Words
    from ceasefire.reporting.material.ledgers import Ledgers
    from ceasefire.reporting.material.material import Material

#: Records that the rows of one sentence name together.
_NAMED_IN_LINE: Final = 600
#: Of more claims than these the reasons why they do not count elsewhere are left to the data file.
_MANY: Final = 1_000
#: What the text alone does to a row: that a commitment became active on its day needs no line.
_BY_TEXT: Final = ("started", "in_force")
#: What does not count on most rows, where there are many of them.
_JUDGED: Final = (Incident, Finding, Tally)


def lines(items: Iterable[Words]) -> tuple[Block, ...]:
    """Return words as lines of a list."""
    return (Bullets(items=tuple(Item(words=said) for said in items)),)


def claims(material: Material, _: Ledgers) -> Section:
    """Return what is said to have happened, who says so, who is named, what is determined."""
    blocks = roomed(
        tuple(material.claims.items()),
        ROWS,
        lambda some: lines(_claim(record, several, material) for record, several in some),
        material,
        table="claims",
    )
    return Section(id="annex-claims", title=material.text("title.annex_claims"), blocks=blocks)


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
    for shared, owed_by, several in _alike(material):
        bearers.setdefault(shared, []).append(owed_by)
        days.setdefault(shared, []).extend((min(several), max(several)))
    sentences: dict[tuple[str, str], list[_Line]] = {}
    for shared in bearers:
        sentences.setdefault((shared.code, shared.sentence), []).append(shared)

    def line(code: str, sentence: str, rows: list[_Line]) -> Words:
        shown = _with_room(rows)
        told = [_row(shared, bearers[shared], days[shared], material) for shared in shown]
        if more := sum(max(len(shared.records), 1) for shared in rows[len(shown) :]):
            told.append(material.say("reason.more", n=more, table=Code("reasons")))
        rows_ = material.vocabulary.joined(told, "list.semicolon")
        upper = material.vocabulary.capital(sentence)
        return material.say("reason.line", sentence=upper, code=Code(code), rows=rows_)

    blocks = roomed(
        tuple(sentences.items()),
        ROWS,
        lambda some: lines(line(code, sentence, rows) for (code, sentence), rows in some),
        material,
        table="reasons",
    )
    if blocks and _many(material):
        blocks = (Note(material.say("reason.left", table=Code("reasons"))), *blocks)
    return Section(id="annex-reasons", title=material.text("title.annex_reasons"), blocks=blocks)


def _with_room(rows: Sequence[_Line]) -> Sequence[_Line]:
    """Return the first rows of a sentence, as many as name no more records than have room in a line."""
    named = accumulate(min(max(len(shared.records), 1), NAMED) for shared in rows)
    return rows[: max(1, sum(n <= _NAMED_IN_LINE for n in named))]


def _alike(material: Material) -> Iterator[tuple[_Line, str | None, list[int]]]:
    """Yield what the reasons of each row that are alike share, with who owes it and their instants."""
    told: dict[tuple[object, ...], str] = {}
    many = _many(material)
    for (commitment, owed_by), several in (material.grounds_of if many else material.reasons_of).items():
        found: dict[tuple[str, str, str], tuple[list[str | None], list[int]]] = {}
        for reason in several:
            record, effect, code = reason.record, reason.effect, reason.code
            if record is None and effect in _BY_TEXT:
                continue
            if many and effect == "not_counted" and isinstance(material.record(record), _JUDGED):
                continue
            kind = (record is None, effect, code, reason.besides, reason.says)
            if (sentence := told.get(kind)) is None:
                sentence = told[kind] = reason_sentence(reason, material)
            records, instants = found.setdefault((effect, code, sentence), ([], []))
            records.append(record)
            instants.append(reason.at)
        for (_, code, sentence), (records, instants) in found.items():
            yield _Line(commitment, code, sentence, tuple(records)), owed_by, instants


def _many(material: Material) -> bool:
    """Tell whether there are so many claims that what does not count is left to the data.

    Each of them bears on many rows, and does on most of them nothing.
    """
    return len(material.claims) > _MANY


def reason_sentence(reason: Reason, material: Material) -> str:
    """Return the assessment's own sentence, which is in English; in another language that of its code."""
    if material.vocabulary.language != ASSESSED_IN:
        return material.vocabulary.code("why", reason.code)
    return visible(reason.sentence())


def _row(shared: _Line, bearers: list[str | None], days: list[int], material: Material) -> Words:
    """Return of which row, of which days, and by which records: all that have room, as this is their list."""
    who = material.vocabulary.listed(material.names.party(bearer) for bearer in bearers)
    first, last = (material.days.of_instant(at_) for at_ in (min(days), max(days)))
    span = first if first == last else material.text("day.span", first=first, last=last)
    shown = [record for record in shared.records if record is not None]
    newest = shown[-NAMED:]
    parts = (refs(newest[n : n + AT_ONCE], material) for n in range(0, len(newest), AT_ONCE))
    told = words(*(word for part in parts for word in part))
    if more := len(shown) - len(newest):
        told = words(*told, " ", *material.say("reason.more", n=more, table=Code("reasons")))
    name: Words | str = material.names.commitment(shared.commitment)
    if len(material.agreements) > 1:
        agreement = material.names.agreement(shared.commitment.partition("/")[0])
        name = material.say("commitments.of", names=name, agreement=agreement)
    return material.say("reason.row", commitment=name, who=who, n=max(len(shown), 1), days=span, refs=told)
