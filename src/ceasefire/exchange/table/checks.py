"""What is wrong with a mapping: each mistake with its place in it, and what to write instead."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from ceasefire.errors import did_you_mean, nearest, quoted
from ceasefire.exchange.table.dates import ISO, KNOWN, pattern_flaw
from ceasefire.exchange.table.figures import figures_flaw
from ceasefire.record import KINDS
from ceasefire.record.kinds import field_names

#: Kinds of record that a row may be; the others are of a chain, not of a table.
ROW_KINDS: Final = tuple(kind for kind in KINDS if kind not in ("correction", "erasure", "branch"))
#: Fields that state a day, or what lasted; a row's period is what lasted unless it is one day.
PERIODS: Final = ("period",)
DATED: Final = ("occurred", "period", "effective", "until", "ended", "due", "recorded")
#: What a mapping has, each with an example of what is written.
TABLES: Final = {
    "kind": 'kind = "incident"',
    "key": 'key = "event_id"',
    "prefix": 'prefix = "kobo-"',
    "encoding": 'encoding = "utf-16"',
    "sheet": 'sheet = "Events"',
    "columns": 'columns = { occurred = "date", text = ["title", "notes"] }',
    "constant": 'constant = { act = "attack.shelling", said_by = "mission" }',
    "values": 'values.act = { Shelling = "attack.shelling" }',
    "split": 'split = { accused = " " }',
    "dates": 'dates.occurred = "%d/%m/%Y"',
    "codes": 'codes = { zone = "pcode" }',
    "parts": 'parts = { North = "north-province" }',
    "only": 'only = { country = ["Syria"] }',
    "no_place": 'no_place = { where_prec = ["6", "7"] }',
    "blank": 'blank = ["n/a", "-"]',
    "down": 'down = "province"',
    "figures": 'figures = "1.234,5"',
    "optional": "optional = true",
    "geometry": "geometry = true",
    "source": 'source = { title = "…", licence = "…", url = "https://…" }',
}
#: Fields whose cells may be codes: acts and places have them.
CODED: Final = ("act", "zone")
_IN_DATES: Final = ("format", "to", "precision", "known", "days", "months")
_MONTHS: Final = 12
#: The longest that a cell with one day may stand for.
_MOST_DAYS: Final = 366
_IN_SOURCE: Final = ("title", "licence", "url")


#: A place in a mapping, what is wrong there, and what to write instead.
Flaw = tuple[tuple[str, ...], str, str]


def flaws(given: Mapping[str, Any]) -> Iterator[Flaw]:
    """Yield what is wrong with the values given, each with its place and what to write instead."""
    for name in given:
        if name not in TABLES:
            yield (
                (name,),
                f"is nothing that a mapping has{did_you_mean(nearest(name, TABLES))}",
                _known(TABLES),
            )
    kind = given.get("kind")
    if kind not in ROW_KINDS:
        told = "is missing" if kind is None else f"{quoted(kind)} is no kind of record that a row can be"
        yield (
            ("kind",),
            f"{told}{did_you_mean(nearest(kind, ROW_KINDS))}",
            f"write one of {', '.join(ROW_KINDS)}",
        )
    yield from _single(given)
    for name in _TABLE_FLAWS:
        if name in given and not isinstance(given[name], Mapping):
            yield (name,), "is no table", f"write {TABLES[name]}"
        elif name in given:
            yield from _TABLE_FLAWS[name](given[name], kind if kind in ROW_KINDS else None)
    if not isinstance(given.get("columns"), Mapping) or not given["columns"]:
        yield ("columns",), "is missing: no column says anything", f"write {TABLES['columns']}"


def _single(given: Mapping[str, Any]) -> Iterator[Flaw]:
    """Yield what is wrong with the values that are no tables."""
    for name in ("prefix", "encoding", "sheet"):
        if name in given and not isinstance(given[name], str):
            yield (name,), "is no text", f"write {TABLES[name]}"
    for name, what in (
        ("key", "name of a column"),
        ("down", "name of a column"),
        ("blank", "text of a cell"),
    ):
        if name in given and not is_names(given[name]):
            yield (name,), f"is no {what}, and no list of such", f"write {TABLES[name]}"
    if "figures" in given:
        example = given["figures"]
        flaw = figures_flaw(example) if isinstance(example, str) else "is no text"
        if flaw:
            yield ("figures",), flaw, f"write {TABLES['figures']}, or 1,234 or 1 234,5"
    for name in ("optional", "geometry"):
        if not isinstance(given.get(name, False), bool):
            yield (name,), "is neither true nor false", f"write {TABLES[name]}"


def _known(names: Mapping[str, object]) -> str:
    return f"write one of {', '.join(names)}"


def _field_flaws(table: str, name: str, kind: str | None) -> Iterator[Flaw]:
    """Yield what is wrong with the name of a field, such as `place.name`."""
    top = name.partition(".")[0]
    known = [f for f in field_names(KINDS[kind]) if f not in ("id", "received", "proof")] if kind else ()
    if kind and top not in known:
        what = f"a record of kind {kind!r} has no field {quoted(name)}{did_you_mean(nearest(top, known))}"
        yield (table, name), what, f"write one of {', '.join(known)}"


def _columns(given: Mapping[str, Any], kind: str | None) -> Iterator[Flaw]:
    for name, value in given.items():
        yield from _field_flaws("columns", name, kind)
        if not is_names(value):
            yield (
                ("columns", name),
                "is no name of a column, and no list of such",
                f"write {TABLES['columns']}",
            )


def _constants(given: Mapping[str, Any], kind: str | None) -> Iterator[Flaw]:
    for name, value in given.items():
        yield from _field_flaws("constant", name, kind)
        if not isinstance(value, str | int | bool) and not is_names(value):
            yield ("constant", name), "is no text, number or list of texts", f"write {TABLES['constant']}"


def _values(given: Mapping[str, Any], kind: str | None) -> Iterator[Flaw]:
    for name, words in given.items():
        yield from _field_flaws("values", name, kind)
        if not isinstance(words, Mapping) or not all(isinstance(value, str) for value in words.values()):
            yield ("values", name), "is no table of words and what they mean", f"write {TABLES['values']}"


def _dates(given: Mapping[str, Any], kind: str | None) -> Iterator[Flaw]:
    for name, given_value in given.items():
        value = {"format": given_value} if is_names(given_value) else given_value
        yield from _field_flaws("dates", name, kind)
        if name not in DATED:
            yield ("dates", name), "is no field that states a date", f"write one of {', '.join(DATED)}"
        if not isinstance(value, Mapping):
            yield ("dates", name), "is no pattern, and no table", f"write {TABLES['dates']}"
            continue
        for inner in value:
            if inner not in _IN_DATES:
                yield ("dates", name, inner), "says nothing of a date", f"write one of {', '.join(_IN_DATES)}"
        patterns = value.get("format", ISO)
        for pattern in several(patterns) if is_names(patterns) else ("",):
            if flaw := pattern_flaw(pattern):
                yield ("dates", name), flaw, f"write {TABLES['dates']}"
        yield from _precision(name, value)
        if not _are_months(value.get("months", {})):
            told = "is no table of names of months with their numbers from 1 to 12"
            yield ("dates", name, "months"), told, 'write months = { "мая" = 5 }'
        days = value.get("days", 1)
        if isinstance(days, bool) or not isinstance(days, int) or not 1 <= days <= _MOST_DAYS:
            yield ("dates", name, "days"), f"is no number of days up to {_MOST_DAYS}", "write days = 7"


def _are_months(value: object) -> bool:
    return isinstance(value, Mapping) and all(
        type(number) is int and 1 <= number <= _MONTHS for number in value.values()
    )


def _precision(name: str, value: Mapping[str, Any]) -> Iterator[Flaw]:
    known = value.get("known", {})
    if not isinstance(known, Mapping) or not set(map(str, known.values())) <= set(KNOWN):
        told = "says of a cell how well a date is known in a word that there is not"
        yield ("dates", name, "known"), told, f'write known = {{ 1 = "day" }}, with {", ".join(KNOWN)}'
    elif ("precision" in value) != bool(known):
        told = "precision names a column, and known says what its cells mean: one of the two is missing"
        yield ("dates", name), told, 'write precision = "date_prec" and known = { 1 = "day", 2 = "week" }'


def _split(given: Mapping[str, Any], kind: str | None) -> Iterator[Flaw]:
    for name, value in given.items():
        yield from _field_flaws("split", name, kind)
        if not isinstance(value, str) or not value:
            yield ("split", name), "is no text that parts names", f"write {TABLES['split']}"


def _parts(given: Mapping[str, Any], kind: str | None) -> Iterator[Flaw]:
    if kind not in (None, "tally"):
        yield ("parts",), f"a record of kind {kind!r} has no parts by place", 'write kind = "tally"'
    if not all(isinstance(value, str) for value in given.values()):
        yield ("parts",), "a column is of no place", f"write {TABLES['parts']}"


def _cells(table: str) -> Callable[[Mapping[str, Any], str | None], Iterator[Flaw]]:
    """Return what looks at a table of columns and of cells in them."""

    def looked_at(given: Mapping[str, Any], _: str | None) -> Iterator[Flaw]:
        for name, value in given.items():
            if not is_names(value):
                yield (table, name), "is no list of cells", f"write {TABLES[table]}"

    return looked_at


def _codes(given: Mapping[str, Any], _: str | None) -> Iterator[Flaw]:
    for name, value in given.items():
        if name not in CODED or not isinstance(value, str):
            yield ("codes", name), "has no codes", f"write {TABLES['codes']}, or codes.act"


def _source(given: Mapping[str, Any], _: str | None) -> Iterator[Flaw]:
    for name, value in given.items():
        if name not in _IN_SOURCE or not isinstance(value, str):
            yield ("source", name), "says nothing of a source", f"write {TABLES['source']}"


_TABLE_FLAWS: Final = {
    "columns": _columns,
    "constant": _constants,
    "values": _values,
    "dates": _dates,
    "parts": _parts,
    "only": _cells("only"),
    "no_place": _cells("no_place"),
    "codes": _codes,
    "split": _split,
    "source": _source,
}


def several(value: Any) -> tuple[str, ...]:
    """Return a name, or a list of names, as a tuple."""
    return (value,) if isinstance(value, str) else tuple(value)


def is_names(value: object) -> bool:
    """Tell whether a value is a name, or a list of names."""
    return isinstance(value, str) or (
        isinstance(value, list | tuple) and bool(value) and all(isinstance(one, str) for one in value)
    )
