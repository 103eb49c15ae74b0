"""`ceasefire diff`: what stands otherwise on two days, or in two journals, and by which records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click
from attrs import evolve

from ceasefire.assessment.codes import AUDIENCES, REASONS
from ceasefire.assessment.result.changes import as_entry, as_row
from ceasefire.commands.inputs import Question, asked_of_a_day, time_given
from ceasefire.commands.mistakes import told
from ceasefire.commands.tables import FORMATS
from ceasefire.commands.terminal import say_as_is, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ceasefire.assessment import Assessment
from ceasefire.assessment.result.changes import Change

#: So many commitments, and so many records, are named in a cell, one by one.
_MOST: Final = 3
_MOST_RECORDS: Final = 8


def _day_given(
    context: click.Context, parameter: click.Parameter, value: str | None
) -> tuple[str, ...] | None:
    """Return a day and, after an @, the day of knowledge; each is checked before any long work."""
    if value is None:
        return None
    day, at, known = value.partition("@")
    several = (day, known) if at else (day,)
    for one in several:
        time_given(context, parameter, one)
    return several


@click.command("diff")
@click.argument("agreements", nargs=-1, required=True, metavar="AGREEMENT…")
@asked_of_a_day
@click.option(
    "--since",
    metavar="T[@KNOWN_AT]",
    callback=_day_given,
    help="The earlier day or instant to compare with; after an @, only with what had been received by then.",
)
@click.option("--against", metavar="DB", help="Another journal to compare with.")
@click.option("--against-records", metavar="FILE", help="Another file of records to compare with.")
@click.option(
    "--audience",
    type=click.Choice(AUDIENCES),
    help="Compare only what this audience may see; if absent, all that is given.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    help="How it is printed; text if absent.",
)
def compare(  # noqa: PLR0913 – the options of a command
    *,
    agreements: tuple[str, ...],
    since: tuple[str, ...] | None,
    against: str | None,
    against_records: str | None,
    audience: str | None,
    form: str,
    **asked: Any,
) -> int:
    """Say what stands otherwise than on an earlier day, or than in another journal, and why.

    AGREEMENT is an id of the catalogue or the path of a file. Say --since, or --against
    with another journal, or both.
    """
    if against is not None and against_records is not None:
        raise click.UsageError("say one of --against DB and --against-records FILE")
    other_place = against is not None or against_records is not None
    if since is None and not other_place:
        raise click.UsageError("say what to compare with: --since T for an earlier day, or --against DB")
    now = Question(agreements=agreements, since=None, **asked)
    earlier = now
    if other_place:
        others = () if against_records is None else (against_records,)
        earlier = evolve(earlier, journal=against, records=others)
    if since is not None:
        day, *known = since
        earlier = evolve(earlier, as_of=day, known_at=known[0] if known else now.known_at)
    status, mistakes = now.answer()
    if other_place or earlier.known_at != now.known_at:
        before, more = earlier.answer()
        mistakes = tuple(dict.fromkeys((*mistakes, *more)))
    else:
        before = status.at(earlier.as_of)
    if audience is not None:
        status, before = status.for_audience(audience), before.for_audience(audience)
    changes = status.changes(before)
    say_as_is(_readable(changes, status) if form == "text" else _for_programs(changes, form))
    return told(mistakes)


def _for_programs(changes: tuple[Change, ...], form: str) -> str:
    rows = [as_row(one) if form == "csv" else as_entry(one) for one in changes]
    return FORMATS[form](tuple(rows[0]) if rows else (), rows)


def _readable(changes: tuple[Change, ...], status: Assessment) -> str:
    """Return the changes as a table in words; where there are none, a line that says so."""
    released = " in the records released to the public" if status.audience == "public" else ""
    if not changes:
        return f"no change{released or ' recorded'}\n"
    none = {"none_recorded": f"none{released or ' recorded'}", None: "–"}
    rows = ((_what(one), *_states(one, none), _why(one)) for one in changes)
    return table(("what", "before", "now", "because of"), rows)


def _what(change: Change) -> str:
    """Return what stands otherwise: rows by their commitment and who owes it, many by their number."""
    if not change.rows:
        return f"{change.kind} {change.record or change.agreement}"
    owing: dict[str, list[str]] = {}
    for commitment, owed_by in change.rows:
        owing.setdefault(commitment, []).append(owed_by or "nobody in particular")
    if len(owing) > _MOST:
        return f"{change.agreement}: {len(owing)} commitments"
    return "; ".join(f"{commitment}: {', '.join(parties)}" for commitment, parties in owing.items())


def _states(change: Change, words: Mapping[str | None, str]) -> Iterator[str]:
    """Yield how it stood and how it stands; where one word says both, the cells that differ beside it."""
    for state, values in (
        (change.before, [(cell.name, cell.before) for cell in change.cells]),
        (change.after, [(cell.name, cell.after) for cell in change.cells]),
    ):
        word = words.get(state, str(state).replace("_", " "))
        told_apart = change.before != change.after
        besides = "" if told_apart else ", ".join(f"{name}: {_value(value)}" for name, value in values)
        yield f"{word} ({besides})" if besides else word


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "–" if value is None else str(value)


def _why(change: Change) -> str:
    """Return the records by which it changed, and what the text alone says."""
    named = [f"{one} (known later)" if one in change.known_later else one for one in change.because]
    if len(named) > _MOST_RECORDS:
        named[_MOST_RECORDS:] = [f"{len(named) - _MOST_RECORDS} more records"]
    return ", ".join((*named, *(REASONS[code] for code in change.codes)))
