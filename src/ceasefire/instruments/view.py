"""An agreement as a little HTML, for notebooks: escaped, no script; it takes the colours of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.visible import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

#: A notebook shows this many commitments; `as_text` has them all.
MOST: Final = 100
_COLUMNS: Final = ("Clause", "Commitment", "Duty", "Owed by")


def commitments_as_html(title: str, rows: Sequence[tuple[str, str, str, str]]) -> str:
    """Return a table of commitments: the clause, title, duty and bearers of each."""
    head = "".join(f'<th scope="col">{name}</th>' for name in _COLUMNS)
    body = "".join(_row(*row) for row in rows[:MOST])
    more = f"<p>{len(rows) - MOST} more commitments.</p>" if len(rows) > MOST else ""
    return (
        f"<table><caption>{_text(title)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table>{more}"
    )


def _row(clause: str, *cells: str) -> str:
    told = "".join(f"<td>{_text(cell)}</td>" for cell in cells)
    return f'<tr><th scope="row">{_text(clause)}</th>{told}</tr>'


def _text(text: str) -> str:
    from html import escape

    return escape(visible(text))
