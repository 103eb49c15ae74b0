"""What the mechanism has decided and what nobody has, in the words of the opening."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire import times_in_words as times
from ceasefire.assessment.codes import IN_AGGREGATE
from ceasefire.reporting.document import Ref, words
from ceasefire.reporting.material import statements
from ceasefire.reporting.material.material import counted, references
from ceasefire.reporting.material.names import listed
from ceasefire.reporting.words import wording

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from ceasefire.assessment.result.entries import ClaimEntry, ReasonEntry
    from ceasefire.reporting.document import Words
    from ceasefire.reporting.material.material import Material

#: What stands where no claim is there to be told of; no more than that can be said.
_NOTHING: Final = (
    "{none} claim – an incident, a performance, an event, a decision – is {present}, and so no "
    "determination of one. Nothing {present} is not the same as nothing done."
)
_SETTLED: Final = ("established", "refuted")
_UNDECIDED: Final = ("alleged", "under_review", "disputed", "inconclusive")
_ASIDE: Final = ("withdrawn", "duplicate")
#: More breaches than this are told by their number: the list of claims has them all.
_MOST: Final = 5


def decided(material: Material) -> list[Words]:
    """Return what is decided of the claims of the period, then of those before it; of all without one."""
    period = material.period
    if period is None:
        return [_told("", material.claims, material)]
    current, before = (
        {r: several for r, several in material.claims.items() if earlier(r, material) is wanted}
        for wanted in (False, True)
    )
    first = _told(f" of {material.span(period)}", current, material)
    when = f" of what lies before {_start(material)}"
    none: Words = (f"No claim{when} is {material.present}.",)
    return [words(*first, " ", _compared(material)), _told(when, before, material) if before else none]


def earlier(record: str | None, material: Material) -> bool:
    """Tell whether an act lies before the period of the report; None is no act, and does not."""
    began = material.began.get(record or "")
    return material.since is not None and began is not None and began < material.since


def _start(material: Material) -> str:
    """Return when the period begins: a day, with its hour where it begins within one."""
    first = material.since or 0
    return times.local_words(first, material.timezone).removesuffix(", 00:00")


def _compared(material: Material) -> str:
    """Return how many reports of incidents are of the period, and how many of the span before it."""
    standing = {
        c.record for c in material.data.claims if c.kind == "incident" and c.determination not in _ASIDE
    }
    began = [material.began[record] for record in standing if record in material.began]
    spans = [span for span in (material.period, material.previous) if span is not None]
    here, there = (sum(span.first <= instant <= span.last for instant in began) for span in spans)
    return (
        f"Reports of incidents {material.present}: {here} of the period, {there} of the span of equal "
        "length before it, each by the latest instant at which the act may have begun."
    )


def _told(when: str, claims: Mapping[str, list[ClaimEntry]], material: Material) -> Words:
    """Return which of some claims each mechanism has decided, and which not, each with its records."""
    if not claims:
        none = f"O{when.strip()[1:]}, no" if when else "No"  # “Of 6–14 May 2017, no”
        return (_NOTHING.format(none=none, present=material.present),)
    by_code: dict[str, list[str]] = {}
    for record, several in claims.items():
        by_code.setdefault(_overall(several), []).append(record)
    parts: list[Words] = [
        (f"{counted(len(claims), 'claim')}{when} {'is' if len(claims) == 1 else 'are'} {material.present}.",),
        *_by_mechanism(claims, material),
    ]
    for label, codes in ((f"No decision is {material.present} on", _UNDECIDED), ("Set aside", _ASIDE)):
        counts = [
            _number(f"{len(by_code[code])} {wording.DETERMINATIONS[code]}", by_code[code])
            for code in codes
            if code in by_code
        ]
        if counts:
            parts.append(words(f"{label}: ", *_joined(counts), "."))
    if split := [record for record, several in claims.items() if _split(several)]:
        told = _number(f"{len(split)}", split)
        other = f"Decided under one agreement, with no decision {material.present} under another: "
        parts.append(words(other, *told, "."))
    gone = [r for r, several in claims.items() if any(statements.taken_back(c, material) for c in several)]
    if gone:
        told = _number(f"{len(gone)}", gone)
        parts.append(words(f"Confirmed by others, though {statements.WITHDRAWN}: ", *told, "."))
    return words(*(words(" " if n else "", *part) for n, part in enumerate(parts)))


def _overall(several: list[ClaimEntry]) -> str:
    """Return the determination of a claim over all agreements: decided if any has, else open if any is."""
    codes: list[str] = [claim.determination for claim in several]
    return next((code for sort in (_SETTLED, _UNDECIDED) for code in codes if code in sort), codes[0])


def _split(several: list[ClaimEntry]) -> bool:
    """Tell whether one agreement's mechanism has decided a claim, and another's has not."""
    codes = {claim.determination for claim in several}
    return not codes.isdisjoint(_SETTLED) and not codes.isdisjoint(_UNDECIDED)


def _by_mechanism(claims: Mapping[str, list[ClaimEntry]], material: Material) -> list[Words]:
    """Return what each mechanism has established and refuted; who has decided nothing shares a line."""
    found: dict[str | None, dict[str, dict[str, None]]] = {}
    for claim in (c for c in material.data.claims if c.record in claims):
        by_code = found.setdefault(claim.mechanism, {})
        by_code.setdefault(claim.determination, {})[claim.record] = None
    by_evidence = found.pop(None, {})
    parts: list[Words] = []
    idle = [m for m, by_code in found.items() if by_code.keys().isdisjoint(_SETTLED)]
    for mechanism, by_code in found.items():
        if mechanism not in idle:
            parts.append(words(f"{_who([mechanism], material)} ", *_settled(by_code), "."))
    if idle:
        who = listed((f"the {material.names.mechanism(m)}" for m in idle), "or")
        parts.append((f"No determination of any of them by {who} is {material.present}.",))
    if not found:
        parts.append(("No mechanism oversees them, so that nobody has established or refuted any.",))
    if "established" in by_evidence:
        told = _number(f"{len(by_evidence['established'])}", by_evidence["established"])
        parts.append(words("Established by its evidence alone: ", *told, "."))
    return parts


def _settled(by_code: Mapping[str, Collection[str]]) -> Words:
    numbers = (_number(f"{code} {len(by_code[code])}", by_code[code]) for code in _SETTLED if code in by_code)
    return words(*_joined(list(numbers)))


def _number(said: str, records: Collection[str]) -> Words:
    """Return a number with the records behind it."""
    return words(f"{said} (", *references(records), ")")


def _who(mechanisms: Iterable[str | None], material: Material) -> str:
    """Return who decides, ready for what it has done."""
    several = [f"the {material.names.mechanism(m)}" for m in mechanisms]
    names = listed(several)
    return f"{names[:1].upper()}{names[1:]} {'has' if len(several) == 1 else 'have'}"


def breaches(material: Material) -> list[Words]:
    """Return the breaches that are established, those of the period first, then those before it."""
    found: dict[str, list[ReasonEntry]] = {}
    for reason in material.data.reasons:
        if reason.effect == "breach" and reason.record is not None:
            found.setdefault(reason.record, []).append(reason)
    current, before = (
        {r: several for r, several in found.items() if earlier(r, material) is wanted}
        for wanted in (False, True)
    )
    told = (("", current), (f" before {_start(material)}", before))
    return [_breaches(when, several, material) for when, several in told if several]


def _breaches(when: str, found: Mapping[str, list[ReasonEntry]], material: Material) -> Words:
    """Return some established breaches, each with whose it is and whether it is made good."""
    standing = {(r.commitment, r.owed_by): r.compliance for r in material.data.commitments}
    told = [
        words(*_breach(record, several, standing, material), " (", Ref(record), ")")
        for record, several in list(found.items())[:_MOST]
    ]
    more = f"; and {len(found) - _MOST} more" if len(found) > _MOST else ""
    return words(
        f"Established breaches{when}: " if len(found) > 1 else f"Established breach{when}: ",
        *_joined(told, "; "),
        more,
        ".",
    )


def _breach(
    record: str,
    reasons: list[ReasonEntry],
    standing: dict[tuple[str, str | None], str | None],
    material: Material,
) -> Words:
    """Return of what an act is a breach and whose; where several mechanisms judge it, each by its own."""
    by_mechanism: dict[tuple[str | None, tuple[str, ...]], list[ReasonEntry]] = {}
    for reason in reasons:
        claim = material.judged(record, reason.commitment)
        parties = tuple(p for p in (claim.attributed_to if claim else ()) if p != "unidentified")
        by_mechanism.setdefault((claim.mechanism if claim else None, parties), []).append(reason)
    judging = {claim.mechanism for claim in material.claims.get(record, ())}
    parts: list[str] = []
    for (mechanism, parties), several in by_mechanism.items():
        promises = listed(
            material.names.promise(name) for name in dict.fromkeys(r.commitment for r in several)
        )
        whose = listed(material.names.party(p) for p in parties) or "nobody identified"
        by = f" by the {material.names.mechanism(mechanism)}" if len(judging) > 1 else ""
        rows = [standing.get((r.commitment, r.owed_by)) for r in several]
        made_good = ", made good" if "breached" not in rows else ""
        several_acts = "in aggregate, " if several[0].code == IN_AGGREGATE else ""
        parts.append(f"{several_acts}of {promises}, attributed to {whose}{by}{made_good}")
    return ("; ".join(parts),)


def _joined(parts: list[Words], between: str = ", ") -> list[Words]:
    """Return parts with what stands between them, “and” before the last where they are a short list."""
    found: list[Words] = []
    for n, part in enumerate(parts):
        last = n == len(parts) - 1 and between == ", "
        found.append(words("" if not n else (" and " if last else between), *part))
    return found
