"""`assess`: what the records add up to on a given day, under the agreements given (design §12).

A pure function: no clock, no input or output, no hidden state. Its steps are
wordings, same acts, positions and determinations, intervals, scope, phases and
compliance, and the reasons; each takes what the one before returns.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Protocol

from attrs import evolve

from ceasefire.agreement.together import Together, missing, together
from ceasefire.assessment import tallies
from ceasefire.assessment.basis import basis
from ceasefire.assessment.conditions import condition, in_order
from ceasefire.assessment.courses import course
from ceasefire.assessment.docket import Heard, hear
from ceasefire.assessment.forks import chains
from ceasefire.assessment.growing import grown
from ceasefire.assessment.known import is_known
from ceasefire.assessment.oddities import oddities
from ceasefire.assessment.remedies import remedied
from ceasefire.assessment.result import Asked, Assessment, Outcome
from ceasefire.assessment.rows import Materials, Row, Weighed, reached, rows, weigh
from ceasefire.assessment.scope import Scoping
from ceasefire.assessment.sealing import sealing, vouched
from ceasefire.assessment.states import Life, entry_of, life
from ceasefire.assessment.wordings import Problem
from ceasefire.clock import FIRST_YEAR, FOREVER, Instant, iso, last_instant, moment
from ceasefire.collecting import uncollected
from ceasefire.errors import InvalidTime, MissingAgreement, Mistake, RecordError
from ceasefire.record import Absent, Performance, Record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from ceasefire.agreement.terms import Agreement
    from ceasefire.assessment.basis import Basis
    from ceasefire.assessment.determined import Determined
    from ceasefire.assessment.reuse import Same
    from ceasefire.assessment.sealing import Seal
    from ceasefire.clock import Moment

    When = str | date | Moment


def assess(  # noqa: PLR0913 – the arguments design §11 names
    agreement: Agreement | Iterable[Agreement],
    records: Iterable[Record],
    *,
    as_of: When,
    known_at: When | None = None,
    since: When | None = None,
    relays: bool = False,
) -> Assessment:
    """Return what the records add up to as of a day or an instant.

    `as_of` and `known_at` given as a date mean its last microsecond, `since` its
    first, in the agreements' time zone. `known_at` leaves out what had not been
    received by then; `relays` counts relayed statements as their speakers'.

    Raises `MissingAgreement` where an agreement refers to one not given,
    `ConflictingDefinitions` where they do not fit together, `NaiveTime` or
    `InvalidTime` for a time that is none. Oddities in records are problems in the
    result, never exceptions.
    """
    with uncollected():
        world = together(agreement)
        _nothing_missing(world)
        zone = world.timezone
        until = last_instant(as_of, zone)
        by = None if known_at is None else last_instant(known_at, zone)
        mark = _of_journal(records, "mark")
        given, divided = chains(_given(records), lambda record: is_known(record, by))
        asked = Asked(
            agreements=world.agreements,
            records=given,
            chains=divided,
            as_of=until,
            known_at=by,
            since=_since(since, until, zone),
            relays=bool(relays),
            mistakes=tuple(getattr(records, "mistakes", ())),
            heads=_heads(records),
            vouched=vouched(given, _seals(records, by), world.keys, by),
            mark=mark,
        )
        return Assessment(asked, world, outcome(asked, basis(asked, world)))


def another_day(status: Assessment, as_of: When, since: When | None) -> Assessment:
    """Return an assessment of the same records as of another day."""
    with uncollected():
        zone = status.world.timezone
        until = last_instant(as_of, zone)
        asked = evolve(status.asked, as_of=until, since=_since(since, until, zone))
        return Assessment(asked, status.world, outcome(asked, status.outcome.basis, status.outcome))


def more_records(status: Assessment, more: Sequence[Record]) -> Assessment:
    """Return an assessment of the same records and some more, as of the same day."""
    with uncollected():
        new, before, world = _given(more), status.asked, status.world
        records = (*before.records, *new)
        seals = [seal for one in before.vouched for seal in (*one.seals, *(bad for bad, _ in one.bad))]
        asked = evolve(
            before,
            records=records,
            heads=(),
            mark=None,
            vouched=vouched(records, seals, world.keys, before.known_at),
        )
        more_known = grown(status.outcome.basis, before, new)
        if more_known is not None:
            return Assessment(asked, world, outcome(asked, more_known, status.outcome))
        given, divided = chains(records, lambda record: is_known(record, before.known_at))
        asked = evolve(asked, records=given, chains=divided)
        return Assessment(asked, world, outcome(asked, basis(asked, world)))


def caught_up(status: Assessment, journal: Iterable[Record]) -> Assessment:
    """Return an assessment of a journal as it is now, asked as before."""
    with uncollected():
        before, world = status.asked, status.world
        come = _come(before, journal)
        known = None if come is None else grown(status.outcome.basis, before, come.records)
        if come is None or known is None:
            return assess(
                before.agreements,
                journal,
                as_of=Instant(before.as_of),
                known_at=None if before.known_at is None else Instant(before.known_at),
                since=None if before.since is None else Instant(before.since),
                relays=before.relays,
            )
        records = (*before.records, *come.records)
        asked = evolve(
            before,
            records=records,
            heads=_heads(journal),
            vouched=vouched(records, _seals(journal, before.known_at), world.keys, before.known_at),
            mark=come.mark,
        )
        return Assessment(asked, world, outcome(asked, known, status.outcome))


def _come(before: Asked, journal: Iterable[Record]) -> Come | None:
    """Return what has come to a journal since; None where that does not tell all that is different.

    A body that was absent may have come, too, and nothing in the order of arrival says so.
    """
    if before.mark is None or any(isinstance(record, Absent) for record in before.records):
        return None
    come: Come | None = _of_journal(journal, "arrived", before.mark)
    return come


def _since(since: When | None, as_of: int, zone: str) -> int | None:
    """Return the first instant of the period; raises `InvalidTime` where it or the span before is none."""
    if since is None:
        return None
    first = moment(since).bounds(zone)[0]
    if first > as_of:
        raise InvalidTime(f"since ({since}) lies after as_of ({iso(as_of)}): write an earlier day")
    if 2 * first - as_of - 1 < moment(f"{FIRST_YEAR}-01-01").bounds("UTC")[0]:
        what = f"since ({since}) is so long ago that the span of equal length before it has no date"
        raise InvalidTime(f"{what}: write a later day")
    return first


def outcome(asked: Asked, basis: Basis, before: Outcome | None = None) -> Outcome:
    """Return everything an assessment finds, step by step.

    `before` is what one of the same agreements found, for another day or with fewer
    records: what holds of it is taken over, and changes nothing in the answer.
    """
    world, courts, zone = basis.world, basis.courts, basis.world.timezone
    look = basis.ledger.seen(asked.as_of)
    problems = [*_unreadable(asked.mistakes), *look.problems, *basis.names.dangling(look)]
    found = hear(basis, look, asked, problems, before)
    heard, same = [one for one, _ in found], {one.agreement.id: claims for one, claims in found}
    lives = _lives(world, heard, asked.as_of, problems)
    counted = [tally for tally in basis.tallies if tally.last <= asked.as_of]
    materials = {
        h.agreement.id: _materials(h, basis, asked.as_of, same[h.agreement.id], before) for h in heard
    }
    weighed = _weighed(world, heard, lives, materials, asked.as_of, problems, same, before)
    made_good = remedied(
        (c for h in heard for c in h.by_kind.get("response", ())), weighed, courts.full_name, zone
    )
    made: list[Row] = []
    for name, commitment in world.commitments.items():
        if name in weighed:
            made += rows(weighed[name], materials[commitment.agreement], made_good)
    problems += [*basis.unseen, *tallies.problems(counted, world.zones)]
    problems += oddities(world, heard, weighed, materials, made_good, courts)
    looked_at = (entry.record for entry in look.wordings.by_id.values())
    sealed, unsealed = sealing(looked_at, asked.vouched)
    problems += unsealed
    return Outcome(
        basis=basis,
        known=look,
        heard=tuple(heard),
        lives=lives,
        weighed=weighed,
        rows=tuple(made),
        tallies=tuple(counted),
        responses=tuple([entry for at, entry in basis.responses if at <= asked.as_of]),
        sealed=sealed,
        problems=tuple(dict.fromkeys(problems)),
        full_name=courts.full_name,
        materials=materials,
    )


def _given(records: Iterable[Record]) -> tuple[Record, ...]:
    """Return the records of a call; raises `RecordError` for anything else."""
    if isinstance(records, str | PurePath) or not isinstance(records, Iterable):
        raise RecordError(f"{records!r} is no list of records: read a file with cf.read_records(path)")
    found = tuple(records)
    for record in found:
        if not isinstance(record, Record):
            raise RecordError(f"{record!r:.80} is no record: read a file with cf.read_records(path)")
    return found


def _nothing_missing(world: Together) -> None:
    """Refuse a call that lacks agreements to which those given refer; all of them are told at once."""
    if found := missing(world):
        told = "; ".join(f"{other!r} ({who})" for who, other in found)
        raise MissingAgreement(f"agreements referred to were not given: {told}: assess them together")


class Come(Protocol):
    """What a journal hands over of what has come to it."""

    @property
    def records(self) -> tuple[Record, ...]:
        """The records that have come, by order of arrival."""

    @property
    def mark(self) -> object:
        """How far the journal is filled with them."""


def _of_journal(records: object, question: str, *more: object) -> Any:
    """Return what a journal answers, and None where the records are none."""
    asked = getattr(records, question, None)
    return asked(*more) if callable(asked) else None


def _heads(records: object) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((_of_journal(records, "heads") or {}).items()))


def _seals(records: object, known_at: int | None) -> tuple[Seal, ...]:
    """Return the seals that a journal had received; what is no journal has checked none."""
    by = None if known_at is None else Instant(known_at)
    return tuple(_of_journal(records, "seals", by) or ())


def _unreadable(mistakes: Iterable[Mistake]) -> list[Problem]:
    return [Problem(None, "unreadable", str(mistake)) for mistake in mistakes]


def _lives(world: Together, heard: Sequence[Heard], as_of: int, problems: list[Problem]) -> dict[str, Life]:
    by_id = {h.agreement.id: h for h in heard}
    entries = {name: entry_of(h.agreement, h.effects, as_of) for name, h in by_id.items()}
    lives = {}
    for agreement in world.agreements:
        successors = [
            entry.at
            for other in world.agreements
            if agreement.id in other.replaces and (entry := entries[other.id]) is not None
        ]
        replaced = min(successors, default=None)
        lives[agreement.id] = life(agreement, by_id[agreement.id].effects, replaced, as_of, problems)
    return lives


def _materials(
    heard: Heard,
    basis: Basis,
    as_of: int,
    same: Same | None,
    before: Outcome | None,
) -> Materials:
    performances: dict[str, list[Determined]] = {}
    named = (
        (name, claim)
        for claim in heard.of_kind("performance")
        if isinstance(record := claim.entry.record, Performance)
        and (name := basis.courts.full_name(record.commitment))
    )
    for name, claim in named:
        performances.setdefault(name, []).append(claim)
    scoping = Scoping(heard.agreement, heard.groups, basis.zones, basis.courts)
    past = before.materials[heard.agreement.id] if before is not None else None
    return Materials(
        heard=heard,
        scoping=scoping,
        zones=basis.zones,
        performances=performances,
        reached=reached(heard, scoping, same, past),
        tallies=basis.tallies_by_act_and_zone,
        as_of=as_of,
    )


def _weighed(  # noqa: PLR0913 – each commitment rests on all of these
    world: Together,
    heard: Sequence[Heard],
    lives: Mapping[str, Life],
    materials: Mapping[str, Materials],
    as_of: int,
    problems: list[Problem],
    same: Mapping[str, Same | None],
    before: Outcome | None,
) -> dict[str, Weighed]:
    """Weigh each commitment after those its condition names: never iterated to a fixpoint."""
    by_id = {h.agreement.id: h for h in heard}
    agreements = {agreement.id: agreement for agreement in world.agreements}
    replaced: dict[str, int] = {}
    for commitment in world.commitments.values():
        entry = lives[commitment.agreement].entry
        if entry is not None:
            for other in commitment.replaces:
                replaced[other] = min(replaced.get(other, FOREVER), entry)
    weighed: dict[str, Weighed] = {}
    for commitment in in_order(world.commitments):
        if commitment.duty == "declare":
            continue
        here, its_life = by_id[commitment.agreement], lives[commitment.agreement]
        met = condition(commitment, its_life.entry, materials[commitment.agreement].events, weighed)
        its_course = course(
            commitment,
            agreements[commitment.agreement],
            its_life,
            here.effects,
            met,
            replaced.get(commitment.name, FOREVER),
            as_of,
            problems,
        )
        past = before.weighed.get(commitment.name) if before is not None else None
        weighed[commitment.name] = weigh(
            its_course, materials[commitment.agreement], same[commitment.agreement], past
        )
    return weighed
