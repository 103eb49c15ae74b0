"""The same expressions on Spark, in this process: run by `make spark`, which installs PySpark for it."""

import shutil
from importlib.util import find_spec

import ibis
import pytest
from databases import assert_as_here

pytestmark = [
    pytest.mark.skipif(
        find_spec("pyspark") is None, reason="PySpark is not installed: make spark installs it"
    ),
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark runs on Java, and there is none here"),
    # PySpark and Ibis tell of what is to come in pandas, and Spark leaves sockets to the end of the process.
    pytest.mark.filterwarnings("ignore"),
]


@pytest.fixture
def spark():
    """Return a connection to a Spark of one thread, without pages of its own."""
    from pyspark.sql import SparkSession

    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "1",
    }
    builder = SparkSession.builder.master("local[1]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield ibis.pyspark.connect(session)
    session.stop()


def test_spark_finds_the_figures_that_duckdb_does(spark):
    """Counts and reports, by all keys and by some, from a report that goes along."""
    assert_as_here(spark)
