"""`ceasefire import`: other people's formats into a journal."""

from __future__ import annotations

from hashlib import sha256
from itertools import count
from typing import TYPE_CHECKING, Any

import click
from attrs import evolve

from ceasefire.commands.inputs import clock_at, name_given, time_given
from ceasefire.commands.mistakes import told
from ceasefire.commands.terminal import complain, progress, say
from ceasefire.exchange.bulletins import read_bulletins
from ceasefire.exchange.tallies import add_tallies
from ceasefire.journal import Journal
from ceasefire.journal.stores.address import shown

if TYPE_CHECKING:
    from collections.abc import Callable


@click.group("import")
def import_group() -> None:
    """Add records to a journal from a file of another format."""


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
