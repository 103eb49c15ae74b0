"""What of an earlier assessment holds in another one, of the same agreements (design §12).

Every step is a pure function. So what was found of a claim holds as long as all that
it was found from is the same: that is told by identity, for what has not changed is
the same object. Two things are told by time instead: memberships, and when a
commitment was in effect. Where they differ only from some instant on, nothing that
occurred before it can tell.
"""

from __future__ import annotations

from bisect import insort
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Final, TypeVar

from attrs import frozen

from ceasefire.clock import FOREVER
from ceasefire.record import Decision

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ceasefire.assessment.bearings import Bearing
    from ceasefire.assessment.bench import Bench
    from ceasefire.assessment.determined import Determined, Docket
    from ceasefire.assessment.docket import Heard
    from ceasefire.assessment.groups import Change
    from ceasefire.assessment.rows import Weighed
    from ceasefire.assessment.scope import Window
    from ceasefire.assessment.wordings import Worded

NEVER: Final = -FOREVER
#: Beside so many times as many, a few are sooner put into their places than all sorted.
_FEW: Final = 16

T = TypeVar("T")


@frozen(eq=False)
class Earlier:
    """The claims of one agreement as an earlier assessment determined them."""

    heard: Heard
    #: Memberships are the same for all that occurred before this instant.
    until: int = FOREVER

    def determined(
        self, docket: Docket, entries: Iterable[Worded], involved: Mapping[str, Worded]
    ) -> dict[str, Determined]:
        """Return the claims that stand for themselves alone, now and then, and are what they were."""
        before, by_id, until = self.heard.docket, self.heard.by_id, self.until
        times, findings = docket.times, docket.findings
        return {
            name: claim
            for entry in entries
            if (name := entry.id) not in involved
            and (claim := by_id.get(name)) is not None
            and claim.entry is entry
            and claim.counts_as == name
            and not claim.others
            and (occurred := times[name]) is before.times.get(name)
            and occurred.last < until
            and findings.get(name) is before.findings.get(name)
        }

    def reported(
        self, docket: Docket, entry: Worded, counts_as: str, others: Sequence[Worded], *, gone: bool
    ) -> Determined | None:
        """Return the same of a claim that others may count for, or that may count for others."""
        name, before = entry.id, self.heard.docket
        found = self.heard.by_id.get(name)
        if (
            found is None
            or found.counts_as != counts_as
            or (found.determination == "withdrawn") is not gone
            or len(found.others) != len(others)
            or docket.times[name] is not before.times.get(name)
            or docket.times[name].last >= self.until
        ):
            return None
        several = zip((entry, *others), (found.entry, *found.others), strict=True)
        if any(a is not b or docket.findings.get(a.id) is not before.findings.get(a.id) for a, b in several):
            return None
        equal = [docket.equal.get(o.id) == before.equal.get(o.id) for o in (entry, *others)]
        silence = (
            isinstance(entry.record, Decision) and found.mechanism is not None and found.mechanism.silence
        )
        return found if all(equal) and not silence else None


@frozen(eq=False)
class Same:
    """The claims of one agreement that are determined as they were."""

    claims: frozenset[Determined]
    #: Those of them that did not last: what lasts is seen further on another day.
    instant: frozenset[Determined]


def same(before: Heard, claims: Iterable[Determined]) -> Same:
    """Return which claims are as they were before."""
    both = frozenset(before.claims).intersection(claims)
    return Same(both, frozenset([claim for claim in both if not claim.times.lasting]))


def differ_from(changes: Iterable[Change], others: Iterable[Change]) -> int:
    """Return the instant from which two accounts of who belonged to whom may differ; FOREVER if never."""
    return min((change.first for change in {*changes} ^ {*others}), default=FOREVER)


def merged(several: list[T], more: Sequence[T], place: Callable[[T], int]) -> list[T]:
    """Return two lists, each in the order of places, as one."""
    if not several or not more:
        return [*several, *more]
    if _FEW * len(more) > len(several):
        return sorted((*several, *more), key=place)
    for one in more:
        insort(several, one, key=place)
    return several


def standing(same: Same, before: Weighed, bench: Bench) -> tuple[list[Bearing], frozenset[Determined]]:
    """Return the bearings of a commitment that are as they were, and the claims of which they all are."""
    until = alike_until(bench, before.bench)
    if until == NEVER:
        return [], frozenset()
    alike = same.instant
    if until < FOREVER:
        alike = frozenset([claim for claim in alike if claim.times.last < until])
    return [bearing for bearing in before.bearings if bearing.claim in alike], alike


def alike_until(bench: Bench, other: Bench) -> int:
    """Return the instant before which acts do the same on the rows of a commitment; NEVER where unknown.

    What was achieved or done in periods may bear on any omission.
    """
    same = bench.members == other.members and bench.bearers == other.bearers
    if bench.course.commitment.duty in ("achieve", "recur") or not same:
        return NEVER
    return _windows_until(bench.course.window, other.course.window)


def _windows_until(window: Window | None, other: Window | None) -> int:
    """Return the instant before which a commitment was in effect in both or in neither."""
    if window is None or other is None:
        return FOREVER if window is other else NEVER
    mine, theirs = ((one.start, *chain(*one.pauses)) for one in (window, other))
    bounds = [*zip_longest(mine, theirs, fillvalue=FOREVER), (window.end, other.end)]
    return min((min(pair) for pair in bounds if pair[0] != pair[1]), default=FOREVER)
