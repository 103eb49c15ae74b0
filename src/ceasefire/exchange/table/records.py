"""Rows of a table as records, by a mapping: what cannot be one is told, with its line."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from unicodedata import normalize

from attrs import Factory, evolve, field, frozen

from ceasefire.data_sets import A_ROW, row_title
from ceasefire.errors import CeasefireError, Mistake, RecordError, did_you_mean, nearest
from ceasefire.exchange.field_values import said
from ceasefire.exchange.table.cells import Cells
from ceasefire.exchange.table.checks import DATED, PERIODS
from ceasefire.exchange.table.dates import as_stated, first_read, lasted, stated, widened
from ceasefire.exchange.table.figures import bounded, plain_digits
from ceasefire.exchange.table.geometry import LOCATED, PRECISE
from ceasefire.exchange.table.mapping import Dating, TableMapping
from ceasefire.exchange.table.registers import coded
from ceasefire.exchange.table.tags import is_tag
from ceasefire.instruments.files.reading import standard_acts
from ceasefire.instruments.names import folded
from ceasefire.record import Evidence, Place, Record, from_json
from ceasefire.record.content import content
from ceasefire.record.json.canonical import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ceasefire.exchange.rows import Row
    from ceasefire.exchange.table.registers import Registers

#: In a table of `values`: whatever else a cell says.
ELSE: Final = "*"
#: In `columns`: latitude and longitude in one cell.
POINT: Final = "place.point"
#: What states a best estimate of a number of people: its cells may state bounds instead.
_ESTIMATES: Final = frozenset(f"{of}{best}" for of in ("killed", "injured") for best in ("", ".best"))
#: What the evidence of a zone says that no name gave: without the coordinates, which not all may read.
_FOUND_BY: Final = Evidence(
    title="zone by its outline: the point that the row states lies in it", kind=LOCATED
)
#: Characters of what is said of a row.
_LONGEST: Final = 1_000
#: Characters of the hash in the key of a row that has none of its own.
_HASH: Final = 16


@frozen
class Unknown:
    """A word of a cell that no agreement given knows: the row is kept, with the word as it is."""

    line: int
    field: str
    word: str
    nearest: str | None


@frozen
class RowRecord:
    """A row as a record, and what of it no agreement knows."""

    line: int
    record: Record
    unknown: tuple[Unknown, ...] = ()
    #: Whether the row has a name of its own; without it is known by all that it says.
    named: bool = True
    #: Whether its zone was found by its coordinates.
    located: bool = False


#: What comes of a row: a record, or why it is none.
Read = RowRecord | Mistake


@frozen
class Source:
    """Where a table came from: what the evidence of each row says."""

    #: As messages and evidence name it.
    file: str
    #: SHA-256 of the file, in hexadecimal digits.
    sha256: str | None = None
    #: When it was retrieved, as it was told.
    obtained: str | None = None


@frozen(kw_only=True)
class RowReader:
    """Reads the rows of one table, in order."""

    mapping: TableMapping
    source: Source
    registers: Registers | None = None
    _words: Mapping[str, Mapping[str, str]] = field(
        init=False,
        default=Factory(
            lambda self: (
                {
                    name: {folded(cell): meaning for cell, meaning in words.items()}
                    for name, words in self.mapping.values.items()
                }
                | self._acts()
            ),
            takes_self=True,
        ),
    )

    #: What the table is called in the evidence of its rows.
    _table: str = field(
        init=False,
        default=Factory(
            lambda self: self.mapping.source.get("title") or Path(self.source.file).name, takes_self=True
        ),
    )
    _cells: Cells = field(
        init=False, default=Factory(lambda self: Cells(mapping=self.mapping), takes_self=True)
    )

    def read(self, rows: Iterable[Row | Mistake]) -> Iterator[Read]:
        """Yield what comes of each row that the mapping does not pass over."""
        seen: Counter[str] = Counter()
        above: Mapping[str, str] = {}
        for one in rows:
            if isinstance(one, Mistake):
                yield one
                continue
            row = self._cells.down(one, above) if self.mapping.down else one
            above = row.cells
            if not self._wanted(row) or _only_tags(one):
                continue
            try:
                hashed, row = row, self._cells.said(row)
                name, named = self._key(row, hashed)
                seen[name] += 1
                if seen[name] > 1 and named:
                    raise RecordError(
                        f"the key {name!r} stands in an earlier row, too: give each row its own"
                    )
                made = self._record(row, name if seen[name] == 1 else f"{name}-{seen[name]}")
                yield made if named or not self.mapping.key else evolve(made, named=False)
            except CeasefireError as error:
                yield row_mistake(self.source.file, row.line, error)

    def _acts(self) -> dict[str, dict[str, str]]:
        """Return what words for acts mean by their codes, and by the mapping, which goes before."""
        scheme = self.mapping.codes.get("act")
        if scheme is None:
            return {}
        own = {folded(cell): act for cell, act in self.mapping.values.get("act", {}).items()}
        return {"act": coded(standard_acts()).get(scheme, {}) | own}

    def _wanted(self, row: Row) -> bool:
        return all(row[column] in cells for column, cells in self.mapping.only.items())

    def _key(self, row: Row, hashed: Row) -> tuple[str, bool]:
        """Return the key of a row, its own or else the hash of its cells, and whether it is its own."""
        named = [row[column] for column in self.mapping.key]
        if named and all(named):
            return self.mapping.prefix + "/".join(named), True
        if named and not self.mapping.optional:
            raise RecordError(f"{' and '.join(self.mapping.key)}: blank, and it names the row: write it")
        return f"{self.mapping.prefix}row-{_digest(hashed)[:_HASH]}", False

    def _record(self, row: Row, key: str) -> RowRecord:
        pairs = [*self.mapping.constant.items()]
        times: dict[str, Any] = {}
        for name, columns in self.mapping.columns.items():
            if name in DATED:
                times |= self._time(row, name, columns)
            elif name == POINT:
                pairs += _point(row, columns)
            elif (cell := self._said(row, name, columns)) is not None:
                pairs += bounded(name, cell) if name in _ESTIMATES else ((name, cell),)
        pairs += [(f"by_zone.{zone}", row[column]) for column, zone in self.mapping.parts.items()]
        obj: dict[str, Any] = said(pairs) | times | {"kind": self.mapping.kind, "key": key}
        if any(row[column] in cells for column, cells in self.mapping.no_place.items()):
            obj = {name: value for name, value in obj.items() if name not in ("zone", "place")}
        obj, unknown = self._placed(row.line, obj)
        located = self._located(obj)
        found = (_FOUND_BY,) if located else ()
        rests_on = (*_listed(obj.get("evidence")), *found, self._evidence(row))
        obj = obj | {"evidence": rests_on} | ({"zone": located} if located else {})
        record = from_json(obj)
        if self.registers is not None:
            record = self.registers.names.settled(record)
        return RowRecord(row.line, record, () if located else unknown, located=located is not None)

    def _time(self, row: Row, name: str, columns: tuple[str, ...]) -> dict[str, Any]:
        cell = plain_digits(" ".join(row[column] for column in columns).strip())
        if not cell:
            return {}
        dating = self.mapping.dates.get(name, Dating())
        try:
            return {name: _dated(row, cell, dating, period=name in PERIODS)}
        except CeasefireError as error:
            how = "" if name in self.mapping.dates else (
                f': say in the mapping how dates are written, such as dates.{name} = "%d/%m/%Y"'
            )  # fmt: skip
            raise RecordError(f"{', '.join(columns)}: {error}{how}") from error

    def _said(self, row: Row, name: str, columns: tuple[str, ...]) -> str | None:
        words = self._words.get(name)
        mark = self.mapping.split.get(name)
        cells = [
            (column, cell)
            for column in columns
            for cell in (self._parted(row[column], mark) if mark else [row[column]])
            if cell
        ]
        found = [cell if words is None else _meant(column, name, cell, words) for column, cell in cells]
        kept = [cell for cell in found if cell]
        if name == "act" and self.registers is not None:
            kept = [self.registers.acts.get(folded(cell), cell) for cell in kept]
        return None if not kept else ("; " if name == "text" else ",").join(kept)

    def _parted(self, cell: str, mark: str) -> list[str]:
        """Return the names in a cell: what parts them may stand in a name that an agreement knows, too."""
        words = cell.split(mark)
        known = self.registers.spoken if self.registers else frozenset()
        found: list[str] = []
        while words:
            ends = (n for n in range(len(words), 1, -1) if folded(mark.join(words[:n])) in known)
            end = next(ends, 1)
            found.append(mark.join(words[:end]))
            words = words[end:]
        return found

    def _placed(self, line: int, obj: dict[str, Any]) -> tuple[dict[str, Any], tuple[Unknown, ...]]:
        """Return a record with the id of its zone, or with the name of a place that no agreement knows."""
        zone = obj.get("zone")
        if zone is None or self.mapping.kind == "tally":
            return obj, ()
        if self.registers is None:
            if "zone" not in self.mapping.codes:
                return obj, ()
            return _named(obj, zone), ()
        scheme = self.mapping.codes.get("zone")
        code = None if scheme is None else self.registers.codes.get(scheme, {}).get(folded(zone))
        meant = (code,) if code else self.registers.zones.meant(normalize("NFC", zone))
        if len(meant) == 1:
            return obj | {"zone": meant[0]}, ()
        if zone in self.registers.known:
            return obj, ()
        return _named(obj, zone), (
            Unknown(line, "zone", shortened(zone), _guess(folded(zone), self.registers.called)),
        )

    def _located(self, obj: dict[str, Any]) -> str | None:
        """Return the zone in which the place of a row lies, where it names none that an agreement knows."""
        place = obj.get("place", {})
        if self.registers is None or self.registers.at is None or "zone" in obj:
            return None
        if self.mapping.kind == "tally" or not {"lat", "lon"} <= place.keys():
            return None
        precision = Place(**place).precision  # raises for coordinates that are none
        return None if precision and precision > PRECISE else self.registers.at(place["lat"], place["lon"])

    def _evidence(self, row: Row) -> Evidence:
        """Return what a row rests on: the file, the row in it, and the hash by which both are known again."""
        source = self.mapping.source
        return Evidence(
            title=row_title(self._table, row.line, source.get("licence")),
            url=source.get("url"),
            sha256=self.source.sha256,
            kind=A_ROW,
            obtained=self.source.obtained,
        )


def _listed(evidence: Any) -> Any:
    """Return the evidence that a row states as a list; what is none is left for the record to refuse."""
    return (evidence,) if isinstance(evidence, Mapping) else evidence or ()


def _point(row: Row, columns: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the latitude and the longitude of a cell that has both, with whatever follows them."""
    cell = " ".join(row[column] for column in columns)
    found = cell.replace(",", " ").split()
    if len(found) == 1:
        raise RecordError(f"{', '.join(columns)}: {cell!r} is no point: write latitude and longitude")
    return list(zip(("place.lat", "place.lon"), found, strict=False))


