"""Workbooks that are written: texts are texts, and the same contents are the same bytes."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from ceasefire.errors import MissingExtra
from ceasefire.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable

#: What a file says of when it was made: nobody reads a clock.
_MADE: Final = datetime(1980, 1, 1)  # noqa: DTZ001 - the library takes naive ones and writes them as they are
#: Whatever a text looks like, it becomes no formula, no link and no number.
_TEXTS: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def workbook(title: str, what: str, fill: Callable[[Any], None]) -> bytes:
    """Return a workbook of xlsxwriter, which `fill` is given to write its sheets, as bytes.

    Raises `MissingExtra`, which says that `what` needs the extra `xlsx`, where that is not installed.
    """
    try:
        from xlsxwriter import Workbook  # type: ignore[import-untyped]  # it has no types
    except ImportError as error:
        raise MissingExtra(what, "xlsx") from error
    made = io.BytesIO()
    with Workbook(made, {"in_memory": True, **_TEXTS}) as book:
        book.set_properties({"title": visible(title), "created": _MADE})
        fill(book)
    return made.getvalue()
