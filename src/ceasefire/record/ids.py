"""The ids of records that come from chains: `author/number`, and what a forked number makes of it.

Of a number that several records have, the id is `russia/17@` and the first digits
of its hash; the bare id names none of them (docs/rules/claims.md, "Forked chains"). Which ids there are
depends on the records that are known together, so they are given wherever records
are brought together: by a journal, by a file, by an assessment.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from attrs import evolve

from ceasefire.record.absent import Absent
from ceasefire.record.proof import HASH
from ceasefire.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ceasefire.record.kinds import Record

#: Digits of a hash in the id of a record whose number another one has too.
DIGITS: Final = 12
#: Digits of a number in an id; a longer one is no number of a record.
LONGEST: Final = 18
_HEXADECIMAL: Final = frozenset("0123456789abcdef")


class RecordId(NamedTuple):
    """The parts of an id of the form `author/number`, or `author/number@digits`."""

    author: str
    number: int
    #: `@` and the first digits of the hash; blank where the id names the number alone.
    fork: str
    #: The id as it is written.
    name: str

    @property
    def padded(self) -> bool:
        """Whether zeros stand before the number: the id is another one than that without them."""
        return self.name[len(self.author) + 1] == "0" and self.name != f"{self.author}/0{self.fork}"

    @property
    def of_chain(self) -> bool:
        """Whether a record of a chain may have the number, written so."""
        return self.number > 0 and not self.padded

    @property
    def given(self) -> bool:
        """Whether a journal gives such ids."""
        return self.of_chain and (not self.fork or DIGITS <= len(self.fork) - 1 <= 2 * HASH)


def parse(name: str) -> RecordId | None:
    """Return the parts of an id; None of one that is of another form."""
    author, _, rest = name.rpartition("/")
    number, at, digits = rest.partition("@")
    if not author or len(number) > LONGEST or not (number.isascii() and number.isdecimal()):
        return None
    if at and not _HEXADECIMAL.issuperset(digits):
        return None
    return RecordId(author, int(number), at + digits, name)


def of_a_fork(name: str) -> bool:
    """Tell whether an id names one of several records of a number."""
    return "@" in name and (found := parse(name)) is not None and bool(found.fork)


def bare(name: str) -> str:
    """Return an id without the digits of a hash: what its record was called before its number had two."""
    return name.rpartition("@")[0] if of_a_fork(name) else name


def digits_named(text: str | None) -> str | None:
    """Return the digits by which a text names a hash, or which end it as an id; None where none do."""
    digits = (text or "").rpartition("@")[2]
    return digits if DIGITS <= len(digits) <= 2 * HASH and _HEXADECIMAL.issuperset(digits) else None


class Mark(Value):
    """What tells the records of one number apart."""

    hash: bytes
    #: Whether its author chained it, or it is of a hand-written file.
    chained: bool
    #: What it says, to be compared with another; None where its body is not here.
    said: object


def ids(author: str, number: int, marks: Iterable[Mark]) -> dict[bytes, str]:
    """Return the id of each record of one number by its hash.

    A record that its author chained is not renamed for one that was not. One that was
    not chained, and says what a chained one says, is that one: it gets no id of its own.
    """
    known = {mark.hash: mark for mark in marks}
    proven = [mark for mark in known.values() if mark.chained]
    said = [mark.said for mark in proven if mark.said is not None]
    others = [mark for mark in known.values() if not mark.chained and mark.said not in said]
    alone = proven[0].hash if len(proven) == 1 else None
    if not proven and len(others) == 1:
        alone = others[0].hash
    bare = f"{author}/{number}"
    digits = told_apart([mark.hash for mark in (*proven, *others)])
    return {hashed: bare if hashed == alone else f"{bare}@{first}" for hashed, first in digits.items()}


def told_apart(hashes: Sequence[bytes]) -> dict[bytes, str]:
    """Return the digits that tell each hash apart: the first `DIGITS`, or all of two made alike."""
    several = Counter(hashed.hex()[:DIGITS] for hashed in hashes)
    whole = {hashed: hashed.hex() for hashed in hashes}
    return {h: text[: DIGITS if several[text[:DIGITS]] == 1 else 2 * HASH] for h, text in whole.items()}


def with_ids(records: Sequence[Record]) -> dict[bytes, Record]:
    """Return the records of one author and number, each with a proof, with their ids, by hash.

    One that is no record of its own is left out.
    """
    proofs = {record.proof.hash: (record, record.proof) for record in records if record.proof is not None}
    marks = [
        Mark(
            hashed, proof.chained, None if isinstance(record, Absent) else evolve(record, id=None, proof=None)
        )
        for hashed, (record, proof) in proofs.items()
    ]
    author = records[0].by or ""
    number = next(proof.number for _, proof in proofs.values())
    return {hashed: evolve(proofs[hashed][0], id=name) for hashed, name in ids(author, number, marks).items()}
