"""What an expression of ceasefire.analytics costs beside SQL written by hand, over the same Parquet.

So many synthetic reports of acts are written to a file once; then DuckDB counts them by side, act, zone,
week and determination, once by the expression and once by the statement that one would write. Both
are run in turn, and the quicker of the rounds counts. The figures must be the same.
"""

from __future__ import annotations

import sys
import tempfile
import warnings
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import ibis

from ceasefire import analytics

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 5
EVENTS = 10_000_000
#: A row of the table `acts`, as far as a count needs it; every thirteenth is of two days.
MADE = """
copy (
  select 'record/' || n as record, 'incident' as kind,
    ['russia', 'turkey', 'iran'][1 + n % 3] as reported_by,
    ['attack.shelling', 'attack.opening-fire', 'attack.drone', 'attack'][1 + (hash(n) % 4)::integer] as act,
    'zone-' || hash(n + 1) % 14 as zone,
    date '2017-01-01' + (hash(n + 2) % 1400)::integer as first_day,
    date '2017-01-01' + (hash(n + 2) % 1400)::integer + if(n % 13 = 0, 1, 0) as last_day,
    ['alleged', 'established', 'under_review'][1 + (hash(n + 3) % 3)::integer] as determination
  from range({events}) as made(n)
) to '{file}' (format parquet)
"""
BY_HAND = """
select reported_by as side, act, zone,
  case when date_trunc('week', first_day) = date_trunc('week', last_day)
    then date_trunc('week', first_day) end as week,
  determination, count(*) as reports
from read_parquet('{file}') where kind = 'incident'
group by all order by all
"""


def timed(run: Callable[[], Any]) -> tuple[float, Any]:
    """Return how many seconds something took, and what came of it."""
    began = perf_counter()
    found = run()
    return perf_counter() - began, found


def main(events: int) -> None:
    """Print the seconds of both and their ratio."""
    # Ibis asks pandas for an option that pandas 3 has deprecated.
    warnings.filterwarnings("ignore", message="The 'future.infer_string' option")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "acts.parquet"
        connection = ibis.duckdb.connect()
        connection.raw_sql(MADE.format(events=events, file=file))
        expression = analytics.reports(connection.read_parquet(file))
        by_hand = BY_HAND.format(file=file)
        ours, theirs = [], []
        for _ in range(ROUNDS):
            took, found = timed(lambda: connection.to_pyarrow(expression).to_pylist())
            ours.append(took)
            took, same = timed(lambda: connection.con.execute(by_hand).fetchall())
            theirs.append(took)
        told = [tuple(row.values()) for row in found]
        assert {row[:3] + row[4:] for row in told} == {row[:3] + row[4:] for row in same}
        assert sum(row[-1] for row in told) == events
    print(
        f"{events:,} reports, {len(told):,} rows: expression {min(ours):.2f} s, by hand {min(theirs):.2f} s,"
    )
    print(f"ratio {min(ours) / min(theirs):.2f} (aimed at: at most 1.5)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS)
