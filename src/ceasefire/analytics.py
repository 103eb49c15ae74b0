"""Counts and reports of acts by week, zone, act and side, as Ibis expressions (docs/analytics.md).

An expression is no figure yet: it runs where its table is – on DuckDB in this process, on PostgreSQL,
on Spark – and is the same for all of them. The ledgers of two sides are never put together: whose a
figure is, is a key of every expression. Nor is a figure added to another (docs/reports.md, "Figures").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ceasefire.errors import InvalidValue, MissingExtra, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import ibis.expr.types as ir  # type: ignore[import-untyped]  # it has no types

    from ceasefire.reporting import StatusReport

#: What an expression may be asked by.
KEYS: Final = ("side", "act", "zone", "week")
#: Columns of the table `counts` beside these, in which counts are never set against each other.
_KIND: Final = ("unit", "accused", "against", "ruled", "cumulative")
#: What each table must have.
_COUNTS: Final = ("side", "act", *_KIND, "zone", "first_day", "last_day", "count", "at_least", "part_of")
_ACTS: Final = ("reported_by", "act", "zone", "first_day", "last_day", "kind", "determination")


def counts(source: StatusReport | ir.Table, by: Sequence[str] = KEYS) -> ir.Table:
    """Return an expression of the published counts of each side: how many, the lowest, the highest.

    `source` is a report, or a table of Ibis with the columns of its table `counts`. `by` is some of
    `KEYS`; `side` and `act` are among them always. Without `zone` the counts of no place in particular are
    meant, and none that is a part. A week is told by its Monday; a count of days of several has none.
    Columns: the keys, `unit`, `accused`, `against`, `ruled`, `cumulative`, then `counts` (how many were
    published), `days` (on how many days there is one of that day), `lowest`, `highest`, and
    `lower_bounds` (how many of them are that).

    Raises `InvalidValue` for keys without `side` or `act`, or a table that lacks a column, and
    `MissingExtra` where the package of the extra `analytics` is not installed.
    """
    keys = _keys(by, ("side", "act"))
    table = _table(source, "counts", _COUNTS)
    ibis = _ibis()
    if "zone" not in keys:
        table = table.filter(table.zone.isnull() & table.part_of.isnull())
    table = table.filter(table["count"].notnull())
    table = table.mutate(
        week=_week(table), accused=_text(table.accused), against=_text(table.against),
        day=ibis.ifelse(table.first_day == table.last_day, table.first_day, ibis.null("date")),
    )  # fmt: skip
    grouped = table.group_by([*keys, *_KIND]).aggregate(
        counts=table.count(),
        days=table.day.nunique(),
        lowest=table["count"].min(),
        highest=table["count"].max(),
        lower_bounds=table.count(where=table.at_least),
    )
    return grouped.order_by([*keys, *_KIND])


def reports(source: StatusReport | ir.Table, by: Sequence[str] = KEYS) -> ir.Table:
    """Return an expression of how many incidents each side reported, by what is determined of them.

    `source` is a report, or a table of Ibis with the columns of its table `acts`. `by` is some of `KEYS`,
    `side` among them always: it is whose statement a report is. Columns: the keys, `determination`, then
    `reports`. A report that counts under another has the determination `duplicate`: it is not the
    number of acts. Raises as `counts` does.
    """
    keys = _keys(by, ("side",))
    table = _table(source, "acts", _ACTS)
    table = table.filter(table.kind == "incident")
    table = table.mutate(week=_week(table), side=table.reported_by)
    grouped = table.group_by([*keys, "determination"]).aggregate(reports=table.count())
    return grouped.order_by([*keys, "determination"])


def _ibis() -> Any:
    try:
        import ibis
    except ImportError as error:
        raise MissingExtra("an expression of Ibis", "analytics") from error
    return ibis


def _keys(by: Sequence[str], always: Iterable[str]) -> list[str]:
    """Return the keys asked for in their order; refuse those that would put together what stands apart."""
    if isinstance(by, str) or not set(by) <= set(KEYS):
        raise InvalidValue(f"{quoted(by)} are no keys: write some of {', '.join(KEYS)}, as a list")
    if missing := [key for key in always if key not in by]:
        raise InvalidValue(
            f"{' and '.join(missing)} {'is a key' if len(missing) == 1 else 'are keys'} of every expression: "
            "what one side states is never put together with what another does, nor one act with another"
        )
    return [key for key in KEYS if key in by]


def _table(source: StatusReport | ir.Table, name: str, needed: Iterable[str]) -> ir.Table:
    """Return the table of a report, which goes along wherever the expression runs, or the table given."""
    ibis = _ibis()
    if hasattr(source, "to_arrow") and hasattr(source, "material"):
        table = ibis.memtable(_for_ibis(source.to_arrow(name)))
    else:
        table = source
    lacks = [column for column in needed if column not in getattr(table, "columns", ())]
    if lacks:
        raise InvalidValue(f"this is no table of {name}: it has no column {', '.join(lacks)}")
    return table


def _for_ibis(table: Any) -> Any:
    """Return a table of Arrow as Ibis takes it, without a copy."""
    import pyarrow as pa  # type: ignore[import-untyped]  # it has no types

    return pa.table(table)


def _week(table: ir.Table) -> ir.DateValue:
    """Return the Monday of the week in which the days of a row lie; null where they lie in two."""
    ibis = _ibis()
    first, last = table.first_day.truncate("W"), table.last_day.truncate("W")
    return ibis.ifelse(first == last, first, ibis.null("date"))


def _text(names: ir.ArrayValue) -> ir.StringValue:
    """Return names as one text, that of nobody empty: databases differ on what no names joined are."""
    return names.join(";").fill_null("")
