"""What somebody means who writes an act that no file has: by what acts are called, not by how it is spelt.

`attack.mortar` looks most like `attack.opening-fire`, and means shelling. What is meant is
offered in a message, and never put in the place of what was written.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire.instruments.terms import Act


def act_meant(word: str, acts: Iterable[Act]) -> str | None:
    """Return the id of the one act that is called so, as a whole or in its last part; else None.

    Of several that are called so, it is the one that stands below what the word names first.
    """
    if len(word) > 200:  # noqa: PLR2004 - nothing is called by so long a name
        return None
    top, several = word.casefold().partition(".")[0], list(acts)
    for written in dict.fromkeys((_plain(word), _plain(word.rpartition(".")[2]))):
        for called in (_called, _last):
            found = [act.id for act in several if written and written in called(act)]
            below = [name for name in found if name.partition(".")[0] == top]
            if len(found) == 1 or len(below) == 1:
                return found[0] if len(found) == 1 else below[0]
    return None


def _called(act: Act) -> frozenset[str]:
    """Return everything an act is called."""
    return frozenset(map(_plain, (act.id, act.name, *act.aliases)))


def _last(act: Act) -> frozenset[str]:
    """Return the last part of an act's id: what it is called below the act above it."""
    return frozenset([_plain(act.id.rpartition(".")[2])])


@lru_cache(maxsize=1024)
def _plain(name: str) -> str:
    """Return a name without regard to case, to hyphens and the like, and to whether it is one or several."""
    words = re.split(r"[\s_./-]+", name.casefold().strip())
    return "".join(word if word.endswith("ss") else word.removesuffix("s") for word in words)
