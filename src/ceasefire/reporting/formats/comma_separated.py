"""A table of a report as CSV (RFC 4180), in UTF-8, a line a row."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from ceasefire.reporting.formats.cells import csv_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ceasefire.reporting.formats.cells import Sheet


def csv_text(columns: Sequence[str], rows: Iterable[Iterable[object]], tags: Sequence[str] = ()) -> str:
    """Return rows as CSV under their columns, with a row of tags below these where there are any."""
    made = io.StringIO(newline="")
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(columns)
    if tags:
        writer.writerow(tags)
    writer.writerows(map(csv_cell, row) for row in rows)
    return made.getvalue()


def to_csv(sheet: Sheet, *, hxl: bool = False) -> str:
    """Return a table as CSV; with `hxl` the second row holds tags of HXL, where a column has one."""
    return csv_text(sheet.columns, sheet.rows, sheet.tags if hxl and any(sheet.tags) else ())
