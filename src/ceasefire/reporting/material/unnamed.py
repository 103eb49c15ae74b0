"""The lists of a public report: no accused name where no determination names it (docs/reports.md).

Names are taken from the lists themselves, so that no format, JSON included, can
print them. A name also shows through a difference: in the row that is alleged where
the others are not, in a record that only the accused would write, in the commitments
an act falls under. So where an incident accuses anyone whom nobody has determined,
every row it could hide among says as little as the next: a public report is the same
whoever of those bound is accused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from ceasefire.assessment import reason_entries
from ceasefire.instruments.values import UNIDENTIFIED
from ceasefire.record import Finding
from ceasefire.reporting.material.incidents import accused_by, bearers_of, incidents, judged, voices_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from ceasefire.assessment import Reason
    from ceasefire.assessment.result.entries import (
        ClaimEntry,
        Lists,
        PositionEntry,
        ProblemEntry,
        ResponseEntry,
        RowEntry,
        TallyEntry,
    )
    from ceasefire.instruments.terms import Agreement
    from ceasefire.record.kinds import Record
    from ceasefire.reporting.material.incidents import Incidents, Judged, Reasons

#: Questions whose answers say nothing on who did it.
_NAMELESS: Final = frozenset({"outcome", "same_as", "severity", "ended"})
#: What an incident does to the row of a named bearer only because that bearer is accused.
_ACCUSING: Final = frozenset({"alleged", "disputed", "not_counted"})
#: What a row may be called, where an allegation against its bearer may not show.
_TOLD: Final = frozenset({None, "breached", "overdue"})
_EMPTY: Final[frozenset[str]] = frozenset()


def unnamed(
    data: Lists, reasons: Reasons, agreements: Iterable[Agreement], records: Mapping[str, Record]
) -> tuple[Lists, Reasons, frozenset[Judged], frozenset[str]]:
    """Return lists and reasons without undetermined names, incidents without names, records without text.

    Of an incident that several agreements judge, each determination names for itself.
    """
    agreements = tuple(agreements)
    voices = voices_of(agreements)
    known = incidents(data, reasons, records, agreements)
    accusing = any(_accuses(data.positions, records, record) for record in known.untold)
    bearers = bearers_of(agreements) | _in_breach(reasons, known)
    rows = tuple(
        _alike(r) if accusing and r.owed_by is not None else r
        for r in data.commitments
        if r.owed_by is None or (r.commitment, r.owed_by) in bearers
    )
    kept = {(r.commitment, r.owed_by) for r in rows}
    everybody = frozenset().union(*voices.values())
    responses = tuple(_response(r, known, everybody) for r in data.responses)
    hushed = {r.record for r in data.responses if r.record is not None} - {r.record for r in responses}
    why = {
        row: tuple(r for r in several if r.record not in hushed and _tellable(r, row, records, known))
        for row, several in reasons.items()
        if row[1] is None or row in kept
    }
    shown = data.replaced(
        commitments=rows,
        spans=tuple(
            replace(s, open=None) if accusing and s.owed_by is not None else s
            for s in data.spans
            if (s.commitment, s.owed_by) in kept
        ),
        reasons=tuple(reason_entries(why.items())),
        claims=tuple(_claim(c, known) for c in data.claims if c.record not in hushed),
        tallies=tuple(_tally(t, known) for t in data.tallies),
        positions=tuple(
            p for p in data.positions if p.record not in hushed and _impersonal(p, known, voices)
        ),
        cases=tuple(c for c in data.cases if c.record not in hushed),
        responses=responses,
        problems=tuple(_problem(p, records, hushed) for p in data.problems if not _reply(p.record, known)),
    )
    return shown, why, known.nameless, _wordless(records, known)


def _in_breach(reasons: Reasons, known: Incidents) -> frozenset[tuple[str, str]]:
    """Return the rows of those determined to be in breach.

    A member of a bearer has a row where it is only accused, too: that one is not kept.
    """
    return frozenset(
        (name, owed_by)
        for (name, owed_by), why in reasons.items()
        if owed_by is not None
        and any(r.effect == "breach" and owed_by in known.culprits.get(judged(r, name), ()) for r in why)
    )


def _tellable(
    reason: Reason, row: tuple[str, str | None], records: Mapping[str, Record], known: Incidents
) -> bool:
    """Tell whether a reason names nobody; findings that did not count stand with the positions."""
    return not isinstance(records.get(reason.record or ""), Finding) and _nameable(reason, row, known)


def _wordless(records: Mapping[str, Record], known: Incidents) -> frozenset[str]:
    """Return the incidents whose words may name somebody who is not named, and what answers to them."""
    wordless = {
        r
        for r in known.judged
        if r in known.untold
        or not (known.clears(r, everywhere=True) or accused_by(records.get(r)) <= known.names(r))
    }
    # Whoever answers to such an act may name those who are accused of it.
    return frozenset(wordless | {r for r in known.about if known.concerns(r) in wordless})


def _alike(row: RowEntry) -> RowEntry:
    """Return a row of a named bearer that looks the same whether or not it is accused."""
    told = row.compliance if row.compliance in _TOLD else None
    return replace(row, compliance=told, open=None)


def _nameable(reason: Reason, row: tuple[str, str | None], known: Incidents) -> bool:
    """Tell whether a reason of a row accuses nobody whom no determination names."""
    commitment, owed_by = row
    if owed_by is None:
        return True
    pair = judged(reason, commitment)
    if pair not in known.culprits or reason.effect not in _ACCUSING:
        return True
    # Who is cleared is named with it; not whom others named, of whom nothing is told.
    return pair in known.acquitted and not known.cleared.get(pair[0], _EMPTY).isdisjoint(owed_by.split("+"))


def _claim(claim: ClaimEntry, known: Incidents) -> ClaimEntry:
    """Return a claim without those it is attributed to, and without the duties that tell whose it is."""
    pair = (claim.record, claim.agreement)
    if pair not in known.nameless and (pair not in known.refuted or pair[0] in known.lone):
        return claim
    nobody = tuple(p for p in claim.attributed_to if p == UNIDENTIFIED)
    return replace(claim, attributed_to=nobody, under=())


def _tally(tally: TallyEntry, known: Incidents) -> TallyEntry:
    """Return a count without those whose acts it counts, unless determinations name every one of them."""
    record = tally.part_of or tally.record
    named = known.names(record) if record in known.judged and record not in known.untold else _EMPTY
    return tally if frozenset(tally.accused) <= named else replace(tally, accused=())


def _impersonal(position: PositionEntry, known: Incidents, voices: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether a position names only whom the mechanism names, and is no reply of an accused."""
    record, mechanism, member = position.record, position.mechanism, position.member
    if record not in known.judged:
        return True
    if not any(member in several for several in voices.values()):
        return False
    if position.question in _NAMELESS:
        return True
    if position.question != "attributed_to":
        return False
    parties = set(position.answer.split(";")) - {UNIDENTIFIED}
    if not parties <= known.named.get((record, position.agreement), _EMPTY):
        return False
    # Where another agreement leaves it open, only those speak who have no say there.
    accusing = known.unsettled.get(record)
    return not parties or accusing is None or member in voices.get(mechanism or "", _EMPTY) - accusing


