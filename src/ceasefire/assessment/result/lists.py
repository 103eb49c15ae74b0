"""The flat lists of the result object, with the keys and the order of docs/rules/result.md, "The lists".

Keys are always present, null when empty. Order: agreements as in the call, then
file order, then start, then (author, number): never by hash or arrival.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from ceasefire.assessment.codes import IN_AGGREGATE
from ceasefire.assessment.knowledge.asked import before
from ceasefire.assessment.result import cases, tallies
from ceasefire.assessment.result.entries import (
    AgreementEntry,
    AppraisalEntry,
    ClaimEntry,
    ListEntry,
    MadeFrom,
    PositionEntry,
    ProblemEntry,
    Question,
    RowEntry,
    RulingEntry,
    SpanEntry,
)
from ceasefire.assessment.result.reasons import reason_entries, withheld
from ceasefire.assessment.world.acts import is_omission
from ceasefire.assessment.world.occurrence import times_of
from ceasefire.clock import DAY, SECOND, iso, tzdata_version
from ceasefire.record import Appraisal
from ceasefire.record.order import id_key, sentence_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ceasefire.assessment.determination.claims import DeterminedClaim
    from ceasefire.assessment.obligations.incidents import IncidentEffect
    from ceasefire.assessment.obligations.rows import Row
    from ceasefire.assessment.outcome import Outcome
    from ceasefire.assessment.result.entries import CaseEntry, ReasonEntry, ResponseEntry, TallyEntry
    from ceasefire.assessment.result.reasons import Reason
    from ceasefire.assessment.result.view import View
    from ceasefire.instruments.terms import Commitment

#: The number of this set of rules; it changes when the same records can give another answer.
RULES: Final = 2

#: Cells that hold a number of people as an estimate, and its figures.
PEOPLE: Final = ("killed", "injured")
ESTIMATE: Final = ("low", "best", "high")

#: Codes of an incident on a row whose scope is inside, decided or by rule.
_CERTAINLY: Final = frozenset({"by_rule", "by_finding", IN_AGGREGATE, "open"})


def asked(status: View) -> Question:
    """Return what was asked."""
    call = status.asked
    return Question(
        agreements=tuple(agreement.id for agreement in call.agreements),
        as_of=iso(call.as_of),
        known_at=_iso(call.known_at),
        since=_iso(call.since),
        relays=call.relays,
    )


def made_from(status: View) -> MadeFrom:
    """Return what the assessment was made from."""
    call = status.asked
    return MadeFrom(
        rules=RULES,
        tzdata=tzdata_version(),
        agreements=dict(digest for agreement in call.agreements for digest in agreement.digests),
        records=status.outcome.known.count,
        heads=dict(call.told.heads),
    )


def agreements(status: View) -> Iterator[AgreementEntry]:
    """Yield the state of each agreement, since when, and until when its term runs."""
    for agreement in status.agreements:
        life = status.lives[agreement.id]
        yield AgreementEntry(agreement.id, life.state, _iso(life.since), _iso(life.until))


def commitments(status: View) -> Iterator[RowEntry]:
    """Yield the rows: a commitment and one who owes it."""
    for line in status.lines:
        yield RowEntry(
            commitment=line.commitment,
            owed_by=line.owed_by,
            phase=line.phase,
            phase_from=_iso(line.phase_from),
            compliance=line.compliance,
            breaches=line.breaches,
            open=line.open,
            ongoing=line.ongoing,
            due=_iso(line.due),
            late_by=None if line.late_by is None else elapsed(line.late_by),
            ruled=tuple(RulingEntry(one.record, one.count, one.at_least) for one in line.ruled),
        )


def spans(status: View) -> Iterator[SpanEntry]:
    """Yield, with `since`, what falls into the period and into the one of equal length before it."""
    since, as_of = status.since, status.as_of
    if since is None:
        return
    bounds = (("period", since, as_of), ("previous", *before(since, as_of)))
    for row in status.outcome.rows:
        for name, first, last in bounds:
            yield SpanEntry(
                row.commitment, row.owed_by, name, iso(first), iso(last), *_within(row, first, last)
            )


def _within(row: Row, first: int, last: int) -> tuple[int, int, int]:
    """Return of a row how many breaches fall into a span, how many open claims and how many dates missed."""

    def held(instant: int) -> bool:
        return first <= instant <= last

    commitment = row.obligation.life.commitment

    def began(incident: IncidentEffect) -> bool:
        return held(_began(incident, commitment))

    still_open = {
        b.claim.id for b in row.incident_effects if b.effect in ("alleged", "disputed") and began(b)
    }
    if row.performances is not None:
        matters = set(row.open_performances)
        still_open |= {
            d.claim.id for d in row.performances.open if d.claim.id in matters and held(d.claim.times.last)
        }
    breaches = sum(1 for b in row.incident_effects if b.effect == "breach" and began(b))
    return breaches, len(still_open), sum(1 for due in row.missed if held(due))


def _began(incident: IncidentEffect, commitment: Commitment) -> int:
    """Return when an incident is counted: by the start of the act, what was not done by when it was owed."""
    omitted = is_omission(incident.claim.entry.record, commitment)
    return incident.at if omitted else incident.claim.times.last


def row_reasons(status: View, row: Row) -> list[Reason]:
    """Return the reasons of a row, those of records whose bodies are not here at the end."""
    found, known = status.reasons_of(row.commitment, row.owed_by), status.outcome.known
    if known.idle:
        found = tuple(replace(r, code=known.idle.get(r.record or "", r.code)) for r in found)
    commitment = status.outcome.obligations[row.commitment].life.commitment
    return [*found, *withheld(row, commitment, known.absent.values())]


def reason_list(status: View) -> Iterator[ReasonEntry]:
    """Return the reasons of every row."""
    rows = status.outcome.rows
    return reason_entries(((row.commitment, row.owed_by), row_reasons(status, row)) for row in rows)


def claims(status: View) -> Iterator[ClaimEntry]:
    """Yield every claim in each agreement in which it is judged."""
    by_rule, places = _inside(status.outcome), _places(status.outcome)
    for heard in status.outcome.heard:
        for claim in heard.claims:
            yield _claim(claim, by_rule.get((claim.agreement, claim.id), ()), places)


def _places(outcome: Outcome) -> dict[str, int]:
    """Return the place of each commitment in the order of the files."""
    return {name: place for place, name in enumerate(outcome.basis.world.commitments)}


def _inside(outcome: Outcome) -> dict[tuple[str, str], list[str]]:
    """Return the commitments under which incidents certainly fall, whoever is accused, in file order."""
    found: dict[tuple[str, str], list[str]] = {}
    for name, commitment in outcome.basis.world.commitments.items():
        obligation = outcome.obligations.get(name)
        effects = () if obligation is None else obligation.incident_effects
        for record in {b.claim.id for b in effects if b.code in _CERTAINLY}:
            found.setdefault((commitment.agreement, record), []).append(name)
    return found


def _claim(claim: DeterminedClaim, by_rule: Iterable[str], places: Mapping[str, int]) -> ClaimEntry:
    record, times, ruling = claim.entry.record, claim.times, claim.ruling
    decided = sorted(ruling.under, key=lambda name: (places.get(name, len(places)), name))
    return ClaimEntry(
        record=claim.id,
        wording=claim.entry.wording,
        kind=record.kind,
        by=record.author,
        said_by=record.speaker,
        from_=iso(times.first),
        until=_iso(times.until),
        agreement=claim.agreement,
        mechanism=claim.mechanism.id if claim.mechanism is not None else None,
        determination=claim.determination,
        counts_as=None if claim.determination == "withdrawn" else claim.counts_as,
        attributed_to=ruling.attributed,
        severity=ruling.severity,
        under=tuple(decided or by_rule),
        awaiting=cases.awaiting(claim),
    )


def positions(status: View) -> Iterator[PositionEntry]:
    """Yield who said what on which question about which claim, and whether it counted."""
    for heard in status.outcome.heard:
        for claim in heard.claims:
            yield from cases.positions(claim, heard.proceedings)


def tally_list(status: View) -> Iterator[TallyEntry]:
    """Yield the published counts, each with its stated parts."""
    return tallies.table(status.outcome.tallies)


def case_list(status: View) -> Iterator[CaseEntry]:
    """Yield the case of each claim that counts itself."""
    claims = (c for heard in status.outcome.heard for c in heard.claims)
    return cases.cases(claims, status.outcome.responses, relays=status.asked.relays)


def response_list(status: View) -> Iterator[ResponseEntry]:
    """Yield what was done about what, with what is due."""
    return cases.table(status.outcome, status.timezone, status.as_of)


def appraisals(status: View) -> Iterator[AppraisalEntry]:
    """Yield how far duties were carried out in someone's view: it moves nothing."""
    found = {}
    zone = status.timezone
    for entry in status.outcome.known.wordings.by_id.values():
        record = entry.record
        if not isinstance(record, Appraisal) or entry.withdrawn:
            continue
        first, last = times_of(record.period, record.timezone or zone, None).possible_part()
        found[first, id_key(entry.id), entry.id] = AppraisalEntry(
            record=entry.id,
            commitment=status.outcome.full_name(record.commitment) or record.commitment,
            owed_by=record.owed_by,
            from_=iso(first),
            until=iso(last),
            by=record.speaker,
            grade=record.grade,
        )
    for place in sorted(found):
        yield found[place]


