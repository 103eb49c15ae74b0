"""The order of records: by author and number, never by hash or arrival (docs/rules/result.md)."""

from __future__ import annotations

import re
from bisect import insort
from functools import lru_cache
from operator import lt
from typing import TYPE_CHECKING, Final, TypeVar

from ceasefire.clock import CLOCKS_DIFFER, FOREVER
from ceasefire.patterns import regex
from ceasefire.record.ids import LONGEST, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ceasefire.record import Record

#: Beside so many times as many, a few are sooner put into their places than all sorted.
_FEW: Final = 16
_NUMBER: Final = regex(r"(\D*)(\d{0,18})", re.ASCII)

T = TypeVar("T")
#: Author, number, the digits of a fork, and the id as it is written: no two ids have one key.
IdKey = tuple[str, int, str, str]


@lru_cache(maxsize=65_536)
def id_key(identifier: str) -> IdKey:
    """Return what ids are ordered by: russia/2 comes before russia/10.

    Ids that differ only in leading zeros are of one place in a chain and are two ids all
    the same: what is written decides between them, never which came first.
    """
    return parse(identifier) or (identifier, -1, "", identifier)


def padded(identifier: str) -> bool:
    """Tell whether an id writes its number with leading zeros: only such a one is of a place with another."""
    found = parse(identifier) if "/0" in identifier else None
    return found is not None and found.padded


def sentence_key(sentence: str) -> tuple[tuple[tuple[str, int], ...], str]:
    """Return what sentences about records are ordered by: one of russia/2 comes before one of russia/10."""
    parts = _NUMBER.findall(sentence)
    return tuple((words, int(number or -1)) for words, number in parts), sentence


def ordered_at(record: Record) -> int:
    """Return the instant that orders a record among others where no chain does: that of writing.

    Before all others comes one that says that it was written after it was received, by more than clocks
    differ: nobody is the latest by a date (docs/rules/time.md, "Dates that nobody has to believe").
    """
    if record.written is None or record.recorded is None:
        return 0
    ahead = record.recorded.us - record.written.us > CLOCKS_DIFFER
    return -FOREVER if ahead else record.written.us


def chain_key(record: Record) -> tuple[bool, int, IdKey]:
    """Return what the records of one author are ordered by.

    By number in the author's chain, else by when they were written and by id
    (docs/rules/claims.md, "Positions"). Where an author has both, the numbered come first.
    """
    key = id_key(record.own_id)
    if key[1] >= 0 and key[0] == record.by:
        return (False, key[1], key)
    return (True, ordered_at(record), key)


def chained(author: str, records: list[Record]) -> list[Record]:
    """Return the records of one author in the order of `chain_key`.

    Mostly they come in it: where their numbers ascend there is nothing to sort.
    """
    start = len(author) + 1
    numbers = [name[start:] for record in records if (name := record.own_id).startswith(f"{author}/")]
    digits = "".join(numbers)
    plain = len(numbers) == len(records) and all(numbers) and digits.isascii() and digits.isdecimal()
    if plain and len(max(numbers, key=len)) <= LONGEST:
        ascending = [*map(int, numbers)]
        if all(map(lt, ascending, ascending[1:])):
            return records
    return sorted(records, key=chain_key)


def in_order(records: Iterable[Record]) -> bool:
    """Tell whether records come by author, each chain from its first number on, as whole journals give them.

    Of other records it tells nothing: they may be in order and not all here.
    """
    author, start, number = "", "", 0
    for record in records:
        if record.by != author:
            if (by := record.author) <= author:
                return False
            author, start, number = by, f"{by}/", 0
        number += 1
        if record.id != f"{start}{number}":
            return False
    return True


def merged(several: list[T], more: Sequence[T], place: Callable[[T], int]) -> list[T]:
    """Return two lists, each in the order of places, as one."""
    if not several or not more:
        return [*several, *more]
    if _FEW * len(more) > len(several):
        return sorted((*several, *more), key=place)
    for one in more:
        insort(several, one, key=place)
    return several
