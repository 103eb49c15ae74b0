"""Regular expressions, each compiled when it is first used.

Importing the library compiles none: of the forty that it has, a script needs a few
(docs/speed.md, "Importing").
"""

from __future__ import annotations

import re
from typing import Any, cast


def regex(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return what `re.compile` returns, as far as anybody asks it."""
    return cast("re.Pattern[str]", _Pattern(text, flags))


class _Pattern:
    """A pattern by its text: whatever else is asked of it is asked of the compiled one, and kept."""

    def __init__(self, text: str, flags: int) -> None:
        self.pattern = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self.pattern, self._flags), name)
        self.__dict__[name] = found
        return found
