"""`ceasefire assess` and `ceasefire report`: what the records add up to, for programs and for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click
from attrs import evolve

from ceasefire.assessment.codes import AUDIENCES
from ceasefire.assessment.result.due import as_entry as due_entry
from ceasefire.assessment.result.key_figures import as_entry as figure_entry
from ceasefire.assessment.result.lists import LISTS
from ceasefire.commands.inputs import Question, asked, question, time_given
from ceasefire.commands.mistakes import told
from ceasefire.commands.summary import COMPLIANCES, summary
from ceasefire.commands.tables import FORMATS
from ceasefire.commands.terminal import columns_of_screen, json_text, progress, say, say_as_is, table
from ceasefire.instruments import agreement
from ceasefire.instruments.catalogue import is_agreement
from ceasefire.instruments.names import callings
from ceasefire.instruments.together import together
from ceasefire.reporting import report
from ceasefire.reporting.building import ANNEXES
from ceasefire.reporting.material.audience import refuse_unknown
from ceasefire.reporting.status import SUFFIXES, annexes_of, files_of, format_of
from ceasefire.reporting.words.plurals import PLURALS

if TYPE_CHECKING:
    from ceasefire.assessment import Assessment
    from ceasefire.instruments.names import Callings
    from ceasefire.reporting import StatusReport


#: What `--table` prints: the lists of the result, and what is made of them.
TABLES: Final = (*LISTS, "due", "key_figures")


@click.command("assess")
@question
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON, for programs.")
@click.option(
    "--table",
    "name",
    metavar="NAME",
    help=f"Print one list: {', '.join(TABLES)}.",
    type=click.Choice(TABLES),
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
            f"say which list is printed as {form}: --table NAME, one of {', '.join(TABLES)}"
        )
    if name is not None and as_json:
        raise click.UsageError("--json prints everything: for one list write --table NAME --format json")
    assessment, mistakes = Question(**asked).answer()  # type: ignore[arg-type]
    if name is not None:
        # A cell holds a text or a number; JSON keeps the lists and objects of the result.
        flat = form in (None, "text", "csv")
        rows = assessment.table(name) if flat else _entries(assessment, name)
        say_as_is(FORMATS[form or "text"](tuple(rows[0]) if rows else (), rows))
    else:
        say_as_is(json_text(assessment.to_dict()) if as_json else _readable(assessment))
    return told(mistakes)


def _entries(assessment: Assessment, name: str) -> list[dict[str, Any]]:
    """Return a list or table with the lists and objects in its cells."""
    match name:
        case "due":
            return list(map(due_entry, assessment.due()))
        case "key_figures":
            return list(map(figure_entry, assessment.key_figures()))
    entries: list[dict[str, Any]] = assessment.to_dict()[name]
    return entries


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
    known = together(assessment.agreements).commitments
    by_id = name in known or any(name == one.id for one in known.values())
    return name if by_id else _meant(name, callings(known.values()))


def _party(name: str, assessment: Assessment) -> str | None:
    """Return the id of a party by what it is called, of each where several owe jointly."""
    known = callings(together(assessment.agreements).parties.values())
    return "+".join(_meant(part, known) for part in name.split("+"))


def _meant(name: str, known: Callings) -> str:
    """Return the id of what is called so, else the name; several are told."""
    found = known.meant(name)
    if len(found) > 1:
        raise click.UsageError(f"{name!r} may mean {' or '.join(found)}: write which")
    return found[0] if found else name


def _previous(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Check the one or two times of a report to compare with, before any long work."""
    for time in () if value is None else value.split("@"):
        time_given(context, parameter, time)
    return value


@click.command("report")
@question
@click.option(
    "--audience",
    metavar="WHO",
    default="mechanism",
    show_default=True,
    help=f"For whom it is: {', '.join(AUDIENCES)}, or the id of a party; public leaves out what is not for "
    "the public.",
)
@click.option("--title", default="", help="A title to print in place of the agreement's.")
@click.option("--issuer", default="", help="Who issues it, to print beside for whom it is.")
@click.option(
    "--issued", metavar="T", callback=time_given, help="A date to print as that of issue; none if absent."
)
@click.option(
    "--previous",
    metavar="T[@T]",
    callback=_previous,
    help="The day of the report to compare with, after @ as known when; else the instant before --since.",
)
@click.option("--brief", is_flag=True, help="Leave out the annexes.")
@click.option(
    "--annexes",
    metavar="LETTERS",
    help=f"Only these annexes, such as A,D of {', '.join(ANNEXES)}; or all. A PDF has A to D if absent.",
)
@click.option(
    "--out",
    "files",
    multiple=True,
    metavar="FILE",
    help=f"Write to FILE; its end chooses the format: {', '.join(SUFFIXES)}. May be given several times.",
)
@click.option("--hxl", is_flag=True, help="With tables as CSV: tags of HXL in their second row.")
@click.option(
    "--lang",
    "language",
    type=click.Choice(tuple(PLURALS)),
    default="en",
    show_default=True,
    help="In which language; no native speaker has reviewed those but English.",
)
@click.option("--all", "whole", is_flag=True, help="On a terminal: the body, too.")
@click.option("--summary", "summarise", is_flag=True, help="End with five lines that say what it comes to.")
def write_report(  # noqa: PLR0913 – the options of a command
    *,
    audience: str,
    previous: str | None,
    brief: bool,
    annexes: str | None,
    files: tuple[str, ...],
    hxl: bool,
    whole: bool,
    summarise: bool,
    title: str,
    issuer: str,
    issued: str | None,
    language: str,
    **asked: object,
) -> int:
    """Write a status report: to a terminal what page one says, to a pipe Markdown, or as --out says.

    AGREEMENT is an id of the catalogue or the path of a file.
    """
    question = Question(**asked)  # type: ignore[arg-type]
    _refuse_unwritable(files, hxl=hxl)
    annexes_of(annexes, brief=brief)
    if audience not in AUDIENCES:
        refuse_unknown(audience, together(map(agreement, question.agreements)).parties)
    assessment, mistakes = question.answer()
    earlier = None if previous is None else _compared(previous, question, assessment)
    progress("writing the report")
    made = report(
        assessment,
        audience=audience,
        issued=issued,
        title=title,
        issuer=issuer,
        brief=brief,
        annexes=annexes,
        previous=earlier,
        language=language,
    )
    _written(made, files, hxl=hxl, whole=whole)
    if summarise:
        for line in summary(made.material):
            say(line)
    return told(mistakes)


def _refuse_unwritable(files: tuple[str, ...], *, hxl: bool) -> None:
    """Refuse before any long work what cannot be written: nothing is written then."""
    forms = [format_of(file) for file in files]
    if hxl and ".csv" not in forms:
        raise click.UsageError("--hxl is for tables as CSV: write --out with a name that ends in .csv")


def _written(made: StatusReport, files: tuple[str, ...], *, hxl: bool, whole: bool) -> None:
    """Write a report to its files, or without any to the screen."""
    for file in files:
        made.save(file, hxl=hxl)
        for written in files_of(file):
            say(f"wrote {written}")
    if not files:
        wide = columns_of_screen()
        say_as_is(made.to_markdown() if wide is None else made.to_terminal(wide, whole=whole))


def _compared(previous: str, question: Question, assessment: Assessment) -> Assessment:
    """Return what to compare with: the same as of another day, or as it was known another day too."""
    as_of, at, known_at = previous.partition("@")
    if not at:
        return assessment.at(as_of)
    return evolve(question, as_of=as_of, known_at=known_at, since=None).answer()[0]


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
