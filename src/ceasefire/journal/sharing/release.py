"""Which bodies a copy for an audience holds: those of records that this audience may see.

docs/rules/records.md, "Who may see a record"; docs/reports.md.

A copy shows no more than a report for the same audience does, and where a body can only be
given whole, rather less: evidence that is for fewer eyes than its record keeps the whole body
back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from ceasefire.errors import RecordError, did_you_mean, nearest, quoted
from ceasefire.journal.history import reading
from ceasefire.journal.history.lineage import Standing
from ceasefire.journal.writing.amendments import in_force, wording
from ceasefire.record.choices import ALLOWED
from ceasefire.record.ids import bare, of_a_fork
from ceasefire.record.release import CurrentRelease, closes, current_release, may_be_seen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ceasefire.instruments.keys import Keyring
    from ceasefire.journal.stores.store import Store
    from ceasefire.record.kinds import Record


@frozen
class Releases:
    """What an audience may see of a store."""

    store: Store
    allowed: frozenset[str]
    standing: Standing

    def shows(self, record: Record) -> bool:
        """Tell whether the body of a record may be given to the audience."""
        if self.allowed == ALLOWED["author"]:
            return True
        if any(piece.release is not None and piece.release not in self.allowed for piece in record.evidence):
            return False
        return all(
            may_be_seen(
                record, self.allowed, self._find, release_of, untraced=self.allowed == ALLOWED["public"]
            )
            for release_of in (self._release, self._release_by_all)
        )

    def _find(self, name: str) -> Record | None:
        return reading.found(self.store, name)

    def _release(self, record: Record) -> CurrentRelease:
        """Return the release of a record by the corrections that have effect."""
        return self._by(record, lambda name: filter(self.standing.has_effect, self._amendments(name)))

    def _release_by_all(self, record: Record) -> CurrentRelease:
        """Return the release of a record by all its corrections: in doubt nothing is shown."""
        name = record.own_id
        if of_a_fork(name):
            for one in self._amendments(bare(name)):
                if one.by == record.by and closes(one, self.allowed):
                    return CurrentRelease(None)
        return self._by(record, self._amendments)

    def _amendments(self, name: str) -> list[Record]:
        return reading.amendments(self.store, name)

    @staticmethod
    def _by(record: Record, amendments: Callable[[str], Iterable[Record]]) -> CurrentRelease:
        newest, _ = wording(record, amendments)
        return current_release(newest, in_force(record, amendments))


def releases(store: Store, audience: str | None, keys: Keyring | None = None) -> Releases:
    """Return what an audience may see of a store, None for everything; `RecordError` for an unknown one."""
    if audience is not None and (not isinstance(audience, str) or audience not in ALLOWED):
        guess = did_you_mean(nearest(audience, ALLOWED))
        raise RecordError(f"{quoted(audience)} is no audience{guess}: write {', '.join(ALLOWED)}")
    return Releases(store, ALLOWED[audience or "author"], Standing(store, keys))
