"""How a commitment is kept, in words: what is established, who alleges, or why nothing is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.assessment.explain import looked_at
from ceasefire.clock import Lasting
from ceasefire.record import Tally
from ceasefire.report import statements, wording
from ceasefire.report.document import words
from ceasefire.report.material import counted
from ceasefire.report.names import listed

if TYPE_CHECKING:
    from ceasefire.agreement.terms import Commitment
    from ceasefire.report.audience import Item
    from ceasefire.report.document import Words
    from ceasefire.report.material import Material

#: The first word for each compliance but `none_recorded`.
_FIRST: Final = {
    "breached": "breach established",
    "overdue": "overdue",
    "disputed": "disputed",
    "alleged": "alleged",
    "remedied": "made good",
}


def compliance(commitment: Commitment, row: Item, why: list[Item], material: Material) -> Words:
    """Return the words for the compliance of a row, given its reasons; never a bare name of a state."""
    code = row["compliance"]
    if code is None:
        return (_nothing(commitment, row, material),)
    if code == "none_recorded":
        absent = any(reason["code"] == "withheld" for reason in why)
        beside = "; records that may matter here are withheld or erased" if absent else ""
        return (looked_at(material.data["made_from"]["records"]) + beside,)
    after = {
        "breached": _by_whom(why, material),
        "overdue": ": the deadline passed with no performance established",
        "disputed": _open(row),
        "alleged": _alleged(row, why, material),
    }
    return words(
        wording.mark(code, _FIRST.get(code, wording.plain(code))), after.get(code, ""), _beside(row, material)
    )


def not_yet(row: Item, material: Material) -> bool:
    """Tell whether a row hangs on a rule that this version does not apply (a problem says so)."""
    return any(
        problem["code"] == "not_yet"
        and row["commitment"] in (problem["record"], *_terms(problem["what"] or ""))
        for problem in material.rows("problems")
    )


def _nothing(commitment: Commitment, row: Item, material: Material) -> str:
    """Return why a row has no compliance: the first reason that applies."""
    reasons = (
        (not_yet(row, material), "not assessed: it hangs on a rule that this version does not apply yet"),
        (commitment.duty == "permit", "a permission: it can be used, not breached"),
        (commitment.hortatory, "a call: it binds nobody, so it is never breached or overdue"),
        (row["phase"] == "pending", "not yet started: nothing is owed"),
        (row["phase"] in ("lapsed", "released"), "never started: nothing was owed"),
        (
            material.audience == "public" and row["owed_by"] is not None,
            _established(row) + "; allegations are not shown by name to the public",
        ),
    )
    return next((text for applies, text in reasons if applies), "not assessed")


def _established(row: Item) -> str:
    """Return what a row of which the public may not know more holds for certain."""
    if not row["breaches"]:
        return "no breach established"
    return f"{counted(row['breaches'], 'breach', 'breaches')} established, made good"


def _terms(text: str) -> list[str]:
    return [word.strip("'\"“”‘’.,:;()") for word in text.split()]


def _by_whom(why: list[Item], material: Material) -> str:
    """Return which mechanism determined the breaches of a row: that of its own agreement."""
    breaches = (material.judged(r["record"], r["commitment"]) for r in why if r["effect"] == "breach")
    mechanisms = dict.fromkeys(c["mechanism"] for c in breaches if c is not None and c["mechanism"])
    if not mechanisms:
        return ""
    return f" (determination of the {listed(material.names.mechanism(m) for m in mechanisms)})"


def _alleged(row: Item, why: list[Item], material: Material) -> str:
    """Return who alleges it: by name, or by published counts."""
    records = dict.fromkeys(r["record"] for r in why if r["effect"] == "alleged" and r["record"] is not None)
    claims = {record: material.judged(record, row["commitment"]) for record in records}
    accusers: dict[str, bool] = {}
    for claim in claims.values():
        for member in statements.alleging(claim, row["owed_by"], material) if claim else ():
            gone = claim is not None and statements.taken_back(claim, material)
            accusers[member] = accusers.get(member, True) and gone
    by = [
        material.names.party(member) + (f" (on a report {statements.WITHDRAWN})" if gone else "")
        for member, gone in accusers.items()
    ]
    if tallies := sum(claim is None for claim in claims.values()):
        by.append(f"{counted(tallies, 'published count')} above zero")
    return f"{' by ' + listed(by) if by else ''}, not determined{_open(row)}"


def _open(row: Item) -> str:
    return f" ({counted(row['open'], 'claim')} open)" if row["open"] else ""


def _beside(row: Item, material: Material) -> str:
    """Return what is counted beside the first word: breaches, and whether one is going on; what was ruled."""
    said = [counted(row["breaches"], "breach", "breaches")] if row["breaches"] else []
    if row["ruled"]:
        said.append(f"ruled in aggregate: {'; '.join(_ruled(one, material) for one in row['ruled'])}")
    if row["ongoing"]:
        said.append("going on")
    return f"; {', '.join(said)}" if said else ""


def _ruled(ruling: Item, material: Material) -> str:
    """Return how many acts a ruling in aggregate is on, and whose it is: at least 12 (by the mission)."""
    record = material.record(ruling["record"])
    since = ""
    if isinstance(record, Tally) and record.cumulative and isinstance(record.period, Lasting):
        since = f", since {material.occurred(record.period.start, record.timezone)}"
    by = f"by {material.names.party(record.speaker)}" if record is not None else "body not held here"
    return f"{'at least ' if ruling['at_least'] else ''}{ruling['count']:,} ({by}{since})"
