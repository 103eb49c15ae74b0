"""Heads of agreement files from rows of PA-X, the Peace Agreements Database (docs/imports.md).

A row names an agreement, its date and who signed; what was promised stands in the text itself, and
is written by whoever reads it. A head is valid as it stands, or `ceasefire check` tells what it lacks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from attrs import frozen

from ceasefire.errors import CeasefireError, Mistake, RecordError, did_you_mean, nearest, path_named
from ceasefire.exchange.table.dates import first_read
from ceasefire.exchange.table.first import toml_text
from ceasefire.exchange.tables import opened_table
from ceasefire.instruments.names import folded
from ceasefire.patterns import regex
from ceasefire.visible import visible

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from ceasefire.exchange.rows import Row

#: Columns that a table of PA-X has in every version, and those that are read where they are there.
_NEEDED: Final = ("AgtId", "Agt")
_READ: Final = (*_NEEDED, "Dat", "PPName", "Status", "Part", "ThrdPart")
_DATES: Final = ("iso", "%d/%m/%Y", "%d %B %Y")
#: Who signs a line of “Part”: “For the Government of A:”, “On behalf of B”.
_SIGNS: Final = regex(
    r"(?:signed\s+)?(?:for\s+and\s+)?(?:for|on\s+behalf\s+of)\s+(?:the\s+)?([^:,\[\]]{1,120}?)\s*(?:\(signed\).*|[:,\[].*)?",
    re.IGNORECASE,
)
_ADDRESS: Final = "https://www.peaceagreements.org/view/"


@frozen(kw_only=True)
class Head:
    """The head of one agreement: the id and the text of its file, in TOML."""

    #: PA-X's own number of the agreement.
    number: str
    id: str
    title: str
    #: 1-based line of the row that it was made of.
    line: int
    toml: str


def read_heads(path: str | os.PathLike[str]) -> Iterator[Head | Mistake]:
    """Yield the head of each agreement of a table of PA-X, CSV or workbook, or why a row makes none.

    Raises `UnreadableFile`, and `RecordError` for a table without the columns AgtId and Agt.
    """
    name = path_named(path, "read")
    seen: set[str] = set()
    with opened_table(path) as (header, rows):
        known = {folded(column): column for column in header.columns}
        columns = {one: known[folded(one)] for one in _READ if folded(one) in known}
        for one in _NEEDED:
            if one not in columns:
                guess = did_you_mean(nearest(one, header.columns))
                what = f"there is no column {one!r}{guess}: this is no table of PA-X"
                raise RecordError(str(Mistake(file=name, line=header.line, what=what)))
        for row in rows:
            if isinstance(row, Mistake):
                yield row
                continue
            cells = {one: row[columns[one]] if one in columns else "" for one in _READ}
            flaw = _flaw(cells, seen)
            seen.add(cells["AgtId"])
            yield _head(row, cells) if flaw is None else Mistake(file=name, line=row.line, what=flaw)


def _flaw(cells: dict[str, str], seen: set[str]) -> str | None:
    number = cells["AgtId"]
    if not (number.isascii() and number.isdigit()):
        return f"AgtId {number!r} is no number of an agreement"
    if not cells["Agt"]:
        return "Agt is blank, and it names the agreement: write it"
    return f"AgtId {number} stands in an earlier row, too" if number in seen else None


def _head(row: Row, cells: dict[str, str]) -> Head:
    number = cells["AgtId"]
    name, title = f"pax-{number}", visible(cells["Agt"])
    lines = [
        "# The head of an agreement, as PA-X lists it. What was promised is yours to write, from the text:",
        "# commitments, zones, mechanisms (docs/agreement-files.md). ceasefire check tells all mistakes.",
        "ceasefire = 1",
        f"id = {toml_text(name)}  # or a name of your own: records will point at it",
        f"title = {toml_text(title)}",
        _adopted(cells["Dat"]),
        '# in_force = …  timezone = "…"  # PA-X does not say them',
        f'codes = {{ pax = "{number}" }}',
        f'sources = ["{name}"]',
        *_remarks(("Process", cells["PPName"]), ("Status", cells["Status"])),
        "",
        "[[source]]",
        f'id = "{name}"',
        f"title = {toml_text(f'PA-X Peace Agreements Database, agreement {number}: {title}')}",
        f'url = "{_ADDRESS}{number}"',
        *_parties(cells["Part"]),
        *_remarks(("Third parties", cells["ThrdPart"])),
    ]
    return Head(number=number, id=name, title=title, line=row.line, toml="\n".join(lines) + "\n")


def _adopted(cell: str) -> str:
    """Return the line of the date; where it cannot be read it stays to be filled in."""
    try:
        found = first_read(cell, _DATES) if cell else None
    except CeasefireError:
        found = None
    if found is None:
        told = f"PA-X says “{visible(cell)}”" if cell else "PA-X does not say when"
        return f'adopted = ""  # {told}'
    if found.first == found.last:
        return f"adopted = {found.first.isoformat()}"
    months = found.first.isoformat()[:7], found.last.isoformat()[:7]
    return (
        f'adopted = "{months[0]}"'
        if months[0] == months[1]
        else f'adopted = ""  # PA-X says “{visible(cell)}”'
    )


def _parties(part: str) -> Iterator[str]:
    """Yield a table for each party that a line names as signing, and the lines as they are."""
    names = dict.fromkeys(
        visible(found[1]).rstrip(" ,;.")
        for line in part.splitlines()
        if (found := _SIGNS.fullmatch(line.strip())) is not None
    )
    yield from _remarks(("Parties", part))
    taken: set[str] = set()
    for number, name in enumerate(filter(None, names), start=1):
        called = _slug(name) or f"party-{number}"
        called = called if called not in taken else f"{called}-{number}"
        taken.add(called)
        yield from ("", "[[party]]", f'id = "{called}"', f"name = {toml_text(name)}")
    if not taken:
        yield from ("", '# [[party]]  # id = "…", name = "…": one table for each who is bound')
    yield from ("", '# [[standing]]  # party = "…", as = "signatory": who signed, once you have read it')


def _remarks(*said: tuple[str, str]) -> Iterator[str]:
    for what, text in said:
        lines = [visible(line) for line in text.splitlines() if line.strip()]
        if lines:
            yield f"# {what} in PA-X: {lines[0]}"
            yield from (f"#   {line}" for line in lines[1:])


def _slug(name: str) -> str:
    plain = normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
