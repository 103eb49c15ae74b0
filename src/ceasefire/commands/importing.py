"""`ceasefire import`: formats of others into a journal; `ceasefire map`: a first mapping of a table."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from itertools import count, islice
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any, Final

import click
from attrs import evolve

from ceasefire.commands.heads import import_heads
from ceasefire.commands.inputs import clock_at, name_given, time_given
from ceasefire.commands.mistakes import sentence_of, told
from ceasefire.commands.terminal import WELL, complain, counting, json_text, progress, say, say_as_is
from ceasefire.commands.terminal import table as table_of
from ceasefire.errors import Mistake, did_you_mean
from ceasefire.exchange.adding import add_rows
from ceasefire.exchange.bulletins import read_bulletins
from ceasefire.exchange.deletions import read_deleted, withdraw_deleted
from ceasefire.exchange.forms import form
from ceasefire.exchange.layouts import layout, of_form, of_tags
from ceasefire.exchange.submissions import opened_submissions
from ceasefire.exchange.table.first import first_mapping
from ceasefire.exchange.table.mapping import TableMapping, read_mapping
from ceasefire.exchange.tables import opened_table, opened_unmapped, read_table, unread_columns
from ceasefire.exchange.tallies import add_tallies
from ceasefire.exchange.workbooks import WORKBOOKS, sheet_names
from ceasefire.instruments import agreement
from ceasefire.journal import Journal
from ceasefire.journal.stores.address import shown
from ceasefire.record import to_json
from ceasefire.record.json.saving import saving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ceasefire.exchange.adding import Imported
    from ceasefire.exchange.deletions import Deleted
    from ceasefire.exchange.table.records import Read

#: Rows that a dry run shows as records.
_SHOWN: Final = 5
#: Characters of a reason in the closing table; each row is told in full below it.
_REASON: Final = 80
#: Words that no agreement knows, of which so many are told.
_WORDS: Final = 20


@click.group("import")
def import_group() -> None:
    """Add records to a journal from a file of another format."""


import_group.add_command(import_heads)


@import_group.command("bulletins")
@click.argument("file", metavar="FILE")
@click.option("--journal", required=True, metavar="DB", help="The journal to add to; made if there is none.")
@click.option(
    "--by",
    default="analyst",
    show_default=True,
    metavar="NAME",
    callback=name_given,
    help="Whose chain the records are written to.",
)
@click.option(
    "--at", metavar="T", callback=time_given, help="When they were recorded and received, instead of now."
)
@click.option(
    "--published",
    is_flag=True,
    help="All of it is public, and released so; the same import into an empty journal gives the same hashes.",
)
def bulletins(*, file: str, journal: str, by: str, at: str | None, published: bool) -> int:
    """Add the counts of published bulletins from a CSV.

    The same file twice adds nothing.
    """
    progress(f"reading {file}")
    read = read_bulletins(file, by=by)  # before the journal is opened: a file that is none makes no journal
    settings: dict[str, Any] = {}
    if at is not None:
        settings["clock"] = clock_at(at)
    if published:
        settings["salt"] = _published_salts()
    with Journal.open(journal, author=by, **settings) as opened:
        progress(f"adding to {shown(journal)}")
        added = add_tallies((evolve(r, release="public") for r in read) if published else read, opened)
        for remark in opened.remarks():
            complain(remark)
        say(f"{file}: {len(read)} tallies read, {added} records added; {shown(journal)} holds {len(opened)}")
    return told(read.mistakes)


def _published_salts() -> Callable[[], bytes]:
    """Return salts that anyone can make again, for bodies that nobody will want to erase.

    A salt keeps an erased body from being guessed by its digest (docs/journals.md); of a
    published count there is nothing to guess.
    """
    numbers = count()
    return lambda: sha256(f"ceasefire: published body {next(numbers)}".encode()).digest()[:16]


def _of_tables(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command what every import of a table takes."""
    options = (
        click.argument("file", metavar="FILE"),
        click.option("--journal", metavar="DB", help="The journal to add to; made if there is none."),
        click.option("--author", metavar="NAME", callback=name_given, default="analyst", show_default=True,
                     help="Whose chain the records are written to."),
        click.option("--agreement", "agreements", multiple=True, metavar="AGREEMENT",
                     help="An agreement whose places and parties the table names. Several may be given."),
        click.option("--obtained", metavar="DATE", help="When the file was retrieved, kept with each row."),
        click.option("--at", metavar="T", callback=time_given,
                     help="When the records were written and received, instead of now."),
        click.option("--published", is_flag=True,
                     help="All of it is public, and released so; the same import gives the same hashes."),
        click.option("--dry-run", is_flag=True, help="Write nothing: show what would come of it."),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


@import_group.command("table")
@_of_tables
@click.option("--map", "mapping", required=True, metavar="MAP", help="What its columns say: a file of TOML.")
def table(*, mapping: str, **asked: Any) -> int:
    """Add the rows of any CSV or Excel table.

    What they are, which column says what and how dates are written stands in MAP: `ceasefire
    map FILE` writes a first one. The same file twice adds nothing; a row that says something
    else than it did corrects its record.
    """
    return _imported(read_mapping(mapping), **asked)


@import_group.command("ucdp")
@_of_tables
@click.option("--map", "own", metavar="MAP", help="What is yours to say, over the mapping that ships.")
def ucdp(*, own: str | None, **asked: Any) -> int:
    """Add events of the UCDP Georeferenced Event Dataset, as they are exported."""
    return _imported(layout("ucdp", own), **asked)


@import_group.command("acled")
@_of_tables
@click.option("--map", "own", metavar="MAP", help="What is yours to say, over the mapping that ships.")
@click.option("--deleted", metavar="LIST", help="Events that ACLED deleted, as its list: they are withdrawn.")
def acled(*, own: str | None, deleted: str | None, **asked: Any) -> int:
    """Add events of ACLED, as they are exported, and withdraw those that it deleted."""
    mapping = layout("acled", own)
    gone = () if deleted is None else read_deleted(deleted, mapping)  # before anything is written
    return _imported(mapping, **asked, deleted=gone)


@import_group.command("kobo")
@_of_tables
@click.option("--map", "own", metavar="MAP", help="What is yours to say, over what the form says.")
@click.option("--repeat", metavar="NAME", help="A repeat of the form (outer/inner): each of its rows is one.")
def submissions(*, own: str | None, repeat: str | None, **asked: Any) -> int:
    """Add what a form made by `ceasefire form` came back with, from KoboToolbox or ODK.

    Exports as CSV, as a workbook or as JSON, with the names of questions or with their labels.
    """
    steps = tuple(filter(None, (repeat or "").split("/")))
    with opened_submissions(asked["file"], steps) as (header, _):
        mapping = of_form(header.columns, own, steps)
    return _imported(mapping, **asked)


@import_group.command("hxl")
@_of_tables
@click.option("--map", "own", metavar="MAP", help="What is yours to say, over what the tags say.")
def by_tags(*, own: str | None, **asked: Any) -> int:
    """Add the rows of a table with tags of the Humanitarian Exchange Language (HXL).

    What its columns say is read from its row of tags; a mapping of your own names columns by
    their tags.
    """
    how = TableMapping(kind="incident", columns={}, tagged=True)
    with opened_table(asked["file"], how) as (header, _):
        mapping = of_tags(header.columns, own)
    return _imported(mapping, **asked)


def _imported(  # noqa: PLR0913 – the options of a command
    mapping: TableMapping,
    *,
    file: str,
    journal: str | None,
    author: str,
    agreements: tuple[str, ...],
    obtained: str | None,
    at: str | None,
    published: bool,
    dry_run: bool,
    deleted: tuple[str, ...] = (),
) -> int:
    texts = [agreement(name) for name in agreements]
    if journal is None and not dry_run:
        raise click.UsageError("say where to: --journal DB; or --dry-run to see what would come of it")
    progress(f"reading {file}")
    unread = unread_columns(file, mapping)  # what is no such table makes no journal
    read = _released(read_table(file, mapping, texts, obtained), public=published)
    if dry_run:
        return _shown(file, read, unread)
    settings: dict[str, Any] = {} if at is None else {"clock": clock_at(at)}
    if published:
        settings["salt"] = _published_salts()
    with Journal.open(str(journal), author=author, agreements=texts, **settings) as opened:
        with counting(f"reading {file}") as count_on:
            done = add_rows(read, opened, file, count_on)
        for remark in opened.remarks():
            complain(remark)
        _tell(file, done)
        if deleted:
            _tell_deleted(withdraw_deleted(deleted, opened))
        say(f"{shown(str(journal))} holds {len(opened)}")
    if done.refused > len(done.mistakes):
        complain(f"{done.refused - len(done.mistakes)} more rows were refused, and are not told one by one")
    return told(done.mistakes, "refused: ")


def _released(read: Iterator[Read], *, public: bool) -> Iterator[Read]:
    for one in read:
        if isinstance(one, Mistake) or not public:
            yield one
        else:
            yield evolve(one, record=evolve(one.record, release="public"))


def _tell(file: str, done: Imported) -> None:
    """Say what came of a table: how many rows did what, why others make no record, and unknown words."""
    say(f"{file}: {done.rows} rows")
    reasons = Counter(shorten(sentence_of(one), _REASON, placeholder=" …") for one in done.mistakes)
    came_of_them = (
        ("added", done.added),
        ("corrected: the row says something else than it did", done.corrected),
        ("held already", done.held),
        ("of records that were withdrawn, and stay so", done.withdrawn),
        ("of these without an id: one that is edited comes in as another", done.unnamed),
        ("of these in a zone by their coordinates, not by a name", done.located),
        *((f"refused: {reason}", rows) for reason, rows in reasons.most_common(_WORDS)),
        ("refused for other reasons", done.refused - _most(reasons)),
    )
    say_as_is(table_of(("rows", "what came of them"), [(n, what) for what, n in came_of_them if n]))
    for word, rows in done.unknown[:_WORDS]:
        guess = did_you_mean(word.nearest)
        say(f"{rows} with {word.field} “{word.word}”, which no agreement knows{guess}")
    if len(done.unknown) > _WORDS:
        say(f"{len(done.unknown) - _WORDS} more words that no agreement knows")


def _most(reasons: Counter[str]) -> int:
    """Return how many rows have one of the reasons that are named."""
    return sum(rows for _, rows in reasons.most_common(_WORDS))


def _tell_deleted(done: Deleted) -> None:
    """Say what came of a list of deleted rows."""
    for number, what in (
        (done.withdrawn, "withdrawn: their source deleted them"),
        (done.before, "deleted by their source, and withdrawn before"),
        (done.not_held, "deleted by their source, and not held here"),
    ):
        if number:
            say(f"{number} {what}")


def _shown(file: str, read: Iterator[Read], unread: tuple[str, ...]) -> int:
    """Show the first rows as records, and tell all that is not understood, without writing anything."""
    mistakes: list[Mistake] = []
    rows, words = 0, dict[tuple[str, str], str]()
    for one in read:
        if isinstance(one, Mistake):
            mistakes.append(one)
            continue
        rows += 1
        if rows <= _SHOWN:
            say_as_is(json_text(to_json(one.record)))
        words |= {(word.field, word.word): did_you_mean(word.nearest) for word in one.unknown}
    say(f"{file}: {rows} rows would be records, {len(mistakes)} would be refused; nothing is written")
    if unread:
        say(f"columns that nothing reads: {', '.join(unread)}")
    for (field, word), guess in islice(words.items(), _WORDS):
        say(f"{field} “{word}” is known to no agreement{guess}")
    return told(mistakes, "refused: ")


@click.command("map")
@click.argument("file", metavar="FILE")
@click.option("--sheet", metavar="NAME", help="The sheet of a workbook; by default the first.")
@click.option("--encoding", default="utf-8", show_default=True, metavar="NAME", help="Of a CSV file.")
def write_mapping(*, file: str, sheet: str | None, encoding: str) -> int:
    """Write a first mapping of a table to the terminal, from its header and the cells seen.

    What a mapping cannot know – what a row is, what its words mean – stands in it as a comment.
    """
    how = TableMapping(kind="incident", columns={}, sheet=sheet, encoding=encoding)
    settings = {"sheet": sheet, "encoding": None if encoding == "utf-8" else encoding}
    sheets = sheet_names(file) if Path(file).suffix.lower() in WORKBOOKS else ()
    with opened_unmapped(file, how) as (header, rows):
        say_as_is(first_mapping(Path(file).name, header.columns, rows, settings, sheets))
    return WELL


@click.command("form")
@click.argument("agreement_", metavar="AGREEMENT")
@click.option("-o", "--out", required=True, metavar="FILE", help="The workbook to write, such as form.xlsx.")
def write_form(*, agreement_: str, out: str) -> int:
    """Write a form for incidents under an agreement, for KoboToolbox or ODK (XLSForm).

    Acts, places, parties and commitments are its choices; `ceasefire import kobo` reads what
    it comes back with.
    """
    content = form(agreement(agreement_))
    with saving(Path(out)) as file:
        file.write(content)
    say(f"wrote {out}")
    return WELL