def _response(response: ResponseEntry, known: Incidents, voices: Collection[str]) -> ResponseEntry:
    """Return a response without those whom only an allegation would bring into it."""
    incident = known.concerns(response.to)
    if incident is None:
        return response
    if incident in known.untold:
        return _of_nobody(response)
    if known.clears(incident):
        return response
    named = known.names(incident) | frozenset(voices)
    if response.by in named:
        return response if response.addressee in (None, *named) else _unasked(response)
    return _of_nobody(response)


def _of_nobody(response: ResponseEntry) -> ResponseEntry:
    """Return a response whose author may not be named."""
    return _unasked(replace(response, record=None, by=None))


def _unasked(response: ResponseEntry) -> ResponseEntry:
    """Return a response whose addressee may not be named.

    Whether an answer came would tell, beside the answers, of whom it was asked.
    """
    return replace(response, addressee=None, state=None)


def _problem(problem: ProblemEntry, records: Mapping[str, Record], hushed: Collection[str]) -> ProblemEntry:
    """Return a problem without the id of a record that only an accused would write."""
    if problem.record in records and problem.record not in hushed:
        return problem
    return replace(problem, record=None)


def _reply(record: str | None, known: Incidents) -> bool:
    """Tell whether a record, itself no incident, is about one of which nobody may be named."""
    return record not in known.judged and known.concerns(record) in known.untold


def _accuses(positions: Iterable[PositionEntry], records: Mapping[str, Record], record: str) -> bool:
    """Tell whether an incident accuses anyone, by its author or in a member's view."""
    if accused_by(records.get(record)):
        return True
    return any(p.record == record and p.question not in _NAMELESS for p in positions)
