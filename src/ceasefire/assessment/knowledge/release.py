"""Who may see which record: the release of each record as it now stands.

docs/rules/records.md, "Fields that every record has"; docs/reports.md.

A correction may open a record to more, or close it to all but some. A record that
was closed stays closed in a report on an earlier day: what may be read is a matter of
today, what was known a matter of then. What corrects or takes back a hidden record is
hidden with it. A withdrawal that says nothing of its release is as public as what it
takes back; any other correction, withdrawal or finding follows its own release.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.assessment.knowledge.ledger import is_known
from ceasefire.assessment.knowledge.wordings import wordings
from ceasefire.errors import did_you_mean, nearest, quoted
from ceasefire.record import Correction, Erasure, Withdrawal
from ceasefire.record.choices import ALLOWED, readable
from ceasefire.record.ids import bare, of_a_fork
from ceasefire.visible import visible

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from ceasefire.record import Record

#: The audiences that are there whatever the agreements.
AUDIENCES: Final = ("mechanism", "public", "author")
#: How what is not there is told: to an audience that may not see all, only that it is not released to it.
#: It is the same whether or not there is more. None: of an assessment that was made for nobody in particular.
_PRESENT: Final = {
    "public": "released to the public",
    "mechanism": "recorded",
    "author": "recorded",
    None: "recorded",
}
#: The same for the edition of a party, whichever it is.
_TO_A_PARTY: Final = "released to this audience"
#: Fields in which a record names another.
_POINTERS: Final = ("on", "to", "of", "same_as", "answers")


def released(
    records: Iterable[Record], audience: str, known_at: int | None, idle: Collection[str] = ()
) -> tuple[Record, ...]:
    """Return the records that an audience may see, in the order given.

    A correction on a forked chain opens nothing, and yet what it closes stays closed:
    in doubt nothing is shown.
    """
    several = tuple(records)
    hidden = _of_nothing_held(several, audience) if leaves_no_trace(audience) else frozenset()
    seen = {by: readable(audience, by) for by in {record.by for record in several}}
    if all((r.release or "mechanism") in seen[r.by] for r in several) and not any(
        map(_sets_release, several)
    ):
        return tuple(r for r in several if r.own_id not in hidden) if hidden else several
    views = [_Releases(several, seen, idle)]
    if idle:
        views.append(_Releases(several, seen, ()))
    if known_at is not None:
        views.append(_Releases([r for r in several if is_known(r, known_at)], seen, idle))
    hidden |= _closed(several, seen)
    return tuple(r for r in several if r.own_id not in hidden and all(view.shows(r) for view in views))


def no_audience(audience: object, parties: Iterable[str]) -> str:
    """Return what is wrong with an audience that is none, and which there are."""
    known = (*AUDIENCES, *parties)
    guess = did_you_mean(nearest(audience, known)) if isinstance(audience, str) else ""
    there = ", ".join(map(visible, parties)) or "there is none"
    words = ", ".join(AUDIENCES)
    return f"{quoted(audience)} is no audience{guess}: write {words}, or the id of a party ({there})"


def leaves_no_trace(audience: str) -> bool:
    """Tell whether what an audience may not see leaves no trace at all: of the public, and of a party."""
    return audience == "public" or audience not in ALLOWED


def _of_nothing_held(records: Iterable[Record], audience: str) -> frozenset[str]:
    """Return what corrects or takes back a record of its own author that is not held.

    What amends a hidden record is hidden with it; were it shown where that is not held, the
    report would tell the one from the other. Of somebody else's record it is shown, held or not.
    """
    several = tuple(records)
    held = {record.own_id for record in several}
    amending = (r for r in several if isinstance(r, Correction | Withdrawal | Erasure))
    lost = (r for r in amending if r.of not in held and readable(audience, r.by) != ALLOWED["author"])
    return frozenset(r.own_id for r in lost if r.of.rpartition("/")[0] in ("", r.by))


def _closed(records: Iterable[Record], seen: Mapping[str | None, frozenset[str]]) -> set[str]:
    """Return the records of forked numbers that a correction closes which names them by number alone.

    It was written before the number had two: it opens nothing, and what it closes stays closed.
    """
    several = tuple(records)
    closing = {
        (record.by, record.of)
        for record in several
        if isinstance(record, Correction) and record.set.get("release", "public") not in seen[record.by]
    }
    forked = (record for record in several if of_a_fork(record.own_id))
    return {r.own_id for r in forked if closing and (r.by, bare(r.own_id)) in closing}


def present(audience: str | None) -> str:
    """Return what a record is that an audience can read of: `recorded`, or `released to the public`."""
    return _PRESENT.get(audience, _TO_A_PARTY)


def missing(records: Iterable[Record], known_at: int | None, worded: Iterable[Record] = ()) -> frozenset[str]:
    """Return the ids that records, also as they are now worded, point at and that none of them bears."""
    several = [r for r in records if is_known(r, known_at)]
    pointers = {
        value
        for record in (*several, *worded)
        for name in _POINTERS
        if (value := getattr(record, name, None))
    }
    return frozenset(pointers - {record.id for record in several})


class _Releases:
    """Which of some records an audience may see, as these records stand together."""

    def __init__(
        self, records: Iterable[Record], seen: Mapping[str | None, frozenset[str]], idle: Collection[str]
    ) -> None:
        #: Of each author the releases that the audience may see.
        self.seen = seen
        self.held = {record.own_id: record for record in records}
        #: What a correction made of a record's release, and the corrections that were then in force.
        self.changed: dict[str, str | None] = {}
        self.opening: set[str] = set()
        for name, entry in wordings(self.held, idle).by_id.items():
            made = [self.held[alias] for alias, _ in entry.corrections]
            last = max((n for n, c in enumerate(made) if _sets_release(c)), default=None)
            if last is None:
                continue
            self.changed[name] = entry.record.release
            allowed = seen[entry.record.by]
            if entry.record.release in allowed and self.held[name].release not in allowed:
                # It is opened as it then was worded: what was corrected before must not come back.
                self.opening |= {correction.own_id for correction in made[: last + 1]}

    def shows(self, record: Record) -> bool:
        """Tell whether a record may be seen, and with it all that its author says there it amends."""
        passed: set[str] = set()
        one: Record | None = record
        release: str | None = None
        allowed = self.seen[record.by]
        while one is not None and one.by == record.by and one.own_id not in passed:
            passed.add(one.own_id)
            if not isinstance(one, Correction | Withdrawal | Erasure):
                return self.changed.get(one.own_id, one.release) in allowed
            release = one.release
            if release is not None and one.id not in self.opening and release not in allowed:
                return False
            one = self.held.get(one.of)
        # What says nothing of its release has, of nothing whose release it could have, that of every record.
        return release is not None or "mechanism" in allowed


def _sets_release(record: Record) -> bool:
    return isinstance(record, Correction) and ("release" in record.set or "release" in record.unset)
