"""Rows of a CSV file by the names of their columns, each with its line.

Cells may be parted by commas, semicolons or tabs, as spreadsheet programs write
them; a cell in quotes may hold line breaks (RFC 4180). A quote that is never closed
spoils its line, not the rest of the file. What cannot be read is told and left out.
"""

from __future__ import annotations

import codecs
import csv
import unicodedata
from collections import Counter, deque
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from itertools import chain, islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from attrs import field, frozen

from ceasefire.errors import (
    CeasefireError,
    Mistake,
    RecordError,
    UnreadableFile,
    did_you_mean,
    nearest,
    path_named,
    reason,
)
from ceasefire.exchange.headers import NO_TAGS, Names, Sought, numbered
from ceasefire.exchange.table.tags import FIRST_ROWS, tag_names
from ceasefire.record.json.foreign import foreign

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Sequence

#: Bytes of the longest line that is read, and lines of the longest row.
LONGEST_LINE: Final = 1024 * 1024
MOST_LINES: Final = 500
#: Bytes of the longest row, over all of its lines.
LONGEST_ROW: Final = 8 * LONGEST_LINE
#: What may part cells, with its name; the first with which the columns wanted are found.
_PARTED_BY: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
#: Spreadsheet programs write it in a line before the header.
_SAYS_SEPARATOR: Final = "sep="
_OR_TOLD: Final = ", or name its encoding in a mapping"
_SPREADSHEET: Final = "save it as CSV in UTF-8 (“CSV UTF-8” in a spreadsheet program)"


@frozen
class Row:
    """One row: the cells by column, without blanks around them."""

    #: 1-based line of the file on which it begins.
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@frozen
class Header:
    """The names of the columns, and what parts the cells below them."""

    line: int
    columns: tuple[str, ...]
    separator: str

    @property
    def named(self) -> int:
        """How many columns have a name."""
        return sum(map(bool, self.columns))


def read_rows(
    path: str | os.PathLike[str], columns: Iterable[str], others: Iterable[str] = ()
) -> tuple[list[Row], list[Mistake]]:
    """Return the rows of a CSV file in UTF-8, and the mistakes in lines that are none.

    As `opened_rows`, with all rows at once.
    """
    rows: list[Row] = []
    mistakes: list[Mistake] = []
    with opened_rows(path, columns, others) as (_, found):
        for one in found:
            if isinstance(one, Row):
                rows.append(one)
            else:
                mistakes.append(one)
    return rows, mistakes


@contextmanager
def opened_rows(
    path: str | os.PathLike[str],
    columns: Iterable[str] = (),
    others: Iterable[str] = (),
    encoding: str = "utf-8",
    names: Names | None = None,
) -> Iterator[tuple[Header, Iterator[Row | Mistake]]]:
    """Open a CSV file: its header, and its rows one by one, each line that is none as a mistake.

    `columns` must be there; `others` may be, and help to see what parts the cells. Rows
    without a word are left out. `encoding` is told, never guessed. No more is held than a row.
    With `names`, the header is the first row that it gives names for, among the first ones;
    where none has all that is sought (`Sought`), the fullest of them.
    Raises `UnreadableFile` when there is no such file or it is no text (a spreadsheet, another
    encoding), and `RecordError`, with the line of the header, when it lacks one of the columns
    or names one twice.
    """
    name = path_named(path, "read")
    wanted = tuple(columns)
    try:
        with Path(path).open("rb") as file:
            lines = _Lines(_lines(file, name) if encoding == "utf-8" else _decoded(file, name, encoding))
            header = _header(name, lines, wanted, tuple(others), names)
            yield header, _rows(name, lines, header)
    except (OSError, ValueError) as error:
        if isinstance(error, CeasefireError):
            raise
        raise UnreadableFile(f"{name} cannot be read: {reason(error)}") from error


class _NotARowError(Exception):
    """A line whose cells do not fit the header."""


