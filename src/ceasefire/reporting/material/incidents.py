"""Incidents as each agreement's mechanism determined them: whom a public report may name (docs/reports.md).

So it is with rulings in aggregate, and with published counts that say whose acts they
count: these nobody determines, so whom they accuse is named nowhere.

Several agreements may judge one act, each by its own mechanism. Whom one of them
names is named; but as long as one of them leaves it open, whoever is accused there
may show nowhere, also not through what the others made of it.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from ceasefire.assessment.codes import NO_PARTY
from ceasefire.assessment.result.entries import ClaimEntry
from ceasefire.record import Membership
from ceasefire.values import Entity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ceasefire.assessment import Reason
    from ceasefire.assessment.result.entries import Lists, PositionEntry, TallyEntry
    from ceasefire.instruments.terms import Agreement
    from ceasefire.record.kinds import Record

    #: The reasons of rows, by a commitment and who owes it.
    Reasons = Mapping[tuple[str, str | None], tuple[Reason, ...]]

#: An incident, and the agreement that judges it.
Judged = tuple[str, str]


class Incidents(Entity, kw_only=True):
    """What is determined of the incidents of an assessment, each by each agreement that judges it."""

    #: The parties to whom each is attributed by determination.
    culprits: Mapping[Judged, frozenset[str]]
    #: The same with those who owe a commitment that each breaches: a breach by a member is its group's too.
    named: Mapping[Judged, frozenset[str]]
    refuted: frozenset[Judged]
    #: Incidents whose act no determination of some agreement clears or lays to anybody: those who are accused
    #: are then named nowhere, as none of them may show there. With each, those who may say so.
    unsettled: Mapping[str, frozenset[str]]
    #: Who is cleared by each that is refuted, with the groups they belong to.
    cleared: Mapping[str, frozenset[str]]
    #: Those of which nobody but their author says who did it, and by this record alone.
    lone: frozenset[str]
    #: Responses, by id, with what they are about: an incident, another response, a commitment.
    about: Mapping[str, str]

    @cached_property
    def judged(self) -> dict[str, list[str]]:
        """Every incident with the agreements that judge it."""
        found: dict[str, list[str]] = {}
        for record, agreement in self.culprits:
            found.setdefault(record, []).append(agreement)
        return found

    @cached_property
    def nameless(self) -> frozenset[Judged]:
        """Those of which it may not be told who is accused."""
        return frozenset(
            pair
            for pair, culprits in self.culprits.items()
            if not culprits and (pair not in self.refuted or pair[0] in self.unsettled)
        )

    @cached_property
    def acquitted(self) -> frozenset[Judged]:
        """Those that are refuted, of which it may be told who was accused."""
        return self.refuted - self.nameless

    @cached_property
    def untold(self) -> frozenset[str]:
        """The incidents of which it may not be told, in some agreement, who is accused."""
        return frozenset(record for record, _ in self.nameless)

    def names(self, record: str) -> frozenset[str]:
        """Return whom any determination of an incident names."""
        return frozenset().union(*(self.named[record, agreement] for agreement in self.judged[record]))

    def clears(self, record: str, *, everywhere: bool = False) -> bool:
        """Tell whether an incident is refuted, in one agreement or in every one that judges it."""
        tell = all if everywhere else any
        return tell((record, agreement) in self.refuted for agreement in self.judged[record])

    def concerns(self, record: str | None) -> str | None:
        """Return the incident a record is about, through responses to responses; itself if it is one."""
        seen: set[str] = set()
        while record is not None and record not in self.judged and record not in seen:
            seen.add(record)
            record = self.about.get(record)
        return record if record in self.judged else None


def incidents(
    data: Lists, reasons: Reasons, records: Mapping[str, Record], agreements: Sequence[Agreement]
) -> Incidents:
    """Return what the lists of an assessment, and the reasons of its rows, say on its incidents."""
    claims = [c for c in data.claims if c.kind in ("incident", "tally")]
    claims += [_undetermined(t, a.id) for t in data.tallies if accusing(t) for a in agreements]
    culprits = {(c.record, c.agreement): _attributed(c) for c in claims}
    bearers, named = bearers_of(agreements), dict(culprits)
    for row, owed_by in bearers:
        for reason in reasons.get((row, owed_by), ()):
            pair = judged(reason, row)
            if reason.effect == "breach" and pair in named:
                named[pair] |= frozenset(owed_by.split("+"))
    pointing = ((name, getattr(r, "to", None) or getattr(r, "on", None)) for name, r in records.items())
    refuted = frozenset((c.record, c.agreement) for c in claims if c.determination == "refuted")
    acts = _acts(claims)
    accusers = _accusers(acts, records, data.positions)
    speaking = Counter(act for act, _ in accusers.elements())
    cleared = [records[r] for r in dict.fromkeys(r for r, _ in refuted) if r in records]
    return Incidents(
        culprits=culprits,
        named=named,
        refuted=refuted,
        unsettled=_unsettled(claims, acts, voices_of(agreements)),
        cleared=_cleared(cleared, acts, accusers, _groups(agreements, records)),
        lone=frozenset(name for name, act in acts.items() if speaking[act] == 1),
        about={name: target for name, target in pointing if target is not None},
    )


def accusing(tally: TallyEntry) -> bool:
    """Tell whether a row of the list `tallies` is of a count that nobody judges and that accuses somebody."""
    return bool(tally.accused) and not tally.ruled and tally.part_of is None


def _undetermined(tally: TallyEntry, agreement: str) -> ClaimEntry:
    """Return a count as a claim that its author alone makes, and on which nobody has said anything."""
    return ClaimEntry(
        record=tally.record,
        wording=tally.record,
        kind="tally",
        by=tally.by,
        said_by=tally.said_by,
        from_=tally.from_,
        until=tally.until,
        agreement=agreement,
        mechanism=None,
        determination="alleged",
        counts_as=tally.record,
        attributed_to=(),
        severity=None,
        under=(),
        awaiting=(),
    )


def judged(reason: Reason, commitment: str) -> Judged:
    """Return the record of a reason with the agreement of its row."""
    return reason.record or "", commitment.partition("/")[0]


def _unsettled(
    claims: Sequence[ClaimEntry], acts: Mapping[str, str], voices: Mapping[str, frozenset[str]]
) -> dict[str, frozenset[str]]:
    """Return the incidents whose act some agreement leaves open, each with those who may accuse there.

    Reports of one act are looked at together: what one of them says is said on the act.
    """
    accusing: dict[str, set[str]] = {}
    for claim in claims:
        if claim.determination not in ("refuted", "duplicate") and not _attributed(claim):
            accusing.setdefault(acts[claim.record], set()).update(voices.get(claim.mechanism or "", ()))
    for claim in claims:
        if acts[claim.record] in accusing:
            accusing[acts[claim.record]].add(claim.said_by)
    told = {act: frozenset(several) for act, several in accusing.items()}
    return {record: told[act] for record, act in acts.items() if act in told}


def _acts(claims: Sequence[ClaimEntry]) -> dict[str, str]:
    """Return one report of each act for every report of it, whichever agreement takes them for one."""
    same: dict[str, str] = {}

    def first(record: str) -> str:
        while same.setdefault(record, record) != record:
            same[record] = record = same[same[record]]
        return record

    for claim in claims:
        same[first(claim.record)] = first(claim.counts_as or claim.record)
    return {record: first(record) for record in list(same)}


def _accusers(
    acts: Mapping[str, str], records: Mapping[str, Record], positions: Iterable[PositionEntry]
) -> Counter[tuple[str, str]]:
    """Return how many records of each speaker say of each act who did it: its reports, and findings."""
    found = Counter((act, records[name].speaker) for name, act in acts.items() if name in records)
    findings = {
        (acts[p.record], p.member, p.finding)
        for p in positions
        if p.question == "attributed_to" and p.finding is not None and p.record in acts
    }
    found.update((act, member) for act, member, _ in findings)
    return found


def _cleared(
    records: Iterable[Record],
    acts: Mapping[str, str],
    accusers: Counter[tuple[str, str]],
    groups: Mapping[str, frozenset[str]],
) -> dict[str, frozenset[str]]:
    """Return whom each refuted incident accuses, with their groups: of them, its refutation is told.

    Of nobody where its author says more on the act than this: then it may accuse others by now.
    """
    return {
        record.own_id: _with_groups(accused_by(record), groups)
        for record in records
        if accusers[acts[record.own_id], record.speaker] == 1
    }


def _attributed(claim: ClaimEntry) -> frozenset[str]:
    """Return the parties to whom an established claim is attributed."""
    if claim.determination != "established":
        return frozenset()
    return frozenset(claim.attributed_to) - NO_PARTY


def bearers_of(agreements: Iterable[Agreement]) -> frozenset[tuple[str, str]]:
    """Return the rows that are there whoever is accused: commitments with those who owe them."""
    return frozenset(
        (c.name, owed)
        for a in agreements
        for c in a.commitments
        for owed in (*c.owed_by, "+".join(c.owed_by))
    )


def voices_of(agreements: Iterable[Agreement]) -> dict[str, frozenset[str]]:
    """Return those who answer on anybody's acts: of each mechanism, its members and observers."""
    return {m.id: frozenset((*m.members, *m.observers)) for a in agreements for m in a.mechanisms}


def accused_by(record: Record | None) -> frozenset[str]:
    """Return whom an incident accuses."""
    return frozenset(getattr(record, "accused", ()))


def _groups(agreements: Iterable[Agreement], records: Mapping[str, Record]) -> dict[str, frozenset[str]]:
    """Return the groups to which parties certainly belong at all times: stated without dates."""
    moving = {record.actor for record in records.values() if isinstance(record, Membership)}
    return {
        p.id: frozenset(t.group for t in p.member_of if t.from_ is None and t.until is None)
        for a in agreements
        for p in a.parties
        if p.id not in moving
    }


def _with_groups(parties: frozenset[str], groups: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return parties with all the groups they belong to, through others too."""
    found, waiting = set(parties), sorted(parties)
    while waiting:
        further = groups.get(waiting.pop(), frozenset()) - found
        found |= further
        waiting += sorted(further)
    return frozenset(found)
