"""Where a row stands, in words: what is established, who alleges, or why nothing is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.assessment.codes import OMISSION
from ceasefire.clock import Lasting
from ceasefire.record import Performance, Tally
from ceasefire.reporting.document import words
from ceasefire.reporting.material import statements
from ceasefire.reporting.material.audience import answers
from ceasefire.reporting.telling.naming import mark
from ceasefire.reporting.telling.references import refs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ceasefire.assessment import Reason
    from ceasefire.assessment.result.entries import RowEntry, RulingEntry
    from ceasefire.instruments.terms import Commitment
    from ceasefire.reporting.document import Time, Words
    from ceasefire.reporting.material.material import Material

#: What a claim does to a row that is not set aside.
_WEIGHED: Final = frozenset({"breach", "alleged", "disputed"})
#: Why a row has no status, in the order in which the reasons are told.
_NO_STATUS: Final = ("permit", "call", "not_started", "never_started")


def why_no_status(commitment: Commitment, row: RowEntry) -> str | None:
    """Return why a row has no status: a permission, a call, what has not started; None where it has one."""
    applies = (
        commitment.duty == "permit",
        commitment.hortatory,
        row.phase == "pending",
        row.phase in ("lapsed", "released"),
    )
    return next((why for why, so in zip(_NO_STATUS, applies, strict=True) if so), None)


def not_yet(row: RowEntry, material: Material) -> bool:
    """Tell whether a row hangs on a rule that this version does not apply (a problem says so)."""
    return row.commitment in material.not_yet


def hidden(row: RowEntry, material: Material) -> bool:
    """Tell whether what is open of a row may not be told this audience, as it is not by name."""
    return material.audience == "public" and row.owed_by is not None and row.compliance is None


def standing(commitment: Commitment, row: RowEntry, why: Sequence[Reason], material: Material) -> Words:
    """Return the words for where a row stands, given its reasons; never a bare name of a state."""
    code = row.compliance
    if code is None:
        return _without(commitment, row, material)
    told = _told(code, row, why, material)
    beside = [*_counted(row, material), *_still_open(code, row, why, material)]
    return material.vocabulary.joined((told, *beside), "list.semicolon")


def _told(code: str, row: RowEntry, why: Sequence[Reason], material: Material) -> Words:
    if code == "none_recorded":
        absent = any(reason.code == "withheld" for reason in why)
        return material.say("standing.none_but_withheld" if absent else "standing.none")
    word = mark(code, material.vocabulary.code("compliance", code))
    if code == "overdue":
        since = fell_due(row.due, why, material)
        return material.say(f"standing.overdue_{_performed(why, material)}", mark=word, since=since,
                            who=material.names.parties_listed(_omitting(why, material)))  # fmt: skip
    if code == "breached":
        mechanisms = _mechanisms(row, why, material)
        told = material.vocabulary.listed(material.names.mechanism(m) for m in mechanisms)
        return material.say(
            "standing.breached_by" if mechanisms else "standing.breached", mark=word, mechanism=told
        )
    if code == "alleged":
        return material.say("standing.alleged", mark=word, by=accusers(row, why, material))
    return _performance_disputed(row, why, material) if code == "disputed" else words(word)


def _performance_disputed(row: RowEntry, why: Sequence[Reason], material: Material) -> Words:
    """Return who says that what was due was done, and who denies it; the word alone where acts are disputed.

    The public is told the same whoever says so.
    """
    word = mark("disputed", material.vocabulary.code("compliance", "disputed"))
    weighed = [r.record or "" for r in why if r.effect in _WEIGHED]
    told = [record for name in weighed if isinstance(record := material.record(name), Performance)]
    if not told or len(told) < len(weighed) or material.audience == "public":
        return words(word)
    who = dict.fromkeys(record.speaker for record in told)
    agreement = row.commitment.partition("/")[0]
    others = dict.fromkeys(
        p.member
        for name in weighed
        for p in material.positions(name, agreement)
        if p.counted and p.question == "outcome" and answers(p) == ("refuted",)
    )
    return material.say(
        "standing.disputed_denied" if others else "standing.disputed_said",
        mark=word,
        who=material.names.parties_listed(who),
        others=material.names.parties_listed(others),
    )


def _without(commitment: Commitment, row: RowEntry, material: Material) -> Words:
    """Return why a row has no compliance: the first reason that applies."""
    if not_yet(row, material):
        return material.say("standing.not_yet")
    if (reason := why_no_status(commitment, row)) is not None:
        return material.say(f"standing.{reason}")
    if not hidden(row, material):
        return material.say("standing.not_assessed")
    return material.say("standing.public_made_good" if row.breaches else "standing.public", n=row.breaches)


def fell_due(due: str | None, why: Sequence[Reason], material: Material) -> Time | str:
    """Return the deadline that passed; of what recurs, the end of the first period that was missed."""
    ends = [reason.at for reason in why if reason.effect == "deadline_passed"]
    if due is not None:
        ends = [material.us(due)]
    return material.days.due(min(ends)) if ends else "–"


def _performed(why: Sequence[Reason], material: Material) -> str:
    """Return what is known of a deadline that passed: that it was not done, as somebody says, or nothing.

    The public is told the same whoever says so: those who are accused may not show.
    """
    if material.audience == "public":
        return "unestablished"
    if _omitting(why, material):
        return "said"
    told = [material.record(r.record) for r in why]
    omitted = any(getattr(record, "act", None) == OMISSION for record in told)
    return "unestablished" if omitted or any(isinstance(r, Performance) for r in told) else "nothing"


def _omitting(why: Sequence[Reason], material: Material) -> list[str]:
    """Return who says that what was due was not done."""
    told = [material.record(r.record) for r in why if r.effect in _WEIGHED]
    return list(
        dict.fromkeys(r.speaker for r in told if r is not None and getattr(r, "act", None) == OMISSION)
    )


def _mechanisms(row: RowEntry, why: Sequence[Reason], material: Material) -> list[str]:
    """Return which mechanism determined the breaches of a row: that of its own agreement."""
    claims = (material.judged(r.record, row.commitment) for r in why if r.effect == "breach")
    return list(dict.fromkeys(c.mechanism for c in claims if c is not None and c.mechanism))


def accusers(row: RowEntry, why: Sequence[Reason], material: Material) -> Words:
    """Return who alleges something of a row: by name, or by published counts."""
    records = list(dict.fromkeys(r.record for r in why if r.effect == "alleged" and r.record))
    members: dict[str, bool] = {}
    counts: list[str] = []
    for record in records:
        claim = material.judged(record, row.commitment)
        if claim is None:
            counts.append(record)
            continue
        if material.authors <= members.keys() and not any(members.values()):
            continue  # who alleges something is told once, and these are all there are
        gone = statements.taken_back(claim, material)
        for member in statements.alleging(claim, row.owed_by, material):
            members[member] = members.get(member, True) and gone
    by = [
        material.say(
            "standing.on_withdrawn" if gone else "standing.member", member=material.names.party(member)
        )
        for member, gone in members.items()
    ]
    if counts:
        by.append(material.say("standing.counts_above_zero", n=len(counts)))
    return material.vocabulary.listed(by) if by else material.say("standing.somebody")


def _counted(row: RowEntry, material: Material) -> list[Words]:
    """Return what is counted beside the first word: breaches, and whether one is going on; what was ruled."""
    said = [material.say("standing.breaches", n=row.breaches)] if row.breaches else []
    said += [_ruled(one, material) for one in row.ruled]
    return said + ([material.say("standing.going_on")] if row.ongoing else [])


def _ruled(ruling: RulingEntry, material: Material) -> Words:
    """Return how many acts a ruling in aggregate is on, and whose it is."""
    record = material.record(ruling.record)
    number = material.number(ruling.count)
    key = "standing.ruled_at_least" if ruling.at_least else "standing.ruled"
    by = material.names.party(record.speaker) if record is not None else material.text("record.not_held")
    said = material.say(key, number=number, by=by, refs=refs([ruling.record], material))
    if isinstance(record, Tally) and record.cumulative and isinstance(record.period, Lasting):
        since = material.occurred(record.period.start, record.timezone)
        return material.say("standing.ruled_since", said=said, since=since)
    return said


def _still_open(code: str, row: RowEntry, why: Sequence[Reason], material: Material) -> list[Words]:
    """Return what is open beside an established breach, a missed deadline or what was made good."""
    if code in ("none_recorded", "disputed", "alleged"):
        return [material.say("standing.open", n=row.open)] if row.open else []
    effects = {r.effect for r in why if r.record is not None}
    said = [material.say("standing.also_disputed")] if "disputed" in effects else []
    if "alleged" in effects:
        later = [material.record(r.record) for r in why if r.effect == "alleged"]
        who = dict.fromkeys(r.speaker for r in later if isinstance(r, Performance))
        key = "also_done" if who and all(isinstance(r, Performance) for r in later) else "also_alleged"
        told = material.names.parties_listed(who)
        said.append(material.say(f"standing.{key}", by=accusers(row, why, material), who=told))
    return said + ([material.say("standing.open", n=row.open)] if row.open else [])
