"""Counts and reports by week, zone, act and side: expressions whose figures are the library's own."""

import re
import sys
from collections import Counter, defaultdict
from datetime import date, timedelta
from importlib import resources
from pathlib import Path

import ibis
import pyarrow as pa
import pytest

import ceasefire as cf
import pen
from ceasefire import analytics
from ceasefire.exchange.bulletins import read_bulletins

# Ibis asks pandas for an option that pandas 3 has deprecated; it takes no harm, and is not ours to change.
pytestmark = pytest.mark.filterwarnings("ignore:The 'future.infer_string' option")

ROOT = Path(__file__).parents[2]
BULLETINS = resources.files("ceasefire") / "data" / "bulletins" / "syria_bulletins_2016_2018.csv"
THREE = ("syria-ceasefire-2016", "syria-astana-2017-01-24", "syria-de-escalation-2017")
KIND = ("unit", "accused", "against", "ruled", "cumulative")


@pytest.fixture(scope="module")
def syria():
    """Return a report on all bulletins that ship."""
    with cf.Journal.in_memory(author="analyst") as journal:
        journal.extend(read_bulletins(BULLETINS))
        asked = {"as_of": "2018-12-31", "since": "2016-12-30", "relays": True}
        return cf.report(cf.assess([cf.agreement(name) for name in THREE], journal, **asked))


def rows(expression):
    """Return what an expression comes to, as dicts."""
    return ibis.duckdb.connect().to_pyarrow(expression).to_pylist()


def monday(first, last):
    """Return the Monday of the week in which two days lie, or None."""
    weeks = {day - timedelta(days=day.weekday()) for day in (first, last)}
    return weeks.pop() if len(weeks) == 1 else None


def test_the_counts_of_the_bulletins_by_week_zone_act_and_side_are_those_of_the_table(syria):
    """Each week's lowest and highest, told apart by whose they are and what is counted; nothing added."""
    told = defaultdict(list)
    for row in pa.table(syria.to_arrow("counts")).to_pylist():
        if row["count"] is not None:
            kind = [";".join(row[k]) if isinstance(row[k], list) else row[k] for k in KIND]
            week = monday(row["first_day"], row["last_day"])
            told[row["side"], row["act"], row["zone"], week, *kind].append(row)
    found = rows(analytics.counts(syria))
    assert len(found) == len(told) > 100
    for row in found:
        several = told[tuple(row[key] for key in (*analytics.KEYS, *KIND))]
        figures = [one["count"] for one in several]
        assert (row["counts"], row["lowest"], row["highest"]) == (len(figures), min(figures), max(figures))
        assert row["days"] == len(
            {one["first_day"] for one in several if one["first_day"] == one["last_day"]}
        )
        assert row["lower_bounds"] == sum(one["at_least"] for one in several)


def test_they_are_the_key_figures_of_the_assessment():
    """Of a period and of no place in particular: the lowest and highest of a day, and the days with a count."""
    records = [
        pen.tally(n, by=by, period=f"2020-01-{n:02}", count=n * 7 % 5, unit="cases", act="attack")
        for by in ("red", "blue")
        for n in range(1, 9)
    ]
    status = cf.assess(pen.truce("stop"), records, as_of="2020-01-31", since="2020-01-01")
    own = defaultdict(dict)
    for one in status.key_figures():
        if one.ledger is not None and one.part in ("lowest", "highest", "days_with_count"):
            own[one.ledger.side][one.part] = one.value
    found = rows(analytics.counts(cf.report(status), by=("side", "act")))
    assert {row["side"]: (row["lowest"], row["highest"], row["days"]) for row in found} == {
        side: (one["lowest"], one["highest"], one["days_with_count"]) for side, one in own.items()
    }


def test_reports_are_counted_by_side_and_by_what_is_determined():
    """One that counts under another is told as such, and one of which two weeks may be has no week."""
    records = [
        pen.incident(1, occurred="2020-01-06", zone="north"),
        pen.incident(2, occurred="2020-01-12", zone="north", recorded="2020-01-20T00:00:00Z"),
        pen.incident(3, occurred="[2020-01-12..2020-01-13]", recorded="2020-01-20T00:00:00Z"),
        pen.incident(4, by="blue", occurred="2020-01-06", zone="north", same_as="red/1"),
        pen.finding(5, on="red/1", by="blue", same_as="blue/4"),
        pen.event(6),
    ]
    status = cf.assess(pen.truce("stop", zone=["north"]), records, as_of="2020-01-31")
    made = cf.report(status)
    told = Counter(
        (act["reported_by"], monday(act["first_day"], act["last_day"]), act["determination"])
        for act in pa.table(made.to_arrow("acts")).to_pylist()
        if act["kind"] == "incident"
    )
    found = {
        (row["side"], row["week"], row["determination"]): row["reports"]
        for row in rows(analytics.reports(made, by=("side", "week")))
    }
    assert found == told
    assert {side for side, _, _ in found} == {"red", "blue"}
    assert {week for _, week, _ in found} == {date(2020, 1, 6), None}
    assert "duplicate" in {determination for _, _, determination in found}


@pytest.mark.parametrize("name", ["counts", "reports"])
@pytest.mark.parametrize("by", [(), ("week",), ("act", "zone", "week"), "side", ("side", "month")])
def test_nobody_drops_the_side(name, by, syria):
    """Two ledgers are never put together, whatever is asked: it is refused, with why."""
    with pytest.raises(cf.CeasefireError, match=r"of every expression|are no keys"):
        getattr(analytics, name)(syria, by=by)


def test_a_table_without_sides_is_none():
    """Nor does a table that has lost the column get in."""
    with pytest.raises(cf.CeasefireError, match="it has no column side"):
        analytics.counts(ibis.table({"act": "string", "count": "int64"}, name="t"))


@pytest.mark.parametrize("dialect", ["duckdb", "postgres", "pyspark"])
def test_an_expression_is_the_same_for_every_database(dialect, syria):
    """What runs here is written in the language of each without a change."""
    assert "GROUP BY" in ibis.to_sql(analytics.counts(syria), dialect=dialect)
    assert "GROUP BY" in ibis.to_sql(analytics.reports(syria), dialect=dialect)


def test_without_ibis_the_extra_is_named(syria, monkeypatch):
    """Nothing else needs it."""
    monkeypatch.setitem(sys.modules, "ibis", None)
    with pytest.raises(cf.MissingExtra, match=r"ceasefire\[analytics\]"):
        analytics.counts(syria)


def test_the_script_on_the_page_runs_as_it_stands(capsys, monkeypatch):
    """From records to two lists of figures."""
    monkeypatch.chdir(ROOT)
    page = (ROOT / "docs" / "analytics.md").read_text(encoding="utf-8")
    [script] = re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    exec(compile(script, "docs/analytics.md", "exec"), {"__name__": "example"})  # noqa: S102 - our own page
    assert "'highest'" in capsys.readouterr().out
