"""`ceasefire agreements`, `show`, `check`: what the texts say, and what is wrong in a file."""

from __future__ import annotations

import click

from ceasefire.commands.terminal import PROBLEMS, WELL, WRONG_USE, complain, say, say_as_is, table
from ceasefire.errors import UnreadableFile
from ceasefire.instruments import agreement, agreements, as_text, check


@click.command("agreements")
def list_agreements() -> int:
    """List the agreements of the catalogue."""
    texts = [agreement(name) for name in agreements()]
    rows = [(text.id, text.adopted, len(text.commitments), text.title) for text in texts]
    say_as_is(table(("id", "adopted", "clauses", "title"), rows))
    return WELL


@click.command("show")
@click.argument("name", metavar="AGREEMENT")
def show(name: str) -> int:
    """Print an agreement as readable text.

    AGREEMENT is an id of the catalogue or the path of a file.
    """
    say_as_is(as_text(agreement(name)))
    return WELL


@click.command("check")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
def check_files(files: tuple[str, ...]) -> int:
    """Tell every mistake in agreement and register files.

    Each mistake is one line: file, line, what is wrong and what to write instead.
    """
    return max(_check(file) for file in files)


def _check(file: str) -> int:
    try:
        mistakes, warnings = check(file)
    except UnreadableFile as error:  # the files after it are still checked
        complain(str(error))
        return WRONG_USE
    for mistake in mistakes:
        say(str(mistake))
    if not mistakes:
        say(f"{file}: no mistakes")
    for warning in warnings:
        say(f"{warning} [a warning]")
    return PROBLEMS if mistakes else WELL
