"""Records that ship with the library, by name: what was published, each dated by when it was.

Their pages say how each was made, and from what (`data/astana/README.md`, `data/bulletins/README.md`).
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ceasefire.errors import RecordError, did_you_mean, nearest, quoted
from ceasefire.exchange.bulletins import read_bulletins
from ceasefire.packaged import folder_of
from ceasefire.record import Record, RecordList, read_records

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

#: Where each lies, and how it is read.
SHIPPED: Final[dict[str, tuple[str, Callable[[str], RecordList]]]] = {
    "syria-astana": ("astana/records.jsonl", read_records),
    "syria-bulletins": ("bulletins/syria_bulletins_2016_2018.csv", read_bulletins),
}


def shipped_records(*names: str) -> RecordList:
    """Return records that ship with the library: `syria-astana`, `syria-bulletins`, or all of them.

    The first is what was recorded of the Astana process from December 2016 to December 2024, the
    second the published counts of 2016 to 2018. Each record is a relay, with its address as evidence,
    and `recorded` at the end of the day on which it was published: asked with `known_at`, an
    assessment knows what had been said by then. So ask it with `relays=True`.

    Raises `RecordError`, with the nearest name, for one that is not among them.
    """
    found: list[Record] = []
    for name in names or SHIPPED:
        if not isinstance(name, str) or name not in SHIPPED:
            guess = did_you_mean(nearest(name, SHIPPED)) if isinstance(name, str) else ""
            raise RecordError(
                f"no records {quoted(name)} ship with the library{guess or ': it has ' + ', '.join(SHIPPED)}"
            )
        found += _read(name)
    return RecordList(found)


def records_of(name_or_path: str | os.PathLike[str]) -> RecordList:
    """Return the records of a file, or those that ship under a name that no file has.

    Raises `UnreadableFile` where there is neither.
    """
    if name_or_path in SHIPPED and not Path(name_or_path).exists():
        return shipped_records(str(name_or_path))
    return read_records(name_or_path)


@cache
def _read(name: str) -> tuple[Record, ...]:
    path, read = SHIPPED[name]
    with resources.as_file(folder_of("ceasefire") / "data" / path) as file:
        return tuple(read(str(file)))
