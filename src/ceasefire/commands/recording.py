"""`ceasefire record`: one record from the command line, or many from a table or a file of records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click
from attrs import Factory, field, frozen

from ceasefire.commands.inputs import clock_at, name_given, time_given
from ceasefire.commands.mistakes import told
from ceasefire.commands.terminal import PROBLEMS, WELL, complain, progress, say
from ceasefire.errors import CeasefireError, Mistake, RecordError, did_you_mean, nearest
from ceasefire.exchange.field_values import said
from ceasefire.exchange.rows import read_rows
from ceasefire.instruments import agreement
from ceasefire.journal import Journal
from ceasefire.journal.stores.address import shown
from ceasefire.journal.writing.names import names
from ceasefire.record import KINDS, Record, from_json
from ceasefire.record.json.canonical import parsed
from ceasefire.record.json.files import lines_of, of_another_kind
from ceasefire.record.kinds import field_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ceasefire.instruments import Agreement
    from ceasefire.journal.writing.names import Names

#: So many records are named one by one.
_MOST: Final = 20
#: Lines that hold no object, and are told each by itself; of more the file is told once.
_FEW: Final = 3
#: What a line has that comes out of a journal.
_OF_JOURNALS: Final = frozenset({"proof", "seal", "absent"})

#: Where a record stands in a file, and the JSON object it is made of.
Line = tuple[int, dict[str, Any]]


@click.command("record")
@click.argument("words", nargs=-1, metavar="[KIND] [FIELD=VALUE]…")
@click.option("--journal", required=True, metavar="DB", help="The journal to add to; made if there is none.")
@click.option("--from", "file", metavar="FILE", help="A table (.csv) or a file of records (.jsonl).")
@click.option("--author", metavar="NAME", callback=name_given, help="Whose chain the records are written to.")
@click.option(
    "--at", metavar="T", callback=time_given, help="When they were written and received, instead of now."
)
@click.option(
    "--agreement",
    "agreements",
    multiple=True,
    metavar="AGREEMENT",
    help="An agreement that defines the ids used: one that none defines is refused. Several may be given.",
)
@click.option(
    "--update", is_flag=True, help="Where a key is held and the record says otherwise, correct what is held."
)
def record(*, words: tuple[str, ...], file: str | None, **chain: object) -> int:
    """Write what somebody says to a journal.

    KIND is incident, finding, tally … and FIELD=VALUE what it says: killed.best=3,
    accused=one,other, place.name=Hama, evidence.url=… With --from these are said of every
    record of the file that does not say otherwise. All are written, or none.
    """
    to = _Chain(**chain)  # type: ignore[arg-type]
    kind, shared = _words(words)
    made = _Made(kind, shared, file, names(to.texts))
    found, mistakes = (_alone(made), []) if file is None else made.of_lines(_lines(file, made))
    if to.author is None and any(one.by is None for one in found):
        raise click.UsageError("say whose records they are: --author NAME, or by=NAME")
    if told(sorted(mistakes, key=lambda mistake: mistake.line)):
        say(f"nothing is recorded: of {len(found) + len(mistakes)} records {len(mistakes)} hold mistakes")
        return PROBLEMS
    return to.write(found)


@frozen(kw_only=True)
class _Chain:
    """Where records are written, and whose they are."""

    journal: str
    author: str | None
    update: bool
    at: str | None
    agreements: tuple[str, ...]
    texts: list[Agreement] = field(
        init=False,
        default=Factory(lambda self: [agreement(name) for name in self.agreements], takes_self=True),
    )

    def write(self, records: list[Record]) -> int:
        """Write records, all or none, and say under which ids."""
        settings: dict[str, Any] = {} if self.at is None else {"clock": clock_at(self.at)}
        with Journal.open(self.journal, author=self.author, agreements=self.texts, **settings) as opened:
            written = opened.extend(records, update=self.update)
            for one in written[:_MOST]:
                say(f"{one.id}: {one.kind}")
            held = len(written) - len(written.new)
            already = f", {held} held already under their keys" if held else ""
            say(f"{len(written.new)} recorded{already}; {shown(self.journal)} holds {len(opened)}")
            for remark in written.remarks:
                complain(remark)
        return WELL


@frozen
class _Made:
    """What is said of every record, and what knows the ids in it."""

    kind: str | None
    shared: tuple[tuple[str, str], ...]
    file: str | None
    names: Names | None

    def record(self, obj: dict[str, Any]) -> Record:
        """Return a record whose ids are known, if agreements are given."""
        known = {"kind": self.kind} if self.kind is not None else {}
        made = from_json(known | obj)
        return made if self.names is None else self.names.settled(made)

    def of_lines(self, lines: Iterable[Line | Mistake]) -> tuple[list[Record], list[Mistake]]:
        """Return the records of a file, and the mistakes in it."""
        found: list[Record] = []
        mistakes: list[Mistake] = []
        for line in lines:
            if isinstance(line, Mistake):
                mistakes.append(line)
                continue
            try:
                found.append(self.record(line[1]))
            except CeasefireError as error:
                mistakes.append(Mistake(file=str(self.file), line=line[0], what=str(error)))
        return found, mistakes


def _words(words: tuple[str, ...]) -> tuple[str | None, tuple[tuple[str, str], ...]]:
    """Return the kind and the fields that a command line says."""
    kind = words[0] if words and "=" not in words[0] else None
    given = []
    for word in words[kind is not None :]:
        name, sign, value = word.partition("=")
        if not sign or not name:
            raise click.UsageError(f"{word!r} says nothing of a field: write FIELD=VALUE, such as act=attack")
        given.append((name, value))
    if kind is not None and kind not in KINDS:
        guess = did_you_mean(nearest(kind, KINDS)) or f": write one of {', '.join(KINDS)}"
        raise click.UsageError(f"{kind!r} is no kind of record{guess}")
    return kind, tuple(given)


def _alone(made: _Made) -> list[Record]:
    """Return the one record that the command line says; a mistake in it is a wrong call."""
    if made.kind is None:
        raise click.UsageError(f"say what is recorded: KIND is one of {', '.join(KINDS)}")
    try:
        return [made.record(said(made.shared))]
    except CeasefireError as error:
        raise click.UsageError(str(error)) from error


def _lines(file: str, made: _Made) -> Iterator[Line | Mistake]:
    """Yield what a file says of each record, beneath what is said of all."""
    progress(f"reading {file}")
    suffix = file.rpartition(".")[2].lower()
    readers: dict[str, Callable[[str, _Made], Iterator[Line | Mistake]]] = {
        "csv": _of_table,
        "tsv": _of_table,
        "jsonl": _of_records,
        "ndjson": _of_records,
    }
    if suffix not in readers:
        raise click.UsageError(f"{file!r} names no format: give a table (.csv) or a file of records (.jsonl)")
    return readers[suffix](file, made)


def _of_table(file: str, made: _Made) -> Iterator[Line | Mistake]:
    """Yield the rows of a table, whose columns are fields; blank cells say nothing."""
    kinds = [KINDS[made.kind]] if made.kind is not None else list(KINDS.values())
    known = {"kind", *(name for cls in kinds for name in field_names(cls))}
    rows, mistakes = read_rows(file, () if made.kind is not None else ("kind",), known)
    yield from mistakes
    columns = rows[0].cells if rows else ()
    strange = [name for name in columns if name and name.partition(".")[0] not in known]
    for name in strange:
        guess = did_you_mean(nearest(name, known)) or ": take the column out, or name it as a field"
        yield Mistake(
            file=file, line=0, what=f"the column {name!r} is no field of {made.kind or 'a record'}{guess}"
        )
    for row in () if strange else rows:
        cells = {name: cell for name, cell in row.cells.items() if name and cell}
        try:
            yield row.line, said((dict(made.shared) | cells).items())
        except RecordError as error:
            yield Mistake(file=file, line=row.line, what=str(error))


def _of_records(file: str, made: _Made) -> Iterator[Line | Mistake]:
    """Yield the lines of a file of records."""
    shared = said(made.shared)
    found: list[Line] = []
    mistakes: list[Mistake] = []
    start = b""
    for number, line in lines_of(file):
        start = start or line or b""
        try:
            found.append((number, shared | _object(line)))
        except RecordError as error:
            mistakes.append(Mistake(file=file, line=number, what=str(error)))
    yield from found
    yield from mistakes if found or len(mistakes) <= _FEW else [of_another_kind(file, mistakes, start)]


def _object(line: bytes | None) -> dict[str, Any]:
    if line is None:
        raise RecordError("the line is too long for a record")
    obj = parsed(line)
    if not isinstance(obj, dict):
        raise RecordError('no record: write one object a line, such as {"kind": "incident", …}')
    if _OF_JOURNALS & obj.keys():
        raise RecordError("the line is of somebody's journal: add it with ceasefire merge")
    return obj
