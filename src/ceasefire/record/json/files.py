"""Record files: one record a line, read so that a bad line never costs a good one.

A file is read line by line and never held whole: a line that is too long is told
as a mistake without being loaded. What is wrong is kept beside the records, with
its line number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from itertools import chain
from operator import itemgetter
from pathlib import Path
from stat import S_IFBLK, S_IFCHR, S_IFMT
from typing import IO, TYPE_CHECKING, Any, Final

from ceasefire.collecting import uncollected
from ceasefire.errors import (
    CeasefireError,
    InvalidValue,
    Mistake,
    RecordError,
    UnreadableFile,
    path_named,
    quoted,
    reason,
)
from ceasefire.record.ids import with_ids
from ceasefire.record.json.canonical import canonical_record, parsed
from ceasefire.record.json.foreign import foreign
from ceasefire.record.json.plain_records import record_of_line
from ceasefire.record.json.saving import saving
from ceasefire.record.json.wire import from_json, to_json
from ceasefire.record.kinds import Record
from ceasefire.record.proof import proven

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Sequence

#: Bytes of the longest line that is read, its end among them, and so of the longest that is written.
LONGEST_LINE: Final = 8 * 1024 * 1024
#: Characters of the longest sentence: a mistake may quote what it found.
_LONGEST_SENTENCE: Final = 300
_BOM: Final = b"\xef\xbb\xbf"
#: What a spreadsheet given as records is to be saved as.
_SPREADSHEET: Final = "save it as text, one JSON object per line"
#: Lines that hold no JSON object, and are told each by itself; of more the file is told once.
_FEW: Final = 5
_OBJECT: Final = 'write one object a line, such as {"kind": "incident", …}'


class RecordList(list[Record]):
    """The records of a file, in its order, with the mistakes in the lines that hold none."""

    def __init__(
        self,
        records: Iterable[Record] = (),
        mistakes: Iterable[Mistake] = (),
        seals: Iterable[object] = (),
    ) -> None:
        super().__init__(records)
        #: One for each line (or row) that gave no record, or gave one with a remark.
        self.mistakes = tuple(mistakes)
        #: What lines hold as seals of chains, unchecked: a journal checks them when it merges the file.
        self.seals = tuple(seals)


@uncollected()
def read_records(path: str | os.PathLike[str]) -> RecordList:
    """Read a file of records, one JSON object per line.

    In a file each record says `by` and `recorded`. A record without `id` is named
    `by/n`, n being its place among that author's lines. The same record twice is
    kept once; another record of the same id is a mistake, and the first is kept.

    A line that was exported from a journal carries its `proof`: it is a mistake where
    it was changed since. Of a number that two such records have, the ids have `@` and
    the first digits of their hashes, as in a journal.

    Raises `UnreadableFile` when there is no such file or it is no text; everything
    else that is wrong stands in `.mistakes`.
    """
    reader = Reader(path_named(path, "read"))
    for number, line in lines_of(path):
        if (found := reader.parse(number, line)) is not None:
            reader.keep(number, *found)
    records = reader.records()
    return RecordList(records, reader.mistakes, (said for _, said in reader.seals))


def lines_of(path: str | os.PathLike[str]) -> Iterator[tuple[int, bytes | None]]:
    """Yield each line of a file that is not blank with its number; None for one that is too long.

    No more than one line is held. Raises `UnreadableFile` when there is no such file or
    it is no text.
    """
    name = path_named(path, "read")
    try:
        if S_IFMT(Path(path).stat().st_mode) in (S_IFCHR, S_IFBLK):  # it may have no end
            raise UnreadableFile(f"{name} cannot be read: it is a device: name a file")
        with Path(path).open("rb") as file:
            yield from _lines(file, name)
    except (OSError, ValueError) as error:
        if isinstance(error, CeasefireError):
            raise
        raise UnreadableFile(f"{name} cannot be read: {reason(error)}") from error


def write_records(path: str | os.PathLike[str], records: Iterable[Record]) -> None:
    """Write records to a file, one canonical JSON object per line, in the order given.

    Records of a journal, as they came from it, are written with their `proof`, and after
    them its seals: another journal merges the file as it would merge the journal itself.

    The file is complete or absent: it is written beside its place and moved there; of a
    link, to where that leads. Raises `RecordError` for a record that says no `by` or
    `recorded`, or is longer than 8 MB as a line, which no reader would accept, and
    `UnwritableFile` when the file cannot be written, or what is there is no file but a
    device or a pipe.
    """
    if not isinstance(records, Iterable):
        raise RecordError(f"{quoted(records)} is no list of records: give records, or a journal")
    write_lines(path, chain(map(_checked_line, records), ({"seal": seal} for seal in _seals_of(records))))


def refuse_too_long(size: int) -> None:
    """Raise `RecordError` where a record would make a line of more bytes than are read."""
    if size > LONGEST_LINE:
        raise RecordError(
            f"a record of more than {LONGEST_LINE // 1024 // 1024} MB is read by nobody: keep long texts as "
            "files, and name them in evidence with title, url and sha256"
        )


def write_lines(path: str | os.PathLike[str], lines: Iterable[dict[str, Any]]) -> None:
    """Write JSON objects to a file, one canonical line each; complete, or not at all.

    Raises `RecordError` for one that makes a longer line than is read.
    """
    with saving(path) as file:
        for line in lines:
            file.write(_written(line))


def _written(line: dict[str, Any]) -> bytes:
    """Return the bytes of a line, with its end."""
    made = canonical_record(line) + b"\n"
    refuse_too_long(len(made))
    return made


def _seals_of(records: object) -> Iterator[Any]:
    """Yield the seals of a journal, or of the file that was read, as JSON objects."""
    seals = getattr(records, "seals", ())
    for seal in seals() if callable(seals) else seals:
        yield seal.to_json() if hasattr(seal, "to_json") else seal


def _checked_line(record: Record) -> dict[str, Any]:
    if not isinstance(record, Record):
        raise RecordError(f"{quoted(record)} is no record: give records, or a journal")
    _needs_author(record)
    return line_of(record)


def line_of(record: Record) -> dict[str, Any]:
    """Return the JSON object of a line: the record, with its proof where that still fits it."""
    fields = to_json(record)
    if record.proof is not None:
        with suppress(RecordError):  # a record that was evolved since is another one, which nothing proves
            proven(fields, record.proof)
            fields["proof"] = record.proof.to_json()
    return fields


class Reader:
    """What has been read of one file so far, line by line."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._mistakes: list[Mistake] = []
        self._lines_of: Counter[str] = Counter()
        #: How the first line begins, and how many lines are an object by their look.
        self._begins = b""
        self._objects = 0
        #: What lines hold as seals, with their numbers: a journal looks at them when it merges the file.
        self.seals: list[tuple[int, object]] = []
        #: The first line of each record: by its id, or by author, number and hash where it has a proof.
        self._plain: dict[str, tuple[int, Record]] = {}
        self._proven: dict[tuple[str, int, bytes], tuple[int, Record]] = {}

    @property
    def mistakes(self) -> list[Mistake]:
        """What is wrong with the lines read, in their order; of a file of another kind that it is one."""
        found = sorted(self._mistakes, key=lambda mistake: mistake.line)
        few = len(found) <= _FEW and self._begins[:1] != b"{"
        if not found or (self._begins[:1] != b"[" and (self._objects or few)):
            return found
        return [of_another_kind(self._name, found, self._begins)]

    def parse(self, number: int, line: bytes | None) -> tuple[dict[str, Any], Record] | None:
        """Return the JSON object of a line and its record; None, with a mistake, where it holds none.

        Whether a proof fits is not looked at yet.
        """
        if line is None:
            self.mistake(number, f"longer than {LONGEST_LINE // 1024 // 1024} MB: no record is that long")
            return None
        self._begins = self._begins or line[:_LONGEST_SENTENCE]
        self._objects += line.startswith(b"{") and line.endswith(b"}")
        try:
            found = record_of_line(line)
            obj = parsed(line) if found is None else found[0]
            if isinstance(obj, dict) and set(obj) == {"seal"}:
                self.seals.append((number, obj["seal"]))
                return None
            author = obj.get("by") if isinstance(obj, dict) else None
            if isinstance(author, str):
                self._lines_of[author] += 1
            record = from_json(obj) if found is None else found[1]
            _needs_author(record)
        except InvalidValue as error:
            self.mistake(number, str(error))
            return None
        if record.id is None:  # nobody else has the record yet
            object.__setattr__(record, "id", f"{record.by}/{self._lines_of[record.by or '']}")
        return obj, record

    def keep(self, number: int, obj: dict[str, Any], record: Record) -> None:
        """Keep the record of a line, once, if its proof fits and no other has its id."""
        if record.proof is not None:
            try:
                proven(obj, record.proof)
            except RecordError as error:
                self.mistake(number, str(error))
            else:
                place = (record.author, record.proof.number, record.proof.hash)
                self._proven.setdefault(place, (number, record))
            return
        line, first = self._plain.setdefault(record.own_id, (number, record))
        if first is not record and first != record:
            self._id_taken(number, record, line)

    def records(self) -> list[Record]:
        """Return the records kept, in the order of their first lines."""
        kept = dict(self._named())
        for line, record in self._plain.values():
            before, first = kept.setdefault(record.own_id, (line, record))
            if first is not record and first != record:
                self._id_taken(line, record, before)
        return [record for _, record in sorted(kept.values(), key=itemgetter(0))]

    def mistake(self, number: int, what: str) -> None:
        """Note what is wrong with a line."""
        what = what if len(what) <= _LONGEST_SENTENCE else what[:_LONGEST_SENTENCE] + "…"
        self._mistakes.append(Mistake(file=self._name, line=number, what=what))

    def _id_taken(self, number: int, record: Record, line: int) -> None:
        self.mistake(
            number, f"the id {record.id!r} names another record, of line {line}: give each its own id"
        )

    def _named(self) -> Iterator[tuple[str, tuple[int, Record]]]:
        """Yield the records with a proof by the ids that they have in a journal."""
        numbers: dict[tuple[str, int], list[tuple[int, Record]]] = {}
        for (author, number, _), kept in self._proven.items():
            numbers.setdefault((author, number), []).append(kept)
        for several in numbers.values():
            own = with_ids([record for _, record in several])
            for line, record in several:
                if record.proof is not None and (found := own.get(record.proof.hash)) is not None:
                    yield found.own_id, (line, found)


