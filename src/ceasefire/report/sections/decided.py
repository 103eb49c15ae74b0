"""What the mechanism has decided and what nobody has, in the words of the opening."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.report import wording
from ceasefire.report.document import Ref, words
from ceasefire.report.material import counted, references
from ceasefire.report.names import listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire.report.audience import Item
    from ceasefire.report.document import Words
    from ceasefire.report.material import Material

_NOTHING: Final = (
    "No claim – an incident, a performance, an event, a decision – is recorded, so there has been nothing to "
    "determine. Nothing recorded is not the same as nothing done."
)
_UNDECIDED: Final = ("alleged", "under_review", "disputed", "inconclusive")
_ASIDE: Final = ("withdrawn", "duplicate")
#: More breaches than this are told by their number: the list of claims has them all.
_MOST: Final = 5


def decided(material: Material) -> Words:
    """Return which claims the mechanism has decided, and which nobody has, each with its records."""
    by_code: dict[str, list[str]] = {}
    claims: dict[str, Item] = {}
    for claim in material.rows("claims"):
        if claim["record"] not in claims:
            by_code.setdefault(claim["determination"], []).append(claim["record"])
        claims.setdefault(claim["record"], claim)
    if not claims:
        return (_NOTHING,)
    parts: list[Words] = [
        (f"{counted(len(claims), 'claim')} {'is' if len(claims) == 1 else 'are'} recorded. ",)
    ]
    settled = [code for code in ("established", "refuted") if code in by_code]
    who = _mechanisms(claims.values(), material)
    if settled:
        said = words(*_joined([_number(f"{code} {len(by_code[code])}", by_code[code]) for code in settled]))
        parts.append(words(f"{who} ", *said, "."))
    else:
        parts.append((f"{who} established none and refuted none.",))
    for label, codes in (("Decided by nobody so far", _UNDECIDED), ("Set aside", _ASIDE)):
        counts = [
            _number(f"{len(by_code[code])} {wording.DETERMINATIONS[code]}", by_code[code])
            for code in codes
            if code in by_code
        ]
        if counts:
            parts.append(words(f" {label}: ", *_joined(counts), "."))
    return words(*parts)


def _number(said: str, records: list[str]) -> Words:
    """Return a number with the records behind it."""
    return words(f"{said} (", *references(records), ")")


def _mechanisms(claims: Iterable[Item], material: Material) -> str:
    """Return who decides on these claims, ready for what it has done."""
    deciding = dict.fromkeys(c["mechanism"] for c in claims if c["mechanism"] is not None)
    if not deciding:
        return "No mechanism oversees them, so that"
    names = listed(f"the {material.names.mechanism(m)}" for m in deciding)
    return f"{names[:1].upper()}{names[1:]} {'has' if len(deciding) == 1 else 'have'}"


def breaches(material: Material) -> Words:
    """Return the breaches that are established, each with whose it is and whether it is made good."""
    found: dict[str, list[Item]] = {}
    for reason in material.rows("reasons"):
        if reason["effect"] == "breach" and reason["record"] is not None:
            found.setdefault(reason["record"], []).append(reason)
    if not found:
        return ()
    standing = {(r["commitment"], r["owed_by"]): r["compliance"] for r in material.rows("commitments")}
    claims = {c["record"]: c for c in material.rows("claims")}
    told = [
        _breach(record, several, claims.get(record), standing, material)
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
    claim: Item | None,
    standing: dict[tuple[str, str | None], str | None],
    material: Material,
) -> Words:
    promises = listed(
        material.names.promise(name) for name in dict.fromkeys(r["commitment"] for r in reasons)
    )
    parties = [p for p in (claim["attributed_to"] if claim else ()) if p != "unidentified"]
    whose = listed(material.names.party(p) for p in parties) or "nobody identified"
    rows = [standing.get((r["commitment"], r["owed_by"])) for r in reasons]
    made_good = ", made good" if "breached" not in rows else ""
    return words(f"of {promises}, attributed to {whose}{made_good} (", Ref(record), ")")


def _joined(parts: list[Words], between: str = ", ") -> list[Words]:
    """Return parts with what stands between them, “and” before the last where they are a short list."""
    found: list[Words] = []
    for n, part in enumerate(parts):
        last = n == len(parts) - 1 and between == ", "
        found.append(words("" if not n else (" and " if last else between), *part))
    return found
