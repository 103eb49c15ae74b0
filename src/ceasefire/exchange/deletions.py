"""Events that their source deleted: the records of their rows are withdrawn, and stay so.

A data set such as ACLED takes events back, and lists the ids. A list is a table with the column
that names a row, or JSON with the same under `data`.
"""

from __future__ import annotations

from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from attrs import frozen

from ceasefire.errors import Mistake, RecordError, did_you_mean, nearest, path_named
from ceasefire.exchange.adding import BATCH
from ceasefire.exchange.submissions import json_list
from ceasefire.exchange.tables import opened_table
from ceasefire.instruments.names import folded
from ceasefire.record import Withdrawal

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Sequence

    from ceasefire.exchange.table.mapping import TableMapping
    from ceasefire.journal import Journal
    from ceasefire.record import Record

#: What such a withdrawal says.
REASON: Final = "deleted by its source"


@frozen(kw_only=True)
class Deleted:
    """What came of a list of deleted rows."""

    withdrawn: int = 0
    #: Of records that were withdrawn before.
    before: int = 0
    #: Ids of which no record is held.
    not_held: int = 0


def read_deleted(path: str | os.PathLike[str], mapping: TableMapping) -> tuple[str, ...]:
    """Return the keys of the rows that a list says are deleted, each once.

    Raises `UnreadableFile`, and `RecordError` for a list without the column that names a row, or with
    a line that cannot be read: a list that is read in part would leave the rest standing.
    """
    if len(mapping.key) != 1:
        raise RecordError("deleted rows are known by one column: write key = and its name in the mapping")
    ids = _in_json(path, mapping.key[0]) if _is_json(path) else _in_table(path, mapping.key[0])
    return tuple(dict.fromkeys(mapping.prefix + one for one in ids if one))


def withdraw_deleted(keys: Iterable[str], journal: Journal) -> Deleted:
    """Withdraw the records held under keys, some at a time, and return what came of them.

    Whoever does it again withdraws nothing twice. Raises a `JournalError` where the journal cannot be
    written.
    """
    unread = iter(keys)
    withdrawn = before = not_held = 0
    while batch := list(islice(unread, BATCH)):
        held = journal.keyed(batch)
        not_held += len(batch) - len(held)
        done = journal.extend(partial(_standing, journal, batch)).new
        withdrawn += len(done)
        before += len(held) - len(done)
    return Deleted(withdrawn=withdrawn, before=before, not_held=not_held)


def _standing(journal: Journal, keys: Sequence[str]) -> list[Record]:
    held = journal.keyed(keys).values()
    return [Withdrawal(of=one.record.id, text=REASON) for one in held if not one.withdrawn]


def _is_json(path: str | os.PathLike[str]) -> bool:
    return Path(path_named(path, "read")).suffix.lower() == ".json"


def _in_json(path: str | os.PathLike[str], column: str) -> Iterator[str]:
    name = path_named(path, "read")
    for line, one in enumerate(json_list(name), start=1):
        cell = one.get(column) if isinstance(one, dict) else one
        if not isinstance(cell, str):
            raise RecordError(str(Mistake(file=name, line=line, what=f"has no {column}")))
        yield cell.strip()


def _in_table(path: str | os.PathLike[str], column: str) -> Iterator[str]:
    name = path_named(path, "read")
    with opened_table(path) as (header, rows):
        named = next((one for one in header.columns if folded(one) == folded(column)), None)
        if named is None:
            what = f"there is no column {column!r}{did_you_mean(nearest(column, header.columns))}"
            raise RecordError(str(Mistake(file=name, line=header.line, what=what)))
        for row in rows:
            if isinstance(row, Mistake):
                raise RecordError(str(row))
            yield row[named]
