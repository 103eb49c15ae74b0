"""The rows and open claims of an assessment as a little HTML, for notebooks: escaped, no style, no script."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from ceasefire.assessment.codes import present
from ceasefire.assessment.result.sentences import how_kept, open_claims, party_names
from ceasefire.assessment.result.withheld import withheld
from ceasefire.times_in_words import instant_words
from ceasefire.visible import visible

if TYPE_CHECKING:
    from ceasefire.assessment.obligations.rows import Row
    from ceasefire.assessment.result.view import View

#: A notebook shows this many rows; the report has them all.
MOST: Final = 100
_COLUMNS: Final = ("Commitment", "Owed by", "Phase", "How it is kept", "Due")


def rows_as_html(status: View) -> str:
    """Return the rows with names and in words that claim no more than is known."""
    rows = status.outcome.rows
    titles = ", ".join(visible(a.title) for a in status.agreements)
    caption = f"{titles}, as of {instant_words(status.as_of, status.timezone)}"
    head = "".join(f'<th scope="col">{title}</th>' for title in _COLUMNS)
    body = "".join(_row(status, row) for row in rows[:MOST])
    more = f"<p>{len(rows) - MOST} more rows.</p>" if len(rows) > MOST else ""
    return (
        f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table>{more}{_open(status)}"
    )


def _open(status: View) -> str:
    """Return the open claims, each with whose it is and who is named, beside the determination."""
    told = open_claims(status)
    if not told:
        return f"<p>No open claim is {present(status.shown_to)}.</p>"
    items = "".join(f"<li>{escape(claim)}</li>" for claim in told[:MOST])
    more = f"<p>{len(told) - MOST} more open claims.</p>" if len(told) > MOST else ""
    return f"<p>Open claims: {len(told)}</p><ul>{items}</ul>{more}"


def _row(status: View, row: Row) -> str:
    commitment = status.world.commitments[row.commitment]
    title = visible(commitment.title)
    heading = f"{visible(commitment.clause)}: {title}" if commitment.clause else title
    unread = any(withheld(row, commitment, status.outcome.known.absent.values()))
    cells = (
        party_names(status, (row.owed_by or "").split("+")) or "nobody in particular",
        row.phase,
        how_kept(status, row.compliance) + ("; some records are withheld or erased" if unread else ""),
        "–" if row.due is None else instant_words(row.due, status.timezone),
    )
    told = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f'<tr><th scope="row">{escape(heading)}</th>{told}</tr>'