def _named(obj: dict[str, Any], zone: str) -> dict[str, Any]:
    """Return a record with a place of that name instead of a zone that nobody has defined."""
    rest = {name: value for name, value in obj.items() if name != "zone"}
    place = obj.get("place", {})
    name = f"{place['name']}, {zone}" if place.get("name") and place["name"] != zone else zone
    return rest | {"place": place | {"name": name}}


def row_mistake(file: str, line: int, error: Exception) -> Mistake:
    """Return why a row makes no record; a cell that is quoted may be a megabyte, and its mistake is not."""
    return Mistake(file=file, line=line, what=shortened(str(error)))


def shortened(text: str) -> str:
    """Return a text as a message has it, not longer than it may be."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


@lru_cache(maxsize=4096)
def _guess(word: str, known: tuple[str, ...]) -> str | None:
    """Return the known word most like one: a table has the same few in a million rows."""
    return nearest(word, known)


def _only_tags(row: Row) -> bool:
    """Tell whether a row says what columns are, in tags of the Humanitarian Exchange Language."""
    cells = [cell for cell in row.cells.values() if cell]
    return all(is_tag(cell) for cell in cells)


def says_the_same(held: Record, read: Record) -> bool:
    """Tell whether a row says what a record does: where it was read from is no part of that."""
    return _bare(held) == _bare(read)


def _bare(record: Record) -> dict[str, Any]:
    found = content(record)
    found["evidence"] = [one for one in found.get("evidence", ()) if one.get("kind") != A_ROW]
    return found


def _dated(row: Row, cell: str, dating: Dating, *, period: bool) -> Any:
    if (by_itself := as_stated(cell, dating.format)) is not None:
        return by_itself
    days = first_read(cell, dating.format, dating.months)
    known = "day"
    if dating.to is not None and row[dating.to]:
        last = first_read(plain_digits(row[dating.to].strip()), dating.format, dating.months)
        days, known = days._replace(last=last.last, end=last.end), "span"
    elif dating.days > 1:
        days = lasted(days, dating.days)
    if dating.precision is not None:
        said = row[dating.precision]
        meant = dating.known.get(said) or dating.known.get(plain_digits(said))
        if meant is None:
            written = ", ".join(dating.known)
            raise RecordError(
                f"{dating.precision} {said!r} does not say how well it is known: write {written}"
            )
        known = meant
    if days.last < days.first:
        raise RecordError(
            f"{days.last.isoformat()} is before {days.first.isoformat()}: the last day is the earlier"
        )
    return stated(widened(days, known), lasting=period or known == "span")


def _meant(column: str, name: str, cell: str, words: Mapping[str, str]) -> str:
    found: str | None = words.get(folded(cell), words.get(ELSE))
    if found is None:
        guess = did_you_mean(nearest(folded(cell), words))
        word = json.dumps(cell, ensure_ascii=False)
        raise RecordError(f"{column}: {cell!r} means nothing yet{guess}: add {word} to values.{name}")
    return found


def _digest(row: Row) -> str:
    return sha256(canonical(row.cells)).hexdigest()
