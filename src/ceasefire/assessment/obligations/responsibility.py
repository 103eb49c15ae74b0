"""Whose acts count on the rows of one commitment, and who owes it.

Whether an act counts on a row hangs on who is named, on the stretch of time in which
no membership changes, and on the scope of the act but for who did it. Few incidents
differ in all three, so it is asked once for each.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import field
from msgspec.structs import replace

from ceasefire.assessment.scope.bound import bound, bound_by_finding
from ceasefire.assessment.scope.scope import NOT_BOUND, Scope, least
from ceasefire.assessment.scope.timing import timed, timing
from ceasefire.assessment.world.certainty import MAYBE, NO, YES
from ceasefire.values import Entity, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ceasefire.assessment.determination.claims import DeterminedClaim
    from ceasefire.assessment.lifecycle.commitments import CommitmentLife
    from ceasefire.assessment.lifecycle.windows import Window
    from ceasefire.assessment.obligations.performances import Performances
    from ceasefire.assessment.scope.scope import Scoping
    from ceasefire.assessment.world.membership import Groups, Tie

NOBODY = None

#: The scope of an incident but for who did it: once for all rows, or row by row where their windows differ.
Bases = tuple[Scope, ...]
#: How those named for an act stood to groups when it occurred.
Ties = tuple["Tie", ...]


class Concern(Value):
    """A row of which somebody named for an incident is the bearer, or belonged to it."""

    key: str
    #: The bearer's row: a member has its bearer's phase.
    row: str
    #: Whether the act counts there.
    scope: Scope


class Responsibility(Entity):
    """The rows of one commitment, and what tells whose acts count on them."""

    life: CommitmentLife
    #: Rows by key, with the parties that each stands for (several for a joint debt).
    bearers: Mapping[str, tuple[str, ...]]
    performances: Mapping[str, Performances]
    scoping: Scoping
    groups: Groups
    as_of: int
    #: Members of bearers that have a row, each with its bearer's.
    members: Mapping[str, str] = field(default_factory=dict)

    # What was found before, by all that it hangs on: remembered only to be quick.

    @cached_property
    def _concerns(self) -> dict[tuple[object, ...], tuple[Concern, ...]]:
        return {}

    @cached_property
    def _stood(self) -> dict[tuple[object, ...], tuple[tuple[Scope, bool], ...]]:
        return {}

    @cached_property
    def _rows(self) -> dict[tuple[object, ...], str | None]:
        return {}

    @cached_property
    def _accused(self) -> dict[Ties, tuple[str, ...]]:
        return {}

    @property
    def nobody(self) -> bool:
        """Whether the commitment has a row of nobody in particular."""
        return bool(self.life.commitment.acts)

    @cached_property
    def parties(self) -> dict[str, tuple[str, ...]]:
        """Every row but that of nobody, with the parties that it stands for: bearers, and members of them."""
        return {**self.bearers, **{member: (member,) for member in self.members}}

    def performed_on(self, row: str | None) -> Performances | None:
        """Return what the bearer of a row has done, of a member's row its bearer; None of nobody's."""
        return None if row is None else self.performances[self.members.get(row, row)]

    @property
    def window_of_nobody(self) -> Window | None:
        """When acts concern the row of nobody in particular: until the last has achieved what was owed."""
        return self._windows[-1]

    def bases(self, claim: DeterminedClaim, static: Scope) -> Bases:
        """Return the scope of an incident on each row, but for who did it."""
        if static.value == NO:  # whenever it was
            return (static,) * len(self._windows)
        commitment = self.life.commitment
        times = [timing(claim, commitment, window, self.as_of) for window in self._windows]
        return tuple([timed(claim, commitment, static, time) for time in times])

    def base(self, bases: Bases, row: str) -> Scope:
        """Return the one that holds on a bearer's row."""
        return bases[0] if len(bases) == 1 else bases[self._places[row]]

    def nobodys(self, bases: Bases) -> Scope:
        """Return the one that holds on the row of nobody in particular."""
        return bases[-1]

    def concerned(self, ties: Ties, bases: Bases) -> tuple[Concern, ...]:
        """Return the rows that an open or established incident concerns, by whom it names."""
        key = (ties, bases)
        found = self._concerns.get(key)
        if found is None:
            standing = zip(*[self._standing(tie, bases) for tie in ties], strict=True)
            several = (_concern(*place, them) for place, them in zip(self._keys, standing, strict=True))
            found = self._concerns[key] = tuple([concern for concern in several if concern is not None])
        return found

    def accused(self, ties: Ties) -> tuple[str, ...]:
        """Return the rows of those whom one of some parties is, or may belong to."""
        found = self._accused.get(ties)
        if found is None:
            groups = {group for tie in ties for group in tie.groups if tie.belongs(group)}
            found = self._accused[ties] = tuple(
                [key for key, bearers in self.parties.items() if not groups.isdisjoint(bearers)]
            )
        return found

    def row_of(self, tie: Tie, bases: Bases) -> str | None:
        """Return the row of a bearer that a party belonged to, if the incident concerns the party there."""
        key = (tie, bases)
        if key not in self._rows:
            rows = (row for row in self.bearers if self._counts(tie, row, self.base(bases, row)))
            self._rows[key] = next(rows, None)
        return self._rows[key]

    def _counts(self, tie: Tie, row: str, base: Scope) -> bool:
        return base.value != NO and self._actor(tie, row, None, base).value != NO

    def _standing(self, tie: Tie, bases: Bases) -> tuple[tuple[Scope, bool], ...]:
        """Return for each row whether an act of somebody named counts there, and whether it may be of it."""
        found = self._stood.get((tie, bases))
        if found is None:
            several = []
            for place, (key, row) in enumerate(self._keys):
                base, member = self.base(bases, row), None if place < len(self.bearers) else key
                bearers = self.bearers[row] if member is None else (member,)
                belongs = any(tie.belongs(bearer) for bearer in bearers)
                several.append((least(self._actor(tie, row, member, base), base), belongs))
            found = self._stood[tie, bases] = tuple(several)
        return found

    def _actor(self, tie: Tie, row: str, member: str | None, base: Scope) -> Scope:
        """Return whether an actor's act counts on a row: the bearer's, or that of a member of it."""
        through = bound_by_finding if base.code == "by_finding" else bound
        scopes = (through(tie, bearer) for bearer in self.bearers[row])
        best = max(scopes, key=lambda s: (s.value, s.code != "not_bound"))
        if member is None or best.value == NO:
            return best
        inner = tie.belongs(member)
        if inner == NO:
            return NOT_BOUND
        return best if inner == YES else Scope(MAYBE, "unclear_membership")

    @cached_property
    def marks(self) -> list[int]:
        """The instants at which acts begin to concern a row, or cease to; and the first after `as_of`."""
        windows = [window for window in self._windows if window is not None]
        bounds = {at for w in windows for at in (w.start, w.end, *(at for pause in w.pauses for at in pause))}
        return sorted({*bounds, self.as_of + 1})

    @cached_property
    def _keys(self) -> list[tuple[str, str]]:
        """Every row but that of nobody, with the row of its bearer: bearers, then members of them."""
        return [*((row, row) for row in self.bearers), *self.members.items()]

    @cached_property
    def _places(self) -> dict[str, int]:
        """The place of each bearer's row among them."""
        return {row: place for place, row in enumerate(self.bearers)}

    @cached_property
    def _windows(self) -> tuple[Window | None, ...]:
        """When acts concern the rows, and last that of nobody in particular; or one for them all.

        Once its bearer has achieved what was owed, acts concern a row no more.
        """
        window = self.life.window
        if window is None or self.life.commitment.duty != "achieve":
            return (window,)
        done = {row: self.performances[row].performed() for row in self.bearers}
        ends = [window.end if one is None else min(window.end, one.at) for one in done.values()]
        last = max(ends, default=window.end)
        return tuple(replace(window, end=end) for end in (*ends, last))


def _concern(key: str, row: str, standing: Iterable[tuple[Scope, bool]]) -> Concern | None:
    """Return a row that an incident concerns by some of those it names; None where by none of them."""
    several = list(standing)
    scope = max([scope for scope, _ in several], key=lambda s: (s.value, s.code != "not_bound"))
    if scope.code == "not_bound" and not any(belongs for _, belongs in several):
        return None
    return Concern(key, row, scope)
