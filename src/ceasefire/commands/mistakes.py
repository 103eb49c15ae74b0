"""Telling the mistakes in people's files: each on its line, and of very many alike only the first."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from ceasefire.commands.terminal import PROBLEMS, WELL, complain
from ceasefire.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire.errors import Mistake

#: So many mistakes of one kind are told one by one.
_MOST: Final = 20
#: What differs between sentences of one kind: what was found.
_FOUND: Final = regex(r"'[^']*'|\"[^\"]*\"|\d+")


def sentence_of(mistake: Mistake) -> str:
    """Return what is wrong without what was found: mistakes of one kind have one sentence."""
    return _FOUND.sub("…", mistake.what)


def told(mistakes: Iterable[Mistake], what: str = "") -> int:
    """Tell mistakes on stderr, after a word of what became of them, and return the exit code."""
    number: Counter[tuple[str, str]] = Counter()
    for mistake in mistakes:
        kind = mistake.file, sentence_of(mistake)
        number[kind] += 1
        if number[kind] <= _MOST:
            complain(f"{what}{mistake}")
    for (file, sentence), times in number.items():
        if times > _MOST:
            complain(f"{what}{file}: {times - _MOST} more like it: {sentence}")
    return PROBLEMS if number else WELL
