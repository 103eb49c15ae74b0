"""`ceasefire export`: what other programs take – maps, tables, columns, provenance, diagrams."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from ceasefire.assessment.codes import AUDIENCES
from ceasefire.commands.inputs import Question, question
from ceasefire.commands.mistakes import told
from ceasefire.commands.terminal import progress, say, say_as_is
from ceasefire.errors import path_named
from ceasefire.instruments import agreement
from ceasefire.instruments.together import together
from ceasefire.record.json.saving import saving
from ceasefire.reporting import report
from ceasefire.reporting.exports.columns import TABLES
from ceasefire.reporting.exports.diagrams import MECHANISM
from ceasefire.reporting.material.audience import refuse_unknown
from ceasefire.reporting.sheets import NAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ceasefire.reporting import StatusReport

    Make = Callable[..., str | bytes]

_TABLE: Final = click.option(
    "--table",
    required=True,
    metavar="NAME",
    type=click.Choice(NAMES),
    help=f"Which table: {', '.join(NAMES)}.",
)
_COLUMNS: Final = click.option(
    "--table",
    required=True,
    metavar="NAME",
    type=click.Choice(TABLES),
    help=f"Which table: {', '.join(TABLES)}.",
)
_TAGS: Final = click.option("--hxl", is_flag=True, help="Tags of HXL in the second row.")
_OF: Final = click.option(
    "--of",
    metavar="WHAT",
    default=MECHANISM,
    show_default=True,
    help="Of what: mechanism, or the id of an agreement, a commitment or the record of a claim.",
)


def _parquet(made: StatusReport, table: str) -> bytes:
    return made.to_parquet(table)


#: The formats, each with what its command writes, how, and which options it has of its own.
FORMATS: Final[Mapping[str, tuple[str, Make, tuple[Any, ...]]]] = {
    "geojson": (
        "Write incidents and events as GeoJSON, a feature each.",
        lambda made: made.to_geojson(),
        (),
    ),
    "events": (
        "Write incidents and events as CSV, a row each, with names of ACLED and UCDP GED for columns.",
        lambda made, hxl: made.to_events(hxl=hxl),
        (_TAGS,),
    ),
    "hxl": (
        "Write a table of the report as CSV with a row of HXL tags.",
        lambda made, table: made.to_csv(table, hxl=True),
        (_TABLE,),
    ),
    "parquet": ("Write a table of the report, or its acts, as a file of Parquet.", _parquet, (_COLUMNS,)),
    "prov": (
        "Write what was derived from what as PROV-JSON.",
        lambda made: made.to_prov(),
        (),
    ),
    "mermaid": (
        "Write a diagram in Mermaid: of mechanisms, or of the life of an agreement, a commitment, a case.",
        lambda made, of: made.to_mermaid(of),
        (_OF,),
    ),
}


@click.group("export")
def export_group() -> None:
    """Write what other programs take; each is made for an audience, as a report is."""


def _command(name: str) -> click.Command:
    what, make, options = FORMATS[name]

    def write(*, audience: str, out: str | None, **given: Any) -> int:
        own = {option: given.pop(option) for option in ("table", "hxl", "of") if option in given}
        if name == "parquet" and out is None:
            raise click.UsageError("Parquet is no text: say where it goes, -o FILE")
        return _written(Question(**given), audience, out, lambda made: make(made, **own))

    command = question(write)
    for option in reversed((*options, *_FOR_WHOM)):
        command = option(command)
    return click.command(name, help=f"{what}\n\nAGREEMENT is an id of the catalogue or the path of a file.")(
        command
    )


_FOR_WHOM: Final = (
    click.option(
        "--audience",
        metavar="WHO",
        default="mechanism",
        show_default=True,
        help=f"For whom it is: {', '.join(AUDIENCES)}, or the id of a party.",
    ),
    click.option("-o", "--out", metavar="FILE", help="Write to FILE; to the standard output if absent."),
)


def _written(asked: Question, audience: str, out: str | None, make: Make) -> int:
    """Write an export to a file, whole or not at all, or to the standard output."""
    if audience not in AUDIENCES:
        refuse_unknown(audience, together(map(agreement, asked.agreements)).parties)
    assessment, mistakes = asked.answer()
    progress("writing")
    made = make(report(assessment, audience=audience))
    if out is None:
        say_as_is(made if isinstance(made, str) else made.decode())
        return told(mistakes)
    with saving(Path(path_named(out, "written"))) as opened:
        opened.write(made.encode() if isinstance(made, str) else made)
    say(f"wrote {out}")
    return told(mistakes)


for _name in FORMATS:
    export_group.add_command(_command(_name))
