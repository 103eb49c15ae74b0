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
from ceasefire.record.choices import ALLOWED, leaves_no_trace, readable
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
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from ceasefire.record import Record


def released(
    records: Iterable[Record], audience: str, known_at: int | None, idle: Collection[str] = ()
) -> tuple[Record, ...]:
    """Return the records that an audience may see, in the order given.

    A correction on a forked chain opens nothing, and yet what it closes stays closed:
    in doubt nothing is shown.
    """
    records = tuple(records)
    seen = {by: readable(audience, by) for by in {record.by for record in records}}
    untraced = leaves_no_trace(audience)
    held = {record.own_id: record for record in records}
    if all((r.release or "mechanism") in seen[r.by] for r in records) and not any(map(sets_release, records)):
        if not untraced or not any(isinstance(r, AMENDMENTS) for r in records):
            return records
        current = [_Current([], seen, ())]
    else:
        current = [_Current(records, seen, idle)]
        if idle:
            current.append(_Current(records, seen, ()))
        if known_at is not None:
            current.append(_Current([r for r in records if is_known(r, known_at)], seen, idle))
    return tuple(r for r in records if all(one.shows(r, held, untraced=untraced) for one in current))


def missing(records: Iterable[Record], known_at: int | None, worded: Iterable[Record] = ()) -> frozenset[str]:
    """Return the ids that records, also as they are now worded, point at and that none of them bears."""
    several = [r for r in records if is_known(r, known_at)]
    given = {id(record) for record in several}
    others = (record for record in worded if id(record) not in given)  # mostly none is worded otherwise
    named = {name for record in (*several, *others) for name in pointing(record).values()}
    return frozenset(named - {record.id for record in several})


class _Current:
    """The releases of some records, as these records stand together."""

    def __init__(
        self, records: Sequence[Record], seen: Mapping[str | None, frozenset[str]], idle: Collection[str]
    ) -> None:
        #: Of each author the releases that the audience may see.
        self._seen = seen
        held = {record.own_id: record for record in records}
        self._changed = {
            name: current_release(entry.record, made)
            for name, entry in wordings(held, idle).by_id.items()
            if (made := [c for alias, _ in entry.corrections if isinstance(c := held[alias], Correction)])
        }
        self._changed |= dict.fromkeys(_closed(records, seen), CurrentRelease(None))

    def shows(self, record: Record, held: Mapping[str, Record], *, untraced: bool) -> bool:
        """Tell whether a record may be seen, given all that are held."""
        allowed = self._seen[record.by]
        hides = untraced and allowed != ALLOWED["author"]
        return may_be_seen(record, allowed, held.get, self.release_of, untraced=hides)

    def release_of(self, record: Record) -> CurrentRelease:
        """Return the release of a record that amends nothing."""
        return self._changed.get(record.own_id) or CurrentRelease(record.release)


def _closed(records: Sequence[Record], seen: Mapping[str | None, frozenset[str]]) -> set[str]:
    """Return the records of forked numbers that a correction closes which names them by number alone.

    It was written before the number had two: it opens nothing, and what it closes stays closed.
    """
    closing = {
        (record.by, record.of)
        for record in records
        if isinstance(record, Correction) and closes(record, seen[record.by])
    }
    forked = (record for record in records if of_a_fork(record.own_id))
    return {r.own_id for r in forked if closing and (r.by, bare(r.own_id)) in closing}
