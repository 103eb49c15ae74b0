"""Who belonged to whom, who was designated, and who had left, at any instant.

Every answer has three values: no, maybe (a membership on which it hangs is not
settled, or its date is too coarse), yes. A role passes from a group to its
members; so does being outside the ceasefire (docs/rules/scope.md, "Who is bound").
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from ceasefire.assessment.world.certainty import MAYBE, NO, YES, Certainty
from ceasefire.clock import FOREVER
from ceasefire.instruments.oversight import term
from ceasefire.values import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ceasefire.assessment.world.occurrence import Times
    from ceasefire.instruments.terms import Agreement, MemberTerm, Party, RoleTerm

#: What somebody can belong to: ("group", id), ("role", id) or ("agreement", id).
Target = tuple[str, str]


class Change(Value):
    """Somebody joined or left, between two instants; `settled` when it is established or in the text."""

    actor: str
    target: Target
    first: int
    last: int
    joins: bool
    settled: bool


class Tie(Value, eq=False):
    """How somebody named for an act stood to groups when it occurred: one value for all acts it holds of."""

    actor: str
    #: Whether it stood outside the ceasefire.
    excluded: Certainty
    #: By group, itself among them: whether it belonged to it, and whether it was bound through it.
    groups: Mapping[str, tuple[Certainty, Certainty]]

    def belongs(self, group: str) -> Certainty:
        """Tell whether it is a group, or belonged to it."""
        return self.groups.get(group, (NO, NO))[0]

    def bound(self, bearer: str) -> Certainty:
        """Tell whether it was bound through a bearer it is or belonged to, so had not left."""
        return self.groups[bearer][1]


class Groups:
    """The memberships of one agreement's world, from its files and from records about them."""

    def __init__(self, agreement: Agreement, parties: Mapping[str, Party], changes: Iterable[Change]) -> None:
        self._agreement = agreement
        self._parties = parties
        self._changes: dict[str, dict[Target, list[Change]]] = defaultdict(lambda: defaultdict(list))
        zone = agreement.timezone
        instants: set[int] = set()
        for change in (*_in_files(parties, zone), *changes):
            self._changes[change.actor][change.target].append(change)
            instants |= {change.first, change.last}
        for targets in self._changes.values():
            for several in targets.values():
                several.sort(key=lambda c: (c.last, c.first, c.joins, c.settled))
        self._epochs = sorted(instants)
        self._leavers = frozenset(
            actor for actor, targets in self._changes.items() if ("agreement", agreement.id) in targets
        )
        self._reach: dict[tuple[str, int, bool], dict[str, Certainty]] = {}
        self._excluded: dict[tuple[str, int], Certainty] = {}
        self._marks: dict[tuple[str, ...], tuple[list[int], list[int]]] = {}
        self._ties: dict[tuple[str, range], Tie] = {}
        self._alike: dict[tuple[object, ...], Tie] = {}
        self._ancestors: dict[tuple[str, range], frozenset[str]] = {}
        self._kinships: dict[tuple[tuple[str, ...], range], range] = {}
        self._same_kin: dict[tuple[object, ...], range] = {}
        self._circular = _circular(self._changes)

    def epoch(self, instant: int) -> int:
        """Return the number of the stretch of time in which no membership changes."""
        return bisect_right(self._epochs, instant)

    def epochs(self, times: Times) -> range:
        """Return the stretches an act may have fallen in; a lasting act is judged at its start.

        docs/rules/scope.md, "Who is bound".
        """
        return range(self.epoch(times.first), self.epoch(times.last) + 1)

    def stretch(self, parties: tuple[str, ...], times: Times) -> range:
        """Return the stretches an act may have fallen in, where only some parties matter.

        All stretches in which nothing changes for them are told by the number of the first:
        what they belong to changes seldom, whatever else does.
        """
        marks = self._marks.get(parties)
        if marks is None:
            marks = self._marks[parties] = self._changing(parties)
        instants, numbers = marks
        first = last = bisect_right(instants, times.first)
        if times.last != times.first:
            last = bisect_right(instants, times.last)
        return range(numbers[first], numbers[last] + 1)

    def kinship(self, parties: tuple[str, ...], times: Times) -> range:
        """Return the stretches an act may have fallen in, where only the certain groups of parties matter.

        Of all stretches in which these are the same, one stands for all.
        """
        stretch = self.stretch(parties, times)
        found = self._kinships.get((parties, stretch))
        if found is None:
            content = frozenset([self._certain(parties, epoch) for epoch in stretch])
            found = self._same_kin.setdefault((parties, content), stretch)
            self._kinships[parties, stretch] = found
        return found

    def _certain(self, parties: tuple[str, ...], epoch: int) -> frozenset[tuple[str, str]]:
        """Return each step from a member to its group on the way to the certain groups of parties."""
        around = {
            group for party in parties for group, level in self.reach(party, epoch).items() if level == YES
        }
        return frozenset(
            (member, group)
            for member in around
            for (sort, group), several in self._changes.get(member, {}).items()
            if sort == "group" and self._status(several, epoch) == YES
        )

    def belongs(self, actor: str, group: str, epochs: range) -> Certainty:
        """Tell whether an actor is a group, or belonged to it when the act occurred."""
        return _over(epochs, lambda epoch: self.reach(actor, epoch).get(group, NO))

    def tie(self, actor: str, times: Times) -> Tie:
        """Return how an actor stood to groups when an act occurred."""
        epochs = self.stretch((actor,), times)
        key = (actor, epochs)
        found = self._ties.get(key)
        if found is None:
            reached = {group: None for epoch in epochs for group in self.reach(actor, epoch)}
            groups = {
                group: (self.belongs(actor, group, epochs), self._bound(actor, group, epochs))
                for group in reached
            }
            content = (actor, self.excluded(actor, epochs), tuple(sorted(groups.items())))
            tie = self._alike.setdefault(content, Tie(actor, content[1], groups))
            found = self._ties[key] = tie
        return found

    def _bound(self, actor: str, bearer: str, epochs: range) -> Certainty:
        """Tell whether an actor was bound through a bearer: is it or belonged to it, and had not left."""
        return _over(epochs, lambda epoch: self.reach(actor, epoch, stayed=True).get(bearer, NO))

    def excluded(self, actor: str, epochs: range) -> Certainty:
        """Tell whether an actor stood outside the ceasefire when the act occurred."""
        if not self._agreement.excluded:
            return NO
        return _over(epochs, lambda epoch: self._excluded_in(actor, epoch))

    def named(self, actor: str, entries: Iterable[str], epochs: range) -> Certainty:
        """Tell whether an actor is one of these entries (ids, or `role:` ids) or belonged to one."""
        return _over(epochs, lambda epoch: max(self._is(actor, entry, epoch) for entry in entries))

    def guaranteed_by(self, guarantor: str) -> tuple[str, ...]:
        """Return the parties whose conduct somebody guarantees, by the files."""
        party = self._parties.get(guarantor)
        return party.guarantees if party else ()

    def ancestors(self, actor: str, epochs: range) -> frozenset[str]:
        """Return every group the actor certainly belonged to, itself among them."""
        key = (actor, epochs)
        found = self._ancestors.get(key)
        if found is None:
            reached = (self.reach(actor, epoch) for epoch in epochs)
            certain = ({group for group, level in one.items() if level == YES} for one in reached)
            found = self._ancestors[key] = frozenset.intersection(*map(frozenset, certain))
        return found

    def innermost(self, parties: Sequence[str], epochs: range) -> tuple[str, ...]:
        """Return those of some parties to which none of the others certainly belonged.

        It is soonest done where members come before their groups; any order will do.
        """
        outer: set[str] = set()
        for party in parties:
            # The groups of a group are those of its members; only in a circle is it one of its own.
            if party not in outer or self._circular:
                outer |= self.ancestors(party, epochs) - {party}
        return tuple(party for party in parties if party not in outer)

    def reach(self, actor: str, epoch: int, *, stayed: bool = False) -> dict[str, Certainty]:
        """Return how surely the actor belongs to each group in a stretch of time, itself included.

        With `stayed`, nobody who had left the agreement is counted on the way.
        """
        key = (actor, epoch, stayed)
        found = self._reach.get(key)
        if found is None:
            found = self._reach[key] = self._search(actor, epoch, stayed)
        return found

    def _changing(self, parties: Iterable[str]) -> tuple[list[int], list[int]]:
        """Return when something changes for parties or for groups they ever belong to.

        The instants, and the numbers of the stretches before, between and after them.
        """
        around, frontier = set(parties), list(parties)
        instants: set[int] = set()
        while frontier:
            for (sort, group), several in self._changes.get(frontier.pop(), {}).items():
                instants.update(instant for change in several for instant in (change.first, change.last))
                if sort == "group" and group not in around:
                    around.add(group)
                    frontier.append(group)
        ordered = sorted(instants)
        return ordered, [0, *map(self.epoch, ordered)]

    def _search(self, actor: str, epoch: int, stayed: bool) -> dict[str, Certainty]:
        leaving = stayed and bool(self._leavers)
        surely = self._weight(actor, epoch) if leaving else YES
        found = {actor: surely}
        for level in (YES, MAYBE):
            frontier = [name for name, value in found.items() if value >= level]
            while frontier:
                member = frontier.pop()
                for (sort, group), several in self._changes.get(member, {}).items():
                    if sort != "group" or found.get(group, NO) >= level:
                        continue
                    value = min(self._status(several, epoch), found[member])
                    if leaving:
                        value = min(value, self._weight(group, epoch))
                    if value >= level:
                        found[group] = value
                        frontier.append(group)
        return found

    def _weight(self, actor: str, epoch: int) -> Certainty:
        """Tell whether the actor had not left the agreement: who never left needs no accession."""
        if actor not in self._leavers:
            return YES
        several = self._changes[actor]["agreement", self._agreement.id]
        return self._status(several, epoch, initially=True)

    def _status(self, changes: Iterable[Change], epoch: int, *, initially: bool = False) -> Certainty:
        instant = self._epochs[epoch - 1] if epoch else -FOREVER
        possible = {initially}
        for change in changes:
            if change.last <= instant and change.settled:
                possible = {change.joins}
            elif change.first <= instant:
                possible = possible | {change.joins}
        return MAYBE if len(possible) > 1 else YES if True in possible else NO

    def _is(self, actor: str, entry: str, epoch: int) -> Certainty:
        reach = self.reach(actor, epoch)
        if not entry.startswith("role:"):
            return reach.get(entry, NO)
        target = ("role", entry.removeprefix("role:"))
        return max(
            (
                min(level, self._status(self._changes[group][target], epoch))
                for group, level in reach.items()
                if target in self._changes.get(group, {})
            ),
            default=NO,
        )

    def _excluded_in(self, actor: str, epoch: int) -> Certainty:
        key = (actor, epoch)
        if key not in self._excluded:
            self._excluded[key] = max(self._is(actor, entry, epoch) for entry in self._agreement.excluded)
        return self._excluded[key]


def _circular(changes: Mapping[str, Iterable[Target]]) -> bool:
    """Tell whether groups belong to each other in a circle, at whatever times."""
    graph = {actor: [name for sort, name in targets if sort == "group"] for actor, targets in changes.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError:
        return True
    return False


def _over(epochs: range, answer: Callable[[int], Certainty]) -> Certainty:
    """Return the answer over all stretches the act may have fallen in: maybe, where they differ."""
    first = answer(epochs[0])
    return first if all(answer(epoch) == first for epoch in epochs[1:]) else MAYBE


def _in_files(parties: Mapping[str, Party], zone: str) -> Iterator[Change]:
    for party in parties.values():
        for role in party.roles:
            yield from _term(party.id, ("role", role.role), role, zone)
        for member in party.member_of:
            yield from _term(party.id, ("group", member.group), member, zone)


def _term(actor: str, target: Target, held: RoleTerm | MemberTerm, zone: str) -> Iterator[Change]:
    start, end = term(held, zone)
    yield Change(actor, target, start, start, joins=True, settled=True)
    if held.until is not None:
        yield Change(actor, target, end, end, joins=False, settled=True)
