"""Who may see a record, whoever asks: the rule for copies of a journal and for assessments.

docs/rules/records.md, "Who may see a record".

What counts is the release of a record as it now stands. What amends a record of its own
author goes with that, to the end: hidden where anything on the way to the record is hidden,
and for the public where anything on it is not held.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from ceasefire.record.kinds import Correction, Erasure, Record, Withdrawal

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

#: Kinds that amend another record, and tell of it by that.
AMENDMENTS: Final = (Correction, Withdrawal, Erasure)
#: What goes for a record that says nothing of its release, and has no other's.
_DEFAULT: Final = "mechanism"


class CurrentRelease(NamedTuple):
    """The release of a record as it now stands."""

    release: str | None
    #: The corrections in force up to the last that changed it, by id.
    made_by: frozenset[str] = frozenset()


def sets_release(record: Record) -> bool:
    """Tell whether a record is a correction that changes who may see another."""
    return isinstance(record, Correction) and ("release" in record.set or "release" in record.unset)


def closes(record: Record, allowed: Collection[str]) -> bool:
    """Tell whether a correction leaves a record to none of these releases, if it has effect."""
    if not isinstance(record, Correction) or not sets_release(record):
        return False
    said = record.set.get("release") or _DEFAULT
    return not (isinstance(said, str) and said in allowed)


def current_release(newest: Record, corrections: Sequence[Correction]) -> CurrentRelease:
    """Return the release of a record in its newest wording, which corrections in force made."""
    last = max((n for n, one in enumerate(corrections) if sets_release(one)), default=-1)
    return CurrentRelease(newest.release, frozenset(one.own_id for one in corrections[: last + 1]))


def may_be_seen(
    record: Record,
    allowed: frozenset[str],
    find: Callable[[str], Record | None],
    release_of: Callable[[Record], CurrentRelease],
    *,
    untraced: bool,
) -> bool:
    """Tell whether an audience that sees these releases may see a record.

    `untraced` is whether what this audience may not see leaves no trace for it (`leaves_no_trace`).

    `find` returns the record of an id, None where it is not held; `release_of` the release as it now
    stands of a record that amends nothing.
    """
    one, release, passed = record, record.release, set[str]()
    while isinstance(one, AMENDMENTS):
        target = find(one.of)
        own = target is not None and target.by == one.by
        release = one.release
        if release is not None and release not in allowed and not _opens(one, target, allowed, release_of):
            return False
        passed.add(one.own_id)
        if target is None and untraced and one.of.rpartition("/")[0] in ("", one.by):
            return False  # what is not held it cannot tell from what is hidden, and must not
        if target is None or not own or target.own_id in passed:
            # Of nothing whose release it could have, what says nothing of its own has that of every record.
            return (release or _DEFAULT) in allowed
        one = target
    return release_of(one).release in allowed


def _opens(
    record: Record,
    target: Record | None,
    allowed: Collection[str],
    release_of: Callable[[Record], CurrentRelease],
) -> bool:
    """Tell whether a correction is one of those by which its record was opened to an audience.

    It is opened as it then was worded: what was corrected before must not come back.
    """
    if not isinstance(record, Correction) or target is None or target.by != record.by:
        return False
    if isinstance(target, AMENDMENTS) or target.release in allowed:
        return False
    release, made_by = release_of(target)
    return release in allowed and record.own_id in made_by
