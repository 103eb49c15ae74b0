"""A whole agreement in a line: a square a commitment, in the order of the text.

The fillings differ without colour. A square shows the most serious of its commitment's rows
and names nobody: who it is stands in the table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from ceasefire.reporting.figures.markup import element, written
from ceasefire.reporting.figures.medium import SCREEN
from ceasefire.values import Value
from ceasefire.visible import visible

if TYPE_CHECKING:
    from ceasefire.reporting.figures.markup import Element, Markup
    from ceasefire.reporting.figures.medium import Medium

Filling = Literal["nothing", "counted", "due", "alleged", "disputed", "breached", "made-good", "no-status"]

_SIZE: Final = 18
_STEP: Final = 21
#: What is drawn within the border: pairs of a path, or a circle where it is empty, and its role.
_INSIDE: Final[dict[Filling, tuple[tuple[str, str], ...]]] = {
    "nothing": (),
    "counted": (("", "mark"),),
    "due": (("M-8 1H8V8H-8Z", "mark"),),
    "alleged": (("M-8-8H8L-8 8Z", "mark"),),
    "disputed": (("M-8-8H4L-8 4Z", "mark"), ("M8 8H-4L8-4Z", "mark")),
    "breached": (("M-8-8H8V8H-8Z", "mark"),),
    "made-good": (("M-5-5H5V5H-5Z", "ring"),),
    "no-status": (),
}


class Square(Value, kw_only=True):
    """A commitment as it stands."""

    filling: Filling
    #: The id of the commitment's place in the page.
    anchor: str = ""
    #: Clause, title and where it stands, in words.
    label: str


def squares(label: str, of: tuple[Square, ...], *, on: Medium = SCREEN) -> Markup:
    """Return the squares of one agreement: on a screen a list of links, on paper one drawing."""
    if on.width is None:
        return written(element("ul", *(_item(one, on) for one in of), class_="fig-squares", aria_label=label))
    in_a_row = max(1, on.pixels // _STEP)
    parts = []
    for number, one in enumerate(of):
        row, column = divmod(number, in_a_row)
        at = on.share(column * _STEP + _SIZE // 2 + 1)
        parts.append(on.glyph(at, row * _STEP + _SIZE // 2 + 1, *_shapes(one.filling, on)))
    return on.svg(-(-len(of) // in_a_row) * _STEP or 1, label, *parts)


def square(filling: Filling, *, on: Medium = SCREEN) -> Markup:
    """Return a square by itself, for a key; the words beside it name it."""
    return on.icon(_SIZE, *_shapes(filling, on))


def _item(one: Square, on: Medium) -> Element:
    drawing = on.drawing(_SIZE, *_shapes(one.filling, on))
    if not one.anchor:
        return element("li", element("span", drawing, role="img", aria_label=one.label, title=one.label))
    link = element("a", drawing, href=f"#{visible(one.anchor)}", aria_label=one.label, title=one.label)
    return element("li", link)


def _shapes(filling: Filling, on: Medium) -> tuple[Element, ...]:
    border = ("square", "dotted") if filling == "no-status" else ("square",)
    inside = (
        element("path", d=path, **on.role(role)) if path else element("circle", r=3, **on.role(role))
        for path, role in _INSIDE[filling]
    )
    return (element("path", d="M-8-8H8V8H-8Z", **on.role(*border)), *inside)
