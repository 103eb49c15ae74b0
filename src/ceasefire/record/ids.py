"""The ids of records that come from chains: `author/number`, and what a forked number makes of it.

Of a number that several records have, the id is `russia/17@` and the first digits
of its hash; the bare id names none of them (docs/rules/claims.md, "Forked chains"). Which ids there are
depends on the records that are known together, so they are given wherever records
are brought together: by a journal, by a file, by an assessment.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from ceasefire.record.absent import Absent
from ceasefire.record.proof import HASH

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ceasefire.record.kinds import Record

#: Digits of a hash in the id of a record whose number another one has too.
DIGITS: Final = 12


@frozen
class Mark:
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
