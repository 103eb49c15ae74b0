"""Words as markup of a page: each piece escaped, references and ids as links to where a record is told."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from msgspec import field

from ceasefire.patterns import regex
from ceasefire.reporting.document import At, Code, Counted, Link, Mark, Place, Ref, Said, Strong, Time
from ceasefire.reporting.figures.markup import Markup
from ceasefire.reporting.reading import anchor, place
from ceasefire.values import Value
from ceasefire.visible import safe_address, visible

if TYPE_CHECKING:
    from ceasefire.reporting.document import Inline, Words


class Page(Value, kw_only=True):
    """What the links of one page lead to."""

    #: The records that are told somewhere in it.
    told: frozenset[str]
    #: The ids of its sections and items.
    places: frozenset[str]
    #: The records whose id stands in it by now: at the first place a record is told, links lead there.
    _seen: set[str] = field(default_factory=set)

    def inline(self, said: Words) -> Markup:
        """Return words as markup."""
        return Markup("".join(map(self._piece, said)))

    def _piece(self, part: Inline) -> str:  # noqa: C901, PLR0912 – a kind each
        written = ""
        match part:
            case str():
                written = _spaced(part)
            case Ref():
                written = self._ref(part)
            case At():
                written = self._at(part)
            case Counted(text, record):
                written = shown(text)
                if record in self.told:
                    written = f'<a class="f" href="#{_anchor(record)}">{written}</a>'
            case Place(name, text):
                written = shown(text)
                if name in self.places:
                    written = f'<a href="#{_place(name)}">{written}</a>'
            case Link(url, text):
                written = _link(url, text)
            case Time(text, utc):
                written = f'<time datetime="{escape(utc)}">{shown(text)}</time>'
            case Strong(text):
                written = f"<b>{shown(text)}</b>"
            case Said(text):
                written = f'<bdi class="said">{shown(text)}</bdi>'
            case Code(text):
                written = f'<code dir="ltr">{shown(text)}</code>'
            case Mark(text, tone):
                written = f'<span class="st {tone}">{shown(text)}</span>'
        return written

    def _ref(self, part: Ref) -> str:
        said = f"[<bdi>{shown(part.text or part.record)}</bdi>]"
        if part.section and part.section in self.places:
            return f'<a class="r" href="#{_place(part.section)}">{said}</a>'
        if part.record in self.told:
            return f'<a class="r" href="#{_anchor(part.record)}">{said}</a>'
        return f'<span class="r">{said}</span>'

    def _at(self, part: At) -> str:
        said, leads = shown(part.text or part.record), _anchor(part.record)
        if part.record in self._seen:
            return f'<a class="r" href="#{leads}"><code dir="ltr">{said}</code></a>'
        self._seen.add(part.record)
        return f'<code id="{leads}" dir="ltr">{said}</code>'


#: A text that `isolated` has set apart, escaped: its own mark of direction, and no other control.
_ISOLATED: Final = regex("\u2068[\u200e\u200f]([^\u200e\u200f\u202a-\u202e\u2066-\u2069]*)\u2069")
#: As the templates escape, so that one text is written alike all over a page.
_ENTITIES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;"})


def escape(text: str) -> str:
    """Return a text in which nothing is markup."""
    return text.translate(_ENTITIES)


def _link(url: str, text: str) -> str:
    address, said = safe_address(url), shown(text or url)
    if address:
        return f'<a href="{escape(address)}" rel="noopener noreferrer nofollow">{said}</a>'
    return f"<bdi>{said}{f' ({shown(url)})' if text else ''}</bdi>"


@lru_cache(maxsize=65_536)
def shown(text: str) -> str:
    """Return a text that can be seen, escaped, each isolated name in an element that isolates it."""
    return _ISOLATED.sub(r"<bdi>\1</bdi>", escape(visible(text)))


@lru_cache(maxsize=65_536)
def _spaced(text: str) -> str:
    """Return words of ours, escaped, with the blanks at their ends."""
    said = shown(text)
    start = " " if text[:1].isspace() else ""
    end = " " if text[-1:].isspace() and said else ""
    return start + said + end


@lru_cache(maxsize=65_536)
def _anchor(record: str) -> str:
    return escape(anchor(record))


@lru_cache(maxsize=65_536)
def _place(name: str) -> str:
    return escape(place(name))
