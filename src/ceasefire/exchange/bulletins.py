"""Published bulletins of ceasefire violations, from CSV to tallies.

The two sides of the joint commission publish their own counts for the same days.
Each bulletin and side becomes one tally, said by that side; what Russia confirmed
of the Turkish cases becomes an answer, a tally of the Russian side. Nothing is
added up: a stated total that differs from its parts is kept beside them and said
in `text`. Blank is not zero.
"""

from __future__ import annotations

import os
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final
from unicodedata import normalize

from attrs import Factory, field, frozen

from ceasefire.clock import moment, occurrence
from ceasefire.errors import CeasefireError, Mistake, RecordError, did_you_mean, nearest
from ceasefire.exchange.rows import read_rows
from ceasefire.exchange.tallies import add_tallies
from ceasefire.instruments import agreement
from ceasefire.instruments.names import Callings, called, callings, folded
from ceasefire.patterns import regex
from ceasefire.record import Evidence, Record, RecordList, Tally
from ceasefire.record.fields import LARGEST, identifier

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire.exchange.rows import Row
    from ceasefire.instruments import Agreement
    from ceasefire.instruments.terms import Party, Zone
    from ceasefire.journal import Journal

#: What these bulletins count, in the project's hierarchy of acts and in their own words.
ACT: Final = "attack.opening-fire"
UNIT: Final = "cases of firing"
#: Columns a file must have; `note` may be absent.
COLUMNS: Final = ("date", "period_days", "source_of_count", "province", "count", "confirmed_by_russia", "url")
#: Who answers in the column `confirmed_by_russia`, and who published every one of these bulletins.
ANSWERING: Final = "russia"
#: What a note says of a total that was split evenly by whoever compiled the file.
_SPLIT: Final = "so one each"
#: Whose register names the places, where none is given.
_REGISTER: Final = "syria-ceasefire-2016"
_DATE: Final = regex(r"\d{4}-\d\d-\d\d", re.ASCII)
_WHOLE: Final = regex(r"\d{1,15}", re.ASCII)
#: Days of the longest period a bulletin may cover.
_LONGEST: Final = 366


def read_bulletins(
    path: str | os.PathLike[str],
    by: str = "analyst",
    register: Agreement | None = None,
    recorded: object = None,
) -> RecordList:
    """Read bulletins into tallies by the author `by`, in the order of the file.

    Each tally has the day of publication as its period (for `period_days` n the n
    days that end with it), the address as evidence, and an id made of date and side
    (`bulletin-2017-01-22-turkey`, `bulletin-2017-01-22-turkey-answered-by-russia`).
    These bulletins were published by the Russian side: the count of another side says
    so (`through`). Parts that nobody stated, where a note of a total says “so one each”,
    are marked (`read`).

    Places are looked up by name and alias in the zones of `register`, an agreement
    (by default one that uses the register of Syria); an unknown place is kept by its
    name, and told. `recorded` is when the tallies were written; a bulletin is dated by
    its publication, so by default the end of that day, UTC.

    Rows that cannot be read are told in `.mistakes`, with their lines, and left out.
    Raises `UnreadableFile` for a file that is none, and `RecordError` for one that lacks
    a column.
    """
    text = agreement(_REGISTER) if register is None else register
    rows, mistakes = read_rows(path, COLUMNS)
    reader = _Reader(os.fspath(path), identifier(by), text, recorded, mistakes)
    for row in rows:
        reader.read(row)
    return RecordList(reader.tallies(), sorted(reader.mistakes, key=lambda mistake: mistake.line))


def import_bulletins(
    path: str | os.PathLike[str],
    journal: Journal,
    by: str | None = None,
    register: Agreement | None = None,
) -> int:
    """Read bulletins into a journal and return how many records were added.

    The author is the journal's, else "analyst". See `add_tallies` for what is added;
    `read_bulletins` tells the mistakes in the file.
    """
    return add_tallies(read_bulletins(path, by or journal.author or "analyst", register), journal)


@frozen
class _Bulletin:
    """What one bulletin says for one side."""

    line: int
    day: str
    days: int
    side: str
    url: str
    parts: dict[str, int] = field(factory=dict)
    #: Places named without a count.
    named: list[str] = field(factory=list)
    notes: list[str] = field(factory=list)
    #: The stated total and what was confirmed of it, where they are stated.
    stated: dict[str, int] = field(factory=dict)

    @property
    def period(self) -> object:
        """The day, or the days that end with it."""
        if self.days == 1:
            return self.day
        first = date.fromisoformat(self.day) - timedelta(days=self.days - 1)
        return {"from": first.isoformat(), "to": self.day}

    @property
    def read(self) -> tuple[str, ...]:
        """The places whose figures were inferred: a total of as many as there are places was split evenly."""
        split = any(_SPLIT in note.casefold() for note in self.notes)
        even = self.stated.get("count") == len(self.parts) and set(self.parts.values()) == {1}
        return tuple(self.parts) if split and even else ()

    @property
    def text(self) -> str | None:
        """The notes, and what a reader of the figures must know."""
        said = list(self.notes)
        total, parts = self.stated.get("count"), sum(self.parts.values())
        if total is not None and self.parts and total != parts:
            said.append(f"stated total {total}, stated parts come to {parts}; both are kept as published")
        if self.named:
            said.append(f"named without a count: {', '.join(self.named)}")
        return "; ".join(said) or None


