"""A mapping: what a row of a table is, which column says what, and what its words mean.

The same from a TOML file or from Python values; docs/imports.md, "A mapping", has every
table of it. All mistakes are told at once, each with its line where there is a file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen

from ceasefire.errors import MappingError, Mistake, UnreadableFile, did_you_mean, nearest, path_named, quoted, reason
from ceasefire.exchange.table.dates import ISO, KNOWN, pattern_flaw
from ceasefire.instruments.toml_lines import line_of
from ceasefire.record import KINDS
from ceasefire.record.kinds import field_names

if TYPE_CHECKING:
    import os

    from ceasefire.instruments.toml_lines import Path as Place

#: Kinds of record that a row may be; the others are of a chain, not of a table.
ROW_KINDS: Final = tuple(kind for kind in KINDS if kind not in ("correction", "erasure", "branch"))
#: Bytes of the largest mapping.
_LARGEST: Final = 1024 * 1024
#: Fields that state a day, or what lasted; a row's period is what lasted unless it is one day.
PERIODS: Final = ("period",)
DATED: Final = ("occurred", "period", "effective", "until", "ended", "due", "recorded")
#: What a mapping has, each with an example of what is written.
TABLES: Final = {
    "kind": 'kind = "incident"',
    "key": 'key = "event_id"',
    "prefix": 'prefix = "kobo-"',
    "encoding": 'encoding = "utf-16"',
    "sheet": 'sheet = "Events"',
    "columns": 'columns = { occurred = "date", text = ["title", "notes"] }',
    "constant": 'constant = { act = "attack.shelling", said_by = "mission" }',
    "values": 'values.act = { Shelling = "attack.shelling" }',
    "dates": 'dates.occurred = "%d/%m/%Y"',
    "codes": 'codes = { zone = "pcode" }',
    "parts": 'parts = { North = "north-province" }',
    "only": 'only = { country = ["Syria"] }',
    "no_place": 'no_place = { where_prec = ["6", "7"] }',
    "optional": "optional = true",
    "source": 'source = { title = "…", licence = "…", url = "https://…" }',
}
#: Fields whose cells may be codes: acts and places have them.
CODED: Final = ("act", "zone")
_IN_DATES: Final = ("format", "to", "precision", "known")
_IN_SOURCE: Final = ("title", "licence", "url")


@frozen(kw_only=True)
class Dating:
    """How the dates of a field are written, and how well they are known."""

    #: Patterns; the first by which a cell can be read counts.
    format: tuple[str, ...] = (ISO,)
    #: The column with the last day, where one has the first.
    to: str | None = None
    #: The column that says how well a date is known, and what each of its cells means (one of `KNOWN`).
    precision: str | None = None
    known: Mapping[str, str] = field(factory=dict)


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
    dates: Mapping[str, Dating] = field(factory=dict)
    #: Columns that hold a part of a count each, with the place that it is of.
    parts: Mapping[str, str] = field(factory=dict)
    #: Column to the cells whose rows are read; all others are passed over.
    only: Mapping[str, tuple[str, ...]] = field(factory=dict)
    #: Column to the cells with which a row states no place: it is of a country, or of nowhere.
    no_place: Mapping[str, tuple[str, ...]] = field(factory=dict)
    #: Whether a table may lack columns: of a format whose versions differ.
    optional: bool = False
    source: Mapping[str, str] = field(factory=dict)

    @property
    def read(self) -> tuple[str, ...]:
        """Return the columns that it reads, in order."""
        dated = (name for one in self.dates.values() for name in (one.to, one.precision) if name)
        said = (name for names in self.columns.values() for name in names)
        return tuple(dict.fromkeys((*self.key, *said, *dated, *self.parts, *self.only, *self.no_place)))


def read_mapping(path: str | os.PathLike[str]) -> TableMapping:
    """Return the mapping of a TOML file.

    Raises `UnreadableFile` where there is none, and `MappingError` with all mistakes in it.
    """
    given, text = read_values(path)
    return _made(given, path_named(path, "read"), lambda place: line_of(text, place))


def read_values(path: str | os.PathLike[str]) -> tuple[dict[str, Any], str]:
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


def mapping_of(given: Mapping[str, Any]) -> TableMapping:
    """Return the mapping that Python values say, as TOML would; raises `MappingError` with all mistakes."""
    if isinstance(given, TableMapping):
        return given
    return _made(given, "mapping", lambda _: 0)


def overlaid(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Return what two mappings say together; where both say something, the second counts."""
    found = dict(under)
    for name, value in over.items():
        below = found.get(name)
        both = isinstance(value, Mapping) and isinstance(below, Mapping)
        found[name] = overlaid(below, value) if both else value
    return found


