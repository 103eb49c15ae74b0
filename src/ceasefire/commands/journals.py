"""`ceasefire verify`, `merge`, `copy`, `erase`: is a journal whole; exchanging it; taking words out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ceasefire.commands.inputs import clock_at, journal_at, name_given, time_given
from ceasefire.commands.mistakes import told
from ceasefire.commands.terminal import PROBLEMS, WELL, complain, progress, say
from ceasefire.errors import quoted
from ceasefire.instruments import agreement
from ceasefire.journal import Journal
from ceasefire.journal.sharing.merging import is_database
from ceasefire.journal.stores.address import is_address, shown
from ceasefire.record.choices import ALLOWED
from ceasefire.record.json.files import lines_of

if TYPE_CHECKING:
    from ceasefire.journal import Merged


#: So many ids are named in a line.
_NAMED = 12


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

    Names each record that is not, and what is wrong with it. Of a damaged file
    everything that can still be read is looked at.
    """
    texts = [agreement(name) for name in agreements]
    with journal_at(path, agreements=texts) as journal:
        progress(f"verifying {shown(path)}")
        faults = journal.verify(seals=not without_seals)
        for fault in faults:
            say(f"{fault.kind.replace('_', ' ')}: {fault}")
        if faults:
            return PROBLEMS
        for author, head in sorted(journal.heads().items()):
            say(f"{author}: {head}")
        for seal in () if without_seals else journal.seals():
            say(f"{seal}{'' if texts else ' (whose key that is was not looked at: give --agreement)'}")
        for fork in journal.forks():
            say(f"settled: {fork}")
        for gap in journal.gaps():
            say(f"pending: {gap}")
        say(f"{shown(path)}: {len(journal)} records, each as it was written")
    return WELL


@click.command("merge")
@click.argument("path", metavar="DB")
@click.argument("others", metavar="FROM…", nargs=-1, required=True)
@click.option(
    "--author",
    metavar="NAME",
    callback=name_given,
    help="Whose journal DB is: lines in its name that prove nothing are refused.",
)
@click.option(
    "--authors",
    multiple=True,
    metavar="NAME",
    help="Take the chain of this author only, and those of others named so: whose you trust FROM for.",
)
@click.option(
    "--agreement",
    "agreements",
    multiple=True,
    metavar="AGREEMENT",
    help="An agreement whose register says which key signs for whom: what is sealed then stands.",
)
@click.option(
    "--at", metavar="T", callback=time_given, help="When the records were received, instead of now."
)
def merge(  # noqa: PLR0913 - the options of the command
    *,
    path: str,
    others: tuple[str, ...],
    author: str | None,
    authors: tuple[str, ...],
    agreements: tuple[str, ...],
    at: str | None,
) -> int:
    """Add to a journal what others hold: journals, or files of records.

    The order does not matter, nor does it hurt to merge the same file twice. DB is
    made if there is none. Each FROM is merged as a whole or not at all.
    """
    settings: dict[str, Any] = {} if at is None else {"clock": clock_at(at)}
    outcome = WELL
    for other in others:  # a name of nothing is told before anything is merged, and before DB is made
        _look_at(other)
    texts = [agreement(name) for name in agreements]
    with Journal.open(path, author=author, agreements=texts, **settings) as journal:
        for other in others:
            progress(f"merging {shown(other)}")
            merged = journal.merge(
                other, authors=authors or None, progress=lambda n: progress(f"{n} records looked at")
            )
            outcome = max(outcome, _told(shown(other), merged))
        for fork in journal.forks():
            say(f"{'settled' if fork.kept else 'forked'}: {fork}")
            outcome = outcome if fork.kept else PROBLEMS
        for gap in journal.gaps():
            say(f"pending: {gap}")
        for remark in journal.remarks():
            complain(remark)
        say(f"{shown(path)}: {len(journal)} records")
    return outcome


def _look_at(other: str) -> None:
    """Raise an error where there is neither a journal nor a file of records."""
    if is_address(other) or is_database(other):
        Journal.open(other, read_only=True).close()
    else:
        next(lines_of(other), None)


def _told(name: str, merged: Merged) -> int:
    """Say what came of one merge."""
    filled = f", {merged.filled} bodies that were missing" if merged.filled else ""
    say(f"{name}: {merged.added} new records{filled}, {merged.held} held already")
    if merged.own:
        say(
            f"{name}: {len(merged.own)} of them in this journal's own name, which it did not hold: "
            f"lost here, or written by somebody else ({', '.join(merged.own[:_NAMED])}"
            f"{' …' if len(merged.own) > _NAMED else ''})"
        )
    for alike, known in merged.look_alikes:
        say(f"{name}: {quoted(alike)} looks like {quoted(known)}, and is another id")
    if merged.left_out:
        say(f"{name}: left out, of others than --authors: {', '.join(merged.left_out)}")
    return told(merged.refused, "refused: ")


@click.command("copy")
@click.argument("path", metavar="DB")
@click.argument("target", metavar="TO")
@click.option(
    "--audience",
    type=click.Choice(tuple(ALLOWED)),
    help="Leave out the words of records that these may not see. Without it everything is copied.",
)
def copy(*, path: str, target: str, audience: str | None) -> int:
    """Copy a journal to a new file, as a backup or for somebody else.

    A name that ends in .jsonl gives a file of records, any other a journal. Both
    merge alike, and prove the same.
    """
    with journal_at(path) as journal:
        progress(f"copying {shown(path)}")
        copied = journal.copy(target, audience)
        withheld = f", {copied.withheld} of them without their words" if copied.withheld else ""
        left_out = f"; {copied.left_out} left out whole" if copied.left_out else ""
        say(f"{target}: {copied.records} records{withheld}{left_out}")
    return WELL


@click.command("erase")
@click.argument("path", metavar="DB")
@click.argument("name", metavar="ID", callback=name_given)
@click.option("--reason", metavar="TEXT", required=True, help="Why; it stays in the journal for all to read.")
@click.option(
    "--by",
    "author",
    metavar="NAME",
    required=True,
    callback=name_given,
    help="Whose journal it is: the erasure is a record of its chain.",
)
@click.option("--at", metavar="T", callback=time_given, help="When it was erased, instead of now.")
def erase(*, path: str, name: str, reason: str, author: str, at: str | None) -> int:
    """Remove what a record says from a journal for good.

    Its words are gone from the file, its free pages and its log, and no merge brings
    them back. The record keeps its place in the chain, and a record says that it was
    erased, by whom and why. Other journals, copies and backups still hold the words.
    """
    if not reason.strip():
        raise click.UsageError("say why, in a few words: --reason TEXT")
    settings: dict[str, Any] = {} if at is None else {"clock": clock_at(at)}
    with journal_at(path, read_only=False, author=author, **settings) as journal:
        held = journal.get(name)
        if held is None:
            forked = any(fork.author == name.rpartition("/")[0] for fork in journal.forks())
            more = ": of a forked number write the id with @, as ceasefire verify gives it" if forked else ""
            raise click.UsageError(f"{name} is not in {shown(path)}{more}")
        before = getattr(held, "absent", None) == "erased"
        progress(f"erasing {name}")
        erasure = journal.erase(name, reason)
        told = "was erased already, as" if before else "is erased, and"
        say(f"{name} {told} {erasure.id} says so: {getattr(erasure, 'reason', '')}")
        say("copies, backups and the journals of others may still hold its words")
        for remark in journal.remarks():
            complain(remark)
    return WELL
