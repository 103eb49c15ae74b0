"""`ceasefire verify`: whether a journal is as it was written."""

from __future__ import annotations

import click

from ceasefire.commands.inputs import journal_at
from ceasefire.commands.terminal import PROBLEMS, WELL, progress, say


@click.command("verify")
@click.argument("path", metavar="DB")
def verify(path: str) -> int:
    """Check that every record of a journal is as it was written.

    Names each record that is not, and what is wrong with it.
    """
    with journal_at(path) as journal:
        progress(f"verifying {len(journal)} records")
        faults = journal.verify()
        for fault in faults:
            say(str(fault))
        if faults:
            return PROBLEMS
        for author, head in sorted(journal.heads().items()):
            say(f"{author}: {head}")
        say(f"{path}: {len(journal)} records, each as it was written")
    return WELL
