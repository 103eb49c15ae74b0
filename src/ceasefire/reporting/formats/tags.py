"""Tags of the Humanitarian Exchange Language (hxlstandard.org, 1.1), by column: data/hxl.toml."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from typing import TYPE_CHECKING

from ceasefire.packaged import folder_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def tags_of(columns: Iterable[str]) -> tuple[str, ...]:
    """Return the tag of each column, the empty text of one that has none."""
    tags = _tags()
    return tuple(tags.get(column, "") for column in columns)


@lru_cache(maxsize=1)
def _tags() -> Mapping[str, str]:
    file = folder_of("ceasefire") / "data" / "hxl.toml"
    found: dict[str, str] = tomllib.loads(file.read_text(encoding="utf-8"))
    return found
