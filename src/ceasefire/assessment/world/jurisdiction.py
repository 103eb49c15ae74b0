"""Where a claim is judged, and by whom: the agreements, and the mechanism at that instant.

docs/rules/claims.md, "Who determines".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.assessment.world.acts import covers
from ceasefire.instruments.oversight import term
from ceasefire.record import Decision, Incident, Performance, Tally

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire.assessment.world.occurrence import Times
    from ceasefire.instruments.terms import Commitment, Mechanism
    from ceasefire.instruments.together import Together
    from ceasefire.record import Record


class Jurisdiction:
    """Which agreements judge which claims, and which mechanism determines them when."""

    def __init__(self, world: Together) -> None:
        self._world = world
        self._all = tuple(agreement.id for agreement in world.agreements)
        self._by_act: dict[str | None, tuple[Commitment, ...]] = {}
        self._of_acts: dict[tuple[str | None, tuple[str, ...]], tuple[str, ...]] = {}
        #: Later terms first.
        mechanisms = sorted(world.mechanisms, key=lambda m: term(m, world.timezone), reverse=True)
        self._terms = {
            agreement: [(*term(m, world.timezone), m) for m in mechanisms if agreement in m.oversees]
            for agreement in self._all
        }

    def full_name(self, name: str | None) -> str | None:
        """Return the full name of a commitment; a short one will do where only one bears it."""
        return self._world.full_name(name)

    def commitments_for(self, act: str | None) -> tuple[Commitment, ...]:
        """Return every commitment whose acts may cover an act, in file order."""
        found = self._by_act.get(act)
        if found is None:
            found = tuple(c for c in self._world.commitments.values() if covers(c.acts, act))
            self._by_act[act] = found
        return found

    def agreements_of(self, record: Record) -> tuple[str, ...]:
        """Return the agreements in which a claim that is no remedy is judged, in the order of the call."""
        if isinstance(record, Performance):
            return self._of_targets([record.commitment])
        if isinstance(record, Decision):
            return self._of_targets([record.commitment], record.agreement)
        if isinstance(record, Incident):
            return self._of_act(record.act, record.commitments)
        if isinstance(record, Tally):
            return self._of_act(record.act, ())
        return self._all

    def _of_act(self, act: str | None, commitments: tuple[str, ...]) -> tuple[str, ...]:
        """Return the agreements in which an act is judged: those it names, else those it may be under."""
        found = self._of_acts.get((act, commitments))
        if found is None:
            covering = {c.agreement for c in self.commitments_for(act)}
            found = self._of_targets(commitments) or tuple(a for a in self._all if a in covering) or self._all
            self._of_acts[act, commitments] = found
        return found

    def agreements_of_remedy(self, target: str, remedied: Record | None) -> tuple[str, ...]:
        """Return the agreements in which a remedy of a known record or of a commitment is judged."""
        if isinstance(remedied, Incident):
            return self.agreements_of(remedied)
        return self._of_targets([target]) or self._all

    def mechanism(self, agreement: str, first: int, last: int) -> Mechanism | None:
        """Return the mechanism that oversees an agreement between two instants, or None.

        The later one, if an occurrence spans a change.
        """
        for start, end, mechanism in self._terms[agreement]:
            if start <= last and first < end:
                return mechanism
        return None

    def _of_targets(self, commitments: Iterable[str | None], agreement: str | None = None) -> tuple[str, ...]:
        found = {agreement}
        for name in commitments:
            full = self.full_name(name)
            if full is not None:
                found.add(self._world.commitments[full].agreement)
        return tuple(a for a in self._all if a in found)


def judged_at(record: Record, times: Times) -> tuple[int, int]:
    """Return the bounds of the instant at which an act occurred, for whoever determines it.

    A lasting act is judged by the mechanism at its start, a performance by that at its completion.
    """
    if times.lasting and isinstance(record, Performance) and times.completed is not None:
        return times.completed
    return times.first, times.last
