"""A cell of a table for spreadsheet programs: a number or a text, which none takes for a formula."""

from __future__ import annotations

from typing import Final

from ceasefire.values import Value
from ceasefire.visible import visible

Cell = str | int | bool | None


class Sheet(Value, kw_only=True):
    """A table: its name, columns, rows, and for each column its tag of HXL, empty where it has none."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    tags: tuple[str, ...]


class Digits(str):
    """The digits of a number as they were stated: a number in a table, though it begins with a minus."""

    __slots__ = ()


#: With these a spreadsheet program takes a cell for a formula, in the letters of East Asia too.
_FORMULA: Final = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def joined(value: object) -> object:
    """Return a value as one cell: the items of a list with `;` between them."""
    return ";".join(map(str, value)) if isinstance(value, list | tuple) else value


def csv_cell(value: object) -> object:
    """Return a value as a cell of CSV: what is absent is blank, a text like a formula has an apostrophe."""
    flat = joined(value)
    if flat is None:
        return ""
    if isinstance(flat, bool):
        return "true" if flat else "false"
    if not isinstance(flat, str) or isinstance(flat, Digits):
        return flat
    text = visible(flat)
    return f"'{text}" if text.startswith(_FORMULA) else text
