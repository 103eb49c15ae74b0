"""Which records are looked at: those known by then, each once, whose acts had occurred.

docs/rules/time.md, "Two clocks".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from msgspec.structs import astuple, replace

from ceasefire.assessment.codes import Problem
from ceasefire.assessment.knowledge.equal_claims import equals
from ceasefire.assessment.knowledge.responses import made_at
from ceasefire.assessment.knowledge.tallies import span
from ceasefire.assessment.knowledge.wordings import Wordings, wordings
from ceasefire.assessment.world.occurrence import Times, times_of
from ceasefire.clock import Instant
from ceasefire.errors import RecordError, with_article
from ceasefire.record import (
    Absent,
    Appraisal,
    Correction,
    Decision,
    Erasure,
    Event,
    Finding,
    Incident,
    Membership,
    Performance,
    Record,
    Response,
    Tally,
    Withdrawal,
    canonical,
    to_json,
)
from ceasefire.record.order import chained, id_key, in_order, padded
from ceasefire.values import Entity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ceasefire.assessment.knowledge.equal_claims import FullName
    from ceasefire.assessment.knowledge.forks import Chains
    from ceasefire.assessment.knowledge.wordings import Worded


_OCCURRED = (Incident, Performance, Event, Decision, Membership)
_OF_A_PERIOD = (Tally, Appraisal)


class Ledger(Entity, kw_only=True):
    """What is known: whether or not it had occurred, or as of a day only what had (`seen`)."""

    #: Every record known, as it was written, by its id.
    held: Mapping[str, Record]
    #: Records in their newest wording, with their times.
    wordings: Wordings
    times: dict[str, Times]
    #: Decisions, events and memberships: the record that stands for all of equal fields.
    equal: dict[str, str]
    #: From which instant on each record is seen; the others are knowledge, and always are.
    seen_from: dict[str, int]
    #: Records of what occurs after the day, by id: in no wordings, times and equal claims as of that day.
    coming: frozenset[str] = frozenset()
    #: Records whose bodies are not here, by id.
    absent: dict[str, Absent]
    #: Findings, corrections and withdrawals without effect, each with the code of the reason: `fork`
    #: or `unsealed`.
    idle: Mapping[str, str]
    #: Ids that write their number with leading zeros.
    padded: frozenset[str]
    #: How many records were known, whether or not their acts had occurred.
    count: int
    problems: tuple[Problem, ...]

    def tells_of(self, name: str, as_of: int) -> bool:
        """Tell whether a record is of what had occurred by a day, or on such a record."""
        met: set[str] = set()
        while name not in met:
            met.add(name)
            record = self.held.get(name)
            target = None if record is None else judged_by(record)
            if target is None:
                break
            name = target
        return self.seen_from.get(name, as_of) <= as_of

    def seen(self, as_of: int) -> Ledger:
        """Return the same, less the acts that had not occurred by a day."""
        coming = frozenset([name for name, instant in self.seen_from.items() if instant > as_of])
        if not coming:
            return self
        return replace(
            self,
            wordings=self.wordings.without(coming),
            times={name: t for name, t in self.times.items() if name not in coming},
            equal={name: first for name, first in self.equal.items() if name not in coming},
            coming=coming,
        )

    def looked_at(self) -> int:
        """Return how many of the records tell of what had occurred by the day, or are on such a record.

        What judges, answers, corrects or takes back a record of something later is not
        among them, however early it came.
        """
        later = set(self.coming)
        pointing = [(name, target) for name, r in self.held.items() if (target := judged_by(r)) is not None]
        found = True
        while found:
            new = {name for name, target in pointing if target in later and name not in later}
            found, later = bool(new), later | new
        return len(self.held) - len(later)


def judged_by(record: Record) -> str | None:
    """Return the record that another judges, corrects or takes back, or a count answers."""
    match record:
        case Finding():
            return record.on
        case Correction() | Withdrawal() | Erasure():
            return record.of
        case Tally(period=None):
            return record.answers
        case _:
            return None


def is_known(record: Record, known_at: int | None) -> bool:
    """Tell whether a record had been received by then; in a file, that is when it was recorded."""
    received = record.received or record.recorded
    return known_at is None or received is None or received.us <= known_at


def ledger(
    records: Sequence[Record], chains: Chains, known_at: int | None, zone: str, full_name: FullName
) -> Ledger:
    """Return the records known at `known_at` as they then stood.

    Findings, corrections and withdrawals are knowledge: only `known_at` filters them.
    """
    held, problems = _unique(records, known_at)
    absent = {name: record for name, record in held.items() if isinstance(record, Absent)}
    zeros = frozenset([name for name in held if "/0" in name and padded(name)])
    problems += [*chains.problems(held), *_similar(held, zeros)]
    if chains.excluded:  # told above; whatever they say, they say it to no effect
        held = {name: record for name, record in held.items() if name not in chains.excluded}
        absent = {name: record for name, record in absent.items() if name in held}
    problems += map(_withheld, absent.values())
    worded = wordings(held, chains.without_effect)
    times, equal, seen_from = timed(worded.by_id, zone, full_name)
    return Ledger(
        held=held,
        wordings=worded,
        times=times,
        equal=equal,
        seen_from=seen_from,
        absent=absent,
        idle=chains.without_effect,
        padded=zeros,
        count=len(held),
        problems=(*problems, *worded.flaws.values()),
    )


def timed(
    worded: Mapping[str, Worded], zone: str, full_name: FullName
) -> tuple[dict[str, Times], dict[str, str], dict[str, int]]:
    """Return when records occurred, which are equal, and from when each is seen that is not at once."""
    times: dict[str, Times] = {}
    seen: dict[str, int] = {}
    for name, entry in worded.items():
        record = entry.record
        kind = type(record)
        if kind is Finding:  # which has no time of its own, and is seen at once
            continue
        if kind is Incident and type(stated := record.occurred) is Instant:  # type: ignore[attr-defined]
            seen[name] = stated.us  # as `occurred` and `_seen_from` have it
            times[name] = Times(stated.us, stated.us)
            continue
        found = occurred(entry, zone)
        if found is not None:
            times[name] = found
        instant = _seen_from(entry, found, zone)
        if instant is not None:
            seen[name] = instant
    equal = equals(worded, zone, full_name)
    _narrow(times, equal, worded)
    for name in equal:
        instant = _seen_from(worded[name], times[name], zone)
        if instant is not None:
            seen[name] = instant
    return times, equal, seen


def _narrow(times: dict[str, Times], equal: Mapping[str, str], by_id: Mapping[str, Worded]) -> None:
    """Let several equal records be one claim also in time: it occurred by the earliest that says so."""
    groups: dict[str, list[str]] = {}
    for name, first in equal.items():
        groups.setdefault(first, []).append(name)
    for several in groups.values():
        standing = [times[name] for name in several if not by_id[name].withdrawn]
        stated = standing or [times[name] for name in several]
        least = min(stated, key=astuple)  # they state the same: only by when it began or ended may differ
        times.update(dict.fromkeys(several, least))


def _unique(records: Sequence[Record], known_at: int | None) -> tuple[dict[str, Record], list[Problem]]:
    """Return the records known, by id and in their order, and a problem for each id that several bear."""
    held, problems = _each_once(records, known_at)
    if in_order(held.values()):  # as a journal of whole chains gives them
        return cast("dict[str, Record]", held), problems
    chains: dict[str, list[Record]] = {}
    for record in held.values():
        by = record.by or ""
        if by in chains:
            chains[by].append(record)
        else:
            chains[by] = [record]
    return {record.own_id: record for by in sorted(chains) for record in chained(by, chains[by])}, problems


def _each_once(
    records: Sequence[Record], known_at: int | None
) -> tuple[dict[str | None, Record], list[Problem]]:
    """Return the records known by id, and a problem for each id that several bear."""
    held: dict[str | None, Record] = {record.id: record for record in records}
    problems: list[Problem] = []
    named = None not in held and None not in {record.by for record in records}
    if known_at is None and named and len(held) == len(records):  # else it is told below
        return held, problems
    held = {}
    for record in records:
        if record.id is None or record.by is None:
            raise RecordError(
                f"this {record.kind} has no id or no author: record it in a journal, or give by and id"
            )
        if known_at is not None and not is_known(record, known_at):
            continue
        other = held.setdefault(record.id, record)
        if other is not record and other != record:
            what = f"two different records have the id {record.id}; one of them is looked at"
            problems.append(Problem(record.id, "duplicate_id", what))
            held[record.id] = min(other, record, key=lambda r: canonical(to_json(r)))
    return held, problems


def _similar(held: Iterable[str], zeros: frozenset[str]) -> Iterator[Problem]:
    """Yield a problem for each id that differs from another only in leading zeros: they are different ids."""
    places = {id_key(name)[:3] for name in zeros}
    several: dict[tuple[str, int, str], list[str]] = {}
    for name in held if places else ():
        if (place := id_key(name)[:3]) in places:
            several.setdefault(place, []).append(name)
    for names in several.values():
        for name in names if len(names) > 1 else ():
            others = " and ".join(sorted(other for other in names if other != name))
            what = f"{name} and {others} differ only in leading zeros: they are taken for different records"
            yield Problem(name, "similar_id", what)


def _withheld(record: Absent) -> Problem:
    kind = with_article(str(record.was))
    what = f"{record.id}, {kind}, is {record.absent}: what it says is not known here"
    return Problem(record.id, "withheld", what)


def occurred(entry: Worded, zone: str) -> Times | None:
    """Return when what a record says occurred; None for what has no time of its own."""
    record = entry.record
    read_in = record.timezone or zone
    if isinstance(record, _OCCURRED):
        return times_of(record.occurred, read_in, entry.dated)
    if isinstance(record, Tally) and record.ruled and record.period is not None:
        bounds = span(record.period, read_in)
        return None if bounds is None else Times(*bounds)  # somewhere in it, as of several acts
    if isinstance(record, Response) and record.step == "remedy":
        made = made_at(entry, zone)
        return (
            times_of(record.occurred, read_in, entry.dated)
            if record.occurred is not None
            else Times(made, made)
        )
    return None


def _seen_from(entry: Worded, times: Times | None, zone: str) -> int | None:
    """Return from when an act is seen: from its latest instant, a membership from its earliest."""
    record = entry.record
    if times is not None and not isinstance(record, Tally):  # a ruling is seen as any count is
        return times.first if isinstance(record, Membership) else times.last
    if isinstance(record, Response):
        return made_at(entry, zone)
    if isinstance(record, _OF_A_PERIOD) and record.period is not None:
        return times_of(record.period, record.timezone or zone, None).possible_part()[1]
    return None
