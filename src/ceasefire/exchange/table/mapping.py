"""A mapping: what a row of a table is, which column says what, and what its words mean.

The same from a TOML file or from Python values; docs/imports.md, "A mapping", has every
table of it. All mistakes are told at once, each with its line where there is a file.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen

from ceasefire.errors import (
    MappingError,
    Mistake,
    UnreadableFile,
    path_named,
    quoted,
    reason,
)
from ceasefire.exchange.table.checks import flaws, several
from ceasefire.exchange.table.dates import ISO, month_name
from ceasefire.instruments.toml_lines import line_of

if TYPE_CHECKING:
    from ceasefire.instruments.toml_lines import Path as Place

#: Bytes of the largest mapping.
_LARGEST: Final = 1024 * 1024


@frozen(kw_only=True)
class Dating:
    """How the dates of a field are written, and how well they are known."""

    #: Patterns; the first by which a cell can be read counts.
    format: tuple[str, ...] = (ISO,)
    #: The column with the last day, where one has the first.
    to: str | None = None
    #: The column that says how well a date is known, and what each of its cells means (one of `KNOWN`).
    precision: str | None = None
    #: For how many days a cell stands that states the first of them.
    days: int = 1
    known: Mapping[str, str] = field(factory=dict)
    #: Names of months beside the English ones (`month_name`) with their numbers.
    months: Mapping[str, int] = field(factory=dict)


@frozen(kw_only=True)
class TableMapping:
    """What the rows and columns of a table say; made by `read_mapping` or `mapping_of`."""

    kind: str
    #: Columns that together name a row, so that it is the same row in a later file.
    key: tuple[str, ...] = ()
    #: What a key begins with: two tables may both have a row 1.
    prefix: str = ""
    encoding: str = "utf-8"
    sheet: str | None = None
    #: Field of a record, such as `killed.best`, to the columns that say it.
    columns: Mapping[str, tuple[str, ...]]
    constant: Mapping[str, str] = field(factory=dict)
    #: Field to what its cells mean; the empty text says nothing.
    values: Mapping[str, Mapping[str, str]] = field(factory=dict)
    #: Field to the scheme of codes by which its cells are known: those of acts and of places.
    codes: Mapping[str, str] = field(factory=dict)
    #: Field to what parts its names in a cell, where not a comma or a semicolon.
    split: Mapping[str, str] = field(factory=dict)
    dates: Mapping[str, Dating] = field(factory=dict)
    #: Columns that hold a part of a count each, with the place that it is of.
    parts: Mapping[str, str] = field(factory=dict)
    #: Column to the cells whose rows are read; all others are passed over.
    only: Mapping[str, tuple[str, ...]] = field(factory=dict)
    #: Column to the cells with which a row states no place: it is of a country, or of nowhere.
    no_place: Mapping[str, tuple[str, ...]] = field(factory=dict)
    #: Cells that say nothing, beside the blank one.
    blank: tuple[str, ...] = ()
    #: Columns whose blank cells say what the last one above says: they were merged.
    down: tuple[str, ...] = ()
    #: How figures are written, by the example of 1234.5; None as records have them.
    figures: str | None = None
    #: Whether a table may lack columns: of a format whose versions differ.
    optional: bool = False
    #: Whether a place that no name finds is looked up by its coordinates.
    geometry: bool = False
    source: Mapping[str, str] = field(factory=dict)
    #: Whether columns are named by a row of HXL tags.
    tagged: bool = False
    #: Of what a form came back with, the repeat whose rows are read, from the outermost; of others None.
    repeat: tuple[str, ...] | None = None

    @property
    def read(self) -> tuple[str, ...]:
        """Return the columns that it reads, in order."""
        dated = (name for one in self.dates.values() for name in (one.to, one.precision) if name)
        said = (name for names in self.columns.values() for name in names)
        return tuple(
            dict.fromkeys((*self.key, *said, *dated, *self.parts, *self.only, *self.no_place, *self.down))
        )


def read_mapping(path: str | os.PathLike[str], under: Mapping[str, Any] | None = None) -> TableMapping:
    """Return the mapping of a TOML file, over the values of another one if those are given.

    Raises `UnreadableFile` where there is none, and `MappingError` with all mistakes in it.
    """
    given, text = _values(path)
    return _made(overlaid(under or {}, given), path_named(path, "read"), lambda place: line_of(text, place))


def _values(path: str | os.PathLike[str]) -> tuple[dict[str, Any], str]:
    """Return the values of a TOML file, and its text; what is wrong with them is not looked at yet."""
    name = path_named(path, "read")
    try:
        with Path(path).open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        raise UnreadableFile(f"{name} cannot be read: {reason(error)}") from error
    if len(data) > _LARGEST:
        raise UnreadableFile(f"{name} is too large for a mapping: it has more than {_LARGEST} bytes")
    try:
        text = data.decode("utf-8-sig")
        return tomllib.loads(text), text
    except (ValueError, RecursionError) as error:
        told = f"is no TOML in UTF-8: {error}"
        wrong = Mistake(file=name, line=0, what=told, instead="look at quotes and brackets")
        raise MappingError([wrong]) from error


def mapping_of(given: TableMapping | Mapping[str, Any]) -> TableMapping:
    """Return the mapping that Python values say, as TOML would; raises `MappingError` with all mistakes."""
    if isinstance(given, TableMapping):
        return given
    if not isinstance(given, Mapping):
        what, instead = f"is {quoted(given)}", "write its tables as a dict, or give the path of its file"
        raise MappingError([Mistake(file="mapping", line=0, what=what, instead=instead)])
    return _made(given, "mapping", lambda _: 0)


def with_own(
    shipped: Mapping[str, Any], own: Mapping[str, Any] | str | os.PathLike[str] | None
) -> TableMapping:
    """Return a mapping that ships, with what one's own – values, or the path of a file – says over it."""
    if isinstance(own, str | os.PathLike):
        return read_mapping(own, shipped)
    return mapping_of(overlaid(shipped, own or {}))


