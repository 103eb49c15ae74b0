"""The tables of a report as columns: Parquet that reads back, and acts with the fields that maps have."""

import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import ceasefire as cf
from ceasefire.reporting.sheets import NAMES, rows_of
from every_table import assessed, filled, flat


@pytest.fixture(scope="module")
def status():
    """Return an assessment with something in every table."""
    return filled()


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


def test_what_is_no_table_of_a_report_is_told():
    """With those there are, `acts` among them."""
    with pytest.raises(cf.ReportError, match=r"is no table of a report.* acts"):
        cf.report(assessed()).to_parquet("claim")
