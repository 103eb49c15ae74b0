"""Agreement tables as the text of a file, and read from it as any file is."""

from __future__ import annotations

import json
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from ceasefire.instruments import agreement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ceasefire.instruments import Agreement


def noon(day: date) -> datetime:
    """Return noon of a day, local to the agreement's time zone, as a file writes it."""
    return datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001 - local to the file


def midnight(day: date) -> datetime:
    """Return the first instant of a day, local to the agreement's time zone."""
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - local to the file


def text(tables: Mapping[str, Any]) -> str:
    """Return an agreement file of these tables, which are as `tomllib` would read them."""
    lines = [f"{key} = {_value(value)}" for key, value in tables.items() if not _several(value)]
    for name, rows in tables.items():
        for row in rows if _several(rows) else ():
            lines += ["", f"[[{name}]]", *(f"{key} = {_value(value)}" for key, value in row.items())]
    return "\n".join(lines) + "\n"


def read(tables: Mapping[str, Any]) -> Agreement:
    """Return the agreement of these tables, read as a file is and refused as one would be."""
    return _read(text(tables))


@lru_cache(maxsize=4_096)
def _read(content: str) -> Agreement:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{sha256(content.encode()).hexdigest()[:12]}.toml"
        path.write_text(content, encoding="utf-8")
        return agreement(path)


def _several(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_value(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_value(inner) for inner in value) + "]"
    # JSON leaves DEL as it is; TOML has it only as an escape.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