def problem_list(status: View) -> Iterator[ProblemEntry]:
    """Yield what is odd in the data, by record; of one record and sort, by the records they are told of."""
    rows = {(p.record, p.code, p.what) for p in status.outcome.problems}
    for row in sorted(rows, key=lambda r: (id_key(r[0] or ""), r[1], sentence_key(r[2]))):
        yield ProblemEntry(*row)


#: The lists of the object, in its order.
LISTS: Final[dict[str, Callable[[View], Iterable[ListEntry]]]] = {
    "agreements": agreements,
    "commitments": commitments,
    "spans": spans,
    "reasons": reason_list,
    "claims": claims,
    "positions": positions,
    "tallies": tally_list,
    "cases": case_list,
    "responses": response_list,
    "appraisals": appraisals,
    "problems": problem_list,
}


def elapsed(us: int) -> str:
    """Return a stretch of time as an ISO 8601 duration of days, hours, minutes and seconds."""
    days, rest = divmod(us, DAY)
    seconds, fraction = divmod(rest, SECOND)
    hours, seconds = divmod(seconds, 3600)
    minutes, seconds = divmod(seconds, 60)
    shown = f"{seconds}.{fraction:06d}".rstrip("0") if fraction else str(seconds)
    parts = [(hours, f"{hours}H"), (minutes, f"{minutes}M"), (seconds or fraction, f"{shown}S")]
    clock = "".join(text for value, text in parts if value)
    date = f"{days}D" if days else ""
    return f"P{date}" + (f"T{clock}" if clock else "") if date or clock else "PT0S"


def _iso(us: int | None) -> str | None:
    return None if us is None else iso(us)


def joined(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows as tables want them: list cells joined by `;`, a number of people in three columns."""
    return [
        {name: ";".join(cell) if isinstance(cell, list) else cell for name, cell in row.items()}
        for row in columns(rows)
    ]


def columns(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield rows with a cell for each column of a table: lists of texts, and people in three columns."""
    for row in rows:
        told = {name: [*map(_told, cell)] if type(cell) is list else cell for name, cell in row.items()}
        yield told if row.keys().isdisjoint(PEOPLE) else dict(_parted(told))


def _parted(row: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, cell in row.items():
        if name in PEOPLE:
            yield from ((f"{name}_{part}", cell and cell[part]) for part in ESTIMATE)
        else:
            yield name, cell


def _told(item: Any) -> str:
    """Return an item of a list cell; of a ruling in aggregate its record and its count."""
    if not isinstance(item, dict):
        return str(item)
    return f"{item['record']}: {'at least ' if item['at_least'] else ''}{item['count']}"
