"""Adding published counts to a journal, each once, however often a file is imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from ceasefire.journal.writing.amendments import wording
from ceasefire.record import Correction, Record, Tally, Withdrawal, to_json
from ceasefire.record.content import address

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire.journal import Journal

#: What names a tally, or says who may see it, rather than says something about what was counted.
_NAMING = frozenset({"kind", "by", "id", "said_by", "recorded", "received", "release", "key"})


def add_tallies(tallies: Iterable[Record], journal: Journal) -> int:
    """Add to a journal those tallies that it does not hold, and return their number.

    A tally is held when one of the same author, speaker, period, act, zone, address
    (whether that begins with http or https) and parties is, and answers or is answered
    alike. Where its figures, its text or what is known of them differ, a correction is
    written; a withdrawn one stays withdrawn. So the same file twice adds nothing; and where
    an earlier version imported it, which could not say through whom a count was published
    and which parts were inferred, each count is corrected once, and none is added again.

    What is held is looked at when nobody else can write: two programs that import the
    same at one moment add it once.

    `recorded` and `received` are those of the import, not of the publication: an
    assessment with a `known_at` before the import does not know these tallies, for
    this journal did not. Read the file itself to ask what was public by then.
    """
    given = tuple(tallies)
    return len(journal.extend(lambda: _lacking(given, journal), update=True).new)


def _lacking(tallies: Iterable[Record], journal: Journal) -> list[Record]:
    """Return the tallies that a journal does not hold, and corrections of those that say something else."""
    held, gone = _held(journal)
    names: dict[str, str] = {}
    new: list[Record] = []
    for tally in tallies:
        if not isinstance(tally, Tally):
            continue
        answers = None if tally.answers is None else names.get(tally.answers, tally.answers)
        wanted = evolve(tally, recorded=None, received=None, answers=answers)
        known = held.get(_identity(wanted))
        if known is None:
            new.append(wanted)
            continue
        names[tally.own_id] = known.own_id
        changes = _changes(known, evolve(wanted, id=known.id))
        if changes is not None and known.id not in gone:
            new.append(evolve(changes, by=tally.by))
    return new


def _held(journal: Journal) -> tuple[dict[tuple[object, ...], Tally], set[str]]:
    """Return the tallies of a journal, newest wording, by what makes them the same, and those withdrawn."""
    tallies: list[Tally] = []
    amendments: dict[str, list[Record]] = {}
    for record in journal:
        if isinstance(record, Tally):
            tallies.append(record)
        elif isinstance(record, Correction | Withdrawal):
            amendments.setdefault(record.of or "", []).append(record)
    held: dict[tuple[object, ...], Tally] = {}
    gone: set[str] = set()
    for tally in tallies:
        newest, _ = wording(tally, lambda name: amendments.get(name, ()))
        if isinstance(newest, Tally):
            held.setdefault(_identity(newest), newest)
        gone.update(tally.own_id for a in amendments.get(tally.own_id, ()) if isinstance(a, Withdrawal))
    return held, gone


def _identity(tally: Tally) -> tuple[object, ...]:
    urls = tuple(sorted(address(evidence.url or "") for evidence in tally.evidence))
    whose = (tally.accused, tally.against, tally.ruled)
    return tally.by, tally.speaker, tally.period, tally.act, tally.zone, urls, tally.answers, whose


def _changes(held: Tally, wanted: Tally) -> Correction | None:
    """Return the correction that makes of a tally held what the file says now, or None."""
    old = {name: value for name, value in to_json(held).items() if name not in _NAMING}
    new = {name: value for name, value in to_json(wanted).items() if name not in _NAMING}
    changed = {name: value for name, value in new.items() if old.get(name) != value}
    dropped = sorted(set(old) - set(new))
    return Correction(of=held.id, set=changed, unset=dropped) if changed or dropped else None
