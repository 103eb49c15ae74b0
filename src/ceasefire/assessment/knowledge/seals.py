"""Which records of a party with a declared key a seal vouches for (docs/seals.md).

Whether a signature is genuine was checked when the seal came into the journal,
and is checked again here, for a file may not have come by a merge; whether its key
signs for the author at the time in the seal is told by the agreements given. A seal
vouches for the record of its number whose hash it holds and for those before it, as far as
they are here, one after the other. What no seal covers is shown as unsealed, and counts as it
would, but against what one covers (docs/seals.md).
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, Final, Protocol

from ceasefire.assessment.codes import Problem, so_many_records
from ceasefire.assessment.knowledge.ledger import is_known
from ceasefire.clock import iso
from ceasefire.record.forks.branches import Sealing
from ceasefire.record.order import id_key
from ceasefire.values import Entity, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ceasefire.instruments.keys import Keyring
    from ceasefire.record import Record

#: Of many stretches of unsealed records so many are named.
_MOST: Final = 5


class Seal(Protocol):
    """What a journal hands over of one seal."""

    @property
    def author(self) -> str:
        """Whose chain it seals."""

    @property
    def length(self) -> int:
        """The number of the newest record it vouches for."""

    @property
    def head(self) -> bytes:
        """The hash of that record."""

    @property
    def key(self) -> str:
        """The public key by which it was made."""

    @property
    def at(self) -> int:
        """When, as it says, in microseconds of UTC."""


class Vouched(Value, kw_only=True):
    """What seals vouch for of one author's chain."""

    author: str
    #: Whether the author has declared a key: of others no seals are expected.
    expected: bool
    #: The seals that count, the longest first.
    seals: tuple[Seal, ...]
    #: Those whose newest record is not among those known.
    incomplete: tuple[Seal, ...]
    #: Those that do not count, each with the reason.
    bad: tuple[tuple[Seal, str], ...]
    #: Stretches of sealed records that have their numbers to themselves: first and last number.
    _stretches: tuple[tuple[int, int], ...]
    #: The ids of other sealed records: on one side of a fork.
    _others: frozenset[str]
    _starts: list[int]

    def covers(self, name: str) -> bool:
        """Tell whether a seal vouches for the record of an id."""
        author, number, _, _ = id_key(name)
        if name != f"{author}/{number}" or author != self.author:  # on a side of a fork, or of other zeros
            return name in self._others
        at = bisect_right(self._starts, number) - 1
        return at >= 0 and number <= self._stretches[at][1]


class Sealed(Value, kw_only=True):
    """How much of one author's records stands under seals."""

    author: str
    #: Its longest seal that counts, if there is one.
    newest: Seal | None
    #: How many of the records looked at are sealed.
    sealed: int
    #: The ids of the others, in the order of the chain.
    unsealed: tuple[str, ...]


class Vouching(Entity):
    """The seals of records, held against their chains once that is asked."""

    records: Sequence[Record]
    seals: tuple[Seal, ...]
    keys: Keyring
    known_at: int | None

    @cached_property
    def found(self) -> tuple[Vouched, ...]:
        """What the seals vouch for, author by author."""
        return vouched(self.records, self.seals, self.keys, self.known_at)


def sealings(seals: Iterable[Seal], keys: Keyring, known_at: int | None) -> dict[str, Sealing]:
    """Return what is known of the seals of each author who had declared a key by an instant."""
    given: dict[str, list[Seal]] = {}
    for seal in seals:
        given.setdefault(seal.author, []).append(seal)
    return {
        author: Sealing(
            expected=True,
            heads=frozenset((s.length, s.head) for s in given.get(author, ()) if not objection(s, keys)),
        )
        for author in {key.party for key in keys.keys}
        if keys.declared(author, known_at)
    }


def objection(seal: Seal, keys: Keyring) -> str:
    """Return why a seal does not count, or an empty text: its key did not make it, or is not its author's."""
    found = keys.objection(seal.author, seal.key, seal.at)
    genuine = getattr(seal, "genuine", True)  # what no journal keeps may not be able to tell
    return found or ("" if genuine else f"it was not made by its key {seal.key}, or was changed since")


