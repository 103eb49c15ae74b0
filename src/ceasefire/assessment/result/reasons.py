"""Why a row stands where it stands: the records that moved it, and why others did not.

The page of it is docs/rules/result.md. Of a record whose body is not here nothing is known but
who wrote it, when, and of what kind it is, so it moves nothing; but "no breach recorded" would say
too much where a record that was withheld may be of one, so each row that it may matter to says so
(docs/rules/compliance.md, "Records whose text is not here").
"""

from __future__ import annotations

from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from ceasefire.assessment.codes import REASONS
from ceasefire.assessment.obligations.lateness import ground
from ceasefire.assessment.result.entries import ReasonEntry
from ceasefire.assessment.world.acts import is_omission
from ceasefire.clock import iso
from ceasefire.record import Incident, Tally
from ceasefire.record.order import id_key
from ceasefire.values import Value

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from ceasefire.assessment.determination.claims import DeterminedClaim, Proceedings
    from ceasefire.assessment.obligations.incidents import IncidentEffect
    from ceasefire.assessment.obligations.measured import MeasuredPerformance
    from ceasefire.assessment.obligations.performances import Performances
    from ceasefire.assessment.obligations.rows import Row
    from ceasefire.instruments.terms import Commitment
    from ceasefire.record import Absent
    from ceasefire.record.order import IdKey

#: So many are named on a row, one by one; of the others their number is told.
MOST_WITHHELD: Final = 12
_AT: Final = attrgetter("at")
#: A reason without its words: its instant, its record, what it does and by which rule.
Bare = tuple[int, str | None, str, str]
#: Kinds that may be about anything: a finding on any claim, a decision on any commitment.
_ANYTHING: Final = frozenset({"finding", "correction", "withdrawal", "decision", "membership", "response"})


class Reason(Value):
    """One reason: which record, at which instant, did what to the row, and by which rule."""

    at: int
    record: str | None
    effect: str
    code: str
    #: What is to be known besides, as the rest of a sentence.
    besides: str = ""
    #: What it does, in words, where the effect says more than that.
    says: str = ""

    def sentence(self) -> str:
        """Return the reason as a sentence without its record and its stop."""
        return _sentence(bool(self.record), self.effect, self.code, self.besides, self.says)

    def why(self) -> str:
        """Return the reason as one sentence."""
        record = self.record
        said = _sentence(bool(record), self.effect, self.code, self.besides, self.says)
        return f"{record}: {said}." if record else f"{said}."


#: What the reason says of an open performance that nobody disputes, once what was owed is past its date.
PERHAPS_IN_TIME: Final = "is open, and may have been in time"
#: What the reason says of an act without a target, where targets are excepted.
NO_TARGET: Final = "; it names no target, so exceptions of target do not apply"
#: Stands for the records whose bodies are not here, beyond those that are named.
FURTHER: Final = "Further records are withheld or erased: what they say, and whether it matters, is not known"
EFFECTS = {
    "started": "the commitment became active",
    "started_suspended": "the commitment started while suspended",
    "cannot_start": "the commitment lapsed before it could start",
    "performed": "the duty was done",
    "suspended": "the commitment was suspended",
    "resumed": "the commitment was resumed",
    "deadline_passed": "what was owed was not established as done in time",
    "postponed": "what is due, or the end of the window, was postponed",
    "ended": "the commitment ended",
    "window_closed": "the window of the commitment closed",
    "released": "the bearer was released",
    "in_force": "the agreement entered into force",
    "breach": "counts as a breach",
    "alleged": "is alleged, and not settled",
    "disputed": "is disputed",
    "remedied": "made it good",
    "not_counted": "does not count here",
}


def reason_entries(
    rows: Iterable[tuple[tuple[str, str | None], Iterable[Reason]]],
) -> Iterator[ReasonEntry]:
    """Yield what the list `reasons` tells of rows, each given with its reasons."""
    told: dict[int, str] = {}  # what moves a row mostly moves others, too
    for (commitment, owed_by), several in rows:
        for reason in several:
            instant = reason.at
            at = told.get(instant)
            if at is None:
                at = told[instant] = iso(instant)
            yield ReasonEntry(
                commitment, owed_by, reason.record, at, reason.effect, reason.code, reason.why()
            )


def reasons(row: Row) -> list[Reason]:
    """Return the reasons of one row, in the order of time and records."""
    return _in_order([*_grounds(row, _bearings(row)), *_of_findings(row)])


def weighed(row: Row, omissions: Collection[str]) -> list[Reason]:
    """Return the reasons of one row, of incidents those that count, and these omissions; no findings."""
    counting = {b.claim.id for b in row.incident_effects}
    idle = row.obligation.effects_of(r for r in omissions if r not in counting).get(row.owed_by, ())
    return _in_order(_grounds(row, (*row.incident_effects, *idle)))


