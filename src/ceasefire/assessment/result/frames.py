"""The tables of an assessment as frames and as columns of Arrow, with types that do not hang on cells.

In a frame of pandas or polars a number is an integer that may be missing, a yes or no a truth
value that may be, anything else a text that may be; in a table of Arrow instants, days and lists
are such. A table without rows has the columns and types of one that has some.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ceasefire.assessment.result.changes import Change
from ceasefire.assessment.result.due import Due
from ceasefire.assessment.result.entries import (
    AgreementEntry,
    AppraisalEntry,
    CaseEntry,
    ClaimEntry,
    ListEntry,
    PositionEntry,
    ProblemEntry,
    ReasonEntry,
    ResponseEntry,
    RowEntry,
    SpanEntry,
    TallyEntry,
)
from ceasefire.assessment.result.key_figures import KeyFigure, Ledger
from ceasefire.assessment.result.lists import ESTIMATE, PEOPLE
from ceasefire.columnar import arrow_table
from ceasefire.errors import MissingExtra, UnknownRow, did_you_mean, nearest, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import NamedTuple

    import pandas as pd  # type: ignore[import-untyped]  # it has no types
    import polars as pl
    from arro3.core import Table

#: What the rows of each table are made of, in the order of its columns.
_ROWS: Final[Mapping[str, tuple[type[ListEntry | NamedTuple], ...]]] = {
    "agreements": (AgreementEntry,),
    "commitments": (RowEntry,),
    "spans": (SpanEntry,),
    "reasons": (ReasonEntry,),
    "claims": (ClaimEntry,),
    "positions": (PositionEntry,),
    "tallies": (TallyEntry,),
    "cases": (CaseEntry,),
    "responses": (ResponseEntry,),
    "appraisals": (AppraisalEntry,),
    "problems": (ProblemEntry,),
    "due": (Due,),
    "changes": (Change,),
    "key_figures": (KeyFigure, Ledger),
}
#: Columns that a table has beside these, all of texts.
_MORE: Final[Mapping[str, tuple[str, ...]]] = {
    "claims": ("act", "place", "accused", "text", "from_date", "until_date"),
    "changes": ("commitment", "owed_by"),
}
#: Cells of an entry that a table has no column for.
_LEFT_OUT: Final = {("changes", "rows"), ("key_figures", "ledger")}
#: The first columns of tables, where they are not in the order of their entries.
_FIRST: Final[Mapping[str, tuple[str, ...]]] = {
    "changes": ("kind", "agreement", "commitment", "owed_by"),
    "key_figures": ("figure", "part", *Ledger._fields),
}
#: Columns of Arrow that are more than their annotations say, whatever the table.
_TIMES: Final = {"from_date": "date", "until_date": "date"} | dict.fromkeys(
    ("from", "until", "phase_from", "due", "at"), "instant"
)
_LISTS: Final = {("claims", "accused"), ("changes", "commitment"), ("changes", "owed_by")}
_PANDAS: Final = {"int": "Int64", "bool": "boolean", "str": "string"}


def refuse_table(name: object, days: object, since: object) -> None:
    """Refuse what is no table, and what its table is not asked with; raises `UnknownRow`."""
    if days is not None and name != "due":
        raise UnknownRow(f"days is for the table due, and this is {quoted(name)}: leave it out")
    if since is not None and name not in ("changes", "key_figures"):
        raise UnknownRow(
            f"since is for the tables changes and key_figures, and this is {quoted(name)}: leave it out"
        )
    if since is None and name == "changes":
        raise UnknownRow("changes since when? write since= and an earlier assessment")
    if not isinstance(name, str) or name not in _ROWS:
        raise UnknownRow(f"no list {quoted(name)}{did_you_mean(nearest(name, _ROWS))}")


def kinds(name: str) -> dict[str, str]:
    """Return the columns of a table, each with what it holds: int, bool or str."""
    found = {
        column: kind
        for entry in _ROWS[name]
        for cell, annotation in entry.__annotations__.items()
        if (name, cell) not in _LEFT_OUT
        for column, kind in _columns(cell.removesuffix("_"), _annotated(annotation))
    }
    return found | dict.fromkeys(_MORE.get(name, ()), "str")


def arrow_kinds(name: str) -> dict[str, str]:
    """Return the columns of a table in its order, each with what it holds in Arrow (`columnar.KINDS`)."""
    lists = {
        cell.removesuffix("_")
        for entry in _ROWS[name]
        for cell, annotation in entry.__annotations__.items()
        if str(getattr(annotation, "__forward_arg__", annotation)).startswith("tuple[")
    }
    found = {
        column: "list" if column in lists or (name, column) in _LISTS else _TIMES.get(column, kind)
        for column, kind in kinds(name).items()
    }
    return {column: found[column] for column in dict.fromkeys((*_FIRST.get(name, ()), *found))}


def as_arrow(name: str, rows: Sequence[Mapping[str, Any]]) -> Table:
    """Return a table, with its lists in its cells, as one of Arrow; raises `MissingExtra` without it."""
    return arrow_table(arrow_kinds(name), rows)


def _annotated(annotation: Any) -> str:
    text = getattr(annotation, "__forward_arg__", annotation)
    bare = str(text).removesuffix(" | None")
    return bare if bare in _PANDAS else "str"


def _columns(cell: str, kind: str) -> Iterator[tuple[str, str]]:
    """Yield the columns that a cell has in a table: an estimate of people has three."""
    if cell in PEOPLE:
        yield from ((f"{cell}_{part}", "int") for part in ESTIMATE)
    else:
        yield cell, kind


def _by_column(name: str, rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str, list[Any]]]:
    """Yield each column in the order of the rows, with what it holds and its cells."""
    held = kinds(name)
    for column in rows[0] if rows else held:
        kind = held[column]
        cells = (row[column] for row in rows)
        yield column, kind, [None if c is None else str(c) if kind == "str" else c for c in cells]


def as_pandas(name: str, rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Return a table as a frame of pandas; raises `MissingExtra` where that is not installed."""
    try:
        import pandas as pd
    except ImportError as error:
        raise MissingExtra("a frame of pandas", "pandas") from error
    return pd.DataFrame(
        {column: pd.array(cells, dtype=_PANDAS[kind]) for column, kind, cells in _by_column(name, rows)}
    )


def as_polars(name: str, rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """Return a table as a frame of polars; raises `MissingExtra` where that is not installed."""
    try:
        import polars as pl
    except ImportError as error:
        raise MissingExtra("a frame of polars", "polars") from error
    types = {"int": pl.Int64(), "bool": pl.Boolean(), "str": pl.String()}
    several = _by_column(name, rows)
    return pl.DataFrame([pl.Series(column, cells, dtype=types[kind]) for column, kind, cells in several])
