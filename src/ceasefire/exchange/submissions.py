"""What a form came back with, as KoboToolbox and ODK give it: as rows, one for each submission or repeat.

CSV, a workbook, or the JSON of KoboToolbox (API v2, `results`). A repeat – several incidents in one
submission – has a table of its own: a file beside the first (ODK), a further sheet or a list
(KoboToolbox). Each of its rows is joined with what the submission around it says.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ceasefire.errors import Mistake, RecordError, UnreadableFile, path_named, reason
from ceasefire.exchange.forms import questions
from ceasefire.exchange.rows import Header, Row, opened_rows
from ceasefire.exchange.workbooks import WORKBOOKS, opened_workbook
from ceasefire.instruments.names import folded
from ceasefire.patterns import regex

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ceasefire.exchange.forms import Question

#: Columns that name a submission, as KoboToolbox and ODK have them.
SUBMISSION: Final = ("_uuid", "meta/instanceID", "meta-instanceID", "KEY", "__id", "_id")
#: The column that names a row of a repeat, made here: of ODK it has the same text.
REPEATED: Final = "KEY"
#: Of a row, the columns that name it and the row around it: of ODK, and of KoboToolbox.
_LINKS: Final = (("KEY", "PARENT_KEY"), ("_index", "_parent_index"))
#: What KoboToolbox says of the submission in a row of a repeat, and in the submission itself.
_AGREEING: Final = (("_submission__uuid", "_uuid"), ("_submission__id", "_id"))
#: The place of a row among those of its repeat, at the end of what ODK names it by.
_PLACE: Final = regex(r"\[(\d{1,9})\]\Z", re.ASCII)
#: Under what services give a list in JSON: KoboToolbox, ACLED, UCDP, ODK.
LISTS: Final = ("results", "data", "Result", "value")
#: Bytes of the largest JSON: each may take twenty in memory, and a page of the API has 30,000 submissions.
LARGEST: Final = 64 * 1024 * 1024
#: How a column ends that is made of one for each option; its answers are parted by it, too.
EACH: Final = ";"
#: Cells of a column for one option by which it was chosen.
_CHOSEN: Final = frozenset({"1", "true", "yes", "1.0"})

Rows = tuple[Header, "Iterator[Row | Mistake]"]


@contextmanager
def opened_submissions(path: str | os.PathLike[str], repeat: Sequence[str] = ()) -> Iterator[Rows]:
    """Open what a form came back with: its columns, and its rows one by one.

    `repeat` names the repeat whose rows are wanted, from the outermost inwards; without it a row is a
    submission. Raises `UnreadableFile` for what cannot be read, `RecordError` for a repeat that there
    is not.
    """
    with ExitStack() as stack:
        if Path(path_named(path, "read")).suffix.lower() == ".json":
            try:
                header, rows = _of_json(path, repeat)
            except RecursionError as error:
                raise RecordError(
                    f"{path_named(path, 'read')} goes too deep for an export of a form"
                ) from error
        else:
            header, rows = stack.enter_context(_table(path, repeat, 0))
            for depth, step in enumerate(repeat, start=1):
                around, wrong = _by_name(header, rows, repeated_in(path, repeat[: depth - 1]))
                with _table(path, repeat, depth) as table:
                    places = _places(*table)
                table = stack.enter_context(_table(path, repeat, depth))
                header, rows = _joined(around, places, step, table, repeated_in(path, repeat[:depth]))
                rows = _after(wrong, rows)
        yield _with_options(header, rows)


def repeated_in(path: str | os.PathLike[str], repeat: Sequence[str]) -> str:
    """Return the file that holds the rows of a repeat: of ODK, a file beside the first."""
    name = Path(path_named(path, "read"))
    if not repeat or name.suffix.lower() in (*WORKBOOKS, ".json"):
        return str(name)
    return str(name.with_name(f"{name.stem}-{repeat[-1]}{name.suffix}"))


def _table(path: str | os.PathLike[str], repeat: Sequence[str], depth: int) -> Any:
    name = repeated_in(path, repeat[:depth])
    if Path(name).suffix.lower() in WORKBOOKS:
        return opened_workbook(name, repeat[depth - 1] if depth else None)
    return opened_rows(name, others=_known())


@cache
def _known() -> tuple[str, ...]:
    """Return what columns of an export may be called, by which it is seen what parts them."""
    asked = questions()
    return (
        *SUBMISSION,
        *(one.name for one in asked),
        *(label for one in asked for label in one.labels.values()),
    )


def _by_name(
    header: Header, rows: Iterable[Row | Mistake], name: str
) -> tuple[dict[str, dict[str, str]], list[Mistake]]:
    """Return the rows around a repeat by what names them, and those that cannot be read or have one name."""
    own = next((own for own, _ in _LINKS if own in header.columns), None)
    if own is None:
        names = ", ".join(own for own, _ in _LINKS)
        raise RecordError(f"{name}: no column names a row ({names}): export all columns")
    found: dict[str, dict[str, str]] = {}
    wrong: list[Mistake] = []
    for row in rows:
        if isinstance(row, Mistake):
            wrong.append(row)
        elif row[own] and row[own] in found:
            what = f"{own} {row[own]!r} names a row above, too"
            wrong.append(Mistake(file=name, line=row.line, what=what, instead="export it again"))
        else:
            found[row[own]] = row.cells
    return found, wrong


def _places(header: Header, rows: Iterable[Row | Mistake]) -> dict[str, int]:
    """Return the place of each row of a repeat of KoboToolbox among those of its submission, by its `_index`.

    So a sheet that somebody has sorted gives the same records. Of ODK the name of a row tells it.
    """
    own, to = _LINKS[1]
    if _LINKS[0][1] in header.columns or not {own, to} <= set(header.columns):
        return {}
    siblings: dict[str, list[str]] = {}
    for row in rows:
        if isinstance(row, Row) and row[own].isdecimal():
            siblings.setdefault(row[to], []).append(row[own])
    return {name: n for several in siblings.values() for n, name in enumerate(sorted(several, key=int), 1)}


def _joined(
    around: Mapping[str, Mapping[str, str]], places: Mapping[str, int], step: str, table: Rows, name: str
) -> Rows:
    header, rows = table
    to = next((to for _, to in _LINKS if to in header.columns), None)
    if to is None:
        names = " or ".join(to for _, to in _LINKS)
        raise RecordError(f"{name}: no column {names} says of which submission a row of {step!r} is")
    outer = dict.fromkeys(column for cells in around.values() for column in cells)
    columns = tuple(dict.fromkeys((*header.columns, *outer, REPEATED)))
    return Header(header.line, columns, header.separator), _inner(around, places, step, (to, rows), name)


def _inner(
    around: Mapping[str, Mapping[str, str]],
    places: Mapping[str, int],
    step: str,
    found: tuple[str, Iterator[Row | Mistake]],
    name: str,
) -> Iterator[Row | Mistake]:
    to, rows = found
    number: Counter[str] = Counter()
    for row in rows:
        if isinstance(row, Mistake):
            yield row
        elif (outer := around.get(row[to])) is None:
            yield Mistake(
                file=name,
                line=row.line,
                what=f"{to} {row[to]!r} names no submission of the export",
                instead="export both again, at one time",
            )
        elif differing := [
            f"{inner} {row[inner]!r}" for inner, own in _AGREEING if _differ(row[inner], outer.get(own))
        ]:
            yield Mistake(
                file=name,
                line=row.line,
                what=f"{to} {row[to]!r} names another submission than {differing[0]}",
                instead="export both again, at one time",
            )
        else:
            number[row[to]] += 1
            place = _PLACE.search(row[REPEATED]) if row[REPEATED] else None
            n = int(place[1]) if place else places.get(row[_LINKS[1][0]], number[row[to]])
            yield Row(row.line, _within(outer, row.cells, step, n))


def _differ(one: str, other: str | None) -> bool:
    return bool(one and other) and one != other


def _within(outer: Mapping[str, str], cells: Mapping[str, str], step: str, number: int) -> dict[str, str]:
    """Return the cells of a row of a repeat with those around it; what it answers itself goes before."""
    name = next((outer[column] for column in (REPEATED, *SUBMISSION) if outer.get(column)), "")
    own = {column: cell for column, cell in cells.items() if cell or column not in outer}
    answered = {asked.field for column, cell in own.items() if cell and (asked := question_of(column))}
    around = {
        column: "" if (asked := question_of(column)) and asked.field in answered else cell
        for column, cell in outer.items()
    }
    return {**around, **own, REPEATED: f"{name}/{step}[{number}]"}


def _after(wrong: Iterable[Mistake], rows: Iterator[Row | Mistake]) -> Iterator[Row | Mistake]:
    yield from wrong
    yield from rows


def _of_json(path: str | os.PathLike[str], repeat: Sequence[str]) -> Rows:
    """Return the submissions of a JSON file; the line of a row is its number."""
    name = path_named(path, "read")
    wrong: list[Row | Mistake] = []
    found: list[Row | Mistake] = []
    for line, one in enumerate(json_list(name), start=1):
        if not isinstance(one, dict):
            what = "is no submission: an object with its answers is"
            wrong.append(Mistake(file=name, line=line, what=what))
            continue
        cells = _flat(one)
        levels: list[tuple[dict[str, str], dict[str, Any]]] = [(cells, one)]
        for step in repeat:
            levels = [
                (_within(outer, _flat(inner), step, number), inner)
                for outer, around in levels
                for number, inner in enumerate(_repeated(around, step), start=1)
            ]
        found += [Row(line, cells) for cells, _ in levels]
    if repeat and not found:
        raise RecordError(f"{name}: no submission has a repeat {'/'.join(repeat)!r}")
    columns = dict.fromkeys(column for row in found if isinstance(row, Row) for column in row.cells)
    return Header(1, tuple(columns), ","), iter((*wrong, *found))


def json_list(name: str) -> list[Any]:
    """Return the list of a JSON file, or that under `results` or `data`; figures stay texts.

    Raises `UnreadableFile` for a file that is too large or cannot be read, `RecordError` for one
    without a list.
    """
    try:
        with Path(name).open("rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise UnreadableFile(f"{name} is larger than {LARGEST} bytes: export it as CSV, and read that")
        # figures stay as they are written
        given = json.loads(data, parse_float=str, parse_int=str, parse_constant=str)
    except OSError as error:
        if isinstance(error, UnreadableFile):
            raise
        raise UnreadableFile(f"{name} cannot be read: {reason(error)}") from error
    except (ValueError, RecursionError) as error:
        raise RecordError(f"{name} is no JSON: {error}") from error
    found = next((given[one] for one in LISTS if one in given), None) if isinstance(given, dict) else given
    if not isinstance(found, list):
        raise RecordError(f"{name}: there is no list of objects in it, nor one under {' or '.join(LISTS)}")
    return found


def _flat(one: Mapping[str, Any], above: str = "") -> dict[str, str]:
    """Return the answers of a submission by the names of their questions; lists of objects are repeats."""
    found: dict[str, str] = {}
    for name, value in one.items():
        if isinstance(value, dict) and (point := _point(value)):
            found[above + name] = point
        elif isinstance(value, dict):
            found |= _flat(value, f"{above}{name}/")
        elif not isinstance(value, list):
            found[above + name] = _text(value)
        elif not any(isinstance(item, dict | list) for item in value):
            found[above + name] = " ".join(_text(item) for item in value)
    return found


def _point(value: Mapping[str, Any]) -> str | None:
    """Return latitude and longitude of a point of GeoJSON (ODK), which has them the other way round."""
    place = value.get("coordinates")
    if value.get("type") != "Point" or not isinstance(place, list) or len(place) < 2:  # noqa: PLR2004 – of a point
        return None
    return f"{_text(place[1])} {_text(place[0])}"


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value).strip()


def _repeated(one: Mapping[str, Any], step: str) -> list[dict[str, Any]]:
    """Return the rows of a repeat, wherever the groups around it stand."""
    for name, value in one.items():
        if isinstance(value, dict) and (inner := _repeated(value, step)):
            return inner
        if isinstance(value, list) and name.rpartition("/")[2] == step:
            return [item for item in value if isinstance(item, dict)]
    return []


def last_name(column: str) -> str:
    """Return the name of a question without those of its groups: KoboToolbox parts them by /, ODK by -."""
    name = column.rpartition("/")[2].rstrip(EACH)
    group, _, rest = name.rpartition("-")
    return name if not group or rest.casefold() in ("latitude", "longitude") else rest


@cache
def question_of(column: str) -> Question | None:
    """Return the question of a form that a column bears the name or a label of, below the names of groups."""
    last = folded(last_name(column))
    return next((one for one in questions() if last in (one.name, *map(folded, one.labels.values()))), None)


def _with_options(header: Header, rows: Iterator[Row | Mistake]) -> Rows:
    """Return rows with one cell for a question of several answers where each option has a column.

    Such a cell goes before one with all answers, which nothing parts where they are labels.
    """
    options: dict[str, dict[str, str]] = {}
    for one in questions():
        names = {one.name, *map(folded, one.labels.values())}
        if one.several:
            of = {c: c.rpartition("/") for c in header.columns}
            found = {c: option for c, (asked, _, option) in of.items() if folded(last_name(asked)) in names}
            options |= {one.name + EACH: found} if found else {}
    if not options:
        return header, rows
    columns = (*header.columns, *options)
    return Header(header.line, columns, header.separator), _chosen(rows, options)


def _chosen(
    rows: Iterator[Row | Mistake], options: Mapping[str, Mapping[str, str]]
) -> Iterator[Row | Mistake]:
    for row in rows:
        if isinstance(row, Mistake):
            yield row
            continue
        told = {
            name: EACH.join(option for column, option in found.items() if row[column].lower() in _CHOSEN)
            for name, found in options.items()
        }
        yield Row(row.line, row.cells | told)
