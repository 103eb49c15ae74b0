"""Ids that look like others: with one Cyrillic letter `turkey` is another id, and nobody sees it.

Nothing is refused for its looks: letters of every script are letters. It is told.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Signs that cannot be told from others in most typefaces (Unicode Technical Standard 39, "confusables").
_ALIKE: Final = str.maketrans(
    dict(
        zip(
            "\u0430\u0432\u0435\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445\u0455\u0456\u0458\u0501\u051b"
            "\u03b1\u03b3\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7\u0131\u04cf0157"
            "\u0475\u04bb\u051d\u0251\u0261\u0269\u0570\u0578\u057d\u0581\u0585",
            "abekmhopctyxsijdq" + "ayikvoptuxil" + "olst" + "vhwagi" + "hnugo",
            strict=True,
        )
    )
)
_STROKES: Final = str.maketrans("", "", "-_ .'\u2010\u2011\u2013\u00b7\u02bc\u2019")
#: Letters and marks of which nothing is seen (Unicode, Default_Ignorable_Code_Point; and a blank of Braille).
_UNSEEN: Final = dict.fromkeys(
    (0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), 0x2800, 0x3164, 0xFFA0,
     *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
)  # fmt: skip
#: Letters, or several, that are told from another one by nobody who does not look twice.
_NEARLY: Final = (("rn", "m"), ("vv", "w"), ("i", "l"))


def looks(name: str) -> str:
    """Return what all names have in common that look like this one."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    alike = letters.translate(_ALIKE).translate(_STROKES).translate(_UNSEEN)
    for several, one in _NEARLY:
        alike = alike.replace(several, one)
    return alike


def look_alikes(names: Iterable[str], known: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return the names that look like another one, each with that other one, in their order."""
    several = sorted(set(known))
    seen: dict[str, list[str]] = {}
    for name in several:
        seen.setdefault(looks(name), []).append(name)
    return tuple(
        (name, other) for name in sorted(set(names)) for other in seen.get(looks(name), ()) if other != name
    )
