"""The order of records: by author and number, never by hash or arrival (design §11)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ceasefire.record import Record

_DIGITS: Final = 18
_OF_A_FORK: Final = re.compile(rf"(.+)/(\d{{1,{_DIGITS}}})(@[0-9a-f]*)", re.ASCII)

IdKey = tuple[str, int, str]


def id_key(identifier: str) -> IdKey:
    """Return what ids are ordered by: russia/2 comes before russia/10."""
    author, _, number = identifier.rpartition("/")
    if author and len(number) <= _DIGITS and number.isascii() and number.isdecimal():  # nearly all of them
        return (author, int(number), "")
    found = _OF_A_FORK.fullmatch(identifier)
    return (found[1], int(found[2]), found[3]) if found else (identifier, -1, "")


def chain_key(record: Record) -> tuple[bool, int, IdKey]:
    """Return what the records of one author are ordered by.

    By number in the author's chain, else by when they were recorded and by id
    (design §5, "latest finding"). Where an author has both, the numbered come first.
    """
    key = id_key(record.own_id)
    if key[1] >= 0 and key[0] == record.by:
        return (False, key[1], key)
    return (True, record.recorded.us if record.recorded else 0, key)
