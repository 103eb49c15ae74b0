"""The chart of daily counts: each side's own mark, a thin line between what they say of one day.

Drawn with Altair through vl-convert to SVG, in UTC and without a locale, so that
the same counts give the same bytes. The drawing is then read as XML and written
again with only the elements and attributes a drawing needs: whatever a name from
a file says, no script, address or style comes out.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from html import escape
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from attrs import evolve

from ceasefire.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire.reporting.document import Chart

WIDTH, HEIGHT = 700, 260
#: Told apart by colour-blind readers, and by shape and filling in black and white.
COLOURS: Final = ("#0b4a82", "#b3541e", "#3f7d5a", "#6b4a8f")
SHAPES: Final = (
    "circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right", "triangle-left",
)  # fmt: skip
#: Each shape filled and hollow: more sides than this have no mark of their own.
MOST_SIDES: Final = 2 * len(SHAPES)
#: Characters of a name in a chart: the tables have it in full.
_LONGEST: Final = 120
_FONT: Final = "Arial, Helvetica, sans-serif"
_SVG: Final = "http://www.w3.org/2000/svg"
_ELEMENTS: Final = frozenset({"svg", "g", "path", "line", "rect", "text", "tspan", "circle"})
_ATTRIBUTES: Final = frozenset(
    {
        "viewBox", "width", "height", "d", "x", "y", "x1", "x2", "y1", "y2", "dx", "dy", "r", "cx", "cy",
        "transform", "fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray",
        "stroke-miterlimit", "opacity", "text-anchor", "font-family", "font-size", "font-weight",
        "font-style", "display",
    }
)  # fmt: skip
_LONG_SPAN: Final = 120
_TICKS: Final = 8
#: An address inside an attribute, such as url(#…) or url(https://…).
_ADDRESS: Final = re.compile(r"url\s*\(", re.IGNORECASE)


def draw(chart: Chart, number: int) -> str | None:
    """Return the chart as an SVG element with a title and a description, or None without the extra.

    `number` tells the charts of one page apart: their titles have ids.
    """
    try:
        import altair as alt
        import vl_convert  # noqa: F401 – Altair draws SVG with it
    except ImportError:
        return None
    stream = io.StringIO()
    # vl-convert ends the process on a character that no XML may hold.
    _specified(alt, _seen(chart)).save(stream, format="svg")
    return _clean(stream.getvalue(), chart, number)


def _seen(chart: Chart) -> Chart:
    """Return the chart with names that can be seen: every character, and no more than there is room for."""
    names = [visible(series.name) for series in chart.series]
    told = _told_apart(names)
    named = tuple(evolve(series, name=told[name]) for series, name in zip(chart.series, names, strict=True))
    return evolve(chart, unit=_short(visible(chart.unit)), series=named)


def _told_apart(names: Iterable[str]) -> dict[str, str]:
    """Return what each name is called in a chart: two that begin alike, and are long, are numbered.

    The number stands before them: the end of a long name is not drawn.
    """
    alike: dict[str, list[str]] = defaultdict(list)
    for name in dict.fromkeys(names):
        alike[_short(name)].append(name)
    return {
        name: short if len(several) == 1 else f"{number}: {short}"
        for short, several in alike.items()
        for number, name in enumerate(several, 1)
    }


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"


def _specified(alt: Any, chart: Chart) -> Any:
    """Return the chart as Altair has it: a mark for each count, a line between those of one day."""
    rows = [
        {"day": _milliseconds(day), "count": count, "side": series.name}
        for series in chart.series
        for day, count in series.points
    ]
    x, y = _axes(alt, chart)
    marks = alt.Chart().mark_point(size=58, strokeWidth=2, opacity=1).encode(x=x, y=y, **_sides(alt, chart))
    between = (
        alt.Chart()
        .mark_rule(color="#9aa4b0", strokeWidth=1)
        .encode(x=x, y=alt.Y("min(count):Q"), y2=alt.Y2("max(count):Q"))
    )
    layers = alt.layer(between, marks, data=alt.Data(values=rows))
    sized = layers.properties(width=WIDTH, height=HEIGHT, background="transparent")
    framed = sized.configure(font=_FONT, aria=False).configure_view(stroke=None)
    lined = framed.configure_axis(
        labelFontSize=12,
        titleFontSize=12,
        titleFontWeight="normal",
        labelColor="#333a44",
        titleColor="#333a44",
        gridColor="#e3e7ec",
        domainColor="#9aa4b0",
        tickColor="#9aa4b0",
    )
    return lined.configure_legend(labelFontSize=13, labelColor="#1b2027")


def _axes(alt: Any, chart: Chart) -> tuple[Any, Any]:
    """Return the days, in UTC so that no laptop shifts them, and the counts from zero."""
    days = sorted({day for series in chart.series for day, _ in series.points})
    values, form = _ticks(days)
    domain = [_milliseconds(days[0], -1), _milliseconds(days[-1], 1)]
    x = alt.X(
        "day:T",
        scale=alt.Scale(type="utc", domain=domain, nice=False),
        axis=alt.Axis(values=values, format=form, title=None, grid=False, labelOverlap=True),
    )
    y = alt.Y(
        "count:Q",
        axis=alt.Axis(title=chart.unit, tickMinStep=1, tickCount=6, format="d"),
        scale=alt.Scale(zero=True),
    )
    return x, y


def _sides(alt: Any, chart: Chart) -> dict[str, Any]:
    """Return what tells the sides apart: colour, shape, and filled or hollow: equal counts both show."""
    names = [series.name for series in chart.series]
    several = range(len(names))
    colours = [COLOURS[n % len(COLOURS)] for n in several]
    # Filled and hollow by turns, and the other way round when the shapes begin again.
    filled = [(n + n // len(SHAPES)) % 2 == 0 for n in several]
    fillings = [colour if full else "transparent" for colour, full in zip(colours, filled, strict=True)]
    shapes = [SHAPES[n % len(SHAPES)] for n in several]
    legend = alt.Legend(orient="top", title=None, symbolSize=90, labelLimit=320, columns=2, columnPadding=48)
    return {
        "stroke": alt.Stroke("side:N", scale=alt.Scale(domain=names, range=colours), legend=legend),
        "fill": alt.Fill("side:N", scale=alt.Scale(domain=names, range=fillings), legend=legend),
        "shape": alt.Shape("side:N", scale=alt.Scale(domain=names, range=shapes), legend=legend),
    }


def _milliseconds(day: str, shift: int = 0) -> int:
    moved = datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(days=shift)
    return int(moved.timestamp()) * 1000


def _ticks(days: list[str]) -> tuple[list[int], str]:
    """Return the days or months marked below the chart, and how they are written."""
    first, last = date.fromisoformat(days[0]), date.fromisoformat(days[-1])
    length = (last - first).days + 1
    if length <= _LONG_SPAN:
        stride = -(-length // _TICKS)
        marked = [(first + timedelta(days=n)).isoformat() for n in range(0, length, stride)]
        return [_milliseconds(day) for day in marked], "%-d %b %Y" if first.year != last.year else "%-d %b"
    months = [
        (n // 12, n % 12 + 1) for n in range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    ]
    stride = -(-len(months) // _TICKS)
    return [_milliseconds(f"{year:04d}-{month:02d}-01") for year, month in months[::stride]], "%b %Y"


def _clean(svg: str, chart: Chart, number: int) -> str:
    """Return the drawing with only what a drawing needs, named for those who cannot see it."""
    root = ET.fromstring(svg)  # noqa: S314 – written by vl-convert a moment ago
    body = "".join(_element(child) for child in root)
    box = escape(root.get("viewBox", f"0 0 {WIDTH} {HEIGHT}"))
    title, description = (escape(visible(text)) for text in (chart.title, chart.description))
    return (
        f'<svg viewBox="{box}" role="img" aria-labelledby="chart-{number}-title chart-{number}-desc">'
        f'<title id="chart-{number}-title">{title}</title>'
        f'<desc id="chart-{number}-desc">{description}</desc>{body}</svg>'
    )


def _element(element: ET.Element) -> str:
    name = element.tag.removeprefix(f"{{{_SVG}}}")
    if name not in _ELEMENTS:
        return ""
    attributes = "".join(f' {key}="{escape(value)}"' for key, value in _kept(element.items()))
    inner = escape(visible(element.text or ""), quote=False) + "".join(_element(child) for child in element)
    return f"<{name}{attributes}>{inner}</{name}>" if inner else f"<{name}{attributes}/>"


def _kept(attributes: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(key, value) for key, value in attributes if key in _ATTRIBUTES and not _ADDRESS.search(value)]