def vouched(
    records: Iterable[Record], seals: Sequence[Seal], keys: Keyring, known_at: int | None
) -> tuple[Vouched, ...]:
    """Return for each author with a declared key what seals vouch for, of what was received by an instant.

    Of an author without one nothing is expected, and only seals that do not count are told:
    those by the key of somebody else.
    """
    expected = {key.party for key in keys.keys if keys.declared(key.party, known_at)}
    links: dict[str, list[Record]] = {seal.author: [] for seal in seals}
    for record in records:
        if record.author in expected and is_known(record, known_at):
            links.setdefault(record.author, []).append(record)
    found = (
        _vouched(
            author,
            links[author],
            [(seal, objection(seal, keys)) for seal in seals if seal.author == author],
            expected=author in expected,
        )
        for author in sorted(links)
    )
    return tuple(one for one in found if one.expected or one.bad)


def _vouched(
    author: str, records: Iterable[Record], objections: Sequence[tuple[Seal, str]], *, expected: bool
) -> Vouched:
    good = [seal for seal, objection in objections if not objection]
    chain = [(r.proof.number, r.proof.hash, r.proof.previous, r.own_id) for r in records if r.proof]
    held = {(number, hashed) for number, hashed, _, _ in chain}
    sealed = {(seal.length, seal.head) for seal in good}
    numbers: list[int] = []
    others: list[str] = []
    for number, hashed, previous, name in sorted(chain, reverse=True):
        if (number, hashed) in sealed:
            if previous is not None:
                sealed.add((number - 1, previous))
            if name == f"{author}/{number}":
                numbers.append(number)
            else:
                others.append(name)
    stretches = _stretched(reversed(numbers))
    return Vouched(
        author=author,
        expected=expected,
        seals=tuple(sorted(good, key=lambda seal: (-seal.length, -seal.at, seal.key, seal.head))),
        incomplete=tuple(seal for seal in good if (seal.length, seal.head) not in held),
        bad=tuple((seal, objection) for seal, objection in objections if objection),
        _stretches=stretches,
        _others=frozenset(others),
        _starts=[first for first, _ in stretches],
    )


def _stretched(numbers: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Return ascending numbers as stretches without a hole."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return tuple(found)


def sealing(
    records: Iterable[Record], given: Iterable[Vouched]
) -> tuple[tuple[Sealed, ...], tuple[Problem, ...]]:
    """Return how much of the records looked at is sealed, and what is odd about it.

    `records` come in the order of authors and numbers.
    """
    chains: dict[str, list[str]] = {one.author: [] for one in given}
    for record in records if chains else ():
        if record.by in chains:
            chains[record.by].append(record.own_id)
    told: list[Sealed] = []
    problems: list[Problem] = []
    for one in given:
        problems += _bad(one)
        if not one.expected:
            continue
        bare = tuple(name for name in chains[one.author] if not one.covers(name))
        newest = one.seals[0] if one.seals else None
        covered = len(chains[one.author]) - len(bare)
        told.append(Sealed(author=one.author, newest=newest, sealed=covered, unsealed=bare))
        problems += [*_incomplete(one), *_unsealed(one.author, bare)]
    return tuple(told), tuple(problems)


def _bad(one: Vouched) -> Iterable[Problem]:
    for seal, objection in one.bad:
        what = f"the seal of {one.author} under {so_many_records(seal.length)} does not count: {objection}"
        yield Problem(f"{one.author}/{seal.length}", "bad_seal", what)


def _incomplete(one: Vouched) -> Iterable[Problem]:
    for seal in one.incomplete:
        sealed = f"{one.author} sealed {so_many_records(seal.length)} on {iso(seal.at)}"
        what = f"{sealed}, and the newest of them is not among those known"
        yield Problem(f"{one.author}/{seal.length}", "incomplete", what)


def _unsealed(author: str, names: Sequence[str]) -> Iterable[Problem]:
    if names:
        what = f"{so_many_records(len(names))} of {author} under no seal: {_in_words(names)}"
        yield Problem(names[0], "unsealed", what)


def _in_words(names: Sequence[str]) -> str:
    """Return ids, those whose numbers follow each other as from the first to the last."""
    runs: list[tuple[str, str]] = []
    for name in names:
        if runs and id_key(runs[-1][1])[:2] == (id_key(name)[0], id_key(name)[1] - 1):
            runs[-1] = (runs[-1][0], name)
        else:
            runs.append((name, name))
    parts = [first if first == last else f"{first} to {last}" for first, last in runs[:_MOST]]
    more = f" and {len(runs) - _MOST} more stretches" if len(runs) > _MOST else ""
    return ", ".join(parts) + more
