"""The rows and open claims of an assessment as a little HTML, for notebooks.

Escaped, no style, no script: it takes the colours of the page it stands in, light or dark.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final

from ceasefire.assessment.codes import present
from ceasefire.assessment.result.reasons import withheld
from ceasefire.assessment.result.sentences import how_kept, open_claims, party_names
from ceasefire.times_in_words import instant_words
from ceasefire.visible import visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ceasefire.assessment.obligations.rows import Row
    from ceasefire.assessment.result.view import View

#: A notebook shows this many rows; the report has them all.
MOST: Final = 100
#: Cells of codes of ours, which read as words.
_CODES: Final = frozenset({"phase", "compliance", "determination", "severity", "kind"})
_COLUMNS: Final = ("Commitment", "Owed by", "Phase", "How it is kept", "Due")


class Entry(dict[str, Any]):
    """One row of a list: a dict, whose keys can also be read as attributes."""

    def __getattr__(self, name: str) -> Any:
        """Return the value of a key."""
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"no {name!r} in this row: it has {', '.join(self)}") from None

    def _repr_html_(self) -> str:
        """Return its cells as an HTML table, for notebooks."""
        return entry_as_html(self)


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


def entry_as_html(entry: Mapping[str, Any]) -> str:
    """Return a row or a claim as its cells, those that are blank left out.

    Whom a claim names stands with its determination, and of silence it says no more than that.
    """
    told = ((name, _cell(name, value, entry)) for name, value in entry.items() if value not in (None, [], ""))
    body = "".join(f'<tr><th scope="row">{escape(_words(n))}</th><td>{escape(v)}</td></tr>' for n, v in told)
    return f"<table><tbody>{body}</tbody></table>"


def _cell(name: str, value: Any, entry: Mapping[str, Any]) -> str:
    """Return a cell in words: codes without their dashes, a name with what is determined."""
    if name == "compliance" and value == "none_recorded":
        return "no breach in the records looked at"
    if isinstance(value, bool):
        return "yes" if value else "no"
    several = [str(one) for one in value] if isinstance(value, list) else [str(value)]
    text = ", ".join(visible(one) for one in several)
    if name == "attributed_to":
        return f"{text} ({_words(str(entry.get('determination', 'not determined')))})"
    return _words(text) if name in _CODES else text


def _words(code: str) -> str:
    return code.replace("_", " ")


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
