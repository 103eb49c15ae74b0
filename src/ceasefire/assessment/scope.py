"""Does an act concern a commitment? Inside, outside or unclear, always with a reason (design §6).

Act, place and target are the static half: few distinct combinations, memoised.
Time is the other half: two comparisons. Whether somebody was bound is asked for
one actor at a time, because an incident may accuse several.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ceasefire.assessment.contexts import COARSE, COVERED, OMISSION, covers
from ceasefire.assessment.groups import MAYBE, NO, YES
from ceasefire.assessment.zones import APART, INSIDE
from ceasefire.assessment.zones import UNCLEAR as PARTLY
from ceasefire.record import Incident

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ceasefire.agreement.terms import Agreement, Commitment
    from ceasefire.assessment.determined import Determined
    from ceasefire.assessment.groups import Groups
    from ceasefire.assessment.times import Times
    from ceasefire.assessment.zones import Map

OUTSIDE, UNCLEAR, WITHIN = 0, 1, 2


class Scope(NamedTuple):
    """Whether an act concerns a commitment, and the code of the reason."""

    value: int
    code: str


class Window(NamedTuple):
    """When a commitment is in effect: from `start` until `end`, but not in [start, end) of `pauses`."""

    start: int
    end: int
    pauses: Sequence[tuple[int, int]]

    def holds(self, instant: int) -> bool:
        """Tell whether the commitment is in effect at an instant."""
        return self.start <= instant < self.end and not any(s <= instant < e for s, e in self.pauses)

    def meets(self, first: int, last: int) -> bool:
        """Tell whether it is in effect at any instant of a closed span."""
        first, last = max(first, self.start), min(last, self.end - 1)
        for start, end in self.pauses:
            if start <= first:
                first = max(first, end)
        return first <= last

    def fills(self, first: int, last: int) -> bool:
        """Tell whether it is in effect at every instant of a closed span."""
        return (
            self.start <= first
            and last < self.end
            and not any(s <= last and first < e for s, e in self.pauses)
        )


class Scoping:
    """The scope of the incidents of one agreement."""

    def __init__(
        self, agreement: Agreement, groups: Groups, zones: Map, full_name: Callable[[str], str | None]
    ) -> None:
        self._agreement, self._groups, self._zones, self._full_name = agreement, groups, zones, full_name
        self._static: dict[tuple[object, ...], Scope] = {}

    def of(self, claim: Determined, commitment: Commitment, window: Window | None, as_of: int) -> Scope:
        """Return the scope of an incident under a commitment, but for who did it."""
        record = claim.entry.record
        if not isinstance(record, Incident):
            raise TypeError("only incidents have a scope")
        if commitment.duty == "permit" or commitment.hortatory:  # exercised, or called for: never breached
            covered = self._act(record, commitment).value or self._found(claim, commitment) is not None
            return Scope(OUTSIDE, "never_breached" if covered else "outside_act")
        timing = self.timing(claim, commitment, window, as_of)
        by_finding = self._found(claim, commitment)
        if by_finding is not None:
            return timing if by_finding.value == WITHIN and timing.value == OUTSIDE else by_finding
        static = self._by_rule(record, commitment, claim.times)
        first = min((static, timing), key=lambda s: s.value)
        if first.value == WITHIN and self._circumstances(claim, commitment):
            return Scope(UNCLEAR, "unclear_exception")
        return first

    def timing(self, claim: Determined, commitment: Commitment, window: Window | None, as_of: int) -> Scope:
        """Return the scope by time alone; an omission is timed by what was owed, not by its own date."""
        record = claim.entry.record
        if window is None:
            return Scope(OUTSIDE, "outside_time")
        if (
            isinstance(record, Incident)
            and record.act == OMISSION
            and commitment.duty in ("achieve", "recur")
        ):
            return Scope(WITHIN, "by_rule")
        times = claim.times
        if times.lasting:
            certain = times.certain_part(as_of)
            if certain is not None and window.meets(*certain):
                return Scope(WITHIN, "by_rule")
        elif window.fills(times.first, times.last):
            return Scope(WITHIN, "by_rule")
        first, last = times.possible_part()
        if times.lasting and times.until is not None:
            last = max(first, last - 1)
        if window.meets(first, min(last, as_of)):
            return Scope(UNCLEAR, "unclear_time")
        inside_ends = window.start <= last and first < window.end
        return Scope(OUTSIDE, "suspended" if inside_ends else "outside_time")

    def actor(self, actor: str, bearer: str, claim: Determined) -> Scope:
        """Return whether an actor was bound through a bearer when the act occurred."""
        if self._groups.belongs(actor, bearer, claim.times) == NO:
            return Scope(OUTSIDE, "not_bound")
        excluded = self._groups.excluded(actor, claim.times)
        if excluded == YES:
            return Scope(OUTSIDE, "excluded")
        bound = self._groups.bound(actor, bearer, claim.times)
        if bound == NO:
            return Scope(OUTSIDE, "not_bound")
        if MAYBE in (bound, excluded):
            return Scope(UNCLEAR, "unclear_membership")
        return Scope(WITHIN, "by_rule")

    def _found(self, claim: Determined, commitment: Commitment) -> Scope | None:
        """Return the scope a mechanism decided in this agreement, or None where it decided none."""
        if claim.ground is not None:
            return Scope(OUTSIDE, "outside_finding")
        here = [name for name in claim.under if name.startswith(f"{commitment.agreement}/")]
        if not here:
            return None
        return Scope(WITHIN, "by_finding") if commitment.name in here else Scope(OUTSIDE, "outside_finding")

    def _circumstances(self, claim: Determined, commitment: Commitment) -> bool:
        return bool(commitment.except_when) and claim.circumstances

    def _by_rule(self, record: Incident, commitment: Commitment, times: Times) -> Scope:
        epochs = self._groups.epochs(times) if record.against else range(1)
        key = (
            commitment.name,
            record.act,
            record.commitments,
            record.zone,
            record.place,
            record.against,
            epochs,
        )
        found = self._static.get(key)
        if found is None:
            parts = [self._act(record, commitment)]
            if record.act != OMISSION:  # what was not done has no place and no target of its own
                parts.append(self.placed(self._zones.resolve(record), commitment))
                parts.append(self._target(record, commitment, times))
            found = self._static[key] = min(parts, key=lambda s: s.value)
        return found

    def _act(self, record: Incident, commitment: Commitment) -> Scope:
        act = record.act or ""
        named = commitment.name in {self._full_name(name) for name in record.commitments}
        if act == OMISSION:
            owed = named and commitment.duty in ("achieve", "recur")
            return Scope(WITHIN, "by_rule") if owed else Scope(OUTSIDE, "outside_act")
        if not named and (record.commitments or commitment.ensures):
            return Scope(OUTSIDE, "outside_act")
        covered = COVERED if named and not commitment.acts else covers(commitment.acts, act)
        if covered == COARSE:
            return Scope(UNCLEAR, "unclear_act")
        return Scope(WITHIN, "by_rule") if covered else Scope(OUTSIDE, "outside_act")

    def placed(self, place: str | None, commitment: Commitment) -> Scope:
        """Return the scope by place alone; None is a place that resolves to no zone."""
        if not commitment.zones and not commitment.except_zones:
            return Scope(WITHIN, "by_rule")
        if place is None:
            return Scope(UNCLEAR, "unclear_place")
        relation = max((self._zones.relation(place, z) for z in commitment.zones), default=INSIDE)
        excepted = max((self._zones.relation(place, z) for z in commitment.except_zones), default=APART)
        if relation == APART or excepted == INSIDE:
            return Scope(OUTSIDE, "outside_zone")
        if PARTLY in (relation, excepted):
            return Scope(UNCLEAR, "unclear_place")
        return Scope(WITHIN, "by_rule")

    def _target(self, record: Incident, commitment: Commitment, times: Times) -> Scope:
        """Return outside only where every target named is excepted, or stands outside the ceasefire."""
        entries = (*commitment.except_against, *self._agreement.excluded)
        if not record.against or not entries:
            return Scope(WITHIN, "by_rule")
        least = min(self._groups.named(target, entries, times) for target in record.against)
        if least == YES:
            return Scope(OUTSIDE, "exempt_target")
        return Scope(UNCLEAR, "unclear_membership") if least == MAYBE else Scope(WITHIN, "by_rule")


def judged_scope(parts: Iterable[Scope]) -> Scope:
    """Return the scope that several parts make: the first that is outside, else the first that is unclear."""
    return min(parts, key=lambda s: s.value)
