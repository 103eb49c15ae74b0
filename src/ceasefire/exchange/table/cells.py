"""What of the cells of a table says nothing, what was merged, what is a figure: as the mapping tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import Factory, field, frozen

from ceasefire.errors import RecordError
from ceasefire.exchange.rows import Row
from ceasefire.exchange.table.figures import plain_figure
from ceasefire.instruments.names import folded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ceasefire.exchange.table.mapping import TableMapping

#: A formula of a workbook that was never reckoned: the file has no value of it.
UNRECKONED: Final = "#formula"
#: What a spreadsheet program shows instead of a value, and what is told of it.
_ERRORS: Final = dict.fromkeys(
    ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"),
    "is an error of a spreadsheet, no value: mend its formula, or name it under blank in the mapping",
) | {UNRECKONED: "of the file has no value: open it in a spreadsheet program, and save it"}
#: Fields that state figures, by what they begin with.
_FIGURES: Final = ("killed", "injured", "count", "by_zone", "place.lat", "place.lon", "place.precision")


@frozen(kw_only=True)
class Cells:
    """Reads the cells of one table as its mapping says they are written."""

    mapping: TableMapping
    _read: frozenset[str] = field(
        init=False, default=Factory(lambda self: frozenset(self.mapping.read), takes_self=True)
    )
    _figures: frozenset[str] = field(
        init=False, default=Factory(lambda self: _of_figures(self.mapping), takes_self=True)
    )
    _blank: frozenset[str] = field(
        init=False, default=Factory(lambda self: frozenset(map(folded, self.mapping.blank)), takes_self=True)
    )

    def said(self, row: Row) -> Row:
        """Return a row as records need it: without cells that say nothing, and with plain figures.

        Raises `RecordError` for a cell that is an error of a spreadsheet in a column that is read.
        """
        found: dict[str, str] = {}
        for column, cell in row.cells.items():
            if not cell or column not in self._read:
                continue
            if self._blank and folded(cell) in self._blank:
                found[column] = ""
            elif cell[0] == "#" and cell in _ERRORS:
                raise RecordError(f"{column}: {cell} {_ERRORS[cell]}")
            elif column in self._figures:
                found[column] = plain_figure(cell, self.mapping.figures)
        return Row(row.line, row.cells | found) if found else row

    def down(self, row: Row, above: Mapping[str, str]) -> Row:
        """Return a row with what the last cell above says, in columns whose cells were merged."""
        merged = {column: above.get(column, "") for column in self.mapping.down if not row[column]}
        return Row(row.line, row.cells | merged) if merged else row


def _of_figures(mapping: TableMapping) -> frozenset[str]:
    names = (
        column for name, columns in mapping.columns.items() if name.startswith(_FIGURES) for column in columns
    )
    return frozenset((*names, *mapping.parts))
