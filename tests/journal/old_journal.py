"""A journal as the first version wrote it (schema 1): its tables and rows as text.

It was dumped once from a file that the first version had written, and is never
made anew: what is here must open in every later version.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

#: The heads that the first version told of this journal.
HEADS = {
    "russia": "1b6b39af18e6e306890a9ba7b298342e26db3759398c8766b2e8324e49811068",
    "turkey": "9b83485d658102b780b8f7ee8568715c7a9c8402a0ea29a67d62d7486056fb71",
}


#: The heads that the version before keys told of the other one.
HEADS_BEFORE_KEYS = {
    "iran": "8e0a9f7178d15883b23adbec057a137bf7ae8b8af9e3ae2292c0d4c7e56ee573",
    "russia@3691199f6602": "3691199f6602f943e8f1d53b5782956992763e087d9b0ab35612bda8d31daf75",
    "russia@6beb15f6c138": "6beb15f6c13844e348e16433261cf7ba9d9ef9288c773b7b3c30f51a672282cd",
    "turkey": "22decc64aba9c6d3a10f0d573b4733c4847ebea3018aaca33c8aed8672d9bc4f",
}


def write_before_keys(path):
    """Write a file as the version before keys did (schema 3): with a relay, a correction, an erasure, a fork, a gap and a seal."""
    script = Path(__file__).with_name("journal_of_step_3.sql").read_text(encoding="utf-8")
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)
        connection.execute("PRAGMA application_id = 1128680012")
        connection.execute("PRAGMA user_version = 3")
        connection.commit()
        connection.execute("PRAGMA journal_mode = WAL")


def write(path, *changes):
    """Write the file, with changes to its rows where they are given."""
    script = Path(__file__).with_name("old_journal.sql").read_text(encoding="utf-8")
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        if changes:
            for name, _ in triggers:
                connection.execute(f"DROP TRIGGER {name}")
            for change in changes:
                connection.execute(change)
            for _, trigger in triggers:
                connection.execute(trigger)
        connection.execute("PRAGMA application_id = 1128680012")
        connection.execute("PRAGMA user_version = 1")
        connection.commit()
        connection.execute("PRAGMA journal_mode = WAL")
