"""Hypothesis strategies for tests of scripts that use this library (extra `testing`).

The small world they draw from has few parties, zones and instants, so that things
collide. `docs/testing.md` has an example.
"""

from ceasefire.testing.histories import History, Kept, histories, journals, keep, records
from ceasefire.testing.pen import moments
from ceasefire.testing.terms import agreement_sets, agreement_table_sets, agreement_tables, agreements
from ceasefire.testing.toml import read, text

__all__ = [
    "History",
    "Kept",
    "agreement_sets",
    "agreement_table_sets",
    "agreement_tables",
    "agreements",
    "histories",
    "journals",
    "keep",
    "moments",
    "read",
    "records",
    "text",
]