@frozen
class _Reader:
    """The bulletins read so far."""

    file: str
    by: str | None
    register: Agreement
    recorded: object
    mistakes: list[Mistake]
    bulletins: dict[tuple[str, int, str, str], _Bulletin] = field(factory=dict)
    zones: Callings = field(
        init=False, default=Factory(lambda self: callings(self.register.zones), takes_self=True)
    )
    parties: Callings = field(
        init=False, default=Factory(lambda self: callings(self.register.parties), takes_self=True)
    )

    def read(self, row: Row) -> None:
        """Take one row, or tell what is wrong with it."""
        try:
            bulletin = self._bulletin(row)
            if row["province"]:
                self._part(row, bulletin)
            else:
                self._total(row, bulletin)
        except CeasefireError as error:
            self._mistake(row.line, str(error))

    def tallies(self) -> list[Record]:
        """Return a tally for each bulletin and side, each followed by the answer to it."""
        found: dict[str, Record] = {}
        for bulletin in self.bulletins.values():
            name = f"bulletin-{bulletin.day}-{bulletin.side}"
            number = 1
            while name in found:
                number += 1
                name = f"bulletin-{bulletin.day}-{bulletin.side}-{number}"
            try:
                for tally in self._tallies(bulletin, name):
                    found[tally.own_id] = tally
            except CeasefireError as error:
                if bulletin.line not in {
                    mistake.line for mistake in self.mistakes
                }:  # else it was told already
                    self._mistake(bulletin.line, str(error))
        return list(found.values())

    def _tallies(self, bulletin: _Bulletin, name: str) -> list[Tally]:
        shared: dict[str, Any] = {
            "by": self.by,
            "recorded": self.recorded or f"{bulletin.day}T23:59:59Z",
            "evidence": Evidence(title=f"Bulletin of {bulletin.day}", url=bulletin.url),
            "period": occurrence(bulletin.period),
            "act": ACT,
            "unit": UNIT,
        }
        stated = bulletin.stated
        if "count" not in stated and not bulletin.parts:
            raise RecordError(
                f"the bulletin of {bulletin.day} states no count for {bulletin.side}: write one"
            )
        tally = Tally(
            id=name,
            said_by=bulletin.side,
            count=stated.get("count"),
            by_zone=bulletin.parts,
            read=bulletin.read,
            through=None if bulletin.side == ANSWERING else ANSWERING,
            text=bulletin.text,
            **shared,
        )
        if "confirmed" not in stated:
            return [tally]
        answer_name = f"{name}-answered-by-{ANSWERING}"
        answer = Tally(
            id=answer_name, said_by=ANSWERING, answers=name, confirmed=stated["confirmed"], **shared
        )
        return [tally, answer]

    def _bulletin(self, row: Row) -> _Bulletin:
        day, days, side, url = row["date"], row["period_days"], row["source_of_count"], row["url"]
        if not _DATE.fullmatch(day):
            raise RecordError(f"date {day!r} is no date: write one like 2017-01-22")
        moment(day)
        if not _WHOLE.fullmatch(days) or not 1 <= int(days) <= _LONGEST:
            raise RecordError(f"period_days {days!r} is no number of days: write 1 or 7")
        parties = self.parties.meant(side)
        if len(parties) != 1:
            raise RecordError(
                f"source_of_count {side!r} {_which(side, parties, self.register.parties, 'party')}"
            )
        [party] = parties
        if not url:
            raise RecordError("url is blank: write where the bulletin was read, for that is its evidence")
        key = (day, int(days), party, url)
        return self.bulletins.setdefault(key, _Bulletin(row.line, *key))

    def _total(self, row: Row, bulletin: _Bulletin) -> None:
        self._note(row, bulletin)
        self._state(row, bulletin, "count", "count")
        if row["confirmed_by_russia"] and bulletin.side == ANSWERING:
            raise RecordError("confirmed_by_russia stands in a row of Russia itself: leave it blank")
        self._state(row, bulletin, "confirmed_by_russia", "confirmed")

    def _part(self, row: Row, bulletin: _Bulletin) -> None:
        place = row["province"]
        zones = self.zones.meant(place)
        if len(zones) != 1:
            why = _which(place, zones, self.register.zones, "zone")
            self._mistake(row.line, f"province {place!r} is kept by its name: it {why}")
        zone = zones[0] if len(zones) == 1 else normalize("NFC", place)
        count = _count(row, "count")
        if row["confirmed_by_russia"]:
            self._mistake(row.line, "confirmed_by_russia is read beside the stated total only: move it there")
        if count is None:
            bulletin.named.append(place)
        elif bulletin.parts.setdefault(zone, count) != count:
            raise RecordError(f"{place!r} has two counts here, {bulletin.parts[zone]} and {count}: keep one")

    def _state(self, row: Row, bulletin: _Bulletin, column: str, name: str) -> None:
        value = _count(row, column)
        if value is not None and bulletin.stated.setdefault(name, value) != value:
            raise RecordError(f"{column} is stated twice, {bulletin.stated[name]} and {value}: keep one")

    def _note(self, row: Row, bulletin: _Bulletin) -> None:
        if row["note"] and row["note"] not in bulletin.notes:
            bulletin.notes.append(row["note"])

    def _mistake(self, line: int, what: str) -> None:
        self.mistakes.append(Mistake(file=self.file, line=line, what=what))


def _count(row: Row, column: str) -> int | None:
    """Return a count, or None where the cell is blank: that is no zero."""
    cell = row[column]
    if not cell:
        return None
    if not _WHOLE.fullmatch(cell) or int(cell) > LARGEST:
        raise RecordError(f"{column} {cell!r} is no count: write a whole number, or leave it blank")
    return int(cell)


def _which(name: str, meant: tuple[str, ...], defined: Iterable[Party | Zone], kind: str) -> str:
    """Return why a name means no one party or zone, and what to write instead."""
    if meant:
        return f"may mean {' or '.join(meant)}: write which"
    guess = did_you_mean(nearest(folded(name), (folded(other) for one in defined for other in called(one))))
    return f"is no {kind} of the register{guess or ': write the id of one'}"
