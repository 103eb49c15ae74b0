"""The records of a call that is plainly in order, numbered and linked in one loop.

In order is a call of records without keys, of the kinds there are, on chains that do not divide; a branch
record is written the careful way. What each record says is looked at as the careful way does it
(`Checks.beside_others`); numbers, ids and bytes are made for all at once.

Equal to the careful way of `Writer.write`, wherever there is an answer at all;
tests/journal/test_plain_writing.py holds it. Without this module every call goes the careful way.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from secrets import token_bytes
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve

from ceasefire.journal.chain import link as chain
from ceasefire.journal.chain.plain_links import proof_with
from ceasefire.journal.history.ends import end_of
from ceasefire.record.json.making import copier
from ceasefire.record.kinds import (
    KINDS,
    Branch,
    Correction,
    Finding,
    Record,
    Withdrawal,
    field_names,
    pointers,
)
from ceasefire.record.proof import SALT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ceasefire.clock import Instant
    from ceasefire.journal.history.ends import End
    from ceasefire.journal.writing.checks import Checks

_PLAIN: Final = frozenset(KINDS.values()) - {Branch}
#: What a journal fills in, in the order in which it is given.
_FILLED: Final = ("by", "id", "recorded", "received", "proof")
#: Kinds of which a record may be `of` another.
_OF: Final = frozenset(cls for cls in _PLAIN if "of" in field_names(cls))
#: Kinds that are looked at beside the records that they are about.
_ABOUT_OTHERS: Final = frozenset({Finding, Correction, Withdrawal})


def random_salt() -> bytes:
    """Return the salt of one body."""
    return token_bytes(SALT)


def written_plainly(
    writer: Checks, given: tuple[Record, ...], stamp: Instant, received: Instant
) -> list[Record] | None:
    """Write the records of a call and return them as they are kept; None of a call that is not plain."""
    if not _PLAIN.issuperset(map(type, given)) or any(record.key is not None for record in given):
        return None
    authors = [writer.author_of(record) for record in given]
    keys = None if writer.names is None else writer.names.keys
    ends = {author: end_of(writer.store, author, None, keys) for author in dict.fromkeys(authors)}
    if any(end.divided for end in ends.values()):
        return None
    numbers = _numbers(authors, ends)
    names = [f"{author}/{number}" for author, number in zip(authors, numbers, strict=True)]
    moved = _moved(writer, given, names)
    last = {author: end.hash for author, end in ends.items()}
    salts = _salts(writer.salt, len(given))
    put_proof = Record.proof.__set__  # type: ignore[union-attr]  # past the frozen class
    kept: list[Record] = []
    rows: list[chain.New] = []
    for record, author, number, name, salt in zip(given, authors, numbers, names, salts, strict=True):
        made: Any = _named(record, author, name, stamp, received, moved)
        if _hangs_on_others(writer, made):
            writer.store.add_new(rows)
            rows = []
            made = writer.beside_others(made)
        before, target = last[author], made.of if type(made) in _OF else None
        head, body = chain.pieces_of(made, number, before, salt)
        last[author] = hashed = sha256(head).digest()
        rows.append((author, number, hashed, head, salt, body, received.us, target))
        put_proof(made, proof_with(number, hashed, before, salt))
        writer.call.wrote(name, made, target, divided=False)
        kept.append(made)
    writer.store.add_new(rows)
    return kept


def _moved(writer: Checks, given: tuple[Record, ...], names: list[str]) -> dict[str, str]:
    """Return the new ids of records that are named otherwise in their call."""
    if [record.id for record in given] == names:
        return {}
    renamed: dict[str, str] = {}
    for record, name in zip(given, names, strict=True):
        if record.id is not None:
            writer.rename(record.id, name, renamed, may_be_held=record.id != name)
    return {old: new for old, new in renamed.items() if old != new}


def _hangs_on_others(writer: Checks, record: Any) -> bool:
    """Tell whether a record is looked at beside agreements, or beside others that are held."""
    if writer.names is not None:
        return True
    cls = type(record)
    return cls in _ABOUT_OTHERS and not (cls is Finding and writer.call.is_first_wording(record.on))


def _numbers(authors: list[str], ends: Mapping[str, End]) -> list[int]:
    """Return the number of each record on its author's chain."""
    last = {author: end.number for author, end in ends.items()}
    numbers: list[int] = []
    for author in authors:
        last[author] += 1
        numbers.append(last[author])
    return numbers


def _named(  # noqa: PLR0913 - what a journal fills in
    record: Record, author: str, name: str, stamp: Instant, received: Instant, moved: dict[str, str]
) -> Record:
    """Return a record with its author, its id and its times, that points at others by their ids."""
    cls: Any = type(record)
    recorded = record.recorded or stamp
    if moved or record.said_by is not None:
        changed = {field: moved[old] for field in pointers(cls) if (old := getattr(record, field)) in moved}
        if changed or record.said_by is not None:  # a relay is looked at again with its author
            return evolve(
                record, by=author, id=name, recorded=recorded, received=received, proof=None, **changed
            )
    made: Record = _copying(cls)(record, author, name, recorded, received, None)
    return made


@cache
def _copying(cls: Any) -> Callable[..., Record]:
    """Return what makes the record that is kept of one that was given."""
    return copier(cls, [name for name in field_names(cls) if name not in _FILLED], _FILLED)


def _salts(salt: Callable[[], bytes], number: int) -> list[bytes]:
    """Return so many salts."""
    if salt is not random_salt:
        return [salt() for _ in range(number)]
    drawn = token_bytes(SALT * number)
    return [drawn[first : first + SALT] for first in range(0, SALT * number, SALT)]
