"""What a bare id names where a seal excludes the other records of its number (docs/seals.md).

Of a forked number the bare id names neither record, for nobody can tell which was meant.
Where its author has sealed one of them the other has no effect, and takes none: what was
said of `russia/1` before somebody forged another is said of the one that is sealed.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from attrs import evolve

from ceasefire.record.ids import bare, of_a_fork
from ceasefire.record.kinds import REFERENCES

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from ceasefire.record import Record


def pointing_at_what_stands(records: Sequence[Record], excluded: Collection[str]) -> list[Record]:
    """Return records whose bare pointers to a number with excluded records lead to the one that is left."""
    forked = {bare(name) for name in excluded if of_a_fork(name)}
    left: dict[str, list[str]] = defaultdict(list)
    for record in records:
        number = bare(record.own_id)
        if number in forked and record.own_id not in excluded:
            left[number].append(record.own_id)
    stands = {number: names[0] for number, names in left.items() if len(names) == 1 and names[0] != number}
    return [_pointed(record, stands) for record in records] if stands else list(records)


def _pointed(record: Record, stands: dict[str, str]) -> Record:
    pointers = {
        name: stands[value] for name in REFERENCES if (value := getattr(record, name, None)) in stands
    }
    return evolve(record, **pointers) if pointers else record
