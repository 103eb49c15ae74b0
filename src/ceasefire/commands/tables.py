"""Lists as people and programs take them: columns on a terminal, CSV, JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from ceasefire.commands.terminal import json_text, table
from ceasefire.reporting.formats.cells import joined
from ceasefire.reporting.formats.comma_separated import csv_text
from ceasefire.visible import json_safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Rows = list[dict[str, Any]]


def as_text(columns: Sequence[str], rows: Rows) -> str:
    """Return rows in columns; without any, a line that says so."""
    return table(columns, ([joined(row[name]) for name in columns] for row in rows)) if rows else "no rows\n"


def as_csv(columns: Sequence[str], rows: Rows) -> str:
    """Return rows as CSV (RFC 4180), on a line each; what is absent is blank.

    A text that a spreadsheet program would take for a formula has an apostrophe before it.
    """
    if not columns:  # a list without rows does not say what it would have
        return ""
    return csv_text(columns, ([row[name] for name in columns] for row in rows))


def as_json(columns: Sequence[str], rows: Rows) -> str:
    """Return rows as one JSON list."""
    return json_text([{name: row[name] for name in columns} for row in rows])


def as_json_lines(columns: Sequence[str], rows: Rows) -> str:
    """Return rows as JSON, one object a line."""
    lines: Iterable[dict[str, Any]] = ({name: row[name] for name in columns} for row in rows)
    return "".join(json_safe(json.dumps(line, ensure_ascii=False)) + "\n" for line in lines)


#: How lists can be printed.
FORMATS: Final[dict[str, Callable[[Sequence[str], Rows], str]]] = {
    "text": as_text,
    "csv": as_csv,
    "json": as_json,
    "jsonl": as_json_lines,
}
