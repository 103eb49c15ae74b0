"""Chains that are plainly in order: one loop over their rows, which makes no link and no record.

Each row is hashed, its JSON is proven canonical, and what it says is looked up field by field. Where one
is not plainly in order – also where it is only rare: a fork, a gap, a body that is not here, a
record of a hand-written file – its chain goes the careful way (`verification`), which names what it finds.

Nothing is told of a chain here but that nothing is wrong with it, and of such a one the careful way
tells nothing either; tests/journal/test_plain_links.py holds it, over journals that were spoilt. Without this
module every chain goes the careful way.
"""

from __future__ import annotations

from hashlib import sha256
from struct import Struct
from typing import TYPE_CHECKING, Final, NamedTuple

from ceasefire.errors import CeasefireError, InvalidValue
from ceasefire.journal.chain.link import INSTANTS, found_under, record_of
from ceasefire.journal.chain.plain_links import Head, at, plain_head, plain_record, proof_with, readable
from ceasefire.journal.stores.sql_rows import link_of_row
from ceasefire.record.json.plain_values import name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire.journal.stores.store import Row
    from ceasefire.record.kinds import Record

#: The bytes of what is local, as `link.receipt` has them.
_local: Final = Struct(">qq").pack


class PlainChain(NamedTuple):
    """A chain that is plainly in order."""

    length: int
    #: Its records; empty where they were only looked at.
    records: list[Record]


def plain_chain(rows: Iterable[Row], *, made: bool) -> PlainChain | None:
    """Return what a chain is whose rows are all plainly in order; None where one is not.

    Its records are made where they are wanted, from the same look at each row.
    """
    count, previous, before = 0, None, None
    records: list[Record] = []
    for row in rows:
        count += 1
        head = _in_its_place(row, count, previous)
        if head is None or (count == 1 and not _is_author(head.by)):
            return None
        if made:
            if (record := _record(row, head, before)) is None:
                return None
            records.append(record)
        elif not _reads(row, head):
            return None
        before = row[3]
        previous = before.hex()
    return PlainChain(count, records)


def _in_its_place(row: Row, count: int, previous: str | None) -> Head | None:
    """Return the head of a row that is what was hashed, of this number, and follows this one; else None."""
    seq, author, number, hashed, head, salt, body, received, receipt, _ = row
    if not (type(head) is type(salt) is type(body) is bytes and type(seq) is type(received) is int):
        return None  # what else a column holds shows where it is compared
    said = plain_head(head)
    if said is None or said.previous != previous or said.number != count or said.by != author:
        return None
    if type(number) is not int or number != count:
        return None
    if sha256(head).digest() != hashed or sha256(salt + body).hexdigest() != said.body_digest:
        return None
    whole = sha256(hashed + _local(received, seq)).digest()[:8] == receipt
    return said if whole and received in INSTANTS else None


def _is_author(by: str) -> bool:
    """Tell whether records may be by this author, written so."""
    try:
        return name(by) == by
    except InvalidValue:
        return False


def _reads(row: Row, head: Head) -> bool:
    """Tell whether the record of a row can be read, and is found under what it says."""
    said, target = readable(head, row[6]), row[9]
    if said is not None and said.get("of") == target and (target is None or target.isascii()):
        return True
    return _carefully(row) is not None


def _record(row: Row, head: Head, before: bytes | None) -> Record | None:
    """Return the record of a row, if it can be read and is found under what it says."""
    _, author, number, hashed, _, salt, body, received, _, target = row
    proof = proof_with(number, hashed, before, salt)
    found = plain_record(head, body, f"{author}/{number}", at(received), proof)
    if found is not None and getattr(found, "of", None) == target and (target is None or target.isascii()):
        return found
    return _carefully(row)


def _carefully(row: Row) -> Record | None:
    try:
        link = link_of_row((*row, None), "")
        record = record_of(link)
        return record if getattr(record, "of", None) == found_under(link) else None
    except CeasefireError:
        return None
