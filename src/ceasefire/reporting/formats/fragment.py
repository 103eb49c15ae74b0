"""The head and the opening of a report, for notebooks; needs no template and no extra."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from ceasefire.reporting.document import Bullets, plain
from ceasefire.visible import visible

if TYPE_CHECKING:
    from ceasefire.reporting.document import Document, Inline, Words

_WHOLE: Final = (
    "The whole report is a page of its own: save it under a name that ends in .html, .md or .xlsx."
)


def html_fragment(document: Document) -> str:
    """Return who may read a report, its title and its opening: text escaped, no style, script or link."""
    blocks = [block for section in document.front for block in section.blocks]
    bullets = [item.words for block in blocks if isinstance(block, Bullets) for item in block.items]
    told = "".join(f"<p>{_text(said)}</p>" for said in bullets)
    band, title = (escape(visible(text)) for text in (document.band, document.title))
    return f"<p><em>{band}</em></p><h3>{title}</h3><p>{_text(document.line)}</p>{told}<p>{_WHOLE}</p>"


def _text(words: Words) -> str:
    """Return words as escaped text alone, with the blanks that keep them apart."""
    return " ".join(escape("".join(_piece(part) for part in words)).split())


def _piece(part: Inline) -> str:
    if isinstance(part, str):
        return (" " if part[:1] == " " else "") + visible(part) + (" " if part[-1:] == " " else "")
    return visible(plain((part,)))
