"""What the incidents of one commitment are weighed with: its rows, and whose acts count on them.

Whether an act counts on a row hangs on who is named, on the stretch of time in which
no membership changes, and on the scope of the act but for who did it. Few incidents
differ in all three, so it is asked once for each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from attrs import Factory, field, frozen

from ceasefire.assessment.groups import MAYBE, NO, YES
from ceasefire.assessment.scope import OUTSIDE, UNCLEAR, WITHIN, Scope, Window

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ceasefire.assessment.courses import Course
    from ceasefire.assessment.determined import Determined
    from ceasefire.assessment.doings import Doings
    from ceasefire.assessment.groups import Groups
    from ceasefire.assessment.scope import Scoping

NOBODY = None
_NOT_BOUND = Scope(OUTSIDE, "not_bound")

#: The scope of an incident but for who did it: once for all rows, or row by row where their windows differ.
Bases = tuple[Scope, ...]


class Concern(NamedTuple):
    """A row of which somebody named for an incident is the bearer, or belonged to it."""

    key: str
    #: The bearer's row: a member has its bearer's phase.
    row: str
    #: Whether the act counts there; None where its author accuses somebody there, and it is another's.
    scope: Scope | None


@frozen
class Bench:
    """Everything the incidents of one commitment are weighed with."""

    course: Course
    #: Rows by key, with the parties that each stands for (several for a joint debt).
    bearers: Mapping[str, tuple[str, ...]]
    doings: Mapping[str, Doings]
    scoping: Scoping
    groups: Groups
    as_of: int
    #: Members of bearers that have a row, each with its bearer's.
    members: Mapping[str, str] = field(factory=dict)
    _windows: tuple[Window | None, ...] = field(
        init=False, default=Factory(lambda self: self._windows_by_row(), takes_self=True)
    )
    _places: dict[str | None, int] = field(
        init=False,
        default=Factory(lambda self: {row: n for n, row in enumerate(self.bearers)}, takes_self=True),
    )
    _concerns: dict[tuple[object, ...], tuple[Concern, ...]] = field(init=False, factory=dict)
    _rows: dict[tuple[object, ...], str | None] = field(init=False, factory=dict)

    @property
    def nobody(self) -> bool:
        """Whether the commitment has a row of nobody in particular."""
        return bool(self.course.commitment.acts)

    def bases(self, claim: Determined, static: Scope) -> Bases:
        """Return the scope of an incident on each row, but for who did it."""
        commitment, scoping = self.course.commitment, self.scoping
        return tuple(
            scoping.within(claim, commitment, static, scoping.timing(claim, commitment, window, self.as_of))
            for window in self._windows
        )

    def base(self, bases: Bases, row: str | None) -> Scope:
        """Return the one that holds on a row."""
        return bases[0] if len(bases) == 1 else bases[self._places.get(row, -1)]

    def concerned(self, claim: Determined, bases: Bases) -> tuple[Concern, ...]:
        """Return the rows that an open or established incident concerns, by whom it names."""
        epochs = self.groups.epochs(claim.times)
        key = (claim.named, claim.accused, epochs, bases)
        found = self._concerns.get(key)
        if found is None:
            several = (self._concern(claim, row, None, epochs, bases) for row in self.bearers)
            more = (self._concern(claim, row, member, epochs, bases) for member, row in self.members.items())
            found = self._concerns[key] = tuple(c for c in (*several, *more) if c is not None)
        return found

    def belongs(self, parties: Iterable[str], row: str, member: str | None, epochs: range) -> bool:
        """Tell whether one of these parties is whom a row stands for, or may belong to it."""
        bearers = self.bearers[row] if member is None else (member,)
        return any(self.groups.belongs(p, b, epochs) for p in parties for b in bearers)

    def row_of(self, party: str, claim: Determined, bases: Bases) -> str | None:
        """Return the row of a bearer that a party belonged to, if the incident concerns the party there."""
        epochs = self.groups.epochs(claim.times)
        key = (party, epochs, bases)
        if key not in self._rows:
            self._rows[key] = next(
                (row for row in self.bearers if self._counts(party, row, epochs, bases)), None
            )
        return self._rows[key]

    def _counts(self, party: str, row: str, epochs: range, bases: Bases) -> bool:
        base = self.base(bases, row)
        return base.value != OUTSIDE and self._actor(party, row, None, epochs, base).value != OUTSIDE

    def _concern(
        self, claim: Determined, row: str, member: str | None, epochs: range, bases: Bases
    ) -> Concern | None:
        base = self.base(bases, row)
        actors = (self._actor(actor, row, member, epochs, base) for actor in claim.named)
        scopes = [min((scope, base), key=lambda s: s.value) for scope in actors]
        scope = max(scopes, key=lambda s: (s.value, s.code != "not_bound"))
        if scope.code != "not_bound" or self.belongs(claim.named, row, member, epochs):
            return Concern(member or row, row, scope)
        return Concern(member or row, row, None) if self.belongs(claim.accused, row, member, epochs) else None

    def _actor(self, actor: str, row: str, member: str | None, epochs: range, base: Scope) -> Scope:
        """Return whether an actor's act counts on a row: the bearer's, or that of a member of it."""
        bound = self._by_finding if base.code == "by_finding" else self.scoping.actor
        scopes = (bound(actor, bearer, epochs) for bearer in self.bearers[row])
        best = max(scopes, key=lambda s: (s.value, s.code != "not_bound"))
        if member is None or best.value == OUTSIDE:
            return best
        inner = self.groups.belongs(actor, member, epochs)
        if inner == NO:
            return _NOT_BOUND
        return (
            min(best, Scope(UNCLEAR, "unclear_membership"), key=lambda s: s.value) if inner == MAYBE else best
        )

    def _by_finding(self, actor: str, bearer: str, epochs: range) -> Scope:
        """Return the same where the scope was decided: only whose act it was is still to be asked."""
        if actor == bearer:
            return Scope(WITHIN, "by_finding")
        if self.groups.excluded(actor, epochs) == YES:
            return Scope(OUTSIDE, "excluded")
        belongs = self.groups.belongs(actor, bearer, epochs)
        if belongs == NO:
            return _NOT_BOUND
        return Scope(UNCLEAR, "unclear_membership") if belongs == MAYBE else Scope(WITHIN, "by_finding")

    def _windows_by_row(self) -> tuple[Window | None, ...]:
        """Return when acts concern the rows, and last that of nobody in particular; or one for them all.

        Once its bearer has achieved what was owed, acts concern a row no more.
        """
        window = self.course.window
        if window is None or self.course.commitment.duty != "achieve":
            return (window,)
        done = {row: self.doings[row].performed() for row in self.bearers}
        ends = [window.end if one is None else min(window.end, one.at) for one in done.values()]
        last = max(ends, default=window.end)
        return tuple(window._replace(end=end) for end in (*ends, last))
