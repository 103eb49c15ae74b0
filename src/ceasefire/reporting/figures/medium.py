"""What a figure is drawn on: a page on a screen, or paper.

Places across are ten-thousandths of the width, so that all arithmetic is of integers;
heights are pixels. On a screen the former become per cent: a figure is as wide as its
column, and its text keeps its size. On paper the width is given, colours are literal,
and nothing needs a style sheet. From right to left, places are mirrored.
"""

from __future__ import annotations

import unicodedata
from typing import Final, Literal

from ceasefire.reporting.figures.markup import Element, FromTheRight, Markup, element, written
from ceasefire.values import Value
from ceasefire.visible import isolates_closed, visible

#: The whole width, in the unit of all places across.
ALL: Final = 10_000
#: The narrowest screen a figure is made for, in pixels within the margins of its page.
_NARROWEST: Final = 340
#: Estimated width of a character of the labels, in pixels: no font is asked.
_CHARACTER, _BROAD, _BOLD = 6, 11, 7
LINE: Final = 14
_SVG: Final = "http://www.w3.org/2000/svg"

Anchor = Literal["start", "middle", "end"]

#: What each role is on paper. On a screen a role is a class, and figures.css says the same.
ROLES: Final[dict[str, dict[str, str]]] = {
    "side1": {"fill": "#1f5a8a"},
    "side2": {"fill": "#9a5200"},
    "side3": {"fill": "#5d3f94"},
    "ticks1": {"stroke": "#1f5a8a", "stroke-dasharray": "2 3"},
    "ticks2": {"stroke": "#9a5200", "stroke-dasharray": "2 3"},
    "ticks3": {"stroke": "#5d3f94", "stroke-dasharray": "2 3"},
    "stem1": {"stroke": "#1f5a8a"},
    "stem2": {"stroke": "#9a5200"},
    "stem3": {"stroke": "#5d3f94"},
    "tint1": {"fill-opacity": "0.14"},
    "tint2": {"fill-opacity": "0.28"},
    "tint3": {"fill-opacity": "0.42"},
    "tint4": {"fill-opacity": "0.56"},
    "ink": {"fill": "#1d2329"},
    "paper": {"fill": "#ffffff"},
    "soft": {"fill": "#eef1f4"},
    "muted": {"fill": "#56606b"},
    "bold": {"font-weight": "700"},
    "halo": {"stroke": "#ffffff", "stroke-width": "3", "stroke-linejoin": "round", "paint-order": "stroke"},
    "axis": {"stroke": "#56606b"},
    "grid": {"stroke": "#d3d9df"},
    "ticks": {"stroke": "#b4bdc6", "stroke-dasharray": "1 4"},
    "event": {"stroke": "#1d2329", "stroke-dasharray": "3 3"},
    "instant": {"stroke": "#1d2329", "stroke-width": "1.5"},
    "owed": {"fill": "#d3d9df"},
    "mark": {"fill": "#3b4550"},
    "hollow": {"fill": "#ffffff", "stroke": "#3b4550", "stroke-width": "1.5"},
    "stroke": {"fill": "none", "stroke": "#3b4550", "stroke-width": "1.6"},
    "reverse": {"fill": "none", "stroke": "#ffffff", "stroke-width": "1.6"},
    "dotted": {"stroke-dasharray": "1.5 2"},
    "square": {"fill": "none", "stroke": "#56606b", "stroke-width": "1.4"},
    "ring": {"fill": "none", "stroke": "#3b4550", "stroke-width": "3"},
    "leader": {"fill": "none", "stroke": "#56606b", "stroke-width": "0.7"},
    "border": {"fill": "none", "stroke": "#56606b", "stroke-width": "0.7"},
}


