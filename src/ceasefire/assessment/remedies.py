"""What was made good: established remedies, and repairs done in time (design §7).

A remedy ends a breach, never its lateness; a breach that is remedied stays counted.
A missed period is made good only by a remedy that names the commitment, who owes
it and the period, or by one of an omission of that period.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from attrs import field, frozen

from ceasefire.assessment.conditions import first_breach
from ceasefire.assessment.contexts import not_done
from ceasefire.assessment.doings import YES
from ceasefire.assessment.order import id_key
from ceasefire.assessment.times import times_of
from ceasefire.assessment.wordings import Problem
from ceasefire.record import Response

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ceasefire.assessment.bearings import Bearing
    from ceasefire.assessment.determined import Determined
    from ceasefire.assessment.doings import Doings, Done
    from ceasefire.assessment.rows import Weighed


class Cure(NamedTuple):
    """What made a breach good, and when."""

    record: str
    at: int


@frozen
class Remedied:
    """Everything that makes breaches and missed periods good."""

    #: Established remedies by the id of the incident (any report of it) or the commitment they are of.
    remedies: Mapping[str, Sequence[Determined]]
    #: Repairs by the full name of the commitment whose breach they repair.
    repairs: Mapping[str, Sequence[Weighed]]
    zone: str
    #: Remedies that made something good, to tell those that did not.
    used: set[str] = field(factory=set)
    _firsts: dict[tuple[str, tuple[str, ...]], Bearing | None] = field(init=False, factory=dict)

    def breach(self, weighed: Weighed, row: str | None, breach: Bearing, own: Doings | None) -> Cure | None:
        """Return what made a breach good, or None."""
        omitted = not_done(breach.claim.entry.record, weighed.course.commitment)
        if omitted and own is not None and (done := _done_after_all(weighed, breach, own)):
            return done
        for report in breach.claim.reports:
            for remedy in self.remedies.get(report, ()):
                if remedy.times.last >= breach.at:
                    self.used.add(remedy.id)
                    return Cure(remedy.id, remedy.times.last)
        return self._repaired(weighed, row, breach)

    def _repaired(self, weighed: Weighed, row: str | None, breach: Bearing) -> Cure | None:
        """Return the performance in time of a repair that this breach called for."""
        for repair in self.repairs.get(weighed.course.commitment.name, ()):
            owed_by = repair.course.commitment.owed_by
            first = self._first_breach(weighed, owed_by)
            if first is None or first.claim.id != breach.claim.id:
                continue
            mine = [r for r, parties in repair.bearers.items() if row in (r, *parties)] or list(
                repair.bearers
            )
            done = [d for r in mine if (d := repair.doings[r].performed()) is not None and d.in_time == YES]
            if done and len(done) == len(mine):
                return _cure(max(done, key=lambda d: (d.at, id_key(d.claim.id))))
        return None

    def _first_breach(self, weighed: Weighed, owed_by: tuple[str, ...]) -> Bearing | None:
        key = (weighed.course.commitment.name, owed_by)
        if key not in self._firsts:
            self._firsts[key] = first_breach(weighed, owed_by)
        return self._firsts[key]

    def periods(
        self,
        weighed: Weighed,
        row: str,
        own: Doings,
        made_good: Mapping[str, Cure],
        found: Iterable[Bearing],
    ) -> list[tuple[int, str]]:
        """Return the end and the state of each period owed, a missed one that was made good as remedied."""
        commitment = weighed.course.commitment
        good = (b for b in found if b.claim.id in made_good)
        omitted = {b.at for b in good if not_done(b.claim.entry.record, commitment)}
        result = []
        for period in own.periods:
            if not period.owed:
                continue
            state = period.kept(commitment.count)
            if state == "missed" and (
                period.end in omitted or self._period(commitment.name, row, weighed, period.start, period.end)
            ):
                state = "remedied"
            result.append((period.end, state))
        return result

    def _period(self, commitment: str, row: str, weighed: Weighed, start: int, end: int) -> bool:
        for remedy in self.remedies.get(commitment, ()):
            record = remedy.entry.record
            if not isinstance(record, Response) or record.period is None or remedy.times.last < end:
                continue
            meant = times_of(record.period, record.timezone or self.zone, None)
            first, last = meant.period()
            mine = record.owed_by in (row, *weighed.bearers[row])
            if mine and first < end and start <= last:
                self.used.add(remedy.id)
                return True
        return False


def remedied(
    claims: Iterable[Determined],
    weighed: Mapping[str, Weighed],
    full_name: Callable[[str], str | None],
    zone: str,
) -> Remedied:
    """Gather remedies and repairs."""
    remedies: dict[str, list[Determined]] = {}
    for claim in claims:
        record = claim.entry.record
        if isinstance(record, Response) and claim.established:  # only remedies are claims
            remedies.setdefault(full_name(record.to) or record.to, []).append(claim)
    for several in remedies.values():
        several.sort(key=lambda c: (c.times.last, id_key(c.id)))
    repairs: dict[str, list[Weighed]] = {}
    for one in weighed.values():
        when = one.course.commitment.when
        if when is not None and when.repairs and when.breach_of:
            repairs.setdefault(when.breach_of, []).append(one)
    return Remedied(remedies, repairs, zone)


def idle(claims: Iterable[Determined], used: Remedied) -> list[Problem]:
    """Return a problem for each established remedy that makes nothing good."""
    problems = []
    for claim in claims:
        if claim.established and claim.id not in used.used:
            what = f"{claim.id} makes nothing good: no breach or missed period before it is what it names"
            problems.append(Problem(claim.id, "remedy_no_effect", what))
    return problems


def _cure(done: Done) -> Cure:
    return Cure(done.claim.id, done.at)


def _done_after_all(weighed: Weighed, breach: Bearing, own: Doings) -> Cure | None:
    """Return the performance that makes an omission good: late, or of which it is unclear whether in time."""
    commitment = weighed.course.commitment
    if commitment.duty == "recur":
        period = next(p for p in own.periods if p.end == breach.at)
        if len(period.certain) + len(period.unclear) < commitment.count:
            return None
        done = [d for d in own.established if d.claim.id in period.unclear]
    else:
        done = [d for d in own.established if not d.certain]
    first = min(done, key=lambda d: (d.at, id_key(d.claim.id)), default=None)
    return None if first is None else _cure(first)
