"""The drawings of a page: which builder draws what, as markup, and what it shows in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from ceasefire.reporting import figures
from ceasefire.values import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ceasefire.reporting.document import Drawing, Frame, Timeline, Words

_BUILDERS: Final[Mapping[str, Callable[[Drawing, dict[str, Any]], figures.Markup]]] = {
    "daily": lambda one, how: figures.daily_counts(one.of, **how),
    "since": lambda one, how: figures.since_beginning(one.of, **how),  # type: ignore[arg-type]
    "map": lambda one, how: figures.map_of_days(*one.of, **how).figure,  # type: ignore[misc]
    "squares": lambda one, how: figures.squares(one.label, one.of, on=how["on"]),  # type: ignore[arg-type]
    "square": lambda one, how: figures.square(one.of, on=how["on"]),  # type: ignore[arg-type]
    "mark": lambda one, how: figures.mark(one.of, on=how["on"]),  # type: ignore[arg-type]
}


class Drawings(Value):
    """The drawings of one document: mirrored, and in other words, where its language asks."""

    _how: dict[str, Any]

    def drawn(self, drawing: Drawing) -> figures.Markup:
        """Return a drawing for a page."""
        return _BUILDERS[drawing.kind](drawing, self._how)

    def tracks(
        self, timeline: Timeline
    ) -> tuple[figures.Markup, list[tuple[Words, figures.Markup]], figures.Markup]:
        """Return the head of a line of time, each row with its track, and the dates below."""
        line: Any = timeline.line
        rows: list[tuple[Words, Any]] = list(timeline.rows)
        return (
            figures.windows(line, **self._how),
            [(said, figures.track(line, row, on=self._how["on"])) for said, row in rows],
            figures.dates(line, **self._how),
        )


def drawings(frame: Frame, on: figures.Medium = figures.SCREEN) -> Drawings:
    """Return what draws for a page or a sheet of this direction and language."""
    return Drawings({"on": replace(on, rtl=frame.direction == "rtl"), "words": frame.figures})


def in_words(drawing: Drawing) -> str:
    """Return what a drawing shows, for those who cannot see it; empty where words stand beside it."""
    of: Any = drawing.of
    if drawing.kind == "squares":
        return f"{drawing.label}: {'; '.join(one.label for one in of)}"
    if drawing.kind in ("square", "mark"):
        return drawing.label
    told: str = (of[0] if drawing.kind == "map" else of).label
    return told