def overlaid(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Return what two mappings say together; where both say something, the second counts."""
    found = dict(under)
    for name, value in over.items():
        below = found.get(name)
        if isinstance(value, Mapping) and isinstance(below, Mapping):
            found[name] = overlaid(below, value)
        else:
            found[name] = value
    return found


def _flat(given: object) -> object:
    """Return fields with their parts by one name each: `place.lat` may be written with or without quotes."""
    if not isinstance(given, Mapping):
        return given
    found: dict[str, Any] = {}
    for name, value in given.items():
        found |= (
            {f"{name}.{part}": v for part, v in value.items()}
            if isinstance(value, Mapping)
            else {name: value}
        )
    return found


def _made(given: Mapping[str, Any], name: str, line: Any) -> TableMapping:
    given = dict(given) | {table: _flat(given[table]) for table in ("columns", "constant") if table in given}
    wrong = tuple(flaws(given))
    if wrong:
        raise MappingError(
            Mistake(file=name, line=line(place), what=f"{_called(place)}{what}", instead=instead)
            for place, what, instead in wrong
        )
    dates = {name: _dating(value) for name, value in given.get("dates", {}).items()}
    said = {name: several(value) for name, value in given.get("columns", {}).items()}
    return TableMapping(
        kind=given["kind"],
        key=several(given.get("key", ())),
        prefix=given.get("prefix", ""),
        encoding=given.get("encoding", "utf-8"),
        sheet=given.get("sheet"),
        columns=said,
        constant={field: _constant(value) for field, value in given.get("constant", {}).items()},
        values=given.get("values", {}),
        dates=dates,
        parts=given.get("parts", {}),
        only={column: several(value) for column, value in given.get("only", {}).items()},
        codes=given.get("codes", {}),
        split=given.get("split", {}),
        no_place={column: several(value) for column, value in given.get("no_place", {}).items()},
        blank=several(given.get("blank", ())),
        down=several(given.get("down", ())),
        figures=given.get("figures"),
        optional=given.get("optional", False),
        geometry=given.get("geometry", False),
        source=given.get("source", {}),
    )


def _called(place: Place) -> str:
    return f"{'.'.join(map(str, place))}: " if place else ""


def _constant(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return ",".join(value) if isinstance(value, list | tuple) else str(value)


def _dating(value: Any) -> Dating:
    given = value if isinstance(value, Mapping) else {"format": value}
    known = {str(cell): word for cell, word in given.get("known", {}).items()}
    columns = {name: given[name] for name in ("to", "precision", "days") if name in given}
    months = {month_name(name): number for name, number in given.get("months", {}).items()}
    return Dating(format=several(given.get("format", ISO)), known=known, months=months, **columns)
