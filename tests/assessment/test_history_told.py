"""All that is told of one small history with every kind of record, list by list, cell by cell.

`history_told.txt` has a line for each row: its cells but for the sentences, `-` for null. It was read through
against the design line by line; where the meaning of something changes, so does the line that shows it.
"""

from pathlib import Path

import pytest
from history import RECORDS, truce

from ceasefire.assessment import assess

TOLD = (Path(__file__).parent / "history_told.txt").read_text(encoding="utf-8")


def cell(value):
    """Return a cell as it is written there."""
    if value is None or value == []:
        return "-"
    return (",".join(value) if isinstance(value, list) else str(value)).replace(" ", "~")


def lines(status):
    """Return the rows of every list."""
    found = []
    for name, rows in status.to_dict().items():
        if isinstance(rows, list):
            found.append(f"{name}:")
            for row in rows:
                found.append(
                    " ".join(cell(value) for key, value in row.items() if key not in ("why", "what"))
                )
    return found


@pytest.fixture(scope="module")
def status():
    """Return the assessment of the history on its last day, with the weeks before it."""
    return assess(truce(), RECORDS, as_of="2020-04-10", since="2020-02-20")


@pytest.mark.parametrize("moment", ["2020-04-10 2020-02-20", "2020-02-09 2020-01-20"])
def test_every_cell_is_as_it_was_read(status, moment):
    """On the last day, and on one between: what had not occurred by then, and what is odd for that."""
    as_of, since = moment.split()
    wanted = TOLD.partition(f"as of {moment}\n")[2].partition("\n\n")[0].splitlines()
    assert lines(status if as_of == "2020-04-10" else status.at(as_of, since=since)) == wanted
