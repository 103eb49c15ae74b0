"""The tables of a report as one XLSX workbook, the same bytes for the same report.

A text is written as a text, whatever it looks like: nothing becomes a formula or a link.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ceasefire.spreadsheet import workbook
from ceasefire.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire.reporting.formats.cells import Sheet

#: The longest text that a cell takes, and the most rows of a sheet (Excel's own bounds).
_LONGEST: Final = 32_767
_MOST_ROWS: Final = 1_048_576
#: Stands at the end of a text that a cell does not take whole.
_CUT: Final = " … (longer than a cell: whole in the JSON of the report)"
_WIDEST: Final = 48


def to_xlsx(sheets: Iterable[Sheet], title: str) -> bytes:
    """Return the tables as a workbook: a sheet each, its first row fixed and filtered.

    Of a table with more rows than a sheet takes, the rest stands in further sheets.
    Raises `MissingExtra` where the package of the extra `xlsx` is not installed.
    """

    def fill(book: Any) -> None:
        bold = book.add_format({"bold": True, "text_wrap": False})
        for sheet in sheets:
            for number, rows in enumerate(_parted(sheet.rows)):
                name = sheet.name if number == 0 else f"{sheet.name}_{number + 1}"
                _write(book.add_worksheet(name), sheet, rows, bold)

    return workbook(title, "an XLSX report", fill)


def _parted(rows: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """Return rows in as many parts as sheets are needed, at least one."""
    most = _MOST_ROWS - 1
    return [rows[start : start + most] for start in range(0, max(len(rows), 1), most)]


def _write(page: Any, sheet: Sheet, rows: tuple[Any, ...], bold: Any) -> None:
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, len(rows), len(sheet.columns) - 1)
    for place, column in enumerate(sheet.columns):
        page.write_string(0, place, column, bold)
        cells = (len(str(row[place])) for row in rows[:200] if row[place] is not None)
        page.set_column(place, place, min(_WIDEST, max((len(column) + 3, *cells))))
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            if isinstance(value, bool):
                page.write_boolean(number, place, value)
            elif isinstance(value, int):
                page.write_number(number, place, value)
            elif value is not None:
                page.write_string(number, place, _fitting(visible(value)))


def _fitting(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - len(_CUT)] + _CUT