class Medium(Value, kw_only=True):
    """A screen, unless a width is given: then paper of that many points."""

    width: int | None = None
    rtl: bool = False
    font: str = "Noto Sans, Liberation Sans, sans-serif"

    @property
    def pixels(self) -> int:
        """The width that text is laid out for: that of the paper, or of the narrowest screen."""
        return _NARROWEST if self.width is None else self.width * 4 // 3

    def share(self, pixels: int) -> int:
        """Return what part of the width so many pixels are, at the least width there is."""
        return pixels * ALL // self.pixels

    def role(self, *names: str) -> dict[str, str]:
        """Return the attributes that give an element its roles."""
        if self.width is None:
            return {"class": " ".join(names)} if names else {}
        return {key: value for name in names for key, value in ROLES[name].items()}

    def place(self, at: int) -> str:
        """Return a place as a coordinate."""
        return self._across(ALL - at if self.rtl else at)

    def _across(self, at: int) -> str:
        return f"{hundredths(at)}%" if self.width is None else hundredths(at * self.pixels // 100)

    def rect(self, start: int, end: int, top: int, height: int, *roles: str) -> Element:
        """Return a rectangle between two places."""
        edge = ALL - end if self.rtl else start
        x, width = self._across(edge), self._across(end - start)
        return element("rect", x=x, y=top, width=width, height=height, **self.role(*roles))

    def level(self, start: int, end: int, y: int, *roles: str, thick: int | None = None) -> Element:
        """Return a level line. A thick one with ticks hatches an area, and needs no pattern with an id."""
        x1, x2 = self.place(start), self.place(end)
        return element("line", x1=x1, x2=x2, y1=y, y2=y, stroke_width=thick, **self.role(*roles))

    def upright(self, at: int, top: int, bottom: int, *roles: str) -> Element:
        """Return an upright line."""
        x = self.place(at)
        return element("line", x1=x, x2=x, y1=top, y2=bottom, **self.role(*roles))

    def text(self, at: int, y: int, words: str, *roles: str, anchor: Anchor = "middle") -> Element:
        """Return a line of text; start and end are those of the direction of writing."""
        said, turned = self.directed(words), self._anchor(anchor)
        return element("text", said, x=self.place(at), y=y, text_anchor=turned, **self.role(*roles))

    def directed(self, words: str) -> str:
        """Return words that are read from the right where nothing else says so: on paper."""
        # Renderers for paper know no `direction`, and begin each text from the left.
        letters = (unicodedata.bidirectional(c) in ("R", "AL") for c in words)
        return FromTheRight(words) if self.rtl and self.width is not None and any(letters) else words

    def _anchor(self, anchor: Anchor) -> Anchor:
        # On a screen `direction` turns the anchors round; renderers for paper do not know it.
        if self.rtl and self.width is not None and anchor != "middle":
            return "end" if anchor == "start" else "start"
        return anchor

    def lines(
        self, at: int, y: int, lines: tuple[str, ...], *roles: str, anchor: Anchor = "start"
    ) -> list[Element]:
        """Return lines of text, one below the other."""
        return [self.text(at, y + n * LINE, line, *roles, anchor=anchor) for n, line in enumerate(lines)]

    def glyph(self, at: int, y: int, *children: Element) -> Element:
        """Return a drawing whose own origin stands at a place: it keeps its size."""
        if self.width is None:
            return element("svg", *children, x=self.place(at), y=y, class_="glyph")
        return element("g", *children, transform=f"translate({self.place(at)} {y})")

    def linked(self, anchor: str, label: str, *children: Element, tip: bool = False) -> Element:
        """Return what leads to an anchor of the page, with a name for those who cannot see it."""
        title = element("title", label) if tip else None
        if self.width is not None:
            return element("g", *children)
        if anchor:
            return element("a", title, *children, href=f"#{visible(anchor)}", aria_label=label)
        return element("g", title, *children, role="img", aria_label=label)

    def svg(self, height: int, label: str, *children: Element) -> Markup:
        """Return a figure of a height in pixels, with a label in words; without one it is decoration."""
        named = {"role": "group", "aria_label": label} if label else {"aria_hidden": "true"}
        direction = "rtl" if self.rtl else None
        if self.width is None:
            figure = element(
                "svg", *children, class_="fig", width="100%", height=height, direction=direction, **named
            )
        else:
            figure = element("svg", *children, **self._sheet(self.pixels, height))
        return written(figure)

    def scaled(self, width: int, height: int, label: str, *children: Element) -> Markup:
        """Return a figure that is scaled as a whole, and on a screen never larger than its own width."""
        if self.width is not None:
            return written(element("svg", *children, **self._sheet(width, height)))
        figure = element(
            "svg",
            *children,
            class_="fig fig-map",
            viewBox=f"0 0 {width} {height}",
            direction="rtl" if self.rtl else None,
            role="group",
            aria_label=label,
        )
        return written(figure)

    def drawing(self, size: int, *children: Element) -> Element:
        """Return a square drawing around its origin; what stands beside it names it."""
        box = f"{-size // 2} {-size // 2} {size} {size}"
        attributes: dict[str, str | int] = {"width": size, "height": size, "class": "fig-icon"}
        if self.width is not None:
            points = f"{hundredths(size * 75)}pt"
            attributes = {"xmlns": _SVG, "width": points, "height": points}
        return element("svg", *children, viewBox=box, aria_hidden="true", **attributes)

    def icon(self, size: int, *children: Element) -> Markup:
        """Return a square drawing for a key."""
        return written(self.drawing(size, *children))

    def _sheet(self, width: int, height: int) -> dict[str, str | int]:
        """Return the attributes of a drawing for paper: pixels inside, points outside."""
        return {
            "xmlns": _SVG,
            "width": f"{self.width}pt",
            "height": f"{hundredths(height * (self.width or 0) * 100 // width)}pt",
            "viewBox": f"0 0 {width} {height}",
            "font_family": self.font,
            "font_size": 11,
        }


SCREEN: Final = Medium()


def hundredths(number: int) -> str:
    """Return a number of hundredths as a decimal, without an end of zeros."""
    sign, number = ("-", -number) if number < 0 else ("", number)
    whole, rest = divmod(number, 100)
    return f"{sign}{whole}.{rest:02d}".rstrip("0").rstrip(".")


def width_of(text: str, *, bold: bool = False) -> int:
    """Return how wide a label is, in pixels: an estimate, on the safe side."""
    usual = _BOLD if bold else _CHARACTER
    return sum(
        _BROAD if unicodedata.east_asian_width(c) in "WF" else usual
        for c in text
        if unicodedata.category(c) not in ("Mn", "Cf")  # marks above and below letters, and of direction
    )


def wrapped(text: str, pixels: int, *, bold: bool = False) -> tuple[str, ...]:
    """Return a text in lines no wider than so many pixels; a longer word is broken."""
    lines, line = [], ""
    for word in text.split():
        joined = f"{line} {word}".strip()
        if line and width_of(joined, bold=bold) > pixels:
            lines.append(line)
            joined = word
        line = joined
        while (fits := _fitting(line, pixels, bold=bold)) < len(line):
            lines.append(line[:fits])
            line = line[fits:]
    return isolates_closed((*lines, line) if line else lines)


def _fitting(text: str, pixels: int, *, bold: bool) -> int:
    """Return how many characters of a text are no wider than so many pixels; at least one."""
    taken = 0
    for at, character in enumerate(text):
        taken += width_of(character, bold=bold)
        if at and taken > pixels:
            return at
    return len(text)


def lanes(spans: list[tuple[int, int]]) -> list[int]:
    """Return for each span from start to end the first lane in which it covers no earlier one."""
    taken: list[list[tuple[int, int]]] = []
    found = []
    for start, end in spans:
        free = (n for n, lane in enumerate(taken) if all(end <= a or b <= start for a, b in lane))
        lane = next(free, len(taken))
        taken[lane:lane] = [[]] if lane == len(taken) else []
        taken[lane].append((start, end))
        found.append(lane)
    return found
