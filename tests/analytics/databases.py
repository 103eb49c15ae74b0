"""What the tests of other databases ask of each: the figures that DuckDB finds."""

import ibis

import ceasefire as cf
import pen
from ceasefire import analytics


def report():
    """Return a report on counts of two sides, by place and by lower bounds, and on incidents of two weeks."""
    records = [
        *(pen.tally(n, by=by, period=f"2020-01-{n:02}", count=n * 7 % 5, unit="cases", act="attack",
                    by_zone={"north": n}, at_least=n % 2 == 0)
          for by in ("red", "blue") for n in range(1, 12)),
        pen.tally(20, period={"from": "2020-01-03", "to": "2020-01-09"}, count=9, accused=["blue"]),
        pen.incident(21, occurred="2020-01-06", zone="north", accused="blue"),
        pen.incident(22, by="blue", occurred="[2020-01-12..2020-01-13]", recorded="2020-01-20T00:00:00Z"),
    ]  # fmt: skip
    return cf.report(cf.assess(pen.truce("stop", zone=["north"]), records, as_of="2020-01-31"))


def figures(connection):
    """Return what every expression comes to in a database."""
    made = report()
    found = {}
    for name, keys in (
        ("counts", analytics.KEYS),
        ("counts", ("side", "act")),
        ("reports", analytics.KEYS),
        ("reports", ("side", "week")),
    ):
        expression = getattr(analytics, name)(made, by=keys)
        found[name, keys] = connection.to_pyarrow(expression).to_pylist()
    return found


def sorted_rows(found):
    """Return the same with the rows of each in one order: databases sort what is missing differently."""
    return {name: sorted(map(repr, rows)) for name, rows in found.items()}


def assert_as_here(connection):
    """Assert that another database finds what DuckDB does."""
    here, there = (sorted_rows(figures(one)) for one in (ibis.duckdb.connect(), connection))
    assert there == here
    assert all(rows for rows in here.values())
