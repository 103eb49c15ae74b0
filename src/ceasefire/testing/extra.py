"""The one door to Hypothesis, which is installed by the extra `testing`."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from ceasefire.errors import MissingExtra

try:
    from hypothesis import strategies
except ImportError as error:
    raise MissingExtra("the strategies of ceasefire.testing", "testing") from error

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["choose", "seldom", "strategies"]

_T = TypeVar("_T")


def choose(draw: strategies.DrawFn, options: Sequence[_T]) -> _T:
    """Return one of the options; an example shrinks towards the first."""
    return options[draw(_below(len(options)))] if len(options) > 1 else options[0]


def seldom(draw: strategies.DrawFn, times: int) -> bool:
    """Return True once in so many times; an example shrinks towards False."""
    return draw(_below(times)) == times - 1


@lru_cache
def _below(number: int) -> strategies.SearchStrategy[int]:
    # Kept, because making a strategy costs as much as drawing from it.
    return strategies.integers(0, number - 1)
