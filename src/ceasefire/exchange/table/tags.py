"""Tags of the Humanitarian Exchange Language as the names of columns (https://hxlstandard.org, 1.1).

A row of tags, such as #date+occurred, stands under the headers of a table, or instead of them. What
each tag says of an incident stands in data/mappings/hxl.toml.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from ceasefire.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: A hashtag and its attributes, in any capitals, with blanks between them.
_TAG: Final = regex(r"#[a-z][a-z0-9_]*(\s*\+\s*[a-z0-9_]+)*\s*", re.IGNORECASE | re.ASCII)
#: Attributes that do not change what a column says: languages, vocabularies, that it is a number or a text.
_PLAIN: Final = regex(r"[a-z]{2}|v_.*|num|text|label|best|total", re.ASCII)
#: Rows among which the tags are looked for, as other readers do.
FIRST_ROWS: Final = 25


def is_tag(cell: str) -> bool:
    """Tell whether a cell is a hashtag with its attributes."""
    return _TAG.fullmatch(cell) is not None


def tag_names(cells: Sequence[str]) -> tuple[str, ...] | None:
    """Return the names of columns that a row of tags gives, or None where it is no such row.

    Attributes come in one order; a tag that stands several times is numbered. Columns without a tag
    have no name.
    """
    said = [cell for cell in cells if cell]
    if not said or not all(is_tag(cell) for cell in said):
        return None
    seen: Counter[str] = Counter()
    names = []
    for cell in cells:
        name = _in_order(cell) if cell else ""
        seen[name] += 1
        names.append(name if seen[name] == 1 or not name else f"{name} {seen[name]}")
    return tuple(names)


def _in_order(tag: str) -> str:
    top, *attributes = (part.strip().lower() for part in tag.split("+"))
    return "+".join((top, *sorted(attributes)))


def tagged(columns: Iterable[str], wanted: str) -> str | None:
    """Return the first column whose tag says what is wanted: its attributes and no others that matter."""
    top, *needed = wanted.split("+")
    for column in columns:
        found, *attributes = column.partition(" ")[0].split("+")
        more = set(attributes) - set(needed)
        if found == top and set(needed) <= set(attributes) and all(map(_PLAIN.fullmatch, more)):
            return column
    return None
