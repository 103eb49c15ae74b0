"""A first mapping of a table: what its header and cells show, the rest as comments for its owner."""

from __future__ import annotations

import json
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Final

from ceasefire.exchange.rows import Row
from ceasefire.exchange.table.checks import ROW_KINDS
from ceasefire.instruments.files.reading import standard_acts
from ceasefire.instruments.names import folded
from ceasefire.record import KINDS
from ceasefire.record.kinds import field_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

#: Rows that are looked at.
_LOOKED_AT: Final = 2_000
#: Cells that are shown of a column, and the most that are taken for words with a meaning.
_SHOWN, _WORDS = 3, 12
#: Characters of a cell that is shown.
_LONGEST: Final = 40
#: What columns are often called, by the field that they say.
_OFTEN: Final = {
    "occurred": ("date", "event_date", "incident_date", "date_start", "occurred"),
    "act": ("act", "type", "event_type", "sub_event_type", "violation", "incident_type"),
    "zone": ("zone", "province", "governorate", "admin1", "region", "district"),
    "place.name": ("place", "location", "town", "town/city", "village", "locality"),
    "place.lat": ("lat", "latitude"),
    "place.lon": ("lon", "lng", "long", "longitude"),
    "killed.best": ("fatalities", "killed", "deaths", "best"),
    "injured.best": ("injured", "wounded"),
    "text": ("notes", "note", "description", "brief description", "comment", "summary", "text", "title"),
    "evidence.url": ("url", "link", "source_url"),
    "evidence.title": ("source", "sources"),
}
#: Fields that every table may leave to the journal, or that a mapping has its own way for.
_NOT_NAMED: Final = frozenset(
    {"by", "id", "received", "proof", "key", "kind", "timezone", "evidence", "place"}
)


def first_mapping(
    name: str,
    columns: Sequence[str],
    rows: Iterable[object],
    settings: Mapping[str, str | None],
    sheets: Sequence[str] = (),
) -> str:
    """Return a mapping as TOML: columns by what they are often called, others with what was seen.

    `settings` are what it says of the file, its `sheet` and its `encoding`, where they are not None;
    `sheets` are those of a workbook.
    """
    seen = [row for row in islice(rows, _LOOKED_AT) if isinstance(row, Row)]
    named = tuple(filter(None, columns))
    cells = {column: [row[column] for row in seen if row[column]] for column in named}
    said = _said(named)
    lines = [
        f"# What the columns of {name} say: a first mapping, to be gone through line by line.",
        f"# {len(seen)} rows were looked at. docs/imports.md explains each table.",
        "",
        f'kind = "incident"  # or {", ".join(kind for kind in ROW_KINDS if kind != "incident")}',
        *_keys(cells, len(seen)),
        *(f"{name} = {toml_text(value)}" for name, value in settings.items() if value is not None),
        *([f"# Its sheets: {', '.join(map(toml_text, sheets))}"] if sheets[1:] else []),
        "",
        "# Said of every row:",
        "[constant]",
        '# said_by = "…"  # whose statements these are, if not the author\'s of the journal',
        *([] if "act" in said.values() else ['# act = "attack"  # ceasefire list acts shows all']),
        "",
        "# field = column, or a list of columns. Fields of an incident:",
        f"# {', '.join(_fields('incident'))}",
        "[columns]",
        *(_line(column, said.get(column), cells[column]) for column in named),
        "",
        *_meanings({field: cells[column] for column, field in said.items() if field == "act"}),
        "# How dates are written, where not like 2017-05-14:",
        "[dates]",
        *_dates(said, cells),
    ]
    return "\n".join(lines) + "\n"


def _said(columns: Sequence[str]) -> dict[str, str]:
    """Return columns with the field that they are often called for; the first of several for one."""
    found: dict[str, str] = {}
    for field, names in _OFTEN.items():
        known = [column for name in names for column in columns if folded(column) == name]
        if known:
            found[known[0]] = field
    return found


def _fields(kind: str) -> Iterator[str]:
    for name in field_names(KINDS[kind]):
        if name not in _NOT_NAMED:
            yield {"killed": "killed.best", "injured": "injured.best"}.get(name, name)
    yield from ("place.name", "place.lat", "place.lon", "evidence.title", "evidence.url")


def _keys(cells: dict[str, list[str]], rows: int) -> list[str]:
    """Return lines on what names a row: columns whose cells are there and differ in every row."""
    naming = [column for column, found in cells.items() if rows > 1 and len(set(found)) == rows]
    if not naming:
        return ['# key = "…"  # the column that names a row, so that it is the same row in a later file']
    others = f"; so would {', '.join(map(toml_text, naming[1:4]))}" if naming[1:] else ""
    return [f"# key = {toml_text(naming[0])}  # its cells differ in every row seen{others}"]


def _line(column: str, field: str | None, found: list[str]) -> str:
    examples = ", ".join(toml_text(cell[:_LONGEST]) for cell in list(dict.fromkeys(found))[:_SHOWN])
    seen = f"  # seen: {examples}" if examples else "  # blank in every row seen"
    if field is None:
        return f"# … = {toml_text(column)}{seen}"
    name = toml_text(field) if "." in field else field
    return f"{name} = {toml_text(column)}{seen}"


def _meanings(words: dict[str, list[str]]) -> Iterator[str]:
    """Yield a table of what words mean, but where all of them are ids of acts: those mean themselves."""
    known = {act.id for act in standard_acts()}
    for field, found in words.items():
        often = Counter(found).most_common()
        if len(often) > _WORDS or {cell for cell, _ in often} <= known:
            continue
        yield f"# What the words mean; ceasefire list {field}s shows what there is:"
        yield f"[values.{field}]"
        for cell, number in often:
            word = toml_text(cell)
            yield f"{word} = {word}" if cell in known else f'# {word} = "…"  # in {number} rows'
        yield ""


def _dates(said: dict[str, str], cells: dict[str, list[str]]) -> Iterator[str]:
    column = next((column for column, field in said.items() if field == "occurred"), None)
    seen = f"  # seen: {toml_text(cells[column][0])}" if column is not None and cells[column] else ""
    yield f'# occurred = "%d/%m/%Y"{seen}'


def toml_text(text: str) -> str:
    """Return a text in the quotes of TOML."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