def _flat(given: object) -> object:
    """Return fields with their parts by one name each: `place.lat` may be written with or without quotes."""
    if not isinstance(given, Mapping):
        return given
    found: dict[str, Any] = {}
    for name, value in given.items():
        found |= {f"{name}.{part}": v for part, v in value.items()} if isinstance(value, Mapping) else {name: value}
    return found


def _made(given: Mapping[str, Any], name: str, line: Any) -> TableMapping:
    given = dict(given) | {table: _flat(given[table]) for table in ("columns", "constant") if table in given}
    flaws = tuple(_flaws(given))
    if flaws:
        raise MappingError(
            Mistake(file=name, line=line(place), what=f"{_called(place)}{what}", instead=instead)
            for place, what, instead in flaws
        )
    dates = {name: _dating(value) for name, value in given.get("dates", {}).items()}
    several = {name: _several(value) for name, value in given.get("columns", {}).items()}
    return TableMapping(
        kind=given["kind"],
        key=_several(given.get("key", ())),
        prefix=given.get("prefix", ""),
        encoding=given.get("encoding", "utf-8"),
        sheet=given.get("sheet"),
        columns=several,
        constant={field: _constant(value) for field, value in given.get("constant", {}).items()},
        values=given.get("values", {}),
        dates=dates,
        parts=given.get("parts", {}),
        only={column: _several(value) for column, value in given.get("only", {}).items()},
        codes=given.get("codes", {}),
        no_place={column: _several(value) for column, value in given.get("no_place", {}).items()},
        optional=given.get("optional", False),
        source=given.get("source", {}),
    )


def _called(place: Place) -> str:
    return f"{'.'.join(map(str, place))}: " if place else ""


Flaw = tuple[tuple[str, ...], str, str]


def _flaws(given: Mapping[str, Any]) -> Iterator[Flaw]:
    """Yield what is wrong with the values given, each with its place and what to write instead."""
    for name in given:
        if name not in TABLES:
            yield (name,), f"is nothing that a mapping has{did_you_mean(nearest(name, TABLES))}", _known(TABLES)
    kind = given.get("kind")
    if kind not in ROW_KINDS:
        told = "is missing" if kind is None else f"{quoted(kind)} is no kind of record that a row can be"
        yield ("kind",), f"{told}{did_you_mean(nearest(kind, ROW_KINDS))}", f"write one of {', '.join(ROW_KINDS)}"
    for name in ("prefix", "encoding", "sheet"):
        if name in given and not isinstance(given[name], str):
            yield (name,), "is no text", f"write {TABLES[name]}"
    if "key" in given and not _is_names(given["key"]):
        yield ("key",), "is no name of a column, and no list of such", f"write {TABLES['key']}"
    for name in _TABLE_FLAWS:
        if name in given and not isinstance(given[name], Mapping):
            yield (name,), "is no table", f"write {TABLES[name]}"
        elif name in given:
            yield from _TABLE_FLAWS[name](given[name], kind if kind in ROW_KINDS else None)
    if not isinstance(given.get("columns"), Mapping) or not given["columns"]:
        yield ("columns",), "is missing: no column says anything", f"write {TABLES['columns']}"


def _known(names: Mapping[str, object]) -> str:
    return f"write one of {', '.join(names)}"


def _field_flaws(table: str, name: str, kind: str | None) -> Iterator[Flaw]:
    """Yield what is wrong with the name of a field, such as `place.name`."""
    top = name.partition(".")[0]
    known = [f for f in field_names(KINDS[kind]) if f not in ("id", "received", "proof")] if kind else ()
    if kind and top not in known:
        what = f"a record of kind {kind!r} has no field {quoted(name)}{did_you_mean(nearest(top, known))}"
        yield (table, name), what, f"write one of {', '.join(known)}"


def _columns(given: Mapping[str, Any], kind: str | None) -> Iterator[Flaw]:
    for name, value in given.items():
        yield from _field_flaws("columns", name, kind)
        if not _is_names(value):
            yield ("columns", name), "is no name of a column, and no list of such", f"write {TABLES['columns']}"


