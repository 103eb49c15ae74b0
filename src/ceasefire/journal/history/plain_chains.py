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
from typing import TYPE_CHECKING, Final

from ceasefire.errors import CeasefireError, InvalidValue
from ceasefire.journal.chain.link import INSTANTS, found_under, record_of
from ceasefire.journal.chain.plain_links import Head, plain_head, readable
from ceasefire.journal.stores.sql_rows import link_of_row
from ceasefire.record.json.plain_values import name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire.journal.stores.store import Row

#: What the columns of a row hold that is in order.
_TYPES: Final = frozenset(
    (int, str, int, bytes, bytes, bytes, bytes, int, bytes, target) for target in (str, type(None))
)
#: The bytes of what is local, as `link.receipt` has them.
_local: Final = Struct(">qq").pack


def plain_length(rows: Iterable[Row]) -> int | None:
    """Return how many rows a chain has, all of them plainly in order; None where one is not."""
    count, previous = 0, None
    for row in rows:
        count += 1
        head = _in_its_place(row, count, previous)
        if head is None or not _reads(row, head) or (count == 1 and not _is_author(head.by)):
            return None
        previous = row[3].hex()
    return count


def _in_its_place(row: Row, count: int, previous: str | None) -> Head | None:
    """Return the head of a row that is what was hashed, of this number, and follows this one; else None."""
    if tuple(map(type, row)) not in _TYPES:
        return None
    seq, author, number, hashed, head, salt, body, received, receipt, _ = row
    said = plain_head(head)
    if said is None or said.previous != previous or not said.number == number == count or said.by != author:
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
    try:
        link = link_of_row((*row, None), "")
        return getattr(record_of(link), "of", None) == found_under(link)
    except CeasefireError:
        return False
