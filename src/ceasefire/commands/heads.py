"""`ceasefire import pax`: rows of PA-X as the heads of agreement files, to be filled in."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from ceasefire.commands.mistakes import told
from ceasefire.commands.terminal import complain, say, say_as_is
from ceasefire.errors import Mistake, UnwritableFile, reason
from ceasefire.exchange.heads import Head, read_heads
from ceasefire.record.json.saving import saving

#: Agreements that are named where one is to be chosen.
_NAMED: Final = 10


@click.command("pax")
@click.argument("file", metavar="FILE")
@click.option("--only", multiple=True, metavar="NUMBER", help="PA-X's number of an agreement (AgtId).")
@click.option("-o", "--out", metavar="FOLDER", help="Where to write a file for each agreement.")
@click.option("--journal", metavar="DB", help="Not needed: an agreement is a file, no record of a journal.")
def import_heads(*, file: str, only: tuple[str, ...], out: str | None, journal: str | None) -> int:
    """Write the head of an agreement file for each row of a table of PA-X.

    Id, title, date, parties and source stand in it; what was promised is yours to write. One
    head is printed, several go to the files of FOLDER; a file that is there is left as it is.
    """
    mistakes: list[Mistake] = []
    found: list[Head] = []
    for one in read_heads(file):
        if isinstance(one, Mistake):
            mistakes.append(one)
        elif not only or one.number in only:
            found.append(one)
    if journal is not None:
        complain(f"an agreement is a file, no record: nothing is written to {journal}")
    if lacking := [number for number in only if number not in {one.number for one in found}]:
        raise click.UsageError(f"there is no agreement {', '.join(lacking)} in {file}")
    if out is not None:
        _write(found, Path(out))
    elif len(found) > 1:
        named = "; ".join(f"{one.number} {one.title}" for one in found[:_NAMED])
        raise click.UsageError(
            f"{file} has {len(found)} agreements ({named}{' …' if found[_NAMED:] else ''}): "
            f"say which, as in --only {found[0].number}, or where to write them: --out FOLDER"
        )
    else:
        for one in found:
            say_as_is(one.toml)
    return told(mistakes, "refused: ")


def _write(found: list[Head], folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnwritableFile(f"{folder} cannot be made: {reason(error)}") from error
    for one in found:
        path = folder / f"{one.id}.toml"
        if path.exists():  # somebody may have filled it in
            say(f"left as it is: {path}")
            continue
        with saving(path) as file:
            file.write(one.toml.encode())
        say(f"wrote {path}")
