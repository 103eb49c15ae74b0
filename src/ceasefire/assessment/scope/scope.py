"""Does an act concern a commitment? Inside, outside or unclear, always with a reason (docs/rules/scope.md).

Act, place and target are the static half: few distinct combinations, memoised.
Time is the other half (timing.py). Whether somebody was bound is asked for
one actor at a time, because an incident may accuse several (bound.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, cast

from ceasefire.assessment.scope.alike import Sorts
from ceasefire.assessment.world.acts import covers, is_omission
from ceasefire.assessment.world.certainty import MAYBE, NO, YES, Certainty
from ceasefire.record import Incident, Tally
from ceasefire.values import Value

if TYPE_CHECKING:
    from ceasefire.assessment.determination.claims import DeterminedClaim
    from ceasefire.assessment.world.jurisdiction import Jurisdiction
    from ceasefire.assessment.world.membership import Groups
    from ceasefire.assessment.world.occurrence import Times
    from ceasefire.assessment.world.zones import Map
    from ceasefire.instruments.terms import Agreement, Commitment


class Scope(Value):
    """Whether an act concerns a commitment – yes inside, no outside, maybe unclear – and why, as a code."""

    value: Certainty
    code: str


BY_RULE: Final = Scope(YES, "by_rule")


NOT_BOUND: Final = Scope(NO, "not_bound")


class Halves(NamedTuple):
    """The commitments that may concern an incident, each with the half of its scope that is not time.

    Halves that are equal are the same.
    """

    every: tuple[tuple[str, Scope], ...]
    #: Those of which it is not outside, whenever it was.
    reached: tuple[tuple[str, Scope], ...]


class Scoping:
    """The scope of the incidents of one agreement, and of the counts that are of somebody's acts."""

    def __init__(self, agreement: Agreement, groups: Groups, zones: Map, jurisdiction: Jurisdiction) -> None:
        self._agreement, self._groups, self._zones, self._jurisdiction = (
            agreement,
            groups,
            zones,
            jurisdiction,
        )
        #: The sorts of what is plain: numbers that mean something here alone.
        self.sorts = Sorts(groups)
        self._commitments = {commitment.name: commitment for commitment in agreement.commitments}
        #: Whether anything hangs on whom an act was against.
        self._exempting = bool(agreement.excluded) or any(c.except_against for c in agreement.commitments)
        self._covered: dict[tuple[str | None, tuple[str, ...], str], Scope] = {}
        self._placed: dict[tuple[str | None, str], Scope] = {}
        self._candidates: dict[tuple[object, ...], tuple[Commitment, ...]] = {}
        self._halves: dict[tuple[object, ...], Halves] = {}
        self._plain: dict[tuple[object, ...], Halves] = {}
        self._scopes: dict[Scope, Scope] = {}

    def hangs_on(self, groups: Groups, zones: Map, jurisdiction: Jurisdiction) -> bool:
        """Tell whether it is made of these: then all it answers holds for whoever else has them."""
        return (self._groups, self._zones, self._jurisdiction) == (groups, zones, jurisdiction)

    def candidates(self, claim: DeterminedClaim) -> tuple[Commitment, ...]:
        """Return the commitments of the agreement that may concern an incident: named, covering, decided."""
        record, under = _stated(claim), claim.ruling.under
        named = _named(record)
        key = (named or record.act, under)
        found = self._candidates.get(key)
        if found is None:
            if named:
                names = [self._jurisdiction.full_name(name) for name in named]
            else:
                names = [c.name for c in self._jurisdiction.commitments_for(record.act)]
            found = self._candidates[key] = tuple(
                self._commitments[name]
                for name in dict.fromkeys((*names, *under))
                if name is not None and name in self._commitments
            )
        return found

    def reached(self, claim: DeterminedClaim) -> tuple[tuple[str, Scope], ...]:
        """Return the commitments of which an incident is not outside, whenever it was, each with `static`."""
        return self.halves(claim).reached

    def answering(self, claim: DeterminedClaim) -> tuple[tuple[str, Scope], ...]:
        """Return the commitments that may concern an incident, named, covering or decided, with `static`."""
        return self.halves(claim).every

    def halves(self, claim: DeterminedClaim) -> Halves:
        """Return the commitments that may concern an incident, each with `static`.

        Few incidents differ in all that this hangs on: it is memoised.
        """
        record, ruling = claim.entry.record, claim.ruling
        plain = None
        if type(record) is Incident and record.zone is not None and not (self._exempting and record.against):
            plain = (record.act, record.commitments, record.zone, ruling.under, ruling.ground)
            found = self._plain.get(plain)  # all that `_key` hangs on then
            if found is not None:
                return found
        key = self._key(claim)
        found = self._halves.get(key)
        if found is None:
            halves = ((c.name, self._half(claim, c)) for c in self.candidates(claim))
            every = tuple([(name, self._scopes.setdefault(half, half)) for name, half in halves])
            found = self._halves[key] = Halves(every, tuple([one for one in every if one[1].value != NO]))
        if plain is not None:
            self._plain[plain] = found
        return found

    def _key(self, claim: DeterminedClaim) -> tuple[object, ...]:
        """Return all that the half of a scope hangs on that is not when the commitment was in effect."""
        record, ruling = _stated(claim), claim.ruling
        against = record.against if self._exempting else ()
        epochs = self._groups.stretch(against, claim.times)
        place, kind = self._zones.resolve(record), record.kind
        return (kind, record.act, _named(record), place, against, epochs, ruling.under, ruling.ground)

    def static(self, claim: DeterminedClaim, commitment: Commitment) -> Scope:
        """Return the half of the scope that does not hang on when the commitment was in effect."""
        found = dict(self.halves(claim).every).get(commitment.name)
        return self._half(claim, commitment) if found is None else found

    def _half(self, claim: DeterminedClaim, commitment: Commitment) -> Scope:
        record = _stated(claim)
        found = self._found(claim, commitment)
        if commitment.duty == "permit" or commitment.hortatory:  # exercised, or called for: never breached
            covered = self._act(record, commitment).value or found is not None
            return Scope(NO, "never_breached" if covered else "outside_act")
        if found is not None:
            return found
        act = self._act(record, commitment)
        if is_omission(record, commitment):  # it has no place and no target of its own
            return act
        place = self.placed(self._zones.resolve(record), commitment)
        return least(act, place, self._target(record, commitment, claim.times))

    def _found(self, claim: DeterminedClaim, commitment: Commitment) -> Scope | None:
        """Return the scope a mechanism decided in this agreement, or None where it decided none."""
        if claim.ruling.ground is not None:
            return Scope(NO, "outside_finding")
        here = [name for name in claim.ruling.under if name.startswith(f"{commitment.agreement}/")]
        if not here:
            return None
        return Scope(YES, "by_finding") if commitment.name in here else Scope(NO, "outside_finding")

    def _act(self, record: Incident | Tally, commitment: Commitment) -> Scope:
        if type(record) is not Incident:
            return self._covers(record, commitment)
        key = (record.act, record.commitments, commitment.name)
        found = self._covered.get(key)
        if found is None:
            found = self._covered[key] = self._covers(record, commitment)
        return found

    def _covers(self, record: Incident | Tally, commitment: Commitment) -> Scope:
        act, names = record.act, _named(record)
        named = commitment.name in {self._jurisdiction.full_name(name) for name in names}
        if is_omission(record, commitment):
            return BY_RULE if named else Scope(NO, "outside_act")
        if not named and (names or commitment.ensures):
            return Scope(NO, "outside_act")
        covered = YES if named and not commitment.acts else covers(commitment.acts, act)
        if covered == MAYBE:
            return Scope(MAYBE, "unclear_act")
        return BY_RULE if covered else Scope(NO, "outside_act")

    def placed(self, place: str | None, commitment: Commitment) -> Scope:
        """Return the scope by place alone; None is a place that resolves to no zone."""
        found = self._placed.get((place, commitment.name))
        if found is None:
            found = self._placed[place, commitment.name] = self._by_place(place, commitment)
        return found

    def _by_place(self, place: str | None, commitment: Commitment) -> Scope:
        if not commitment.zones and not commitment.except_zones:
            return BY_RULE
        if place is None:
            return Scope(MAYBE, "unclear_place")
        meant = {self._zones.relation(place, zone) for zone in commitment.zones}
        excepted = {self._zones.relation(place, zone) for zone in commitment.except_zones}
        if YES in excepted or meant == {NO}:
            return Scope(NO, "outside_zone")
        if MAYBE in excepted or (MAYBE in meant and YES not in meant):
            return Scope(MAYBE, "unclear_place")
        return BY_RULE

    def _target(self, record: Incident | Tally, commitment: Commitment, times: Times) -> Scope:
        """Return outside only where every target named is excepted, or stands outside the ceasefire."""
        entries = (*commitment.except_against, *self._agreement.excluded)
        if not record.against or not entries:
            return BY_RULE
        epochs = self._groups.epochs(times)
        least = min(self._groups.named(target, entries, epochs) for target in record.against)
        if least == YES:
            return Scope(NO, "exempt_target")
        return Scope(MAYBE, "unclear_membership") if least == MAYBE else BY_RULE


def _stated(claim: DeterminedClaim) -> Incident | Tally:
    return cast("Incident | Tally", claim.entry.record)  # nothing else has a scope


def _named(record: Incident | Tally) -> tuple[str, ...]:
    """Return the commitments that an incident names; a count names none."""
    return record.commitments if isinstance(record, Incident) else ()


def least(*scopes: Scope) -> Scope:
    """Return the scope that several parts make: the first that is outside, else the first that is unclear."""
    return min(scopes, key=lambda s: s.value)