def bare(row: Row, incidents: Iterable[IncidentEffect]) -> set[Bare]:
    """Return the reasons of one row without their words and in no order, given what incidents do on it."""
    found: set[Bare] = {(i.at, i.claim.entry.id, _effect(i), i.code) for i in incidents}
    found |= {(at, tally, "alleged", "by_tally") for tally, at in row.tallies}
    found |= {(r.at, r.record, r.effect, r.code) for r in _of_row(row)}
    return found


def in_order(several: Iterable[Bare]) -> list[Bare]:
    """Return bare reasons in the order of time and records."""
    return sorted(several, key=lambda one: (one[0], id_key(one[1] or ""), one[2], one[3]))


def _grounds(row: Row, incidents: Iterable[IncidentEffect]) -> list[Reason]:
    """Return the reasons of one row but the findings that do not count, given what incidents do on it."""
    commitment = row.obligation.life.commitment
    excepted = bool(commitment.except_against or row.obligation.materials.agreement.excluded)
    found = [
        Reason(i.at, i.claim.entry.id, _effect(i), i.code,
               _besides(commitment, i.claim, i.effect, i.code) if excepted else "")
        for i in incidents
    ]  # fmt: skip
    found += _of_row(row)
    found += [Reason(at, tally, "alleged", "by_tally") for tally, at in row.tallies]
    return found


def _effect(incident: IncidentEffect) -> str:
    """Return what an incident does on a row; a ruling in aggregate is of breaches, as its code says."""
    return "breach" if incident.effect == "ruled" else incident.effect


def _of_row(row: Row) -> Iterator[Reason]:
    """Yield the reasons of one row that are neither incidents nor counts."""
    yield from (Reason(m.at, m.record, m.trigger, m.code) for m in row.moves)
    yield from (Reason(cure.at, cure.record, "remedied", "by_remedy") for cure in row.cures)
    yield from _of_doings(row)
    yield from _of_time(row)


def _in_order(several: Iterable[Reason]) -> list[Reason]:
    """Return reasons by their instant, those of one instant once each, by record, effect and code."""
    found = sorted(several, key=_AT)
    instants = [*map(_AT, found)]
    if len(set(instants)) == len(found):
        return found
    ordered: list[Reason] = []
    for _, group in groupby(found, key=_AT):
        alike = list(group)
        ordered += sorted(set(alike), key=_within_instant) if len(alike) > 1 else alike
    return ordered


def _within_instant(reason: Reason) -> tuple[IdKey, str, str]:
    return id_key(reason.record or ""), reason.effect, reason.code


def _of_time(row: Row) -> list[Reason]:
    """Return what passed without being established as done in time, and what moved it while the row lived."""
    life, over = row.obligation.life, row.over
    by = life.postponed_by
    code = "by_deadline" if row.late is not None else "by_period"
    found = [Reason(at, by, "deadline_passed", code) for at in dict.fromkeys((*row.missed, *row.unsettled))]
    moved = (e for e in life.postponements if over is None or e.at < over)
    return [*found, *(Reason(e.at, e.record, "postponed", "by_decision") for e in moved)]


def _bearings(row: Row) -> Sequence[IncidentEffect]:
    """Return what incidents do on a row, also where they do not count."""
    return row.obligation.every_incident_effect.get(row.owed_by, ())


def _besides(commitment: Commitment, claim: DeterminedClaim, effect: str, code: str) -> str:
    """Return that exceptions of target, of which there are some, do not apply: an act counts that names none.

    docs/rules/scope.md, "The target".
    """
    record = claim.entry.record
    untargeted = (
        isinstance(record, Incident | Tally) and not record.against and not is_omission(record, commitment)
    )
    by_rule = effect != "not_counted" and code != "by_finding"
    return NO_TARGET if untargeted and by_rule else ""


def _of_doings(row: Row) -> Iterator[Reason]:
    if row.performances is None:
        return
    moved, count = {m.record for m in row.moves}, row.obligation.life.commitment.count
    kept, unclear = _kept(row.performances, count), _unclear(row, row.performances, count)
    perhaps = _perhaps(row, row.performances, count)
    for done in row.performances.established:
        name = done.claim.id
        if name in kept:
            yield Reason(done.at, name, "performed", ground(done))
        if name in unclear:
            yield Reason(done.at, name, "alleged", "unclear_time")
        if not (name in moved or name in kept or name in unclear):
            code = "no_effect" if done.code == "by_performance" else done.code
            yield Reason(done.at, name, "not_counted", code)
    yield from (_of_open(row, done, perhaps) for done in row.performances.open)
    for done in row.performances.idle:
        settled = not (done.claim.established or done.claim.open)
        code = done.claim.determination if settled else done.code
        yield Reason(done.at, done.claim.id, "not_counted", code)


def _kept(performances: Performances, count: int) -> set[str]:
    """Return the performances by which periods that were owed are kept: no more of each than were owed."""
    return {name for period in performances.periods if period.owed for name in period.certain[:count]}


