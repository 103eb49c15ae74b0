"""A report as one self-contained HTML page: no scripts, no fonts, nothing loaded.

The template escapes every value; a content policy in the page forbids what
escaping might miss. Links are only addresses that `safe_address` passed.
"""

from __future__ import annotations

import re
from importlib import resources
from itertools import count, groupby
from typing import TYPE_CHECKING, Final

from ceasefire.errors import MissingExtra
from ceasefire.reporting.document import anchors
from ceasefire.reporting.formats.chart import draw
from ceasefire.visible import safe_address, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment
    from markupsafe import Markup

    from ceasefire.reporting.document import Chart, Column, Document, Row, Words

#: Times in UTC, in brackets after the local one, are set smaller.
_UTC: Final = re.compile(r"(\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\))")
_PLAIN: Final = re.compile(r"[A-Za-z0-9-]")
#: A cell with more characters than this is not squeezed into a narrow column.
_LONG: Final = 34


def to_html(document: Document) -> str:
    """Return the report as an HTML page.

    Raises `MissingExtra` without jinja2. Without Altair and vl-convert a sentence
    stands where the chart would be; the table beside it has every figure.
    """
    environment = _environment()
    from markupsafe import Markup

    numbers = count(1)

    def drawn(chart: Chart) -> Markup | None:
        svg = draw(chart, next(numbers))
        return None if svg is None else Markup(svg)  # noqa: S704 – read as XML and written again by `draw`

    page = environment.get_template("report.html.j2").render(
        document=document,
        anchors=anchors(document),
        drawn=drawn,
        style=Markup(_file("report.css")),  # noqa: S704 – our own style sheet
    )
    return page + "\n"


def _environment() -> Environment:
    try:
        from jinja2 import Environment, FunctionLoader, StrictUndefined
    except ImportError as error:
        raise MissingExtra("an HTML report", "report") from error
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FunctionLoader(_file),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    environment.filters |= {
        "kind": lambda value: type(value).__name__,
        "visible": visible,
        "spaced": spaced,
        "address": safe_address,
        "anchor": anchor,
        "over": _over,
        "bodies": _bodies,
        "long": _is_long,
    }
    return environment


def _file(name: str) -> str:
    return resources.files("ceasefire.reporting").joinpath("templates", name).read_text(encoding="utf-8")


def spaced(text: str) -> Markup:
    """Return words of ours, escaped, blanks at the ends kept, times in UTC set smaller."""
    from markupsafe import Markup, escape

    shown = visible(text)
    pieces = (
        Markup('<span class="utc">{}</span>').format(piece) if n % 2 else escape(piece)
        for n, piece in enumerate(_UTC.split(shown))
    )
    start = " " if text[:1].isspace() else ""
    end = " " if text[-1:].isspace() and shown else ""
    return escape(start) + Markup("").join(pieces) + escape(end)


def anchor(record: str) -> str:
    """Return the id of a record's row: letters and digits as they are, the rest as hexadecimal bytes."""
    safe = "".join(
        c if _PLAIN.fullmatch(c) else "".join(f"_{b:02x}" for b in c.encode("utf-8", "replace"))
        for c in record
    )
    return f"record-{safe}"


def _over(columns: tuple[Column, ...]) -> Iterator[tuple[str, list[Column]]]:
    """Yield the upper line of a table's head: a heading over several columns, or none over one."""
    for over, several in groupby(columns, key=lambda column: column.over):
        if over:
            yield over, list(several)
        else:
            yield from (("", [column]) for column in several)


def _bodies(rows: tuple[Row, ...]) -> list[list[Row]]:
    """Return rows in bodies, each beginning with the row that heads it."""
    bodies: list[list[Row]] = []
    for row in rows:
        if row.group or not bodies:
            bodies.append([])
        bodies[-1].append(row)
    return bodies


def _is_long(words: Words) -> bool:
    return sum(len(part if isinstance(part, str) else getattr(part, "text", "")) for part in words) > _LONG
