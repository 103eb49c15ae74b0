"""Which row of a table is its header, and what its columns are called.

Reports have titles above their tables: the header is the first row, among the first ones, that has every
column that is sought. Columns of one name are told apart by their numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from attrs import frozen

from ceasefire.exchange.table.tags import FIRST_ROWS
from ceasefire.instruments.names import folded

#: What gives the names of columns from the cells of a row, or None where it is not their header.
Names = Callable[[Sequence[str]], "tuple[str, ...] | None"]
#: What is said of a table without such a row.
NO_TAGS: Final = f"there is no row of HXL tags, such as #date+occurred, among the first {FIRST_ROWS}"
#: Cells with a word by which a row is taken for a header, where nobody says which columns there are.
_NAMED: Final = 3


def as_called(columns: Iterable[str], header: Sequence[str]) -> dict[str, str]:
    """Return columns of a header with the one name, of those given, that they have in other letters.

    Capitals, and blanks of all kinds, make no difference where only one column has the name.
    """
    wanted = {folded(column): column for column in columns if column not in header}
    often = Counter(map(folded, header))
    return {
        column: wanted[name] for column in header if often[name := folded(column)] == 1 and name in wanted
    }


@frozen
class Sought:
    """Takes the row for the header that has every one of some columns."""

    columns: tuple[str, ...]

    def __call__(self, cells: Sequence[str]) -> tuple[str, ...] | None:
        """Return the names of the columns, or None where one that is sought is not among them."""
        given = numbered(cells)
        there = {*given, *as_called(self.columns, given).values()}
        return given if there.issuperset(self.columns) else None


def well_named(cells: Sequence[str]) -> tuple[str, ...] | None:
    """Return the names of the columns of a row that is no title: it has a word in several cells."""
    return numbered(cells) if sum(map(bool, cells)) >= _NAMED else None


def numbered(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the names of columns, with their numbers where several have one."""
    often = Counter(cells)
    seen: Counter[str] = Counter()
    names = []
    for cell in cells:
        seen[cell] += 1
        names.append(f"{cell} {seen[cell]}" if cell and often[cell] > 1 else cell)
    return tuple(names)
