"""The reasons of a row as sentences a diplomat can read (design §11, `.why`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ceasefire.assessment.codes import REASONS
from ceasefire.assessment.reasons import EFFECTS, reasons
from ceasefire.assessment.scope import WITHIN
from ceasefire.clock import iso
from ceasefire.record import Incident

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ceasefire.agreement.terms import Party
    from ceasefire.assessment.determined import Determined
    from ceasefire.assessment.reasons import Reason
    from ceasefire.assessment.result import Assessment
    from ceasefire.assessment.rows import Row

_COMPLIANCE = {
    "breached": "a breach is established",
    "overdue": "what was owed is overdue",
    "disputed": "what is said is disputed",
    "alleged": "a breach is alleged, and not settled",
    "remedied": "what was breached or overdue was made good",
}


def sentences(status: Assessment, row: Row, entry: Mapping[str, Any], record: str | None) -> Iterator[str]:
    """Yield what the row is, then each reason; or only what concerns one record."""
    if record is None:
        yield _standing(status, row, entry)
    found = [r for r in reasons(row) if record in (None, r.record)]
    for reason in found:
        yield _sentence(status, reason)
    if record is not None and not found:
        yield _elsewhere(status, row, record)


def _standing(status: Assessment, row: Row, entry: Mapping[str, Any]) -> str:
    commitment = status.world.commitments[row.commitment]
    who = " and ".join(_name(status.world.parties, p) for p in (row.owed_by or "").split("+") if p)
    of_whom = f"of {who}" if who else "of nobody in particular"
    since = f" since {entry['phase_from']}" if entry["phase_from"] else ""
    due = f", due {entry['due']}" if entry["due"] else ""
    kept = entry["compliance"]
    if kept == "none_recorded":
        how = f"no breach recorded ({status.outcome.known.count} records looked at)"
    elif kept is None:
        how = "its compliance is not judged in this phase or for this kind of commitment"
    else:
        how = _COMPLIANCE[kept]
    clause = f", clause {commitment.clause}" if commitment.clause else ""
    what = f"{commitment.title or commitment.id} ({row.commitment}{clause})"
    return f"{what}, {of_whom}: {row.phase}{since}{due}; {how}."


def _sentence(status: Assessment, reason: Reason) -> str:
    what = EFFECTS.get(reason.effect, reason.effect.replace("_", " "))
    if reason.record is None:
        return f"{iso(reason.at)}: {what}: {REASONS[reason.code]}."
    return f"{iso(reason.at)}: {_statement(status, reason.record)} {_verb(reason)}: {REASONS[reason.code]}."


def _verb(reason: Reason) -> str:
    what = EFFECTS.get(reason.effect, reason.effect.replace("_", " "))
    return (
        what if reason.effect in ("breach", "alleged", "disputed", "remedied", "not_counted") else f"– {what}"
    )


def _statement(status: Assessment, record: str) -> str:
    """Return a record with whose statement it is and, for a claim, its determination beside any name."""
    claim = _claim(status, record)
    said = status.records.get(record)
    if said is None:
        return record
    by = _name(status.world.parties, said.speaker or "")
    if claim is None:
        return f"{record} ({said.kind} by {by})"
    text = f"{record} ({said.kind} stated by {by}, {claim.determination.replace('_', ' ')}"
    if claim.attributed:
        names = ", ".join(_name(status.world.parties, p) for p in claim.attributed)
        text += f", attributed to {names}"
    elif claim.accused:
        names = ", ".join(_name(status.world.parties, p) for p in claim.accused)
        text += f", {names} named, attribution not determined"
    return text + ")"


def _elsewhere(status: Assessment, row: Row, record: str) -> str:
    """Return why a record that is no reason of the row does not concern it."""
    commitment = status.world.commitments[row.commitment]
    claim = _claim(status, record, commitment.agreement)
    if record not in status.records:
        return (
            f"{record} is not among the records of this assessment: not known then, or not occurred by then."
        )
    if claim is None:
        return f"{_statement(status, record)} is not judged under {commitment.agreement}."
    if claim.counts_as != record:
        return f"{_statement(status, record)} reports the same act as {claim.counts_as}, which counts for it."
    weighed = status.outcome.weighed.get(row.commitment)
    if weighed is not None and isinstance(claim.entry.record, Incident):
        heard = next(h for h in status.outcome.heard if h.agreement.id == commitment.agreement)
        scope = status.outcome.scoping(heard).of(claim, commitment, weighed.course.window, status.as_of)
        why = REASONS["not_bound"] if scope.value == WITHIN else REASONS[scope.code]
        return f"{_statement(status, record)} does not count here: {why}."
    return f"{_statement(status, record)} does not concern this row."


def _claim(status: Assessment, record: str, agreement: str | None = None) -> Determined | None:
    for heard in status.outcome.heard:
        if agreement in (None, heard.agreement.id):
            for claim in heard.claims:
                if claim.id == record:
                    return claim
    return None


def _name(parties: Mapping[str, Party], party: str) -> str:
    known = parties.get(party)
    return known.name if known is not None and known.name else party
