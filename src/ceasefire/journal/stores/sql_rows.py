"""The rows of links and seals in a database: how they are asked for, and what they become again."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any, Final

from ceasefire.errors import DamagedJournal
from ceasefire.journal.chain.link import INSTANTS, Link
from ceasefire.journal.chain.seal import Seal

if TYPE_CHECKING:
    from ceasefire.journal.stores.store import Row

#: How the receipt is asked for at step 1: a file that cannot be written keeps those of its own step.
_FIRST_RECEIPT: Final = "receipt_of(hash, received, seq, receipt)"
_TEXT_OR_NONE: Final = (str, type(None))
_BYTES_OR_NONE: Final = (bytes, type(None))
#: What the columns hold together in a row of a file that is not damaged.
_SHAPES: Final = frozenset(
    product(
        (int,), (str,), (int,), (bytes,), (bytes,), _BYTES_OR_NONE, _BYTES_OR_NONE, (int,), (bytes,),
        _TEXT_OR_NONE, _TEXT_OR_NONE,
    )
)  # fmt: skip
#: The query for seals, and what each of its columns holds.
SEALS: Final = "SELECT author, length, head, key, at, signature, received, seq, receipt FROM seals"
_SEAL_TYPES: Final[tuple[type, ...]] = (str, int, bytes, str, int, bytes, int, int, bytes)
_ABSENT: Final = "(SELECT min(reason) FROM absences WHERE absences.seq = records.seq)"


def selection(schema: int = 2) -> str:
    """Return the query for links, to which a condition and an order are added."""
    return _selection(schema, f", CASE WHEN body IS NULL THEN {_ABSENT} END")


def selection_of_rows(schema: int = 2) -> str:
    """Return the same without why a body is absent, which costs a look at another table each time."""
    return _selection(schema, "")


def _selection(schema: int, more: str) -> str:
    receipt = _FIRST_RECEIPT if schema == 1 else "receipt"
    return (
        f"SELECT seq, author, number, hash, head, salt, body, received, {receipt}, target{more} "  # noqa: S608 - constants
        "FROM records LEFT JOIN bodies USING (seq)"
    )


def selection_without_bodies(schema: int) -> str:
    """Return the query for links that does not look at the table of bodies."""
    receipt = _FIRST_RECEIPT if schema == 1 else "receipt"
    return (
        f"SELECT seq, author, number, hash, head, NULL, NULL, received, {receipt}, NULL, NULL "  # noqa: S608 - constants
        "FROM records NOT INDEXED"
    )


def link_of_row(row: tuple[Any, ...], name: str) -> Link:
    """Return the link of a row; raises `DamagedJournal` where a column holds what it cannot hold."""
    if tuple(map(type, row)) not in _SHAPES:
        raise DamagedJournal(f"{name} is damaged: its row {row[0]} holds what no record is; see verify")
    seq, author, number, hashed, head, salt, body, received, receipt, target, absent = row
    return Link(
        author=author,
        number=number,
        hash=hashed,
        head=head,
        salt=salt,
        body=body,
        received=received,
        receipt=receipt,
        target=target,
        seq=seq,
        absent=absent,
    )


def row_of_link(link: Link) -> Row:
    """Return the row of a link."""
    return (
        link.seq,
        link.author,
        link.number,
        link.hash,
        link.head,
        link.salt,
        link.body,
        link.received,
        link.receipt,
        link.target,
    )


def seal_of_row(row: tuple[Any, ...], name: str) -> Seal:
    """Return the seal of a row; raises `DamagedJournal` where a column holds what it cannot hold."""
    if not all(isinstance(value, kind) for value, kind in zip(row, _SEAL_TYPES, strict=True)):
        raise DamagedJournal(f"{name} is damaged: a row of its seals holds what no seal is; see verify")
    author, length, head, key, at, signature, received, seq, receipt = row
    if at not in INSTANTS:
        raise DamagedJournal(f"{name} is damaged: a seal of {author} was made at no time; see verify")
    return Seal(
        author=author,
        length=length,
        head=head,
        key=key,
        at=at,
        signature=signature,
        received=received,
        seq=seq,
        receipt=receipt,
    )


def received_last(found: int | None, name: str) -> int | None:
    """Return when the link that arrived last was received; `DamagedJournal` where that is no time."""
    if found is not None and found not in INSTANTS:
        raise DamagedJournal(f"{name} is damaged: its newest record was received at no time; see verify")
    return found
