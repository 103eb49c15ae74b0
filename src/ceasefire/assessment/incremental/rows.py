"""The rows after a few records more, found from what these bear on alone (docs/rules/index.md).

Most of what comes to a ledger is one more incident, one more finding on one, one more
count: it bears on a few rows, and what it does there is added to what they bore. So a
fresh status takes as long beside a million records as beside a thousand. All else
that a record may change – other claims, who belonged to whom, what others wait for –
is found as ever, and nothing is found here. Whatever is asked for beside the rows is
found from all records, once it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from msgspec import Struct, field
from msgspec.structs import replace

from ceasefire.assessment.determination.determine import counted_claim
from ceasefire.assessment.knowledge.forks import misfits, names_a_fork
from ceasefire.assessment.knowledge.ledger import is_known, occurred
from ceasefire.assessment.knowledge.statements import Statement, stated
from ceasefire.assessment.knowledge.tallies import by_act_and_zone, counted, plain
from ceasefire.assessment.knowledge.wordings import wordings
from ceasefire.assessment.obligations.compliance import Grounds, compliance
from ceasefire.assessment.obligations.incidents import members_named
from ceasefire.assessment.obligations.obligation import counting
from ceasefire.assessment.obligations.rows import tallies_under
from ceasefire.assessment.obligations.weighed import IncidentCounts, counts_of
from ceasefire.assessment.world.acts import OWED_IN_TIME
from ceasefire.record import (
    Absent,
    Appraisal,
    Branch,
    Correction,
    Erasure,
    Finding,
    Incident,
    Response,
    Tally,
    Withdrawal,
)
from ceasefire.record.order import chain_key, padded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ceasefire.assessment.determination.claims import DeterminedClaim
    from ceasefire.assessment.determination.determinations import Determinations
    from ceasefire.assessment.knowledge.asked import Asked
    from ceasefire.assessment.knowledge.ledger import Ledger
    from ceasefire.assessment.knowledge.wordings import Worded
    from ceasefire.assessment.obligations.obligation import Obligation
    from ceasefire.assessment.obligations.rows import Line
    from ceasefire.assessment.outcome import Evaluation
    from ceasefire.assessment.scope.scope import Scope
    from ceasefire.assessment.world.occurrence import Times
    from ceasefire.record import Record

#: More than this, and more than one for so many that were assessed, are sooner found all at once.
_FEW: Final = 16
_ONE_FOR: Final = 64


class AddedRows(Struct, kw_only=True, eq=False):
    """A few records more than an assessment in full has, and what they change of its rows.

    It is filled while it is made, by the functions below, and changed by nobody after that.
    """

    whole: Evaluation
    #: In the order in which they came.
    records: tuple[Record, ...] = ()
    #: The incidents among them, and those that findings among them are on, with when they occurred.
    incidents: dict[str, tuple[Worded, Times]] = field(default_factory=dict)
    #: All that findings say on the records that some of these are on.
    findings: dict[str, list[Statement]] = field(default_factory=dict)
    #: Claims that are determined otherwise than they were, or were not there, by agreement and record.
    claims: dict[tuple[str, str], DeterminedClaim] = field(default_factory=dict)
    #: What incidents come to on a row, where that is not what it was.
    counts: dict[tuple[str, str | None], IncidentCounts] = field(default_factory=dict)
    #: Commitments under which counts fall that came since: the row of nobody in particular is alleged.
    tallied: set[str] = field(default_factory=set)

    def lines(self) -> list[Line]:
        """Return what is listed of each row."""
        return [self._line(key) for key in self.whole.rows]

    def _line(self, key: tuple[str, str | None]) -> Line:
        row = self.whole.rows[key]
        more = key[1] is None and key[0] in self.tallied
        if key not in self.counts and not more:
            return row.line
        found = self.counts.get(key, row.counts)
        tallied = more or bool(row.tallies)
        # No lateness and no periods: of what is owed by a day, only the row of nobody comes here.
        judged = compliance(row.obligation.life, row.moves, Grounds(found, tallied=tallied))
        return replace(row, counts=found, compliance=judged).line

    def with_(self, more: Sequence[Record]) -> AddedRows:
        """Return a copy with more records, to which what they change is then added."""
        return AddedRows(
            whole=self.whole,
            records=(*self.records, *more),
            incidents=dict(self.incidents),
            findings=dict(self.findings),
            claims=dict(self.claims),
            counts=dict(self.counts),
            tallied=set(self.tallied),
        )


def fresh(before: AddedRows, more: Sequence[Record]) -> AddedRows | None:
    """Return the rows with more records; None where these may change more, or are too many for this."""
    now, asked = before.with_(more), before.whole.asked
    ledger, unmet = before.whole.outcome.basis.ledger, before.whole.unmet
    held = ledger.held
    several = len(now.records)
    if several > _FEW and several * _ONE_FOR > len(held):
        return None
    if not asked.chains.plain or any(map(_rare, more)) or not _certain(asked, ledger, now.records):
        return None
    if len({record.own_id for record in now.records}) < several:
        return None
    known = [record for record in more if is_known(record, asked.known_at)]
    if any(record.own_id in held or record.own_id in unmet for record in known):
        return None
    return now if all(_added(now, record) for record in known) else None


def _added(now: AddedRows, record: Record) -> bool:
    """Add what a record changes of the rows; False where it may change more."""
    match record:
        case Incident(same_as=None):
            return _incident(now, record)
        case Finding(same_as=None):
            return _finding(now, record)
        case Tally(answers=None) if plain(record):
            return _tally(now, record)
        case Response():
            return record.step != "remedy"
        case _:
            return isinstance(record, Appraisal)


def _incident(now: AddedRows, record: Incident) -> bool:
    basis, name = now.whole.outcome.basis, record.own_id
    entry = wordings({name: record}).by_id[name]
    times = cast("Times", occurred(entry, basis.world.timezone))  # an incident always has
    if times.last > now.whole.asked.as_of:
        return False
    now.incidents[name] = entry, times
    courts = basis.courts.agreements_of(record)
    return all(
        _judged(now, heard, entry, times, None)
        for heard in now.whole.outcome.heard
        if heard.agreement.id in courts
    )


def _finding(now: AddedRows, record: Finding) -> bool:
    """Add a finding; what it is on must stand for itself alone, in the wording it had at first."""
    basis, known, on = now.whole.outcome.basis, now.whole.outcome.known, record.on
    if on in known.times:
        now.incidents.setdefault(on, (known.wordings.by_id[on], known.times[on]))
    if on not in now.incidents or on in now.whole.linked:
        return False
    entry, times = now.incidents[on]
    if not isinstance(entry.record, Incident) or entry.withdrawn or entry.corrections:
        return False
    several = [*now.findings.get(on, basis.findings.get(on, [])), stated(record)]
    now.findings[on] = sorted(several, key=lambda one: (one.record.author, chain_key(one.record)))
    judged = [
        (heard, claim)
        for heard in now.whole.outcome.heard
        if (claim := now.claims.get((heard.agreement.id, on)) or heard.by_id.get(on)) is not None
    ]
    return all(_judged(now, heard, entry, times, claim) for heard, claim in judged)


def _tally(now: AddedRows, record: Tally) -> bool:
    asked, outcome = now.whole.asked, now.whole.outcome
    counts = counted(wordings({record.own_id: record}), outcome.basis.world.timezone)
    several = by_act_and_zone(one for one in counts if one.last <= asked.as_of)
    for heard in outcome.heard:
        materials = replace(outcome.materials[heard.agreement.id], tallies=several)
        now.tallied.update(
            commitment.name
            for commitment in heard.agreement.commitments
            if (obligation := outcome.obligations.get(commitment.name)) is not None
            and tallies_under(obligation, materials)
        )
    return True


def _judged(
    now: AddedRows, heard: Determinations, entry: Worded, times: Times, before: DeterminedClaim | None
) -> bool:
    """Determine a claim that stands for itself; what it does on rows takes the place of what it did."""
    name, outcome = entry.id, now.whole.outcome
    said = {name: now.findings.get(name, ())}
    proceedings = replace(heard.proceedings, findings=said, times={name: times})
    claim = counted_claim(proceedings, entry, (), heard.groups)
    now.claims[heard.agreement.id, name] = claim
    scoping = outcome.materials[heard.agreement.id].scoping
    was = {} if before is None else {under: (before, static) for under, static in scoping.reached(before)}
    then = {under: (claim, static) for under, static in scoping.reached(claim)}
    return all(
        _on_commitment(now, outcome.obligations[under], was.get(under), then.get(under))
        for under in dict.fromkeys((*was, *then))
        if under in outcome.obligations
    )


def _on_commitment(
    now: AddedRows,
    obligation: Obligation,
    was: tuple[DeterminedClaim, Scope] | None,
    then: tuple[DeterminedClaim, Scope] | None,
) -> bool:
    """Put what a claim does on the rows of a commitment in the place of what it did there."""
    commitment, responsibility = obligation.life.commitment, obligation.responsibility
    if commitment.duty in OWED_IN_TIME:
        return False  # what was not done hangs on what was
    before, after = (set() if one is None else members_named(responsibility, *one) for one in (was, then))
    if not before <= after <= responsibility.members.items():
        return False  # other members may have rows
    gone, come = ([] if one is None else counting(responsibility, *one) for one in (was, then))
    breaches = [incident for incident in (*gone, *come) if incident.effect == "breach"]
    if breaches and commitment.name in now.whole.waited_for:
        return False
    for incident, times in (*((one, -1) for one in gone), *((one, 1) for one in come)):
        key = (commitment.name, incident.row)
        good = now.whole.outcome.made_good.made_good(obligation, [incident], incident.row)
        known = now.counts.get(key) or now.whole.rows[key].counts
        now.counts[key] = known.with_(counts_of(incident, good, responsibility.as_of), times)
    return True


def _rare(record: Record) -> bool:
    """Tell whether a record may change how others are called, or is none that can be assessed."""
    unnamed = record.id is None or record.by is None
    return (
        unnamed
        or isinstance(record, Absent | Branch | Erasure)
        or names_a_fork(record)
        or padded(record.own_id)
    )


def _certain(asked: Asked, ledger: Ledger, more: Sequence[Record]) -> bool:
    """Tell whether each record is called the same with the new ones as without them, and is like no other.

    Each has an id of its own, and none names a fork, before them and among them.
    """
    if ledger.padded:
        return False
    if any(
        r.author in asked.chains.sealing and isinstance(r, Finding | Correction | Withdrawal) for r in more
    ):
        return False  # under no seal it changes nothing that is under one
    if any(record.proof is not None for record in more):
        # what is not known yet at `known_at` has a number in its chain all the same
        return asked.known_at is None and _fit(asked, ledger.held, more)
    return True


def _fit(asked: Asked, held: Mapping[str, Record], more: Sequence[Record]) -> bool:
    """Tell whether each new record follows the one before it, and no seal vouches for another."""
    new = {record.own_id: record for record in more}
    near = dict(new)
    heads = {(seal.author, seal.length): seal.head for seal in asked.vouched.seals}
    for record in more:
        if (proof := record.proof) is None:
            continue
        if heads.get((record.author, proof.number), proof.hash) != proof.hash:
            return False
        for number in (proof.number - 1, proof.number + 1):
            name = f"{record.by}/{number}"
            if name not in near and name in held:
                near[name] = held[name]
    return not misfits(near.values())
