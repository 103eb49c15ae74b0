"""Tables of an assessment as columns: others take them as they are, with types that do not hang on cells."""

import sys

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import ceasefire as cf
import pen
from ceasefire.assessment.result.lists import LISTS
from ceasefire.columnar import KINDS
from every_table import assessed, filled, flat

TABLES = (*LISTS, "due", "changes", "key_figures")


@pytest.fixture(scope="module")
def status():
    """Return an assessment with something in every table."""
    return filled()


def asked(name, status):
    """Return what a table is asked with: what changed, since the day before."""
    return {"since": status.at("2020-01-15")} if name == "changes" else {}


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


@pytest.mark.parametrize(("package", "extra"), [("arro3.core", "arrow"), ("pyarrow", "parquet")])
def test_without_its_package_an_export_names_the_extra(package, extra, status, monkeypatch):
    """Nothing else needs it."""
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(cf.MissingExtra, match=rf"ceasefire\[{extra}\]"):
        status.to_parquet("claims")


def test_what_is_no_table_is_told_with_the_nearest(status):
    """As of the flat tables."""
    with pytest.raises(cf.UnknownRow, match="did you mean 'claims'"):
        status.to_arrow("claim")


def test_corrections_in_effect_are_known_by_what_they_correct():
    """In their order, without one that its author took back."""
    records = [
        pen.incident(1),
        *(pen.correction(n, of="red/1", set={"text": f"{n}"}) for n in (2, 3, 4)),
        pen.withdrawal(5, of="red/3"),
    ]
    assert assessed(*records).corrections == {"red/1": ("red/2", "red/4")}
