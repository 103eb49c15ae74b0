"""The tables of a report as columns of Arrow and of Parquet: its rows as they are, lists as lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ceasefire.columnar import arrow_table
from ceasefire.errors import ReportError, did_you_mean, nearest, quoted
from ceasefire.reporting.exports.acts import acts, coordinates
from ceasefire.reporting.formats.cells import joined
from ceasefire.reporting.sheets import NAMES, columns_of, rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from arro3.core import Table

    from ceasefire.reporting.material.material import Material

#: What columns hold that are no texts, whatever the table.
_KINDS: Final[Mapping[str, str]] = {
    "breaches": "int", "open": "int", "count": "int", "days": "int", "value": "int", "before": "int",
    "at_least": "bool", "inferred": "bool", "cumulative": "bool", "ongoing": "bool",
    "counted": "bool",
    "from": "instant", "until": "instant", "phase_from": "instant", "due": "instant",
    "first_day": "date", "last_day": "date",
    "records": "list", "commitments": "list", "attributed_to": "list", "under": "list", "awaiting": "list",
    "accused": "list", "against": "list",
}  # fmt: skip
#: The same of a column that is something else in one table.
_OF_TABLES: Final[Mapping[tuple[str, str], str]] = {
    ("changes", "before"): "str",
    ("made_from", "value"): "str",
    ("due", "owed_by"): "list",
}


#: The table of acts: every field of one (docs/exports.md, "An act"), and the coordinates as they are stated.
ACTS: Final = "acts"
_OF_ACTS: Final[Mapping[str, str]] = {
    "record": "str", "kind": "str", "reported_by": "str", "written_by": "str", "occurred": "str",
    "first_day": "date", "last_day": "date", "from": "instant", "until": "instant",
    "act": "str", "act_name": "str", "zone": "str", "zone_name": "str",
    "against": "list", "took_part": "list",
    "killed_low": "int", "killed_best": "int", "killed_high": "int",
    "injured_low": "int", "injured_best": "int", "injured_high": "int",
    "place": "str", "precision": "int", "latitude": "str", "longitude": "str",
    "accused": "list", "named": "str", "agreements": "list", "determination": "str", "attributed_to": "list",
    "severity": "str", "counts_as": "str", "text": "str", "evidence": "list",
}  # fmt: skip
#: The tables that there are as columns.
TABLES: Final = (*NAMES, ACTS)


def to_arrow(name: str, material: Material) -> Table:
    """Return a table of a report as one of Arrow; raises `ReportError` for what is no table of one."""
    if name == ACTS:
        told = [facts | coordinates(record, material) for record, facts in acts(material)]
        return arrow_table(_OF_ACTS, told)
    refuse_table(name, TABLES)
    kinds = {column: _OF_TABLES.get((name, column), _KINDS.get(column, "str")) for column in columns_of(name)}
    rows = rows_of(name, material)
    return arrow_table(kinds, [{c: _cell(kind, row[c]) for c, kind in kinds.items()} for row in rows])


def _cell(kind: str, value: Any) -> Any:
    """Return a cell as its column holds it: in one of texts a list or a truth value is a text, too."""
    if kind != "str":
        return value
    flat = joined(value)
    return ("true" if flat else "false") if isinstance(flat, bool) else flat


def refuse_table(name: object, known: tuple[str, ...] = NAMES) -> None:
    """Refuse what is no table of a report; raises `ReportError` with the tables there are."""
    if name not in known:
        guess = did_you_mean(nearest(str(name), known))
        raise ReportError(f"{quoted(name)} is no table of a report{guess}: write {', '.join(known)}")