def _constants(given: Mapping[str, Any], kind: str | None) -> Iterator[Flaw]:
    for name, value in given.items():
        yield from _field_flaws("constant", name, kind)
        if not isinstance(value, str | int | bool) and not _is_names(value):
            yield ("constant", name), "is no text, number or list of texts", f"write {TABLES['constant']}"


def _values(given: Mapping[str, Any], kind: str | None) -> Iterator[Flaw]:
    for name, words in given.items():
        yield from _field_flaws("values", name, kind)
        if not isinstance(words, Mapping) or not all(isinstance(value, str) for value in words.values()):
            yield ("values", name), "is no table of words and what they mean", f"write {TABLES['values']}"


def _dates(given: Mapping[str, Any], kind: str | None) -> Iterator[Flaw]:
    for name, value in given.items():
        yield from _field_flaws("dates", name, kind)
        if name not in DATED:
            yield ("dates", name), "is no field that states a date", f"write one of {', '.join(DATED)}"
        if _is_names(value):
            value = {"format": value}
        if not isinstance(value, Mapping):
            yield ("dates", name), "is no pattern, and no table", f"write {TABLES['dates']}"
            continue
        for inner in value:
            if inner not in _IN_DATES:
                yield ("dates", name, inner), "says nothing of a date", f"write one of {', '.join(_IN_DATES)}"
        patterns = value.get("format", ISO)
        for pattern in _several(patterns) if _is_names(patterns) else ("",):
            if flaw := pattern_flaw(pattern):
                yield ("dates", name), flaw, f"write {TABLES['dates']}"
        yield from _precision(name, value)


def _precision(name: str, value: Mapping[str, Any]) -> Iterator[Flaw]:
    known = value.get("known", {})
    if not isinstance(known, Mapping) or not set(map(str, known.values())) <= set(KNOWN):
        told = "says of a cell how well a date is known in a word that there is not"
        yield ("dates", name, "known"), told, f'write known = {{ 1 = "day" }}, with {", ".join(KNOWN)}'
    elif ("precision" in value) != bool(known):
        told = "precision names a column, and known says what its cells mean: one of the two is missing"
        yield ("dates", name), told, 'write precision = "date_prec" and known = { 1 = "day", 2 = "week" }'


def _parts(given: Mapping[str, Any], kind: str | None) -> Iterator[Flaw]:
    if kind not in (None, "tally"):
        yield ("parts",), f"a record of kind {kind!r} has no parts by place", 'write kind = "tally"'
    if not all(isinstance(value, str) for value in given.values()):
        yield ("parts",), "a column is of no place", f"write {TABLES['parts']}"


def _cells(table: str) -> Callable[[Mapping[str, Any], str | None], Iterator[Flaw]]:
    """Return what looks at a table of columns and of cells in them."""

    def flaws(given: Mapping[str, Any], _: str | None) -> Iterator[Flaw]:
        for name, value in given.items():
            if not _is_names(value):
                yield (table, name), "is no list of cells", f"write {TABLES[table]}"

    return flaws


def _codes(given: Mapping[str, Any], _: str | None) -> Iterator[Flaw]:
    for name, value in given.items():
        if name not in CODED or not isinstance(value, str):
            yield ("codes", name), "has no codes", f"write {TABLES['codes']}, or codes.act"


def _source(given: Mapping[str, Any], _: str | None) -> Iterator[Flaw]:
    for name, value in given.items():
        if name not in _IN_SOURCE or not isinstance(value, str):
            yield ("source", name), "says nothing of a source", f"write {TABLES['source']}"


_TABLE_FLAWS: Final = {
    "columns": _columns,
    "constant": _constants,
    "values": _values,
    "dates": _dates,
    "parts": _parts,
    "only": _cells("only"),
    "no_place": _cells("no_place"),
    "codes": _codes,
    "source": _source,
}


def _is_names(value: object) -> bool:
    return isinstance(value, str) or (
        isinstance(value, list | tuple) and bool(value) and all(isinstance(one, str) for one in value)
    )


def _several(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _constant(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return ",".join(value) if isinstance(value, list | tuple) else str(value)


def _dating(value: Any) -> Dating:
    given = value if isinstance(value, Mapping) else {"format": value}
    known = {str(cell): word for cell, word in given.get("known", {}).items()}
    columns = {name: given[name] for name in ("to", "precision") if name in given}
    return Dating(format=_several(given.get("format", ISO)), known=known, **columns)
