"""Worked examples: the result of an example is what the library makes of it, never what somebody typed.

The example of a section is the River Truce (`rules/river-truce.toml`), changed by the
```toml blocks that stand in the section before the result, with the records of its
```jsonl blocks. A section of the third level has those at the head of its second too.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import ceasefire as cf
from ceasefire.record.json.canonical import parsed
from ceasefire.record.json.wire import from_json
from ceasefire.testing import read
from drawn import code, table, worded

if TYPE_CHECKING:
    from collections.abc import Callable

BASE: Final = Path(__file__).parent / "rules" / "river-truce.toml"
_HEADING = re.compile(r"^(##+) ", re.MULTILINE)
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@cache
def base() -> dict[str, Any]:
    """Return the tables of the example that all pages share."""
    return tomllib.loads(BASE.read_text(encoding="utf-8"))


def changed(tables: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    """Return tables with others put in: a table of an id that is there already takes its place."""
    made = dict(tables)
    for name, value in change.items():
        if not (isinstance(value, list) and value and isinstance(value[0], dict)):
            made[name] = value
            continue
        fresh = {row.get("id"): row for row in value}
        kept = [fresh.pop(row.get("id"), row) if row.get("id") else row for row in made.get(name, ())]
        made[name] = [*kept, *(row for row in value if row.get("id") is None or row["id"] in fresh)]
    return made


def blocks(text: str, language: str) -> list[str]:
    """Return the fenced blocks of one language in a text."""
    return [content for kind, content in _BLOCK.findall(text) if kind == language]


def section(before: str) -> str:
    """Return what stands in the section that a text ends in, and at the heads of those around it."""
    around: list[tuple[int, str]] = []
    for heading in _HEADING.finditer(before):
        level, content = len(heading[1]), before[heading.end() :]
        after = _HEADING.search(content)
        around = [part for part in around if part[0] < level]
        around.append((level, content[: after.start()] if after else content))
    return "".join(text for _, text in around)


def example(before: str) -> tuple[Any, list[Any]]:
    """Return the agreement and the records of the section that a text ends in."""
    text, tables = section(before), base()
    for block in blocks(text, "toml"):
        tables = changed(tables, tomllib.loads(block))
    lines = [line for block in blocks(text, "jsonl") for line in block.splitlines() if line.strip()]
    return read(tables), [from_json(parsed(line)) for line in lines]


def rows(before: str, name: str, **settings: str) -> str:
    """Return rows of one list of the result: `as_of` days, `show` the columns, the rest a filter."""
    agreement, records = example(before)
    days, asked = settings.pop("as_of").split(","), _asked(settings)
    show = settings.pop("show").split(",")
    wanted = {key: value.split(",") for key, value in settings.items()}
    lines = [
        ((day,) if len(days) > 1 else ()) + tuple(_cell(row[column]) for column in show)
        for day in days
        for row in cf.assess(agreement, records, as_of=day, **asked).to_dict()[name]
        if all(_cell(row[key]) in values for key, values in wanted.items())
    ]
    if not lines:
        raise ValueError(f"no row of {name} with {wanted}")
    head = (("as of",) if len(days) > 1 else ()) + tuple(column.replace("_", " ") for column in show)
    return table(head, lines)


def made(before: str, name: str, **settings: str) -> str:
    """Return rows of a table that is no list of the result: `since_day` is the day to compare with."""
    agreement, records = example(before)
    show, earlier = settings.pop("show").split(","), settings.pop("since_day", None)
    status = cf.assess(agreement, records, as_of=settings.pop("as_of"))
    asked = {} if earlier is None else {"since": status.at(earlier)}
    lines = [[_cell(row[column]) for column in show] for row in status.table(name, **asked)]
    return table([column.replace("_", " ") for column in show], lines)


def why(before: str, commitment: str, owed_by: str, *record: str, **settings: str) -> str:
    """Return what `.why` says, as a quotation; `-` is nobody in particular."""
    agreement, records = example(before)
    status = cf.assess(agreement, records, as_of=settings.pop("as_of"), **_asked(settings))
    said = status.why(commitment, None if owed_by == "-" else owed_by, *record)
    return "\n>\n".join(f"> {line}" for line in said.splitlines())


def keys(before: str, name: str) -> str:
    """Return the keys of the result, or of one part of it, with their meaning."""
    agreement, records = example(before)
    result = cf.assess(agreement, records, as_of="2020-03-31", since="2020-03-15").to_dict()
    listed = {"result": result} | result
    found = listed[name] if isinstance(listed[name], dict) else listed[name][0]
    said = worded(found, f"{name}_key")
    return table(("key", "meaning"), [(code(key), meaning) for key, meaning in said])


def _asked(settings: dict[str, str]) -> dict[str, Any]:
    asked: dict[str, Any] = {k: settings.pop(k) for k in ("known_at", "since") if k in settings}
    return asked | ({"relays": settings.pop("relays") == "true"} if "relays" in settings else {})


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_cell(item) for item in value) or "–"
    if isinstance(value, dict):  # a ruling in aggregate
        return f"{value['record']}: {'at least ' if value['at_least'] else ''}{value['count']}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "–" if value is None else str(value).replace("river-truce/", "")


WORKED: Final[dict[str, Callable[..., str]]] = {"rows": rows, "why": why, "keys": keys, "table": made}