def _lines(file: IO[bytes], name: str) -> Iterator[tuple[int, bytes | None]]:
    """Yield each line that is not blank with its number; None for a line that is too long."""
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if number == 1:
            if what := foreign(line, _SPREADSHEET):
                raise UnreadableFile(f"{name} {what}")
            line = line.removeprefix(_BOM)
        if len(line) > LONGEST_LINE:
            while line and not line.endswith(b"\n"):
                line = file.readline(LONGEST_LINE)
            yield number, None
        elif stripped := line.strip():
            yield number, stripped


def of_another_kind(name: str, mistakes: Sequence[Mistake], start: bytes) -> Mistake:
    """Return the one mistake of a file of which no line is a JSON object, from those of its lines."""
    what = f"{len(mistakes)} lines hold no record, and the file {_looks_like(start)}"
    return Mistake(file=name, line=mistakes[0].line, what=what, instead=_OBJECT)


def _looks_like(start: bytes) -> str:
    """Return what a file may be of which no line is a JSON object, and what to do with one of that kind."""
    if start.startswith((b"[", b"{")):
        return "is JSON over several lines, or one list"
    if start.startswith(b"<"):
        return "looks like a web page or XML"
    if any(start.count(mark) for mark in (b",", b";", b"\t")):
        return "looks like a table: give one to ceasefire record --from FILE.csv, or to ceasefire import"
    return "is no file of records"


def _needs_author(record: Record) -> None:
    if record.by is None:
        raise RecordError(f'this {record.kind} says no author: write by, such as "russia"')
    if record.recorded is None:
        raise RecordError(
            f"this {record.kind} does not say when it was written: write recorded, such as "
            '"2017-05-14T10:00:00+03:00"'
        )
