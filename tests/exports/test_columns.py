"""The tables of a report as columns: Parquet that reads back, and acts with the fields that maps have."""

import io
import json
from datetime import UTC, date, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import ceasefire as cf
import pen
from ceasefire.reporting.sheets import NAMES, rows_of


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


def flat(cell):
    """Return a cell of Arrow as a table has it: texts, numbers, truth values."""
    if isinstance(cell, list):
        return ";".join(item or "" for item in cell)
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
    return cell.isoformat() if isinstance(cell, date) else cell


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
