"""The expressions of ceasefire.analytics on PostgreSQL: here, where a server of the tests is."""

import sys
from pathlib import Path
from urllib.parse import urlsplit

import ibis
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "analytics"))
from databases import assert_as_here


# Ibis asks pandas for an option that pandas 3 has deprecated; psycopg's connection is closed with the process.
@pytest.mark.filterwarnings("ignore")
def test_postgres_finds_the_figures_that_duckdb_does(postgres_server):
    """Counts and reports, by all keys and by some, from a report that goes along."""
    address = urlsplit(postgres_server)
    connection = ibis.postgres.connect(
        host=address.hostname, port=address.port, user=address.username, password=address.password,
        database=address.path.strip("/"),
    )  # fmt: skip
    try:
        assert_as_here(connection)
    finally:
        connection.disconnect()
