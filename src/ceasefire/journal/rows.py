"""The row of a link in SQLite: how it is asked for, and how it becomes a link again."""

from __future__ import annotations

from typing import Any, Final

from ceasefire.errors import DamagedJournal
from ceasefire.journal.chain import Link

#: How a link is asked for, by the step the tables are at. A file that cannot be written
#: keeps the receipts of its own step.
_RECEIPTS: Final = {1: "receipt_of(hash, received, seq, receipt)", 2: "receipt"}
_TEXT_OR_NONE: Final = (str, type(None))
_BYTES_OR_NONE: Final = (bytes, type(None))
#: What each column holds in a file that is not damaged.
_TYPES: Final[tuple[type | tuple[type, ...], ...]] = (
    int, str, int, bytes, bytes, _BYTES_OR_NONE, _BYTES_OR_NONE, int, bytes, _TEXT_OR_NONE, _TEXT_OR_NONE,
)  # fmt: skip
_ABSENT: Final = "(SELECT min(reason) FROM absences WHERE absences.seq = records.seq)"


def selection(schema: int) -> str:
    """Return the query for links, to which a condition and an order are added."""
    receipt = _RECEIPTS[schema]
    return (
        f"SELECT seq, author, number, hash, head, salt, body, received, {receipt}, target, "  # noqa: S608 - constants
        f"CASE WHEN body IS NULL THEN {_ABSENT} END FROM records LEFT JOIN bodies USING (seq)"
    )


def selection_without_bodies(schema: int) -> str:
    """Return the query for links that does not look at the table of bodies."""
    receipt = _RECEIPTS[schema]
    return (
        f"SELECT seq, author, number, hash, head, NULL, NULL, received, {receipt}, NULL, NULL "  # noqa: S608 - constants
        "FROM records NOT INDEXED"
    )


def link_of_row(row: tuple[Any, ...], name: str) -> Link:
    """Return the link of a row; raises `DamagedJournal` where a column holds what it cannot hold."""
    if not all(isinstance(value, kind) for value, kind in zip(row, _TYPES, strict=True)):
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
