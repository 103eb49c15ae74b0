"""Who may see which record: the release of each record as it now stands.

docs/rules/records.md, "Who may see a record"; docs/reports.md.

A record that was closed stays closed in a report on an earlier day: what may be read is a
matter of today, what was known a matter of then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.assessment.knowledge.ledger import is_known
from ceasefire.assessment.knowledge.wordings import wordings
from ceasefire.record import Correction
from ceasefire.record.choices import ALLOWED
from ceasefire.record.ids import bare, of_a_fork
from ceasefire.record.kinds import pointing
from ceasefire.record.release import (
    AMENDMENTS,
    CurrentRelease,
    closes,
    current_release,
    may_be_seen,
    sets_release,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from ceasefire.record import Record


def released(
    records: Iterable[Record], audience: str, known_at: int | None, idle: Collection[str] = ()
) -> tuple[Record, ...]:
    """Return the records that an audience may see, in the order given.

    A correction on a forked chain opens nothing, and yet what it closes stays closed:
    in doubt nothing is shown.
    """
    records = tuple(records)
    allowed = ALLOWED[audience]
    held = {record.own_id: record for record in records}
    if allowed >= {record.release or "mechanism" for record in records} and not any(
        map(sets_release, records)
    ):
        if allowed != ALLOWED["public"] or not any(isinstance(r, AMENDMENTS) for r in records):
            return records
        current = [_Current([], allowed, ())]
    else:
        current = [_Current(records, allowed, idle)]
        if idle:
            current.append(_Current(records, allowed, ()))
        if known_at is not None:
            current.append(_Current([r for r in records if is_known(r, known_at)], allowed, idle))
    return tuple(
        r for r in records if all(may_be_seen(r, allowed, held.get, one.release_of) for one in current)
    )


def missing(records: Iterable[Record], known_at: int | None, worded: Iterable[Record] = ()) -> frozenset[str]:
    """Return the ids that records, also as they are now worded, point at and that none of them bears."""
    several = [r for r in records if is_known(r, known_at)]
    named = {name for record in (*several, *worded) for name in pointing(record).values()}
    return frozenset(named - {record.id for record in several})


class _Current:
    """The releases of some records, as these records stand together."""

    def __init__(self, records: Sequence[Record], allowed: Collection[str], idle: Collection[str]) -> None:
        held = {record.own_id: record for record in records}
        self._changed = {
            name: current_release(entry.record, made)
            for name, entry in wordings(held, idle).by_id.items()
            if (made := [c for alias, _ in entry.corrections if isinstance(c := held[alias], Correction)])
        }
        self._changed |= dict.fromkeys(_closed(records, allowed), CurrentRelease(None))

    def release_of(self, record: Record) -> CurrentRelease:
        """Return the release of a record that amends nothing."""
        return self._changed.get(record.own_id) or CurrentRelease(record.release)


def _closed(records: Sequence[Record], allowed: Collection[str]) -> set[str]:
    """Return the records of forked numbers that a correction closes which names them by number alone.

    It was written before the number had two: it opens nothing, and what it closes stays closed.
    """
    closing = {
        (record.by, record.of)
        for record in records
        if isinstance(record, Correction) and closes(record, allowed)
    }
    forked = (record for record in records if of_a_fork(record.own_id))
    return {r.own_id for r in forked if closing and (r.by, bare(r.own_id)) in closing}
