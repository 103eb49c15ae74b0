"""Rows of a table as records, by a mapping: what cannot be one is told, with its line."""

from __future__ import annotations

import json
import re
from collections import Counter
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from unicodedata import normalize

from attrs import Factory, evolve, field, frozen

from ceasefire.errors import CeasefireError, Mistake, RecordError, did_you_mean, nearest
from ceasefire.exchange.field_values import said
from ceasefire.exchange.table.checks import DATED, PERIODS
from ceasefire.exchange.table.dates import Days, days_of, stated, widened
from ceasefire.exchange.table.mapping import Dating, TableMapping
from ceasefire.instruments.files.reading import standard_acts
from ceasefire.instruments.names import called, callings, folded
from ceasefire.instruments.together import together
from ceasefire.journal.writing.names import Names
from ceasefire.patterns import regex
from ceasefire.record import Evidence, Record, from_json
from ceasefire.record.content import content
from ceasefire.record.json.canonical import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ceasefire.exchange.rows import Row
    from ceasefire.instruments import Agreement
    from ceasefire.instruments.names import Callings
    from ceasefire.instruments.terms import Act, Zone

#: In a table of `values`: whatever else a cell says.
ELSE: Final = "*"
#: What the evidence of a row says it is.
A_ROW: Final = "table row"
#: A tag of hxlstandard.org, such as #date+occurred.
_TAG: Final = regex(r"#[a-z][a-z0-9_]*(\s*\+|\Z)", re.IGNORECASE | re.ASCII)
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


#: What comes of a row: a record, or why it is none.
Read = RowRecord | Mistake


@frozen
class Registers:
    """The names that agreements know: of places, and of all that a record names."""

    names: Names
    zones: Callings
    #: Places by the scheme of a code and the code.
    codes: Mapping[str, Mapping[str, str]]
    #: Acts by their names in every language, folded.
    acts: Mapping[str, str]
    #: Everything that a zone may be called, to guess at what is meant.
    called: tuple[str, ...]
    known: frozenset[str]


def registers(agreements: Iterable[Agreement]) -> Registers | None:
    """Return the names of agreements used together, None without any."""
    given = tuple(agreements)
    if not given:
        return None
    world = together(given)
    names = tuple(folded(name) for zone in world.zones.values() for name in called(zone))
    codes = coded(world.zones.values())
    acts = {
        folded(text): act.id
        for act in world.acts.values()
        for text in (act.name, *(text for name, _, text in act.translations if name == "name"))
    }
    return Registers(Names(world), callings(world.zones.values()), codes, acts, names, frozenset(world.zones))


