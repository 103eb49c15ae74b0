"""The tables of a report for spreadsheets: what the audience may read, one row a thing, ids beside names.

They are made from the same lists as the document (`Material`), so that no table knows
more than the pages do. Times are instants of UTC as in the lists; days are local.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import asdict

from ceasefire.assessment.result.entries import dicts
from ceasefire.clock import iso
from ceasefire.reporting.document import plain, words
from ceasefire.reporting.formats.cells import Sheet, joined
from ceasefire.reporting.formats.tags import tags_of
from ceasefire.reporting.material.ledgers import ledgers
from ceasefire.reporting.reading import records_of
from ceasefire.reporting.sections.changes import rows_changed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ceasefire.assessment import KeyFigure
    from ceasefire.reporting.formats.cells import Cell
    from ceasefire.reporting.material.ledgers import Count
    from ceasefire.reporting.material.material import Material

#: Columns of each list that a sheet shows beside those of the list, and what they are names of.
_NAMES: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "commitments": (("commitment", "title"), ("owed_by", "party")),
    "claims": (("said_by", "party"), ("attributed_to", "party")),
    "positions": (("member", "party"),),
    "responses": (("addressee", "party"),),
    "due": (("commitment", "title"), ("owed_by", "party")),
}


def sheets(material: Material) -> tuple[Sheet, ...]:
    """Return every table of a report, in a fixed order, those without rows among them."""
    return tuple(_sheet(name, columns, make(material), material) for name, (columns, make) in _SHEETS.items())


def rows_of(name: str, material: Material) -> tuple[dict[str, Any], ...]:
    """Return the rows of a table as they are, lists as lists and nothing named."""
    columns, make = _SHEETS[name]
    return tuple({column: row[column] for column in columns} for row in make(material))


def columns_of(name: str) -> tuple[str, ...]:
    """Return the columns of a table, without those of names beside ids."""
    return _SHEETS[name][0]


def _sheet(
    name: str, columns: tuple[str, ...], rows: Iterable[Mapping[str, Any]], material: Material
) -> Sheet:
    """Return a table with the names of what some of its columns hold the ids of."""
    named = dict(_NAMES.get(name, ()))
    shown = tuple(c for column in columns for c in (column, *([f"{column}_name"] if column in named else ())))
    filled = tuple(tuple(_cell(c, row, named, material) for c in shown) for row in rows)
    return Sheet(name=name, columns=shown, rows=filled, tags=tags_of(shown))


def _cell(column: str, row: Mapping[str, Any], named: Mapping[str, str], material: Material) -> Cell:
    if column in row:
        return _plain(row[column])
    of = column.removesuffix("_name")
    value = row[of]
    if value is None or value in ((), []):
        return None
    names = material.names
    if named[of] == "title":
        return names.title(str(value))
    several = value if isinstance(value, list | tuple) else str(value).split("+")
    return "; ".join(names.party(one) for one in several)


def _plain(value: object) -> Cell:
    flat = joined(value) if value not in ((), []) else None
    return flat if flat is None or isinstance(flat, str | int) else str(flat)


def _summary(material: Material) -> Iterator[dict[str, Any]]:
    for one in _figures(material):
        ledger = one.ledger
        yield {
            "figure": one.figure,
            "part": one.part,
            "what": one.what,
            "side": ledger.side if ledger else None,
            "act": ledger.act if ledger else None,
            "unit": ledger.unit if ledger else None,
            "zone": ledger.zone if ledger else None,
            "value": one.value,
            "before": one.before,
            "at_least": one.at_least,
            "records": one.records,
            "commitments": one.commitments,
        }


def _figures(material: Material) -> Iterator[KeyFigure]:
    """Yield the key figures; for the public what passed is one, whether or not anybody is accused of it."""
    unsettled = material.figures["deadlines", "not_settled"]
    for one in material.key_figures:
        if material.audience != "public" or one.figure != "deadlines":
            yield one
        elif one.part == "passed":
            before = None if one.before is None else one.before + (unsettled.before or 0)
            yield one._replace(
                value=(one.value or 0) + (unsettled.value or 0),
                before=before,
                commitments=tuple(dict.fromkeys((*one.commitments, *unsettled.commitments))),
            )
        elif one.part != "not_settled":
            yield one


def _changes(material: Material) -> Iterator[dict[str, Any]]:
    """Yield what changed as the pages say it, which know what the audience may read of it."""
    for row in rows_changed(material):
        told = (plain(cell).strip() for cell in row.cells)
        records = records_of(words(*row.cells))
        yield dict(zip(_SHEETS["changes"][0], (*told, records), strict=True))


def _counts(material: Material) -> Iterator[dict[str, Any]]:
    return (_count(count, material) for count in ledgers(material).counts)


def _count(count: Count, material: Material) -> dict[str, Any]:
    days, kind = count.days, count.kind
    return {
        "record": count.record,
        "side": count.side,
        "side_name": material.names.party(count.side),
        "by": count.by,
        "through": count.through,
        "first_day": days[0],
        "last_day": days[-1],
        "zone": count.zone,
        "place": material.names.zone(count.zone),
        "part_of": count.part_of,
        "act": kind.act,
        "act_name": material.names.act(kind.act),
        "unit": kind.unit,
        "count": count.figure,
        "at_least": count.at_least,
        "inferred": count.inferred,
        "ruled": kind.ruled,
        "cumulative": kind.cumulative,
        "accused": tuple(name for name in kind.accused if name),
        "against": kind.against,
    }


def _list(name: str) -> Callable[[Material], Iterator[dict[str, Any]]]:
    def rows(material: Material) -> Iterator[dict[str, Any]]:
        return iter(dicts(getattr(material.data, name)))

    return rows


def _due(material: Material) -> Iterator[dict[str, Any]]:
    for one in material.coming:
        days = material.days.days_until(material.as_of, material.us(one.due))
        yield dicts([one])[0] | {"days": days}


def _names(material: Material) -> Iterator[dict[str, Any]]:
    names = material.names
    for kind, several, short, full in (
        ("agreement", names.agreements, names.agreement, names.full_agreement),
        ("party", names.parties, names.party, names.full_party),
        ("zone", names.zones, names.zone, lambda one: names.zones[one].name or one),
        ("commitment", names.commitments, names.title, lambda one: names.commitments[one].title or one),
        ("act", names.acts, names.act, names.act),
    ):
        for one in several:
            yield {"kind": kind, "id": one, "name": short(one), "full_name": full(one)}


def _made_from(material: Material) -> Iterator[dict[str, Any]]:
    data, made = material.data, material.data.made_from
    yield {"what": "audience", "of": None, "value": data.audience}
    for name, value in asdict(data.asked).items():
        yield {"what": name, "of": None, "value": value}
    for name in ("rules", "tzdata", "records"):
        yield {"what": name, "of": None, "value": getattr(made, name)}
    for name in ("agreements", "heads"):
        for of, digest in (getattr(made, name) or {}).items():
            yield {"what": {"agreements": "agreement", "heads": "head"}[name], "of": of, "value": digest}
    if material.issued is not None:
        yield {"what": "issued", "of": None, "value": iso(material.issued)}
    if material.wanted.issuer:
        yield {"what": "issuer", "of": None, "value": material.wanted.issuer}


#: The tables, each with its columns and where its rows come from.
_SHEETS: Final[Mapping[str, tuple[tuple[str, ...], Callable[[Material], Iterable[Mapping[str, Any]]]]]] = {
    "summary": (
        ("figure", "part", "what", "side", "act", "unit", "zone", "value", "before", "at_least", "records",
         "commitments"),
        _summary,
    ),
    "counts": (
        ("record", "side", "side_name", "by", "through", "first_day", "last_day", "zone", "place", "part_of",
         "act", "act_name", "unit", "count", "at_least", "inferred", "ruled", "cumulative", "accused",
         "against"),
        _counts,
    ),
    "commitments": (
        ("commitment", "owed_by", "phase", "phase_from", "compliance", "breaches", "open", "ongoing", "due",
         "late_by"),
        _list("commitments"),
    ),
    "claims": (
        ("record", "wording", "kind", "by", "said_by", "from", "until", "agreement", "mechanism",
         "determination", "counts_as", "attributed_to", "severity", "under", "awaiting"),
        _list("claims"),
    ),
    "positions": (
        ("record", "agreement", "mechanism", "member", "question", "answer", "finding", "counted"),
        _list("positions"),
    ),
    "responses": (("record", "to", "step", "by", "addressee", "due", "state"), _list("responses")),
    "due": (("due", "days", "kind", "agreement", "commitment", "owed_by", "record"), _due),
    "changes": (("what", "before", "now", "because", "records"), _changes),
    "problems": (("record", "code", "what"), _list("problems")),
    "names": (("kind", "id", "name", "full_name"), _names),
    "made_from": (("what", "of", "value"), _made_from),
}  # fmt: skip
#: What the tables are called.
NAMES: Final = tuple(_SHEETS)
