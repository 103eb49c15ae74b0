"""The reasons of a row as sentences a diplomat can read (docs/library.md).

Every name comes with its determination, every time as the local day and in UTC;
what comes from files and records is shown as data (`visible`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.assessment.codes import IN_AGGREGATE, REASONS, looked_at, present
from ceasefire.assessment.knowledge.tallies import above_zero
from ceasefire.assessment.result.cases import awaiting
from ceasefire.assessment.result.lists import row_reasons
from ceasefire.assessment.result.reasons import EFFECTS, FURTHER
from ceasefire.assessment.scope.timing import timed, timing
from ceasefire.assessment.world.certainty import YES
from ceasefire.errors import with_article
from ceasefire.record import Decision, Incident, Tally
from ceasefire.times_in_words import instant_words, occurrence_words
from ceasefire.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ceasefire.assessment.determination.claims import DeterminedClaim
    from ceasefire.assessment.obligations.rows import Row
    from ceasefire.assessment.result.entries import RowEntry
    from ceasefire.assessment.result.reasons import Reason
    from ceasefire.assessment.result.view import View
    from ceasefire.instruments.terms import Commitment
    from ceasefire.record import Record

_COMPLIANCE: Final = {
    "breached": "a breach is established",
    "disputed": "what is said about it is disputed",
    "alleged": "a breach is alleged, and not settled",
    "remedied": "what was breached or overdue was made good",
}
#: What a claim is, after its determination, where the plain word will not do.
_DETERMINED: Final = {
    "withdrawn": "withdrawn by its author",
    "duplicate": "another report of an act that counts once",
    "under_review": "under review",
}
#: The same of acts that were found to be breaches as a total.
_IN_AGGREGATE: Final = "They count as breaches here"
#: What a claim is to a row; the other effects say what moved the row.
_WEIGHED: Final = {
    "breach": "It counts as a breach here",
    "alleged": "It is open here",
    "disputed": "It is disputed here",
    "not_counted": "It does not count here",
}


def sentences(status: View, row: Row, entry: RowEntry, record: str | None) -> Iterator[str]:
    """Yield what the row is, then each reason; or only what concerns one record."""
    if record is None:
        yield _standing(status, row, entry.compliance)
    found = [r for r in row_reasons(status, row) if record in (None, r.record)]
    for reason in found:
        yield _sentence(status, row, reason)
    if record is not None and not found:
        yield _elsewhere(status, row, record)


def _standing(status: View, row: Row, compliance: str | None) -> str:
    commitment = status.world.commitments[row.commitment]
    clause = f" (clause {visible(commitment.clause)})" if commitment.clause else ""
    who = party_names(status, (row.owed_by or "").split("+")) or "nobody in particular"
    phase = row.phase.replace("_", " ")
    since = f" since {instant_words(row.moves[-1].at, status.timezone)}" if row.moves else ""
    due = f", due {instant_words(row.due, status.timezone)}{_postponed(row)}" if row.due is not None else ""
    how = _past_its_date(row) or how_kept(status, compliance)
    return f"“{visible(commitment.title or commitment.id)}”{clause}, {who}: {phase}{since}{due}; {how}."


def _past_its_date(row: Row) -> str | None:
    """Return how a row is kept that is disputed or alleged only because something passed; else None."""
    counts, unsettled = row.counts, row.unsettled
    if row.compliance not in ("disputed", "alleged") or not unsettled or row.tallies:
        return None
    if counts.disputed or counts.alleged:
        return None
    what = "what was owed is past its date" if row.late is not None else "a period is over"
    how = "it is open" if row.compliance == "disputed" else "it is unclear"
    return f"{what}, and {how} whether it was done in time"


def _postponed(row: Row) -> str:
    """Return by which decision a deadline is when it is, if one has moved it."""
    by = row.obligation.life.postponed_by
    return "" if by is None else f" (postponed by {visible(by)})"


def how_kept(status: View, compliance: str | None) -> str:
    """Return how a commitment is kept, in words; of silence no more than how much was looked at.

    That a date has passed is no statement of anybody's that something was not done.
    """
    if compliance == "none_recorded":
        return looked_at(status.looked_at, status.shown_to)
    if compliance == "overdue":
        return f"past its date, with no established performance {present(status.shown_to)}"
    return _COMPLIANCE.get(compliance or "", "whether it is kept is not judged")


def _sentence(status: View, row: Row, reason: Reason) -> str:
    """Return one reason: what is said and by whom, what it does to the row, and why."""
    if reason.record is None and reason.code == "withheld":
        return f"{FURTHER}."
    when, why = instant_words(reason.at, status.timezone), REASONS[reason.code]
    if reason.effect in _WEIGHED and reason.record is not None:
        agreement = status.world.commitments[row.commitment].agreement
        because = reason.besides if reason.code == "open" else f": {why}{reason.besides}"
        weight = _IN_AGGREGATE if reason.code == IN_AGGREGATE else _WEIGHED[reason.effect]
        weight = f"It {reason.says}" if reason.says else weight
        return f"{_statement(status, reason.record, agreement)}. {weight}{because}."
    what = EFFECTS[reason.effect]
    if reason.effect == "remedied":
        good = [breach for breach, cure in row.remedied.items() if cure.record == reason.record]
        what = f"{' and '.join(map(visible, good)) or 'a missed period'} made good"
    what = f"{when[:1].upper()}{when[1:]}: {what} – {why}."
    if reason.record is None:
        return what
    alone = reason.code == "by_notice"  # it stands by itself, whatever is determined of it
    return f"{what} By {_statement(status, reason.record, alone=alone)}."


def open_claims(status: View) -> list[str]:
    """Return the claims of which not all is determined, in a sentence each: what is said, and by whom.

    Of an incident that took place, by whom may be open.
    """
    found = []
    for claim in (c for heard in status.outcome.heard for c in heard.claims):
        record = claim.entry.record
        by_nobody = claim.established and isinstance(record, Incident) and not claim.ruling.settled
        if not claim.counts_itself or not (claim.open or by_nobody):
            continue
        act = status.world.acts.get(getattr(record, "act", None) or "")
        zone = status.world.zones.get(getattr(record, "zone", None) or "")
        what = [visible(one.name or one.id) for one in (act, zone) if one is not None]
        found.append(
            f"{', '.join(what)}{': ' if what else ''}{_statement(status, claim.id, claim.agreement)}."
        )
    return list(dict.fromkeys(found))


def _statement(status: View, record: str, agreement: str | None = None, *, alone: bool = False) -> str:
    """Return a record with whose statement it is and, for a claim, what was determined of it."""
    said, claim = status.records.get(record), _claim(status, record, agreement)
    if said is None:
        return visible(record)
    when = getattr(said, "occurred", None) or getattr(said, "period", None)
    of = f" of {occurrence_words(when, status.timezone, said.timezone)}" if when is not None else ""
    verb = "reported" if claim is not None else "stated"
    what = f"{_kind(said)}{of} {verb} by {_name(status, said.speaker)}"
    if claim is None or alone:
        named = [f"{_name(status, party)} (alleged)" for party in getattr(said, "accused", ())]
        return f"{visible(record)}, {what}" + (f". Named: {'; '.join(named)}" if named else "")
    return f"{visible(record)}, {what}, {_determination(status, claim)}"


def _kind(said: Record) -> str:
    """Return what a record is; a ruling in aggregate with how many acts it is on."""
    if not isinstance(said, Tally) or not said.ruled:
        return with_article(said.kind)
    at_least = "at least " if said.at_least else ""
    return f"a ruling in aggregate on {at_least}{said.count:,} {'act' if said.count == 1 else 'acts'}"


def _determination(status: View, claim: DeterminedClaim) -> str:
    word = claim.determination
    text = f"is {_DETERMINED.get(word, word)}"
    if claim.entry.withdrawn and claim.counts_itself:
        text = f"withdrawn by its reporter, {text}"
    ruling = claim.ruling
    if ruling.settled:
        mechanism = claim.mechanism
        by = visible(mechanism.name or mechanism.id) if mechanism is not None else "no mechanism"
        text += f" and attributed to {party_names(status, ruling.attributed)} (determination of: {by})"
    elif ruling.accused and (claim.open or claim.established) and status.shown_to != "public":
        beside = "alleged" if claim.open else "alleged; the act is established, by whom is not decided"
        text += ". Named: " + "; ".join(f"{_name(status, party)} ({beside})" for party in ruling.accused)
    waiting = dict.fromkeys(one.partition(": ")[0] for one in awaiting(claim) if one.endswith(": outcome"))
    if claim.open and waiting:
        there = present(status.shown_to)
        none = "Still to answer" if there == "recorded" else f"No answer {there} of"
        text += f". {none}: {party_names(status, waiting)}"
    return text


def _elsewhere(status: View, row: Row, record: str) -> str:
    """Return why a record that is no reason of the row does not concern it."""
    commitment = status.world.commitments[row.commitment]
    said, claim = status.records.get(record), _claim(status, record, commitment.agreement)
    if said is None or record in status.outcome.known.idle:
        return _without_effect(status, record)
    statement = _statement(status, record, commitment.agreement)
    if claim is None:
        return f"{statement}. It does not count here: {_no_claim(row, said, commitment.agreement)}."
    if claim.counts_as != record:
        return f"{statement}. It counts under {visible(claim.counts_as)}."
    if isinstance(said, Incident | Tally):
        return f"{statement}. It does not count here: {_not_here(status, row, claim)}."
    if isinstance(said, Decision) and _meant(status, said, commitment):
        return f"{statement}. It has moved no phase of this row."
    return f"{statement}. It does not concern this row."


def _meant(status: View, said: Decision, commitment: Commitment) -> bool:
    """Tell whether a decision is on a commitment, or on the agreement it stands in."""
    if said.agreement is not None:
        return said.agreement == commitment.agreement
    return status.outcome.full_name(said.commitment) == commitment.name


def _no_claim(row: Row, said: Record, agreement: str) -> str:
    if not isinstance(said, Tally) or said.ruled:
        return f"it is not judged under {visible(agreement)}"
    if not above_zero(said):
        return "only a published count above zero alleges anything"
    if said.accused:
        return "a published count that names somebody can stand on no row but that of those it names"
    if row.owed_by is not None:
        return "a published count that names nobody can stand on no row but that of nobody in particular"
    return "what was counted cannot fall under this commitment"


def _not_here(status: View, row: Row, claim: DeterminedClaim) -> str:
    """Return why an incident is on another row, if its act concerns the commitment, or why it does not.

    So with a ruling in aggregate.
    """
    said = claim.entry.record
    if isinstance(said, Tally) and not said.count:
        return "it is of no act"
    life = row.obligation.life
    heard = next(h for h in status.outcome.heard if h.agreement.id == claim.agreement)
    scoping, commitment = status.outcome.scoping(heard), life.commitment
    static = scoping.static(claim, commitment)
    scope = timed(claim, commitment, static, timing(claim, commitment, life.window, status.as_of))
    if scope.value != YES and scope.code in ("outside_act", "outside_time", "outside_zone", "suspended"):
        return REASONS[scope.code]
    if not claim.ruling.named:
        return "nobody is named for it, so it stands on the row of nobody in particular"
    settled = "attributed to" if claim.ruling.settled else "said to be by"
    return f"it is {settled} {party_names(status, claim.ruling.named)}"


def _without_effect(status: View, record: str) -> str:
    """Return why a record says nothing at all here."""
    if (code := status.outcome.known.idle.get(record)) is not None:
        return f"{visible(record)} has no effect: {REASONS[code]}."
    if record in status.outcome.known.absent:
        return f"{visible(record)} does not count here: {REASONS['withheld']}."
    where = "among the records of this assessment"
    return f"{visible(record)} is not {where}: it was not known then, or had not occurred by then."


def _claim(status: View, record: str, agreement: str | None = None) -> DeterminedClaim | None:
    several = (h for h in status.outcome.heard if agreement in (None, h.agreement.id))
    return next((h.by_id[record] for h in several if record in h.by_id), None)


def party_names(status: View, parties: Iterable[str]) -> str:
    """Return the names of parties as a list in a sentence, empty where there is none."""
    names = [_name(status, party) for party in parties if party]
    return names[0] if len(names) == 1 else " and ".join((", ".join(names[:-1]), names[-1])) if names else ""


def _name(status: View, party: str | None) -> str:
    known = status.world.parties.get(party or "")
    return visible(known.name if known is not None and known.name else party or "")