def _unclear(row: Row, performances: Performances, count: int) -> set[str]:
    """Return the established performances that make a row alleged: perhaps they were not in time."""
    owed = (period for period in performances.periods if period.owed and period.state(count) == "alleged")
    late = row.late is not None and row.late.state == "alleged"
    maybe = {d.claim.id for d in performances.established if d.in_time} if late else set()
    return {name for period in owed for name in period.unclear} | maybe


def _of_open(row: Row, done: MeasuredPerformance, perhaps: Collection[str]) -> Reason:
    """Return what an open performance does on a row; `perhaps` are those that may have kept it in time."""
    name = done.claim.id
    if name not in row.open_performances:
        return Reason(done.at, name, "not_counted", "no_effect")
    if done.claim.determination == "disputed":
        return Reason(done.at, name, "disputed", "open")
    if name in perhaps:
        return Reason(done.at, name, "disputed", "open", says=PERHAPS_IN_TIME)
    return Reason(done.at, name, "alleged", "open")


def _perhaps(row: Row, performances: Performances, count: int) -> set[str]:
    """Return the open performances that make a row disputed: what was owed has passed, perhaps in time."""
    owed = (period for period in performances.periods if period.owed and period.state(count) == "disputed")
    late = row.late is not None and row.late.state == "disputed"
    maybe = {d.claim.id for d in performances.open if d.in_time} if late else set()
    return {name for period in owed for name in period.open} | maybe


def _of_findings(row: Row) -> Iterator[Reason]:
    """Yield every finding on a claim of this row that counts for nothing, with why not."""
    claims = [incident.claim for incident in _bearings(row)]
    if (done := row.performances) is not None:
        claims += [one.claim for one in (*done.established, *done.open, *done.idle)]
    proceedings = row.obligation.materials.determinations.proceedings
    known = proceedings.uncounted
    for claim in claims:
        found = known[claim] if claim in known else uncounted(claim, proceedings)
        for finding, (at, code) in found.items():
            yield Reason(claim.times.last if at is None else at, finding, "not_counted", code)


def uncounted(claim: DeterminedClaim, proceedings: Proceedings) -> Mapping[str, tuple[int | None, str]]:
    """Return the findings on a claim none of whose answers counts: when written, and why not.

    A claim bears on many rows, so what is found of it is kept.
    """
    found = proceedings.uncounted.get(claim)
    if found is None:
        found = proceedings.uncounted[claim] = _uncounted(claim, proceedings)
    return found


def _uncounted(claim: DeterminedClaim, proceedings: Proceedings) -> dict[str, tuple[int | None, str]]:
    reports = claim.reports
    if claim.mechanism is None or not any(map(proceedings.findings_on, reports)):
        return {}
    answers = proceedings.answers(claim)
    counted = {answer.record for answer, counts in answers if counts}.union(reports)
    found = {said.record.own_id: (said.written, code) for _, code, said in proceedings.aside(claim)}
    idle = [answer for answer, _ in answers if answer.record not in counted]
    own = {answer.speaker for answer, _ in answers if not answer.statement.relayed} if idle else ()
    for answer in idle:
        if answer.speaker not in claim.mechanism.members:
            code = "observer"
        elif answer.statement.relayed and (not proceedings.relays or answer.speaker in own):
            code = "relay"
        else:
            code = "superseded" if answer.speaker in claim.ruling.counted else "judges_itself"
        found[answer.record] = (answer.statement.written, code)
    return {record: why for record, why in found.items() if record not in counted}


@cache
def _sentence(of_record: bool, effect: str, code: str, besides: str, says: str) -> str:
    """Return the sentence of all reasons that differ in nothing but their record and their instant."""
    if not of_record and code == "withheld":
        return FURTHER
    what = says or EFFECTS.get(effect, effect.replace("_", " "))
    return f"{what if of_record else _upper(what)} – {REASONS[code]}{besides}"


def _upper(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def withheld(row: Row, commitment: Commitment, absent: Iterable[Absent]) -> Iterator[Reason]:
    """Yield a reason for each record without its body that may matter to a row, in the order of ids."""
    matters = [record for record in absent if _may_matter(record, row, commitment)]
    matters.sort(key=lambda record: id_key(record.own_id))
    for record in matters[:MOST_WITHHELD]:
        yield Reason(_written(record), record.id, "not_counted", "withheld")
    if others := matters[MOST_WITHHELD:]:
        yield Reason(max(map(_written, others)), None, "not_counted", "withheld")


def _may_matter(record: Absent, row: Row, commitment: Commitment) -> bool:
    """Tell whether a record of this kind could move the phase or the compliance of a row."""
    if record.was in _ANYTHING:
        return True
    if record.was in ("incident", "tally"):
        return commitment.duty != "permit" and not commitment.hortatory
    if record.was == "performance":
        return row.owed_by is not None and commitment.duty in ("achieve", "recur", "permit")
    recurs = commitment.every is not None and commitment.every.event is not None
    return record.was == "event" and (commitment.when is not None or recurs)


def _written(record: Absent) -> int:
    return record.written.us if record.written is not None else 0
