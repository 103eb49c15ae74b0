"""How a commitment is kept, in words: what is established, who alleges, or why nothing is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.assessment.codes import OMISSION, looked_at
from ceasefire.clock import Lasting
from ceasefire.record import Performance, Tally
from ceasefire.reporting.document import words
from ceasefire.reporting.material import statements
from ceasefire.reporting.material.material import counted
from ceasefire.reporting.material.names import listed
from ceasefire.reporting.words import wording

if TYPE_CHECKING:
    from ceasefire.assessment.result.entries import ReasonEntry, RowEntry, RulingEntry
    from ceasefire.instruments.terms import Commitment
    from ceasefire.reporting.document import Words
    from ceasefire.reporting.material.material import Material

#: The first word for each compliance but `none_recorded`.
_FIRST: Final = {
    "breached": "breach established",
    "disputed": "disputed",
    "alleged": "alleged",
    "remedied": "made good",
}

#: What a claim does to a row that is not set aside.
_WEIGHED: Final = frozenset({"breach", "alleged", "disputed"})


def compliance(commitment: Commitment, row: RowEntry, why: list[ReasonEntry], material: Material) -> Words:
    """Return the words for the compliance of a row, given its reasons; never a bare name of a state."""
    code = row.compliance
    if code is None:
        return (_nothing(commitment, row, material),)
    if code == "none_recorded":
        absent = any(reason.code == "withheld" for reason in why)
        beside = "; records that may matter here are withheld or erased" if absent else ""
        return (looked_at(material.looked_at, material.audience) + beside,)
    first = _past(why, material) if code == "overdue" else _FIRST.get(code, wording.plain(code))
    after = {
        "breached": _by_whom(why, material),
        "disputed": _open(row),
        "alleged": _alleged(row, why, material),
    }
    return words(
        wording.mark(code, first),
        after.get(code, ""),
        _beside(row, material),
        "" if code in after and code != "breached" else _still_open(row, why, material),
    )


def _past(why: list[ReasonEntry], material: Material) -> str:
    """Return that a deadline has passed: “overdue” only where somebody says that it was not done.

    The public is told the same whoever says so: those who are accused may not show.
    """
    told = [(r.effect, material.record(r.record)) for r in why]
    omitted = [r for r in told if getattr(r[1], "act", None) == OMISSION]
    saying = [r.speaker for effect, r in omitted if r is not None and effect in _WEIGHED]
    if saying and material.audience != "public":
        return f"overdue: not done, as {listed(dict.fromkeys(map(material.names.party, saying)))} says"
    if material.audience == "public" or omitted or any(isinstance(r, Performance) for _, r in told):
        return f"past its date, no established performance {material.present}"
    return f"past its date, nothing {material.present}"


def _still_open(row: RowEntry, why: list[ReasonEntry], material: Material) -> str:
    """Return what is open beside an established breach, a missed deadline or what was made good."""
    effects = {r.effect for r in why if r.record is not None}
    said = ["disputed"] if "disputed" in effects else []
    if "alleged" in effects:
        said.append(f"alleged{_accusers(row, why, material)}")
    if not said and not row.open:
        return ""
    return f"; not determined: {', '.join(said) or 'what was done'}{_open(row)}"


def not_yet(row: RowEntry, material: Material) -> bool:
    """Tell whether a row hangs on a rule that this version does not apply (a problem says so)."""
    return any(
        problem.code == "not_yet" and row.commitment in (problem.record, *_terms(problem.what or ""))
        for problem in material.data.problems
    )


def _nothing(commitment: Commitment, row: RowEntry, material: Material) -> str:
    """Return why a row has no compliance: the first reason that applies."""
    reasons = (
        (not_yet(row, material), "not assessed: it hangs on a rule that this version does not apply yet"),
        (commitment.duty == "permit", "a permission: it can be used, not breached"),
        (commitment.hortatory, "a call: it binds nobody, so it is never breached or overdue"),
        (row.phase == "pending", "not yet started: nothing is owed"),
        (row.phase in ("lapsed", "released"), "never started: nothing was owed"),
        (
            material.audience == "public" and row.owed_by is not None,
            _established(row, material) + "; allegations are not shown by name to the public",
        ),
    )
    return next((text for applies, text in reasons if applies), "not assessed")


def _established(row: RowEntry, material: Material) -> str:
    """Return what a row of which the public may not know more holds for certain."""
    if not row.breaches:
        return f"no established breach {material.present}"
    return f"{counted(row.breaches, 'breach', 'breaches')} established, made good"


def _terms(text: str) -> list[str]:
    return [word.strip("'\"“”‘’.,:;()") for word in text.split()]


def _by_whom(why: list[ReasonEntry], material: Material) -> str:
    """Return which mechanism determined the breaches of a row: that of its own agreement."""
    breaches = (material.judged(r.record, r.commitment) for r in why if r.effect == "breach")
    mechanisms = dict.fromkeys(c.mechanism for c in breaches if c is not None and c.mechanism)
    if not mechanisms:
        return ""
    return f" (determination of the {listed(material.names.mechanism(m) for m in mechanisms)})"


def _alleged(row: RowEntry, why: list[ReasonEntry], material: Material) -> str:
    """Return who alleges it, and how many claims are open."""
    return f"{_accusers(row, why, material)}, not determined{_open(row)}"


def _accusers(row: RowEntry, why: list[ReasonEntry], material: Material) -> str:
    """Return who alleges it: by name, or by published counts."""
    records = dict.fromkeys(r.record for r in why if r.effect == "alleged" and r.record is not None)
    claims = {record: material.judged(record, row.commitment) for record in records}
    accusers: dict[str, bool] = {}
    for claim in claims.values():
        for member in statements.alleging(claim, row.owed_by, material) if claim else ():
            gone = claim is not None and statements.taken_back(claim, material)
            accusers[member] = accusers.get(member, True) and gone
    by = [
        material.names.party(member) + (f" (on a report {statements.WITHDRAWN})" if gone else "")
        for member, gone in accusers.items()
    ]
    if tallies := sum(claim is None for claim in claims.values()):
        by.append(f"{counted(tallies, 'published count')} above zero")
    return f" by {listed(by)}" if by else ""


def _open(row: RowEntry) -> str:
    return f" ({counted(row.open, 'claim')} open)" if row.open else ""


def _beside(row: RowEntry, material: Material) -> str:
    """Return what is counted beside the first word: breaches, and whether one is going on; what was ruled."""
    said = [counted(row.breaches, "breach", "breaches")] if row.breaches else []
    if row.ruled:
        said.append(f"ruled in aggregate: {'; '.join(_ruled(one, material) for one in row.ruled)}")
    if row.ongoing:
        said.append("going on")
    return f"; {', '.join(said)}" if said else ""


def _ruled(ruling: RulingEntry, material: Material) -> str:
    """Return how many acts a ruling in aggregate is on, and whose it is: at least 12 (by the mission)."""
    record = material.record(ruling.record)
    since = ""
    if isinstance(record, Tally) and record.cumulative and isinstance(record.period, Lasting):
        since = f", since {material.occurred(record.period.start, record.timezone)}"
    by = f"by {material.names.party(record.speaker)}" if record is not None else "body not held here"
    return f"{'at least ' if ruling.at_least else ''}{ruling.count_:,} ({by}{since})"
