"""Which determinations of an earlier assessment hold in another one, of the same agreements.

Every step is a pure function. So what was found of a claim holds as long as all that
it was found from is the same: that is told by identity, for what has not changed is
the same object. Memberships are told by time: where they differ only from some
instant on, nothing that occurred before it can tell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.assessment.world.jurisdiction import judged_at
from ceasefire.clock import FOREVER
from ceasefire.record import Decision
from ceasefire.values import Entity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ceasefire.assessment.determination.claims import DeterminedClaim, Proceedings
    from ceasefire.assessment.determination.determinations import Determinations
    from ceasefire.assessment.knowledge.wordings import Worded
    from ceasefire.assessment.world.membership import Change
    from ceasefire.assessment.world.occurrence import Times


class Earlier(Entity):
    """The claims of one agreement as an earlier assessment determined them."""

    heard: Determinations
    #: Memberships are the same for all that occurred before this instant.
    until: int = FOREVER

    def determined(
        self, proceedings: Proceedings, entries: Iterable[Worded], involved: Mapping[str, Worded]
    ) -> dict[str, DeterminedClaim]:
        """Return the claims that stand for themselves alone, now and then, and are what they were."""
        before, by_id, until = self.heard.proceedings, self.heard.by_id, self.until
        times, findings = proceedings.times, proceedings.findings
        return {
            name: claim
            for entry in entries
            if (name := entry.id) not in involved
            and (claim := by_id.get(name)) is not None
            and claim.entry is entry
            and claim.counts_as == name
            and not claim.others
            and (occurred := times[name]) is before.times.get(name)
            and (until == FOREVER or latest_judged(entry, occurred) < until)
            and findings.get(name) is before.findings.get(name)
        }

    def reported(
        self, proceedings: Proceedings, entry: Worded, counts_as: str, others: Sequence[Worded], *, gone: bool
    ) -> DeterminedClaim | None:
        """Return the same of a claim that others may count for, or that may count for others."""
        name, before = entry.id, self.heard.proceedings
        found = self.heard.by_id.get(name)
        if (
            found is None
            or found.counts_as != counts_as
            or (found.determination == "withdrawn") is not gone
            or len(found.others) != len(others)
            or proceedings.times[name] is not before.times.get(name)
            or latest_judged(entry, proceedings.times[name]) >= self.until
        ):
            return None
        several = zip((entry, *others), (found.entry, *found.others), strict=True)
        if any(
            a is not b or proceedings.findings.get(a.id) is not before.findings.get(a.id) for a, b in several
        ):
            return None
        equal = [proceedings.equal.get(o.id) == before.equal.get(o.id) for o in (entry, *others)]
        silence = (
            isinstance(entry.record, Decision) and found.mechanism is not None and found.mechanism.silence
        )
        return found if all(equal) and not silence else None


class Unchanged(Entity):
    """The claims of one agreement that are determined as they were."""

    claims: frozenset[DeterminedClaim]
    #: Those of them that did not last: what lasts is seen further on another day.
    instant: frozenset[DeterminedClaim]


def same(before: Determinations, claims: Iterable[DeterminedClaim]) -> Unchanged:
    """Return which claims are as they were before."""
    both = frozenset(before.claims).intersection(claims)
    return Unchanged(both, frozenset([claim for claim in both if not claim.times.lasting]))


def latest_judged(entry: Worded, times: Times) -> int:
    """Return the latest instant at which a claim hangs on who belonged to whom: a performance at its end."""
    return max(times.last, judged_at(entry.record, times)[1])


def differ_from(changes: Iterable[Change], others: Iterable[Change]) -> int:
    """Return the instant from which two accounts of who belonged to whom may differ; FOREVER if never."""
    return min((change.first for change in {*changes} ^ {*others}), default=FOREVER)
