"""Tables as columns: Arrow, which other programs take without a copy, and Parquet.

A column's type is stated beside it and does not hang on what is in it: a table without rows
has the types of one that has some. Instants are microseconds of UTC, numbers are whole.
"""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from ceasefire.clock import read_iso
from ceasefire.errors import MissingExtra

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from arro3.core import Array, Table

#: What a column may hold: text, a whole number, a truth value, an instant of UTC, a day, a list of texts.
KINDS: Final = ("str", "int", "bool", "instant", "date", "list")
_EPOCH: Final = date(1970, 1, 1).toordinal()


def arrow_table(kinds: Mapping[str, str], rows: Sequence[Mapping[str, Any]]) -> Table:
    """Return rows as a table of Arrow, with a column for each of `kinds`, in that order.

    Instants and days are given as ISO 8601 texts, lists as lists or tuples; None is missing. It has
    `__arrow_c_stream__`, by which other programs read it. Raises `MissingExtra` without the extra `arrow`.
    """
    try:
        from arro3.core import Table
    except ImportError as error:
        raise MissingExtra("a table of Arrow", "arrow") from error
    return Table({name: _column(kind, [row[name] for row in rows]) for name, kind in kinds.items()})


def parquet(table: Table) -> bytes:
    """Return a table of Arrow as a file of Parquet; raises `MissingExtra` without the extra `parquet`.

    The same table has the same bytes with the same version of pyarrow.
    """
    try:
        import pyarrow as pa  # type: ignore[import-untyped]  # it has no types
        import pyarrow.parquet as pq  # type: ignore[import-untyped]  # nor has this
    except ImportError as error:
        raise MissingExtra("a file of Parquet", "parquet") from error
    made = io.BytesIO()
    pq.write_table(pa.table(table), made, compression="zstd")
    return made.getvalue()


def _column(kind: str, cells: list[Any]) -> Array:
    from arro3.core import Array, DataType, list_array

    if kind == "list":
        ends = [0]
        for cell in cells:
            ends.append(ends[-1] + len(cell))
        items = [None if item is None else str(item) for cell in cells for item in cell]
        return list_array(Array(ends, DataType.int32()), Array(items, DataType.utf8()))
    types = {
        "str": DataType.utf8(),
        "int": DataType.int64(),
        "bool": DataType.bool(),
        "instant": DataType.int64(),
        "date": DataType.int32(),
    }
    read = _READ.get(kind)
    made = Array([cell if cell is None or read is None else read(cell) for cell in cells], types[kind])
    match kind:
        case "instant":
            return made.cast(DataType.timestamp("us", tz="UTC"))
        case "date":
            return made.cast(DataType.date32())
    return made


#: How a cell of a kind is read, where it is not taken as it is.
_READ: Final[Mapping[str, Callable[[Any], Any]]] = {
    "str": str,
    "instant": read_iso,
    "date": lambda text: date.fromisoformat(text).toordinal() - _EPOCH,
}
