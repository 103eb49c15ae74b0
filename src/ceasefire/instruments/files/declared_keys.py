"""The keys that files declare: a key has one party, and one time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ceasefire.errors import Mistake
    from ceasefire.instruments.files.definitions import Definitions


def check_keys(known: Definitions) -> Iterator[Mistake]:
    """Yield a mistake for each key declared in two ways: a key has one party, and one time."""
    first: dict[str, Any] = {}
    for document, entry in known.everywhere("key"):
        if entry.flawed:
            continue
        there, other = first.setdefault(entry.value.key, (document, entry))
        if other.value != entry.value:
            what = f"this key is declared in two ways, first in {there.where(other.place, document)}"
            yield document.mistake(
                (*entry.place, "key"), what, "make the two equal, or give each its own key"
            )
