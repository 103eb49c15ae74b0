"""What the mechanism has decided and what nobody has, in the words of the opening."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.assessment.bearings import IN_AGGREGATE
from ceasefire.report import statements, wording
from ceasefire.report.document import Ref, words
from ceasefire.report.material import counted, references
from ceasefire.report.names import listed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from ceasefire.report.audience import Item
    from ceasefire.report.document import Words
    from ceasefire.report.material import Material

_NOTHING: Final = (
    "No claim – an incident, a performance, an event, a decision – is recorded, so there has been nothing to "
    "determine. Nothing recorded is not the same as nothing done."
)
_SETTLED: Final = ("established", "refuted")
_UNDECIDED: Final = ("alleged", "under_review", "disputed", "inconclusive")
_ASIDE: Final = ("withdrawn", "duplicate")
#: More breaches than this are told by their number: the list of claims has them all.
_MOST: Final = 5


def decided(material: Material) -> Words:
    """Return which claims each mechanism has decided, and which nobody has, each with its records."""
    claims = material.claims
    if not claims:
        return (_NOTHING,)
    by_code: dict[str, list[str]] = {}
    for record, several in claims.items():
        by_code.setdefault(_overall(several), []).append(record)
    parts: list[Words] = [
        (f"{counted(len(claims), 'claim')} {'is' if len(claims) == 1 else 'are'} recorded.",),
        *_by_mechanism(material),
    ]
    for label, codes in (("Decided by nobody so far", _UNDECIDED), ("Set aside", _ASIDE)):
        counts = [
            _number(f"{len(by_code[code])} {wording.DETERMINATIONS[code]}", by_code[code])
            for code in codes
            if code in by_code
        ]
        if counts:
            parts.append(words(f"{label}: ", *_joined(counts), "."))
    if split := [record for record, several in claims.items() if _split(several)]:
        told = _number(f"{len(split)}", split)
        parts.append(words("Decided under one agreement, and by nobody so far under another: ", *told, "."))
    gone = [r for r, several in claims.items() if any(statements.taken_back(c, material) for c in several)]
    if gone:
        told = _number(f"{len(gone)}", gone)
        parts.append(words(f"Confirmed by others, though {statements.WITHDRAWN}: ", *told, "."))
    return words(*(words(" " if n else "", *part) for n, part in enumerate(parts)))


def _overall(several: list[Item]) -> str:
    """Return the determination of a claim over all agreements: decided if any has, else open if any is."""
    codes: list[str] = [claim["determination"] for claim in several]
    return next((code for sort in (_SETTLED, _UNDECIDED) for code in codes if code in sort), codes[0])


def _split(several: list[Item]) -> bool:
    """Tell whether one agreement's mechanism has decided a claim, and another's has not."""
    codes = {claim["determination"] for claim in several}
    return not codes.isdisjoint(_SETTLED) and not codes.isdisjoint(_UNDECIDED)


def _by_mechanism(material: Material) -> list[Words]:
    """Return what each mechanism has established and refuted; who has decided nothing shares a line."""
    found: dict[str | None, dict[str, dict[str, None]]] = {}
    for claim in material.rows("claims"):
        by_code = found.setdefault(claim["mechanism"], {})
        by_code.setdefault(claim["determination"], {})[claim["record"]] = None
    by_evidence = found.pop(None, {})
    parts: list[Words] = []
    idle = [m for m, by_code in found.items() if by_code.keys().isdisjoint(_SETTLED)]
    for mechanism, by_code in found.items():
        if mechanism not in idle:
            parts.append(words(f"{_who([mechanism], material)} ", *_settled(by_code), "."))
    if idle:
        parts.append((f"{_who(idle, material)} established none and refuted none.",))
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


def breaches(material: Material) -> Words:
    """Return the breaches that are established, each with whose it is and whether it is made good."""
    found: dict[str, list[Item]] = {}
    for reason in material.rows("reasons"):
        if reason["effect"] == "breach" and reason["record"] is not None:
            found.setdefault(reason["record"], []).append(reason)
    if not found:
        return ()
    standing = {(r["commitment"], r["owed_by"]): r["compliance"] for r in material.rows("commitments")}
    told = [
        words(*_breach(record, several, standing, material), " (", Ref(record), ")")
        for record, several in list(found.items())[:_MOST]
    ]
    more = f"; and {len(found) - _MOST} more" if len(found) > _MOST else ""
    return words(
        "Established breaches: " if len(found) > 1 else "Established breach: ",
        *_joined(told, "; "),
        more,
        ".",
    )


def _breach(
    record: str,
    reasons: list[Item],
    standing: dict[tuple[str, str | None], str | None],
    material: Material,
) -> Words:
    """Return of what an act is a breach and whose; where several mechanisms judge it, each by its own."""
    by_mechanism: dict[tuple[str | None, tuple[str, ...]], list[Item]] = {}
    for reason in reasons:
        claim = material.judged(record, reason["commitment"])
        parties = tuple(p for p in (claim["attributed_to"] if claim else ()) if p != "unidentified")
        by_mechanism.setdefault((claim["mechanism"] if claim else None, parties), []).append(reason)
    judging = {claim["mechanism"] for claim in material.claims.get(record, ())}
    parts: list[str] = []
    for (mechanism, parties), several in by_mechanism.items():
        promises = listed(
            material.names.promise(name) for name in dict.fromkeys(r["commitment"] for r in several)
        )
        whose = listed(material.names.party(p) for p in parties) or "nobody identified"
        by = f" by the {material.names.mechanism(mechanism)}" if len(judging) > 1 else ""
        rows = [standing.get((r["commitment"], r["owed_by"])) for r in several]
        made_good = ", made good" if "breached" not in rows else ""
        several_acts = "in aggregate, " if several[0]["code"] == IN_AGGREGATE else ""
        parts.append(f"{several_acts}of {promises}, attributed to {whose}{by}{made_good}")
    return ("; ".join(parts),)


def _joined(parts: list[Words], between: str = ", ") -> list[Words]:
    """Return parts with what stands between them, “and” before the last where they are a short list."""
    found: list[Words] = []
    for n, part in enumerate(parts):
        last = n == len(parts) - 1 and between == ", "
        found.append(words("" if not n else (" and " if last else between), *part))
    return found
