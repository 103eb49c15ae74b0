"""Formats of the field that are tables: mappings that ship, of which a mapping of one's own says the rest.

Each is a file of data/mappings. Columns are found by name in any capitals, for exports of one format differ.
"""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from ceasefire.exchange.table.mapping import TableMapping, mapping_of, overlaid

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Formats by the name of the command that reads them, with what they are.
LAYOUTS: Final = {
    "ucdp": "events of the UCDP Georeferenced Event Dataset",
    "acled": "events of ACLED",
}


def layout(name: str, own: Mapping[str, Any] | None = None) -> TableMapping:
    """Return the mapping of a format, with what a mapping of one's own says over it.

    Raises `MappingError` for mistakes in what both say together.
    """
    file = resources.files("ceasefire") / "data" / "mappings" / f"{name}.toml"
    shipped = tomllib.loads(file.read_text(encoding="utf-8"))
    return mapping_of(overlaid(shipped, own or {}))
