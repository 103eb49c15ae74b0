"""The drawing of a figure: which builder draws what."""

from __future__ import annotations


def drawn(drawing: object) -> str:
    """Return the drawing as markup."""
    raise TypeError(f"no builder draws {type(drawing).__name__}")
