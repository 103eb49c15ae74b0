"""A map a side: on how many of its days with a count it named each place, and its figures.

Counts are never added over days, and days come only sometimes, so the shade says how often a
place was named, not how much was fired; the figures of the days stand in the shape. White is
not named, which is not zero; hatched all over: the side published no parts at all.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Final

from ceasefire.reporting.figures.counts import side
from ceasefire.reporting.figures.markup import element
from ceasefire.reporting.figures.medium import LINE, SCREEN, width_of, wrapped
from ceasefire.reporting.figures.place_words import LINE_OF_MAP, Label, Place, in_margin, parted
from ceasefire.reporting.figures.shapes import border, crossings, path, roomiest, sheet, tenths
from ceasefire.reporting.figures.words import ENGLISH, filled
from ceasefire.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire.instruments.outlines import Outline, Ring
    from ceasefire.reporting.figures.markup import Element, Markup
    from ceasefire.reporting.figures.medium import Medium
    from ceasefire.reporting.figures.shapes import Sheet
    from ceasefire.reporting.figures.words import Words

#: Pixels: the whole drawing, and the margin for words that have no room in their shape.
_WIDTH: Final = 380
_LEFT: Final = 100
_STEPS: Final = 4
#: More figures than this are left to the table.
_FIGURES: Final = 8
_IN_A_LINE: Final = 4
_HATCH: Final = 50
_BOX: Final = 14


class SideMap(Value, kw_only=True):
    """What one side's counts of a period say of places."""

    label: str
    #: The side's place in the file, from 0: its colour.
    side: int
    #: On how many days it published a count.
    days: int
    places: tuple[Place, ...] = ()
    #: Whether any count of the period has parts.
    parts: bool = True


class Mapped(Value):
    """A map, and the places that it does not show: they are printed below it."""

    figure: Markup
    not_drawn: tuple[Place, ...]


def map_of_days(
    of: SideMap, outlines: Iterable[Outline], *, on: Medium = SCREEN, words: Words = ENGLISH
) -> Mapped:
    """Return a side's map. Maps over the same outlines have the same scale; none is mirrored.

    Raises `ValueError` where there are no outlines: then there is no map.
    """
    known = {one.id: one for one in outlines}
    if not known:
        raise ValueError("a map needs outlines")
    drawn, left_out = _drawn(of.places, known)
    whole = sheet(known.values(), (_WIDTH - _LEFT - 4) * 10, _LEFT * 10)
    return Mapped(_Drawing(of=of, known=known, whole=whole, on=on, words=words).figure(drawn), left_out)


def _drawn(places: Iterable[Place], known: dict[str, Outline]) -> tuple[list[Place], tuple[Place, ...]]:
    """Return the places with a shape, and those without: no outline, or one that a wider place has."""
    given = tuple(places)
    drawn: list[Place] = []
    for place in sorted(given, key=lambda one: -len(one.outlines)):
        taken = {name for other in drawn for name in other.outlines}
        if place.outlines and known.keys() >= set(place.outlines) and not taken & set(place.outlines):
            drawn.append(place)
    return drawn, tuple(place for place in given if place not in drawn)


