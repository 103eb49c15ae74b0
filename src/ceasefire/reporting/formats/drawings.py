"""The drawings of a page: which builder draws what, as markup."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ceasefire.reporting import figures

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ceasefire.reporting.document import Drawing, Timeline, Words

_BUILDERS: Final[Mapping[str, Callable[[Any, str], figures.Markup]]] = {
    "daily": lambda counts, _: figures.daily_counts(counts),
    "since": lambda counts, _: figures.since_beginning(counts),
    "map": lambda given, _: figures.map_of_days(*given).figure,
    "squares": lambda squares, label: figures.squares(label, squares),
    "square": lambda filling, _: figures.square(filling),
    "mark": lambda kind, _: figures.mark(kind),
}


def drawn(drawing: Drawing) -> figures.Markup:
    """Return a drawing for a page."""
    return _BUILDERS[drawing.kind](drawing.of, drawing.label)


def tracks(timeline: Timeline) -> tuple[figures.Markup, list[tuple[Words, figures.Markup]], figures.Markup]:
    """Return the head of a line of time, each row with its track, and the dates below."""
    line: Any = timeline.line
    rows: list[tuple[Words, Any]] = list(timeline.rows)
    return (
        figures.windows(line),
        [(said, figures.track(line, row)) for said, row in rows],
        figures.dates(line),
    )