def coded(defined: Iterable[Zone | Act]) -> dict[str, dict[str, str]]:
    """Return the ids of places or acts by the scheme of a code and by the code, folded."""
    found: dict[str, dict[str, str]] = {}
    for one in defined:
        for scheme, code in one.codes:
            found.setdefault(scheme, {}).setdefault(folded(code), one.id)
    return found


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

    def read(self, rows: Iterable[Row | Mistake]) -> Iterator[Read]:
        """Yield what comes of each row that the mapping does not pass over."""
        seen: Counter[str] = Counter()
        for row in rows:
            if isinstance(row, Mistake):
                yield row
                continue
            if not self._wanted(row) or _only_tags(row):
                continue
            try:
                name = self._key(row)
                seen[name] += 1
                if seen[name] > 1 and self.mapping.key:
                    raise RecordError(
                        f"the key {name!r} stands in an earlier row, too: give each row its own"
                    )
                yield self._record(row, name if seen[name] == 1 else f"{name}-{seen[name]}")
            except CeasefireError as error:
                yield Mistake(file=self.source.file, line=row.line, what=str(error))

    def _acts(self) -> dict[str, dict[str, str]]:
        """Return what words for acts mean by their codes, and by the mapping, which goes before."""
        scheme = self.mapping.codes.get("act")
        if scheme is None:
            return {}
        own = {folded(cell): act for cell, act in self.mapping.values.get("act", {}).items()}
        return {"act": coded(standard_acts()).get(scheme, {}) | own}

    def _wanted(self, row: Row) -> bool:
        return all(row[column] in cells for column, cells in self.mapping.only.items())

    def _key(self, row: Row) -> str:
        """Return the key of a row: its own, or else the hash of what it says."""
        if not self.mapping.key:
            return f"{self.mapping.prefix}row-{_digest(row)[:_HASH]}"
        named = [row[column] for column in self.mapping.key]
        if not all(named):
            raise RecordError(f"{' and '.join(self.mapping.key)}: blank, and it names the row: write it")
        return self.mapping.prefix + "/".join(named)

    def _record(self, row: Row, key: str) -> Read:
        pairs = [*self.mapping.constant.items()]
        times: dict[str, Any] = {}
        for name, columns in self.mapping.columns.items():
            if name in DATED:
                times |= self._time(row, name, columns)
            elif (cell := self._said(row, name, columns)) is not None:
                pairs.append((name, cell))
        pairs += [(f"by_zone.{zone}", row[column]) for column, zone in self.mapping.parts.items()]
        obj: dict[str, Any] = said(pairs) | times | {"kind": self.mapping.kind, "key": key}
        if any(row[column] in cells for column, cells in self.mapping.no_place.items()):
            obj = {name: value for name, value in obj.items() if name not in ("zone", "place")}
        obj, unknown = self._placed(row.line, obj)
        record = from_json(obj)
        record = evolve(record, evidence=(*record.evidence, self._evidence(row)))
        if self.registers is not None:
            record = self.registers.names.settled(record)
        return RowRecord(row.line, record, unknown)

    def _time(self, row: Row, name: str, columns: tuple[str, ...]) -> dict[str, Any]:
        cell = " ".join(row[column] for column in columns).strip()
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
            for cell in (row[column].split(mark) if mark else [row[column]])
            if cell
        ]
        found = [cell if words is None else _meant(column, name, cell, words) for column, cell in cells]
        kept = [cell for cell in found if cell]
        if name == "act" and self.registers is not None:
            kept = [self.registers.acts.get(folded(cell), cell) for cell in kept]
        return None if not kept else ("; " if name == "text" else ",").join(kept)

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
        return _named(obj, zone), (Unknown(line, "zone", zone, nearest(folded(zone), self.registers.called)),)

    def _evidence(self, row: Row) -> Evidence:
        """Return what a row rests on: the file, the row in it, and the hash by which both are known again."""
        named = self.mapping.source.get("title")
        licence = self.mapping.source.get("licence")
        title = f"{named or Path(self.source.file).name}, row {row.line}" + (
            f" ({licence})" if licence else ""
        )
        return Evidence(
            title=title,
            url=self.mapping.source.get("url"),
            sha256=self.source.sha256,
            kind=A_ROW,
            obtained=self.source.obtained,
        )


def _named(obj: dict[str, Any], zone: str) -> dict[str, Any]:
    """Return a record with a place of that name instead of a zone that nobody has defined."""
    rest = {name: value for name, value in obj.items() if name != "zone"}
    place = obj.get("place", {})
    name = f"{place['name']}, {zone}" if place.get("name") and place["name"] != zone else zone
    return rest | {"place": place | {"name": name}}


def _only_tags(row: Row) -> bool:
    """Tell whether a row says what columns are, in tags of the Humanitarian Exchange Language."""
    cells = [cell for cell in row.cells.values() if cell]
    return all(_TAG.match(cell) for cell in cells)


def says_the_same(held: Record, read: Record) -> bool:
    """Tell whether a row says what a record does: where it was read from is no part of that."""
    return _bare(held) == _bare(read)


def _bare(record: Record) -> dict[str, Any]:
    found = content(record)
    found["evidence"] = [one for one in found.get("evidence", ()) if one.get("kind") != A_ROW]
    return found


def _dated(row: Row, cell: str, dating: Dating, *, period: bool) -> Any:
    days = _read(cell, dating.format)
    known = "day"
    if dating.to is not None and row[dating.to]:
        last = _read(row[dating.to], dating.format)
        days, known = days._replace(last=last.last, end=last.end), "span"
    if dating.precision is not None:
        said = row[dating.precision]
        if said not in dating.known:
            written = ", ".join(dating.known)
            raise RecordError(
                f"{dating.precision} {said!r} does not say how well it is known: write {written}"
            )
        known = dating.known[said]
    if days.last < days.first:
        raise RecordError(
            f"{days.last.isoformat()} is before {days.first.isoformat()}: the last day is the earlier"
        )
    return stated(widened(days, known), lasting=period or known == "span")


def _read(cell: str, patterns: tuple[str, ...]) -> Days:
    """Return what a cell says by the first pattern that it is written by; the last tells what is wrong."""
    for pattern in patterns[:-1]:
        with suppress(CeasefireError):
            return days_of(cell, pattern)
    return days_of(cell, patterns[-1])


def _meant(column: str, name: str, cell: str, words: Mapping[str, str]) -> str:
    found: str | None = words.get(folded(cell), words.get(ELSE))
    if found is None:
        guess = did_you_mean(nearest(folded(cell), words))
        raise RecordError(
            f"{column}: {cell!r} means nothing yet{guess}: add {json.dumps(cell)} to values.{name}"
        )
    return found


def _digest(row: Row) -> str:
    return sha256(canonical(row.cells)).hexdigest()
