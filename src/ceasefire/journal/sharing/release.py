"""Which bodies a copy for an audience holds: those of records that this audience may see.

docs/rules/records.md, "Fields that every record has"; docs/reports.md.

A copy shows no more than a report for the same audience does, and where a body can
only be given whole, rather less. What counts is the release of a record as it now
stands: a correction may have opened it or closed it. What corrects or takes back a
record that is withheld is withheld with it; a withdrawal that says nothing of its own
release is given to whoever is given what it takes back. In doubt a body is withheld: a correction
on a forked chain opens nothing, and yet closes; evidence that is for fewer eyes than
its record keeps the whole body back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from ceasefire.errors import RecordError, did_you_mean, nearest, quoted
from ceasefire.journal.history import reading
from ceasefire.journal.history.lineage import Standing
from ceasefire.journal.writing.amendments import in_force, wording
from ceasefire.record.choices import ALLOWED
from ceasefire.record.ids import bare, of_a_fork
from ceasefire.record.kinds import Correction, Erasure, Record, Withdrawal

if TYPE_CHECKING:
    from ceasefire.instruments.keys import Keyring
    from ceasefire.journal.stores.store import Store

_AMENDMENTS: Final = (Correction, Withdrawal, Erasure)


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
        return self._shows(record, effective=True) and self._shows(record, effective=False)

    def _shows(self, record: Record, *, effective: bool, levels: int = 2) -> bool:
        """Tell the same with only the corrections that have effect, or with all of them.

        A withdrawal may be of a correction, and that of a record: so many levels there are.
        """
        if not isinstance(record, _AMENDMENTS):
            return self._release(record, effective=effective)[0] in self.allowed
        target = reading.found(self.store, record.of or "")
        author = (record.of or "").rpartition("/")[0]
        if target is None and self.allowed == ALLOWED["public"] and author in ("", record.by):
            return False  # of what is not held, or is hidden: the public cannot tell, and must not
        own = target is not None and target.by == record.by
        release = record.release
        if release is None and not (own and levels):
            release = "mechanism"  # a withdrawal that says nothing, of nothing whose release it could have
        opens = own and self._opens(record, effective=effective)
        if release is not None and release not in self.allowed and not opens:
            return False
        if not own or target is None or not levels:
            return True
        return self._shows(target, effective=effective, levels=levels - 1)

    def _opens(self, record: Record, *, effective: bool) -> bool:
        """Tell whether a correction is one of those after which its record was opened to the audience."""
        if not isinstance(record, Correction):
            return False
        target = reading.found(self.store, record.of or "")
        if target is None or isinstance(target, _AMENDMENTS):
            return False
        release, opening = self._release(target, effective=effective)
        return record.id in opening and release in self.allowed and target.release not in self.allowed

    def _release(self, record: Record, *, effective: bool) -> tuple[str | None, frozenset[str]]:
        """Return the release of a record as it stands, and the corrections by which it came to that."""

        def amendments(name: str) -> list[Record]:
            found = reading.amendments(self.store, name)
            if not effective and of_a_fork(name):  # a fork that came later does not open what was closed
                found += reading.amendments(self.store, bare(name))
            return [a for a in found if self.standing.has_effect(a)] if effective else found

        newest, _ = wording(record, amendments)
        made = in_force(record, amendments)
        last = max((n for n, c in enumerate(made) if "release" in (*c.set, *c.unset)), default=-1)
        return newest.release, frozenset(c.id or "" for c in made[: last + 1])


def releases(store: Store, audience: str | None, keys: Keyring | None = None) -> Releases:
    """Return what an audience may see of a store, None for everything; `RecordError` for an unknown one."""
    if audience is not None and audience not in ALLOWED:
        guess = did_you_mean(nearest(str(audience), ALLOWED))
        raise RecordError(f"{quoted(audience)} is no audience{guess}: write {', '.join(ALLOWED)}")
    return Releases(store, ALLOWED[audience or "author"], Standing(store, keys))
