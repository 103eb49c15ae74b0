"""The marks on the line of obligations: told apart by shape and filling, never by colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from ceasefire.reporting.figures.markup import element
from ceasefire.reporting.figures.medium import SCREEN

if TYPE_CHECKING:
    from ceasefire.reporting.figures.markup import Element, Markup
    from ceasefire.reporting.figures.medium import Medium

MarkKind = Literal["established", "disputed", "alleged", "done", "made-good", "ahead", "passed", "moved"]

_TRIANGLE: Final = "M0-6 6 5-6 5Z"
_HALF: Final = "M0-6 0 5-6 5Z"
_CHECK: Final = "M-2.6 0-.8 2 2.8-2.2"
_DIAMOND: Final = "M0-6 6 0 0 6-6 0Z"
#: Each mark as its shapes: the path, or a circle where it is empty, and the roles.
_SHAPES: Final[dict[MarkKind, tuple[tuple[str, tuple[str, ...]], ...]]] = {
    "established": ((_TRIANGLE, ("mark",)),),
    "disputed": ((_TRIANGLE, ("hollow",)), (_HALF, ("mark",))),
    "alleged": ((_TRIANGLE, ("hollow",)),),
    "done": (("", ("mark",)), (_CHECK, ("reverse",))),
    "made-good": (("", ("hollow",)), (_CHECK, ("stroke",))),
    "ahead": ((_DIAMOND, ("hollow",)),),
    "passed": ((_DIAMOND, ("mark",)),),
    "moved": ((_DIAMOND, ("hollow", "dotted")),),
}


def shapes(kind: MarkKind, on: Medium) -> tuple[Element, ...]:
    """Return the shapes of a mark around its origin, six pixels each way."""
    return tuple(
        element("path", d=path, **on.role(*roles)) if path else element("circle", r=5, **on.role(*roles))
        for path, roles in _SHAPES[kind]
    )


def mark(kind: MarkKind, *, on: Medium = SCREEN) -> Markup:
    """Return a mark by itself, for a key; the words beside it name it."""
    return on.icon(14, *shapes(kind, on))
