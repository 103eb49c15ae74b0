"""Tables of others whose rows became records: how a row is named as evidence, and from which table it is.

The data sets whose formats are known stand in data/data_sets.toml, with licence and citation: what
a report says of where its figures are from, also to those who may not read the words of a record.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from ceasefire.packaged import folder_of
from ceasefire.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What the evidence of a row says it is.
A_ROW: Final = "table row"
_ROW: Final = regex(r"(.*), row \d+((?: \([^()]*\))?)", re.DOTALL | re.ASCII)


def row_title(table: str, row: int, licence: str | None) -> str:
    """Return the title of the evidence of a row: its table, its line, and the licence of the table."""
    return f"{table}, row {row}" + (f" ({licence})" if licence else "")


def table_of(title: str) -> str:
    """Return the table that the title of a row names, with its licence; a title that names none, as it is."""
    found = _ROW.fullmatch(title)
    return title if found is None else f"{found[1]}{found[2]}"


@cache
def data_sets() -> Mapping[str, Mapping[str, Any]]:
    """Return `title`, `licence` and `url` of each data set whose format is known, by its name."""
    file = folder_of("ceasefire") / "data" / "data_sets.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def known_tables() -> frozenset[tuple[str, str]]:
    """Return what `table_of` gives for rows of data sets that are known, with their addresses."""
    found = data_sets().values()
    return frozenset((table_of(row_title(one["title"], 1, one["licence"])), one["url"]) for one in found)
