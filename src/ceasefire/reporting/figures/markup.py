"""Elements as values, written as text that HTML and XML read alike.

What somebody else wrote can only ever be the text of an element or the value of an
attribute, and both are escaped here and nowhere else: there is no way to put raw text in.
"""

from __future__ import annotations

import re
from html import escape
from typing import Final

from ceasefire.patterns import regex
from ceasefire.values import Value
from ceasefire.visible import visible

_NAME: Final = regex(r"[a-z][A-Za-z0-9-]*", re.ASCII)
#: Elements without content. Any other is closed by a tag of its own, as HTML asks.
_EMPTY: Final = frozenset({"circle", "line", "path", "rect"})

#: What opens and closes a text that is read from the right (Unicode Standard Annex 9).
_RIGHT_TO_LEFT, _POP = "\u2067", "\u2069"


class Markup(str):
    """Finished markup. Templates that ask for `__html__` leave it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        """Return the markup itself: it is safe in a page."""
        return str(self)


class FromTheRight(str):
    """A text that is read from the right, whatever stands in it: where nothing else says so."""

    __slots__ = ()


class Element(Value):
    """An element: its name, pairs of attributes, and the elements and texts in it."""

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple[Element | str, ...] = ()


def element(tag: str, *children: Element | str | None, **attributes: str | int | None) -> Element:
    """Return an element. `None` is left out; `stroke_width` is written stroke-width, and `class_` class.

    Raises `ValueError` for a name that no element or attribute can have.
    """
    pairs = tuple(
        (name.rstrip("_").replace("_", "-"), str(value))
        for name, value in attributes.items()
        if value is not None
    )
    for name in (tag, *(name for name, _ in pairs)):
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r:.60} is no name of an element or attribute")
    return Element(tag, pairs, tuple(child for child in children if child is not None))


def written(*parts: Element | str) -> Markup:
    """Return elements and texts as markup, each text escaped."""
    return Markup("".join(map(_written, parts)))


def _written(part: Element | str) -> str:
    if isinstance(part, str):
        shown = escape(visible(part))
        return f"{_RIGHT_TO_LEFT}{shown}{_POP}" if isinstance(part, FromTheRight) else shown
    attributes = "".join(f' {name}="{escape(visible(value))}"' for name, value in part.attributes)
    if part.name in _EMPTY and not part.children:
        return f"<{part.name}{attributes}/>"
    return f"<{part.name}{attributes}>{''.join(map(_written, part.children))}</{part.name}>"
