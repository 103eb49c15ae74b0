"""An assessment with something in every table, and the cells of Arrow as a table has them."""

from datetime import UTC, date, datetime

import ceasefire as cf
import pen


def assessed(*records):
    """Return an assessment of claims, counts, answers and deadlines, as of the end of January 2020."""
    truce = pen.truce("stop", pen.commitment("map", due="2020-02-10"))
    return cf.assess(truce, records, as_of="2020-01-31", since="2020-01-05")


def filled():
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