class _Drawing(Value, kw_only=True):
    of: SideMap
    known: dict[str, Outline]
    whole: Sheet
    on: Medium
    words: Words

    def figure(self, drawn: list[Place]) -> Markup:
        named = {name for place in drawn for name in place.outlines}
        plain = [self._rings((name,)) for name in self.known if name not in named]
        parts = [self._shape(rings, ("paper",)) for rings in plain]
        if not self.of.parts:
            parts.append(self._hatched())
        places, said, end = self._places(drawn)
        key, bottom = self._key(max(self.whole.height // 10, end) + 8)
        source = wrapped(self.words.source_of_map, _WIDTH)
        credit = [self._text(0, bottom + 12 + n * LINE, line, "muted") for n, line in enumerate(source)]
        height = bottom + LINE * len(source) + 4
        return self.on.scaled(_WIDTH, height, self.of.label, *parts, *places, *said, *key, *credit)

    def _rings(self, names: Iterable[str]) -> list[Ring]:
        return [self.whole.ring(ring) for name in names for ring in self.known[name].rings]

    def _shape(self, rings: list[Ring], roles: tuple[str, ...]) -> Element:
        """Return a shape filled, its border without what its own parts share."""
        filling = element("path", d=path(rings, closed=True), fill_rule="evenodd", **self.on.role(*roles))
        return element("g", filling, element("path", d=path(border(rings)), **self.on.role("border")))

    def _places(self, drawn: list[Place]) -> tuple[list[Element], list[Element], int]:
        """Return the shapes of the places that are named, their words, and where these end."""
        shapes: list[Element] = []
        labels: list[Label] = []
        for place in drawn:
            rings = self._rings(place.outlines)
            shapes.append(self._shape(rings, self._shade(-(-_STEPS * place.named // max(self.of.days, 1)))))
            labels.append(self._label(place, *roomiest(rings)))
        inside, beside = parted(labels)
        words = [self._linked(label.place, self._inside(label)) for label in inside]
        margin, end = self._beside(beside)
        return shapes, [*words, *margin], end

    def _shade(self, step: int) -> tuple[str, ...]:
        return (f"side{side(self.of.side)}", f"tint{min(step, _STEPS)}") if step else ("paper",)

    def _label(self, place: Place, x: int, y: int, room: int) -> Label:
        """Return the words of a shape: figures in order of days; its name, and on how many it was named."""
        figures = [str(figure) for figure in place.figures] if len(place.figures) <= _FIGURES else []
        rows = [figures[n : n + _IN_A_LINE] for n in range(0, len(figures), _IN_A_LINE)]
        # On paper nothing turns the order of figures round for those who read from the right.
        turned = self.on.rtl and self.on.width is not None
        said = tuple(" ".join(row[::-1] if turned else row) for row in rows)
        name = filled(self.words.place_named, place=place.name, named=place.named, days=self.of.days)
        return Label(place=place, figures=said, name=name, x=x, y=y, room=room)

    def _lines(
        self, lines: Iterable[str], figures: int, x: int | str, top: int, anchor: str
    ) -> list[Element]:
        """Return lines of which the first are figures."""
        roles = (("bold", "ink", "halo") if n < figures else ("muted", "halo") for n in count())
        return [
            element(
                "text",
                self.on.directed(line),
                x=x,
                y=top + n * LINE_OF_MAP,
                text_anchor=anchor,
                **self.on.role(*role),
            )
            for n, (line, role) in enumerate(zip(lines, roles, strict=False))
        ]

    def _inside(self, label: Label) -> list[Element]:
        lines = (*label.figures, label.name)
        top = label.y // 10 - len(lines) * LINE_OF_MAP // 2 + 10
        return self._lines(lines, len(label.figures), tenths(label.x), top, "middle")

    def _beside(self, labels: list[Label]) -> tuple[list[Element], int]:
        """Return the words that have no room in their shape, in the margin, each with a line to it."""
        parts, bottom = [], 0
        for label, lines, top in in_margin(labels, _LEFT - 2, self.whole.height // 10):
            end = min(max(width_of(line, bold=True) for line in lines) + 2, _LEFT - 4)
            x, y = tenths(label.x), tenths(label.y)
            leader = element("path", d=f"M{end} {top + 6}L{x} {y}", **self.on.role("leader"))
            point = element("circle", cx=x, cy=y, r=2, **self.on.role("ink"))
            texts = self._lines(lines, len(label.figures), 0, top + 10, self._start)
            parts.append(self._linked(label.place, [leader, point, *texts]))
            bottom = max(bottom, top + LINE_OF_MAP * len(lines))
        return parts, bottom

    def _linked(self, place: Place, parts: list[Element]) -> Element:
        return self.on.linked(place.anchor, place.label, *parts, tip=True)

    def _text(self, x: int, y: int, words: str, *roles: str) -> Element:
        """Return a line of text whose left end stands still, whatever the direction of writing."""
        said = self.on.directed(words)
        return element("text", said, x=x, y=y, text_anchor=self._start, **self.on.role(*roles))

    @property
    def _start(self) -> str:
        return "end" if self.on.rtl and self.on.width is None else "start"

    def _hatched(self) -> Element:
        """Return lines over all outlines."""
        rings = self._rings(self.known)
        levels = range(_HATCH // 2, self.whole.height, _HATCH)
        lines = [[(a, y), (b, y)] for y in levels for a, b in crossings(rings, y)]
        return element("path", d=path(lines), **self.on.role("grid"))

    def _key(self, top: int) -> tuple[list[Element], int]:
        """Return a box for each shade with the numbers of days it stands for, and where they end."""
        days, parts, x = self.of.days, [], 0
        for step in range(_STEPS + 1):
            first, last = (0, 0) if not step else ((step - 1) * days // _STEPS + 1, step * days // _STEPS)
            if first > last:
                continue
            box = {"x": x, "y": top, "width": _BOX, "height": _BOX}
            parts.append(element("rect", **box, **self.on.role(*self._shade(step))))
            parts.append(element("rect", **box, **self.on.role("border")))
            text = str(last) if first == last else f"{first}–{last}"
            parts.append(self._text(x + _BOX + 4, top + 11, text, "muted"))
            x += _BOX + width_of(text) + 14
        said = self._text(x, top + 11, filled(self.words.days_named, days=days), "muted")
        return [*parts, said], top + _BOX + 2