@frozen
class _Lines:
    """The lines of a file by their numbers, of which some can be looked at before they are taken."""

    unread: Iterator[tuple[int, bytes]]
    ahead: deque[tuple[int, bytes]] = field(factory=deque)

    def take(self) -> tuple[int, bytes] | None:
        """Return the next line that is not blank, or None at the end."""
        while True:
            found = self.ahead.popleft() if self.ahead else next(self.unread, None)
            if found is None or found[1].strip():
                return found

    def look(self) -> Iterator[bytes]:
        """Yield the lines that follow, so many as a row may have, and keep them to be taken."""
        more = islice(self.unread, max(MOST_LINES - len(self.ahead), 0))
        size = 0
        for held, found in chain(
            ((True, one) for one in tuple(self.ahead)[:MOST_LINES]), ((False, one) for one in more)
        ):
            if not held:
                self.ahead.append(found)
            size += len(found[1])
            if size > LONGEST_ROW:
                return
            yield found[1]

    def skip(self, number: int) -> None:
        """Take so many of the lines looked at."""
        for _ in range(number):
            self.ahead.popleft()


def _lines(file: IO[bytes], name: str) -> Iterator[tuple[int, bytes]]:
    """Yield the lines with their numbers, whichever of the three line breaks ends them."""
    number = 0
    while data := file.readline(LONGEST_LINE):
        if not number:
            if what := foreign(data, _SPREADSHEET):
                raise UnreadableFile(f"{name} {what}{_OR_TOLD if 'UTF-16' in what else ''}")
            data = data.removeprefix(b"\xef\xbb\xbf")
        for line in data.replace(b"\r\n", b"\n").removesuffix(b"\n").split(b"\r"):
            number += 1
            yield number, line


