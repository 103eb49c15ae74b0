"""The drawings of a page: which builder draws what, as markup, and what it shows in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ceasefire.reporting import figures

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ceasefire.reporting.document import Drawing, Timeline, Words

_BUILDERS: Final[Mapping[str, Callable[[Any, str, figures.Medium], figures.Markup]]] = {
    "daily": lambda counts, _, on: figures.daily_counts(counts, on=on),
    "since": lambda counts, _, on: figures.since_beginning(counts, on=on),
    "map": lambda given, _, on: figures.map_of_days(*given, on=on).figure,
    "squares": lambda squares, label, on: figures.squares(label, squares, on=on),
    "square": lambda filling, _, on: figures.square(filling, on=on),
    "mark": lambda kind, _, on: figures.mark(kind, on=on),
}


def drawn(drawing: Drawing, on: figures.Medium = figures.SCREEN) -> figures.Markup:
    """Return a drawing for a page."""
    return _BUILDERS[drawing.kind](drawing.of, drawing.label, on)


def in_words(drawing: Drawing) -> str:
    """Return what a drawing shows, for those who cannot see it; empty where words stand beside it."""
    of: Any = drawing.of
    if drawing.kind == "squares":
        return f"{drawing.label}: {'; '.join(one.label for one in of)}"
    if drawing.kind in ("square", "mark"):
        return drawing.label
    told: str = (of[0] if drawing.kind == "map" else of).label
    return told


def tracks(
    timeline: Timeline, on: figures.Medium = figures.SCREEN
) -> tuple[figures.Markup, list[tuple[Words, figures.Markup]], figures.Markup]:
    """Return the head of a line of time, each row with its track, and the dates below."""
    line: Any = timeline.line
    rows: list[tuple[Words, Any]] = list(timeline.rows)
    return (
        figures.windows(line, on=on),
        [(said, figures.track(line, row, on=on)) for said, row in rows],
        figures.dates(line, on=on),
    )
