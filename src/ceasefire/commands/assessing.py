"""`ceasefire assess` and `ceasefire report`: what the records add up to, for programs and for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ceasefire.assessment.result.lists import LISTS
from ceasefire.commands.inputs import Question, asked, question, time_given
from ceasefire.commands.mistakes import told
from ceasefire.commands.summary import COMPLIANCES, summary
from ceasefire.commands.tables import FORMATS
from ceasefire.commands.terminal import columns_of_screen, json_text, progress, say, say_as_is, table
from ceasefire.instruments import agreement
from ceasefire.instruments.catalogue import is_agreement
from ceasefire.instruments.names import callings
from ceasefire.reporting import report
from ceasefire.reporting.material.audience import AUDIENCES
from ceasefire.reporting.status import format_of

if TYPE_CHECKING:
    from ceasefire.assessment import Assessment
    from ceasefire.instruments.names import Callings


@click.command("assess")
@question
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON, for programs.")
@click.option(
    "--table",
    "name",
    metavar="NAME",
    help=f"Print one list: {', '.join(LISTS)}.",
    type=click.Choice(list(LISTS)),
)
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), help="How the list is printed; text if absent."
)
def assess_records(*, as_json: bool, name: str | None, form: str | None, **asked: object) -> int:
    """Work out where each commitment stands, and print it.

    AGREEMENT is an id of the catalogue or the path of a file.
    """
    as_json = as_json or (name is None and form == "json")
    if name is None and form not in (None, "text", "json"):
        raise click.UsageError(
            f"say which list is printed as {form}: --table NAME, one of {', '.join(LISTS)}"
        )
    if name is not None and as_json:
        raise click.UsageError("--json prints everything: for one list write --table NAME --format json")
    assessment, mistakes = Question(**asked).answer()  # type: ignore[arg-type]
    if name is not None:
        flat = form in (None, "text", "csv")  # a cell holds a text or a number; JSON keeps lists and objects
        rows = assessment.table(name) if flat else assessment.to_dict()[name]
        say_as_is(FORMATS[form or "text"](tuple(rows[0]) if rows else (), rows))
    else:
        say_as_is(json_text(assessment.to_dict()) if as_json else _readable(assessment))
    return told(mistakes)


@click.command("why")
@click.argument("words", nargs=-1, required=True, metavar="AGREEMENT… COMMITMENT [OWED_BY]")
@asked
@click.option("--record", metavar="ID", help="Only why this record counts there, or does not.")
def explain(*, words: tuple[str, ...], record: str | None, **asked: object) -> int:
    """Say why a commitment stands as it does, a sentence for each reason.

    AGREEMENT is an id of the catalogue or the path of a file, COMMITMENT one of theirs,
    and OWED_BY who owes it, both by id or name; without it every row of it is explained.
    """
    agreements, named = _parted(words)
    assessment, mistakes = Question(agreements=agreements, **asked).answer()  # type: ignore[arg-type]
    commitment, *owing = named
    commitment = _commitment(commitment, assessment)
    parties = [_party(owing[0], assessment)] if owing else _owing(assessment, commitment)
    say_as_is("\n".join(f"{assessment.why(commitment, party, record)}\n" for party in parties))
    return told(mistakes)


def _parted(words: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the agreements, and what stands after them: a commitment and perhaps a party."""
    number = next((n for n, word in enumerate(words) if not is_agreement(word)), len(words))
    given, named = words[:number], words[number:]
    if not given or (named and len(named) > 2):  # noqa: PLR2004 - a commitment and a party
        agreement(named[0])  # what is no agreement is told as one
    if not named:
        raise click.UsageError(
            "say which commitment, after the agreements: ceasefire list commitments lists them"
        )
    return given, named


def _owing(assessment: Assessment, commitment: str) -> list[str | None]:
    """Return who owes a commitment, row by row; nobody in particular where it has none, which is told."""
    rows = assessment.table("commitments")
    found = [
        row["owed_by"]
        for row in rows
        if commitment in (row["commitment"], row["commitment"].partition("/")[2])
    ]
    return found or [None]


def _commitment(name: str, assessment: Assessment) -> str:
    """Return the full name of the commitment that is called so; a name that says nothing is told later."""
    known = assessment.world.commitments
    by_id = name in known or any(name == one.id for one in known.values())
    return name if by_id else _meant(name, callings(known.values()))


def _party(name: str, assessment: Assessment) -> str | None:
    """Return the id of a party by what it is called, of each where several owe jointly."""
    known = callings(assessment.world.parties.values())
    return "+".join(_meant(part, known) for part in name.split("+"))


def _meant(name: str, known: Callings) -> str:
    """Return the id of what is called so, else the name; several are told."""
    found = known.meant(name)
    if len(found) > 1:
        raise click.UsageError(f"{name!r} may mean {' or '.join(found)}: write which")
    return found[0] if found else name


@click.command("report")
@question
@click.option(
    "--audience",
    type=click.Choice(AUDIENCES),
    default="mechanism",
    show_default=True,
    help="For whom it is; public leaves out what is not for the public.",
)
@click.option(
    "--issued", metavar="T", callback=time_given, help="A date to print as that of issue; none if absent."
)
@click.option(
    "--out",
    "files",
    multiple=True,
    metavar="FILE",
    help="Write to FILE; .html, .md, .pdf, .txt or .json chooses the format. May be given several times.",
)
@click.option(
    "--annexes",
    type=click.Choice(["all"]),
    default=None,
    help="all: a PDF has the claims one by one, the reasons and the problems, too.",
)
@click.option("--all", "whole", is_flag=True, help="On a terminal: the body, too.")
@click.option("--summary", "summarise", is_flag=True, help="End with five lines that say what it comes to.")
def write_report(  # noqa: PLR0913 – an option each
    *,
    audience: str,
    issued: str | None,
    files: tuple[str, ...],
    annexes: str | None,
    whole: bool,
    summarise: bool,
    **asked: object,
) -> int:
    """Write a status report: to a terminal what page one says, to a pipe Markdown, or as --out says.

    AGREEMENT is an id of the catalogue or the path of a file.
    """
    for file in files:  # a name of no format is told before any long work, and nothing is written
        format_of(file)
    assessment, mistakes = Question(**asked).answer()  # type: ignore[arg-type]
    progress("writing the report")
    made = report(assessment, audience=audience, issued=issued)
    for file in files:
        say(f"wrote {made.save(file, annexes=annexes or '')}")
    if not files:
        wide = columns_of_screen()
        say_as_is(made.to_markdown() if wide is None else made.to_terminal(wide, whole=whole))
    if summarise:
        for line in summary(made.material):
            say(line)
    return told(mistakes)


def _readable(assessment: Assessment) -> str:
    """Return the rows as a table, in words that claim no more than is known."""
    rows = (
        (
            row["commitment"],
            row["owed_by"] or "nobody in particular",
            row["phase"],
            COMPLIANCES[row["compliance"]],
            row["breaches"],
            row["open"],
            row["due"],
        )
        for row in assessment.to_dict()["commitments"]
    )
    return table(("commitment", "owed by", "phase", "compliance", "breaches", "open", "due"), rows)