def _decoded(file: IO[bytes], name: str, encoding: str) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of a file in another encoding, in UTF-8, with their numbers."""
    try:
        reader = TextIOWrapper(file, encoding=codecs.lookup(encoding).name)  # lines end as in UTF-8
    except LookupError as error:
        raise UnreadableFile(
            f"{encoding!r} is no encoding that is known: write utf-8, utf-16 or latin-1"
        ) from error
    number = 0
    try:
        while text := reader.readline(LONGEST_LINE):
            number += 1
            yield number, text.removeprefix("\ufeff").removesuffix("\n").encode()
    except UnicodeError as error:
        raise UnreadableFile(f"{name} is not in {encoding}: say in which encoding it is") from error
    finally:
        with suppress(ValueError):  # whoever opened the file closes it
            reader.detach()


def _header(
    name: str, lines: _Lines, wanted: tuple[str, ...], others: tuple[str, ...], names: Names | None
) -> Header:
    """Return the header: the first line that is not blank, but for one that says the separator."""
    said = None
    looked_at = 0
    fullest: Header | None = None
    encoded: RecordError | None = None
    while (found := lines.take()) is not None:
        number, data = found
        try:
            text = _text(data)
            if said is None and (said := _said(text)) is not None:
                continue
            separator = said or _separator(text, (*wanted, *others))
            columns = tuple(unicodedata.normalize("NFC", cell) for cell in _row(data, lines, separator))
        except (csv.Error, UnicodeDecodeError, _NotARowError) as error:
            if names is None or looked_at == FIRST_ROWS:
                raise _no_table(name, number, _sentence(error), wanted) from error
            looked_at += 1
            encoded = encoded or _of_encoding(name, number, error)
            continue  # above a header stands anything
        looked_at += 1
        if names is not None:
            if (given := names(columns)) is not None:
                return Header(number, given, separator)
            here = Header(number, numbered(columns), separator)
            fullest = here if fullest is None or here.named > fullest.named else fullest
            if looked_at == FIRST_ROWS:
                break
            continue
        _check_header(name, number, columns, wanted)
        return Header(number, columns, separator)
    if fullest is not None and encoded is None and isinstance(names, Sought):
        return fullest
    # a line that cannot be read may be the header
    raise encoded or _no_table(name, 0, NO_TAGS if names is tag_names else "there is no header", wanted)


def _of_encoding(name: str, line: int, error: Exception) -> RecordError | None:
    """Return the mistake of a line that is in another encoding, or None for another mistake."""
    is_one = isinstance(error, UnicodeDecodeError)
    return RecordError(str(Mistake(file=name, line=line, what=_sentence(error)))) if is_one else None


def _said(text: str) -> str | None:
    """Return the separator that a line before the header says, or None where it is no such line."""
    said = text.strip(' "').lower()
    return said[4:] if said.startswith(_SAYS_SEPARATOR) and said[4:] in _PARTED_BY else None


def _separator(text: str, known: tuple[str, ...]) -> str:
    """Return what parts the names of a header: that with which most of those known are found."""
    names = {by: _quoted(text, by) for by in _PARTED_BY}
    return max(_PARTED_BY, key=lambda by: (len(set(known).intersection(names[by])), len(names[by])))


def _quoted(text: str, by: str) -> list[str]:
    """Return the cells of a line: what stands in quotes parts nothing."""
    try:
        return _cells([text], by)
    except csv.Error:
        goes_on = text.count('"') % 2  # in the next line; of others this mark is none that parts them
        return [cell.strip(' "') for cell in text.split(by)] if goes_on else []


def _check_header(name: str, line: int, columns: tuple[str, ...], wanted: tuple[str, ...]) -> None:
    for column in wanted:
        if column not in columns:
            guess = did_you_mean(nearest(column, columns)) if len(columns) > 1 else ""
            raise _no_table(name, line, f"the header has no column {column!r}{guess}", wanted)
    refuse_doubles(name, line, columns)


def refuse_doubles(name: str, line: int, columns: Sequence[str]) -> None:
    """Raise `RecordError` for a header that names a column twice."""
    often = Counter(columns)
    for column in often:
        if column and often[column] > 1:
            what = f"the header names the column {column!r} twice, and nothing says which of the two counts"
            instead = "name it once, and the other differently"
            raise RecordError(str(Mistake(file=name, line=line, what=what, instead=instead)))


def _rows(name: str, lines: _Lines, header: Header) -> Iterator[Row | Mistake]:
    while (found := lines.take()) is not None:
        number, data = found
        try:
            cells = _row(data, lines, header.separator)
            if any(cells):
                yield Row(number, _named(header, cells))
        except (csv.Error, UnicodeDecodeError, _NotARowError) as error:
            yield Mistake(file=name, line=number, what=_sentence(error))


def _row(data: bytes, lines: _Lines, separator: str) -> list[str]:
    """Return the cells of the row that begins on a line; the lines it goes on through are taken with it."""
    text = _text(data)
    if text.count('"') % 2 == 0:
        return _cells([text], separator)
    more = 0

    def through() -> Iterator[str]:
        nonlocal more
        yield f"{text}\n"
        for following in lines.look():
            try:
                line = _text(following)
            except (UnicodeDecodeError, _NotARowError):
                return  # it is told of its own line
            more += 1
            yield f"{line}\n"

    cells = _cells(through(), separator)
    lines.skip(more)
    return cells


def _text(data: bytes) -> str:
    text = data.decode("utf-8")
    if "\0" in text:
        raise _NotARowError("holds a character that is no text (NUL): take it out")
    return text


def _cells(lines: Iterable[str], separator: str) -> list[str]:
    reader = csv.reader(lines, strict=True, delimiter=separator)
    return [cell.strip() for cell in next(reader, [])]


def _no_table(name: str, line: int, what: str, columns: tuple[str, ...]) -> RecordError:
    """Return the one mistake of a file whose rows cannot be understood."""
    instead = ": ".join(("name the columns in the first line", *([",".join(columns)] if columns else [])))
    return RecordError(str(Mistake(file=name, line=line, what=what, instead=instead)))


def _named(header: Header, cells: list[str]) -> dict[str, str]:
    columns = header.columns
    if len(cells) > len(columns) and not any(cells[len(columns) :]):
        cells = cells[: len(columns)]
    if len(cells) != len(columns):
        by = _PARTED_BY[header.separator]
        raise _NotARowError(
            f"{len(cells)} cells where the header has {len(columns)}: they are parted by {by} as in the "
            f"header; put a text that holds {header.separator!r} in quotes"
        )
    return dict(zip(columns, cells, strict=True))


def _sentence(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"not UTF-8 at byte {error.start + 1}: save the file as UTF-8{_OR_TOLD}"
    if isinstance(error, csv.Error):
        return f"no row of a CSV file ({error}): close every quote, and write a quote inside a text twice"
    return str(error)
