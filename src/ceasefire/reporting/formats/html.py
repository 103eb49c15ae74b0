"""A report as one self-contained HTML page: no scripts, no fonts, nothing loaded.

The template escapes every value; a content policy in the page forbids what
escaping might miss. Links are only addresses that `safe_address` passed.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ceasefire.errors import MissingExtra
from ceasefire.packaged import folder_of
from ceasefire.reporting.document import plain
from ceasefire.reporting.figures.markup import Markup as Finished
from ceasefire.reporting.formats.drawings import drawings
from ceasefire.reporting.formats.inline import Page, shown
from ceasefire.reporting.reading import place, places, told
from ceasefire.visible import visible

if TYPE_CHECKING:
    from jinja2 import Environment

    from ceasefire.reporting.document import Document


def to_html(document: Document) -> str:
    """Return the report as an HTML page; raises `MissingExtra` without jinja2."""
    environment = _environment()
    from markupsafe import Markup

    draw = drawings(document.frame)
    page = environment.get_template("report.html.j2").render(
        document=document,
        inline=Page(told=told(document), places=places(document)).inline,
        drawn=draw.drawn,
        tracks=draw.tracks,
        style=Markup(_file("report.css") + _file("figures.css") + sheets(document)),  # noqa: S704 – ours, see `sheets`
    )
    return page + "\n"


def sheets(document: Document) -> str:
    """Return the style of printed sheets: at the foot of each stand the audience and the page's number.

    The band is a sentence of ours; what CSS reads in a string is escaped all the same.
    """
    band = "".join(c if c.isalnum() or c in " ,.–-" else f"\\{ord(c):x} " for c in document.band)
    font = "font: 7.5pt system-ui, sans-serif; color: #444;"
    # Isolated from left to right: between Arabic words, "1 / 4" would be printed as "4 / 1".
    pages = r'content: "\2066" counter(page) " / " counter(pages) "\2069";'
    start, end = ("left", "right") if document.frame.direction == "ltr" else ("right", "left")
    return (
        f'@page {{ size: A4; margin: 12mm 14mm 15mm; @bottom-{start} {{ content: "{band}"; {font} }} '
        f"@bottom-{end} {{ {pages} {font} }} }}\n"
    )


def _environment() -> Environment:
    try:
        import jinja2  # noqa: F401 – told also where one was made before it went
    except ImportError as error:
        raise MissingExtra("an HTML report", "report") from error
    return _made()


@cache
def _made() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

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
        "shown": lambda text: Finished(shown(text)),
        "place": place,
        "text": plain,
    }
    return environment


def _file(name: str) -> str:
    return folder_of("ceasefire.reporting").joinpath("templates", name).read_text(encoding="utf-8")
