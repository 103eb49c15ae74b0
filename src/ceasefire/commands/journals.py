"""`ceasefire verify`: whether a journal is as it was written."""

from __future__ import annotations

import click

from ceasefire.agreement import agreement
from ceasefire.commands.inputs import journal_at
from ceasefire.commands.terminal import PROBLEMS, WELL, progress, say


@click.command("verify")
@click.argument("path", metavar="DB")
@click.option(
    "--agreement",
    "agreements",
    multiple=True,
    metavar="AGREEMENT",
    help="An agreement whose register says which key signs for whom, and when: seals are held against it.",
)
@click.option("--without-seals", is_flag=True, help="Leave the seals out: they need the extra signing.")
def verify(*, path: str, agreements: tuple[str, ...], without_seals: bool) -> int:
    """Check that every record of a journal is as it was written, and that its seals are good.

    Names each record that is not, and what is wrong with it.
    """
    texts = [agreement(name) for name in agreements]
    with journal_at(path, agreements=texts) as journal:
        progress(f"verifying {len(journal)} records")
        faults = journal.verify(seals=not without_seals)
        for fault in faults:
            say(str(fault))
        if faults:
            return PROBLEMS
        for author, head in sorted(journal.heads().items()):
            say(f"{author}: {head}")
        for seal in () if without_seals else journal.seals():
            say(f"{seal}{'' if texts else ' (whose key that is was not looked at: give --agreement)'}")
        say(f"{path}: {len(journal)} records, each as it was written")
    return WELL
