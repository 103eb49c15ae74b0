"""All that an assessment rests on and no day changes: what is known, what it names, who judges what."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ceasefire.assessment.knowledge.ledger import Ledger, ledger
from ceasefire.assessment.knowledge.provenance import provenance
from ceasefire.assessment.knowledge.references import Names, names
from ceasefire.assessment.knowledge.responses import responses
from ceasefire.assessment.knowledge.statements import SAME_AS, Statement, findings
from ceasefire.assessment.knowledge.tallies import Counted, by_act_and_zone, counted, unseen
from ceasefire.assessment.world.jurisdiction import Jurisdiction
from ceasefire.assessment.world.zones import Map
from ceasefire.record import Finding, Incident, Response
from ceasefire.record.order import chain_key
from ceasefire.values import Entity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ceasefire.assessment.codes import Problem
    from ceasefire.assessment.knowledge.asked import Asked
    from ceasefire.assessment.knowledge.wordings import Worded
    from ceasefire.instruments.together import Together


class Knowledge(Entity, kw_only=True):
    """What assessments on several days have in common."""

    world: Together
    courts: Jurisdiction
    zones: Map
    ledger: Ledger
    #: What the findings that stand say, by the id of the record they are on.
    findings: Mapping[str, list[Statement]]
    #: By agreement, the claims that are judged in it; but for remedies, which are judged as what they remedy.
    judged: Mapping[str, list[Worded]]
    remedies: list[Worded]
    #: Claims that they themselves or findings say are the same as others, and what they are said to be.
    linking: Mapping[str, list[str]]
    #: Every tally that stands, and of those above zero which name which act, or none, and which zone.
    tallies: list[Counted]
    tallies_by_act_and_zone: Mapping[tuple[str | None, str | None], list[Counted]]
    #: Every response that stands, with when it was made.
    responses: list[tuple[int, Worded]]

    @cached_property
    def names(self) -> Names:
        """What records that stand name, found when it is first asked for."""
        wordings = self.ledger.wordings
        return names(wordings.by_id.values(), wordings, self.world, self.zones.resolve)

    @cached_property
    def unseen(self) -> list[Problem]:
        """What is odd in counts and appraisals, and in how records came to be: no day shows it."""
        odd = unseen(self.ledger.wordings, self.world.timezone)
        return [*odd, *provenance(self.ledger, self.world)]

    def claims(self, known: Ledger) -> dict[str, list[Worded]]:
        """Return the claims looked at that are judged in each agreement, by authors and numbers."""
        by_id = known.wordings.by_id
        found = {name: [e for e in entries if e.id in by_id] for name, entries in self.judged.items()}
        remedies = [
            (entry, r) for entry in self.remedies if isinstance(r := entry.record, Response) and r.id in by_id
        ]
        for entry, record in remedies:
            remedied = by_id[record.to].record if record.to in by_id else None
            for agreement in self.courts.agreements_of_remedy(record.to, remedied):
                found[agreement].append(entry)
        if remedies:
            for entries in found.values():
                entries.sort(key=lambda e: (e.record.author, chain_key(e.record)))
        return found

    def linked(self, known: Ledger) -> dict[str, Worded]:
        """Return, by id, each claim looked at that is said to be the same as another, and that other."""
        by_id, times = known.wordings.by_id, known.times
        found: dict[str, None] = {}
        for name, links in self.linking.items():
            if name in times:
                found |= dict.fromkeys([name, *links])
        return {name: by_id[name] for name in found if name in times}


def basis(asked: Asked, world: Together) -> Knowledge:
    """Return all that no day changes."""
    courts, zones = Jurisdiction(world), Map(world.zones)
    held = ledger(asked.records, asked.chains, asked.known_at, world.timezone, world.full_name)
    worded, by_id = held.wordings, held.wordings.by_id
    found = findings(worded.of_kind(Finding), worded, held.idle)
    judged: dict[str, list[Worded]] = {agreement.id: [] for agreement in world.agreements}
    remedies: list[Worded] = []
    linked: list[Worded] = []
    lists: dict[tuple[str, tuple[str, ...]], list[list[Worded]]] = {}
    for name in held.times:
        entry = by_id[name]
        record = entry.record
        if type(record) is Incident:
            key = (record.act, record.commitments)  # by which alone it is judged here or there
            several = lists.get(key)
            if several is None:
                several = lists[key] = judging(entry, courts, judged, remedies)
        else:
            several = judging(entry, courts, judged, remedies)
        for one in several:
            one.append(entry)
        if name in found or getattr(record, "same_as", None):  # mostly nothing is said of it
            linked.append(entry)
    counts = counted(worded, world.timezone)
    return Knowledge(
        world=world,
        courts=courts,
        zones=zones,
        ledger=held,
        findings=found,
        judged=judged,
        remedies=remedies,
        linking=linking(linked, found),
        tallies=counts,
        tallies_by_act_and_zone=by_act_and_zone(counts),
        responses=responses(worded.of_kind(Response), world.timezone),
    )


def judging(
    entry: Worded,
    courts: Jurisdiction,
    judged: Mapping[str, list[Worded]],
    remedies: list[Worded],
) -> list[list[Worded]]:
    """Return those of the lists of claims in which a claim stands."""
    if isinstance(entry.record, Response):
        return [remedies]
    return [judged[agreement] for agreement in courts.agreements_of(entry.record)]


def linking(claims: Iterable[Worded], found: Mapping[str, list[Statement]]) -> dict[str, list[str]]:
    """Return the claims that are said to be the same as others, with what they are said to be."""
    linked: dict[str, list[str]] = {}
    for entry in claims:
        own, said = getattr(entry.record, "same_as", None), found.get(entry.id)
        links = (own, *[finding.values[SAME_AS] for finding in said or ()])
        if any(links):
            linked[entry.id] = [link for link in links if link]
    return linked
