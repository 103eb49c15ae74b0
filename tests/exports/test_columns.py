"""Tables as columns: other programs take them as they are, with types that do not hang on what is in them."""

import io
import json
import sys
from datetime import UTC, date, datetime

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import ceasefire as cf
import pen
from ceasefire.assessment.result.lists import LISTS
from ceasefire.columnar import KINDS
from ceasefire.reporting.sheets import NAMES, rows_of

TABLES = (*LISTS, "due", "changes", "key_figures")


def assessed(*records):
    """Return an assessment of claims, counts, answers and deadlines, as of the end of January 2020."""
    truce = pen.truce("stop", pen.commitment("map", due="2020-02-10"))
    return cf.assess(truce, records, as_of="2020-01-31", since="2020-01-05")


@pytest.fixture(scope="module")
def status():
    """Return one with something in every table."""
    return assessed(
        pen.incident(1, occurred="2020-01-10", act="attack.shelling", accused=["blue"], killed=2),
        pen.finding(1, severity="minor"),
        pen.tally(2, period="2020-01-20", count=9, unit="cases", accused=["blue"]),
        pen.response(2, "blue", to="red/1", step="inquiry", addressee="red", due="2020-01-25"),
    )


def asked(name, status):
    """Return what a table is asked with: what changed, since the day before."""
    return {"since": status.at("2020-01-15")} if name == "changes" else {}


def flat(cell):
    """Return a cell of Arrow as a table has it: texts, numbers, truth values."""
    if isinstance(cell, list):
        return ";".join(item or "" for item in cell)
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
    return cell.isoformat() if isinstance(cell, date) else cell


@pytest.mark.parametrize("name", TABLES)
def test_pyarrow_polars_duckdb_and_pandas_read_the_cells_of_a_table(name, status):
    """Each by `__arrow_c_stream__`; instants, days, lists and whole numbers are such."""
    made = status.to_arrow(name, **asked(name, status))
    table = [{k: flat(v) for k, v in row.items()} for row in status.table(name, **asked(name, status))]
    read = pa.table(made)
    assert [{k: flat(v) for k, v in row.items()} for row in read.to_pylist()] == table
    assert pl.DataFrame(made).to_dicts() == read.to_pylist()
    assert duckdb.connect().execute("select count(*) from made").fetchall() == [(len(table),)]
    assert list(pd.DataFrame.from_arrow(made).columns) == read.column_names
    kinds = {pa.string(), pa.int64(), pa.bool_(), pa.timestamp("us", "UTC"), pa.date32()}
    assert all(t in kinds or pa.types.is_list(t) for t in read.schema.types)
    assert len(kinds) + 1 == len(KINDS)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_without_rows_has_the_types_of_one_with_rows(name, status):
    """So a script reads a quiet month as it reads another."""
    empty = assessed()
    some, none = (pa.table(one.to_arrow(name, **asked(name, one))).schema for one in (status, empty))
    assert some == none


@pytest.mark.parametrize("name", NAMES)
def test_parquet_of_each_table_of_a_report_reads_back_and_has_the_same_bytes(name, status):
    """What pyarrow and DuckDB read is what the rows are."""
    made = cf.report(status)
    file = made.to_parquet(name)
    assert file == cf.report(status).to_parquet(name)
    read = pq.read_table(io.BytesIO(file))
    rows = rows_of(name, made.material)
    assert read.num_rows == len(rows)
    for column in read.column_names:
        if pa.types.is_integer(read.schema.field(column).type):
            assert read[column].to_pylist() == [row[column] for row in rows]
        if pa.types.is_string(read.schema.field(column).type):
            assert not [cell for cell in read[column].to_pylist() if cell and cell.startswith(("('", "['"))]


def test_the_acts_of_a_report_are_a_table_with_the_fields_that_maps_have(status):
    """Days are days, people whole numbers, and whoever is named stands beside the determination."""
    [act] = pa.table(cf.report(status).to_arrow("acts")).to_pylist()
    [feature] = json.loads(cf.report(status).to_geojson())["features"]
    told = {name: flat(cell) for name, cell in act.items() if name not in ("latitude", "longitude")}
    assert told == {name: flat(cell) for name, cell in feature["properties"].items() if name != "located"}


@pytest.mark.parametrize(("package", "extra"), [("arro3.core", "arrow"), ("pyarrow", "parquet")])
def test_without_its_package_an_export_names_the_extra(package, extra, status, monkeypatch):
    """Nothing else needs it."""
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(cf.MissingExtra, match=rf"ceasefire\[{extra}\]"):
        status.to_parquet("claims")


def test_what_is_no_table_is_told(status):
    """As of the flat tables, with the nearest name."""
    with pytest.raises(cf.UnknownRow, match="did you mean 'claims'"):
        status.to_arrow("claim")
    with pytest.raises(cf.ReportError, match="is no table of a report"):
        cf.report(status).to_parquet("claim")
