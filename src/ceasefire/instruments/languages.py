"""Names in other languages: which fields of a table may have them, and in which languages.

A file writes them beside the field, with the language in the quoted key:
`"name.ar" = "…"` (docs/agreement-files.md, "Names in other languages").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ceasefire.errors import did_you_mean, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

#: The languages that reports are written in.
LANGUAGES: Final = ("en", "fr", "ru", "ar", "tr")
#: The fields that may be given in them, where a table has the field.
TRANSLATED: Final = ("name", "title", "short", "summary")


def translations(raw: Mapping[str, Any], known: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return the keys of a table that give a field in another language, each as field and language."""
    fields = [name for name in TRANSLATED if name in known]
    return {
        key: (field, language)
        for key in raw
        for field, dot, language in (key.partition("."),)
        if dot and field in fields
    }


def wrong(raw: Mapping[str, Any], found: Mapping[str, tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Yield each of them that is wrong: its key, what is wrong, and what to write instead."""
    for key, (field, language) in found.items():
        if language not in LANGUAGES:
            guess = nearest(language, LANGUAGES)
            what = f"{key}: no language of reports is called {language!r:.20}{did_you_mean(guess)}"
            yield key, what, f"write {field}. and one of {', '.join(LANGUAGES)}, in quotes"
        elif not isinstance(raw[key], str) or not raw[key].strip():
            yield key, f"{key} is no text", 'write it in quotes: "name.ar" = "…"'
