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
    "desk": "333fa57b61bff88585431a0bde0bf440d7c092f9d379b0b04398d05f9d1be923",
    "russia": "4ff457f1bf66e5ca46e32f0bf69951b2d75be782e1be8bd0f7fb60a40ac6373c",
    "turkey": "4237ebb899c1e8e5508c7ad4df259f774dfcdf69f38c1fdedfae64d413f273ee",
}


def write_before_keys(path):
    """Write a file as the version before keys did (schema 3): with a relay, a correction and an erasure."""
    script = Path(__file__).with_name("journal_without_keys.sql").read_text(encoding="utf-8")
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
