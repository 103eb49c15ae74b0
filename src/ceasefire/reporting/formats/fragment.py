"""The head and the opening of a report, for notebooks; needs no template and no extra."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from ceasefire.reporting.document import Link, Paragraph, Ref
from ceasefire.visible import visible

if TYPE_CHECKING:
    from ceasefire.reporting.document import Document, Inline, Words

_WHOLE: Final = (
    "The whole report is a page of its own: save it under a name that ends in .html, .md or .json."
)


def html_fragment(document: Document) -> str:
    """Return who may read a report, its title and its opening: text escaped, no style, script or link."""
    opening = [b for section in document.sections if section.id == "summary" for b in section.blocks]
    paragraphs = "".join(f"<p>{_text(b.words)}</p>" for b in opening if isinstance(b, Paragraph))
    banner, title, subtitle = (
        escape(visible(text)) for text in (document.banner, document.title, document.subtitle)
    )
    return f"<p><em>{banner}</em></p><h3>{title}</h3><p>{subtitle}</p>{paragraphs}<p>{_WHOLE}</p>"


def _text(words: Words) -> str:
    """Return words as escaped text alone, with the blanks that keep them apart."""
    return " ".join(escape("".join(_piece(part) for part in words)).split())


def _piece(part: Inline) -> str:
    if isinstance(part, str):
        return (" " if part[:1] == " " else "") + visible(part) + (" " if part[-1:] == " " else "")
    if isinstance(part, Ref):
        return f"[{visible(part.record)}]"
    return visible((part.text or part.url) if isinstance(part, Link) else part.text)
