"""`ceasefire assess` and `ceasefire report`: what the records add up to, for programs and for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ceasefire.commands.inputs import Question, question, time_given
from ceasefire.commands.summary import COMPLIANCES, summary
from ceasefire.commands.terminal import PROBLEMS, WELL, complain, json_text, progress, say, say_as_is, table
from ceasefire.report import report
from ceasefire.report.audience import AUDIENCES
from ceasefire.report.status import format_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire.assessment import Assessment
    from ceasefire.errors import Mistake


@click.command("assess")
@question
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON, for programs.")
def assess_records(*, as_json: bool, **asked: object) -> int:
    """Work out where each commitment stands, and print it.

    AGREEMENT is an id of the catalogue or the path of a file.
    """
    assessment, mistakes = Question(**asked).answer()  # type: ignore[arg-type]
    say_as_is(json_text(assessment.to_dict()) if as_json else _readable(assessment))
    return _told(mistakes)


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
    help="Write to FILE; .html, .md or .json chooses the format. May be given several times.",
)
@click.option("--summary", "summarise", is_flag=True, help="End with five lines that say what it comes to.")
def write_report(
    *, audience: str, issued: str | None, files: tuple[str, ...], summarise: bool, **asked: object
) -> int:
    """Write a status report, as Markdown to the terminal unless --out says otherwise.

    AGREEMENT is an id of the catalogue or the path of a file.
    """
    for file in files:  # a name of no format is told before any long work, and nothing is written
        format_of(file)
    assessment, mistakes = Question(**asked).answer()  # type: ignore[arg-type]
    progress("writing the report")
    made = report(assessment, audience=audience, issued=issued)
    for file in files:
        say(f"wrote {made.save(file)}")
    if not files:
        say_as_is(made.to_markdown())
    if summarise:
        for line in summary(made.material):
            say(line)
    return _told(mistakes)


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


def _told(mistakes: Iterable[Mistake]) -> int:
    """Tell the lines that hold no record, after what was made of the others."""
    outcome = WELL
    for mistake in mistakes:
        complain(str(mistake))
        outcome = PROBLEMS
    return outcome
